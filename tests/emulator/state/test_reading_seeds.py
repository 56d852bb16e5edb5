"""What a seed may hold, and what is said when something else stands there."""

from json import dumps, loads
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workato_emulator import Emulator, SeedProblem
from workato_emulator.state.seeds import SeedDocument, default_document, kinds, parse
from workato_emulator.state.seeds.values import TEXT

from ..seeds import acme_with, person, problem_of
from ..world import SEED, Json

CYCLE: list[Any] = []
CYCLE.append(CYCLE)

MISSHAPEN: list[Any] = [
    pytest.param(
        {"workspace": {}, "workspaces": {"acme": {}}},
        "workspace: unknown key 'workspace'; did you mean 'workspaces'?",
        id="unknown key at the top",
    ),
    pytest.param(
        acme_with(colaborators=[]),
        "workspaces.acme.colaborators: unknown key 'colaborators'; did you mean 'collaborators'?",
        id="unknown key in a workspace",
    ),
    pytest.param(
        acme_with(collaborators=[person(role={})]),
        "workspaces.acme.collaborators.0.role: unknown key 'role'; did you mean 'roles'?",
        id="unknown key in a list",
    ),
    pytest.param(
        acme_with(plan={"churn_limits": 1}),
        "workspaces.acme.plan.churn_limits: unknown key 'churn_limits'; did you mean 'churn_limit'?",
        id="unknown key in an object",
    ),
    pytest.param(acme_with(zzzzzz=1), "workspaces.acme.zzzzzz: unknown key 'zzzzzz'", id="unknown key near nothing"),
    pytest.param({}, "needs 'workspaces'", id="nothing"),
    pytest.param({"workspaces": {}}, "workspaces: should not be empty", id="no workspace"),
    pytest.param({"workspaces": {"Acme Inc": {}}}, "workspaces.Acme Inc: should be small letters", id="a bad slug"),
    pytest.param(
        {"workspaces": CYCLE}, "workspaces: should be a mapping of keys to values, not a list", id="a list in itself"
    ),
    pytest.param(acme_with(environments=[]), "workspaces.acme.environments: should not be empty", id="no environment"),
    pytest.param(
        acme_with(permission_model="environment_role"),
        "workspaces.acme.permission_model: should be 'legacy_roles' or 'environment_roles'; "
        "did you mean 'environment_roles'?",
        id="a misspelt permission model",
    ),
    pytest.param(
        acme_with(api_clients=[{"name": "a", "token": "two words"}]),
        "workspaces.acme.api_clients.0.token: should be visible ASCII, without spaces",
        id="a token that no header can carry",
    ),
    pytest.param(
        acme_with(api_clients=[{"name": "a", "token": "t", "privileges": "okto"}]),
        "workspaces.acme.api_clients.0.privileges: should be 'all', 'okta' or a list; did you mean 'okta'?",
        id="an unknown set of privileges",
    ),
    pytest.param(
        acme_with(api_clients=[{"name": "a", "token": "t", "privileges": ["roles.lst"]}]),
        "did you mean 'roles.list'?",
        id="an unknown privilege",
    ),
    pytest.param(
        acme_with(created_at="yesterday"), "workspaces.acme.created_at: should be a moment, such as", id="no moment"
    ),
    pytest.param(
        acme_with(created_at="2026-01-01T00:00:00"),
        "workspaces.acme.created_at: needs an offset from UTC",
        id="no offset",
    ),
    pytest.param(
        acme_with(created_at="0001-01-01T00:00:00Z"), "workspaces.acme.created_at: moments go from 1970", id="long ago"
    ),
    pytest.param(acme_with() | {"clock": "9999-12-31T23:59:59Z"}, "clock: moments go from 1970 to 9000", id="too late"),
    pytest.param(
        acme_with(plan={"invitation_cooldown_seconds": 1e300}),
        "workspaces.acme.plan.invitation_cooldown_seconds: should be less than",
        id="an endless cool-down",
    ),
    pytest.param(
        acme_with(plan={"churn_window_seconds": float("nan")}),
        "workspaces.acme.plan.churn_window_seconds: should be",
        id="not a number",
    ),
    pytest.param(
        acme_with(projects=[{"name": "A", "folders": [{"name": "B", "folder": []}]}]),
        "workspaces.acme.projects.0.folders.0.folder: unknown key 'folder'; did you mean 'folders'?",
        id="unknown key in a folder",
    ),
    pytest.param(
        acme_with(projects=[{"name": "A", "grants": [{"role": "Builder"}]}]),
        "workspaces.acme.projects.0.grants.0: a grant is for a user or for a group",
        id="a grant of nobody",
    ),
    pytest.param(acme_with(id=0), "workspaces.acme.id: should be greater than or equal to 1", id="id 0"),
    pytest.param(
        acme_with(collaborators=[person(email="ada")]),
        "workspaces.acme.collaborators.0.email: should look like an email",
        id="no email",
    ),
    pytest.param(
        acme_with(collaborators=[person(email="a\0@x.test")]),
        "workspaces.acme.collaborators.0.email: should look like an email",
        id="control character",
    ),
]


