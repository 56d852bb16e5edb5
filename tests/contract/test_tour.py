"""A tour through every operation: each answer on the way is one that the contract writes down."""

from collections import Counter
from collections.abc import Callable
from functools import cache

import httpx
import pytest

from workato_emulator import Emulator, assumptions

from .conformance import Contract

DEV_MEMBER = {"environment_type": "dev", "name": "Member", "role_type": "environment"}
INVITATION = {"name": "Ada Berg", "email": "ada.berg@example.test", "env_roles": [DEV_MEMBER]}
ACCOUNTS = [{"name": "Kim Sato", "email": "kim.sato@example.test"}]
PEOPLE = [
    {"name": "Nora Lind", "email": "nora.lind@example.test", "id": 51877, "roles": {"dev": "Environment admin"}},
    {"name": "Omar Haddad", "email": "omar.haddad@example.test", "id": 51878, "roles": {"dev": "Member"}},
]
SEED = {
    "workspaces": {
        "acme": {
            "collaborators": PEOPLE,
            "api_clients": [
                {"name": "okta", "token": "wrkaus-acme-okta"},
                {"name": "far", "token": "wrkaus-acme-far", "environments": ["prod"]},
            ],
        },
        "northwind": {
            "permission_model": "legacy_roles",
            "environments": ["dev", "prod"],
            "roles": [{"name": "Finance builder", "privileges": {"Recipes": ["read"]}}],
            "collaborators": [{"name": "Pia Holm", "email": "pia.holm@example.test", "roles": {"dev": "Admin"}}],
            "api_clients": [{"name": "okta", "token": "wrkaus-northwind-okta"}],
        },
    },
    "accounts": ACCOUNTS,
}


def judged(client: httpx.Client, contract: Contract) -> httpx.Client:
    client.event_hooks["response"].append(contract.judge)
    return client


def tour_of_people(emulator: Emulator, client: httpx.Client) -> None:
    client.post("/api/member_invitations", json=INVITATION)
    client.post("/api/member_invitations", json=INVITATION)  # too soon
    client.post("/api/member_invitations", json=INVITATION | {"email": "nora.lind@example.test"})
    client.post("/api/member_invitations", json=INVITATION | {"email": "nobody"})
    client.post("/api/member_invitations", json={"name": "Ada Berg", "email": "ada.berg@example.test"})
    client.post("/api/member_invitations", json=INVITATION | {"user_group_ids": ["pf-no-group"]})
    client.post("/api/member_invitations", json=INVITATION | {"env_roles": [DEV_MEMBER | {"environment_type": "moon"}]})
    emulator.control.post("/workspaces/acme/invitations/ada.berg@example.test/accept")
    emulator.control.patch("/workspaces/acme/plan", json={"collaborator_limit": 0})
    client.post("/api/member_invitations", json=INVITATION | {"email": "eve.hart@example.test"})
    client.post("/api/members", json={"email": "kim.sato@example.test"})
    emulator.control.patch("/workspaces/acme/plan", json={"collaborator_limit": 100})
    client.post("/api/members", json={"email": "kim.sato@example.test"})
    client.post("/api/members", json={"email": "kim.sato@example.test"})
    client.get("/api/members", params={"email": "ADA"})
    for path in ("/api/members/51877", "/api/members/51877/privileges", "/api/members/nobody"):
        client.get(path)
    client.put("/api/members/51878", json={"env_roles": [DEV_MEMBER | {"name": "NoAccess"}]})
    client.put("/api/members/51878", json={"env_roles": [DEV_MEMBER | {"name": "Captain"}]})
    client.put("/api/members/51878", json={"env_roles": "all"})
    client.put("/api/members/0", json={"env_roles": []})
    client.delete("/api/members/51878")
    client.delete("/api/members/51878")
    client.delete("/api/members/51877")  # the last administrator
    client.get("/api/users/me")


