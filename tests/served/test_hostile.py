"""What no decent client sends: over a raw socket, because decent clients cannot say it."""

import json
import signal
from collections.abc import Iterator

import httpx
import pytest

from .serving import Served, answered, connected, said, serving, statuses_of

PATIENCE = 2.0
"""Seconds that the server below gives a request."""

MEBIBYTE = 1024 * 1024
AUTH = b"Host: localhost\r\nAuthorization: Bearer wrkaus-acme-okta\r\n"
INVITE = b"POST /api/member_invitations HTTP/1.1\r\n" + AUTH


@pytest.fixture(name="served", scope="module")
def _served() -> Iterator[Served]:
    with serving("--request-timeout", str(PATIENCE), bound=120) as served:
        yield served


def _get(target: bytes, headers: bytes = b"", version: bytes = b"1.1", method: bytes = b"GET") -> bytes:
    return method + b" " + target + b" HTTP/" + version + b"\r\n" + AUTH + b"Connection: close\r\n" + headers + b"\r\n"


def _post(body: bytes, headers: bytes = b"") -> bytes:
    head = b"Connection: close\r\nContent-Type: application/json\r\n" + headers
    return INVITE + head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _chunked(chunks: bytes, headers: bytes = b"") -> bytes:
    return INVITE + b"Connection: close\r\nTransfer-Encoding: chunked\r\n" + headers + b"\r\n" + chunks


def _to(host: bytes) -> bytes:
    return b"GET /_emulator/v1/clock HTTP/1.1\r\nConnection: close\r\nHost: " + host + b"\r\n\r\n"


DEEP = b"[" * 100_000 + b"]" * 100_000
FULL = json.dumps(
    {
        "name": "N",
        "email": "smuggled@example.test",
        "env_roles": [{"environment_type": "dev", "name": "Member", "role_type": "environment"}],
    }
).encode()

