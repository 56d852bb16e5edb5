"""One folder or project: read, renamed, described, moved and deleted (Workato API: Folders)."""

import pytest

from workato_emulator import Emulator

from ...world import SEED, Json, World

REFUSED = {"message": "Cannot destroy folder"}


def _make(world: World, name: str, parent: Json | None = None) -> Json:
    body = {"name": name} | ({} if parent is None else {"parent_id": parent["id"]})
    return world.acme.post("/api/folders", json=body).json()


def _read(world: World, folder: Json) -> Json:
    return world.acme.get(f"/api/folders/{folder['id']}").json()


def _home(world: World) -> Json:
    return world.acme.get(f"/api/folders/{world.acme.get('/api/users/me').json()['root_folder_id']}").json()


def test_a_folder_is_read_as_the_list_shows_it(world: World) -> None:
    """A project, a folder in it, and the home folder, which has no parent."""
    payroll = world.make_project()
    recipes = _make(world, "Recipes", payroll)

    assert (_read(world, payroll), _read(world, recipes)) == (payroll, recipes)
    home = _home(world)
    assert (home["name"], home["parent_id"], home["is_project"]) == ("Home", None, False)
    for nobody in ("4711", "home"):
        assert world.acme.get(f"/api/folders/{nobody}").status_code == 404


def test_a_folder_is_renamed(world: World) -> None:
    """Its name is free again, its time of change moves, and the log tells of a folder."""
    payroll = world.make_project()
    recipes = _make(world, "Recipes", payroll)
    world.advance(60)
    renamed = world.acme.put(f"/api/folders/{recipes['id']}", json={"name": "Flows"})

    assert renamed.json() == recipes | {"name": "Flows", "updated_at": "2026-01-05T09:01:00.000-08:00"}
    assert _read(world, recipes) == renamed.json()
    assert _make(world, "Recipes", payroll)["name"] == "Recipes"
    assert world.events()[1] == "folder_updated"


@pytest.mark.parametrize("through", ["folder", "project"])
def test_a_project_and_its_folder_have_one_name(world: World, through: str) -> None:
    """Whichever of the two is renamed; grants and folders inside stay."""
    payroll = world.make_project()
    recipes = _make(world, "Recipes", payroll)
    world.grant(world.id_of("ben@example.test"))
    path = f"/api/folders/{payroll['id']}" if through == "folder" else f"/api/projects/{payroll['project_id']}"
    answer = world.acme.put(path, json={"name": "Salaries"})

    assert answer.json()["name"] == "Salaries"
    assert _read(world, payroll)["name"] == "Salaries"
    assert [each["name"] for each in world.acme.get("/api/projects").json()] == ["Salaries"]
    assert _read(world, recipes) == recipes
    assert [each["project"]["name"] for each in world.grants("Salaries")] == ["Salaries"]
    assert world.log()[0]["resource"]["type"] == "Project"


@pytest.mark.parametrize(
    ("change", "description"),
    [
        ({"description": "Who is paid"}, "Who is paid"),
        ({"description": None}, None),
        ({"name": "Payroll"}, "As it was"),
    ],
    ids=["another", "none", "left out"],
)
def test_a_project_is_described(world: World, change: Json, description: str | None) -> None:
    """Null takes the description away; what is left out stays."""
    project = f"/api/projects/{world.make_project()['project_id']}"
    world.acme.put(project, json={"description": "As it was"})
    answer = world.acme.put(project, json=change)

    assert answer.json()["description"] == description
    assert world.acme.get("/api/projects").json() == [answer.json()]


def test_a_folder_moves_with_all_that_is_in_it(world: World) -> None:
    """Into another project, whose folders they are from then on."""
    payroll, travel = world.make_project(), world.make_project("Travel")
    recipes = _make(world, "Recipes", payroll)
    old = _make(world, "Old", recipes)
    moved = world.acme.put(f"/api/folders/{recipes['id']}", json={"parent_id": str(travel["id"])}).json()

    assert (moved["parent_id"], moved["project_id"]) == (travel["id"], travel["project_id"])
    assert _read(world, old)["project_id"] == travel["project_id"]
    assert world.acme.get("/api/folders", params={"parent_id": payroll["id"]}).json() == []
    assert world.acme.delete(f"/api/projects/{payroll['project_id']}").status_code == 200
    assert _read(world, old)["name"] == "Old"


