"""The workspace that was named, asked one request at a time; each exchange goes to the recording."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import httpx
import msgspec

from okta_scenarios.live.exchange import SCIM, Exchange, Json
from okta_scenarios.live.probes.answers import Answer, found
from okta_scenarios.live.probes.objects import CLIENT_ROLES
from okta_scenarios.live.settings import mark_of
from workato_emulator import Channel, Pace, announced_wait

ME, MEMBERS = "/api/users/me", "/api/members"
TRIES = 3
ANONYMOUS = "anonymous"
"""The client of a request without a token."""
PAGE = 100
"""Rows of a page."""
_BY_PAGE = frozenset({"/api/projects", "/api/folders", "/api/developer_api_clients"})
"""Lists whose page is asked for as `page`; others take `page[number]`."""
BETWEEN_LOOKS = 20.0
"""Seconds between two looks whether a person has accepted."""


class WrongWorkspace(Exception):
    """The token leads to another workspace than the one that was named, or to none."""


class Stopped(Exception):
    """Nothing more is sent. The message says why, and how to clean up."""


class Hand(Protocol):
    """A person who does what no request can."""

    def tell(self, text: str) -> None:
        """Say what happens: what is sent, how long is waited."""

    def ask(self, text: str) -> bool:
        """Ask for something to be done; whether it could be."""


@dataclass(frozen=True, slots=True)
class Times:
    """`pace` counts seconds and lets them pass, `wall` is the time of day."""

    pace: Pace
    wall: Callable[[], datetime]


class Tenant:
    """Use the channel as a context manager around it. `record` takes every exchange, and raises where it cannot."""

    def __init__(
        self,
        channel: Channel,
        tokens: Mapping[str, str],
        times: Times,
        hand: Hand,
        record: Callable[[Exchange], None],
    ) -> None:
        self.channel = channel
        self.times = times
        self.hand = hand
        self._tokens = dict(tokens)
        self.record = record
        self._begun = times.pace.now()

    @property
    def elapsed(self) -> timedelta:
        return timedelta(seconds=self.times.pace.now() - self._begun)

    def take(self, client: str, token: str) -> None:
        """The token of an API client that was made just now."""
        self.channel.keep_secret(token)
        self._tokens[client] = token

    def token(self, client: str) -> str:
        return self._tokens[client]

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(self._tokens.values())

    def has(self, client: str) -> bool:
        return client == ANONYMOUS or client in self._tokens

    def must_be(self, mark: str) -> None:
        """Raises `WrongWorkspace` unless the workspace is the one with this mark."""
        if mark_of(self.channel.base, self.name()) != mark:
            raise WrongWorkspace(
                "the token leads to another workspace than the one that was named; nothing else was sent. "
                "Give the token of that workspace, or --workspace NAME for the one it leads to"
            )

    def name(self) -> str:
        """The workspace's name, as GET /api/users/me has it. Raises `WrongWorkspace`."""
        answer, _ = self.send(Exchange("GET", ME, 0, client="full", probe="begin", step="workspace"), recorded=False)
        if answer.status == httpx.codes.UNAUTHORIZED:
            raise WrongWorkspace(f"GET {ME} is answered with 401: the host does not take the token")
        name = answer.json.get("name") if isinstance(answer.json, dict) else None
        if not httpx.codes.is_success(answer.status) or not isinstance(name, str):
            raise WrongWorkspace(f"GET {ME} is answered with {answer.status} and names no workspace")
        return name

    def members(self) -> Sequence[Mapping[str, Json]]:
        """The collaborators. Raises `Stopped`."""
        answer, _ = self.send(Exchange("GET", MEMBERS, 0, client="full", probe="begin", step="members"), recorded=False)
        found = answer.json.get("data") if isinstance(answer.json, dict) else None
        if not isinstance(found, list):
            raise Stopped(f"GET {MEMBERS} is answered with {answer.status} and has no list of collaborators")
        return found

    def scim_users(self) -> Sequence[str]:
        """The userNames of SCIM's first users; none where it does not say."""
        answer, _ = self.send(
            Exchange("GET", f"{SCIM}/Users", 0, query={"count": PAGE}, client="scim", probe="begin", step="users"),
            recorded=False,
        )
        _, rows = found(answer.json, "Resources", {})
        return [str(each.get("userName")) for each in rows or () if isinstance(each, dict)]

    def client_roles(self) -> Sequence[str] | None:
        """The names of the client roles; None where they are not shown."""
        answer, _ = self.send(
            Exchange("GET", CLIENT_ROLES, 0, client="full", probe="begin", step="client-roles"), recorded=False
        )
        _, rows = found(answer.json, "result.items", {})
        return [str(each.get("name")) for each in rows if isinstance(each, dict)] if isinstance(rows, list) else None

    def send(
        self,
        asked: Exchange,
        *,
        headers: Mapping[str, str] | None = None,
        may_be_too_many: bool = False,
        hurry: bool = False,
        recorded: bool = True,
    ) -> tuple[Answer, Exchange]:
        """The answer, and the exchange as it is to be recorded. Raises `Unanswered`.

        A 429 that nobody foresees is waited for and asked again.
        """
        at = self.elapsed
        for left in reversed(range(TRIES)):
            response = self.channel.send(
                asked.method,
                asked.path,
                None if asked.client == ANONYMOUS else self._tokens[asked.client],
                query=asked.query,
                json=asked.body,
                headers=headers,
                hurry=hurry,
            )
            if response.status_code != httpx.codes.TOO_MANY_REQUESTS or may_be_too_many or not left:
                answer = Answer(response.status_code, _headers(response), json_of(response))
                exchange = replace(asked, status=answer.status, headers=answer.headers, answer=answer.json, at=at)
                if recorded:
                    self.record(exchange)
                return answer, exchange
            self.wait(timedelta(seconds=announced_wait(response)), "the workspace asks for it")
        raise AssertionError("it is asked at least once")

    def wait(self, time: timedelta, why: str) -> None:
        """Let time pass, which is told."""
        if time > timedelta(0):
            self.hand.tell(f"waiting {_in_words(time)}: {why}")
            self.times.pace.sleep(time.total_seconds())


def paging(path: str, number: int) -> dict[str, int]:
    """The query for a page of a list; the list of collaborators has no pages."""
    if path == MEMBERS:
        return {}
    keys = ("page", "per_page") if path in _BY_PAGE else ("page[number]", "page[size]")
    return dict(zip(keys, (number, PAGE), strict=True))


def _headers(response: httpx.Response) -> Mapping[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def json_of(response: httpx.Response) -> Json:
    if not response.content:
        return None
    try:
        return msgspec.json.decode(response.content)
    except (ValueError, RecursionError):
        return response.text


def _in_words(time: timedelta) -> str:
    seconds = round(time.total_seconds())
    for length, word in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * length:
            return f"{round(seconds / length)} {word}"
    return f"{seconds} s"
