"""Collaborators: what an API client may ask and do, and what an admin does by hand in Workato's own pages."""

from collections.abc import Iterable, Mapping

from immutables import Map

from workato_emulator.domain import collaborators
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.collaborators import collaborator_of, must_not_be_the_owner
from workato_emulator.domain.invitations import must_have_a_seat
from workato_emulator.domain.people import fold, key_of, must_be_an_email
from workato_emulator.domain.refusals import Invalid, NotFound, shorten
from workato_emulator.domain.roles import RoleNamed, resolve, with_roles
from workato_emulator.domain.scim.people import with_change_noted, with_removal_noted
from workato_emulator.domain.values import (
    Account,
    AccountId,
    Assignment,
    Collaborator,
    GrantType,
    GroupId,
    MemberId,
    RoleOrigin,
    Workspace,
    WorkspaceId,
)
from workato_emulator.domain.workspaces import workspace_called
from workato_emulator.service.emails import Emails
from workato_emulator.service.work import UnitOfWork


def listing(work: UnitOfWork, workspace: Workspace, emails: Emails, email_contains: str | None) -> list[Collaborator]:
    """The collaborators, in the order of their ids; the owner among them where assumption `owner_listed` says so."""
    owner = owner_of(work, workspace)
    joins = MemberId(owner.id) not in workspace.collaborators
    if email_contains is None:
        people = list(workspace.collaborators.values())
    else:
        found = emails.containing(email_contains, workspace.members_by_email)
        people = [workspace.collaborators[each] for each in found]
        joins = joins and fold(email_contains) in fold(owner.email)
    if joins and work.assumptions.owner_listed == "yes":
        people.append(owner_as_collaborator(work, workspace))
    return sorted(people, key=lambda each: each.id)


def owner_of(work: UnitOfWork, workspace: Workspace) -> Account:
    return work.cloud.account(workspace.owner)


def owner_as_collaborator(work: UnitOfWork, workspace: Workspace) -> Collaborator:
    """The owner as a row among the collaborators, where an assumption wants one."""
    owner = owner_of(work, workspace)
    admin = next(
        role
        for role in sorted(workspace.roles.values(), key=lambda role: role.id)
        if role.type is workspace.role_type and role.origin is RoleOrigin.SYSTEM
    )
    roles = Map(dict.fromkeys(workspace.environments, admin.id))
    return Collaborator(
        MemberId(owner.id), owner.id, owner.name, owner.email, roles, workspace.created_at, GrantType.TEAM
    )


def one(work: UnitOfWork, workspace: Workspace, member: MemberId | None) -> Collaborator:
    """The collaborator with this id, the owner where `listing` shows them. Raises `NotFound`."""
    owner = owner_of(work, workspace)
    is_owner = member == MemberId(owner.id) and member not in workspace.collaborators
    if is_owner and work.assumptions.owner_listed == "yes":
        return owner_as_collaborator(work, workspace)
    return collaborator_of(workspace, member)


def update_roles(
    work: UnitOfWork, workspace: WorkspaceId, member: MemberId | None, env_roles: tuple[RoleNamed, ...]
) -> Collaborator:
    """Change roles. Raises what `domain.collaborators.update_roles` raises."""
    held = work.cloud.workspaces[workspace]
    before = one(work, held, member)
    must_not_be_the_owner(held, before)
    cloud, changed = collaborators.update_roles(work.cloud, workspace, member, env_roles, assumptions=work.assumptions)
    if changed != before:
        work.cloud = cloud
        record_membership(work, workspace, Event.MEMBERSHIP_UPDATED, changed)
    return changed


def change(
    work: UnitOfWork,
    workspace_id: WorkspaceId,
    before: Collaborator,
    after: Collaborator,
    *,
    actor: AccountId | None = None,
) -> None:
    """Keep a collaborator as they are afterwards, by whichever road the change came. Raises `Protected`."""
    if after == before:
        return
    workspace = work.cloud.workspaces[workspace_id]
    must_not_be_the_owner(workspace, before)
    collaborators.must_not_be_a_moderator(before, work.assumptions)
    collaborators.must_leave_an_admin(workspace, before, after, work.assumptions)
    work.cloud = work.cloud.with_workspace(workspace.with_roles_of(after))
    record_membership(work, workspace_id, Event.MEMBERSHIP_UPDATED, after, actor=actor)


def remove(
    work: UnitOfWork, workspace: WorkspaceId, member: MemberId | None, *, actor: AccountId | None = None
) -> None:
    """End a membership. Raises `NotFound`, or `Protected` for whom the workspace cannot lose."""
    held = work.cloud.workspaces[workspace]
    must_not_be_the_owner(held, one(work, held, member))
    leaving = collaborator_of(held, member)
    work.cloud = collaborators.remove(work.cloud, workspace, member, now=work.now, assumptions=work.assumptions)
    work.cloud = with_removal_noted(work.cloud, held, leaving, work.now, work.assumptions)
    record_membership(work, workspace, Event.MEMBERSHIP_DELETED, leaving, actor=actor)


