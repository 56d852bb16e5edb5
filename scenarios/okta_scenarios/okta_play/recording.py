"""What the player says and hears, and a guard: nothing is written to what the player did not make."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import httpx

from okta_scenarios.okta_play.others import Others, is_named

WRITES = frozenset({"PUT", "PATCH", "DELETE"})
KINDS = frozenset({"Users", "Groups"})
DEEPEST = 50
"""Levels of JSON that an answer may have; no resource of SCIM has ten."""
MOST_IN_AN_ACT = 1_000
"""Requests of one act; an import of a hundred thousand users has as many. A server may count more pages than it has."""


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. `path` is what stands behind the base URL; `status` is None without an answer.

    Its repr, which ends in tracebacks, has nothing that the server said.
    """

    act: str
    method: str
    path: str
    sent: Any = field(repr=False)
    status: int | None
    headers: Mapping[str, str] = field(repr=False)
    received: str = field(repr=False)
    trouble: str = ""

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"

    @cached_property
    def body(self) -> Any:  # noqa: ANN401 - whatever JSON the server sends
        """The answer as JSON; None where it is none."""
        try:
            found = json.loads(self.received)
        except (ValueError, RecursionError):
            return None
        return found if _is_flat(found) else None

    @property
    def said_yes(self) -> bool:
        return self.status is not None and httpx.codes.is_success(self.status)


@dataclass
class Guarded(httpx.BaseTransport):
    """Passes requests on one by one and keeps them. What was made is known by the answers to creations.

    A write to anything else is not sent: a server whose look-up finds the wrong user would have Okta overwrite them.
    Nor is one to what any answer showed under a name that is not of this run: a creation may be answered with an id
    that is somebody else's.
    """

    through: httpx.BaseTransport
    others: Others
    base: str = ""
    act: str = ""
    exchanges: list[Exchange] = field(default_factory=list)
    made: dict[tuple[str, str], None] = field(default_factory=dict)
    strangers: dict[tuple[str, str], None] = field(default_factory=dict)
    withheld: list[str] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        path = request.url.raw_path.decode("ascii").removeprefix(self.base)
        kind, _, resource = path.partition("?")[0].strip("/").partition("/")
        target = (kind, unquote(resource))
        if request.method in WRITES and (target not in self.made or target in self.strangers):
            self.withheld.append(f"{request.method} {unquote(path)}")
            raise httpx.ConnectError("nothing was sent, because the player did not make this resource")
        if sum(each.act == self.act for each in self.exchanges) >= MOST_IN_AN_ACT:
            raise httpx.ConnectError(f"nothing was sent, because {MOST_IN_AN_ACT} requests are enough for one act")
        try:
            response = self.through.handle_request(request)
            response.read()
        except httpx.RequestError as error:
            self._keep(request, path, None, str(error) or type(error).__name__)
            raise
        except BaseException:
            self._keep(request, path, None, "interrupted before it was answered")
            raise
        kept = self._keep(request, path, response, "")
        if kind in KINDS and kept.said_yes:
            self._learn(kind, kept)
        return response

    def _learn(self, kind: str, exchange: Exchange) -> None:
        """Note whose the resources of an answer are, and what a creation made."""
        body = exchange.body if isinstance(exchange.body, dict) else {}
        rows = body.get("Resources")
        for row in rows if isinstance(rows, list) else [body]:
            resource = row.get("id") if isinstance(row, dict) else None
            if not (isinstance(resource, str) and resource):
                continue
            if is_named(row) and not self.others.made(row):
                self.strangers[kind, resource] = None
            if exchange.method == "POST" and row is body:
                self.made[kind, resource] = None

    def _keep(self, request: httpx.Request, path: str, response: httpx.Response | None, trouble: str) -> Exchange:
        exchange = Exchange(
            self.act,
            request.method,
            unquote(path),
            json.loads(request.content) if request.content else None,
            None if response is None else response.status_code,
            {} if response is None else {name.lower(): value for name, value in response.headers.items()},
            "" if response is None else response.content.decode("utf-8-sig", "replace"),
            trouble,
        )
        self.exchanges.append(exchange)
        self.others.meet(exchange.sent, exchange.body)
        return exchange


def _is_flat(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return True
    return False
