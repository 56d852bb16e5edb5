"""The Developer API's door: what happens to every request, whatever resource it is for.

    match the route → a fault may strike → who is it, may they → is there quota left → is the body what the contract
    says → the handler → the refusal table → the journal

Nothing in here waits, so a request is one uninterrupted step: what it read is still true when it writes.
"""

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import TypeAlias
from uuid import UUID

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from workato_emulator.domain.access import (
    Caller,
    caller_of,
    must_be_on_model,
    must_call_from_an_allowed_address,
    must_have_a_role,
    must_hold_privilege,
    must_reach_dev,
)
from workato_emulator.domain.activity import ANONYMOUS, Origin
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.data_centers import data_center_at, must_be_at_home
from workato_emulator.domain.limits import counts
from workato_emulator.domain.refusals import Refusal, shortened
from workato_emulator.domain.rules import Outcome, Trace, tracing
from workato_emulator.doors.developer.call import Call, Endpoint
from workato_emulator.http import contract, refusals
from workato_emulator.http.answers import Json, dated
from workato_emulator.http.bodies import (
    MAX_BODY,
    BodyTooLarge,
    HungUp,
    UnsupportedMedia,
    must_be_modest,
    must_be_readable,
    otherwise_announced,
    read_body,
)
from workato_emulator.http.desk import Desk
from workato_emulator.http.documented import declined
from workato_emulator.http.journal import KEPT_OF_A_BODY, Entry, kept
from workato_emulator.http.limits import Allowance, Quota
from workato_emulator.http.record import Asked
from workato_emulator.http.routing import Route, RouteTable, decoded_segments, leads_nowhere, path_as_sent
from workato_emulator.http.unread import Unread, UnreadRefused, listed
from workato_emulator.service.work import Work

ASK_FOR_RULES = b"x-emulator-rules"
CORRELATION = b"x-correlation-id"
RATE_LIMIT_REMAINING = b"x-rate-limit-remaining"
_NO_QUERY = QueryParams()
Headers: TypeAlias = dict[bytes, bytes]
"""Of a name that comes twice, the first."""


@dataclass(slots=True)
class _Exchange:
    """What the journal wants to know about one request, gathered on its way. `at` is when everything in it happens.

    `allowance` is what may be called, once it is known who asks, and `admitted` says that some of it was left.
    """

    at: datetime
    method: str
    path: str
    sent_path: str
    query: str
    body: bytes
    origin: Origin
    trace: Trace
    operation: str | None = None
    caller: Caller | None = None
    fault: str | None = None
    nearest: str | None = None
    unread: list[str] = field(default_factory=list)
    unread_refused: bool = False
    allowance: Allowance | None = None
    admitted: bool = False


