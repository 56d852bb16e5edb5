"""Files and folders: which are read, how fixtures lie beneath, and that nothing runs when anything is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okta_scenarios.bundled import suites
from okta_scenarios.language import Library, Operation, Problem, Problems, Scenario, Vocabulary, load
from okta_scenarios.language.loader import read_scenario

HINT = "# yaml-language-server: $schema=../scenario.schema.json\n"
PLAIN = "title: t\nsteps:\n  - clock: {advance: 1h}\n"
BUNDLED = sorted(file.stem for file in (suites() / "fixtures").iterdir())
NAMING = "scenario: SC-001\ntitle: t\ngiven:\n  fixture: %s\nsteps:\n  - okta: assign\n    user: ada\n"
PAIR = """\
fixture: pair
given:
  workspaces: {acme: {roles: [Builder], plan: {collaborator_limit: 3}}}
  okta: {o: {apps: {w: {workspace: acme}}, people: [ada]}}
"""


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_folders_are_read_in_the_order_of_their_files(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Every YAML file below a folder is a scenario, but for those in folders of fixtures; no file is read twice."""
    write(tmp_path / "b", two=HINT + "scenario: SC-002\n" + PLAIN)
    write(tmp_path / "a", one=HINT + "scenario: SC-001\n" + PLAIN)
    write(tmp_path / "fixtures", pair=PAIR)
    (tmp_path / "b" / "three.yml").write_text(HINT + "scenario: SC-003\n" + PLAIN, encoding="utf-8")
    (tmp_path / "b" / "notes.md").write_text("not a scenario", encoding="utf-8")

    library = load([tmp_path, tmp_path / "b", tmp_path / "b" / "two.yaml"], vocabulary)

    assert isinstance(library, Library)
    assert [scenario.id for scenario in library] == ["SC-001", "SC-003", "SC-002"]
    assert len(library) == 3
    assert library.warnings == ()


@pytest.mark.parametrize("first", ["", "# a remark\n", "# yaml-language-server: $schema=elsewhere.json\n"])
def test_a_file_without_the_editors_hint_is_worth_a_warning(tmp_path: Path, vocabulary: Vocabulary, first: str) -> None:
    """A file without the hint still loads; the warning points at its first line."""
    write(tmp_path, one=first + "scenario: SC-001\n" + PLAIN)

    library = load([tmp_path], vocabulary)

    assert isinstance(library, Library)
    assert [(warning.line, warning.column) for warning in library.warnings] == [(1, 1)]


