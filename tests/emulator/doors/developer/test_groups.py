"""`/api/user_groups`: collaborator groups."""

from typing import Any

import pytest

from ...world import ADA, BEN, CY, NEW, World, title

PACIFIC_START = "2026-01-05T09:00:00.000-08:00"
GROUPS = "/api/user_groups"


def test_the_list_starts_with_the_system_group(world: World) -> None:
    """Family A; everybody is in "All collaborators", which has no description."""
    body = world.acme.get(GROUPS).json()

    assert (body["total"], body["page"]) == (2, {"number": 1, "size": 100})
    everybody, builders = body["data"]
    assert (everybody["name"], everybody["system"], everybody["description"]) == ("All collaborators", True, None)
    assert everybody["members_count"] == 2
    assert builders == {
        "id": builders["id"],
        "name": "Builders",
        "description": "Who builds",
        "members_count": 1,
        "system": False,
        "created_at": PACIFIC_START,
        "updated_at": PACIFIC_START,
    }
    assert everybody["id"].startswith("am-")
    assert builders["id"].startswith("pf-")


def test_groups_are_filtered_by_name_and_paged(world: World) -> None:
    """The total counts what matches, whatever the page shows."""
    for name in ("Payroll east", "Payroll west"):
        world.acme.post(GROUPS, json={"user_group": {"name": name}})
    body = world.acme.get(GROUPS, params={"name": "payroll", "page[size]": 1, "page[number]": 2}).json()

    assert [each["name"] for each in body["data"]] == ["Payroll west"]
    assert (body["total"], body["page"]) == (2, {"number": 2, "size": 1})


def test_a_new_group_is_empty_and_can_be_read(world: World) -> None:
    """200 with the group in `data`, which reading it shows again."""
    world.advance(1.5)
    answer = world.acme.post(GROUPS, json={"user_group": {"name": "Payroll", "description": "Who pays"}})

    group = answer.json()["data"]
    assert answer.status_code == 200
    assert group == {
        "id": group["id"],
        "name": "Payroll",
        "description": "Who pays",
        "members_count": 0,
        "system": False,
        "created_at": "2026-01-05T09:00:01.500-08:00",
        "updated_at": "2026-01-05T09:00:01.500-08:00",
    }
    assert world.acme.get(f"{GROUPS}/{group['id']}").json() == {"data": group}


@pytest.mark.parametrize(
    ("change", "name", "description"),
    [
        pytest.param({"name": "Makers"}, "Makers", "Who builds", id="name"),
        pytest.param({"description": "Others"}, "Builders", "Others", id="description"),
        pytest.param({"description": ""}, "Builders", "", id="description emptied"),
        pytest.param({"description": None}, "Builders", None, id="description taken away"),
        pytest.param({"name": "Makers", "description": None}, "Makers", None, id="both"),
    ],
)
def test_an_update_changes_what_it_names(
    world: World, change: dict[str, Any], name: str, description: str | None
) -> None:
    """What is left out stays; `updated_at` moves on, `created_at` does not."""
    group = world.group()
    world.advance(60)
    answer = world.acme.put(f"{GROUPS}/{group['id']}", json={"user_group": change})

    expected = group | {"name": name, "description": description, "updated_at": "2026-01-05T09:01:00.000-08:00"}
    assert answer.json() == {"data": expected}
    assert world.group(name) == expected


@pytest.mark.parametrize("change", [{}, {"name": "Builders"}, {"description": "Who builds"}])
def test_an_update_that_says_what_is_so_changes_nothing(world: World, change: dict[str, Any]) -> None:
    """Not `updated_at` either, and it is no event; a description that is not there can be taken away again."""
    group = world.group()
    world.advance(60)
    answer = world.acme.put(f"{GROUPS}/{group['id']}", json={"user_group": change})

    assert answer.json() == {"data": group}
    assert world.events() == []


@pytest.mark.parametrize(
    ("method", "name", "text"),
    [
        pytest.param("POST", "Builders", "Name Builders has already been taken", id="create, taken"),
        pytest.param("POST", "   ", "Name can't be blank", id="create, blank"),
        pytest.param(
            "POST",
            "All collaborators",
            "Name All collaborators has already been taken",
            id="create, the system group's",
        ),
        pytest.param("PUT", "Payroll", "Name Payroll has already been taken", id="rename, taken"),
        pytest.param("PUT", " ", "Name can't be blank", id="rename, blank"),
    ],
)
def test_a_group_has_a_name_of_its_own(world: World, method: str, name: str, text: str) -> None:
    """400, and nothing changes."""
    world.acme.post(GROUPS, json={"user_group": {"name": "Payroll"}})
    before = world.export()
    path = GROUPS if method == "POST" else f"{GROUPS}/{world.group()['id']}"
    answer = world.acme.request(method, path, json={"user_group": {"name": name}})

    assert (answer.status_code, title(answer)) == (400, text)
    assert world.export() == before


