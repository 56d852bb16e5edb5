"""The control plane's door. It counts no calls and writes no journal: it is not part of what is emulated."""

import hmac
import re

from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from workato_emulator.domain.refusals import Refusal, shortened
from workato_emulator.domain.rules import Trace, tracing
from workato_emulator.doors.control.call import ControlCall, ControlHandler
from workato_emulator.http import contract, refusals
from workato_emulator.http.answers import dated
from workato_emulator.http.bodies import (
    MAX_BODY,
    MAX_DEPTH,
    HungUp,
    Malformed,
    must_be_modest,
    must_be_readable,
    pass_over_body,
    read_body,
)
from workato_emulator.http.desk import Desk
from workato_emulator.http.origins import is_loopback, without_port
from workato_emulator.http.record import Asked
from workato_emulator.http.routing import Route, RouteTable, path_as_sent
from workato_emulator.state.seeds import SeedProblem
from workato_emulator.text import Table, nearest, nodes, read

MAX_SEED = 64 * 1024 * 1024
"""Bytes of a seed: the export of a workspace with a hundred thousand people fits."""
DEEPEST_SEED = nodes.MAX_DEPTH
"""A seed has room for what a body of the Developer API may nest, and as deep as in a file."""
_SEED = "/_emulator/v1/seed"
_OTHER_PAGES = frozenset({"cross-site", "same-site"})
"""What a browser says of a request that a page from elsewhere makes, also where it sends no Origin."""


class ControlDoor:
    """Serves `/_emulator/v1/…`. With a token, every call has to bear it; a page of another origin is turned away."""

    def __init__(
        self, routes: RouteTable[ControlHandler], desk: Desk, token: str | None, *, loopback_only: bool = False
    ) -> None:
        if token is not None and not is_sendable(token):
            raise ValueError("the control token must be visible ASCII characters without blanks, at least one")
        self._routes = routes
        self._desk = desk
        self._token = token
        self._loopback_only = loopback_only
        self._contract = contract.load("control.yaml")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._turned_away(Headers(scope=scope))
        try:
            if response is None:
                body = await read_body(receive, MAX_SEED if scope["path"] == _SEED else MAX_BODY)
                response = self.answer(Asked("control", scope, body))
            else:
                await pass_over_body(receive)
        except HungUp:
            return
        except Refusal as refusal:
            response = refusals.in_control(refusal)
        await dated(response, self._desk.clock.now())(scope, receive, send)

    def answer(self, asked: Asked) -> Response:
        """The answer to a request that was let in and has been read, with all its consequences."""
        return self._desk.settle(asked, lambda: self._answer(asked.scope, asked.body), _unwritten)

    def _answer(self, scope: Scope, body: bytes) -> Response:
        method, path = scope["method"], scope["path"]
        found = self._routes.find(method, path_as_sent(scope))
        if found is None:
            close = self._routes.nearest(method, path)
            meant = None if close is None else f"{close.method} {close.path}"
            return refusals.control_error(
                404, "not_found", f"the control plane has no {shortened(path)}", suggestion=meant
            )
        if found.route is None:
            return refusals.method_not_allowed(method, path, found.allowed)
        try:
            must_be_readable(Headers(scope=scope).get("content-encoding"), body)
            if path != _SEED:
                must_be_modest(body)
            return self._handle(found.route, found.parameters, scope["query_string"], body)
        except Refusal as refusal:
            return refusals.in_control(refusal)
        except SeedProblem as problem:
            return _unusable_seed(problem, body)
        except Exception:  # noqa: BLE001  (the promise is: never a traceback to a user)
            self._desk.log_failure(method, path)
            return refusals.control_error(500, "emulator_error", "the emulator failed; its log says how")

    def _turned_away(self, headers: Headers) -> Response | None:
        if self._token is not None and not _bears(headers, self._token):
            return refusals.control_error(401, "unauthorized", "the control plane needs its token here")
        if "origin" in headers or headers.get("sec-fetch-site") in _OTHER_PAGES:
            return refusals.control_error(403, "cross_origin", "the control plane does not answer web pages")
        if self._loopback_only and not all(is_loopback(without_port(each)) for each in headers.getlist("host")):
            return refusals.control_error(
                403, "unknown_host", "the control plane answers to localhost and loopback addresses only"
            )
        return None

    def _handle(self, route: Route[ControlHandler], path: dict[str, str], query: bytes, body: bytes) -> Response:
        operation = self._contract[route.operation]
        asked = QueryParams(query.decode("latin-1"))
        for name in asked:
            if name not in operation.query:
                raise Malformed(f"unknown query parameter {name!r}", name, nearest(name, operation.query))
        call = ControlCall(
            self._desk,
            self._desk.begin(),
            path,
            asked,
            operation.body(body, DEEPEST_SEED if operation.id == "seed" else MAX_DEPTH),
        )
        with tracing(Trace(self._desk.store.read().suspended)):  # a suspended rule is silent at every door
            response = route.handler(call)
        self._desk.commit(call.work)
        return response


def _unusable_seed(problem: SeedProblem, body: bytes) -> Response:
    """The first problem, as every error has one, and all of them, with their places in the body."""
    if len(body) <= MAX_BODY:  # looking for places takes a while
        document = read(body.decode(), "body").value
        problem = problem.within(document) if isinstance(document, Table) else problem
    problems = [_shown(each) for each in problem]
    first = dict(problems[0])
    return refusals.control_error(422, "unusable_seed", str(first.pop("message")), **first, problems=problems)


def _shown(problem: SeedProblem) -> dict[str, str | int]:
    found: dict[str, str | int] = {"message": refusals.cut(problem.message)}
    if problem.place:
        found["place"] = refusals.cut(problem.place)
    if problem.mark is not None:
        found |= {"line": problem.mark.line, "column": problem.mark.column}
    if problem.suggestion is not None:
        found["suggestion"] = refusals.cut(problem.suggestion)
    return found


def _unwritten() -> Response:
    return refusals.control_error(
        500, "state_not_written", "the state file cannot be written, so nothing changed; the log says why"
    )


def is_sendable(token: str) -> bool:
    """Whether a header can carry this token: visible ASCII characters, and at least one."""
    return re.fullmatch(r"[!-~]+", token) is not None


def _bears(headers: Headers, token: str) -> bool:
    scheme, _, given = headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
