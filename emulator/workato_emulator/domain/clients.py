"""API clients and their client roles: how they are found, made, changed and ended (fact sheet 1.3 and 3.19)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from itertools import count

from immutables import Map

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.copies import replace
from workato_emulator.domain.data_centers import token_prefix
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import (
    ClientRoleNotFound,
    EnvironmentNotFound,
    Invalid,
    NameTaken,
    NotFound,
    OwnClient,
)
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import (
    DEV,
    LONGEST_NAME,
    ApiClient,
    ClientId,
    ClientRole,
    ClientRoleId,
    Cloud,
    FolderId,
    TokenOwner,
    Workspace,
)

_ENVIRONMENT_NAMES = {"dev": "Development", "test": "Test", "prod": "Production"}


@dataclass(frozen=True, slots=True)
class ClientChange:
    """What a request says about a client. None leaves a thing as it is, or as a new client has it."""

    name: str | None = None
    role: int | None = None
    environment: str | None = None
    all_folders: bool | None = None
    folder_ids: tuple[FolderId, ...] | None = None
    ip_allow_list: tuple[str, ...] | None = None


def client_called(workspace: Workspace, name: str) -> ApiClient:
    """The API client with this name. Raises `NotFound`."""
    found = next((client for client in workspace.clients.values() if client.name == name), None)
    if found is None:
        raise NotFound("API client", name, (each.name for each in workspace.clients.values()))
    return found


def client_of(workspace: Workspace, number: int | None) -> ApiClient:
    """The API client with this id. Raises `NotFound`."""
    found = None if number is None else workspace.clients.get(ClientId(number))
    if found is None:
        raise NotFound
    return found


def role_called(workspace: Workspace, name: str) -> ClientRole:
    """The client role with this name. Raises `NotFound`."""
    found = next((role for role in workspace.client_roles.values() if role.name == name), None)
    if found is None:
        raise NotFound("client role", name, (each.name for each in workspace.client_roles.values()))
    return found


def role_of(workspace: Workspace, number: int | None) -> ClientRole:
    """The client role with this id. Raises `NotFound`."""
    found = None if number is None else workspace.client_roles.get(ClientRoleId(number))
    if found is None:
        raise NotFound
    return found


def environment_of(workspace: Workspace, client: ApiClient) -> str | None:
    """The one environment that the API shows of a client: the first it reaches, in the workspace's order."""
    return next((each for each in workspace.environments if each in client.environments), None)


def environment_name(environment: str) -> str:
    """What the client endpoints call an environment type: `Development` for `dev`."""
    return _ENVIRONMENT_NAMES.get(environment, environment)


@rule(
    "CLI-1",
    "An API client that does not see all folders names the folders that it sees.",
    source="Workato API: API clients, Create a client",
)
def must_name_its_folders(all_folders: bool, folder_ids: tuple[FolderId, ...]) -> None:
    if not all_folders and not folder_ids:
        raise Invalid("folder_ids is required")


@rule(
    "CLI-2",
    "In a workspace with environments a new API client names the one that it is for.",
    source="Workato API: API clients, Create a client",
)
def must_name_its_environment(workspace: Workspace, environment: str | None) -> None:
    if environment is None and workspace.environments != (DEV,):
        raise Invalid("environment_name is required")


@rule(
    "CLI-3",
    "An API client is given a client role that the workspace has.",
    source="Workato API: API clients, where the id is required; the answer to an unknown one is our reading",
    standing=Standing.ASSUMED,
)
def must_be_a_client_role(role: ClientRole | None) -> None:
    if role is None:
        raise ClientRoleNotFound


@rule(
    "CLI-4",
    "No two API clients of a workspace share a name.",
    source="inferred: the clients page tells them apart by name",
    standing=Standing.ASSUMED,
)
def must_have_a_name_of_its_own(workspace: Workspace, name: str) -> None:
    if any(client.name == name for client in workspace.clients.values()):
        raise NameTaken(name)


def must_leave_itself_alone(caller: ClientId, client: ApiClient, assumptions: Assumptions) -> None:
    """Raises `OwnClient` where assumption `own_client` does not let an API client change or end itself."""
    if caller == client.id and assumptions.own_client == "refused":
        raise OwnClient


def _must_have_these_folders(workspace: Workspace, folder_ids: Iterable[FolderId], assumptions: Assumptions) -> None:
    if assumptions.unknown_folder_of_client == "kept":
        return
    for folder in folder_ids:
        if folder not in workspace.folders:
            raise Invalid(f"Folder {folder} not found")


def _beside_the_old_one(cloud: Cloud, workspace: Workspace, client: ApiClient) -> Cloud:
    changed = replace(workspace, clients=workspace.clients.set(client.id, client))
    tokens = cloud.tokens.set(client.token, TokenOwner(workspace.id, client.id))
    return replace(cloud.with_workspace(changed), tokens=tokens)


@choice(
    "CLI-5",
    "A client has one token: with another one, the old one is dead at once.",
    source="Workato docs: API clients",
    otherwise=_beside_the_old_one,
)
def _with_its_token(cloud: Cloud, workspace: Workspace, client: ApiClient) -> Cloud:
    held = workspace.clients.get(client.id)
    if held is not None and held.token != client.token:
        cloud = replace(cloud, tokens=cloud.tokens.delete(held.token))
    return _beside_the_old_one(cloud, workspace, client)


