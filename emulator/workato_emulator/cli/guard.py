"""What uvicorn leaves to a proxy in front of it: a bound on how long, and how long-winded, a request may be."""

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from workato_emulator.cli.line import LendingProtocol

MAX_HEAD = 64 * 1024
"""Bytes of request line and headers, the double of what common servers take."""

_REFUSALS = {408: b"Request Timeout", 431: b"Request Header Fields Too Large"}


class GuardedProtocol(HttpToolsProtocol):
    """A request that is not there in whole after `patience` seconds ends its connection, with 408."""

    patience: ClassVar[float] = 30

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._timer: asyncio.TimerHandle | None = None
        self._reading_head = True
        self._ended = False
        self._head = self._unfinished = 0
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._ended = False
        super().data_received(data)
        if self.transport.is_closing():
            self._stop_waiting()
        elif self._reading_head and not self._ended:  # a header that does not end shows in no callback
            self._unfinished += len(data)
            if self._unfinished > MAX_HEAD:
                self._refuse(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect_request()
        self._reading_head = True
        self._head = self._unfinished = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head += len(name) + len(value)
        if self._head > MAX_HEAD:
            raise ValueError("headers too large")  # ends the parsing; uvicorn then asks for the answer, see below
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._reading_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._stop_waiting()
        self._reading_head = self._ended = True
        self._unfinished = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        if self._head > MAX_HEAD:
            self._refuse(431)
        elif not self.transport.is_closing():
            super().send_400_response(msg)

    def _unsupported_upgrade_warning(self) -> None:
        """No news: the emulator speaks HTTP only, and answers the request as if it had not asked for more."""

    def _expect_request(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(self.patience, self._refuse, 408)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _in_the_middle_of_an_answer(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request, whatever uvicorn declares
        return cycle is not None and cycle.response_started and not cycle.response_complete

    def _refuse(self, status: int) -> None:
        self._stop_waiting()
        if not self._in_the_middle_of_an_answer():
            self.transport.write(
                b"HTTP/1.1 %d %s\r\ncontent-length: 0\r\nconnection: close\r\n\r\n" % (status, _REFUSALS[status])
            )
        self.transport.close()


def protocol(patience: float) -> type[GuardedProtocol]:
    """The protocol with this patience, in seconds, and with a line that a fault may cut."""
    return type("PatientProtocol", (GuardedProtocol, LendingProtocol), {"patience": patience})
