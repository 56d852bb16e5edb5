"""What a scenario needs of the place where it plays: where it cannot play, that is said before it begins."""

from collections.abc import Iterator
from datetime import timedelta

from okta_scenarios.language import Scenario
from okta_scenarios.language.models.claims import Expect, PersonClaims
from okta_scenarios.language.models.given import Workspace
from okta_scenarios.language.models.scenario import verb_of
from okta_scenarios.language.models.steps import CallStep, ClaimingStep, ClockStep, FaultStep, Step
from okta_scenarios.language.models.workato_steps import WorkatoStep
from okta_scenarios.targets import Ability, LiveTerms, Target

_SEEN_IN_WORKATO = frozenset({"changed", "deactivated", "invitation", "invited", "member"})
"""Claims about Workato's side that no answer of its API could settle."""


def not_playable(scenario: Scenario, target: Target) -> str | None:
    """Why it cannot be played there; None where it can."""
    if target.terms is not None:
        why = next(_against_live(scenario, target.terms), None)
        if why is not None:
            return why
    lacking = (
        f"{where} needs a target that can {ability.value}"
        for where, ability in _needs(scenario)
        if ability not in target.abilities
    )
    return next(lacking, None)


_ARRANGED = frozenset(
    {"collaborators", "environments", "groups", "permission_model", "project_roles", "projects", "roles"}
)
"""What a run can give a workspace by requests and a person who accepts."""


def _against_live(scenario: Scenario, terms: LiveTerms) -> Iterator[str]:
    """What speaks against playing it at a live workspace."""
    if scenario.live == "never":
        yield "it does not say `live: read` or `live: write`"
    if scenario.live == "write" and not terms.writes:
        yield "it writes, and the settings say may = 'read' or 'objects'"
    if len(scenario.given.workspaces) != 1:
        yield "given needs one workspace"
    if scenario.given.assumptions or scenario.given.clock is not None:
        yield "given needs what no live workspace lets be chosen"
    for workspace in scenario.given.workspaces.values():
        yield from _against_given(scenario, workspace, terms)
    waits = sum((step.clock.advance for step in scenario.steps if isinstance(step, ClockStep)), timedelta(0))
    if waits > terms.patience:
        yield f"it waits {waits}, and longest_wait is {terms.patience}"
    for number, step in enumerate(scenario.steps, 1):
        if isinstance(step, WorkatoStep) and verb_of(step) != "accept_invitation":
            yield f"step {number} needs somebody to {verb_of(step)} in Workato's own pages"
        if isinstance(step, ClaimingStep) and step.expect is not None and _sees_invitations(step.expect):
            yield f"step {number} looks at invitations, which no request shows"


def _against_given(scenario: Scenario, workspace: Workspace, terms: LiveTerms) -> Iterator[str]:
    other = sorted(key for key in workspace.model_fields_set - _ARRANGED if getattr(workspace, key))
    if other:
        yield f"given needs {other[0]}, which no request makes"
    if workspace.permission_model != terms.permission_model:
        yield f"given needs permission_model {workspace.permission_model}"
    if not set(workspace.environments) <= terms.environments:
        yield f"given needs the environments {', '.join(workspace.environments)}"
    if len(workspace.collaborators) > terms.mailboxes:
        yield f"given needs {len(workspace.collaborators)} mailboxes"
    made = any(getattr(workspace, key) for key in ("collaborators", "groups", "project_roles", "projects", "roles"))
    if scenario.live == "read" and made:
        yield "it only reads, and given has to be made"


def _sees_invitations(expect: Expect) -> bool:
    claimed = set(expect.model_fields_set)
    for _, person in expect.about_people():
        claimed |= person.claimed()
    return bool(claimed & {"invitation", "invited"})


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
