"""People provisioned by SCIM. What happens to a membership happens by the functions that every other door calls."""

from collections.abc import Iterator
from contextlib import contextmanager

from immutables import Map

from workato_emulator.domain.changes import Absent
from workato_emulator.domain.copies import replace
from workato_emulator.domain.invitations import InvitationRequest, must_have_a_seat
from workato_emulator.domain.people import account_for, key_of
from workato_emulator.domain.refusals import shorten
from workato_emulator.domain.roles import RoleNamed, RolesWritten, with_roles
from workato_emulator.domain.scim import people
from workato_emulator.domain.scim.people import Provisioned, is_gone, leaves_a_tombstone
from workato_emulator.domain.scim.refusals import Kind, ScimInvalid, StaysAway, UserNameTaken
from workato_emulator.domain.scim.roles import (
    roles_after,
    roles_on_return,
    roles_removed,
    roles_that_count,
    roles_without_any,
    roles_written,
)
from workato_emulator.domain.scim.writing import (
    Written,
    active_after,
    external_id_after,
    joins_at_once,
    may_write_the_name,
    must_not_be_a_member,
    must_not_be_deactivated,
    must_not_be_renamed,
    user_name_of,
)
from workato_emulator.domain.values import (
    AccountId,
    Assignment,
    Collaborator,
    EmailKey,
    MemberId,
    Workspace,
    WorkspaceId,
)
from workato_emulator.service import collaborators, groups, invitations
from workato_emulator.service.work import UnitOfWork

SYSTEM = AccountId(1)
"""Who acts in the log where assumption `scim_audit_actor` says that it is nobody: no account has this id."""


# Asking


def everybody(work: UnitOfWork, workspace: Workspace, listed: people.Listed) -> list[Provisioned]:
    """Whom a list shows, by creation and then by id."""
    found = people.everybody(workspace, listed)
    if listed == "with_owner":
        found.append(_owner(work, workspace))
    return people.in_order(found)


def one(work: UnitOfWork, workspace: Workspace, id_: str) -> Provisioned:
    """The person with this id. Raises `NotFound`."""
    if work.assumptions.scim_lists == "with_owner":
        owner = _owner(work, workspace)
        if id_ == people.id_of(workspace.id, owner.member.id, work.assumptions):
            return owner
    return people.person_of(workspace, id_, work.assumptions)


def _owner(work: UnitOfWork, workspace: Workspace) -> Provisioned:
    return people.provisioned(collaborators.owner_as_collaborator(work, workspace), None)


# Creating


def create(work: UnitOfWork, workspace_id: WorkspaceId, written: Written) -> Provisioned:
    """Provision somebody. What is wrong with the request is found before whether the person is there already.

    Raises `ScimInvalid`, `UserNameTaken` or `SeatsExhausted`.
    """
    assumed = work.assumptions
    workspace = work.cloud.workspaces[workspace_id]
    user_name = user_name_of(written, assumed)
    roles = roles_written(workspace, written.roles, assumed)
    key = key_of(user_name, assumed)
    must_not_be_a_member(workspace, user_name, key)
    member = people.person_called(workspace, user_name, assumed)
    if member is not None and member.active:  # as it is while that rule is silent
        return _write(work, workspace_id, member, written, active=True)
    left = workspace.scim_left.get(key)
    if left is not None:
        must_not_be_deactivated(workspace, user_name, key, assumed)
        return _write(work, workspace_id, people.deactivated(workspace.scim_people[left]), written, active=True)
    _must_not_be_known(work, workspace, user_name, key)
    roles = roles or roles_without_any(workspace, assumed)
    active = _active_at_creation(work, written)
    held: Assignment = with_roles(Map(), roles)
    name = written.name or user_name
    if active and joins_at_once(work.cloud, workspace, key, assumed):
        must_have_a_seat(workspace, len(workspace.collaborators))
        actor = _actor_at_creation(work, user_name, name)
        joined = collaborators.join(work, workspace_id, name, user_name, held, actor=actor)
        made = Provisioned(joined, active=True, created_at=work.now, updated_at=work.now)
    else:
        if active:
            _invite(work, workspace, name, user_name, roles)
        made = _without_membership(work, name, user_name, held)
    _put_into_groups(work, workspace, made, written)
    return _keep(work, workspace_id, _with_extras(work, workspace_id, made, written, roles))


def _must_not_be_known(work: UnitOfWork, workspace: Workspace, user_name: str, key: EmailKey) -> None:
    """Raises `UserNameTaken` where assumptions say that an invitation, or an account elsewhere, is in the way."""
    if key in workspace.invitations and work.assumptions.scim_create_over_invitation == "409":
        raise UserNameTaken(user_name, "this person was invited and has not answered")
    if key in work.cloud.accounts and work.assumptions.scim_known_account == "409":
        raise UserNameTaken(user_name, "this person has a Workato account")


