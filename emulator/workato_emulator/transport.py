"""The app behind an `httpx` client, with no port, no thread and no event loop.

Nothing in the app ever waits, so the synchronous transport runs its coroutine to the end in one step. Latency, which
a fault may ask for, is virtual here: it moves the clock, or becomes the client's own timeout.
"""

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from datetime import timedelta
from typing import Any

import httpx
from starlette.types import ASGIApp, Message, Scope

from workato_emulator.clock import LATEST, Clock
from workato_emulator.http.connection import CONNECTION


class InProcessTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers requests of sync and async clients alike by calling the app, as a caller from `address` would see it."""

    def __init__(self, app: ASGIApp, address: str = "127.0.0.1") -> None:
        self._app = app
        self._address = address

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not isinstance(request.stream, Iterable):
            raise TypeError("a sync client sends a sync body")
        exchange = _Exchange(request, b"".join(request.stream), self._address)
        running = exchange.run(self._app).__await__()
        try:
            next(running)
        except StopIteration:
            return exchange.response()
        raise RuntimeError("the app waited for something; only an async client can wait with it")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not isinstance(request.stream, AsyncIterable):
            raise TypeError("an async client sends an async body")
        exchange = _Exchange(request, b"".join([chunk async for chunk in request.stream]), self._address)
        await exchange.run(self._app)
        return exchange.response()


class _Exchange:
    """One request as an ASGI scope, and the messages that answer it."""

    def __init__(self, request: httpx.Request, body: bytes, address: str) -> None:
        self._request = request
        self._address = address
        self._body = body
        self._started = False
        self._status = 500
        self._headers: list[tuple[bytes, bytes]] = []
        self._chunks: list[bytes] = []
        self._failure: httpx.TransportError | None = None

    async def run(self, app: ASGIApp) -> None:
        await app(self._scope(), self._receive, self._send)

    def response(self) -> httpx.Response:
        """What arrived. Raises what `httpx` raises of a real connection when an armed fault let nothing arrive."""
        content = b"".join(self._chunks)
        if self._failure is None:
            return httpx.Response(self._status, headers=self._headers, content=content, request=self._request)
        if not self._started:
            raise self._failure
        return httpx.Response(
            self._status, headers=self._headers, stream=_Cut(content, self._failure), request=self._request
        )

    async def wait(self, seconds: float, clock: Clock) -> bool:
        """Virtual time: the clock moves on, as far as the client's own timeout has patience."""
        patience = self._request.extensions.get("timeout", {}).get("read")
        in_time = patience is None or seconds <= patience
        clock.advance(min(timedelta(seconds=seconds if in_time else patience), max(LATEST - clock.now(), timedelta())))
        if not in_time:
            self._failure = httpx.ReadTimeout("timed out", request=self._request)
        return in_time

    async def hang_up(self) -> None:
        expected = dict(self._headers).get(b"content-length", b"?").decode()
        received = sum(len(each) for each in self._chunks)
        self._failure = httpx.RemoteProtocolError(
            f"peer closed connection without sending complete message body (received {received} bytes, "
            f"expected {expected})"
            if self._started
            else "Server disconnected without sending a response.",
            request=self._request,
        )

    def _scope(self) -> Scope:
        url = self._request.url
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self._request.method,
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.split(b"?")[0],
            "query_string": url.query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in self._request.headers.raw],
            "server": (url.host, url.port),
            "client": (self._address, 0),
            "extensions": {CONNECTION: self},
        }
        return scope

    async def _receive(self) -> Message:
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._started = True
            self._status = message["status"]
            self._headers = list(message["headers"])
        elif self._request.method != "HEAD":
            self._chunks.append(message.get("body", b""))


class _Cut(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that breaks off: whoever reads it gets what arrived, and then the failure."""

    def __init__(self, content: bytes, failure: httpx.TransportError) -> None:
        self._content = content
        self._failure = failure

    def __iter__(self) -> Iterator[bytes]:
        yield self._content
        raise self._failure

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content
        raise self._failure
