"""Project grants, seen from projects, from their holders and by themselves (Workato API: Project grants)."""

from collections.abc import Iterable
from typing import Any, NotRequired, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.grants import GrantRequest, HolderType, grants_giving_access, grants_held_by, in_project
from workato_emulator.domain.groups import group_of
from workato_emulator.domain.projects import grant_reached, grants_in_reach, project_of
from workato_emulator.domain.refusals import Invalid, shorten
from workato_emulator.domain.values import Grant, PermissionModel, Workspace
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.doors.developer.members import member_id
from workato_emulator.doors.developer.paging import numbered_page
from workato_emulator.doors.developer.projects import project_id
from workato_emulator.http.answers import empty, ok
from workato_emulator.http.routing import Route
from workato_emulator.service import collaborators, grants

_IN_QUERY = "project_grants[][{}]"


class Named(TypedDict):
    """How reading shows a role or a holder."""

    id: str | int


class RoleFields(TypedDict, total=False):
    """A role as the documentation lets it be written or, where that is left out, as reading shows it."""

    project_role_id: str | int
    project_role: Named


class GrantFields(RoleFields, total=False):
    """The holder, likewise."""

    assignment_type: str
    assignment_id: str | int
    user: Named | None
    user_group: Named | None


class GrantsBody(TypedDict):
    project_grants: list[GrantFields]


class RoleBody(RoleFields):
    project_grant: NotRequired[RoleFields]


def in_a_project(call: Call) -> Response:
    project = project_of(call.workspace, call.caller.client, project_id(call.path["id"]))
    return _page(call, in_project(call.workspace, project.id))


def of_a_group(call: Call) -> Response:
    return _page(call, grants_held_by(call.workspace, group_of(call.workspace, call.path["id"]).id))


def of_a_member(call: Call) -> Response:
    """Grants of the collaborator's own; what groups give them shows in `privileges`."""
    member = collaborators.one(call.work, call.workspace, member_id(call.path["id"]))
    return _page(call, grants_held_by(call.workspace, member.id))


def put(call: Call) -> Response:
    asked = (*_in_query(call), *_in_body(call))
    if not asked:
        raise Invalid("project_grants is required")
    given = grants.put(call.work, call.caller.workspace.id, call.caller.client, project_id(call.path["id"]), asked)
    return ok({"data": [_show(call.workspace, grant) for grant in given]})


def one(call: Call) -> Response:
    grant, _ = grant_reached(call.workspace, call.caller.client, call.path["id"])
    return ok({"data": _show(call.workspace, grant)})


def change_role(call: Call) -> Response:
    """The role stands in the body by itself, or in a wrapper such as every sister operation has."""
    body = cast("RoleBody", call.body)
    by_itself = {"project_role_id", "project_role"} & body.keys()
    role = _role_id(body if by_itself else body["project_grant"])
    grant = grants.change_role(call.work, call.caller.workspace.id, call.caller.client, call.path["id"], role)
    return ok({"data": _show(call.workspace, grant)})


def delete(call: Call) -> Response:
    grants.remove(call.work, call.caller.workspace.id, call.caller.client, call.path["id"])
    return empty()


def privileges(call: Call) -> Response:
    """One row for each grant that gives this collaborator access, through a group or directly."""
    workspace = call.workspace
    member = collaborators.one(call.work, workspace, member_id(call.path["id"]))
    found = grants_in_reach(workspace, call.caller.client, grants_giving_access(workspace, member.id))
    show = _privileges_nested if call.assumed.projects_privileges_element == "nested" else _privileges_flat
    return ok({"data": [show(workspace, grant) for grant in found]})


def _in_query(call: Call) -> Iterable[GrantRequest]:
    """Grants in the query, where the reference files them: three lists of equal length. Raises `Invalid`."""
    types, holders, roles = (
        call.query.getlist(_IN_QUERY.format(key)) for key in ("assignment_type", "assignment_id", "project_role_id")
    )
    if not len(types) == len(holders) == len(roles):
        raise Invalid("project_grants: each takes assignment_type, assignment_id and project_role_id")
    return [_request(*each) for each in zip(types, holders, roles, strict=True)]


def _in_body(call: Call) -> Iterable[GrantRequest]:
    fields = [] if call.body is None else cast("GrantsBody", call.body)["project_grants"]
    return [_request(*_holder(each), _role_id(each)) for each in fields]


def _role_id(fields: RoleFields) -> str:
    return str(fields["project_role_id"] if "project_role_id" in fields else fields["project_role"]["id"])


