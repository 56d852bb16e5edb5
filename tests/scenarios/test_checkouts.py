"""Which commit a report names."""

import shutil
import subprocess
from pathlib import Path

import pytest

from okta_scenarios.checkouts import checked_out


def test_outside_a_checkout_there_is_no_commit(tmp_path: Path) -> None:
    """Nothing is said, and nothing fails; a folder that is not there is no checkout either."""
    assert checked_out(tmp_path) == ""
    assert checked_out(tmp_path / "nowhere") == ""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_checkout_has_its_commit_and_says_where_files_differ(tmp_path: Path) -> None:
    """Twelve digits, and a word once a file is not as committed."""

    def git(*arguments: str) -> str:
        identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.test")
        command = ["git", *identity, *arguments]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    git("init", "-q")
    (tmp_path / "a").write_text("one", encoding="utf-8")
    git("add", "a")
    git("commit", "-qm", "One")
    commit = git("rev-parse", "HEAD")[:12]

    assert checked_out(tmp_path) == commit
    (tmp_path / "a").write_text("two", encoding="utf-8")
    assert checked_out(tmp_path) == f"{commit} and changes"
