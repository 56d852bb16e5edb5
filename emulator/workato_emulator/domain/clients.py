"""API clients and their client roles: how they are found, made, changed and ended (Workato API: API clients)."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from itertools import count

from immutables import Map
from msgspec import Struct

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.changes import ABSENT, Absent, stamp_update
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
    shorten,
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


class ClientChange(Struct, frozen=True):
    """What a request says about a client. None leaves a thing as it is, or as a new client has it.

    Reading shows null for the role or the environment of a client that has none, so null can be written where it
    stands already. `environments` are all that the request names: it has two fields for one thing.
    """

    name: str | None = None
    role: int | Absent | None = ABSENT
    environments: tuple[str | None, ...] = ()
    all_folders: bool | None = None
    folder_ids: tuple[FolderId, ...] | None = None
    ip_allow_list: tuple[str, ...] | None = None

    @property
    def names_an_environment(self) -> bool:
        return any(each is not None for each in self.environments)


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


def has_environments(workspace: Workspace) -> bool:
    """Whether the workspace has the environments feature; without it, everything is dev."""
    return workspace.environments != (DEV,)


def environment_of(workspace: Workspace, client: ApiClient) -> str | None:
    """The one environment that the API shows of a client: the first it reaches, in the workspace's order.

    None in a workspace without environments.
    """
    if not has_environments(workspace):
        return None
    return next((each for each in workspace.environments if each in client.environments), None)


def environment_name(environment: str) -> str:
    """What the client endpoints call an environment type: `Development` for `dev`."""
    return _ENVIRONMENT_NAMES.get(environment, environment)


def environment_shown_as(name: str) -> str:
    """The environment that a client shows by this name: the other way round."""
    return next((each for each, shown in _ENVIRONMENT_NAMES.items() if shown == name), name)


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
def must_name_its_environment(workspace: Workspace, asked: ClientChange) -> None:
    if has_environments(workspace) and not asked.names_an_environment:
        raise Invalid("environment_name is required")


@rule(
    "CLI-6",
    "A workspace without environments takes no environment for an API client.",
    source="workato-toolkit, notes from a real workspace; what answers is assumption client_environment_field",
    standing=Standing.OBSERVED,
)
def must_name_no_environment(workspace: Workspace, asked: ClientChange, assumptions: Assumptions) -> None:
    if assumptions.client_environment_field == "ignored" or has_environments(workspace):
        return
    if asked.names_an_environment:
        raise Invalid("environment is not available in this workspace")


def _by_its_name_only(workspace: Workspace, called: str) -> str | None:
    return next((each for each in workspace.environments if environment_name(each) == called), None)


@choice(
    "CLI-7",
    "An API client's environment is named by its name or by its type, DEV, TEST or PROD in any case.",
    source="Workato API: API clients (the name); workato-toolkit, notes from a real workspace (the type)",
    standing=Standing.OBSERVED,
    otherwise=_by_its_name_only,
)
def environment_called(workspace: Workspace, called: str) -> str | None:
    """The environment type that a request means; exact spellings come first."""
    named = _by_its_name_only(workspace, called)
    if named is not None or called in workspace.environments:
        return named or called
    return next((each for each in workspace.environments if each.lower() == called.lower()), None)


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
    if client.token in cloud.scim_tokens or (owner is not None and owner != TokenOwner(workspace.id, client.id)):
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
    must_name_its_environment(workspace, asked)
    named = has_environments(workspace) and asked.names_an_environment
    reached = frozenset[str]() if named else frozenset(workspace.environments)
    blank = ApiClient(ClientId(ids.number()), "", "", None, reached, now, now, now)
    made = update_client(workspace, blank, asked, now, assumptions)
    return replace(made, token=ids.token(token_prefix(workspace.data_center)))


def update_client(
    workspace: Workspace, client: ApiClient, asked: ClientChange, now: datetime, assumptions: Assumptions
) -> ApiClient:
    """The client as a request wants it; itself where the request says what is so already.

    Raises `Invalid` for what cannot be or is not there, or `NameTaken`.
    """
    name = client.name if asked.name is None else asked.name
    if name != client.name:
        must_have_a_name_of_its_own(workspace, name)
    if not name.strip():
        raise Invalid("Name can't be blank")
    all_folders, folder_ids = _folders_asked(workspace, client, asked, assumptions)
    networks = client.ip_allow_list if asked.ip_allow_list is None else asked.ip_allow_list
    for entry in networks:
        if network(entry) is None:
            raise Invalid(f"ip_allow_list: {shorten(entry)} is not an IP address or network")
    after = replace(
        client,
        name=name,
        role=_role_asked(workspace, client, asked.role),
        environments=_environments_asked(workspace, client, asked, assumptions),
        all_folders=all_folders,
        folder_ids=folder_ids,
        ip_allow_list=networks,
    )
    return stamp_update(client, after, now)


def _folders_asked(
    workspace: Workspace, client: ApiClient, asked: ClientChange, assumptions: Assumptions
) -> tuple[bool, tuple[FolderId, ...]]:
    """Whether the client sees all folders, and those that it sees else."""
    all_folders = client.all_folders if asked.all_folders is None else asked.all_folders
    folder_ids = client.folder_ids if asked.folder_ids is None else asked.folder_ids
    if all_folders and asked.folder_ids:
        raise Invalid("folder_ids: all_folders is true, so no folders can be named")
    if (all_folders, folder_ids) != (client.all_folders, client.folder_ids):
        must_name_its_folders(all_folders, folder_ids)
        _must_have_these_folders(workspace, set(folder_ids) - set(client.folder_ids), assumptions)
    return all_folders, () if all_folders else folder_ids


def _role_asked(workspace: Workspace, client: ApiClient, number: int | Absent | None) -> ClientRoleId | None:
    if isinstance(number, Absent) or number == client.role:
        return client.role
    role = None if number is None else workspace.client_roles.get(ClientRoleId(number))
    must_be_a_client_role(role)
    return None if role is None else role.id


def _environments_asked(
    workspace: Workspace, client: ApiClient, asked: ClientChange, assumptions: Assumptions
) -> frozenset[str]:
    """The environments that the client reaches. The one that reading shows leaves all of them as they are.

    Raises `EnvironmentNotFound`, and `Invalid` for two environments or none.
    """
    must_name_no_environment(workspace, asked, assumptions)
    if not asked.environments or not has_environments(workspace):
        return client.environments
    found: set[str] = set()
    for called in asked.environments:
        if called is not None:
            environment = environment_called(workspace, called)
            if environment is None:
                raise EnvironmentNotFound(called)
            found.add(environment)
    shown = environment_of(workspace, client)
    if len(found) > 1:
        raise Invalid("environment and environment_name are two environments")
    if not found and shown is not None:
        raise Invalid("environment_name can't be blank")
    return client.environments if found <= {shown} else frozenset(found)


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


def update_role(
    workspace: Workspace, role: ClientRole, name: str | None, privileges: Iterable[str] | None, now: datetime
) -> ClientRole:
    """The role renamed or with other boxes ticked; None leaves a thing as it is. Raises `NameTaken` or `Invalid`."""
    if name is not None and name != role.name:
        _must_be_free(workspace, name)
    after = replace(
        role,
        name=role.name if name is None else name,
        privileges=role.privileges if privileges is None else frozenset(privileges),
    )
    return stamp_update(role, after, now)


def copy_of_role(workspace: Workspace, role: ClientRole, *, now: datetime, ids: IdFactory) -> ClientRole:
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
