"""Whether mypy refuses a mutant: `make test` asks it before any test runs."""

import subprocess
import sys
import tempfile
from pathlib import Path

from .making import Mutant


def refused_by_types(mutant: Mutant, cache: Path) -> bool:
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as shadow:
        shadow.write(mutant.source)
        shadow.flush()
        checked = subprocess.run(
            [
                *(sys.executable, "-m", "mypy", "--cache-dir", str(cache), "--no-error-summary"),
                *("--shadow-file", str(mutant.path), shadow.name),
            ],
            capture_output=True,
            check=False,
        )
    return checked.returncode == 1
