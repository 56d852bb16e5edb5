"""`/api/environment_roles`: roles of the new model (Workato API: Environment roles)."""

from typing import Any, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.custom_roles import environment_role
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.roles import config_of, holder_count, of_type
from workato_emulator.domain.values import PermissionModel, Role, RoleType
from workato_emulator.doors.developer.bodies import RoleFields
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.doors.developer.filters import name_matches
from workato_emulator.doors.developer.paging import numbered_page
from workato_emulator.doors.developer.timestamps import timestamp
from workato_emulator.http.answers import empty, ok
from workato_emulator.http.routing import Route
from workato_emulator.service import roles


class Body(TypedDict):
    environment_role: RoleFields


def listing(call: Call) -> Response:
    found = [role for role in of_type(call.workspace, RoleType.ENVIRONMENT) if name_matches(call, role.name)]
    return ok(numbered_page(found, call.query, call.assumed, lambda role: _show(call, role)))


def one(call: Call) -> Response:
    return ok({"data": _detail(call, environment_role(call.workspace, number_in(call.path["id"])))})


def create(call: Call) -> Response:
    fields = cast("Body", call.body)["environment_role"]
    role = roles.create_environment_role(
        call.work,
        call.caller.workspace.id,
        fields.get("name", ""),
        fields.get("config", {}),
        inheritable=fields.get("inheritable", False),
    )
    return ok({"data": _detail(call, role)}, int(call.assumed.creation_status))


def update(call: Call) -> Response:
    """What is left out stays."""
    fields = cast("Body", call.body)["environment_role"]
    role = roles.update_environment_role(
        call.work,
        call.caller.workspace.id,
        number_in(call.path["id"]),
        name=fields.get("name"),
        config=fields.get("config"),
        inheritable=fields.get("inheritable"),
    )
    return ok({"data": _detail(call, role)})


def delete(call: Call) -> Response:
    roles.delete_environment_role(call.work, call.caller.workspace.id, number_in(call.path["id"]))
    return empty()


def _show(call: Call, role: Role) -> dict[str, Any]:
    return {
        "id": role.id,
        "name": role.name,
        "members_count": holder_count(call.workspace, role.id),
        "type": role.origin.value,
        "created_at": timestamp(role.created_at),
        "updated_at": timestamp(role.updated_at),
    }


def _detail(call: Call, role: Role) -> dict[str, Any]:
    return _show(call, role) | {"config": config_of(role, call.assumed)}


def _route(method: str, path: str, operation: str, handler: Handler, privilege: Privilege) -> Route[Endpoint]:
    return Route(
        method,
        f"/api/environment_roles{path}",
        operation,
        Endpoint(handler, privilege, "environment_roles", PermissionModel.ENVIRONMENT_ROLES),
    )


ROUTES = (
    _route("GET", "", "listEnvironmentRoles", listing, Privilege.ENVIRONMENT_ROLES),
    _route("POST", "", "createEnvironmentRole", create, Privilege.WRITE_ENVIRONMENT_ROLES),
    _route("GET", "/{id}", "getEnvironmentRole", one, Privilege.ENVIRONMENT_ROLES),
    _route("PUT", "/{id}", "updateEnvironmentRole", update, Privilege.WRITE_ENVIRONMENT_ROLES),
    _route("DELETE", "/{id}", "deleteEnvironmentRole", delete, Privilege.WRITE_ENVIRONMENT_ROLES),
)
