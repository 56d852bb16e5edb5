"""Workspaces as a whole: what a new one holds, and what changes when an admin changes it in Workato's own pages."""

from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.migration import back_to_legacy_roles, of_system_roles
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.values import (
    Cloud,
    PermissionModel,
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
