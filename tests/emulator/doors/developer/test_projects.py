"""`/api/projects` and `/api/folders`, and which of them a client reaches."""

import pytest

from ...world import SEED, Json, World

START = "2026-01-05T09:00:00.000-08:00"


def _folders(world: World, parent: int | None = None) -> list[Json]:
    query = {} if parent is None else {"parent_id": parent}
    rows: list[Json] = world.acme.get("/api/folders", params=query).json()
    return rows


def test_a_folder_at_home_is_a_project(world: World) -> None:
    """The answer has the project's id, the lists show project and folder, and both carry the folder's name."""
    made = world.acme.post("/api/folders", json={"name": "Payroll"})
    home = world.acme.get("/api/users/me").json()["root_folder_id"]

    folder = made.json()
    assert made.status_code == 200
    assert folder == {
        "id": folder["id"],
        "name": "Payroll",
        "parent_id": home,
        "is_project": True,
        "project_id": world.project(),
        "created_at": START,
        "updated_at": START,
    }
    assert world.acme.get("/api/projects").json() == [
        {"id": folder["project_id"], "description": None, "folder_id": folder["id"], "name": "Payroll"}
    ]
    assert _folders(world) == [folder]
    assert _folders(world, home) == [folder]


@pytest.mark.parametrize("as_sent", [str, int], ids=["text", "number"])
def test_a_folder_in_a_project_belongs_to_it(world: World, as_sent: type) -> None:
    """Its parent is sent as a text or a number; folders below it are its project's too."""
    payroll = world.make_project()
    recipes = world.acme.post("/api/folders", json={"name": "Recipes", "parent_id": as_sent(payroll["id"])}).json()
    old = world.acme.post("/api/folders", json={"name": "Old", "parent_id": as_sent(recipes["id"])}).json()

    assert (recipes["is_project"], recipes["project_id"]) == (False, payroll["project_id"])
    assert (old["parent_id"], old["project_id"]) == (recipes["id"], payroll["project_id"])
    assert _folders(world, payroll["id"]) == [recipes]
    assert len(world.acme.get("/api/projects").json()) == 1


def test_projects_and_folders_are_paged(world: World) -> None:
    """Bare arrays in the order of creation; a page beyond the last is empty."""
    for name in ("One", "Two", "Three"):
        world.make_project(name)
    for path in ("/api/projects", "/api/folders"):
        pages = [world.acme.get(path, params={"per_page": 2, "page": number}).json() for number in (1, 2, 3)]

        assert [[each["name"] for each in page] for page in pages] == [["One", "Two"], ["Three"], []]


@pytest.mark.parametrize(
    ("body", "status", "answer"),
    [
        pytest.param({"name": " "}, 400, {"name": ["can't be blank"]}, id="blank"),
        pytest.param({"name": "x" * 256}, 400, {"name": ["is too long (maximum is 255 characters)"]}, id="too long"),
        pytest.param({"name": "Payroll"}, 400, {"name": ["has already been taken"]}, id="taken"),
        pytest.param({"name": "Lost", "parent_id": 4711}, 404, None, id="unknown parent"),
        pytest.param({"name": "Lost", "parent_id": "home"}, 404, None, id="no id"),
        pytest.param({}, 400, None, id="no name"),
        pytest.param({"name": None}, 400, None, id="no text"),
    ],
)
def test_a_folder_that_cannot_be_is_refused(world: World, body: Json, status: int, answer: Json) -> None:
    """What is wrong with the name is told by field; nothing is made."""
    world.make_project()
    before = world.export()
    refused = world.acme.post("/api/folders", json=body)

    assert refused.status_code == status
    assert refused.json().get("errors") == answer or answer is None
    assert world.export() == before


@pytest.mark.parametrize(("parent", "status"), [("4711", 404), ("home", 400), ("-1", 404), ("9" * 19, 400)])
def test_a_folder_that_is_not_there_has_no_list(world: World, parent: str, status: int) -> None:
    """A number nobody has is not found, and a text is no number."""
    assert world.acme.get("/api/folders", params={"parent_id": parent}).status_code == status


