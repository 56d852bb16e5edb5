"""`/api/roles`: custom roles of the legacy model (Workato API: Custom roles)."""

from typing import Any, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.roles import of_type
from workato_emulator.domain.values import PermissionModel, Role, RoleOrigin, RoleType
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.doors.developer.paging import classic_page
from workato_emulator.doors.developer.timestamps import timestamp
from workato_emulator.http.answers import ok
from workato_emulator.http.routing import Route
from workato_emulator.service import roles


def listing(call: Call) -> Response:
    """Custom roles only: Admin, Analyst and Operator never appear here."""
    custom = [role for role in of_type(call.workspace, RoleType.LEGACY) if role.origin is not RoleOrigin.SYSTEM]
    return ok(classic_page(custom, call.query, call.assumed, _show))


class ReachBody(TypedDict, total=False):
    all_folders: bool
    folder_ids: list[int]


def reach(call: Call) -> Response:
    """Every folder where the body says so, else the folders that it names."""
    body = cast("ReachBody", call.body)
    role = roles.reach(
        call.work,
        call.caller.workspace.id,
        number_in(call.path["id"]),
        all_folders=body.get("all_folders"),
        folder_ids=tuple(body["folder_ids"]) if "folder_ids" in body else None,
    )
    return ok(_show(role))


def copy(call: Call) -> Response:
    role = roles.copy(call.work, call.caller.workspace.id, number_in(call.path["id"]))
    return ok(_show(role), int(call.assumed.creation_status))


def _show(role: Role) -> dict[str, Any]:
    return {
        "id": role.id,
        "name": role.name,
        "inheritable": role.origin is RoleOrigin.INHERITABLE,
        "folder_ids": list(role.folder_ids),
        "created_at": timestamp(role.created_at),
        "updated_at": timestamp(role.updated_at),
        "privileges": {label: list(can) for label, can in sorted(role.privileges.items())},
    }


def _route(method: str, path: str, operation: str, handler: Handler, privilege: Privilege) -> Route[Endpoint]:
    return Route(
        method, f"/api/roles{path}", operation, Endpoint(handler, privilege, "roles", PermissionModel.LEGACY_ROLES)
    )


ROUTES = (
    _route("GET", "", "listRoles", listing, Privilege.LIST_ROLES),
    _route("PUT", "/{id}", "updateRoleFolders", reach, Privilege.UPDATE_LEGACY_ROLES),
    _route("POST", "/{id}/copy", "copyRole", copy, Privilege.COPY_ROLES),
)
