"""SCIM's resources, one module each."""

from functools import cache

from workato_emulator.doors.scim import users
from workato_emulator.doors.scim.call import ScimHandler
from workato_emulator.http.routing import Route, RouteTable

PREFIX = "/scim/v2"


@cache
def scim_routes() -> RouteTable[ScimHandler]:
    return RouteTable(
        Route(method, f"{PREFIX}{path}", operation, handler)
        for module in (users,)
        for method, path, operation, handler in module.ROUTES
    )
