"""How often somebody may do something: the instants at which it was done, and how many of them still count.

Time may go back, so what is over is kept: it counts again at an earlier hour. What then lies ahead did not happen.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from workato_emulator.domain.refusals import Limited, Refusal, RequestsExhausted
from workato_emulator.domain.rules import rule

MINUTE = timedelta(minutes=1)
_TICK = timedelta(microseconds=1)
REMEMBERED = 1000
"""So many instants are kept of what is over."""

SHARED_WITH_SCIM = "members"
"""The resource of the Developer API whose quota SCIM spends too, where assumption `scim_rate_limit` says so."""

Kind = Literal["sliding", "fixed"]
"""Assumption `rate_window`: the last sixty seconds, or the calendar minute."""


def free_at(instants: Iterable[datetime], now: datetime, span: timedelta, limit: int) -> datetime:
    """The first moment from now on that has fewer than `limit` of these instants in the span before it.

    With a limit of 0 there is none: one span from now.
    """
    if not limit:
        return now + span
    ordered = sorted(instants)
    while True:
        first, end = bisect_right(ordered, now - span), bisect_right(ordered, now)
        if end - first < limit:
            return now
        now = ordered[end - limit] + span


class Window(Struct, frozen=True, eq=False):
    """The calls of one quota that count, in order: `calls[first]` is the oldest, `calls[end - 1]` the newest.

    Windows share `calls`, which is only ever appended to, and each knows its own part: so a window never changes, and
    one with one more call costs no copy.
    """

    calls: list[datetime] = []
    first: int = 0
    end: int = 0

    def seen_at(self, now: datetime) -> "Window":
        """This window without what lies ahead."""
        calls, end = self.calls, self.end
        if self.first == end or calls[end - 1] <= now:
            return self
        return Window(calls, self.first, bisect_right(calls, now, self.first, end))

    def recent(self, now: datetime, kind: Kind) -> int:
        """How many calls of this minute there are; nothing lies ahead."""
        horizon = now - MINUTE if kind == "sliding" else _opened_at(now) - _TICK
        return self.end - bisect_right(self.calls, horizon, self.first, self.end)

    def with_call(self, now: datetime) -> "Window":
        """This window, in which nothing lies ahead, with one more call."""
        calls, first, end = self.calls, self.first, self.end
        most_is_over = end - first > 2 * REMEMBERED and calls[(first + end) // 2] <= now - MINUTE
        if most_is_over or end != len(calls):  # or another went on from here
            first = min(max(first, end - REMEMBERED), bisect_right(calls, now - MINUTE, first, end))
            calls, first, end = calls[first:end], 0, end - first
        calls.append(now)
        return Window(calls, first, end + 1)

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
def must_have_quota_left(window: Window, used: int, now: datetime, quota: int, kind: Kind) -> None:
    """`window` is as seen now, and `used` of its calls are recent."""
    if used < quota:
        return
    since = now if not quota else window.calls[window.end - quota] if kind == "sliding" else _opened_at(now)
    raise RequestsExhausted(since + MINUTE - now)


def counts(refusal: Refusal, assumed: Literal["if_too_soon", "never", "always"]) -> bool:
    """Whether a call that passed the quota and was then refused counts all the same."""
    return assumed == "always" or (assumed == "if_too_soon" and isinstance(refusal, Limited))


def _opened_at(now: datetime) -> datetime:
    """When the calendar minute began."""
    return now.replace(second=0, microsecond=0)
