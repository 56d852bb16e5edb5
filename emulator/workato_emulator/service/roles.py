"""Roles: what API clients and admins do to them, and the migration from one kind to the other.

Children of an automation-HQ workspace follow whatever happens to an inheritable role.
"""

from collections.abc import Mapping

from immutables import Map

from workato_emulator.domain import custom_roles, migration
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.custom_roles import AnyRole, legacy_role, origin_of, role_called
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.inheritance import pass_on
from workato_emulator.domain.migration import Migration
from workato_emulator.domain.project_roles import new_project_role, project_role_of
from workato_emulator.domain.roles import config_of
from workato_emulator.domain.values import (
    Config,
    ProjectRole,
    Role,
    RoleId,
    RoleOrigin,
    RoleType,
    Workspace,
    WorkspaceId,
)
from workato_emulator.domain.workspaces import workspace_called
from workato_emulator.service.work import UnitOfWork


def create_environment_role(
    work: UnitOfWork, workspace: WorkspaceId, name: str, config: Config, *, inheritable: bool
) -> Role:
    """Make an environment role. Raises `NameTaken` or `Invalid`."""
    role = Role(
        RoleId(work.ids.number()),
        name,
        RoleType.ENVIRONMENT,
        origin_of(inheritable=inheritable),
        work.now,
        work.now,
        config=config,
    )
    changed, made = custom_roles.create(_workspace(work, workspace), role)
    _keep(work, changed, Event.ROLE_CREATED, None, made)
    return made


def create_project_role(
    work: UnitOfWork, workspace: WorkspaceId, name: str, config: Config, *, inheritable: bool
) -> ProjectRole:
    """Make a project role. Raises `NameTaken` or `Invalid`."""
    role = new_project_role(name, config, work.now, work.ids, origin_of(inheritable=inheritable))
    changed, made = custom_roles.create(_workspace(work, workspace), role)
    _keep(work, changed, Event.ROLE_CREATED, None, made)
    return made


def update_environment_role(
    work: UnitOfWork,
    workspace: WorkspaceId,
    number: int | None,
    *,
    name: str | None,
    config: Config | None,
    inheritable: bool | None,
) -> Role:
    """Change an environment role; None leaves a thing as it is. Raises `NotFound` and what `update` raises."""
    before = custom_roles.environment_role(_workspace(work, workspace), number)
    if config == config_of(before, work.assumptions):  # shown, though nobody wrote it
        config = None
    changed, role = custom_roles.update(
        _workspace(work, workspace), before, name=name, config=config, inheritable=inheritable, now=work.now
    )
    _keep(work, changed, Event.ROLE_UPDATED, before, role)
    return role


def update_project_role(
    work: UnitOfWork, workspace: WorkspaceId, which: str, *, name: str, config: Config, inheritable: bool | None
) -> ProjectRole:
    """Give a project role a name and a configuration. Raises `NotFound` and what `update` raises."""
    before = project_role_of(_workspace(work, workspace), which)
    changed, role = custom_roles.update(
        _workspace(work, workspace), before, name=name, config=config, inheritable=inheritable, now=work.now
    )
    _keep(work, changed, Event.ROLE_UPDATED, before, role)
    return role


def delete_environment_role(work: UnitOfWork, workspace: WorkspaceId, number: int | None) -> None:
    """Delete an environment role; its holders have no access there. Raises `NotFound` or `RoleProtected`."""
    _delete(work, _workspace(work, workspace), custom_roles.environment_role(_workspace(work, workspace), number))


def delete_project_role(work: UnitOfWork, workspace: WorkspaceId, which: str) -> None:
    """Delete a project role and its grants.

    Raises `NotFound`, `RoleProtected`, or `Invalid` where grants hold it back.
    """
    _delete(work, _workspace(work, workspace), project_role_of(_workspace(work, workspace), which))


def reach(
    work: UnitOfWork,
    workspace: WorkspaceId,
    number: int | None,
    *,
    all_folders: bool | None,
    folder_ids: tuple[int, ...] | None,
) -> Role:
    """Say which folders a legacy role reaches. Raises `NotFound`, `RoleProtected` or `Invalid`."""
    before = legacy_role(_workspace(work, workspace), number)
    changed, role = custom_roles.with_folders(
        _workspace(work, workspace), before, all_folders=all_folders, folder_ids=folder_ids, now=work.now
    )
    _keep(work, changed, Event.ROLE_UPDATED, before, role)
    return role


