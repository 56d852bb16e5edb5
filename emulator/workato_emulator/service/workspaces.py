"""What an admin changes about a workspace in Workato's own pages: plan, permission model, custom roles, API clients."""

from collections.abc import Mapping
from dataclasses import replace

from immutables import Map

from workato_emulator.domain import workspaces
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.values import ApiClient, PermissionModel, Plan, Role, Workspace
from workato_emulator.domain.workspaces import client_called, workspace_called
from workato_emulator.service.work import Work


def listing(work: Work) -> list[Workspace]:
    return [work.cloud.workspaces[id_] for _, id_ in sorted(work.cloud.slugs.items())]


def one(work: Work, slug: str) -> Workspace:
    """The workspace with this short name. Raises `NotFound`."""
    return workspace_called(work.cloud, slug)


def change_plan(work: Work, slug: str, plan: Plan) -> None:
    """Put the workspace on this plan. Raises `NotFound`."""
    workspace = replace(workspace_called(work.cloud, slug), plan=plan)
    work.cloud = work.cloud.with_workspace(workspace)
    _record_settings(work, workspace)


def change_permission_model(work: Work, slug: str, model: PermissionModel) -> None:
    """Move the workspace to the other model, system roles translated. Raises `NotFound`."""
    workspace = workspace_called(work.cloud, slug)
    work.cloud = work.cloud.with_workspace(workspaces.with_permission_model(workspace, model))
    _record_settings(work, workspace)


def create_role(work: Work, slug: str, name: str, privileges: Mapping[str, tuple[str, ...]]) -> Role:
    """Make a custom role of the workspace's model. Raises `NotFound`, `NameTaken` or `Invalid`."""
    workspace, role = workspaces.with_custom_role(
        workspace_called(work.cloud, slug), name, Map(privileges), work.now, work.ids
    )
    work.cloud = work.cloud.with_workspace(workspace)
    _record_role(work, workspace, Event.ROLE_CREATED, role)
    return role


def rename_role(work: Work, slug: str, name: str, to: str) -> None:
    """Rename a custom role. Raises `NotFound`, `Protected`, `NameTaken` or `Invalid`."""
    workspace, role = workspaces.with_role_renamed(workspace_called(work.cloud, slug), name, to, work.now)
    work.cloud = work.cloud.with_workspace(workspace)
    _record_role(work, workspace, Event.ROLE_UPDATED, role)


def delete_role(work: Work, slug: str, name: str) -> None:
    """Delete a custom role; its holders have no access there. Raises `NotFound` or `Protected`."""
    workspace, role = workspaces.without_role(workspace_called(work.cloud, slug), name)
    work.cloud = work.cloud.with_workspace(workspace)
    _record_role(work, workspace, Event.ROLE_DELETED, role)


def change_client(
    work: Work,
    slug: str,
    name: str,
    *,
    token: str | None,
    privileges: frozenset[str] | None,
    environments: frozenset[str] | None,
) -> ApiClient:
    """Regenerate a token or change what a client may do, at once. None leaves a thing as it is.

    Raises `NotFound`, or `NameTaken` for a token that is in use.
    """
    workspace = workspace_called(work.cloud, slug)
    client = client_called(workspace, name)
    changed = replace(
        client,
        token=client.token if token is None else token,
        privileges=client.privileges if privileges is None else privileges,
        environments=client.environments if environments is None else environments,
    )
    work.cloud = workspaces.with_client(work.cloud, workspace, changed)
    _record_client(work, workspace, Event.CLIENT_UPDATED if token is None else Event.CLIENT_TOKEN_REGENERATED, changed)
    return changed


def revoke_client(work: Work, slug: str, name: str) -> None:
    """Delete an API client; its token is dead at once. Raises `NotFound`."""
    workspace = workspace_called(work.cloud, slug)
    client = client_called(workspace, name)
    work.cloud = workspaces.without_client(work.cloud, workspace, client.id)
    _record_client(work, workspace, Event.CLIENT_DELETED, client)


def _record_settings(work: Work, workspace: Workspace) -> None:
    work.record(workspace.id, Event.SETTINGS_UPDATED, (ResourceType.SETTINGS, workspace.id, workspace.name))


def _record_role(work: Work, workspace: Workspace, event: Event, role: Role) -> None:
    work.record(workspace.id, event, (ResourceType.ROLE, role.id, role.name))


def _record_client(work: Work, workspace: Workspace, event: Event, client: ApiClient) -> None:
    work.record(workspace.id, event, (ResourceType.API_CLIENT, client.id, client.name))