@pytest.mark.parametrize(("seed", "message"), MISSHAPEN)
def test_a_seed_of_another_shape_is_refused_with_the_place(seed: Json, message: str) -> None:
    """And with the nearest right spelling, where there is one."""
    assert message in problem_of(seed)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("workspaces: {acme: {}\n", ":2:1: not YAML: did not find expected ',' or '}'", id="no YAML"),
        pytest.param(
            "workspaces:\n  acme: {}\n  acme: {}\n", ":3:3: duplicate key 'acme'; first in line 2", id="key twice"
        ),
        pytest.param(
            "workspaces: {acme: {plam: {}}}\n",
            ":1:21: workspaces.acme.plam: unknown key 'plam'; did you mean 'plan'?",
            id="unknown key",
        ),
        pytest.param("- acme\n", ":1:1: should be a mapping of keys to values, not a list", id="a list"),
        pytest.param("", ":1:1: the file is empty", id="empty"),
        pytest.param(
            "workspaces:\n  acme:\n    collaborators:\n      - {name: Ada}\n",
            ":4:9: workspaces.acme.collaborators.0: needs 'email'",
            id="a missing key",
        ),
        pytest.param(
            "workspaces:\n  acme:\n    environments:\n      - dev\n      - 7\n",
            ":5:9: workspaces.acme.environments.1: should be text, not 7 (quote it)",
            id="another type",
        ),
        pytest.param(
            "workspaces:\n  acme:\n    roles: [{name: A}]\n    invitations:\n      - name: Ada\n"
            "        email: ada@example.test\n        roles:\n          dev: Membre\n",
            ":8:11: workspaces.acme.invitations.0.roles.dev: no role called 'Membre'; did you mean 'Member'?",
            id="a name that leads nowhere",
        ),
        pytest.param(
            "workspaces:\n  acme:\n    projects:\n      - name: A\n      - name: B\n        environment: prd\n",
            ":6:9: workspaces.acme.projects.1.environment: no environment called 'prd'; did you mean 'prod'?",
            id="an unknown environment",
        ),
        pytest.param(
            "workspaces:\n  acme:\n    groups:\n      - name: A\n      - name: A\n",
            ":5:9: workspaces.acme.groups.1.name: a second group called A",
            id="a name twice",
        ),
        pytest.param(
            "workspaces: {acme: {}}\nassumptions:\n  email_cas: sensitive\n",
            ":3:3: assumptions.email_cas: no assumption is called 'email_cas'; did you mean 'email_case'?",
            id="an unknown assumption",
        ),
        pytest.param("a:\n  \x00", ":2:3: not YAML: the character U+0000 must be escaped", id="control characters"),
    ],
)
def test_a_seed_file_is_refused_with_its_name(tmp_path: Path, text: str, message: str) -> None:
    """With line and column, and the place in the document where its content is at fault."""
    path = tmp_path / "seed.yaml"
    path.write_text(text, encoding="utf-8")
    assert problem_of(path).startswith(f"{path}{message}")


def test_a_seed_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    """Missing, or in another encoding."""
    with pytest.raises(SeedProblem, match=r"none\.yaml: No such file or directory"):
        Emulator(tmp_path / "none.yaml")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("workspaces: {acme: {name: Caf\u00e9}}".encode("latin-1"))
    with pytest.raises(SeedProblem, match=r"latin\.yaml:1:30: not UTF-8"):
        Emulator(latin)


def test_a_seed_file_may_be_yaml_or_json(tmp_path: Path) -> None:
    """Moments may be YAML's own, and keys in different mappings may repeat."""
    path = tmp_path / "seed.yaml"
    path.write_text(
        "workspaces:\n  acme: {created_at: 2025-01-01T00:00:00Z}\n  beta: {created_at: '2025-01-01T00:00:00Z'}\n",
        encoding="utf-8",
    )
    exported = Emulator(path).control.get("/export").json()["workspaces"]

    assert [each["created_at"] for each in exported.values()] == ["2025-01-01T00:00:00+00:00"] * 2