def copy(work: UnitOfWork, workspace: WorkspaceId, number: int | None) -> Role:
    """Make a second legacy role like this one. Raises `NotFound`."""
    held = _workspace(work, workspace)
    changed, made = custom_roles.copy(held, legacy_role(held, number), now=work.now, ids=work.ids)
    _keep(work, changed, Event.ROLE_CREATED, None, made)
    return made


def migrate_system_roles(work: UnitOfWork, workspace: WorkspaceId, *, dry_run: bool) -> Migration:
    """Move the workspace to the new permission model. Raises `Invalid` where home assets are in the way."""
    ids = IdFactory(work.ids.seed, work.ids.count)
    return _keep_migration(work, migration.of_system_roles(_workspace(work, workspace), ids), ids, dry_run=dry_run)


def migrate_custom_role(work: UnitOfWork, workspace: WorkspaceId, number: int | None, *, dry_run: bool) -> Migration:
    """Move one custom role. Raises `NotFound`, `NameTaken`, or `Invalid` where home assets are in the way."""
    ids = IdFactory(work.ids.seed, work.ids.count)
    moved = migration.of_custom_role(_workspace(work, workspace), number, now=work.now, ids=ids)
    return _keep_migration(work, moved, ids, dry_run=dry_run)


def create_by_hand(work: UnitOfWork, slug: str, name: str, privileges: Mapping[str, tuple[str, ...]]) -> Role:
    """An admin makes a custom role of the workspace's model. Raises `NotFound`, `NameTaken` or `Invalid`."""
    workspace = workspace_called(work.cloud, slug)
    role = Role(
        RoleId(work.ids.number()), name, workspace.role_type, RoleOrigin.CUSTOM, work.now, work.now, Map(privileges)
    )
    changed, made = custom_roles.create(workspace, role)
    _keep(work, changed, Event.ROLE_CREATED, None, made)
    return made


def rename_by_hand(work: UnitOfWork, slug: str, name: str, to: str) -> None:
    """An admin renames a custom role. Raises `NotFound`, `RoleProtected`, `NameTaken` or `Invalid`."""
    workspace = workspace_called(work.cloud, slug)
    before = role_called(workspace, name)
    changed, role = custom_roles.update(workspace, before, name=to, now=work.now)
    _keep(work, changed, Event.ROLE_UPDATED, before, role)


def delete_by_hand(work: UnitOfWork, slug: str, name: str) -> None:
    """An admin deletes a custom role; its holders have no access there. Raises `NotFound` or `RoleProtected`."""
    workspace = workspace_called(work.cloud, slug)
    _delete(work, workspace, role_called(workspace, name))


def _workspace(work: UnitOfWork, workspace: WorkspaceId) -> Workspace:
    return work.cloud.workspaces[workspace]


def _delete(work: UnitOfWork, workspace: Workspace, role: AnyRole) -> None:
    changed = custom_roles.delete(workspace, role, work.assumptions)
    _keep(work, changed, Event.ROLE_DELETED, role, None)


def _keep(work: UnitOfWork, workspace: Workspace, event: Event, before: AnyRole | None, after: AnyRole | None) -> None:
    """Keep what became of a role, with its event. A change to nothing is neither kept nor an event."""
    if after is before:
        return
    work.cloud = pass_on(work.cloud.with_workspace(workspace), workspace.id, before, after, work.ids)
    role = after or before
    if role is not None:
        work.record(workspace.id, event, (ResourceType.ROLE, role.id, role.name))


def _keep_migration(work: UnitOfWork, migrated: Migration, ids: IdFactory, *, dry_run: bool) -> Migration:
    before = _workspace(work, migrated.workspace.id)
    after = migration.workspace_after(before, migrated.workspace, dry_run=dry_run)
    if after != before:  # a migration that moves nothing is no event
        work.cloud = work.cloud.with_workspace(after)
        work.ids = ids
        work.record(after.id, Event.ROLES_MIGRATED, (ResourceType.SETTINGS, after.id, after.name))
    return migrated
