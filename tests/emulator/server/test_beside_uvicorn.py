"""Our connection beside uvicorn's own protocol: the same bytes, the same answers, or a reason why not."""

import asyncio
import logging
import re
from collections.abc import Callable
from random import Random  # noqa: TID251  (what is sent is drawn from a seed)
from typing import Any, TypeAlias

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from workato_emulator.app import create_app
from workato_emulator.clock import Clock
from workato_emulator.server import protocol
from workato_emulator.state.seeds import parse

SEED = {
    "workspaces": {
        "acme": {
            "api_clients": [{"name": "okta", "token": "acme-okta"}],
            "collaborators": [{"name": "Ada", "email": "ada@example.test", "roles": {"dev": "Member"}}],
            "plan": {"requests_per_minute": 1_000_000},
        }
    }
}
METHODS = (b"GET", b"POST", b"PUT", b"DELETE", b"HEAD", b"OPTIONS", b"PATCH", b"get", b"CONNECT", b"BREW")
TARGETS = (
    b"/api/members",
    b"/api/members?email=ada",
    b"/api/members/50005",
    b"/api/member_invitations",
    b"/api/members/%2e%2e/users",
    b"/_emulator/v1/health",
    b"/_emulator/v1/journal?limit=1",
    b"/",
    b"*",
    b"/api//members",
    b"/api/members#fragment",
    b"http://acme.example.test/api/members",
    b"/\xc3\xa9",
    b"/api/members?a=%zz&a=1",
)
BODIES = (
    b"",
    b"{}",
    b'{"name": "Eve", "email": "eve@example.test", "role_name": "Member"}',
    b"\x00\xff",
    b"[" * 50,
    b"x" * 3000,
)
HEADERS = (
    b"Accept: */*",
    b"X-Correlation-Id: 7",
    b"X-Emulator-Rules: 1",
    b"Content-Type: application/json",
    b"Content-Type: text/plain",
    b"Connection: close",
    b"Connection: keep-alive",
    b"Expect: 100-continue",
    b"X-Empty:",
    b"X Blank: 1",
    b"Upgrade: websocket\r\nConnection: Upgrade",
    b"Content-Encoding: gzip",
)
UNLIKE: tuple[tuple[str, Callable[[bytes, bytes, bytes], object]], ...] = (
    ("ours takes exactly one well-formed Host", lambda _sent, ours, _theirs: b"Host header" in ours),
    ("ours reads the Host of an absolute target", lambda sent, _ours, _theirs: b" http://" in sent),
    ("ours speaks HTTP/1.1 and 1.0", lambda sent, _ours, _theirs: b"HTTP/2.0" in sent),
    ("ours knows * with OPTIONS only", lambda _sent, ours, _theirs: b"* is asked for by OPTIONS only" in ours),
    ("ours is no proxy", lambda sent, _ours, _theirs: b"CONNECT " in sent),
    ("ours reads on where somebody wished to upgrade", lambda sent, _ours, _theirs: b"Upgrade" in sent),
    (
        "ours says 100 Continue only while the body is not there",
        lambda sent, _ours, _theirs: b"100-continue" in sent.lower(),
    ),
    ("ours answers what stands before nonsense", lambda _sent, _ours, theirs: theirs.endswith(b" request received.")),
)
"""Why uvicorn's protocol answers otherwise: by what was sent, and what ours and uvicorn's said to it."""

WORDS_FOR_NONSENSE = re.compile(rb"Invalid HTTP request received\.|this is not an HTTP request")


Said: TypeAlias = tuple[bytes, bool]


