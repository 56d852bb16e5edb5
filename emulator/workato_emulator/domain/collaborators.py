"""Collaborators: joining, holding roles, leaving."""

from collections.abc import Iterable
from datetime import datetime

from immutables import Map

from workato_emulator.domain import grants
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.people import account_for, key_of, with_note
from workato_emulator.domain.refusals import (
    AlreadyCollaborator,
    Invalid,
    LastAdmin,
    ModeratorProtected,
    NotFound,
    OwnerProtected,
)
from workato_emulator.domain.roles import RoleNamed, admin_roles, is_admin, resolve, with_roles
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import (
    Account,
    Assignment,
    Cloud,
    Collaborator,
    EmailKey,
    GrantType,
    GroupId,
    MemberId,
    RoleId,
    Workspace,
    WorkspaceId,
)


def collaborator_of(workspace: Workspace, member: MemberId | None) -> Collaborator:
    """The collaborator with this id. An invitee has none, so nobody who has not accepted is found here (INV-3).

    Raises `NotFound`.
    """
    found = None if member is None else workspace.collaborators.get(member)
    if found is None:
        raise NotFound
    return found


@rule(
    "MEM-1",
    "An update of a collaborator names the environments whose role changes.",
    source="Workato API reference: Update collaborator roles",
)
def must_name_an_environment(env_roles: tuple[RoleNamed, ...]) -> None:
    if not env_roles:
        raise Invalid("env_roles is required")


def _replace_all(held: Assignment, named: dict[str, RoleId | None], assumptions: Assumptions) -> Assignment:
    return with_roles(Map(), named)


@choice(
    "MEM-2",
    "An update touches only the environments it names; the others keep their role.",
    source="baton-workato: contract comment, from the reference's selective-update examples",
    standing=Standing.OBSERVED,
    otherwise=_replace_all,
)
def update_assignment(held: Assignment, named: dict[str, RoleId | None], assumptions: Assumptions) -> Assignment:
    if not set(held) <= named.keys() and assumptions.update_scope == "replace":
        return _replace_all(held, named, assumptions)
    return with_roles(held, named)


def update_roles(
    cloud: Cloud,
    workspace_id: WorkspaceId,
    member: MemberId | None,
    env_roles: tuple[RoleNamed, ...],
    *,
    assumptions: Assumptions,
) -> tuple[Cloud, Collaborator]:
    """The cloud after a change of roles; nothing but roles can be changed through the API (PPU-4).

    Raises `NotFound`, `Invalid` for an empty list, `EnvironmentNotFound`, `RoleNotFound`, or `Protected` for the last
    administrator and for a moderator.
    """
    workspace = cloud.workspaces[workspace_id]
    held = collaborator_of(workspace, member)
    must_name_an_environment(env_roles)
    must_not_be_a_moderator(held, assumptions)
    named = resolve(workspace, env_roles, assumptions, no_access=True)
    changed = replace(held, roles=update_assignment(held.roles, named, assumptions))
    must_leave_an_admin(workspace, held, changed, assumptions)
    return cloud.with_workspace(workspace.with_roles_of(changed)), changed


@rule(
    "MEM-5",
    "The last administrator of a workspace can neither be removed nor given another role.",
    source="assumption protected_removal",
    standing=Standing.ASSUMED,
)
def must_leave_an_admin(
    workspace: Workspace, before: Collaborator, after: Collaborator | None, assumptions: Assumptions
) -> None:
    """`after` is the same person after the act; None where they leave."""
    if not is_admin(workspace, before.roles) or (after is not None and is_admin(workspace, after.roles)):
        return
    others = (member for role in admin_roles(workspace) for member in workspace.role_holders.get(role, ()))
    if any(each != before.id and is_admin(workspace, workspace.collaborators[each].roles) for each in others):
        return
    if assumptions.protected_removal != "allowed":
        raise LastAdmin(demoted=after is not None)


@rule(
    "MEM-6",
    "The owner of a workspace can neither be removed nor given other roles.",
    source="assumption protected_removal; Workato docs: Roles (the owner is apart from every role)",
    standing=Standing.ASSUMED,
)
def must_not_be_the_owner(workspace: Workspace, member: Collaborator) -> None:
    if member.account == workspace.owner:
        raise OwnerProtected


@rule(
    "MEM-7",
    "A moderator is appointed in the parent workspace and cannot be changed or removed in the child.",
    source="assumption moderator_change",
    standing=Standing.ASSUMED,
)
def must_not_be_a_moderator(member: Collaborator, assumptions: Assumptions) -> None:
    if member.grant_type is GrantType.MODERATOR and assumptions.moderator_change != "allowed":
        raise ModeratorProtected


def _every_workspace(cloud: Cloud, workspace_id: WorkspaceId) -> tuple[WorkspaceId, ...]:
    return tuple(cloud.workspaces)


