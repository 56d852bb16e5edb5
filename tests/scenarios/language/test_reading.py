"""What right files come to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest
from jsonschema_rs import Draft7Validator

from okta_scenarios.language import Problem, Problems, Scenario, Vocabulary, load
from okta_scenarios.language.loader import read_scenario
from okta_scenarios.language.models.claims import CallExpect, GroupClaims, OktaPersonExpect, PersonClaims
from okta_scenarios.language.models.given import Given
from okta_scenarios.language.models.matching import Lookup, Matcher
from okta_scenarios.language.models.okta_groups import OktaPushGroup
from okta_scenarios.language.models.okta_people import OktaAssign, OktaEditProfile, OktaRetryTask
from okta_scenarios.language.models.scenario import KINDS, VERBS
from okta_scenarios.language.models.steps import CallStep, CheckStep, ClockStep, FaultStep, Step
from okta_scenarios.language.models.workato_steps import WorkatoAcceptInvitation, WorkatoChangePlan
from okta_scenarios.language.schema import schema
from okta_scenarios.language.yaml_nodes import parse
from okta_scenarios.play import vocabulary

from .broken import steps

BIG = """\
# yaml-language-server: $schema=../../scenario.schema.json
scenario: SC-040
title: A role change made before acceptance fails, and applies after it
tags: [update, invitation]
given:
  clock: {start: 2026-03-02T09:00:00+01:00}
  assumptions: {conflict_status: 409}
  people:
    ada: {name: Ada Ångström, attributes: {title: null, employee_number: '007'}}
  workspaces:
    acme:
      environments: [dev, prod]
      collaborators: {cleo: {roles: {dev: Member}, groups: [Payroll]}}
      groups: {Payroll: {members: [cleo]}}
      roles: [Builder]
      plan: {collaborator_limit: 5, churn_limit: null, churn_window: 1d12h}
      clients: {narrow: {privileges: [Collaborators.list], environments: [dev]}}
  okta:
    acme-okta:
      apps: {workato: {workspace: acme, writes: configured environment, provisioning: {deactivate: false}}}
      people: [ada, ben]
      groups: {Builders: [ada]}
