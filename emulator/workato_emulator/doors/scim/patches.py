"""What a PATCH comes to that is about more than `active`: applied to the user by `scim2-models`, then read."""

import re
from typing import Any

from msgspec.json import decode
from pydantic import ValidationError
from scim2_models import Context, PatchOp, Path, Resource, SCIMException, ScimPolicy

from workato_emulator.domain.changes import ABSENT
from workato_emulator.domain.copies import replace
from workato_emulator.domain.refusals import shorten
from workato_emulator.domain.scim.people import Provisioned
from workato_emulator.domain.scim.refusals import Kind, ScimInvalid
from workato_emulator.domain.scim.roles import GROUPS_ATTRIBUTE
from workato_emulator.domain.scim.writing import Written
from workato_emulator.doors.scim import schema
from workato_emulator.doors.scim.call import ScimCall
from workato_emulator.doors.scim.models import model_for, refusal_of
from workato_emulator.doors.scim.reading import read_active, read_user
from workato_emulator.doors.scim.showing import show
from workato_emulator.http.answers import encoded
from workato_emulator.http.values import Json, JsonObject

_READ_ONLY = frozenset(each.lower() for each in schema.READ_ONLY)


def written_by(call: ScimCall, before: Provisioned, operations: list[JsonObject]) -> Written:
    """All of the operations or none of them. Raises `ScimInvalid`."""
    # a PATCH is about what is stored, and roles are, also where answers do not hold them
    stored = call.assumed.switch({"scim_roles_returned": "yes"})
    shown = decode(encoded(show(call.workspace, before, call.base, stored)))
    model = model_for(call.workspace)
    operations = [each for each in operations if not _repeats(each, shown)]
    for each in operations:
        _must_lead_somewhere(model, each)
        _must_hold_truths(str(each.get("path") or ""), each.get("value"))
    after = _applied(call, model, shown, operations)
    return _difference(call, before, shown, after)


def _repeats(operation: JsonObject, shown: dict[str, Any]) -> bool:
    """Whether it gives a read-only attribute the value that it has: no client means anything by that."""
    path, value = operation.get("path"), operation.get("value")
    if isinstance(path, str) and path.lower() in _READ_ONLY and operation["op"] != "remove":
        return bool(shown.get(schema.canonical(path)) == value)
    if path is None and isinstance(value, dict):
        for name in [each for each in value if each.lower() in _READ_ONLY]:
            if value[name] != shown.get(schema.canonical(name)) and value[name] not in (None, []):
                raise ScimInvalid(Kind.MUTABILITY, f"{schema.canonical(name)} is read-only")
            operation["value"] = value = {key: each for key, each in value.items() if key != name}
        return not value
    return False


def _must_lead_somewhere(model: type[Resource[Any]], operation: JsonObject) -> None:
    """Raises `ScimInvalid` for a path that cannot be read, or that names what no schema has."""
    text = operation.get("path")
    if not isinstance(text, str):
        return
    bound: Any = Path
    try:
        found = bound[model](text).resolve()
    except (SCIMException, RecursionError, ValueError) as error:
        raise refusal_of(error, Kind.PATH) from None
    if found is None and text.lower() not in {schema.ROLE.lower(), schema.ENTERPRISE.lower()}:
        raise ScimInvalid(Kind.PATH, f"{shorten(text)} is not an attribute of a user")


def _must_hold_truths(path: str, value: Json) -> None:
    """Raises `ScimInvalid` where true or false is written otherwise: to the library 1 is as good as true."""
    if isinstance(value, dict):
        for name, each in value.items():
            _must_hold_truths(name, each)
    elif isinstance(value, list):
        for each in value:
            _must_hold_truths(path, each)
    elif re.split("[.:]", path.lower())[-1] in {"active", "primary"}:
        read_active(value)


def _applied(
    call: ScimCall, model: type[Resource[Any]], shown: dict[str, Any], operations: list[JsonObject]
) -> dict[str, Any]:
    unmatched = "create" if call.assumed.scim_unmatched_value_path == "created" else "forbid"
    policy = ScimPolicy(
        unknown=ScimPolicy.Unknown.ignore,
        remove_value_as_filter=ScimPolicy.RemoveValue.apply,
        unmatched_path_filter=ScimPolicy.UnmatchedPathFilter(unmatched),
    )
    if not operations:
        return shown
    bound: Any = PatchOp
    user = model.model_validate(shown)
    try:
        patch = bound[model].model_validate(
            {"schemas": [schema.PATCH], "Operations": operations},
            scim_ctx=Context.RESOURCE_PATCH_REQUEST,
            scim_policy=policy,
        )
        patch.patch(user, scim_policy=policy)
    except (SCIMException, ValidationError, RecursionError) as error:
        raise refusal_of(error, Kind.VALUE) from None
    return dict(user.model_dump())


def _difference(call: ScimCall, before: Provisioned, shown: dict[str, Any], after: dict[str, Any]) -> Written:
    """What the user says now that it did not say before."""
    roles_before, roles_after = shown.get(schema.ROLE, {}), after.get(schema.ROLE, {})
    changed = {name: value for name, value in roles_after.items() if roles_before.get(name) != value}
    removed = frozenset(roles_before.keys() - roles_after.keys())
    name_before, name_after = shown["name"], after.get("name")
    if name_after is not None and name_after != name_before and name_after.get("formatted") == name_before["formatted"]:
        after["name"] = {part: each for part, each in name_after.items() if part != "formatted"}
    if name_after == name_before and after.get("displayName") != shown["displayName"]:
        after.pop("name", None)
    if after.get("emails") == shown["emails"]:
        after.pop("emails")  # they are not what the client says, so they contradict no other userName
    written = read_user(after | {schema.ROLE: changed}, call.assumed, before)
    same = after.get("externalId") == shown.get("externalId")
    return replace(
        written,
        external_id=ABSENT if same else written.external_id,
        active=ABSENT if after.get("active") == shown["active"] else written.active,
        removed=frozenset(each for each in removed if each.lower() != GROUPS_ATTRIBUTE),
        partial=True,
    )
