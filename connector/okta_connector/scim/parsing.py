"""SCIM bodies into values, by hand. What a client of Okta's could not read raises `Malformed`, with the place."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from okta_connector.parsing import (
    JsonObject,
    Malformed,
    a_list,
    an_object,
    document,
    number,
    optional_number,
    optional_text,
    text,
)
from okta_connector.resources import Rows
from okta_connector.scim.mapping import environment_of
from okta_connector.scim.values import WORKATO_ROLE, ScimAttribute, ScimGroup, ScimMember, ScimUser

T = TypeVar("T")


def user(value: object) -> ScimUser:
    row = an_object(value)
    name = row.get("name") or {}
    names = an_object(name, "name")
    return ScimUser(
        id=text(row, "id"),
        user_name=text(row, "userName"),
        active=_boolean(row, "active", default=True),
        email=_email(row.get("emails")),
        given_name=optional_text(names, "givenName"),
        family_name=optional_text(names, "familyName"),
        display_name=optional_text(row, "displayName"),
        roles=dict(_roles(row)),
        body=row,
    )


def group(value: object) -> ScimGroup:
    row = an_object(value)
    return ScimGroup(
        text(row, "id"), text(row, "displayName"), tuple(_member(each) for each in _elements(row, "members")), row
    )


def listing(element: Callable[[object], T]) -> Callable[[object], Rows[T]]:
    """Read a ListResponse. `totalResults` has to be a number, and `Resources` may be missing where nothing is found."""

    def read(value: object) -> Rows[T]:
        envelope = an_object(value)
        total = number(envelope, "totalResults")
        for paging in ("startIndex", "itemsPerPage"):
            optional_number(envelope, paging)
        return Rows(tuple(element(each) for each in _elements(envelope, "Resources")), total)

    return read


def attributes_of(urn: str) -> Callable[[object], tuple[ScimAttribute, ...]]:
    """Read the attributes of one schema out of the answer of `/Schemas`; none where it is not among them."""

    def read(value: object) -> tuple[ScimAttribute, ...]:
        schemas = [an_object(each, "a schema") for each in _elements(an_object(value), "Resources")]
        return tuple(
            _attribute(an_object(each, "an attribute"), urn)
            for schema in schemas
            if schema.get("id") == urn
            for each in _elements(schema, "attributes")
        )

    return read


def extensions_of_user(value: object) -> tuple[str, ...]:
    """Read which schemas `/ResourceTypes` adds to a user."""
    types = [an_object(each, "a resource type") for each in _elements(an_object(value), "Resources")]
    return tuple(
        text(an_object(each, "an extension"), "schema")
        for kind in types
        if kind.get("name") == "User" or kind.get("id") == "User"
        for each in _elements(kind, "schemaExtensions")
    )


def detail_text(body: str) -> str:
    """Find what a SCIM server says of an error: the detail, else its type, else all that it said."""
    try:
        answer = an_object(document(body))
    except Malformed:
        return invalid_json(body)
    for candidate in (answer.get("detail"), answer.get("scimType")):
        if isinstance(candidate, str) and candidate:
            return candidate
    return body


def is_scim_error(body: str) -> bool:
    """Tell a SCIM error from the error page of something else that answers at that address."""
    try:
        answer = an_object(document(body))
    except Malformed:
        return False
    schemas = answer.get("schemas")
    urns = schemas if isinstance(schemas, list) else []
    return any(isinstance(each, str) and each.casefold().endswith(":error") for each in urns)


def invalid_json(body: str) -> str:
    """Say what is wrong with a body that is no JSON in the words of Okta's parser; an empty one says nothing."""
    if not body.strip():
        return ""
    try:
        json.loads(body)
    except RecursionError:
        return "Invalid JSON: nested too deep"
    except ValueError as error:
        at = error if isinstance(error, json.JSONDecodeError) else None
        line, column, place = (1, 1, 0) if at is None else (at.lineno, at.colno, at.pos)
        token = (body[place:].split(maxsplit=1) or [""])[0][:20]
        return f"Invalid JSON: Unrecognized token '{token}' line: {line}, column: {column}"
    return "Invalid JSON: an object was expected line: 1, column: 1"


def _roles(row: JsonObject) -> Iterable[tuple[str, str]]:
    extension = row.get(WORKATO_ROLE)
    if isinstance(extension, Mapping):
        for name, role in extension.items():
            environment = environment_of(str(name))
            if environment is not None and isinstance(role, str) and role:
                yield environment, role


def _email(value: object) -> str:
    rows = [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
    primary = [each for each in rows if each.get("primary") is True] or rows
    address = primary[0].get("value") if primary else None
    return address if isinstance(address, str) else ""


def _boolean(row: JsonObject, key: str, *, default: bool) -> bool:
    value = row.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise Malformed(f"{key} must be true or false")
    return value


def _elements(row: JsonObject, key: str) -> list[object]:
    value = row.get(key)
    return [] if value is None else a_list(value, key)


def _member(value: object) -> ScimMember:
    row = an_object(value, "a member")
    return ScimMember(text(row, "value"), optional_text(row, "display"))


def _attribute(row: JsonObject, urn: str) -> ScimAttribute:
    return ScimAttribute(
        name=text(row, "name"),
        type=optional_text(row, "type") or "string",
        extension=urn,
        required=row.get("required") is True,
        multi_valued=row.get("multiValued") is True,
        writable=row.get("mutability") != "readOnly",
        description=optional_text(row, "description") or "",
    )
