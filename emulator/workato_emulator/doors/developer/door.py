"""The Developer API's door: who is asked for what, how often, and in which words.

… fault → identity → quota → contract → handler …
"""

from collections.abc import Callable
from typing import ClassVar

from starlette.responses import Response

from workato_emulator.domain.access import (
    Caller,
    caller_of,
    must_be_on_model,
    must_call_from_an_allowed_address,
    must_have_a_role,
    must_hold_privilege,
    must_reach_dev,
)
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.data_centers import data_center_at, must_be_at_home
from workato_emulator.domain.limits import SHARED_WITH_SCIM as SHARED
from workato_emulator.domain.limits import counts
from workato_emulator.domain.refusals import Refusal
from workato_emulator.doors.developer.call import Call, Endpoint
from workato_emulator.doors.developer.coverage import declined
from workato_emulator.doors.developer.dialect import DeveloperDialect
from workato_emulator.doors.developer.resources import developer_routes
from workato_emulator.doors.developer.rows import Rows
from workato_emulator.http import contract
from workato_emulator.http.backend import Backend
from workato_emulator.http.bodies import MAX_BODY, UnsupportedMedia, otherwise_announced
from workato_emulator.http.door import Door
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.journal import KEPT_OF_A_BODY
from workato_emulator.http.limits import Allowance, Quota
from workato_emulator.http.routing import RouteTable
from workato_emulator.http.unread import Unread
from workato_emulator.service.emails import Emails

CORRELATION = b"x-correlation-id"
RATE_LIMIT_REMAINING = b"x-rate-limit-remaining"


class DeveloperDoor(Door[Endpoint]):
    """Serves `/api/…`, and everything that no other door serves."""

    name: ClassVar[str] = "developer"
    prefix: ClassVar[str] = "/api"

    def __init__(self, backend: Backend, routes: RouteTable[Endpoint] | None = None) -> None:
        table = developer_routes() if routes is None else routes
        super().__init__(table, contract.load("workato.yaml"), DeveloperDialect(), backend)
        self._rows = Rows()
        self._emails = Emails()

    def own_guards(self) -> tuple[Callable[[Exchange], None], ...]:
        return (self.identify, self.must_have_quota_left)

    def most_to_read(self, exchange: Exchange) -> int:
        """Nobody else's body is looked at, or kept whole."""
        return MAX_BODY if exchange.bearer in self.backend.store.read().cloud.tokens else KEPT_OF_A_BODY

    def declined(self, path: str) -> str | None:
        return declined(path)

    def identify(self, exchange: Exchange) -> None:
        """Who asks, and whether they may, from there, here. Raises a `Refusal`."""
        work, endpoint = exchange.work, _endpoint(exchange)
        caller = exchange.caller = caller_of(work.cloud, exchange.bearer)
        must_be_at_home(caller.workspace, data_center_at(work.cloud, exchange.host))
        exchange.allowance = _allowance(caller, endpoint.resource, work.assumptions)
        must_call_from_an_allowed_address(caller.client, work.origin.ip_address)
        must_have_a_role(caller.role)
        must_hold_privilege(caller.role, endpoint.privilege)
        if endpoint.needs_dev:
            must_reach_dev(caller.client)
        if endpoint.model is not None:
            must_be_on_model(caller.workspace, endpoint.model, work.now, work.assumptions)

    def must_have_quota_left(self, exchange: Exchange) -> None:
        """Raises `RequestsExhausted`."""
        assert exchange.allowance is not None  # noqa: S101  (whoever was identified has one)
        exchange.left = self.backend.limiter.admit(exchange.allowance, exchange.at)

    def hold_to_contract(self, exchange: Exchange) -> None:
        """What the contract does not know is noted, and refused only by a strict emulator. Raises a `Refusal`."""
        operation = self.read(exchange)
        exchange.json = operation.body(exchange.body)
        found = operation.unread(exchange.query, exchange.json, sent=bool(exchange.body))
        if exchange.json is not None:
            announced = otherwise_announced(exchange.header(b"content-type"))
            if announced is not None:
                if exchange.work.assumptions.json_not_announced == "refused":
                    raise UnsupportedMedia(f"{announced}: the body must be announced as application/json")
                found.append(Unread("header", "", announced))
        self.note_unread(exchange, found)

    def handle(self, exchange: Exchange) -> Response:
        assert isinstance(exchange.caller, Caller)  # noqa: S101  (nobody else comes here)
        work, caller, path, query = exchange.work, exchange.caller, exchange.parameters, exchange.query
        call = Call(work, caller, path, query, exchange.json, self._rows, self._emails)
        return _endpoint(exchange).answer(call)

    def counts(self, refusal: Refusal, assumed: Assumptions) -> bool:
        return counts(refusal, assumed.refused_call_counts)

    def mark(self, exchange: Exchange, response: Response) -> None:
        """Count the call if it counts, and say how many are left."""
        allowance, left = exchange.allowance, exchange.left
        if allowance is None:
            return
        limiter = self.backend.limiter
        if left is None:
            left = limiter.left(allowance, exchange.at)
        elif exchange.counts:
            limiter.count(allowance.quota, exchange.at, self.backend.store.read().cloud)
            left -= 1
        response.raw_headers.append((RATE_LIMIT_REMAINING, b"%d" % max(0, left)))

    def mark_every(self, exchange: Exchange, response: Response) -> None:
        if CORRELATION in exchange.headers:
            response.raw_headers.append((CORRELATION, exchange.headers[CORRELATION]))


def _endpoint(exchange: Exchange) -> Endpoint:
    assert exchange.route is not None  # noqa: S101  (nobody is identified for nothing)
    endpoint: Endpoint = exchange.route.handler
    return endpoint


def _allowance(caller: Caller, resource: str, assumed: Assumptions) -> Allowance:
    with_scim = resource == SHARED and caller.workspace.scim is not None and assumed.scim_rate_limit == "shared"
    shared = with_scim or assumed.rate_scope == "workspace"
    quota = Quota(caller.workspace.id, None if shared else caller.client.id, resource)
    return Allowance(quota, caller.workspace.plan.requests_per_minute, assumed.rate_window)
