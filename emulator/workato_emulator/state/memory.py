"""The cloud in memory: one reference, swapped under a lock."""

from contextlib import AbstractContextManager
from threading import RLock

from msgspec import Struct

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.values import Cloud


class Stored(Struct, frozen=True):
    """What is kept: the cloud, how many ids were handed out, which assumptions hold, which rules are silent.

    `strict` says whether requests that hold something nobody reads are refused.
    """

    cloud: Cloud
    ids: int
    assumptions: Assumptions
    suspended: frozenset[str] = frozenset()
    strict: bool = False


class MemoryStore:
    """Holds one `Stored` value. Whoever reads, decides and writes does all three inside `exclusively()`."""

    __slots__ = ("_lock", "_stored")

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._lock = RLock()

    def exclusively(self) -> AbstractContextManager[object]:
        return self._lock

    def read(self) -> Stored:
        return self._stored

    def write(self, stored: Stored) -> None:
        self._stored = stored

    def restore(self, stored: Stored) -> None:
        self._stored = stored
