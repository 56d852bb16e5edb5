"""Roles that a workspace makes for itself: environment roles, project roles, legacy roles."""

from datetime import UTC, datetime
from typing import Any

import pytest

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import Refusal
from workato_emulator.service import roles
from workato_emulator.service.work import UnitOfWork
from workato_emulator.state.seeds import build, parse

from ...world import ACME, ADA, BEN, NORTHWIND, Json, World, row, title

KINDS = ["environment_role", "project_role"]
SEED: dict[str, Any] = {
    "workspaces": {
        "acme": ACME
        | {
            "project_roles": [{"name": "Reviewer", "config": {"project": {"privileges": ["read"]}}}],
            "projects": [{"name": "Ledger", "grants": [{"user": BEN, "role": "Reviewer"}]}],
        },
        "northwind": NORTHWIND,
    }
}


@pytest.fixture
def world() -> World:
    """The small world with a custom project role that Ben was granted."""
    return World(SEED)


def _create(world: World, kind: str, **fields: Json) -> Json:
    return world.acme.post(f"/api/{kind}s", json={kind: fields})


def _named(world: World, kind: str, name: str) -> Json:
    found = world.acme.get(f"/api/{kind}s", params={"name": name}).json()["data"]
    return next(each for each in found if each["name"] == name)


@pytest.mark.parametrize("kind", KINDS)
def test_a_config_is_kept_as_it_came(world: World, kind: str) -> None:
    """Whatever JSON was sent is read back, and a change replaces all of it."""
    config = {"team": {"privileges": "all", "odd": [1, None, {"deep": True}]}}
    made = _create(world, kind, name="Lead", config=config).json()["data"]
    path = f"/api/{kind}s/{made['id']}"

    assert (made["config"], made["type"], made["members_count"]) == (config, "custom", 0)
    assert world.acme.get(path).json() == {"data": made}
    world.advance(60)
    changed = world.acme.put(path, json={kind: {"name": "Chief", "config": {}}}).json()["data"]
    assert (changed["name"], changed["config"]) == ("Chief", {})
    assert changed["updated_at"] != changed["created_at"] == made["created_at"]


def test_what_an_update_of_an_environment_role_leaves_out_stays(world: World) -> None:
    """A rename keeps the privileges, by which a role that a seed made shows its config."""
    role = _named(world, "environment_role", "Release manager")
    changed = world.acme.put(
        f"/api/environment_roles/{role['id']}", json={"environment_role": {"name": "Release lead"}}
    ).json()["data"]

    assert changed["config"] == {"team": {"privileges": {"Recipes": ["read"]}}}
    assert world.journal()[-1]["unread"] == []


@pytest.mark.parametrize("left_out", ["name", "config"])
def test_a_project_role_is_updated_as_a_whole(world: World, left_out: str) -> None:
    """Both the name and the configuration are needed."""
    role = _named(world, "project_role", "Reviewer")
    fields = {"name": "Auditor", "config": {}}
    del fields[left_out]

    assert world.acme.put(f"/api/project_roles/{role['id']}", json={"project_role": fields}).status_code == 400
    assert _named(world, "project_role", "Reviewer") == role


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("fields", "text"),
    [
        pytest.param({"name": "   "}, "Name can't be blank", id="blank"),
        pytest.param({"name": "Taken"}, "Name Taken has already been taken", id="taken"),
    ],
)
def test_a_role_needs_a_name_of_its_own(world: World, kind: str, fields: Json, text: str) -> None:
    """Within its kind; nothing is made otherwise."""
    _create(world, kind, name="Taken")
    before = world.export()
    answer = _create(world, kind, **fields)

    assert (answer.status_code, title(answer)) == (400, text)
    assert world.export() == before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("which", ["0", "abc", "pr-NOBODYXX-knowsit", "9" * 40])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_unknown_role_is_not_found(world: World, kind: str, which: str, method: str) -> None:
    """404, whatever was asked of it."""
    body = {kind: {"name": "Lead", "config": {}}} if method == "PUT" else None

    assert world.acme.request(method, f"/api/{kind}s/{which}", json=body).status_code == 404


