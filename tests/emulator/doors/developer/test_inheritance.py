"""Parent and child workspaces: inheritable roles and what becomes of them."""

from typing import Any

import httpx
import pytest

from workato_emulator import Emulator, SeedProblem

from ...world import Json, World

KINDS = ["environment_role", "project_role"]
SEED: dict[str, Any] = {
    "workspaces": {
        "acme": {
            "parent": "northwind",
            "collaborators": [{"name": "Ben", "email": "ben@example.test", "roles": {"dev": "Regional lead"}}],
        },
        "island": {},
        "northwind": {
            "roles": [
                {"name": "Regional lead", "origin": "inheritable"},
                {"name": "Clerk", "origin": "inheritable", "type": "privilege_group"},
                {"name": "Private"},
            ],
            "project_roles": [{"name": "Reviewer", "origin": "inheritable"}],
        },
    }
}


@pytest.fixture
def world() -> World:
    """A parent, `northwind`, its child `acme`, and a workspace that has nothing to do with them."""
    return World(SEED)


def _types(client: httpx.Client, kind: str) -> dict[str, str]:
    found = client.get(f"/api/{kind}s").json()["data"]
    return {each["name"]: each["type"] for each in found if each["type"] != "system"}


def _id(client: httpx.Client, kind: str, name: str) -> Json:
    return next(each["id"] for each in client.get(f"/api/{kind}s").json()["data"] if each["name"] == name)


def test_a_child_starts_with_what_its_parent_offers(world: World) -> None:
    """Roles of every kind; the parent's own stay its own, and other workspaces see nothing."""
    assert _types(world.acme, "environment_role") == {"Regional lead": "inherited"}
    assert _types(world.acme, "project_role") == {"Reviewer": "inherited"}
    assert _types(world.emulator.client("island"), "environment_role") == {}
    assert world.roles("ben@example.test")["dev"] == "Regional lead"
    roles = world.export()["workspaces"]["acme"]["roles"]
    assert [each["origin"] for each in roles if each["name"] == "Clerk"] == ["inherited"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_child_follows_creation_change_and_deletion(world: World, kind: str) -> None:
    """Under an id of its own, which stays; what is no longer inheritable is gone from the child."""
    path = f"/api/{kind}s"
    made = world.northwind.post(path, json={kind: {"name": "Lead", "inheritable": True}}).json()["data"]["id"]
    id_ = _id(world.acme, kind, "Lead")
    world.northwind.put(f"{path}/{made}", json={kind: {"name": "Chief", "config": {"a": 1}}})

    followed = world.acme.get(f"{path}/{id_}").json()["data"]
    assert (followed["name"], followed["config"], followed["type"]) == ("Chief", {"a": 1}, "inherited")
    assert id_ != made
    world.northwind.put(f"{path}/{made}", json={kind: {"name": "Chief", "config": {}, "inheritable": False}})
    assert world.acme.get(f"{path}/{id_}").status_code == 404
    world.northwind.put(f"{path}/{made}", json={kind: {"name": "Chief", "config": {}, "inheritable": True}})
    assert "Chief" in _types(world.acme, kind)
    world.northwind.delete(f"{path}/{made}")
    assert "Chief" not in _types(world.acme, kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_child_cannot_change_what_it_inherits(world: World, kind: str, method: str) -> None:
    """403, and nothing changed on either side."""
    id_ = _id(world.acme, kind, "Regional lead" if kind == "environment_role" else "Reviewer")
    before = world.export()
    body = {kind: {"name": "Mine", "config": {}}} if method == "PUT" else None

    assert world.acme.request(method, f"/api/{kind}s/{id_}", json=body).status_code == 403
    assert world.export() == before


def test_a_childs_own_role_keeps_its_name(world: World) -> None:
    """Then the parent's role of that name is not inherited, and a rename onto it takes the inherited one away."""
    own = {"environment_role": {"name": "Auditor", "config": {"mine": True}}}
    world.acme.post("/api/environment_roles", json=own)
    world.northwind.post("/api/environment_roles", json={"environment_role": {"name": "Auditor", "inheritable": True}})
    assert _types(world.acme, "environment_role") == {"Regional lead": "inherited", "Auditor": "custom"}

    world.acme.post("/api/environment_roles", json={"environment_role": {"name": "Chief"}})
    lead = _id(world.northwind, "environment_role", "Regional lead")
    world.northwind.put(f"/api/environment_roles/{lead}", json={"environment_role": {"name": "Chief"}})
    assert _types(world.acme, "environment_role") == {"Auditor": "custom", "Chief": "custom"}
    assert world.roles("ben@example.test")["dev"] == "No access"


def test_an_export_keeps_the_family_together(world: World) -> None:
    """The parent, every inherited role and its ids come back."""
    exported = world.export()
    again = Emulator(exported).control.get("/export").json()

    assert again == exported
    assert again["workspaces"]["acme"]["parent"] == "northwind"


@pytest.mark.parametrize(
    ("workspaces", "message"),
    [
        pytest.param(
            {"acme": {"parent": "norhtwind"}, "northwind": {}},
            "workspaces.acme.parent: no workspace called 'norhtwind'; did you mean 'northwind'?",
            id="no such workspace",
        ),
        pytest.param({"acme": {"parent": "acme"}}, "workspaces.acme.parent: acme has a parent itself", id="itself"),
        pytest.param(
            {"a": {"parent": "b"}, "b": {"parent": "c"}, "c": {}},
            "workspaces.a.parent: b has a parent itself",
            id="a grandparent",
        ),
    ],
)
def test_a_parent_must_be_one(workspaces: Json, message: str) -> None:
    """A family has two generations."""
    with pytest.raises(SeedProblem) as problem:
        Emulator({"workspaces": workspaces})

    assert str(problem.value) == message


@pytest.mark.parametrize("act", ["delete", "rename"])
@pytest.mark.parametrize("kind", ["environment", "project"])
def test_a_parents_role_comes_once_its_name_is_free(kind: str, act: str) -> None:
    """A role of the child's own kept it away by its name; what is exported then can be seeded, and is the same."""
    own = {"project_roles" if kind == "project" else "roles": [{"name": "X"}]}
    emulator = Emulator({"workspaces": {"hq": {}, "kid": {"parent": "hq", **own}}})
    hq, kid = emulator.client("hq"), emulator.client("kid")
    roles, body = f"/api/{kind}_roles", {"name": "X", "config": {}}
    made = hq.post(roles, json={f"{kind}_role": body | {"inheritable": True}})
    assert made.status_code == 200

    def called_x() -> list[tuple[str, int | str]]:
        rows = kid.get(roles, params={"per_page": 100}).json()["data"]
        return [(each.get("type", ""), each["id"]) for each in rows if each["name"] == "X"]

    ((type_, mine),) = called_x()
    assert type_ == "custom"
    if act == "delete":
        assert kid.delete(f"{roles}/{mine}").status_code == 204
    else:
        assert kid.put(f"{roles}/{mine}", json={f"{kind}_role": body | {"name": "Y"}}).status_code == 200
    assert [each for each, _ in called_x()] == ["inherited"]
    exported = emulator.control.get("/export").json()
    assert emulator.control.put("/seed", json=exported).status_code == 200
    assert emulator.control.get("/export").json() == exported
