"""A team's move from legacy roles, rehearsed with one client: before, a dry run, the move, after."""

from typing import Any

import pytest

from ...world import BEN, CY, NORTHWIND, Json, World, row

LEA, DEE = "lea@example.test", "dee@example.test"
NORTH: dict[str, Any] = NORTHWIND | {
    "collaborators": [
        *NORTHWIND["collaborators"],
        {"name": "Lea", "email": LEA, "roles": {"dev": "Analyst", "prod": "Operator"}},
        {"name": "Dee", "email": DEE, "roles": {}},
    ],
    "invitations": [{"name": "New", "email": "new@example.test", "roles": {"dev": "Operator"}}],
    "projects": [
        {"name": "Payroll", "folder_id": 26138, "folders": [{"name": "Slips", "id": 26140}]},
        {"name": "Ledger"},
        {"name": "Payroll", "environment": "prod"},
    ],
}
SYSTEM = "/api/roles_migration/system_roles"
CUSTOM = "/api/roles_migration/custom_role"


def _world(**more: Json) -> World:
    return World({"workspaces": {"acme": {}, "northwind": NORTH | more}})


def _grants(world: World) -> set[tuple[str, str, str, str]]:
    """Project, its environment, who, and the role: all grants of the workspace, by the wire."""
    found = set()
    for project in world.northwind.get("/api/projects").json():
        for grant in world.northwind.get(f"/api/projects/{project['id']}/project_grants").json()["data"]:
            place = grant["project"]
            found.add(
                (place["name"], place["environment"]["type"], grant["user"]["email"], grant["project_role"]["name"])
            )
    return found


def _said(data: Json) -> set[tuple[str, str, str, str]]:
    return {
        (project["name"], project["environment"], each["email"], each["project_role"])
        for project in data["projects"]
        for each in project["collaborators"]
    }


def test_a_team_rehearses_its_move() -> None:
    """The dry run changes nothing and says what then happens; after it the other model's endpoints answer."""
    world = _world()
    finance = world.northwind.get("/api/roles").json()[0]["id"]
    before = world.export()

    rehearsed = world.northwind.post(SYSTEM, json={"dry_run": True})
    assert rehearsed.status_code == 200
    assert world.export() == before
    assert world.northwind.get("/api/roles").status_code == 200
    assert world.northwind.get("/api/environment_roles").status_code == 401

    moved = world.northwind.post(SYSTEM, json={"dry_run": False})
    assert moved.json() == rehearsed.json()
    data = moved.json()["data"]
    assert [each["name"] for each in data["environment_roles"]] == ["EnvironmentAdmin", "EnvironmentManager", "Member"]
    assert [each["name"] for each in data["project_roles"]] == ["ProjectAdmin", "AdvancedBuilder", "ProjectOperator"]
    assert {each["email"]: each["roles"] for each in data["collaborators"]} == {
        BEN: [{"environment": "dev", "name": "EnvironmentAdmin"}],
        LEA: [{"environment": "dev", "name": "EnvironmentManager"}, {"environment": "prod", "name": "Member"}],
    }
    assert _said(data) == {
        ("Payroll", "dev", BEN, "ProjectAdmin"),
        ("Ledger", "dev", BEN, "ProjectAdmin"),
        ("Payroll", "dev", LEA, "AdvancedBuilder"),
        ("Ledger", "dev", LEA, "AdvancedBuilder"),
        ("Payroll", "prod", LEA, "ProjectOperator"),
    }

    assert world.northwind.get("/api/roles").status_code == 401
    assert world.roles(LEA, "northwind") == {"dev": "Environment manager", "prod": "Member"}
    assert world.roles(CY, "northwind") == {"dev": "No access", "prod": "No access"}
    assert world.invitations("northwind")[0]["roles"] == {"dev": "Member"}
    assert len(_grants(world)) == 5

    rehearsed = world.northwind.post(CUSTOM, json={"role_id": finance, "dry_run": True})
    assert world.roles(CY, "northwind")["dev"] == "No access"
    moved = world.northwind.post(CUSTOM, json={"role_id": finance})
    assert moved.json() == rehearsed.json()
    assert world.roles(CY, "northwind")["dev"] == "Finance builder"
    assert ("Ledger", "dev", CY, "Finance builder") in _grants(world)
    config = moved.json()["data"]["environment_roles"][0]["config"]
    assert config == {"team": {"privileges": {"Recipes": ["read", "run"]}}}


