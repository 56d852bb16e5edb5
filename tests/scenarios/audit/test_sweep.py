"""What hangs on each assumption, from small scenarios that are played again under its alternatives."""

import pytest

from okta_scenarios.assumptions import questions
from okta_scenarios.audit import Consequence, Finding, Trial, sweep, trials
from okta_scenarios.language import Scenario
from okta_scenarios.play import World, run_scenario

from ..playing import ACME, scenario, swept

AGAIN = """
- call: inviteCollaborator
  body: {name: Ben, email: {email_of: ben}, env_roles: [{environment_type: dev, name: Member, role_type: environment}]}
  expect: {status: 400}
  proves: [INV-7]
"""
INVITES = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}, proves: [PNU-1]}"
RETRIES = """
- {okta: assign, user: ada, entitlements: {dev: Nonsense}, expect: {task: failed}}
- {okta: retry_task, user: ada, expect: {task: failed}}
"""
JOINS = """
- {okta: assign, user: ada, entitlements: {dev: Member}}
- {workato: accept_invitation, user: ada}
- {okta: change_entitlements, user: ada, entitlements: {dev: Environment admin}}
- {workato: create_group, group: Auditors}
- {workato: add_to_group, group: Auditors, members: [ada]}
"""
LOOKS = f"""{JOINS}
- {{okta: force_sync, expect: {{people: {{ada: {{sync: SYNCHRONIZED}}}}}}}}
- {{call: listCollaborators}}
- {{okta: import_users}}
"""
REMOVES = "- {okta: assign, user: ben, entitlements: {dev: Member}}\n- {okta: unassign, user: ben}"


def found(*stories: Scenario, assumed: dict[str, str] | None = None) -> dict[str, Finding]:
    return {each.question.id: each for each in swept(*stories, assumed=assumed)}


def test_an_assumption_is_decisive_when_a_scenario_fails_under_an_alternative() -> None:
    """The finding says which alternatives, where the scenario fails, and the rules that it claims."""
    finding = found(scenario(AGAIN))["already_collaborator"]

    assert finding.weight == "decisive"
    assert finding.consequences == tuple(
        Consequence(status, "SC-001", 1, "expect.status", ("INV-7",)) for status in ("409", "422")
    )
    assert finding.rules == ("INV-7",)


def test_an_assumption_is_harmless_when_every_scenario_passes_under_each_alternative() -> None:
    """It was consulted, and nothing came of it."""
    finding = found(scenario(INVITES))["invitation_lifetime"]

    assert (finding.weight, finding.consulted_by, finding.consequences) == ("harmless", ("SC-001",), ())


def test_an_assumption_that_no_scenario_consults_is_said_to_be_so() -> None:
    """What was not tried is not harmless."""
    finding = found(scenario(INVITES))["project_deletion"]

    assert (finding.weight, finding.consulted_by) == ("unconsulted", ())


def test_a_scenario_that_settles_an_assumption_is_not_played_in_another_world() -> None:
    """It is named as settling it."""
    finding = found(scenario(AGAIN, f"assumptions: {{already_collaborator: '400'}}\n{ACME}"))["already_collaborator"]

    assert (finding.weight, finding.settled_by) == ("unconsulted", ("SC-001",))


def test_alternatives_are_those_of_what_the_run_assumes() -> None:
    """Where the plain run assumes an alternative, the default is one of the others."""
    finding = found(scenario(AGAIN.replace("400", "409")), assumed={"already_collaborator": "409"})[
        "already_collaborator"
    ]

    assert (finding.base, finding.alternatives) == ("409", ("400", "422"))
    assert [each.alternative for each in finding.consequences] == ["400", "422"]


def test_a_scenario_that_fails_plainly_is_not_played_again() -> None:
    """Its failure says nothing about assumptions."""
    assert found(scenario(AGAIN.replace("400", "404")))["already_collaborator"].weight == "unconsulted"


def test_what_was_not_tried_to_its_end_has_no_finding() -> None:
    """An interrupted sweep reports whole assumptions only."""
    stories = (scenario(AGAIN),)
    results = [run_scenario(each) for each in stories]
    first = trials(stories, results, {})[0].assumption

    reported = {each.question.id for each in sweep(stories, results, {}, ())}

    assert first not in reported
    assert "project_deletion" in reported


@pytest.mark.parametrize(
    "assumption",
    [
        "email_case",
        "group_name_taken",
        "known_account_joins",
        "no_access_in_invitation",
        "owner_listed",
        "pending_takes_a_seat",
        "protected_removal",
        "rate_limit_retry",
        "role_type_default",
        "staged_users",
        "sync_state",
        "unknown_group_in_invitation",
        "unknown_user_in_group",
        "update_scope",
    ],
)
def test_an_assumption_is_consulted_only_where_its_answers_differ(assumption: str) -> None:
    """Somebody is invited and joins, as almost everybody does: these questions do not arise."""
    assert assumption not in run_scenario(scenario(JOINS)).consulted


@pytest.mark.parametrize(
    "story",
    [
        pytest.param(AGAIN, id="invites"),
        pytest.param(JOINS, id="joins", marks=pytest.mark.long),  # others begin with it
        pytest.param(LOOKS, id="looks"),
        pytest.param(RETRIES, id="retries"),
        pytest.param(REMOVES, id="removes"),
    ],
)
def test_what_a_scenario_does_not_consult_changes_nothing(story: str) -> None:
    """Every world that is not tried is equal, so that a sweep of everything would find nothing else."""
    played = scenario(story)
    plain = run_scenario(played)
    every = {
        Trial(question.id, alternative, played.id) for question in questions() for alternative in question.alternatives
    }
    chosen = set(trials((played,), (plain,), {}))

    assert plain.failure is None
    assert set() < chosen < every
    for trial in every - chosen:
        assert run_scenario(played, World({trial.assumption: trial.alternative})) == plain, trial