def test_a_document_that_was_read_already_is_taken_as_it_is() -> None:
    """Parsing and starting are two steps for whoever wants them apart."""
    emulator = Emulator(parse(SEED))

    assert emulator.control.get("/export").json() == Emulator(SEED).control.get("/export").json()


def test_all_that_is_wrong_with_a_seed_that_is_put_is_said_with_its_place() -> None:
    """Lines and columns are those of the body; nothing has changed."""
    emulator = Emulator(acme_with())
    before = emulator.control.get("/export").json()
    body = '{"workspaces": {"acme": {\n  "colaborators": [],\n  "plan": {"churn_limit": "many"}}}}'
    answer = emulator.control.put("/seed", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    error = answer.json()["error"]
    first, second = error.pop("problems")
    assert error == {"code": "unusable_seed", **first}
    assert (first["line"], first["column"], first["suggestion"]) == (2, 3, "collaborators")
    assert (second["line"], second["column"], second["place"]) == (3, 12, "workspaces.acme.plan.churn_limit")
    assert emulator.control.get("/export").json() == before


@pytest.mark.parametrize(
    ("seed", "message"),
    [
        pytest.param(acme_with(home_assets="5"), "home_assets: should be a whole number, not '5'", id="digits as text"),
        pytest.param(acme_with(home_assets=True), "home_assets: should be a whole number, not true", id="a truth"),
        pytest.param(acme_with(home_assets=1.5), "home_assets: should be a whole number, not 1.5", id="a fraction"),
        pytest.param(
            acme_with(plan={"churn_window_seconds": "9"}),
            "plan.churn_window_seconds: should be a number, not '9'",
            id="a number as text",
        ),
        pytest.param(
            acme_with() | {"strict": "yes"}, "strict: should be true or false, not 'yes'", id="a word for a truth"
        ),
        pytest.param(acme_with() | {"strict": 1}, "strict: should be true or false, not 1", id="a number for a truth"),
        pytest.param(
            acme_with() | {"clock": 1767600000}, "clock: should be a moment, such as", id="seconds since 1970"
        ),
        pytest.param(acme_with(name=7), "name: should be text, not 7 (quote it)", id="a number for a text"),
        pytest.param(acme_with(home_assets=None), "home_assets: should be a whole number, not empty", id="null"),
        pytest.param(acme_with(roles={}), "roles: should be a list, not a mapping", id="a mapping for a list"),
        pytest.param(
            acme_with(activity=[{"at": "2026-01-01T00:00:00Z", "event": "e", "resource": {"id": None}}]),
            "resource.id: should be a whole number or text, not empty",
            id="neither of two kinds",
        ),
    ],
)
def test_a_value_is_of_the_kind_that_it_looks_like(seed: Json, message: str) -> None:
    """`yes` and `0100` are texts in YAML 1.2, and no field takes them for something else."""
    assert message in problem_of(seed)


def test_a_whole_number_may_be_written_with_an_exponent() -> None:
    """As `1e3` in JSON: how a number is spelt does not matter, what it is does."""
    exported = Emulator(acme_with(home_assets=1e3)).export()

    assert exported["workspaces"]["acme"]["home_assets"] == 1000


LONG = "x" * 5_000


@pytest.mark.parametrize(
    ("seed", "reason"),
    [
        pytest.param(acme_with(plan={"churn_limit": LONG}), "should be a whole number, not 'xxx", id="a value"),
        pytest.param(acme_with(**{LONG: 1}), "unknown key 'xxx", id="a key"),
        pytest.param(acme_with(permission_model=LONG), "should be 'legacy_roles' or 'environ", id="a choice"),
        pytest.param(acme_with(invitations=[person(email=LONG)]), "should have at most 254", id="an email"),
        pytest.param(acme_with(invitations=[person(roles={LONG: "Member"})]), "no environment called", id="a name"),
        pytest.param(acme_with() | {"assumptions": {LONG: "x"}}, "no assumption is called 'xxx", id="an assumption"),
        pytest.param(
            acme_with() | {"assumptions": {"removal_answer": LONG}}, "removal_answer is one of", id="a choice of one"
        ),
    ],
)
def test_a_long_value_is_cut_and_the_reason_is_not(seed: Json, reason: str) -> None:
    """A message says what is wrong, whatever somebody wrote there."""
    problem = problem_of(seed)

    assert reason in problem
    assert len(problem) < 1_000


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"collaborators": [person(rolls={})] * 300}, id="misspelt keys in rows"),
        pytest.param({f"key{number}": 1 for number in range(300)}, id="misspelt keys in one row"),
        pytest.param({"collaborators": [person(email=f"a{n}@b.test", groups=["G"]) for n in range(300)]}, id="names"),
        pytest.param({"homes": {f"e{number}": 0 for number in range(300)}}, id="values by name"),
    ],
)
def test_no_more_than_a_hundred_problems_are_told(fields: dict[str, Any]) -> None:
    """Whoever has more has one that repeats, and finding the rest would take long."""
    with pytest.raises(SeedProblem) as problem:
        Emulator(acme_with(**fields))

    assert len([*problem.value]) == 100


