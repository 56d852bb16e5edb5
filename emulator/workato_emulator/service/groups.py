"""Collaborator groups: acts."""

from collections.abc import Callable, Iterable

from workato_emulator.domain import groups
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.values import Group, MemberId, Workspace, WorkspaceId
from workato_emulator.service.work import Work


def create(work: Work, workspace: WorkspaceId, name: str, description: str | None) -> Group:
    """Make an empty group. Raises `Invalid` or `NameTaken`."""
    changed, group = groups.create(
        work.cloud.workspaces[workspace],
        name,
        description,
        now=work.now,
        ids=work.ids,
        assumptions=work.assumptions,
    )
    work.cloud = work.cloud.with_workspace(changed)
    _record(work, workspace, Event.GROUP_CREATED, group)
    return group


def update(work: Work, workspace: WorkspaceId, group: str, name: str | None, description: str | None) -> Group:
    """Rename or describe a group. Raises `NotFound`, `Protected`, `Invalid` or `NameTaken`."""
    changed, updated = groups.update(
        work.cloud.workspaces[workspace], group, name, description, now=work.now, assumptions=work.assumptions
    )
    work.cloud = work.cloud.with_workspace(changed)
    _record(work, workspace, Event.GROUP_UPDATED, updated)
    return updated


def delete(work: Work, workspace: WorkspaceId, group: str) -> None:
    """Delete a group. Raises `NotFound` or `Protected`."""
    deleted = groups.group_of(work.cloud.workspaces[workspace], group)
    _change(work, workspace, lambda held: groups.delete(held, group))
    _record(work, workspace, Event.GROUP_DELETED, deleted)


def add_members(work: Work, workspace: WorkspaceId, group: str, users: Iterable[MemberId]) -> None:
    """Put collaborators into a group, all or none. Raises `NotFound`, `Protected` or `Invalid`."""
    _change(
        work,
        workspace,
        lambda held: groups.add_members(held, group, users, now=work.now, assumptions=work.assumptions),
    )
    _record_members(work, workspace, group)


def remove_members(work: Work, workspace: WorkspaceId, group: str, users: Iterable[MemberId]) -> None:
    """Take people out of a group. Raises `NotFound` or `Protected`."""
    _change(work, workspace, lambda held: groups.remove_members(held, group, users, now=work.now))
    _record_members(work, workspace, group)


def _change(work: Work, workspace: WorkspaceId, change: Callable[[Workspace], Workspace]) -> None:
    work.cloud = work.cloud.with_workspace(change(work.cloud.workspaces[workspace]))


def _record_members(work: Work, workspace: WorkspaceId, group: str) -> None:
    _record(work, workspace, Event.GROUP_MEMBERS_CHANGED, groups.group_of(work.cloud.workspaces[workspace], group))


def _record(work: Work, workspace: WorkspaceId, event: Event, group: Group) -> None:
    work.record(workspace, event, (ResourceType.GROUP, group.id, group.name))
