"""`/api/members`: collaborators (Workato API: Workspace collaborators)."""

from typing import Any, TypedDict, cast

from msgspec import Raw
from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.activity import latest_of
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.roles import has_access, role_in, shown_name, shown_names
from workato_emulator.domain.values import Activity, Collaborator, MemberId, RoleType, Workspace
from workato_emulator.doors.developer.bodies import EnvRole, named_roles
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.doors.developer.rows import Row
from workato_emulator.doors.developer.timestamps import timestamp
from workato_emulator.http.answers import empty, encoded, ok
from workato_emulator.http.routing import Route
from workato_emulator.service import collaborators


class RolesBody(TypedDict, total=False):
    env_roles: list[EnvRole]


class EmailBody(TypedDict):
    email: str


def listing(call: Call) -> Response:
    people = collaborators.listing(call.work, call.workspace, call.query.get("email"))
    workspace, typed = call.workspace, _typed(call)
    alike = (workspace.roles, workspace.environments, workspace.permission_model, typed)
    rows = call.rows.of(workspace.id, alike, len(people))
    data = []
    for each in people:
        latest = latest_of(workspace, each.account)
        row = rows.get(each.id)
        if row is None or row.member is not each or row.latest is not latest:
            row = rows[each.id] = Row(each, latest, Raw(encoded(_row(workspace, each, latest, typed=typed))))
        data.append(row.written)
    return ok({"data": data, "total": len(people)})


def one(call: Call) -> Response:
    data = _shown(call, collaborators.one(call.work, call.workspace, member_id(call.path["id"])))
    return ok({"data": data} if call.assumed.member_envelope == "data" else data)


def update(call: Call) -> Response:
    body = cast("RolesBody", call.body)
    named = named_roles(body.get("env_roles"))
    changed = collaborators.update_roles(call.work, call.caller.workspace.id, member_id(call.path["id"]), named)
    return ok({"data": _shown(call, changed)})


def remove(call: Call) -> Response:
    collaborators.remove(call.work, call.caller.workspace.id, member_id(call.path["id"]))
    return empty() if call.assumed.removal_answer == "204" else ok({"result": "ok"})


def add_existing(call: Call) -> Response:
    """Only one client knows this endpoint: it exists where assumption `direct_addition` says so."""
    if call.assumed.direct_addition == "absent":
        raise NotFound
    body = cast("EmailBody", call.body)
    added = collaborators.add_known_account(call.work, call.caller.workspace.id, body["email"])
    return ok({"data": _shown(call, added)})


def privileges(call: Call) -> Response:
    """One row per environment; somebody without any role has no rows (baton-workato)."""
    workspace = call.workspace
    member = collaborators.one(call.work, workspace, member_id(call.path["id"]))
    rows = []
    for environment in workspace.environments if has_access(workspace, member.roles) else ():
        role = role_in(workspace, member.roles, environment)
        rows.append(
            {
                "environment_type": environment,
                "name": shown_name(workspace, member.roles, environment),
                "privileges": {}
                if role is None
                else {label: list(can) for label, can in sorted(role.privileges.items())},
                "folder_ids": [] if role is None else list(role.folder_ids),
            }
        )
    return ok({"data": rows})


def member_id(text: str) -> MemberId | None:
    """The id in a path; None for a text that can be nobody's id."""
    number = number_in(text)
    return None if number is None else MemberId(number)


def _shown(call: Call, member: Collaborator) -> dict[str, Any]:
    workspace = call.workspace
    return _row(workspace, member, latest_of(workspace, member.account), typed=_typed(call))


def _typed(call: Call) -> bool:
    """Whether rows say which permission model a role belongs to."""
    return call.workspace.role_type is RoleType.ENVIRONMENT or call.assumed.legacy_role_type == "present"


def _row(workspace: Workspace, member: Collaborator, latest: Activity | None, *, typed: bool) -> dict[str, Any]:
    """`latest` is what this person did last; for most it is nothing, as API clients act as the root account."""
    names = shown_names(workspace, member.roles)
    type_ = workspace.role_type
    return {
        "id": member.id,
        "grant_type": member.grant_type,
        "roles": [{"environment_type": each, "role_name": name, "role_type": type_} for each, name in names]
        if typed
        else [{"environment_type": each, "role_name": name} for each, name in names],
        "last_activity_log": None
        if latest is None
        else {"id": latest.id, "event_type": latest.event, "created_at": timestamp(latest.at)},
        "external_id": member.external_id,
        "name": member.name,
        "email": member.email,
        "time_zone": member.time_zone,
        "created_at": timestamp(member.joined_at),
    }


def _route(method: str, path: str, operation: str, handler: Handler, privilege: Privilege) -> Route[Endpoint]:
    return Route(method, f"/api/members{path}", operation, Endpoint(handler, privilege, "members"))


ROUTES = (
    _route("GET", "", "listCollaborators", listing, Privilege.LIST_COLLABORATORS),
    _route("POST", "", "addExistingCollaborator", add_existing, Privilege.INVITE),
    _route("GET", "/{id}", "getCollaborator", one, Privilege.LIST_COLLABORATORS),
    _route("PUT", "/{id}", "updateCollaboratorRoles", update, Privilege.UPDATE_ROLES),
    _route("DELETE", "/{id}", "removeCollaborator", remove, Privilege.DELETE_COLLABORATOR),
    _route("GET", "/{id}/privileges", "getCollaboratorPrivileges", privileges, Privilege.COLLABORATOR_PRIVILEGES),
)
