"""What an effect is."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, Literal, Protocol, TypeAlias

from starlette.responses import Response

from workato_emulator.http.dialect import Dialect

Proceed: TypeAlias = Callable[[], Response]
"""The call as it would have gone: doing it changes the state and gives the true answer."""

Arrives = Literal["all", "half", "nothing"]


class Effect(Protocol):
    """One way of going wrong. Effects are frozen values: two equal ones do the same."""

    name: ClassVar[str]
    """As a request to arm it spells it."""

    arrives: ClassVar[Arrives]
    """How much of the answer the client gets before the connection ends."""

    def answer(self, proceed: Proceed, now: datetime, dialect: Dialect) -> Response:
        """What is answered instead, in the door's words; the effect decides whether the work is done."""
