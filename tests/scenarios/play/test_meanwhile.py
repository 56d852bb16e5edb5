"""Two requests in flight: a step with `during` happens while somebody else's request is under way."""

import pytest

from okta_scenarios.reports.failures import failure_text

from ..playing import failure, mismatch, play

ASSIGN = "- {okta: assign, user: ada, entitlements: {dev: Member}}"


def test_it_happens_when_workato_has_decided_and_before_the_caller_hears_of_it() -> None:
    """Okta's look-up finds nobody, although Ada is a collaborator by the time the answer arrives."""
    result = play(
        """
        - {workato: add_collaborator, user: ada, roles: {test: Member}, during: listCollaborators}
        - {check: nothing has happened yet, expect: {people: {ada: {member: absent}}}}
        - call: listCollaborators
          query: {email: {email_of: ada}}
          expect: {status: 200, body: {data: []}, changed: [acme/collaborators/ada, accounts/ada]}
        - {check: Ada is there, expect: {people: {ada: {member: {test: Member}}}}}
        """
    )

    assert result.failure is None
    assert [step.meanwhile for step in result.steps] == [
        (),
        (),
        ("workato add_collaborator ada during listCollaborators",),
        (),
    ]
    assert result.steps[0].title == "workato add_collaborator ada during listCollaborators"


def test_it_happens_once_and_during_the_next_call_of_its_own_operation_only() -> None:
    """Calls of other operations do not set it off, and a second call of its own finds it gone."""
    result = play(
        """
        - {workato: remove_collaborator, user: ben, during: listCollaborators}
        - {call: listCollaboratorGroups, expect: {status: 200, changed: none}}
        - {call: listCollaborators, expect: {status: 200, changed: [acme/collaborators/ben, acme/groups/Payroll]}}
        - {call: listCollaborators, expect: {status: 200, changed: none}}
        """
    )

    assert result.failure is None


def test_several_steps_during_one_call_happen_in_the_order_of_the_file() -> None:
    """A role that is renamed and then deleted under its new name: the other way round could not be done."""
    result = play(
        """
        - {workato: rename_role, role: Auditor, to: Controller, during: listEnvironmentRoles}
        - {workato: delete_role, role: Controller, during: listEnvironmentRoles}
        - {call: listEnvironmentRoles, expect: {status: 200, changed: [acme/roles/Auditor]}}
        """
    )

    assert result.failure is None
    assert len(result.steps[2].meanwhile) == 2


def test_a_step_about_several_people_happens_for_all_of_them() -> None:
    """`users` are gone through during the one request."""
    result = play(
        """
        - {workato: add_collaborator, users: [ada, cleo], roles: {dev: Member}, during: listCollaboratorGroups}
        - call: listCollaboratorGroups
          expect: {people: {ada: {member: {dev: Member}}, cleo: {member: {dev: Member}}}}
        """
    )

    assert result.failure is None


def test_another_client_calls_while_okta_does() -> None:
    """The other client's invitation arrives between Okta's look-up and Okta's own, which comes too soon after it."""
    result = play(
        """
        - call: inviteCollaborator
          client: audit
          body:
            name: Ada
            email: {email_of: ada}
            env_roles: [{environment_type: dev, name: Member, role_type: environment}]
          during: listCollaborators
        - okta: assign
          user: ada
          entitlements: {dev: Member}
          expect:
            requests:
              - GET /api/members
              - POST /api/member_invitations
              - GET /api/environment_roles
              - POST /api/member_invitations
            task: paused
            invited: true
        """
    )

    assert result.failure is None
    assert [exchange.status for exchange in result.steps[1].exchanges] == [200, 200, 200, 429]


def test_a_call_of_the_operation_that_it_waits_for_does_not_set_itself_off() -> None:
    """Two equal calls at once: the second is under way within the first."""
    result = play(
        """
        - {call: listCollaboratorGroups, during: listCollaboratorGroups}
        - {call: listCollaboratorGroups, expect: {status: 200}}
        - {call: listCollaboratorGroups, expect: {status: 200}}
        """
    )

    assert result.failure is None
    assert [len(step.exchanges) for step in result.steps] == [0, 2, 1]


def test_it_happens_although_the_answer_is_lost() -> None:
    """Whether the answer arrives makes no difference to what happens meanwhile."""
    result = play(
        f"""
        - {{fault: {{operation: inviteCollaborator, effect: drop_after_work}}}}
        - {{workato: accept_invitation, user: ada, during: inviteCollaborator}}
        {ASSIGN}
        - {{check: she is in, expect: {{people: {{ada: {{member: {{dev: Member}}, invited: false}}}}}}}}
        """
    )

    assert result.failure is None


@pytest.mark.parametrize(
    ("step", "where", "reason"),
    [
        pytest.param(
            "{workato: accept_invitation, user: cleo, during: listCollaborators}",
            "expect.refused",
            "cleo@example.test",
            id="a refusal",
        ),
        pytest.param(
            "{workato: add_to_group, group: Payroll, members: [ada], during: listCollaborators}",
            "step",
            "unknown member_id 'ada' in acme",
            id="a name that leads nowhere",
        ),
        pytest.param(
            "{call: getCollaborator, path: {id: 7}, during: listCollaborators}",
            "expect.status",
            "404",
            id="a call that Workato refuses",
        ),
    ],
)
def test_a_refusal_meanwhile_fails_the_step_that_asked_for_it(step: str, where: str, reason: str) -> None:
    """The failure stands at the step with `during`, with the reason; nothing is played after the request."""
    result = play(f"- {step}\n{ASSIGN}\n- {{check: later, expect: {{people: {{ada: {{invited: true}}}}}}}}")

    assert failure(result).number == 1
    assert mismatch(result).where == where
    assert reason in str(mismatch(result).actual)
    assert len(result.steps) == 2
    assert "during listCollaborators" in failure_text(result)


def test_a_step_that_never_happens_fails_the_scenario() -> None:
    """What goes on as ever without it shows nothing about it."""
    result = play(f"- {{workato: remove_collaborator, user: ben, during: removeCollaborator}}\n{ASSIGN}")

    assert failure(result).number == 1
    assert (mismatch(result).where, mismatch(result).expected, mismatch(result).actual) == (
        "during",
        "removeCollaborator is called",
        "it was not",
    )


def test_no_secret_of_a_refusal_meanwhile_is_told() -> None:
    """A failure that is found out later is cleaned as every other is."""
    result = play(
        """
        - {fault: {operation: listCollaboratorGroups, status: 500, body: {said: wrkaus-acme-default}}}
        - {call: listCollaboratorGroups, during: listCollaborators}
        - {call: listCollaborators, expect: {status: 200}}
        """
    )

    assert mismatch(result).where == "expect.status"
    assert "500" in str(mismatch(result).actual)
    assert "wrkaus-acme-default" not in str(mismatch(result).actual)