def test_a_custom_role_may_be_migrated_first() -> None:
    """Its holders keep it until the workspace moves, and then have what the answer said."""
    world = _world()
    finance = world.northwind.get("/api/roles").json()[0]["id"]
    said = world.northwind.post(CUSTOM, json={"role_id": finance}).json()["data"]
    assert world.roles(CY, "northwind")["dev"] == "Finance builder"
    assert world.northwind.get("/api/environment_roles").status_code == 401

    world.northwind.post(SYSTEM)
    assert world.roles(CY, "northwind")["dev"] == "Finance builder"
    assert world.northwind.get("/api/environment_roles", params={"name": "Finance"}).json()["total"] == 1
    assert _said(said) <= _grants(world)
    assert _said(said) == {("Payroll", "dev", CY, "Finance builder"), ("Ledger", "dev", CY, "Finance builder")}


def test_a_migrated_role_is_a_new_one_without_folders() -> None:
    """Both of its images begin when it is migrated, and the environment role reaches no folders of its own."""
    born = "2024-05-01T00:00:00Z"
    finance = {"name": "Finance builder", "folder_ids": [26138], "created_at": born, "updated_at": born}
    world = _world(roles=[finance])
    world.advance(60)
    old = world.northwind.get("/api/roles").json()[0]["id"]
    world.northwind.post(CUSTOM, json={"role_id": old})
    world.northwind.post(SYSTEM)

    for kind in ("environment_roles", "project_roles"):
        listed = world.northwind.get(f"/api/{kind}", params={"name": "Finance builder"}).json()["data"]
        times = [(each["created_at"], each["updated_at"]) for each in listed]
        assert times == [("2026-01-05T09:01:00.000-08:00", "2026-01-05T09:01:00.000-08:00")]
    dev, _ = world.northwind.get(f"/api/members/{world.id_of(CY, 'northwind')}/privileges").json()["data"]
    assert (dev["name"], dev["folder_ids"]) == ("Finance builder", [])


def test_a_migration_spends_the_ids_that_it_hands_out() -> None:
    """What is made afterwards is another thing: nothing of the migration is overwritten; a rehearsal spends none."""
    world = _world()
    finance = world.northwind.get("/api/roles").json()[0]["id"]
    before = world.export()["ids"]
    for call in (CUSTOM, SYSTEM):
        world.northwind.post(call, json={"role_id": finance, "dry_run": True})
    assert world.export()["ids"] == before
    world.northwind.post(CUSTOM, json={"role_id": finance})
    world.northwind.post(SYSTEM)
    grants, total = _grants(world), world.northwind.get("/api/environment_roles").json()["total"]

    made = world.northwind.post("/api/environment_roles", json={"environment_role": {"name": "Auditor"}}).json()["data"]
    role = world.northwind.post("/api/project_roles", json={"project_role": {"name": "Reader"}}).json()["data"]["id"]
    group = world.northwind.post("/api/user_groups", json={"user_group": {"name": "Readers"}}).json()["data"]["id"]
    new = {"assignment_type": "UserGroup", "assignment_id": group, "project_role_id": role}
    project = world.northwind.get("/api/projects").json()[0]["id"]
    world.northwind.put(f"/api/projects/{project}/project_grants", json={"project_grants": [new]})

    roles = world.northwind.get("/api/environment_roles").json()["data"]
    assert (len(roles), len({each["id"] for each in roles})) == (total + 1, total + 1)
    assert made["name"] == "Auditor"
    rows = world.northwind.get(f"/api/projects/{project}/project_grants").json()["data"]
    assert len({each["id"] for each in rows}) == len(rows)
    world.northwind.delete(f"/api/project_grants/{next(each['id'] for each in rows if each['user'] is None)}")
    assert _grants(world) == grants


@pytest.mark.parametrize(
    ("reach", "projects"),
    [
        pytest.param({}, {"Payroll", "Ledger"}, id="everything"),
        pytest.param({"folder_ids": [26138]}, {"Payroll"}, id="a project's folder"),
        pytest.param({"folder_ids": [26140]}, {"Payroll"}, id="a folder inside it"),
        pytest.param({"folder_ids": [1]}, set(), id="a folder elsewhere"),
        pytest.param({"all_folders": False}, set(), id="nothing"),
    ],
)
def test_grants_follow_what_the_role_reached(reach: Json, projects: set[str]) -> None:
    """A custom role of some folders opens the projects of those folders, and no others."""
    world = _world(roles=[{"name": "Finance builder", **reach}])
    finance = world.northwind.get("/api/roles").json()[0]["id"]
    data = world.northwind.post(CUSTOM, json={"role_id": finance, "dry_run": True}).json()["data"]

    assert {each["name"] for each in data["projects"]} == projects


