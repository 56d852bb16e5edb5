"""Every verb of the language, played once: it does what it says, and something shows of it."""

from textwrap import dedent

import pytest

from okta_org import AppSettings, MatchCriterion
from okta_scenarios.language.models.given import Provisioning
from okta_scenarios.language.models.okta_apps import Switches
from okta_scenarios.language.models.scenario import KINDS, VERBS
from okta_scenarios.play import run_scenario
from okta_scenarios.play.harness import switches_of
from okta_scenarios.reports.failures import failure_text

from ..playing import ACME, scenario

ASSIGN_ADA = "      - {okta: assign, user: ada, entitlements: {dev: Member}}\n"
ASSIGN_BEN = "      - {okta: assign, user: ben, entitlements: {dev: Member}}\n"
PUSH_BUILDERS = "      - {okta: push_group, group: Builders}\n"
UNREACHABLE = "      - {fault: {operation: inviteCollaborator, status: 502}}\n"

OFF = ACME.replace("{workspace: acme}", "{workspace: acme, provisioning: {enabled: false}}")

WITH_SCIM = ACME.replace(
    "{workato: {workspace: acme}}", "{workato: {workspace: acme}, scim: {workspace: acme, road: scim}}"
)

WITH_SIGN_INS = ACME.replace("clients: {audit: {}}", "clients: {audit: {}}\n    scim: {jit: true, role_sync: true}")

