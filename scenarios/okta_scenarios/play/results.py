"""What running a scenario comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, TypeAlias

Plain: TypeAlias = "bool | int | float | str | Sequence[Plain] | Mapping[str, Plain] | None"
Status = Literal["passed", "failed"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP exchange with Workato. `status` is None where no answer came; bodies are text as sent."""

    method: str
    path: str
    request: str
    status: int | None
    response: str

    @property
    def request_line(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expectation that was not met. `where` reads like the key in the file: `expect.member.dev`."""

    where: str
    expected: Plain
    actual: Plain


@dataclass(frozen=True, slots=True)
class Change:
    """One thing at Workato that a step changed. `before` is None where it came, `after` where it went."""

    path: str
    before: Plain
    after: Plain


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step as it went.

    `tasks` are Okta's open tasks after it, as an admin would read them; `events` what the System Log says of it.
    `changes` are known only of a run that was watched closely.
    """

    number: int
    line: int
    title: str
    note: str | None
    proves: tuple[str, ...]
    mismatches: tuple[Mismatch, ...]
    exchanges: tuple[Exchange, ...]
    tasks: tuple[str, ...]
    events: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()
    """Those of the events that Okta logs as a warning."""
    meanwhile: tuple[str, ...] = ()
    """The steps, in a few words, that happened while a request of this one was under way."""
    said: str = ""
    """What was done, in a sentence, with the names of things between asterisks."""
    when: str = ""
    """When it was done by the scenario's own clock: `day 3, 09:00`."""

    @property
    def passed(self) -> bool:
        return not self.mismatches


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """A scenario up to its last step, or up to the first that did not hold."""

    id: str
    title: str
    file: str
    rules: tuple[str, ...]
    steps: tuple[StepResult, ...]
    faults: tuple[str, ...] = ()
    """The faults that its steps arm: what it shows, it shows of a service that was made to fail."""
    tags: tuple[str, ...] = ()
    consulted: frozenset[str] = field(default=frozenset(), compare=False)
    """The assumptions that it may hang on: under any alternative of the others it goes the same way. It is empty where
    what is given could not be set up, and targets differ in how much of it can be seen."""
    seconds: float = field(default=0.0, compare=False)
    """How long it took to play, which equal results may differ in."""
    elapsed: timedelta = timedelta()
    """How much time passed by its own clock, which is the same on every machine."""

    @property
    def status(self) -> Status:
        return "passed" if all(step.passed for step in self.steps) else "failed"

    @property
    def requests(self) -> int:
        """How many requests it sent to Workato."""
        return sum(len(step.exchanges) for step in self.steps)

    @property
    def failure(self) -> StepResult | None:
        """The step that did not hold."""
        return next((step for step in self.steps if not step.passed), None)
