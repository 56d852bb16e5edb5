"""`/api/members`: collaborators (Workato API: Workspace collaborators)."""

from typing import TypedDict, cast

from msgspec import UNSET, Raw, Struct, UnsetType
from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.activity import latest_of
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.roles import has_access, role_in, shown_name
from workato_emulator.domain.values import NO_ACCESS_SHOWN, Activity, Collaborator, MemberId, RoleType, Workspace
from workato_emulator.doors.developer.bodies import EnvRole, named_roles
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.doors.developer.rows import Row
from workato_emulator.doors.developer.timestamps import timestamp
from workato_emulator.http.answers import empty, encoded, ok
from workato_emulator.http.routing import Route
from workato_emulator.service import collaborators

_ENVIRONMENT = RoleType.ENVIRONMENT  # an enumeration is slow to look into


class RolesBody(TypedDict, total=False):
    env_roles: list[EnvRole]


class EmailBody(TypedDict):
    email: str


class RoleShown(Struct, gc=False):
    environment_type: str
    role_name: str
    role_type: str | UnsetType


class ActivityShown(Struct, gc=False):
    id: int
    event_type: str
    created_at: str


class MemberShown(Struct, gc=False):
    """A collaborator as `data` of an answer has them: the fields of the row, in their order."""

    id: int
    grant_type: str
    roles: list[RoleShown]
    last_activity_log: ActivityShown | None
    external_id: str | None
    name: str
    email: str
    time_zone: str | None
    created_at: str


def listing(call: Call) -> Response:
    workspace = call.workspace
    people = collaborators.listing(call.work, workspace, call.emails, call.query.get("email"))
    typed = _typed(call, workspace)
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
    workspace = call.workspace
    member = collaborators.one(call.work, workspace, member_id(call.path["id"]))
    data = _show(call, workspace, member)
    return ok({"data": data} if call.assumed.member_envelope == "data" else data)


def update(call: Call) -> Response:
    body = cast("RolesBody", call.body)
    named = named_roles(body.get("env_roles"))
    changed = collaborators.update_roles(call.work, call.caller.workspace.id, member_id(call.path["id"]), named)
    return ok({"data": _show(call, call.workspace, changed)})


def remove(call: Call) -> Response:
    collaborators.remove(call.work, call.caller.workspace.id, member_id(call.path["id"]))
    return empty() if call.assumed.removal_answer == "204" else ok({"result": "ok"})


def add_existing(call: Call) -> Response:
    """Only one client knows this endpoint: it exists where assumption `direct_addition` says so."""
    if call.assumed.direct_addition == "absent":
        raise NotFound
    body = cast("EmailBody", call.body)
    added = collaborators.add_known_account(call.work, call.caller.workspace.id, body["email"])
    return ok({"data": _show(call, call.workspace, added)})


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


def _show(call: Call, workspace: Workspace, member: Collaborator) -> MemberShown:
    return _row(workspace, member, latest_of(workspace, member.account), typed=_typed(call, workspace))


def _typed(call: Call, workspace: Workspace) -> bool:
    """Whether rows say which permission model a role belongs to."""
    return workspace.role_type is _ENVIRONMENT or call.assumed.legacy_role_type == "present"


def _row(workspace: Workspace, member: Collaborator, latest: Activity | None, *, typed: bool) -> MemberShown:
    """`latest` is what this person did last; for most it is nothing, as API clients act as the root account."""
    type_, known, held = workspace.role_type, workspace.roles, member.roles
    shown_type = type_ if typed else UNSET
    roles = []
    for environment in workspace.environments:  # `shown_name` of each, in one straight pass
        id_ = held.get(environment)
        role = None if id_ is None else known.get(id_)
        name = NO_ACCESS_SHOWN if role is None or role.type is not type_ else role.name
        roles.append(RoleShown(environment, name, shown_type))
    return MemberShown(
        member.id,
        member.grant_type,
        roles,
        None if latest is None else ActivityShown(latest.id, latest.event, timestamp(latest.at)),
        member.external_id,
        member.name,
        member.email,
        member.time_zone,
        timestamp(member.joined_at),
    )


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
