"""Whom and what a name in a scenario means, after renames and under whatever address Workato knows somebody."""

from okta_scenarios.play.harness import Harness
from okta_scenarios.play.seed import first_token_of

from ..playing import failure, mismatch, play, scenario

PUSHED = """
workspaces: {acme: {collaborators: {ada: {roles: {dev: Member}}, ben: {roles: {dev: Member}}}}}
okta:
  acme-okta:
    apps: {workato: {workspace: acme}}
    people: [ada, ben]
    groups: {Payroll: [ada], Everybody: [ada, ben]}
"""
ASSIGNED = """
- {okta: assign_group, group: Everybody, entitlements: {dev: Member}}
- {okta: push_group, group: Payroll, expect: {mapping: ACTIVE}}
- {okta: rename_group, group: Payroll, to: Finance}
"""
CORPORATE = """
workspaces: {acme: {collaborators: {ben: {roles: {dev: Environment admin}}}, groups: {Payroll: {}}}}
people: {ada: {email: ada.private@example.test, user_name: ada@corp.example.test}}
okta: {acme-okta: {apps: {workato: {workspace: acme}}, people: [ada]}}
"""


def test_a_renamed_group_goes_by_its_new_name() -> None:
    """In every verb and claim, while what it was called belongs to whoever takes it."""
    result = play(
        ASSIGNED
        + """
- {okta: add_to_group, group: Finance, members: [ben], expect: {groups: {Finance: {members: [ada, ben]}}}}
- {okta: create_group, group: Payroll, members: [ben]}
- {okta: push_group, group: Payroll, expect: {mapping: ACTIVE, task: none}}
- {okta: push_group_now, group: Finance, expect: {groups: {Finance: {members: [ada, ben]}, Payroll: {members: [ben]}}}}
- {okta: rename_group, group: Payroll, to: Wages}
- {okta: rename_group, group: Finance, to: Payroll, expect: {groups: {Payroll: {members: [ada, ben], mapping: ACTIVE}}}}
- {okta: unlink_group, group: Wages, in_target: delete, expect: {groups: {Wages: absent, Payroll: {mapping: ACTIVE}}}}
""",
        PUSHED,
    )

    assert result.status == "passed", result.failure
    assert [step.events[-1].split()[-2:] for step in result.steps if "push_group_now" in step.title] == [
        ["Finance,", "workato"]
    ]


def test_the_mapping_is_found_by_the_name_in_okta_and_else_by_the_name_in_workato() -> None:
    """Where a link or a refused rename lets the two differ."""
    result = play(
        """
- {okta: assign_group, group: Everybody, entitlements: {dev: Member}}
- {workato: create_group, group: Wages}
- okta: push_group
  group: Payroll
  link: Wages
  expect: {groups: {Wages: {mapping: ACTIVE, members: [ada]}, Payroll: {mapping: ACTIVE, absent: true}}}
""",
        PUSHED.replace("{workspace: acme}", "{workspace: acme, provisioning: {rename_app_groups: false}}"),
    )

    assert result.status == "passed", result.failure


def test_an_invitation_to_the_username_is_the_persons() -> None:
    """Everything that speaks of the person follows the app username, whatever the email is."""
    result = play(
        """
- okta: assign
  user: ada
  entitlements: {dev: Member}
  expect: {invited: true, invitation: {dev: Member}, external_id: ada@corp.example.test}
- workato: accept_invitation
  user: ada
  expect: {member: {dev: Member}, changed: [acme/invitations/ada, acme/collaborators/ada, accounts/ada]}
- {workato: add_to_group, group: Payroll, members: [ada], expect: {groups: {Payroll: {members: [ada]}}}}
- {workato: change_roles, user: ada, roles: {dev: Environment admin}, expect: {member: {dev: Environment admin}}}
- call: getCollaborator
  path: {id: {member_id: ada}}
  expect: {status: 200, body: {data: {email: ada@corp.example.test}}}
- {okta: import_users, expect: {imported: {new: 1}, people: {ada: {external_id: {matches: "^[0-9]+$"}}}}}
- workato: remove_collaborator
  user: ada
  expect: {member: absent, changed: [acme/collaborators/ada, acme/groups/Payroll]}
""",
        CORPORATE,
    )

    assert result.status == "passed", result.failure


def test_whoever_gets_another_username_is_still_found() -> None:
    """Under the old address as long as Workato knows no other; under the new one once it was invited."""
    result = play(
        """
- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}}
- {workato: accept_invitation, user: ada}
- okta: change_username
  user: ada
  user_name: ada.king@corp.example.test
  expect: {task: failed, member: {dev: Member}}
- {okta: unassign, user: ada, expect: {member: absent}}
- okta: assign
  user: ada
  user_name: ada.king@corp.example.test
  entitlements: {dev: Environment manager}
  expect: {invitation: {dev: Environment manager}, changed: [acme/invitations/ada]}
- {workato: accept_invitation, user: ada, expect: {member: {dev: Environment manager}}}
""",
        CORPORATE,
    )

    assert result.status == "passed", result.failure


def test_an_address_that_two_people_share_is_whose_username_it_is() -> None:
    """An email that is somebody else's username is not followed."""
    result = play(
        """
- {okta: assign, user: ben, entitlements: {dev: Environment manager}, expect: {invited: true}}
- check: Ada's private address is where Ben was invited
  expect: {people: {ada: {invited: false, member: absent}, ben: {invitation: {dev: Environment manager}}}}
- okta: assign
  user: ada
  entitlements: {dev: Member}
  expect: {invitation: {dev: Member}, people: {ben: {invitation: {dev: Environment manager}}}}
""",
        """
workspaces: {acme: {}}
people:
  ada: {email: shared@example.test, user_name: ada@example.test}
  ben: {email: ben.b@example.test, user_name: shared@example.test}
okta: {acme-okta: {apps: {workato: {workspace: acme}}, people: [ada, ben]}}
""",
    )

    assert result.status == "passed", result.failure


def test_who_is_nowhere_is_still_absent() -> None:
    """A claim about somebody whom Workato does not know fails as before."""
    result = play("- {check: nobody, expect: {people: {ada: {member: {dev: Member}}}}}", CORPORATE)

    assert failure(result).number == 1
    assert mismatch(result).actual == "absent"


def test_what_the_reference_says_of_names_is_so() -> None:
    """The token of a client and the address of an owner, as they are spelt there."""
    harness = Harness(scenario("- {check: {}, expect: {tasks: 0}}"), 0)
    exported = harness.export()["workspaces"]["acme"]

    assert {client["token"] for client in exported["api_clients"]} == {"wrkaus-acme-default", "wrkaus-acme-audit"}
    assert "owner@acme.example.test" in str(exported["owner"]) + str(harness.export()["accounts"])
    assert first_token_of("acme", "okta-dev") == "wrkaus-acme-okta%2Ddev"