@choice(
    "MEM-3",
    "Removal takes away access to one workspace only.",
    source="Okta: Workato supported features; Workato docs: Team collaboration",
    otherwise=_every_workspace,
)
def workspaces_left(cloud: Cloud, workspace_id: WorkspaceId) -> tuple[WorkspaceId, ...]:
    return (workspace_id,)


def _forget_account(cloud: Cloud, key: EmailKey) -> Cloud:
    """The cloud without this account; but a workspace always has an owner, whatever rule is silent."""
    account = cloud.accounts.get(key)
    if account is None or any(each.owner == account.id for each in cloud.workspaces.values()):
        return cloud
    return cloud.without_account(key)


@choice(
    "MEM-4",
    "The global account outlives every membership.",
    source="Okta: Workato supported features",
    otherwise=_forget_account,
)
def keep_account(cloud: Cloud, key: EmailKey) -> Cloud:
    return cloud


def _stay_in_groups(workspace: Workspace, member: MemberId) -> Workspace:
    return workspace


@choice(
    "GRP-5",
    "Somebody who leaves the workspace leaves its collaborator groups.",
    source="inferred: group members are collaborators",
    standing=Standing.ASSUMED,
    otherwise=_stay_in_groups,
)
def out_of_every_group(workspace: Workspace, member: MemberId) -> Workspace:
    for group in workspace.groups_of(member):
        workspace = workspace.with_group(replace(group, members=group.members.delete(member)))
    return workspace


def remove(
    cloud: Cloud, workspace_id: WorkspaceId, member: MemberId | None, *, now: datetime, assumptions: Assumptions
) -> Cloud:
    """The cloud without this collaborator. Raises `NotFound`, or `Protected` for whom the workspace cannot lose."""
    workspace = cloud.workspaces[workspace_id]
    leaving = collaborator_of(workspace, member)
    key = key_of(leaving.email, assumptions)
    must_not_be_a_moderator(leaving, assumptions)
    must_leave_an_admin(workspace, leaving, None, assumptions)
    for each in workspaces_left(cloud, workspace_id):
        cloud = _without(cloud, each, key, now)
    return keep_account(cloud, key)


def _without(cloud: Cloud, workspace_id: WorkspaceId, key: EmailKey, now: datetime) -> Cloud:
    workspace = cloud.workspaces[workspace_id]
    member = workspace.members_by_email.get(key)
    if member is None:
        return cloud
    email = workspace.collaborators[member].email
    left = grants.end_grants(out_of_every_group(workspace, member), grants.grants_held_by(workspace, member))
    return cloud.with_workspace(
        replace(
            left.without_collaborator(member, key),
            removed_at=with_note(workspace.removed_at, key, email, now),
        )
    )


def _own_account(
    cloud: Cloud, email: str, name: str, now: datetime, ids: IdFactory, assumptions: Assumptions
) -> tuple[Cloud, Account]:
    return account_for(_forget_account(cloud, key_of(email, assumptions)), email, name, now, ids, assumptions)


@choice(
    "INV-11",
    "One email is one account: joining makes an account only where there is none.",
    source="Workato docs: Team collaboration; Okta: Workato supported features",
    otherwise=_own_account,
)
def one_account(
    cloud: Cloud, email: str, name: str, now: datetime, ids: IdFactory, assumptions: Assumptions
) -> tuple[Cloud, Account]:
    return account_for(cloud, email, name, now, ids, assumptions)


def join(
    cloud: Cloud,
    workspace_id: WorkspaceId,
    *,
    name: str,
    email: str,
    roles: Assignment,
    groups: Iterable[GroupId],
    now: datetime,
    ids: IdFactory,
    assumptions: Assumptions,
) -> Cloud:
    """The cloud in which this person is a collaborator. Raises `AlreadyCollaborator`.

    A person who has an account appears under the account's own name: an invitation does not rename anybody.
    """
    key = key_of(email, assumptions)
    if key in cloud.workspaces[workspace_id].members_by_email:
        raise AlreadyCollaborator
    cloud, account = one_account(cloud, email, name, now, ids, assumptions)
    workspace = cloud.workspaces[workspace_id]
    member = workspace.scim_left.get(key)  # who comes back after a deactivation by SCIM is the same member
    if member is None:
        member = MemberId(account.id if assumptions.member_id == "account" else ids.number())
    collaborator = Collaborator(
        member, account.id, account.name, account.email, roles, now, time_zone=account.time_zone
    )
    workspace = workspace.with_collaborator(collaborator, key).without_invitation(key)
    for group_id in groups:
        group = workspace.groups.get(group_id)
        if group is not None and not group.system:
            workspace = workspace.with_group(replace(group, members=group.members.set(member, None)))
    return cloud.with_workspace(workspace)
