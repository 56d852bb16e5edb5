"""Whatever is wrong with a file is said at its place. `▶` stands where the complaint has to point."""

from collections.abc import Callable
from typing import Any

import pytest

from okta_scenarios.language import Problem
from okta_scenarios.language.models.scenario import ID_IN_WORDS, VERBS

FRAME = """\
scenario: SC-001
title: Somebody is hired
given:
  workspaces:
    acme:
      collaborators: {cleo: {roles: {dev: Member}}}
      groups: {Payroll: {members: [cleo]}}
      clients: {narrow: {privileges: [Collaborators.list]}}
  okta:
    acme-okta:
      apps: {workato: {workspace: acme}}
      people: [ada, ben]
      groups: {Builders: [ada]}
"""

TWO = """\
scenario: SC-001
title: Two of everything
given:
  workspaces: {acme: {}, globex: {}}
  okta:
    a-okta: {apps: {workato: {workspace: acme}}, people: [ada]}
    b-okta: {apps: {workato: {workspace: globex}, spare: {workspace: acme}}, people: [ada, ben]}
"""


ONE_STEP = "steps:\n  - okta: test_credentials\n"


def steps(*lines: str) -> str:
    return FRAME + "steps:\n" + "\n".join(f"  {line}" for line in lines) + "\n"


def given(*lines: str) -> str:
    return (
        "scenario: SC-001\ntitle: t\ngiven:\n"
        + "".join(f"  {line}\n" for line in lines)
        + "steps:\n  - clock: {advance: 1h}\n"
    )


SYNTAX = {
    "an empty file": ("▶", "the file is empty"),
    "a list": ("▶- 1", "a scenario is a mapping of keys to values"),
    "a word": ("▶word", "a scenario is a mapping of keys to values"),
    "not YAML": ("title: [1, 2\n▶", "not YAML: did not find expected ',' or ']'"),
    "a tab": ("title:\n▶\tx: 1", "not YAML: found character that cannot start any token"),
    "a control character": (
        "a: ▶\x01",
        'not YAML: the character U+0001 must be escaped; write "\\u0001" in double quotes',
    ),
    "two documents": (FRAME + ONE_STEP + "---\n▶b: 2", "a second document; a file holds one"),
    "a key twice": (FRAME + ONE_STEP + "▶title: b", "duplicate key 'title'; first in line 2"),
    "a tag": (FRAME.replace("Somebody", "▶!!str a") + ONE_STEP, "tags such as !!str are not part of this language"),
    "a tag of one's own": (
        FRAME.replace("Somebody", "▶!env a") + ONE_STEP,
        "tags such as !env are not part of this language",
    ),
    "an anchor": (FRAME.replace("Somebody", "▶&t a") + ONE_STEP, "anchors such as &t are not part of this language"),
    "a merge key": (
        FRAME + ONE_STEP + "▶<<: {a: 1}",
        "merge keys are not part of this language; write the keys out",
    ),
    "a list as a key": ("▶[a]: 1", "a key must be a string"),
    "a huge number": (
        FRAME.replace("Somebody is hired", "▶" + "9" * 301) + ONE_STEP,
        "this number is too large; quote it if it is text",
    ),
    "an infinite number": (
        FRAME.replace("Somebody is hired", "▶1e999") + ONE_STEP,
        "this number is too large; quote it if it is text",
    ),
    "deep nesting": ("[" * 100 + "▶[" + "]" * 101, "nested deeper than 100 levels"),
}

HEADINGS = {
    "a misspelt key": (
        FRAME + "▶tgas: []\n" + ONE_STEP,
        "unknown key 'tgas' in the scenario; did you mean 'tags'?",
    ),
    "no title": ("▶scenario: SC-001\n" + ONE_STEP, "the scenario needs 'title'"),
    "a numeric title": (
        "scenario: SC-001\ntitle: ▶2026\n" + ONE_STEP,
        "title in the scenario should be text, not 2026 (quote it)",
    ),
    "an odd id": (
        "scenario: ▶a leaver\ntitle: t\n" + ONE_STEP,
        f"'a leaver' is not a scenario id: {ID_IN_WORDS}",
    ),
    "a live mode there is not": (
        "scenario: SC-001\ntitle: t\nlive: ▶reads\n" + ONE_STEP,
        "live in the scenario cannot be 'reads'; it is 'never', 'read' or 'write'; did you mean 'read'?",
    ),
    "no steps": (
        "scenario: SC-001\ntitle: t\nsteps: ▶[]\n",
        "steps in the scenario should not be empty",
    ),
    "steps that are no list": (
        "scenario: SC-001\ntitle: t\nsteps: ▶{okta: assign}\n",
        "steps in the scenario should be a list, not a mapping",
    ),
}

