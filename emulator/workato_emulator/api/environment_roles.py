"""`/api/environment_roles`: roles of the new model (fact sheet 3.10)."""

from typing import Any

from starlette.responses import Response

from workato_emulator.api.filters import name_matches
from workato_emulator.api.members import member_id
from workato_emulator.domain.access import Privilege
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.roles import held_by, of_type
from workato_emulator.domain.values import PermissionModel, Role, RoleId, RoleType, Workspace
from workato_emulator.web.answers import ok
from workato_emulator.web.call import Call, Endpoint
from workato_emulator.web.paging import numbered
from workato_emulator.web.routing import Route
from workato_emulator.web.timestamps import timestamp


def listing(call: Call) -> Response:
    workspace = call.workspace
    roles = [role for role in of_type(workspace, RoleType.ENVIRONMENT) if name_matches(call, role.name)]
    return ok(numbered(roles, call.query, call.assumed, lambda role: _shown(workspace, role)))


def one(call: Call) -> Response:
    number = member_id(call.path["id"])
    role = None if number is None else call.workspace.roles.get(RoleId(number))
    if role is None or role.type is not RoleType.ENVIRONMENT:
        raise NotFound
    config: dict[str, Any] = {}
    if call.assumed.role_config == "opaque":
        config = {"team": {"privileges": {label: list(can) for label, can in role.privileges.items()}}}
    return ok({"data": _shown(call.workspace, role) | {"config": config}})


def _shown(workspace: Workspace, role: Role) -> dict[str, Any]:
    return {
        "id": role.id,
        "name": role.name,
        "members_count": held_by(workspace, role.id),
        "type": role.origin.value,
        "created_at": timestamp(role.created_at),
        "updated_at": timestamp(role.updated_at),
    }


ROUTES = tuple(
    Route(
        "GET",
        f"/api/environment_roles{path}",
        operation,
        Endpoint(handler, Privilege.ENVIRONMENT_ROLES, "environment_roles", PermissionModel.ENVIRONMENT_ROLES),
    )
    for path, operation, handler in (("", "listEnvironmentRoles", listing), ("/{id}", "getEnvironmentRole", one))
)
