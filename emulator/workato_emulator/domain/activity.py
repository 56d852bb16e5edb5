"""The activity log: what happened in a workspace, written by the acts themselves, whichever door they came through.

Three event names are documented, by samples of the audit stream: `team_invitation_created`, `team_invitation_accept`
(sic) and `team_membership_deleted`. The others follow their pattern and are ours (assumption `unnamed_events`).
Resource types are the activity reference's own.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from workato_emulator.domain.copies import replace
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
    PROJECT_DELETED = "project_deleted"
    FOLDER_CREATED = "folder_created"
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


class Origin(NamedTuple):
    """Where a request came from, as the log keeps it."""

    ip_address: str = "127.0.0.1"
    user_agent: str = ""


ANONYMOUS = Origin()


def recorded(
    workspace: Workspace,
    event: Event,
    resource: Resource,
    *,
    actor: AccountId,
    origin: Origin,
    now: datetime,
    environment: str | None = None,
) -> Workspace:
    """The workspace with one more entry in its log. Entries are numbered from 1, per workspace."""
    id_ = ActivityId(len(workspace.activity) + 1)
    entry = Activity(id_, now, event.value, actor, resource, origin.ip_address, origin.user_agent, environment)
    return replace(
        workspace,
        activity=workspace.activity.set(id_, entry),
        last_activity=workspace.last_activity.set(actor, id_),
    )