def _active_at_creation(work: UnitOfWork, written: Written) -> bool:
    if isinstance(written.active, Absent) or written.active or work.assumptions.scim_create_inactive == "ignored":
        return True
    if work.assumptions.scim_create_inactive == "400":
        raise ScimInvalid(Kind.VALUE, "active must be true when a user is created")
    return False


def _invite(work: UnitOfWork, workspace: Workspace, name: str, email: str, roles: RolesWritten) -> None:
    named = tuple(
        RoleNamed(environment, workspace.roles[role].name, workspace.role_type)
        for environment, role in roles.items()
        if role is not None
    )
    invitations.invite(work, workspace.id, InvitationRequest(name, email, named))


def _without_membership(work: UnitOfWork, name: str, email: str, roles: Assignment) -> Provisioned:
    """Somebody whom SCIM knows and who is no collaborator: deactivated, or not yet come."""
    work.cloud, account = account_for(work.cloud, email, name, work.now, work.ids, work.assumptions)
    by_account = work.assumptions.member_id == "account"
    id_ = MemberId(account.id if by_account else work.ids.number())
    member = Collaborator(id_, account.id, account.name, account.email, roles, work.now, time_zone=account.time_zone)
    return Provisioned(member, active=False, created_at=work.now, updated_at=work.now)


def _with_extras(
    work: UnitOfWork, workspace_id: WorkspaceId, made: Provisioned, written: Written, roles: RolesWritten
) -> Provisioned:
    """The person with what a membership does not hold."""
    external_id = external_id_after(made.external_id, written.external_id, work.assumptions)
    if work.assumptions.scim_external_id == "shown" and made.member.external_id != external_id:
        made = replace(made, member=replace(made.member, external_id=external_id))
        if made.active:
            changed = work.cloud.workspaces[workspace_id].with_roles_of(made.member)
            work.cloud = work.cloud.with_workspace(changed)
    return replace(made, external_id=external_id, synced=_synced(work, made, roles))


def _synced(work: UnitOfWork, person: Provisioned, roles: RolesWritten) -> Map[str, str]:
    """Whose roles these are from now on, as far as it matters to anybody (assumption `scim_saml_wins`)."""
    if work.assumptions.scim_saml_wins == "scim":
        return person.synced.update(dict.fromkeys(roles, "scim"))
    return Map({environment: writer for environment, writer in person.synced.items() if environment not in roles})


# Changing


def update(work: UnitOfWork, workspace_id: WorkspaceId, id_: str, written: Written) -> Provisioned:
    """Make a person what the request describes.

    Raises `NotFound`, `ScimInvalid`, `UserNameTaken`, `UserNameFixed`, `SeatsExhausted`, or `Protected` for whom the
    workspace cannot lose.
    """
    before = one(work, work.cloud.workspaces[workspace_id], id_)
    active = active_after(before, written.active, work.assumptions)
    return _write(work, workspace_id, before, written, active=active)


def _write(
    work: UnitOfWork, workspace_id: WorkspaceId, before: Provisioned, written: Written, *, active: bool
) -> Provisioned:
    assumed = work.assumptions
    workspace = work.cloud.workspaces[workspace_id]
    user_name = user_name_of(written, assumed)
    must_not_be_renamed(before.member.email, user_name, assumed)
    named = roles_written(workspace, written.roles, assumed) | roles_removed(workspace, written.removed, assumed)
    roles = roles_that_count(before.synced, "scim", named, assumed)
    before = _renamed(work, workspace_id, before, user_name)
    held = before.member.roles
    if active and not before.active:
        _must_come_back(work, before)
        held = roles_on_return(workspace, held, assumed)
    if roles or not written.partial:
        held = roles_after(held, roles, assumed)
    with acting_for(work):
        after = _carry_out(work, workspace_id, before, written, held, active=active)
    _put_into_groups(work, workspace, after, written)
    after = _with_extras(work, workspace_id, after, written, roles)
    if _visible(after) != _visible(before):
        after = replace(after, updated_at=work.now)
    if before.active and not after.active and not leaves_a_tombstone(workspace, after, assumed):
        _forget(work, workspace_id, after)
        return after
    return before if after == before else _keep(work, workspace_id, after)


def _put_into_groups(work: UnitOfWork, workspace: Workspace, person: Provisioned, written: Written) -> None:
    """Where assumption `scim_user_groups_attribute` has a request name groups. Raises `ScimInvalid`."""
    if isinstance(written.groups, Absent) or not person.active:
        return
    for name in written.groups:
        if workspace.group_named(name) is None:
            raise ScimInvalid(Kind.VALUE, f"collaborator group {shorten(name)} does not exist in this workspace")
    groups.put_into_only(work, workspace.slug, person.member.email, written.groups)


def _visible(person: Provisioned) -> object:
    return person.member, person.active, person.external_id


