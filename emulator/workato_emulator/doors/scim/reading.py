"""From the JSON of a user to what it says, attribute by attribute."""

from collections.abc import Mapping
from typing import Any, cast

from msgspec import UNSET

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.changes import ABSENT, Absent
from workato_emulator.domain.refusals import shorten
from workato_emulator.domain.scim.people import Provisioned
from workato_emulator.domain.scim.refusals import Kind, ScimInvalid
from workato_emulator.domain.scim.roles import GROUPS_ATTRIBUTE
from workato_emulator.domain.scim.writing import Written
from workato_emulator.domain.values import LONGEST_NAME
from workato_emulator.doors.scim import schema
from workato_emulator.doors.scim.showing import parts_of_name
from workato_emulator.http.bodies import Malformed
from workato_emulator.http.values import Json, JsonObject

_TRUTHS: Mapping[str, bool] = {"true": True, "false": False}


def attributes_in(json: Json, known: Mapping[str, str] | None = None, place: str = "") -> JsonObject:
    """The attributes of an object under their names as RFC 7643 spells them; null is as good as absent (section 2.5).

    Raises `Malformed` for what is no object, and for an attribute that is there in two spellings.
    """
    if not isinstance(json, dict):
        raise Malformed("must be an object", place) if not place else _wrong(place, "an object", json)
    found: JsonObject = {}
    for name, value in json.items():
        canonical = schema.canonical(name) if known is None else known.get(name.lower(), name)
        if canonical in found:
            raise Malformed(f"attribute {canonical} is there more than once", place)
        found[canonical] = value
    return found


def read_user(json: Json, assumed: Assumptions, before: Provisioned | None = None) -> Written:
    """What a POST or a PUT says. `before` is the person as they are, whose name may come back as an echo.

    Raises `ScimInvalid` or `Malformed`.
    """
    user = attributes_in(json)
    _must_list_schemas(user, assumed)
    _must_be_mapped(user, assumed)
    user_name = _text(user, "userName")
    roles = _roles(user.get(schema.ROLE))
    return Written(
        user_name or "",
        _name(user, None if before is None else before.member.name),
        _email(user.get("emails")),
        _text(user, "externalId"),
        read_active(user.get("active")),
        {name: value for name, value in roles.items() if name.lower() != GROUPS_ATTRIBUTE},
        groups=_groups(roles, assumed),
    )


def read_active(value: Json) -> bool | Absent:
    """A boolean, or the text of one, as Entra sends it. Raises `ScimInvalid` for anything else."""
    if value is None:
        return ABSENT
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _TRUTHS:
        return _TRUTHS[value.lower()]
    raise _wrong("active", "true or false", value)


def must_be_schemas(listed: Json) -> None:
    """Raises `ScimInvalid` for what cannot be the schemas of a message."""
    if listed is not None and not (isinstance(listed, list) and all(isinstance(each, str) for each in listed)):
        raise _wrong("schemas", "a list of texts", listed)


def _must_list_schemas(user: JsonObject, assumed: Assumptions) -> None:
    must_be_schemas(user.get("schemas"))
    known = {each.lower() for each in cast("list[str]", user.get("schemas") or [])}
    needed = [schema.CORE, *([schema.ROLE] if user.get(schema.ROLE) else [])]
    missing = next((urn for urn in needed if urn.lower() not in known), None)
    if missing is not None and assumed.scim_schemas_strict != "lax":
        raise ScimInvalid(Kind.VALUE, f"schemas must list {missing}")


def _must_be_mapped(user: JsonObject, assumed: Assumptions) -> None:
    used = {*schema.SERVED, "password", "groups", schema.ROLE}
    strange = next((name for name, value in user.items() if name not in used and value not in (None, [])), None)
    if strange is not None and assumed.scim_unmapped != "ignored":
        raise ScimInvalid(Kind.VALUE, f"attribute {shorten(strange)} is not supported")


