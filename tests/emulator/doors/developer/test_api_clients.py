"""API clients as people manage them: made, shown, given other folders and addresses, given another token, ended."""

from typing import Any

import httpx
import pytest

from workato_emulator import Emulator

from ...world import ACME, NORTHWIND, Json, World

CLIENTS = "/api/developer_api_clients"
ROLES = "/api/developer_api_client_roles"


def wanted(client: httpx.Client, **fields: Json) -> dict[str, Any]:
    """What creates a client for development that sees all folders."""
    role = client.get(ROLES).json()["result"]["items"][0]["id"]
    usual = {"name": "Sync", "api_privilege_group_id": role, "all_folders": True, "environment_name": "Development"}
    return usual | fields


def make(world: World, **fields: Json) -> Json:
    answer = world.acme.post(CLIENTS, json=wanted(world.acme, **fields))
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


def as_client(world: World, token: str, **where: str) -> httpx.Client:
    return world.emulator.client("acme", token=token, **where)


def test_a_client_is_made_and_works_at_once(world: World) -> None:
    """The answer is the one place that shows its token."""
    made = make(world)
    token = made["token"].pop("value")

    assert as_client(world, token).get("/api/members").status_code == 200
    assert token.startswith("wrkaus-")
    assert world.acme.get(f"{CLIENTS}/{made['id']}").json() == {"result": made}
    assert token not in world.acme.get(CLIENTS).text
    assert made | {"id": 1, "created_at": "", "updated_at": "", "token": "", "environment_id": 2} == {
        "id": 1,
        "name": "Sync",
        "api_privilege_group_id": made["api_privilege_group_id"],
        "created_at": "",
        "updated_at": "",
        "all_folders": True,
        "folder_ids": [],
        "environment_name": "Development",
        "environment_id": 2,
        "ip_allow_list": None,
        "token": "",
    }


def test_equal_worlds_make_equal_tokens() -> None:
    """A test may be written down with its tokens in it; two clients of one world never share one."""
    first, again = (World() for _ in range(2))

    tokens = [make(first, name=name)["token"]["value"] for name in ("One", "Two")]
    assert tokens == [make(again, name=name)["token"]["value"] for name in ("One", "Two")]
    assert len(set(tokens)) == 2


def test_a_regenerated_token_ends_the_old_one(world: World) -> None:
    """At once, and the client stays the same client."""
    made = make(world)
    again = world.acme.post(f"{CLIENTS}/{made['id']}/regenerate").json()["result"]

    assert again["id"] == made["id"]
    assert as_client(world, made["token"]["value"]).get("/api/members").status_code == 401
    assert as_client(world, again["token"]["value"]).get("/api/members").status_code == 200


def test_a_client_tells_when_it_and_its_token_were_changed(world: World) -> None:
    """A change moves `updated_at`, another token the time of the token, by whichever door; `created_at` stays."""
    made = make(world)
    path = f"{CLIENTS}/{made['id']}"

    def times() -> list[str]:
        shown = world.acme.get(path).json()["result"]
        return [shown[each][11:16] for each in ("created_at", "updated_at")] + [shown["token"]["updated_at"][11:16]]

    first = "09:00"
    assert times() == [first, first, first]
    world.advance(60)
    world.acme.put(path, json={"name": "Nightly sync"})
    assert times() == [first, "09:01", first]
    world.advance(60)
    world.acme.post(f"{path}/regenerate")
    assert times() == [first, "09:01", "09:02"]
    world.advance(60)
    world.control.patch("/workspaces/acme/api_clients/Nightly sync", json={"token": "by-hand"})
    assert times() == [first, "09:03", "09:03"]


def test_a_client_that_may_see_all_folders_again_has_no_list(world: World) -> None:
    """What a change leaves out keeps its value; `all_folders` empties the list."""
    path = f"{CLIENTS}/{make(world, all_folders=False, folder_ids=[7])['id']}"
    renamed = world.acme.put(path, json={"name": "Nightly sync"}).json()["result"]
    assert (renamed["all_folders"], renamed["folder_ids"]) == (False, [7])

    opened = world.acme.put(path, json={"all_folders": True}).json()["result"]
    assert (opened["all_folders"], opened["folder_ids"]) == (True, [])