steps:
  - okta: assign
    user: ada
    entitlements: {dev: Environment manager}
    groups: [Payroll, All collaborators]
    expect:
      app_user: PROVISIONED
      external_id: {contains: ada}
      invitation: {dev: {one_of: [Environment manager, no]}, prod: No access}
      exact: true
      requests: [GET /api/members, GET /api/members?email=x, PUT /api/members/17, DELETE /api/members/*]
      events: [application.provision.user.push SUCCESS]
      changed: [acme/invitations/ada, '*/collaborators/*', accounts/ada, acme/settings]
      people: {ben: {app_user: absent, invited: false}}
      groups: {Payroll: {members: [cleo]}, Builders: absent}
    proves: [PNU-1, PNU-3]
  - okta: edit_profile
    user: ada
    profile: {title: null, last_name: O'Neil}
  - fault: {operation: inviteCollaborator, status: 429, count: 2, headers: {Retry-After: '120'}, body: {message: null}}
  - clock: {advance: 1h30m}
    note: the wait
    expect: {requests: none, changed: none}
  - workato: accept_invitation
    user: ada
    expect: {member: {dev: Environment manager}, refused: {matches: '^$'}}
  - okta: retry_task
    user: ada
    expect: {task: none, message: {absent: true}, member: absent}
    proves: [PPU-5, PNU-1]
  - okta: push_group
    group: Builders
    expect: {mapping: ACTIVE, ignored: [ada], groups: {Builders: [{mapping: ACTIVE}, {members: []}]}}
  - workato: change_plan
    churn_limit: null
    invitation_lifetime: 90s
  - call: updateCollaborator
    path: {id: {member_id: ada}}
    body: {env_roles: [{name: on, ok: true, count: 0}], email: {email_of: ada}, empty: {}}
    expect:
      status: 200
      exact: true
      headers: {Content-Type: {contains: json}}
      body: {data: {id: {at_least: 1}, email: {email_of: ada}, roles: [{role_name: {matches: Mem}}]}, error: null}
  - check: nobody else came in
    expect:
      values: {entitlements: {contains: [Member, Builder]}}
      people: {ada: [{member: absent}, {workspace: acme, invited: false}]}
"""


@pytest.fixture(name="scenario")
def _scenario(reading: Callable[..., object]) -> Scenario:
    found = reading(BIG)
    assert isinstance(found, Scenario), "\n".join(map(str, found))  # type: ignore[call-overload]
    return found


def expecting(step: Step) -> OktaPersonExpect:
    assert isinstance(step, OktaAssign)
    assert step.expect is not None
    return step.expect


def test_a_heading_is_read(scenario: Scenario) -> None:
    """Id, title, tags and the default for live targets come from the file."""
    assert (scenario.id, scenario.tags, scenario.live) == ("SC-040", ("update", "invitation"), "never")
    assert scenario.file.endswith("SC-001.yaml")


def test_a_scenario_knows_its_rules_once_each(scenario: Scenario) -> None:
    """The rules of all steps are listed in the order in which they first come up."""
    assert scenario.rules == ("PNU-1", "PNU-3", "PPU-5")


def test_a_scenario_knows_the_line_of_every_step(scenario: Scenario) -> None:
    """Line numbers lead from a report back into the file."""
    first_words = [BIG.splitlines()[line - 1].strip() for line in scenario.lines]

    assert len(first_words) == len(scenario.steps)
    assert all(word.startswith("- ") for word in first_words)


def test_what_is_given_is_typed(scenario: Scenario) -> None:
    """Durations, moments, nulls and quoted numbers arrive as what they mean."""
    given = scenario.given
    plan = given.workspaces["acme"].plan
    app = given.okta["acme-okta"].apps["workato"]
    attributes = given.people["ada"].attributes

    assert given.clock is not None
    assert given.clock.start == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert plan.churn_window == timedelta(hours=36)
    assert plan.model_fields_set == {"collaborator_limit", "churn_limit", "churn_window"}
    assert (app.client, app.environment, app.provisioning.deactivate) == ("default", "dev", False)
    assert attributes is not None
    assert attributes.model_dump(exclude_unset=True) == {"title": None, "employee_number": "007"}


def test_steps_have_the_type_of_their_verb(scenario: Scenario) -> None:
    """Each step is an instance of the class that stands for its verb."""
    assert [type(step) for step in scenario.steps] == [
        OktaAssign,
        OktaEditProfile,
        FaultStep,
        ClockStep,
        WorkatoAcceptInvitation,
        OktaRetryTask,
        OktaPushGroup,
        WorkatoChangePlan,
        CallStep,
        CheckStep,
    ]


def test_words_that_older_yaml_takes_for_booleans_stay_words(scenario: Scenario) -> None:
    """`no` and `on` are text."""
    claim = expecting(scenario.steps[0]).invitation
    call = scenario.steps[8]

    assert isinstance(claim, dict)
    assert claim["dev"].one_of == ("Environment manager", "no")
    assert isinstance(call, CallStep)
    assert call.body["env_roles"] == ({"name": "on", "ok": True, "count": 0},)


def test_places_are_filled_in(scenario: Scenario) -> None:
    """Org, app, workspace and client that were left out are there afterwards, in steps and in claims."""
    assign, accept, call = scenario.steps[0], scenario.steps[4], scenario.steps[8]
    expect = expecting(assign)
    about_ben = dict(expect.about_people())["ben"]
    about_payroll = dict(expect.about_groups())["Payroll"]

    assert isinstance(assign, OktaAssign)
    assert isinstance(accept, WorkatoAcceptInvitation)
    assert isinstance(call, CallStep)
    assert (assign.org, assign.app) == ("acme-okta", "workato")
    assert (accept.workspace, call.workspace, call.client) == ("acme", "acme", "default")
    assert (expect.org, expect.app, expect.workspace) == ("acme-okta", "workato", "acme")
    assert (about_ben.org, about_ben.app, about_ben.workspace) == ("acme-okta", "workato", "acme")
    assert (about_payroll.app, about_payroll.workspace) == (None, "acme")


def test_absent_groups_are_spelt_out(scenario: Scenario) -> None:
    """The word `absent` for a group becomes a claim with a place."""
    assert expecting(scenario.steps[0]).groups["Builders"] == (GroupClaims(absent=True, workspace="acme"),)


def test_matchers_and_look_ups_are_found_in_bodies(scenario: Scenario) -> None:
    """A mapping of one such word is a matcher or a look-up wherever it stands in JSON; null stays null."""
    call = scenario.steps[8]

    assert isinstance(call, CallStep)
    assert isinstance(call.expect, CallExpect)
    assert call.path == {"id": Lookup(member_id="ada")}
    assert call.body["email"] == Lookup(email_of="ada")
    assert call.body["empty"] == {}
    assert call.expect.body == {
        "data": {
            "id": Matcher(at_least=1),
            "email": Lookup(email_of="ada"),
            "roles": ({"role_name": Matcher(matches="Mem")},),
        },
        "error": None,
    }


TWO = """\
scenario: SC-001
title: Two orgs
given:
  workspaces: {acme: {}, globex: {}}
  okta:
    a-okta: {apps: {workato: {workspace: acme}}, people: [ada]}
    b-okta: {apps: {workato: {workspace: globex}, spare: {workspace: acme}}, people: [ada]}
steps:
"""


@pytest.mark.parametrize(
    ("step", "place"),
    [
        pytest.param(
            "{okta: assign, org: a-okta, user: ada, expect: {sync: ERROR}}",
            ("a-okta", "workato", "acme"),
            id="the step's own",
        ),
        pytest.param(
            "{okta: assign, app: spare, user: ada, expect: {member: absent}}",
            (None, None, "acme"),
            id="the workspace of the step's app",
        ),
        pytest.param(
            "{okta: assign, app: spare, user: ada, expect: {app: workato, member: absent, sync: ERROR}}",
            ("b-okta", "workato", "globex"),
            id="another app of the same org",
        ),
        pytest.param(
            "{okta: assign, app: spare, user: ada, expect: {workspace: globex, member: absent}}",
            (None, None, "globex"),
            id="another workspace",
        ),
        pytest.param(
            "{okta: suspend_user, org: a-okta, user: ada, expect: {member: absent}}",
            (None, None, "acme"),
            id="the workspace of the org's only app",
        ),
        pytest.param(
            "{okta: suspend_user, org: b-okta, user: ada, expect: {app: spare, member: absent}}",
            (None, "spare", "acme"),
            id="the workspace of a named app",
        ),
        pytest.param(
            "{workato: remove_collaborator, workspace: globex, user: ada, expect: {app_user: absent}}",
            ("b-okta", "workato", "globex"),
            id="the only app of the step's workspace",
        ),
    ],
)
def test_a_claim_speaks_of_the_nearest_place(
    reading: Callable[..., object], step: str, place: tuple[str | None, ...]
) -> None:
    """What a claim says wins, then the step, then what there is only one of."""
    found = reading(TWO + f"  - {step}\n")

    assert isinstance(found, Scenario), "\n".join(map(str, found))  # type: ignore[call-overload]
    expect = getattr(found.steps[0], "expect", None)
    assert isinstance(expect, PersonClaims)
    assert [named for named in (expect.org, expect.app, expect.workspace) if named] == [name for name in place if name]


def test_people_may_come_from_imports(reading: Callable[..., object]) -> None:
    """A scenario that imports users may use a Workato collaborator as an Okta person."""
    found = reading(
        dedent("""\
        scenario: RC-import-1
        title: t
        given:
          workspaces: {acme: {collaborators: {cleo: {}}}}
          okta: {o: {apps: {w: {workspace: acme}}}}
        steps:
          - {okta: import_users, expect: {imported: {new: 1, scanned: {at_least: 1}}}}
          - {okta: assign, user: cleo}
        """)
    )

    assert isinstance(found, Scenario)


@pytest.mark.parametrize("live", ["read", "write"])
def test_a_scenario_that_only_reads_may_run_anywhere(reading: Callable[..., object], live: str) -> None:
    """Imports, discovery, credential tests, checks and GET calls are reads."""
    found = reading(
        dedent(f"""\
        scenario: SC-001
        title: t
        live: {live}
        given:
          workspaces: {{acme: {{}}}}
          okta: {{o: {{apps: {{w: {{workspace: acme}}}}}}}}
        steps:
          - {{okta: import_users}}
          - {{okta: import_schema}}
          - {{okta: test_credentials}}
          - {{call: listCollaborators}}
          - {{check: {{}}, expect: {{values: {{entitlements: none}}}}}}
        """)
    )

    assert isinstance(found, Scenario)
    assert found.live == live


@pytest.mark.parametrize(
    "second",
    [
        "{okta: assign, user: ada, user_name: ada.login@example.test}",
        "{okta: move_domain, old: example.test, new: new.test}",
        "{okta: edit_profile, user: ada, profile: {email: else@example.test}}",
    ],
)
def test_somebody_with_two_addresses_may_be_invited_and_a_collaborator(
    reading: Callable[..., object], second: str
) -> None:
    """The invitation goes to one, and Workato knows the collaborator by the other."""
    claim = "- {check: x, expect: {people: {ada: {invited: true, member: {dev: Member}}}}}"

    assert isinstance(reading(steps(f"- {second}", claim)), Scenario)


@pytest.mark.parametrize(
    "step",
    [
        "{okta: create_user, user: zoe}",
        "{call: inviteCollaborator, body: {email: {email_of: zoe}}, strict: false}",
        "{okta: assign, user: ada, expect: {changed: [accounts/zoe]}}",
    ],
)
def test_whoever_something_is_said_of_has_to_appear_anywhere(reading: Callable[..., object], step: str) -> None:
    """In a look-up or a path as well; a fixture may know people whom a scenario has no use for."""
    text = steps(f"- {step}").replace("steps:", "  people: {zoe: {name: Zoe Z}}\nsteps:")
    fixture = "fixture: pair\ngiven:\n  people: {kim: {name: Kim K}}\n"

    assert isinstance(reading(text.replace("given:", "given:\n  fixture: pair"), fixtures__pair=fixture), Scenario)


def test_a_configured_client_has_to_be_the_workspaces_own(reading: Callable[..., object]) -> None:
    """An app instance cannot be given the client of another workspace."""
    text = TWO.replace("globex: {}", "globex: {clients: {narrow: {}}}")

    right = reading(text + "  - {okta: configure_app, org: b-okta, app: workato, client: narrow}\n")
    wrong = reading(text + "  - {okta: configure_app, org: b-okta, app: spare, client: narrow}\n")

    assert isinstance(right, Scenario)
    assert isinstance(wrong, tuple)
    assert [problem.message for problem in wrong] == ["unknown client of acme: 'narrow'"]


def test_shapes_can_be_read_without_names() -> None:
    """Without names to compare with, references are only text: shapes serve other readers too."""
    step = CallStep.model_validate({"call": "anything", "path": {"id": 7}})
    expect = OktaPersonExpect.model_validate(
        {"requests": ("GET /nowhere",), "changed": ("nowhere/else",), "events": ("any.event",)}
    )
    given = Given.model_validate({"assumptions": {"any": 1}})

    assert (step.call, expect.changed, given.assumptions) == ("anything", ("nowhere/else",), {"any": 1})


def test_events_are_free_where_nobody_lists_them(vocabulary: Vocabulary) -> None:
    """A vocabulary without events takes any event type."""
    problems: list[Problem] = []

    scenario = read_scenario(
        BIG.replace("user.push SUCCESS", "user.shove SUCCESS"),
        Path("f.yaml"),
        replace(vocabulary, events=None),
        problems,
    )

    assert problems == []
    assert scenario is not None


EVERY_STEP = {
    "assign": "okta: assign, user: ada, entitlements: {dev: Member}, groups: [Payroll], user_name: a@example.test",
    "unassign": "okta: unassign, user: ada",
    "provision_user": "okta: provision_user, user: ada",
    "change_entitlements": "okta: change_entitlements, user: ada, entitlements: {}",
    "change_role_attributes": "okta: change_role_attributes, user: ada, roles: {}",
    "change_group_role_attributes": "okta: change_group_role_attributes, group: Builders, roles: {dev: Member}",
    "generate_scim_token": "workato: generate_scim_token, token: scim-second",
    "revoke_scim_token": "workato: revoke_scim_token",
    "change_scim": "workato: change_scim, jit: true",
    "sign_in": "workato: sign_in, user: cleo, roles: {dev: Member}",
    "edit_profile": "okta: edit_profile, user: ada, profile: {title: Engineer}",
    "change_username": "okta: change_username, user: ada, user_name: b@example.test",
    "activate_user": "okta: activate_user, user: ada",
    "deactivate_user": "okta: deactivate_user, user: ada",
    "suspend_user": "okta: suspend_user, user: ada",
    "create_user": "okta: create_user, user: newcomer, activate: false",
    "lock_out_user": "okta: lock_out_user, user: ada",
    "unlock_user": "okta: unlock_user, user: ada",
    "reset_password": "okta: reset_password, user: ada",
    "expire_password": "okta: expire_password, user: ada",
    "choose_password": "okta: choose_password, user: ada",
    "confirm_assignments": "okta: confirm_assignments, matches: [ada], as_existing: {ben: ada}, ignored: [ben]",
    "grant": "okta: grant, user: ada, name: Auditors, entitlements: {dev: Member}, lasts: 2d",
    "revoke_grant": "okta: revoke_grant, user: ada, name: Auditors",
    "revert_to_policy": "okta: revert_to_policy, user: ada",
    "update_usernames_now": "okta: update_usernames_now",
    "move_domain": "okta: move_domain, old: example.test, new: new.example.test",
    "create_group_rule": "okta: create_group_rule, rule: builds, group: Builders, attribute: title, equals: Builder",
    "resume_imports": "okta: resume_imports",
    "create_push_rule": "okta: create_push_rule, rule: teams, starts_with: team",
    "deactivate_push_rule": "okta: deactivate_push_rule, rule: teams",
    "activate_push_rule": "okta: activate_push_rule, rule: teams",
    "delete_push_rule": "okta: delete_push_rule, rule: teams, in_target: leave",
    "cancel_import": "okta: cancel_import",
    "unsuspend_user": "okta: unsuspend_user, user: ada",
    "delete_user": "okta: delete_user, user: ada",
    "retry_task": "okta: retry_task, expect: {requests: none}",
    "force_sync": "okta: force_sync, user: ada",
    "apply_updates_now": "okta: apply_updates_now, expect: {task: none}",
    "okta create_group": "okta: create_group, group: New, members: [ada]",
    "okta add_to_group": "okta: add_to_group, group: Builders, members: [ben]",
    "okta remove_from_group": "okta: remove_from_group, group: Builders, members: [ada]",
    "okta delete_group": "okta: delete_group, group: Builders",
    "change_group_entitlements": "okta: change_group_entitlements, group: Builders, entitlements: {dev: Member}",
    "stop_ignoring": "okta: stop_ignoring, users: [ada]",
    "assign_group": "okta: assign_group, group: Builders, entitlements: {dev: Member}",
    "unassign_group": "okta: unassign_group, group: Builders",
    "push_group": "okta: push_group, group: Builders, link: Payroll, members_now: false",
    "push_group_now": "okta: push_group_now, group: Builders",
    "unlink_group": "okta: unlink_group, group: Builders, in_target: delete",
    "pause_group_push": "okta: pause_group_push, group: Builders",
    "activate_group_push": "okta: activate_group_push, group: Builders",
    "rename_group": "okta: rename_group, group: Builders, to: Makers",
    "import_users": "okta: import_users",
    "import_schema": "okta: import_schema, expect: {values: {entitlements: [Member]}}",
    "test_credentials": "okta: test_credentials, expect: {refused: invalid}",
    "configure_app": "okta: configure_app, provisioning: {create: false}, token: wrong",
    "accept_invitation": "workato: accept_invitation, user: ada",
    "decline_invitation": "workato: decline_invitation, user: ada",
    "cancel_invitation": "workato: cancel_invitation, user: ada",
    "expire_invitation": "workato: expire_invitation, user: ada",
    "add_collaborator": "workato: add_collaborator, user: ada, roles: {dev: Member}, groups: [Payroll]",
    "remove_collaborator": "workato: remove_collaborator, user: cleo",
    "change_roles": "workato: change_roles, user: cleo, roles: {dev: NoAccess}",
    "create_role": "workato: create_role, role: Builder",
    "rename_role": "workato: rename_role, role: Builder, to: Maker",
    "delete_role": "workato: delete_role, role: Builder",
    "add_environment": "workato: add_environment, environment: prod",
    "workato create_group": "workato: create_group, group: New",
    "workato delete_group": "workato: delete_group, group: Payroll",
    "workato add_to_group": "workato: add_to_group, group: Payroll, members: [cleo]",
    "workato remove_from_group": "workato: remove_from_group, group: Payroll, members: [cleo]",
    "change_plan": "workato: change_plan, requests_per_minute: 6, invitation_cooldown: 20m",
    "change_permission_model": "workato: change_permission_model, to: legacy_roles",
    "change_client": "workato: change_client, client: narrow, token: fresh",
    "change_client_role": "workato: change_client_role, role: narrow, privileges: [Collaborators.list]",
    "delete_client_role": "workato: delete_client_role, role: narrow",
    "revoke_client": "workato: revoke_client, client: narrow",
    "clock": "clock: {advance: 1d}",
    "call": "call: getCollaborator, token: wrong, path: {id: 7}, query: {email: {email_of: ada}}, raw_body: '{'",
    "check": "check: 'in words', expect: {groups: {Payroll: {mapping: ERROR, message: {matches: gone}}}}",
    "fault": "fault: {operation: listCollaborators, status: 502, body: <html>}",
}


def around(step: str) -> str:
    head = BIG[: BIG.index("steps:")]
    return f"{head}steps:\n  - {{{step}}}\n  - {{okta: test_credentials}}\n"


@cache
def editor() -> Draft7Validator:
    """What an editor has of a file's schema."""
    return Draft7Validator(schema())


@pytest.mark.parametrize("step", [pytest.param(step, id=name) for name, step in EVERY_STEP.items()])
def test_every_kind_of_step_can_be_written(reading: Callable[..., object], step: str) -> None:
    """Each verb reads as the class that stands for it, and editors agree that it is right."""
    found = reading(around(step))
    document, _, _ = parse(around(step), "a file")

    assert isinstance(found, Scenario), "\n".join(map(str, found))  # type: ignore[call-overload]
    kind, _, verb = step.partition(",")[0].partition(": ")
    assert type(found.steps[0]) is (VERBS[kind][verb] if kind in VERBS else KINDS[kind])
    assert list(editor().iter_errors(plain(document))) == []


def test_the_table_of_steps_is_complete() -> None:
    """There is an example of every verb and of every other kind of step."""
    assert len(EVERY_STEP) == sum(map(len, VERBS.values())) + len(KINDS)


def plain(value: object) -> object:
    """JSON's own types."""
    match value:
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case tuple():
            return [plain(item) for item in value]
        case _:
            return value


def test_every_wrong_answer_to_an_open_question_is_told_at_once(tmp_path: Path) -> None:
    """Each at its own place, whatever comes before it."""
    file = tmp_path / "SC-900.yaml"
    file.write_text(
        "scenario: SC-900\ntitle: x\ngiven:\n  workspaces: {acme: {}}\n  assumptions:\n    okta_retry: now\n"
        "    removal_answer: 'none'\nsteps:\n  - {clock: {advance: 1h}}\n",
        encoding="utf-8",
    )
    found = load((file,), vocabulary())

    assert isinstance(found, Problems)
    assert [str(each).partition(" is not an alternative of ")[0].removeprefix(f"{file}:") for each in found] == [
        "6:17: 'now'",
        "7:21: 'none'",
    ]
