"""The emulator's parts in one place, and how a transaction begins and ends: what every door is handed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from logging import getLogger
from traceback import format_exc

from immutables import Map
from starlette.responses import Response

from workato_emulator.clock import Clock
from workato_emulator.domain.activity import ANONYMOUS, Origin
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.values import TokenOwner
from workato_emulator.http.faults import Faults
from workato_emulator.http.journal import Journal
from workato_emulator.http.lasting import same_lasting
from workato_emulator.http.limits import Limiter
from workato_emulator.http.record import Asked, Data, written
from workato_emulator.http.secrets import Secrets, looks_like_a_token
from workato_emulator.service.snapshots import Snapshots
from workato_emulator.service.work import Work
from workato_emulator.state import MemoryStore, Stored

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
    retired: set[str] = field(default_factory=set)
    """Tokens that are secret although no client has them: those of before, and the control plane's own."""

    def secrets(self, also: Iterable[str] = ()) -> Secrets:
        """What nothing that is shown may repeat, as things are now."""
        return Secrets((*self.store.read().cloud.tokens, *self.retired, *also))

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
            tokens = self.store.read().cloud.tokens
            response = answer() if append is None else self._written(asked, answer, unwritten, append)
            self._retire(tokens, asked)
            return response

    def _written(
        self,
        asked: Asked,
        answer: Callable[[], Response],
        unwritten: Callable[[], Response],
        append: Callable[[Data], None],
    ) -> Response:
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
                named = self.secrets().out_of_text(f"{asked.scope['method']} {asked.scope['path']}")
                _log.error("%s undone: the state file cannot be written: %s", named, error.strerror)
                return unwritten()
            return response

    def _retire(self, before: Map[str, TokenOwner], asked: Asked) -> None:
        """Remember the tokens that a request does away with. One that looks like a token is recognised without."""
        after = self.store.read().cloud.tokens
        if after is not before and (asked.door == "control" or len(after) <= len(before)):
            self.retired.update(each for each in before if not looks_like_a_token(each))

    def log_failure(self, method: str, path: str) -> None:
        """Tell the operator of a mistake of ours, with the traceback and without the secrets that it may quote."""
        secrets = self.secrets()
        _log.error("%s\n%s", secrets.out_of_text(f"{method} {path} failed"), secrets.values_out_of(format_exc()))

    def build(self, stored: Stored) -> None:
        """Begin another world: everything forgotten, and this is what reset goes back to."""
        self.store.write(stored)
        self.limiter.restore(Limiter().read())
        self.faults.clear()
        self.journal.restore(Journal().read())
        self.snapshots.begin_here()