def _holder(fields: GrantFields) -> tuple[str, str]:
    """Type and id of a grant's holder. Raises `Invalid` where there is none, or both."""
    if "assignment_id" in fields:
        return fields["assignment_type"], str(fields["assignment_id"])
    user, group = fields.get("user"), fields.get("user_group")
    if user is not None and group is None:
        return HolderType.USER, str(user["id"])
    if group is not None and user is None:
        return HolderType.GROUP, str(group["id"])
    raise Invalid("project_grants: each is for a user or for a user group")


def _request(type_: str, holder: str, role: str) -> GrantRequest:
    """Raises `Invalid` for a type of holder that is none."""
    if type_ not in set(HolderType):
        raise Invalid(f"assignment_type is {' or '.join(HolderType)}, not {shorten(type_)}")
    return GrantRequest(HolderType(type_), holder, role)


def _page(call: Call, found: Iterable[Grant]) -> Response:
    rows = grants_in_reach(call.workspace, call.caller.client, found)
    return ok(numbered_page(rows, call.query, call.assumed, lambda grant: _show(call.workspace, grant)))


def _show(workspace: Workspace, grant: Grant) -> dict[str, Any]:
    user = None if grant.user is None else workspace.collaborators.get(grant.user)
    return {
        "id": grant.id,
        "project": _project(workspace, grant),
        "project_role": _role(workspace, grant),
        "user_group": _group(workspace, grant),
        "user": None
        if grant.user is None
        else {
            "id": grant.user,
            "name": grants.holder_name(workspace, grant),
            "email": None if user is None else user.email,
        },
    }


def _project(workspace: Workspace, grant: Grant) -> dict[str, Any]:
    project = workspace.projects[grant.project]
    environment = {"id": workspace.environment_ids[project.environment], "type": project.environment}
    return {"id": project.id, "name": project.name, "environment": environment}


def _role(workspace: Workspace, grant: Grant) -> dict[str, Any]:
    role = workspace.project_roles.get(grant.role)
    return {"id": grant.role, "name": None if role is None else role.name}


def _group(workspace: Workspace, grant: Grant) -> dict[str, Any] | None:
    return None if grant.group is None else {"id": grant.group, "name": grants.holder_name(workspace, grant)}


def _privileges_nested(workspace: Workspace, grant: Grant) -> dict[str, Any]:
    return {
        "project": _project(workspace, grant),
        "project_role": _role(workspace, grant),
        "user_group": _group(workspace, grant),
        "privileges": _privileges(workspace, grant),
    }


def _privileges_flat(workspace: Workspace, grant: Grant) -> dict[str, Any]:
    project = workspace.projects[grant.project]
    return {
        "project_id": project.id,
        "project_name": project.name,
        "environment_type": project.environment,
        "role_name": _role(workspace, grant)["name"],
        "user_group_name": None if grant.group is None else grants.holder_name(workspace, grant),
        "privileges": _privileges(workspace, grant),
    }


def _privileges(workspace: Workspace, grant: Grant) -> dict[str, Any]:
    """What the role allows, in the only form it is known in: the role's own configuration."""
    role = workspace.project_roles.get(grant.role)
    return {} if role is None else dict(role.config)


def _route(
    method: str, path: str, operation: str, handler: Handler, privilege: Privilege, *, of_people: bool = False
) -> Route[Endpoint]:
    """A route of the new model. Those under people's paths are collaborator endpoints, which all need dev."""
    resource = path.split("/")[2] if of_people else "project_grants"
    model = PermissionModel.ENVIRONMENT_ROLES
    return Route(method, path, operation, Endpoint(handler, privilege, resource, model, needs_dev=of_people))


_OF_PROJECT, _OF_GRANT = "/api/projects/{id}/project_grants", "/api/project_grants/{id}"
_OF_GROUP, _OF_MEMBER = "/api/user_groups/{id}/project_grants", "/api/members/{id}/project_grants"

ROUTES = (
    Route(
        "GET",
        "/api/members/{id}/projects_privileges",
        "getCollaboratorProjectsPrivileges",
        Endpoint(privileges, Privilege.COLLABORATOR_PRIVILEGES, "members"),
    ),
    _route("GET", _OF_MEMBER, "listCollaboratorProjectGrants", of_a_member, Privilege.READ_GRANTS, of_people=True),
    _route("GET", _OF_GROUP, "listGroupProjectGrants", of_a_group, Privilege.READ_GRANTS, of_people=True),
    _route("GET", _OF_PROJECT, "listProjectGrants", in_a_project, Privilege.READ_GRANTS),
    _route("PUT", _OF_PROJECT, "putProjectGrants", put, Privilege.WRITE_GRANTS),
    _route("GET", _OF_GRANT, "getProjectGrant", one, Privilege.READ_GRANTS),
    _route("PUT", _OF_GRANT, "updateProjectGrant", change_role, Privilege.WRITE_GRANTS),
    _route("DELETE", _OF_GRANT, "removeProjectGrant", delete, Privilege.WRITE_GRANTS),
)
