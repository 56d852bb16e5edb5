"""What an org asks of an app, as data; and what comes back.

A push names the app, and everything else that the call needs. It says nothing of the org as it will be when the
outcome comes: that is looked up then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from okta_connector.errors import ActionFailed
from okta_connector.values import (
    Entitlement,
    Group,
    MembershipChange,
    MembershipPush,
    SchemaProperty,
    SchemaPropertyValue,
    User,
)
from okta_org.values import GroupMapping, SettingsChange

NO_MEMBERS = MembershipPush()

Lost = tuple[Entitlement, ...]
"""Roles of an administrator that a push takes away, or would take."""


@dataclass(frozen=True, slots=True)
class CheckConnection:
    """Test API Credentials. With `saves` the connection and these switches are saved once it has passed."""

    app: str
    connection: str
    saves: SettingsChange | None = None


@dataclass(frozen=True, slots=True)
class DiscoverSchema:
    app: str
    entitlements: bool


@dataclass(frozen=True, slots=True)
class FindUser:
    """Look somebody up who may be linked and is never created."""

    app: str
    user: str
    profile: User


@dataclass(frozen=True, slots=True)
class CreateUser:
    """Create somebody, or link who is there. With `spares` nobody is linked who would be less of an administrator."""

    app: str
    user: str
    profile: User
    spares: bool


@dataclass(frozen=True, slots=True)
class UpdateUser:
    """`linked_with` are the roles of somebody whom an import has linked just now."""

    app: str
    user: str
    profile: User
    linked_with: tuple[Entitlement, ...] = ()
    spares: bool = False


@dataclass(frozen=True, slots=True)
class DeactivateUser:
    """`name` is what the person was called, who may be deleted by the time of an answer."""

    app: str
    user: str
    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class WeighDemotions:
    """Which of these people would be less of an administrator, if their profiles were pushed over what they hold.

    Nothing is sent. `download` is the import that waits for it.
    """

    app: str
    people: tuple[tuple[str, User, tuple[Entitlement, ...]], ...]
    download: "Downloaded"
    of: "DownloadUsers"


@dataclass(frozen=True, slots=True)
class DownloadUsers:
    """The first half of an import, of groups too if they are imported. `asked_by` says who hears the result."""

    app: str
    groups: bool
    asked_by: Literal["admin", "clock", "task"]
    guarded: bool = True


@dataclass(frozen=True, slots=True)
class FindGroup:
    """Find the app group that a push is to create or to link.

    `begins` is the mapping that begins with it, None where the mapping is there already; `rule` the push rule that
    wants it.
    """

    app: str
    group: str
    name: str
    begins: GroupMapping | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class CreateGroup:
    """`members` are those who are in from the start, where the app takes them with the group."""

    app: str
    group: str
    wanted: Group
    members: MembershipPush = NO_MEMBERS


@dataclass(frozen=True, slots=True)
class UpdateGroup:
    app: str
    group: str
    wanted: Group


@dataclass(frozen=True, slots=True)
class RemoveGroup:
    app: str
    group: str
    target_id: str


@dataclass(frozen=True, slots=True)
class ReadMembers:
    """Read who is in an app group. `invited` are members known by their invitation only, with their usernames."""

    app: str
    group: str
    target_id: str
    invited: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChangeMembers:
    """Bring the members of `target` up to date. `values` is what stands for each of the group's people in the app.

    `left_out` are those for whom nothing does.
    """

    app: str
    group: str
    target: Group
    members: MembershipPush
    values: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]


Push = (
    CheckConnection
    | DiscoverSchema
    | FindUser
    | CreateUser
    | UpdateUser
    | DeactivateUser
    | WeighDemotions
    | DownloadUsers
    | FindGroup
    | CreateGroup
    | UpdateGroup
    | RemoveGroup
    | ReadMembers
    | ChangeMembers
)


@dataclass(frozen=True, slots=True)
class Passed:
    """Nothing more than success."""


@dataclass(frozen=True, slots=True)
class Discovered:
    properties: tuple[SchemaProperty, ...]
    values: tuple[SchemaPropertyValue, ...]
    entitlement_properties: tuple[SchemaProperty, ...] = ()
    entitlement_values: tuple[SchemaPropertyValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """The user as the app has them now, and what the administrator among them lost by it."""

    user: User
    lost: Lost = ()


@dataclass(frozen=True, slots=True)
class Spared:
    """Nothing was sent, because it would have taken these roles from an administrator."""

    lost: Lost


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a push would take from each person; nothing, from most."""

    lost: Mapping[str, Lost]


@dataclass(frozen=True, slots=True)
class Downloaded:
    users: tuple[User, ...]
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundGroups:
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Who is in the app group, and the ids of those who were known by their invitation."""

    members: tuple[str, ...]
    ids: Mapping[str, str]


Success = (
    Passed | Discovered | Returned | Spared | Weighed | Downloaded | FoundGroups | Group | Listed | MembershipChange
)
PushOutcome = Success | ActionFailed
"""What came of a push. A failure is a value here: nobody raises it."""
