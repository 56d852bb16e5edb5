"""What is checked out where a run is started, for its report."""

import shutil
import subprocess
from pathlib import Path

PATIENCE = 2.0
"""Seconds that git has. A report does without rather than wait for a slow disk."""


def checked_out(folder: Path | None = None) -> str:
    """The commit, with a word where files differ from it; nothing outside a checkout, or where git does not answer."""
    git = shutil.which("git")
    if git is None:
        return ""
    command = (git, "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty= and changes")
    try:
        told = subprocess.run(  # noqa: S603  (git, with arguments of our own)
            command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.SubprocessError, ValueError):
        return ""
    return told.stdout.strip() if told.returncode == 0 else ""