def test_a_deleted_project_takes_its_folder_and_its_grants_along(world: World) -> None:
    """Nothing of it is left, and a second deletion finds nothing."""
    before = world.workspaces()
    payroll = world.make_project()
    recipes = world.acme.post("/api/folders", json={"name": "Recipes", "parent_id": payroll["id"]}).json()
    ben = world.id_of("ben@example.test")
    grant = world.grant(ben).json()["data"][0]["id"]
    project = f"/api/projects/{payroll['project_id']}"
    answer = world.acme.delete(project)

    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert world.workspaces() == before
    assert world.acme.get(f"/api/members/{ben}/project_grants").json()["total"] == 0
    for path in (f"/api/project_grants/{grant}", f"{project}/project_grants"):
        assert world.acme.get(path).status_code == 404
    for folder in (payroll, recipes):
        assert world.acme.get("/api/folders", params={"parent_id": folder["id"]}).status_code == 404
    assert world.acme.delete(project).status_code == 404


def test_a_project_that_holds_folders_stays_where_that_is_assumed(world: World) -> None:
    """403 in the words that a client knows, and the same for a folder; nothing is gone."""
    world.assume(project_deletion="empty_only")
    payroll = world.make_project()
    world.acme.post("/api/folders", json={"name": "Recipes", "parent_id": payroll["id"]})
    before = world.export()
    answer = world.acme.delete(f"/api/projects/{payroll['project_id']}")

    assert (answer.status_code, answer.json()) == (403, {"message": "Cannot destroy folder"})
    assert world.refused_by() == "PRJ-4"
    assert world.export() == before


def test_folders_nest_twenty_deep(world: World) -> None:
    """A bound of the emulator's own, so that what can be built can be exported and built again."""
    parent = world.make_project()["id"]
    for _ in range(19):
        parent = world.acme.post("/api/folders", json={"name": "Deeper", "parent_id": parent}).json()["id"]
        world.advance(30)
    refused = world.acme.post("/api/folders", json={"name": "Deeper", "parent_id": parent})

    assert refused.status_code == 400
    assert refused.json()["errors"] == {"parent_id": ["is nested too deeply (maximum is 20 levels)"]}
    before = world.export()
    assert world.control.put("/seed", json=before).status_code == 200
    assert world.export() == before


def test_every_environment_has_a_home_of_its_own() -> None:
    """A client finds and makes projects in the environment it was given, and reaches no other."""
    clients = [{"name": each, "token": f"acme-{each}", "environments": [each]} for each in ("dev", "prod")]
    acme = SEED["workspaces"]["acme"] | {"api_clients": [{"name": "okta", "token": "acme-okta"}, *clients]}
    world = World(SEED | {"workspaces": SEED["workspaces"] | {"acme": acme}})
    far = world.emulator.client("acme", api_client="prod")
    near = world.emulator.client("acme", api_client="dev")
    ledger = far.post("/api/folders", json={"name": "Ledger"}).json()
    near.post("/api/folders", json={"name": "Ledger"})

    assert [each["id"] for each in far.get("/api/projects").json()] == [ledger["project_id"]]
    assert len(world.acme.get("/api/projects").json()) == 2
    refused = near.get("/api/folders", params={"parent_id": ledger["id"]})
    assert (refused.status_code, refused.json()) == (403, {"message": "Forbidden"})
    assert world.refused_by() == "PRJ-2"

    world.grant(world.id_of("ada@example.test"), project="Ledger")
    for client, grants in ((near, 0), (world.acme, 1)):
        path = f"/api/members/{world.id_of('ada@example.test')}"
        assert client.get(f"{path}/project_grants").json()["total"] == grants
        assert len(client.get(f"{path}/projects_privileges").json()["data"]) == grants


def test_projects_are_there_on_both_permission_models(world: World) -> None:
    """Folders are nobody's role."""
    assert world.northwind.post("/api/folders", json={"name": "Payroll"}).json()["is_project"]
    assert len(world.northwind.get("/api/projects").json()) == 1
