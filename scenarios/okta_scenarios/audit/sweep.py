"""What hangs on each assumption: scenarios that pass are played again under its alternatives, one at a time.

decisive      a scenario does not pass under one of its alternatives
harmless      every scenario that consulted it passes under each of its alternatives
unconsulted   no scenario consulted it and left it open, so nothing is known of it

Only a scenario that consulted an assumption is played again under its alternatives: any other goes the same way there.
A scenario that settles an assumption itself is about that world, and is not played in another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from okta_scenarios.assumptions import questions
from okta_scenarios.audit.verdicts import Play
from okta_scenarios.language import Scenario
from okta_scenarios.play import ScenarioResult, World
from workato_emulator import Assumption

Weight = Literal["decisive", "harmless", "unconsulted"]


@dataclass(frozen=True, slots=True)
class Trial:
    """One scenario, to be played under one alternative of one assumption."""

    assumption: str
    alternative: str
    scenario: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """A scenario that does not pass under an alternative: the step that fails, and its first unmet expectation."""

    alternative: str
    scenario: str
    step: int
    where: str
    rules: tuple[str, ...]
    """The rules that the scenario claims: under the alternative it shows none of them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one assumption came to."""

    question: Assumption
    base: str
    """What was assumed in the plain run."""
    consequences: tuple[Consequence, ...]
    consulted_by: tuple[str, ...]
    """The scenarios that were played again under its alternatives."""
    settled_by: tuple[str, ...]
    """The scenarios that settle it themselves."""

    @property
    def weight(self) -> Weight:
        if self.consequences:
            return "decisive"
        return "harmless" if self.consulted_by else "unconsulted"

    @property
    def alternatives(self) -> tuple[str, ...]:
        return alternatives(self.question, self.base)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that hang on it: a scenario that claims them fails under an alternative."""
        return tuple(dict.fromkeys(rule for each in self.consequences for rule in each.rules))


def alternatives(question: Assumption, base: str) -> tuple[str, ...]:
    """What else could be so where `base` is assumed."""
    return tuple(each for each in (question.default, *question.alternatives) if each != base)


def trials(
    scenarios: Iterable[Scenario], results: Iterable[ScenarioResult], assumed: Mapping[str, str]
) -> tuple[Trial, ...]:
    """What has to be played again once these scenarios were played plainly, assumption by assumption.

    `assumed` is what the plain run assumed instead of the defaults. A scenario that failed says nothing more.
    """
    consulting = _consulting(scenarios, results)
    return tuple(
        Trial(question.id, alternative, id_)
        for question in questions()
        for alternative in alternatives(question, assumed.get(question.id, question.default))
        for id_ in consulting[question.id]
    )


def play_trial(trial: Trial, scenarios: Mapping[str, Scenario], play: Play, world: World) -> Consequence | None:
    """What the alternative does to the scenario in this world; None where it passes all the same."""
    varied = replace(world, assumptions={**world.assumptions, trial.assumption: trial.alternative})
    result = play(scenarios[trial.scenario], varied)
    failure = result.failure
    if failure is None:
        return None
    return Consequence(trial.alternative, result.id, failure.number, failure.mismatches[0].where, result.rules)


def sweep(
    scenarios: Sequence[Scenario],
    results: Sequence[ScenarioResult],
    assumed: Mapping[str, str],
    outcomes: Sequence[Consequence | None],
) -> tuple[Finding, ...]:
    """A finding per assumption, from the outcomes of `trials` in their order.

    Where a sweep was interrupted, outcomes are missing at the end; an assumption that was not tried to its end has no
    finding.
    """
    consulting = _consulting(scenarios, results)
    tried = trials(scenarios, results, assumed)
    untried = {trial.assumption for trial in tried[len(outcomes) :]}
    found: dict[str, list[Consequence]] = {question.id: [] for question in questions()}
    for trial, outcome in zip(tried, outcomes, strict=False):
        if outcome is not None:
            found[trial.assumption].append(outcome)
    return tuple(
        Finding(
            question,
            assumed.get(question.id, question.default),
            tuple(found[question.id]),
            consulting[question.id],
            tuple(each.id for each in scenarios if question.id in each.given.assumptions),
        )
        for question in questions()
        if question.id not in untried
    )


def _consulting(scenarios: Iterable[Scenario], results: Iterable[ScenarioResult]) -> Mapping[str, tuple[str, ...]]:
    """The scenarios that passed, consulted an assumption and left it open, by its id."""
    settled = {each.id: each.given.assumptions.keys() for each in scenarios}
    passed = [each for each in results if each.failure is None]
    return {
        question.id: tuple(
            each.id for each in passed if question.id in each.consulted and question.id not in settled[each.id]
        )
        for question in questions()
    }
