"""The control plane's door. It counts no calls and writes no journal: it is not part of what is emulated."""

import hmac
from typing import ClassVar

from starlette.responses import Response

from workato_emulator.domain.activity import ANONYMOUS, Origin
from workato_emulator.domain.refusals import shorten
from workato_emulator.doors.control.call import ControlCall, ControlHandler
from workato_emulator.doors.control.dialect import ControlDialect, UnusableSeed
from workato_emulator.doors.control.resources import PREFIX, control_routes
from workato_emulator.http import contract
from workato_emulator.http.answers import ok
from workato_emulator.http.backend import Backend
from workato_emulator.http.door import ORDINARY, BodyLimits, Door
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.origins import is_loopback, without_port
from workato_emulator.http.own_errors import own_error
from workato_emulator.http.records import RECORDED
from workato_emulator.http.routing import Found, RouteTable
from workato_emulator.state.seeds import SeedProblem
from workato_emulator.text import nodes
from workato_emulator.text.tokens import is_sendable

MAX_SEED = 64 * 1024 * 1024
"""Bytes of a seed: the export of a workspace with a hundred thousand people fits."""
_SEED = f"{PREFIX}/seed"
_HEALTH = f"{PREFIX}/health"
_SEED_LIMITS = BodyLimits(MAX_SEED, None, nodes.MAX_DEPTH)
"""A seed has room for what a body of the Developer API may nest, and as deep as in a file."""
_OTHER_PAGES = frozenset({b"cross-site", b"same-site"})
"""What a browser says of a request that a page from elsewhere makes, also where it sends no Origin."""


class ControlDoor(Door[ControlHandler]):
    """Serves `/_emulator/v1/…`. With a token, every call has to bear it; a page of another origin is turned away."""

    name: ClassVar[str] = "control"
    prefix: ClassVar[str] = PREFIX
    emulated: ClassVar[bool] = False
    recorded_headers: ClassVar[frozenset[bytes]] = RECORDED - {b"authorization"}
    """The control plane's token opens the door and is no part of what is emulated: it has no business in a file."""
    replaces_worlds: ClassVar[bool] = True

    def __init__(
        self,
        backend: Backend,
        token: str | None = None,
        *,
        loopback_only: bool = False,
        routes: RouteTable[ControlHandler] | None = None,
    ) -> None:
        if token is not None:
            if not is_sendable(token):
                raise ValueError("the control token must be visible ASCII characters without blanks, at least one")
            backend.retired.add(token)
        super().__init__(
            control_routes() if routes is None else routes, contract.load("control.yaml"), ControlDialect(), backend
        )
        self._token = token
        self._loopback_only = loopback_only

    def turn_away(self, exchange: Exchange) -> Response | None:
        if self._token is not None and not _bears(exchange, self._token):
            if _only_asks_whether_it_is_up(exchange):
                return ok({"status": "ok"})
            return own_error(401, "unauthorized", "the control plane needs its token here")
        if b"origin" in exchange.headers or exchange.headers.get(b"sec-fetch-site") in _OTHER_PAGES:
            return own_error(403, "cross_origin", "the control plane does not answer web pages")
        hosts = (value.decode("latin-1") for name, value in exchange.scope["headers"] if name == b"host")
        if self._loopback_only and not all(is_loopback(without_port(each)) for each in hosts):
            return own_error(403, "unknown_host", "the control plane answers to localhost and loopback addresses only")
        return None

    def limits(self, exchange: Exchange) -> BodyLimits:
        return _SEED_LIMITS if exchange.scope["path"] == _SEED else ORDINARY

    def origin(self, exchange: Exchange) -> Origin:  # noqa: ARG002
        """People act in Workato's own pages, and not through the client that plays them."""
        return ANONYMOUS

    def find(self, exchange: Exchange) -> Found[ControlHandler] | None:
        return self.routes.find(exchange.method, exchange.sent_path)

    def not_found(self, exchange: Exchange) -> Response:
        message = f"the control plane has no {shorten(exchange.path)}"
        return own_error(404, "not_found", message, suggestion=exchange.nearest)

    def handle(self, exchange: Exchange) -> Response:
        assert exchange.route is not None  # noqa: S101  (or there is no handler)
        call = ControlCall(self.backend, exchange.work, exchange.parameters, exchange.query, exchange.json)
        try:
            response: Response = exchange.route.handler(call)
        except SeedProblem as problem:
            raise UnusableSeed(problem, exchange.body) from None
        exchange.work = call.work
        return response


def _only_asks_whether_it_is_up(exchange: Exchange) -> bool:
    """A health check of a container or a load balancer: it has no token, and learns nothing but that."""
    asked = exchange.method in {"GET", "HEAD"} and exchange.path == _HEALTH
    return asked and not {b"authorization", b"origin", b"cookie"} & exchange.headers.keys()


def _bears(exchange: Exchange, token: str) -> bool:
    scheme, _, given = (exchange.header(b"authorization") or "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
