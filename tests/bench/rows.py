"""Lines of the result: ratios of two sides, or of one to its aim."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from .sampling import Pair


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result. `ours` and `theirs` are medians in `unit`; `value` is their ratio.

    `at_least` or `at_most` is the aim, where there is one.
    """

    what: str
    against: str
    ours: float
    theirs: float
    unit: str
    value: float
    noise: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def reached(self) -> bool | None:
        if self.at_least is not None:
            return self.value >= self.at_least
        return None if self.at_most is None else self.value <= self.at_most


def cost(what: str, against: str, pair: Pair, unit: str, *, scale: float = 1.0, at_most: float | None = None) -> Row:
    ours, theirs = median(pair.ours) * scale, median(pair.theirs) * scale
    return Row(what, against, ours, theirs, unit, pair.ratio, pair.noise, at_most=at_most)


def absolute(what: str, seconds: Sequence[float], aim: float) -> Row:
    """What is judged by itself: so much of its aim."""
    pair = Pair([*seconds], [aim] * len(seconds))
    return cost(what, "the aim", pair, "ms", scale=1e3, at_most=1)
