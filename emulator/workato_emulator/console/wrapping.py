"""Long lines for a terminal of any width. In a file or a pipe a line stays one, so that it can be searched."""

import os
import shutil
import sys
from textwrap import wrap

_NARROWEST = 20
"""Columns that a text keeps, however far it is indented."""


def room() -> int | None:
    """How many columns there are: of the terminal, or what COLUMNS says; None for a file or a pipe."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return shutil.get_terminal_size().columns
    return None


def hanging(label: str, text: str, indent: int | None = None) -> str:
    """A label and its text, whose further lines stand below the first; or `indent` columns in, where that is said."""
    width = room()
    inside = len(label) if indent is None else indent
    if width is None or len(label) + len(text) <= width:
        return label + text
    lines = wrap(text, max(_NARROWEST, width - inside), break_on_hyphens=False)
    return label + f"\n{' ' * inside}".join(lines)
