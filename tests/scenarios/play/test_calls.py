"""Calling an operation: what is sent, and what a look-up finds."""

import json

import pytest

from okta_scenarios.reports.failures import failure_text

from ..playing import play


def test_an_operation_is_called_with_everything_the_step_says() -> None:
    """Lookups anywhere in path, query and body are filled in; a list in the query repeats its name."""
    result = play(
        """
        - call: listGroupMembers
          strict: false
          path: {id: {group_id: Payroll}}
          query: {page: 1, ids: [a, {member_id: ben}]}
        - call: inviteCollaborator
          strict: false
          client: audit
          body:
            email: {email_of: cleo}
            name: Cleo
            user_group_ids: [{group_id: Payroll}]
            env_roles: [{environment_type: dev, name: Member, role_type: environment}]
            trace: [{role: {role_id: Auditor}}]
          expect: {status: 200, changed: [acme/invitations/cleo]}
        """
    )
    listing, inviting = (step.exchanges[0] for step in result.steps)
    sent = json.loads(inviting.request)

    assert failure_text(result) == ""
    assert listing.path.endswith("/members?page=1&ids=a&ids=50021")
    assert listing.request == ""
    assert sent["email"] == "cleo@example.test"
    assert sent["user_group_ids"][0] == listing.path.split("/")[3]
    assert isinstance(sent["trace"][0]["role"], int)


PROJECTS = """
workspaces:
  acme:
    collaborators: {ben: {}}
    groups: {Builders: {}}
    projects:
      Payroll:
        grants: {ben: Builder}
        group_grants: {Builders: Project admin}
        folders: [Drafts]
      Ledger: {environment: prod}
"""


def test_projects_their_folders_and_grants_are_looked_up_by_name() -> None:
    """In what is sent and what is expected, a field that is called like a lookup word among it."""
    result = play(
        """
        - call: listProjectGrants
          path: {id: {project_id: Payroll}}
          expect:
            body:
              data:
                - {id: {grant_id: Payroll/ben}, project_role: {id: {project_role_id: Builder}}}
                - {id: {grant_id: Payroll/Builders}, project: {id: {project_id: Payroll}}}
        - call: updateProjectGrant
          path: {id: {grant_id: Payroll/ben}}
          body: {project_role_id: {project_role_id: Project admin}}
          expect: {status: 200, changed: [acme/projects/Payroll]}
        - call: listFolders
          query: {parent_id: {folder_id: Payroll}}
          expect: {body: [{id: {folder_id: Drafts}, parent_id: {folder_id: Payroll}}]}
        """,
        PROJECTS,
    )

    assert failure_text(result) == ""


@pytest.mark.parametrize(
    ("lookup", "missing"),
    [
        ("{grant_id: Payroll/nobody}", "unknown grant_id 'Payroll/nobody' in acme"),
        ("{grant_id: Ledger/ben}", "unknown grant_id 'Ledger/ben' in acme"),
        ("{project_id: Drafts}", "unknown project_id 'Drafts' in acme"),
        ("{folder_id: Home}", "unknown folder_id 'Home' in acme"),
        ("{project_role_id: Member}", "unknown project_role_id 'Member' in acme"),
    ],
)
def test_what_is_not_there_cannot_be_looked_up(lookup: str, missing: str) -> None:
    """The step cannot be played, and the result says what was looked for."""
    result = play(f"- {{call: getProjectGrant, path: {{id: {lookup}}}}}", PROJECTS)

    assert missing in failure_text(result)


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        pytest.param("raw_body: '{broken'", "{broken", id="raw"),
        pytest.param("body: null", "null", id="null"),
        pytest.param("body: [1, true, x]", '[1, true, "x"]', id="list"),
        pytest.param("expect: {status: 400}", "", id="none"),
    ],
)
def test_a_body_is_sent_as_it_is_written(body: str, sent: str) -> None:
    """JSON, any text, or nothing at all."""
    result = play(f"- {{call: inviteCollaborator, {body}}}")

    assert result.steps[0].exchanges[0].request == sent
    assert result.steps[0].exchanges[0].status == 400


def test_a_literal_token_is_sent_as_it_is() -> None:
    """A wrong token is refused, and whose workspace it is does not matter."""
    result = play("- {call: listCollaborators, token: wrong, expect: {status: 401, changed: none}}")

    assert failure_text(result) == ""
