"""Collaborator groups: acts. What an admin does by hand names groups by name and people by email."""

from collections.abc import Callable, Iterable

from workato_emulator.domain import groups
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.changes import Absent
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.values import Group, MemberId, Workspace, WorkspaceId
from workato_emulator.domain.workspaces import workspace_called
from workato_emulator.service.collaborators import by_email
from workato_emulator.service.work import UnitOfWork


def create(work: UnitOfWork, workspace: WorkspaceId, name: str, description: str | None) -> Group:
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


def update(
    work: UnitOfWork, workspace: WorkspaceId, group: str, name: str | None, description: str | Absent | None
) -> Group:
    """Rename or describe a group. Raises `NotFound`, `Protected`, `Invalid` or `NameTaken`."""
    held = work.cloud.workspaces[workspace]
    changed, updated = groups.update(held, group, name, description, now=work.now, assumptions=work.assumptions)
    if changed is not held:
        work.cloud = work.cloud.with_workspace(changed)
        _record(work, workspace, Event.GROUP_UPDATED, updated)
    return updated


def delete(work: UnitOfWork, workspace: WorkspaceId, group: str) -> None:
    """Delete a group. Raises `NotFound` or `Protected`."""
    deleted = groups.group_of(work.cloud.workspaces[workspace], group)
    _change(work, workspace, lambda held: groups.delete(held, group))
    _record(work, workspace, Event.GROUP_DELETED, deleted)


def add_members(work: UnitOfWork, workspace: WorkspaceId, group: str, users: Iterable[MemberId]) -> None:
    """Put collaborators into a group, all or none. Raises `NotFound`, `Protected` or `Invalid`."""
    _change_members(
        work,
        workspace,
        group,
        lambda held: groups.add_members(held, group, users, now=work.now, assumptions=work.assumptions),
    )


def remove_members(work: UnitOfWork, workspace: WorkspaceId, group: str, users: Iterable[MemberId]) -> None:
    """Take people out of a group. Raises `NotFound` or `Protected`."""
    _change_members(work, workspace, group, lambda held: groups.remove_members(held, group, users, now=work.now))


def create_by_hand(work: UnitOfWork, slug: str, name: str, description: str | None) -> Group:
    """An admin makes an empty group. Raises `NotFound`, `Invalid` or `NameTaken`."""
    return create(work, workspace_called(work.cloud, slug).id, name, description)


def delete_by_hand(work: UnitOfWork, slug: str, name: str) -> None:
    """An admin deletes a group. Raises `NotFound` or `Protected`."""
    workspace, group = _find(work, slug, name)
    delete(work, workspace.id, group.id)


def change_members_by_hand(work: UnitOfWork, slug: str, name: str, add: Iterable[str], remove: Iterable[str]) -> None:
    """An admin puts people into a group and takes others out, all or nothing.

    Raises `NotFound` where the group or one of the people is not there, or `Protected`.
    """
    workspace, group = _find(work, slug, name)
    added = [by_email(work, slug, email)[1] for email in add]
    removed = [by_email(work, slug, email)[1] for email in remove]
    if added:
        add_members(work, workspace.id, group.id, added)
    if removed:
        remove_members(work, workspace.id, group.id, removed)


def put_into_only(work: UnitOfWork, slug: str, email: str, names: Iterable[str]) -> None:
    """Make these the groups that a collaborator is in. Raises `NotFound` for one that is not there, or `Protected`."""
    workspace, member = by_email(work, slug, email)
    wanted, there = set(names), {group.name for group in workspace.groups_of(member)}
    for name in sorted(wanted - there):
        change_members_by_hand(work, slug, name, [email], ())
    for name in sorted(there - wanted):
        change_members_by_hand(work, slug, name, (), [email])


def _find(work: UnitOfWork, slug: str, name: str) -> tuple[Workspace, Group]:
    workspace = workspace_called(work.cloud, slug)
    group = workspace.group_named(name)
    if group is None:
        raise NotFound
    return workspace, group


def _change(work: UnitOfWork, workspace: WorkspaceId, change: Callable[[Workspace], Workspace]) -> None:
    work.cloud = work.cloud.with_workspace(change(work.cloud.workspaces[workspace]))


def _change_members(
    work: UnitOfWork, workspace: WorkspaceId, group: str, change: Callable[[Workspace], Workspace]
) -> None:
    """Changing nobody is no event."""
    before = work.cloud.workspaces[workspace]
    after = change(before)
    if after is not before:
        work.cloud = work.cloud.with_workspace(after)
        _record(work, workspace, Event.GROUP_MEMBERS_CHANGED, groups.group_of(after, group))


def _record(work: UnitOfWork, workspace: WorkspaceId, event: Event, group: Group) -> None:
    work.record(workspace, event, (ResourceType.GROUP, group.id, group.name))
