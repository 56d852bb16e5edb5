"""What a connection held is free as soon as it is over, without the collector of garbage."""

import asyncio
import gc
from weakref import ref

import pytest
import uvicorn
from uvicorn.server import ServerState

from workato_emulator.app import create_app
from workato_emulator.clock import Clock
from workato_emulator.server import protocol
from workato_emulator.state.seeds import parse

from .test_beside_uvicorn import SEED, Wire

HEAD = b"POST /api/member_invitations HTTP/1.1\r\nHost: acme.example.test\r\nAuthorization: Bearer acme-okta\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(HEAD + b"Content-Length: 9\r\n\r\n" + b"x" * 9, id="answered"),
        pytest.param(HEAD + b"Content-Length: 900\r\n\r\n" + b"x" * 9, id="left in the middle"),
        pytest.param(HEAD + b"Content-Length: 9\r\nConnection: close\r\n\r\n" + b"x" * 9, id="closed"),
        pytest.param(b"nonsense\r\n\r\n", id="nonsense"),
    ],
)
def test_a_connection_that_is_over_is_gone(sent: bytes) -> None:
    """A server collects garbage rarely, and a body may be large."""

    async def over() -> "ref[asyncio.Protocol]":
        app = create_app(parse(SEED), clock=Clock.still())
        connection = protocol(app, 30)(uvicorn.Config(app), ServerState(), {}, asyncio.get_running_loop())
        connection.connection_made(Wire())
        connection.data_received(sent)
        connection.connection_lost(None)
        return ref(connection)

    gc.disable()
    try:
        assert asyncio.run(over())() is None
    finally:
        gc.enable()
