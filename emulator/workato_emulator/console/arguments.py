"""Commands that are printed to be copied: a path in one is quoted for the shell that it will be pasted into."""

import os
import shlex
import subprocess
from pathlib import Path

from workato_emulator.text.visible import one_line


def as_argument(path: Path | str) -> str:
    """A path as one argument of a command: blanks and quotes survive, and a dash in front is no option."""
    text = str(path)
    if text.startswith("-"):
        text = os.path.join(os.curdir, text)  # noqa: PTH118  (a Path would drop the dot)
    if os.name == "nt":
        return subprocess.list2cmdline([text])
    if one_line(text) == text:
        return shlex.quote(text)
    return f"$'{''.join(map(_byte, os.fsencode(text)))}'"


def _byte(value: int) -> str:
    """A byte as bash and zsh read it between `$'` and `'`."""
    character = chr(value)
    if character in "\\'":
        return f"\\{character}"
    return character if character.isascii() and character.isprintable() else f"\\{value:03o}"
