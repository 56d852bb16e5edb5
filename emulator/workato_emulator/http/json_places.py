"""Where in a JSON text something stands that its decoder refused without saying where.

Looked for only once a text is refused. Everything before that place is known to be well formed.
"""

import re
from collections.abc import Callable, Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NamedTuple

_PART = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*+")(?=[ \t\r\n]*:)|(?P<text>"(?:[^"\\]|\\.)*+")|(?P<opening>[\[{])|(?P<closing>[\]}])'
    r"|(?P<literal>NaN|-?Infinity|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)",
    re.DOTALL,
)


class Part(NamedTuple):
    """`kind` is a group of the pattern above, `depth` says how many arrays and objects are open before it.

    `is_repeated` is true of a key that its object already has.
    """

    at: int
    kind: str
    text: str
    depth: int
    is_repeated: bool = False


def place_of(text: str, is_it: Callable[[Part], bool]) -> str:
    """As in ` at line 1 column 2`; empty where nothing is found."""
    return next((f" {at_line(text, part.at)}" for part in _parts(text) if is_it(part)), "")


def at_line(text: str, at: int) -> str:
    """Both numbers start at one, as editors count."""
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return f"at line {line} column {column}"


def _parts(text: str) -> Iterator[Part]:
    keys: list[set[str]] = []
    for found in _PART.finditer(text):
        kind, said, depth = str(found.lastgroup), found[0], len(keys)
        if kind in {"key", "text"}:
            said, _ = scanstring(text, found.start() + 1, True)
        is_repeated = kind == "key" and said in keys[-1]
        if kind == "key":
            keys[-1].add(said)
        elif kind == "opening":
            keys.append(set())
        elif kind == "closing":
            keys.pop()
        yield Part(found.start(), kind, said, depth, is_repeated)