def test_a_folder_cannot_go_anywhere(world: World) -> None:
    """Neither home, nor into itself, nor to another environment; projects and home stay where they are."""
    emulator = Emulator(
        {"workspaces": {"acme": {"projects": [{"name": "Ledger", "environment": "prod", "folder_id": 900}]}}}
    )
    acme = emulator.client("acme")
    home = acme.get("/api/users/me").json()["root_folder_id"]
    payroll, travel = (acme.post("/api/folders", json={"name": each}).json() for each in ("Payroll", "Travel"))
    recipes = acme.post("/api/folders", json={"name": "Recipes", "parent_id": payroll["id"]}).json()
    old = acme.post("/api/folders", json={"name": "Old", "parent_id": recipes["id"]}).json()
    before = emulator.control.get("/export").json()
    for folder, parent in (
        (recipes["id"], home),
        (recipes["id"], recipes["id"]),
        (recipes["id"], old["id"]),
        (recipes["id"], 900),
        (recipes["id"], None),
        (payroll["id"], travel["id"]),
        (home, payroll["id"]),
    ):
        refused = acme.put(f"/api/folders/{folder}", json={"parent_id": parent})
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["parent_id"]), (folder, parent)
    assert acme.put(f"/api/folders/{recipes['id']}", json={"parent_id": 4711}).status_code == 404
    assert emulator.control.get("/export").json() == before


def test_a_moved_folder_is_not_nested_too_deeply(world: World) -> None:
    """The bound counts what is in it too."""
    parent = world.make_project()
    for _ in range(18):
        parent = _make(world, "Deeper", parent)
        world.advance(30)
    travel = world.make_project("Travel")
    recipes = _make(world, "Recipes", travel)
    _make(world, "Old", recipes)
    world.advance(60)
    refused = world.acme.put(f"/api/folders/{recipes['id']}", json={"parent_id": parent["id"]})

    assert refused.json()["errors"] == {"parent_id": ["is nested too deeply (maximum is 20 levels)"]}


@pytest.mark.parametrize("name", ["a/b", "a\\b", "/", "\\", " ", "", "x" * 256, "Travel"])
def test_a_name_that_cannot_be_is_refused_wherever_it_is_given(world: World, name: str) -> None:
    """On creation, for the folder and for the project; nothing changes."""
    payroll = world.make_project()
    world.make_project("Travel")
    before = world.export()
    answers = [
        world.acme.post("/api/folders", json={"name": name}),
        world.acme.put(f"/api/folders/{payroll['id']}", json={"name": name}),
        world.acme.put(f"/api/projects/{payroll['project_id']}", json={"name": name}),
    ]

    assert [(each.status_code, list(each.json()["errors"])) for each in answers] == [(400, ["name"])] * 3
    assert world.export() == before


@pytest.mark.parametrize("name", ["a/b", "a\\b"])
@pytest.mark.parametrize("where", ["projects", "folders", "inside"])
def test_a_seed_cannot_name_a_folder_with_a_slash(name: str, where: str) -> None:
    """Refused with its place, at whatever depth."""
    row = {"name": "Payroll", "folders": [{"name": name}]} if where == "inside" else {"name": name}
    acme = {"projects" if where == "inside" else where: [row]}
    answer = Emulator().control.put("/seed", json={"workspaces": {"acme": acme}})

    assert answer.status_code == 422
    assert answer.json()["error"]["place"].endswith(".name")
    assert "can't contain / or \\" in answer.json()["error"]["message"]


