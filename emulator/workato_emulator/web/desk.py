"""The emulator's parts in one place, and how a transaction begins and ends: what every door is handed."""

from dataclasses import dataclass, replace
from datetime import datetime

from workato_emulator.clock import Clock
from workato_emulator.domain.activity import ANONYMOUS, Origin
from workato_emulator.domain.ids import IdFactory
from workato_emulator.service.snapshots import Snapshots
from workato_emulator.service.work import Work
from workato_emulator.store import MemoryStore, Stored
from workato_emulator.web.faults import Faults
from workato_emulator.web.journal import Journal
from workato_emulator.web.limits import Limiter


@dataclass(frozen=True, slots=True)
class Desk:
    store: MemoryStore
    clock: Clock
    limiter: Limiter
    faults: Faults
    journal: Journal
    snapshots: Snapshots
    ids_seed: int
    strict: bool = False
    """Whether this emulator was started strict, which holds for every seed that does not say otherwise."""

    def begin(self, origin: Origin = ANONYMOUS, now: datetime | None = None) -> Work:
        """A transaction on what is there, at this moment: the present one, unless the door has read the clock."""
        stored = self.store.read()
        at = self.clock.now() if now is None else now
        return Work(stored.cloud, at, IdFactory(self.ids_seed, stored.ids), stored.assumptions, origin)

    def commit(self, work: Work) -> None:
        """Keep what the work changed, if it changed anything."""
        stored = self.store.read()
        if work.cloud is not stored.cloud or work.ids.count != stored.ids:
            self.store.write(replace(stored, cloud=work.cloud, ids=work.ids.count))

    def commit_despite_refusal(self, work: Work) -> None:
        """Keep the little that a refused act may leave (see `Work.despite_refusal`); its ids are not spent."""
        if work.despite_refusal is not None:
            self.store.write(replace(self.store.read(), cloud=work.despite_refusal))

    def build(self, stored: Stored) -> None:
        """Begin another world: everything forgotten, and this is what reset goes back to."""
        self.store.write(stored)
        self.limiter.restore(Limiter().read())
        self.faults.clear()
        self.journal.restore(Journal().read())
        self.snapshots.begin_here()