def test_migrating_twice_is_migrating_once() -> None:
    """A workspace that has moved has nothing left to move, and a role that was migrated is not made again.

    Nothing happened, so that the activity log has nothing to say either.
    """
    world = _world()
    finance = world.northwind.get("/api/roles").json()[0]["id"]
    world.northwind.post(SYSTEM)
    world.northwind.post(CUSTOM, json={"role_id": finance})
    before = world.export()
    again = [world.northwind.post(path, json=body).json()["data"] for path, body in _both(finance)]

    assert [(each["collaborators"], each["projects"]) for each in again] == [([], []), ([], [])]
    assert world.export() == before


def _both(role: int) -> list[tuple[str, Json]]:
    return [(SYSTEM, {}), (CUSTOM, {"role_id": role})]


def test_an_assignment_that_waits_survives_an_export() -> None:
    """Who holds a role that is not migrated yet has no access and no privileges, and gets it after a new start too."""
    world = _world()
    finance = world.northwind.get("/api/roles").json()[0]["id"]
    world.northwind.post(SYSTEM)
    cy = world.id_of(CY, "northwind")
    assert world.northwind.get(f"/api/members/{cy}/privileges").json() == {"data": []}

    exported = world.export()
    again = World(exported)
    assert again.export() == exported
    again.northwind.post(CUSTOM, json={"role_id": finance})
    assert again.roles(CY, "northwind")["dev"] == "Finance builder"


@pytest.mark.parametrize("name", ["Member", "Builder"])
def test_a_custom_role_with_a_system_roles_name_cannot_move(name: str) -> None:
    """Its image would have no name of its own; nothing is made, not even half of it."""
    world = _world(roles=[{"name": "Finance builder"}, {"name": name, "id": 5120}])
    before = world.export()
    answer = world.northwind.post(CUSTOM, json={"role_id": 5120})

    assert (answer.status_code, world.refused_by()) == (400, "ROLE-6")
    assert world.export() == before


@pytest.mark.parametrize("role", [0, 1, 10**15])
def test_an_unknown_role_cannot_move(role: int) -> None:
    """404, or 400 for what is no id at all."""
    assert _world().northwind.post(CUSTOM, json={"role_id": role}).status_code == (404 if role else 400)


def test_home_assets_are_in_the_way() -> None:
    """Of the calls and of the admin's hand alike; legacy roles go on as before."""
    world = _world(home_assets=1)
    assert world.northwind.post(SYSTEM).status_code == 400
    assert world.refused_by() == "MIG-1"
    by_hand = world.control.put(
        "/workspaces/northwind/permission_model", json={"permission_model": "environment_roles"}
    )
    assert by_hand.status_code == 422
    assert world.northwind.get("/api/roles").status_code == 200


def test_the_admins_hand_migrates_like_the_call() -> None:
    """And moves back: roles are translated again, grants stay."""
    called, by_hand = _world(), _world()
    called.northwind.post(SYSTEM)
    place = "/workspaces/northwind/permission_model"
    by_hand.control.put(place, json={"permission_model": "environment_roles"})
    assert by_hand.workspaces() == called.workspaces()

    by_hand.control.put(place, json={"permission_model": "legacy_roles"})
    assert by_hand.roles(LEA, "northwind") == {"dev": "Analyst", "prod": "Operator"}
    assert by_hand.roles(CY, "northwind")["dev"] == "Finance builder"


def test_a_role_given_after_the_move_is_not_overwritten() -> None:
    """Who got another role meanwhile keeps it when their old custom role is migrated."""
    world = _world()
    finance = world.northwind.get("/api/roles").json()[0]["id"]
    world.northwind.post(SYSTEM)
    world.update(CY, row("dev", "Member"), workspace="northwind")
    world.northwind.post(CUSTOM, json={"role_id": finance})

    assert world.roles(CY, "northwind")["dev"] == "Member"


def test_privileges_of_a_moved_role_are_in_the_order_of_their_labels() -> None:
    """The same move answers the same bytes in every process."""
    data = _world().northwind.post(SYSTEM, json={"dry_run": True}).json()["data"]
    shown = [list(part["privileges"]) for role in data["environment_roles"] for part in role["config"].values()]

    assert max(map(len, shown)) > 3
    assert shown == [sorted(each) for each in shown]