def tour_of_folders(
    client: httpx.Client, far: httpx.Client, made: dict[str, object], inside: dict[str, object]
) -> None:
    """`made` is the folder of a project, `inside` one in it; `far` reaches neither."""
    project = f"/api/projects/{made['project_id']}"
    recipes, own = f"/api/folders/{inside['id']}", f"/api/folders/{made['id']}"
    for asker in (client, far):
        asker.get(recipes)
        asker.put(recipes, json={"name": "Flows"})
        asker.put(project, json={"name": "Salaries", "description": "Who is paid"})
    for body in ({"name": "a/b"}, {"name": 7}, {"parent_id": None}, {"parent_id": "0"}, client.get(recipes).json()):
        client.put(recipes, json=body)
    client.put(own, json={"parent_id": inside["id"]})
    client.put(project, json={"name": "a/b"})
    client.put("/api/projects/0", json={})
    client.get("/api/folders", params={"with_nested_folders": "true"})
    client.get("/api/folders", params={"with_nested_folders": "maybe"})
    client.get("/api/folders/0")
    far.delete(recipes)
    client.delete(own)
    client.delete(recipes)
    client.delete(recipes)


def tour_of_projects(client: httpx.Client, emulator: Emulator) -> None:
    far = judged(emulator.client("acme", api_client="far"), Contract("workato"))
    made = client.post("/api/folders", json={"name": "Payroll"}).json()
    client.post("/api/folders", json={"name": "Payroll"})
    client.post("/api/folders", json={"name": " "})
    client.post("/api/folders", json={"name": 7})
    client.post("/api/folders", json={"name": "Lost", "parent_id": "0"})
    inside = client.post("/api/folders", json={"name": "Recipes", "parent_id": str(made["id"])}).json()
    far.post("/api/folders", json={"name": "Lost", "parent_id": made["id"]})
    for parent in (made["id"], inside["id"], 0, "home"):
        client.get("/api/folders", params={"parent_id": parent})
    client.get("/api/folders")
    for size in ("1", "0", "many"):
        client.get("/api/projects", params={"per_page": size})
    project = f"/api/projects/{made['project_id']}"
    user = {"assignment_type": "User", "assignment_id": 51877, "project_role_id": "0"}
    role = emulator.control.get("/export").json()["workspaces"]["acme"]["project_roles"][0]
    group = client.get("/api/user_groups").json()["data"][0]["id"]
    everybody = {"assignment_type": "UserGroup", "assignment_id": group, "project_role_id": role["number"]}
    client.put(f"{project}/project_grants", json={"project_grants": [user]})
    client.put(f"{project}/project_grants", json={"project_grants": [everybody | {"assignment_type": "Robot"}]})
    client.put(f"{project}/project_grants")
    client.put("/api/projects/0/project_grants", json={"project_grants": [everybody]})
    grants = [user | {"project_role_id": role["id"]}, everybody]
    given = client.put(f"{project}/project_grants", json={"project_grants": grants}).json()["data"]
    for asker in (client, far):
        asker.get(f"{project}/project_grants", params={"page[size]": "1"})
        asker.get("/api/members/51877/project_grants")
        asker.get("/api/members/51877/projects_privileges")
        asker.get(f"/api/user_groups/{group}/project_grants")
    client.get("/api/members/0/project_grants")
    client.get("/api/members/0/projects_privileges")
    client.get("/api/user_groups/none/project_grants")
    grant = f"/api/project_grants/{given[0]['id']}"
    for asker in (client, far):
        asker.get(grant)
        asker.put(grant, json={"project_role_id": role["number"]})
    client.put(grant, json={"project_grant": {"project_role_id": "none"}})
    client.put(grant, json={})
    far.delete(grant)
    client.delete(grant)
    client.delete(grant)
    client.get(grant)
    client.put(grant, json={"project_role_id": role["id"]})
    tour_of_folders(client, far, made, inside)
    client.delete(project)
    far.delete(project)
    empty = client.post("/api/folders", json={"name": "Travel"}).json()
    client.delete(f"/api/projects/{empty['project_id']}")
    client.delete(f"/api/projects/{empty['project_id']}")