def _carry_out(
    work: UnitOfWork,
    workspace_id: WorkspaceId,
    before: Provisioned,
    written: Written,
    roles: Assignment,
    *,
    active: bool,
) -> Provisioned:
    """The person after the act, with the membership changed, ended or begun."""
    member = replace(_named(work, workspace_id, before, written), roles=roles)
    actor = _actor(work, member)
    if not before.active and active:
        workspace = work.cloud.workspaces[workspace_id]
        must_have_a_seat(workspace, len(workspace.collaborators))
        if work.assumptions.scim_reactivation == "new_id":
            _forget_id(work, workspace_id, before)
        member = collaborators.join(work, workspace_id, member.name, member.email, roles, actor=actor)
    elif before.active and active:
        collaborators.change(work, workspace_id, before.member, member, actor=actor)
    elif before.active:
        collaborators.remove(work, workspace_id, member.id, actor=actor)
    return replace(before, member=member, active=active)


def _must_come_back(work: UnitOfWork, person: Provisioned) -> None:
    """Raises `StaysAway` where nobody does (assumption `scim_reactivation`)."""
    if work.assumptions.scim_reactivation == "refused":
        raise StaysAway(person.member.email)


def _forget_id(work: UnitOfWork, workspace_id: WorkspaceId, person: Provisioned) -> None:
    """Let the person come back under an id that nobody has had."""
    workspace, key = work.cloud.workspaces[workspace_id], key_of(person.member.email, work.assumptions)
    other = replace(person, member=replace(person.member, id=MemberId(work.ids.number())))
    workspace = people.with_kept(workspace.without_scim_person(person.member.id, key), other, key)
    work.cloud = work.cloud.with_workspace(workspace)


def _renamed(work: UnitOfWork, workspace_id: WorkspaceId, person: Provisioned, user_name: str) -> Provisioned:
    """The person under the userName that was sent, where assumptions, or the silence of a rule, let it pass."""
    before, after = (key_of(each, work.assumptions) for each in (person.member.email, user_name))
    if before == after or work.assumptions.scim_username_change == "ignored":
        return person
    if after in work.cloud.accounts:
        raise UserNameTaken(user_name, "another person has this address")
    work.cloud = people.renamed(work.cloud, before, after, user_name)
    return replace(person, member=replace(person.member, email=user_name))


def _named(work: UnitOfWork, workspace_id: WorkspaceId, person: Provisioned, written: Written) -> Collaborator:
    """The membership under the name that was sent, if SCIM may write it."""
    member = person.member
    if written.name is None or written.name == member.name:
        return member
    key = key_of(member.email, work.assumptions)
    account = work.cloud.accounts.get(key)
    if account is None or not may_write_the_name(work.cloud, workspace_id, account, work.assumptions):
        return member
    work.cloud = people.with_name(work.cloud, key, written.name)
    return replace(member, name=written.name)


# Deleting


def delete(work: UnitOfWork, workspace_id: WorkspaceId, id_: str) -> None:
    """End a membership and forget the person. Raises `NotFound`, or `Protected` for whom the workspace cannot lose."""
    workspace = work.cloud.workspaces[workspace_id]
    person = one(work, workspace, id_)
    if person.active:
        with acting_for(work):
            collaborators.remove(work, workspace_id, person.member.id, actor=_actor(work, person.member))
    if is_gone(workspace, person, work.assumptions):
        _forget(work, workspace_id, person)
    else:
        _keep(work, workspace_id, replace(person, active=False, updated_at=work.now))


# What all of them share


@contextmanager
def acting_for(work: UnitOfWork) -> Iterator[None]:
    """While this is open nobody is protected, if assumption `scim_protected` says so."""
    assumed = work.assumptions
    if assumed.scim_protected == "allowed":
        work.assumptions = assumed.switch({"protected_removal": "allowed", "moderator_change": "allowed"})
    try:
        yield
    finally:
        work.assumptions = assumed


def _keep(work: UnitOfWork, workspace_id: WorkspaceId, person: Provisioned) -> Provisioned:
    key = key_of(person.member.email, work.assumptions)
    work.cloud = work.cloud.with_workspace(people.with_kept(work.cloud.workspaces[workspace_id], person, key))
    return person


def _forget(work: UnitOfWork, workspace_id: WorkspaceId, person: Provisioned) -> None:
    key = key_of(person.member.email, work.assumptions)
    held = work.cloud.workspaces[workspace_id]
    work.cloud = work.cloud.with_workspace(held.without_scim_person(person.member.id, key))


def _actor(work: UnitOfWork, member: Collaborator) -> AccountId | None:
    """Who acts, in the activity log (assumption `scim_audit_actor`). None is the root account."""
    if work.assumptions.scim_audit_actor == "system":
        return SYSTEM
    return member.account if work.assumptions.scim_audit_actor == "person" else None


def _actor_at_creation(work: UnitOfWork, email: str, name: str) -> AccountId | None:
    if work.assumptions.scim_audit_actor != "person":
        return SYSTEM if work.assumptions.scim_audit_actor == "system" else None
    work.cloud, account = account_for(work.cloud, email, name, work.now, work.ids, work.assumptions)
    return account.id
