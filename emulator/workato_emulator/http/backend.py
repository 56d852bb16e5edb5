"""What stands behind every door: the emulator's parts in one place, and how a transaction begins and ends."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from logging import getLogger
from traceback import format_exc

from workato_emulator.clock import Clock
from workato_emulator.domain.activity import ANONYMOUS, Origin
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.values import Cloud
from workato_emulator.http.contract import Operation
from workato_emulator.http.faults import Faults
from workato_emulator.http.journal import Journal
from workato_emulator.http.limits import Limiter
from workato_emulator.http.records import Data
from workato_emulator.http.secrets import Secrets, looks_like_a_token
from workato_emulator.service.snapshots import Snapshots
from workato_emulator.service.work import UnitOfWork
from workato_emulator.state import MemoryStore, Stored

log = getLogger("workato_emulator")


@dataclass(slots=True)
class ChangeLog:
    """Where requests that changed something are written down. `append` is None where nothing outlives the process.

    It raises `OSError` when it cannot, and then nothing was written.
    """

    append: Callable[[Data], None] | None = None


@dataclass(frozen=True, slots=True)
class Backend:
    store: MemoryStore
    clock: Clock
    limiter: Limiter
    faults: Faults
    journal: Journal
    snapshots: Snapshots
    ids_seed: int
    strict: bool = False
    """Whether this emulator was started strict, which holds for every seed that does not say otherwise."""
    changes: ChangeLog = field(default_factory=ChangeLog)
    operations: dict[str, Operation] = field(default_factory=dict)
    """What is emulated, by operationId, of every door: what a fault may strike and the journal may show."""
    retired: set[str] = field(default_factory=set)
    """Tokens that are secret although no client has them: those of before, and the control plane's own."""

    def secrets(self, also: Iterable[str] = ()) -> Secrets:
        """What nothing that is shown may repeat, as things are now."""
        cloud = self.store.read().cloud
        return Secrets((*cloud.tokens, *cloud.scim_tokens, *self.retired, *also))

    def begin(self, origin: Origin = ANONYMOUS, now: datetime | None = None) -> UnitOfWork:
        """A transaction on what is there, at this moment: the present one, unless the door has read the clock."""
        stored = self.store.read()
        at = self.clock.now() if now is None else now
        return UnitOfWork(stored.cloud, at, IdFactory(self.present_ids_seed, stored.ids), stored.assumptions, origin)

    @property
    def present_ids_seed(self) -> int:
        """What ids follow from, beside their count: the emulator's own seed, or that of whoever has a lease on it."""
        lease = self.snapshots.lease
        return self.ids_seed if lease is None else lease.ids_seed

    def commit(self, work: UnitOfWork) -> None:
        """Keep what the work changed, if it changed anything."""
        stored = self.store.read()
        if work.cloud is not stored.cloud or work.ids.count != stored.ids:
            self.store.write(replace(stored, cloud=work.cloud, ids=work.ids.count))

    def commit_despite_refusal(self, work: UnitOfWork) -> None:
        """Keep the little that a refused act may leave (see `UnitOfWork.despite_refusal`); its ids are not spent."""
        if work.despite_refusal is not None:
            self.store.write(replace(self.store.read(), cloud=work.despite_refusal))

    def retire(self, before: Cloud, *, world_may_be_another: bool) -> None:
        """Remember the tokens that a request did away with. One that looks like a token is recognised without."""
        after = self.store.read().cloud
        for were, are in ((before.tokens, after.tokens), (before.scim_tokens, after.scim_tokens)):
            if are is not were and (world_may_be_another or len(are) <= len(were)):
                self.retired.update(each for each in were if not looks_like_a_token(each))

    def log_failure(self, method: str, path: str) -> None:
        """Tell the operator of a mistake of ours, with the traceback and without the secrets that it may quote."""
        secrets = self.secrets()
        log.error("%s\n%s", secrets.out_of_text(f"{method} {path} failed"), secrets.values_out_of(format_exc()))

    def build(self, stored: Stored) -> None:
        """Begin another world: everything forgotten, and this is what reset goes back to."""
        self.store.write(stored)
        self.limiter.restore(Limiter().read())
        self.faults.clear()
        self.journal.restore(Journal().read())
        self.snapshots.begin_here()
