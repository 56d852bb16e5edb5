"""Inviting somebody, and what becomes of an invitation."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from immutables import Map
from msgspec import Struct

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.collaborators import join
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.limits import free_at
from workato_emulator.domain.people import instants, key_of, must_be_an_email, with_note
from workato_emulator.domain.refusals import (
    AlreadyCollaborator,
    ChurnExhausted,
    Invalid,
    InvitationLapsed,
    InvitedTooSoon,
    NotFound,
    SeatsExhausted,
    shorten,
)
from workato_emulator.domain.roles import RoleNamed, named_roles, resolve
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import (
    NO_ACCESS_SENT,
    Assignment,
    Cloud,
    EmailKey,
    GroupId,
    Invitation,
    InvitationId,
    RoleId,
    Workspace,
    WorkspaceId,
)

LIFETIMES = {"never": None, "7_days": timedelta(days=7), "30_days": timedelta(days=30)}


class InvitationRequest(Struct, frozen=True):
    """What somebody asks for when they invite: the body of `POST /api/member_invitations`, parsed."""

    name: str
    email: str
    env_roles: tuple[RoleNamed, ...] = ()
    role_name: str | None = None
    groups: tuple[GroupId, ...] = ()


@rule(
    "INV-6",
    "A person is invited to a workspace at most once in 20 minutes, also after being removed.",
    source="Workato API: Workspace collaborators, Rate limits; Workato docs: Managing collaborators",
)
def must_not_be_invited_again_so_soon(workspace: Workspace, key: EmailKey, now: datetime) -> None:
    free = free_at(instants(workspace.invited_at, key), now, workspace.plan.invitation_cooldown, 1)
    if free > now:
        raise InvitedTooSoon(free - now)


@rule(
    "INV-7",
    "Somebody who is already a collaborator of the workspace cannot be invited to it.",
    source="Okta: Workato supported features (unique email); assumption already_collaborator",
    standing=Standing.ASSUMED,
)
def must_not_be_a_collaborator(workspace: Workspace, key: EmailKey) -> None:
    if key in workspace.members_by_email:
        raise AlreadyCollaborator


@rule(
    "INV-8",
    "A workspace has at most as many collaborators as its plan allows: 100 by default.",
    source="Workato docs: Limits; what answers is assumption seats_exhausted",
)
def must_have_a_seat(workspace: Workspace, taken: int) -> None:
    if taken >= workspace.plan.collaborator_limit:
        raise SeatsExhausted(workspace.plan.collaborator_limit)


@rule(
    "INV-9",
    "One person can be added and removed only so often in a while; how often depends on the licence.",
    source="Okta: Workato supported features, Push user deactivation",
)
def must_not_come_and_go_too_often(workspace: Workspace, key: EmailKey, now: datetime) -> None:
    plan = workspace.plan
    if plan.churn_limit is None:
        return
    free = free_at(instants(workspace.removed_at, key), now, plan.churn_window, plan.churn_limit)
    if free > now:
        raise ChurnExhausted(free - now)


@rule(
    "INV-10",
    "An invitation that has lapsed can no longer be accepted.",
    source="assumption invitation_lifetime",
    standing=Standing.ASSUMED,
)
def must_not_have_lapsed(invitation: Invitation, now: datetime) -> None:
    if invitation.lapses_at is not None and now >= invitation.lapses_at:
        raise InvitationLapsed


@rule(
    "GRP-4",
    "An invitation names only collaborator groups that exist.",
    source="assumption unknown_group_in_invitation",
    standing=Standing.ASSUMED,
)
def must_be_known_groups(workspace: Workspace, groups: tuple[GroupId, ...], assumptions: Assumptions) -> None:
    unknown = next((group for group in groups if group not in workspace.groups), None)
    if unknown is not None and assumptions.unknown_group_in_invitation == "refused":
        raise Invalid(f"User group {shorten(unknown)} not found")


def _first_role_everywhere(workspace: Workspace, named: dict[str, RoleId | None]) -> Assignment:
    role = next((role for role in named.values() if role is not None), None)
    return Map() if role is None else Map(dict.fromkeys(workspace.environments, role))


@choice(
    "INV-4",
    "An environment that an invitation leaves out gets no access.",
    source="Workato API: Workspace collaborators (2024)",
    otherwise=_first_role_everywhere,
)
def no_access_where_unnamed(workspace: Workspace, named: dict[str, RoleId | None]) -> Assignment:
    return Map({environment: role for environment, role in named.items() if role is not None})


def _nobody_waits(cloud: Cloud, key: EmailKey, assumptions: Assumptions) -> bool:
    return False


@choice(
    "INV-3",
    "An invitation is not membership: the invitee is a collaborator only after accepting it.",
    source="Okta: Workato supported features; Workato docs: Managing collaborators",
    otherwise=_nobody_waits,
)
def waits_for_acceptance(cloud: Cloud, key: EmailKey, assumptions: Assumptions) -> bool:
    return key not in cloud.accounts or assumptions.known_account_joins == "on_acceptance"


def seats_taken(workspace: Workspace, assumptions: Assumptions) -> int:
    """Seats that nobody else can have. Whether pending invitations take some is asked only where that decides."""
    members, pending = len(workspace.collaborators), len(workspace.invitations)
    decides = members < workspace.plan.collaborator_limit <= members + pending
    return members + pending if decides and assumptions.pending_takes_a_seat == "yes" else members


def invite(
    cloud: Cloud,
    workspace_id: WorkspaceId,
    request: InvitationRequest,
    *,
    now: datetime,
    ids: IdFactory,
    assumptions: Assumptions,
) -> Cloud:
    """The cloud with one more invitation waiting. What is wrong with the request is found before any limit counts.

    Raises `RolesMissing`, `EmailInvalid`, `EnvironmentNotFound`, `RoleNotFound`, `Invalid` (a group),
    `AlreadyCollaborator`, `SeatsExhausted`, `ChurnExhausted` or `InvitedTooSoon`.
    """
    workspace = cloud.workspaces[workspace_id]
    named = named_roles(request.env_roles, request.role_name)
    if named is not request.env_roles:  # role_name has no role_type of its own: it means a role of the workspace
        named = tuple(replace(each, type=workspace.role_type) for each in named)
    must_be_an_email(request.email)
    no_access = any(each.name == NO_ACCESS_SENT for each in named) and assumptions.no_access_in_invitation == "accepted"
    roles = no_access_where_unnamed(workspace, resolve(workspace, named, assumptions, no_access=no_access))
    must_be_known_groups(workspace, request.groups, assumptions)
    key = key_of(request.email, assumptions)
    must_not_be_a_collaborator(workspace, key)
    earlier = workspace.invitations.get(key)
    if earlier is None or assumptions.pending_takes_a_seat == "no":
        must_have_a_seat(workspace, seats_taken(workspace, assumptions))
    must_not_come_and_go_too_often(workspace, key, now)
    must_not_be_invited_again_so_soon(workspace, key, now)

    if earlier is not None and assumptions.reinvitation == "keeps_first":
        invitation = replace(earlier, invited_at=now, lapses_at=lapse_of(workspace, now, assumptions))
    else:
        invitation = Invitation(
            id=InvitationId(ids.number()),
            name=request.name,
            email=request.email,
            roles=roles,
            groups=tuple(_groups_given(workspace, request.groups)),
            invited_at=now,
            lapses_at=lapse_of(workspace, now, assumptions),
        )
    invited_at = with_note(workspace.invited_at, key, request.email, now)
    cloud = cloud.with_workspace(replace(workspace.with_invitation(invitation, key), invited_at=invited_at))
    if waits_for_acceptance(cloud, key, assumptions):
        return cloud
    return accept(cloud, workspace_id, key, now=now, ids=ids, assumptions=assumptions)


def _groups_given(workspace: Workspace, groups: tuple[GroupId, ...]) -> Iterator[GroupId]:
    """Those that are there, once each. The system group holds everybody who accepts, so it need not be given."""
    for id_ in dict.fromkeys(groups):
        group = workspace.groups.get(id_)
        if group is not None and not group.system:
            yield id_


def extend_cooldown(
    cloud: Cloud, workspace_id: WorkspaceId, email: str, now: datetime, assumptions: Assumptions
) -> Cloud:
    """The cloud after an invitation that came too soon, where that starts the 20 minutes again."""
    workspace = cloud.workspaces[workspace_id]
    invited_at = with_note(workspace.invited_at, key_of(email, assumptions), email, now)
    return cloud.with_workspace(replace(workspace, invited_at=invited_at))


def accept(
    cloud: Cloud,
    workspace_id: WorkspaceId,
    key: EmailKey,
    *,
    now: datetime,
    ids: IdFactory,
    assumptions: Assumptions,
) -> Cloud:
    """The cloud after the invitee said yes: a collaborator with the invited roles and groups, and an account.

    Raises `NotFound` where nothing waits, `InvitationLapsed`, `SeatsExhausted` when the workspace is full.
    """
    workspace = cloud.workspaces[workspace_id]
    invitation = pending(workspace, key)
    must_not_have_lapsed(invitation, now)
    must_have_a_seat(workspace, len(workspace.collaborators))
    return join(
        cloud.with_workspace(workspace.without_invitation(key)),
        workspace_id,
        name=invitation.name,
        email=invitation.email,
        roles=invitation.roles,
        groups=invitation.groups,
        now=now,
        ids=ids,
        assumptions=assumptions,
    )


def withdraw(cloud: Cloud, workspace_id: WorkspaceId, key: EmailKey) -> Cloud:
    """The cloud without this invitation: declined by the invitee, or cancelled in Workato's own pages (PUD-4)."""
    workspace = cloud.workspaces[workspace_id]
    pending(workspace, key)
    return cloud.with_workspace(workspace.without_invitation(key))


def expire(cloud: Cloud, workspace_id: WorkspaceId, key: EmailKey, now: datetime) -> Cloud:
    """The cloud in which this invitation's link stopped working now."""
    workspace = cloud.workspaces[workspace_id]
    lapsed = replace(pending(workspace, key), lapses_at=now)
    return cloud.with_workspace(workspace.with_invitation(lapsed, key))


def pending(workspace: Workspace, key: EmailKey) -> Invitation:
    invitation = workspace.invitations.get(key)
    if invitation is None:
        raise NotFound("invitation", key, (each.email for each in workspace.invitations.values()))
    return invitation


def lapse_of(workspace: Workspace, now: datetime, assumptions: Assumptions) -> datetime | None:
    """When an invitation sent now stops working: by the plan, or else by assumption `invitation_lifetime`."""
    lifetime = workspace.plan.invitation_lifetime or LIFETIMES[assumptions.invitation_lifetime]
    return None if lifetime is None else now + lifetime
