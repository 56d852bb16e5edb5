"""Whatever is wrong with a step is said at its place."""

from collections.abc import Callable

import pytest

from okta_scenarios.language.models.scenario import VERBS

from .broken import FRAME, ONE_STEP, TWO, complaint, pointed, steps, table

ONE_ADDRESS = "cannot both be true: an invitation is gone when it is accepted, and a person here has one address"

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
            "change_roles, change_scim, create_group, create_role, decline_invitation, delete_client_role, "
            "delete_group, delete_role, expire_invitation, generate_scim_token, remove_collaborator, "
            "remove_from_group, rename_role, revoke_client, revoke_scim_token, sign_in"
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
    "an expression that only Python reads": (
        steps("- okta: assign", "  user: ada", "  expect: {message: {matches: ▶'(?#why)no'}}"),
        "'(?#why)no' is a regular expression in Python but not in JSON Schema, whose engine is used",
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
    "invited and a collaborator at one address": (
        steps("- okta: assign", "  user: ada", "  expect: {invited: true, member: ▶{dev: Member}}"),
        f"`invited: true` and `member: …` {ONE_ADDRESS}",
    ),
    "an invitation of a collaborator": (
        steps("- check: x", "  expect: {people: {ben: [{invitation: {dev: Member}, member: ▶{dev: Member}}]}}"),
        f"`invitation: …` and `member: …` {ONE_ADDRESS}",
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
        "changes nothing; name provisioning, client, scim_token, token, mapping or host",
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


@pytest.mark.parametrize(("text", "message"), table(STEPS | AMBIGUOUS | LIVE))
def test_a_problem_of_a_step_is_said_where_it_stands(reading: Callable[..., object], text: str, message: str) -> None:
    """One problem, with its line, column, reason and the nearest right spelling."""
    plain, line, column = pointed(text)

    assert complaint(reading(plain)) == [(line, column, message)]
