"""A constant under the emulator's own protocol: what a request costs before anybody has looked at it.

Starlette makes the answer; its routing and ASGI have no part in it. Run as a module, with the size of the answer.
Prints its port.
"""

import socket
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import Scope

from workato_emulator.http.bodies import MAX_BODY
from workato_emulator.http.exchange import Exchange
from workato_emulator.server import protocol


class Constant:
    """An app that says the same to everything."""

    def __init__(self, size: int) -> None:
        self._body = b"x" * size

    def begin(self, scope: Scope) -> Exchange:
        exchange = Exchange("constant", scope)
        exchange.most = MAX_BODY
        return exchange

    def finish(self, exchange: Exchange, body: bytes | None) -> Response:  # noqa: ARG002  (it looks at nothing)
        return Response(self._body, media_type="application/json")


def main() -> None:
    (size,) = sys.argv[1:]
    under = protocol(Constant(int(size)), 30)  # which asks it, and never the app that uvicorn wants to have
    config = uvicorn.Config(Starlette(), http=under, ws="none", log_level="warning", access_log=False, lifespan="off")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)  # noqa: T201  (whoever started it reads this)
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
