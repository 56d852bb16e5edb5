"""Requests of whoever has a lease on the emulator.

Such a request says the lease's holder in a header, which nobody else knows. It may say from which address it comes, as
if it came from there, and is never kept waiting: whoever has the lease moves the clock. Nobody else's header counts, or
an allow list would mean nothing.
"""

from hmac import compare_digest

from starlette.types import Scope

from workato_emulator.clock import Clock
from workato_emulator.http.connection import CONNECTION, Connection, connection_of
from workato_emulator.service.snapshots import Lease

HOLDER = b"x-emulator-lease"
ADDRESS = b"x-emulator-from"


class _Unhurried:
    """A connection on which nobody waits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def wait(self, seconds: float, clock: Clock) -> bool:  # noqa: ARG002  (time is the holder's to move)
        return True

    async def hang_up(self) -> None:
        await self._connection.hang_up()


def as_asked_for(scope: Scope, lease: Lease) -> Scope:
    """The request as its sender means it, if that is the lease's holder; otherwise as it is."""
    said = dict(scope["headers"])
    if not compare_digest(said.get(HOLDER, b""), lease.holder.encode()):
        return scope
    address = said.get(ADDRESS)
    return {
        **scope,
        "headers": [each for each in scope["headers"] if each[0] not in {HOLDER, ADDRESS}],
        "client": scope.get("client") if address is None else (address.decode("latin-1"), 0),
        "extensions": {**scope.get("extensions", {}), CONNECTION: _Unhurried(connection_of(scope))},
    }
