"""Every rule of the emulator can be told to be silent, and the wire shows it.

`PROBES` has one small conversation per rule. Its answer has to change while the rule is suspended, and to be the same
again once it is resumed.
"""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from workato_emulator import Standing, rules

from ..world import ACME, ADA, BEN, CY, NEW, NORTHWIND, Json, World, row
from .scim_rules import SCIM_RULES

GROUPS = "/api/user_groups"
MO = "mo@example.test"
SEED: dict[str, Any] = {
    "workspaces": {
        "acme": ACME
        | {
            "api_clients": [
                {"name": "okta", "token": "acme-okta"},
                {"name": "reader", "token": "acme-reader", "privileges": ["roles.list"]},
                {"name": "prod only", "token": "acme-prod", "environments": ["prod"]},
            ],
            "collaborators": [
                *ACME["collaborators"],
                {"name": "Mo", "email": MO, "grant_type": "federation_manager", "roles": {"dev": "Member"}},
            ],
            "project_roles": [{"name": "Reviewer", "id": "pr-MnOpQrSt-UvWxYz"}],
            "projects": [*ACME.get("projects", []), {"name": "Audit", "grants": [{"user": BEN, "role": "Reviewer"}]}],
        },
        "harbor": {"parent": "acme"},
        "northwind": NORTHWIND | {"projects": [{"name": "Ledger"}]},
        "dune": {"permission_model": "legacy_roles", "home_assets": 2, "environments": ["dev"]},
    }
}


def _environment_role(world: World, name: str, **fields: Json) -> Json:
    return world.acme.post("/api/environment_roles", json={"environment_role": {"name": name, **fields}})


def _rename_member(world: World) -> int:
    member = world.acme.get("/api/environment_roles", params={"name": "Member"}).json()["data"][0]["id"]
    return world.acme.put(f"/api/environment_roles/{member}", json={"environment_role": {"name": "Mate"}}).status_code


def _delete_a_held_role(world: World) -> Json:
    role = _environment_role(world, "Auditor").json()["data"]["id"]
    world.update(BEN, row("prod", "Auditor"))
    return world.acme.delete(f"/api/environment_roles/{role}").status_code, world.roles(BEN)["prod"]


def _new_client(world: World, **fields: Json) -> httpx.Response:
    """Asks for an API client for development that sees all folders; a field that is None is left out."""
    role = world.acme.get("/api/developer_api_client_roles").json()["result"]["items"][0]["id"]
    usual = {
        "name": "Sync",
        "api_privilege_group_id": role,
        "all_folders": True,
        "environment_name": "Development",
    }
    wanted = {key: value for key, value in (usual | fields).items() if value is not None}
    return world.acme.post("/api/developer_api_clients", json=wanted)


def _with_the_old_token(world: World) -> int:
    made = _new_client(world).json()["result"]
    world.acme.post(f"/api/developer_api_clients/{made['id']}/regenerate")
    return world.emulator.client("acme", token=made["token"]["value"]).get("/api/members").status_code


def _without_its_role(world: World) -> int:
    world.control.delete("/workspaces/acme/client_roles/okta")
    return world.acme.get("/api/members").status_code


def _from_elsewhere(world: World) -> int:
    world.control.patch("/workspaces/acme/api_clients/okta", json={"ip_allow_list": ["192.0.2.10"]})
    return world.acme.get("/api/members").status_code


def _inherited(world: World) -> list[str]:
    _environment_role(world, "Regional lead", inheritable=True)
    found = world.emulator.client("harbor").get("/api/environment_roles", params={"name": "Regional"}).json()["data"]
    return [each["type"] for each in found]


def _owner_removed(world: World) -> int:
    world.add_by_hand("root@acme.example.test")
    return world.remove("root@acme.example.test").status_code


def _migrated(world: World, **body: Json) -> Json:
    return world.northwind.post("/api/roles_migration/system_roles", json=body).json()["data"]


def _invitee_after_migration(world: World) -> Json:
    body = {"name": "New", "email": NEW, "env_roles": [{"environment_type": "dev", "name": "Operator"}]}
    world.northwind.post("/api/member_invitations", json=body)
    _migrated(world)
    return world.invitations("northwind")[0]["roles"]


def _custom_after_migration(world: World) -> Json:
    _migrated(world)
    return world.roles(CY, "northwind")


def _after_a_dry_run(world: World) -> int:
    _migrated(world, dry_run=True)
    return world.northwind.get("/api/roles").status_code


def _lists(client: str) -> Callable[[World], int]:
    return lambda world: world.emulator.client("acme", api_client=client).get("/api/members").status_code


