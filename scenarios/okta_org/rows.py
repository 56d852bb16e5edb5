"""A map that keeps the order in which its keys came, and of which every change makes another map."""

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import TypeVar

from immutables import Map

K = TypeVar("K")
V = TypeVar("V")


class Rows(Mapping[K, V]):
    """Like a `dict` that is never changed: a key keeps its place when it gets another value, and loses it when it goes.

    One write among many thousand rows costs about as much as among ten.
    """

    __slots__ = ("_next", "_ordered", "_rows")

    def __init__(self, rows: "Map[K, tuple[int, V]] | None" = None, following: int = 0) -> None:
        self._rows: Map[K, tuple[int, V]] = Map() if rows is None else rows
        self._next = following
        self._ordered: tuple[V, ...] | None = None

    def put(self, key: K, value: V) -> "Rows[K, V]":
        held = self._rows.get(key)
        place = self._next if held is None else held[0]
        return Rows(self._rows.set(key, (place, value)), self._next + (held is None))

    def without(self, key: K) -> "Rows[K, V]":
        """Leave a key out. Raises `KeyError` where it is not there."""
        return Rows(self._rows.delete(key), self._next)

    def __getitem__(self, key: K) -> V:
        return self._rows[key][1]

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[K]:
        return (key for key, _ in sorted(self._rows.items(), key=lambda row: row[1][0]))

    def __len__(self) -> int:
        return len(self._rows)

    def in_order(self) -> tuple[V, ...]:
        """The values, in the order in which their keys came."""
        if self._ordered is None:
            self._ordered = tuple(value for _, value in sorted(self._rows.values(), key=itemgetter(0)))
        return self._ordered
