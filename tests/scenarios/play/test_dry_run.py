"""What is given is set up before anything is played: whatever cannot be is said where it stands, all of it at once."""

from pathlib import Path

import pytest

from okta_scenarios.language import Library, Problems, load
from okta_scenarios.play import flaws, vocabulary

ONE_STEP = "steps:\n  - okta: test_credentials\n    org: o\n"
OKTA = "  okta: {o: {apps: {w: {workspace: acme}}, people: [ada, ben]}}\n"


def file_of(given: str, steps: str = ONE_STEP) -> str:
    return f"scenario: SC-001\ntitle: t\ngiven:\n{given}{steps}"


def acme(*parts: str) -> str:
    """A workspace with these parts, one on each line from line 6 on."""
    return file_of("  workspaces:\n    acme:\n" + "".join(f"      {part}\n" for part in parts) + OKTA)


def problems(text: str, tmp_path: Path, fixture: str | None = None) -> list[tuple[int, int, str]]:
    """Line, column and message of everything that is wrong with a file."""
    if fixture is not None:
        (tmp_path / "fixtures").mkdir()
        (tmp_path / "fixtures/office.yaml").write_text(fixture, encoding="utf-8")
    file = tmp_path / "SC-001.yaml"
    file.write_text(text, encoding="utf-8")
    found = load([file], vocabulary(), flaws)
    assert isinstance(found, Library | Problems)
    return [] if isinstance(found, Library) else [(each.line, each.column, _said(str(each))) for each in found]


def _said(problem: str) -> str:
    return problem.split(": ", 1)[1].rpartition("  [")[0]


CASES = {
    "a role that the workspace lacks": (
        acme("collaborators: {ada: {roles: {dev: ▶Memebr}}}"),
        "no role called 'Memebr'; did you mean 'Member'?",
    ),
    "an invitation to a role that it lacks": (
        acme("roles: [Auditor]", "invitations: {ada: {roles: {dev: Auditor, test: ▶Auditr}}}"),
        "no role called 'Auditr'; did you mean 'Auditor'?",
    ),
    "a role of the other permission model": (
        acme("permission_model: legacy_roles", "collaborators: {ada: {roles: {dev: ▶Member}}}"),
        "no role called 'Member'",
    ),
    "an environment that it lacks": (
        acme("environments: [dev]", "collaborators: {ada: {roles: {prod: ▶Member}}}"),
        "no environment called 'prod'",
    ),
    "a project role that it lacks": (
        acme("collaborators: {ada: {}}", "projects: {Payroll: {grants: {ada: ▶Bilder}}}"),
        "no project role called 'Bilder'; did you mean 'Builder'?",
    ),
    "a project in an environment that it lacks": (
        acme("environments: [dev]", "projects: {Payroll: {environment: ▶prod}}"),
        "no environment called 'prod'",
    ),
    "two roles of one name": (acme("roles: [Auditor, ▶Auditor]"), "a second role called Auditor"),
    "a system project role": (acme("project_roles: [▶Project admin]"), "Project admin is a system project role's name"),
    "the system group": (acme("groups: {All collaborators: ▶{}}"), "All collaborators is the system group's name"),
    "a place in the system group": (
        acme("collaborators: {ada: {groups: [▶All collaborators]}}"),
        "All collaborators holds everybody and cannot be given",
    ),
    "an address that is none": (
        acme("clients: {audit: {ip_allow_list: [10.0.0.1, ▶10.0.0.]}}"),
        "that is not an IP address or network",
    ),
    "a workspace whose parent has a parent": (
        file_of("  workspaces:\n    a: {}\n    b: {parent: a}\n    c: {parent: ▶b}\n" + OKTA.replace("acme", "a")),
        "b has a parent itself",
    ),
    "two people with one email": (
        file_of(
            "  workspaces: {acme: {collaborators: {ada: {}, eve: {}}}}\n  people: {eve: {email: ▶ada@example.test}}\n"
            + OKTA
        ),
        "duplicate collaborator ada@example.test",
    ),
    "governance without Update User Attributes": (
        file_of(
            "  workspaces: {acme: {}}\n"
            "  okta: {o: {apps: {w: {workspace: acme, provisioning: ▶{update: false}}}, people: [ada]}}\n"
        ),
        "Governance needs both Create Users and Update User Attributes",
    ),
}