def _stranger(world: World) -> int:
    return world.emulator.client("acme", token="dead").get("/api/members").status_code


def _group_path(world: World, name: str = "Builders") -> str:
    return f"{GROUPS}/{world.group(name)['id']}"


def _add_stranger_to_group(world: World) -> int:
    return world.acme.post(f"{_group_path(world)}/members", params={"user_ids": 1}).status_code


def _rename_system_group(world: World) -> int:
    everybody = world.acme.get(GROUPS).json()["data"][0]["id"]
    return world.acme.put(f"{GROUPS}/{everybody}", json={"user_group": {"description": "All"}}).status_code


def _count_after_leaving(world: World) -> int:
    world.remove(BEN)
    return int(world.group()["members_count"])


def _joined(world: World) -> bool:
    world.invite()
    return NEW in world.members()


def _roles_after_acceptance(world: World) -> dict[str, str]:
    world.invite()
    world.accept()
    return world.roles(NEW)


def _both_ways(world: World) -> Json:
    world.invite(env_roles=[row("prod", "Member")], role_name="Release manager")
    return world.invitations()[0]["roles"]


def _twice(world: World) -> int:
    world.invite()
    return world.invite().status_code


def _full(world: World) -> int:
    world.plan(collaborator_limit=2)
    return world.invite().status_code


def _churned(world: World) -> int:
    world.plan(churn_limit=1)
    world.remove(BEN)
    return world.invite(BEN).status_code


def _too_late(world: World) -> int:
    world.plan(invitation_lifetime_seconds=60)
    world.invite()
    world.advance(60)
    return world.accept().status_code


def _one_id(world: World) -> bool:
    world.invite(CY)
    world.accept(CY)
    return world.id_of(CY) == world.id_of(CY, "northwind")


def _in_another_alphabet(world: World) -> int:
    """An invitation under `K` (Kelvin), right after one under `K`."""
    world.invite("Karl@example.test")
    return world.invite("\u212aarl@example.test").status_code


def _sixty_one(world: World) -> int:
    for _ in range(60):
        world.acme.get("/api/members")
    return world.acme.get("/api/members").status_code


def _kept_roles(world: World) -> dict[str, str]:
    world.update(BEN, row("test", "Member"))
    return world.roles(BEN)


def _left(world: World) -> list[bool]:
    world.remove(BEN)
    return [BEN in world.members(), BEN in world.members("northwind")]


def _accounts_left(world: World) -> list[str]:
    world.remove(BEN)
    return [each["email"] for each in world.export()["accounts"]]


def _logged(world: World) -> list[str]:
    world.invite()
    return world.events()


def _twice_in_dev(world: World) -> int:
    return world.invite(env_roles=[row("dev", "Member"), row("dev", "Release manager")]).status_code


def _granted(world: World, holder: int | str, role: str | None = None) -> Json:
    """What granting answers, and how many grants there are then."""
    world.make_project()
    row = {"assignment_type": "User", "assignment_id": holder, "project_role_id": role or world.project_role()}
    path = f"/api/projects/{world.project()}/project_grants"
    answers = [world.acme.put(path, json={"project_grants": [row]}) for _ in range(2)]
    return [each.status_code for each in answers], len(world.grants())


def _granted_too_much(world: World) -> str:
    world.make_project()
    row = {"assignment_type": "User", "assignment_id": world.id_of(BEN), "project_role_id": world.project_role()}
    path = f"/api/projects/{world.project()}/project_grants"
    return world.acme.put(path, json={"project_grants": [row] * 101}).reason_phrase


def _granted_after_leaving(world: World) -> int:
    world.make_project()
    world.grant(world.id_of(BEN))
    world.remove(BEN)
    return len(world.grants())


def _from_prod(world: World) -> list[Json]:
    world.make_project()
    far = world.emulator.client("acme", api_client="prod only")
    grants = far.get(f"/api/projects/{world.project()}/project_grants")
    return [len(far.get("/api/projects").json()), grants.status_code]


def _made_inside(world: World) -> list[int]:
    """Two folders of one name in a project, and the project's deletion."""
    inside = {"name": "Recipes", "parent_id": world.make_project()["id"]}
    made = [world.acme.post("/api/folders", json=inside).status_code for _ in range(2)]
    projects = world.acme.get("/api/projects").json()
    return [*made, *(world.acme.delete(f"/api/projects/{each['id']}").status_code for each in projects)]


def _renamed_through_its_folder(world: World) -> list[str]:
    world.acme.put(f"/api/folders/{world.make_project()['id']}", json={"name": "Salaries"})
    return [each["name"] for each in world.acme.get("/api/projects").json()]


