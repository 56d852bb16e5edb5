"""The journal: every exchange with the rules that spoke. A ring, so that a long session stays small."""

import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from msgspec import Struct
from starlette.responses import Response

from workato_emulator.domain.rules import RuleOutcome
from workato_emulator.http.bodies import Malformed, parse_json
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.secrets import Secrets

CAPACITY = 1_000
STRICT = "strict"
"""What refused a request that held something nobody reads: no rule of Workato's."""
KEPT_OF_A_BODY = 16 * 1024
"""Bytes. A thousand entries of the largest bodies would be a gigabyte; so much shows what it was about."""


_STATUS = re.compile(r"([1-5])(\d\d|xx)", re.IGNORECASE)
_CUT = re.compile(r"… cut, \d{1,12} bytes\Z")


class Entry(Struct, frozen=True):
    """One exchange. Bodies are kept as they were sent and read only when somebody asks; no header is kept at all.

    `status` is 0 where the connection ended without an answer.
    """

    seq: int
    at: datetime
    workspace: str | None
    client: str | None
    operation: str | None
    method: str
    path: str
    query: str
    status: int
    rules: Sequence[tuple[str, RuleOutcome]]
    unread: Sequence[str]
    request: bytes
    response: bytes
    fault: str | None = None
    nearest: str | None = None
    unread_refused: bool = False

    @property
    def refused_by(self) -> str | None:
        """The id of the rule that refused, or `strict`."""
        if self.unread_refused:
            return STRICT
        return next((id_ for id_, outcome in self.rules if outcome is RuleOutcome.REFUSED), None)

    def as_json(self, secrets: Secrets) -> dict[str, Any]:
        """The entry for people: secrets are left out, whatever was sent and wherever it stood."""
        shown = secrets.out_of_text
        path, query = shown(self.path), shown(self.query)
        return {
            "seq": self.seq,
            "at": self.at.isoformat(),
            "workspace": secrets.out_of(self.workspace),
            "client": secrets.out_of(self.client),
            "operation": self.operation,
            "method": shown(self.method),
            "path": f"{path}?{query}" if query else path,
            "status": self.status or None,
            "rules": [{"id": id_, "outcome": outcome.value} for id_, outcome in self.rules],
            "refused_by": self.refused_by,
            "unread": [shown(each) for each in self.unread],
            "nearest": self.nearest,
            "fault": self.fault,
            "request": show_body(self.request, secrets),
            "response": show_body(self.response, secrets),
        }


def head_of_body(body: bytes | memoryview) -> bytes:
    """What an entry keeps of this body; a longer one ends with a mark that says how long it was."""
    if len(body) <= KEPT_OF_A_BODY:
        return bytes(body)
    return bytes(body[:KEPT_OF_A_BODY]) + f"… cut, {len(body)} bytes".encode()


def show_body(body: bytes, secrets: Secrets) -> Any:  # noqa: ANN401  (JSON, or text where it is none)
    """A body for people: JSON as a value, anything else as text, None for none."""
    if not body:
        return None
    try:
        value = parse_json(body)
    except Malformed:
        return _show_text(body, secrets)
    return secrets.out_of(value) if secrets.in_sight(body.decode()) else value


def _show_text(body: bytes, secrets: Secrets) -> str:
    """UTF-8 as everybody reads it. Bytes that are zero give away UTF-16 and its like, in which a secret is one too."""
    text = body.decode(json.detect_encoding(body) if b"\0" in body else "utf-8", "replace")
    cut = _CUT.search(text)
    return secrets.out_of_text(text) if cut is None else secrets.out_of_part(text[: cut.start()]) + cut[0]


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries somebody wants to see. `statuses` is a range, `path` is part of one, letters of any case."""

    operation: str | None = None
    statuses: range | None = None
    workspace: str | None = None
    client: str | None = None
    rule: str | None = None
    outcome: RuleOutcome | None = None
    method: str | None = None
    path: str | None = None
    after: int = 0

    def __call__(self, entry: Entry) -> bool:
        return (
            entry.seq > self.after
            and self.operation in {None, entry.operation}
            and (self.statuses is None or entry.status in self.statuses)
            and self.workspace in {None, entry.workspace}
            and self.client in {None, entry.client}
            and self.method in {None, entry.method}
            and (self.path is None or self.path.lower() in f"{entry.path}?{entry.query}".lower())
            and ((self.rule is None and self.outcome is None) or self._met(entry))
        )

    def _met(self, entry: Entry) -> bool:
        """Whether one and the same rule is the one asked for and had the outcome asked for."""
        return any(self.rule in {None, id_} and self.outcome in {None, outcome} for id_, outcome in entry.rules)


def statuses_of(text: str | None) -> range | None:
    """One status, or a class of them as in `4xx`; None for any. Raises `Malformed`."""
    if text is None:
        return None
    match = _STATUS.fullmatch(text)
    if match is None:
        raise Malformed("is a status such as 404, or a class of them such as 4xx", "status")
    first = int(match[1]) * 100
    return range(first, first + 100) if match[2].lower() == "xx" else range(int(text), int(text) + 1)


Reading: TypeAlias = tuple[int, int, tuple[Entry, ...]]


class Journal:
    __slots__ = ("_cleared", "_entries", "_seq")

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=CAPACITY)
        self._seq = 0
        self._cleared = 0

    @property
    def seq(self) -> int:
        """The number of the newest exchange."""
        return self._seq

    @property
    def dropped(self) -> int:
        """How many entries fell out of the ring since it was last cleared."""
        return self._entries[0].seq - self._cleared - 1 if self._entries else 0

    def add(
        self,
        exchange: Exchange,
        response: Response,
    ) -> None:
        """Keep this exchange, which has been answered."""
        caller, route = exchange.caller, exchange.route
        self._seq = seq = self._seq + 1
        self._entries.append(
            Entry(
                seq,
                exchange.at,
                None if caller is None else caller.workspace.slug,
                None if caller is None else caller.client.name,
                None if route is None else route.operation,
                exchange.method,
                exchange.path,
                exchange.query_text,
                response.status_code,
                exchange.trace.met,
                exchange.unread,
                head_of_body(exchange.body),
                b"" if exchange.method == "HEAD" else head_of_body(response.body),
                exchange.fault,
                exchange.nearest,
                exchange.unread_refused,
            )
        )

    def select(self, wanted: EntryFilter, *, newest_first: bool = False) -> Iterator[Entry]:
        """The entries that are wanted, oldest first unless asked otherwise."""
        return filter(wanted, reversed(self._entries) if newest_first else self._entries)

    def clear(self) -> None:
        self._entries.clear()
        self._cleared = self._seq

    def read(self) -> Reading:
        return self._seq, self._cleared, tuple(self._entries)

    def restore(self, reading: Reading) -> None:
        self._seq, self._cleared, entries = reading
        self._entries = deque(entries, maxlen=CAPACITY)
