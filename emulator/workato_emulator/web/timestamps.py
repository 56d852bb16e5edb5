"""Timestamps as the live service writes them: ISO-8601, milliseconds, Pacific offset (fact sheet, section 3)."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_PACIFIC = ZoneInfo("America/Los_Angeles")


@lru_cache(maxsize=4096)
def timestamp(moment: datetime) -> str:
    return moment.astimezone(_PACIFIC).isoformat(timespec="milliseconds")