_NOT_LEGACY = (
    "the legacy permission model has no {}, and their endpoints answer 401; leave out permission_model for a workspace "
    "that has migrated"
)
GIVEN = {
    "groups on the legacy model": (
        given("workspaces: {acme: {permission_model: legacy_roles, groups: ▶{Payroll: {}}}}"),
        _NOT_LEGACY.format("collaborator groups"),
    ),
    "project roles on the legacy model": (
        given("workspaces: {acme: {permission_model: legacy_roles, project_roles: ▶[Reviewer]}}"),
        _NOT_LEGACY.format("project roles"),
    ),
    "grants on the legacy model": (
        given(
            "workspaces: {acme: {permission_model: legacy_roles, collaborators: {ada: {}}, "
            "projects: {Payroll: {grants: ▶{ada: Builder}}}}}"
        ),
        _NOT_LEGACY.format("project grants"),
    ),
    "a misspelt key in a workspace": (
        given("workspaces: {acme: {▶permision_model: legacy_roles}}"),
        "unknown key 'permision_model' in the scenario, given.workspaces.acme; did you mean 'permission_model'?",
    ),
    "an unknown workspace": (
        given("workspaces: {acme: {}}", "okta: {o: {apps: {w: {workspace: ▶acmee}}}}"),
        "unknown workspace 'acmee'; did you mean 'acme'?",
    ),
    "an app without a workspace": (
        given("okta: {o: {apps: {w: ▶{environment: dev}}}}"),
        "the scenario, given.okta.o.apps.w needs 'workspace'",
    ),
    "an unknown environment as a key": (
        given("workspaces: {acme: {collaborators: {ada: {roles: {▶tset: Member}}}}}"),
        "unknown environment 'tset'; did you mean 'test'?",
    ),
    "an unknown privilege": (
        given("workspaces: {acme: {clients: {c: {privileges: [▶Collaborators.invites]}}}}"),
        "unknown privilege 'Collaborators.invites'; did you mean 'Collaborators.invite'?",
    ),
    "a duration that is none": (
        given("workspaces: {acme: {plan: {churn_window: ▶20 minuets}}}"),
        "'20 minuets' is not a duration; write one such as 20m, 1h30m, 3 days or 90 seconds",
    ),
    "a start without a zone": (
        given("clock: {start: ▶2026-03-02T09:00:00}"),
        "'2026-03-02T09:00:00' is not a moment with a zone; write one such as 2026-03-02T09:00:00Z",
    ),
    "a start that is none": (
        given("clock: {start: ▶soon}"),
        "'soon' is not a moment with a zone; write one such as 2026-03-02T09:00:00Z",
    ),
    "an unknown assumption": (
        given("assumptions: {▶email_cse: kept}"),
        "unknown assumption 'email_cse'; did you mean 'email_case'?",
    ),
    "an alternative there is not": (
        given("assumptions: {email_case: ▶kpt}"),
        "'kpt' is not an alternative of email_case; there is ignored, kept; did you mean 'kept'?",
    ),
    "an alternative of another type": (
        given("assumptions: {conflict_status: ▶'409'}"),
        "'409' is not an alternative of conflict_status; there is 400, 409; did you mean '409'?",
    ),
    "an empty profile": (
        given("people: {ada: {attributes: ▶{}}}"),
        "names no attribute",
    ),
    "a group member who is no collaborator": (
        given(
            "workspaces: {acme: {collaborators: {adah: {}}, groups: {G: {members: [▶ada]}}}}",
            "people: {ada: {}}",
        ),
        "unknown collaborator of acme: 'ada'; did you mean 'adah'?",
    ),
    "a grant for somebody who is no collaborator": (
        given(
            "workspaces: {acme: {collaborators: {adah: {}}, projects: {P: {grants: {ada: ▶Builder}}}}}",
            "people: {ada: {}}",
        ),
        "unknown collaborator of acme: 'ada'; did you mean 'adah'?",
    ),
    "a grant for another workspace's group": (
        given("workspaces: {acme: {projects: {P: {group_grants: {Pay: ▶Builder}}}}, globex: {groups: {Pay: {}}}}"),
        "unknown group of acme: 'Pay'",
    ),
    "a membership in another workspace's group": (
        given("workspaces: {acme: {invitations: {ada: {groups: [▶Pay]}}}, globex: {groups: {Pay: {}}}}"),
        "unknown group of acme: 'Pay'",
    ),
    "somebody invited who is in": (
        given("workspaces: {acme: {collaborators: {ada: {}}, invitations: {ada: ▶{}}}}"),
        "ada is a collaborator of acme already",
    ),
    "an Okta group with somebody from elsewhere": (
        given("okta: {a: {people: [ada], groups: {G: [▶ben]}}, b: {people: [ben]}}"),
        "unknown person in a: 'ben'",
    ),
    "another workspace's client": (
        given(
            "workspaces: {acme: {}, globex: {clients: {narrow: {}}}}",
            "okta: {o: {apps: {w: {workspace: acme, client: ▶narrow}}}}",
        ),
        "unknown client of acme: 'narrow'",
    ),
    "an email that is none": (
        given("people: {ada: {email: ▶ada at example.test}}"),
        "'ada at example.test' is not an email; write one such as ada@example.test",
    ),
    "an app in an environment that its workspace lacks": (
        given(
            "workspaces: {acme: {environments: [dev, test]}}",
            "okta: {o: {apps: {w: {workspace: acme, environment: ▶prod}}}}",
        ),
        "unknown environment of acme: 'prod'",
    ),
    "a fixture where there are none": (
        given("fixture: ▶two-orgs"),
        "unknown fixture 'two-orgs'; did you mean 'gov-two-orgs'?",
    ),
}

