"""Requests: the journal, newest first, and one exchange with all that there is to say of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from json import dumps
from typing import Any

from starlette.responses import Response

from workato_emulator.domain.people import fold
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.rules import CATALOGUE, Rule, RuleOutcome
from workato_emulator.doors.inspector.lists import start_of
from workato_emulator.doors.inspector.rendering import render_fragment, render_page
from workato_emulator.doors.inspector.retelling import as_curl, as_step
from workato_emulator.doors.inspector.visit import Visit
from workato_emulator.http.journal import STRICT, Entry, EntryFilter, statuses_of
from workato_emulator.http.live import Live
from workato_emulator.http.secrets import Secrets
from workato_emulator.text.error_codes import ERROR_CODES, ErrorCode, control_plane  # noqa: F401  (declares them)

MOST = 100
_AT_ONCE = 50
"""Rows that are added to an open page in one go; of more there are too many to be read."""
_FIELDS = ("operation", "status", "client", "person", "rule", "path")
_REFUSED = 400
_URGENCY = {RuleOutcome.REFUSED: 0, RuleOutcome.SUSPENDED: 1, RuleOutcome.HELD: 2}
_STILL_HERE = 60
"""Looks without anything to show, after which a word goes out all the same, so that a dead connection is noticed."""


class JournalQuery:
    """What somebody wants to see of the journal, by the query. Raises `Malformed`."""

    def __init__(self, visit: Visit) -> None:
        self.fields = {name: text for name in _FIELDS if (text := visit.query.get(name, "").strip())}
        get = self.fields.get
        self._filter = EntryFilter(
            operation=get("operation"), statuses=statuses_of(get("status")), client=get("client"), path=get("path")
        )
        rule = get("rule")
        self._rule = None if rule is None else rule.upper()
        person = get("person")
        self._person = None if person is None else mentions(person)

    def __call__(self, entry: Entry) -> bool:
        return (
            self._filter(entry)
            and (self._rule is None or any(id_ == self._rule for id_, _ in entry.rules))
            and (self._person is None or self._person(entry))
        )


def mentions(person: str, id_: int | None = None) -> Callable[[Entry], bool]:
    """Whether a request speaks of this email, or asks for this collaborator. An answer may list everybody."""
    text = fold(person)
    spellings = {text.encode(), dumps(text)[1:-1].encode()}
    resource = None if id_ is None else f"/members/{id_}"

    def is_about(entry: Entry) -> bool:
        if text in fold(f"{entry.path}?{entry.query}"):
            return True
        if resource is not None and f"{entry.path}/".find(f"{resource}/") >= 0:
            return True
        request = entry.request.lower()
        return any(each in request for each in spellings)

    return is_about


@dataclass(frozen=True)
class ExchangeView:
    """One exchange without secrets."""

    entry: Entry
    secrets: Secrets

    @cached_property
    def _plain(self) -> dict[str, Any]:
        return self.entry.as_json(self.secrets)

    @property
    def target(self) -> str:
        """Path and query."""
        return str(self._plain["path"])

    @property
    def method(self) -> str:
        return str(self._plain["method"])

    @property
    def client(self) -> str | None:
        client: str | None = self._plain["client"]
        return client

    @property
    def workspace(self) -> str | None:
        workspace: str | None = self._plain["workspace"]
        return workspace

    @property
    def unread(self) -> list[str]:
        unread: list[str] = self._plain["unread"]
        return unread

    @property
    def person(self) -> str | None:
        """Whose email it sends, if it is about one person."""
        request = self._plain["request"]
        email = request.get("email") if isinstance(request, dict) else None
        return email if isinstance(email, str) else None

    @property
    def is_refused(self) -> bool:
        return self.entry.status >= _REFUSED

    @property
    def request(self) -> str | None:
        return _as_text(self._plain["request"])

    @property
    def response(self) -> str | None:
        return _as_text(self._plain["response"])

    @property
    def rules(self) -> list[tuple[Rule, RuleOutcome]]:
        """Those that refused come first."""
        spoke = [(CATALOGUE[id_], outcome) for id_, outcome in self.entry.rules if id_ in CATALOGUE]
        return sorted(spoke, key=lambda each: _URGENCY[each[1]])

    @property
    def refused_by(self) -> Rule | None:
        return CATALOGUE.get(self.entry.refused_by or "")

    @property
    def is_refused_as_unread(self) -> bool:
        return self.entry.refused_by == STRICT

    @property
    def help(self) -> ErrorCode | None:
        """What there is to say of an error in the emulator's own words."""
        response = self._plain["response"]
        error = response.get("error") if isinstance(response, dict) else None
        return ERROR_CODES.get(str(error.get("code"))) if isinstance(error, dict) else None