STORIES: dict[str, str] = {
    "okta assign": """
      - okta: assign
        user: ada
        entitlements: {dev: Environment manager}
        groups: [Payroll]
        user_name: ada.l@example.test
        expect:
          app_user: PROVISIONED
          external_id: ada.l@example.test
          requests: [GET /api/members, GET /api/environment_roles, POST /api/member_invitations]
    """,
    "okta unassign": ASSIGN_BEN
    + """
      - okta: unassign
        user: ben
        expect: {app_user: absent, member: absent, requests: [DELETE /api/members/*]}
    """,
    "okta change_entitlements": ASSIGN_BEN
    + """
      - okta: change_entitlements
        user: ben
        entitlements: {dev: Environment manager, prod: Member}
        expect: {member: {dev: Environment manager, prod: Member}, exact: true, task: none}
    """,
    "okta change_role_attributes": """
      - {okta: assign, app: scim, user: ada, roles: {dev: Member}}
      - okta: change_role_attributes
        app: scim
        user: ada
        roles: {dev: Environment manager}
        expect: {member: {dev: Environment manager}, requests: [GET /scim/v2/Users/*, PUT /scim/v2/Users/*]}
    """,
    "okta change_group_role_attributes": """
      - {okta: assign_group, app: scim, group: Builders, roles: {dev: Member}}
      - okta: change_group_role_attributes
        app: scim
        group: Builders
        roles: {dev: Environment manager}
        expect: {people: {ada: {app: scim, member: {dev: Environment manager}}}}
    """,
    "workato generate_scim_token": """
      - {workato: generate_scim_token, token: scim-second}
      - {okta: test_credentials, app: scim, expect: {message: {contains: Unauthorized}}}
      - {okta: configure_app, app: scim, scim_token: acme}
      - okta: assign
        app: scim
        user: ada
        expect: {app_user: PROVISIONED, member: {dev: Member}}
    """,
    "workato revoke_scim_token": """
      - {workato: revoke_scim_token}
      - {okta: assign, app: scim, user: ada, expect: {task: failed, member: absent, changed: none}}
    """,
    "workato change_scim": """
      - workato: change_scim
        licensed: false
        expect: {changed: [acme/settings]}
      - okta: assign
        app: scim
        user: ada
        expect: {task: failed, message: {contains: Forbidden}, changed: none}
    """,
    "okta change_username": ASSIGN_BEN
    + """
      - okta: change_username
        user: ben
        user_name: benjamin@example.test
        expect: {task: failed, message: {contains: Conflict}, sync: ERROR, changed: none}
    """,
    "okta edit_profile": ASSIGN_BEN
    + """
      - okta: edit_profile
        user: ben
        profile: {title: Analyst, department: null}
        expect:
          events: [user.account.update_profile SUCCESS, application.provision.user.push_profile]
          changed: none
    """,
    "okta activate_user": """
      - {okta: deactivate_user, user: ada}
      - okta: activate_user
        user: ada
        expect: {events: [user.lifecycle.activate], requests: none}
    """,
    "okta deactivate_user": ASSIGN_BEN
    + """
      - okta: deactivate_user
        user: ben
        expect: {app_user: absent, member: absent, events: {contains: [user.lifecycle.deactivate]}}
    """,
    "okta suspend_user": ASSIGN_BEN
    + """
      - okta: suspend_user
        user: ben
        expect: {app_user: PROVISIONED, requests: none, events: [user.lifecycle.suspend SUCCESS]}
    """,
    "okta unsuspend_user": """
      - {okta: suspend_user, user: ben}
      - okta: unsuspend_user
        user: ben
        expect: {events: [user.lifecycle.unsuspend SUCCESS]}
    """,
    "okta create_user": """
      - okta: create_user
        user: newcomer
        expect: {okta_user: ACTIVE, events: [user.lifecycle.create SUCCESS, user.lifecycle.activate SUCCESS]}
      - okta: assign
        user: newcomer
        entitlements: {dev: Member}
        expect: {invited: true}
    """,
    "okta lock_out_user": """
      - okta: lock_out_user
        user: ben
        expect: {okta_user: LOCKED_OUT, requests: none, events: [user.account.lock SUCCESS]}
    """,
    "okta unlock_user": """
      - {okta: lock_out_user, user: ben}
      - okta: unlock_user
        user: ben
        expect: {okta_user: ACTIVE, requests: none}
    """,
    "okta reset_password": """
      - okta: reset_password
        user: ben
        expect: {okta_user: RECOVERY, requests: none}
    """,
    "okta expire_password": """
      - okta: expire_password
        user: ben
        expect: {okta_user: PASSWORD_EXPIRED, requests: none}
    """,
    "okta choose_password": """
      - {okta: expire_password, user: ben}
      - okta: choose_password
        user: ben
        expect: {okta_user: ACTIVE, requests: none, events: [user.account.update_password SUCCESS]}
    """,
    "okta confirm_assignments": """
      - {okta: configure_app, provisioning: {auto_confirm: false, auto_confirm_new: false}}
      - {okta: import_users, expect: {people: {ben: {app_user: absent}}}}
      - okta: confirm_assignments
        matches: [ben]
        expect: {people: {ben: {app_user: ACTIVE}}, requests: none}
    """,
    "okta grant": ASSIGN_BEN
    + """
      - okta: grant
        user: ben
        name: Release week
        entitlements: {prod: Environment manager}
        lasts: 7d
        expect: {member: {dev: Member, prod: Environment manager}, task: none}
      - clock: {advance: 7d}
        expect: {people: {ben: {member: {dev: Member, prod: No access}}}}
    """,
    "okta revoke_grant": ASSIGN_BEN
    + """
      - {okta: grant, user: ben, name: Release week, entitlements: {dev: Environment manager}}
      - okta: revoke_grant
        user: ben
        name: Release week
        expect: {member: {dev: Member}, exact: true, task: none}
    """,
    "okta revert_to_policy": ASSIGN_BEN
    + """
      - {okta: grant, user: ben, name: Release week, entitlements: {dev: Environment manager}}
      - okta: revert_to_policy
        user: ben
        expect: {member: {dev: No access}, task: none}
    """,
    "okta update_usernames_now": ASSIGN_BEN
    + """
      - {okta: move_domain, old: example.test, new: new.example.test}
      - okta: update_usernames_now
        expect: {people: {ben: {task: failed, sync: ERROR}}, changed: none}
    """,
    "okta move_domain": ASSIGN_BEN
    + """
      - okta: move_domain
        old: example.test
        new: new.example.test
        expect: {people: {ben: {task: none, sync: SYNCHRONIZED}}, changed: none}
    """,
    "okta create_group_rule": """
      - {okta: create_group, group: Makers}
      - {okta: assign_group, group: Makers, entitlements: {dev: Member}, expect: {requests: none}}
      - okta: create_group_rule
        rule: builds
        group: Makers
        attribute: title
        equals: Builder
        expect: {requests: none}
      - okta: edit_profile
        user: ada
        profile: {title: Builder}
        expect: {invited: true}
    """,
    "okta create_push_rule": """
      - okta: create_push_rule
        rule: teams
        starts_with: build
        expect: {groups: {Builders: {members: [], mapping: ACTIVE}}, changed: [acme/groups/Builders]}
    """,
    "okta deactivate_push_rule": """
      - {okta: create_push_rule, rule: teams, starts_with: team}
      - okta: deactivate_push_rule
        rule: teams
      - {okta: create_group, group: Team one, expect: {groups: {Team one: absent}, requests: none}}
    """,
    "okta activate_push_rule": """
      - {okta: create_push_rule, rule: teams, starts_with: team}
      - {okta: deactivate_push_rule, rule: teams}
      - {okta: create_group, group: Team one, expect: {requests: none}}
      - okta: activate_push_rule
        rule: teams
        expect: {groups: {Team one: {members: []}}, changed: [acme/groups/Team one]}
    """,
    "okta delete_push_rule": """
      - {okta: create_push_rule, rule: teams, starts_with: build}
      - okta: delete_push_rule
        rule: teams
        in_target: delete
        expect: {groups: {Builders: absent}, changed: [acme/groups/Builders]}
    """,
    "okta resume_imports": """
      - okta: resume_imports
        expect: {refused: No import is paused}
    """,
    "okta cancel_import": """
      - okta: cancel_import
        expect: {refused: No import is paused}
    """,
    "okta delete_user": """
      - {okta: deactivate_user, user: ada}
      - okta: delete_user
        user: ada
        expect: {app_user: absent, events: [user.lifecycle.delete.initiated, user.lifecycle.delete.completed]}
    """,
    "okta retry_task": UNREACHABLE
    + ASSIGN_ADA
    + """
      - okta: retry_task
        user: ada
        expect: {task: none, invited: true}
    """,
    "okta force_sync": ASSIGN_BEN
    + """
      - {workato: change_roles, user: ben, roles: {dev: Environment manager}}
      - okta: force_sync
        user: ben
        expect: {member: {dev: Member}, changed: [acme/collaborators/ben]}
    """,
    "okta apply_updates_now": ASSIGN_BEN
    + """
      - {workato: change_roles, user: ben, roles: {dev: Environment manager}}
      - okta: apply_updates_now
        expect: {people: {ben: {member: {dev: Member}}}, task: none}
    """,
    "okta create_group": """
      - okta: create_group
        group: Finance
        members: [ada]
        expect: {events: [group.lifecycle.create]}
    """,
    "okta add_to_group": ASSIGN_BEN
    + PUSH_BUILDERS
    + """
      - okta: add_to_group
        group: Builders
        members: [ben]
        expect: {groups: {Builders: {members: [ben]}}}
    """,
    "okta remove_from_group": ASSIGN_BEN
    + "      - {okta: add_to_group, group: Builders, members: [ben]}\n"
    + PUSH_BUILDERS
    + """
      - okta: remove_from_group
        group: Builders
        members: [ben]
        expect: {changed: [acme/groups/Builders], groups: {Builders: {members: []}}}
    """,
    "okta rename_group": PUSH_BUILDERS
    + """
      - okta: rename_group
        group: Builders
        to: Makers
        expect: {groups: {Builders: absent, Makers: {members: []}}}
    """,
    "okta delete_group": """
      - {okta: assign_group, group: Builders, entitlements: {dev: Member}}
      - {okta: push_group, group: Builders}
      - okta: delete_group
        group: Builders
        expect:
          people: {ada: {app_user: absent}}
          groups: {Builders: {members: []}}
          requests: {none_of: [DELETE /api/user_groups/*]}
          events: {contains: [group.lifecycle.delete, application.user_membership.remove]}
      - okta: create_group
        group: Builders
        members: [ada]
        expect: {people: {ada: {app_user: absent}}, requests: none}
    """,
    "okta change_group_entitlements": """
      - {okta: assign_group, group: Builders, entitlements: {dev: Member}}
      - {workato: accept_invitation, user: ada}
      - okta: change_group_entitlements
        group: Builders
        entitlements: {dev: Environment manager}
        expect:
          people: {ada: {member: {dev: Environment manager}, app_user: PROVISIONED}}
          events: {contains: [group.application_assignment.update, application.provision.user.push_profile SUCCESS]}
      - {okta: change_entitlements, user: ada, entitlements: {dev: Member}}
      - okta: change_group_entitlements
        group: Builders
        entitlements: {prod: Member}
        expect: {people: {ada: {member: {dev: Member}}}, requests: none}
    """,
    "okta stop_ignoring": """
      - {okta: configure_app, provisioning: {auto_confirm: false, auto_confirm_new: false}}
      - {okta: import_users}
      - {okta: confirm_assignments, ignored: [ben]}
      - okta: stop_ignoring
        users: [ben]
        expect: {requests: none, people: {ben: {app_user: absent}}}
      - okta: confirm_assignments
        matches: [ben]
        expect: {people: {ben: {app_user: ACTIVE}}}
      - okta: stop_ignoring
        users: [ben]
        expect: {refused: {contains: No row of workato is ignored for ben}}
    """,
    "okta assign_group": """
      - okta: assign_group
        group: Builders
        entitlements: {dev: Member}
        expect: {people: {ada: {invitation: {dev: Member}}}}
    """,
    "okta unassign_group": """
      - {okta: assign_group, group: Builders, entitlements: {dev: Member}}
      - okta: unassign_group
        group: Builders
        expect: {people: {ada: {app_user: absent}}, events: {contains: [group.application_assignment.remove]}}
    """,
    "okta push_group": ASSIGN_BEN
    + "      - {okta: create_group, group: Everyone, members: [ben, cleo]}\n"
    + """
      - okta: push_group
        group: Everyone
        link: Payroll
        members_now: true
        expect: {mapping: ACTIVE, ignored: [cleo], task: none, groups: {Everyone: {members: [ben]}}}
    """,
    "okta push_group_now": """
      - {okta: create_group, group: Nobody}
      - {okta: push_group, group: Nobody, link: Payroll}
      - okta: push_group_now
        group: Nobody
        expect: {mapping: ACTIVE, groups: {Nobody: {members: []}}}
    """,
    "okta unlink_group": PUSH_BUILDERS
    + """
      - okta: unlink_group
        group: Builders
        in_target: delete
        expect: {groups: {Builders: absent}, requests: [GET /api/user_groups/*, DELETE /api/user_groups/*]}
    """,
    "okta pause_group_push": PUSH_BUILDERS
    + """
      - okta: pause_group_push
        group: Builders
        expect: {mapping: INACTIVE, requests: none}
    """,
    "okta activate_group_push": PUSH_BUILDERS
    + "      - {okta: pause_group_push, group: Builders}\n"
    + """
      - okta: activate_group_push
        group: Builders
        expect: {mapping: ACTIVE, events: {contains: [application.provision.group_push.activate_mapping]}}
    """,
    "okta import_users": """
      - okta: import_users
        expect:
          imported: {scanned: 1, new: 1, matched: 1, updated: 0, unchanged: 0, removed: 0}
          people: {ben: {app_user: ACTIVE, external_id: {matches: "^[0-9]+$"}}}
    """,
    "okta import_schema": """
      - okta: import_schema
        expect: {values: {entitlements: {contains: [Auditor, Member]}}, message: {absent: true}}
    """,
    "okta test_credentials": """
      - okta: test_credentials
        expect: {changed: none, message: {absent: true}}
    """,
    "okta provision_user": ASSIGN_ADA
    + """
      - {okta: configure_app, provisioning: {enabled: true}}
      - okta: provision_user
        user: ada
        expect: {app_user: PROVISIONED, invited: true, external_id: ada@example.test}
    """,
    "okta configure_app": """
      - okta: configure_app
        provisioning: {deactivate: false}
        client: audit
        expect: {events: [application.lifecycle.update]}
    """,
    "workato accept_invitation": """
      - workato: accept_invitation
        user: eve
        expect: {member: {dev: Member}, invited: false}
    """,
    "workato decline_invitation": """
      - workato: decline_invitation
        user: eve
        expect: {member: absent, invited: false}
    """,
    "workato cancel_invitation": """
      - workato: cancel_invitation
        user: eve
        expect: {member: absent, invited: false}
    """,
    "workato expire_invitation": """
      - workato: expire_invitation
        user: eve
        expect: {member: absent}
      - workato: accept_invitation
        user: eve
        expect: {refused: {matches: .}, member: absent}
    """,
    "workato add_collaborator": """
      - workato: add_collaborator
        user: cleo
        roles: {dev: Auditor}
        groups: [Payroll]
        expect: {member: {dev: Auditor}, groups: {Payroll: {members: [ben, cleo]}}}
    """,
    "workato remove_collaborator": """
      - workato: remove_collaborator
        user: ben
        expect: {member: absent, changed: [acme/collaborators/ben, acme/groups/Payroll]}
    """,
    "workato change_roles": """
      - workato: change_roles
        user: ben
        roles: {test: Auditor}
        expect: {member: {dev: Member, test: Auditor}, exact: true}
    """,
    "workato create_role": """
      - workato: create_role
        role: Night shift
        expect: {changed: [acme/roles/Night shift]}
    """,
    "workato rename_role": """
      - workato: rename_role
        role: Auditor
        to: Reviewer
        expect: {changed: [acme/roles/Auditor, acme/roles/Reviewer]}
    """,
    "workato delete_role": """
      - workato: delete_role
        role: Auditor
        expect: {changed: [acme/roles/Auditor]}
    """,
    "workato create_group": """
      - workato: create_group
        group: R/D
        expect: {changed: [acme/groups/*], groups: {R/D: {members: []}}}
    """,
    "workato delete_group": """
      - workato: delete_group
        group: Payroll
        expect: {groups: {Payroll: absent}, changed: [acme/groups/Payroll]}
    """,
    "workato add_to_group": """
      - {workato: accept_invitation, user: eve}
      - workato: add_to_group
        group: Payroll
        members: [eve]
        expect: {groups: {Payroll: {members: [eve, ben]}}}
    """,
    "workato remove_from_group": """
      - workato: remove_from_group
        group: Payroll
        members: [ben]
        expect: {groups: {Payroll: {members: []}}}
    """,
    "workato sign_in": """
      - workato: sign_in
        user: cleo
        roles: {prod: Auditor}
        expect:
          member: {prod: Auditor}
          exact: true
          changed: [acme/collaborators/cleo, acme/scim_users/cleo, accounts/cleo]
      - {workato: sign_in, user: ben, roles: {prod: Nobody}, expect: {refused: {contains: Nobody}, changed: none}}
    """,
    "workato add_environment": """
      - workato: add_environment
        environment: dev
        expect: {refused: {contains: dev}, changed: none}
    """,
    "workato change_plan": """
      - workato: change_plan
        churn_limit: null
        churn_window: 2d
        invitation_lifetime: 1h
        invitation_cooldown: 30s
        expect: {changed: [acme/settings]}
      - clock: {advance: 1h}
        expect: {changed: none}
      - workato: accept_invitation
        user: eve
    """,
    "workato change_permission_model": """
      - workato: change_permission_model
        to: legacy_roles
        expect: {changed: [acme/settings, acme/collaborators/ben, acme/invitations/eve]}
      - call: listEnvironmentRoles
        expect: {status: {one_of: [401, 403]}}
    """,
    "workato change_client": """
      - workato: change_client
        client: audit
        token: wrkaus-acme-second
        privileges: [collaborators.list]
        environments: [dev]
        expect: {changed: [acme/client_roles/audit, acme/clients/audit]}
      - call: listCollaborators
        token: wrkaus-acme-second
        expect: {status: 200}
      - call: listCollaborators
        client: audit
        expect: {status: 200}
      - call: listCollaborators
        token: wrkaus-acme-audit
        expect: {status: 401}
    """,
    "workato change_client_role": """
      - workato: change_client_role
        role: audit
        privileges: [collaborators.list]
        expect: {changed: [acme/client_roles/audit]}
      - call: listCollaborators
        client: audit
        expect: {status: 200}
      - call: listEnvironmentRoles
        client: audit
        expect: {status: 401}
    """,
    "workato delete_client_role": """
      - workato: delete_client_role
        role: audit
        expect: {changed: [acme/client_roles/audit, acme/clients/audit]}
      - call: listCollaborators
        client: audit
        expect: {status: 401}
    """,
    "workato revoke_client": """
      - workato: revoke_client
        client: audit
        expect: {changed: [acme/clients/audit]}
      - call: listCollaborators
        client: audit
        expect: {status: 401}
    """,
    "clock": """
      - clock: {advance: 1h30m}
        expect: {changed: none, requests: none}
    """,
    "fault": """
      - fault: {operation: listCollaborators, status: 503, body: {message: Down}, headers: {X-Reason: rest}}
      - call: listCollaborators
        expect: {status: 503, body: {message: Down}, exact: true, headers: {x-reason: rest}}
      - call: listCollaborators
        expect: {status: 200}
    """,
    "call": """
      - call: addGroupMembers
        path: {id: {group_id: Payroll}}
        query: {user_ids: [{member_id: ben}]}
        expect: {status: 204, changed: none}
    """,
    "check": """
      - check: Ben is in
        expect: {people: {ben: {member: {dev: Member}}}}
    """,
}


