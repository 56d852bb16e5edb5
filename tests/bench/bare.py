"""A one-route Starlette app that answers a constant, served the way `workato-emulator serve` serves: the other side.

Run as a file, `python bare.py METHOD PATH SIZE`, so that nothing of the emulator is imported. Prints its port.
"""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def constant(method: str, path: str, size: int) -> Starlette:
    body = b"x" * size

    async def answer(_request: Request) -> Response:
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route(path, answer, methods=[method])])


def main() -> None:
    method, path, size = sys.argv[1:]
    config = uvicorn.Config(
        constant(method, path, int(size)),
        port=0,
        log_level="warning",
        access_log=False,
        lifespan="off",
        proxy_headers=False,  # as the emulator is served
    )
    listener = config.bind_socket()
    listener.listen()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)  # noqa: T201  (whoever started it reads this)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