def test_folders_are_listed_at_every_depth_or_at_one(world: World) -> None:
    """`with_nested_folders` takes true and false and nothing else; pages are of the whole list."""
    payroll = world.make_project()
    recipes = _make(world, "Recipes", payroll)
    old = _make(world, "Old", recipes)

    def names(**query: str | int) -> list[str]:
        return [each["name"] for each in world.acme.get("/api/folders", params=query).json()]

    assert names(with_nested_folders="true") == ["Payroll", "Recipes", "Old"]
    assert names(with_nested_folders="false") == names() == ["Payroll"]
    assert names(with_nested_folders="true", parent_id=payroll["id"]) == ["Recipes", "Old"]
    assert names(with_nested_folders="true", per_page=2, page=2) == ["Old"]
    assert names(with_nested_folders="true", parent_id=old["id"]) == []
    assert world.acme.get("/api/folders", params={"with_nested_folders": "maybe"}).status_code == 400


def test_a_deleted_folder_takes_its_folders_along(world: World) -> None:
    """The project stays; a second deletion finds nothing."""
    payroll = world.make_project()
    recipes = _make(world, "Recipes", payroll)
    old = _make(world, "Old", recipes)
    path = f"/api/folders/{recipes['id']}"
    answer = world.acme.delete(path)

    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert [world.acme.get(f"/api/folders/{each['id']}").status_code for each in (recipes, old)] == [404, 404]
    assert _read(world, payroll) == payroll
    assert world.acme.delete(path).status_code == 404
    assert world.events()[0] == "folder_deleted"


def test_home_and_a_projects_own_folder_are_protected(world: World) -> None:
    """Cannot destroy folder; and home keeps its name."""
    payroll, home = world.make_project(), _home(world)
    before = world.export()
    for folder in (payroll, home):
        answer = world.acme.delete(f"/api/folders/{folder['id']}")
        assert (answer.status_code, answer.json()) == (403, REFUSED)
        assert world.refused_by() == "PRJ-7"
    renamed = world.acme.put(f"/api/folders/{home['id']}", json={"name": "House"})

    assert (renamed.status_code, renamed.json()) == (403, {"message": "Cannot update folder"})
    assert world.export() == before


@pytest.mark.parametrize(
    ("boxes", "status"), [(["projects.list"], 403), (["folders.update"], 403), (["collaborators.list"], 401)]
)
def test_a_deletion_that_is_not_ticked_is_refused(boxes: list[str], status: int) -> None:
    """403 to a client role that ticks something of projects and folders, 401 to any other."""
    acme = SEED["workspaces"]["acme"] | {
        "projects": [{"name": "Payroll", "id": 44, "folder_id": 45}],
        "api_clients": [{"name": "okta", "token": "t", "privileges": boxes}],
    }
    emulator = Emulator({"workspaces": {"acme": acme}})
    answers = [emulator.client("acme").delete(path) for path in ("/api/projects/44", "/api/folders/45")]

    expected = REFUSED if status == 403 else {"message": "Unauthorized"}
    assert [(each.status_code, each.json()) for each in answers] == [(status, expected)] * 2


def test_folders_and_projects_share_one_quota(world: World) -> None:
    """The page limits all of its endpoints together."""
    payroll = world.make_project()
    for _ in range(29):
        world.acme.get("/api/projects")
        world.acme.get(f"/api/folders/{payroll['id']}")
    assert world.acme.put(f"/api/projects/{payroll['project_id']}", json={}).status_code == 200
    assert world.acme.get("/api/folders").status_code == 429


def test_a_client_changes_no_folder_that_it_does_not_reach() -> None:
    """Neither by reading, renaming and deleting it, nor by moving another one into it."""
    acme = {
        "projects": [
            {"name": "Payroll", "folder_id": 900, "folders": [{"name": "Recipes", "id": 901}]},
            {"name": "Ledger", "folder_id": 910, "id": 911},
        ],
        "api_clients": [{"name": "near", "token": "t", "all_folders": False, "folder_ids": [900]}],
    }
    near = Emulator({"workspaces": {"acme": acme}}).client("acme")
    asked = [
        near.get("/api/folders/910"),
        near.put("/api/folders/910", json={"name": "Mine"}),
        near.delete("/api/folders/910"),
        near.put("/api/projects/911", json={"description": "Mine"}),
        near.put("/api/folders/901", json={"parent_id": 910}),
    ]

    assert [each.status_code for each in asked] == [403] * 5
    assert near.put("/api/folders/901", json={"name": "Flows"}).status_code == 200
