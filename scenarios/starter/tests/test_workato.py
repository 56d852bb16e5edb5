"""A Workato client against the emulator: in this process, no port, and time stands still until it is moved."""

from datetime import timedelta
from pathlib import Path

import pytest

from workato_emulator import Emulator

SEED = Path(__file__).parents[1] / "seed.yaml"
INVITATION = {
    "name": "Ada Example",
    "email": "ada@example.test",
    "env_roles": [{"environment_type": "dev", "name": "Member", "role_type": "environment"}],
}


@pytest.fixture
def workato() -> Emulator:
    return Emulator(SEED)


def test_nobody_is_a_collaborator_before_accepting(workato: Emulator) -> None:
    acme = workato.client("acme")
    assert acme.post("/api/member_invitations", json=INVITATION).json() == {"result": "ok"}
    assert acme.get("/api/members", params={"email": "ada"}).json()["total"] == 0

    workato.control.post("/workspaces/acme/invitations/ada@example.test/accept")
    assert acme.get("/api/members", params={"email": "ada"}).json()["total"] == 1


def test_an_invitation_can_be_repeated_after_twenty_minutes(workato: Emulator) -> None:
    acme = workato.client("acme")
    acme.post("/api/member_invitations", json=INVITATION)
    assert acme.post("/api/member_invitations", json=INVITATION).status_code == 429

    workato.clock.advance(timedelta(minutes=20))
    assert acme.post("/api/member_invitations", json=INVITATION).status_code == 200
