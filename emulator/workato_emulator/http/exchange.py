"""One request on its way through a door: what was sent, and what each step finds out about it."""

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.types import Scope

from workato_emulator.domain.rules import Trace
from workato_emulator.domain.values import Workspace
from workato_emulator.http.limits import Allowance
from workato_emulator.http.origins import without_port
from workato_emulator.http.routing import Route, decoded_segments, path_as_sent
from workato_emulator.http.values import Json
from workato_emulator.service.work import UnitOfWork

NO_QUERY = QueryParams()


class Named(Protocol):
    @property
    def name(self) -> str: ...


class Asker(Protocol):
    """Who asks, as a journal tells it: a client of a workspace."""

    @property
    def workspace(self) -> Workspace: ...

    @property
    def client(self) -> Named: ...


class Exchange:
    """What was sent, and after that what the steps add. A step reads what stands above its own part, and no argument.

    Not a dataclass, because one is made per request and most of it is empty then. No exception is kept in it: with
    its traceback, that would keep the body alive until the next collection of cycles.
    """

    __slots__ = (
        "allowance",
        "at",
        "bearer",
        "body",
        "caller",
        "counts",
        "door",
        "exhausted",
        "fault",
        "headers",
        "json",
        "larger_than",
        "left",
        "method",
        "most",
        "nearest",
        "parameters",
        "path",
        "query",
        "query_text",
        "route",
        "scope",
        "sent_path",
        "trace",
        "turned_away",
        "unhurried",
        "unread",
        "unread_refused",
        "work",
    )

    if TYPE_CHECKING:  # set by the first step
        at: datetime
        trace: Trace
        work: UnitOfWork

    def __init__(self, door: str, scope: Scope, body: bytes = b"", larger_than: int | None = None) -> None:
        # What was sent
        self.door = door
        """The name of the door where it was asked."""
        self.scope = scope
        self.method: str = scope["method"]
        self.sent_path = path = path_as_sent(scope)
        if "%" in path:
            path = "/" + "/".join(each.replace("/", "%2F") for each in decoded_segments(path))
        self.path = path
        """Decoded for people; a slash within a segment stays encoded."""
        self.query_text: str = scope["query_string"].decode("latin-1")
        self.headers: dict[bytes, bytes] = {name: value for name, value in reversed(scope["headers"])}  # noqa: C416  (twice as fast as `dict`)
        """Of a name that comes twice, the first."""
        self.bearer = _bearer(self.headers.get(b"authorization", b""))
        """The token that the caller bears."""
        self.body = body
        self.larger_than = larger_than
        """Why there is no body although one was sent: it has more than so many bytes."""

        # How it is received
        self.most = 0
        """How many bytes are read of its body."""
        self.turned_away: Response | None = None
        """The answer to somebody whose request is not even read."""
        self.unhurried = False
        """Whether whoever asks moves the clock, and so is never kept waiting."""

        # Which operation it asks for
        self.route: Route[Any] | None = None
        self.parameters: dict[str, str] = {}
        self.nearest: str | None = None
        self.fault: str | None = None

        # Who asks, and how much they may
        self.caller: Asker | None = None
        self.allowance: Allowance | None = None
        self.left: int | None = None
        """How many calls the allowance had left, this one included; None where it was not asked."""
        self.exhausted = False
        """Whether it was refused because none was left. A state file keeps that, as it keeps no counts."""
        self.counts = True
        """Whether it uses one of them up."""

        # What it holds, by the contract
        self.query = NO_QUERY
        self.json: Json = None
        self.unread: list[str] = []
        self.unread_refused = False

    @property
    def operation(self) -> str | None:
        """The operationId; None where nothing is asked for that there is."""
        return None if self.route is None else self.route.operation

    @property
    def host(self) -> str:
        """The name or address that was asked, without its port, in lower case; nothing where the header has neither."""
        return _host(self.headers.get(b"host", b""))

    def header(self, name: bytes) -> str | None:
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")


@lru_cache(maxsize=64)
def _host(header: bytes) -> str:
    return without_port(header.decode("latin-1")).lower()


def _bearer(authorization: bytes) -> str | None:
    kind, _, token = authorization.decode("latin-1").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token else None
