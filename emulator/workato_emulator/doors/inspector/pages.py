"""All pages, and who may see them."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import QueryParams
from starlette.responses import Response

from workato_emulator.domain.refusals import NotFound
from workato_emulator.doors.inspector.admission import Admission
from workato_emulator.doors.inspector.dialect import plain_page, redirect
from workato_emulator.doors.inspector.resources import page_routes
from workato_emulator.doors.inspector.visit import HOME, Outcomes, PageHandler, Visit
from workato_emulator.http.asking import ask_of
from workato_emulator.http.backend import Backend
from workato_emulator.http.bodies import BodyTooLarge, Malformed
from workato_emulator.http.door import Door
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.own_errors import method_not_allowed
from workato_emulator.http.routing import RouteTable

SESSION = f"{HOME}session"
LOOK = f"{HOME}look/"
_MOST_FIELDS = 1_000
"""One form has a field for each environment of a workspace."""
_LOOKING = frozenset({"GET", "HEAD"})


class Pages:
    def __init__(self, backend: Backend, control: Door[Any], token: str | None, *, loopback_only: bool) -> None:
        self._backend = backend
        self._control = control
        self._admission = Admission(token, loopback_only=loopback_only)
        self._sayings = Outcomes()
        self._routes: RouteTable[PageHandler] = page_routes()

    def turn_away(self, exchange: Exchange) -> Response | None:
        """The answer to somebody who may not come in: everybody may see the style and where to show the token."""
        if not self._admission.knows_host(exchange):
            text = "Without a control token the inspector answers to localhost and loopback addresses only."
            return plain_page("Unknown host", text, 403)
        may_act = exchange.method == "POST" or (exchange.method not in _LOOKING and b"origin" in exchange.headers)
        if may_act and not self._admission.is_own_page(exchange):
            text = "The inspector takes forms of its own pages only. Programs use /_emulator/v1."
            return plain_page("Not one of our pages", text, 403)
        path = exchange.scope["path"]
        if self._admission.knows(exchange) or path == SESSION or path.startswith(LOOK):
            return None
        if exchange.method in _LOOKING:
            return redirect(SESSION)
        return plain_page("The control token is needed", "Open the inspector and enter the token first.", 401)

    def answer(self, exchange: Exchange) -> Response:
        """The page. Raises a `Refusal`."""
        found = self._routes.find(exchange.method, exchange.sent_path)
        if found is None:
            raise NotFound("page", exchange.path)
        if found.route is None:
            return method_not_allowed(exchange.method, exchange.path, found.allowed)
        client = exchange.scope.get("client")
        visit = Visit(
            self._backend,
            exchange,
            found.parameters,
            QueryParams(exchange.query_text),
            _read_form(exchange),
            partial(ask_of, self._control, client),
            self._admission,
            self._sayings,
        )
        if exchange.method == "POST" and not self._admission.is_own_form(exchange, visit.form):
            return plain_page("An old form", "The emulator has been started again since. Open the page again.", 403)
        return found.route.handler(visit)


def _read_form(exchange: Exchange) -> Mapping[str, str]:
    """The fields of a form. Raises `BodyTooLarge` or `Malformed`."""
    if exchange.larger_than is not None:
        raise BodyTooLarge(exchange.larger_than)
    if not exchange.body:
        return {}
    kind = (exchange.header(b"content-type") or "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Malformed("should be a form (application/x-www-form-urlencoded)")
    try:
        text = exchange.body.decode("ascii")
        if text.count("&") >= _MOST_FIELDS:
            raise Malformed(f"has more than {_MOST_FIELDS} fields")
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except UnicodeError:
        raise Malformed("is not a form in UTF-8") from None
