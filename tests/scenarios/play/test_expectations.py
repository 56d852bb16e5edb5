"""Every key that an `expect` may have: it holds where it is right, and where it is wrong it says so, at its place."""

from dataclasses import dataclass
from typing import Any, get_args
from unittest.mock import ANY

import pytest

from okta_scenarios.language.models.claims import ADDRESS, Claims, GroupClaims, PersonClaims
from okta_scenarios.language.models.scenario import SHAPES
from okta_scenarios.play import Mismatch
from okta_scenarios.reports.failures import failure_text

from ..playing import failure, play

BEN = "- {okta: assign, user: ben, entitlements: {dev: Member}}\n"
ADA = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: %s}\n"
CHECK = "- {check: so it is, expect: %s}\n"
FAULT = "- {fault: {operation: %s, status: 502, body: <html>}}\n"
ALL = "- {okta: create_group, group: Everyone, members: [ada, ben]}\n"
PUSH = BEN + ALL + "- {okta: push_group, group: Everyone, expect: %s}\n"
CALL = "- {call: listCollaborators, expect: %s}\n"
IMPORT = "- {okta: import_users, expect: %s}\n"
PUSHED = BEN + ALL + "- {okta: push_group, group: Everyone}\n"
TWO_SETS = "{people: {ben: [{app_user: PROVISIONED}, {member: {dev: %s}}]}}"


@dataclass(frozen=True)
class Case:
    """Steps with a gap for the expectation, one that holds there, and one that does not."""

    steps: str
    right: str
    wrong: str
    where: str
    expected: Any
    actual: Any

    @property
    def keys(self) -> set[str]:
        """The keys that the mismatch is about."""
        return set(self.where.split("."))


