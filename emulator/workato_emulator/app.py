"""Wires the parts into one ASGI application, and does nothing else."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from workato_emulator.clock import Clock
from workato_emulator.doors.control.door import ControlDoor
from workato_emulator.doors.developer.call import Endpoint
from workato_emulator.doors.developer.door import DeveloperDoor
from workato_emulator.doors.inspector.door import InspectorDoor
from workato_emulator.doors.scim.door import ScimDoor
from workato_emulator.http.backend import Backend
from workato_emulator.http.bodies import HungUp, read_body
from workato_emulator.http.door import Door
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.faults import Faults
from workato_emulator.http.journal import Journal
from workato_emulator.http.leased import Begins, begin_under
from workato_emulator.http.limits import Limiter
from workato_emulator.http.routing import RouteTable
from workato_emulator.service.snapshots import Part, Snapshots
from workato_emulator.state import MemoryStore
from workato_emulator.state.documents import stored_from
from workato_emulator.state.seeds import SeedDocument


class Serves(Protocol):
    """What whoever carries the bytes asks of an app."""

    def begin(self, scope: Scope) -> Exchange: ...

    def finish(self, exchange: Exchange, body: bytes | None) -> Response: ...


class App:
    """The emulator as an ASGI application: several doors to one backend. The first one has what no other serves."""

    def __init__(self, backend: Backend, doors: Iterable[Door[Any]]) -> None:
        self.backend = backend
        self.doors: Mapping[str, Door[Any]] = {door.name: door for door in doors}
        self._otherwise: Begins = next(iter(self.doors.values()))
        self._by_segment: dict[str, Begins] = {}
        for door in self.doors.values():
            segment = door.prefix.split("/")[1]
            if isinstance(door, InspectorDoor):
                for each in ("", segment):
                    self._by_segment[each] = _Shared(door, self._by_segment.get(each, self._otherwise))
            else:
                self._by_segment[segment] = door
        for door in self.doors.values():
            if door.emulated:
                backend.operations.update(door.operations)

    def begin(self, scope: Scope) -> Exchange:
        """A request of which the head has arrived, at its door. `most` says how much of its body is to be read."""
        path = scope["path"]
        door = self._by_segment.get(path.split("/", 2)[1] if path[:1] == "/" else "", self._otherwise)
        lease = self.backend.snapshots.lease
        return door.begin(scope) if lease is None else begin_under(lease, scope, door)

    def finish(self, exchange: Exchange, body: bytes | None) -> Response:
        """The answer, with all its consequences. `body` is None where it is larger than `most`."""
        return self.doors[exchange.door].finish(exchange, body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The same as ASGI has it, for a server or a test client of somebody else's."""
        if scope["type"] == "http":
            exchange = self.begin(scope)
            try:
                body = await read_body(receive, exchange.most)
            except HungUp:
                return
            await self.finish(exchange, body)(exchange.scope, receive, send)
        elif scope["type"] == "lifespan":
            await _lifespan(receive, send)
        else:
            raise ValueError(f"the emulator does not speak {scope['type']}")


class _Shared:
    """The bare address, or a first segment, that the inspector shares with another door: it has what it takes."""

    def __init__(self, inspector: InspectorDoor, other: Begins) -> None:
        self._inspector = inspector
        self._other = other

    def begin(self, scope: Scope) -> Exchange:
        return (self._inspector if self._inspector.takes(scope) else self._other).begin(scope)


async def _lifespan(receive: Receive, send: Send) -> None:
    """Nothing to open, nothing to close."""
    for phase in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{phase}.complete"})


def create_app(
    document: SeedDocument,
    *,
    clock: Clock,
    ids_seed: int = 0,
    control_token: str | None = None,
    strict: bool = False,
    loopback_only: bool = False,
    routes: RouteTable[Endpoint] | None = None,
    consulted: set[str] | None = None,
) -> App:
    """An emulator in the state that the document describes, with all routes unless told. Raises `SeedProblem`.

    `strict` refuses what nobody reads, unless the document says otherwise.
    `loopback_only` is for one that is served without a control token: its control plane wants to be called by a
    loopback name, since a page in a browser can make any other name lead here.
    `consulted` takes the ids of the assumptions that are read.
    """
    backend = create_backend(document, clock=clock, ids_seed=ids_seed, strict=strict, consulted=consulted)
    control = ControlDoor(backend, control_token, loopback_only=loopback_only)
    inspector = InspectorDoor(backend, control, control_token, loopback_only=loopback_only)
    return App(backend, (DeveloperDoor(backend, routes), ScimDoor(backend), control, inspector))


def create_backend(
    document: SeedDocument,
    *,
    clock: Clock,
    ids_seed: int = 0,
    strict: bool = False,
    consulted: set[str] | None = None,
) -> Backend:
    """What stands behind the doors, in the state that the document describes. Raises `SeedProblem`."""
    if document.clock is not None:
        clock.set(document.clock)
    now_strict = strict if document.strict is None else document.strict
    store = MemoryStore(stored_from(document, clock.now(), ids_seed, strict=now_strict, consulted=consulted))
    limiter, faults, journal = Limiter(), Faults(), Journal()
    parts: dict[str, Part] = {"store": store, "clock": clock, "limiter": limiter, "faults": faults, "journal": journal}
    return Backend(store, clock, limiter, faults, journal, Snapshots(parts), ids_seed, strict)