@pytest.mark.parametrize(("text", "message"), [pytest.param(*case, id=name) for name, case in CASES.items()])
def test_what_cannot_be_given_is_said_where_it_stands(text: str, message: str, tmp_path: Path) -> None:
    """One problem, at its own line and column, in the words of whoever refuses it."""
    before = text[: text.index("▶")]
    place = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1

    assert problems(text.replace("▶", ""), tmp_path) == [(*place, message)]


def test_what_a_fixture_gives_is_said_in_the_fixture(tmp_path: Path) -> None:
    """The file that has to be mended is the one that is named."""
    fixture = "fixture: office\ngiven:\n  workspaces: {acme: {collaborators: {ada: {roles: {dev: Nobody}}}}}\n" + OKTA
    found = problems(file_of("  fixture: office\n"), tmp_path, fixture)

    assert found == [(3, 58, "no role called 'Nobody'")]


def test_everything_is_said_in_one_round(tmp_path: Path) -> None:
    """YAML, shapes, names, what fits together and what can be set up: one problem does not hide another."""
    text = """\
scenario: SC-001
title: t
title: again
tgas: []
given:
  workspaces:
    acme:
      environments: [dev]
      permision_model: legacy_roles
      collaborators:
        ada: {roles: {dev: Memebr, prod: Member}}
        eve: {roles: {dev: Nobody}, groups: [Pay]}
  people: {bob: {email: nonsense}}
  okta:
    o:
      apps: {w: {workspace: acme, environment: prod}}
      people: [ada, ben]
      groups: {Builders: [ben, eve]}
steps:
  - {okta: asign, user: ada}
  - {okta: assign, user: eve, expect: {invited: true, invitation: absent}}
  - {okta: assign, user: ada, entitlments: {}, expect: {member: absent, exact: true}}
"""

    assert [(line, said) for line, _, said in problems(text, tmp_path)] == [
        (3, "duplicate key 'title'; first in line 2"),
        (4, "unknown key 'tgas' in the scenario; did you mean 'tags'?"),
        (9, "unknown key 'permision_model' in the scenario, given.workspaces.acme; did you mean 'permission_model'?"),
        (11, "no role called 'Memebr'; did you mean 'Member'?"),
        (11, "no environment called 'prod'"),
        (12, "no role called 'Nobody'"),
        (12, "unknown group 'Pay'; there is All collaborators, Builders"),
        (13, "'bob' appears nowhere else in this scenario"),
        (13, "'nonsense' is not an email; write one such as ada@example.test"),
        (16, "unknown environment of acme: 'prod'"),
        (18, "unknown person in o: 'eve'"),
        (20, "'asign' is no okta verb; did you mean 'assign'?"),
        (21, "unknown person in o: 'eve'"),
        (21, "`invited: true` and `invitation: absent` cannot both be true"),
        (22, "unknown key 'entitlments' in okta assign; did you mean 'entitlements'?"),
        (22, "exact about nothing: write the roles of `member` or `invitation`"),
    ]


@pytest.mark.parametrize(
    "row",
    ["acme: [1]", "collaborators: {ada: [1], eve: {}}", "collaborators: {ada: {roles: 7}}", "groups: {Pay: 7}"],
    ids=["a workspace", "a collaborator", "somebody's roles", "a group"],
)
def test_a_row_that_is_no_mapping_is_one_problem(row: str, tmp_path: Path) -> None:
    """Whatever names it is not complained of, and an unknown name elsewhere is."""
    part = f"      {row}\n      projects: {{P: {{grants: {{ada: Builder}}, group_grants: {{Pay: Builder}}}}}}\n"
    whole = f"    {row}\n" if row.startswith("acme") else f"    acme:\n{part}"
    if "collaborators" not in row:
        whole = whole.replace("      projects", "      collaborators: {ada: {}}\n      projects")
    if "groups:" not in row:
        whole = whole.replace("      projects", "      groups: {Pay: []}\n      projects")
    elsewhere = "    beta: {collaborators: {ada: {roles: {dev: Memebr}}}}\n"
    found = problems(file_of(f"  workspaces:\n{whole}{elsewhere}{OKTA}"), tmp_path)

    said = [text for _, _, text in found]
    assert len(said) == 2
    assert "should be a mapping" in said[0]
    assert said[1] == "no role called 'Memebr'; did you mean 'Member'?"