def tour_of_the_log(client: httpx.Client) -> None:
    client.get("/api/activity_logs")
    for query in ({"page[size]": "1", "page[after]": "3"}, {"page[size]": "0"}, {"from": "now"}, {"users_ids[]": "1"}):
        client.get("/api/activity_logs", params=query)


def tour_of_api_clients(client: httpx.Client) -> None:
    clients, roles = "/api/developer_api_clients", "/api/developer_api_client_roles"
    for size in ("1", "0", "1000", "many"):
        client.get(clients, params={"per_page": size})
        client.get(roles, params={"per_page": size})
    role = client.get(roles).json()["result"]["items"][0]["id"]
    wanted = {"name": "Sync", "api_privilege_group_id": role, "all_folders": True, "environment_name": "Test"}
    made = client.post(clients, json=wanted).json()["result"]["id"]
    client.post(clients, json=wanted)
    client.post(clients, json=wanted | {"name": "Other", "all_folders": False})
    client.post(clients, json={"name": "Other"})
    path = f"{clients}/{made}"
    client.get(path)
    client.put(path, json={"ip_allow_list": "192.0.2.10, 198.51.100.0/24", "all_folders": False, "folder_ids": [7]})
    client.put(path, json={"name": "okta"})
    client.put(path, json={"ip_allow_list": "everywhere"})
    client.post(f"{path}/regenerate")
    client.delete(path)
    for act in (client.get, client.delete):
        act(path)
    client.put(path, json={})
    client.post(f"{path}/regenerate")
    client.post(f"{roles}/{role}/copy")
    client.post(f"{roles}/0/copy")
    own = client.get(clients).json()["result"]["items"][0]["id"]
    client.put(f"{clients}/{own}", json={"name": "okta"})


def tour_of_roles_and_groups(client: httpx.Client, northwind: httpx.Client) -> None:
    for size in ("1", "0", "1000", "many"):
        client.get("/api/environment_roles", params={"page[size]": size})
        client.get("/api/user_groups", params={"page[size]": size})
        northwind.get("/api/roles", params={"per_page": size})
    first = client.get("/api/environment_roles").json()["data"][0]["id"]
    client.get(f"/api/environment_roles/{first}")
    client.get("/api/environment_roles/0")
    northwind.get("/api/members")
    tour_of_custom_roles(client, northwind)
    made = client.post("/api/user_groups", json={"user_group": {"name": "Auditors"}}).json()["data"]["id"]
    client.post("/api/user_groups", json={"user_group": {"name": "Auditors"}})
    client.post("/api/user_groups", content=b"{")
    group = f"/api/user_groups/{made}"
    client.get(group)
    client.put(group, json={"user_group": {"name": "Audit", "description": "Year end"}})
    client.put(group, json={"user_group": {"name": "All collaborators"}})
    client.post(f"{group}/members", params={"user_ids": [51877]})
    client.post(f"{group}/members", json={"user_ids": [51877, 4]})
    client.post(f"{group}/members")
    client.get(f"{group}/members", params={"page[number]": "2"})
    client.get(f"{group}/members")
    client.request("DELETE", f"{group}/members", json={"user_ids": [51877]})
    client.delete(group)
    client.delete(group)
    system = next(each["id"] for each in client.get("/api/user_groups").json()["data"] if each["system"])
    client.put(f"/api/user_groups/{system}", json={"user_group": {"name": "Everybody"}})
    client.delete(f"/api/user_groups/{system}")


