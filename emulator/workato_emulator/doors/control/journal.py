"""The journal, read by people: filtered, paged, or as an HTTP Archive."""

from collections.abc import Collection
from itertools import islice

from starlette.responses import Response

from workato_emulator.domain.refusals import Invalid
from workato_emulator.domain.rules import CATALOGUE, RuleOutcome
from workato_emulator.doors.control.call import ControlCall, Routes
from workato_emulator.doors.control.judging import judge
from workato_emulator.http.answers import empty, ok
from workato_emulator.http.bodies import Malformed, UnusableValue
from workato_emulator.http.har import as_har
from workato_emulator.http.journal import CAPACITY, Entry, EntryFilter, statuses_of
from workato_emulator.http.query import whole_number
from workato_emulator.text import nearest

ORDERS = ("oldest", "newest")


def read(call: ControlCall) -> Response:
    secrets = call.backend.secrets()
    return ok(
        {"data": [entry.as_json(secrets) for entry in _wanted_entries(call)], "dropped": call.backend.journal.dropped}
    )


def archive(call: ControlCall) -> Response:
    return ok(as_har(_wanted_entries(call), call.backend.journal.dropped, call.backend.secrets()))


def judgement(call: ControlCall) -> Response:
    return ok({"data": judge(call.backend.journal.select(EntryFilter(workspace=call.query.get("workspace"))))})


def clear(call: ControlCall) -> Response:
    call.backend.journal.clear()
    return empty()


def _wanted_entries(call: ControlCall) -> list[Entry]:
    """The entries that the query asks for. Raises `Malformed`, or `UnusableValue` for what does not exist."""
    query = call.query
    outcome = query.get("outcome")
    if outcome is not None and outcome not in {each.value for each in RuleOutcome}:
        raise Malformed(f"is one of {', '.join(each.value for each in RuleOutcome)}", "outcome")
    method = query.get("method")
    wanted = EntryFilter(
        operation=_known(query.get("operation"), "operation", call.backend.operations),
        statuses=statuses_of(query.get("status")),
        workspace=query.get("workspace"),
        client=query.get("client"),
        rule=_known(query.get("rule"), "rule", CATALOGUE),
        outcome=None if outcome is None else RuleOutcome(outcome),
        method=None if method is None else method.upper(),
        path=query.get("path"),
        after=_number(call, "after", 0, least=0),
    )
    limit = _number(call, "limit", CAPACITY, least=1, most=CAPACITY)
    return list(islice(call.backend.journal.select(wanted, newest_first=_newest_first(query.get("order"))), limit))


def _newest_first(order: str | None) -> bool:
    """Raises `Malformed` for an order that there is not."""
    if order not in {None, *ORDERS}:
        raise Malformed(f"is one of {', '.join(ORDERS)}", "order")
    return order == "newest"


def _known(name: str | None, what: str, known: Collection[str]) -> str | None:
    if name is not None and name not in known:
        raise UnusableValue(f"no {what} called {name!r}", what, nearest(name, known))
    return name


def _number(call: ControlCall, name: str, default: int, *, least: int, most: int | None = None) -> int:
    """A query parameter within its bounds. Raises `Malformed`: it never was a question that could be answered."""
    try:
        number = whole_number(call.query, name, default)
    except Invalid as error:
        raise Malformed(error.text, name) from None
    if number < least or (most is not None and number > most):
        raise Malformed(f"goes from {least}" if most is None else f"goes from {least} to {most}", name)
    return number


ROUTES: Routes = (
    ("GET", "/journal", "readJournal", read),
    ("DELETE", "/journal", "clearJournal", clear),
    ("GET", "/journal.har", "archiveJournal", archive),
    ("GET", "/journal/judgement", "judgeClient", judgement),
)