def test_the_client_endpoints_share_a_quota_of_their_own(world: World) -> None:
    """Clients and client roles together; collaborators are counted apart."""
    world.plan(requests_per_minute=2)
    answers = [world.acme.get(path).status_code for path in (CLIENTS, ROLES, CLIENTS, ROLES, "/api/members")]

    assert answers == [200, 200, 429, 429, 200]


def test_without_further_environments_a_client_need_not_name_one() -> None:
    """Everything is development there."""
    emulator = Emulator({"workspaces": {"acme": {"environments": ["dev"]}}})
    acme = emulator.client("acme")
    fields = wanted(acme)
    del fields["environment_name"]
    made = acme.post(CLIENTS, json=fields).json()["result"]

    assert (made["environment_name"], made["environment_id"]) == (None, None)
    mine = emulator.client("acme", api_client=made["name"])
    assert mine.get("/api/members").status_code == 200


def test_a_deleted_client_is_nobody(world: World) -> None:
    """Its token answers 401, its id 404."""
    made = make(world)
    assert world.acme.delete(f"{CLIENTS}/{made['id']}").status_code == 204

    assert as_client(world, made["token"]["value"]).get("/api/members").status_code == 401
    assert [ask(f"{CLIENTS}/{made['id']}").status_code for ask in (world.acme.get, world.acme.delete)] == [404, 404]


def test_a_deleted_client_role_turns_its_clients_away_at_once(world: World) -> None:
    """The clients stay in the list, without a role, and work again with another one."""
    world.control.post("/workspaces/acme/client_roles", json={"name": "Sync", "privileges": ["collaborators.list"]})
    roles = {each["name"]: each["id"] for each in world.acme.get(ROLES).json()["result"]["items"]}
    made = make(world, api_privilege_group_id=roles["Sync"])
    sync = as_client(world, made["token"]["value"])
    assert sync.get("/api/members").status_code == 200

    assert world.control.delete("/workspaces/acme/client_roles/Sync").status_code == 204
    assert sync.get("/api/members").status_code == 401
    assert world.acme.get(f"{CLIENTS}/{made['id']}").json()["result"]["api_privilege_group_id"] is None

    world.acme.put(f"{CLIENTS}/{made['id']}", json={"api_privilege_group_id": roles["okta"]})
    assert sync.get("/api/members").status_code == 200


def test_a_copied_client_role_allows_what_the_first_one_does(world: World) -> None:
    """Under a name of its own, as often as one likes."""
    role = world.acme.get(ROLES).json()["result"]["items"][0]
    copies = [world.acme.post(f"{ROLES}/{role['id']}/copy").json()["result"] for _ in range(2)]

    assert [each["name"] for each in copies] == ["Copy of okta", "Copy of okta (2)"]
    token = make(world, api_privilege_group_id=copies[1]["id"])["token"]["value"]
    assert as_client(world, token).get("/api/members").status_code == 200


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"name": "okta"}, "Name okta has already been taken"),
        ({"name": " "}, "Name can't be blank"),
        ({"api_privilege_group_id": 4711}, "API privilege group not found"),
        ({"all_folders": False}, "folder_ids is required"),
        ({"all_folders": False, "folder_ids": []}, "folder_ids is required"),
        ({"environment_name": "Staging"}, "Environment Staging not found"),
        ({"ip_allow_list": "192.0.2.10, nowhere"}, "ip_allow_list: nowhere is not an IP address or network"),
    ],
    ids=["name taken", "no name", "no such role", "no folders", "an empty list", "no such environment", "no address"],
)
def test_a_client_that_cannot_be_is_refused(world: World, fields: dict[str, Any], title: str) -> None:
    """In the vendor's envelope, and nothing has changed."""
    before = world.export()
    answer = world.acme.post(CLIENTS, json=wanted(world.acme, **fields))

    assert (answer.status_code, answer.json()["errors"][0]["title"]) == (400, title)
    assert world.export() == before


