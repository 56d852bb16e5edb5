"""ACT-1, act by act: every write of both doors leaves exactly the entry that it should, about the right thing."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from ....contract.conformance import document
from ...domain import scim_probes as scim
from ...world import ADA, BEN, CY, NEW, SEED, Json, World
from ...world import row as role_in

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


def _group_path(world: World) -> str:
    return f"/Groups/{world.group()['id']}"


def _grant_id(world: World) -> str:
    return str(world.grants()[0]["id"])


def _log(world: World, workspace: str) -> Json:
    return world.export()["workspaces"][workspace]["activity"]


INVITATIONS = "/workspaces/acme/invitations/" + NEW
COLLABORATORS = "/workspaces/acme/collaborators"


@dataclass(frozen=True)
class Row:
    """An operation, an act of it, and the one entry that it leaves: event, type and name (`*` is any) of a resource."""

    operation: str
    act: Act
    entry: str
    before: Act = _nothing
    workspace: str = "acme"


ACTS = [
    Row("inviteCollaborator", lambda w: w.invite(), "team_invitation_created MemberInvitation New"),
    Row(
        "addExistingCollaborator",
        lambda w: w.acme.post("/api/members", json={"email": CY, "env_roles": [role_in("dev", "Member")]}),
        "team_membership_created ManagedUserGrant Cy",
        before=lambda w: w.assume(direct_addition="present"),
    ),
    Row(
        "updateCollaboratorRoles",
        lambda w: w.update(BEN, role_in("test", "Member")),
        "team_membership_updated ManagedUserGrant Ben",
    ),
    Row("removeCollaborator", lambda w: w.remove(BEN), "team_membership_deleted ManagedUserGrant Ben"),
    Row(
        "updateRoleFolders",
        lambda w: w.northwind.put(
            f"/api/roles/{_legacy_role(w)}",
            json={"folder_ids": [w.northwind.get("/api/users/me").json()["root_folder_id"]]},
        ),
        "privilege_group_updated PrivilegeGroup Finance builder",
        workspace=LEGACY,
    ),
    Row(
        "copyRole",
        lambda w: w.northwind.post(f"/api/roles/{_legacy_role(w)}/copy"),
        "privilege_group_created PrivilegeGroup Copy of Finance builder",
        workspace=LEGACY,
    ),
    Row(
        "createEnvironmentRole",
        lambda w: w.acme.post("/api/environment_roles", json={"environment_role": {"name": "Auditor", "config": {}}}),
        "privilege_group_created PrivilegeGroup Auditor",
    ),
    Row(
        "updateEnvironmentRole",
        lambda w: w.acme.put(
            f"/api/environment_roles/{_environment_role(w)}",
            json={"environment_role": {"name": "Inspector", "config": {}}},
        ),
        "privilege_group_updated PrivilegeGroup Inspector",
        before=_with_roles,
    ),
    Row(
        "deleteEnvironmentRole",
        lambda w: w.acme.delete(f"/api/environment_roles/{_environment_role(w)}"),
        "privilege_group_deleted PrivilegeGroup Auditor",
        before=_with_roles,
    ),
    Row(
        "createProjectRole",
        lambda w: w.acme.post("/api/project_roles", json={"project_role": {"name": "Reader", "config": {}}}),
        "privilege_group_created PrivilegeGroup Reader",
    ),
    Row(
        "updateProjectRole",
        lambda w: w.acme.put(
            f"/api/project_roles/{w.project_role('Reader')}", json={"project_role": {"name": "Writer", "config": {}}}
        ),
        "privilege_group_updated PrivilegeGroup Writer",
        before=_with_roles,
    ),
    Row(
        "deleteProjectRole",
        lambda w: w.acme.delete(f"/api/project_roles/{w.project_role('Reader')}"),
        "privilege_group_deleted PrivilegeGroup Reader",
        before=_with_roles,
    ),
    Row(
        "createCollaboratorGroup",
        lambda w: w.acme.post("/api/user_groups", json={"user_group": {"name": "Payroll"}}),
        "user_group_created UserGroup Payroll",
    ),
    Row(
        "updateCollaboratorGroup",
        lambda w: w.acme.put(f"/api/user_groups/{w.group()['id']}", json={"user_group": {"name": "Makers"}}),
        "user_group_updated UserGroup Makers",
    ),
    Row(
        "deleteCollaboratorGroup",
        lambda w: w.acme.delete(f"/api/user_groups/{w.group()['id']}"),
        "user_group_deleted UserGroup Builders",
    ),
    Row(
        "addGroupMembers",
        lambda w: w.acme.post(f"/api/user_groups/{w.group()['id']}/members", params={"user_ids": w.id_of(ADA)}),
        "user_group_members_updated UserGroup Builders",
    ),
    Row(
        "removeGroupMembers",
        lambda w: w.acme.delete(f"/api/user_groups/{w.group()['id']}/members", params={"user_ids": w.id_of(BEN)}),
        "user_group_members_updated UserGroup Builders",
    ),
    Row(
        "putProjectGrants",
        lambda w: w.grant(w.id_of(BEN)),
        "project_grant_created ProjectGrant *",
        before=_with_project,
    ),
    Row(
        "updateProjectGrant",
        lambda w: w.acme.put(
            f"/api/project_grants/{_grant_id(w)}",
            json={"project_grant": {"project_role_id": w.project_role("Project admin")}},
        ),
        "project_grant_updated ProjectGrant *",
        before=_granted,
    ),
    Row(
        "removeProjectGrant",
        lambda w: w.acme.delete(f"/api/project_grants/{_grant_id(w)}"),
        "project_grant_deleted ProjectGrant *",
        before=_granted,
    ),
    Row(
        "deleteProject",
        lambda w: w.acme.delete(f"/api/projects/{w.project()}"),
        "project_deleted Project Payroll",
        before=_with_project,
    ),
    Row(
        "updateProject",
        lambda w: w.acme.put(f"/api/projects/{w.project()}", json={"description": "Who is paid what"}),
        "project_updated Project Payroll",
        before=_with_project,
    ),
    Row(
        "updateFolder",
        lambda w: w.acme.put(f"/api/folders/{_folder(w)}", json={"name": "Sketches"}),
        "folder_updated Folder Sketches",
        before=_with_folder,
    ),
    Row(
        "deleteFolder",
        lambda w: w.acme.delete(f"/api/folders/{_folder(w)}"),
        "folder_deleted Folder Drafts",
        before=_with_folder,
    ),
    Row("createFolder", _with_project, "project_created Project Payroll"),
    Row(
        "createFolder",
        lambda w: w.acme.post(
            "/api/folders", json={"name": "Drafts", "parent_id": w.acme.get("/api/projects").json()[0]["folder_id"]}
        ),
        "folder_created Folder Drafts",
        before=_with_project,
    ),
    Row(
        "createApiClient",
        lambda w: w.acme.post(
            "/api/developer_api_clients",
            json={
                "name": "third",
                "api_privilege_group_id": _client_role(w),
                "all_folders": True,
                "environment_name": "Development",
            },
        ),
        "api_client_created ApiClient third",
    ),
    Row(
        "updateApiClient",
        lambda w: w.acme.put(f"/api/developer_api_clients/{_client(w)}", json={"name": "renamed"}),
        "api_client_updated ApiClient renamed",
    ),
    Row(
        "deleteApiClient",
        lambda w: w.acme.delete(f"/api/developer_api_clients/{_client(w)}"),
        "api_client_deleted ApiClient second",
    ),
    Row(
        "regenerateApiClientToken",
        lambda w: w.acme.post(f"/api/developer_api_clients/{_client(w)}/regenerate"),
        "api_client_token_regenerated ApiClient second",
    ),
    Row(
        "copyClientRole",
        lambda w: w.acme.post(f"/api/developer_api_client_roles/{_client_role(w)}/copy"),
        "api_privilege_group_created ApiPrivilegeGroup *",
    ),
    Row("acceptInvitation", lambda w: w.accept(), "team_invitation_accept MemberInvitation New", before=_invited),
    Row(
        "declineInvitation",
        lambda w: w.control.post(f"{INVITATIONS}/decline"),
        "team_invitation_deleted MemberInvitation New",
        before=_invited,
    ),
    Row(
        "cancelInvitation",
        lambda w: w.control.post(f"{INVITATIONS}/cancel"),
        "team_invitation_deleted MemberInvitation New",
        before=_invited,
    ),
    Row("addCollaborator", lambda w: w.add_by_hand(NEW), "team_membership_created ManagedUserGrant New"),
    Row(
        "removeCollaboratorByHand",
        lambda w: w.control.delete(f"{COLLABORATORS}/{BEN}"),
        "team_membership_deleted ManagedUserGrant Ben",
    ),
    Row(
        "changeCollaboratorRoles",
        lambda w: w.control.put(f"{COLLABORATORS}/{BEN}/roles", json={"roles": {"test": "Member"}}),
        "team_membership_updated ManagedUserGrant Ben",
    ),
    Row(
        "createRole",
        lambda w: w.control.post("/workspaces/acme/roles", json={"name": "Auditor"}),
        "privilege_group_created PrivilegeGroup Auditor",
    ),
    Row(
        "renameRole",
        lambda w: w.control.put("/workspaces/acme/roles/Release%20manager", json={"name": "Releaser"}),
        "privilege_group_updated PrivilegeGroup Releaser",
    ),
    Row(
        "deleteRole",
        lambda w: w.control.delete("/workspaces/acme/roles/Release%20manager"),
        "privilege_group_deleted PrivilegeGroup Release manager",
    ),
    Row(
        "createGroup",
        lambda w: w.control.post("/workspaces/acme/groups", json={"name": "Payroll"}),
        "user_group_created UserGroup Payroll",
    ),
    Row(
        "deleteGroup",
        lambda w: w.control.delete("/workspaces/acme/groups/Builders"),
        "user_group_deleted UserGroup Builders",
    ),
    Row(
        "changeGroupMembers",
        lambda w: w.control.patch("/workspaces/acme/groups/Builders/members", json={"add": [ADA]}),
        "user_group_members_updated UserGroup Builders",
    ),
    Row(
        "changeGroupMembers",
        lambda w: w.control.patch("/workspaces/acme/groups/Builders/members", json={"remove": [BEN]}),
        "user_group_members_updated UserGroup Builders",
    ),
    Row(
        "changeApiClient",
        lambda w: w.control.patch("/workspaces/acme/api_clients/second", json={"token": "acme-fresh"}),
        "api_client_token_regenerated ApiClient second",
    ),
    Row(
        "changeApiClient",
        lambda w: w.control.patch("/workspaces/acme/api_clients/second", json={"environments": ["dev"]}),
        "api_client_updated ApiClient second",
    ),
    Row(
        "changeApiClient",
        lambda w: w.control.patch("/workspaces/acme/api_clients/second", json={"privileges": []}),
        "api_privilege_group_updated ApiPrivilegeGroup second",
    ),
    Row(
        "revokeApiClient",
        lambda w: w.control.delete("/workspaces/acme/api_clients/second"),
        "api_client_deleted ApiClient second",
    ),
    Row("createClientRole", _with_client_role, "api_privilege_group_created ApiPrivilegeGroup Reader"),
    Row(
        "changeClientRole",
        lambda w: w.control.patch("/workspaces/acme/client_roles/Reader", json={"name": "Viewer"}),
        "api_privilege_group_updated ApiPrivilegeGroup Viewer",
        before=_with_client_role,
    ),
    Row(
        "deleteClientRole",
        lambda w: w.control.delete("/workspaces/acme/client_roles/Reader"),
        "api_privilege_group_deleted ApiPrivilegeGroup Reader",
        before=_with_client_role,
    ),
    Row(
        "migrateSystemRoles",
        lambda w: w.northwind.post("/api/roles_migration/system_roles", json={"dry_run": False}),
        "roles_migrated TeamProfile *",
        workspace=LEGACY,
    ),
    Row(
        "migrateCustomRole",
        lambda w: w.northwind.post(
            "/api/roles_migration/custom_role", json={"role_id": _left_role(w), "dry_run": False}
        ),
        "roles_migrated TeamProfile *",
        before=lambda w: w.northwind.post("/api/roles_migration/system_roles", json={"dry_run": False}),
        workspace=LEGACY,
    ),
    Row(
        "changePlan",
        lambda w: w.plan("northwind", collaborator_limit=3),
        "team_profile_updated TeamProfile *",
        workspace=LEGACY,
    ),
    *(
        Row(operation, act, f"{event} ManagedUserGrant *")
        for operation, act, event in (
            ("createScimUser", scim.create, "team_membership_created"),
            (
                "replaceScimUser",
                lambda w: scim.put(w, BEN, **{scim.ROLE: {"workato_role_prod": "Member"}}),
                "team_membership_updated",
            ),
            ("patchScimUser", lambda w: scim.active(w, state=False, email=BEN), "team_membership_deleted"),
            ("deleteScimUser", lambda w: scim.users(w).delete(f"/Users/{w.id_of(BEN)}"), "team_membership_deleted"),
        )
    ),
    *(
        Row(operation, act, f"{event} UserGroup *", before=lambda w: w.assume(scim_groups="served"))
        for operation, act, event in (
            (
                "createScimGroup",
                lambda w: scim.users(w).post("/Groups", json={"displayName": "Night"}),
                "user_group_created",
            ),
            (
                "replaceScimGroup",
                lambda w: scim.users(w).put(_group_path(w), json={"displayName": "Builders"}),
                "user_group_members_updated",
            ),
            (
                "patchScimGroup",
                lambda w: scim.users(w).patch(
                    _group_path(w), json={"Operations": [{"op": "add", "path": "displayName", "value": "Night"}]}
                ),
                "user_group_updated",
            ),
            ("deleteScimGroup", lambda w: scim.users(w).delete(_group_path(w)), "user_group_deleted"),
        )
    ),
    *(
        Row(operation, act, "team_profile_updated TeamProfile *")
        for operation, act in (
            ("changeScim", lambda w: w.control.patch("/workspaces/acme/scim", json={"jit": True})),
            ("generateScimToken", lambda w: w.control.post("/workspaces/acme/scim/token")),
            ("revokeScimToken", lambda w: w.control.delete("/workspaces/acme/scim/token")),
        )
    ),
    Row(
        "signInBySaml",
        lambda w: w.control.post("/workspaces/acme/sign_ins", json={"email": CY}),
        "team_membership_created ManagedUserGrant *",
        before=lambda w: w.control.patch("/workspaces/acme/scim", json={"jit": True}),
    ),
    Row(
        "addEnvironment",
        lambda w: w.control.post("/workspaces/northwind/environments", json={"name": "test"}),
        "team_profile_updated TeamProfile *",
        workspace=LEGACY,
    ),
    Row(
        "changePermissionModel",
        lambda w: w.control.put(
            "/workspaces/northwind/permission_model", json={"permission_model": "environment_roles"}
        ),
        "team_profile_updated TeamProfile *",
        workspace=LEGACY,
    ),
]

NO_ENTRY = {
    "reset", "seed", "takeSnapshot", "deleteSnapshot", "restoreSnapshot", "setClock", "advanceClock", "setStrict",
    "clearJournal", "suspendRule", "resumeRule", "setAssumptions", "armFault", "clearFaults", "takeLease", "endLease",
    "expireInvitation", "sendScimBulk", "searchScim", "searchScimUsers",
}  # fmt: skip
"""What a harness does to the emulator is no act in the workspace; an invitation lapses without anybody doing it;
and SCIM does not serve everything that it names."""


def _writes(contract: str) -> set[str]:
    """The operations of a contract that may change something."""
    return {
        operation["operationId"]
        for operations in document(contract)["paths"].values()
        for method, operation in operations.items()
        if method in {"post", "put", "patch", "delete"}
    }


DEVELOPER_OPERATIONS = _writes("workato") | _writes("scim")


def test_every_write_of_the_contracts_is_in_the_table() -> None:
    """An operation that is added needs a row here, or a reason why it is no act."""
    listed = {each.operation for each in ACTS}

    assert listed | NO_ENTRY == DEVELOPER_OPERATIONS | _writes("control")
    assert not listed & NO_ENTRY


@pytest.mark.parametrize("row", [pytest.param(each, id=f"{each.operation}-{each.entry}") for each in ACTS])
def test_every_act_leaves_its_entry(row: Row) -> None:
    """Event, resource type and name, as they are after the act; a deleted thing keeps its last name."""
    world = World(_all_privileges(SEED))
    row.before(world)
    known = len(_log(world, row.workspace))
    row.act(world)
    (entry,) = _log(world, row.workspace)[known:]

    if row.operation in DEVELOPER_OPERATIONS:
        assert world.journal()[-1]["operation"] == row.operation
    event, kind, name = row.entry.split(" ", 2)
    assert (entry["event"], entry["resource"]["type"]) == (event, kind)
    assert name in {"*", entry["resource"]["name"]}
