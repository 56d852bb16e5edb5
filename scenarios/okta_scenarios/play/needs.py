"""What a scenario needs of the place where it plays: where it cannot play, that is said before it begins."""

from collections.abc import Iterator

from okta_scenarios.language import Scenario
from okta_scenarios.language.models.claims import Expect, PersonClaims
from okta_scenarios.language.models.steps import CallStep, ClaimingStep, ClockStep, FaultStep, Step
from okta_scenarios.language.models.workato_steps import WorkatoStep
from okta_scenarios.targets import Ability, Target

_SEEN_IN_WORKATO = frozenset({"changed", "deactivated", "invitation", "invited", "member"})
"""Claims about Workato's side that no answer of its API could settle."""


def not_playable(scenario: Scenario, target: Target) -> str | None:
    """Why it cannot be played there; None where it can."""
    lacking = (
        f"{where} needs a target that can {ability.value}"
        for where, ability in _needs(scenario)
        if ability not in target.abilities
    )
    return next(lacking, None)


def _needs(scenario: Scenario) -> Iterator[tuple[str, Ability]]:
    if scenario.given.workspaces or scenario.given.assumptions:
        yield "given", Ability.BEGIN
    for number, step in enumerate(scenario.steps, 1):
        for ability in _needs_of(step):
            yield f"step {number}", ability


def _needs_of(step: Step) -> Iterator[Ability]:
    if isinstance(step, ClockStep):
        yield Ability.MOVE_TIME
    if isinstance(step, FaultStep):
        yield Ability.FAIL
    if isinstance(step, WorkatoStep):
        yield Ability.ACT_BY_HAND
    if isinstance(step, CallStep) and step.address is not None:
        yield Ability.CHOOSE_ADDRESS
    if isinstance(step, ClaimingStep) and step.expect is not None and _looks_inside(step.expect):
        yield Ability.SHOW_STATE


def _looks_inside(expect: Expect) -> bool:
    claimed = set(expect.model_fields_set)
    for _, person in expect.about_people():
        claimed |= person.claimed() & PersonClaims.model_fields.keys()
    groups = any(group.claimed() & {"absent", "members"} for _, group in expect.about_groups())
    return groups or not claimed.isdisjoint(_SEEN_IN_WORKATO)