def test_a_client_for_some_folders_sees_these_and_what_is_in_them(world: World) -> None:
    """Of projects, folders and grants; it makes folders there and no projects."""
    payroll, travel = (world.acme.post("/api/folders", json={"name": name}).json() for name in ("Payroll", "Travel"))
    inside = world.acme.post("/api/folders", json={"name": "Recipes", "parent_id": payroll["id"]}).json()
    token = make(world, all_folders=False, folder_ids=[payroll["id"]])["token"]["value"]
    sync = as_client(world, token)

    assert [each["name"] for each in sync.get("/api/projects").json()] == ["Payroll"]
    assert [each["name"] for each in sync.get("/api/folders").json()] == ["Payroll"]
    assert [each["id"] for each in sync.get("/api/folders", params={"parent_id": payroll["id"]}).json()] == [
        inside["id"]
    ]
    assert sync.get("/api/folders", params={"parent_id": travel["id"]}).status_code == 403
    assert sync.get(f"/api/projects/{travel['project_id']}/project_grants").status_code == 403
    assert sync.post("/api/folders", json={"name": "More", "parent_id": inside["id"]}).status_code == 200
    before = world.export()
    assert sync.post("/api/folders", json={"name": "Another project"}).status_code == 403
    assert sync.delete(f"/api/projects/{travel['project_id']}").status_code == 403
    assert world.export() == before


@pytest.mark.parametrize(
    ("listed", "address", "status"),
    [
        ("192.0.2.10", "192.0.2.10", 200),
        ("192.0.2.10", "192.0.2.11", 401),
        ("198.51.100.0/24, 192.0.2.10", "198.51.100.77", 200),
        ("198.51.100.0/24", "198.51.101.1", 401),
        ("198.51.100.7/24", "198.51.100.200", 200),
        ("2001:db8::/32", "2001:db8::7", 200),
        ("192.0.2.10", "::ffff:192.0.2.10", 200),
        ("192.0.2.10", "2001:db8::7", 401),
        ("192.0.2.10", "no address", 401),
        ("", "203.0.113.9", 200),
        ("", "no address", 200),
    ],
    ids=[
        "itself",
        "another",
        "in a network",
        "beside it",
        "sloppy network",
        "v6",
        "v4 seen as v6",
        "v6 for v4",
        "a socket without addresses",
        "empty",
        "empty, without addresses",
    ],
)
def test_an_allow_list_lets_in_who_is_on_it(world: World, listed: str, address: str, status: int) -> None:
    """Addresses and networks, separated by commas; an empty list lets in everybody."""
    token = make(world, ip_allow_list=listed)["token"]["value"]

    assert as_client(world, token, address=address).get("/api/members").status_code == status


DATA_CENTERS: dict[str, Any] = {
    "workspaces": {
        "acme": ACME,
        "eu": NORTHWIND | {"data_center": "eu", "api_clients": [{"name": "okta", "token": "eu-okta"}]},
        "private": {"data_center": "workato.example.test"},
        "trial": {"data_center": "trial"},
    }
}


@pytest.mark.parametrize(
    ("workspace", "host", "status"),
    [
        ("acme", "www.workato.com", 200),
        ("acme", "app.workato.com", 200),
        ("acme", "APP.workato.com:443", 200),
        ("acme", "app.eu.workato.com", 401),
        ("eu", "app.eu.workato.com", 200),
        ("eu", "www.workato.com", 401),
        ("private", "workato.example.test", 200),
        ("private", "www.workato.com", 401),
        ("acme", "workato.example.test", 401),
        ("trial", "app.trial.workato.com", 200),
        ("eu", "localhost", 200),
        ("eu", "127.0.0.1:3000", 200),
        ("eu", "emulator", 200),
    ],
)
def test_a_token_opens_its_own_data_center(workspace: str, host: str, status: int) -> None:
    """By the real host names. A host that belongs to no data center, such as a local one, answers for all of them."""
    client = Emulator(DATA_CENTERS).client(workspace, host=host)

    assert client.get("/api/members").status_code == status


