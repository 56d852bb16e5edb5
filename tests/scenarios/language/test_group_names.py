"""Names of groups as they are at a step, and names that have to be unique from the start."""

from pathlib import Path

import pytest

from okta_scenarios.language.loader import read_scenario
from okta_scenarios.language.problems import Problem
from okta_scenarios.play import vocabulary
from okta_scenarios.play.dry_run import flaws

from ..playing import text_of

GIVEN = """
workspaces: {acme: {groups: {Wages: {}}}}
okta: {acme-okta: {apps: {workato: {workspace: acme}}, people: [ada], groups: {Payroll: [ada], Finance: []}}}
"""
RENAMED = "- {okta: rename_group, group: Payroll, to: Salaries}\n"


def problems_of(steps: str, given: str = GIVEN) -> list[str]:
    problems: list[Problem] = []
    read_scenario(text_of(steps, given), Path("SC-001.yaml"), vocabulary(), problems, flaws)
    return [each.message for each in problems]


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param("- {okta: push_group, group: Salaries}", id="the new name"),
        pytest.param(
            "- {okta: create_group, group: Payroll}\n- {okta: push_group, group: Payroll}", id="another group"
        ),
        pytest.param("- {okta: rename_group, group: Finance, to: Payroll}", id="a name that was given up"),
        pytest.param("- {okta: create_group, group: Salaries, expect: {refused: {matches: already}}}", id="refused"),
        pytest.param("- {okta: rename_group, group: Salaries, to: Salaries}", id="its own name"),
    ],
)
def test_a_group_goes_by_its_name_of_that_step(steps: str) -> None:
    """The new one is known after a rename, and the old one is free."""
    assert problems_of(RENAMED + steps) == []


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        pytest.param(
            RENAMED + "- {okta: push_group, group: Payroll}",
            "acme-okta has no group 'Payroll' at this step",
            id="the old name",
        ),
        pytest.param(
            "- {okta: push_group, group: Salaries}\n" + RENAMED,
            "acme-okta has no group 'Salaries' at this step",
            id="the new name too early",
        ),
        pytest.param(
            RENAMED + "- {okta: retry_task, group: Payroll}",
            "acme-okta has no group 'Payroll' at this step",
            id="a task of the old name",
        ),
        pytest.param(
            "- {okta: rename_group, group: Payroll, to: Finance}",
            "acme-okta has a group 'Finance' already at this step",
            id="renamed to a taken name",
        ),
        pytest.param(
            RENAMED + "- {okta: create_group, group: Salaries}",
            "acme-okta has a group 'Salaries' already at this step",
            id="made under a taken name",
        ),
    ],
)
def test_a_name_that_is_nobodys_or_somebodys_at_a_step_is_told(steps: str, message: str) -> None:
    """Without playing."""
    assert problems_of(steps) == [message]


def test_a_group_that_a_call_names_is_known() -> None:
    """Whether the call makes it or renames it."""
    steps = """
    - {call: createCollaboratorGroup, body: {user_group: {name: Builders}}, expect: {groups: {Builders: {members: []}}}}
    - call: updateCollaboratorGroup
      path: {id: {group_id: Wages}}
      body: {user_group: {name: Makers}}
      expect: {groups: {Makers: {members: []}, Wages: absent}}
    """

    assert problems_of(steps) == []


def test_two_people_of_one_username_cannot_be_given() -> None:
    """The second one is named, where the org lists it."""
    given = """
    people: {ada: {user_name: same@example.test}, bob: {user_name: SAME@example.test}}
    workspaces: {acme: {}}
    okta: {acme-okta: {apps: {workato: {workspace: acme}}, people: [ada, bob]}}
    """
    (problem,) = problems_of("- {okta: assign, user: ada, entitlements: {dev: Member}}", given)

    assert problem == "The username SAME@example.test is taken: ada has it and is ACTIVE"
