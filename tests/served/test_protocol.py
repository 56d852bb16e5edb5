"""HTTP as it is spoken on a port: what one request is, how long a connection lives, and what time it is."""

import json
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest
from click.testing import CliRunner

from workato_emulator.cli import main
from workato_emulator.server import GRACE

from .serving import Served, answered, connected, said, serving, statuses_of

MEBIBYTE = 1024 * 1024
PATIENCE = 2.0
LIMIT = 64 * 1024
KEY = b"Host: localhost\r\nAuthorization: Bearer wrkaus-acme-okta\r\n"
GET = b"GET /api/members HTTP/1.1\r\n" + KEY
LAST = GET + b"Connection: close\r\n\r\n"
GROUP = json.dumps({"user_group": {"name": "Upgraded"}}).encode()
SMUGGLED = b"DELETE /api/members/50022 HTTP/1.1\r\n" + KEY + b"\r\n"


@pytest.fixture(name="served", scope="module")
def _served() -> Iterator[Served]:
    with serving("--request-timeout", str(PATIENCE), bound=300) as served:
        yield served


@pytest.fixture(name="control")
def _control(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{served.url}/_emulator/v1", timeout=60) as control:
        control.post("/reset")
        yield control


def _asked(control: httpx.Client) -> list[tuple[str, str, int]]:
    """What the emulator took for a request."""
    return [(each["method"], each["path"], each["status"]) for each in control.get("/journal").json()["data"]]


def _upgrade(kind: bytes, body: bytes, *, chunked: bool = False) -> tuple[bytes, bytes]:
    """Head and body of a request that asks for another protocol."""
    length = b"Transfer-Encoding: chunked" if chunked else b"Content-Length: %d" % len(body)
    head = b"POST /api/user_groups HTTP/1.1\r\n" + KEY + b"Connection: keep-alive, Upgrade, HTTP2-Settings\r\nUpgrade: "
    framed = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if chunked else body
    return head + kind + b"\r\nHTTP2-Settings: AAMAAABk\r\n" + length + b"\r\n\r\n", framed


@pytest.mark.socket
@pytest.mark.parametrize("kind", [b"h2c", b"websocket", b"TLS/1.0, HTTP/2.0"])
@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("apart", [False, True])
def test_a_wish_to_upgrade_changes_nothing(
    served: Served, control: httpx.Client, kind: bytes, chunked: bool, apart: bool
) -> None:
    """The body belongs to the request, however it arrives, and the next request is the next one."""
    head, body = _upgrade(kind, GROUP, chunked=chunked)
    sent = (head, body, LAST) if apart else (head + body + LAST,)

    assert statuses_of(answered(served, *sent)) == [200, 200]
    assert _asked(control) == [("POST", "/api/user_groups", 200), ("GET", "/api/members", 200)]


@pytest.mark.socket
@pytest.mark.parametrize("apart", [False, True])
def test_nothing_is_smuggled_in_behind_an_upgrade(served: Served, control: httpx.Client, apart: bool) -> None:
    """A body that looks like a request is a body."""
    head, body = _upgrade(b"h2c", SMUGGLED)
    with connected(served) as connection:
        connection.sendall(head if apart else head + body)
        if apart:
            assert control.get("/health").status_code == 200  # the head has been read by now
            connection.sendall(body)
        connection.sendall(LAST)
        assert statuses_of(said(connection)) == [400, 200]
    assert _asked(control) == [("POST", "/api/user_groups", 400), ("GET", "/api/members", 200)]


def _head(length: int, filler: bytes) -> bytes:
    """A request whose head has exactly so many bytes."""
    if filler == b"url":
        start, end = b"GET /api/members?a=", b" HTTP/1.1\r\n" + KEY + b"Connection: close\r\n\r\n"
        return start + b"a" * (length - len(start) - len(end)) + end
    start, end = GET + b"Connection: close\r\n", b"\r\n"
    room = length - len(start) - len(end)
    if filler == b"blanks":
        return start + b"X-A:" + b" " * (room - 7) + b"b\r\n" + end
    line = b"a:\r\n" if filler == b"short headers" else b"X-A: %s\r\n" % (b"b" * 1000)
    lines = line * (room // len(line) - 2)
    return start + lines + b"X-B: " + b"c" * (room - len(lines) - 7) + b"\r\n" + end


@pytest.mark.socket
@pytest.mark.parametrize("filler", [b"url", b"headers", b"short headers", b"blanks"])
@pytest.mark.parametrize(
    ("length", "status"), [(LIMIT, 200), (LIMIT + 1, 431), (70_000, 431), (120_000, 431), (4 * LIMIT, 431)]
)
def test_a_head_has_sixty_four_kibibytes_and_not_one_more(
    served: Served, filler: bytes, length: int, status: int
) -> None:
    """Whatever it is made of: request line, long headers, short ones, or nothing at all."""
    sent = _head(length, filler)

    assert len(sent) == length
    assert statuses_of(answered(served, sent)) == [status]


@pytest.mark.socket
def test_a_long_head_is_refused_behind_another_request_too(served: Served) -> None:
    """And the other one is answered first."""
    first = GET + b"\r\n"

    assert statuses_of(answered(served, first + _head(120_000, b"short headers"))) == [200, 431]
    assert statuses_of(answered(served, first + b"GET /" + b"a" * LIMIT + b" HTTP/1.0\r\n\r\n")) == [200, 431]
    assert statuses_of(answered(served, first + b"NONSENSE\r\n\r\n")) == [200, 400]


@pytest.mark.socket
def test_an_old_client_needs_no_host(served: Served) -> None:
    """HTTP/1.0 has none; HTTP/1.1 is told what is missing."""
    assert statuses_of(answered(served, b"GET /_emulator/v1/clock HTTP/1.0\r\n\r\n")) == [200]
    refused = answered(served, b"GET /_emulator/v1/clock HTTP/1.1\r\n\r\n")
    assert statuses_of(refused) == [400]
    assert refused.endswith(b"the Host header is missing")


@pytest.mark.socket
def test_a_connection_outlives_the_pools_of_its_clients_and_says_so(served: Served) -> None:
    """Unless the client ends it."""
    kept = httpx.get(f"{served.url}/_emulator/v1/clock")
    ended = httpx.get(f"{served.url}/_emulator/v1/clock", headers={"Connection": "close"})

    assert kept.headers["keep-alive"] == "timeout=75"
    assert "keep-alive" not in ended.headers


@pytest.mark.socket
def test_the_date_is_the_emulators(served: Served, control: httpx.Client) -> None:
    """At both doors, on answers and refusals; it goes where the clock goes."""
    control.put("/clock", json={"now": "2031-05-06T07:08:09Z"})
    answers = [control.get("/clock"), control.get("/nothing"), httpx.get(f"{served.url}/api/members")]

    for each in answers:
        assert len(each.headers.get_list("date")) == 1
        ahead = parsedate_to_datetime(each.headers["date"]) - datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
        assert timedelta() <= ahead < timedelta(minutes=5)


@pytest.mark.socket
def test_head_is_answered_without_a_body(served: Served) -> None:
    """With the length that a GET has; what follows on the connection is the next answer."""
    asked = b"HEAD /_emulator/v1/health HTTP/1.1\r\n" + KEY + b"\r\n"
    answer = answered(served, asked + LAST)

    assert statuses_of(answer) == [200, 200]
    assert answer.split(b"\r\n\r\n", 1)[1].startswith(b"HTTP/1.1 200")


@pytest.mark.socket
def test_who_reads_nothing_is_given_up(served: Served) -> None:
    """A client that asks and asks and takes no answer loses its connection, and leaves no traceback."""
    with connected(served) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        with suppress(ConnectionError):
            connection.sendall((b"GET /_emulator/v1/rules HTTP/1.1\r\n" + KEY + b"\r\n") * 2_000)
        with pytest.raises(ConnectionError):  # a server that has patience for ever runs into the connection's timeout
            connection.sendall(b"G" * (64 * MEBIBYTE))
    assert "Traceback" not in served.logged()


@pytest.mark.socket
def test_who_leaves_before_the_answers_leaves_no_traceback(served: Served, control: httpx.Client) -> None:
    """Of requests sent in one go, the one being answered hears that nobody is there."""
    control.post("/faults", json={"operation": "listCollaborators", "effect": "latency", "latency_seconds": 1})
    with connected(served) as connection:
        connection.sendall((GET + b"\r\n") * 3)
    assert httpx.get(f"{served.url}/_emulator/v1/health").status_code == 200
    assert "Traceback" not in served.logged()


@pytest.mark.socket
def test_without_the_token_nothing_large_is_held() -> None:
    """Neither door keeps the body of somebody whom it will turn away, nor the wrong path of the control plane."""
    head = b"%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
    asked = [b"PUT /_emulator/v1/seed"] * 3 + [b"POST /_emulator/nowhere/seed"] * 3
    with serving("--control-token", "guarded", bound=120) as served:
        before = served.resident()
        senders = []
        for each in asked:
            with connected(served) as connection:
                senders.append(connection.dup())
            senders[-1].sendall(head % (each, 33 * MEBIBYTE))
            for _ in range(32):
                senders[-1].sendall(b"x" * MEBIBYTE)
        held = served.resident() - before
        for sender in senders:
            sender.close()

    assert held < 32 * MEBIBYTE


@pytest.mark.socket
def test_large_bodies_leave_as_they_came() -> None:
    """What a body held is given back: the journal keeps the beginning, and nothing else does."""
    body = b'{"name": "' + b"n" * (1000 * 1024) + b'"}'
    with (
        serving("--request-timeout", "60", bound=120) as served,
        httpx.Client(base_url=served.url, headers={"Authorization": "Bearer wrkaus-acme-okta"}, timeout=60) as client,
    ):
        client.post("/api/member_invitations", content=body)
        before = served.resident()
        for _ in range(60):
            assert client.post("/api/member_invitations", content=body).status_code == 400
        grown = served.resident() - before

    assert grown < 20 * MEBIBYTE


@pytest.mark.long
@pytest.mark.socket
def test_a_late_answer_does_not_make_the_end_loud() -> None:
    """Ctrl-C while somebody waits: the wait ends, and nothing is said."""
    with serving(bound=60) as served, httpx.Client(base_url=served.url) as client, connected(served) as waiting:
        client.post(
            "/_emulator/v1/faults",
            json={"operation": "listCollaborators", "effect": "latency", "latency_seconds": 600},
        )
        waiting.sendall(GET + b"\r\n")
        while not client.get("/_emulator/v1/journal").json()["data"]:
            pass
        code, out, logged = served.stop(signal.SIGINT)

    assert (code, out, logged) == (0, "", "")


@pytest.mark.socket
@pytest.mark.parametrize(
    ("arguments", "variable"),
    [
        pytest.param(["--control-token", ""], None, id="empty"),
        pytest.param(["--control-token", " "], None, id="a blank"),
        pytest.param(["--control-token", "two words"], None, id="a blank within"),
        pytest.param(["--control-token", "pässword"], None, id="not ASCII"),
        pytest.param(["--control-token", "line\nfeed"], None, id="a control character"),
        pytest.param(["--host", "0.0.0.0", "--control-token", ""], None, id="empty, for everybody"),  # noqa: S104
        pytest.param([], "", id="a variable that is set to nothing"),
    ],
)
def test_a_token_that_guards_nothing_is_refused_at_start(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], variable: str | None
) -> None:
    """No header could carry it, or every caller would."""
    if variable is not None:
        monkeypatch.setenv("WORKATO_EMULATOR_CONTROL_TOKEN", variable)
    result = CliRunner().invoke(main, ["serve", "--port", "0", *arguments])

    assert result.exit_code == 2
    assert "[SRV-3]" in result.output


@pytest.mark.socket
@pytest.mark.parametrize(
    ("head", "status"),
    [
        pytest.param(b"GET /api/members HTTP/2.0\r\n" + KEY, 505, id="another version"),
        pytest.param(b"GET /api/members HTTP/0.9\r\n" + KEY, 505, id="an old one"),
        pytest.param(
            b"PUT /api/members/1 HTTP/1.1\r\n" + KEY + b"Transfer-Encoding: gzip, chunked\r\n", 501, id="coding"
        ),
    ],
)
def test_what_is_not_spoken_is_refused_by_name(served: Served, head: bytes, status: int) -> None:
    """And the connection ends: nobody knows where such a request does."""
    assert statuses_of(answered(served, head + b"\r\n" + GET + b"\r\n")) == [status]


@pytest.mark.socket
def test_a_fault_that_closes_the_connection_says_so_once(served: Served, control: httpx.Client) -> None:
    """What stands behind it is not answered."""
    fault = {"operation": "listCollaborators", "status": 503, "headers": {"Connection": "close"}}
    control.post("/faults", json=fault).raise_for_status()
    answer = answered(served, GET + b"\r\n" + LAST)

    assert statuses_of(answer) == [503]
    assert answer.lower().count(b"connection: close") == 1
    assert b"keep-alive" not in answer


@pytest.mark.socket
def test_who_only_stops_sending_gets_a_late_answer(served: Served, control: httpx.Client) -> None:
    """As RFC 9112, section 9.6 has it; then the connection ends."""
    control.post("/faults", json={"operation": "listCollaborators", "effect": "latency", "latency_seconds": 0.3})
    with connected(served) as connection:
        connection.sendall(GET + b"\r\n" + GET + b"\r\n")
        connection.shutdown(socket.SHUT_WR)

        assert statuses_of(said(connection)) == [200, 200]


@pytest.mark.socket
def test_a_request_that_the_server_does_not_read_is_not_late(served: Served, control: httpx.Client) -> None:
    """While an answer is late the server reads no further, and that is not the client's fault."""
    late = PATIENCE + 0.5
    control.post("/faults", json={"operation": "listCollaborators", "effect": "latency", "latency_seconds": late})
    with connected(served) as connection:
        connection.sendall(GET + b"\r\n" + GET + b"\r\n" + LAST[:20])
        connection.sendall(LAST[20:])

        assert statuses_of(said(connection)) == [200, 200, 200]


@pytest.mark.socket
def test_a_connection_that_asked_nothing_holds_up_no_end() -> None:
    """A browser opens some beforehand."""
    with serving() as served, connected(served):
        httpx.get(f"{served.url}/_emulator/v1/health").raise_for_status()  # it is up and has seen the other one
        started = time.monotonic()
        code, _, logged = served.stop(signal.SIGINT)

    assert (code, logged) == (0, "")
    assert time.monotonic() - started < GRACE


@pytest.mark.socket
@pytest.mark.parametrize("turn", range(4))
def test_a_stop_right_after_the_greeting_is_quiet(turn: int) -> None:
    """The server is about to begin then; which moment is hit is chance, so it is tried some times."""
    with serving() as served:
        assert served.stop(signal.SIGINT)[::2] == (0, ""), turn


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        pytest.param(b"OPTIONS *", 405, b"allow: DELETE, GET, HEAD, PATCH, POST, PUT", id="the server as a whole"),
        pytest.param(b"OPTIONS /api/members", 405, b"allow: GET, HEAD", id="one path"),
        pytest.param(b"GET *", 400, b"OPTIONS only", id="a star for another method"),
        pytest.param(b"GET http://localhost/_emulator/v1/health", 200, b"workspaces", id="an absolute target"),
        pytest.param(b"GET http://localhost", 501, b"GET / is not emulated", id="one without a path"),
        pytest.param(b"GET http://localhost?a=1", 501, b"GET / is not emulated", id="a query without a path"),
        pytest.param(b"GET http://evil@localhost/_emulator/v1/health", 400, b"names no user", id="one with a user"),
        pytest.param(b"GET http://:x@localhost/api/members", 400, b"names no user", id="one with a password"),
    ],
)
@pytest.mark.socket
def test_a_target_is_a_path_or_an_address_without_a_user(served: Served, line: bytes, status: int, says: bytes) -> None:
    """RFC 9112, section 3.2, and RFC 9110, section 4.2.4."""
    answer = answered(served, line + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert statuses_of(answer) == [status]
    assert says in answer


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(b"POST /api/user_groups", [100, 200], id="a body that is wanted"),
        pytest.param(b"POST /api/user_groups HTTP/1.1\r\nContent-Length: 9000000", [413], id="one that is too large"),
        pytest.param(b"PUT /_emulator/v1/strict HTTP/1.1\r\nOrigin: http://localhost", [403], id="one turned away"),
    ],
)
@pytest.mark.socket
def test_a_body_is_asked_for_only_if_it_can_matter(
    served: Served, control: httpx.Client, head: bytes, expected: list[int]
) -> None:
    """A refusal that needs no body comes at once, and ends the connection."""
    line, _, more = head.partition(b" HTTP/1.1\r\n")
    length = b"" if b"Content-Length" in more else b"Content-Length: %d\r\n" % len(GROUP)
    with connected(served) as connection:
        connection.sendall(
            line + b" HTTP/1.1\r\n" + KEY + b"Expect: 100-continue\r\n" + length + (more + b"\r\n" if more else b"")
        )
        connection.sendall(b"Connection: close\r\n\r\n")
        if expected[0] == 100:
            assert connection.recv(100).startswith(b"HTTP/1.1 100 ")
            connection.sendall(GROUP)
        assert statuses_of(said(connection)) == [each for each in expected if each != 100]
    assert [status for _, _, status in _asked(control)] == [each for each in expected if each in {200, 413}]
