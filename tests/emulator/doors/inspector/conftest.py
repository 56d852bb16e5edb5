"""Somebody who looks at the world of each test."""

import pytest

from ...world import World
from .looking import Looker


@pytest.fixture(name="looker")
def _looker(world: World) -> Looker:
    return Looker(world.emulator)