@pytest.mark.parametrize("host", ["app.eu.workato.com:443", "APP.EU.WORKATO.COM", "App.eu.workato.com:8443"])
def test_a_host_is_the_same_however_it_is_written(world: World, host: str) -> None:
    """In capitals or with a port: it is still another data center's."""
    assert world.acme.get("/api/members", headers={"Host": host}).status_code == 401


def test_a_new_token_says_where_it_works() -> None:
    """A made and a regenerated one alike."""
    eu = Emulator(DATA_CENTERS).client("eu", host="app.eu.workato.com")
    made = eu.post(CLIENTS, json=wanted(eu)).json()["result"]
    again = eu.post(f"{CLIENTS}/{made['id']}/regenerate").json()["result"]

    assert [each["token"]["value"][:7] for each in (made, again)] == ["wrkaeu-", "wrkaeu-"]


@pytest.mark.parametrize(
    ("workspace", "prefix"),
    [("acme", "acme-okta"), ("private", "wrka-private-okta"), ("trial", "wrkatrial-trial-okta")],
)
def test_a_readable_token_says_its_region(workspace: str, prefix: str) -> None:
    """Where a seed gives none; a data center without a region of its own has no letters for it."""
    assert Emulator(DATA_CENTERS).token(workspace) == prefix


@pytest.mark.parametrize(
    ("data_center", "message"),
    [("mars", "no data center"), ("app.eu.workato.com", "that host is a public data center's")],
)
def test_a_data_center_that_cannot_be_is_refused(world: World, data_center: str, message: str) -> None:
    """By the seed, with what could have been meant."""
    answer = world.control.put("/seed", json={"workspaces": {"acme": {"data_center": data_center}}})

    assert answer.status_code == 422
    assert answer.json()["error"]["place"] == "workspaces.acme.data_center"
    assert message in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"X-User-Token": "acme-okta", "X-User-Email": "root@acme.example.test"}, ""),
        ({}, "?user_token=acme-okta&user_email=root@acme.example.test"),
    ],
    ids=["headers", "query"],
)
def test_legacy_keys_open_nothing(world: World, headers: dict[str, str], query: str) -> None:
    """They were turned off in 2025: 401, and the journal does not keep them."""
    client = httpx.Client(transport=world.emulator.transport, base_url="http://emulator")
    assert client.get(f"/api/members{query}", headers=headers).status_code == 401

    assert "acme-okta" not in world.control.get("/journal").text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/managed_users/7/members"),
        ("POST", "/api/managed_users/7/member_invitations"),
        ("GET", "/api/v2/managed_users/7/developer_api_clients"),
        ("GET", "/api/iam/users"),
        ("POST", "/oauth/token"),
    ],
)
def test_what_is_declined_says_why(world: World, method: str, path: str) -> None:
    """501, with the operation and the reason: nobody shall take it for a gap."""
    answer = world.acme.request(method, path)

    assert (answer.status_code, answer.json()["error"]["code"]) == (501, "declined")
    assert answer.json()["error"]["message"].startswith(f"{method} {path} is not emulated: ")


def test_clients_and_their_roles_survive_an_export(world: World) -> None:
    """With ids, times, folders, addresses and a role that is gone."""
    world.control.post("/workspaces/acme/client_roles", json={"name": "Sync", "privileges": ["collaborators.list"]})
    roles = {each["name"]: each["id"] for each in world.acme.get(ROLES).json()["result"]["items"]}
    fields = {"all_folders": False, "folder_ids": [7], "ip_allow_list": "192.0.2.10"}
    path = f"{CLIENTS}/{make(world, api_privilege_group_id=roles['Sync'], **fields)['id']}"
    world.advance(60)
    world.acme.put(path, json={"name": "Nightly sync"})
    world.advance(60)
    world.acme.post(f"{path}/regenerate")
    world.control.delete("/workspaces/acme/client_roles/Sync")
    exported = world.export()

    assert World(exported).export() == exported


