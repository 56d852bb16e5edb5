"""`/api/members`: collaborators."""

import pytest

from ...world import ADA, BEN, CY, NEW, World, row, title

PACIFIC_START = "2026-01-05T09:00:00.000-08:00"


def test_the_list_has_everybody_and_a_total(world: World) -> None:
    """One envelope without pages; every environment has a row, and times have Workato's form."""
    answer = world.acme.get("/api/members")

    body = answer.json()
    assert set(body) == {"data", "total"}
    assert body["total"] == 2
    ada, ben = body["data"]
    assert ada == {
        "id": ada["id"],
        "grant_type": "team",
        "roles": [
            {"environment_type": "dev", "role_name": "Environment admin", "role_type": "environment"},
            {"environment_type": "test", "role_name": "No access", "role_type": "environment"},
            {"environment_type": "prod", "role_name": "Member", "role_type": "environment"},
        ],
        "last_activity_log": None,
        "external_id": None,
        "name": "Ada",
        "email": ADA,
        "time_zone": None,
        "created_at": PACIFIC_START,
    }
    assert ben["email"] == BEN


@pytest.mark.parametrize("query", [{"page": "2"}, {"page[number]": "2"}, {"per_page": "1"}])
def test_the_list_has_no_pages(world: World, query: dict[str, str]) -> None:
    """Paging parameters are not read, and the journal says so."""
    assert world.acme.get("/api/members", params=query).json()["total"] == 2
    assert world.last()["unread"] == [f"query {name}" for name in query]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(ADA, [ADA], id="whole"),
        pytest.param("ADA@EXAMPLE", [ADA], id="part, in capitals"),
        pytest.param("example.test", [ADA, BEN], id="a domain"),
        pytest.param("", [ADA, BEN], id="empty"),
        pytest.param("nobody", [], id="no match"),
    ],
)
def test_the_email_filter_matches_any_part(world: World, text: str, found: list[str]) -> None:
    """`email` is a contains match in any case; the total counts what was found."""
    body = world.acme.get("/api/members", params={"email": text}).json()

    assert [each["email"] for each in body["data"]] == found
    assert body["total"] == len(found)


OWNER = "root@acme.example.test"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("ROOT@", [OWNER], id="the owner"),
        pytest.param("ben", [BEN], id="somebody else"),
        pytest.param("example.test", [OWNER, ADA, BEN], id="everybody"),
    ],
)
def test_a_listed_owner_is_found_as_everybody_is(world: World, text: str, found: list[str]) -> None:
    """Where assumption `owner_listed` says so: by any part of the email, and by no other."""
    world.assume(owner_listed="yes")
    body = world.acme.get("/api/members", params={"email": text}).json()

    assert sorted(each["email"] for each in body["data"]) == sorted(found)
    assert body["total"] == len(found)


def test_one_collaborator_looks_as_in_the_list(world: World) -> None:
    """The same fields, inside `data`."""
    listed = world.member(ADA)

    assert world.acme.get(f"/api/members/{listed['id']}").json() == {"data": listed}


def test_lists_are_in_the_order_of_ids() -> None:
    """Collaborators, members of a group and projects, whatever order they came in."""
    people = [{"name": each, "email": f"{each}@example.test", "id": number} for each, number in (("z", 900), ("a", 70))]
    acme = {
        "groups": [{"name": "Builders", "id": "pf-AAAAAAAA-BBBBBB"}],
        "collaborators": [
            each | {"groups": ["Builders"]} for each in (*people, {"name": "m", "email": "m@b.c", "id": 80})
        ],
        "projects": [{"name": "Z", "id": 900}, {"name": "A", "id": 70}, {"name": "M", "id": 80}],
    }
    client = World({"workspaces": {"acme": acme, "northwind": {}}}).acme

    assert [each["id"] for each in client.get("/api/members").json()["data"]] == [70, 80, 900]
    members = client.get("/api/user_groups/pf-AAAAAAAA-BBBBBB/members").json()["data"]
    assert [each["id"] for each in members] == [70, 80, 900]
    assert [each["id"] for each in client.get("/api/projects").json()] == [70, 80, 900]


def test_an_update_that_says_what_is_so_is_no_event(world: World) -> None:
    """And answers as if it had done it."""
    answer = world.update(BEN, row("dev", "Member"))

    assert (answer.status_code, answer.json()["data"]["roles"][0]["role_name"]) == (200, "Member")
    assert world.events() == []


def test_an_update_touches_only_what_it_names(world: World) -> None:
    """Test gets a role, prod and dev keep theirs; the answer shows the collaborator afterwards."""
    answer = world.update(ADA, row("test", "Release manager"))

    assert answer.status_code == 200
    assert answer.json() == {"data": world.member(ADA)}
    assert world.roles(ADA) == {"dev": "Environment admin", "test": "Release manager", "prod": "Member"}


def test_an_update_replaces_the_role_of_an_environment(world: World) -> None:
    """Somebody holds one role per environment."""
    world.update(ADA, row("prod", "Environment manager"))

    assert world.roles(ADA)["prod"] == "Environment manager"


@pytest.mark.parametrize("environment", ["dev", "test"])
def test_no_access_goes_in_as_one_word_and_comes_out_as_two(world: World, environment: str) -> None:
    """Taking away a role that is not held is no mistake."""
    assert world.update(BEN, row(environment, "NoAccess")).status_code == 200
    assert world.roles(BEN)[environment] == "No access"


