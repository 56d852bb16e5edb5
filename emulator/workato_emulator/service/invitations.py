"""What people do with invitations: send them, answer them, withdraw them."""

from workato_emulator.domain import invitations
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.invitations import InvitationRequest
from workato_emulator.domain.people import key_of
from workato_emulator.domain.refusals import InvitedTooSoon
from workato_emulator.domain.values import AccountId, EmailKey, Invitation, InvitationId, Workspace, WorkspaceId
from workato_emulator.domain.workspaces import workspace_called
from workato_emulator.service.collaborators import member_called, record_membership
from workato_emulator.service.work import UnitOfWork


def invite(work: UnitOfWork, workspace: WorkspaceId, request: InvitationRequest) -> None:
    """Send an invitation. Raises what `domain.invitations.invite` raises."""
    try:
        work.cloud = invitations.invite(
            work.cloud, workspace, request, now=work.now, ids=work.ids, assumptions=work.assumptions
        )
    except InvitedTooSoon:
        if work.assumptions.invitation_cooldown_extended == "yes":
            work.despite_refusal = invitations.extend_cooldown(
                work.cloud, workspace, request.email, work.now, work.assumptions
            )
        raise
    invitation = invitation_or_none(work, workspace, request.email)
    if invitation is None:  # an account that joins at once (assumption known_account_joins)
        record_membership(work, workspace, Event.MEMBERSHIP_CREATED, member_called(work, workspace, request.email))
    else:
        _record(work, workspace, Event.INVITATION_CREATED, invitation)


def invitation_or_none(work: UnitOfWork, workspace: WorkspaceId, email: str) -> Invitation | None:
    return work.cloud.workspaces[workspace].invitations.get(key_of(email, work.assumptions))


def waiting(work: UnitOfWork, slug: str) -> list[Invitation]:
    """The invitations nobody has answered, oldest first. Only Workato's own pages show these (PUD-4)."""
    workspace = workspace_called(work.cloud, slug)
    return sorted(workspace.invitations.values(), key=lambda each: (each.invited_at, each.id))


def accept(work: UnitOfWork, slug: str, which: str) -> Invitation:
    """The invitee says yes. `which` is the invitation's id or the invitee's email."""
    workspace, key, invitation = _find(work, slug, which)
    work.cloud = invitations.accept(
        work.cloud, workspace.id, key, now=work.now, ids=work.ids, assumptions=work.assumptions
    )
    actor = member_called(work, workspace.id, invitation.email).account
    _record(work, workspace.id, Event.INVITATION_ACCEPTED, invitation, actor)
    return invitation


def withdraw(work: UnitOfWork, slug: str, which: str) -> Invitation:
    """The invitee declines, or an admin cancels: either way nothing is left but the cool-down."""
    workspace, key, invitation = _find(work, slug, which)
    work.cloud = invitations.withdraw(work.cloud, workspace.id, key)
    _record(work, workspace.id, Event.INVITATION_DELETED, invitation)
    return invitation


def expire(work: UnitOfWork, slug: str, which: str) -> Invitation:
    """The link stops working now, whatever lifetime it had."""
    workspace, key, invitation = _find(work, slug, which)
    work.cloud = invitations.expire(work.cloud, workspace.id, key, work.now)
    return invitation


def _record(
    work: UnitOfWork, workspace: WorkspaceId, event: Event, invitation: Invitation, actor: AccountId | None = None
) -> None:
    about = (ResourceType.INVITATION, invitation.id, invitation.name)
    work.record(workspace, event, about, email=invitation.email, actor=actor)


def _find(work: UnitOfWork, slug: str, which: str) -> tuple[Workspace, EmailKey, Invitation]:
    workspace = workspace_called(work.cloud, slug)
    number = number_in(which)
    by_id = None if number is None else workspace.invitation_keys.get(InvitationId(number))
    key = key_of(which, work.assumptions) if by_id is None else by_id
    return workspace, key, invitations.pending(workspace, key)
