"""Steps that wait for a request, and happen while its answer is on the way: two requests in flight, deterministically.

Workato has decided its answer by then, and whoever asked does not have it yet. Whether the answer arrives makes no
difference. All steps that wait for one operation happen during its next call, in the order of the file.
"""

from collections.abc import Callable

import httpx

from okta_scenarios.language.models.steps import DuringStep
from okta_scenarios.play.outcomes import StepOutcome
from workato_emulator import operation_of


class Meanwhile:
    def __init__(self) -> None:
        self._waiting: list[tuple[DuringStep, Callable[[], StepOutcome]]] = []
        self._happened: list[tuple[DuringStep, StepOutcome]] = []

    def wait(self, step: DuringStep, happen: Callable[[], StepOutcome]) -> None:
        self._waiting.append((step, happen))

    def still_waits(self, step: object) -> bool:
        return any(each is step for each, _ in self._waiting)

    def set_off(self, request: httpx.Request) -> None:
        """Let happen what waits for this request. A step that calls the same operation sets nothing off."""
        if not self._waiting:
            return
        operation = operation_of(request.method, request.url.raw_path.decode("ascii").partition("?")[0])
        due = [each for each in self._waiting if each[0].during == operation]
        self._waiting = [each for each in self._waiting if each[0].during != operation]
        self._happened += [(step, happen()) for step, happen in due]

    def take(self) -> tuple[tuple[DuringStep, StepOutcome], ...]:
        """What happened since the last time somebody asked, and what came of it."""
        happened = tuple(self._happened)
        self._happened.clear()
        return happened
