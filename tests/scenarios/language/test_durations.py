"""Durations as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from okta_scenarios.language.durations import Lapse, Period, duration_in_words, parse_duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        pytest.param("20m", timedelta(minutes=20), id="minutes"),
        pytest.param("1h30m", timedelta(hours=1, minutes=30), id="hours and minutes"),
        pytest.param("2d", timedelta(days=2), id="days"),
        pytest.param("90s", timedelta(seconds=90), id="more than a minute of seconds"),
        pytest.param("0s", timedelta(0), id="nothing"),
        pytest.param("3 days", timedelta(days=3), id="words"),
        pytest.param("1 day", timedelta(days=1), id="one of a unit"),
        pytest.param("1 hour 30 minutes", timedelta(hours=1, minutes=30), id="words of two units"),
        pytest.param("2d 3h", timedelta(days=2, hours=3), id="letters with a blank between"),
        pytest.param("20min", timedelta(minutes=20), id="a common short form"),
        pytest.param("90 secs", timedelta(seconds=90), id="another"),
    ],
)
def test_durations_are_read(text: str, duration: timedelta) -> None:
    """Units stand from the largest to the smallest."""
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20",
        "m",
        "30m1h",
        "1h1h",
        "-5m",
        "1.5h",
        "٣m",
        "9999999d",
        "1h\n",
        20,
        None,
        "3  days",
        "3 days ",
        "3 dayz",
        "1 day day",
        "hour",
        "3 Days ago",
        "1 h x",
    ],
)
def test_other_text_is_refused(text: object) -> None:
    """Anything else is refused with an example of what would do."""
    with pytest.raises(PydanticCustomError, match="is not a duration; write one such as 20m"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["0s", "0d0h"])
def test_what_has_to_take_time_takes_some(text: str) -> None:
    """What takes none could as well not be said."""
    with pytest.raises(ValidationError, match="must be at least 1s"):
        TypeAdapter(Lapse).validate_python(text)


@pytest.mark.parametrize("text", ["0s", "59s"])
def test_what_the_clock_repeats_is_a_minute_apart(text: str) -> None:
    """Anything less would keep it busy for ever."""
    with pytest.raises(ValidationError, match="must be at least 1m"):
        TypeAdapter(Period).validate_python(text)


def test_the_shortest_lapse_and_period_are_fine() -> None:
    """They begin at a second and at a minute."""
    assert TypeAdapter[timedelta](Lapse).validate_python("1s") == timedelta(seconds=1)
    assert TypeAdapter[timedelta](Period).validate_python("1m") == timedelta(minutes=1)


@given(st.integers(0, 999_999_999))
def test_what_a_report_shows_can_be_read_again(seconds: int) -> None:
    """In words, with a singular for one, and nothing said of what is zero."""
    duration = timedelta(seconds=seconds)

    assert parse_duration(duration_in_words(duration)) == duration


def test_durations_are_shown_in_words() -> None:
    """As one would say them."""
    shown = [duration_in_words(parse_duration(text)) for text in ("30d", "90m", "1d1s", "0s", "1m")]

    assert shown == ["30 days", "1 hour 30 minutes", "1 day 1 second", "0 seconds", "1 minute"]


@given(st.tuples(*[st.integers(0, 999_999)] * 4))
def test_every_amount_survives(amounts: tuple[int, ...]) -> None:
    """Writing amounts down and reading them gives their sum."""
    days, hours, minutes, seconds = amounts

    assert parse_duration(f"{days}d{hours}h{minutes}m{seconds}s") == timedelta(
        days=days, hours=hours, minutes=minutes, seconds=seconds
    )
