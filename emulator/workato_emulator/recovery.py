"""An emulator whose state outlives it: built from its state file, and writing there what it changes from then on.

The emulator is deterministic: time, ids and chance are arguments. So the file need not hold states, only the requests
that changed something; asked again at the same instants, they lead to the same state.
"""

from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import version
from json import dumps, loads
from logging import getLogger
from typing import Any, Protocol

from workato_emulator.app import App, create_app
from workato_emulator.clock import Clock, Reading
from workato_emulator.domain.copies import replace
from workato_emulator.domain.refusals import Refusal
from workato_emulator.http.backend import Backend
from workato_emulator.http.faults import Fault, as_request, read_fault
from workato_emulator.http.journal import Journal
from workato_emulator.http.lasting import Moment, moment
from workato_emulator.http.limits import Limiter
from workato_emulator.http.records import from_record
from workato_emulator.state.documents import document_of, stored_from
from workato_emulator.state.log import Log, StateProblem
from workato_emulator.state.seeds import SeedDocument, SeedProblem, parse

Data = dict[str, Any]


class MakeApp(Protocol):
    """`create_app`, or one that adds what is no part of the state: a control token, say."""

    def __call__(self, document: SeedDocument, *, clock: Clock, ids_seed: int = 0, strict: bool = False) -> App: ...


COMPACT_AFTER = 1_000
"""So many changes in the log, and a start writes it anew as one base. Replaying them takes a fraction of a second."""

_log = getLogger("workato_emulator")
_MICROSECOND = timedelta(microseconds=1)
_NOT_OURS = (KeyError, TypeError, ValueError, AttributeError, LookupError, Refusal)
"""What reading plain data of the wrong shape raises."""


def begin(log: Log, document: SeedDocument, clock: Clock, make: MakeApp = create_app, *, strict: bool = False) -> App:
    """A fresh emulator whose state file starts here. Raises `SeedProblem`, or `OSError` if it cannot be written."""
    at, reading = clock.underneath(), clock.read()
    with clock.hold(at):
        app = make(document, clock=clock, strict=strict)
    first: Data = {
        "document": document.as_data(),
        "at": at.isoformat(),
        "suspended": [],
        "faults": [],
        "clock": _describe_reading(reading),
    }
    log.begin(_header(app.backend, first, None, {}))
    app.backend.changes.append = log.append
    return app


def recover(log: Log, clock: Clock, make: MakeApp = create_app, *, compact_after: int = COMPACT_AFTER) -> App:
    """The emulator of this state file, as it was when its last change was acknowledged.

    Raises `StateProblem` for a file that does not lead there; it is then left as it was.
    """
    header = log.header()
    try:
        app = _make_from(header, clock, make)
    except _NOT_OURS as error:
        raise StateProblem(log.path, f"does not describe a state: {error}", 1) from None
    replayed = 0
    for line, record in log.records():
        _replay(app, clock, log, line, record, header)
        replayed += 1
    app.backend.limiter.restore(Limiter().read())
    app.backend.journal.restore(Journal().read())
    if replayed > compact_after:
        _compact(log, app, clock)
    app.backend.changes.append = log.append
    return app


def _replay(app: App, clock: Clock, log: Log, line: int, record: Data, header: Data) -> None:
    try:
        recorded = from_record(record)
        if recorded.exchange.door not in app.doors:
            raise ValueError(f"no door is called {recorded.exchange.door!r}")
    except _NOT_OURS as error:
        raise StateProblem(log.path, f"does not describe a request: {error!r}", line) from None
    limiter = (
        app.backend.limiter
    )  # its counts are in no file: what was let through then is now, and what was not is not
    limiter.restore(Limiter().read())
    limiter.refusing = recorded.limited
    app.backend.journal.restore(Journal().read())
    with clock.hold(recorded.at):
        status = app.doors[recorded.exchange.door].respond(recorded.exchange).status_code
    limiter.refusing = False
    ids = app.backend.store.read().ids
    if (status, ids) != (recorded.status, recorded.ids):
        asked = f"{recorded.exchange.method} {recorded.exchange.scope['path']}"
        raise StateProblem(
            log.path,
            f"{asked} was answered {recorded.status} with {recorded.ids} ids spent, and is now {status} with {ids}. "
            f"Version {header.get('product')} wrote the file, this is {version('workato-emulator')}",
            line,
        )


