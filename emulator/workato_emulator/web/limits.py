"""The rate limiter: one window per quota, in a persistent map, so that a snapshot of it is a reference."""

from datetime import datetime
from typing import Literal, NamedTuple

from immutables import Map

from workato_emulator.domain.limits import Window, spend
from workato_emulator.domain.refusals import RequestsExhausted
from workato_emulator.domain.values import ClientId, WorkspaceId


class Quota(NamedTuple):
    """Whose calls of which resource are counted together; `client` is None where a workspace's clients share."""

    workspace: WorkspaceId
    client: ClientId | None
    resource: str


class Limiter:
    """`refused` says whether the present request was refused for its quota.

    A state file keeps that: counts do not outlive the process, so whoever asks the request again tells by `refusing`
    how it went then.
    """

    __slots__ = ("_windows", "refused", "refusing")

    def __init__(self) -> None:
        self._windows: Map[Quota, Window] = Map()
        self.refused = False
        self.refusing = False

    def spend(self, quota: Quota, limit: int, now: datetime, kind: Literal["sliding", "fixed"]) -> int:
        """Count one call and say how many are left. Raises `RequestsExhausted`, and then counts nothing."""
        window = self._windows.get(quota, Window())
        try:
            window = spend(window, now, 0 if self.refusing else limit, kind)
        except RequestsExhausted:
            self.refused = True
            raise
        self._windows = self._windows.set(quota, window)
        return limit - len(window)

    def read(self) -> Map[Quota, Window]:
        return self._windows

    def restore(self, windows: Map[Quota, Window]) -> None:
        self._windows = windows
