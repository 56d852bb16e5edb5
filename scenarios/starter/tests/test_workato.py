"""A Workato client against the emulator: in this process, no port, and time stands still until it is moved."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.workato(seed=Path(__file__).parents[1] / "seed.yaml")


def test_nobody_is_a_collaborator_before_accepting(workato):
    assert workato.invite("ada@example.test", {"dev": "Member"}).json() == {"result": "ok"}
    assert "ada@example.test" not in workato.members()

    workato.accept("ada@example.test")
    assert workato.members()["ada@example.test"]["dev"] == "Member"


def test_an_invitation_can_be_repeated_after_twenty_minutes(workato):
    invitation = {
        "name": "Ada Example",
        "email": "ada@example.test",
        "env_roles": [{"environment_type": "dev", "name": "Member", "role_type": "environment"}],
    }
    assert workato.client.post("/api/member_invitations", json=invitation).status_code == 200
    assert workato.client.post("/api/member_invitations", json=invitation).status_code == 429

    workato.advance(minutes=20)
    assert workato.client.post("/api/member_invitations", json=invitation).status_code == 200
