"""The journal: every exchange with the rules that spoke. A ring, so that a long session stays small."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workato_emulator.domain.rules import Outcome
from workato_emulator.web.bodies import Malformed, parse_json

CAPACITY = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One exchange. Bodies are kept as they were sent and read only when somebody asks; no header is kept at all."""

    seq: int
    at: datetime
    workspace: str | None
    client: str | None
    operation: str | None
    method: str
    path: str
    query: str
    status: int
    rules: Sequence[tuple[str, Outcome]]
    unread: Sequence[str]
    request: bytes
    response: bytes

    def as_json(self) -> dict[str, Any]:
        return {
            "seq": self.seq,
            "at": self.at.isoformat(),
            "workspace": self.workspace,
            "client": self.client,
            "operation": self.operation,
            "method": self.method,
            "path": f"{self.path}?{self.query}" if self.query else self.path,
            "status": self.status,
            "rules": [{"id": id_, "outcome": outcome.value} for id_, outcome in self.rules],
            "unread": list(self.unread),
            "request": _shown(self.request),
            "response": _shown(self.response),
        }


def _shown(body: bytes) -> Any:  # noqa: ANN401  (JSON, or text where it is none)
    if not body:
        return None
    try:
        return parse_json(body)
    except Malformed:
        return body.decode("utf-8", "replace")


class Journal:
    __slots__ = ("_entries", "_seq")

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=CAPACITY)
        self._seq = 0

    def next_seq(self) -> int:
        self._seq += 1
        return self._seq

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)

    def after(self, seq: int, limit: int) -> list[Entry]:
        return [entry for entry in self._entries if entry.seq > seq][:limit]

    def clear(self) -> None:
        self._entries.clear()

    def read(self) -> tuple[int, tuple[Entry, ...]]:
        return self._seq, tuple(self._entries)

    def restore(self, reading: tuple[int, tuple[Entry, ...]]) -> None:
        self._seq, entries = reading
        self._entries = deque(entries, maxlen=CAPACITY)
