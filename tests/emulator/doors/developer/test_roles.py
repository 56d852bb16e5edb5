"""`/api/roles`, `/api/environment_roles` and `/api/users/me`."""

from typing import Any

import pytest

from ...world import ADA, World, row, title

PACIFIC_START = "2026-01-05T09:00:00.000-08:00"
SYSTEM_ROLES = ["Environment admin", "Environment manager", "Member"]


def test_environment_roles_show_system_and_custom_ones(world: World) -> None:
    """Family A; each says its type and how many hold it anywhere."""
    body = world.acme.get("/api/environment_roles").json()

    assert (body["total"], body["page"]) == (4, {"number": 1, "size": 100})
    by_name = {each["name"]: each for each in body["data"]}
    assert set(by_name) == {"Release manager", *SYSTEM_ROLES}
    assert by_name["Release manager"] == {
        "id": by_name["Release manager"]["id"],
        "name": "Release manager",
        "members_count": 0,
        "type": "custom",
        "created_at": PACIFIC_START,
        "updated_at": PACIFIC_START,
    }
    assert (by_name["Member"]["type"], by_name["Member"]["members_count"]) == ("system", 2)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("Member", ["Member"], id="whole"),
        pytest.param("environment m", ["Environment manager"], id="part"),
        pytest.param("", ["Release manager", *SYSTEM_ROLES], id="empty"),
        pytest.param("Nothing", [], id="no match"),
    ],
)
def test_roles_are_filtered_by_name(world: World, name: str, found: list[str]) -> None:
    """What matches nothing is an empty list, not an error."""
    answer = world.acme.get("/api/environment_roles", params={"name": name})

    assert answer.status_code == 200
    assert [each["name"] for each in answer.json()["data"]] == found


def test_one_environment_role_shows_its_config(world: World) -> None:
    """What the list shows, and the privileges inside `data.config`."""
    listed = world.acme.get("/api/environment_roles").json()["data"][0]
    body = world.acme.get(f"/api/environment_roles/{listed['id']}").json()

    assert body == {"data": listed | {"config": {"team": {"privileges": {"Recipes": ["read"]}}}}}


@pytest.mark.parametrize("which", ["1", "abc", "-4", "9" * 40, "legacy"])
def test_an_unknown_environment_role_is_not_found(world: World, which: str) -> None:
    """A legacy role's id is none of this model's."""
    roles = world.export()["workspaces"]["acme"]["roles"]
    legacy = next(each["id"] for each in roles if each["type"] == "privilege_group")
    answer = world.acme.get(f"/api/environment_roles/{legacy if which == 'legacy' else which}")

    assert (answer.status_code, answer.json()) == (404, {"message": "Not found"})


def test_legacy_roles_are_the_custom_ones_in_a_bare_array(world: World) -> None:
    """Admin, Analyst and Operator never appear; family B has no envelope."""
    body = world.northwind.get("/api/roles").json()

    assert body == [
        {
            "id": body[0]["id"],
            "name": "Finance builder",
            "inheritable": False,
            "folder_ids": [],
            "created_at": PACIFIC_START,
            "updated_at": PACIFIC_START,
            "privileges": {"Recipes": ["read", "run"]},
        }
    ]


@pytest.mark.parametrize(
    ("workspace", "path"),
    [
        pytest.param("acme", "/api/roles", id="legacy roles on the new model"),
        pytest.param("northwind", "/api/environment_roles", id="environment roles on the legacy model"),
        pytest.param("northwind", "/api/environment_roles/1", id="one environment role on the legacy model"),
        pytest.param("northwind", "/api/user_groups", id="groups on the legacy model"),
    ],
)
def test_the_other_permission_models_endpoints_are_closed(world: World, workspace: str, path: str) -> None:
    """401, like a dead token."""
    answer = world.api(workspace).get(path)

    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthorized"})
    assert world.refused_by() == "AUTH-4"


PAGES = [
    pytest.param({}, (1, 100), id="default"),
    pytest.param({"number": "2", "size": "3"}, (2, 3), id="the second of three each"),
    pytest.param({"number": "0"}, (1, 100), id="page 0 is page 1"),
    pytest.param({"number": "-7"}, (1, 100), id="a negative page is page 1"),
    pytest.param({"size": "0"}, (1, 1), id="size 0 is size 1"),
    pytest.param({"size": "101"}, (1, 100), id="size beyond the maximum"),
    pytest.param({"number": "999999999999999999"}, (999999999999999999, 100), id="far beyond the end"),
]


