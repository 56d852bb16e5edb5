"""People: who has yet to answer an invitation, who is in, and in which groups."""

from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest

from starlette.responses import Response

from workato_emulator.domain.people import fold
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.values import Collaborator, Group, GroupId, Invitation, Workspace
from workato_emulator.domain.workspaces import workspace_called
from workato_emulator.doors.inspector.lists import Part, newest, start_of
from workato_emulator.doors.inspector.rendering import render_page
from workato_emulator.doors.inspector.visit import Visit
from workato_emulator.state.seeds.export import group_names
from workato_emulator.state.seeds.members import role_names

MOST_INVITATIONS = 20
MOST_PEOPLE = 50
MOST_GROUPS = 50


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation, as a list shows it."""

    invitation: Invitation
    roles: dict[str, str]
    groups: list[str]
    has_lapsed: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A collaborator, as a list shows one."""

    collaborator: Collaborator
    roles: dict[str, str]
    groups: list[str]


def list_people(visit: Visit) -> Response:
    """A workspace's people. Those who wait for an answer come first."""
    cloud = visit.backend.store.read().cloud
    slugs = sorted(cloud.slugs)
    named = visit.query.get("workspace") or (slugs[0] if slugs else None)
    if named is None:
        return render_page(visit, "nothing")
    workspace = workspace_called(cloud, named)
    search = visit.query.get("search", "").strip()
    return render_page(
        visit,
        "people",
        slugs=slugs,
        workspace=workspace,
        owner=cloud.account(workspace.owner),
        search=search,
        invited=_find_invitations(visit, workspace, fold(search)),
        members=_find_members(visit, workspace, fold(search)),
        groups=_find_groups(workspace, fold(search)),
    )


def _find_invitations(visit: Visit, workspace: Workspace, search: str) -> Part[InvitationRow]:
    held, keys = workspace.invitations, workspace.invitation_keys
    found = [each.id for each in held.values() if _is_about(search, each)] if search else keys
    chosen, before = newest(found, MOST_INVITATIONS, start_of(visit, "invited_below"))
    now = visit.backend.clock.now()
    return Part([describe_invitation(workspace, held[keys[each]], now) for each in chosen], len(found), before)


def _find_members(visit: Visit, workspace: Workspace, search: str) -> Part[MemberRow]:
    held = workspace.collaborators
    found = [each.id for each in held.values() if _is_about(search, each)] if search else held
    chosen, before = newest(found, MOST_PEOPLE, start_of(visit, "members_below"))
    return Part([describe_member(workspace, held[each]) for each in chosen], len(found), before)


def _find_groups(workspace: Workspace, search: str) -> Part[tuple[Group, int]]:
    """By name. The system group has everybody in it."""
    found = [each for each in workspace.groups.values() if search in fold(each.name)]
    first = nsmallest(MOST_GROUPS, found, key=lambda each: (not each.system, each.name))
    sizes = (len(workspace.collaborators if each.system else each.members) for each in first)
    return Part(list(zip(first, sizes, strict=True)), len(found), None)


def _is_about(search: str, person: Collaborator | Invitation) -> bool:
    return search in fold(person.email) or search in fold(person.name)


def describe_invitation(workspace: Workspace, invitation: Invitation, now: datetime) -> InvitationRow:
    lapses = invitation.lapses_at
    return InvitationRow(
        invitation,
        role_names(workspace, invitation.roles),
        group_names(workspace, invitation),
        lapses is not None and lapses <= now,
    )


def describe_member(workspace: Workspace, collaborator: Collaborator) -> MemberRow:
    return MemberRow(
        collaborator,
        role_names(workspace, collaborator.roles),
        sorted(group.name for group in workspace.groups_of(collaborator.id)),
    )


def show_group(visit: Visit) -> Response:
    """A collaborator group with its members. Raises `NotFound`."""
    cloud = visit.backend.store.read().cloud
    workspace = workspace_called(cloud, visit.parameters["workspace"])
    found = workspace.groups.get(GroupId(visit.parameters["group"]))
    if found is None:
        raise NotFound("group", visit.parameters["group"])
    ids = workspace.collaborators if found.system else found.members
    chosen, before = newest(ids, MOST_PEOPLE, start_of(visit, "members_below"))
    there = [workspace.collaborators[each] for each in chosen if each in workspace.collaborators]
    members = Part([describe_member(workspace, each) for each in there], len(ids), before)
    return render_page(visit, "group", workspace=workspace, group=found, members=members)
