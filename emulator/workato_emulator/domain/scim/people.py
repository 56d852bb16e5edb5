"""Whom SCIM shows: collaborators, and those it has deactivated."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from typing import Literal, TypeAlias
from uuid import UUID

from immutables import Map
from msgspec import Struct

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.people import key_of
from workato_emulator.domain.rules import Standing, choice
from workato_emulator.domain.scim.refusals import UserNotFound
from workato_emulator.domain.values import (
    Cloud,
    Collaborator,
    EmailKey,
    GrantType,
    MemberId,
    ScimPerson,
    Workspace,
    WorkspaceId,
)


class Provisioned(Struct, frozen=True, gc=False):
    """One person as SCIM has them. `member` is the membership, or the one that was ended; `member.id` is SCIM's too."""

    member: Collaborator
    active: bool
    created_at: datetime
    updated_at: datetime
    external_id: str | None = None
    synced: Map[str, str] = Map()


def provisioned(member: Collaborator, kept: ScimPerson | None) -> Provisioned:
    """A collaborator as SCIM has them."""
    if kept is None:
        return Provisioned(member, True, member.joined_at, member.joined_at)
    updated_at = max(kept.updated_at, member.joined_at)
    return Provisioned(member, True, kept.created_at, updated_at, kept.external_id, kept.synced)


def deactivated(kept: ScimPerson) -> Provisioned:
    assert kept.left is not None  # noqa: S101  (who has not left is a collaborator)
    return Provisioned(kept.left, False, kept.created_at, kept.updated_at, kept.external_id, kept.synced)


def person_of(workspace: Workspace, id_: str, assumptions: Assumptions) -> Provisioned:
    """The person with this id; ids are compared exactly. Raises `UserNotFound`."""
    number = number_of(workspace, id_, assumptions)
    member = None if number is None else workspace.collaborators.get(number)
    if number is None or (member is not None and member.grant_type is GrantType.MODERATOR):
        raise UserNotFound(id_)
    kept = workspace.scim_people.get(number)
    if member is not None:
        return provisioned(member, kept)
    if kept is None or kept.left is None:
        raise UserNotFound(id_)
    return deactivated(kept)


def person_called(workspace: Workspace, email: str, assumptions: Assumptions) -> Provisioned | None:
    """The person with this userName, if SCIM shows one: an index has them, so it costs the same among any number."""
    key = key_of(email, assumptions)
    number = workspace.members_by_email.get(key)
    if number is not None:
        member = workspace.collaborators[number]
        if member.grant_type is GrantType.MODERATOR:
            return None
        return provisioned(member, workspace.scim_people.get(number))
    left = workspace.scim_left.get(key)
    return None if left is None else deactivated(workspace.scim_people[left])


Listed: TypeAlias = Literal["members_and_deactivated", "members", "with_pending", "with_owner"]


def _members_only(assumptions: Assumptions) -> Listed:
    return "members"


@choice(
    "SCIM-20",
    "A list shows collaborators and those whom SCIM has deactivated, but neither the owner nor invitees.",
    source="assumption scim_lists",
    standing=Standing.ASSUMED,
    otherwise=_members_only,
)
def who_is_listed(assumptions: Assumptions) -> Listed:
    return assumptions.scim_lists


def everybody(workspace: Workspace, listed: Listed) -> list[Provisioned]:
    """In no order, and without the owner."""
    people = workspace.scim_people
    found = [
        provisioned(each, people.get(each.id))
        for each in workspace.collaborators.values()
        if each.grant_type is GrantType.TEAM
    ]
    if listed != "members":
        found += [deactivated(people[each]) for each in workspace.scim_left.values()]
    if listed == "with_pending":
        found += [
            Provisioned(
                Collaborator(MemberId(each.id), workspace.owner, each.name, each.email, each.roles, each.invited_at),
                False,
                each.invited_at,
                each.invited_at,
            )
            for key, each in workspace.invitations.items()
            if key not in workspace.scim_left
        ]
    return found


def in_order(people: Iterable[Provisioned]) -> list[Provisioned]:
    """As lists have them: by creation, then by id."""
    return sorted(people, key=lambda each: (each.created_at, each.member.id))


# Ids


def id_of(workspace: WorkspaceId, member: MemberId, assumptions: Assumptions) -> str:
    """The id that SCIM shows (assumption `scim_id`)."""
    if assumptions.scim_id == "collaborator":
        return str(member)
    if assumptions.scim_id == "membership":
        return f"{workspace}-{member}"
    scrambled = blake2b(str(workspace).encode(), digest_size=16).digest()
    return str(UUID(bytes=scrambled[:9] + member.to_bytes(7, "big"), version=4))


