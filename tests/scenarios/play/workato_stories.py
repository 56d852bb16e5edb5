"""A story of each verb of Workato's side."""

WORKATO = {
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
}
