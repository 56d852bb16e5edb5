"""Two sides measured turn by turn, and what their ratio is."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Pair:
    """What both sides cost, one sample per turn; the unit is the caller's."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratios(self) -> list[float]:
        return [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def noise(self) -> float:
        """How far the turns lie apart: half the distance between their quartiles, as a part of the median."""
        if len(self.ratios) < 2:
            return 0.0
        low, _, high = quantiles(self.ratios, n=4, method="inclusive")
        return (high - low) / 2 / self.ratio


def turn_by_turn(ours: Callable[[], float], theirs: Callable[[], float], turns: int) -> Pair:
    """Sample both sides in turns, the first of a turn being the second of the next. One turn before is not counted."""
    pair = Pair([], [])
    for turn in range(turns + 1):
        gc.collect()
        if turn % 2:
            mine, other = ours(), theirs()
        else:
            other, mine = theirs(), ours()
        if turn:
            pair.ours.append(mine)
            pair.theirs.append(other)
    return pair
