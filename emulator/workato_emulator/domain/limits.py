"""How often somebody may call: an exact log of the last minute, as a value.

A window keeps the instants of the calls that were let through, numbered, in a persistent map. Looking at the one that
is `quota` calls back decides; a refused call is not written down, so it does not extend the wait.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from immutables import Map

from workato_emulator.domain.refusals import RequestsExhausted
from workato_emulator.domain.rules import rule

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The calls of the last minute: `calls[first]` is the oldest, `calls[next - 1]` the newest."""

    calls: Map[int, datetime] = field(default_factory=Map)
    first: int = 0
    next: int = 0

    def since(self, horizon: datetime) -> "Window":
        """This window without the calls at or before the horizon."""
        calls, first = self.calls, self.first
        while first < self.next and calls[first] <= horizon:
            calls = calls.delete(first)
            first += 1
        return self if first == self.first else Window(calls, first, self.next)

    def with_call(self, now: datetime) -> "Window":
        return Window(self.calls.set(self.next, now), self.first, self.next + 1)

    def __len__(self) -> int:
        return self.next - self.first


@rule(
    "LIM-1",
    "An API client gets 60 requests a minute per resource; a refused one does not count.",
    source="Workato API: Workspace collaborators and each resource's page, Rate limits",
)
def must_have_quota_left(window: Window, now: datetime, quota: int, opened_at: datetime | None) -> None:
    """`opened_at` is when the calendar minute began, where calendar minutes are what counts."""
    if len(window) < quota:
        return
    if opened_at is None:
        opened_at = window.calls[window.next - quota] if quota else now
    raise RequestsExhausted(opened_at + MINUTE - now)


def spend(window: Window, now: datetime, quota: int, kind: Literal["sliding", "fixed"]) -> Window:
    """The window after one more call. Raises `RequestsExhausted` and counts nothing when the quota is used up.

    `kind` is assumption `rate_window`: the last sixty seconds, or the calendar minute.
    """
    if kind == "fixed":
        opens_at = now.replace(second=0, microsecond=0)
        current = window.since(opens_at - timedelta(microseconds=1))
        must_have_quota_left(current, now, quota, opens_at)
        return current.with_call(now)
    current = window.since(now - MINUTE)
    must_have_quota_left(current, now, quota, None)
    return current.with_call(now)