def _as_text(body: Any) -> str | None:  # noqa: ANN401  (JSON, or text where it is none)
    return body if body is None or isinstance(body, str) else dumps(body, indent=2, ensure_ascii=False)


def list_exchanges(visit: Visit) -> Response:
    """The newest that are wanted."""
    wanted, journal, secrets = JournalQuery(visit), visit.backend.journal, visit.backend.secrets()
    start = start_of(visit, "below")
    found = (each for each in journal.select(EntryFilter(), newest_first=True) if wanted(each))
    some = list(islice((each for each in found if start is None or each.seq < start), MOST + 1))
    return render_page(
        visit,
        "requests",
        rows=[ExchangeView(each, secrets) for each in some[:MOST]],
        asked=wanted.fields,
        below=some[MOST - 1].seq if len(some) > MOST else None,
        is_newest=start is None,
        newest=journal.seq,
        dropped=journal.dropped,
        known={
            "operation": sorted(visit.backend.operations),
            "client": sorted({client.name for client in _list_clients(visit)}),
            "rule": sorted(CATALOGUE),
        },
    )


def _list_clients(visit: Visit) -> Iterator[Any]:
    workspaces = visit.backend.store.read().cloud.workspaces
    return (client for workspace in workspaces.values() for client in workspace.clients.values())


def show_exchange(visit: Visit) -> Response:
    """One exchange. Raises `NotFound` where the journal has it no more."""
    number = visit.parameters["seq"]
    entry = next((each for each in visit.backend.journal.select(EntryFilter()) if str(each.seq) == number), None)
    if entry is None:
        raise NotFound("request", number)
    shown = ExchangeView(entry, visit.backend.secrets())
    operation = visit.backend.operations.get(entry.operation or "")
    host = visit.exchange.header(b"host") or "localhost"
    return render_page(
        visit,
        "request",
        it=shown,
        curl=as_curl(entry, shown.secrets, host),
        step=None if operation is None else as_step(entry, shown.secrets, operation),
    )


def follow_exchanges(visit: Visit) -> Response:
    """What is asked from now on, as server-sent events: a row for each, or word that the journal has begun again."""
    seen = visit.exchange.header(b"last-event-id") or visit.query.get("after") or ""
    following = _ExchangeFeed(visit, JournalQuery(visit), int(seen) if seen.isascii() and seen.isdigit() else None)
    headers = {"Content-Type": "text/event-stream; charset=utf-8"}
    if visit.exchange.method == "HEAD":
        return Response(None, 200, headers)
    return Live(b"retry: 1000\n\n" + following(), following, headers)


class _ExchangeFeed:
    """What has come into the journal since the last look. Without one, what comes from now on."""

    def __init__(self, visit: Visit, wanted: JournalQuery, seen: int | None) -> None:
        self._backend = visit.backend
        self._wanted = wanted
        self._seen = visit.backend.journal.seq if seen is None else seen
        self._looks = 0

    def __call__(self) -> bytes:
        with self._backend.store.exclusively():
            return self._look()

    def _look(self) -> bytes:
        journal = self._backend.journal
        if journal.seq == self._seen:
            self._looks = (self._looks + 1) % _STILL_HERE
            return b"" if self._looks else b":\n\n"
        events = []
        if journal.seq < self._seen:
            events.append("event: again\ndata: \n\n")
            self._seen = 0
        new = takewhile(lambda each: each.seq > self._seen, journal.select(EntryFilter(), newest_first=True))
        found = list(islice((each for each in new if self._wanted(each)), _AT_ONCE))
        self._seen = journal.seq
        secrets = self._backend.secrets() if found else Secrets()
        events += [_as_event(ExchangeView(each, secrets)) for each in reversed(found)]
        return "".join(events).encode()


def _as_event(shown: ExchangeView) -> str:
    row = render_fragment("row", it=shown)
    data = "".join(f"data: {line}\n" for line in row.splitlines())
    return f"id: {shown.entry.seq}\n{data}\n"
