"""Who is calling, and what their API client may do.

The live service answers the same 401 to a dead token, a missing privilege and a workspace on the other permission
model, so a client cannot tell them apart by status. The rules here can, and the journal says which one spoke.
"""

from datetime import UTC, datetime
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address

from msgspec import Struct

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.clients import network
from workato_emulator.domain.refusals import (
    AddressNotAllowed,
    DeletionNotTicked,
    NotPermitted,
    Unauthenticated,
    WrongPermissionModel,
)
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import DEV, ApiClient, ClientRole, Cloud, PermissionModel, TokenOwner, Workspace


class Privilege(StrEnum):
    """A box on the client-role page (the list is that of workato-platform-cli). The value is how seeds spell it."""

    INVITE = "collaborators.invite"
    LIST_COLLABORATORS = "collaborators.list"
    UPDATE_ROLES = "collaborators.update_roles"
    COLLABORATOR_PRIVILEGES = "collaborators.privileges"
    DELETE_COLLABORATOR = "collaborators.delete"
    LIST_ROLES = "roles.list"
    UPDATE_LEGACY_ROLES = "roles.update"
    COPY_ROLES = "roles.copy"
    ENVIRONMENT_ROLES = "environment_roles.list"
    WRITE_ENVIRONMENT_ROLES = "environment_roles.write"
    READ_PROJECT_ROLES = "project_roles.read"
    WRITE_PROJECT_ROLES = "project_roles.write"
    MIGRATE_ROLES = "roles_migration.migrate"
    READ_GROUPS = "groups.read"
    WRITE_GROUPS = "groups.write"
    LIST_PROJECTS = "projects.list"
    DELETE_PROJECT = "projects.delete"
    UPDATE_PROJECT = "projects.update"
    LIST_FOLDERS = "folders.list"
    GET_FOLDER = "folders.get"
    CREATE_FOLDER = "folders.create"
    UPDATE_FOLDER = "folders.update"
    DELETE_FOLDER = "folders.delete"
    READ_GRANTS = "project_grants.read"
    WRITE_GRANTS = "project_grants.write"
    WORKSPACE_DETAILS = "workspace.details"
    AUDIT_LOG = "environment_management.audit_log"
    LIST_CLIENTS = "api_clients.list"
    CREATE_CLIENT = "api_clients.create"
    UPDATE_CLIENT = "api_clients.update"
    DELETE_CLIENT = "api_clients.delete"
    REGENERATE_TOKEN = "api_clients.regenerate"  # noqa: S105  (a privilege's name)
    LIST_CLIENT_ROLES = "client_roles.list"
    COPY_CLIENT_ROLE = "client_roles.copy"


LEGACY_ROLES_END = datetime(2026, 9, 1, tzinfo=UTC)
"""The legacy model was announced to work through August 2026 (Workato docs: Permission model FAQs)."""

PROJECTS_AND_FOLDERS = frozenset(
    {
        Privilege.LIST_PROJECTS,
        Privilege.UPDATE_PROJECT,
        Privilege.DELETE_PROJECT,
        Privilege.LIST_FOLDERS,
        Privilege.GET_FOLDER,
        Privilege.CREATE_FOLDER,
        Privilege.UPDATE_FOLDER,
        Privilege.DELETE_FOLDER,
    }
)
"""The boxes of one section of the client-role page: Projects > Project assets > Projects & folders."""


class Caller(Struct, frozen=True):
    """An API client in its workspace: the answer to "who is this token?". `role` is None where it was deleted."""

    workspace: Workspace
    client: ApiClient
    role: ClientRole | None


def _caller(cloud: Cloud, owner: TokenOwner) -> Caller:
    workspace = cloud.workspaces[owner.workspace]
    client = workspace.clients[owner.client]
    return Caller(workspace, client, None if client.role is None else workspace.client_roles.get(client.role))


def _anybody(cloud: Cloud, token: str | None) -> Caller:
    """The owner of the token or else the first client there is: what a service that checks no tokens would do."""
    owner = None if token is None else cloud.tokens.get(token)
    if owner is None:
        owner = min(cloud.tokens.values(), key=lambda each: (each.workspace, each.client), default=None)
    if owner is None:  # every client was revoked: there is nobody to be taken for
        raise Unauthenticated
    return _caller(cloud, owner)


@choice(
    "AUTH-1",
    "Every call bears the token of an API client; the token names the workspace.",
    source="Workato API: Introduction, Authentication",
    otherwise=_anybody,
)
def caller_of(cloud: Cloud, token: str | None) -> Caller:
    owner = None if token is None else cloud.tokens.get(token)
    if owner is None:
        raise Unauthenticated
    return _caller(cloud, owner)


@rule(
    "AUTH-2",
    "An API client may call only what its client role ticks; anything else is answered like a dead token.",
    source="baton-workato: verified against a tenant; API clients page",
    standing=Standing.OBSERVED,
)
def must_hold_privilege(role: ClientRole | None, privilege: Privilege) -> None:
    if role is None or privilege in role.privileges:  # without a role, AUTH-5 has spoken
        return
    if privilege in {Privilege.DELETE_PROJECT, Privilege.DELETE_FOLDER} and role.privileges & PROJECTS_AND_FOLDERS:
        raise DeletionNotTicked
    raise NotPermitted


@rule(
    "AUTH-3",
    "Collaborator endpoints need an API client with access to the DEV environment.",
    source="Workato API: Workspace collaborators",
)
def must_reach_dev(client: ApiClient) -> None:
    if DEV not in client.environments:
        raise NotPermitted


@rule(
    "AUTH-4",
    "The endpoints of one permission model are closed to workspaces on the other.",
    source="baton-workato; Workato docs: Permission model FAQs",
    standing=Standing.OBSERVED,
)
def must_be_on_model(workspace: Workspace, model: PermissionModel, now: datetime, assumptions: Assumptions) -> None:
    over = model is PermissionModel.LEGACY_ROLES and now >= LEGACY_ROLES_END
    if workspace.permission_model is not model or (over and assumptions.legacy_roles_after_their_end == "closed"):
        raise WrongPermissionModel


@rule(
    "AUTH-5",
    "When a client role is deleted, the API clients that had it are turned away at once.",
    source="Workato docs: API clients",
)
def must_have_a_role(role: ClientRole | None) -> None:
    if role is None:
        raise NotPermitted


@rule(
    "AUTH-6",
    "An API client with an IP allow list may call only from the addresses and networks on it.",
    source="Workato API: API clients; networks in the list are our reading",
)
def must_call_from_an_allowed_address(client: ApiClient, address: str) -> None:
    if client.ip_allow_list and not _is_allowed(client.ip_allow_list, address):
        raise AddressNotAllowed


def _is_allowed(entries: tuple[str, ...], address: str) -> bool:
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:  # a caller without an address, as on a Unix socket
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:  # how a dual-stack socket shows IPv4
        found = found.ipv4_mapped
    return any((listed := network(entry)) is not None and found in listed for entry in entries)
