"""Durations as people write them: `20m`, `1h30m`, `2d`, `90s`."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from okta_scenarios.language.models.base import objection

PATTERN = r"^(?=\d)(\d{1,6}d)?(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?$"
UNITS = ("days", "hours", "minutes", "seconds")


def parse_duration(text: object) -> timedelta:
    """Each unit at most once, from the largest to the smallest. There is no negative time."""
    found = re.fullmatch(PATTERN, text, re.ASCII) if isinstance(text, str) else None
    if found is None:
        raise objection(f"{text!r} is not a duration; write one such as 20m, 1h30m, 2d or 90s")
    amounts = (int(part[:-1]) if part else 0 for part in found.groups())
    return timedelta(**dict(zip(UNITS, amounts, strict=True)))


def _must_take_time(duration: timedelta) -> timedelta:
    if not duration:
        raise objection("this cannot take no time; the shortest is 1s")
    return duration


def _must_be_a_period(duration: timedelta) -> timedelta:
    if duration < SHORTEST_PERIOD:
        raise objection("what the clock does again and again is at least 1m apart")
    return duration


SHORTEST_PERIOD = timedelta(minutes=1)

Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    WithJsonSchema({"type": "string", "pattern": PATTERN, "examples": ["20m", "1h30m", "2d", "90s"]}),
]

Lapse = Annotated[Duration, AfterValidator(_must_take_time)]
"""How long something lasts that could not have begun otherwise."""
Period = Annotated[Duration, AfterValidator(_must_be_a_period)]
"""How often the clock does something. Tiny periods would keep it busy for ever."""
