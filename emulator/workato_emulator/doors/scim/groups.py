"""`/Groups`: not there by default. Assumption `scim_groups` has them as collaborator groups (RFC 7643, section 4.2)."""

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.responses import Response

from workato_emulator.domain.groups import group_of, members_of
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.refusals import shorten
from workato_emulator.domain.scim.people import id_of, number_of
from workato_emulator.domain.scim.refusals import Kind, NotServed, ScimInvalid
from workato_emulator.domain.values import LONGEST_NAME, Group, MemberId
from workato_emulator.doors.scim.call import ScimCall
from workato_emulator.doors.scim.paging import page
from workato_emulator.doors.scim.patching import read_operations
from workato_emulator.doors.scim.projection import Projection
from workato_emulator.doors.scim.reading import attributes_in, must_be_schemas
from workato_emulator.doors.scim.routes import Routes
from workato_emulator.doors.scim.showing import instant
from workato_emulator.http.answers import empty
from workato_emulator.http.values import Json, JsonObject
from workato_emulator.service import groups

_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
_NAMES: Mapping[str, str] = {each.lower(): each for each in ("displayName", "members", "externalId", "id", "schemas")}
_BY_NAME = 'displayname eq "'


def listing(call: ScimCall) -> Response:
    if call.assumed.scim_groups == "absent":
        raise _absent()
    found = [] if call.assumed.scim_groups == "empty_list" else _sought(call)
    projection = Projection.of(call.query)
    return call.answer(page(found, call.query, call.assumed, lambda each: projection.of_object(_show(call, each))))


def one(call: ScimCall) -> Response:
    return call.answer(Projection.of(call.query).of_object(_show(call, _found(call))))


def create(call: ScimCall) -> Response:
    _must_be_served(call)
    said = _read(call.body)
    made = groups.create(call.work, call.workspace_id, _display_name(said), None)
    groups.add_members(call.work, call.workspace_id, made.id, _members(call, said.get("members")))
    shown = _show(call, group_of(call.workspace, made.id))
    return call.answer(shown, 201, {"Location": shown["meta"]["location"]})


def replace(call: ScimCall) -> Response:
    group = _found(call)
    said = _read(call.body)
    groups.update(call.work, call.workspace_id, group.id, _display_name(said), group.description)
    _set_members(call, group, _members(call, said.get("members")))
    return call.answer(_show(call, group_of(call.workspace, group.id)))


def patch(call: ScimCall) -> Response:
    """Members put in and taken out by id, all of them at once, or another name: the shapes that Okta sends."""
    group = _found(call)
    for each in read_operations(call.body):
        _carry_out(call, group_of(call.workspace, group.id), each)
    if call.assumed.scim_patch_answer == "204":
        return empty()
    return call.answer(_show(call, group_of(call.workspace, group.id)))


def delete(call: ScimCall) -> Response:
    groups.delete(call.work, call.workspace_id, _found(call).id)
    return empty()


def _absent() -> NotServed:
    return NotServed(404, "groups are not served: collaborator groups come with SAML, by workato_user_groups")


def _must_be_served(call: ScimCall) -> None:
    if call.assumed.scim_groups != "served":
        raise _absent()


def _found(call: ScimCall) -> Group:
    _must_be_served(call)
    return group_of(call.workspace, call.path["id"])


def _sought(call: ScimCall) -> list[Group]:
    """All groups, or the one of a name, which is the one filter that is asked of groups."""
    there = sorted(call.workspace.groups.values(), key=lambda each: (each.created_at, each.id))
    text = call.query.get("filter")
    if text is None:
        return there
    if not text.lower().startswith(_BY_NAME) or not text.endswith('"'):
        raise ScimInvalid(Kind.FILTER, 'groups are found by displayName eq "…" only')
    name = text[len(_BY_NAME) : -1].lower()
    return [each for each in there if each.name.lower() == name]


def _read(body: Json) -> JsonObject:
    said = attributes_in(body, _NAMES)
    must_be_schemas(said.get("schemas"))
    return said


def _display_name(said: JsonObject) -> str:
    name = said.get("displayName")
    if not isinstance(name, str) or not name.strip():
        raise ScimInvalid(Kind.VALUE, "displayName is required")
    if len(name) > LONGEST_NAME:
        raise ScimInvalid(Kind.VALUE, f"displayName is longer than {LONGEST_NAME} characters")
    return name


def _members(call: ScimCall, value: Json) -> list[MemberId]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ScimInvalid(Kind.VALUE, "members must be a list of objects")
    ids = [each.get("value") if isinstance(each, dict) else None for each in value]
    return [_member(call, each) for each in ids]


def _member(call: ScimCall, id_: Json) -> MemberId:
    number = number_of(call.workspace, id_, call.assumed) if isinstance(id_, str) else None
    if number is None or number not in call.workspace.collaborators:
        raise ScimInvalid(Kind.VALUE, f"user {shorten(str(id_))} does not exist in this workspace")
    return number


def _set_members(call: ScimCall, group: Group, wanted: Iterable[MemberId]) -> None:
    wanted = list(wanted)
    there = group_of(call.workspace, group.id).members
    groups.remove_members(call.work, call.workspace_id, group.id, [each for each in there if each not in wanted])
    groups.add_members(call.work, call.workspace_id, group.id, wanted)


def _carry_out(call: ScimCall, group: Group, operation: JsonObject) -> None:
    path, value = str(operation.get("path") or ""), operation.get("value")
    if not path and isinstance(value, dict):
        for name, each in value.items():
            if name.lower() not in {"id", "schemas"}:
                _carry_out(call, group, {"op": operation["op"], "path": name, "value": each})
    elif path.lower() == "displayname":
        groups.update(call.work, call.workspace_id, group.id, _display_name({"displayName": value}), group.description)
    elif path.lower() == "members" and operation["op"] == "add":
        groups.add_members(call.work, call.workspace_id, group.id, _members(call, value))
    elif path.lower() == "members" and operation["op"] == "replace":
        _set_members(call, group, _members(call, value))
    elif path.lower() == "members" and operation["op"] == "remove":
        _set_members(call, group, [] if value is None else set(group.members) - set(_members(call, value)))
    elif path.lower().startswith('members[value eq "') and operation["op"] == "remove":
        gone = path[len('members[value eq "') : -2]
        number = number_in(gone)
        groups.remove_members(call.work, call.workspace_id, group.id, [] if number is None else [MemberId(number)])
    else:
        raise ScimInvalid(Kind.PATH, f"{shorten(path)} of a group is not written by SCIM")


def _show(call: ScimCall, group: Group) -> dict[str, Any]:
    return {
        "schemas": [_GROUP],
        "id": group.id,
        "displayName": group.name,
        "members": [
            {
                "value": id_of(call.workspace_id, each.id, call.assumed),
                "display": each.email,
                "$ref": f"{call.base}/Users/{id_of(call.workspace_id, each.id, call.assumed)}",
                "type": "User",
            }
            for each in members_of(call.workspace, group)
        ],
        "meta": {
            "resourceType": "Group",
            "created": instant(group.created_at),
            "lastModified": instant(group.updated_at),
            "location": f"{call.base}/Groups/{group.id}",
        },
    }


ROUTES: Routes = (
    ("GET", "/Groups", "listScimGroups", listing),
    ("POST", "/Groups", "createScimGroup", create),
    ("GET", "/Groups/{id}", "getScimGroup", one),
    ("PUT", "/Groups/{id}", "replaceScimGroup", replace),
    ("PATCH", "/Groups/{id}", "patchScimGroup", patch),
    ("DELETE", "/Groups/{id}", "deleteScimGroup", delete),
)