@pytest.mark.parametrize(("asked", "given"), PAGES)
def test_numbered_pages_are_clamped(world: World, asked: dict[str, str], given: tuple[int, int]) -> None:
    """Family A: the page says what it is, the rows are that part of the whole."""
    whole = [each["name"] for each in world.acme.get("/api/environment_roles").json()["data"]]
    query = {f"page[{name}]": value for name, value in asked.items()}
    body = world.acme.get("/api/environment_roles", params=query).json()

    number, size = given
    assert body["page"] == {"number": number, "size": size}
    assert [each["name"] for each in body["data"]] == whole[(number - 1) * size : number * size]
    assert body["total"] == len(whole)


@pytest.mark.parametrize(("asked", "given"), PAGES)
def test_classic_pages_are_clamped(world: World, asked: dict[str, str], given: tuple[int, int]) -> None:
    """Family B: the same numbers under other names, and no envelope to say them."""
    for number in range(5):
        world.control.post("/workspaces/northwind/roles", json={"name": f"Role {number}"})
    whole = world.northwind.get("/api/roles").json()
    query = {{"number": "page", "size": "per_page"}[name]: value for name, value in asked.items()}

    number, size = given
    assert len(whole) == 6
    assert world.northwind.get("/api/roles", params=query).json() == whole[(number - 1) * size : number * size]


MOST_DIGITS = 18
"""What fits 64 bits; more is another mistake."""


@pytest.mark.parametrize("value", ["", "one", "1.5", "--1", "1e2", "\u0661", "9" * 19, "1 "])
@pytest.mark.parametrize("name", ["page[number]", "page[size]"])
def test_a_page_that_is_no_number_is_refused(world: World, name: str, value: str) -> None:
    """400 with the parameter's name."""
    answer = world.acme.get("/api/environment_roles", params={name: value})

    assert (answer.status_code, title(answer)) == (
        400,
        f"{name} is {'too large a number' if len(value) > MOST_DIGITS else 'not a whole number'}",
    )


def test_a_lists_hundred_and_first_row_is_on_the_second_page(world: World) -> None:
    """A hundred is the default and the most."""
    for number in range(97):
        world.control.post("/workspaces/acme/roles", json={"name": f"Role {number:02}"})
    first = world.acme.get("/api/environment_roles").json()
    second = world.acme.get("/api/environment_roles", params={"page[number]": 2}).json()

    assert (len(first["data"]), first["total"]) == (100, 101)
    assert [each["name"] for each in second["data"]] == ["Role 96"]


def test_users_me_is_the_workspace_and_not_a_person(world: World) -> None:
    """The bare object of the reference: who and where it is, what its plan is (`account_details`), the rest null."""
    body: dict[str, Any] = world.acme.get("/api/users/me").json()

    (acme,) = (each for each in world.control.get("/workspaces").json()["data"] if each["name"] == "acme")
    known = {name: value for name, value in body.items() if value is not None}
    assert known == {
        "id": acme["id"],
        "name": "Acme Automation",
        "created_at": PACIFIC_START,
        "plan_id": "business",
        "current_billing_period_start": "2026-01-01T00:00:00.000-08:00",
        "current_billing_period_end": "2026-02-01T00:00:00.000-08:00",
        "recipes_count": 0,
        "email": "root@acme.example.test",
        "active_recipes_count": 0,
        "root_folder_id": world.export()["workspaces"]["acme"]["homes"]["dev"],
    }
    assert len(body) == 20


def test_migration_moves_people_and_invitations_to_the_counterparts(world: World) -> None:
    """System roles become their counterparts, custom ones no access; the endpoints swap sides."""
    world.invite(workspace="northwind", env_roles=[row("dev", "Analyst", None), row("prod", "Finance builder", None)])
    to = {"permission_model": "environment_roles"}
    assert world.control.put("/workspaces/northwind/permission_model", json=to).status_code == 204

    assert world.roles("ben@example.test", "northwind") == {"dev": "Environment admin", "prod": "No access"}
    assert world.roles("cy@example.test", "northwind") == {"dev": "No access", "prod": "No access"}
    assert world.invitations("northwind")[0]["roles"] == {"dev": "Environment manager"}
    assert world.northwind.get("/api/environment_roles").status_code == 200
    assert world.northwind.get("/api/roles").status_code == 401


def test_migration_and_back_restores_system_roles(world: World) -> None:
    """There and back again; a second move to the same model is none."""
    before = world.roles(ADA)
    for model in ("legacy_roles", "legacy_roles", "environment_roles"):
        world.control.put("/workspaces/acme/permission_model", json={"permission_model": model})

    assert world.roles(ADA) == before
