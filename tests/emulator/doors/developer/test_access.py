"""Who is let in: one answer to every no, told apart by the journal alone."""

import httpx
import pytest

from workato_emulator import Emulator, operations, privileges

from ...world import ADA, SEED, Json, World, row

UNAUTHORIZED = {"message": "Unauthorized"}


def _client(**client: Json) -> World:
    """The small world whose `acme` has this one API client."""
    acme = SEED["workspaces"]["acme"] | {"api_clients": [{"name": "okta", "token": "acme-okta"} | client]}
    return World(SEED | {"workspaces": SEED["workspaces"] | {"acme": acme}})


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no header"),
        pytest.param({"Authorization": ""}, id="empty header"),
        pytest.param({"Authorization": "Bearer"}, id="no token"),
        pytest.param({"Authorization": "Bearer "}, id="blank token"),
        pytest.param({"Authorization": "Bearer wrkaus-dead"}, id="unknown token"),
        pytest.param({"Authorization": "Bearer ACME-OKTA"}, id="token in another case"),
        pytest.param({"Authorization": "Basic acme-okta"}, id="another scheme"),
        pytest.param({"Authorization": "acme-okta"}, id="no scheme"),
        pytest.param({"x-user-token": "acme-okta", "x-user-email": ADA}, id="the legacy headers"),
    ],
)
def test_a_call_bears_the_token_of_an_api_client(world: World, headers: dict[str, str]) -> None:
    """Anything else is nobody, and reads nothing."""
    client = httpx.Client(transport=world.emulator.transport, base_url="http://workato.example.test")
    answer = client.get("/api/members", headers=headers)

    assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)
    entry = world.last()
    assert (entry["workspace"], entry["client"]) == (None, None)
    assert world.refused_by() == "AUTH-1"


def test_the_legacy_key_in_the_query_is_not_read(world: World) -> None:
    """`user_token` and `user_email` are long gone."""
    client = httpx.Client(transport=world.emulator.transport, base_url="http://workato.example.test")

    assert client.get("/api/members", params={"user_token": "acme-okta", "user_email": ADA}).status_code == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case(world: World, scheme: str) -> None:
    """As HTTP has it."""
    assert world.acme.get("/api/members", headers={"Authorization": f"{scheme} acme-okta"}).status_code == 200


def test_a_token_opens_its_own_workspace(world: World) -> None:
    """The token names the workspace; nothing else in a request does."""
    assert set(world.members()) != set(world.members("northwind"))
    assert world.last()["workspace"] == "northwind"


PRIVILEGE_OF = {
    "inviteCollaborator": "collaborators.invite",
    "listCollaborators": "collaborators.list",
    "addExistingCollaborator": "collaborators.invite",
    "getCollaborator": "collaborators.list",
    "updateCollaboratorRoles": "collaborators.update_roles",
    "removeCollaborator": "collaborators.delete",
    "getCollaboratorPrivileges": "collaborators.privileges",
    "listRoles": "roles.list",
    "updateRoleFolders": "roles.update",
    "copyRole": "roles.copy",
    "listEnvironmentRoles": "environment_roles.list",
    "getEnvironmentRole": "environment_roles.list",
    "createEnvironmentRole": "environment_roles.write",
    "updateEnvironmentRole": "environment_roles.write",
    "deleteEnvironmentRole": "environment_roles.write",
    "listProjectRoles": "project_roles.read",
    "getProjectRole": "project_roles.read",
    "createProjectRole": "project_roles.write",
    "updateProjectRole": "project_roles.write",
    "deleteProjectRole": "project_roles.write",
    "migrateSystemRoles": "roles_migration.migrate",
    "migrateCustomRole": "roles_migration.migrate",
    "listCollaboratorGroups": "groups.read",
    "createCollaboratorGroup": "groups.write",
    "getCollaboratorGroup": "groups.read",
    "updateCollaboratorGroup": "groups.write",
    "deleteCollaboratorGroup": "groups.write",
    "listGroupMembers": "groups.read",
    "addGroupMembers": "groups.write",
    "removeGroupMembers": "groups.write",
    "getCollaboratorProjectsPrivileges": "collaborators.privileges",
    "listCollaboratorProjectGrants": "project_grants.read",
    "listGroupProjectGrants": "project_grants.read",
    "listProjectGrants": "project_grants.read",
    "putProjectGrants": "project_grants.write",
    "getProjectGrant": "project_grants.read",
    "updateProjectGrant": "project_grants.write",
    "removeProjectGrant": "project_grants.write",
    "getWorkspaceDetails": "workspace.details",
    "listProjects": "projects.list",
    "updateProject": "projects.update",
    "deleteProject": "projects.delete",
    "listFolders": "folders.list",
    "createFolder": "folders.create",
    "getFolder": "folders.get",
    "updateFolder": "folders.update",
    "deleteFolder": "folders.delete",
    "listActivityLogs": "environment_management.audit_log",
    "listApiClients": "api_clients.list",
    "createApiClient": "api_clients.create",
    "getApiClient": "api_clients.list",
    "updateApiClient": "api_clients.update",
    "deleteApiClient": "api_clients.delete",
    "regenerateApiClientToken": "api_clients.regenerate",
    "listClientRoles": "client_roles.list",
    "copyClientRole": "client_roles.copy",
}


