"""Faults, armed by operation and count: the next N calls of this operation fail in this way. Never by chance."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from starlette.responses import Response

from workato_emulator.web.answers import Json
from workato_emulator.web.values import Json as JsonValue

_GENERIC: Mapping[int, str] = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    429: "Too many requests",
    500: "Server error",
}
_WITHOUT_BODY = frozenset({204, 205, 304})


@dataclass(frozen=True, slots=True)
class Fault:
    """What the next `count` calls of `operation` get instead of an answer.

    A text `body` goes out as it is, anything else as JSON; without one it is the vendor's generic one for the status.
    The work is not done.
    """

    operation: str
    status: int
    count: int = 1
    body: JsonValue = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def answer(self) -> Response:
        headers = dict(self.headers)
        if self.status in _WITHOUT_BODY:
            return Response(None, self.status, headers)
        if isinstance(self.body, str):
            kind = "application/json; charset=utf-8" if self.body[:1] in {"{", "["} else "text/html"
            return Response(self.body, self.status, headers, media_type=kind)
        body = {"message": _GENERIC.get(self.status, "Error")} if self.body is None else self.body
        return Json(body, self.status, headers)


class Faults:
    """The faults that are armed, in the order in which they strike."""

    __slots__ = ("_armed",)

    def __init__(self) -> None:
        self._armed: tuple[Fault, ...] = ()

    def arm(self, fault: Fault) -> None:
        self._armed = (*self._armed, fault)

    def clear(self) -> None:
        self._armed = ()

    def strike(self, operation: str) -> Fault | None:
        """The fault for this call, counted down; None where there is none."""
        for index, fault in enumerate(self._armed):
            if fault.operation == operation:
                left = (replace(fault, count=fault.count - 1),) if fault.count > 1 else ()
                self._armed = (*self._armed[:index], *left, *self._armed[index + 1 :])
                return fault
        return None

    def read(self) -> tuple[Fault, ...]:
        return self._armed

    def restore(self, armed: tuple[Fault, ...]) -> None:
        self._armed = armed