def _project_moved_into_a_project(world: World) -> int:
    payroll, travel = world.make_project(), world.make_project("Travel")
    return world.acme.put(f"/api/folders/{payroll['id']}", json={"parent_id": travel["id"]}).status_code


def _given_an_environment_that_is_not_there(world: World) -> int:
    plain = world.emulator.client("dune")
    role = plain.get("/api/developer_api_client_roles").json()["result"]["items"][0]["id"]
    fields = {"name": "New", "api_privilege_group_id": role, "all_folders": True, "environment": "DEV"}
    return plain.post("/api/developer_api_clients", json=fields).status_code


PROBES: dict[str, Callable[[World], Any]] = {
    "AHQ-1": _inherited,
    "ACT-1": _logged,
    "AUTH-1": _stranger,
    "AUTH-2": _lists("reader"),
    "AUTH-3": _lists("prod only"),
    "AUTH-4": lambda world: world.northwind.get("/api/environment_roles").status_code,
    "AUTH-5": _without_its_role,
    "AUTH-6": _from_elsewhere,
    "AUTH-7": lambda world: world.emulator.client("acme", host="app.eu.workato.com").get("/api/members").status_code,
    "CLI-1": lambda world: _new_client(world, all_folders=False).status_code,
    "CLI-2": lambda world: _new_client(world, environment_name=None).status_code,
    "CLI-3": lambda world: _new_client(world, api_privilege_group_id=4711).status_code,
    "CLI-4": lambda world: _new_client(world, name="reader").status_code,
    "CLI-5": _with_the_old_token,
    "CLI-6": _given_an_environment_that_is_not_there,
    "CLI-7": lambda world: _new_client(world, environment_name="prod").status_code,
    "GRP-1": _add_stranger_to_group,
    "GRP-2": _rename_system_group,
    "GRP-3": lambda world: world.acme.post(GROUPS, json={"user_group": {"name": "Builders"}}).status_code,
    "GRP-4": lambda world: world.invite(user_group_ids=["pf-no-such"]).status_code,
    "GRP-5": _count_after_leaving,
    "GRT-1": lambda world: _granted(world, 4711),
    "GRT-2": lambda world: _granted(world, world.id_of(BEN), "pr-no-such"),
    "GRT-3": _granted_too_much,
    "GRT-4": lambda world: _granted(world, world.id_of(BEN)),
    "GRT-5": _granted_after_leaving,
    "INV-1": lambda world: world.invite(env_roles=[]).status_code,
    "INV-2": lambda world: world.invite("nobody").status_code,
    "INV-3": _joined,
    "INV-4": _roles_after_acceptance,
    "INV-5": _both_ways,
    "INV-6": _twice,
    "INV-7": lambda world: world.invite(ADA).status_code,
    "INV-8": _full,
    "INV-9": _churned,
    "INV-10": _too_late,
    "INV-11": _one_id,
    "INV-12": _in_another_alphabet,
    "LIM-1": _sixty_one,
    "MEM-1": lambda world: world.update(BEN).status_code,
    "MEM-2": _kept_roles,
    "MEM-3": _left,
    "MEM-4": _accounts_left,
    "MEM-5": lambda world: world.remove(ADA).status_code,
    "MEM-6": _owner_removed,
    "MEM-7": lambda world: world.remove(MO).status_code,
    "MIG-1": lambda world: world.emulator.client("dune").post("/api/roles_migration/system_roles", json={}).status_code,
    "MIG-2": lambda world: _migrated(world)["collaborators"],
    "MIG-3": _custom_after_migration,
    "MIG-4": lambda world: _migrated(world)["projects"],
    "MIG-5": _after_a_dry_run,
    "MIG-6": _invitee_after_migration,
    "PRJ-1": _from_prod,
    "PRJ-2": _from_prod,
    "PRJ-3": lambda world: world.make_project()["is_project"],
    "PRJ-4": _made_inside,
    "PRJ-5": _made_inside,
    "PRJ-6": lambda world: world.acme.post("/api/folders", json={"name": "a/b"}).status_code,
    "PRJ-7": lambda world: world.acme.delete(f"/api/folders/{world.make_project()['id']}").status_code,
    "PRJ-8": _renamed_through_its_folder,
    "PRJ-9": _project_moved_into_a_project,
    "ROLE-1": lambda world: world.invite(env_roles=[row("dev", "Nobody")]).status_code,
    "ROLE-2": lambda world: world.invite(env_roles=[row("qa", "Member")]).status_code,
    "ROLE-3": lambda world: world.invite(env_roles=[row("dev", "Member", "privilege_group")]).status_code,
    "ROLE-4": _twice_in_dev,
    "ROLE-5": _rename_member,
    "ROLE-6": lambda world: _environment_role(world, "Release manager").status_code,
    "ROLE-7": _delete_a_held_role,
    "ROLE-8": lambda world: world.acme.delete("/api/project_roles/pr-MnOpQrSt-UvWxYz").status_code,
    **SCIM_RULES,
}


