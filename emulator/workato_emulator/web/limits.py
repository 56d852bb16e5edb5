"""The rate limiter: one window per quota, in a persistent map, so that a snapshot of it is a reference."""

from datetime import datetime
from typing import Literal, NamedTuple

from immutables import Map

from workato_emulator.domain.limits import Window, spend
from workato_emulator.domain.values import ClientId, WorkspaceId


class Quota(NamedTuple):
    """Whose calls of which resource are counted together; `client` is None where a workspace's clients share."""

    workspace: WorkspaceId
    client: ClientId | None
    resource: str


class Limiter:
    __slots__ = ("_windows",)

    def __init__(self) -> None:
        self._windows: Map[Quota, Window] = Map()

    def spend(self, quota: Quota, limit: int, now: datetime, kind: Literal["sliding", "fixed"]) -> int:
        """Count one call and say how many are left. Raises `RequestsExhausted`, and then counts nothing."""
        window = spend(self._windows.get(quota, Window()), now, limit, kind)
        self._windows = self._windows.set(quota, window)
        return limit - len(window)

    def read(self) -> Map[Quota, Window]:
        return self._windows

    def restore(self, windows: Map[Quota, Window]) -> None:
        self._windows = windows
