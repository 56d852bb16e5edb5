"""How the service writes a moment, and which calendar month it is in."""

from datetime import UTC, datetime

import pytest

from workato_emulator.doors.developer.timestamps import month_of, timestamp


@pytest.mark.parametrize(
    ("moment", "begins", "ends"),
    [
        ("2026-01-31T23:59:59+00:00", "2026-01-01T00:00:00.000-08:00", "2026-02-01T00:00:00.000-08:00"),
        ("2026-02-01T07:59:59+00:00", "2026-01-01T00:00:00.000-08:00", "2026-02-01T00:00:00.000-08:00"),
        ("2026-02-01T08:00:00+00:00", "2026-02-01T00:00:00.000-08:00", "2026-03-01T00:00:00.000-08:00"),
        ("2026-03-20T12:00:00+00:00", "2026-03-01T00:00:00.000-08:00", "2026-04-01T00:00:00.000-07:00"),
        ("2026-12-20T12:00:00+00:00", "2026-12-01T00:00:00.000-08:00", "2027-01-01T00:00:00.000-08:00"),
    ],
    ids=["end of January", "January there, February here", "February there", "clocks change", "end of the year"],
)
def test_a_month_is_one_of_the_service_s_time_zone(moment: str, begins: str, ends: str) -> None:
    """From its first midnight to the next month's, with the offset of that day."""
    first, following = month_of(datetime.fromisoformat(moment).astimezone(UTC))

    assert (timestamp(first), timestamp(following)) == (begins, ends)
