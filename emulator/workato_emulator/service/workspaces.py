"""What an admin changes about a workspace in Workato's own pages: plan, permission model, API clients."""

from workato_emulator.domain import workspaces
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.copies import replace
from workato_emulator.domain.values import ApiClient, PermissionModel, Plan, Workspace
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
    """Move the workspace to the other model. Raises `NotFound`, or `Invalid` where home assets are in the way."""
    workspace = workspace_called(work.cloud, slug)
    work.cloud = work.cloud.with_workspace(workspaces.with_permission_model(workspace, model, work.ids))
    _record_settings(work, workspace)


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


def _record_client(work: Work, workspace: Workspace, event: Event, client: ApiClient) -> None:
    work.record(workspace.id, event, (ResourceType.API_CLIENT, client.id, client.name))
