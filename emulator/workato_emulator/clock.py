"""The one place that knows what time it is.

Cool-downs, rate windows, lifetimes and timestamps all read a `Clock`. A still clock moves only when told to, which is
what scenarios and tests want; a system clock follows the machine and can be moved ahead of it, which is what a served
emulator wants. It can be stopped, and is still from then on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

EPOCH = datetime(2026, 1, 5, 17, 0, tzinfo=UTC)
"""Where a still clock starts unless told otherwise: a Monday morning in Workato's own time zone."""

EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)
"""Between these, cool-downs can be added and time zones applied without leaving what a `datetime` holds."""


machine_time = partial(datetime.now, UTC)  # noqa: TID251  (this module is the exception the ban exists for)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a snapshot keeps of a clock: the instant for a still one, the lead over the machine for a system one."""

    kind: Literal["still", "system"]
    instant: datetime | None
    lead: timedelta


class Clock:
    """Tells the time and lets it be moved. `Clock.still()` and `Clock.system()` make the two kinds."""

    __slots__ = ("_base", "_held", "_lead", "_source", "_stopped")

    def __init__(self, source: Callable[[], datetime] | None, base: datetime) -> None:
        self._source = source
        self._base = base
        self._held: datetime | None = None
        self._stopped = source is None
        self._lead = timedelta(0)

    @classmethod
    def still(cls, start: datetime = EPOCH) -> "Clock":
        return cls(None, start.astimezone(UTC))

    @classmethod
    def system(cls, source: Callable[[], datetime] = machine_time) -> "Clock":
        return cls(source, EPOCH)

    @property
    def kind(self) -> Literal["still", "system"]:
        return "still" if self._stopped else "system"

    def now(self) -> datetime:
        now = self.underneath()
        return now + self._lead if self._lead else now

    def underneath(self) -> datetime:
        """The time without the lead: the machine's for a system clock, the start for a still one."""
        if self._held is not None:
            return self._held
        return self._base if self._stopped or self._source is None else self._source()

    def stop(self) -> None:
        """Stand still from now on. Restoring an earlier reading lets a system clock run again."""
        self._base = self.underneath()
        self._stopped = True

    @contextmanager
    def hold(self, at: datetime) -> Iterator[None]:
        """Within this, time underneath stands still at `at`; the clock can be moved as ever.

        So a request has one instant, and asked again at that instant it comes to the same.
        """
        self._held = at
        try:
            yield
        finally:
            self._held = None

    def advance(self, by: timedelta) -> datetime:
        """Move time forward. Raises `ValueError` for a step back: windows and cool-downs assume time only goes on."""
        if by < timedelta(0):
            raise ValueError("time does not go back: use `set`, or restore a snapshot")
        self._lead += by
        return self.now()

    def set(self, instant: datetime) -> datetime:
        """Make `now()` be this instant, earlier or later."""
        self._lead += instant - self.now()
        return self.now()

    def read(self) -> Reading:
        return Reading(self.kind, self._base if self._stopped else None, self._lead)

    def restore(self, reading: Reading) -> None:
        self._stopped = self._source is None or reading.instant is not None
        if reading.instant is not None:
            self._base = reading.instant
        self._lead = reading.lead