# Compacting


def _compact(log: Log, app: App, clock: Clock) -> None:
    """Write the state itself as the new base, once it is certain that it leads back to exactly this state."""
    backend = app.backend
    if backend.snapshots.lease is not None:
        return  # what was set aside is in the log only
    at = clock.underneath()
    present, first, taken, _ = backend.snapshots.everything()
    header = _header(
        backend,
        _describe_moment(moment(first), at),
        _describe_moment(moment(present), at),
        {name: _describe_moment(moment(readings), at) for name, readings in taken.items()},
    )
    try:
        again = _make_from(
            loads(dumps(header)), Clock.still(at) if clock.kind == "still" else Clock.system(), create_app
        ).backend
    except SeedProblem:
        return  # a state that only suspended rules allow, and that no document can describe: the log stays as it is
    if _moments(again) != _moments(backend):
        return
    try:
        log.begin(header)
    except OSError as error:
        _log.warning("%s keeps its length, because it cannot be rewritten: %s", log.path, error.strerror)


def _moments(backend: Backend) -> object:
    present, first, taken, _ = backend.snapshots.everything()
    return moment(present), moment(first), {name: moment(readings) for name, readings in taken.items()}


def _header(backend: Backend, first: Data, now: Data | None, snapshots: Data) -> Data:
    return {
        "product": version("workato-emulator"),
        "ids_seed": backend.ids_seed,
        "strict": backend.strict,
        "first": first,
        "now": now,
        "snapshots": snapshots,
    }


def _describe_moment(moment: Moment, at: datetime) -> Data:
    stored = moment.stored
    return {
        "document": document_of(stored),
        "at": at.isoformat(),
        "suspended": sorted(stored.suspended),
        "faults": [as_request(each) for each in moment.faults],
        "clock": _describe_reading(moment.clock),
    }


def _describe_reading(reading: Reading) -> Data:
    instant = None if reading.instant is None else reading.instant.isoformat()
    return {"kind": reading.kind, "instant": instant, "lead_microseconds": reading.lead // _MICROSECOND}


# Building from a base


def _make_from(header: Data, clock: Clock, make: MakeApp) -> App:
    """An emulator with everything that the header describes. Raises all that plain data of a wrong shape can raise."""
    first = header["first"]
    clock.restore(_reading_of(first, clock))
    with clock.hold(datetime.fromisoformat(first["at"])):
        app = make(
            parse(first["document"]), clock=clock, ids_seed=int(header["ids_seed"]), strict=bool(header["strict"])
        )
    backend = app.backend
    backend.store.write(replace(backend.store.read(), suspended=frozenset(first["suspended"])))
    backend.faults.restore(_faults_of(first, backend))
    backend.snapshots.begin_here()
    enter = partial(_enter, backend)
    for name, said in header["snapshots"].items():
        enter(said)
        backend.snapshots.take(name)
    if header["now"] is not None:
        enter(header["now"])
    return app


def _enter(backend: Backend, moment: Data) -> None:
    backend.clock.restore(_reading_of(moment, backend.clock))
    document = parse(moment["document"])
    at = datetime.fromisoformat(moment["at"])
    stored = stored_from(document, at, backend.ids_seed, strict=bool(document.strict))
    backend.store.write(replace(stored, suspended=frozenset(moment["suspended"])))
    backend.faults.restore(_faults_of(moment, backend))


def _faults_of(moment: Data, backend: Backend) -> tuple[Fault, ...]:
    return tuple(read_fault(each, backend.operations) for each in moment["faults"])


def _reading_of(moment: Data, clock: Clock) -> Reading:
    said = moment["clock"]
    if said["kind"] != clock.kind:
        raise ValueError(f"it has a {said['kind']} clock")
    instant = None if said["instant"] is None else datetime.fromisoformat(said["instant"])
    return Reading(clock.kind, instant, said["lead_microseconds"] * _MICROSECOND)