NOISE = {
    "nothing": (b"\r\n\r\n\r\n", {408}),
    "bytes": (b"\x00\xff\xfe\x80" * 100 + b"\r\n\r\n", {400}),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200, {400}),
    "no version": (b"GET /api/members\r\n\r\n", {505}),
    "version 0.9": (_get(b"/api/members", version=b"0.9"), {505}),
    "version 3.0": (_get(b"/api/members", version=b"3.0"), {400}),
    "HTTP/1.0": (b"GET /api/members HTTP/1.0\r\nAuthorization: Bearer wrkaus-acme-okta\r\n\r\n", {200}),
    "HTTP/2 preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400}),
    "unknown method": (_get(b"/api/members", method=b"FROBNICATE"), {400}),
    "TRACE": (_get(b"/api/members", method=b"TRACE"), {405}),
    "CONNECT": (_get(b"localhost:80", method=b"CONNECT"), {400}),
    "OPTIONS *": (_get(b"*", method=b"OPTIONS"), {405}),
    "absolute target": (_get(b"http://evil.example.test/api/members"), {200}),
    "bad absolute target": (_get(b"http://["), {400}),
    "two slashes": (_get(b"//api//members"), {501}),
    "dots": (_get(b"/api/../_emulator/v1/export"), {404}),
    "encoded dots": (_get(b"/api/%2e%2e/_emulator/v1/export"), {404}),
    "encoded slash": (_get(b"/api%2fmembers"), {404}),
    "zero": (_get(b"/api/members/%00"), {400, 404, 501}),
    "bad escapes": (_get(b"/api/members/%zz%"), {400, 404, 501}),
    "half a character": (_get(b"/api/members/%c3%28%ff"), {400, 404, 501}),
    "surrogates": (_get(b"/api/user_groups/%ed%a0%80"), {404, 501}),
    "non-ASCII path": (_get("/api/müller".encode()), {400, 501}),
    "non-ASCII query": (_get("/api/members?email=ü".encode()), {200, 400}),
    "bad query": (_get(b"/api/members?%ff=%00&&&=&page=%f0&page=1"), {200, 400}),
    "many parameters": (_get(b"/api/members?" + b"a=1&" * 10_000), {200, 431}),
    "long path": (_get(b"/api/" + b"a" * 60_000), {431, 501}),
    "very long path": (_get(b"/api/" + b"a" * MEBIBYTE), {431}),
    "long segments": (_get(b"/api" + b"/a" * 20_000), {501}),
    "huge header": (_get(b"/api/members", b"X-Long: " + b"a" * MEBIBYTE + b"\r\n"), {431}),
    "a header that does not end": (b"GET / HTTP/1.1\r\nX-Long: " + b"a" * (4 * MEBIBYTE), {431}),
    "many headers": (_get(b"/api/members", b"".join(b"X-%d: y\r\n" % each for each in range(20_000))), {431}),
    "a thousand headers": (_get(b"/api/members", b"".join(b"X-%d: y\r\n" % each for each in range(1_000))), {200}),
    "header without a name": (_get(b"/api/members", b": y\r\n"), {400}),
    "header with zero": (_get(b"/api/members", b"X-A: \x00\r\n"), {400}),
    "header with bytes": (_get(b"/api/members", b"X-Correlation-Id: \xff\xfe\r\nUser-Agent: \x80\r\n"), {200}),
    "folded header": (_get(b"/api/members", b"X-A: b\r\n c\r\n"), {200, 400}),
    "two tokens": (_get(b"/api/members", b"Authorization: Bearer other\r\n"), {200, 401}),
    "no host": (b"GET /api/members HTTP/1.1\r\nAuthorization: Bearer wrkaus-acme-okta\r\n\r\n", {400}),
    "a loopback address and more": (_to(b"[::1]evil.example.test"), {400}),
    "a loopback address as a user": (_to(b"127.0.0.1@evil.example.test"), {400}),
    "a loopback name within a name": (_to(b"localhost.evil.example.test:80"), {403}),
    "a port that is none": (_to(b"localhost:evil"), {400}),
    "two ports": (_to(b"localhost:80:80"), {400}),
    "a host with a blank": (_to(b"localhost evil.example.test"), {400}),
    "a host with a slash": (_to(b"localhost/evil"), {400}),
    "a target elsewhere": (_get(b"http://evil.example.test/_emulator/v1/clock"), {403}),
    "a target elsewhere by its user": (_get(b"http://localhost@evil.example.test/_emulator/v1/clock"), {400}),
    "two hosts": (_get(b"/_emulator/v1/clock", b"Host: localhost\r\n"), {400}),
    "websocket": (
        _get(
            b"/api/members",
            b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eHh4\r\n",
        ),
        {200, 400},
    ),
    "HTTP/2 upgrade": (_get(b"/api/members", b"Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: A\r\n"), {200}),
    "body that must be a string": (_post(b"\xff\xfe{}"), {400}),
    "deep JSON": (_post(DEEP), {400}),
    "deep JSON for the control plane": (
        b"PUT /_emulator/v1/seed HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        % len(DEEP)
        + DEEP,
        {400},
    ),
    "a number of a million digits": (_post(b"9" * (MEBIBYTE - 10)), {400}),
    "a body too large": (_post(b" " * (3 * MEBIBYTE)), {413}),
    "two lengths": (_post(FULL, b"Content-Length: 0\r\n"), {400}),
    "a negative length": (INVITE + b"Content-Length: -1\r\n\r\n", {400}),
    "a huge length": (INVITE + b"Content-Length: 99999999999999999999999999\r\n\r\n", {400}),
    "no number for a length": (INVITE + b"Content-Length: ten\r\n\r\n", {400}),
    "length and chunks": (_chunked(b"0\r\n\r\n", b"Content-Length: 5\r\n"), {400}),
    "bad chunk": (_chunked(b"zz\r\n{}\r\n0\r\n\r\n"), {400}),
    "huge chunk size": (_chunked(b"f" * 40 + b"\r\n{}"), {400}),
    "two encodings": (_chunked(b"0\r\n\r\n", b"Transfer-Encoding: gzip\r\n"), {400}),
    "long trailers": (_chunked(b"0\r\n" + b"X-A: " + b"b" * MEBIBYTE + b"\r\n\r\n"), {400, 431}),
    "too short": (INVITE + b"Content-Length: 10\r\n\r\n{}", {408}),
}


@pytest.mark.socket
@pytest.mark.parametrize(("sent", "expected"), [pytest.param(*each, id=name) for name, each in NOISE.items()])
def test_noise_is_answered_or_refused(served: Served, sent: bytes, expected: set[int]) -> None:
    """Never with a failure; and nothing of it reaches the state."""
    statuses = statuses_of(answered(served, sent))

    assert statuses[:1]
    assert statuses[0] in expected
    assert not [each for each in statuses if each >= 500 and each not in {501, 505}]


