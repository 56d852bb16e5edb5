"""`/api/members`: collaborators (Workato API: Workspace collaborators)."""

from typing import Any, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.activity import latest_of
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.roles import has_access, role_in, shown_name
from workato_emulator.domain.values import Collaborator, MemberId, RoleType, Workspace
from workato_emulator.doors.developer.bodies import EnvRole, named_roles
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.doors.developer.timestamps import timestamp
from workato_emulator.http.answers import empty, ok
from workato_emulator.http.routing import Route
from workato_emulator.service import collaborators


class RolesBody(TypedDict, total=False):
    env_roles: list[EnvRole]


class EmailBody(TypedDict):
    email: str


def listing(call: Call) -> Response:
    people = collaborators.listing(call.work, call.workspace, call.query.get("email"))
    return ok({"data": [_shown(call, each) for each in people], "total": len(people)})


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
    typed = workspace.role_type is RoleType.ENVIRONMENT or call.assumed.legacy_role_type == "present"
    type_ = {"role_type": workspace.role_type.value} if typed else {}
    return {
        "id": member.id,
        "grant_type": member.grant_type.value,
        "roles": [
            {"environment_type": each, "role_name": shown_name(workspace, member.roles, each), **type_}
            for each in workspace.environments
        ],
        "last_activity_log": _latest(workspace, member),
        "external_id": member.external_id,
        "name": member.name,
        "email": member.email,
        "time_zone": member.time_zone,
        "created_at": timestamp(member.joined_at),
    }


def _latest(workspace: Workspace, member: Collaborator) -> dict[str, Any] | None:
    """What this person did last in this workspace; for most it is nothing, as API clients act as the root account."""
    entry = latest_of(workspace, member.account)
    return None if entry is None else {"id": entry.id, "event_type": entry.event, "created_at": timestamp(entry.at)}


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
