"""SCIM's resources, one module each."""

from functools import cache

from workato_emulator.doors.scim import discovery, groups, unserved, users
from workato_emulator.doors.scim.call import ScimHandler
from workato_emulator.http.routing import Route, RouteTable

PREFIX = "/scim/v2"


@cache
def scim_routes() -> RouteTable[ScimHandler]:
    return RouteTable(
        Route(method, f"{PREFIX}{path}", operation, handler)
        for module in (users, groups, discovery, unserved)
        for method, path, operation, handler in module.ROUTES
    )
