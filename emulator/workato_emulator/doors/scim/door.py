"""SCIM's door: who is asked for what, how often, and in which words.

… fault → identity → quota → contract → handler …
"""

import re
from collections.abc import Callable
from typing import ClassVar

from starlette.responses import Response

from workato_emulator.domain.data_centers import data_center_at
from workato_emulator.domain.limits import SHARED_WITH_SCIM
from workato_emulator.domain.refusals import shorten
from workato_emulator.domain.scim.access import must_be_at_the_base_url, must_be_enabled, scim_caller_of
from workato_emulator.doors.scim.answers import error
from workato_emulator.doors.scim.call import NOBODYS, ScimCall, ScimHandler
from workato_emulator.doors.scim.dialect import ScimDialect
from workato_emulator.doors.scim.discovery import OPEN
from workato_emulator.doors.scim.listed import Listed
from workato_emulator.doors.scim.resources import PREFIX, scim_routes
from workato_emulator.http import contract
from workato_emulator.http.backend import Backend
from workato_emulator.http.bodies import MAX_BODY, UnsupportedMedia, otherwise_announced, parse_json
from workato_emulator.http.door import Door
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.journal import KEPT_OF_A_BODY
from workato_emulator.http.limits import Allowance, Quota
from workato_emulator.http.records import RECORDED
from workato_emulator.http.routing import Found, RouteTable
from workato_emulator.http.unread import Unread

_VERSIONLESS = re.compile(r"^/scim/(?!v\d)")
_SLASHES = re.compile(r"//+")
_PER_MINUTE = 60
_LARGEST = 64 * 1024 * 1024
"""Bytes that are read where there is no limit: what a seed may have too."""


class ScimDoor(Door[ScimHandler]):
    """Serves `/scim/…`."""

    name: ClassVar[str] = "scim"
    prefix: ClassVar[str] = PREFIX
    recorded_headers: ClassVar[frozenset[bytes]] = RECORDED | {b"if-match"}

    def __init__(self, backend: Backend, routes: RouteTable[ScimHandler] | None = None) -> None:
        table = scim_routes() if routes is None else routes
        super().__init__(table, contract.load("scim.yaml"), ScimDialect(), backend)
        self._listed = Listed()

    def own_guards(self) -> tuple[Callable[[Exchange], None], ...]:
        return (self.identify, self.must_have_quota_left)

    def most_to_read(self, exchange: Exchange) -> int:
        """Nobody else's body is looked at, or kept whole."""
        stored = self.backend.store.read()
        if exchange.bearer not in stored.cloud.scim_tokens and exchange.bearer not in stored.cloud.tokens:
            return KEPT_OF_A_BODY
        return MAX_BODY if stored.assumptions.scim_payload_limit == "1_mib" else _LARGEST

    def find(self, exchange: Exchange) -> Found[ScimHandler] | None:
        """A base URL may have been written with a slash at its end, or without its version (RFC 7644, 3.13)."""
        path = exchange.sent_path
        if "//" in path or not path.startswith(f"{PREFIX}/") or path.endswith("/"):
            exchange.sent_path = _VERSIONLESS.sub(f"{PREFIX}/", _SLASHES.sub("/", path)).rstrip("/")
        return super().find(exchange)

    def not_found(self, exchange: Exchange) -> Response:
        known = "/Users, /ServiceProviderConfig, /ResourceTypes, /Schemas"
        return self._own(404, f"{shorten(exchange.path)} is not an endpoint of SCIM here; there are {known}")

    def wrong_method(self, exchange: Exchange, allowed: tuple[str, ...]) -> Response:
        methods = ", ".join(allowed)
        answer = self._own(405, f"{shorten(exchange.path)} takes {methods}, not {exchange.method}")
        answer.headers["Allow"] = methods
        return answer

    def _own(self, status: int, detail: str) -> Response:
        return error(status, detail, self.backend.store.read().assumptions)

    def identify(self, exchange: Exchange) -> None:
        """Whose token this is, and whether the workspace has SCIM. Raises a `Refusal`."""
        work = exchange.work
        if exchange.operation in OPEN and exchange.bearer is None and work.assumptions.scim_discovery_open != "none":
            return
        caller = exchange.caller = scim_caller_of(work.cloud, exchange.bearer, work.assumptions)
        data_center = data_center_at(work.cloud, exchange.host)
        must_be_at_the_base_url(caller.workspace, exchange.host, data_center, work.assumptions)
        must_be_enabled(caller.workspace)

    def must_have_quota_left(self, exchange: Exchange) -> None:
        """Raises `RequestsExhausted`."""
        assumed = exchange.work.assumptions
        if assumed.scim_rate_limit == "none" or exchange.caller is None:
            return
        resource = "scim" if assumed.scim_rate_limit == "own" else SHARED_WITH_SCIM
        workspace = exchange.caller.workspace
        allowance = Allowance(Quota(workspace.id, None, resource), _PER_MINUTE, assumed.rate_window)
        self.backend.limiter.admit(allowance, exchange.at)
        self.backend.limiter.count(allowance.quota, exchange.at, exchange.work.cloud)

    def hold_to_contract(self, exchange: Exchange) -> None:
        """What the contract does not know is noted, and refused only by a strict emulator. Raises a `Refusal`."""
        operation = self.read(exchange)
        found = [Unread("query", "", each, operation.query) for each in exchange.query if each not in operation.query]
        if exchange.body and operation.schema is not None:
            self._must_be_announced(exchange)
            exchange.json = parse_json(exchange.body)
        elif exchange.body:
            found.append(Unread("body", "", ""))
        self.note_unread(exchange, found)

    def _must_be_announced(self, exchange: Exchange) -> None:
        """Raises `UnsupportedMedia` for a body that is announced as something else than JSON."""
        announced = exchange.header(b"content-type") or ""
        known = {"application/scim+json", "application/json"}
        if exchange.work.assumptions.scim_media_types == "scim_only":
            known = {"application/scim+json"}
        strange = otherwise_announced(announced or None)
        if strange is None and announced.partition(";")[0].strip().lower() not in known:
            strange = f"Content-Type {shorten(announced)}"
        if strange is not None:
            raise UnsupportedMedia(f"{strange}: the body must be announced as application/scim+json")

    def handle(self, exchange: Exchange) -> Response:
        assert exchange.route is not None  # noqa: S101  (or there is no handler)
        call = ScimCall(
            exchange.work,
            NOBODYS if exchange.caller is None else exchange.caller.workspace.id,
            exchange.parameters,
            exchange.query,
            exchange.json,
            _address(exchange),
            self._listed,
            exchange.header(b"if-match"),
            exchange.header(b"if-none-match"),
        )
        answer: Response = exchange.route.handler(call)
        return answer


def _address(exchange: Exchange) -> str:
    """The door's address as the caller has it, so that a location leads back to where it was given.

    Data centers speak TLS only: who reaches one of their names over a port of this machine is told as they would.
    """
    at_home = data_center_at(exchange.work.cloud, exchange.host) is not None
    scheme = "https" if at_home else exchange.scope.get("scheme", "http")
    host = exchange.headers.get(b"host", b"localhost").decode("latin-1")
    return f"{scheme}://{host}{PREFIX}"
