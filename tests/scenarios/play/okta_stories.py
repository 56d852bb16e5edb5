"""A story of each verb of Okta's side."""

ASSIGN_ADA = "      - {okta: assign, user: ada, entitlements: {dev: Member}}\n"
ASSIGN_BEN = "      - {okta: assign, user: ben, entitlements: {dev: Member}}\n"
PUSH_BUILDERS = "      - {okta: push_group, group: Builders}\n"
UNREACHABLE = "      - {fault: {operation: inviteCollaborator, status: 502}}\n"

OKTA = {
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
}
