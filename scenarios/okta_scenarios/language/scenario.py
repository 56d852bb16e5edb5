"""What reading comes to: scenarios whose names all lead somewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from okta_scenarios.language.models.given import Given
from okta_scenarios.language.models.scenario import Live
from okta_scenarios.language.models.steps import ClaimingStep, Step
from okta_scenarios.language.problems import Problem


@dataclass(frozen=True, slots=True)
class Scenario:
    """One script, ready to run.

    In its steps every org, app, workspace and client is filled in. `people` and `groups` of every expectation hold
    tuples of claims, and their place is filled in as far as the claims need one.
    """

    file: str
    id: str
    title: str
    tags: tuple[str, ...]
    live: Live
    given: Given
    steps: tuple[Step, ...]
    lines: tuple[int, ...]
    """The line that each step starts in."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that the steps prove, each once, in the order in which they first come up."""
        return tuple(
            dict.fromkeys(rule for step in self.steps if isinstance(step, ClaimingStep) for rule in step.proves)
        )

    def assuming(self, choices: Mapping[str, str]) -> "Scenario":
        """The same scenario with these assumptions switched, but for those that it settles itself."""
        assumptions = {**choices, **self.given.assumptions}
        return replace(self, given=self.given.model_copy(update={"assumptions": assumptions}))


@dataclass(frozen=True, slots=True)
class Library:
    """Scenarios in the order of their files, and what is worth mending although it hinders nobody."""

    scenarios: tuple[Scenario, ...]
    warnings: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Scenario]:
        return iter(self.scenarios)

    def __len__(self) -> int:
        return len(self.scenarios)