@pytest.mark.parametrize("verb", STORIES)
def test_a_verb_does_what_it_says(verb: str) -> None:
    """The story of each verb holds, up to its last step."""
    usual = WITH_SCIM if "app: scim" in STORIES[verb] else ACME
    given = {"okta provision_user": OFF, "workato sign_in": WITH_SIGN_INS}.get(verb, usual)
    story = scenario(dedent(STORIES[verb]), given)
    kind, _, name = verb.partition(" ")
    shape = VERBS[kind][name] if name else KINDS[kind]

    assert any(type(step) is shape for step in story.steps)
    result = run_scenario(story)
    assert failure_text(result) == ""
    assert len(result.steps) == len(story.steps)


def test_every_verb_of_the_language_has_a_story() -> None:
    """A verb that the language takes and nobody acts out would be found here."""
    verbs = {f"{kind} {verb}" for kind, verbs in VERBS.items() for verb in verbs} | KINDS.keys()

    assert verbs ^ STORIES.keys() == set()


def test_the_switches_of_the_language_are_those_of_the_org() -> None:
    """Each has its counterpart, and without a word about it both sides take the same for granted."""
    assert AppSettings(**switches_of(Provisioning())) == AppSettings()
    assert Switches.model_fields.keys() - Provisioning.model_fields.keys() == {"active"}


def test_a_step_sets_the_switches_that_it_names() -> None:
    """Under the org's names, and nothing of what it leaves out."""
    chosen = switches_of(Switches(create=False, exact_match="USERNAME"))

    assert chosen == {"create_users": False, "exact_match": MatchCriterion.USERNAME}