def tour_of_custom_roles(client: httpx.Client, northwind: httpx.Client) -> None:
    for kind in ("environment_role", "project_role"):
        path = f"/api/{kind}s"
        client.get(path, params={"page[size]": "0"})
        made = client.post(path, json={kind: {"name": "Lead", "config": {"a": [1]}, "inheritable": True}})
        role = f"{path}/{made.json()['data']['id']}"
        client.post(path, json={kind: {"name": "Lead"}})
        client.post(path, json={})
        client.get(role)
        client.put(role, json={kind: {"name": "Chief", "config": {}}})
        client.put(role, json={kind: {"name": 7}})
        client.delete(role)
        client.delete(role)
        listed = client.get(path).json()["data"]
        system = next(each["id"] for each in listed if each["type"] == "system")
        client.put(f"{path}/{system}", json={kind: {"name": "Mine", "config": {}}})
        client.delete(f"{path}/{system}")
    custom = northwind.get("/api/roles").json()[0]["id"]
    northwind.put(f"/api/roles/{custom}", json={"folder_ids": [4]})
    northwind.put(f"/api/roles/{custom}", json={})
    northwind.put("/api/roles/0", json={"all_folders": True})
    northwind.post(f"/api/roles/{custom}/copy")
    northwind.post("/api/roles/0/copy")
    northwind.post("/api/roles_migration/custom_role", json={"role_id": custom, "dry_run": True})
    northwind.post("/api/roles_migration/custom_role", json={"role_id": custom})
    northwind.post("/api/roles_migration/custom_role", json={"role_id": 0})
    northwind.post("/api/roles_migration/custom_role", json={"role_id": 1})
    for body in ({"dry_run": True}, {"dry_run": "no"}, {}, {}):
        northwind.post("/api/roles_migration/system_roles", json=body)


TOURS: tuple[Callable[[Emulator, httpx.Client, httpx.Client], None], ...] = (
    lambda _, client, northwind: tour_of_roles_and_groups(client, northwind),
    lambda emulator, client, _: tour_of_projects(client, emulator),
    lambda emulator, client, _: tour_of_people(emulator, client),
    lambda _, client, __: tour_of_api_clients(client),
)


def taken(number: int, **assumed: str) -> tuple[Counter[str], set[str]]:
    """The operations that were met on this tour, in a world of its own, and the assumptions that were consulted."""
    contract = Contract("workato")
    consulted: set[str] = set()
    emulator = Emulator({**SEED, "assumptions": {"direct_addition": "present"} | assumed}, consulted=consulted)
    client, northwind = (judged(emulator.client(workspace), contract) for workspace in ("acme", "northwind"))
    TOURS[number](emulator, client, northwind)
    tour_of_the_log(client)
    return contract.met, consulted


@cache
def as_assumed() -> tuple[tuple[Counter[str], set[str]], ...]:
    return tuple(map(taken, range(len(TOURS))))


def test_the_developer_api_answers_as_written() -> None:
    """Every operation's successes and refusals are in the contract."""
    met = {operation for operations, _ in as_assumed() for operation in operations}

    assert met == {route.operation for route in Contract("workato").routes}


@pytest.mark.parametrize("number", [0, *(pytest.param(each, marks=pytest.mark.long) for each in range(1, len(TOURS)))])
def test_the_developer_api_answers_as_written_whatever_is_assumed(number: int) -> None:
    """A tour is taken again under what it consulted: under anything else it would be the same.

    What no tour comes across is judged where each assumption is probed.
    """
    _, consulted = as_assumed()[number]
    open_here = [each for each in assumptions() if each.id in consulted]
    again = [taken(number, **{each.id: value}) for each in open_here for value in each.alternatives]

    assert len(open_here) > 10
    assert all(met for met, _ in again)


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        pytest.param(lambda client: client.get("/api/members", headers={"Authorization": ""}), 401, id="no token"),
        pytest.param(lambda client: client.get("/api/roles"), 401, id="the other model"),
        pytest.param(lambda client: client.post("/api/user_groups", content=b" " * 1_048_577), 413, id="too large"),
        pytest.param(lambda client: [client.get("/api/members") for _ in range(61)][-1], 429, id="too many"),
    ],
)
def test_a_request_turned_away_at_the_door_is_answered_as_written(
    ask: Callable[[httpx.Client], httpx.Response], status: int
) -> None:
    """What is refused before any operation looks at it has its place in the contract too."""
    client = judged(Emulator(SEED).client("acme"), Contract("workato"))

    assert ask(client).status_code == status


