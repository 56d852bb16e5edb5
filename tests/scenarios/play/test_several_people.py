"""One step about several people, and what is given of them and of their groups."""

import pytest

from okta_scenarios.reports.failures import failure_text

from ..playing import ACME, play, scenario

OWN_NAMES = ACME.replace("{workspace: acme}", "{workspace: acme, user_names: {ada: a.lovelace@example.test}}")


def test_the_same_is_done_for_one_after_the_other() -> None:
    """In the order in which they are named, and the step is called by the first and the number of the others."""
    result = play("""
      - okta: assign
        users: [cleo, ada]
        entitlements: {dev: Member}
      - workato: accept_invitation
        users: [ada, cleo]
        expect: {people: {ada: {member: {dev: Member}}, cleo: {member: {dev: Member}}}}
      - okta: create_user
        users: [n08..n10]
        expect: {people: {n08..n10: {okta_user: ACTIVE}}}
    """)

    assert result.failure is None, failure_text(result)
    invited = [each.request for each in result.steps[0].exchanges if each.request_line.startswith("POST")]
    assert ["cleo@" in each for each in invited] == [True, False]
    assert [step.title for step in result.steps] == [
        "okta assign cleo and 1 other",
        "workato accept_invitation ada and 1 other",
        "okta create_user n08 and 2 others",
    ]


def test_the_first_refusal_ends_the_step() -> None:
    """Those before have been done, those after have not."""
    result = play("""
      - okta: assign
        users: [ada, ada, ben]
        entitlements: {dev: Member}
        expect: {refused: {contains: already assigned}, people: {ada: {app_user: PROVISIONED}, ben: {app_user: absent}}}
      - workato: accept_invitation
        users: [cleo, eve]
        expect: {refused: {contains: cleo}, people: {eve: {invited: true}}}
    """)

    assert result.failure is None, failure_text(result)


def test_a_group_may_be_the_list_of_its_members() -> None:
    """On Workato's side as on Okta's."""
    listed = scenario(
        "- {check: {}, expect: {groups: {Payroll: {members: [ben]}}}}", ACME.replace("{members: [ben]}", "[ben]")
    )

    assert listed.given == scenario("- {check: {}, expect: {tasks: 0}}").given


@pytest.mark.parametrize(("how", "user_name"), [("", "a.lovelace"), (", user_name: other@example.test", "other")])
def test_an_own_app_username_is_where_an_assignment_begins(how: str, user_name: str) -> None:
    """Unless the assignment itself names another."""
    result = play(
        f"""
      - okta: assign
        user: ada
        entitlements: {{dev: Member}}{how.replace(", ", chr(10) + "        ")}
        expect: {{external_id: {user_name}@example.test}}
    """,
        OWN_NAMES,
    )

    assert result.failure is None, failure_text(result)
