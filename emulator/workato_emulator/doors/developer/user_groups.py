"""`/api/user_groups`: collaborator groups (Workato API: Collaborator groups)."""

from typing import Any, NotRequired, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.changes import ABSENT
from workato_emulator.domain.groups import group_of, members_of, size_of
from workato_emulator.domain.refusals import Invalid, shorten
from workato_emulator.domain.values import Collaborator, Group, MemberId, PermissionModel
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.doors.developer.filters import name_matches
from workato_emulator.doors.developer.members import member_id
from workato_emulator.doors.developer.paging import numbered_page
from workato_emulator.doors.developer.timestamps import timestamp
from workato_emulator.http.answers import empty, ok
from workato_emulator.http.routing import Route
from workato_emulator.service import groups


class GroupFields(TypedDict):
    name: NotRequired[str]
    description: NotRequired[str | None]


class GroupBody(TypedDict):
    user_group: GroupFields


class UsersBody(TypedDict, total=False):
    user_ids: list[int | str]


def listing(call: Call) -> Response:
    found = [group for group in call.workspace.groups.values() if name_matches(call, group.name)]
    found.sort(key=lambda group: (not group.system, group.created_at, group.name))
    return ok(numbered_page(found, call.query, call.assumed, lambda group: _show(call, group)))


def one(call: Call) -> Response:
    return ok({"data": _show(call, group_of(call.workspace, call.path["id"]))})


def create(call: Call) -> Response:
    fields = cast("GroupBody", call.body)["user_group"]
    group = groups.create(call.work, call.caller.workspace.id, fields.get("name", ""), fields.get("description"))
    return ok({"data": _show(call, group)}, int(call.assumed.creation_status))


def update(call: Call) -> Response:
    fields = cast("GroupBody", call.body)["user_group"]
    group = groups.update(
        call.work, call.caller.workspace.id, call.path["id"], fields.get("name"), fields.get("description", ABSENT)
    )
    return ok({"data": _show(call, group)})


def delete(call: Call) -> Response:
    groups.delete(call.work, call.caller.workspace.id, call.path["id"])
    return empty()


def members(call: Call) -> Response:
    group = group_of(call.workspace, call.path["id"])
    return ok(numbered_page(members_of(call.workspace, group), call.query, call.assumed, _show_member))


def add_members(call: Call) -> Response:
    groups.add_members(call.work, call.caller.workspace.id, call.path["id"], _user_ids(call))
    return empty()


def remove_members(call: Call) -> Response:
    groups.remove_members(call.work, call.caller.workspace.id, call.path["id"], _user_ids(call))
    return empty()


def _user_ids(call: Call) -> list[MemberId]:
    """The ids in the query, where the reference puts them, or in the body, where one client does.

    Raises `Invalid` for a text that is no id, and where there are none at all.
    """
    texts: list[object] = [*call.query.getlist("user_ids"), *call.query.getlist("user_ids[]")]
    if call.body is not None:
        texts += cast("UsersBody", call.body).get("user_ids", [])
    if not texts:
        raise Invalid("user_ids is required")
    found: list[MemberId] = []
    for text in texts:
        number = member_id(str(text))
        if number is None:
            raise Invalid(f"User {shorten(str(text))} not found")
        found.append(number)
    return found


def _show(call: Call, group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "name": group.name,
        "description": group.description,
        "members_count": size_of(call.workspace, group),
        "system": group.system,
        "created_at": timestamp(group.created_at),
        "updated_at": timestamp(group.updated_at),
    }


def _show_member(member: Collaborator) -> dict[str, Any]:
    return {"id": member.id, "name": member.name, "email": member.email}


def _route(method: str, path: str, operation: str, handler: Handler, privilege: Privilege) -> Route[Endpoint]:
    return Route(
        method,
        f"/api/user_groups{path}",
        operation,
        Endpoint(handler, privilege, "user_groups", PermissionModel.ENVIRONMENT_ROLES),
    )


ROUTES = (
    _route("GET", "", "listCollaboratorGroups", listing, Privilege.READ_GROUPS),
    _route("POST", "", "createCollaboratorGroup", create, Privilege.WRITE_GROUPS),
    _route("GET", "/{id}", "getCollaboratorGroup", one, Privilege.READ_GROUPS),
    _route("PUT", "/{id}", "updateCollaboratorGroup", update, Privilege.WRITE_GROUPS),
    _route("DELETE", "/{id}", "deleteCollaboratorGroup", delete, Privilege.WRITE_GROUPS),
    _route("GET", "/{id}/members", "listGroupMembers", members, Privilege.READ_GROUPS),
    _route("POST", "/{id}/members", "addGroupMembers", add_members, Privilege.WRITE_GROUPS),
    _route("DELETE", "/{id}/members", "removeGroupMembers", remove_members, Privilege.WRITE_GROUPS),
)
