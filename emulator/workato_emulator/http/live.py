"""An answer that goes on: more of it comes as things happen, until the client leaves or the server stops.

Whoever carries the bytes (`server`) asks four times a second what there is to add, so that what happens need not know
who watches. In process the answer is what there was at once.
"""

import asyncio
from collections.abc import Callable, Mapping

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

EVERY = 0.25
"""Seconds between two looks."""


class Live(Response):
    """`more` says what there is to add since it was last asked; often nothing."""

    def __init__(self, begin: bytes, more: Callable[[], bytes], headers: Mapping[str, str]) -> None:
        super().__init__(begin, 200, headers)
        self.raw_headers = [each for each in self.raw_headers if each[0] != b"content-length"]
        self.more = more

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """The same under a server of somebody else's."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        gone = asyncio.ensure_future(_hung_up(receive))
        try:
            while not gone.done():
                if added := self.more():
                    await send({"type": "http.response.body", "body": added, "more_body": True})
                await asyncio.wait({gone}, timeout=EVERY)
        finally:
            gone.cancel()


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
