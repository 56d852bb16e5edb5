"""Durations as people write them: `20m`, `1h30m`, `3 days`, `1 hour 30 minutes`."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from okta_scenarios.language.objections import objection
from workato_emulator.text import counted
from workato_emulator.text.wording import show

UNITS = ("days", "hours", "minutes", "seconds")
_SPELLINGS = ("d|days?", "h|hours?|hrs?", "m|minutes?|mins?", "s|seconds?|secs?")
PATTERN = "".join((r"^(?=\d)", *(rf"(?:(\d{{1,6}}) ?(?:{each})(?: ?(?=\d)|$))?" for each in _SPELLINGS), "$"))
"""Each unit at most once, from the largest to the smallest, as a letter or as a word."""
EXAMPLES = ("20m", "1h30m", "3 days", "90 seconds")
IN_WORDS = f"write one such as {', '.join(EXAMPLES[:-1])} or {EXAMPLES[-1]}"


def parse_duration(text: object) -> timedelta:
    """There is no negative time."""
    found = re.fullmatch(PATTERN, text, re.ASCII) if isinstance(text, str) and not text.endswith("\n") else None
    if found is None:
        raise objection(f"{show(text)} is not a duration; {IN_WORDS}")
    amounts = (int(amount or 0) for amount in found.groups())
    return timedelta(**dict(zip(UNITS, amounts, strict=True)))


def _must_take_time(duration: timedelta) -> timedelta:
    if not duration:
        raise objection("the duration must be at least 1s")
    return duration


def _must_be_a_period(duration: timedelta) -> timedelta:
    if duration < SHORTEST_PERIOD:
        raise objection("the interval must be at least 1m")
    return duration


SHORTEST_PERIOD = timedelta(minutes=1)


def duration_in_words(duration: timedelta) -> str:
    """`1 hour 30 minutes`: what a report shows, and what can be read again."""
    minutes, seconds = divmod(int(duration.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    amounts = zip((days, hours, minutes, seconds), UNITS, strict=True)
    return " ".join(counted(amount, unit.removesuffix("s")) for amount, unit in amounts if amount) or "0 seconds"


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": PATTERN,
            "patternErrorMessage": f"this is not a duration; {IN_WORDS}",
            "examples": list(EXAMPLES),
        }
    ),
]

Lapse = Annotated[Duration, AfterValidator(_must_take_time)]
"""How long something lasts that could not have begun otherwise."""
Period = Annotated[Duration, AfterValidator(_must_be_a_period)]
"""How often the clock does something. Tiny periods would keep it busy for ever."""
