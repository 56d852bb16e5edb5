"""The one reading of files: what YAML and JSON mean, where everything stands, and what is refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workato_emulator import Emulator, SeedProblem
from workato_emulator.text import Row, Table, Value, plain, read, read_plainly, yaml_nodes
from workato_emulator.text.error_codes.catalogue import ERROR_CODES, declare

ROOT = Path(__file__).parents[2]

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab\x7f\u2028é😀", max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(value=JSON, ascii_only=st.booleans(), indent=st.sampled_from([None, 2, "\t"]))
def test_what_json_dumps_writes_is_read_as_json(value: Value, ascii_only: bool, indent: int | str | None) -> None:
    """Whatever the value, its characters and its indentation."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    reading = read(text, "seed.json")

    assert reading.complaints == ()
    assert plain(reading.value) == value


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        pytest.param('{"a": 1, "b": {"a": 1, "a": 2}, "b": 3}', ["1:24 duplicate key 'a'", "1:33 duplicate key 'b'"]),
        pytest.param('{"a":\n  "\\ud83d"}', ["2:3 half of a surrogate pair"]),
        pytest.param('{"a": [1E400,\n "x", ' + "9" * 301 + "]}", ["1:8 this number is too large", "2:7 this number"]),
        pytest.param('{"a": 01}', ["1:8 not JSON: a comma or } is missing"]),
        pytest.param('{"a": 1,}', ["1:9 not JSON: a key in double quotes is missing"]),
        pytest.param("{a: 1}", ["1:2 not JSON: a key in double quotes is missing"]),
        pytest.param('{"a" 1}', ["1:6 not JSON: a colon is missing"]),
        pytest.param('{"a": [1 2]}', ["1:10 not JSON: a comma or ] is missing"]),
        pytest.param('{"a": NaN}', ["1:7 not JSON: a value is missing"]),
        pytest.param('{"a": "b\n"}', ["1:9 not JSON: a string holds a control character"]),
        pytest.param('{"a": "b', ["1:7 not JSON: a string is not closed"]),
        pytest.param('{"a": "\\x"}', ["1:8 not JSON: a backslash escapes nothing"]),
        pytest.param('{"a": 1} 2', ["1:10 not JSON: something follows the value"]),
        pytest.param("[" * 101 + "]" * 101, ["1:101 not JSON: nested deeper than 100 levels"]),
        pytest.param("", ["1:1 not JSON: a value is missing"]),
    ],
)
def test_json_that_cannot_be_is_refused_where_it_is_wrong(text: str, complaints: list[str]) -> None:
    """All that can be told at once, with line and column."""
    found = [f"{each.mark.line}:{each.mark.column} {each.message}" for each in read(text, "seed.json").complaints]

    assert [said[: len(begin)] for said, begin in zip(found, complaints, strict=True)] == complaints


@pytest.mark.parametrize("text", ['{"a": "\\ud83d\\ude00"}', '["\x7f", "\u2028"]', '{\n\t"a": 1\n}'])
def test_json_needs_no_name_of_its_own(text: str) -> None:
    """A text that is JSON is read as JSON, also where no YAML reader would take it."""
    assert plain(read(text, "seed.yaml").value) == json.loads(text)


def test_everything_knows_its_place_in_json_as_in_yaml() -> None:
    """Keys, values and items, counted as editors count."""
    text = '{"a": ["x",\n  {"b": 1}]}'
    for reading in (read(text, "f.json"), yaml_nodes.read(text, "f")):
        table = reading.value
        assert isinstance(table, Table)
        row = table["a"]
        assert isinstance(row, Row)
        inner = row[1]
        assert isinstance(inner, Table)
        assert [(mark.line, mark.column) for mark in row.item_marks] == [(1, 8), (2, 3)]
        assert (inner.key_marks["b"].column, inner.value_marks["b"].column) == (4, 9)


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        pytest.param(
            "a: 1\nb: {c: 1, c: 2}\na: 3", ["2:11 duplicate key 'c'; first in line 2", "3:1 duplicate key 'a'"]
        ),
        pytest.param(
            "a: !!set {b}\nc: !!binary aGk=\nd: !x 1", ["1:4 tags such as !!set", "2:4 tags", "3:4 tags such as !x"]
        ),
        pytest.param("{? [1, 2] : a}", ["1:4 a key must be a string"]),
        pytest.param("a: &x [*x]\nb: *y", ["1:8 the alias *x is inside its", "2:4 no anchor &y"]),
        pytest.param("a: &x 7\n*x : 1", ["2:1 a key must be a string"]),
        pytest.param("<<: {a: 1}", ["1:1 merge keys are not part"]),
        pytest.param('a: "\\ud800"', ["1:7 not YAML: found invalid Unicode character"]),
        pytest.param("a: " + "9" * 301, ["1:4 this number is too large; quote it"]),
        pytest.param("a: x\x85y", ['1:5 not YAML: the character U+0085 must be escaped; write "\\u0085"']),
        pytest.param("a: x\n--- \nb: 1", ["3:1 a second document"]),
    ],
)
def test_yaml_that_cannot_be_is_refused_where_it_is_wrong(text: str, complaints: list[str]) -> None:
    """Not only the first of it."""
    found = [f"{each.mark.line}:{each.mark.column} {each.message}" for each in read(text, "f").complaints]

    assert [said[: len(begin)] for said, begin in zip(found, complaints, strict=True)] == complaints