STEPS = {
    "no mapping": (
        steps("- ▶assign"),
        "a step is a mapping with one of the keys okta, workato, clock, fault, call, check",
    ),
    "no kind": (steps("- ▶user: ada"), "a step needs one of the keys okta, workato, clock, fault, call, check"),
    "a misspelt kind": (
        steps("- note: x", "  ▶worktao: accept_invitation"),
        "unknown kind of step 'worktao'; did you mean 'workato'?",
    ),
    "two kinds": (steps("- okta: assign", "  ▶workato: accept_invitation"), "a step is one thing: okta or workato"),
    "a misspelt verb": (
        steps("- okta: ▶asign", "  user: ada"),
        "'asign' is no okta verb; did you mean 'assign'?",
    ),
    "a verb that must be a string": (
        steps("- workato: ▶[1]"),
        (
            "a list is no workato verb; there is accept_invitation, add_collaborator, add_environment, add_to_group, "
            "cancel_invitation, change_client, change_client_role, change_permission_model, change_plan, "
            "change_roles, create_group, create_role, decline_invitation, delete_client_role, delete_group, "
            "delete_role, expire_invitation, remove_collaborator, remove_from_group, rename_role, revoke_client"
        ),
    ),
    "a misspelt key": (
        steps("- okta: assign", "  user: ada", "  ▶entitlments: {dev: Member}"),
        "unknown key 'entitlments' in okta assign; did you mean 'entitlements'?",
    ),
    "another verb's key": (
        steps("- okta: unassign", "  user: ada", "  ▶entitlements: {dev: Member}"),
        "unknown key 'entitlements' in okta unassign",
    ),
    "a missing key": (
        steps("- ▶okta: assign"),
        "the user is missing; write `user` for one person, or `users` for several",
    ),
    "a verb left out": (
        steps("- okta:▶", "  user: ada", "  org: acme-okta"),
        f"empty is no okta verb; there is {', '.join(sorted(VERBS['okta']))}",
    ),
    "a list for a text": (
        steps("- okta: assign", "  user: ▶[ada]"),
        "user in okta assign should be text, not a list",
    ),
    "a truth for a text": (
        steps("- okta: assign", "  user: ▶true"),
        "user in okta assign should be text, not true (quote it)",
    ),
    "a key without a value": (
        steps("- okta: assign", "  user: ada", "  expect:▶", "  proves: [PNU-1]"),
        "expect is empty; write a value or leave it out",
    ),
    "an unknown person": (
        steps("- okta: assign", "  user: ▶adda"),
        "unknown person 'adda'; did you mean 'ada'?",
    ),
    "nobody near": (
        steps("- okta: assign", "  user: ▶zoroaster"),
        "unknown person 'zoroaster'; there is ada, ben, cleo",
    ),
    "somebody who is not in the org": (
        steps("- okta: assign", "  user: ▶cleo"),
        "unknown person in acme-okta: 'cleo'",
    ),
    "a member who is not in the org": (
        steps("- okta: add_to_group", "  group: Builders", "  members: [ben, ▶cleo]"),
        "unknown person in acme-okta: 'cleo'",
    ),
    "an unknown app": (
        steps("- okta: assign", "  user: ada", "  app: ▶worktao"),
        "unknown app 'worktao'; did you mean 'workato'?",
    ),
    "an unknown org": (
        steps("- okta: assign", "  user: ada", "  org: ▶acme-otka"),
        "unknown org 'acme-otka'; did you mean 'acme-okta'?",
    ),
    "an unknown Okta group": (
        steps("- okta: push_group", "  group: ▶Bulders"),
        "unknown Okta group 'Bulders'; did you mean 'Builders'?",
    ),
    "an unknown group in a claim": (
        steps("- check: groups", "  expect: {groups: {▶Pairoll: absent}}"),
        "unknown group 'Pairoll'; did you mean 'Payroll'?",
    ),
    "an unknown rule": (
        steps("- okta: assign", "  user: ada", "  expect: {invited: true}", "  proves: [PNU-1, ▶PNU-4]"),
        "unknown rule 'PNU-4'; did you mean 'PNU-3'?",
    ),
    "a proof without an expectation": (
        steps("- okta: assign", "  user: ada", "  proves: ▶[PNU-1]"),
        "proves something but expects nothing; add `expect`",
    ),
    "an expectation of nothing": (
        steps("- okta: assign", "  user: ada", "  expect: ▶{app: workato}"),
        "claims nothing; say what is expected, or leave it out",
    ),
    "a misspelt claim": (
        steps("- okta: assign", "  user: ada", "  expect: {▶aap_user: PROVISIONED}"),
        "unknown key 'aap_user' in okta assign, expect; did you mean 'app_user'?",
    ),
    "a claim that this step cannot make": (
        steps("- workato: delete_group", "  group: Payroll", "  expect: {▶requests: none}"),
        "unknown key 'requests' in workato delete_group, expect",
    ),
    "a status there is not": (
        steps("- okta: assign", "  user: ada", "  expect: {task: ▶fialed}"),
        (
            "task in okta assign, expect cannot be 'fialed'; it is 'none', 'failed', 'paused' or 'permanent'; "
            "did you mean 'failed'?"
        ),
    ),
    "yes for true": (
        steps("- okta: assign", "  user: ada", "  expect: {invited: ▶yes}"),
        "invited in okta assign, expect should be true or false, not 'yes'",
    ),
    "a word for roles": (
        steps("- okta: assign", "  user: ada", "  expect: {member: ▶absnt}"),
        "member in okta assign, expect cannot be 'absnt'; it is 'absent'; did you mean 'absent'?",
    ),
    "a misspelt matcher": (
        steps("- okta: assign", "  user: ada", "  expect: {message: {▶mathces: x}}"),
        "unknown key 'mathces' in okta assign, expect.message; did you mean 'matches'?",
    ),
    "two matchers at once": (
        steps("- okta: assign", "  user: ada", "  expect: {message: ▶{matches: x, contains: y}}"),
        "write exactly one of matches, contains, one_of, at_least, absent",
    ),
    "a broken expression": (
        steps("- okta: assign", "  user: ada", "  expect: {message: {matches: ▶'['}}"),
        "'[' is not a regular expression: unterminated character set at position 0",
    ),
    "a number for a text": (
        steps("- okta: assign", "  user: ada", "  expect: {external_id: ▶17}"),
        "external_id in okta assign, expect should be text, not 17 (quote it)",
    ),
    "a claim about an unknown person": (
        steps("- okta: assign", "  user: ada", "  expect: {people: {▶bne: {invited: false}}}"),
        "unknown person 'bne'; did you mean 'ben'?",
    ),
    "a misspelt claim about another person": (
        steps("- check: x", "  expect: {people: {ben: [{invited: false}, {▶invted: true}]}}"),
        "unknown key 'invted' in check, expect.people.ben.1; did you mean 'invited'?",
    ),
    "a request in the wrong form": (
        steps("- okta: assign", "  user: ada", "  expect: {requests: [▶GET]}"),
        "'GET' is not a request; write one such as 'POST /api/member_invitations'",
    ),
    "a request that nothing answers": (
        steps("- okta: assign", "  user: ada", "  expect: {requests: [GET /api/members, ▶GET /api/member/17]}"),
        "no operation answers 'GET /api/member/17'; did you mean 'GET /api/members/*'?",
    ),
    "a word for requests": (
        steps("- okta: assign", "  user: ada", "  expect: {requests: ▶non}"),
        "requests in okta assign, expect cannot be 'non'; it is 'none'; did you mean 'none'?",
    ),
    "an unknown event": (
        steps("- okta: assign", "  user: ada", "  expect: {events: [▶application.provision.user.pusch FAILURE]}"),
        "unknown event 'application.provision.user.pusch'; did you mean 'application.provision.user.push'?",
    ),
    "an unknown outcome": (
        steps("- okta: assign", "  user: ada", "  expect: {events: [▶application.provision.user.push FAILED]}"),
        "'FAILED' is not an outcome of a System Log event; did you mean 'FAILURE'?",
    ),
    "no events among others": (
        steps("- okta: assign", "  user: ada", "  expect: {events: {contains: ▶[]}}"),
        "contains in okta assign, expect.events should not be empty",
    ),
    "some events that are nothing": (
        steps("- okta: assign", "  user: ada", "  expect: {events: ▶{}}"),
        "names nothing; write items under `contains` or `none_of` or `only`",
    ),
    "an event that is there and is not": (
        steps(
            "- okta: assign",
            "  user: ada",
            "  expect: {events: {contains: [user.lifecycle.deactivate], none_of: ▶[user.lifecycle.deactivate]}}",
        ),
        "user.lifecycle.deactivate cannot be both there and not there",
    ),
    "one person and several": (
        steps("- okta: assign", "  user: ada", "  users: ▶[ada]"),
        "write `user` for one person, or `users` for several, not both",
    ),
    "a claim about one of several": (
        steps("- okta: assign", "  users: [ada]", "  expect: ▶{invited: true}"),
        "the user is missing: write the claims under `people: {NAME: …}`",
    ),
    "another matcher for events": (
        steps("- okta: assign", "  user: ada", "  expect: {events: {▶contain: [user.lifecycle.deactivate]}}"),
        "unknown key 'contain' in okta assign, expect.events; did you mean 'contains'?",
    ),
    "an unknown event among others": (
        steps("- okta: assign", "  user: ada", "  expect: {events: {contains: [▶user.lifecycle.deactivat]}}"),
        "unknown event 'user.lifecycle.deactivat'; did you mean 'user.lifecycle.deactivate'?",
    ),
    "exact about nobody's roles": (
        steps("- okta: assign", "  user: ada", "  expect: {member: absent, exact: ▶true}"),
        "exact about nothing: write the roles of `member` or `invitation`",
    ),
    "exact about a body without keys": (
        steps("- call: listCollaborators", "  expect: {body: [1, 2], exact: ▶true}"),
        "exact about nothing: write a `body` that has keys",
    ),
    "exact about no body": (
        steps("- call: listCollaborators", "  expect: {status: 200, exact: ▶true}"),
        "exact about nothing: write a `body` that has keys",
    ),
    "invited without an invitation": (
        steps("- okta: assign", "  user: ada", "  expect: {invited: true, invitation: ▶absent}"),
        "`invited: true` and `invitation: absent` cannot both be true",
    ),
    "an invitation of nobody invited": (
        steps("- check: x", "  expect: {people: {ben: {invited: false, invitation: ▶{dev: Member}}}}"),
        "`invited: false` and `invitation: …` cannot both be true",
    ),
    "the state of nobody": (
        steps("- okta: assign", "  user: ada", "  expect: {app_user: absent, sync: ▶ERROR}"),
        "`app_user: absent` and `sync: ERROR` cannot both be true",
    ),
    "an app user of nobody": (
        steps("- okta: assign", "  user: ada", "  expect: {okta_user: absent, app_user: ▶ACTIVE}"),
        "`okta_user: absent` and `app_user: ACTIVE` cannot both be true",
    ),
    "members of no group": (
        steps("- check: x", "  expect: {groups: {Payroll: {absent: true, members: ▶[cleo]}}}"),
        "`absent: true` and `members: …` cannot both be true",
    ),
    "a status of no answer": (
        steps("- call: listCollaborators", "  expect: {lost: {matches: .}, status: ▶200}"),
        "`lost` means that no answer came, so `status` is about nothing",
    ),
    "a part of nothing": (
        steps("- okta: assign", "  user: ada", "  expect: {message: ▶{contains: ''}}"),
        "an empty matcher matches everything",
    ),
    "two claims about one place": (
        steps("- check: x", "  expect: {people: {ben: [{invited: true}, {workspace: acme, invited: ▶false}]}}"),
        "invited of ben has two different claims",
    ),
    "claims about no people": (
        steps("- okta: assign", "  user: ada", "  expect: {people: ▶{}}"),
        "people in okta assign, expect should not be empty",
    ),
    "no headers": (
        steps("- call: listCollaborators", "  expect: {headers: ▶{}}"),
        "headers in call, expect should not be empty",
    ),
    "a path that is none": (
        steps("- okta: assign", "  user: ada", "  expect: {changed: [▶acme]}"),
        "'acme' is not a path into the state; write one such as acme/invitations/ada",
    ),
    "a path into an unknown workspace": (
        steps("- okta: assign", "  user: ada", "  expect: {changed: [▶acne/invitations/ada]}"),
        "unknown place 'acne'; did you mean 'acme'?",
    ),
    "a path to an unknown part": (
        steps("- okta: assign", "  user: ada", "  expect: {changed: [▶acme/invitation/ada]}"),
        "unknown part of a workspace 'invitation'; did you mean 'invitations'?",
    ),
    "a path to an unknown person": (
        steps("- okta: assign", "  user: ada", "  expect: {changed: [▶acme/invitations/adda]}"),
        "unknown person 'adda'; did you mean 'ada'?",
    ),
    "a path to an unknown account": (
        steps("- okta: assign", "  user: ada", "  expect: {changed: [▶accounts/zoroaster]}"),
        "unknown person 'zoroaster'; there is ada, ben, cleo",
    ),
    "a claim about a person in a check": (
        steps("- check: {}", "  expect: {▶invited: true}"),
        "unknown key 'invited' in check, expect; write claims about a person under `people: {NAME: …}`",
    ),
    "a word for something else": (
        steps("- {okta: retry_task, user: ada, expect: {task: ▶present}}"),
        "task in okta retry_task, expect cannot be 'present'; it is 'none', 'failed', 'paused' or 'permanent'",
    ),
    "claims about nobody": (
        steps("- okta: retry_task", "  expect: ▶{invited: true}"),
        "the user is missing: add `user: NAME` to the step, or write the claims under `people: {NAME: …}`",
    ),
    "an app that changes in no way": (
        steps("- ▶okta: configure_app"),
        "changes nothing; name provisioning, client, token or host",
    ),
    "an app with two tokens": (
        steps("- okta: configure_app", "  client: narrow", "  token: ▶wrong"),
        "name a client or a token, not both",
    ),
    "a plan that changes in no way": (
        steps("- ▶workato: change_plan"),
        (
            "changes nothing; name one of collaborator_limit, churn_limit, churn_window, requests_per_minute, "
            "invitation_lifetime, invitation_cooldown"
        ),
    ),
    "a client that changes in no way": (
        steps("- ▶workato: change_client", "  client: narrow"),
        "changes nothing; name token, privileges, environments, role or ip_allow_list",
    ),
    "an unknown client": (
        steps("- workato: revoke_client", "  client: ▶narow"),
        "unknown client 'narow'; did you mean 'narrow'?",
    ),
    "an empty user name": (
        steps("- okta: change_username", "  user: ada", "  user_name: ▶''"),
        "user_name in okta change_username should not be empty",
    ),
    "a clock that goes backwards": (
        steps("- clock: {advance: ▶-20m}"),
        "'-20m' is not a duration; write one such as 20m, 1h30m, 3 days or 90 seconds",
    ),
    "a clock without a verb": (
        steps("- clock: ▶20m"),
        "clock in clock should be a mapping of keys to values, not '20m'",
    ),
    "a fault on an unknown operation": (
        steps("- fault: {operation: ▶inviteColaborator, status: 502}", "- okta: test_credentials"),
        "unknown operation 'inviteColaborator'; did you mean 'inviteCollaborator'?",
    ),
    "a fault that expects": (
        steps(
            "- fault: {operation: listCollaborators, status: 502}", "  ▶expect: {status: 1}", "- okta: test_credentials"
        ),
        "unknown key 'expect' in fault",
    ),
    "a fault at the end": (
        steps("- ▶fault: {operation: listCollaborators, status: 502}"),
        "nothing follows this fault, so it shows nothing",
    ),
    "a step during an unknown operation": (
        steps(
            "- workato: accept_invitation",
            "  user: cleo",
            "  during: ▶inviteColaborator",
            "- okta: test_credentials",
        ),
        "unknown operation 'inviteColaborator'; did you mean 'inviteCollaborator'?",
    ),
    "a step during a request that expects": (
        steps(
            "- workato: accept_invitation",
            "  user: cleo",
            "  during: listCollaborators",
            "  expect: ▶{invited: false}",
            "- okta: test_credentials",
        ),
        "a step with `during` has no `expect`; expect it of the step that calls listCollaborators",
    ),
    "a step during a request that proves": (
        steps(
            "- call: listCollaborators",
            "  during: removeCollaborator",
            "  proves: ▶[PNU-1]",
            "- okta: test_credentials",
        ),
        "proves something but expects nothing; add `expect`",
    ),
    "an Okta step during a request": (
        steps("- okta: assign", "  user: ada", "  ▶during: inviteCollaborator", "- okta: test_credentials"),
        "unknown key 'during' in okta assign; only a workato: or call: step can have it",
    ),
    "time that passes during a request": (
        steps("- clock: {advance: 20m}", "  ▶during: inviteCollaborator", "- okta: test_credentials"),
        "unknown key 'during' in clock; only a workato: or call: step can have it",
    ),
    "a step during a request at the end": (
        steps("- okta: test_credentials", "- ▶call: listCollaborators", "  during: listCollaborators"),
        "nothing follows this step with `during`, so it shows nothing",
    ),
    "a call of an unknown operation": (
        steps("- call: ▶listColaborators"),
        "unknown operation 'listColaborators'; did you mean 'listCollaborators'?",
    ),
    "a call without its path parameter": (
        steps("- call: ▶getCollaborator"),
        "getCollaborator needs the path parameter id",
    ),
    "a call with an unknown path parameter": (
        steps("- call: getCollaborator", "  path: {idd: ▶7}"),
        "unknown path parameter 'idd'; getCollaborator has the path parameters: id; did you mean 'id'?",
    ),
    "a call with two bodies": (
        steps("- call: inviteCollaborator", "  body: {}", "  raw_body: ▶'{'"),
        "write body or raw_body, not both",
    ),
    "a call with two tokens": (
        steps("- call: listCollaborators", "  client: narrow", "  token: ▶wrong"),
        "write client or token, not both",
    ),
    "a matcher deep in a body": (
        steps("- call: listCollaborators", "  expect: {body: {data: [{name: {matches: ▶7}}]}}"),
        "matches in call, expect.body.data.0.name should be text, not 7 (quote it)",
    ),
    "a look-up deep in what is sent": (
        steps("- call: inviteCollaborator", "  body: {people: [{email: {email_of: ▶adda}}]}"),
        "unknown person 'adda'; did you mean 'ada'?",
    ),
    "a check that says more than words": (
        steps("- check: ▶{of: x}", "  expect: {values: {entitlements: [Member]}}"),
        "check in check should be empty",
    ),
    "a check that checks nothing": (steps("- ▶check: {}"), "check needs 'expect'"),
}