def test_a_deleted_group_is_gone_and_its_members_stay(world: World) -> None:
    """204 without a body, then 404."""
    path = f"{GROUPS}/{world.group()['id']}"
    answer = world.acme.delete(path)

    assert (answer.status_code, answer.content) == (204, b"")
    assert world.acme.get(path).status_code == 404
    assert set(world.members()) == {ADA, BEN}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        pytest.param("PUT", "", {"user_group": {"name": "Everybody"}}, id="rename"),
        pytest.param("DELETE", "", None, id="delete"),
        pytest.param("POST", "/members", {"user_ids": [1]}, id="add"),
        pytest.param("DELETE", "/members", {"user_ids": [1]}, id="remove"),
    ],
)
def test_the_system_group_cannot_be_changed(world: World, method: str, path: str, body: object) -> None:
    """403 with a message, and nothing changes."""
    before = world.export()
    answer = world.acme.request(method, f"{GROUPS}/{world.group('All collaborators')['id']}{path}", json=body)

    assert (answer.status_code, answer.json()) == (403, {"message": "All collaborators is a system group"})
    assert world.refused_by() == "GRP-2"
    assert world.export() == before


@pytest.mark.parametrize("way", ["query", "query with brackets", "body", "body and query"])
def test_members_come_and_go_by_query_and_by_body(world: World, way: str) -> None:
    """Both ways name people, alone and together; whoever is in stays in, whoever is out stays out."""
    ada, ben = world.id_of(ADA), world.id_of(BEN)
    path = f"{GROUPS}/{world.group()['id']}/members"
    how: dict[str, Any] = {
        "query": {"params": {"user_ids": [ada, ben]}},
        "query with brackets": {"params": {"user_ids[]": [ada, ben]}},
        "body": {"json": {"user_ids": [ada, ben]}},
        "body and query": {"json": {"user_ids": [ada]}, "params": {"user_ids": [ben]}},
    }[way]
    added = world.acme.request("POST", path, **how)

    assert (added.status_code, added.content) == (204, b"")
    assert world.group_members(world.group()["id"]) == [ADA, BEN]
    for _ in range(2):
        removed = world.acme.request("DELETE", path, **how)
        assert (removed.status_code, removed.content) == (204, b"")
    assert world.group_members(world.group()["id"]) == []
    assert world.group()["members_count"] == 0


def test_a_group_tells_when_its_members_changed(world: World) -> None:
    """`updated_at` moves with whoever comes or goes, and not for somebody who is in it already or never was."""
    path = f"{GROUPS}/{world.group()['id']}/members"
    ada, ben = world.id_of("ada@example.test"), world.id_of("ben@example.test")

    def moved(method: str, user: int) -> tuple[str, int]:
        world.advance(60)
        world.acme.request(method, path, json={"user_ids": [user]})
        return world.group()["updated_at"][11:16], len(world.events())

    assert moved("POST", ben) == ("09:00", 0)
    assert moved("DELETE", ada) == ("09:00", 0)
    assert moved("POST", ada) == ("09:03", 1)
    assert moved("DELETE", ben) == ("09:04", 2)


def test_the_members_list_is_family_a_with_short_rows(world: World) -> None:
    """Id, name and email, in pages."""
    path = f"{GROUPS}/{world.group('All collaborators')['id']}/members"
    body = world.acme.get(path, params={"page[size]": 1, "page[number]": 2}).json()

    assert body == {
        "data": [{"id": world.id_of(BEN), "name": "Ben", "email": BEN}],
        "total": 2,
        "page": {"number": 2, "size": 1},
    }


@pytest.mark.parametrize(
    ("user", "text"),
    [
        pytest.param("1", "User 1 not found", id="nobody"),
        pytest.param("abc", "User abc not found", id="no id"),
        pytest.param("-1", "User -1 not found", id="negative"),
        pytest.param(None, "user_ids is required", id="nobody named"),
    ],
)
def test_only_collaborators_can_be_added(world: World, user: str | None, text: str) -> None:
    """All or none: a stranger among them keeps everybody out."""
    query = {} if user is None else {"user_ids": [str(world.id_of(ADA)), user]}
    before = world.export()
    answer = world.acme.post(f"{GROUPS}/{world.group()['id']}/members", params=query)

    assert (answer.status_code, title(answer)) == (400, text)
    assert world.export() == before


def test_an_invitee_and_a_stranger_of_another_workspace_cannot_be_added(world: World) -> None:
    """Somebody else's collaborator has an id, but none that counts here."""
    path = f"{GROUPS}/{world.group()['id']}/members"
    world.invite(NEW)

    answer = world.acme.post(path, params={"user_ids": world.id_of(CY, "northwind")})
    assert (answer.status_code, world.refused_by()) == (400, "GRP-1")


def test_whoever_leaves_the_workspace_leaves_its_groups(world: World) -> None:
    """And does not come back with them."""
    world.remove(BEN)
    world.add_by_hand(BEN)

    assert world.group_members(world.group()["id"]) == []
    assert world.group_members(world.group("All collaborators")["id"]) == [ADA, BEN]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        pytest.param("GET", "", None, id="read"),
        pytest.param("PUT", "", {"user_group": {"name": "X"}}, id="update"),
        pytest.param("DELETE", "", None, id="delete"),
        pytest.param("GET", "/members", None, id="list members"),
        pytest.param("POST", "/members", {"user_ids": [1]}, id="add"),
        pytest.param("DELETE", "/members", {"user_ids": [1]}, id="remove"),
    ],
)
@pytest.mark.parametrize("which", ["pf-unknown-group", "1", "%00", "{}"])
def test_an_unknown_group_is_not_found(world: World, method: str, path: str, body: object, which: str) -> None:
    """404 with a message."""
    answer = world.acme.request(method, f"{GROUPS}/{which}{path}", json=body)

    assert (answer.status_code, answer.json()) == (404, {"message": "Not found"})
