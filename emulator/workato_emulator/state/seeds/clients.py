"""The API clients and client roles of a workspace, from its seed."""

from collections.abc import Mapping

from workato_emulator.domain.copies import replace
from workato_emulator.domain.values import ApiClient, ClientRole, ClientRoleId, FolderId, TokenOwner, Workspace
from workato_emulator.state.seeds.document import ApiClientSeed, ClientRoleSeed, WorkspaceSeed, api_clients_of
from workato_emulator.state.seeds.making import Making
from workato_emulator.state.seeds.problems import must_be_known
from workato_emulator.state.seeds.rows import UNSAID
from workato_emulator.state.seeds.values import EVERY_PRIVILEGE


def with_clients(
    make: Making, workspace: Workspace, seed: WorkspaceSeed, place: str
) -> tuple[Workspace, Mapping[str, TokenOwner]]:
    """The workspace with its client roles and API clients, and whose each token is. Raises `SeedProblem`."""
    workspace = make.each(workspace, seed.client_roles, f"{place}.client_roles", _with_role)
    workspace = make.each(workspace, api_clients_of(workspace.slug, seed), f"{place}.api_clients", _with_client)
    return workspace, {each.token: TokenOwner(workspace.id, each.id) for each in workspace.clients.values()}


def _with_role(make: Making, workspace: Workspace, seed: ClientRoleSeed, place: str) -> Workspace:
    name = seed.name
    make.once(("client role", workspace.slug, name), f"{place}.name", f"a second client role called {name}")
    role = make.value(ClientRole, seed, place, workspace.slug)
    return replace(workspace, client_roles=workspace.client_roles.set(role.id, role))


def _with_client(make: Making, workspace: Workspace, seed: ApiClientSeed, place: str) -> Workspace:
    name = seed.name
    make.once(("client", workspace.slug, name), f"{place}.name", f"a second API client called {name}")
    reached = workspace.environments if seed.environments is None else seed.environments
    for environment in reached:
        with make.found.apart():
            must_be_known(environment, workspace.environments, f"{place}.environments", "environment")
    if seed.role is UNSAID:
        privileges = EVERY_PRIVILEGE if seed.privileges is UNSAID else seed.privileges
        workspace = _with_role(make, workspace, ClientRoleSeed(name=name, privileges=privileges), place)
    role = None
    with make.found.apart():
        role = _role(workspace, name if seed.role is UNSAID else seed.role, place)
    client = make.value(
        ApiClient,
        seed,
        place,
        workspace.slug,
        role=role,
        environments=frozenset(reached),
        folder_ids=() if seed.all_folders else tuple(FolderId(each) for each in seed.folder_ids),
    )
    make.once(("token", seed.token), f"{place}.token", "this token already belongs to an API client")
    return replace(workspace, clients=workspace.clients.set(client.id, client))


def _role(workspace: Workspace, name: str | None, place: str) -> ClientRoleId | None:
    if name is None:
        return None
    known = {role.name: role.id for role in workspace.client_roles.values()}
    must_be_known(name, known, f"{place}.role", "client role")
    return known[name]
