"""One scenario in several worlds: only what the world says is different."""

import pytest

from okta_scenarios.language.models.steps import FaultOn
from okta_scenarios.play import AS_DOCUMENTED, World, run_scenario

from ..playing import ACME, failure, scenario

AGAIN = """
- call: inviteCollaborator
  body: {name: Ben, email: {email_of: ben}, env_roles: [{environment_type: dev, name: Member, role_type: environment}]}
  expect: {status: 409}
"""


def test_a_world_settles_what_a_scenario_leaves_open() -> None:
    """An assumption of the world holds, and one that the scenario settles itself is the scenario's."""
    conflict = World({"already_collaborator": "409"})
    settled = f"assumptions: {{already_collaborator: '400'}}\n{ACME}"

    assert failure(run_scenario(scenario(AGAIN))).mismatches[0].actual == 400
    assert run_scenario(scenario(AGAIN), conflict).failure is None
    assert failure(run_scenario(scenario(AGAIN, settled), conflict)).mismatches[0].actual == 400


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        pytest.param(AS_DOCUMENTED, "failed", id="as-documented"),
        pytest.param(World(suspended=frozenset({"ROLE-1"})), "passed", id="a-suspended-rule"),
    ],
)
def test_a_suspended_rule_is_silent(world: World, expected: str) -> None:
    """A role that nobody has is refused, unless the rule about it does not hold."""
    story = scenario("- {okta: assign, user: ada, entitlements: {dev: Nonsense}, expect: {task: none}}")

    assert run_scenario(story, world).status == expected


def test_faults_of_a_world_are_armed_before_the_first_step() -> None:
    """Okta's first call meets the fault, its second does not; a fault that is left over is nobody's failure."""
    world = World(
        faults=(FaultOn(operation="listCollaborators", status=502), FaultOn(operation="listRoles", status=500))
    )
    story = scenario(
        """
        - {okta: assign, user: ada, entitlements: {dev: Member}, expect: {task: failed}}
        - {okta: retry_task, user: ada, expect: {task: none, invited: true}}
        """
    )

    assert run_scenario(story, world).failure is None