class DeveloperDoor:
    """Serves `/api/…`; everything that is remembered lies on the desk."""

    def __init__(self, routes: RouteTable[Endpoint], desk: Desk) -> None:
        self._routes = routes
        self._desk = desk
        self._contract = contract.load("workato.yaml")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = _bearer(next((value for name, value in scope["headers"] if name == b"authorization"), b""))
        known = token in self._desk.store.read().cloud.tokens  # nobody else's body is looked at, or kept whole
        try:
            body, too_large = await read_body(receive, MAX_BODY if known else KEPT_OF_A_BODY), False
        except BodyTooLarge:
            body, too_large = b"", True
        except HungUp:
            return
        response = self.answer(Asked("developer", scope, body, too_large))
        await dated(response, self._desk.clock.now())(scope, receive, send)

    def answer(self, asked: Asked) -> Response:
        """The answer to a request that has been read, with all its consequences."""
        return self._desk.settle(asked, lambda: self._answer(asked.scope, asked.body, asked.too_large), self._failure)

    def _answer(self, scope: Scope, body: bytes, too_large: bool) -> Response:
        headers = dict(reversed(scope["headers"]))
        sent_path = path_as_sent(scope)
        exchange = _Exchange(
            self._desk.clock.now(),
            scope["method"],
            "/".join(each.replace("/", "%2F") for each in decoded_segments(sent_path))
            if "%" in sent_path
            else sent_path,
            sent_path,
            scope["query_string"].decode("latin-1"),
            body,
            _origin(scope, headers),
            trace=Trace(self._desk.store.read().suspended),
        )
        with tracing(exchange.trace):
            response = self._respond(exchange, headers, too_large)
        if ASK_FOR_RULES in headers:
            said = ", ".join(f"{id_}={outcome}" for id_, outcome in exchange.trace.met)
            response.raw_headers.append((ASK_FOR_RULES, said.encode()))
        if CORRELATION in headers:
            response.raw_headers.append((CORRELATION, headers[CORRELATION]))
        self._write_down(exchange, response)
        return response

    def _respond(self, exchange: _Exchange, headers: Headers, too_large: bool) -> Response:
        found = None if leads_nowhere(exchange.sent_path) else self._routes.find(exchange.method, exchange.sent_path)
        if found is None:
            return self._not_emulated(exchange)
        if found.route is None:
            exchange.nearest = self._nearest(exchange)
            return refusals.method_not_allowed(exchange.method, exchange.path, found.allowed)
        exchange.operation = found.route.operation
        route, parameters = found.route, found.parameters
        fault = self._desk.faults.strike(route.operation)
        if fault is None:
            return self._work(route, parameters, exchange, headers, too_large)
        exchange.fault = fault.effect.name
        return fault.answer(lambda: self._work(route, parameters, exchange, headers, too_large), self._desk.clock)

    def _work(
        self,
        route: Route[Endpoint],
        path: dict[str, str],
        exchange: _Exchange,
        headers: Headers,
        too_large: bool,
    ) -> Response:
        """One transaction: the handler's answer, or the refusal that undid it."""
        work = self._desk.begin(exchange.origin, exchange.at)
        counted = True
        try:
            response = self._handle(route, path, exchange, headers, work, too_large)
        except Refusal as refusal:
            self._desk.commit_despite_refusal(work)
            response = refusals.in_workato(refusal, work.assumptions)
            counted = counts(refusal, work.assumptions.refused_call_counts)
        except Exception:  # noqa: BLE001  (the promise is: never a traceback to a user)
            response = self._broken(exchange)
        else:
            self._desk.commit(work)
        self._settle_quota(exchange, response, counted)
        return response

    def _settle_quota(self, exchange: _Exchange, response: Response, counted: bool) -> None:
        """Count the call if it counts, and say how many are left."""
        if exchange.allowance is None:
            return
        limiter = self._desk.limiter
        if counted and exchange.admitted:
            limiter.count(exchange.allowance, exchange.at, self._desk.store.read().cloud)
        left = limiter.left(exchange.allowance, exchange.at)
        response.raw_headers.append((RATE_LIMIT_REMAINING, b"%d" % left))

    def _handle(
        self,
        route: Route[Endpoint],
        path: dict[str, str],
        exchange: _Exchange,
        headers: Headers,
        work: Work,
        too_large: bool,
    ) -> Response:
        endpoint = route.handler
        caller = exchange.caller = caller_of(work.cloud, _bearer(headers.get(b"authorization", b"")))
        must_be_at_home(caller.workspace, data_center_at(work.cloud, _host(headers)))
        exchange.allowance = _allowance(caller, endpoint.resource, work.assumptions)
        must_call_from_an_allowed_address(caller.client, exchange.origin.ip_address)
        must_have_a_role(caller.role)
        must_hold_privilege(caller.role, endpoint.privilege)
        if endpoint.needs_dev:
            must_reach_dev(caller.client)
        if endpoint.model is not None:
            must_be_on_model(caller.workspace, endpoint.model, work.now, work.assumptions)
        self._desk.limiter.must_have_some_left(exchange.allowance, exchange.at)
        exchange.admitted = True
        if too_large:
            raise BodyTooLarge
        must_be_readable(_text(headers, b"content-encoding"), exchange.body)
        must_be_modest(exchange.body)
        operation = self._contract[route.operation]
        query = QueryParams(exchange.query) if exchange.query else _NO_QUERY
        body = operation.body(exchange.body)
        found = operation.unread(query, body, sent=bool(exchange.body))
        if body is not None:
            announced = otherwise_announced(_text(headers, b"content-type"))
            if announced is not None:
                if work.assumptions.json_not_announced == "refused":
                    raise UnsupportedMedia(f"{announced}: the body must be announced as application/json")
                found.append(Unread("header", "", announced))
        if found:
            exchange.unread = listed(found)
            if self._desk.store.read().strict:
                exchange.unread_refused = True
                raise UnreadRefused(found)
        return endpoint(Call(work, caller, path, query, body))

    def _not_emulated(self, exchange: _Exchange) -> Response:
        exchange.nearest = self._nearest(exchange)
        asked = f"{exchange.method} {shortened(exchange.path)}"
        if leads_nowhere(exchange.sent_path):
            message = f"{asked} matches no path: an encoded slash is part of its segment, and . or .. is not a segment"
            return refusals.control_error(404, "not_found", message, suggestion=exchange.nearest)
        why = declined(exchange.path)
        if why is not None:
            return refusals.control_error(501, "declined", f"{asked} is not emulated: {why}")
        return refusals.control_error(501, "not_emulated", f"{asked} is not emulated", suggestion=exchange.nearest)

    def _nearest(self, exchange: _Exchange) -> str | None:
        nearest = self._routes.nearest(exchange.method, exchange.path)
        return None if nearest is None else f"{nearest.method} {nearest.path}"

    def _broken(self, exchange: _Exchange) -> Response:
        """A mistake of ours in the vendor's words; the operator finds the traceback in the log, the user does not."""
        self._desk.log_failure(exchange.method, exchange.path)
        return self._failure()

    def _failure(self) -> Response:
        return Json({"message": "Server error", "id": str(UUID(int=self._desk.journal.read()[0] + 1))}, 500)

    def _write_down(self, exchange: _Exchange, response: Response) -> None:
        caller = exchange.caller
        if response.status_code == HTTPStatus.NOT_FOUND and exchange.operation is not None:  # a wrong id, or a segment
            operation = self._contract[exchange.operation]  # taken for one
            exchange.nearest = f"{operation.method} {operation.path}"
        rules: list[tuple[str, Outcome]] = exchange.trace.met
        self._desk.journal.add(
            Entry(
                seq=self._desk.journal.next_seq(),
                at=exchange.at,
                workspace=None if caller is None else caller.workspace.slug,
                client=None if caller is None else caller.client.name,
                operation=exchange.operation,
                method=exchange.method,
                path=exchange.path,
                query=exchange.query,
                status=response.status_code,
                rules=rules,
                unread=exchange.unread,
                request=kept(exchange.body),
                response=kept(b"" if exchange.method == "HEAD" else bytes(response.body)),
                fault=exchange.fault,
                nearest=exchange.nearest,
                unread_refused=exchange.unread_refused,
            )
        )


def _allowance(caller: Caller, resource: str, assumed: Assumptions) -> Allowance:
    shared = assumed.rate_scope == "workspace"
    quota = Quota(caller.workspace.id, None if shared else caller.client.id, resource)
    return Allowance(quota, caller.workspace.plan.requests_per_minute, assumed.rate_window)


def _origin(scope: Scope, headers: Headers) -> Origin:
    client = scope.get("client")
    agent = headers.get(b"user-agent", b"").decode("latin-1")
    return Origin(ANONYMOUS.ip_address if client is None else client[0], agent)


def _text(headers: Headers, name: bytes) -> str | None:
    value = headers.get(name)
    return None if value is None else value.decode("latin-1")


def _bearer(authorization: bytes) -> str | None:
    kind, _, token = authorization.decode("latin-1").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token else None


def _host(headers: Headers) -> str:
    """The host that was asked, without its port, in lower case."""
    return headers.get(b"host", b"").decode("latin-1").partition(":")[0].lower()