@pytest.mark.socket
def test_pipelined_requests_are_answered_in_their_order(served: Served) -> None:
    """Also when one of them is refused; what stands behind nonsense is not read."""
    first = b"GET /api/members HTTP/1.1\r\n" + AUTH + b"\r\n"
    last = _get(b"/api/nothing")

    assert statuses_of(answered(served, first * 3 + last)) == [200, 200, 200, 501]
    assert statuses_of(answered(served, b"NONSENSE\r\n\r\n" + first)) == [400]
    bad = INVITE + b"Content-Length: 2\r\n\r\n{}"
    assert statuses_of(answered(served, bad + last)) == [400, 501]


@pytest.mark.socket
@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(b"NONSENSE\r\n\r\n", id="no-request"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", id="two-hosts"),
        pytest.param(INVITE + b"Content-Length: x\r\n\r\n", id="no-length"),
        pytest.param(INVITE + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", id="no-chunk"),
        pytest.param(INVITE + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\nzz\r\n", id="no-second-chunk"),
    ],
)
def test_what_stands_before_nonsense_is_answered(served: Served, bad: bytes) -> None:
    """However much of the nonsense could be read: what came before is answered, it gets 400, and that is the end."""
    first = b"GET /api/members HTTP/1.1\r\n" + AUTH + b"\r\n"

    assert statuses_of(answered(served, first + bad)) == [200, 400]
    assert statuses_of(answered(served, first * 3 + bad + first)) == [200, 200, 200, 400]


@pytest.mark.socket
def test_slow_senders_hold_up_nobody_and_are_given_up(served: Served) -> None:
    """A head that does not come, a body byte by byte, a body that never ends: 408 for them, answers for the others."""
    body = FULL.replace(b"smuggled", b"half")
    openings = [
        b"",
        b"GET /api/members HTT",
        b"GET /api/members HTTP/1.1\r\nX-Slow: ",
        INVITE + b"Content-Length: %d\r\n\r\n" % (len(body) + 100) + body,
        INVITE + b"Transfer-Encoding: chunked\r\n\r\nff\r\n{",
    ]
    with httpx.Client(base_url=served.url, headers={"Authorization": "Bearer wrkaus-acme-okta"}) as others:
        others.post("/_emulator/v1/reset")
        slow = []
        for opening in openings:
            with connected(served) as connection:
                slow.append(connection.dup())
            slow[-1].sendall(opening)
        for _ in range(5):
            assert others.get("/api/members").status_code == 200
            for each in slow[2:]:
                each.send(b" ")
        assert [statuses_of(said(each)) for each in slow] == [[408]] * len(openings)
        for each in slow:
            each.close()
        assert others.get("/_emulator/v1/workspaces/acme/invitations").json()["data"][1:] == []


@pytest.mark.socket
def test_a_request_in_pieces_is_a_request(served: Served) -> None:
    """As long as all of it comes in time."""
    sent = _post(FULL.replace(b"smuggled", b"pieces"))

    assert statuses_of(answered(served, *(sent[at : at + 1] for at in range(len(sent))))) == [200]


@pytest.mark.socket
def test_a_caller_who_leaves_in_the_middle_has_done_nothing(served: Served) -> None:
    """A whole body that is not at its announced end is not acted upon."""
    with httpx.Client(base_url=served.url) as others:
        before = others.get("/_emulator/v1/export").json()
        with connected(served) as connection:
            connection.sendall(INVITE + b"Content-Length: 1000\r\n\r\n" + FULL)
        assert others.get("/_emulator/v1/export").json() == before


@pytest.mark.socket
@pytest.mark.slow
def test_noise_leaves_no_trace_in_log_or_memory(long: bool) -> None:
    """No traceback; and once the journal's ring is full, no growth, however large the bodies are."""
    noise = [sent for sent, expected in NOISE.values() if 408 not in expected]
    heavy = _post(b'{"name": "' + b"n" * (900 * 1024) + b'"}')
    with serving("--request-timeout", str(PATIENCE), bound=600) as served:
        for each in noise:
            answered(served, each)
        for _ in range(40):
            answered(served, heavy)
        warm = served.resident()
        for _ in range(40 if long else 2):
            for each in noise:
                answered(served, each)
            for _ in range(40):
                answered(served, heavy)
        grown = served.resident() - warm
        code, _, logged = served.stop(signal.SIGTERM)

    assert code == 0
    assert "Traceback" not in logged
    assert grown < 40 * MEBIBYTE
