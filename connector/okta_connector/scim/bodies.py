"""The bodies that Okta's SCIM client sends, made of a profile and of what the server said before."""

from collections.abc import Iterable, Mapping, Sequence

from okta_connector.parsing import JsonObject
from okta_connector.scim.mapping import environment_of, external, value_of
from okta_connector.scim.settings import ScimSettings, Switches, mapping_of
from okta_connector.scim.values import CORE_GROUP, CORE_USER, PATCH_OP, WORKATO_ROLE, ScimGroup, ScimUser
from okta_connector.values import Group, MembershipPush, User

Json = dict[str, object]


def new_user(settings: ScimSettings, user: User, password: str, switches: Switches) -> Json:
    """The body of a creation. `password` is noise: it is sent whether or not passwords are synchronised."""
    body: Json = {"schemas": [CORE_USER], **_always(user, switches)}
    for attribute in mapping_of(settings, user):
        _lay(body, attribute, value_of(user, attribute))
    body |= _external_id(user)
    body |= {"groups": [], "password": password, "active": True}
    return body


def overlaid(settings: ScimSettings, user: User, read: ScimUser, switches: Switches) -> Json:
    """The server's own resource with the mapped attributes laid over it; all else is echoed, `meta` too."""
    body = _copy(read.body)
    always = _always(user, switches)
    name = {**_object(body.get("name")), **_object(always.pop("name"))}
    body |= {**always, "name": name}
    for attribute in mapping_of(settings, user):
        value = value_of(user, attribute)
        if value is not None:
            _lay(body, attribute, value)
        elif switches.okta_empty_attributes == "absent" and environment_of(attribute) is None:
            _take(body, attribute)
    body |= _external_id(user)
    return body


def with_active(body: JsonObject, *, active: bool) -> Json:
    return {**body, "active": active}


def patch(*operations: JsonObject) -> Json:
    return {"schemas": [PATCH_OP], "Operations": list(operations)}


def activation(*, active: bool) -> Json:
    """The operation of a catalogue app: no path, and an object as the value."""
    return {"op": "replace", "value": {"active": active}}


def new_group(group: Group, push: MembershipPush) -> Json:
    return {
        "schemas": [CORE_GROUP],
        "displayName": group.display_name,
        "members": [_member(each, push.names) for each in push.everybody],
    }


def whole_group(group: Group, read: ScimGroup | None, members: Sequence[Json] | None) -> Json:
    """The body of a group's PUT: what was read, where it was, with the name and the whole list of members."""
    body: Json = _copy(read.body) if read is not None else {"schemas": [CORE_GROUP], "id": group.id}
    body["displayName"] = group.display_name
    if members is not None:
        body["members"] = list(members)
    return body


def members_of(push: MembershipPush) -> list[Json]:
    return [_member(each, push.names) for each in push.everybody]


def renaming(group: Group) -> Json:
    return {"op": "replace", "value": {"id": group.id, "displayName": group.display_name}}


def member_operations(push: MembershipPush) -> Iterable[Json]:
    """The operations of a catalogue app: one removal each, one addition for all; Push Now replaces the list."""
    if push.overwrite:
        yield {"op": "replace", "path": "members", "value": members_of(push)}
        return
    for each in push.remove:
        yield {"op": "remove", "path": f"members[{condition('value', each)}]"}
    if push.add:
        yield {"op": "add", "path": "members", "value": [_member(each, push.names) for each in push.add]}


def condition(attribute: str, value: str) -> str:
    """Equality in a filter: quotes and backslashes are escaped as in JSON."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{attribute} eq "{escaped}"'


def _always(user: User, switches: Switches) -> Json:
    """What is mapped in every app. The type of the email was missing in one capture although it was mapped."""
    email: Json = {"primary": True, "value": user.email}
    if switches.okta_email_type == "work":
        email["type"] = "work"
    names = {"givenName": user.given_name, "familyName": user.family_name}
    name: Json = {key: value for key, value in names.items() if value}
    return {"userName": user.user_name, "name": name, "emails": [email]}


def _external_id(user: User) -> Json:
    return {} if user.okta_id is None else {"externalId": user.okta_id}


def _lay(body: Json, attribute: str, value: object) -> None:
    """Put a value where it belongs. An object in another namespace brings its URN into `schemas`."""
    if value is None:
        return
    to = external(attribute)
    if not to.namespace:
        body[to.name] = value
        return
    body[to.namespace] = {**_object(body.get(to.namespace)), to.name: value}
    schemas = body.get("schemas")
    urns = list(schemas) if isinstance(schemas, list) else []
    if to.namespace not in urns:
        body["schemas"] = [*urns, to.namespace]


def _take(body: Json, attribute: str) -> None:
    """Leave out what Okta has no value for."""
    to = external(attribute)
    if not to.namespace:
        body.pop(to.name, None)
        return
    left = {key: value for key, value in _object(body.get(to.namespace)).items() if key != to.name}
    if left:
        body[to.namespace] = left
    elif to.namespace in body and to.namespace != WORKATO_ROLE:
        del body[to.namespace]
        schemas = body.get("schemas")
        body["schemas"] = [each for each in schemas if each != to.namespace] if isinstance(schemas, list) else []


def _member(value: str, names: Mapping[str, str]) -> Json:
    """A member as Okta sends it: never with a type."""
    return {"value": value, "display": names[value]} if value in names else {"value": value}


def _object(value: object) -> Json:
    return dict(value) if isinstance(value, Mapping) else {}


def _copy(body: JsonObject) -> Json:
    return dict(body)