class Wire(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = bytearray()
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if not self.closed:
            self.written += data

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    abort = close

    def get_write_buffer_size(self) -> int:
        return 0

    def pause_reading(self) -> None:
        """Nothing more comes anyhow."""

    resume_reading = pause_reading

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  (as the base class has it)
        return {"peername": ("127.0.0.1", 5), "sockname": ("127.0.0.1", 80)}.get(name, default)


def _one(random: Random) -> bytes:
    method = random.choice(METHODS) if random.random() < 0.3 else random.choice(METHODS[:4])
    body = random.choice(BODIES) if random.random() < 0.6 else b""
    lines = [
        b"%b %b HTTP/%b" % (method, random.choice(TARGETS), random.choice((b"1.1", b"1.1", b"1.1", b"1.0", b"2.0")))
    ]
    lines += [b"Host: acme.example.test"] * random.choices((1, 0, 2), (20, 1, 1))[0]
    lines += [b"Authorization: Bearer acme-okta"] * (random.random() < 0.8)
    lines += random.sample(HEADERS, random.choice((0, 0, 1, 2, 3)))
    if body and random.random() < 0.3:
        lines.append(b"Transfer-Encoding: chunked")
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    elif body or random.random() < 0.2:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _conversation(random: Random) -> list[bytes]:
    """What one client sends, in pieces: one request or some behind each other, perhaps damaged."""
    sent = bytearray(b"".join(_one(random) for _ in range(random.choice((1, 1, 1, 2, 3)))))
    if random.random() < 0.15:
        sent[random.randrange(len(sent))] = random.randrange(256)
    cuts = sorted(random.sample(range(len(sent)), min(len(sent), random.choice((0, 0, 1, 3)))))
    return [bytes(sent[start:end]) for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)]


async def _answers(connection: asyncio.Protocol, pieces: list[bytes]) -> Said:
    wire = Wire()
    connection.connection_made(wire)
    for each in pieces:
        if not wire.closed:
            connection.data_received(each)
        for _ in range(12):  # as many steps as an app of this kind and a queue of three take
            await asyncio.sleep(0)
    said = bytes(wire.written), wire.closed
    connection.connection_lost(None)
    await asyncio.sleep(0)
    return said


def _plain(answers: bytes) -> list[tuple[bytes, list[bytes], bytes]]:
    """Status, headers in their order and body of each answer, without what says only how long to keep a connection."""
    said = WORDS_FOR_NONSENSE.sub(b"nonsense", answers)
    found = []
    while said:
        head, _, said = said.partition(b"\r\n\r\n")
        status, *headers = head.split(b"\r\n")
        kept = sorted(each for each in headers if not each.startswith((b"keep-alive:", b"content-length:")))
        length = re.search(rb"content-length: (\d+)", head)
        size = 0 if length is None else int(length[1])
        size = len(b"nonsense") if said.startswith(b"nonsense") else size
        body = said[:size] if not said.startswith(b"HTTP/1.1") else b""  # an answer to HEAD has none
        said = said[len(body) :]
        found.append((status, kept, body))
    return found


class Pair:
    """An emulator behind our connection and an equal one behind uvicorn's."""

    def __init__(self) -> None:
        ours, theirs = (create_app(parse(SEED), clock=Clock.still()) for _ in range(2))
        self._state = ServerState()
        self._ours = protocol(ours, 30)
        self._config = uvicorn.Config(
            theirs, http=HttpToolsProtocol, ws="none", lifespan="off", proxy_headers=False, log_config=None
        )

    async def say(self, pieces: list[bytes]) -> tuple[Said, Said]:
        """What each of them answers, and whether it closed the connection then."""
        loop = asyncio.get_running_loop()
        mine = await _answers(self._ours(self._config, self._state, {}, loop), pieces)
        return mine, await _answers(HttpToolsProtocol(self._config, self._state, {}, loop), pieces)


async def _differences(rounds: int) -> list[tuple[bytes, Said, Said]]:
    random = Random(13)  # noqa: S311
    pair, found = Pair(), []
    for _ in range(rounds):
        pieces = _conversation(random)
        sent = b"".join(pieces)
        mine, other = await pair.say(pieces)
        differ = (_plain(mine[0]), mine[1]) != (_plain(other[0]), other[1])
        if differ:
            found.append((sent, mine, other))
        if differ or b"Upgrade" in sent:
            pair = Pair()  # what one of them did, or read, is not what the other did
    return found


def test_the_same_bytes_get_the_same_answers(long: bool, caplog: pytest.LogCaptureFixture) -> None:
    """Requests that are well-formed, damaged, in pieces and behind each other; each difference has its reason."""
    caplog.set_level(logging.CRITICAL, "uvicorn")
    seen, unexplained = dict.fromkeys((reason for reason, _ in UNLIKE), 0), []
    for sent, mine, other in asyncio.run(_differences(10_000 if long else 300)):
        reason = next((reason for reason, applies in UNLIKE if applies(sent, mine[0], other[0])), None)
        if reason is None:
            unexplained.append((sent, mine, other))
        else:
            seen[reason] += 1

    assert not unexplained, f"{len(unexplained)} differ without a reason, for one\n{unexplained[0]}"
    assert all(seen.values()), seen
