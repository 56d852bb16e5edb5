"""Playing a scenario: the harness, step after step, up to the first that does not hold."""

import httpx
import pytest

import okta_connector
import okta_org
from okta_scenarios.language import Scenario
from okta_scenarios.play import Mismatch, run_scenario, vocabulary
from okta_scenarios.play.run import title_of
from okta_scenarios.reports.failures import failure_text
from okta_scenarios.rules import SeamDecisions, Violation

from ..playing import ACME, failure, mismatch, play, scenario


def test_a_scenario_that_holds_is_played_to_its_end() -> None:
    """Every step has a result with its number, its line in the file, its remark and the rules it proves."""
    result = play(
        """
        - okta: assign
          user: ada
          entitlements: {dev: Member}
          note: Her first day.
          expect: {invited: true}
          proves: [PNU-1, PNU-2]
        - workato: accept_invitation
          user: ada
          expect: {member: {dev: Member}}
          proves: [PNU-2]
        """
    )

    assert (result.status, result.failure, result.rules) == ("passed", None, ("PNU-1", "PNU-2"))
    assert [(step.number, step.line, step.note, step.proves) for step in result.steps] == [
        (1, 18, "Her first day.", ("PNU-1", "PNU-2")),
        (2, 24, None, ("PNU-2",)),
    ]


def test_nothing_is_played_after_a_step_that_does_not_hold() -> None:
    """The first failure ends the scenario; what led up to it is kept."""
    result = play(
        """
        - {okta: assign, user: ada, entitlements: {dev: Member}}
        - {check: nobody is invited, expect: {people: {ada: {invited: false}}}}
        - {okta: deactivate_user, user: ada}
        """
    )

    assert result.status == "failed"
    assert [step.passed for step in result.steps] == [True, False]
    assert failure(result).number == 2


def test_every_wrong_expectation_of_a_step_is_told() -> None:
    """One step may fail for several reasons, and says all of them."""
    result = play("- {okta: assign, user: ada, expect: {invited: true, task: none, app_user: PROVISIONED}}")

    assert [each.where for each in failure(result).mismatches] == ["expect.app_user", "expect.task", "expect.invited"]


def test_a_step_keeps_its_own_exchanges_and_the_open_tasks() -> None:
    """What went over the wire belongs to the step that sent it; open tasks stay until somebody deals with them."""
    result = play(
        """
        - {fault: {operation: inviteCollaborator, status: 502, body: <html>}}
        - {okta: assign, user: ada, entitlements: {dev: Member}, expect: {task: failed}}
        - {check: still there, expect: {people: {ada: {task: failed}}}}
        """
    )
    fault, assign, check = result.steps

    assert [each.request_line.partition("?")[0] for each in assign.exchanges] == [
        "GET /api/members",
        "GET /api/environment_roles",
        "POST /api/member_invitations",
    ]
    assert fault.exchanges == check.exchanges == ()
    assert fault.tasks == ()
    assert assign.tasks == check.tasks
    assert "Bad Gateway" in assign.tasks[0]


ASSIGN = "- {okta: assign, user: ada, entitlements: {dev: Member}%s}\n"
INVITE_FAULT = "- {fault: {operation: inviteCollaborator, status: 502%s}}\n"
RETRY = "- {okta: retry_task, user: ada}\n"


@pytest.mark.parametrize(
    ("steps", "failing", "struck"),
    [
        pytest.param(
            "- {fault: {operation: deleteCollaboratorGroup, status: 502}}\n" + ASSIGN % "",
            1,
            "0 did",
            id="another-call",
        ),
        pytest.param(
            ASSIGN % ""
            + INVITE_FAULT % ""
            + ASSIGN.replace("ada", "cleo") % ""
            + INVITE_FAULT % ""
            + "- {clock: {advance: 1s}}",
            4,
            "0 did",
            id="the-second-of-two",
        ),
        pytest.param(INVITE_FAULT % ", count: 3" + ASSIGN % "" + RETRY, 1, "2 did", id="fewer-than-armed"),
        pytest.param(
            "- {fault: {operation: inviteCollaborator, effect: latency, latency: 1s}}\n- {clock: {advance: 1h}}",
            1,
            "0 did",
            id="another-effect",
        ),
    ],
)
def test_a_fault_that_does_not_strike_fails_the_scenario(steps: str, failing: int, struck: str) -> None:
    """At the fault's own step, with how often it struck: what holds in spite of it shows nothing about it."""
    result = play(steps)

    assert failure(result).number == failing
    assert (mismatch(result).where, mismatch(result).actual) == ("fault.count", struck)


