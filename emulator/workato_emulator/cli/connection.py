"""The connection under uvicorn: a protocol that hands each request the means to close its connection.

ASGI itself has none: an app that returns early is answered for with a 500.
"""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from workato_emulator.clock import Clock
from workato_emulator.http.connection import CONNECTION

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol as HttpProtocol
else:
    HttpProtocol = AutoHTTPProtocol


GRACE = 5
"""Seconds that answers under way have when the server stops."""


class _SocketConnection:
    def __init__(self, transport: asyncio.Transport, receive: Receive) -> None:
        self._transport = transport
        self._receive = receive

    async def wait(self, seconds: float, clock: Clock) -> bool:  # noqa: ARG002  (the machine's time passes by itself)
        gone = asyncio.ensure_future(self._gone())
        try:
            done, _ = await asyncio.wait({gone}, timeout=seconds)
        except asyncio.CancelledError:  # a second Ctrl-C: the end is quiet even so
            self._transport.abort()
            with suppress(asyncio.CancelledError):
                await self._gone()
            return False
        gone.cancel()
        return not done

    async def hang_up(self) -> None:
        self._transport.close()
        await self._gone()  # uvicorn has to hear of it before the app returns

    async def _gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass


class LendingProtocol(HttpProtocol):
    """uvicorn's own HTTP protocol, whose requests carry a `Connection`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app = _lending(self.app, transport)

    def shutdown(self) -> None:
        super().shutdown()
        self.loop.call_later(GRACE, self.transport.abort)


def _lending(app: ASGIApp, transport: asyncio.Transport) -> ASGIApp:
    async def lent(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})[CONNECTION] = _SocketConnection(transport, receive)
        await app(scope, receive, send)

    return lent