def number_of(workspace: Workspace, id_: str, assumptions: Assumptions) -> MemberId | None:
    """The other way; None for a text that is nobody's id."""
    if assumptions.scim_id == "uuid":
        try:
            number: int | None = int.from_bytes(UUID(id_).bytes[9:], "big")
        except ValueError:
            return None
    else:
        number = number_in(id_.rpartition("-")[2])
    if number is None or id_of(workspace.id, MemberId(number), assumptions) != id_:
        return None
    return MemberId(number)


# What a write leaves behind


def with_kept(workspace: Workspace, person: Provisioned, key: EmailKey) -> Workspace:
    """The workspace in which SCIM keeps of this person what the membership does not say."""
    kept = ScimPerson(
        person.member.id,
        person.created_at,
        person.updated_at,
        person.external_id,
        None if person.active else person.member,
        person.synced,
    )
    return workspace.with_scim_person(kept, key)


def with_change_noted(
    cloud: Cloud, workspace_id: WorkspaceId, member: Collaborator, now: datetime, key: EmailKey
) -> Cloud:
    """The cloud in which SCIM knows that this membership changed now, by whatever hand."""
    workspace = cloud.workspaces[workspace_id]
    if workspace.scim is None:
        return cloud
    before = provisioned(member, workspace.scim_people.get(member.id))
    return cloud.with_workspace(with_kept(workspace, replace(before, updated_at=now), key))


def with_removal_noted(
    cloud: Cloud, before: Workspace, leaving: Collaborator, now: datetime, assumptions: Assumptions
) -> Cloud:
    """The cloud in which SCIM shows somebody who was removed by whatever road, if `scim_removed_elsewhere` says so.

    `before` is the workspace in which they still were.
    """
    if before.scim is None or assumptions.scim_removed_elsewhere == "gone":
        return cloud
    person = replace(provisioned(leaving, before.scim_people.get(leaving.id)), active=False, updated_at=now)
    key = key_of(leaving.email, assumptions)
    return cloud.with_workspace(with_kept(cloud.workspaces[before.id], person, key))


def _no_tombstone(workspace: Workspace, person: Provisioned, assumptions: Assumptions) -> bool:
    return False


@choice(
    "SCIM-16",
    "Somebody whom SCIM deactivates is removed from the workspace; SCIM still shows them, inactive, by the same id.",
    source="Workato docs: SCIM provisioning (de-provisioning); assumption scim_after_deactivation",
    standing=Standing.ASSUMED,
    otherwise=_no_tombstone,
)
def leaves_a_tombstone(workspace: Workspace, person: Provisioned, assumptions: Assumptions) -> bool:
    return assumptions.scim_after_deactivation == "tombstone"


def _stays(workspace: Workspace, person: Provisioned, assumptions: Assumptions) -> bool:
    return False


@choice(
    "SCIM-18",
    "Somebody whom SCIM deletes is gone: not found by id, not listed, and the userName is free.",
    source="RFC 7644, section 3.6; assumption scim_delete",
    standing=Standing.ASSUMED,
    otherwise=_stays,
)
def is_gone(workspace: Workspace, person: Provisioned, assumptions: Assumptions) -> bool:
    return assumptions.scim_delete != "tombstone"


def renamed(cloud: Cloud, before: EmailKey, after: EmailKey, email: str) -> Cloud:
    """The cloud in which this account has another email, wherever it is a collaborator."""
    account = replace(cloud.accounts[before], email=email)
    cloud = cloud.without_account(before).with_account(account, after)
    for workspace in cloud.workspaces.values():
        cloud = cloud.with_workspace(_with_email(workspace, before, after, email))
    return cloud


def _with_email(workspace: Workspace, before: EmailKey, after: EmailKey, email: str) -> Workspace:
    number = workspace.members_by_email.get(before)
    if number is not None:
        by_email = workspace.members_by_email.delete(before).set(after, number)
        member = replace(workspace.collaborators[number], email=email)
        return replace(workspace.with_roles_of(member), members_by_email=by_email)
    left = workspace.scim_left.get(before)
    kept = None if left is None else workspace.scim_people[left]
    if kept is None or kept.left is None:
        return workspace
    workspace = workspace.without_scim_person(kept.id, before)
    return workspace.with_scim_person(replace(kept, left=replace(kept.left, email=email)), after)


def with_name(cloud: Cloud, key: EmailKey, name: str) -> Cloud:
    """The cloud in which this account has another name, wherever it is a collaborator."""
    cloud = cloud.with_account(replace(cloud.accounts[key], name=name), key)
    for workspace in cloud.workspaces.values():
        number = workspace.members_by_email.get(key)
        if number is not None:
            member = replace(workspace.collaborators[number], name=name)
            cloud = cloud.with_workspace(workspace.with_roles_of(member))
    return cloud
