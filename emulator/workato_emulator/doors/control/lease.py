"""The emulator for somebody alone: what was there is set aside, and put back at the end."""

from starlette.responses import Response

from workato_emulator.doors.control.call import ControlCall, Routes
from workato_emulator.http.answers import empty, ok
from workato_emulator.http.own_errors import own_error


def lend(call: ControlCall) -> Response:
    """Let somebody have the emulator to themselves. Time stands still for them."""
    if call.backend.snapshots.lease is not None:
        return own_error(409, "leased", "somebody has a lease on the emulator; DELETE it to put back what was there")
    call.backend.snapshots.lend(call.fields["holder"], call.fields.get("ids_seed", 0))
    call.backend.clock.stop()
    call.work = call.backend.begin()
    return ok({"now": call.backend.clock.now().isoformat()}, 201)


def take_back(call: ControlCall) -> Response:
    """End the lease, or with a holder only that holder's lease: somebody else's stays."""
    call.backend.snapshots.take_back(call.query.get("holder"))
    call.work = call.backend.begin()
    return empty()


ROUTES: Routes = (
    ("PUT", "/lease", "takeLease", lend),
    ("DELETE", "/lease", "endLease", take_back),
)