def test_an_alias_stands_for_what_its_anchor_names() -> None:
    """As a value and as a key."""
    reading = read("a: &x {b: [1]}\nc: *x\nd: &n ada\n*n : *x", "f")

    assert reading.complaints == ()
    assert plain(reading.value) == {"a": {"b": [1]}, "c": {"b": [1]}, "d": "ada", "ada": {"b": [1]}}


@pytest.mark.parametrize(
    "line",
    ["a{0}: &a{0} [{1}]", "a{0}: &a{0} [*a{2}]"],
    ids=["ten times wider each", "one level deeper each"],
)
def test_aliases_cannot_grow_without_end(line: str) -> None:
    """Nine lines that stand for thousands of millions, and hundreds that nest for ever."""
    lines = ["a0: &a0 [x]"]
    lines += [line.format(n, ", ".join([f"*a{n - 1}"] * 10), n - 1) for n in range(1, 300)]
    (complaint,) = read("\n".join(lines), "f").complaints

    assert complaint.message == "aliases expand to more than 100,000 values, or 100 levels"


MARKS = list("[]{},:?'\"|>~#\\% \n\t1")
WORDS = ["a", "b: ", "- ", ": ", "\n  ", "\n\t", "&x ", "*x", "!t ", "? ", "|2-\n", "# c", "---", "...", "\r\n"]
PHRASES = ["why? ", "a:b", "x?,", "-1", "k:\t1", "é", "😀"]
PIECES = st.sampled_from([*MARKS, *WORDS, *PHRASES])


@settings(deadline=None)
@given(text=st.lists(PIECES, max_size=10).map("".join))
def test_both_scanners_read_the_same(text: str) -> None:
    """A text means the same with libyaml and without, or both refuse it."""
    with_libyaml, without = (yaml_nodes.read(text, "f", loader=each) for each in (yaml.CSafeLoader, yaml.SafeLoader))

    assert bool(with_libyaml.complaints) == bool(without.complaints)
    if not without.complaints:
        assert plain(with_libyaml.value) == plain(without.value)


SPOILED = st.lists(
    st.sampled_from(
        (
            *('{"a":', '"a"', '"b":1', ":", ",", "}", "]", "[", "{", "null", "true", "NaN", "-Infinity", " ", "\n"),
            *("0", "-0.0", "01", "1e5", "1e400", "9" * 299, "9" * 300, "9" * 301, f"0.{'3' * 299}", "\ufeff", "\x07"),
            *('"\\ud800"', '"\\ud83d\\ude00"', '"\\u00e9"', "٣", "[" * 100, "]" * 100, "[" * 101, "]" * 101),
        )
    ),
    max_size=10,
).map("".join)


@pytest.mark.hypothesis
@given(text=JSON.map(json.dumps) | SPOILED)
@example("[" * 100 + "]" * 100)
@example("[" * 101 + "]" * 101)
@example("[" * 5000)
@example('{"a": 1, "a": 1}')
@example('[{"b": 2, "a": {}, "b": 2}]')
@example(f"[{'9' * 300}]")
@example(f"[{'9' * 301}]")
@example(f"[0.{'3' * 299}]")
@example("[1e400]")
@example('["\\uD800"]')
def test_json_is_read_without_places_only_where_nothing_is_wrong_with_it(text: str) -> None:
    """Then the value is the same, with its types and the order of its keys; else there may be something wrong."""
    try:
        value = read_plainly(text, "seed.json")
    except ValueError:
        return
    reading = read(text, "seed.json")

    assert reading.complaints == ()
    assert repr(plain(reading.value)) == repr(value)


@pytest.mark.parametrize("text", ["{}", '{"a": [1, 2.5, "\\u00e9", null, {"b": true}]}', "[" * 100 + "]" * 100])
def test_what_is_sound_is_read_without_places(text: str) -> None:
    """JSON in a file of that name; YAML needs its own reading."""
    assert read_plainly(text, "seed.JSON") == json.loads(text)
    with pytest.raises(ValueError, match="not a file of JSON"):
        read_plainly(text, "seed.yaml")


