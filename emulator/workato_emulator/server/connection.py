"""One connection: its requests are answered in their order, and nobody keeps it for nothing.

An answer is decided and written as soon as its request is there, head and body at once. Only one that a fault delays
or cuts has a task of its own; what arrives meanwhile waits its turn, as it does while the client reads too slowly.
"""

import asyncio
import socket
from collections import deque
from http import HTTPStatus
from struct import pack
from typing import Any, ClassVar

from starlette.responses import Response
from uvicorn.config import Config
from uvicorn.protocols.utils import get_local_addr, get_remote_addr, is_ssl
from uvicorn.server import ServerState

from workato_emulator.app import Serves
from workato_emulator.http.backend import log
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.faults import Disturbed
from workato_emulator.http.live import EVERY, Live
from workato_emulator.server.reader import Refused, RequestReader

IDLE = 75
"""Seconds that a connection is kept open between two requests: longer than common pools keep theirs."""

GRACE = 5
"""Seconds that answers under way have when the server stops."""

_AT_ONCE = pack("ii", 1, 0)
"""Linger no second: the system, too, drops what the client has not read."""

_STATUS_LINES = {
    each.value: f"HTTP/1.1 {each.value} {each.phrase}\r\n".encode()
    for each in HTTPStatus
    if each.value >= 200  # noqa: PLR2004
}
_KEEP = b"keep-alive: timeout=%d\r\n\r\n" % IDLE
_CLOSE = b"connection: close\r\n\r\n"
_BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
_CLOCKS_TOLERANCE = 0.01
"""Seconds by which a timer of the event loop may come early."""


