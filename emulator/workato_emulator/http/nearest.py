"""Which operation somebody may have meant who asked for one that is not there.

People forget a segment, add one, misspell one, drop `/api`, or take the wrong method. Paths are compared segment by
segment, so that a long common beginning alone suggests nothing.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Protocol, TypeVar

_EXTRA = 0.6
"""What a segment too many or too few costs."""

_PARAMETER = 0.1
"""What it costs to stand where an id is expected: a word that is spelled out fits better."""

_PREFIX = 0.2
"""What a forgotten `/api` costs."""

_METHOD = 0.3
_KINDRED_METHOD = 0.2
_KINDRED = ({"PUT", "PATCH"}, {"PUT", "POST"}, {"GET", "HEAD"})

_OTHER = 0.9
"""What another word in a segment's place costs."""

_MANY, _LONG = 16, 100
"""Whoever sends more segments, or longer ones, has not misspelt anything; comparing grows with the square of both."""

_ALIKE = 0.75
_MOST = 1.0
"""Whoever is further away than this was not meant."""


class Routed(Protocol):
    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...


R = TypeVar("R", bound=Routed)


def nearest_route(method: str, path: str, routes: Iterable[R]) -> R | None:
    """The route that is nearest, or None where all are far away. Of equally near ones the first."""
    asked = _segments(path[: _MANY * _LONG])
    if len(asked) > _MANY or any(len(each) > _LONG for each in asked):
        return None
    best, found = _MOST, None
    for route in routes:
        distance = _apart(asked, _segments(route.path)) + _methods_apart(method, route.method)
        if distance < best:
            best, found = distance, route
    return found


def _segments(path: str) -> list[str]:
    return [each for each in path.partition("?")[0].split("/") if each]


def _apart(asked: Sequence[str], known: Sequence[str]) -> float:
    """How far two paths are apart: an edit distance over segments."""
    if known[:1] == ["api"] and asked[:1] != ["api"]:
        return _PREFIX + _apart(asked, known[1:])
    literal = [each for each in known if not each.startswith("{") and each != "api"]
    if not any(_segment_apart(each, word) < _OTHER for each in asked for word in literal):
        return 2 * _MOST  # not a word in common
    row = [index * _EXTRA for index in range(len(known) + 1)]
    for number, each in enumerate(asked, 1):
        before, row = row, [number * _EXTRA]
        for index, word in enumerate(known, 1):
            row.append(
                min(before[index - 1] + _segment_apart(each, word), before[index] + _EXTRA, row[index - 1] + _EXTRA)
            )
    return row[-1]


def _segment_apart(asked: str, known: str) -> float:
    if asked == known:
        return 0.0
    if known.startswith("{"):
        return _PARAMETER
    alike = SequenceMatcher(None, asked.lower(), known, autojunk=False).ratio()
    return 1 - alike if alike >= _ALIKE else _OTHER


def _methods_apart(asked: str, known: str) -> float:
    if asked == known:
        return 0.0
    return _KINDRED_METHOD if {asked, known} in _KINDRED else _METHOD
