"""Long lists, a page at a time. The newest have the largest ids, so that no list is ever sorted as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from typing import Generic, TypeVar

from workato_emulator.doors.inspector.visit import Visit
from workato_emulator.http.bodies import Malformed

T = TypeVar("T")
I = TypeVar("I", bound=int)  # noqa: E741  (an id)
_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Some of a list. `found` is how long the list is; `before` leads to the next part."""

    rows: list[T]
    found: int
    before: int | None


def newest(ids: Iterable[I], most: int, before: int | None) -> tuple[list[I], int | None]:
    """The largest ids below `before`, and what the next page begins below."""
    ids = ids if before is None else (each for each in ids if each < before)
    chosen = nlargest(most + 1, ids)
    return chosen[:most], int(chosen[most - 1]) if len(chosen) > most else None


def start_of(visit: Visit, name: str) -> int | None:
    """Where a list goes on, by the query. Raises `Malformed`."""
    text = visit.query.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise Malformed("should be a number", name)
    return int(text)