def test_a_snapshot_brings_a_dead_token_back(world: World) -> None:
    """And ends the one that took its place: what opens the door is part of the state."""
    made = make(world)
    world.control.put("/snapshots/before")
    again = world.acme.post(f"{CLIENTS}/{made['id']}/regenerate").json()["result"]
    tokens = [each["token"]["value"] for each in (made, again)]
    assert [as_client(world, each).get("/api/members").status_code for each in tokens] == [401, 200]

    assert world.control.post("/snapshots/before/restore").status_code == 204
    assert [as_client(world, each).get("/api/members").status_code for each in tokens] == [200, 401]


@pytest.mark.parametrize("place", ["token.value", "token"])
def test_the_journal_keeps_no_new_token(world: World, place: str) -> None:
    """Neither a made nor a regenerated one, wherever the answer shows it."""
    world.assume(new_token_place=place)
    answers = [world.acme.post(CLIENTS, json=wanted(world.acme)).json()]
    answers.append(world.acme.post(f"{CLIENTS}/{answers[0]['result']['id']}/regenerate").json())
    tokens = [each["token"] if place == "token" else each["result"]["token"]["value"] for each in answers]

    told = world.control.get("/journal").text + world.control.get("/journal.har").text
    assert "developer_api_clients" in told
    assert not [each for each in tokens if each in told]


def test_every_act_on_a_client_is_in_the_log(world: World) -> None:
    """With the client as its resource, through both doors."""
    made = make(world)
    path = f"{CLIENTS}/{made['id']}"
    world.acme.put(path, json={"name": "Nightly sync"})
    world.acme.post(f"{path}/regenerate")
    world.control.patch("/workspaces/acme/api_clients/second", json={"ip_allow_list": ["192.0.2.10"]})
    world.acme.delete(path)

    told = [(entry["event_type"], entry["resource"]["name"]) for entry in reversed(world.log())]
    assert told == [
        ("api_client_created", "Sync"),
        ("api_client_updated", "Nightly sync"),
        ("api_client_token_regenerated", "Nightly sync"),
        ("api_client_updated", "second"),
        ("api_client_deleted", "Nightly sync"),
    ]


def test_a_refused_change_changes_nothing(world: World) -> None:
    """Neither the client nor its token."""
    before = world.export()
    own = next(each["id"] for each in world.acme.get(CLIENTS).json()["result"]["items"] if each["name"] == "second")

    for body in ({"name": "okta"}, {"all_folders": False}, {"ip_allow_list": "nowhere"}, {"environment_name": "Mars"}):
        assert world.acme.put(f"{CLIENTS}/{own}", json=body).status_code == 400
    assert world.export() == before


def test_a_seed_says_one_thing_about_a_client() -> None:
    """A role by name, or privileges of its own."""
    client = {"name": "sync", "token": "t", "role": "Okta", "privileges": ["collaborators.list"]}
    seed = {"workspaces": {"acme": {"client_roles": [{"name": "Okta"}], "api_clients": [client]}}}

    with pytest.raises(ValueError, match="write one or the other"):
        Emulator(seed)
    with pytest.raises(ValueError, match="no client role called 'Oktaa'; did you mean 'Okta'"):
        Emulator(
            {
                "workspaces": {
                    "acme": {
                        "client_roles": [{"name": "Okta"}],
                        "api_clients": [{"name": "sync", "token": "t", "role": "Oktaa"}],
                    }
                }
            }
        )


def test_a_page_counts_the_clients_of_all_pages(world: World) -> None:
    """Two clients, one to a page."""
    pages = [world.acme.get(CLIENTS, params={"per_page": 1, "page": page}).json()["result"] for page in (1, 2, 3)]

    assert [page["count"] for page in pages] == [2, 2, 2]
    assert [[each["name"] for each in page["items"]] for page in pages] == [["okta"], ["second"], []]