CASES: dict[str, Case] = {
    "refused": Case(
        BEN + "- {okta: assign, user: ben, entitlements: {dev: Member}, expect: %s}\n",
        "{refused: {contains: already assigned}}",
        "{refused: ben has left}",
        "expect.refused",
        "ben has left",
        "ben is already assigned to workato",
    ),
    "refused by workato": Case(
        "- {workato: accept_invitation, user: ben, expect: %s}\n",
        "{refused: {matches: there is no invitation}, changed: none}",
        "{refused: no}",
        "expect.refused",
        "no",
        "there is no invitation 'ben@example.test'",
    ),
    "refused, but it was done": Case(
        ADA,
        "{invited: true}",
        "{refused: {matches: .}}",
        "expect.refused",
        {"matches": "."},
        "(absent)",
    ),
    "requests": Case(
        BEN + "- {okta: unassign, user: ben, expect: %s}\n",
        "{requests: [DELETE /api/members/*]}",
        "{requests: [GET /api/members, DELETE /api/members/*]}",
        "expect.requests",
        ["GET /api/members", "DELETE /api/members/*"],
        ["DELETE /api/members/50021"],
    ),
    "requests none": Case(
        "- {okta: test_credentials, expect: %s}\n",
        "{requests: [GET /api/members]}",
        "{requests: none}",
        "expect.requests",
        [],
        ["GET /api/members"],
    ),
    "requests with a query": Case(
        ADA,
        "{requests: ['GET /api/members?email=ada%40example.test', "
        "GET /api/environment_roles, POST /api/member_invitations]}",
        "{requests: [GET /api/members?email=ada, GET /api/environment_roles, POST /api/member_invitations]}",
        "expect.requests",
        ["GET /api/members?email=ada", "GET /api/environment_roles", "POST /api/member_invitations"],
        [
            "GET /api/members?email=ada%40example.test",
            "GET /api/environment_roles?page%5Bnumber%5D=1&page%5Bsize%5D=1",
            "POST /api/member_invitations",
        ],
    ),
    "sent": Case(
        ADA,
        "{sent: {POST /api/member_invitations: {email: {email_of: ada}, env_roles: [{name: Member}]}}}",
        "{sent: {POST /api/member_invitations: {email: ada}}}",
        "expect.sent.POST /api/member_invitations.email",
        "ada",
        "ada@example.test",
    ),
    "sent with an id": Case(
        "- {okta: assign, user: ada, entitlements: {dev: Member}, groups: [Payroll], expect: %s}\n",
        "{sent: {POST /api/member_invitations: {user_group_ids: [{group_id: Payroll}]}}}",
        "{sent: {POST /api/member_invitations: {user_group_ids: [nothing]}}}",
        "expect.sent.POST /api/member_invitations.user_group_ids.0",
        "nothing",
        ANY,
    ),
    "sent without a body": Case(
        ADA,
        "{sent: {GET /api/members: ''}}",
        "{sent: {GET /api/members: {email: {email_of: ada}}}}",
        "expect.sent.GET /api/members",
        {"email": {"email_of": "ada"}},
        "",
    ),
    "sent, but it was not": Case(
        ADA,
        "{sent: {PUT /api/members/*: {absent: true}}}",
        "{sent: {PUT /api/members/*: {env_roles: []}}}",
        "expect.sent.PUT /api/members/*",
        {"env_roles": []},
        "(absent)",
    ),
    "events": Case(
        "- {okta: suspend_user, user: ada, expect: %s}\n",
        "{events: [user.lifecycle.suspend]}",
        "{events: [user.lifecycle.suspend FAILURE]}",
        "expect.events",
        ["user.lifecycle.suspend FAILURE"],
        ["user.lifecycle.suspend SUCCESS"],
    ),
    "no events": Case(
        ADA.replace("assign, user: ada, entitlements: {dev: Member}", "force_sync, user: cleo"),
        "{refused: {matches: .}, events: none}",
        "{refused: {matches: .}, events: [user.lifecycle.suspend]}",
        "expect.events",
        ["user.lifecycle.suspend"],
        [],
    ),
    "an event that is not expected": Case(
        "- {okta: suspend_user, user: ada, expect: %s}\n",
        "{events: {contains: [user.lifecycle.suspend]}}",
        "{events: []}",
        "expect.events",
        [],
        ["user.lifecycle.suspend SUCCESS"],
    ),
    "events among others": Case(
        "- {okta: deactivate_user, user: ada}\n- {okta: delete_user, user: ada, expect: %s}\n",
        "{events: {contains: [user.lifecycle.delete.completed]}}",
        "{events: {only: [user.lifecycle.delete.completed]}}",
        "expect.events",
        ["user.lifecycle.delete.completed"],
        ["user.lifecycle.delete.initiated SUCCESS", "user.lifecycle.delete.completed SUCCESS"],
    ),
    "events among others, in another order": Case(
        "- {okta: deactivate_user, user: ada}\n- {okta: delete_user, user: ada, expect: %s}\n",
        "{events: {contains: [user.lifecycle.delete.initiated, user.lifecycle.delete.completed]}}",
        "{events: {contains: [user.lifecycle.delete.completed, user.lifecycle.delete.initiated]}}",
        "expect.events",
        ["user.lifecycle.delete.completed", "user.lifecycle.delete.initiated"],
        ["user.lifecycle.delete.initiated SUCCESS", "user.lifecycle.delete.completed SUCCESS"],
    ),
    "requests among others": Case(
        ADA,
        "{requests: {contains: [GET /api/members, POST /api/member_invitations]}}",
        "{requests: {contains: [POST /api/member_invitations, GET /api/members]}}",
        "expect.requests",
        ["POST /api/member_invitations", "GET /api/members"],
        ANY,
    ),
    "changed among others": Case(
        "- {workato: remove_collaborator, user: ben, expect: %s}\n",
        "{changed: {contains: [acme/groups/*]}}",
        "{changed: {contains: [acme/groups/*, acme/roles/*]}}",
        "expect.changed",
        ["acme/groups/*", "acme/roles/*"],
        ["acme/collaborators/ben", "acme/groups/Payroll"],
    ),
    "events in another order": Case(
        "- {okta: deactivate_user, user: ada}\n- {okta: delete_user, user: ada, expect: %s}\n",
        "{events: [user.lifecycle.delete.initiated SUCCESS, user.lifecycle.delete.completed SUCCESS]}",
        "{events: [user.lifecycle.delete.completed, user.lifecycle.delete.initiated]}",
        "expect.events",
        ["user.lifecycle.delete.completed", "user.lifecycle.delete.initiated"],
        ["user.lifecycle.delete.initiated SUCCESS", "user.lifecycle.delete.completed SUCCESS"],
    ),
    "changed": Case(
        "- {workato: remove_collaborator, user: ben, expect: %s}\n",
        "{changed: [acme/collaborators/*, acme/groups/Payroll]}",
        "{changed: [acme/collaborators/ben]}",
        "expect.changed",
        ["acme/collaborators/ben"],
        ["acme/collaborators/ben", "acme/groups/Payroll"],
    ),
    "changed too little": Case(
        "- {workato: create_role, role: R/D, expect: %s}\n",
        "{changed: [acme/roles/*]}",
        "{changed: [acme/roles/R/D, acme/roles/Auditor]}",
        "expect.changed",
        ["acme/roles/R/D", "acme/roles/Auditor"],
        ["acme/roles/R/D"],
    ),
    "changed none": Case(
        ADA,
        "{changed: [acme/invitations/ada]}",
        "{changed: none}",
        "expect.changed",
        [],
        ["acme/invitations/ada"],
    ),
    "imported.scanned": Case(
        IMPORT, "{imported: {scanned: 1}}", "{imported: {scanned: 0}}", "expect.imported.scanned", 0, 1
    ),
    "imported.new": Case(IMPORT, "{imported: {new: 1}}", "{imported: {new: 2}}", "expect.imported.new", 2, 1),
    "imported.matched": Case(
        IMPORT,
        "{imported: {matched: {at_least: 1}}}",
        "{imported: {matched: {at_least: 2}}}",
        "expect.imported.matched",
        {"at_least": 2},
        1,
    ),
    "imported.updated": Case(
        IMPORT, "{imported: {updated: 0}}", "{imported: {updated: 1}}", "expect.imported.updated", 1, 0
    ),
    "imported.unchanged": Case(
        BEN + IMPORT, "{imported: {unchanged: 1}}", "{imported: {unchanged: 0}}", "expect.imported.unchanged", 0, 1
    ),
    "imported.removed": Case(
        BEN + "- {workato: remove_collaborator, user: ben}\n" + IMPORT,
        "{imported: {removed: 1}}",
        "{imported: {removed: 0}}",
        "expect.imported.removed",
        0,
        1,
    ),
    "imported of a refused import": Case(
        FAULT % "listCollaborators" + IMPORT,
        "{imported: {scanned: 0}, message: {contains: Bad Gateway}}",
        "{imported: {scanned: 1}}",
        "expect.imported.scanned",
        1,
        0,
    ),
    "tasks": Case(FAULT % "inviteCollaborator" + ADA, "{tasks: 1, task: failed}", "{tasks: 0}", "expect.tasks", 0, 1),
    "tasks of every org": Case(
        FAULT % "inviteCollaborator"
        + "- {okta: assign, user: ada, entitlements: {dev: Member}}\n- {check: so it is, expect: %s}\n",
        "{tasks: {at_least: 1}}",
        "{tasks: 2}",
        "expect.tasks",
        2,
        1,
    ),
    "no request": Case(
        ADA,
        "{requests: {none_of: [PUT /api/members/*], contains: [POST /api/member_invitations]}}",
        "{requests: {none_of: [DELETE /api/members/*, POST /api/member_invitations]}}",
        "expect.requests.none_of",
        "none of DELETE /api/members/*, POST /api/member_invitations",
        "POST /api/member_invitations",
    ),
    "no event": Case(
        ADA,
        "{events: {none_of: [user.lifecycle.deactivate]}}",
        "{events: {none_of: [application.provision.user.push SUCCESS]}}",
        "expect.events.none_of",
        "none of application.provision.user.push SUCCESS",
        "application.provision.user.push SUCCESS",
    ),
    "no change": Case(
        ADA,
        "{changed: {none_of: [acme/collaborators/*, accounts/*]}}",
        "{changed: {none_of: [acme/invitations/*]}}",
        "expect.changed.none_of",
        "none of acme/invitations/*",
        "acme/invitations/ada",
    ),
    "entitlements": Case(
        "- okta: import_schema\n  expect: %s\n", "{entitlements: 4}", "{entitlements: 5}", "expect.entitlements", 5, 4
    ),
    "values": Case(
        "- {okta: import_schema}\n" + CHECK,
        "{values: {entitlements: {contains: [Member, Auditor]}, attributes: {contains: [dev_role, Auditor]}}}",
        "{values: {entitlements: {contains: [Auditor, dev_role]}}}",
        "expect.values.entitlements",
        ["Auditor", "dev_role"],
        ["dev", "Auditor", "Environment admin", "Environment manager", "Member"],
    ),
    "all values": Case(
        "- {okta: import_schema, expect: %s}\n",
        "{values: {entitlements: [dev, Auditor, Environment admin, Environment manager, Member]}}",
        "{values: {entitlements: [dev, Auditor, Environment admin, Environment manager]}}",
        "expect.values.entitlements",
        ["dev", "Auditor", "Environment admin", "Environment manager"],
        ["dev", "Auditor", "Environment admin", "Environment manager", "Member"],
    ),
    "no values": Case(
        CHECK,
        "{values: {attributes: none, entitlements: []}}",
        "{values: {attributes: {contains: [dev_role]}}}",
        "expect.values.attributes",
        ["dev_role"],
        [],
    ),
    "details of an attribute": Case(
        "- {okta: import_schema, expect: %s}\n",
        "{values: {details: {email: {type: EMAIL, required: true, scope: NONE, description: {contains: Address}}}}}",
        "{values: {details: {time_zone: {scope: NONE}}}}",
        "expect.values.details.time_zone.scope",
        "NONE",
        "SYSTEM",
    ),
    "details of several values": Case(
        "- {okta: import_schema, expect: %s}\n",
        "{values: {details: {groups: {multi_valued: true, choices: none}, dev: {choices: {contains: [Auditor]}}}}}",
        "{values: {details: {dev_role: {choices: [Auditor, Member]}}}}",
        "expect.values.details.dev_role.choices",
        ["Auditor", "Member"],
        ["Auditor", "Environment admin", "Environment manager", "Member"],
    ),
    "details of nothing": Case(
        CHECK,
        "{values: {details: {email: {description: {absent: true}}}}}",
        "{values: {details: {email: {type: EMAIL, choices: none}}}}",
        "expect.values.details.email.type",
        "EMAIL",
        "(absent)",
    ),
    "status": Case(
        CALL, "{status: 200}", "{status: {one_of: [401, 403]}}", "expect.status", {"one_of": [401, 403]}, 200
    ),
    "lost": Case(
        "- fault: {operation: listCollaborators, effect: drop_before_work}\n" + CALL,
        "{lost: {contains: RemoteProtocolError}}",
        "{lost: nothing}",
        "expect.lost",
        "nothing",
        "RemoteProtocolError: Server disconnected without sending a response.",
    ),
    "headers": Case(
        CALL,
        "{headers: {Content-Type: {contains: json}, X-Nothing: {absent: true}}}",
        "{headers: {X-Nothing: something}}",
        "expect.headers.X-Nothing",
        "something",
        "(absent)",
    ),
    "body": Case(
        CALL,
        "{body: {data: [{id: {member_id: ben}, email: {email_of: ben}}]}}",
        "{body: {data: [{id: {member_id: ada}}]}}",
        "expect.body.data.0.id",
        {"member_id": "ada"},
        50021,
    ),
    "body exactly": Case(
        CALL,
        "{body: {data: [{name: {matches: ^Ben}}]}}",
        "{body: {data: {matches: .}, total: 1}, exact: true}",
        "expect.body.data",
        {"matches": "."},
        ANY,
    ),
    "body with a key too many": Case(
        CALL,
        "{body: {total: 1}}",
        "{body: {total: 1}, exact: true}",
        "expect.body.data",
        "(absent)",
        ANY,
    ),
    "body of text": Case(
        FAULT % "listCollaborators" + CALL,
        "{body: <html>}",
        "{body: {message: Bad gateway}}",
        "expect.body",
        {"message": "Bad gateway"},
        "<html>",
    ),
    "app_user": Case(ADA, "{app_user: PROVISIONED}", "{app_user: ACTIVE}", "expect.app_user", "ACTIVE", "PROVISIONED"),
    "okta_user": Case(ADA, "{okta_user: ACTIVE}", "{okta_user: STAGED}", "expect.okta_user", "STAGED", "ACTIVE"),
    "app_user absent": Case(
        CHECK,
        "{people: {ada: {app_user: absent}}}",
        "{people: {ada: {app_user: STAGED}}}",
        "expect.people.ada.app_user",
        "STAGED",
        "absent",
    ),
    "app_user of a stranger": Case(
        CHECK,
        "{people: {eve: {app_user: absent, external_id: absent, task: none}}}",
        "{people: {eve: {app_user: ACTIVE}}}",
        "expect.people.eve.app_user",
        "ACTIVE",
        "absent",
    ),
    "sync": Case(ADA, "{sync: SYNCHRONIZED}", "{sync: ERROR}", "expect.sync", "ERROR", "SYNCHRONIZED"),
    "sync of nobody": Case(
        ADA,
        "{people: {ada: {sync: SYNCHRONIZED}}}",
        "{people: {cleo: {sync: SYNCHRONIZED}}}",
        "expect.people.cleo.sync",
        "SYNCHRONIZED",
        "(absent)",
    ),
    "external_id": Case(
        ADA,
        "{external_id: ada@example.test}",
        "{external_id: {matches: '^[0-9]+$'}}",
        "expect.external_id",
        {"matches": "^[0-9]+$"},
        "ada@example.test",
    ),
    "external_id absent": Case(
        FAULT % "inviteCollaborator" + ADA,
        "{external_id: absent, app_user: STAGED}",
        "{external_id: ada@example.test}",
        "expect.external_id",
        "ada@example.test",
        "(absent)",
    ),
    "external_id, which should be absent": Case(
        ADA,
        "{external_id: {contains: ada}}",
        "{external_id: absent}",
        "expect.external_id",
        {"absent": True},
        "ada@example.test",
    ),
    "invited": Case(ADA, "{invited: true}", "{invited: false}", "expect.invited", False, True),
    "invitation": Case(
        ADA,
        "{invitation: {dev: {one_of: [Member, Auditor]}}}",
        "{invitation: {dev: Auditor}}",
        "expect.invitation.dev",
        "Auditor",
        "Member",
    ),
    "invitation absent": Case(
        CHECK,
        "{people: {ada: {invitation: absent}, eve: {invited: true}}}",
        "{people: {eve: {invitation: absent}}}",
        "expect.people.eve.invitation",
        "absent",
        {"dev": "Member"},
    ),
    "member": Case(
        CHECK,
        "{people: {ben: {member: {dev: Member, prod: No access}}}}",
        "{people: {ben: {member: {dev: Member, prod: Member}}}}",
        "expect.people.ben.member.prod",
        "Member",
        "No access",
    ),
    "deactivated": Case(
        CHECK,
        "{people: {ben: {deactivated: absent}}}",
        "{people: {ben: {deactivated: {dev: Member}}}}",
        "expect.people.ben.deactivated",
        {"dev": "Member"},
        "absent",
    ),
    "member exactly": Case(
        "- {workato: change_roles, user: ben, roles: {prod: Auditor}, expect: %s}\n",
        "{member: {dev: Member}}",
        "{member: {dev: Member}, exact: true}",
        "expect.member.prod",
        "(absent)",
        "Auditor",
    ),
    "member of nobody": Case(
        ADA,
        "{member: absent}",
        "{member: {dev: Member}}",
        "expect.member",
        {"dev": "Member"},
        "absent",
    ),
    "member absent": Case(
        CHECK,
        "{people: {ada: {member: absent}}}",
        "{people: {ben: {member: absent}}}",
        "expect.people.ben.member",
        "absent",
        {"dev": "Member"},
    ),
    "several claims about one person": Case(
        BEN + CHECK,
        TWO_SETS % "Member",
        TWO_SETS % "Auditor",
        "expect.people.ben.member.dev",
        "Auditor",
        "Member",
    ),
    "task": Case(FAULT % "inviteCollaborator" + ADA, "{task: failed}", "{task: none}", "expect.task", "none", "failed"),
    "task none": Case(ADA, "{task: none}", "{task: paused}", "expect.task", "paused", "none"),
    "message": Case(
        FAULT % "inviteCollaborator" + ADA,
        "{message: {contains: Bad Gateway}}",
        "{message: {contains: Not found}}",
        "expect.message",
        {"contains": "Not found"},
        ANY,
    ),
    "message of nothing": Case(
        ADA, "{message: {absent: true}}", "{message: {matches: .}}", "expect.message", {"matches": "."}, "(none)"
    ),
    "task of an app": Case(
        FAULT % "inviteCollaborator" + ADA % "{task: failed}" + "- {okta: apply_updates_now, expect: %s}\n",
        "{task: failed, message: {contains: Ada}}",
        "{task: none}",
        "expect.task",
        "none",
        "failed",
    ),
    "message of a button": Case(
        "- {workato: revoke_client, client: default}\n- {okta: test_credentials, expect: %s}\n",
        "{task: none, message: {contains: credentials}}",
        "{message: fine}",
        "expect.message",
        "fine",
        "The credentials used to connect to the API were invalid; please check your configuration",
    ),
    "mapping": Case(PUSH, "{mapping: ACTIVE}", "{mapping: ERROR}", "expect.mapping", "ERROR", "ACTIVE"),
    "mapping of nothing": Case(
        CHECK,
        "{groups: {Payroll: {members: [ben]}}}",
        "{groups: {Builders: {mapping: ACTIVE}}}",
        "expect.groups.Builders.mapping",
        "ACTIVE",
        "(absent)",
    ),
    "ignored": Case(PUSH, "{ignored: [ada]}", "{ignored: []}", "expect.ignored", [], ["ada"]),
    "ignored of nothing": Case(
        CHECK,
        "{groups: {Builders: {ignored: []}}}",
        "{groups: {Builders: {ignored: [ada]}}}",
        "expect.groups.Builders.ignored",
        ["ada"],
        [],
    ),
    "mapping beside a group": Case(
        PUSHED + CHECK,
        "{groups: {Everyone: {mapping: ACTIVE, ignored: [ada], task: none, members: [ben]}}}",
        "{groups: {Everyone: {mapping: INACTIVE}}}",
        "expect.groups.Everyone.mapping",
        "INACTIVE",
        "ACTIVE",
    ),
    "task of a group push": Case(
        ALL + FAULT % "createCollaboratorGroup" + "- {okta: push_group, group: Everyone, expect: %s}\n",
        "{mapping: ERROR, task: failed, message: {contains: Bad Gateway}}",
        "{task: none}",
        "expect.task",
        "none",
        "failed",
    ),
    "task beside a group": Case(
        ALL + FAULT % "createCollaboratorGroup" + "- {okta: push_group, group: Everyone}\n" + CHECK,
        "{groups: {Everyone: {task: failed, message: {contains: Bad Gateway}}}}",
        "{groups: {Everyone: {task: none}}}",
        "expect.groups.Everyone.task",
        "none",
        "failed",
    ),
    "members": Case(
        CHECK,
        "{groups: {Payroll: {members: [ben]}}}",
        "{groups: {Payroll: {members: []}}}",
        "expect.groups.Payroll.members",
        [],
        ["ben"],
    ),
    "members of no group": Case(
        CHECK,
        "{groups: {Builders: absent}}",
        "{groups: {Builders: {members: []}}}",
        "expect.groups.Builders.members",
        [],
        "(absent)",
    ),
    "absent": Case(
        CHECK,
        "{groups: {Builders: absent}}",
        "{groups: {Payroll: absent}}",
        "expect.groups.Payroll.absent",
        True,
        "there",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_expectation_that_is_right_holds(case: Case) -> None:
    """The scenario passes with the right expectation."""
    assert failure_text(play(case.steps % case.right)) == ""


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_expectation_that_is_wrong_fails_at_its_place(case: Case) -> None:
    """The scenario fails at the last step, for this one reason, with what was expected and what is there."""
    result = play(case.steps % case.wrong)
    assert failure(result).number == len(result.steps)
    assert Mismatch(case.where, case.expected, case.actual) in failure(result).mismatches


TWO_WORKSPACES = """
workspaces:
  acme: {groups: {Payroll: []}}
  beta: {groups: {Payroll: []}}
okta:
  acme-okta:
    apps: {one: {workspace: acme}, other: {workspace: beta}}
    people: [ada]
"""


@pytest.mark.parametrize("app", ["one", "other"])
def test_an_id_in_what_was_sent_is_that_of_the_apps_workspace(app: str) -> None:
    """Both workspaces have a group of this name, and each of them has its own id."""
    steps = (
        f"- okta: assign\n  app: {app}\n  user: ada\n  entitlements: {{dev: Member}}\n  groups: [Payroll]\n"
        "  expect: {sent: {POST /api/member_invitations: {user_group_ids: [{group_id: Payroll}]}}}\n"
    )
    assert failure_text(play(steps, TWO_WORKSPACES)) == ""


def test_an_id_that_no_workspace_is_meant_for_is_equal_to_nothing() -> None:
    """A step about Okta's directory means no workspace where there are two."""
    steps = (
        "- {okta: assign, app: one, user: ada, entitlements: {dev: Member}}\n"
        "- {okta: deactivate_user, user: ada, expect: {sent: {GET /api/members: {group_id: Payroll}}}}\n"
    )
    assert Mismatch("expect.sent.GET /api/members", {"group_id": "Payroll"}, "") in (
        failure(play(steps, TWO_WORKSPACES)).mismatches
    )


def test_every_key_that_claims_something_has_a_case() -> None:
    """A key that the language takes and nobody checks would be found here."""
    shapes: set[type[Claims]] = {PersonClaims, GroupClaims}
    for shape in SHAPES:
        if (field := shape.model_fields.get("expect")) is not None:
            kinds = (field.annotation, *get_args(field.annotation))
            shapes |= {kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Claims)}
    keys = {key for shape in shapes for key in shape.model_fields} - ADDRESS

    assert keys - {key for case in CASES.values() for key in case.keys} == set()
