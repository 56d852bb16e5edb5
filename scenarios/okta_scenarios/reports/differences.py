"""What was expected against what was there, line by line, as somebody would mark it up with a pencil."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeGuard

from okta_scenarios.play.results import Plain

LEGEND = "(- expected and missing, + there and not expected)"


def difference(expected: Plain, actual: Plain) -> Iterator[str]:
    """The lines of a report. Lists are compared item by item, since what is the same in both is not the trouble."""
    if _is_list(expected) and _is_list(actual) and max(len(expected), len(actual)) > 1:
        yield from _align([in_words(each) for each in expected], [in_words(each) for each in actual])
        return
    yield f"expected  {_alone(expected)}"
    yield f"actual    {_alone(actual)}"


def is_marked(lines: Sequence[str]) -> bool:
    """Whether the lines carry marks that need the legend."""
    return any(line[:2] in {"- ", "+ "} for line in lines)


def in_words(value: Plain) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _alone(value: Plain) -> str:
    """A value that is shown on one line: a list of one as its item, an empty one as a word."""
    if _is_list(value) and len(value) <= 1:
        return in_words(value[0]) if value else "(none)"
    return in_words(value)


def _is_list(value: Plain) -> TypeGuard[Sequence[Plain]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _align(wanted: Sequence[str], there: Sequence[str]) -> Iterator[str]:
    """Both lists in one: the longest run that they share, in order, and what either has beside it."""
    common = _longest_common(wanted, there, _alike)
    row = column = 0
    for next_row, next_column in (*common, (len(wanted), len(there))):
        yield from (f"- {each}" for each in wanted[row:next_row])
        yield from (f"+ {each}" for each in there[column:next_column])
        if next_row < len(wanted):
            yield f"  {there[next_column]}"
        row, column = next_row + 1, next_column + 1


def _longest_common(
    wanted: Sequence[str], there: Sequence[str], alike: Callable[[str, str], bool]
) -> list[tuple[int, int]]:
    best: list[list[list[tuple[int, int]]]] = [[[] for _ in range(len(there) + 1)] for _ in range(len(wanted) + 1)]
    for row in reversed(range(len(wanted))):
        for column in reversed(range(len(there))):
            if alike(wanted[row], there[column]):
                best[row][column] = [(row, column), *best[row + 1][column + 1]]
            else:
                best[row][column] = max(best[row + 1][column], best[row][column + 1], key=len)
    return best[0][0]


def _alike(want: str, have: str) -> bool:
    """Whether a line is the one meant: `*` is any segment; a query or an outcome that was not written is not asked."""
    pattern = re.escape(want).replace(r"\*", "[^/?]*")
    return want == have or re.fullmatch(rf"{pattern}([? ].*)?", have) is not None