@pytest.mark.parametrize("operation", sorted(operations()))
def test_every_operation_needs_its_privilege_and_no_other(operation: str) -> None:
    """With the one box ticked a client gets past the door; without it the answer is that of a dead token.

    For a deletion of projects and folders it is another one, as boxes beside it are ticked.
    """
    method, path = operations()[operation]
    privilege = PRIVILEGE_OF[operation]
    others = sorted(set(PRIVILEGE_OF.values()) - {privilege})

    lacking = _client(privileges=others)
    answer = lacking.acme.request(method, path.replace("{id}", "1"))
    not_destroyed = operation in {"deleteProject", "deleteFolder"}
    expected = (403, {"message": "Cannot destroy folder"}) if not_destroyed else (401, UNAUTHORIZED)
    assert (answer.status_code, answer.json()) == expected
    assert lacking.refused_by() == "AUTH-2"

    allowed = _client(privileges=[privilege])
    allowed.acme.request(method, path.replace("{id}", "1"))
    assert {"id": "AUTH-2", "outcome": "held"} in allowed.last()["rules"]


def test_a_client_without_dev_is_turned_away() -> None:
    """A token is good and its privileges are all there; without DEV that does not help."""
    world = _client(environments=["test", "prod"])
    answer = world.acme.get("/api/members")

    assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)
    assert world.refused_by() == "AUTH-3"


@pytest.mark.parametrize(
    ("environments", "statuses"),
    [
        pytest.param(["dev"], [200, 200, 200, 200], id="dev"),
        pytest.param(["prod"], [401, 401, 200, 200], id="prod"),
        pytest.param([], [401, 401, 200, 403], id="none"),
    ],
)
def test_projects_need_no_dev(environments: list[str], statuses: list[int]) -> None:
    """People are managed with DEV alone; projects and folders in whatever environment a client was given."""
    world = _client(environments=environments)
    paths = ("/api/members", "/api/user_groups", "/api/projects", "/api/folders")

    assert [world.acme.get(path).status_code for path in paths] == statuses


def test_the_okta_set_lacks_the_workspace_details_and_projects() -> None:
    """A client role ticked as Okta's page asks cannot read the workspace or its projects, and can do the rest."""
    world = _client(privileges="okta")

    for path in ("users/me", "projects", "folders", "members/1/project_grants"):
        assert world.acme.get(f"/api/{path}").status_code == 401
    assert world.acme.get("/api/user_groups").status_code == 200


def test_whoever_is_turned_away_changes_nothing(world: World) -> None:
    """Even with a body that would have been good."""
    before = world.export()
    stranger = world.emulator.client("acme", token="wrkaus-dead")
    body = {"name": "New", "email": "new@example.test", "env_roles": [row("dev", "Member")]}

    assert stranger.post("/api/member_invitations", json=body).status_code == 401
    assert world.export() == before


def test_a_regenerated_token_ends_the_old_one(world: World) -> None:
    """At once, and the other clients' tokens stay."""
    world.control.patch("/workspaces/acme/api_clients/okta", json={"token": "fresh"})

    assert world.acme.get("/api/members").status_code == 401
    assert world.emulator.client("acme", token="fresh").get("/api/members").status_code == 200
    assert world.emulator.client("acme", api_client="second").get("/api/members").status_code == 200


def test_a_changed_client_role_holds_from_the_next_call_on(world: World) -> None:
    """Privileges and environments can be taken and given back without another token."""
    path = "/workspaces/acme/api_clients/okta"
    for change, status in (
        ({"privileges": ["roles.list"]}, 401),
        ({"privileges": ["collaborators.list"]}, 200),
        ({"environments": ["prod"]}, 401),
        ({"environments": ["dev"]}, 200),
    ):
        assert world.control.patch(path, json=change).status_code == 204
        assert world.acme.get("/api/members").status_code == status


def test_a_revoked_client_is_nobody(world: World) -> None:
    """Its token is dead at once, and a second revocation finds nothing."""
    assert world.control.delete("/workspaces/acme/api_clients/okta").status_code == 204
    assert world.acme.get("/api/members").status_code == 401
    assert world.control.delete("/workspaces/acme/api_clients/okta").status_code == 404


def test_the_package_says_what_a_client_role_can_tick() -> None:
    """The boxes that the operations ask for, and no others."""
    assert set(privileges()) == set(PRIVILEGE_OF.values())


def test_the_handle_names_what_it_does_not_find() -> None:
    """An unknown workspace or client is a mistake in the test that asks, and says what there is."""
    emulator = Emulator(SEED)

    with pytest.raises(LookupError, match="no workspace 'acmi'; there are acme, northwind"):
        emulator.client("acmi")
    with pytest.raises(LookupError, match="acme has no API client 'third'"):
        emulator.token("acme", "third")
    assert emulator.token("acme", "second") == "acme-second"