def test_scim_answers_as_written() -> None:
    """Every operation's successes and refusals are in the contract."""
    contract = Contract("scim")
    emulator = Emulator(SEED | {"assumptions": {"scim_rate_limit": "none"}})
    emulator.control.patch("/workspaces/acme/scim", json={"licensed": True, "sso": True})
    emulator.control.post("/workspaces/acme/scim/token", json={"token": "scim-acme"})
    client = judged(emulator.scim("acme"), contract)
    tour_of_users(client)
    for groups in ("absent", "empty_list", "served"):
        emulator.control.patch("/assumptions", json={"scim_groups": groups})
        tour_of_scim_groups(client)
    for path in ("ServiceProviderConfig", "ResourceTypes", "ResourceTypes/User", "Schemas", "Schemas/urn:x", "Me"):
        client.get(f"/{path}", params={} if path != "ResourceTypes" else {"filter": "name pr"})
    client.get("/ResourceTypes/Group")
    for path in ("Bulk", ".search", "Users/.search"):
        client.post(f"/{path}", json={})
    client.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User")

    assert set(contract.met) == {route.operation for route in contract.routes}


def tour_of_users(client: httpx.Client) -> None:
    user = {"userName": "ada.berg@example.test", "name": {"givenName": "Ada", "familyName": "Berg"}, "active": True}
    made = client.post("/Users", json=user)
    path = f"/Users/{made.json()['id']}"
    client.post("/Users", json=user)
    client.post("/Users", json={"userName": "ada"})
    client.post("/Users", content=b"userName=ada", headers={"Content-Type": "application/x-www-form-urlencoded"})
    client.post("/Users", content=b" " * 1_100_000)
    client.get("/Users", headers={"Authorization": ""})
    for query in ({}, {"filter": 'userName eq "ada.berg@example.test"'}, {"filter": "userName"}, {"count": "none"}):
        client.get("/Users", params=query)
    client.get(path, params={"attributes": "userName"})
    client.get(path, params={"attributes": "userName", "excludedAttributes": "name"})
    client.put(path, json=user | {"title": "Dr"})
    client.put(path, json=user | {"userName": "other@example.test"})
    for active in ("False", "maybe", True):
        client.patch(path, json={"Operations": [{"op": "replace", "path": "active", "value": active}]})
    client.patch("/Users/51877", json={"Operations": [{"op": "replace", "value": {"active": False}}]})
    client.delete(path)
    client.delete(path)
    for missing in (client.get, client.delete):
        missing("/Users/0")


def tour_of_scim_groups(client: httpx.Client) -> None:
    made = client.post("/Groups", json={"displayName": "Night shift", "members": [{"value": "51877"}]}).json()
    client.post("/Groups", json={"displayName": "Night shift"})
    client.get("/Groups", params={"filter": 'displayName eq "night shift"'})
    path = f"/Groups/{made.get('id', 'pf-nothing')}"
    client.get(path)
    client.put(path, json={"displayName": "Day shift", "members": []})
    operations = [
        {"op": "replace", "value": {"id": made.get("id"), "displayName": "Night shift"}},
        {"op": "add", "path": "members", "value": [{"value": "51877"}]},
        {"op": "remove", "path": 'members[value eq "51877"]'},
    ]
    client.patch(path, json={"Operations": operations})
    client.patch(path, json={"Operations": [{"op": "replace", "path": "owner", "value": "ada"}]})
    client.delete(path)


