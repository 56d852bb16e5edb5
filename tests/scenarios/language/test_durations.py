"""Durations as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from okta_scenarios.language.durations import parse_duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        pytest.param("20m", timedelta(minutes=20), id="minutes"),
        pytest.param("1h30m", timedelta(hours=1, minutes=30), id="hours and minutes"),
        pytest.param("2d", timedelta(days=2), id="days"),
        pytest.param("90s", timedelta(seconds=90), id="more than a minute of seconds"),
        pytest.param("0s", timedelta(0), id="nothing"),
    ],
)
def test_durations_are_read(text: str, duration: timedelta) -> None:
    """Units stand from the largest to the smallest."""
    assert parse_duration(text) == duration


@pytest.mark.parametrize("text", ["", "20", "m", "30m1h", "1h1h", "-5m", "1.5h", "٣m", "9999999d", "1h\n", 20, None])
def test_other_text_is_refused(text: object) -> None:
    """Anything else is refused with an example of what would do."""
    with pytest.raises(PydanticCustomError, match="is not a duration; write one such as 20m"):
        parse_duration(text)


@given(st.tuples(*[st.integers(0, 999_999)] * 4))
def test_every_amount_survives(amounts: tuple[int, ...]) -> None:
    """Writing amounts down and reading them gives their sum."""
    days, hours, minutes, seconds = amounts

    assert parse_duration(f"{days}d{hours}h{minutes}m{seconds}s") == timedelta(
        days=days, hours=hours, minutes=minutes, seconds=seconds
    )
