"""The connection that an answer travels on, for the faults that disturb it.

ASGI has no words for a peer that hangs up or for time that passes on the way. Whoever carries the bytes (the
in-process transport, or `serve` under uvicorn) puts a `Connection` into the scope's extensions; with another server the
app does what it can without one.
"""

import asyncio
from typing import Protocol, cast

from starlette.types import Scope

from workato_emulator.clock import Clock

CONNECTION = "workato_emulator.connection"
"""The key in `scope["extensions"]`."""


class Connection(Protocol):
    async def wait(self, seconds: float, clock: Clock) -> bool:
        """Let the client wait so long. False when it has given up meanwhile and nobody is left to answer."""

    async def hang_up(self) -> None:
        """Close the connection; what was sent so far still arrives."""


class ConnectionDropped(Exception):
    """Raised into a server that lends no connection: the nearest thing to hanging up that plain ASGI has."""


class _Unknown:
    """The connection of a server that lends none."""

    async def wait(self, seconds: float, clock: Clock) -> bool:  # noqa: ARG002  (real time passes by itself)
        await asyncio.sleep(seconds)
        return True

    async def hang_up(self) -> None:
        raise ConnectionDropped


def connection_of(scope: Scope) -> Connection:
    return cast("Connection", scope.get("extensions", {}).get(CONNECTION) or _Unknown())
