"""Workspaces as a whole: what a new one holds, and what changes when an admin changes it in Workato's own pages."""

from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.migration import back_to_legacy_roles, of_system_roles
from workato_emulator.domain.refusals import NameTaken, NotFound
from workato_emulator.domain.values import (
    ApiClient,
    ClientId,
    Cloud,
    PermissionModel,
    TokenOwner,
    Workspace,
)


def workspace_called(cloud: Cloud, slug: str) -> Workspace:
    """The workspace with this short name. Raises `NotFound`."""
    found = cloud.slugs.get(slug)
    if found is None:
        raise NotFound("workspace", slug, cloud.slugs)
    return cloud.workspaces[found]


def with_permission_model(workspace: Workspace, model: PermissionModel, ids: IdFactory) -> Workspace:
    """The workspace on this model, roles migrated to it or translated back.

    Raises `Invalid` where home assets are in the way of the migration.
    """
    if workspace.permission_model is model:
        return workspace
    if model is PermissionModel.ENVIRONMENT_ROLES:
        return of_system_roles(workspace, ids).workspace
    return back_to_legacy_roles(workspace)


def client_called(workspace: Workspace, name: str) -> ApiClient:
    """The API client with this name. Raises `NotFound`."""
    found = next((client for client in workspace.clients.values() if client.name == name), None)
    if found is None:
        raise NotFound("API client", name, (each.name for each in workspace.clients.values()))
    return found


def with_client(cloud: Cloud, workspace: Workspace, client: ApiClient) -> Cloud:
    """The cloud in which this client has exactly this token; an earlier one is dead. Raises `NameTaken` for a token."""
    owner = cloud.tokens.get(client.token)
    mine = TokenOwner(workspace.id, client.id)
    if owner is not None and owner != mine:
        raise NameTaken("of the token")
    cloud = without_token(cloud, workspace, client.id)
    changed = replace(workspace, clients=workspace.clients.set(client.id, client))
    return replace(cloud.with_workspace(changed), tokens=cloud.tokens.set(client.token, mine))


def without_client(cloud: Cloud, workspace: Workspace, client: ClientId) -> Cloud:
    """The cloud without this client; its token answers 401 from now on."""
    changed = replace(workspace, clients=workspace.clients.delete(client))
    return without_token(cloud, workspace, client).with_workspace(changed)


def without_token(cloud: Cloud, workspace: Workspace, client: ClientId) -> Cloud:
    return replace(cloud, tokens=cloud.tokens.delete(workspace.clients[client].token))
