"""The app behind an `httpx` client, with no port, no thread and no event loop.

Nothing in the app ever waits, so the synchronous transport runs its coroutine to the end in one step.
"""

from collections.abc import AsyncIterable, Iterable
from typing import Any

import httpx
from starlette.types import ASGIApp, Message, Scope


class InProcessTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers requests of sync and async clients alike by calling the app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not isinstance(request.stream, Iterable):
            raise TypeError("a sync client sends a sync body")
        exchange = _Exchange(request, b"".join(request.stream))
        running = exchange.run(self._app).__await__()
        try:
            next(running)
        except StopIteration:
            return exchange.response()
        raise RuntimeError("the app waited for something; only an async client can wait with it")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not isinstance(request.stream, AsyncIterable):
            raise TypeError("an async client sends an async body")
        exchange = _Exchange(request, b"".join([chunk async for chunk in request.stream]))
        await exchange.run(self._app)
        return exchange.response()


class _Exchange:
    """One request as an ASGI scope, and the messages that answer it."""

    def __init__(self, request: httpx.Request, body: bytes) -> None:
        self._request = request
        self._body = body
        self._status = 500
        self._headers: list[tuple[bytes, bytes]] = []
        self._chunks: list[bytes] = []

    async def run(self, app: ASGIApp) -> None:
        await app(self._scope(), self._receive, self._send)

    def response(self) -> httpx.Response:
        return httpx.Response(
            self._status, headers=self._headers, content=b"".join(self._chunks), request=self._request
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
            "client": ("127.0.0.1", 0),
        }
        return scope

    async def _receive(self) -> Message:
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = list(message["headers"])
        else:
            self._chunks.append(message.get("body", b""))
