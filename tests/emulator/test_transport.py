"""The app behind an `httpx` client: sync and async, without port, thread or event loop."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from starlette.types import Message, Scope

from workato_emulator import Emulator
from workato_emulator.transport import InProcessTransport

from .world import NEW, SEED, Json, World, row

INVITATION = {"name": "New", "email": NEW, "env_roles": [row("dev", "Member")]}


def test_an_async_client_sees_the_same_world(world: World) -> None:
    """What one client does the other can read, and many may ask at once."""

    async def talk() -> list[int]:
        async with world.emulator.async_client("acme") as client:
            sent = await client.post("/api/member_invitations", json=INVITATION)
            again = await asyncio.gather(*(client.get("/api/users/me") for _ in range(61)))
        return [sent.status_code, *(each.status_code for each in again)]

    assert asyncio.run(talk()) == [200, *[200] * 60, 429]
    assert [each["email"] for each in world.invitations()] == [NEW]


def test_an_async_client_may_bear_any_token(world: World) -> None:
    """As the sync one may."""

    async def talk() -> int:
        async with world.emulator.async_client("acme", token="dead") as client:
            return (await client.get("/api/members")).status_code

    assert asyncio.run(talk()) == 401


def test_a_body_may_come_in_pieces(world: World) -> None:
    """From a generator of either kind."""
    pieces = [b'{"name": "New", "email": "a@example.test", ', b'"role_name": "Member"}']

    def some() -> Iterator[bytes]:
        yield from pieces

    async def others() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece.replace(b"a@", b"b@")

    async def talk() -> int:
        async with world.emulator.async_client("acme") as client:
            return (await client.post("/api/member_invitations", content=others())).status_code

    assert world.acme.post("/api/member_invitations", content=some()).status_code == 200
    assert asyncio.run(talk()) == 200


def test_a_body_of_the_other_kind_is_refused(world: World) -> None:
    """A sync client sends a sync body, an async one an async body."""

    async def nothing() -> AsyncIterator[bytes]:
        yield b""  # pragma: no cover  (nobody gets so far)

    transport = InProcessTransport(world.emulator.app)
    request = httpx.Request("POST", "http://workato.example.test/", content=nothing())
    with pytest.raises(TypeError, match="a sync client sends a sync body"):
        transport.handle_request(request)
    with pytest.raises(TypeError, match="an async client sends an async body"):
        asyncio.run(transport.handle_async_request(httpx.Request("POST", "http://x/", content=iter([b""]))))


def test_an_emulator_is_isolated() -> None:
    """Two of them share nothing."""
    one, other = Emulator(SEED), Emulator(SEED)
    one.client("acme").post("/api/member_invitations", json=INVITATION)

    assert other.client("acme").post("/api/member_invitations", json=INVITATION).status_code == 200


def _converse(scope: Scope, *incoming: Message) -> list[Message]:
    """What the app sends when a server hands it this scope and these messages."""
    sent: list[Message] = []
    waiting = list(incoming)

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Emulator(SEED).app(scope, receive, send))
    return sent


def _request(**more: Json) -> Scope:
    return {
        "type": "http",
        "method": "POST",
        "path": "/api/member_invitations",
        "query_string": b"",
        "headers": [(b"authorization", b"Bearer acme-okta")],
    } | more


def test_a_server_may_deliver_a_body_in_pieces() -> None:
    """As many as it likes."""
    sent = _converse(
        _request(),
        {"type": "http.request", "body": b'{"name": "New", "email": "a@b.c",', "more_body": True},
        {"type": "http.request", "more_body": True},
        {"type": "http.request", "body": b'"role_name": "Member"}'},
    )

    assert sent[0]["status"] == 200


def test_a_caller_who_hangs_up_in_the_middle_did_nothing() -> None:
    """Half a request is none, and nobody is there to be answered."""
    sent = _converse(
        _request(), {"type": "http.request", "body": b'{"name"', "more_body": True}, {"type": "http.disconnect"}
    )

    assert sent == []


@pytest.mark.parametrize("path", ["*", ""])
def test_a_target_that_is_no_path_is_no_operation(path: str) -> None:
    """As in `OPTIONS *`."""
    sent = _converse(_request(method="OPTIONS", path=path), {"type": "http.request", "body": b""})

    assert sent[0]["status"] == 501


def test_the_app_has_nothing_to_open_or_close() -> None:
    """Servers that ask are told so at once."""
    sent = _converse({"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})

    assert [each["type"] for each in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_the_app_speaks_http_only() -> None:
    """A web socket is a mistake of whoever opened it."""
    with pytest.raises(ValueError, match="the emulator does not speak websocket"):
        _converse({"type": "websocket", "path": "/api"})
