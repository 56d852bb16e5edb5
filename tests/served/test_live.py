"""An answer that goes on: it comes as things happen, keeps nobody, and ends when either side wants it to."""

import asyncio
import signal
import socket
from time import perf_counter
from typing import Any

import httpx
import pytest

from workato_emulator import Emulator

from .serving import Served, connected, serving

LIVE = "/_emulator/requests/live"


def _ask(served: Served, path: str = "/api/recipes") -> None:
    assert httpx.get(f"{served.url}{path}").status_code == 501


def _follow(connection: socket.socket, begin: bytes = b"") -> None:
    connection.sendall(b"GET %b HTTP/1.1\r\nHost: localhost\r\n%b\r\n" % (LIVE.encode(), begin))


def _read_until(connection: socket.socket, text: bytes) -> bytes:
    """What comes, up to and with this text. Raises `TimeoutError` where it does not come."""
    said = b""
    while text not in said:
        piece = connection.recv(65536)
        assert piece, said
        said += piece
    return said


@pytest.mark.socket
def test_requests_are_told_as_they_come() -> None:
    """For longer than a request may take to be sent, and to several who look at once."""
    with serving("--request-timeout", "0.3") as served, connected(served) as one, connected(served) as other:
        for each in (one, other):
            _follow(each)
            head = _read_until(each, b"retry: 1000\n\n")
            assert b"text/event-stream" in head
            assert b"content-length" not in head
        for number in range(1, 6):
            _ask(served, f"/api/recipes/{number}")
            for each in (one, other):
                assert b"/api/recipes/%d" % number in _read_until(each, b"\n\n")


@pytest.mark.socket
def test_whoever_comes_again_is_told_what_was_missed() -> None:
    """By the number of the last event, as a browser says it; word comes that the journal has begun again."""
    with serving() as served:
        for number in range(3):
            _ask(served, f"/api/recipes/{number}")
        with connected(served) as connection:
            _follow(connection, b"Last-Event-ID: 1\r\n")
            said = _read_until(connection, b"/api/recipes/2")
            assert (b"id: 1\n" in said, b"id: 2\n" in said) == (False, True)

            httpx.post(f"{served.url}/_emulator/v1/reset")
            _ask(served)
            assert b"event: again\n" in _read_until(connection, b"id: 1\n")


@pytest.mark.socket
def test_somebody_who_looks_keeps_no_server_from_its_end() -> None:
    """It stops at once, and says nothing of it."""
    with serving() as served, connected(served) as connection:
        _follow(connection)
        _read_until(connection, b"retry")
        begun = perf_counter()
        code, out, logged = served.stop(signal.SIGTERM)

        assert (code, out, logged) == (0, "", "")
        assert perf_counter() - begun < 4
        assert connection.recv(1) == b""


@pytest.mark.socket
def test_asking_for_the_head_alone_waits_for_nothing() -> None:
    """The connection goes on to the next request."""
    with serving() as served, httpx.Client(base_url=served.url) as client:
        for _ in range(2):
            answer = client.head(LIVE)
            assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/event-stream")


@pytest.mark.socket
def test_somebody_who_leaves_is_forgotten() -> None:
    """Half a goodbye is one."""
    with serving() as served, connected(served) as connection:
        _follow(connection)
        _read_until(connection, b"retry")
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass
        _ask(served)


def test_it_goes_on_under_another_server() -> None:
    """ASGI has it as a body with more to come, until the client hangs up."""
    emulator = Emulator()
    client = emulator.client("acme")
    sent: list[dict[str, Any]] = []

    async def follow() -> None:
        told = asyncio.Event()
        messages: list[dict[str, Any]] = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, Any]:
            if messages:
                return messages.pop()
            await told.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:  # noqa: ANN401  (a dictionary of ASGI's)
            sent.append(message)
            if len(sent) == 2:
                client.get("/api/recipes")
            elif len(sent) == 3:
                told.set()

        path = LIVE
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [], "scheme": "http"}
        await asyncio.wait_for(emulator.app(scope, receive, send), 10)

    asyncio.run(follow())

    assert [each.get("more_body") for each in sent] == [None, True, True]
    assert b"/api/recipes" in sent[2]["body"]