AMBIGUOUS = {
    "an app of two orgs": (
        TWO + "steps:\n  - ▶okta: assign\n    user: ada\n    app: workato\n",
        "which app? there is workato in a-okta, workato in b-okta",
    ),
    "an org": (
        TWO + "steps:\n  - ▶okta: suspend_user\n    user: ada\n",
        "which org? there is a-okta, b-okta",
    ),
    "a workspace": (
        TWO + "steps:\n  - ▶workato: create_role\n    role: R\n",
        "which workspace? there is acme, globex",
    ),
    "the app of a claim": (
        TWO + "steps:\n  - check: x\n    expect: {people: {ada: ▶{sync: ERROR}}}\n",
        "which app? there is workato in a-okta, workato in b-okta, spare in b-okta",
    ),
    "the workspace of a claim": (
        TWO + "steps:\n  - okta: suspend_user\n    org: b-okta\n    user: ada\n    expect: ▶{member: absent}\n",
        "which workspace? there is globex, acme",
    ),
    "an app that another org has": (
        TWO + "steps:\n  - ▶okta: assign\n    user: ada\n    org: a-okta\n    app: spare\n",
        "unknown app",
    ),
}

LIVE = {
    "the clock": (
        FRAME.replace("title", "live: write\ntitle") + "steps:\n  - ▶clock: {advance: 1h}\n",
        "this step cannot be part of a scenario with `live: write`: only the emulator can do this",
    ),
    "a person's own act": (
        FRAME.replace("title", "live: write\ntitle") + "steps:\n  - ▶workato: accept_invitation\n    user: ada\n",
        "this step cannot be part of a scenario with `live: write`: only the emulator can do this",
    ),
    "a write among reads": (
        FRAME.replace("title", "live: read\ntitle") + "steps:\n  - ▶okta: assign\n    user: ada\n",
        "this step cannot be part of a scenario with `live: read`: it writes",
    ),
    "a written call among reads": (
        FRAME.replace("title", "live: read\ntitle") + "steps:\n  - ▶call: inviteCollaborator\n",
        "this step cannot be part of a scenario with `live: read`: it writes",
    ),
    "a start": (
        FRAME.replace("given:", "live: write\ngiven:\n  clock: ▶{start: 2026-03-02T09:00:00Z}") + ONE_STEP,
        "this scenario cannot be `live: write`: the live clock cannot be set",
    ),
    "an assumption": (
        FRAME.replace("given:", "live: read\ngiven:\n  assumptions: ▶{email_case: kept}") + ONE_STEP,
        "this scenario cannot be `live: read`: a live service makes none",
    ),
}