def test_two_files_cannot_have_one_id(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The second file with an id is told which the first one is."""
    write(tmp_path, one="scenario: SC-001\n" + PLAIN, two="scenario: SC-001\n" + PLAIN)

    problems = load([tmp_path], vocabulary)

    assert str(problems) == f"{tmp_path}/two.yaml:1:1: SC-001 is the id of {tmp_path}/one.yaml too  [SCN-13]"


def test_what_cannot_be_read_is_a_problem(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A missing path, a file in another encoding and an unreadable one are problems like any other."""
    (tmp_path / "latin.yaml").write_bytes(b"scenario: SC-001\ntitle: Andr\xe9\n")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")

    problems = load([tmp_path / "gone", tmp_path / "latin.yaml"], vocabulary)

    assert isinstance(problems, Problems)
    assert [str(problem) for problem in problems] == [
        f"{tmp_path}/gone:1:1: no such file or folder  [SCN-1]",
        f"{tmp_path}/latin.yaml:2:1: not UTF-8  [SCN-1]",
    ]


def test_a_folder_named_like_a_fixture_is_no_fixture(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """What the system will not let us read is reported as such."""
    (tmp_path / "fixtures" / "pair.yaml").mkdir(parents=True)
    problems: list[Problem] = []

    read_scenario(NAMING % "pair", tmp_path / "SC-001.yaml", vocabulary, problems)

    assert problems[0].message.startswith("cannot be read: ")


def test_nothing_runs_when_one_file_is_wrong(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """One broken file among good ones yields only problems."""
    write(tmp_path, one="scenario: SC-001\n" + PLAIN, two="scenario: SC-002\n")

    found = load([tmp_path], vocabulary)

    assert isinstance(found, Problems)
    assert {problem.file for problem in found} == {f"{tmp_path}/two.yaml"}


def test_a_fixture_lies_beneath_what_is_given(reading: Callable[..., object]) -> None:
    """The file's own `given` is laid over the fixture's, key by key."""
    text = NAMING % "pair" + ""
    over = text.replace("steps:", "  workspaces: {acme: {plan: {collaborator_limit: 1}}, globex: {}}\nsteps:")

    found = reading(over, fixtures__pair=PAIR)

    assert isinstance(found, Scenario)
    acme = found.given.workspaces["acme"]
    assert (acme.roles, acme.plan.collaborator_limit) == (("Builder",), 1)
    assert set(found.given.workspaces) == {"acme", "globex"}
    assert set(found.given.okta) == {"o"}


def test_the_nearest_folder_of_fixtures_counts(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A scenario in a folder of its feature finds the fixtures beside that folder."""
    write(tmp_path / "fixtures", pair=PAIR)
    suite = write(tmp_path / "pnu", one=NAMING % "pair")

    assert isinstance(load([suite], vocabulary), Library)


def test_the_fixtures_of_the_tool_are_there_for_everybody(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A file of one's own may name a fixture that comes with the tool; one of the same name in its own folder wins."""
    write(tmp_path / "bare", one=NAMING.replace("user: ada", "user: ada\n    org: east") % "gov-two-orgs")
    write(tmp_path / "own" / "fixtures", **{"gov-two-orgs": PAIR.replace("fixture: pair", "fixture: gov-two-orgs")})
    write(tmp_path / "own", two=NAMING.replace("SC-001", "SC-002") % "gov-two-orgs")

    found = load([tmp_path], vocabulary)

    assert isinstance(found, Library)
    assert [set(each.given.okta) for each in found] == [{"east", "west"}, {"o"}]


BROKEN_FIXTURES = {
    "a misspelt name": ("pear", PAIR, "SC-001", 4, "unknown fixture 'pear'; did you mean 'pair'?"),
    "no such name": (
        "zzz",
        PAIR,
        "SC-001",
        4,
        f"unknown fixture 'zzz'; the nearest folder `fixtures` has pair, and the tool brings {', '.join(BUNDLED)}",
    ),
    "a broken file": ("pair", "a: [", "fixtures/pair", 2, "not YAML: did not find expected node content"),
    "a file that is no mapping": ("pair", "- 1", "fixtures/pair", 1, "a fixture is a mapping of keys to values"),
    "a misspelt key": (
        "pair",
        PAIR + "gvien: {}\n",
        "fixtures/pair",
        5,
        "unknown key 'gvien' in the fixture; did you mean 'given'?",
    ),
    "a missing key": ("pair", PAIR.replace("fixture: pair\n", ""), "fixtures/pair", 1, "the fixture needs 'fixture'"),
    "another name": (
        "pair",
        PAIR.replace("fixture: pair", "fixture: pear"),
        "fixtures/pair",
        1,
        "this file is the fixture 'pair'; did you mean 'pair'?",
    ),
    "another fixture beneath": (
        "pair",
        PAIR + "  fixture: other\n",
        "fixtures/pair",
        5,
        "a fixture does not build on another",
    ),
    "a wrong value": (
        "pair",
        PAIR.replace("limit: 3", "limit: three"),
        "fixtures/pair",
        3,
        "collaborator_limit in the scenario, given.workspaces.acme.plan should be a whole number, not 'three'",
    ),
}


@pytest.mark.parametrize(
    ("name", "fixture", "file", "line", "message"),
    [pytest.param(*case, id=id_) for id_, case in BROKEN_FIXTURES.items()],
)
def test_a_broken_fixture_is_reported_in_its_own_file(
    reading: Callable[..., object], name: str, fixture: str, file: str, line: int, message: str
) -> None:
    """Whatever is wrong beneath a scenario is said where it was written."""
    found = reading(NAMING % name, fixtures__pair=fixture)

    assert isinstance(found, tuple)
    assert [(problem.file.endswith(f"{file}.yaml"), problem.line) for problem in found] == [(True, line)]
    assert str(found[0]).split(": ", 1)[1].rpartition("  [")[0] == message


def test_a_fixture_that_gives_nothing_usable_is_reported(reading: Callable[..., object]) -> None:
    """A fixture whose `given` is no mapping leaves the scenario without what it names."""
    found = reading(NAMING % "pair", fixtures__pair="fixture: pair\ngiven: []\n")

    assert isinstance(found, tuple)
    assert [(problem.line, problem.message) for problem in found] == [
        (2, "`given` in a fixture is a mapping of keys to values")
    ]


@pytest.mark.parametrize(
    ("name", "fixture", "of_the_fixture"),
    [
        ("pair", "a: [", "not YAML: did not find expected node content"),
        ("pair", "- 1", "a fixture is a mapping of keys to values"),
        ("pair", "fixture: pair\ngiven: []\n", "`given` in a fixture is a mapping of keys to values"),
        ("pear", PAIR, "unknown fixture 'pear'; did you mean 'pair'?"),
    ],
    ids=["no YAML", "no mapping", "nothing given", "a misspelt name"],
)
def test_a_broken_fixture_hides_nothing_of_the_file_that_names_it(
    reading: Callable[..., object], name: str, fixture: str, of_the_fixture: str
) -> None:
    """But for the names that it may have brought: people, groups, workspaces, orgs and apps."""
    text = f"""\
scenario: SC-001
title: t
given:
  fixture: {name}
  assumptions: {{email_cas: kept, conflict_status: 7}}
steps:
  - {{okta: assign, user: somebody, app: some-app, entitlements: {{prd: Member}}}}
  - {{check: x, proves: [PNU-9], expect: {{people: {{somebody: {{invited: true}}}}, groups: {{Some: absent}}}}}}
  - {{call: listColaborators}}
  - {{okta: assign, user: somebody, expect: {{requests: [GET /api/nothing]}}}}
  - {{okta: assign, user: somebody, expect: {{changed: [somewhere/invitations/somebody]}}}}
  - {{okta: assign, user: somebody, expect: {{changed: [somewhere/invtations/somebody]}}}}
  - {{fault: {{on: listCollaborators, status: 502}}}}
"""
    found = reading(text, fixtures__pair=fixture)

    assert isinstance(found, tuple)
    said = {problem.message for problem in found}
    assert of_the_fixture.partition(";")[0] in {each.partition(";")[0] for each in said}
    assert {problem.line for problem in found if problem.file.endswith("SC-001.yaml")} - {4} == {5, 7, 8, 9, 10, 12, 13}
    assert not any("some" in each.lower() for each in said)


VOCABULARY = Vocabulary(
    operations={"listCollaborators": Operation("GET", "/api/members")},
    emulator_rules=frozenset({"INV-1"}),
    seam_rules=frozenset({"PNU-1"}),
    assumptions={"email_case": ("ignored", "kept")},
    privileges=frozenset(),
)

WORDS = st.sampled_from(
    [
        *("scenario", "title", "given", "steps", "workspaces", "acme", "okta", "people", "ada", "groups", "apps"),
        *("expect", "member", "body", "data", "proves", "call", "check", "clock", "advance", "assign", "user"),
        *("workato", "accept_invitation", "fault", "operation", "path", "exact", "absent", "matches", "one_of"),
    ]
)
LEAVES = WORDS | st.text(max_size=5) | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)
STEPS = st.fixed_dictionaries(
    {},
    optional={
        "okta": st.sampled_from(["assign", "retry_task", "push_group", "create_group", "import_users"]) | VALUES,
        "workato": st.sampled_from(["accept_invitation", "change_plan"]) | VALUES,
        "call": st.just("listCollaborators") | VALUES,
        "check": VALUES,
        "user": st.just("ada") | VALUES,
        "group": VALUES,
        "expect": VALUES,
        "body": VALUES,
    },
)
DOCUMENTS: st.SearchStrategy[object] = VALUES | st.fixed_dictionaries(
    {
        "scenario": st.just("SC-001") | VALUES,
        "title": st.just("t") | VALUES,
        "given": st.fixed_dictionaries(
            {},
            optional={
                "workspaces": st.just({"acme": {}}) | VALUES,
                "okta": st.just({"o": {"people": ["ada"], "apps": {"w": {"workspace": "acme"}}}}) | VALUES,
                "assumptions": st.just({"email_case": "kept"}) | VALUES,
            },
        )
        | VALUES,
        "steps": st.lists(STEPS, max_size=3) | VALUES,
    }
)


def flow(value: object) -> str:
    """A value as YAML in flow style, which JSON is."""
    import json

    return json.dumps(value, ensure_ascii=True)


@settings(deadline=None)
@given(text=st.text(max_size=80) | DOCUMENTS.map(flow))
def test_any_text_is_a_scenario_or_its_problems(text: str) -> None:
    """No text makes reading raise; without a scenario there is at least one problem, with a place."""
    problems: list[Problem] = []

    scenario = read_scenario(text, Path("SC-001.yaml"), VOCABULARY, problems)

    assert (scenario is None) == bool(problems)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        pytest.param("workspaces:\n  acme: {}\n", False, id="a seed"),
        pytest.param("tags: [{name: people}]\npaths: {}\n", False, id="a contract"),
        pytest.param("- a\n", False, id="a list"),
        pytest.param("- title: A play\n  steps: []\n", False, id="a list of what has such keys"),
        pytest.param("# still to be written\n", False, id="a comment"),
        pytest.param("---\n...\n", False, id="a document without anything"),
        pytest.param("just words\n", False, id="words"),
        pytest.param("", False, id="nothing at all"),
        pytest.param("{openapi: 3.1.0, info: {title: People}}\n", False, id="other keys in braces"),
        pytest.param("  paths: {}\n  tags: []\n", False, id="other keys further in"),
        pytest.param("- [\n", False, id="a list that cannot be read"),
        pytest.param("{{ if .Values.on }}\n", False, id="a template"),
        pytest.param(b"name: Andr\xe9\n", False, id="other keys in Latin-1"),
        pytest.param(b"\xff\xfe\x00\x80", False, id="bytes"),
        pytest.param("paths: {}\n".encode("utf-16"), False, id="other keys in UTF-16"),
        pytest.param("'scenario': SC-7\n", True, id="a scenario that is not finished"),
        pytest.param("scenaro: SC-7\ntitle: A story\n", True, id="a misspelt key beside another"),
        pytest.param("{scenario: SC-7}\n", True, id="braces"),
        pytest.param('{\n  "scenario":"SC-7"\n}\n', True, id="JSON"),
        pytest.param('{"title": "A story",\n', True, id="braces that are not closed"),
        pytest.param("  scenario: SC-7\n  title: A story\n", True, id="keys further in"),
        pytest.param("\ttitle: A story\n", True, id="a tab before a key"),
        pytest.param(b"scenario: SC-7\ntitle: Andr\xe9\n", True, id="a scenario in Latin-1"),
        pytest.param("scenario: SC-7\n".encode("utf-16"), True, id="a scenario in UTF-16"),
    ],
)
def test_a_folder_may_hold_other_files(
    tmp_path: Path, vocabulary: Vocabulary, text: str | bytes, is_read: bool
) -> None:
    """What has no key of a scenario is none; named by itself, it is read all the same."""
    file = tmp_path / "other.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)

    assert isinstance(load((tmp_path,), vocabulary), Problems) is is_read
    assert isinstance(load((file,), vocabulary), Problems)
    assert isinstance(load((tmp_path, file), vocabulary), Problems)
