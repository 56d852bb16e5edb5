"""Bodies into values, once. What is not as documented raises `Malformed`, with the place."""

import json
from collections.abc import Callable, Mapping
from typing import TypeVar

from okta_connector.resources import (
    EnvironmentPrivileges,
    EnvironmentRole,
    GroupMember,
    LegacyRole,
    Member,
    RoleHeld,
    Rows,
    UserGroup,
    Workspace,
)

T = TypeVar("T")

JsonObject = Mapping[str, object]


class Malformed(ValueError):
    """Never leaves the package: the seam that knows the request makes it `Garbled`."""


def document(body: str) -> object:
    try:
        parsed: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON ({error})") from error
    return parsed


def an_object(value: object, place: str = "the body") -> JsonObject:
    if not isinstance(value, dict):
        raise Malformed(f"{place} must be an object")
    return value


def a_list(value: object, place: str) -> list[object]:
    if not isinstance(value, list):
        raise Malformed(f"{place} must be a list")
    return value


def text(row: JsonObject, key: str) -> str:
    return _required(optional_text(row, key), key)


def optional_text(row: JsonObject, key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise Malformed(f"{key} must be a string")
    return value


def number(row: JsonObject, key: str) -> int:
    return _required(optional_number(row, key), key)


def optional_number(row: JsonObject, key: str) -> int | None:
    value = row.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise Malformed(f"{key} must be a whole number")
    return value


def _required(value: T | None, key: str) -> T:
    if value is None:
        raise Malformed(f"{key} is missing")
    return value


def data_list(element: Callable[[JsonObject], T]) -> Callable[[object], Rows[T]]:
    """Read `{"data": [...], "total": N}`, the envelope of nearly every list."""

    def read(value: object) -> Rows[T]:
        envelope = an_object(value)
        return Rows(
            tuple(element(an_object(row, "an element of data")) for row in a_list(envelope.get("data"), "data")),
            optional_number(envelope, "total"),
        )

    return read


def bare_list(element: Callable[[JsonObject], T]) -> Callable[[object], Rows[T]]:
    """Read a list without envelope, as the older endpoints answer."""

    def read(value: object) -> Rows[T]:
        return Rows(tuple(element(an_object(row, "an element")) for row in a_list(value, "the body")))

    return read


def single(element: Callable[[JsonObject], T]) -> Callable[[object], T]:
    """Read one resource, in `{"data": {...}}` or bare: for several endpoints no page shows which."""

    def read(value: object) -> T:
        envelope = an_object(value)
        return element(an_object(envelope["data"], "data") if "data" in envelope else envelope)

    return read


def member(row: JsonObject) -> Member:
    roles = row.get("roles")
    return Member(
        id=number(row, "id"),
        email=optional_text(row, "email") or "",
        name=optional_text(row, "name") or "",
        roles=() if roles is None else tuple(role_held(an_object(r, "a role")) for r in a_list(roles, "roles")),
        grant_type=optional_text(row, "grant_type") or "team",
        external_id=optional_text(row, "external_id"),
        time_zone=optional_text(row, "time_zone"),
        created_at=optional_text(row, "created_at"),
    )


def role_held(row: JsonObject) -> RoleHeld:
    return RoleHeld(
        text(row, "environment_type"),
        optional_text(row, "role_name") or "",
        # Rows of the older permission model come without a type.
        optional_text(row, "role_type") or "privilege_group",
    )


def environment_privileges(row: JsonObject) -> EnvironmentPrivileges:
    groups = an_object(row.get("privileges"), "privileges")
    folders = row.get("folder_ids")
    return EnvironmentPrivileges(
        text(row, "environment_type"),
        text(row, "name"),
        {label: tuple(str(action) for action in a_list(actions, label)) for label, actions in groups.items()},
        ()
        if folders is None
        else tuple(number({"folder_ids": f}, "folder_ids") for f in a_list(folders, "folder_ids")),
    )


def legacy_role(row: JsonObject) -> LegacyRole:
    return LegacyRole(number(row, "id"), text(row, "name"))


def environment_role(row: JsonObject) -> EnvironmentRole:
    return EnvironmentRole(number(row, "id"), text(row, "name"), optional_text(row, "type") or "")


def user_group(row: JsonObject) -> UserGroup:
    return UserGroup(text(row, "id"), text(row, "name"), optional_text(row, "description"), row.get("system") is True)


def group_member(row: JsonObject) -> GroupMember:
    return GroupMember(number(row, "id"))


def workspace(row: JsonObject) -> Workspace:
    return Workspace(optional_number(row, "id"), optional_text(row, "name"), optional_text(row, "email"))


def vendor_text(body: str) -> str:
    """Find the vendor's sentence: the first error's title, else the message, else all that was said.

    Which envelope an endpoint uses is not documented for most of them; this order is what existing clients read.
    """
    try:
        answer = an_object(document(body))
    except Malformed:
        return body
    errors = answer.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    title = first.get("title") if isinstance(first, dict) else None
    for candidate in (title, answer.get("message")):
        if isinstance(candidate, str) and candidate:
            return candidate
    return body