def _text(attributes: JsonObject, name: str, most: int = LONGEST_NAME, within: str = "") -> str | None:
    value = attributes.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _wrong(f"{within}{name}", "a text", value)
    if len(value) > most:
        raise ScimInvalid(Kind.VALUE, f"{within}{name} is longer than {most} characters")
    return value or None


def _name(user: JsonObject, before: str | None) -> str | None:
    """One text, as Workato has it: `formatted`, or else the given and the family name, or else `displayName`.

    A client that writes back what it read sends the old `formatted` beside a new given name: then the parts count.
    """
    display = _text(user, "displayName")
    parts = user.get("name")
    if parts is None:
        return display
    name = attributes_in(parts, schema.NAME_PARTS, "name")
    texts = {part: _text(name, part, within="name.") for part in schema.NAME_PARTS.values()}
    formatted, given, family = texts["formatted"], texts["givenName"], texts["familyName"]
    put_together = " ".join(each for each in (given, family) if each)
    if formatted is not None and formatted == before and put_together:
        shown = parts_of_name(before)
        echoed = (given, family) == (shown.givenName, None if shown.familyName is UNSET else shown.familyName)
        formatted = formatted if echoed else None
    whole = formatted or put_together or display
    if whole is not None and len(whole) > LONGEST_NAME:
        raise ScimInvalid(Kind.VALUE, f"name is longer than {LONGEST_NAME} characters")
    return whole


def _email(value: Json) -> str | None:
    """The primary address, or else the first. Raises `ScimInvalid` where two are primary (RFC 7643, section 2.4)."""
    if value is None or value == []:
        return None
    if not isinstance(value, list):
        raise _wrong("emails", "a list of objects", value)
    rows = [attributes_in(each, schema.EMAIL_PARTS, "emails") for each in value]
    addresses = [
        (_text(row, "value", within="emails."), read_truth(row.get("primary"), "emails.primary")) for row in rows
    ]
    primary = [address for address, is_primary in addresses if is_primary]
    if len(primary) > 1:
        raise ScimInvalid(Kind.VALUE, "emails: more than one is primary")
    return next(iter(primary or [address for address, _ in addresses]), None)


def read_truth(value: Json, name: str) -> bool:
    if value is None:
        return False
    if isinstance(value, str) and value.lower() in _TRUTHS:
        return _TRUTHS[value.lower()]
    if not isinstance(value, bool):
        raise _wrong(name, "true or false", value)
    return value


def _roles(value: Json) -> dict[str, str | None]:
    """The attributes of the role extension."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _wrong(schema.ROLE, "an object", value)
    found: dict[str, str | None] = {}
    for name, each in value.items():
        if name.lower() in (known.lower() for known in found):
            raise Malformed(f"attribute {shorten(name)} is there more than once", schema.ROLE)
        if name.lower() == GROUPS_ATTRIBUTE:
            found[name] = _list_of_groups(each)
        elif each is None or isinstance(each, str):
            found[name] = each
        else:
            raise _wrong(f"{schema.ROLE}:{name}", "a text", each)
    return found


def _list_of_groups(value: Any) -> str | None:  # noqa: ANN401  (JSON)
    """As one text, names separated by commas, which is how a SAML attribute of several values is mapped."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ",".join(value)
    if value is None or isinstance(value, str):
        return value
    raise _wrong(f"{schema.ROLE}:{GROUPS_ATTRIBUTE}", "a text", value)


def _groups(roles: Mapping[str, str | None], assumed: Assumptions) -> tuple[str, ...] | Absent:
    said = next((value for name, value in roles.items() if name.lower() == GROUPS_ATTRIBUTE), None)
    if said is None or assumed.scim_user_groups_attribute == "ignored":
        return ABSENT
    return tuple(each.strip() for each in said.split(",") if each.strip())


def _wrong(name: str, wanted: str, value: object) -> ScimInvalid:
    kinds = {bool: "a boolean", int: "a number", float: "a number", str: "a text", list: "a list", dict: "an object"}
    return ScimInvalid(Kind.VALUE, f"{shorten(name)} must be {wanted}, not {kinds.get(type(value), 'null')}")
