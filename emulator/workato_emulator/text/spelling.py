"""What somebody who misspelt a name most likely meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, names: Iterable[str], likeness: float = 0.6) -> str | None:
    """The nearest name, whatever its case; None where none is near.

    `likeness` is how much of both has to agree, from 0 to 1.
    """
    by_lower = {name.casefold(): name for name in sorted(names)}
    close = get_close_matches(word.casefold(), by_lower, n=1, cutoff=likeness)
    return by_lower[close[0]] if close else None


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """`; did you mean 'run'?`, or nothing: what ends a sentence about a name that does not exist."""
    meant = nearest(word, names)
    return "" if meant is None else f"; did you mean {meant!r}?"
