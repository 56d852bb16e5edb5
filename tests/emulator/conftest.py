"""A fresh world for each test that asks for one."""

import pytest

from .world import World


@pytest.fixture(name="world")
def _world() -> World:
    return World()
