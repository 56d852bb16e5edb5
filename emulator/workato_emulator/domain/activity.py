"""The activity log: what happened in a workspace, written by the acts themselves, whichever door they came through.

Three event names are documented, by samples of the audit stream: `team_invitation_created`, `team_invitation_accept`
(sic) and `team_membership_deleted`. The others follow their pattern and are ours (assumption `unnamed_events`).
Resource types are the activity reference's own.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import overload

from immutables import Map
from msgspec import Struct

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.copies import replace
from workato_emulator.domain.rules import choice
from workato_emulator.domain.values import AccountId, Activity, ActivityId, Resource, Workspace


class Event(StrEnum):
    INVITATION_CREATED = "team_invitation_created"
    INVITATION_ACCEPTED = "team_invitation_accept"
    INVITATION_DELETED = "team_invitation_deleted"
    MEMBERSHIP_CREATED = "team_membership_created"
    MEMBERSHIP_UPDATED = "team_membership_updated"
    MEMBERSHIP_DELETED = "team_membership_deleted"
    GROUP_CREATED = "user_group_created"
    GROUP_UPDATED = "user_group_updated"
    GROUP_DELETED = "user_group_deleted"
    GROUP_MEMBERS_CHANGED = "user_group_members_updated"
    ROLE_CREATED = "privilege_group_created"
    ROLE_UPDATED = "privilege_group_updated"
    ROLE_DELETED = "privilege_group_deleted"
    GRANT_CREATED = "project_grant_created"
    GRANT_UPDATED = "project_grant_updated"
    GRANT_DELETED = "project_grant_deleted"
    PROJECT_CREATED = "project_created"
    PROJECT_UPDATED = "project_updated"
    PROJECT_DELETED = "project_deleted"
    FOLDER_CREATED = "folder_created"
    FOLDER_UPDATED = "folder_updated"
    FOLDER_DELETED = "folder_deleted"
    CLIENT_CREATED = "api_client_created"
    CLIENT_UPDATED = "api_client_updated"
    CLIENT_DELETED = "api_client_deleted"
    CLIENT_TOKEN_REGENERATED = "api_client_token_regenerated"  # noqa: S105  (an event's name)
    CLIENT_ROLE_CREATED = "api_privilege_group_created"
    CLIENT_ROLE_UPDATED = "api_privilege_group_updated"
    CLIENT_ROLE_DELETED = "api_privilege_group_deleted"
    SETTINGS_UPDATED = "team_profile_updated"
    ROLES_MIGRATED = "roles_migrated"


DOCUMENTED_EVENTS = frozenset({Event.INVITATION_CREATED, Event.INVITATION_ACCEPTED, Event.MEMBERSHIP_DELETED})


class ResourceType(StrEnum):
    """What the activity reference calls the things that people-and-access acts are about."""

    MEMBERSHIP = "ManagedUserGrant"
    INVITATION = "MemberInvitation"
    ROLE = "PrivilegeGroup"
    API_CLIENT = "ApiClient"
    CLIENT_ROLE = "ApiPrivilegeGroup"
    USER = "User"
    PROJECT = "Project"
    FOLDER = "Folder"
    SETTINGS = "TeamProfile"
    GROUP = "UserGroup"
    """Not in the reference's list; named like the API's path."""
    GRANT = "ProjectGrant"
    """Not in the reference's list either."""


class Origin(Struct, frozen=True):
    """Where a request came from, as the log keeps it."""

    ip_address: str = "127.0.0.1"
    user_agent: str = ""


ANONYMOUS = Origin()


def _without_entry(
    workspace: Workspace,
    event: Event,
    resource: Resource,
    *,
    actor: AccountId,
    origin: Origin,
    now: datetime,
    assumptions: Assumptions,
    environment: str | None = None,
) -> Workspace:
    return workspace


@choice(
    "ACT-1",
    "Every change to people or their access appears in the workspace's activity log, no matter how it was made.",
    source="Workato API: Activity reference",
    otherwise=_without_entry,
)
def with_entry(
    workspace: Workspace,
    event: Event,
    resource: Resource,
    *,
    actor: AccountId,
    origin: Origin,
    now: datetime,
    assumptions: Assumptions,
    environment: str | None = None,
) -> Workspace:
    """The workspace with one more entry in its log. Entries are numbered from 1, per workspace, without a gap."""
    if event not in DOCUMENTED_EVENTS and assumptions.unnamed_events == "left_out":
        return workspace
    id_ = ActivityId(len(workspace.activity) + 1)
    entry = Activity(id_, now, event.value, actor, resource, origin.ip_address, origin.user_agent, environment)
    return replace(
        workspace,
        activity=workspace.activity.set(id_, entry),
        last_activity=workspace.last_activity.set(actor, id_),
    )


class Sought(Struct, frozen=True):
    """Which entries of a log somebody asks for. A moment that is None is no bound, and both bounds are part of it.

    `users` are ids as the log shows them (`shown_user`). An empty set of users or of things to include means all.
    """

    since: datetime | None = None
    until: datetime | None = None
    users: frozenset[int] = frozenset()
    include_resources: frozenset[str] = frozenset()
    exclude_resources: frozenset[str] = frozenset()
    include_events: frozenset[str] = frozenset()
    exclude_events: frozenset[str] = frozenset()


def shown_user(workspace: Workspace, actor: AccountId, assumptions: Assumptions) -> int:
    """The id under which the log shows who acted: the root account of a workspace goes by the workspace's own."""
    return workspace.id if actor == workspace.owner and assumptions.root_user_id == "workspace" else actor


_EVERYTHING = Sought()


class WholeLog(Sequence[Activity]):
    """All of a log, in order. Entries are numbered without a gap, so whoever wants a page looks at no other."""

    def __init__(self, log: Map[ActivityId, Activity], *, newest_first: bool) -> None:
        self._log = log
        self._ids = range(len(log), 0, -1) if newest_first else range(1, len(log) + 1)

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int, /) -> Activity: ...

    @overload
    def __getitem__(self, place: slice, /) -> list[Activity]: ...

    def __getitem__(self, place: int | slice, /) -> Activity | list[Activity]:
        if isinstance(place, slice):
            return [self._log[ActivityId(id_)] for id_ in self._ids[place]]
        return self._log[ActivityId(self._ids[place])]


def entries(workspace: Workspace, sought: Sought, assumptions: Assumptions) -> Sequence[Activity]:
    """What is asked for of a workspace's log, in the order of assumption `activity_order`."""
    log = WholeLog(workspace.activity, newest_first=assumptions.activity_order == "newest_first")
    if sought == _EVERYTHING:
        return log
    return [each for each in log if _is_sought(workspace, each, sought, assumptions)]


def _is_sought(workspace: Workspace, entry: Activity, sought: Sought, assumptions: Assumptions) -> bool:
    return (
        (sought.since is None or entry.at >= sought.since)
        and (sought.until is None or entry.at <= sought.until)
        and (not sought.users or shown_user(workspace, entry.actor, assumptions) in sought.users)
        and (not sought.include_resources or entry.resource.type in sought.include_resources)
        and entry.resource.type not in sought.exclude_resources
        and (not sought.include_events or entry.event in sought.include_events)
        and entry.event not in sought.exclude_events
    )


def latest_of(workspace: Workspace, account: AccountId) -> Activity | None:
    """The latest thing that this person did in this workspace."""
    id_ = workspace.last_activity.get(account)
    return None if id_ is None else workspace.activity[id_]
