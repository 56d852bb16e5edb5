"""The examples of clients in other languages, each run as its README says."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ..served.serving import serving

HERE = Path(__file__).parent
CLIENTS = {"node": ("node", "first_hire.mjs"), "java": ("java", "FirstHire.java"), "go": ("go", "run", "first_hire.go")}


@pytest.mark.long
@pytest.mark.parametrize("language", CLIENTS)
def test_a_client_in_another_language_invites_and_reads(language: str) -> None:
    """Against a served emulator, with nothing but the language; one that is not installed here is skipped."""
    program, *arguments = CLIENTS[language]
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed here")
    with serving(bound=120) as served:
        told = subprocess.run(
            [found, *arguments],
            cwd=HERE,
            env={**os.environ, "EMULATOR": served.url},
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )

    assert (told.returncode, told.stdout) == (0, "Ada is in\n"), told.stderr


def test_every_example_is_in_the_readme() -> None:
    """With the command that runs it."""
    text = (HERE / "README.md").read_text(encoding="utf-8")

    assert [name for *command, name in CLIENTS.values() if f"`{' '.join((*command, name))}`" not in text] == []
    assert all(f"({name})" in text for *_, name in CLIENTS.values())