def test_a_fault_that_strikes_as_often_as_it_is_armed_is_fine() -> None:
    """Each of several, and one that strikes several times."""
    result = play(INVITE_FAULT % ", count: 2" + ASSIGN % "" + RETRY + INVITE_FAULT % "" + RETRY)

    assert result.status == "passed"


def test_a_fault_is_not_counted_in_a_scenario_that_fails_before() -> None:
    """The first thing that went wrong is what is told."""
    result = play(INVITE_FAULT % ", count: 2" + ASSIGN % ", expect: {invited: true}")

    assert [each.number for each in result.steps if not each.passed] == [2]


def test_events_of_earlier_steps_do_not_count() -> None:
    """The log of a step begins with the step."""
    result = play(
        """
        - {okta: suspend_user, user: ada}
        - {okta: unsuspend_user, user: ada, expect: {events: [user.lifecycle.suspend]}}
        """
    )

    assert mismatch(result).actual == ["user.lifecycle.unsuspend SUCCESS"]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        pytest.param("{okta: unassign, user: ada}", "ada is not assigned to workato", id="okta"),
        pytest.param("{workato: accept_invitation, user: ben}", "there is no invitation", id="workato"),
        pytest.param("{workato: create_group, group: Payroll}", "Payroll", id="workato-by-hand"),
        pytest.param("{workato: create_role, role: Auditor}", "Auditor", id="workato-control"),
    ],
)
def test_a_refusal_that_nobody_expected_fails_the_step(step: str, said: str) -> None:
    """A step that says nothing of a refusal means that it is done; the refusal's own words are shown."""
    found = mismatch(play(f"- {step}"))

    assert (found.where, found.expected) == ("expect.refused", "(done)")
    assert said in str(found.actual)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        pytest.param(
            "- {okta: import_users}\n- {okta: suspend_user, user: eve}",
            "There is no user 'eve' in this org",
            id="somebody-the-import-did-not-bring",
        ),
        pytest.param(
            "- {call: getCollaborator, path: {id: {member_id: ada}}, expect: {status: 404}}",
            "unknown member_id 'ada' in acme",
            id="an-id-of-nobody",
        ),
        pytest.param(
            "- {okta: assign, user: ada, groups: [Builders], entitlements: {dev: Member}}",
            "unknown group_id 'Builders' in acme",
            id="a-group-that-is-not-there",
        ),
        pytest.param(
            "- {workato: add_to_group, group: Payroll, members: [cleo]}",
            "unknown member_id 'cleo' in acme",
            id="a-member-who-is-not-there",
        ),
        pytest.param(
            "\n".join(["- {clock: {advance: 999999d}}"] * 3),
            "the clock ends with the year 9999",
            id="the-end-of-time",
        ),
        pytest.param(
            "- {call: listRoles, token: schlüssel}",
            "the token cannot be sent: a header is ASCII",
            id="a-token-no-header-can-hold",
        ),
        pytest.param(
            "- {okta: configure_app, token: schlüssel}",
            "The access token cannot be sent: character 5 of 9 is U+00FC. Copy it again; a token is made of visible "
            "ASCII characters.",
            id="a-token-no-app-can-hold",
        ),
    ],
)
def test_a_step_that_cannot_be_played_fails(steps: str, said: str) -> None:
    """An unknown name by then is a mistake in the scenario, shown as a failed step and never as a crash."""
    assert mismatch(play(steps)) == Mismatch("step", "(can be played)", said)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(
            ACME.replace("{workspace: acme}", "{workspace: acme, provisioning: {create: false}}"),
            "Governance needs both Create Users and Update User Attributes",
            id="okta-refuses",
        ),
        pytest.param(ACME.replace("dev: Member}}}", "dev: Membr}}}", 1), "Membr", id="a-role-nobody-knows"),
        pytest.param(ACME.replace("acme:", "Acme Ltd:").replace("acme}", "Acme Ltd}"), "Acme Ltd", id="no-slug"),
    ],
)
def test_a_given_that_cannot_be_fails_before_the_first_step(given: str, said: str) -> None:
    """What Okta or Workato would not let be set up is the scenario's failure, at step 0."""
    result = play("- {check: {}, expect: {people: {ben: {task: none}}}}", given)
    found = mismatch(result)

    assert [step.number for step in result.steps] == [0]
    assert (found.where, found.expected) == ("given", "(can be set up)")
    assert said in str(found.actual)
    assert "step 0: given" in failure_text(result)