def tour_of_the_harness(client: httpx.Client) -> None:
    for path in (
        "health",
        "openapi",
        "openapi/workato.yaml",
        "export",
        "clock",
        "snapshots",
        "journal",
        "rules",
        "assumptions",
        "faults",
        "workspaces",
    ):
        client.get(path)
    client.put("clock", json={"now": "2026-02-02T09:00:00.000-08:00"})
    client.put("clock", json={"now": "2026-02-30T09:00:00Z"})
    client.post("clock/advance", json={"seconds": 1200})
    client.post("clock/advance", json={"seconds": "long"})
    client.put("snapshots/here")
    client.put("snapshots/no%20name")
    client.get("diff", params={"from": "here"})
    client.get("diff", params={"to": "nowhere"})
    client.post("snapshots/here/restore")
    client.delete("snapshots/here")
    client.delete("snapshots/here")
    client.get("journal", params={"after": "3", "limit": "2"})
    client.get("journal", params={"limit": "0"})
    client.get("journal", params={"operation": "nothing"})
    client.get("journal", params={"status": "4xx"})
    client.get("journal.har")
    client.get("journal.har", params={"limit": "0"})
    client.get("journal/judgement")
    client.delete("journal")
    client.get("strict")
    for strict in (True, "yes", False):
        client.put("strict", json={"strict": strict})
    for act in ("suspend", "resume"):
        client.post(f"rules/INV-1/{act}")
        client.post(f"rules/INV-0/{act}")
    client.get("rules/INV-1")
    client.patch("assumptions", json={"error_envelope": "message"})
    client.patch("assumptions", json={"error_envelop": "message"})
    client.post("faults", json={"operation": "listCollaborators", "status": 503, "count": 2})
    client.post("faults", json={"operation": "listCollaborator", "status": 503, "count": 2})
    client.post("faults", json={"operation": "listCollaborators", "effect": "rate_limited", "retry_after_form": "none"})
    client.post("faults", json={"operation": "listCollaborators", "effect": "late"})
    client.get("faults")
    client.delete("faults")


def tour_of_the_admins_hand(client: httpx.Client) -> None:
    for name, act in (("ada", "accept"), ("bo", "decline"), ("cy", "cancel"), ("di", "expire")):
        client.get("workspaces/acme/invitations")
        client.post(f"workspaces/acme/invitations/{name}@example.test/{act}")
        client.post(f"workspaces/acme/invitations/nobody@example.test/{act}")
    person = {"name": "Max Ruiz", "email": "max.ruiz@example.test", "roles": {"dev": "Member"}}
    client.post("workspaces/acme/collaborators", json=person)
    client.post("workspaces/acme/collaborators", json=person)
    client.post("workspaces/acme/collaborators", json=person | {"email": "max"})
    client.post("workspaces/acme/collaborators", json=person | {"nickname": "Max"})
    client.put(
        "workspaces/acme/collaborators/max.ruiz@example.test/roles", json={"roles": {"dev": "Environment admin"}}
    )
    client.put("workspaces/acme/collaborators/max.ruiz@example.test/roles", json={"roles": {"dev": "Captain"}})
    client.delete("workspaces/acme/collaborators/max.ruiz@example.test")
    client.patch("workspaces/acme/plan", json={"churn_limit": 3, "invitation_lifetime_seconds": 604800})
    client.post("workspaces/acme/environments", json={"name": "qa"})
    client.post("workspaces/acme/environments", json={"name": "qa"})
    client.post("workspaces/acme/roles", json={"name": "Release manager"})
    client.post("workspaces/acme/roles", json={"name": "Release manager"})
    client.put("workspaces/acme/roles/Release manager", json={"name": "Release captain"})
    client.delete("workspaces/acme/roles/Release captain")
    client.delete("workspaces/acme/roles/Member")
    client.post("workspaces/acme/groups", json={"name": "Night shift", "description": "Whoever is awake"})
    client.post("workspaces/acme/groups", json={"name": "Night shift"})
    client.patch("workspaces/acme/groups/Night shift/members", json={"add": ["ada@example.test"]})
    client.patch("workspaces/acme/groups/Night shift/members", json={"remove": ["nobody@example.test"]})
    client.delete("workspaces/acme/groups/Night shift")
    client.delete("workspaces/acme/groups/All collaborators")
    client.patch("workspaces/acme/api_clients/okta", json={"token": "wrkaus-acme-2", "environments": ["dev"]})
    client.patch("workspaces/acme/api_clients/okta", json={"token": "wrkaus-northwind-okta"})
    client.post("workspaces/acme/client_roles", json={"name": "Reader", "privileges": ["roles.list"]})
    client.post("workspaces/acme/client_roles", json={"name": "Reader"})
    client.post("workspaces/acme/client_roles", json={"name": "Writer", "privileges": ["roles.write"]})
    client.patch("workspaces/acme/api_clients/okta", json={"role": "Reader", "ip_allow_list": ["192.0.2.10"]})
    client.patch("workspaces/acme/api_clients/okta", json={"ip_allow_list": ["everywhere"]})
    client.patch("workspaces/acme/client_roles/Reader", json={"name": "Lister", "privileges": []})
    client.delete("workspaces/acme/client_roles/Lister")
    client.delete("workspaces/acme/client_roles/Lister")
    client.get("workspaces")
    for changes in ({"licensed": True}, {"sso": True, "jit": True, "role_sync": True}, {"licenced": True}):
        client.patch("workspaces/acme/scim", json=changes)
    for token in ("scim-acme", "wrkaus-northwind-okta", "two words"):
        client.post("workspaces/acme/scim/token", json={"token": token})
    client.post("workspaces/northwind/scim/token")
    for email, roles in (("nora.lind@example.test", {"test": "Member"}), ("eva", {}), ("eva@example.test", {})):
        client.post("workspaces/acme/sign_ins", json={"email": email, "roles": roles})
    client.post("workspaces/northwind/sign_ins", json={"email": "pia.holm@example.test"})
    client.delete("workspaces/acme/scim/token")
    client.get("workspaces")
    client.delete("workspaces/acme/api_clients/okta")
    client.put("workspaces/acme/permission_model", json={"permission_model": "legacy_roles"})
    client.get("workspaces/nowhere/invitations")


