"""Processor time of commands: what whoever gives one waits for."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from resource import RUSAGE_CHILDREN, getrusage

from .rows import Row, absolute

AIMS = {
    ("--help",): 0.15,
    ("check",): 0.45,
    ("explain", "INV-6"): 0.2,
    ("rules", "PNU-1"): 0.2,
}
"""Seconds. The first time after a change of the program or of a scenario takes longer, and is not counted."""

LIBRARY, ONE = ("run", "-n", "1", "--quiet"), ("run", "-n", "1", "--quiet", "--text", "RC-1-first-hire")
LIBRARY_AIM = 2.4
"""Seconds: 1.2 on each of two cores."""


def commands(times: int, *, library: bool) -> Iterator[Row]:
    for words, aim in AIMS.items():
        _seconds(words)
        yield absolute(f"`{' '.join(words)}`, processor time", [_seconds(words) for _ in range(times)], aim)
    words = LIBRARY if library else ONE
    yield absolute(f"`{' '.join(words)}`, processor time", [_seconds(words)], LIBRARY_AIM)


def _seconds(words: Sequence[str]) -> float:
    """The processor time, in user and system mode, of the command with everything that it started."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "workato_emulator", *words], stdout=subprocess.DEVNULL, check=True, env=environment
    )
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