def test_equal_seeds_give_equal_results_and_others_do_not() -> None:
    """Ids and surnames follow from the seed alone."""
    steps = "- {okta: assign, user: ada, entitlements: {dev: Member}}\n- {call: listCollaborators}"

    assert play(steps, seed=5) == play(steps, seed=5)
    assert play(steps, seed=5) != play(steps, seed=6)


def test_an_app_may_be_given_a_literal_token() -> None:
    """Okta tests a connection before it saves it, and refuses a token that does not work."""
    result = play(
        """
        - okta: configure_app
          token: wrong
          expect: {refused: {contains: credentials}, requests: [GET /api/members]}
        """
    )

    assert failure_text(result) == ""


def test_api_clients_are_given_with_what_they_may_do() -> None:
    """Privileges and environments of a client count from the start, also those of `default`."""
    result = play(
        """
        - {call: listCollaborators, client: reader, expect: {status: 200}}
        - {call: listCollaboratorGroups, client: reader, expect: {status: 401}}
        - {call: listCollaborators, client: elsewhere, expect: {status: 401}}
        - {call: listCollaborators, expect: {status: 401}}
        """,
        """
        workspaces:
          acme:
            clients:
              reader: {privileges: [collaborators.list]}
              elsewhere: {environments: [prod]}
              default: {privileges: []}
        """,
    )

    assert failure_text(result) == ""


def test_an_api_client_may_have_any_name() -> None:
    """Its token is made of the name, and can be sent all the same."""
    result = play(
        "- {call: listCollaborators, client: Prüfer 1/2, expect: {status: 200}}",
        "workspaces: {acme: {clients: {Prüfer 1/2: {}}}}",
    )

    assert failure_text(result) == ""


def test_a_group_may_be_said_of_its_members_or_of_itself() -> None:
    """Membership is one thing, wherever it is written, and written twice it is still one."""
    result = play(
        "- {check: {}, expect: {groups: {Payroll: {members: [ada, ben]}, Support: {members: [ben]}}}}",
        """
        workspaces:
          acme:
            collaborators: {ada: {groups: [Payroll]}, ben: {groups: [Payroll, Support]}}
            groups: {Payroll: {members: [ada, ben], description: Pay}, Support: {}}
        """,
    )

    assert failure_text(result) == ""


def test_a_scenario_needs_no_workspace() -> None:
    """Okta alone is a harness, too."""
    result = play(
        "- {okta: suspend_user, user: ada, expect: {changed: none, requests: none}}",
        "okta: {lonely: {people: [ada]}}",
    )

    assert failure_text(result) == ""


def test_what_is_said_of_people_counts_on_both_sides() -> None:
    """Okta and Workato know somebody by the email and the name that the file gives."""
    result = play(
        """
        - {okta: assign, user: ben, entitlements: {dev: Member}, expect: {external_id: {matches: "^[0-9]+$"}}}
        - {call: listCollaborators, expect: {body: {data: [{name: Ben Ford, email: b.ford@example.test}]}}}
        """,
        f"{ACME}\npeople: {{ben: {{name: Ben Ford, email: b.ford@example.test}}}}",
    )

    assert failure_text(result) == ""


def test_a_plan_counts_from_the_start() -> None:
    """Limits of the licence are those that are given, in the units of the language."""
    result = play(
        """
        - okta: assign
          user: ada
          entitlements: {dev: Member}
          expect: {task: failed, message: {contains: limit}, invited: false}
        - {clock: {advance: 2d}}
        - {workato: accept_invitation, user: eve, expect: {refused: {matches: .}, member: absent}}
        """,
        ACME.replace("roles: [Auditor]", "plan: {collaborator_limit: 1, invitation_lifetime: 2d}"),
    )

    assert failure_text(result) == ""