@pytest.mark.parametrize("rule", sorted(PROBES))
def test_a_suspended_rule_is_silent_and_a_resumed_one_speaks(rule: str) -> None:
    """Held, silent, held again: the answer changes with the rule and comes back with it."""
    world = World(SEED)
    world.control.put("/snapshots/before")

    def answer() -> Json:
        asked = PROBES[rule](world)
        heard = {outcome["outcome"] for entry in world.journal() for outcome in entry["rules"] if outcome["id"] == rule}
        suspended = world.control.get(f"/rules/{rule}").json()["suspended"]
        world.control.post("/snapshots/before/restore")
        return asked, heard, suspended

    held, outcomes, suspended = answer()
    assert not suspended
    assert "suspended" not in outcomes

    world.suspend(rule)
    world.control.put("/snapshots/before")
    silent, outcomes, suspended = answer()
    assert suspended
    assert silent != held
    assert outcomes <= {"suspended"}

    world.resume(rule)
    world.control.put("/snapshots/before")
    assert answer()[0] == held


def test_every_rule_has_a_probe() -> None:
    """And every probe a rule."""
    assert set(PROBES) == {each.id for each in rules()}


@pytest.mark.parametrize("rule", sorted(PROBES))
def test_a_silent_rule_breaks_nothing_else(rule: str) -> None:
    """Whatever a world without this rule does, it is never a failure of the emulator."""
    world = World(SEED)
    world.suspend(rule)
    PROBES[rule](world)
    world.invite(env_roles=[row("qa", "Member"), row("qa", "Nobody", "privilege_group")], user_group_ids=["pf-no-such"])
    for email in ("owner@northwind.example.test", "root@acme.example.test", BEN, NEW, ADA):
        world.invite(email)
        world.accept(email)
        if member := world.members().get(email):
            world.acme.get(f"/api/members/{member['id']}/privileges")
            world.acme.delete(f"/api/members/{member['id']}")
    world.northwind.get("/api/users/me")
    world.acme.get("/api/users/me")
    group = world.group()["id"]
    for project in world.acme.get("/api/projects").json():
        world.acme.get(f"/api/projects/{project['id']}/project_grants")
        world.grant(group, project=project["name"])
        world.acme.delete(f"/api/projects/{project['id']}")
        world.acme.get(f"/api/user_groups/{group}/project_grants")

    assert all(entry["status"] < 500 for entry in world.journal())
    assert world.control.get("/export").status_code == 200


def test_the_list_of_rules_is_for_people(world: World) -> None:
    """Id, sentence, source and standing; a rule that is assumed names its assumption or says whose reading it is."""
    listed = world.control.get("/rules").json()["data"]

    assert [each["id"] for each in listed] == [each.id for each in rules()]
    for each in rules():
        assert each.statement.endswith(".")
        assert each.source
        if each.standing is Standing.ASSUMED:
            assert any(word in each.source for word in ("assumption", "inferred", "our reading"))


@pytest.mark.parametrize("path", ["/rules/INV-99", "/rules/inv-1"])
def test_an_unknown_rule_is_not_found(world: World, path: str) -> None:
    """To read, to suspend and to resume."""
    assert world.control.get(path).status_code == 404
    assert world.control.post(f"{path}/suspend").status_code == 404
    assert world.control.post(f"{path}/resume").status_code == 404


def test_without_any_client_there_is_nobody_to_be_taken_for() -> None:
    """Even where tokens are not checked, a caller acts as some API client; with its own token as itself."""
    world = World(SEED)
    world.suspend("AUTH-1")
    world.northwind.get("/api/roles")
    assert world.last()["workspace"] == "northwind"
    for workspace, clients in (
        ("acme", ("okta", "reader", "prod only")),
        *((each, ("okta",)) for each in ("northwind", "harbor", "dune")),
    ):
        for client in clients:
            world.control.delete(f"/workspaces/{workspace}/api_clients/{client}")

    assert world.acme.get("/api/users/me").status_code == 401


def test_suspending_twice_is_suspending_once(world: World) -> None:
    """And resuming what was never suspended is no mistake."""
    world.resume("INV-2")
    world.suspend("INV-2")
    world.suspend("INV-2")
    world.resume("INV-2")

    assert world.invite("nobody").status_code == 400
