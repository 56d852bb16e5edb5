"""Which operation goes wrong, how often, and the faults that are armed."""

from dataclasses import dataclass, replace
from datetime import datetime

from starlette.responses import Response

from workato_emulator.http.dialect import Dialect
from workato_emulator.http.faults.connection import Disturbed
from workato_emulator.http.faults.effect import Effect, Proceed


@dataclass(frozen=True, slots=True)
class Fault:
    """What becomes of the next `count` calls of `operation`. `latency` is in seconds and goes with every effect."""

    operation: str
    effect: Effect
    count: int = 1
    latency: float = 0.0

    def answer(self, proceed: Proceed, now: datetime, dialect: Dialect, *, unhurried: bool = False) -> Response:
        """The answer as it goes wrong. It is still to be sent, and then may not arrive.

        `unhurried` is who moves the clock, and so is not kept waiting.
        """
        answer = self.effect.answer(proceed, now, dialect)
        seconds = 0.0 if unhurried else self.latency
        if self.effect.arrives == "all" and not seconds:
            return answer
        return Disturbed(answer, self.effect.arrives, seconds)


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