def test_a_legacy_workspace_updates_without_role_type(world: World) -> None:
    """Rows of legacy roles carry their role_type all the same."""
    world.update(CY, row("prod", "Operator", None), workspace="northwind")

    assert world.member(CY, "northwind")["roles"] == [
        {"environment_type": "dev", "role_name": "Finance builder", "role_type": "privilege_group"},
        {"environment_type": "prod", "role_name": "Operator", "role_type": "privilege_group"},
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param({"env_roles": []}, "env_roles is required", id="empty"),
        pytest.param({}, '"env_roles" is a required property', id="missing"),
        pytest.param({"env_roles": [row("dev", "Nobody")]}, "Role Nobody not found", id="unknown role"),
        pytest.param({"env_roles": [row("dev", "No access")]}, "Role No access not found", id="the read side's word"),
        pytest.param({"env_roles": [row("qa", "Member")]}, "Environment qa not found", id="unknown environment"),
        pytest.param({"env_roles": [row("dev", "Member", None)]}, "Role Member not found", id="role_type left out"),
        pytest.param(
            {"env_roles": [row("dev", "Member"), row("dev", "NoAccess")]},
            "Environment dev is named more than once",
            id="an environment twice",
        ),
    ],
)
def test_an_update_that_cannot_be_changes_nothing(world: World, body: dict[str, object], text: str) -> None:
    """400 in the invitation's words."""
    before = world.export()
    answer = world.acme.put(f"/api/members/{world.id_of(BEN)}", json=body)

    assert (answer.status_code, title(answer)) == (400, text)
    assert world.export() == before


def test_only_roles_can_be_updated(world: World) -> None:
    """A name, an email or groups beside them are not read."""
    body = {"env_roles": [row("dev", "Member")], "name": "Benjamin", "email": NEW, "user_group_ids": []}
    answer = world.acme.put(f"/api/members/{world.id_of(BEN)}", json=body)

    assert (answer.json()["data"]["name"], answer.json()["data"]["email"]) == ("Ben", BEN)
    journal = world.last()
    assert journal["unread"] == ["body name", "body email", "body user_group_ids"]
    assert world.group_members(world.group()["id"]) == [BEN]


@pytest.mark.parametrize("which", ["1", "0", "-1", "abc", "1e3", "9" * 30, "%F0%9F%A6%8A", "\u0661"])
@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("PUT", ""), ("DELETE", ""), ("GET", "/privileges")])
def test_an_unknown_collaborator_is_not_found(world: World, method: str, path: str, which: str) -> None:
    """404 with a message, whatever was asked of them."""
    body = {"env_roles": [row("dev", "Member")]} if method == "PUT" else None
    answer = world.acme.request(method, f"/api/members/{which}{path}", json=body)

    assert (answer.status_code, answer.json()) == (404, {"message": "Not found"})


def test_a_collaborator_of_another_workspace_is_not_found(world: World) -> None:
    """A token opens its own workspace only."""
    assert world.acme.get(f"/api/members/{world.id_of(CY, 'northwind')}").status_code == 404


def test_removal_is_final_and_answers_nothing(world: World) -> None:
    """204 and no body; the second time there is nobody."""
    ben = world.id_of(BEN)
    answer = world.acme.delete(f"/api/members/{ben}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert world.acme.get(f"/api/members/{ben}").status_code == 404
    assert world.acme.delete(f"/api/members/{ben}").status_code == 404


def test_the_last_administrator_stays(world: World) -> None:
    """Who administers in dev is protected until somebody else does; an admin elsewhere does not count."""
    world.update(BEN, row("prod", "Environment admin"))
    answer = world.remove(ADA)
    assert (answer.status_code, title(answer)) == (400, "The last administrator of a workspace cannot be removed")
    assert world.refused_by() == "MEM-5"

    world.update(BEN, row("dev", "Environment admin"))
    assert world.remove(ADA).status_code == 204


def test_a_custom_role_with_an_administrators_name_is_none() -> None:
    """In a legacy workspace the system role Admin is what counts."""
    world = World()
    assert world.remove(CY, "northwind").status_code == 204
    assert world.remove(BEN, "northwind").status_code == 400


def test_privileges_come_by_environment_with_folders(world: World) -> None:
    """One row per environment with the role's name, what it grants, and the folders it reaches."""
    world.update(BEN, row("prod", "Release manager"))
    rows = world.acme.get(f"/api/members/{world.id_of(BEN)}/privileges").json()

    assert rows == {
        "data": [
            {"environment_type": "dev", "name": "Member", "privileges": {}, "folder_ids": []},
            {"environment_type": "test", "name": "No access", "privileges": {}, "folder_ids": []},
            {
                "environment_type": "prod",
                "name": "Release manager",
                "privileges": {"Recipes": ["read"]},
                "folder_ids": [7],
            },
        ]
    }


def test_a_collaborator_without_roles_has_no_privileges(world: World) -> None:
    """No rows at all, where somebody with a role has one for each environment."""
    world.update(BEN, row("dev", "NoAccess"))

    assert world.acme.get(f"/api/members/{world.id_of(BEN)}/privileges").json() == {"data": []}


def test_an_api_client_cannot_add_an_account_directly(world: World) -> None:
    """`POST /api/members` is known to one client only, and does not exist by default."""
    answer = world.acme.post("/api/members", json={"email": CY})

    assert (answer.status_code, answer.json()) == (404, {"message": "Not found"})