def test_a_project_role_is_found_by_handle_and_by_number(world: World) -> None:
    """The documentation's samples show both."""
    role = _named(world, "project_role", "Reviewer")
    world.assume(project_role_id="integer")
    numbered = _named(world, "project_role", "Reviewer")

    assert role["id"].startswith("pr-")
    for id_ in (role["id"], numbered["id"]):
        assert world.acme.get(f"/api/project_roles/{id_}").json()["data"]["id"] == numbered["id"]


def test_every_workspace_has_four_project_roles(world: World) -> None:
    """The permission model's page names them; `members_count` counts who was granted one themselves."""
    listed = world.acme.get("/api/project_roles").json()["data"]
    system = [each["name"] for each in listed if each["type"] == "system"]

    assert system == ["Project operator", "Builder", "Advanced builder", "Project admin"]
    assert {each["name"]: each["members_count"] for each in listed}["Reviewer"] == 1


def test_a_deleted_role_is_gone_for_members_and_invitees(world: World) -> None:
    """Whoever held it has no access there, and an invitation no longer brings it; other roles stay."""
    role = _named(world, "environment_role", "Release manager")
    world.update(BEN, row("prod", "Release manager"))
    world.invite(env_roles=[row("dev", "Member"), row("prod", "Release manager")])

    assert world.acme.delete(f"/api/environment_roles/{role['id']}").status_code == 204
    assert world.roles(BEN) == {"dev": "Member", "test": "No access", "prod": "No access"}
    assert world.invitations()[0]["roles"] == {"dev": "Member"}
    assert world.roles(ADA)["dev"] == "Environment admin"

    world.accept()
    assert world.roles("new@example.test") == {"dev": "Member", "test": "No access", "prod": "No access"}
    exported = world.export()
    joined = exported["workspaces"]["acme"]["collaborators"][-1]
    assert (joined["roles"], joined["unmigrated_roles"]) == ({"dev": "Member"}, {})
    assert world.control.put("/seed", json=exported).status_code == 200


@pytest.mark.parametrize("origin", ["custom", "system"])
def test_roles_of_the_new_model_are_not_reached_as_legacy_ones(origin: str) -> None:
    """In a workspace on the legacy model the new one's roles wait: they are neither listed, changed nor copied."""
    waiting = {"name": "Release manager", "id": 7, "type": "environment"}
    named = waiting if origin == "custom" else waiting | {"name": "Member", "origin": "system"}
    world = World({"workspaces": {"acme": {}, "northwind": NORTHWIND | {"roles": [named], "collaborators": []}}})
    before = world.export()

    assert world.northwind.get("/api/roles").json() == []
    assert world.northwind.put("/api/roles/7", json={"all_folders": True}).status_code == 404
    assert world.northwind.post("/api/roles/7/copy").status_code == 404
    assert world.northwind.post("/api/roles_migration/custom_role", json={"role_id": 7}).status_code == 404
    assert world.export() == before


@pytest.mark.parametrize("kind", ["environment_role", "project_role"])
def test_a_role_tells_when_it_was_changed(world: World, kind: str) -> None:
    """`updated_at` moves with a change, `created_at` does not, and saying what is so moves neither."""
    fields = {"name": "Auditor", "config": {"a": 1}}
    made = world.acme.post(f"/api/{kind}s", json={kind: fields}).json()["data"]
    path = f"/api/{kind}s/{made['id']}"
    world.advance(60)
    assert world.acme.put(path, json={kind: fields}).json()["data"] == made

    changed = world.acme.put(path, json={kind: fields | {"config": {"a": 2}}}).json()["data"]
    assert changed == made | {"config": {"a": 2}, "updated_at": "2026-01-05T09:01:00.000-08:00"}
    assert world.acme.get(path).json()["data"] == changed


def test_a_legacy_role_tells_when_its_reach_was_changed(world: World) -> None:
    """And a copy begins at the time of the copying."""
    role = world.northwind.get("/api/roles").json()[0]
    world.advance(60)
    changed = world.northwind.put(f"/api/roles/{role['id']}", json={"folder_ids": [4]}).json()
    assert changed == role | {"folder_ids": [4], "updated_at": "2026-01-05T09:01:00.000-08:00"}

    copy = world.northwind.post(f"/api/roles/{role['id']}/copy").json()
    assert {copy["created_at"], copy["updated_at"]} == {"2026-01-05T09:01:00.000-08:00"}
    assert world.northwind.put(
        f"/api/roles/{role['id']}", json={"all_folders": True, "folder_ids": [4]}
    ).is_client_error


