"""The days of a rehearsal as a picture: a row of bars for each thing that is counted, in SVG without script."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from okta_scenarios.rehearsal.outcome import Day

WIDTH, HEIGHT = 720, 44
MOST_BARS = 120
"""Days that have a bar each. Of a longer time, neighbouring days share one."""


class Bar(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    said: str


class Lane(NamedTuple):
    """One thing that is counted: its name, how many at most, and the bars."""

    name: str
    kind: str
    most: int
    bars: tuple[Bar, ...]


class Timeline(NamedTuple):
    lanes: tuple[Lane, ...]
    first: date
    last: date


_COUNTED: Sequence[tuple[str, str, Callable[[Day], int], Callable[[Sequence[int]], int]]] = (
    ("invitations", "invitations", lambda day: day.invitations, sum),
    ("acceptances", "acceptances", lambda day: day.acceptances, sum),
    ("people removed", "removals", lambda day: day.removals, sum),
    ("requests answered 429", "limited", lambda day: day.rate_limited, sum),
    ("open tasks, at most", "tasks", lambda day: day.open_tasks, max),
)


def timeline(days: Sequence[Day]) -> Timeline:
    """The picture of these days, of which there is at least one."""
    spans = [*_spans(days)]
    lanes = []
    for name, kind, of, together in _COUNTED:
        values = [together([of(day) for day in span]) for span in spans]
        lanes.append(Lane(name, kind, max(values), tuple(_bars(name, spans, values))))
    return Timeline(tuple(lanes), days[0].on, days[-1].on)


def _spans(days: Sequence[Day]) -> Iterator[Sequence[Day]]:
    length = -(-len(days) // MOST_BARS)
    return (days[start : start + length] for start in range(0, len(days), length))


def _bars(name: str, spans: Sequence[Sequence[Day]], values: Sequence[int]) -> Iterator[Bar]:
    most, step = max(values), WIDTH / len(spans)
    for place, (span, value) in enumerate(zip(spans, values, strict=True)):
        if value:
            height = max(2.0, HEIGHT * value / most)
            when = f"{span[0].on}" if len(span) == 1 else f"{span[0].on} to {span[-1].on}"
            said = f"{when}: {value} {name.partition(',')[0]}"
            yield Bar(
                round(place * step, 2),
                round(HEIGHT - height, 2),
                round(max(step - 1, 1), 2),
                round(height, 2),
                said,
            )
