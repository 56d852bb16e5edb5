"""Timestamps as the samples in Workato's documentation have them: ISO-8601, milliseconds, Pacific offset."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_PACIFIC = ZoneInfo("America/Los_Angeles")


@lru_cache(maxsize=4096)
def timestamp(moment: datetime) -> str:
    return moment.astimezone(_PACIFIC).isoformat(timespec="milliseconds")


def month_of(moment: datetime) -> tuple[datetime, datetime]:
    """When the calendar month around `moment` begins and when the next one does, in the service's time zone."""
    first = moment.astimezone(_PACIFIC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first, (first + timedelta(days=31)).replace(day=1)
