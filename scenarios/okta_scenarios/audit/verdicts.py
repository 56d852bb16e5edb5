"""A verdict per rule.

verified      a scenario claims it, passes, and fails at a step that claims it in a world where the rule does not hold
unnoticed     scenarios claim it and pass, and pass there all the same, or fail at a step that does not claim it
unbreakable   scenarios claim it and pass; there is no way to break it, and the reason is given
failed        a scenario that claims it fails
unclaimed     no scenario claims it
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, TypeAlias

from okta_scenarios.language import Scenario
from okta_scenarios.language.models.steps import ClaimingStep
from okta_scenarios.play import AS_DOCUMENTED, ScenarioResult, World, run_scenario
from okta_scenarios.rules import KnownRule, Unbreakable, Violation, known_rules, violation_of

RuleStatus = Literal["verified", "unnoticed", "unbreakable", "failed", "unclaimed"]


@dataclass(frozen=True, slots=True)
class Proof:
    """How a claiming scenario took the rule's being broken.

    It failed at step `failed_at`, at the expectation `what`, or passed (None). Only a step that claims the rule counts
    as having `noticed`: a failure anywhere else shows that something is different, not that the claim is true.
    """

    scenario: str
    failed_at: int | None
    what: str = ""
    noticed: bool = False


@dataclass(frozen=True, slots=True)
class Failing:
    """A scenario that claims the rule and does not pass: the step that failed, and what that step claims."""

    scenario: str
    step: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    rule: KnownRule
    status: RuleStatus
    scenarios: tuple[str, ...]
    broken_by: str = ""
    proofs: tuple[Proof, ...] = ()
    failing: tuple[Failing, ...] = ()
    belongs: Proof | None = None
    """Of an unnoticed rule, where the claim would be noticed: the first step that fails once the rule is broken."""

    @property
    def deaf(self) -> tuple[str, ...]:
        """Scenarios that claim the rule and did not notice its being broken."""
        return tuple(proof.scenario for proof in self.proofs if not proof.noticed)


@dataclass(frozen=True, slots=True)
class Claims:
    """What was said of one rule by the scenarios that were played: who claims it, and who of them failed where."""

    rule: str
    scenarios: tuple[str, ...] = ()
    failing: tuple[Failing, ...] = ()
    quickest: tuple[str, ...] = ()
    """The same scenarios, those first that send the fewest requests."""


def claims_in(results: Iterable[ScenarioResult]) -> tuple[Claims, ...]:
    """Every rule with its claims, the seam's rules first."""
    claiming: dict[str, list[ScenarioResult]] = {rule: [] for rule in known_rules()}
    for result in results:
        for rule in result.rules:
            claiming[rule].append(result)
    return tuple(
        Claims(
            rule,
            tuple(each.id for each in claims),
            tuple(
                Failing(each.id, each.failure.number, each.failure.proves)
                for each in claims
                if each.failure is not None
            ),
            tuple(each.id for each in sorted(claims, key=_requests)),
        )
        for rule, claims in claiming.items()
    )


def _requests(result: ScenarioResult) -> int:
    return result.requests


def judge(
    scenarios: Iterable[Scenario],
    results: Iterable[ScenarioResult],
    *,
    seed: int = 0,
    thorough: bool = False,
    broken: Callable[[str], Violation | Unbreakable] = violation_of,
) -> tuple[Verdict, ...]:
    """A verdict on every rule, in the catalogue's order; `judge_one` says how."""
    by_id = {scenario.id: scenario for scenario in scenarios}
    play = partial(run_scenario, seed=seed)
    return tuple(
        judge_one(claims, by_id, broken(claims.rule), play, thorough=thorough) for claims in claims_in(results)
    )


Play: TypeAlias = Callable[[Scenario, World], ScenarioResult]
"""How a scenario is played in a world: which people there are and where it plays is settled."""


def judge_one(
    claims: Claims,
    scenarios: Mapping[str, Scenario],
    violation: Violation | Unbreakable,
    play: Play = run_scenario,
    world: World = AS_DOCUMENTED,
    *,
    thorough: bool = False,
) -> Verdict:
    """The scenarios that claim the rule are played again in a `world` where the `violation` breaks it.

    One that notices is enough, so the quickest is tried first and the rest is not played, unless `thorough`. Where a
    claim failed already, there is nothing to break. Where none notices, the other `scenarios` are played until one
    shows where the claim belongs.
    """
    rule = known_rules()[claims.rule]
    ids = claims.scenarios
    how = violation.reason if isinstance(violation, Unbreakable) else violation.sentence
    if not ids:
        return Verdict(rule, "unclaimed", (), how)
    if claims.failing:
        return Verdict(rule, "failed", ids, how, failing=claims.failing)
    if isinstance(violation, Unbreakable):
        return Verdict(rule, "unbreakable", ids, how)
    broken = replace(world, suspended=world.suspended | violation.suspend, decisions=violation.decisions)
    tried: dict[str, Proof] = {}
    for id_ in claims.quickest:
        tried[id_] = _proof(rule.id, scenarios[id_], play, broken)
        if tried[id_].noticed and not thorough:
            break
    proofs = tuple(tried[id_] for id_ in ids if id_ in tried)
    if any(proof.noticed for proof in proofs):
        return Verdict(rule, "verified", ids, how, proofs)
    belongs = next((proof for proof in proofs if _can_claim(scenarios[proof.scenario], proof)), None)
    if belongs is None:
        others = (scenario for id_, scenario in scenarios.items() if id_ not in ids)
        noticing = ((scenario, _proof(rule.id, scenario, play, broken)) for scenario in others)
        belongs = next(
            (
                proof
                for scenario, proof in noticing
                if _can_claim(scenario, proof) and play(scenario, world).failure is None
            ),
            None,
        )
    return Verdict(rule, "unnoticed", ids, how, proofs, belongs=belongs)


def _can_claim(scenario: Scenario, proof: Proof) -> bool:
    """Whether the step that failed may claim something: what is given, a fault and a step with `during` may not."""
    if not proof.failed_at:
        return False
    step = scenario.steps[proof.failed_at - 1]
    return isinstance(step, ClaimingStep) and getattr(step, "during", None) is None


def _proof(rule: str, scenario: Scenario, play: Play, broken: World) -> Proof:
    failure = play(scenario, broken).failure
    if failure is None:
        return Proof(scenario.id, None)
    return Proof(scenario.id, failure.number, failure.mismatches[0].where, rule in failure.proves)
