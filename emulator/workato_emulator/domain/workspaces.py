"""Workspaces as a whole: what a new one holds, and what changes when an admin changes it in Workato's own pages."""

from datetime import datetime

from workato_emulator.domain import projects
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.migration import back_to_legacy_roles, of_system_roles
from workato_emulator.domain.refusals import FieldInvalid, NameTaken, NotFound
from workato_emulator.domain.values import (
    Cloud,
    EnvironmentId,
    Folder,
    FolderId,
    PermissionModel,
    Workspace,
)


def workspace_called(cloud: Cloud, slug: str) -> Workspace:
    """The workspace with this short name. Raises `NotFound`."""
    found = cloud.slugs.get(slug)
    if found is None:
        raise NotFound("workspace", slug, cloud.slugs)
    return cloud.workspaces[found]


def with_environment(workspace: Workspace, environment: str, *, now: datetime, ids: IdFactory) -> Workspace:
    """The workspace with one more environment, and a home folder there. Nobody holds a role in it yet.

    Raises `NameTaken`, and `FieldInvalid` for a blank name.
    """
    if not environment.strip():
        raise FieldInvalid("name", "can't be blank")
    if environment in workspace.environments:
        raise NameTaken(environment)
    home = FolderId(ids.number())
    folder = Folder(home, projects.HOME, environment, None, None, now, now)
    return replace(
        projects.with_folder(workspace, folder),
        environments=(*workspace.environments, environment),
        environment_ids=workspace.environment_ids.set(environment, EnvironmentId(ids.number())),
        homes=workspace.homes.set(environment, home),
    )


def with_permission_model(workspace: Workspace, model: PermissionModel, ids: IdFactory) -> Workspace:
    """The workspace on this model, roles migrated to it or translated back.

    Raises `Invalid` where home assets are in the way of the migration.
    """
    if workspace.permission_model is model:
        return workspace
    if model is PermissionModel.ENVIRONMENT_ROLES:
        return of_system_roles(workspace, ids).workspace
    return back_to_legacy_roles(workspace)
