"""Wires the parts into one ASGI application, and does nothing else."""

from collections.abc import Callable, Mapping

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from workato_emulator.clock import Clock
from workato_emulator.doors import control, developer
from workato_emulator.doors.control.door import ControlDoor
from workato_emulator.doors.developer.call import Endpoint
from workato_emulator.doors.developer.door import DeveloperDoor
from workato_emulator.http.desk import Desk
from workato_emulator.http.faults import Faults
from workato_emulator.http.journal import Journal
from workato_emulator.http.limits import Limiter
from workato_emulator.http.record import Asked, Door
from workato_emulator.http.routing import RouteTable
from workato_emulator.service.snapshots import Snapshots
from workato_emulator.state import MemoryStore
from workato_emulator.state.documents import stored_from
from workato_emulator.state.seeds import SeedDocument


class App:
    """The emulator as an ASGI application: the Developer API and, beside it, the control plane."""

    def __init__(self, desk: Desk, developer: DeveloperDoor, control: ControlDoor) -> None:
        self.desk = desk
        self.answering: Mapping[Door, Callable[[Asked], Response]] = {
            "developer": developer.answer,
            "control": control.answer,
        }
        self._doors: Mapping[str, ASGIApp] = {"_emulator": control}
        self._otherwise: ASGIApp = developer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            first = scope["path"].split("/", 2)[1] if scope["path"].startswith("/") else ""
            await self._doors.get(first, self._otherwise)(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _lifespan(receive, send)
        else:
            raise ValueError(f"the emulator does not speak {scope['type']}")


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
) -> App:
    """An emulator in the state that the document describes, with all routes unless told. Raises `SeedProblem`.

    `strict` refuses what nobody reads, unless the document says otherwise.
    `loopback_only` is for one that is served without a control token: its control plane wants to be called by a
    loopback name, since a page in a browser can make any other name lead here.
    """
    if document.clock is not None:
        clock.set(document.clock)
    now_strict = strict if document.strict is None else document.strict
    store = MemoryStore(stored_from(document, clock.now(), ids_seed, strict=now_strict))
    limiter, faults, journal = Limiter(), Faults(), Journal()
    snapshots = Snapshots((store, clock, limiter, faults, journal))
    desk = Desk(store, clock, limiter, faults, journal, snapshots, ids_seed, strict)
    if control_token is not None:
        desk.retired.add(control_token)
    vendor = DeveloperDoor(developer.routes() if routes is None else routes, desk)
    return App(desk, vendor, ControlDoor(control.routes(), desk, control_token, loopback_only=loopback_only))
