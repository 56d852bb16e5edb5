"""All that is wrong with a seed is told at once, and nothing that only follows from it."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from workato_emulator import Emulator, SeedProblem
from workato_emulator.cli import main
from workato_emulator.state.seeds.rows import every_row, shape_of

from ..seeds import acme_with, person
from ..world import Json

BORN = "2025-01-01T00:00:00Z"
SOUND: dict[str, Any] = {
    "workspaces": {
        "hq": {
            "roles": [{"name": "Shared", "origin": "inheritable"}],
            "project_roles": [{"name": "Lent", "origin": "inheritable"}],
        },
        "acme": {
            "parent": "hq",
            "data_center": "us",
            "environments": ["dev", "qa"],
            "owner": person(name="Root", email="root@example.test"),
            "plan": {"churn_limit": 3, "invitation_lifetime_seconds": 60},
            "roles": [{"name": "Auditor", "type": "environment", "id": 11}, {"name": "Old", "type": "privilege_group"}],
            "project_roles": [{"name": "Reviewer"}],
            "groups": [{"name": "Payroll", "id": "pf-1-2"}, {"name": "Sales"}],
            "collaborators": [
                person(roles={"dev": "Auditor", "qa": "Shared"}, unmigrated_roles={"dev": "Old"}, groups=["Payroll"]),
                person(email="bo@example.test", id=31),
            ],
            "invitations": [person(email="cy@example.test", roles={"qa": "Shared"}, groups=["Sales"])],
            "projects": [
                {
                    "name": "P",
                    "environment": "qa",
                    "folders": [{"name": "F", "folders": [{"name": "G"}]}],
                    "grants": [
                        {"user": "bo@example.test", "role": "Reviewer"},
                        {"group": "Payroll", "role": "Lent"},
                    ],
                }
            ],
            "folders": [{"name": "Drafts", "environment": "dev"}],
            "environment_ids": {"dev": 71},
            "homes": {"qa": 72},
            "client_roles": [{"name": "Reader", "privileges": ["roles.list"]}],
            "api_clients": [
                {"name": "one", "token": "t-1", "role": "Reader", "environments": ["qa"]},
                {"name": "two", "token": "t-2", "all_folders": False, "folder_ids": [5]},
            ],
            "activity": [
                {
                    "at": BORN,
                    "event": "e",
                    "resource": {"id": 1, "type": "t", "name": "n"},
                    "actor": "bo@example.test",
                    "environment": "qa",
                }
            ],
        },
    },
    "accounts": [person(email="di@example.test")],
    "assumptions": {"folder_name_taken": "allowed"},
    "clock": BORN,
}
Path_ = tuple[str | int, ...]


def _everywhere(value: Any, at: Path_ = ()) -> Iterator[Path_]:  # noqa: ANN401  (any part of a seed)
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield (*at, key)
        yield from _everywhere(part, (*at, key))


def _with(seed: Json, at: Path_, value: object) -> Any:  # noqa: ANN401  (a seed)
    changed = deepcopy(seed)
    holder: Any = changed
    for key in at[:-1]:
        holder = holder[key]
    holder[at[-1]] = value
    return changed


def _misspelt(seed: Json, at: Path_) -> Any:  # noqa: ANN401  (a seed)
    """The seed with the last key of a path spelt with one letter too many."""
    changed = deepcopy(seed)
    holder: Any = changed
    for key in at[:-1]:
        holder = holder[key]
    holder[f"{at[-1]}z"] = holder.pop(at[-1])
    return changed


def _places(seed: Json) -> list[str]:
    with pytest.raises(SeedProblem) as problem:
        Emulator(seed)
    return [each.place for each in problem.value]


EVERYWHERE = list(_everywhere(SOUND))
MISREAD = [pytest.param(path, id=".".join(map(str, path))) for path in EVERYWHERE]
ELSEWHERE = "workspaces.hq.collaborators.0.roles.dev"


def _with_an_unknown_role_elsewhere(seed: Json) -> Any:  # noqa: ANN401  (a seed)
    return _with(seed, ("workspaces", "hq", "collaborators"), [person(email="ed@example.test", roles={"dev": "Nix"})])


@pytest.mark.parametrize("path", MISREAD)
def test_a_value_that_cannot_be_read_is_one_problem(path: Path_) -> None:
    """What names it, is named by it or stands beside it is not complained of."""
    assert _places(_with(SOUND, path, object())) == [".".join(map(str, path))]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=".".join(map(str, path)))
        for path in EVERYWHERE
        if isinstance(path[-1], str)
        and path[-2:-1] not in {("workspaces",), ("roles",), ("unmigrated_roles",), ("environment_ids",), ("homes",)}
        and path[0] != "assumptions"
    ],
)
def test_a_misspelt_key_is_one_problem(path: Path_) -> None:
    """What it held may be named all the same."""
    place = ".".join(map(str, path))
    wrong = [place for place in _places(_misspelt(SOUND, path)) if place]

    assert wrong == [f"{place}z"]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=".".join(map(str, path)))
        for path in EVERYWHERE
        if path[:2] not in {("workspaces",), ("workspaces", "hq")}
    ],
)
def test_a_value_that_cannot_be_read_hides_no_unknown_name(path: Path_) -> None:
    """A shape and a name are two things that are wrong, and both are told in one go."""
    seed = _with_an_unknown_role_elsewhere(SOUND)

    assert {*_places(_with(seed, path, object()))} == {".".join(map(str, path)), ELSEWHERE}


FAULTY = acme_with(
    collaborators=[
        person(name=7, roles={"dev": "Membre"}, groups=["Payrol"]),
        person(email="bo@example.test", id=31),
        person(email="cy@example.test", id=31, roles={"dev": "Membre"}),
    ],
    invitations=[person(email="no address", roles={"prd": "Membre"})],
    groups=[{"name": "Payroll"}],
    projects=[
        {"name": "A/B", "environment": "prd", "grants": [{"group": "Payrol", "role": "Bilder"}]},
        {"name": "C", "grants": [{"usr": "ada@example.test", "role": "Bilder"}]},
    ],
    api_clients=[{"name": "one", "token": "two words", "environments": ["prd"], "role": "Reader"}],
    activity=[{"at": "then", "event": "e", "resource": 7, "actor": "nobody@example.test", "environment": "prd"}],
) | {"assumptions": {"email_cas": "sensitive", "removal_answer": "none"}}
WRONG = {
    "assumptions.email_cas",
    "assumptions.removal_answer",
    "workspaces.acme.collaborators.0.name",
    "workspaces.acme.collaborators.0.roles.dev",
    "workspaces.acme.collaborators.0.groups.0",
    "workspaces.acme.collaborators.2.id",
    "workspaces.acme.collaborators.2.roles.dev",
    "workspaces.acme.invitations.0.email",
    "workspaces.acme.invitations.0.roles.prd",
    "workspaces.acme.projects.0.name",
    "workspaces.acme.projects.0.environment",
    "workspaces.acme.projects.0.grants.0.group",
    "workspaces.acme.projects.0.grants.0.role",
    "workspaces.acme.projects.1.grants.0.usr",
    "workspaces.acme.projects.1.grants.0.role",
    "workspaces.acme.api_clients.0.token",
    "workspaces.acme.api_clients.0.environments",
    "workspaces.acme.api_clients.0.role",
    "workspaces.acme.activity.0.at",
    "workspaces.acme.activity.0.resource",
    "workspaces.acme.activity.0.actor",
    "workspaces.acme.activity.0.environment",
}


def test_all_that_is_wrong_with_one_row_is_told_at_once() -> None:
    """Its shape, its names, its ids: none of them waits for another to be mended."""
    assert {*_places(FAULTY)} == WRONG


def test_a_seed_that_is_put_is_told_the_same() -> None:
    """And so does whoever starts from a file, or asks what is wrong with one."""
    emulator = Emulator()
    answer = emulator.control.put("/seed", json=FAULTY)

    assert answer.status_code == 422
    assert {each["place"] for each in answer.json()["error"]["problems"]} == WRONG


@pytest.mark.parametrize("command", [["serve", "--seed"], ["doctor"]], ids=["serve", "doctor"])
def test_a_file_is_told_the_same_with_its_lines(tmp_path: Path, command: list[str]) -> None:
    """In the order of the file."""
    path = tmp_path / "seed.yaml"
    path.write_text(
        "workspaces:\n  acme:\n    projects:\n      - name: A\n        environment: prd\n"
        "        grants: [{group: Payrol, role: Bilder}]\n    groups: [{name: Payroll}]\n    home_assets: many\n"
    )
    said = CliRunner(env={"COLUMNS": "4000"}).invoke(main, [*command, str(path)]).output

    places = [f"{path}:5:9: ", f"{path}:6:19: ", f"{path}:6:34: ", f"{path}:8:5: "]
    assert [said.find(place) for place in places] == sorted(said.find(place) for place in places)
    assert all(place in said for place in places)


def test_a_key_that_is_there_twice_hides_nothing(tmp_path: Path) -> None:
    """Neither does a number that is too large, and what only follows from it is not told."""
    path = tmp_path / "seed.yaml"
    path.write_text(
        f"workspaces:\n  acme:\n    id: {'9' * 5_000}\n    home_assets: many\n    home_assets: 1\n"
        "    collaborators:\n      - {name: Ada, email: ada@example.test,\n         roles: {dev: Membre}}\n"
    )
    with pytest.raises(SeedProblem) as problem:
        Emulator(path)

    assert [each.mark and (each.mark.line, each.mark.column) for each in problem.value] == [
        (3, 9),
        (4, 5),
        (5, 5),
        (8, 18),
    ]


@pytest.mark.parametrize("row", [*every_row()], ids=lambda row: row.__name__)
def test_something_stands_in_for_whatever_a_row_needs(row: Any) -> None:  # noqa: ANN401  (a kind of row)
    """A key that is missing leaves the rest of its row readable."""
    assert {*shape_of(row).fields} <= {*vars(row.in_spite_of({}))}
