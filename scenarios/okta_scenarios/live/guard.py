"""What a scenario may write at a live workspace: to what it made, and to nobody else's."""

import re
from collections.abc import Collection

from workato_emulator import operation_of, shape_of

_ID = re.compile(r"/(?P<id>\d+|[a-z]{2}-[^/]+)")


class NotOurs(Exception):
    """A write is about something that the run did not make. It was not sent."""


class Unforeseen(Exception):
    """A write was answered as the contract does not say."""


class Guard:
    """Knows the ids that were made in this run. A write to one of the paths `making` makes something new."""

    def __init__(self, making: Collection[str]) -> None:
        self._making = making
        self._made: set[str] = set()

    def know(self, id_: object) -> None:
        self._made.add(str(id_))

    def check(self, method: str, path: str) -> None:
        """Raises `NotOurs`."""
        if method == "GET" or path in self._making:
            return
        found = _ID.search(path)
        if found is None or found["id"] not in self._made:
            raise NotOurs(f"{method} {path} is about something that this run did not make, so it was not sent")

    def judge(self, method: str, path: str, status: int) -> None:
        """Raises `Unforeseen`."""
        operation = operation_of(method, path)
        if method != "GET" and (operation is None or shape_of(operation, status) is None):
            raise Unforeseen(f"{method} {path} was answered with {status}, which the contract does not have")
