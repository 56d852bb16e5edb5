"""What somebody who misspelt a name most likely meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from heapq import nlargest
from itertools import islice, takewhile

_LONGEST = 100
"""How many characters of a name are compared: comparing grows with their square."""

_LOOKED_AT = 10_000
"""How many names are looked through for the nearest."""

_LIKELY = 50
"""How many of them are compared in full."""


def nearest(word: str, names: Iterable[str], likeness: float = 0.6) -> str | None:
    """The nearest name, whatever its case; None where none is near.

    `likeness` is how much of both has to agree, from 0 to 1. Of many names, those that begin and end most alike are
    compared in full.
    """
    wrong = word[:_LONGEST].casefold()
    by_lower = {name.casefold(): name for name in sorted(islice(names, _LOOKED_AT))}
    likely = nlargest(_LIKELY, by_lower, key=lambda name: _common_ends(wrong, name[:_LONGEST]))
    close = get_close_matches(wrong, likely, n=1, cutoff=likeness)
    return by_lower[close[0]] if close else None


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """`; did you mean 'run'?`, or nothing: what ends a sentence about a name that does not exist."""
    meant = nearest(word, names)
    return "" if meant is None else f"; did you mean {meant!r}?"


def _common_ends(one: str, other: str) -> int:
    """How many characters two names have in common at their beginning and at their end."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    from_behind = takewhile(lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(other), strict=False))
    return sum(1 for _ in same) + sum(1 for _ in from_behind)
