"""The schemas of a user as documents, written by `scim2-models`; of the core schema what the door serves."""

from functools import lru_cache
from typing import Any

from scim2_models import Schema

from workato_emulator.domain.scim.roles import GROUPS_ATTRIBUTE
from workato_emulator.domain.values import Workspace
from workato_emulator.doors.scim.models import PlainUser, role_model
from workato_emulator.doors.scim.schema import CORE, ROLE

_SERVED = ("userName", "name", "displayName", "emails", "active", "password")
_PARTS = {"name": ("formatted", "familyName", "givenName"), "emails": ("value", "type", "primary")}


def schemas_of(workspace: Workspace, *, with_groups: bool) -> list[dict[str, Any]]:
    """The core User, cut to what is served, and the role extension of this workspace, with its groups or without."""
    role = _written(role_model(workspace).to_schema(), ROLE, "WorkatoRole", "Role names by environment")
    named = [each for each in role["attributes"] if with_groups or each["name"] != GROUPS_ATTRIBUTE]
    return [_core(), {**role, "attributes": named}]


@lru_cache(maxsize=1)
def _core() -> dict[str, Any]:
    document = _written(PlainUser.to_schema(), CORE, "User", "A collaborator of the workspace")
    served = [each for each in document["attributes"] if each["name"] in _SERVED]
    for each in served:
        if each["name"] in _PARTS:
            each["subAttributes"] = [part for part in each["subAttributes"] if part["name"] in _PARTS[each["name"]]]
    return {**document, "attributes": served}


def _written(schema: Schema, urn: str, name: str, description: str) -> dict[str, Any]:
    document: dict[str, Any] = schema.model_dump()
    document.pop("meta", None)
    return {**document, "id": urn, "name": name, "description": description}
