"""Collaborator groups."""

from collections.abc import Iterable
from datetime import datetime

from immutables import Map

from workato_emulator.domain import grants
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.changes import Absent, stamp_update
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import Invalid, NameTaken, NotFound, Protected
from workato_emulator.domain.rules import Standing, rule
from workato_emulator.domain.values import ALL_COLLABORATORS, Collaborator, Group, GroupId, MemberId, Workspace


@rule(
    "GRP-1",
    "Only collaborators can be members of a group; an invitee has no id to be added by.",
    source="Okta: Workato supported features; what answers is assumption unknown_user_in_group",
)
def must_be_collaborators(workspace: Workspace, users: Iterable[MemberId], assumptions: Assumptions) -> None:
    unknown = next((user for user in users if user not in workspace.collaborators), None)
    if unknown is not None and assumptions.unknown_user_in_group == "refused":
        raise Invalid(f"User {unknown} not found")


@rule(
    "GRP-2",
    "The system group holds every collaborator and cannot be changed.",
    source="Workato API: Collaborator groups (existence); its being fixed is assumption system_group_change",
    standing=Standing.ASSUMED,
)
def must_not_be_the_system_group(group: Group) -> None:
    if group.system:
        raise Protected(f"{group.name} is a system group")


@rule(
    "GRP-3",
    "No two groups of a workspace share a name.",
    source="assumption group_name_taken",
    standing=Standing.ASSUMED,
)
def must_have_a_free_name(workspace: Workspace, name: str, but: GroupId | None, assumptions: Assumptions) -> None:
    holder = workspace.group_named(name)
    if holder is not None and holder.id != but and assumptions.group_name_taken != "allowed":
        raise NameTaken(name)


def group_of(workspace: Workspace, group: str) -> Group:
    """The group with this handle. Raises `NotFound`."""
    found = workspace.groups.get(GroupId(group))
    if found is None:
        raise NotFound
    return found


def create(
    workspace: Workspace,
    name: str,
    description: str | None,
    *,
    now: datetime,
    ids: IdFactory,
    assumptions: Assumptions,
) -> tuple[Workspace, Group]:
    """The workspace with one more, empty group. Raises `Invalid` for a blank name, `NameTaken`."""
    _must_not_be_blank(name)
    must_have_a_free_name(workspace, name, None, assumptions)
    group = Group(GroupId(ids.handle("pf")), name, description, system=False, created_at=now, updated_at=now)
    return workspace.with_group(group), group


def update(
    workspace: Workspace,
    group_id: str,
    name: str | None,
    description: str | Absent | None,
    *,
    now: datetime,
    assumptions: Assumptions,
) -> tuple[Workspace, Group]:
    """The workspace with this group renamed or described anew. Without a name it keeps its own.

    Raises `NotFound`, `Protected`, `Invalid` or `NameTaken`.
    """
    group = group_of(workspace, group_id)
    must_not_be_the_system_group(group)
    if name is not None:
        _must_not_be_blank(name)
        must_have_a_free_name(workspace, name, group.id, assumptions)
    after = replace(
        group,
        name=group.name if name is None else name,
        description=group.description if isinstance(description, Absent) else description,
    )
    return _with(workspace, group, after, now)


def _with(workspace: Workspace, group: Group, after: Group, now: datetime) -> tuple[Workspace, Group]:
    """The workspace with the group as it is after a change; itself where nothing changed."""
    changed = stamp_update(group, after, now)
    return (workspace if changed is group else workspace.with_group(changed)), changed


def delete(workspace: Workspace, group_id: str) -> Workspace:
    """The workspace without this group and its grants; its members stay collaborators, and invitations forget it.

    Raises `NotFound` or `Protected`.
    """
    group = group_of(workspace, group_id)
    must_not_be_the_system_group(group)
    workspace = grants.end_grants(workspace, grants.grants_held_by(workspace, group.id))
    for key in workspace.invited_with.get(group.id, Map()):
        invitation = workspace.invitations[key]
        kept = tuple(each for each in invitation.groups if each != group.id)
        workspace = workspace.with_invitation(replace(invitation, groups=kept), key)
    return replace(workspace, groups=workspace.groups.delete(group.id))


def members_of(workspace: Workspace, group: Group) -> list[Collaborator]:
    ids = workspace.collaborators if group.system else group.members
    return [workspace.collaborators[member] for member in sorted(ids) if member in workspace.collaborators]


def size_of(workspace: Workspace, group: Group) -> int:
    return len(workspace.collaborators) if group.system else len(group.members)


def add_members(
    workspace: Workspace, group_id: str, users: Iterable[MemberId], *, now: datetime, assumptions: Assumptions
) -> Workspace:
    """The workspace with these collaborators in the group; one who is in it stays in it.

    Raises `NotFound`, `Protected` or `Invalid` for somebody who is no collaborator; then nobody was added.
    """
    users = tuple(users)
    group = group_of(workspace, group_id)
    must_not_be_the_system_group(group)
    must_be_collaborators(workspace, users, assumptions)
    members = group.members
    for user in users:
        if user in workspace.collaborators and user not in members:
            members = members.set(user, None)
    return _with(workspace, group, replace(group, members=members), now)[0]


def remove_members(workspace: Workspace, group_id: str, users: Iterable[MemberId], *, now: datetime) -> Workspace:
    """The workspace with these people out of the group; one who was not in it is no mistake.

    Raises `NotFound` or `Protected`.
    """
    group = group_of(workspace, group_id)
    must_not_be_the_system_group(group)
    members = group.members
    for user in users:
        if user in members:
            members = members.delete(user)
    return _with(workspace, group, replace(group, members=members), now)[0]


def system_group(now: datetime, ids: IdFactory) -> Group:
    return Group(GroupId(ids.handle("am")), ALL_COLLABORATORS, None, system=True, created_at=now, updated_at=now)


def _must_not_be_blank(name: str) -> None:
    if not name.strip():
        raise Invalid("Name can't be blank")
