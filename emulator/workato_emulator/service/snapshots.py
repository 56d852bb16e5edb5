"""Snapshots by name. Every part that remembers something can be read and restored; a snapshot is all of them at once.

Reset is the snapshot that was taken first, so that it equals a fresh start by construction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from immutables import Map

from workato_emulator.domain.refusals import NotFound

START, NOW = "start", "now"
"""The points that need no snapshot: where reset goes back to, and the present."""


class Part(Protocol):
    """Something that remembers: the store, the clock, the limiter, the faults, the journal.

    `read` returns an immutable value, and `restore` of that value undoes everything since.
    """

    def read(self) -> Any: ...  # noqa: ANN401  (each part reads its own kind of value)

    def restore(self, reading: Any, /) -> None: ...  # noqa: ANN401


Readings = Mapping[str, object]
"""What every part read of itself at one moment, by the part's name."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Somebody has the emulator to themselves for a while; `aside` is what was there, and is put back at the end.

    Ids that are handed out meanwhile follow from `ids_seed`.
    """

    holder: str
    ids_seed: int
    aside: "Everything"


Everything = tuple[Readings, Readings, Map[str, Readings], Lease | None]
"""The present moment, what `reset` goes back to, the snapshots by name, and the lease."""


class Snapshots:
    def __init__(self, parts: Mapping[str, Part]) -> None:
        self._parts = dict(parts)
        self._taken: Map[str, Readings] = Map()
        self._first = self._read()
        self.lease: Lease | None = None

    def _read(self) -> Readings:
        return {name: part.read() for name, part in self._parts.items()}

    def _restore(self, readings: Readings) -> None:
        for name, part in self._parts.items():
            part.restore(readings[name])

    def begin_here(self) -> None:
        """Make the present moment what `reset` goes back to, and forget the snapshots of another world."""
        self._taken = Map()
        self._first = self._read()

    def reset(self) -> None:
        self._taken = Map()
        self._restore(self._first)

    def names(self) -> list[str]:
        return sorted(self._taken)

    def take(self, name: str) -> None:
        """Keep the present moment under this name, in place of an earlier one."""
        self._taken = self._taken.set(name, self._read())

    def restore(self, name: str) -> None:
        """Go back to this snapshot; it stays. Raises `NotFound`."""
        self._restore(self._snapshot(name))

    def drop(self, name: str) -> None:
        """Forget this snapshot. Raises `NotFound`."""
        self._snapshot(name)
        self._taken = self._taken.delete(name)

    def read(self, part: str, point: str) -> object:
        """What this part was at `start`, at `now`, or at this snapshot. Raises `NotFound`."""
        if point == NOW:
            return self._parts[part].read()
        return (self._first if point == START else self._snapshot(point))[part]

    def everything(self) -> Everything:
        """The present moment and all that is kept, for `undo`."""
        return self._read(), self._first, self._taken, self.lease

    def lend(self, holder: str, ids_seed: int) -> None:
        """Set aside everything that is there; nobody may have it already."""
        self.lease = Lease(holder, ids_seed, self.everything())

    def take_back(self, holder: str | None = None) -> None:
        """End the lease if there is one (with a holder: if it is theirs), and put back what was there before."""
        if self.lease is not None and holder in {None, self.lease.holder}:
            self.undo(self.lease.aside)

    def undo(self, everything: Everything) -> None:
        readings, self._first, self._taken, self.lease = everything
        self._restore(readings)

    def _snapshot(self, name: str) -> Readings:
        if name not in self._taken:
            raise NotFound("snapshot", name, self._taken)
        return self._taken[name]