@pytest.mark.parametrize(
    ("body", "folders"),
    [
        pytest.param({"folder_ids": [4, 9]}, [4, 9], id="some"),
        pytest.param({"all_folders": False, "folder_ids": []}, [], id="none"),
        pytest.param({"all_folders": True}, [], id="everything"),
    ],
)
def test_a_legacy_role_reaches_what_it_is_told(world: World, body: Json, folders: list[int]) -> None:
    """Its privileges stay, the list shows the folders, and the export tells everything from nothing."""
    role = world.northwind.get("/api/roles").json()[0]
    changed = world.northwind.put(f"/api/roles/{role['id']}", json=body).json()

    assert changed == role | {"folder_ids": folders}
    assert world.northwind.get("/api/roles").json() == [changed]
    exported = world.export()["workspaces"]["northwind"]["roles"]
    reach = next(each["all_folders"] for each in exported if each["id"] == role["id"])
    assert reach == body.get("all_folders", False)


def test_a_legacy_role_is_copied(world: World) -> None:
    """Under a name of its own each time, with what it grants, and held by nobody."""
    role = world.northwind.get("/api/roles").json()[0]
    names = [world.northwind.post(f"/api/roles/{role['id']}/copy").json()["name"] for _ in range(3)]

    assert names == ["Copy of Finance builder", "Copy 2 of Finance builder", "Copy 3 of Finance builder"]
    listed = world.northwind.get("/api/roles").json()
    assert {str(each["privileges"]) for each in listed} == {str(role["privileges"])}
    assert len({each["id"] for each in listed}) == 4


@pytest.mark.parametrize(("method", "end"), [("PUT", ""), ("POST", "/copy")])
def test_system_legacy_roles_are_not_reached(world: World, method: str, end: str) -> None:
    """Admin has an id and answers 404, like a role that is not there."""
    roles = world.export()["workspaces"]["northwind"]["roles"]
    admin = next(each["id"] for each in roles if each["name"] == "Admin")
    body = {"all_folders": True} if method == "PUT" else None

    assert world.northwind.request(method, f"/api/roles/{admin}{end}", json=body).status_code == 404


def test_a_listed_owner_is_refused_as_the_owner() -> None:
    """Not as a stranger: 400 for an update and a removal, where the list shows the owner."""
    world = World()
    world.assume(owner_listed="yes")
    owner = world.id_of("root@acme.example.test")
    before = world.export()
    answers = [
        world.acme.put(f"/api/members/{owner}", json={"env_roles": [row("dev", "Member")]}),
        world.acme.delete(f"/api/members/{owner}"),
    ]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert world.refused_by() == "MEM-6"
    assert world.export() == before
    world.assume(owner_listed="no")
    assert world.acme.delete(f"/api/members/{owner}").status_code == 404


def test_acts_on_roles_are_written_down() -> None:
    """Each is an entry of the activity log, in the order of the acts; a dry run and a refused act are none."""
    now = datetime(2026, 1, 5, 17, tzinfo=UTC)
    ids = IdFactory(0)
    cloud = build(parse({"workspaces": {"north": NORTHWIND}}), now=now, ids=ids, assumptions=Assumptions())
    work = UnitOfWork(cloud, now, ids, Assumptions())
    (north,) = cloud.workspaces
    finance = next(each.id for each in cloud.workspaces[north].roles.values() if each.name == "Finance builder")
    roles.copy(work, north, finance)
    roles.reach(work, north, finance, all_folders=False, folder_ids=(4,))
    roles.migrate_system_roles(work, north, dry_run=True)
    with pytest.raises(Refusal):
        roles.delete_environment_role(work, north, None)
    roles.migrate_system_roles(work, north, dry_run=False)
    made = roles.create_project_role(work, north, "Reviewer", {}, inheritable=False)
    roles.delete_project_role(work, north, made.id)

    assert [each.event for _, each in sorted(work.cloud.workspaces[north].activity.items())] == [
        "privilege_group_created",
        "privilege_group_updated",
        "roles_migrated",
        "privilege_group_created",
        "privilege_group_deleted",
    ]
