"""ACT-1, act by act: every write of both doors leaves exactly the entry that it should, about the right thing."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from ...world import ADA, BEN, CY, NEW, SEED, Json, World, row

ROOT = Path(__file__).parents[4]
Act = Callable[[World], object]

LEGACY = "northwind"


def _nothing(_: World) -> None: ...


def _invited(world: World) -> None:
    world.invite()


def _with_project(world: World) -> None:
    world.make_project()


def _with_folder(world: World) -> None:
    _with_project(world)
    parent = world.acme.get("/api/projects").json()[0]["folder_id"]
    world.acme.post("/api/folders", json={"name": "Drafts", "parent_id": parent})


def _folder(world: World) -> int:
    (project,) = world.export()["workspaces"]["acme"]["projects"]
    return int(project["folders"][0]["id"])


def _granted(world: World) -> None:
    world.make_project()
    world.grant(world.id_of(BEN))


def _with_roles(world: World) -> None:
    world.acme.post("/api/environment_roles", json={"environment_role": {"name": "Auditor", "config": {}}})
    world.acme.post("/api/project_roles", json={"project_role": {"name": "Reader", "config": {}}})


def _with_client_role(world: World) -> None:
    world.control.post("/workspaces/acme/client_roles", json={"name": "Reader", "privileges": []})


def _environment_role(world: World, name: str = "Auditor") -> int:
    rows = world.acme.get("/api/environment_roles").json()["data"]
    return int(next(each["id"] for each in rows if each["name"] == name))


def _legacy_role(world: World) -> int:
    return int(
        next(each["id"] for each in world.northwind.get("/api/roles").json() if each["name"] == "Finance builder")
    )


def _left_role(world: World) -> int:
    """The custom role that the move of the system roles left behind."""
    roles = world.export()["workspaces"][LEGACY]["roles"]
    return int(next(each["id"] for each in roles if each["name"] == "Finance builder"))


def _client(world: World) -> int:
    items = world.acme.get("/api/developer_api_clients").json()["result"]["items"]
    return int(next(each["id"] for each in items if each["name"] == "second"))


def _client_role(world: World) -> int:
    items = world.acme.get("/api/developer_api_client_roles").json()["result"]["items"]
    return int(next(each["id"] for each in items if each["name"] == "second"))


def _all_privileges(seed: Json) -> Json:
    """The seed, with an API client in each workspace that may do everything."""
    changed = {}
    for slug, workspace in seed["workspaces"].items():
        first, *others = workspace["api_clients"]
        changed[slug] = workspace | {"api_clients": [first | {"privileges": "all"}, *others]}
    return {"workspaces": changed}


def _grant_id(world: World) -> str:
    return str(world.grants()[0]["id"])


def _log(world: World, workspace: str) -> Json:
    return world.export()["workspaces"][workspace]["activity"]


INVITATIONS = "/workspaces/acme/invitations/" + NEW
COLLABORATORS = "/workspaces/acme/collaborators"

Row = tuple[str, Act, Act, list[tuple[str, str, str]]]
"""An operation, what comes before, the act, and the entries that it leaves: event, type and name of the resource."""

ACTS: list[Row] = [
    (
        "inviteCollaborator",
        _nothing,
        lambda w: w.invite(),
        [("team_invitation_created", "MemberInvitation", "New")],
    ),
    (
        "addExistingCollaborator",
        lambda w: w.assume(direct_addition="present"),
        lambda w: w.acme.post("/api/members", json={"email": CY, "env_roles": [row("dev", "Member")]}),
        [("team_membership_created", "ManagedUserGrant", "Cy")],
    ),
    (
        "updateCollaboratorRoles",
        _nothing,
        lambda w: w.update(BEN, row("test", "Member")),
        [("team_membership_updated", "ManagedUserGrant", "Ben")],
    ),
    ("removeCollaborator", _nothing, lambda w: w.remove(BEN), [("team_membership_deleted", "ManagedUserGrant", "Ben")]),
    (
        "updateRoleFolders",
        _nothing,
        lambda w: w.northwind.put(
            f"/api/roles/{_legacy_role(w)}",
            json={"folder_ids": [w.northwind.get("/api/users/me").json()["root_folder_id"]]},
        ),
        [("privilege_group_updated", "PrivilegeGroup", "Finance builder")],
    ),
    (
        "copyRole",
        _nothing,
        lambda w: w.northwind.post(f"/api/roles/{_legacy_role(w)}/copy"),
        [("privilege_group_created", "PrivilegeGroup", "Copy of Finance builder")],
    ),
    (
        "createEnvironmentRole",
        _nothing,
        lambda w: w.acme.post("/api/environment_roles", json={"environment_role": {"name": "Auditor", "config": {}}}),
        [("privilege_group_created", "PrivilegeGroup", "Auditor")],
    ),
    (
        "updateEnvironmentRole",
        _with_roles,
        lambda w: w.acme.put(
            f"/api/environment_roles/{_environment_role(w)}",
            json={"environment_role": {"name": "Inspector", "config": {}}},
        ),
        [("privilege_group_updated", "PrivilegeGroup", "Inspector")],
    ),
    (
        "deleteEnvironmentRole",
        _with_roles,
        lambda w: w.acme.delete(f"/api/environment_roles/{_environment_role(w)}"),
        [("privilege_group_deleted", "PrivilegeGroup", "Auditor")],
    ),
    (
        "createProjectRole",
        _nothing,
        lambda w: w.acme.post("/api/project_roles", json={"project_role": {"name": "Reader", "config": {}}}),
        [("privilege_group_created", "PrivilegeGroup", "Reader")],
    ),
    (
        "updateProjectRole",
        _with_roles,
        lambda w: w.acme.put(
            f"/api/project_roles/{w.project_role('Reader')}", json={"project_role": {"name": "Writer", "config": {}}}
        ),
        [("privilege_group_updated", "PrivilegeGroup", "Writer")],
    ),
    (
        "deleteProjectRole",
        _with_roles,
        lambda w: w.acme.delete(f"/api/project_roles/{w.project_role('Reader')}"),
        [("privilege_group_deleted", "PrivilegeGroup", "Reader")],
    ),
    (
        "createCollaboratorGroup",
        _nothing,
        lambda w: w.acme.post("/api/user_groups", json={"user_group": {"name": "Payroll"}}),
        [("user_group_created", "UserGroup", "Payroll")],
    ),
    (
        "updateCollaboratorGroup",
        _nothing,
        lambda w: w.acme.put(f"/api/user_groups/{w.group()['id']}", json={"user_group": {"name": "Makers"}}),
        [("user_group_updated", "UserGroup", "Makers")],
    ),
    (
        "deleteCollaboratorGroup",
        _nothing,
        lambda w: w.acme.delete(f"/api/user_groups/{w.group()['id']}"),
        [("user_group_deleted", "UserGroup", "Builders")],
    ),
    (
        "addGroupMembers",
        _nothing,
        lambda w: w.acme.post(f"/api/user_groups/{w.group()['id']}/members", params={"user_ids": w.id_of(ADA)}),
        [("user_group_members_updated", "UserGroup", "Builders")],
    ),
    (
        "removeGroupMembers",
        _nothing,
        lambda w: w.acme.delete(f"/api/user_groups/{w.group()['id']}/members", params={"user_ids": w.id_of(BEN)}),
        [("user_group_members_updated", "UserGroup", "Builders")],
    ),
    (
        "putProjectGrants",
        _with_project,
        lambda w: w.grant(w.id_of(BEN)),
        [("project_grant_created", "ProjectGrant", "*")],
    ),
    (
        "updateProjectGrant",
        _granted,
        lambda w: w.acme.put(
            f"/api/project_grants/{_grant_id(w)}",
            json={"project_grant": {"project_role_id": w.project_role("Project admin")}},
        ),
        [("project_grant_updated", "ProjectGrant", "*")],
    ),
    (
        "removeProjectGrant",
        _granted,
        lambda w: w.acme.delete(f"/api/project_grants/{_grant_id(w)}"),
        [("project_grant_deleted", "ProjectGrant", "*")],
    ),
    (
        "deleteProject",
        _with_project,
        lambda w: w.acme.delete(f"/api/projects/{w.project()}"),
        [("project_deleted", "Project", "Payroll")],
    ),
    (
        "updateProject",
        _with_project,
        lambda w: w.acme.put(f"/api/projects/{w.project()}", json={"description": "Who is paid what"}),
        [("project_updated", "Project", "Payroll")],
    ),
    (
        "updateFolder",
        _with_folder,
        lambda w: w.acme.put(f"/api/folders/{_folder(w)}", json={"name": "Sketches"}),
        [("folder_updated", "Folder", "Sketches")],
    ),
    (
        "deleteFolder",
        _with_folder,
        lambda w: w.acme.delete(f"/api/folders/{_folder(w)}"),
        [("folder_deleted", "Folder", "Drafts")],
    ),
    ("createFolder", _nothing, _with_project, [("project_created", "Project", "Payroll")]),
    (
        "createFolder",
        _with_project,
        lambda w: w.acme.post(
            "/api/folders", json={"name": "Drafts", "parent_id": w.acme.get("/api/projects").json()[0]["folder_id"]}
        ),
        [("folder_created", "Folder", "Drafts")],
    ),
    (
        "createApiClient",
        _nothing,
        lambda w: w.acme.post(
            "/api/developer_api_clients",
            json={
                "name": "third",
                "api_privilege_group_id": _client_role(w),
                "all_folders": True,
                "environment_name": "Development",
            },
        ),
        [("api_client_created", "ApiClient", "third")],
    ),
    (
        "updateApiClient",
        _nothing,
        lambda w: w.acme.put(f"/api/developer_api_clients/{_client(w)}", json={"name": "renamed"}),
        [("api_client_updated", "ApiClient", "renamed")],
    ),
    (
        "deleteApiClient",
        _nothing,
        lambda w: w.acme.delete(f"/api/developer_api_clients/{_client(w)}"),
        [("api_client_deleted", "ApiClient", "second")],
    ),
    (
        "regenerateApiClientToken",
        _nothing,
        lambda w: w.acme.post(f"/api/developer_api_clients/{_client(w)}/regenerate"),
        [("api_client_token_regenerated", "ApiClient", "second")],
    ),
    (
        "copyClientRole",
        _nothing,
        lambda w: w.acme.post(f"/api/developer_api_client_roles/{_client_role(w)}/copy"),
        [("api_privilege_group_created", "ApiPrivilegeGroup", "*")],
    ),
    ("acceptInvitation", _invited, lambda w: w.accept(), [("team_invitation_accept", "MemberInvitation", "New")]),
    (
        "declineInvitation",
        _invited,
        lambda w: w.control.post(f"{INVITATIONS}/decline"),
        [("team_invitation_deleted", "MemberInvitation", "New")],
    ),
    (
        "cancelInvitation",
        _invited,
        lambda w: w.control.post(f"{INVITATIONS}/cancel"),
        [("team_invitation_deleted", "MemberInvitation", "New")],
    ),
    (
        "addCollaborator",
        _nothing,
        lambda w: w.add_by_hand(NEW),
        [("team_membership_created", "ManagedUserGrant", "New")],
    ),
    (
        "removeCollaboratorByHand",
        _nothing,
        lambda w: w.control.delete(f"{COLLABORATORS}/{BEN}"),
        [("team_membership_deleted", "ManagedUserGrant", "Ben")],
    ),
    (
        "changeCollaboratorRoles",
        _nothing,
        lambda w: w.control.put(f"{COLLABORATORS}/{BEN}/roles", json={"roles": {"test": "Member"}}),
        [("team_membership_updated", "ManagedUserGrant", "Ben")],
    ),
    (
        "createRole",
        _nothing,
        lambda w: w.control.post("/workspaces/acme/roles", json={"name": "Auditor"}),
        [("privilege_group_created", "PrivilegeGroup", "Auditor")],
    ),
    (
        "renameRole",
        _nothing,
        lambda w: w.control.put("/workspaces/acme/roles/Release%20manager", json={"name": "Releaser"}),
        [("privilege_group_updated", "PrivilegeGroup", "Releaser")],
    ),
    (
        "deleteRole",
        _nothing,
        lambda w: w.control.delete("/workspaces/acme/roles/Release%20manager"),
        [("privilege_group_deleted", "PrivilegeGroup", "Release manager")],
    ),
    (
        "createGroup",
        _nothing,
        lambda w: w.control.post("/workspaces/acme/groups", json={"name": "Payroll"}),
        [("user_group_created", "UserGroup", "Payroll")],
    ),
    (
        "deleteGroup",
        _nothing,
        lambda w: w.control.delete("/workspaces/acme/groups/Builders"),
        [("user_group_deleted", "UserGroup", "Builders")],
    ),
    (
        "changeGroupMembers",
        _nothing,
        lambda w: w.control.patch("/workspaces/acme/groups/Builders/members", json={"add": [ADA]}),
        [("user_group_members_updated", "UserGroup", "Builders")],
    ),
    (
        "changeGroupMembers",
        _nothing,
        lambda w: w.control.patch("/workspaces/acme/groups/Builders/members", json={"remove": [BEN]}),
        [("user_group_members_updated", "UserGroup", "Builders")],
    ),
    (
        "changeApiClient",
        _nothing,
        lambda w: w.control.patch("/workspaces/acme/api_clients/second", json={"token": "acme-fresh"}),
        [("api_client_token_regenerated", "ApiClient", "second")],
    ),
    (
        "changeApiClient",
        _nothing,
        lambda w: w.control.patch("/workspaces/acme/api_clients/second", json={"environments": ["dev"]}),
        [("api_client_updated", "ApiClient", "second")],
    ),
    (
        "changeApiClient",
        _nothing,
        lambda w: w.control.patch("/workspaces/acme/api_clients/second", json={"privileges": []}),
        [("api_privilege_group_updated", "ApiPrivilegeGroup", "second")],
    ),
    (
        "revokeApiClient",
        _nothing,
        lambda w: w.control.delete("/workspaces/acme/api_clients/second"),
        [("api_client_deleted", "ApiClient", "second")],
    ),
    (
        "createClientRole",
        _nothing,
        _with_client_role,
        [("api_privilege_group_created", "ApiPrivilegeGroup", "Reader")],
    ),
    (
        "changeClientRole",
        _with_client_role,
        lambda w: w.control.patch("/workspaces/acme/client_roles/Reader", json={"name": "Viewer"}),
        [("api_privilege_group_updated", "ApiPrivilegeGroup", "Viewer")],
    ),
    (
        "deleteClientRole",
        _with_client_role,
        lambda w: w.control.delete("/workspaces/acme/client_roles/Reader"),
        [("api_privilege_group_deleted", "ApiPrivilegeGroup", "Reader")],
    ),
]

IN_A_LEGACY_WORKSPACE: list[Row] = [
    (
        "migrateSystemRoles",
        _nothing,
        lambda w: w.northwind.post("/api/roles_migration/system_roles", json={"dry_run": False}),
        [("roles_migrated", "TeamProfile", "*")],
    ),
    (
        "migrateCustomRole",
        lambda w: w.northwind.post("/api/roles_migration/system_roles", json={"dry_run": False}),
        lambda w: w.northwind.post(
            "/api/roles_migration/custom_role", json={"role_id": _left_role(w), "dry_run": False}
        ),
        [("roles_migrated", "TeamProfile", "*")],
    ),
    (
        "changePlan",
        _nothing,
        lambda w: w.plan("northwind", collaborator_limit=3),
        [("team_profile_updated", "TeamProfile", "*")],
    ),
    (
        "addEnvironment",
        _nothing,
        lambda w: w.control.post("/workspaces/northwind/environments", json={"name": "test"}),
        [("team_profile_updated", "TeamProfile", "*")],
    ),
    (
        "changePermissionModel",
        _nothing,
        lambda w: w.control.put(
            "/workspaces/northwind/permission_model", json={"permission_model": "environment_roles"}
        ),
        [("team_profile_updated", "TeamProfile", "*")],
    ),
]
LEGACY_OPERATIONS = {"updateRoleFolders", "copyRole"}

NO_ENTRY = {
    "reset", "seed", "takeSnapshot", "deleteSnapshot", "restoreSnapshot", "setClock", "advanceClock", "setStrict",
    "clearJournal", "suspendRule", "resumeRule", "setAssumptions", "armFault", "clearFaults", "takeLease", "endLease",
    "expireInvitation",
}  # fmt: skip
"""What a harness does to the emulator is no act in the workspace; an invitation lapses without anybody doing it."""


def _writes(contract: str) -> set[str]:
    """The operations of a contract that may change something."""
    paths = yaml.safe_load((ROOT / "openapi" / contract).read_text(encoding="utf-8"))["paths"]
    return {
        operation["operationId"]
        for operations in paths.values()
        for method, operation in operations.items()
        if method in {"post", "put", "patch", "delete"}
    }


DEVELOPER_OPERATIONS = _writes("workato.yaml")


def test_every_write_of_both_contracts_is_in_the_table() -> None:
    """An operation that is added needs a row here, or a reason why it is no act."""
    listed = {each[0] for each in (*ACTS, *IN_A_LEGACY_WORKSPACE)}

    assert listed | NO_ENTRY == DEVELOPER_OPERATIONS | _writes("control.yaml")
    assert not listed & NO_ENTRY


def _cases() -> list[object]:
    rows = [(each, LEGACY if each[0] in LEGACY_OPERATIONS else "acme") for each in ACTS]
    rows += [(each, LEGACY) for each in IN_A_LEGACY_WORKSPACE]
    return [pytest.param(*each, workspace, id=f"{each[0]}-{each[3][0][0]}") for each, workspace in rows]


@pytest.mark.parametrize(("operation", "before", "act", "entries", "workspace"), _cases())
def test_every_act_leaves_its_entry(
    operation: str, before: Act, act: Act, entries: list[tuple[str, str, str]], workspace: str
) -> None:
    """Event, resource type and name (`*` is any), as they are after the act; a deleted thing keeps its last name."""
    world = World(_all_privileges(SEED))
    before(world)
    known = len(_log(world, workspace))
    act(world)
    left = _log(world, workspace)[known:]

    if operation in DEVELOPER_OPERATIONS:
        assert world.journal()[-1]["operation"] == operation
    assert [(each["event"], each["resource"]["type"]) for each in left] == [each[:2] for each in entries]
    for entry, (_, _, name) in zip(left, entries, strict=True):
        assert name in {"*", entry["resource"]["name"]}
