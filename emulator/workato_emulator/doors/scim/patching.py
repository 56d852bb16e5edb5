"""PATCH: what its operations come to (RFC 7644, section 3.5.2)."""

from collections.abc import Mapping
from typing import Any

from workato_emulator.domain.changes import Absent
from workato_emulator.domain.refusals import shorten
from workato_emulator.domain.scim.people import Provisioned
from workato_emulator.domain.scim.refusals import Kind, ScimInvalid
from workato_emulator.domain.scim.writing import Written
from workato_emulator.doors.scim.call import ScimCall
from workato_emulator.doors.scim.reading import attributes_in, must_be_schemas, read_active
from workato_emulator.http.values import Json, JsonObject

_BODY: Mapping[str, str] = {"schemas": "schemas", "operations": "Operations"}
_OPERATION: Mapping[str, str] = {"op": "op", "path": "path", "value": "value"}
_OPS = ("add", "remove", "replace")


def read_patch(call: ScimCall, before: Provisioned) -> Written:
    """What a PATCH says. Raises `ScimInvalid` or `Malformed`."""
    operations = read_operations(call.body)
    active = _only_active(operations)
    if active is not None:
        return Written(before.member.email, active=active, partial=True)
    from workato_emulator.doors.scim.patches import written_by  # needs the library

    return written_by(call, before, operations)


def read_operations(body: Json) -> list[JsonObject]:
    """The operations, each with `op` in lower case."""
    said = attributes_in(body, _BODY)
    must_be_schemas(said.get("schemas"))
    found = said.get("Operations")
    if not isinstance(found, list) or not found:
        raise ScimInvalid(Kind.SYNTAX, "Operations must be a list of one operation at least")
    operations = [attributes_in(each, _OPERATION, "Operations") for each in found]
    for each in operations:
        op = each.get("op")
        if not isinstance(op, str) or op.lower() not in _OPS:
            raise ScimInvalid(Kind.VALUE, f"op must be one of {', '.join(_OPS)}, not {shorten(str(op))}")
        each["op"] = op.lower()
        if each.get("path") is not None and not isinstance(each["path"], str):
            raise ScimInvalid(Kind.PATH, "path must be a text")
    return operations


def _only_active(operations: list[JsonObject]) -> bool | None:
    """What the one operation of both usual shapes gives `active`; None where it is about something else too."""
    if len(operations) != 1:
        return None
    (only,) = operations
    value: Any = only.get("value")
    if only["op"] == "remove":
        return None
    path = only.get("path")
    if path is None:
        if not isinstance(value, dict) or len(value) != 1:
            return None
        ((path, value),) = value.items()
    if not isinstance(path, str) or path.lower() != "active" or value is None:
        return None
    active = read_active(value)
    return None if isinstance(active, Absent) else active