def with_client(cloud: Cloud, workspace: Workspace, client: ApiClient) -> Cloud:
    """The cloud in which this client is as given, and its token opens it. Raises `NameTaken` for another's token."""
    owner = cloud.tokens.get(client.token)
    if owner is not None and owner != TokenOwner(workspace.id, client.id):
        raise NameTaken("of the token")
    return _with_its_token(cloud, workspace, client)


def without_client(cloud: Cloud, workspace: Workspace, client: ClientId) -> Cloud:
    """The cloud without this client; its token answers 401 from now on."""
    changed = replace(workspace, clients=workspace.clients.delete(client))
    tokens = cloud.tokens.delete(workspace.clients[client].token)
    return replace(cloud.with_workspace(changed), tokens=tokens)


def create(
    workspace: Workspace, asked: ClientChange, *, now: datetime, ids: IdFactory, assumptions: Assumptions
) -> ApiClient:
    """A new client with a fresh token. Raises `Invalid` for what is missing or is not there, or `NameTaken`."""
    must_name_its_environment(workspace, asked.environment)
    everywhere = frozenset(workspace.environments)
    blank = ApiClient(ClientId(ids.number()), "", "", None, everywhere, now, now, now)
    made = changed(workspace, blank, asked, now, assumptions)
    return replace(made, token=ids.token(token_prefix(workspace.data_center)))


def changed(
    workspace: Workspace, client: ApiClient, asked: ClientChange, now: datetime, assumptions: Assumptions
) -> ApiClient:
    """The client as a request wants it. Raises `Invalid` for what cannot be or is not there, or `NameTaken`."""
    name = client.name if asked.name is None else asked.name
    if name != client.name:
        must_have_a_name_of_its_own(workspace, name)
    if not name.strip():
        raise Invalid("Name can't be blank")
    all_folders = client.all_folders if asked.all_folders is None else asked.all_folders
    folder_ids = client.folder_ids if asked.folder_ids is None else asked.folder_ids
    if asked.all_folders is not None or asked.folder_ids is not None:
        must_name_its_folders(all_folders, folder_ids)
        _must_have_these_folders(workspace, asked.folder_ids or (), assumptions)
    networks = client.ip_allow_list if asked.ip_allow_list is None else asked.ip_allow_list
    for entry in networks:
        if network(entry) is None:
            raise Invalid(f"ip_allow_list: {entry} is not an IP address or network")
    return replace(
        client,
        name=name,
        role=client.role if asked.role is None else _role_asked(workspace, asked.role),
        environments=client.environments if asked.environment is None else _reaching(workspace, asked.environment),
        all_folders=all_folders,
        folder_ids=() if all_folders else folder_ids,
        ip_allow_list=networks,
        updated_at=now,
    )


def _role_asked(workspace: Workspace, number: int) -> ClientRoleId | None:
    role = workspace.client_roles.get(ClientRoleId(number))
    must_be_a_client_role(role)
    return None if role is None else role.id


def _reaching(workspace: Workspace, name: str) -> frozenset[str]:
    """The environment that is called so on the wire. Raises `EnvironmentNotFound`."""
    found = next((each for each in workspace.environments if environment_name(each) == name), None)
    if found is None:
        raise EnvironmentNotFound(name)
    return frozenset({found})


@lru_cache(maxsize=4096)
def network(entry: str) -> IPv4Network | IPv6Network | None:
    """The addresses that an entry of an allow list stands for; None for a text that is none."""
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        return None


def with_role(workspace: Workspace, role: ClientRole) -> Workspace:
    return replace(workspace, client_roles=workspace.client_roles.set(role.id, role))


def new_role(
    workspace: Workspace, name: str, privileges: Iterable[str], *, now: datetime, ids: IdFactory
) -> ClientRole:
    """A client role for this workspace. Raises `NameTaken`, or `Invalid` for a blank name."""
    _must_be_free(workspace, name)
    return ClientRole(ClientRoleId(ids.number()), name, frozenset(privileges), now, now)


def changed_role(
    workspace: Workspace, role: ClientRole, name: str | None, privileges: Iterable[str] | None, now: datetime
) -> ClientRole:
    """The role renamed or with other boxes ticked; None leaves a thing as it is. Raises `NameTaken` or `Invalid`."""
    if name is not None and name != role.name:
        _must_be_free(workspace, name)
    return replace(
        role,
        name=role.name if name is None else name,
        privileges=role.privileges if privileges is None else frozenset(privileges),
        updated_at=now,
    )


def copied_role(workspace: Workspace, role: ClientRole, *, now: datetime, ids: IdFactory) -> ClientRole:
    """The same boxes under another name: `Copy of …`, with a number where that one is taken too.

    A name that would be too long loses the end of the old one.
    """
    taken = {each.name for each in workspace.client_roles.values()}
    ends = ("" if number == 1 else f" ({number})" for number in count(1))
    names = (f"Copy of {role.name}"[: LONGEST_NAME - len(end)] + end for end in ends)
    name = next(each for each in names if each not in taken)
    return ClientRole(ClientRoleId(ids.number()), name, role.privileges, now, now)


def without_role(workspace: Workspace, role: ClientRoleId) -> Workspace:
    """The workspace without this client role. Its clients stay, and have none."""
    clients = {
        id_: replace(client, role=None) if client.role == role else client for id_, client in workspace.clients.items()
    }
    return replace(workspace, client_roles=workspace.client_roles.delete(role), clients=Map(clients))


def _must_be_free(workspace: Workspace, name: str) -> None:
    if not name.strip():
        raise Invalid("Name can't be blank")
    if any(role.name == name for role in workspace.client_roles.values()):
        raise NameTaken(name)
