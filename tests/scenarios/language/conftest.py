"""A small vocabulary, and a way to read one file of text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from okta_scenarios.bundled import suites
from okta_scenarios.language import Library, Operation, Problem, Problems, Scenario, Vocabulary, load

HINT = "# yaml-language-server: $schema=../scenario.schema.json\n"

Reading = Scenario | tuple[Problem, ...]


@pytest.fixture(name="vocabulary", scope="session")
def _vocabulary() -> Vocabulary:
    return Vocabulary(
        operations={
            "inviteCollaborator": Operation("POST", "/api/member_invitations"),
            "listCollaborators": Operation("GET", "/api/members"),
            "getCollaborator": Operation("GET", "/api/members/{id}"),
            "updateCollaborator": Operation("PUT", "/api/members/{id}"),
            "removeCollaborator": Operation("DELETE", "/api/members/{id}"),
        },
        emulator_rules=frozenset({"INV-1", "INV-2"}),
        seam_rules=frozenset({"PNU-1", "PNU-3", "PPU-5", "PUD-1"}),
        assumptions={"email_case": ("ignored", "kept"), "conflict_status": (400, 409)},
        privileges=frozenset({"Collaborators.invite", "Collaborators.list"}),
        fixtures=suites() / "fixtures",
        events=frozenset({"application.provision.user.push", "user.lifecycle.deactivate"}),
    )


@pytest.fixture(name="reading")
def _reading(tmp_path: Path, vocabulary: Vocabulary) -> Callable[..., Reading]:
    """What one file comes to: its scenario, or its problems. Other files by name stand beside it."""

    def read(text: str, **others: str) -> Reading:
        for name, content in others.items():
            file = tmp_path / f"{name.replace('__', '/')}.yaml"
            file.parent.mkdir(exist_ok=True)
            file.write_text(content, encoding="utf-8")
        (tmp_path / "SC-001.yaml").write_text(text, encoding="utf-8")
        found = load([tmp_path / "SC-001.yaml"], vocabulary)
        if isinstance(found, Problems):
            return tuple(found)
        assert isinstance(found, Library)
        (scenario,) = found
        return scenario

    return read
