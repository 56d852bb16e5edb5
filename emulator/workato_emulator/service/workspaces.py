"""What an admin changes about a workspace in Workato's own pages: plan, permission model, environments."""

from workato_emulator.domain import workspaces
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.copies import replace
from workato_emulator.domain.values import PermissionModel, Plan, Workspace
from workato_emulator.domain.workspaces import workspace_called
from workato_emulator.service.work import UnitOfWork


def listing(work: UnitOfWork) -> list[Workspace]:
    return [work.cloud.workspaces[id_] for _, id_ in sorted(work.cloud.slugs.items())]


def one(work: UnitOfWork, slug: str) -> Workspace:
    """The workspace with this short name. Raises `NotFound`."""
    return workspace_called(work.cloud, slug)


def change_plan(work: UnitOfWork, slug: str, plan: Plan) -> None:
    """Put the workspace on this plan. Raises `NotFound`."""
    workspace = workspace_called(work.cloud, slug)
    if plan != workspace.plan:
        _keep_settings(work, replace(workspace, plan=plan))


def change_permission_model(work: UnitOfWork, slug: str, model: PermissionModel) -> None:
    """Move the workspace to the other model. Raises `NotFound`, or `Invalid` where home assets are in the way."""
    workspace = workspace_called(work.cloud, slug)
    if model is not workspace.permission_model:
        _keep_settings(work, workspaces.with_permission_model(workspace, model, work.ids))


def add_environment(work: UnitOfWork, slug: str, environment: str) -> None:
    """Give the workspace one more environment. Raises `NotFound`, `NameTaken` or `FieldInvalid`."""
    workspace = workspace_called(work.cloud, slug)
    _keep_settings(work, workspaces.with_environment(workspace, environment, now=work.now, ids=work.ids))


def _keep_settings(work: UnitOfWork, workspace: Workspace) -> None:
    work.cloud = work.cloud.with_workspace(workspace)
    work.record(workspace.id, Event.SETTINGS_UPDATED, (ResourceType.SETTINGS, workspace.id, workspace.name))
