"""The Developer API's resources, one module each."""

from functools import cache

from workato_emulator.doors.developer import (
    activity_logs,
    developer_api_clients,
    environment_roles,
    folders,
    member_invitations,
    members,
    project_grants,
    project_roles,
    projects,
    roles,
    roles_migration,
    user_groups,
    users,
)
from workato_emulator.doors.developer.call import Endpoint
from workato_emulator.http.routing import RouteTable


@cache
def developer_routes() -> RouteTable[Endpoint]:
    modules = (
        member_invitations,
        members,
        roles,
        environment_roles,
        project_roles,
        user_groups,
        project_grants,
        roles_migration,
        users,
        projects,
        folders,
        activity_logs,
        developer_api_clients,
    )
    return RouteTable(route for module in modules for route in module.ROUTES)