def test_a_row_that_contains_itself_is_refused() -> None:
    """Only a program can write one: a file has an end."""
    folder: dict[str, Any] = {"name": "F"}
    folder["folders"] = [folder]
    with pytest.raises(SeedProblem, match="contain themselves"):
        Emulator(acme_with(folders=[folder]))


SAYING_MUCH = acme_with(
    created_at="2025-01-01T00:00:00Z",
    permission_model="environment_roles",
    plan={"churn_limit": 3, "invitation_lifetime_seconds": 1.5},
    roles=[{"name": "Auditor", "privileges": {"Recipes": ["read"]}, "config": {"a": [{"b": None}]}}],
    groups=[{"name": "G", "former_members": [7]}],
    collaborators=[person(roles={"dev": "Auditor"}, groups=["G"], grant_type="federation_manager")],
    invitations=[
        person(email="never@example.test", lapses_at=None),
        person(email="once@example.test", lapses_at="2030-01-01T00:00:00+02:00"),
        person(email="usual@example.test"),
    ],
    projects=[{"name": "P", "folders": [{"name": "F"}], "grants": [{"group": "G", "role": "Builder"}]}],
    client_roles=[{"name": "R", "privileges": "okta"}],
    api_clients=[
        {"name": "without", "token": "a", "role": None},
        {"name": "own", "token": "b"},
        {"name": "ticked", "token": "c", "privileges": ["roles.list"], "environments": []},
        {"name": "shared", "token": "d", "role": "R"},
    ],
    activity=[
        {"at": "2026-01-01T00:00:00Z", "event": "e", "resource": {"id": 1, "type": "t", "name": "n"}, "actor": 9}
    ],
    removed_at={"gone@example.test": ["2025-06-01T00:00:00Z"]},
)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(default_document(), id="the default"),
        pytest.param(parse(SAYING_MUCH), id="much"),
        pytest.param(parse(acme_with(api_clients=[]) | {"strict": False, "ids": 9}), id="little"),
    ],
)
def test_what_a_document_was_given_says_it_all(document: SeedDocument) -> None:
    """As plain data, which is what a state file keeps of it; null and nothing are two things."""
    assert parse(loads(dumps(document.as_data()))) == document


def test_what_was_left_out_stays_left_out() -> None:
    """So that a later version's default holds for a state file as well."""
    assert parse({"workspaces": {"acme": {"name": None, "roles": []}}}).as_data() == {"workspaces": {"acme": {}}}


ROLES = st.dictionaries(
    st.sampled_from(["dev", "prod", "\ud800", "", 1]),
    st.sampled_from(["Member", "", "r" * 256, "\udfff", None, 1, True, ["Member"]]),
    max_size=3,
)


@given(values=st.lists(ROLES | st.sampled_from([None, "dev", ["dev"], []]), max_size=4))
def test_what_rows_have_alike_is_read_as_what_each_has(values: list[object]) -> None:
    """The same value or the same problems, though others had it before, sound or not."""
    repeated, by_name = kinds.Repeated(kinds.Chars(), TEXT), kinds.ByName(kinds.Chars(), TEXT)

    for each in [*values, *values]:
        assert _read(repeated, each) == _read(by_name, each)


def test_rows_share_what_they_have_alike() -> None:
    """So it is looked into once."""
    roles = kinds.Repeated(kinds.Chars(), TEXT)

    assert roles.read({"dev": "Member"}) is roles.read({"dev": "Member"})


def _read(kind: kinds.Kind, value: object) -> object:
    try:
        return kind.read(value)
    except SeedProblem as problem:
        return [(each.place, each.line) for each in problem], repr(problem.rest)