def record_membership(
    work: UnitOfWork, workspace: WorkspaceId, event: Event, member: Collaborator, *, actor: AccountId | None = None
) -> None:
    """Write into the activity log that this membership began, changed or ended; SCIM shows when one changed."""
    if event is Event.MEMBERSHIP_UPDATED:
        key = key_of(member.email, work.assumptions)
        work.cloud = with_change_noted(work.cloud, workspace, member, work.now, key)
    work.record(workspace, event, (ResourceType.MEMBERSHIP, member.id, member.name), email=member.email, actor=actor)


def member_called(work: UnitOfWork, workspace_id: WorkspaceId, email: str) -> Collaborator:
    """The collaborator with this email, who must be there."""
    workspace = work.cloud.workspaces[workspace_id]
    return workspace.collaborators[workspace.members_by_email[key_of(email, work.assumptions)]]


def add_known_account(work: UnitOfWork, workspace: WorkspaceId, email: str) -> Collaborator:
    """Add somebody who has an account, without an invitation and without roles (assumption `direct_addition`).

    Raises `NotFound` for an email without an account, `SeatsExhausted`, `AlreadyCollaborator`.
    """
    key = key_of(email, work.assumptions)
    account = work.cloud.accounts.get(key)
    if account is None:
        raise NotFound
    return _join(work, workspace, account.name, email, {}, ())


def add_by_hand(
    work: UnitOfWork, slug: str, name: str, email: str, roles: Mapping[str, str], groups: Iterable[str]
) -> Collaborator:
    """An admin makes somebody a collaborator at once. `groups` are names.

    Raises `NotFound`, `EmailInvalid`, `SeatsExhausted`, `EnvironmentNotFound`, `RoleNotFound`, `AlreadyCollaborator`,
    or `Invalid` for a group that does not exist.
    """
    must_be_an_email(email)
    workspace = workspace_called(work.cloud, slug)
    found: list[GroupId] = []
    for group_name in groups:
        group = workspace.group_named(group_name)
        if group is None:
            raise Invalid(f"User group {shorten(group_name)} not found")
        found.append(group.id)
    return _join(work, workspace.id, name, email, roles, found)


def remove_by_hand(work: UnitOfWork, slug: str, email: str) -> None:
    """An admin removes a collaborator in Workato's own pages. Raises what `remove` raises."""
    workspace, member = by_email(work, slug, email)
    remove(work, workspace.id, member)


def change_roles_by_hand(work: UnitOfWork, slug: str, email: str, roles: Mapping[str, str]) -> Collaborator:
    """An admin gives these roles; environments left out keep theirs, NoAccess takes one away."""
    workspace, member = by_email(work, slug, email)
    return update_roles(work, workspace.id, member, _roles_by_name(workspace, roles))


def by_email(work: UnitOfWork, slug: str, email: str) -> tuple[Workspace, MemberId]:
    """A workspace and the id of its collaborator with this email. Raises `NotFound`."""
    workspace = workspace_called(work.cloud, slug)
    member = workspace.members_by_email.get(key_of(email, work.assumptions))
    if member is None:
        raise NotFound("collaborator", email, (each.email for each in workspace.collaborators.values()))
    return workspace, member


def _join(
    work: UnitOfWork,
    workspace_id: WorkspaceId,
    name: str,
    email: str,
    roles: Mapping[str, str],
    groups: Iterable[GroupId],
) -> Collaborator:
    workspace = work.cloud.workspaces[workspace_id]
    must_have_a_seat(workspace, len(workspace.collaborators))
    named = resolve(workspace, _roles_by_name(workspace, roles), work.assumptions, no_access=True)
    return join(work, workspace_id, name, email, with_roles(Map(), named), groups)


def join(
    work: UnitOfWork,
    workspace_id: WorkspaceId,
    name: str,
    email: str,
    roles: Assignment,
    groups: Iterable[GroupId] = (),
    *,
    actor: AccountId | None = None,
) -> Collaborator:
    """Make somebody a collaborator at once, who has a seat. Raises `AlreadyCollaborator`."""
    work.cloud = collaborators.join(
        work.cloud,
        workspace_id,
        name=name,
        email=email,
        roles=roles,
        groups=groups,
        now=work.now,
        ids=work.ids,
        assumptions=work.assumptions,
    )
    joined = member_called(work, workspace_id, email)
    record_membership(work, workspace_id, Event.MEMBERSHIP_CREATED, joined, actor=actor)
    return joined


def _roles_by_name(workspace: Workspace, roles: Mapping[str, str]) -> tuple[RoleNamed, ...]:
    """Roles as people in Workato's pages choose them: from their own workspace's list."""
    return tuple(RoleNamed(environment, name, workspace.role_type) for environment, name in roles.items())
