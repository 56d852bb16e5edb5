"""The inspector's door. It counts no calls, writes no journal and puts nothing on record.

It is not part of what is emulated, and what changes something is asked of the control plane, which puts it on record.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from starlette.responses import Response
from starlette.types import Scope

from workato_emulator.domain.refusals import Refusal
from workato_emulator.doors.inspector.dialect import InspectorDialect, redirect, with_protection
from workato_emulator.http.backend import Backend
from workato_emulator.http.door import BodyLimits, Door
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.routing import RouteTable

if TYPE_CHECKING:
    from workato_emulator.doors.inspector.pages import Pages

HOME = "/_emulator/"
_SECTIONS = frozenset({"", "workspaces", "requests", "world", "acts", "session", "look"})
"""What the inspector has below its prefix, whoever asks."""
_CONTROL = "v1"
_FORM = BodyLimits(256 * 1024)


class InspectorDoor(Door[Any]):
    """Serves `/_emulator/` and the pages below. They are loaded when somebody asks for the first of them."""

    name: ClassVar[str] = "inspector"
    prefix: ClassVar[str] = "/_emulator"
    emulated: ClassVar[bool] = False

    def __init__(
        self, backend: Backend, control: Door[Any], token: str | None = None, *, loopback_only: bool = False
    ) -> None:
        super().__init__(RouteTable(()), {}, InspectorDialect(), backend)
        self._control = control
        self._token = token
        self._loopback_only = loopback_only

    @cached_property
    def _pages(self) -> "Pages":
        from workato_emulator.doors.inspector.pages import Pages

        return Pages(self.backend, self._control, self._token, loopback_only=self._loopback_only)

    def takes(self, scope: Scope) -> bool:
        """Whether a request is for the inspector, of those that share their first segment with another door.

        A browser that was given the bare address, or a wrong one, wants to see something. Every other client is told by
        the other door, as if there were no inspector.
        """
        path = scope["path"]
        is_below = path.startswith(HOME)
        section = path.split("/", 3)[2] if is_below else ""
        if is_below and section in _SECTIONS:
            return True
        is_ours = (is_below and section != _CONTROL) or path in {"", "/", self.prefix}
        looks = is_ours and scope["method"] in {"GET", "HEAD"}
        return looks and any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])

    def limits(self, exchange: Exchange) -> BodyLimits:  # noqa: ARG002
        return _FORM

    def turn_away(self, exchange: Exchange) -> Response | None:
        """Asked before a form is read, so that only its hidden value is left to be looked at."""
        return self._pages.turn_away(exchange)

    def finish(self, exchange: Exchange, body: bytes | None) -> Response:
        return with_protection(super().finish(exchange, body))

    def respond(self, exchange: Exchange) -> Response:
        if not exchange.scope["path"].startswith(HOME):
            return redirect(HOME)
        with self.backend.store.exclusively():
            try:
                return self.handle(exchange)
            except Refusal as refusal:
                return self.dialect.refusal(refusal, self.backend.store.read().assumptions)
            except Exception:  # noqa: BLE001  (the promise is: never a traceback to a user)
                self.backend.log_failure(exchange.method, exchange.path)
                return self.dialect.failure(0)

    def handle(self, exchange: Exchange) -> Response:
        return self._pages.answer(exchange)
