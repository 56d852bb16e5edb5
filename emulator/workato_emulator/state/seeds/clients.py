"""The API clients and client roles of a workspace, from its seed."""

from collections.abc import Callable, Iterable
from datetime import datetime

from workato_emulator.domain.copies import replace
from workato_emulator.domain.values import (
    ApiClient,
    ClientId,
    ClientRole,
    ClientRoleId,
    FolderId,
    Workspace,
)
from workato_emulator.state.seeds.document import (
    ApiClientSeed,
    ClientRoleSeed,
    WorkspaceSeed,
    api_clients_of,
)
from workato_emulator.state.seeds.problems import Found, SeedProblem, must_be_known

Numbering = Callable[[int | None, str, str], int]
"""From the id that a seed gives, the kind of thing and its place, to the id it has."""


def with_clients(
    workspace: Workspace, seed: WorkspaceSeed, number: Numbering, now: datetime, found: Found
) -> Workspace:
    """The workspace with its client roles and API clients. Raises `SeedProblem`."""
    place = f"workspaces.{workspace.slug}"
    for index, each in enumerate(seed.client_roles):
        with found.apart():
            workspace = _with_role(workspace, each, number, now, f"{place}.client_roles.{index}")
    for index, client in enumerate(api_clients_of(workspace.slug, seed)):
        with found.apart():
            workspace = _with_client(workspace, client, number, now, f"{place}.api_clients.{index}")
    return workspace


def _with_role(workspace: Workspace, seed: ClientRoleSeed, number: Numbering, now: datetime, place: str) -> Workspace:
    if any(role.name == seed.name for role in workspace.client_roles.values()):
        raise SeedProblem(f"{place}.name", f"a second client role called {seed.name}")
    id_ = ClientRoleId(number(seed.id, f"client role of {workspace.slug}", place))
    role = ClientRole(
        id_, seed.name, frozenset(seed.privileges), seed.created_at or now, seed.updated_at or seed.created_at or now
    )
    return replace(workspace, client_roles=workspace.client_roles.set(id_, role))


def _with_client(workspace: Workspace, seed: ApiClientSeed, number: Numbering, now: datetime, place: str) -> Workspace:
    if any(client.name == seed.name for client in workspace.clients.values()):
        raise SeedProblem(f"{place}.name", f"a second API client called {seed.name}")
    reached = workspace.environments if seed.environments is None else seed.environments
    for environment in reached:
        must_be_known(environment, workspace.environments, f"{place}.environments", "environment")
    if seed.has_its_own_role:
        own = ClientRoleSeed(name=seed.name, privileges=seed.privileges)
        workspace = _with_role(workspace, own, number, now, place)
    created = seed.created_at or now
    client = ApiClient(
        id=ClientId(number(seed.id, f"client of {workspace.slug}", place)),
        name=seed.name,
        token=seed.token,
        role=_role(workspace.client_roles.values(), seed.name if seed.has_its_own_role else seed.role, place),
        environments=frozenset(reached),
        created_at=created,
        updated_at=seed.updated_at or created,
        token_updated_at=seed.token_updated_at or created,
        all_folders=seed.all_folders,
        folder_ids=() if seed.all_folders else tuple(FolderId(each) for each in seed.folder_ids),
        ip_allow_list=tuple(seed.ip_allow_list),
    )
    return replace(workspace, clients=workspace.clients.set(client.id, client))


def _role(roles: Iterable[ClientRole], name: str | None, place: str) -> ClientRoleId | None:
    if name is None:
        return None
    known = {role.name: role.id for role in roles}
    must_be_known(name, known, f"{place}.role", "client role")
    return known[name]