class Connection(asyncio.Protocol):
    """A request that is not there in whole after `patience` seconds ends its connection, with 408.

    So does, without a word, a client that reads nothing of its answer for as long.
    """

    app: ClassVar[Serves]
    patience: ClassVar[float] = 30

    def __init__(
        self,
        config: Config,  # noqa: ARG002  (what `uvicorn.Server` gives to every protocol)
        server_state: ServerState,
        app_state: dict[str, Any],  # noqa: ARG002
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._loop = _loop or asyncio.get_event_loop()
        self._tasks = server_state.tasks
        self._connections: set[Any] = server_state.connections  # typed as uvicorn's own protocols
        self._waiting: deque[tuple[Exchange, bytes | None, bool]] = deque()
        self._late: asyncio.Task[None] | None = None
        self._live: asyncio.TimerHandle | None = None
        self._left: asyncio.Future[None] = self._loop.create_future()
        self._paused = self._full = self._stopping = False
        self._last_words: bytes | None = None
        self._since = self._loop.time()
        """Since when it waits: for the rest of a request, or for the next one."""
        self._timer: asyncio.TimerHandle | None = None
        self._reader: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport
        self._connections.add(self)
        caller = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "server": get_local_addr(transport),
            "client": get_remote_addr(transport),
            "scheme": "https" if is_ssl(transport) else "http",
            "root_path": "",
        }
        self._requests = RequestReader(self.app, caller, self._take)
        self._requests.in_part = True  # one is expected at once
        self._set_timer()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self._connections.discard(self)
        for timer in (self._timer, self._reader, self._live):
            if timer is not None:
                timer.cancel()
        self._timer = self._reader = self._live = None
        self._requests.close()
        self._waiting.clear()
        if not self._left.done():
            self._left.set_result(None)
        self._transport.close()

    def shutdown(self) -> None:
        """The server stops: what is under way may end, for a while."""
        if self._live is None and (self._requests.has_head or self._is_busy or self._waiting):
            self._stopping = True
        else:
            self._transport.close()
        self._loop.call_later(GRACE, self._transport.abort)

    def eof_received(self) -> bool:
        """The client sends nothing more, and may wait for what it asked: the connection ends with the last answer."""
        self._stopping = True
        return self._live is None and (self._is_busy or bool(self._waiting))

    # Reading

    def data_received(self, data: bytes) -> None:
        requests = self._requests
        complete, in_part = requests.complete, requests.in_part
        try:
            requests.feed(data)
        except Refused as refused:
            self._refuse(refused.status, str(refused))
            return
        if requests.expects_continue and not self._is_busy and not self._waiting:
            self._say_continue()
        if requests.complete != complete or requests.in_part != in_part:
            self._since = self._loop.time()
        if self._timer is None or requests.in_part:  # or it comes too early, and then is moved on
            self._set_timer()

    def _say_continue(self) -> None:
        self._requests.expects_continue = False
        self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    @property
    def _is_busy(self) -> bool:
        return self._late is not None or self._full or self._live is not None

    def _take(self, exchange: Exchange, body: bytes | None, keeps: bool) -> None:
        if not self._is_busy and not self._waiting:
            self._answer(exchange, body, keeps)
            return
        self._waiting.append((exchange, body, keeps))
        if not self._paused and not self._transport.is_closing():
            self._paused = True
            self._transport.pause_reading()

    def _go_on(self) -> None:
        """Answer what waited, and then read on."""
        while self._waiting and not self._is_busy and not self._transport.is_closing():
            self._answer(*self._waiting.popleft())
        if self._waiting or self._is_busy or self._transport.is_closing():
            return
        if self._last_words is not None:
            self._say_last_words()
            return
        if self._requests.expects_continue:
            self._say_continue()
        if self._paused:
            self._paused = False
            self._transport.resume_reading()
        self._since = self._loop.time()
        self._set_timer()

    # Answering

    def _answer(self, exchange: Exchange, body: bytes | None, keeps: bool) -> None:
        try:
            response = self.app.finish(exchange, body)
            if isinstance(response, Live):
                self._transport.write(_head(response, keeps=False) + _body(response, exchange))
                self._requests.stop()
                self._go_on_telling(response)
                return
            if not isinstance(response, Disturbed):
                self._send(response, exchange, keeps=keeps)
                return
        except Exception:  # noqa: BLE001  (never a traceback to a user)
            log.exception("no answer could be made")
            self._send(Response("Internal Server Error", 500, media_type="text/plain"), exchange, keeps=False)
            return
        self._late = self._loop.create_task(self._disturb(response, exchange, keeps=keeps))
        self._tasks.add(self._late)
        self._late.add_done_callback(self._tasks.discard)

    async def _disturb(self, response: Disturbed, exchange: Exchange, *, keeps: bool) -> None:
        if response.seconds:
            try:
                await asyncio.wait({self._left}, timeout=response.seconds)
            except asyncio.CancelledError:  # a second Ctrl-C: the end is quiet even so
                self._transport.abort()
        self._late = None
        if self._transport.is_closing():
            return
        if response.arrives == "all":
            self._send(response.answer, exchange, keeps=keeps)
        else:
            if response.arrives == "half":
                self._transport.write(_head(response, keeps=keeps) + _body(response, exchange))
            self._close()
        self._go_on()

    def _go_on_telling(self, response: Live) -> None:
        """Add what there is to add, now and then; a client that reads too slowly is told less often."""
        if self._transport.is_closing():
            return
        if not self._full and (more := response.more()):
            self._transport.write(more)
        self._live = self._loop.call_later(EVERY, self._go_on_telling, response)

    def _send(self, response: Response, exchange: Exchange, *, keeps: bool) -> None:
        keeps = keeps and (not self._stopping or bool(self._waiting))
        if keeps and exchange.fault is not None:  # one may say that the connection ends with this answer
            keeps = all(b"close" not in value.lower() for name, value in response.raw_headers if name == b"connection")
        self._transport.write(_head(response, keeps=keeps) + _body(response, exchange))
        if not keeps:
            self._close()

    # Refusing

    def _refuse(self, status: int, why: str) -> None:
        """Say so and close; behind the answers to what was asked before, which may still be on their way."""
        self._requests.stop()
        text = Response(why, status, {"content-type": "text/plain; charset=utf-8"})
        self._last_words = _head(text, keeps=False) + bytes(text.body)
        self._go_on()

    def _say_last_words(self) -> None:
        if self._last_words is not None and not self._transport.is_closing():
            self._transport.write(self._last_words)
            self._close()

    def _close(self) -> None:
        self._requests.stop()
        self._waiting.clear()
        self._transport.close()
        self._watch_reader()

    # Waiting: one timer for the rest of a request and for the next one, moved on only when it comes too early

    def _due(self) -> float | None:
        """When its client has had time enough; None while it is the client that waits."""
        if self._paused:  # it is the server that does not read
            return None
        if self._requests.in_part:
            return self._since + self.patience
        return None if self._is_busy or self._waiting else self._since + IDLE

    def _set_timer(self) -> None:
        due = self._due()
        if due is None or self._transport.is_closing():
            return
        if self._timer is not None:
            if self._timer.when() <= due:
                return
            self._timer.cancel()
        self._timer = self._loop.call_at(due, self._look_at_the_time)

    def _look_at_the_time(self) -> None:
        self._timer = None
        due = self._due()
        if due is None or self._transport.is_closing():
            return
        if self._loop.time() < due - _CLOCKS_TOLERANCE:
            self._set_timer()
        elif self._requests.in_part:
            self._refuse(408, "the request did not come in time")
        else:
            self._close()

    def pause_writing(self) -> None:
        self._full = True
        self._watch_reader()

    def resume_writing(self) -> None:
        self._full = False
        if self._reader is not None:
            self._reader.cancel()
            self._reader = None
        self._go_on()

    def _watch_reader(self) -> None:
        """End the connection if the client takes nothing of what waits for it."""
        left = self._transport.get_write_buffer_size()
        if self._reader is None and left:
            self._reader = self._loop.call_later(self.patience, self._look_after_reader, left)

    def _look_after_reader(self, before: int) -> None:
        self._reader = None
        if self._transport.get_write_buffer_size() >= before:
            self._transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            self._transport.abort()
        else:
            self._watch_reader()


def _head(response: Response, *, keeps: bool) -> bytes:
    status = response.status_code
    lines = [b": ".join(each) for each in response.raw_headers if each[0] != b"connection"]
    lines.append(b"")
    head = (_STATUS_LINES.get(status) or b"HTTP/1.1 %d \r\n" % status) + b"\r\n".join(lines)
    if head.count(b"\n") != len(lines) or head.count(b"\r") != len(lines):
        raise ValueError("a header of the answer holds a line break")
    if (
        head.find(b"\r\ncontent-length: ") < 0  # `in` is ten times slower
        and status not in _BODILESS
        and not isinstance(response, Live)
    ):
        head += b"content-length: %d\r\n" % len(response.body)
    return head + (_KEEP if keeps else _CLOSE)


def _body(response: Response, exchange: Exchange) -> bytes:
    return b"" if exchange.method == "HEAD" or response.status_code in _BODILESS else bytes(response.body)


def protocol(app: Serves, patience: float) -> type[Connection]:
    """The protocol for `uvicorn.Config(http=…)`: this app, and this patience in seconds."""
    return type("BoundConnection", (Connection,), {"app": app, "patience": patience})
