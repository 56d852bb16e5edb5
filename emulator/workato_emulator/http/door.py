"""What every door does with a request. A door is a name, a prefix, a dialect and its resources; this is all the rest.

    turn away → read the body → route → fault → guards → contract → handler → refusal → journal

Nothing in here waits: once the body is there, a request is one uninterrupted step, and what it read is still true when
it writes.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import ClassVar, Generic, TypeVar

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.types import Scope

from workato_emulator.domain.activity import ANONYMOUS, Origin
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import Refusal, RequestsExhausted
from workato_emulator.domain.rules import Trace, tracing
from workato_emulator.http.answers import with_date
from workato_emulator.http.backend import Backend, log
from workato_emulator.http.bodies import (
    MAX_BODY,
    MAX_DEPTH,
    MOST_VALUES,
    BodyTooLarge,
    Malformed,
    must_be_modest,
    must_be_readable,
)
from workato_emulator.http.contract import Operation
from workato_emulator.http.dialect import Dialect
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.lasting import same_lasting
from workato_emulator.http.own_errors import leading_nowhere, method_not_allowed, not_emulated
from workato_emulator.http.records import RECORDED, to_record
from workato_emulator.http.routing import Found, RouteTable, leads_nowhere
from workato_emulator.http.unread import Unread, UnreadRefused, list_names
from workato_emulator.text import nearest

H = TypeVar("H", bound=Callable[..., object])
ASK_FOR_RULES = b"x-emulator-rules"
_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
_NOT_FOUND = HTTPStatus.NOT_FOUND.value


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """How large a body may be: bytes, keys and elements in it (None for any number), and how deep they nest."""

    size: int = MAX_BODY
    values: int | None = MOST_VALUES
    depth: int = MAX_DEPTH


ORDINARY = BodyLimits()


class Door(ABC, Generic[H]):
    """Serves what is under its prefix, in its dialect; everything that is remembered lies in the backend."""

    name: ClassVar[str]
    """As a state file has it: a request is asked again at the door where it was asked."""
    prefix: ClassVar[str]
    emulated: ClassVar[bool] = True
    """Whether it is part of what is emulated: faults strike here, and the journal shows what was asked."""
    recorded_headers: ClassVar[frozenset[bytes]] = RECORDED
    """Those that a state file keeps."""
    replaces_worlds: ClassVar[bool] = False
    """Whether a request may put another world, with tokens of its own, in place of this one."""

    def __init__(
        self, routes: RouteTable[H], operations: Mapping[str, Operation], dialect: Dialect, backend: Backend
    ) -> None:
        self.routes = routes
        self.operations = operations
        self.dialect = dialect
        self.backend = backend
        self.guards: tuple[Callable[[Exchange], None], ...] = (*self.own_guards(), self.hold_to_contract)

    # What a door may say about itself

    @abstractmethod
    def handle(self, exchange: Exchange) -> Response:
        """The handler's answer to a request that passed every guard."""

    def own_guards(self) -> tuple[Callable[[Exchange], None], ...]:
        """What is asked before the body is looked at, in this order. Each raises a `Refusal`."""
        return ()

    def turn_away(self, exchange: Exchange) -> Response | None:
        """The answer to somebody whose request is not even read; None for everybody else."""
        return None

    def limits(self, exchange: Exchange) -> BodyLimits:
        """How large the body may be that this request asks for."""
        return ORDINARY

    def most_to_read(self, exchange: Exchange) -> int:
        """How many bytes are read of this request's body, before anything else is known of it."""
        return self.limits(exchange).size

    def origin(self, exchange: Exchange) -> Origin:
        """Where an act comes from, as an activity log has it."""
        client = exchange.scope.get("client")
        agent = exchange.headers.get(b"user-agent", b"").decode("latin-1")
        return Origin(ANONYMOUS.ip_address if client is None else client[0], agent)

    def declined(self, path: str) -> str | None:
        """Why what is on this path is left out on purpose, if it is."""
        return None

    def find(self, exchange: Exchange) -> Found[H] | None:
        return None if leads_nowhere(exchange.sent_path) else self.routes.find(exchange.method, exchange.sent_path)

    def not_found(self, exchange: Exchange) -> Response:
        """No operation has this path: said in our own words, so that nobody takes them for an answer."""
        if exchange.sent_path == "*":  # asked about the server as a whole
            return method_not_allowed(exchange.method, "*", _METHODS)
        if leads_nowhere(exchange.sent_path):
            return leading_nowhere(exchange.method, exchange.path, exchange.nearest)
        return not_emulated(exchange.method, exchange.path, exchange.nearest, self.declined(exchange.path))

    def wrong_method(self, exchange: Exchange, allowed: tuple[str, ...]) -> Response:
        """The path has operations, and none of them with this method."""
        return method_not_allowed(exchange.method, exchange.path, allowed)

    def counts(self, refusal: Refusal, assumed: Assumptions) -> bool:
        """Whether a call that is refused like this counts like one that is answered."""
        return True

    def mark(self, exchange: Exchange, response: Response) -> None:
        """What goes with the answer of an operation, refusals and failures included."""

    def mark_every(self, exchange: Exchange, response: Response) -> None:
        """What goes with every answer of this door."""

    # A request, from beginning to end

    def begin(self, scope: Scope) -> Exchange:
        """A request of which the head has arrived."""
        exchange = Exchange(self.name, scope)
        exchange.turned_away = self.turn_away(exchange)
        if exchange.turned_away is None:
            exchange.most = self.most_to_read(exchange)
        return exchange

    def finish(self, exchange: Exchange, body: bytes | None) -> Response:
        """The answer, with all its consequences. `body` is None where it is larger than was to be read of it."""
        if body is None:
            exchange.larger_than = exchange.most
        else:
            exchange.body = body
        response = self.respond(exchange) if exchange.turned_away is None else exchange.turned_away
        return with_date(response, self.backend.clock.now())

    def respond(self, exchange: Exchange) -> Response:
        """The answer to a request that has been read, with all its consequences."""
        backend = self.backend
        with backend.store.exclusively():
            before = backend.store.read().cloud
            response = self._decide(exchange) if backend.changes.append is None else self._decide_on_record(exchange)
            if backend.store.read().cloud is not before:
                backend.retire(before, world_may_be_another=self.replaces_worlds)
            return response

    def _decide_on_record(self, exchange: Exchange) -> Response:
        """Decided, written down if it changed something that lasts, and only then answered.

        What cannot be written down has not happened: everything is put back.
        """
        backend = self.backend
        at = backend.clock.underneath()
        with backend.clock.hold(at):
            everything = backend.snapshots.everything()
            response = self._decide(exchange)
            if same_lasting(everything, backend.snapshots.everything()):
                return response
            ids, status = backend.store.read().ids, response.status_code
            record = to_record(exchange, self.recorded_headers, at, status, ids, limited=exchange.exhausted)
            try:
                assert backend.changes.append is not None  # noqa: S101  (or this was not asked for)
                backend.changes.append(record)
            except OSError as error:
                backend.snapshots.undo(everything)
                named = backend.secrets().out_of_text(f"{exchange.method} {exchange.scope['path']}")
                log.error("%s undone: the state file cannot be written: %s", named, error.strerror)
                return self.dialect.unwritten(backend.journal.seq + 1)
            return response

    def _decide(self, exchange: Exchange) -> Response:
        backend = self.backend
        exchange.at = backend.clock.now()
        exchange.trace = Trace(backend.store.read().suspended)
        with tracing(exchange.trace):
            response = self._answer(exchange)
        if self.emulated:
            if ASK_FOR_RULES in exchange.headers:
                said = ", ".join(f"{id_}={outcome}" for id_, outcome in exchange.trace.met)
                response.raw_headers.append((ASK_FOR_RULES, said.encode()))
            self.mark_every(exchange, response)
            self._write_down(exchange, response)
        return response

    def _answer(self, exchange: Exchange) -> Response:
        found = self.find(exchange)
        if found is None or found.route is None:
            close = self.routes.nearest(exchange.method, exchange.path)
            exchange.nearest = None if close is None else f"{close.method} {close.path}"
            if found is None:
                return self.not_found(exchange)
            return self.wrong_method(exchange, found.allowed)
        exchange.route, exchange.parameters = found.route, found.parameters
        fault = self.backend.faults.strike(found.route.operation) if self.emulated else None
        if fault is None:
            return self._act(exchange)
        exchange.fault = fault.effect.name
        act = partial(self._act, exchange)
        return fault.answer(act, self.backend.clock.now(), self.dialect, unhurried=exchange.unhurried)

    def _act(self, exchange: Exchange) -> Response:
        """One transaction: the handler's answer, or the refusal that undid it."""
        backend = self.backend
        work = exchange.work = backend.begin(self.origin(exchange), exchange.at)
        try:
            for guard in self.guards:
                guard(exchange)
            response = self.handle(exchange)
        except Refusal as refusal:
            backend.commit_despite_refusal(work)
            response = self.dialect.refusal(refusal, work.assumptions)
            exchange.exhausted = isinstance(refusal, RequestsExhausted)
            exchange.counts = self.counts(refusal, work.assumptions)
        except Exception:  # noqa: BLE001  (the promise is: never a traceback to a user)
            backend.log_failure(exchange.method, exchange.path)
            response = self.dialect.failure(backend.journal.seq + 1)
        else:
            backend.commit(exchange.work)
        self.mark(exchange, response)
        return response

    # The contract

    def hold_to_contract(self, exchange: Exchange) -> None:
        """The last guard: what was sent is what the operation takes. Raises a `Refusal`."""
        operation = self.read(exchange)
        for name in exchange.query:
            if name not in operation.query:
                raise Malformed(f"unknown query parameter {name!r}", name, nearest(name, operation.query))
        exchange.json = operation.body(exchange.body, self.limits(exchange).depth)

    def note_unread(self, exchange: Exchange, found: Sequence[Unread]) -> None:
        """Note what the contract does not know. A strict emulator raises `UnreadRefused` for it."""
        if not found:
            return
        exchange.unread = list_names(found)
        if self.backend.store.read().strict:
            exchange.unread_refused = True
            raise UnreadRefused(found)

    def read(self, exchange: Exchange) -> Operation:
        """The operation that is asked for, once there is a body that can be read. Raises a `Refusal`."""
        if exchange.larger_than is not None:
            raise BodyTooLarge(exchange.larger_than)
        body = exchange.body
        if body:
            must_be_readable(exchange.header(b"content-encoding"), body)
            most = self.limits(exchange).values
            if most is not None:
                must_be_modest(body, most)
        query = exchange.query_text
        if query:
            exchange.query = QueryParams(query)
        assert exchange.route is not None  # noqa: S101  (nothing is held to a contract before it is routed)
        return self.operations[exchange.route.operation]

    # The journal

    def _write_down(self, exchange: Exchange, response: Response) -> None:
        operation = exchange.operation
        if response.status_code == _NOT_FOUND and operation is not None:  # a wrong id, or a segment
            meant = self.operations[operation]  # taken for one
            exchange.nearest = f"{meant.method} {meant.path}"
        self.backend.journal.add(exchange, response)
