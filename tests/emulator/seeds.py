"""A seed of one workspace, and a person in it."""

from typing import Any

from .world import Json


def acme_with(**fields: Json) -> dict[str, Any]:
    return {"workspaces": {"acme": fields}}


def person(**fields: Json) -> dict[str, Any]:
    return {"name": "Ada", "email": "ada@example.test"} | fields
