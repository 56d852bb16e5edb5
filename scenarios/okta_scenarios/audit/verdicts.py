"""A verdict per rule.

verified      a scenario claims it, passes, and fails in a world where the rule does not hold
unnoticed     scenarios claim it and pass, and pass all the same when the rule is broken: they prove nothing
unbreakable   scenarios claim it and pass; there is no way to break it, and the reason is given
failed        a scenario that claims it fails
unclaimed     no scenario claims it
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import workato_emulator
from okta_scenarios.language import Scenario
from okta_scenarios.rules import SEAM_RULES, Unbreakable, Violation, violation_of
from okta_scenarios.runner import ScenarioResult, run_scenario

RuleStatus = Literal["verified", "unnoticed", "unbreakable", "failed", "unclaimed"]


@dataclass(frozen=True, slots=True)
class KnownRule:
    """A rule of either catalogue: of the seam, or of Workato's side as the emulator has it."""

    id: str
    statement: str
    source: str
    standing: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How a claiming scenario took the rule's being broken: the step it failed at, or None if it did not notice."""

    scenario: str
    noticed_at: int | None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    rule: KnownRule
    status: RuleStatus
    scenarios: tuple[str, ...]
    broken_by: str = ""
    proofs: tuple[Proof, ...] = ()

    @property
    def deaf(self) -> tuple[str, ...]:
        """Scenarios that claim the rule and did not notice its being broken."""
        return tuple(proof.scenario for proof in self.proofs if proof.noticed_at is None)


def known_rules() -> Mapping[str, KnownRule]:
    """Every rule there is, the seam's first, each catalogue in its own order."""
    seam = {each.id: KnownRule(each.id, each.statement, each.source, each.standing) for each in SEAM_RULES.values()}
    own = {
        each.id: KnownRule(each.id, each.statement, each.source, each.standing.value)
        for each in workato_emulator.rules()
    }
    return seam | own


def judge(
    scenarios: Iterable[Scenario],
    results: Iterable[ScenarioResult],
    *,
    seed: int = 0,
    thorough: bool = False,
    tell: Callable[[str], None] = lambda _rule: None,
    broken: Callable[[str], Violation | Unbreakable] = violation_of,
) -> tuple[Verdict, ...]:
    """A verdict on every rule. Each claimed rule is broken and its scenarios are played again.

    One scenario that notices is enough, and the rest is not played, unless `thorough`. `tell` is called with each
    rule's id before its turn. `broken` says how each rule is broken.
    """
    by_id = {scenario.id: scenario for scenario in scenarios}
    claims: dict[str, list[ScenarioResult]] = {}
    for result in results:
        for rule in result.rules:
            claims.setdefault(rule, []).append(result)
    verdicts = []
    for known in known_rules().values():
        tell(known.id)
        verdicts.append(
            _verdict(known, claims.get(known.id, ()), by_id, broken(known.id), seed=seed, thorough=thorough)
        )
    return tuple(verdicts)


def _verdict(
    rule: KnownRule,
    claims: Sequence[ScenarioResult],
    by_id: Mapping[str, Scenario],
    violation: Violation | Unbreakable,
    *,
    seed: int,
    thorough: bool,
) -> Verdict:
    ids = tuple(result.id for result in claims)
    how = violation.reason if isinstance(violation, Unbreakable) else violation.sentence
    if not claims:
        return Verdict(rule, "unclaimed", (), how)
    if any(result.status == "failed" for result in claims):
        return Verdict(rule, "failed", ids, how)
    if isinstance(violation, Unbreakable):
        return Verdict(rule, "unbreakable", ids, how)
    proofs: list[Proof] = []
    for id_ in ids:
        proofs.append(_proof(by_id[id_], violation, seed))
        if proofs[-1].noticed_at is not None and not thorough:
            break
    noticed = any(proof.noticed_at is not None for proof in proofs)
    return Verdict(rule, "verified" if noticed else "unnoticed", ids, how, tuple(proofs))


def _proof(scenario: Scenario, violation: Violation, seed: int) -> Proof:
    failure = run_scenario(scenario, seed=seed, violation=violation).failure
    if failure is None:
        return Proof(scenario.id, None)
    return Proof(scenario.id, failure.number, failure.mismatches[0].where)
