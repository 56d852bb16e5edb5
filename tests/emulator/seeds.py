"""A seed of one workspace, and a person in it."""

from pathlib import Path
from typing import Any

import pytest

from workato_emulator import Emulator, SeedProblem

from .world import Json


def acme_with(**fields: Json) -> dict[str, Any]:
    return {"workspaces": {"acme": fields}}


def person(**fields: Json) -> dict[str, Any]:
    return {"name": "Ada", "email": "ada@example.test"} | fields


def problem_of(seed: Json | Path) -> str:
    """What an emulator says that is given this seed and cannot take it."""
    with pytest.raises(SeedProblem) as problem:
        Emulator(seed)
    return str(problem.value)
