"""Requests of whoever has a lease on the emulator.

Such a request says the lease's holder in a header, which nobody else knows. It may say from which address it comes, as
if it came from there, and is never kept waiting: whoever has the lease moves the clock. Nobody else's header counts, or
an allow list would mean nothing.
"""

from hmac import compare_digest
from typing import Protocol

from starlette.types import Scope

from workato_emulator.http.exchange import Exchange
from workato_emulator.service.snapshots import Lease

HOLDER = b"x-emulator-lease"
ADDRESS = b"x-emulator-from"


class Begins(Protocol):
    """A door, or what chooses one of several."""

    def begin(self, scope: Scope, /) -> Exchange: ...


def begin_under(lease: Lease, scope: Scope, door: Begins) -> Exchange:
    """The request as its sender means it, if that is the lease's holder; otherwise as it is."""
    said = dict(scope["headers"])
    if not compare_digest(said.get(HOLDER, b""), lease.holder.encode()):
        return door.begin(scope)
    address = said.get(ADDRESS)
    exchange = door.begin(
        {
            **scope,
            "headers": [each for each in scope["headers"] if each[0] not in {HOLDER, ADDRESS}],
            "client": scope.get("client") if address is None else (address.decode("latin-1"), 0),
        }
    )
    exchange.unhurried = True
    return exchange
