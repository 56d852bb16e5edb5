"""True answers that come late, or not whole, and connections that end without one."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from workato_emulator.http.dialect import Dialect
from workato_emulator.http.faults.effect import Arrives, Proceed


class _TrueAnswer:
    """The work is done, and the answer is the true one, as far as it arrives."""

    __slots__ = ()

    arrives: ClassVar[Arrives]

    def answer(self, proceed: Proceed, now: datetime, dialect: Dialect) -> Response:  # noqa: ARG002
        return proceed()


@dataclass(frozen=True, slots=True)
class Latency(_TrueAnswer):
    """It is on its way for as long as the fault says."""

    name: ClassVar[str] = "latency"
    arrives: ClassVar[Arrives] = "all"


@dataclass(frozen=True, slots=True)
class Truncated(_TrueAnswer):
    """The connection is closed half way through the body, short of its Content-Length."""

    name: ClassVar[str] = "truncated"
    arrives: ClassVar[Arrives] = "half"


@dataclass(frozen=True, slots=True)
class DropAfterWork(_TrueAnswer):
    """The connection is closed without an answer: the client cannot tell that the work was done."""

    name: ClassVar[str] = "drop_after_work"
    arrives: ClassVar[Arrives] = "nothing"


@dataclass(frozen=True, slots=True)
class DropBeforeWork:
    """The connection is closed without an answer, and nothing was done."""

    name: ClassVar[str] = "drop_before_work"
    arrives: ClassVar[Arrives] = "nothing"

    def answer(self, proceed: Proceed, now: datetime, dialect: Dialect) -> Response:  # noqa: ARG002
        return Response()


class ConnectionDropped(Exception):
    """Raised into a server that knows nothing of disturbed answers: the nearest to hanging up that plain ASGI has."""


class Disturbed(Response):
    """An answer that comes `seconds` late, or of which not everything arrives.

    ASGI has no words for either, so whoever carries the bytes (`server`, `transport`) reads the attributes. Under
    another server it sleeps and, to hang up, raises.

    Status 0 stands for no answer: nothing was sent. An answer too short to be cut in half does not arrive at all.
    `answer` is the whole.
    """

    def __init__(self, answer: Response, arrives: Arrives, seconds: float) -> None:
        whole = bytes(answer.body)
        if arrives == "half" and len(whole) < 2:  # noqa: PLR2004  (half of one byte)
            arrives = "nothing"
        self.status_code = 0 if arrives == "nothing" else answer.status_code
        self.body = {"all": whole, "half": whole[: len(whole) // 2], "nothing": b""}[arrives]
        self.raw_headers = answer.raw_headers
        self.background = None
        self.answer = answer
        self.arrives = arrives
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(self.seconds)
        if self.arrives == "all":
            await self.answer(scope, receive, send)
            return
        if self.arrives == "half":
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": self.body, "more_body": True})
        raise ConnectionDropped