def pointed(text: str) -> tuple[str, int, int]:
    """The text without its pointer, and the line and column the pointer stands at."""
    before = text[: text.index("▶")]
    return text.replace("▶", ""), before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def table(cases: dict[str, tuple[str, str]]) -> list[Any]:
    return [pytest.param(text, message, id=name) for name, (text, message) in cases.items()]


@pytest.mark.parametrize(("text", "message"), table(SYNTAX | HEADINGS | GIVEN | STEPS | AMBIGUOUS | LIVE))
def test_a_problem_is_said_where_it_stands(reading: Callable[..., object], text: str, message: str) -> None:
    """A broken file yields one problem, with its line, column, reason and the nearest right spelling."""
    plain, line, column = pointed(text)

    found = reading(plain)

    assert isinstance(found, tuple)
    assert [(problem.line, problem.column, str(problem).split(": ", 1)[1]) for problem in found] == [
        (line, column, f"{message}  [{found[0].code}]")
    ]


KINDS = {
    "a file that is no YAML": (FRAME + ONE_STEP + "---\nb: 2", "SCN-2"),
    "a missing key": ("scenario: SC-001\n" + ONE_STEP, "SCN-3"),
    "a key that nobody reads": (FRAME + "tgas: []\n" + ONE_STEP, "SCN-4"),
    "a value of another kind": (FRAME + "tags: yes\n" + ONE_STEP, "SCN-5"),
    "a verb that does not exist": (steps("- okta: asign"), "SCN-6"),
    "a person who does not exist": (steps("- {okta: assign, user: adda}"), "SCN-7"),
    "one of two app instances": (TWO + "steps:\n  - {okta: assign, org: b-okta, user: ada}\n", "SCN-8"),
    "a fixture that does not exist": (given("fixture: nowhere"), "SCN-9"),
    "two keys that exclude each other": (steps("- {okta: configure_app, client: narrow, token: abc}"), "SCN-10"),
    "a claim without an expectation": (steps("- {okta: assign, user: ada, proves: [PNU-1]}"), "SCN-11"),
    "a live scenario that moves the clock": (
        FRAME + "live: write\nsteps:\n  - clock: {advance: 1h}\n",
        "SCN-12",
    ),
}


