"""How often somebody may call: an exact log of the last minute, as a value.

A window keeps the instants of the calls that count, in order. Looking at the one that is `quota` calls back decides. A
call that lies in the future, because the clock was set back, does not count, and the next call that counts forgets it:
so a window is in order whichever way time goes, and no wait is longer than a minute.
"""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from workato_emulator.domain.refusals import Limited, Refusal, RequestsExhausted
from workato_emulator.domain.rules import rule

MINUTE = timedelta(minutes=1)
_TICK = timedelta(microseconds=1)
_FEW = 64
"""Calls that are over and not worth a copy of the others."""

Kind = Literal["sliding", "fixed"]
"""Assumption `rate_window`: the last sixty seconds, or the calendar minute."""


class Window(Struct, frozen=True, eq=False):
    """The calls of the last minute: `calls[first]` is the oldest, `calls[end - 1]` the newest.

    Windows share `calls`, which is only ever appended to, and each knows its own part: so a window never changes, and
    one with one more call costs no copy.
    """

    calls: list[datetime] = []
    first: int = 0
    end: int = 0

    def seen_at(self, now: datetime, kind: Kind) -> "Window":
        """This window without the calls that are over, and without those in the future."""
        calls, first, end = self.calls, self.first, self.end
        if first == end:
            return self
        horizon = now - MINUTE if kind == "sliding" else _opened_at(now) - _TICK
        while first < end and calls[end - 1] > now:
            end -= 1
        while first < end and calls[first] <= horizon:
            first += 1
        return self if (first, end) == (self.first, self.end) else Window(calls, first, end)

    def with_call(self, now: datetime) -> "Window":
        calls, first, end = self.calls, self.first, self.end
        if end != len(calls) or first > max(_FEW, end - first):  # another went on from here, or most of it is over
            calls, first, end = calls[first:end], 0, end - first
        calls.append(now)
        return Window(calls, first, end + 1)

    def __len__(self) -> int:
        return self.end - self.first

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Window) and self.calls[self.first : self.end] == other.calls[other.first : other.end]

    def __hash__(self) -> int:
        return hash(tuple(self.calls[self.first : self.end]))


@rule(
    "LIM-1",
    "An API client gets 60 requests a minute per resource; a refused one does not count, unless it came too soon.",
    source="Workato API: Workspace collaborators and each resource's page, Rate limits; what counts is assumption "
    "refused_call_counts",
)
def must_have_quota_left(window: Window, now: datetime, quota: int, kind: Kind) -> None:
    """`window` is as seen now."""
    if len(window) < quota:
        return
    since = now if not quota else window.calls[window.end - quota] if kind == "sliding" else _opened_at(now)
    raise RequestsExhausted(since + MINUTE - now)


def counts(refusal: Refusal, assumed: Literal["if_too_soon", "never", "always"]) -> bool:
    """Whether a call that passed the quota and was then refused counts all the same."""
    return assumed == "always" or (assumed == "if_too_soon" and isinstance(refusal, Limited))


def _opened_at(now: datetime) -> datetime:
    """When the calendar minute began."""
    return now.replace(second=0, microsecond=0)
