"""The emulator's parts in one place, and how a transaction begins and ends: what every door is handed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from logging import getLogger

from starlette.responses import Response

from workato_emulator.clock import Clock
from workato_emulator.domain.activity import ANONYMOUS, Origin
from workato_emulator.domain.ids import IdFactory
from workato_emulator.service.snapshots import Snapshots
from workato_emulator.service.work import Work
from workato_emulator.store import MemoryStore, Stored
from workato_emulator.web.faults import Faults
from workato_emulator.web.journal import Journal
from workato_emulator.web.lasting import same_lasting
from workato_emulator.web.limits import Limiter
from workato_emulator.web.record import Asked, Data, written

_log = getLogger("workato_emulator")


@dataclass(slots=True)
class Recorder:
    """Where requests that changed something are written down. `append` is None where nothing outlives the process.

    It raises `OSError` when it cannot, and then nothing was written.
    """

    append: Callable[[Data], None] | None = None


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
    recorder: Recorder = field(default_factory=Recorder)

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

    def settle(self, asked: Asked, answer: Callable[[], Response], unwritten: Callable[[], Response]) -> Response:
        """One request from beginning to end: decided, written down if it changed something, and only then answered.

        What cannot be written down has not happened: everything is put back, and the answer is `unwritten()`.
        """
        append = self.recorder.append
        with self.store.exclusively():
            if append is None:
                return answer()
            at = self.clock.underneath()
            with self.clock.held(at):
                everything = self.snapshots.everything()
                self.limiter.refused = False
                response = answer()
                if same_lasting(everything, self.snapshots.everything()):
                    return response
                ids, limited = self.store.read().ids, self.limiter.refused
                try:
                    append(written(asked, at, response.status_code, ids, limited=limited))
                except OSError as error:
                    self.snapshots.undo(everything)
                    _log.error("%s %s undone: the state file cannot be written: %s", *_named(asked), error.strerror)
                    return unwritten()
                return response

    def build(self, stored: Stored) -> None:
        """Begin another world: everything forgotten, and this is what reset goes back to."""
        self.store.write(stored)
        self.limiter.restore(Limiter().read())
        self.faults.clear()
        self.journal.restore(Journal().read())
        self.snapshots.begin_here()


def _named(asked: Asked) -> tuple[str, str]:
    return asked.scope["method"], asked.scope["path"]
