"""Whatever is wrong with a file is said at its place. `▶` stands where the complaint has to point."""

from collections.abc import Callable

import pytest

from okta_scenarios.language import Problem
from okta_scenarios.language.models.scenario import ID_IN_WORDS

from .broken import FRAME, ONE_STEP, TWO, complaint, given, pointed, steps, table

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
        given("okta: {o: {people: [ada]}}", "people: {ada: {attributes: ▶{}}}"),
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
    "somebody who appears nowhere else": (
        given("okta: {o: {people: [ada]}}", "people: {▶adda: {email: ada@else.test}}"),
        "'adda' appears nowhere else in this scenario; did you mean 'ada'?",
    ),
    "an email that is none": (
        given("okta: {o: {people: [ada]}}", "people: {ada: {email: ▶ada at example.test}}"),
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


@pytest.mark.parametrize(("text", "message"), table(SYNTAX | HEADINGS | GIVEN))
def test_a_problem_is_said_where_it_stands(reading: Callable[..., object], text: str, message: str) -> None:
    """A broken file yields one problem, with its line, column, reason and the nearest right spelling."""
    plain, line, column = pointed(text)

    assert complaint(reading(plain)) == [(line, column, message)]


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