def test_the_control_plane_answers_as_written() -> None:
    """Every operation's successes and refusals are in the contract, the journal of an odd request included."""
    contract = Contract("control")
    emulator = Emulator(SEED)
    for name in ("ada", "bo", "cy", "di"):
        emulator.client("acme").post(
            "/api/member_invitations", json=INVITATION | {"email": f"{name}@example.test", "nickname": name}
        )
    emulator.client("acme").post("/api/member_invitations", content=b"\xff")
    client = judged(emulator.control, contract)
    tour_of_the_harness(client)
    tour_of_the_admins_hand(client)
    for holder in ("0123456789abcdef", "fedcba9876543210", ""):
        client.put("lease", json={"holder": holder, "ids_seed": 0})
    client.delete("lease")
    client.put("seed", json=client.get("export").json())
    client.post("reset")

    assert set(contract.met) == {route.operation for route in contract.routes}


@pytest.mark.parametrize(
    ("document", "status"),
    [
        pytest.param({"workspaces": {"acme": {}}}, 200, id="bare"),
        pytest.param(SEED, 200, id="a whole world"),
        pytest.param({"workspaces": {}}, 400, id="no workspace"),
        pytest.param({"workspaces": {"Acme": {}}}, 400, id="a name in capitals"),
        pytest.param({"workspaces": {"acme": {"colaborators": []}}}, 422, id="a misspelt key"),
        pytest.param({"workspaces": {"acme": {}}, "accounts": [{}]}, 422, id="a person without a name"),
        pytest.param({"workspaces": {"acme": {}}, "assumptions": {"removal_answer": "2"}}, 422, id="no such choice"),
        pytest.param([], 400, id="a list"),
        pytest.param(None, 400, id="nothing"),
    ],
)
def test_a_seed_is_taken_or_refused_as_written(document: object, status: int) -> None:
    """The operation that fuzzing leaves out: a good document replaces the world, a bad one changes nothing."""
    emulator = Emulator(SEED)
    before = emulator.control.get("/export").json()
    client = judged(emulator.control, Contract("control"))
    answer = client.put("/seed", json=document) if document is not None else client.put("/seed")

    assert answer.status_code == status, answer.text
    assert answer.is_success or client.get("/export").json() == before
