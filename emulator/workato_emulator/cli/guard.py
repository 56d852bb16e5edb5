"""What uvicorn leaves to a proxy in front of it: what is no request, and how long, or long-winded, one may be."""

import asyncio
import socket
from collections import deque
from struct import pack
from typing import ClassVar

import httptools
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from workato_emulator.cli.connection import LendingProtocol
from workato_emulator.http.origins import is_well_formed

MAX_HEAD = 64 * 1024
"""Bytes of request line and headers, the double of what common servers take."""

IDLE = 75
"""Seconds that a connection is kept open between two requests: longer than common pools keep theirs."""

_AT_ONCE = pack("ii", 1, 0)
"""Linger no second: the system, too, drops what the client has not read."""

_KEEP_ALIVE = (b"keep-alive", b"timeout=%d" % IDLE)
_PHRASES = {400: b"Bad Request", 408: b"Request Timeout", 431: b"Request Header Fields Too Large"}


class _Refused(Exception):
    """Raised out of the parser: this is no request that is answered."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class GuardedProtocol(HttpToolsProtocol):
    """A request that is not there in whole after `patience` seconds ends its connection, with 408.

    So does, without a word, a client that reads nothing of its answer for as long.
    """

    patience: ClassVar[float] = 30

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._timer: asyncio.TimerHandle | None = None
        self._reader: asyncio.TimerHandle | None = None
        self._running: RequestResponseCycle | None = None
        self._last_words: bytes | None = None
        self._reading_head = True
        self._asks_to_upgrade = False
        self._head = self._fed = 0
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._stop_watching()
        if self._running is not None:  # uvicorn tells the request that it read last, not the one that it answers
            self._running.disconnected = True
            self._running.message_event.set()
        self.pipeline.clear()
        super().connection_lost(exc)

    # Reading

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        while data and self._last_words is None and not self.transport.is_closing():
            piece, data = self._portion(data)
            try:
                self.parser.feed_data(piece)
            except httptools.HttpParserUpgrade as upgrade:
                data = piece[upgrade.args[0] :] + data
                self._go_on_without_upgrade()
            except httptools.HttpParserError as error:
                self._refuse_parsed(error)
            if self._reading_head and self._fed >= MAX_HEAD:
                self._refuse(431, "the request line and the headers are longer than 65536 bytes")

    def _portion(self, data: bytes) -> tuple[bytes, bytes]:
        """As much as the parser may have now: of a head no more than its limit."""
        if not self._reading_head:
            return data, b""
        room = MAX_HEAD - self._fed
        self._fed += min(room, len(data))
        return data[:room], data[room:]

    def _go_on_without_upgrade(self) -> None:
        """Read the head again as if it had not asked: a parser that has seen an upgrade takes no body for one."""
        self._asks_to_upgrade = False
        head = [self.parser.get_method(), b" ", self.url, b" HTTP/1.1\r\n"]
        for name, value in self.headers:
            if name == b"connection":
                options = [each for each in value.split(b",") if each.strip().lower() != b"upgrade"]
                head += [b"connection: ", b",".join(options), b"\r\n"]
            elif name != b"upgrade":
                head += [name, b": ", value, b"\r\n"]
        self.parser = httptools.HttpRequestParser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
        try:
            self.parser.feed_data(b"".join([*head, b"\r\n"]))
        except httptools.HttpParserError as error:
            self._refuse_parsed(error)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect_request()
        self._reading_head = True
        self._head = 0

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value) + 3)  # the colon and the line's end
        super().on_header(name, value)

    def _count(self, length: int) -> None:
        """A head that begins in the middle of what arrived shows its length only here."""
        self._head += length
        if self._head > MAX_HEAD:
            raise _Refused(431, "the request line and the headers are longer than 65536 bytes")

    def on_headers_complete(self) -> None:
        if self.parser.get_method() == b"CONNECT":
            raise _Refused(400, "the emulator is not a proxy")
        if self.parser.should_upgrade():
            self._asks_to_upgrade = True
            return
        self._settle_host()
        self._reading_head = False
        super().on_headers_complete()
        if self.cycle.keep_alive:
            self.cycle.default_headers = [*self.cycle.default_headers, _KEEP_ALIVE]

    def _settle_host(self) -> None:
        """One host, as RFC 9112, section 3.2 has it: the target's own where it names one."""
        hosts = [value for name, value in self.headers if name == b"host"]
        if len(hosts) > 1:
            raise _Refused(400, "there is more than one Host header")
        if not hosts and self.parser.get_http_version() == "1.1":
            raise _Refused(400, "the Host header is missing")
        if hosts and not is_well_formed(hosts[0].decode("latin-1")):
            raise _Refused(400, "the Host header names no host")
        if not self.url.startswith((b"/", b"*")):
            target = httptools.parse_url(self.url)
            port = b":%d" % target.port if target.port else b""
            self.headers[:] = [each for each in self.headers if each[0] != b"host"]
            self.headers.append((b"host", (target.host or b"") + port))

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def on_message_complete(self) -> None:
        if self._asks_to_upgrade:
            return
        self._stop_waiting()
        self._reading_head = True
        self._fed = 0
        super().on_message_complete()

    # Refusing

    def _refuse_parsed(self, error: Exception) -> None:
        cause = error.__context__
        if isinstance(cause, _Refused):
            self._refuse(cause.status, str(cause))
        else:
            self._refuse(400, "this is not an HTTP request")

    def _refuse(self, status: int, why: str) -> None:
        """Say so and close; behind the answers to what was asked before, which may still be on their way."""
        self._stop_waiting()
        self._last_words = (
            b"HTTP/1.1 %d %s\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\nconnection: close\r\n"
            b"\r\n%s" % (status, _PHRASES[status], len(why), why.encode())
        )
        running, newest = self._running, self.cycle
        if running is None or running.response_complete:
            self._say_last_words()
        elif newest.more_body:  # the one that is refused; it gets no other answer
            if newest is not running:
                self.pipeline = deque(each for each in self.pipeline if each[0] is not newest)
                return
            if not running.response_started:
                self.transport.write(self._last_words)
            self.transport.close()

    def _say_last_words(self) -> None:
        if self._last_words is not None:
            self.transport.write(self._last_words)
            self.transport.close()
            self._watch_reader()

    # Waiting

    def _expect_request(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(self.patience, self._refuse, 408, "the request did not come in time")

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.pipeline and self._running is not None and self._running.response_complete:
            self._say_last_words()
        if self.transport.is_closing():
            self._watch_reader()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._watch_reader()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_reader()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_watching()

    def _stop_watching(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            self._reader = None

    def _watch_reader(self) -> None:
        """End the connection if the client takes nothing of what waits for it."""
        waiting = self.transport.get_write_buffer_size()
        if self._reader is None and waiting:
            self._reader = self.loop.call_later(self.patience, self._look_after_reader, waiting)

    def _look_after_reader(self, before: int) -> None:
        self._reader = None
        if self.transport.get_write_buffer_size() >= before:
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            self.transport.abort()
        else:
            self._watch_reader()


def protocol(patience: float) -> type[GuardedProtocol]:
    """The protocol with this patience, in seconds, and with a connection that a fault may cut."""
    return type("PatientProtocol", (GuardedProtocol, LendingProtocol), {"patience": patience})