@pytest.mark.parametrize(("text", "code"), [pytest.param(*case, id=name) for name, case in KINDS.items()])
def test_a_problem_has_the_code_of_its_kind(reading: Callable[..., object], text: str, code: str) -> None:
    """What is printed ends with the code under which `explain` says more."""
    found = reading(text)

    assert isinstance(found, tuple)
    assert [problem.code for problem in found] == [code]


def test_a_problem_is_printed_as_compilers_do() -> None:
    """A printed problem starts with file, line and column, and ends with the suggestion and the code."""
    problem = Problem("pnu/SC-001.yaml", 14, 9, "unknown key 'entitlments' in okta assign", "entitlements", "SCN-4")

    assert (
        str(problem)
        == "pnu/SC-001.yaml:14:9: unknown key 'entitlments' in okta assign; did you mean 'entitlements'?  [SCN-4]"
    )


def test_every_problem_of_a_file_is_said_at_once(reading: Callable[..., object]) -> None:
    """Problems in the heading, in the given and in several steps are reported together, in the order of lines."""
    found = reading(
        FRAME.replace("Somebody is hired", "7")
        + "steps:\n  - okta: asign\n  - okta: assign\n    user: adda\n    not: x\n"
    )

    assert isinstance(found, tuple)
    assert [problem.line for problem in found] == [2, 15, 17, 18]


def test_a_bad_item_is_one_problem(reading: Callable[..., object]) -> None:
    """A list whose only item is wrong is not said to be empty as well."""
    found = reading(given("workspaces: {acme: {environments: [moon]}}"))

    assert isinstance(found, tuple)
    assert [problem.message for problem in found] == ["unknown environment 'moon'; there is dev, prod, test"]
