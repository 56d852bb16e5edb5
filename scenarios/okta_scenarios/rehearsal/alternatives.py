"""What the outcome hangs on: the plan is played again under each alternative of each assumption that it consulted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from okta_org import OktaRefusal, UnknownName
from okta_scenarios.assumptions import questions
from okta_scenarios.language.plan import Plan
from okta_scenarios.play.world import World
from okta_scenarios.rehearsal.comparison import Comparison, compare
from okta_scenarios.rehearsal.outcome import Outcome
from okta_scenarios.rehearsal.playing import rehearse
from okta_scenarios.targets import CannotBegin


@dataclass(frozen=True, slots=True)
class Trial:
    """An alternative of an assumption, to be played."""

    assumption: str
    assumed: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """What is different under an alternative; `impossible` says why the world cannot be so at all."""

    trial: Trial
    question: str
    comparison: Comparison
    impossible: str | None = None

    @property
    def matters(self) -> bool:
        return self.impossible is not None or bool(self.comparison.people)


@dataclass(frozen=True, slots=True)
class Replays:
    """What each process has in hand that plays alternatives."""

    plan: Plan
    world: World
    seed: int
    outcome: Outcome

    def trials(self) -> tuple[Trial, ...]:
        """Alternatives of what was consulted and the plan does not settle itself."""
        settled = self.plan.world.given.assumptions
        return tuple(
            Trial(question.id, assumed, alternative)
            for question in questions()
            if question.id in self.outcome.consulted and question.id not in settled
            for assumed in (self.world.assumptions.get(question.id, question.default),)
            for alternative in (question.default, *question.alternatives)
            if alternative != assumed
        )

    def play(self, trial: Trial) -> Consequence:
        world = replace(self.world, assumptions={**self.world.assumptions, trial.assumption: trial.alternative})
        question = next(each.question for each in questions() if each.id == trial.assumption)
        try:
            outcome = rehearse(self.plan, world, seed=self.seed)
        except (CannotBegin, OktaRefusal, UnknownName) as why:
            return Consequence(trial, question, Comparison((), ()), str(why))
        return Consequence(trial, question, compare(self.outcome, outcome))


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a rehearsal says."""

    outcome: Outcome
    assumed: Mapping[str, str]
    consequences: Sequence[Consequence] = ()
    untried: int = 0
    """Alternatives that were not played, because somebody interrupted or did not ask."""
    against: Comparison | None = None
    against_file: str = ""

    @property
    def deciding(self) -> tuple[Consequence, ...]:
        """Alternatives under which somebody fares otherwise: those that concern most people first."""
        found = (each for each in self.consequences if each.matters)
        return tuple(sorted(found, key=lambda each: -len(each.comparison.people)))
