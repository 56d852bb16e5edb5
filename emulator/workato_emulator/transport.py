"""The app behind an `httpx` client, with no port, no thread and no event loop.

Latency, which a fault may ask for, is virtual here: it moves the clock, or becomes the client's own timeout.
"""

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from datetime import timedelta

import httpx
from starlette.responses import Response
from starlette.types import Scope

from workato_emulator.app import App
from workato_emulator.clock import LATEST, Clock
from workato_emulator.http.faults import Disturbed


class InProcessTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers requests of sync and async clients alike by asking the app, as a caller from `address` would see it."""

    def __init__(self, app: App, address: str = "127.0.0.1") -> None:
        self._app = app
        self._caller = (address, 0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not isinstance(request.stream, Iterable):
            raise TypeError("a sync client sends a sync body")
        return self._respond(request, b"".join(request.stream))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not isinstance(request.stream, AsyncIterable):
            raise TypeError("an async client sends an async body")
        return self._respond(request, b"".join([chunk async for chunk in request.stream]))

    def _respond(self, request: httpx.Request, body: bytes) -> httpx.Response:
        """What arrives. Raises what `httpx` raises of a real connection when an armed fault lets nothing arrive."""
        exchange = self._app.begin(self._scope(request))
        response = self._app.finish(exchange, body if len(body) <= exchange.most else None)
        if not isinstance(response, Disturbed):
            return _whole(response, request)
        if response.seconds:
            _wait(response.seconds, self._app.backend.clock, request)
        return _whole(response.answer, request) if response.arrives == "all" else _cut(response, request)

    def _scope(self, request: httpx.Request) -> Scope:
        url = request.url
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.partition(b"?")[0],
            "query_string": url.query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "server": (url.host, url.port),
            "client": self._caller,
        }


def _whole(response: Response, request: httpx.Request) -> httpx.Response:
    content = b"" if request.method == "HEAD" else bytes(response.body)
    return httpx.Response(response.status_code, headers=response.raw_headers, content=content, request=request)


def _cut(response: Disturbed, request: httpx.Request) -> httpx.Response:
    """The part that arrives before the connection ends. Raises `RemoteProtocolError` where that is nothing."""
    if response.arrives == "nothing":
        raise httpx.RemoteProtocolError("Server disconnected without sending a response.", request=request)
    content = b"" if request.method == "HEAD" else bytes(response.body)
    expected = dict(response.raw_headers).get(b"content-length", b"?").decode()
    failure = httpx.RemoteProtocolError(
        f"peer closed connection without sending complete message body (received {len(content)} bytes, "
        f"expected {expected})",
        request=request,
    )
    stream = _Cut(content, failure)
    return httpx.Response(response.status_code, headers=response.raw_headers, stream=stream, request=request)


def _wait(seconds: float, clock: Clock, request: httpx.Request) -> None:
    """Virtual time: the clock moves on, as far as the client's own timeout has patience. Raises `ReadTimeout`."""
    patience = request.extensions.get("timeout", {}).get("read")
    in_time = patience is None or seconds <= patience
    clock.advance(min(timedelta(seconds=seconds if in_time else patience), max(LATEST - clock.now(), timedelta())))
    if not in_time:
        raise httpx.ReadTimeout("timed out", request=request)


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
