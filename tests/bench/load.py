"""A load generator that is cheaper than what it measures: raw keep-alive sockets, requests written before.

It runs in another process than the server. Each connection has one request in flight; a new one is sent as soon as
the answer before is there, so a server that answers one at a time always has the next one waiting.
"""

import selectors
import socket
from collections.abc import Iterator
from time import perf_counter
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

CONNECTIONS = 8
_LENGTH = b"content-length: "


class WrongAnswer(RuntimeError):
    """The server said something else than 200, or nothing."""


class Load:
    """Open connections to one server."""

    def __init__(self, url: str, connections: int = CONNECTIONS, patience: float = 30) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "", parts.port or 80)
        self._patience = patience
        self._sockets = [socket.create_connection(self._address, timeout=patience) for _ in range(connections)]
        self._selector = selectors.DefaultSelector()
        for each in self._sockets:
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(each, selectors.EVENT_READ)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._selector.close()
        for each in self._sockets:
            each.close()

    def seconds_for(self, requests: Iterator[bytes], count: int) -> float:
        """How long it takes until so many requests are answered. Raises `WrongAnswer`."""
        started = perf_counter()
        partial: dict[object, bytes] = {}
        sent = min(count, len(self._sockets))
        for each in self._sockets[:sent]:
            each.sendall(next(requests))
        answered = 0
        while answered < count:
            ready = self._selector.select(self._patience)
            if not ready:
                raise WrongAnswer(f"nothing for {self._patience:g} seconds")
            for key, _ in ready:
                peer = key.fileobj
                assert isinstance(peer, socket.socket)
                chunk = peer.recv(262_144)
                if not chunk:
                    raise WrongAnswer("the connection was closed")
                received = partial.pop(peer, b"") + chunk
                if not _is_whole(received):
                    partial[peer] = received
                    continue
                answered += 1
                if sent < count:
                    sent += 1
                    peer.sendall(next(requests))
        return perf_counter() - started


def _is_whole(received: bytes) -> bool:
    head = received.find(b"\r\n\r\n")
    if head < 0:
        return False
    if not received.startswith(b"HTTP/1.1 200"):
        raise WrongAnswer(received.decode("latin-1"))
    at = received.index(_LENGTH) + len(_LENGTH)
    return len(received) - head - 4 >= int(received[at : received.index(b"\r", at)])


def get(path: str, token: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\naccept: */*\r\n\r\n".encode()


def post(path: str, token: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\naccept: */*\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