def test_a_switch_keeps_its_name_or_takes_the_orgs() -> None:
    """The switches of the language reach the app's settings: with Deactivate Users off nobody is removed."""
    result = play(
        """
        - {okta: assign, user: ben, entitlements: {dev: Member}}
        - {okta: configure_app, provisioning: {deactivate: false, import_groups: false}}
        - {okta: unassign, user: ben, expect: {requests: none, member: {dev: Member}}}
        - {okta: import_users, expect: {requests: [GET /api/members]}}
        """
    )

    assert failure_text(result) == ""


RELUCTANT = SeamDecisions(org=okta_org.Decisions(pushes_new_user=lambda *_: False))
CARELESS = SeamDecisions(okta_connector.Decisions(invitation=lambda _: None))

STORY = "- {okta: assign, user: ada, entitlements: {dev: Nonsense}, expect: {task: failed}}"


@pytest.mark.parametrize(
    "violation",
    [
        pytest.param(Violation("PNU-1", "Nobody is pushed.", decisions=RELUCTANT), id="org"),
        pytest.param(Violation("PNU-1", "Nobody is invited.", decisions=CARELESS), id="connector"),
        pytest.param(Violation("ROLE-1", "Any role will do.", suspend=frozenset({"ROLE-1"})), id="suspended-rule"),
    ],
)
def test_a_violation_takes_the_place_of_what_it_breaks(violation: Violation) -> None:
    """The story holds, and with one thing otherwise it does not."""
    assert play(STORY).status == "passed"
    assert mismatch(play(STORY, violation=violation)).where == "expect.task"


def test_a_rule_that_cannot_be_suspended_is_an_error() -> None:
    """An audit that breaks nothing would show nothing, so it stops instead."""
    with pytest.raises(httpx.HTTPStatusError):
        play(STORY, violation=Violation("X-1", "Nothing.", suspend=frozenset({"X-1"})))


@pytest.mark.parametrize(
    ("step", "title"),
    [
        pytest.param("{okta: assign, user: ada}", "okta assign ada", id="person"),
        pytest.param("{okta: push_group, group: Builders}", "okta push_group Builders", id="group"),
        pytest.param("{okta: import_users}", "okta import_users", id="nobody"),
        pytest.param("{workato: delete_role, role: Auditor}", "workato delete_role Auditor", id="role"),
        pytest.param("{workato: revoke_client, client: audit}", "workato revoke_client audit", id="client"),
        pytest.param("{clock: {advance: 1h30m}}", "clock advance 1 hour 30 minutes", id="clock"),
        pytest.param("{call: listRoles}", "call listRoles", id="call"),
        pytest.param("{check: all is well, expect: {values: {entitlements: none}}}", "check all is well", id="check"),
        pytest.param("{check: {}, expect: {values: {entitlements: none}}}", "check", id="wordless-check"),
    ],
)
def test_a_step_has_a_title(step: str, title: str) -> None:
    """Whose step it is, the verb, and whom it is about."""
    assert title_of(scenario(f"- {step}").steps[0]) == title


def test_a_fault_has_a_title() -> None:
    """The operation that goes wrong, and how."""
    story: Scenario = scenario("- {fault: {operation: listRoles, status: 500}}\n- {call: listRoles}")

    assert title_of(story.steps[0]) == "fault listRoles 500"
    assert failure_text(run_scenario(story)) == ""


def test_the_vocabulary_is_the_emulators_and_the_catalogues() -> None:
    """Operations, rules of both catalogues, assumptions with their alternatives, privileges and events."""
    words = vocabulary()

    assert words.operations["getCollaborator"].path == "/api/members/{id}"
    assert {"PNU-1", "INV-1"} <= words.rules
    assert not words.emulator_rules & words.seam_rules
    assert words.assumptions["no_access_in_invitation"][0] == "accepted"
    assert "collaborators.list" in words.privileges
    assert words.events is not None
    assert "user.lifecycle.suspend" in words.events