@pytest.mark.long
@pytest.mark.slow
def test_everything_works_without_libyaml(tmp_path: Path) -> None:
    """The emulator starts from a seed, and the bundled scenarios can be read."""
    seed = tmp_path / "seed.yaml"
    seed.write_text("workspaces: {acme: {name: why not?, roles: [{name: A, config: {since: 2026-01-05}}]}}")
    code = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "import yaml; assert not yaml.__with_libyaml__\n"
        "from pathlib import Path\n"
        "from workato_emulator import Emulator\n"
        "from okta_scenarios.bundled import suites\n"
        "from okta_scenarios.language.yaml_nodes import parse\n"
        f"world = Emulator(Path({str(seed)!r})).export()['workspaces']['acme']\n"
        "print(world['name'], [each['config'] for each in world['roles'] if each['name'] == 'A'])\n"
        "print([f for f in suites().rglob('*.yaml') if parse(f.read_text(), f.name)[2]])\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code], capture_output=True, text=True, check=True, env={**os.environ}
    )

    assert done.stdout == "why not? [{'since': '2026-01-05'}]\n[]\n"


def test_all_that_is_wrong_with_a_seed_file_is_said_at_once(tmp_path: Path) -> None:
    """In the order of its lines; a misspelt key is not missing as well."""
    path = tmp_path / "seed.yaml"
    path.write_text(
        "clock: 2026-02-30T00:00:00Z\nworkspaces:\n  acme:\n    colaborators: []\n    plan: {churn_limit: many}\n"
        "    groups:\n      - {nam: Payroll}\n"
    )
    with pytest.raises(SeedProblem) as problem:
        Emulator(path)

    assert str(problem.value).split("\n") == [
        f"{path}:1:1: clock: should be a moment, such as 2026-01-05T09:00:00Z",
        f"{path}:4:5: workspaces.acme.colaborators: unknown key 'colaborators'; did you mean 'collaborators'?",
        f"{path}:5:12: workspaces.acme.plan.churn_limit: should be a whole number, not 'many'",
        f"{path}:7:10: workspaces.acme.groups.0.nam: unknown key 'nam'; did you mean 'name'?",
    ]


def test_all_that_does_not_fit_together_is_said_at_once(tmp_path: Path) -> None:
    """Names that lead nowhere, and doubles; one does not hide the next, and a row that is wrong is still known."""
    path = tmp_path / "seed.yaml"
    path.write_text(
        """\
assumptions: {email_cas: sensitive}
workspaces:
  acme:
    groups: [{name: A}, {name: A}]
    collaborators:
      - {name: Ada, email: ada@example.test, roles: {dev: Membr, prd: Member}, groups: [B, C]}
      - {name: Ada, email: ada@example.test}
    projects:
      - {name: P, grants: [{role: Buildr, user: ada@example.test}, {role: Builder, group: D}]}
      - {name: P}
    api_clients: [{name: one, token: t, environments: [stage]}, {name: two, token: u, role: none}]
  beta:
    parent: hq
    roles: [{name: R}, {name: R}]
"""
    )
    with pytest.raises(SeedProblem) as problem:
        Emulator(path)

    said = [line.removeprefix(f"{path}:").split(": ") for line in str(problem.value).split("\n")]
    assert [(place, path.removeprefix("workspaces.")) for place, path, *_ in said] == [
        ("1:15", "assumptions.email_cas"),
        ("4:26", "acme.groups.1.name"),
        ("6:54", "acme.collaborators.0.roles.dev"),
        ("6:66", "acme.collaborators.0.roles.prd"),
        ("6:89", "acme.collaborators.0.groups.0"),
        ("6:92", "acme.collaborators.0.groups.1"),
        ("7:21", "acme.collaborators.1.email"),
        ("9:29", "acme.projects.0.grants.0.role"),
        ("9:84", "acme.projects.0.grants.1.group"),
        ("10:10", "acme.projects.1.name"),
        ("11:41", "acme.api_clients.0.environments"),
        ("11:87", "acme.api_clients.1.role"),
        ("13:5", "beta.parent"),
        ("14:25", "beta.roles.1.name"),
    ]


def test_an_error_code_means_one_thing() -> None:
    """Declared again it is the same; another meaning under it is a mistake of ours."""
    known = ERROR_CODES["SEED-3"]
    said = {"meaning": known.meaning, "example": known.example, "fix": known.fix}

    assert declare("SEED-3", known.title, **said) == "SEED-3"
    with pytest.raises(ValueError, match="two errors have the code SEED-3"):
        declare("SEED-3", "Something else", **said)
    assert ERROR_CODES["SEED-3"] is known
