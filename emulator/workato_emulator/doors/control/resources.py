"""The control plane's resources, one module each."""

from functools import cache

from workato_emulator.doors.control import clients, contracts, journal, lease, people, rulebook, scim, state
from workato_emulator.doors.control.call import ControlHandler
from workato_emulator.http.routing import Route, RouteTable

PREFIX = "/_emulator/v1"


@cache
def control_routes() -> RouteTable[ControlHandler]:
    return RouteTable(
        Route(method, f"{PREFIX}{path}", operation, handler)
        for module in (state, lease, journal, people, clients, scim, rulebook, contracts)
        for method, path, operation, handler in module.ROUTES
    )
