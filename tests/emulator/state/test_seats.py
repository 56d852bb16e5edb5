"""Who is in a workspace and who is invited, looked at again and again."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from okta_scenarios.targets.target import seats_in
from workato_emulator import Emulator

ADA = {"name": "Ada Example", "email": "ada@example.test"}


def roles(name: str) -> list[dict[str, Any]]:
    return [{"environment_type": "dev", "name": name, "role_type": "environment"}]


@pytest.fixture(name="emulator")
def _emulator() -> Emulator:
    return Emulator({"workspaces": {"acme": {"roles": [{"name": "Builder"}], "groups": [{"name": "Staff"}]}}})


def in_workato(emulator: Emulator, method: str, path: str, body: object = None) -> httpx.Response:
    return emulator.control.request(method, f"/workspaces/acme{path}", json=body).raise_for_status()


def test_seats_are_those_of_the_export(emulator: Emulator) -> None:
    """An invitation, its acceptance, another role, a role renamed, a group joined, and leaving: each look is right."""
    client = emulator.client("acme")
    steps: tuple[Callable[[], object], ...] = (
        lambda: client.post("/api/member_invitations", json={**ADA, "env_roles": roles("Builder")}).raise_for_status(),
        lambda: in_workato(emulator, "POST", "/invitations/ada@example.test/accept"),
        lambda: in_workato(emulator, "PUT", "/roles/Builder", {"name": "Maker"}),
        lambda: in_workato(emulator, "PUT", "/collaborators/ada@example.test/roles", {"roles": {"dev": "Member"}}),
        lambda: in_workato(emulator, "DELETE", "/collaborators/ada@example.test"),
    )
    seen = []
    for step in steps:
        step()
        assert emulator.seats("acme") == seats_in(emulator.export(), "acme")
        seat = emulator.seats("acme").get("ada@example.test")
        seen.append(None if seat is None else (seat.pending, dict(seat.roles)))

    assert seen == [
        (True, {"dev": "Builder"}),
        (False, {"dev": "Builder"}),
        (False, {"dev": "Maker"}),
        (False, {"dev": "Member"}),
        None,
    ]


def test_seats_are_the_same_object_while_nothing_changes(emulator: Emulator) -> None:
    """So that a look costs nothing where nothing happened."""
    assert emulator.seats("acme") is emulator.seats("acme")
