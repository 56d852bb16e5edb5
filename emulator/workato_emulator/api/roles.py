"""`GET /api/roles`: custom roles of the legacy model (fact sheet 3.9)."""

from typing import Any

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.roles import of_type
from workato_emulator.domain.values import PermissionModel, Role, RoleOrigin, RoleType
from workato_emulator.web.answers import ok
from workato_emulator.web.call import Call, Endpoint
from workato_emulator.web.paging import classic
from workato_emulator.web.routing import Route
from workato_emulator.web.timestamps import timestamp


def listing(call: Call) -> Response:
    """Custom roles only: Admin, Analyst and Operator never appear here."""
    custom = [role for role in of_type(call.workspace, RoleType.LEGACY) if role.origin is not RoleOrigin.SYSTEM]
    return ok(classic(custom, call.query, call.assumed, _shown))


def _shown(role: Role) -> dict[str, Any]:
    return {
        "id": role.id,
        "name": role.name,
        "inheritable": role.origin is RoleOrigin.INHERITABLE,
        "folder_ids": list(role.folder_ids),
        "created_at": timestamp(role.created_at),
        "updated_at": timestamp(role.updated_at),
        "privileges": {label: list(can) for label, can in role.privileges.items()},
    }


ROUTES = (
    Route(
        "GET",
        "/api/roles",
        "listRoles",
        Endpoint(listing, Privilege.LIST_ROLES, "roles", PermissionModel.LEGACY_ROLES),
    ),
)
