"""The rate limiter: one window per quota, in a persistent map, so that a snapshot of it is a reference."""

from datetime import datetime

from immutables import Map
from msgspec import Struct

from workato_emulator.domain.limits import Kind, Window, must_have_quota_left
from workato_emulator.domain.values import ClientId, Cloud, WorkspaceId

_FEW = 64
"""So many windows are not worth looking through."""
_NEW = Window()


class Quota(Struct, frozen=True):
    """Whose calls of which resource are counted together; `client` is None where a workspace's clients share."""

    workspace: WorkspaceId
    client: ClientId | None
    resource: str


class Allowance(Struct, frozen=True):
    """How many calls a quota allows, in which kind of minute."""

    quota: Quota
    limit: int
    kind: Kind


class Limiter:
    """`refusing` is for recovery: counts do not outlive the process, so it says that a recorded request was refused."""

    __slots__ = ("_many", "_windows", "refusing")

    def __init__(self) -> None:
        self._windows: Map[Quota, Window] = Map()
        self._many = _FEW
        self.refusing = False

    def admit(self, allowance: Allowance, now: datetime) -> int:
        """How many calls may be made, this one included. Raises `RequestsExhausted`.

        What lies ahead, because the clock was set back, is forgotten.
        """
        window = self._windows.get(allowance.quota, _NEW)
        seen = window.seen_at(now)
        if seen is not window:
            self._windows = self._windows.set(allowance.quota, seen)
        used = seen.recent(now, allowance.kind)
        must_have_quota_left(seen, used, now, 0 if self.refusing else allowance.limit, allowance.kind)
        return allowance.limit - used

    def left(self, allowance: Allowance, now: datetime) -> int:
        """How many calls may still be made."""
        return max(0, allowance.limit - self._windows.get(allowance.quota, _NEW).recent(now, allowance.kind))

    def count(self, quota: Quota, now: datetime, cloud: Cloud) -> None:
        """Count a call that was admitted. Now and then, forget the windows of clients that are gone."""
        self._windows = self._windows.set(quota, self._windows.get(quota, _NEW).with_call(now))
        if len(self._windows) > self._many:
            self._windows = Map({each: window for each, window in self._windows.items() if _lives(each, cloud)})
            self._many = max(_FEW, 2 * len(self._windows))

    def read(self) -> Map[Quota, Window]:
        return self._windows

    def restore(self, windows: Map[Quota, Window]) -> None:
        self._windows = windows


def _lives(quota: Quota, cloud: Cloud) -> bool:
    workspace = cloud.workspaces.get(quota.workspace)
    return workspace is not None and (quota.client is None or quota.client in workspace.clients)
