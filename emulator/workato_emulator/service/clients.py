"""API clients and client roles: what the API's own endpoints do, and what an admin does in Workato's pages."""

from collections.abc import Iterable

from workato_emulator.domain import clients
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.changes import ABSENT
from workato_emulator.domain.clients import ClientChange, client_called, client_of, role_called, role_of
from workato_emulator.domain.copies import replace
from workato_emulator.domain.data_centers import token_prefix
from workato_emulator.domain.values import ApiClient, ClientId, ClientRole, Workspace, WorkspaceId
from workato_emulator.domain.workspaces import workspace_called
from workato_emulator.service.work import UnitOfWork

# With a token


def create(work: UnitOfWork, workspace: WorkspaceId, asked: ClientChange) -> ApiClient:
    """Make an API client and its token. Raises `Invalid` or `NameTaken`."""
    held = work.cloud.workspaces[workspace]
    made = clients.create(held, asked, now=work.now, ids=work.ids, assumptions=work.assumptions)
    return _keep(work, held, made, Event.CLIENT_CREATED)


def update(
    work: UnitOfWork, workspace: WorkspaceId, number: int | None, asked: ClientChange, *, caller: ClientId
) -> ApiClient:
    """Change what a request names, at once. Raises `NotFound`, `Invalid`, `NameTaken` or `OwnClient`."""
    held, client = _others(work, workspace, number, caller)
    after = clients.update_client(held, client, asked, work.now, work.assumptions)
    return client if after is client else _keep(work, held, after, Event.CLIENT_UPDATED)


def regenerate(work: UnitOfWork, workspace: WorkspaceId, number: int | None, *, caller: ClientId) -> ApiClient:
    """Give an API client a fresh token; the old one is dead at once. Raises `NotFound` or `OwnClient`."""
    held, client = _others(work, workspace, number, caller)
    token = work.ids.token(token_prefix(held.data_center))
    return _keep(work, held, replace(client, token=token, token_updated_at=work.now), Event.CLIENT_TOKEN_REGENERATED)


def delete(work: UnitOfWork, workspace: WorkspaceId, number: int | None, *, caller: ClientId) -> None:
    """Delete an API client; its token is dead at once. Raises `NotFound` or `OwnClient`."""
    held, client = _others(work, workspace, number, caller)
    _end(work, held, client)


def copy_role(work: UnitOfWork, workspace: WorkspaceId, number: int | None) -> ClientRole:
    """Make a client role with the boxes of another. Raises `NotFound`."""
    held = work.cloud.workspaces[workspace]
    copy = clients.copy_of_role(held, role_of(held, number), now=work.now, ids=work.ids)
    return _keep_role(work, held, copy, Event.CLIENT_ROLE_CREATED)


# By an admin's hand


def change_by_hand(
    work: UnitOfWork,
    slug: str,
    name: str,
    *,
    token: str | None = None,
    privileges: frozenset[str] | None = None,
    environments: frozenset[str] | None = None,
    role: str | None = None,
    ip_allow_list: tuple[str, ...] | None = None,
) -> ApiClient:
    """Regenerate a token, or change what a client may do and from where, at once. None leaves a thing as it is.

    `privileges` are ticked on the client's role, so they count for every client that has it.

    Raises `NotFound`, also for the privileges of a client whose role was deleted; `Invalid` for an entry that is no
    address; or `NameTaken` for a token that is in use.
    """
    workspace = workspace_called(work.cloud, slug)
    client = client_called(workspace, name)
    number = ABSENT if role is None else role_called(workspace, role).id
    asked = ClientChange(role=number, ip_allow_list=ip_allow_list)
    after = replace(
        clients.update_client(workspace, client, asked, work.now, work.assumptions),
        token=client.token if token is None else token,
        token_updated_at=client.token_updated_at if token is None else work.now,
        environments=client.environments if environments is None else environments,
    )
    if after != client:
        event = Event.CLIENT_UPDATED if token is None else Event.CLIENT_TOKEN_REGENERATED
        client = _keep(work, workspace, replace(after, updated_at=work.now), event)
    if privileges is not None:
        workspace = workspace_called(work.cloud, slug)
        ticked = clients.update_role(workspace, role_of(workspace, client.role), None, privileges, work.now)
        _keep_role(work, workspace, ticked, Event.CLIENT_ROLE_UPDATED)
    return client


def revoke(work: UnitOfWork, slug: str, name: str) -> None:
    """Delete an API client; its token is dead at once. Raises `NotFound`."""
    workspace = workspace_called(work.cloud, slug)
    _end(work, workspace, client_called(workspace, name))


def create_role(work: UnitOfWork, slug: str, name: str, privileges: Iterable[str]) -> ClientRole:
    """Define a client role. Raises `NotFound`, `NameTaken` or `Invalid`."""
    workspace = workspace_called(work.cloud, slug)
    role = clients.new_role(workspace, name, privileges, now=work.now, ids=work.ids)
    return _keep_role(work, workspace, role, Event.CLIENT_ROLE_CREATED)


def change_role(
    work: UnitOfWork, slug: str, name: str, *, to: str | None = None, privileges: Iterable[str] | None = None
) -> ClientRole:
    """Rename a client role or tick other boxes; every client that has it feels it at once.

    Raises `NotFound`, `NameTaken` or `Invalid`.
    """
    workspace = workspace_called(work.cloud, slug)
    changed = clients.update_role(workspace, role_called(workspace, name), to, privileges, work.now)
    return _keep_role(work, workspace, changed, Event.CLIENT_ROLE_UPDATED)


def delete_role(work: UnitOfWork, slug: str, name: str) -> None:
    """Delete a client role; the clients that had it are turned away at once. Raises `NotFound`."""
    workspace = workspace_called(work.cloud, slug)
    role = role_called(workspace, name)
    work.cloud = work.cloud.with_workspace(clients.without_role(workspace, role.id))
    _record_role(work, workspace, Event.CLIENT_ROLE_DELETED, role)


def _others(
    work: UnitOfWork, workspace: WorkspaceId, number: int | None, caller: ClientId
) -> tuple[Workspace, ApiClient]:
    """A client that the caller may act on, in its workspace. Raises `NotFound` or `OwnClient`."""
    held = work.cloud.workspaces[workspace]
    client = client_of(held, number)
    clients.must_leave_itself_alone(caller, client, work.assumptions)
    return held, client


def _keep(work: UnitOfWork, workspace: Workspace, client: ApiClient, event: Event) -> ApiClient:
    work.cloud = clients.with_client(work.cloud, workspace, client)
    work.record(workspace.id, event, (ResourceType.API_CLIENT, client.id, client.name))
    return client


def _end(work: UnitOfWork, workspace: Workspace, client: ApiClient) -> None:
    work.cloud = clients.without_client(work.cloud, workspace, client.id)
    work.record(workspace.id, Event.CLIENT_DELETED, (ResourceType.API_CLIENT, client.id, client.name))


def _keep_role(work: UnitOfWork, workspace: Workspace, role: ClientRole, event: Event) -> ClientRole:
    work.cloud = work.cloud.with_workspace(clients.with_role(workspace, role))
    _record_role(work, workspace, event, role)
    return role


def _record_role(work: UnitOfWork, workspace: Workspace, event: Event, role: ClientRole) -> None:
    work.record(workspace.id, event, (ResourceType.CLIENT_ROLE, role.id, role.name))
