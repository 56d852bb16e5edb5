"""`/api/project_roles`: what grants let people do in a project (Workato API: Project roles)."""

from typing import Any, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.project_roles import directly_granted, in_order, project_role_of, shown_id
from workato_emulator.domain.values import PermissionModel, ProjectRole
from workato_emulator.doors.developer.bodies import RoleFields
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.doors.developer.filters import name_matches
from workato_emulator.doors.developer.paging import numbered_page
from workato_emulator.doors.developer.timestamps import timestamp
from workato_emulator.http.answers import empty, ok
from workato_emulator.http.routing import Route
from workato_emulator.service import roles


class Body(TypedDict):
    project_role: RoleFields


def listing(call: Call) -> Response:
    found = [role for role in in_order(call.workspace) if name_matches(call, role.name)]
    return ok(numbered_page(found, call.query, call.assumed, lambda role: _show(call, role)))


def one(call: Call) -> Response:
    return ok({"data": _detail(call, project_role_of(call.workspace, call.path["id"]))})


def create(call: Call) -> Response:
    fields = cast("Body", call.body)["project_role"]
    role = roles.create_project_role(
        call.work,
        call.caller.workspace.id,
        fields.get("name", ""),
        fields.get("config", {}),
        inheritable=fields.get("inheritable", False),
    )
    return ok({"data": _detail(call, role)}, int(call.assumed.creation_status))


def update(call: Call) -> Response:
    fields = cast("Body", call.body)["project_role"]
    role = roles.update_project_role(
        call.work,
        call.caller.workspace.id,
        call.path["id"],
        name=fields.get("name", ""),
        config=fields.get("config", {}),
        inheritable=fields.get("inheritable"),
    )
    return ok({"data": _detail(call, role)})


def delete(call: Call) -> Response:
    roles.delete_project_role(call.work, call.caller.workspace.id, call.path["id"])
    return empty()


def _show(call: Call, role: ProjectRole) -> dict[str, Any]:
    return {
        "id": shown_id(role, call.assumed),
        "name": role.name,
        "members_count": directly_granted(call.workspace, role),
        "type": role.origin.value,
        "created_at": timestamp(role.created_at),
        "updated_at": timestamp(role.updated_at),
    }


def _detail(call: Call, role: ProjectRole) -> dict[str, Any]:
    return _show(call, role) | {"config": role.config}


def _route(method: str, path: str, operation: str, handler: Handler, privilege: Privilege) -> Route[Endpoint]:
    return Route(
        method,
        f"/api/project_roles{path}",
        operation,
        Endpoint(handler, privilege, "project_roles", PermissionModel.ENVIRONMENT_ROLES),
    )


ROUTES = (
    _route("GET", "", "listProjectRoles", listing, Privilege.READ_PROJECT_ROLES),
    _route("POST", "", "createProjectRole", create, Privilege.WRITE_PROJECT_ROLES),
    _route("GET", "/{id}", "getProjectRole", one, Privilege.READ_PROJECT_ROLES),
    _route("PUT", "/{id}", "updateProjectRole", update, Privilege.WRITE_PROJECT_ROLES),
    _route("DELETE", "/{id}", "deleteProjectRole", delete, Privilege.WRITE_PROJECT_ROLES),
)
