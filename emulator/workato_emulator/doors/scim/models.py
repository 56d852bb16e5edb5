"""A user as `scim2-models` knows one, for the grammar of filters and for what a PATCH does.

Loaded with the first request that needs it: a start, and whoever never asks, has nothing of it. Four things of the
library do not suit Workato: it takes no reserved address such as `example.test`, it spells `workato_role` in camel case
unless a schema says otherwise, it reads "yes" and "1" as true, and its class `Filter` is no filter.
"""

import re
from functools import lru_cache
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, ValidationError
from scim2_models import (
    AnyExtension,
    ComplexAttribute,
    EnterpriseUser,
    Extension,
    Resource,
    Schema,
    SCIMException,
    User,
)

from workato_emulator.domain.changes import Absent
from workato_emulator.domain.refusals import shorten
from workato_emulator.domain.scim.refusals import Kind, ScimInvalid
from workato_emulator.domain.scim.roles import DOCUMENTED, GROUPS_ATTRIBUTE, attribute_of
from workato_emulator.domain.values import Workspace
from workato_emulator.doors.scim.reading import read_active
from workato_emulator.doors.scim.schema import ROLE

_KINDS = {each.value: each for each in Kind}
_SAID = {"string_type": "must be a text", "model_type": "must be an object", "list_type": "must be a list"}
"""By pydantic's names of errors, whose own texts speak of Python."""
_SEVERAL_WORDS = re.compile("_([a-z])")


def _truth(value: Any) -> Any:  # noqa: ANN401  (whatever was sent)
    read = read_active(value)
    return None if isinstance(read, Absent) else read


Truth: TypeAlias = Annotated[bool | None, BeforeValidator(_truth)]


class PlainEmail(ComplexAttribute):
    """An address that may be a reserved one."""

    value: str | None = None
    display: str | None = None
    type: str | None = None
    primary: Truth = None


class PlainUser(User[AnyExtension]):
    active: Truth = None
    emails: list[PlainEmail] | None = None  # type: ignore[assignment]


def model_for(workspace: Workspace) -> type[Resource[Any]]:
    """The user of a workspace, whose role extension has an attribute for each of its environments."""
    return _user(_attributes(workspace))


def role_model(workspace: Workspace) -> type[Extension]:
    return _role(_attributes(workspace))


def _attributes(workspace: Workspace) -> tuple[str, ...]:
    extra = (attribute_of(workspace, each) for each in workspace.environments)
    return tuple(dict.fromkeys((*DOCUMENTED, *extra)))


@lru_cache(maxsize=64)
def _user(attributes: tuple[str, ...]) -> type[Resource[Any]]:
    role: Any = _role(attributes)
    user: Any = PlainUser
    found: type[Resource[Any]] = user[role | EnterpriseUser]
    return found


@lru_cache(maxsize=64)
def _role(attributes: tuple[str, ...]) -> type[Extension]:
    described = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": ROLE,
        "name": "WorkatoRole",
        "attributes": [
            {
                "name": each,
                "type": "string",
                "multiValued": False,
                "required": False,
                "caseExact": True,
                "mutability": "readWrite",
                "returned": "default",
                "uniqueness": "none",
            }
            for each in (*attributes, GROUPS_ATTRIBUTE)
        ],
    }
    return Extension.from_schema(Schema.model_validate(described))


def refusal_of(error: Exception, otherwise: Kind) -> ScimInvalid:
    """What the library refuses, as a refusal of ours."""
    kind = error.scim_type if isinstance(error, SCIMException) else ""
    invalid = error if isinstance(error, ValidationError) else error.__cause__
    if not isinstance(invalid, ValidationError):
        return ScimInvalid(_KINDS.get(kind, otherwise), str(error) or "it is nested too deeply")
    first = invalid.errors(include_url=False)[0]
    kind = (first.get("ctx") or {}).get("scim_type", kind)
    said = _SAID.get(first["type"], first["msg"])
    place = ".".join(_spelt(part) for part in first["loc"] if isinstance(part, str))
    return ScimInvalid(_KINDS.get(kind, otherwise), f"{shorten(place)}: {said}" if place else said)


def _spelt(field: str) -> str:
    """An attribute as RFC 7643 spells it, by the name of the library's field."""
    if field.startswith("workato_"):
        return field
    return _SEVERAL_WORDS.sub(lambda found: found[1].upper(), field)
