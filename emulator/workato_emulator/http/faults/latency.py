"""Answers that are true and late."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.responses import Response

from workato_emulator.http.dialect import Dialect
from workato_emulator.http.faults.effect import Arrives, Proceed


@dataclass(frozen=True, slots=True)
class Latency:
    """The work is done at once and the true answer is on its way for as long as the fault says."""

    name: ClassVar[str] = "latency"
    arrives: ClassVar[Arrives] = "all"

    def answer(self, proceed: Proceed, now: datetime, dialect: Dialect) -> Response:  # noqa: ARG002
        return proceed()
