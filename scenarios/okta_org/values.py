"""What an Okta org keeps: frozen values, named in Okta's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, TypedDict

from okta_connector.scim.mapping import DEFAULT_MAPPING
from okta_connector.values import Group, SchemaProperty, SchemaPropertyValue, User
from okta_org.events import EventType


class UserStatus(StrEnum):
    """Okta's API names. The Admin Console calls PROVISIONED "Pending user action" and RECOVERY "Password reset"."""

    STAGED = "STAGED"
    PROVISIONED = "PROVISIONED"
    ACTIVE = "ACTIVE"
    RECOVERY = "RECOVERY"
    PASSWORD_EXPIRED = "PASSWORD_EXPIRED"  # noqa: S105  (a state)
    LOCKED_OUT = "LOCKED_OUT"
    SUSPENDED = "SUSPENDED"
    DEPROVISIONED = "DEPROVISIONED"


class AppUserStatus(StrEnum):
    """STAGED: create outstanding. PROVISIONED: Okta pushed it. ACTIVE: confirmed on import, or nobody provisions."""

    STAGED = "STAGED"
    PROVISIONED = "PROVISIONED"
    ACTIVE = "ACTIVE"


class SyncState(StrEnum):
    """Whether Okta believes that the app has the current profile. Okta's samples disagree on it: assert it loosely."""

    DISABLED = "DISABLED"
    OUT_OF_SYNC = "OUT_OF_SYNC"
    SYNCHRONIZED = "SYNCHRONIZED"
    ERROR = "ERROR"


class Scope(StrEnum):
    """How a person came to the app: assigned individually, or through a group."""

    USER = "USER"
    GROUP = "GROUP"


class TaskKind(StrEnum):
    CREATE = "create"
    PROFILE_PUSH = "profile_push"
    DEACTIVATE = "deactivate"
    GROUP_PUSH = "group_push"
    IMPORT = "import"


class TaskState(StrEnum):
    """FAILED waits for the admin, PAUSED for the clock (429), PERMANENT for the admin after too many 429s.

    A failed group push is tried again by the clock, too, where Okta says so in the log.

    The others are history.
    """

    FAILED = "failed"
    PAUSED = "paused"
    PERMANENT = "permanent"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"


class LogOutcome(StrEnum):
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"


class MappingStatus(StrEnum):
    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"
    ERROR = "ERROR"


class MatchCriterion(StrEnum):
    """What has to be equal for an exact match of an import."""

    EMAIL = "EMAIL"
    USERNAME = "USERNAME"


class PushStep(StrEnum):
    """What the next push of a group has to do: send what changed, overwrite (Push Now), or delete the app group."""

    CHANGES = "changes"
    OVERWRITE = "overwrite"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class OktaUser:
    """A person in Okta's directory. `name` is the scenario's short name and never leaves Okta."""

    name: str
    login: str
    email: str
    first_name: str
    last_name: str
    status: UserStatus = UserStatus.ACTIVE
    attributes: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def display_name(self) -> str:
        return self.attributes.get("display_name") or f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class OktaGroup:
    """A group in Okta's directory. `name` is who it is and never changes; `display_name` is what it is called now."""

    name: str
    display_name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupRule:
    """Puts everybody into a group whose profile has this value, and takes them out again when it has another.

    `members` are those whom the rule has put in; who is in for another reason stays.
    """

    name: str
    group: str
    attribute: str
    equals: str
    members: frozenset[str] = frozenset()


Road = Literal["catalogue", "scim"]
"""How an app instance reaches the app: by the integration of Okta's catalogue, or by SCIM."""

InTarget = Literal["delete", "leave"]
"""What becomes of an app group that is pushed no more."""


class SettingsChange(TypedDict, total=False):
    """The fields of `AppSettings`, each optional: what one visit to the app's settings may change."""

    provisioning: bool
    active: bool
    create_users: bool
    update_user_attributes: bool
    deactivate_users: bool
    import_groups: bool
    push_groups: bool
    mapping: tuple[str, ...]
    governance: bool
    push_pending_users: bool | None
    update_username: bool
    rename_app_groups: bool
    exact_match: MatchCriterion
    partial_match: bool
    auto_confirm: bool
    auto_confirm_partial: bool
    auto_confirm_new: bool
    auto_activate_new: bool
    import_every: timedelta | None


@dataclass(frozen=True, slots=True)
class AppSettings:
    """The switches of an app instance.

    `push_pending_users` pushes people who are still staged, or lets them wait for their activation; where it says
    neither, the assumption `staged_users` decides. `update_username` lets the app username follow the Okta
    username ("create and update"); off is the safe reading for Workato. `rename_app_groups` renames app groups with
    their source.

    `road` is fixed when the app is made. `mapping` names the attributes that a SCIM app sends beyond username, names
    and email; an app of the catalogue knows by itself what it sends.

    An import matches exactly by `exact_match`, and with `partial_match` also somebody of the same name. `auto_confirm`
    accepts exact matches, `auto_confirm_partial` partial ones, `auto_confirm_new` makes Okta users of the rest, and
    `auto_activate_new` activates these. `import_every` is the schedule; without it imports are made by hand.
    """

    provisioning: bool = True
    active: bool = True
    create_users: bool = True
    update_user_attributes: bool = True
    deactivate_users: bool = True
    import_groups: bool = True
    push_groups: bool = True
    road: Road = "catalogue"
    mapping: tuple[str, ...] = DEFAULT_MAPPING
    governance: bool = True
    push_pending_users: bool | None = None
    update_username: bool = False
    rename_app_groups: bool = True
    exact_match: MatchCriterion = MatchCriterion.EMAIL
    partial_match: bool = False
    auto_confirm: bool = True
    auto_confirm_partial: bool = False
    auto_confirm_new: bool = True
    auto_activate_new: bool = False
    import_every: timedelta | None = None


@dataclass(frozen=True, slots=True)
class AppInstance:
    """One app of the org: one connection, so one workspace and one environment type.

    `connection` is only its name: whoever performs the pushes holds the connector that goes by it.
    """

    name: str
    label: str
    connection: str
    settings: AppSettings
    was_provisioning: bool = False
    user_names: Mapping[str, str] = field(default_factory=dict)
    """App usernames that a new assignment starts from, where they are not the Okta usernames."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Entitlements on top of policy or customisation: a bundle or a single additive grant, perhaps for a time."""

    name: str
    entitlements: Mapping[str, str]
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class AppUser:
    """A person's account in one app as Okta knows it.

    `entitlements` is what policy or customisation grants (environment type to role), or what the role attributes of a
    SCIM app hold; `grants` is what came on top,
    `in_app` what the app had when Okta last wrote or read it: where that differs from `granted`, a push is outstanding.
    `error` is the red marker on the Assignments tab. `customised` entitlements, a custom grant, no longer follow the
    group that brought the person here.
    """

    user: str
    app: str
    user_name: str
    scope: Scope
    status: AppUserStatus = AppUserStatus.STAGED
    sync_state: SyncState = SyncState.OUT_OF_SYNC
    external_id: str | None = None
    entitlements: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    customised: bool = False
    grants: tuple[Grant, ...] = ()
    in_app: tuple[tuple[str, str], ...] | None = None
    error: str | None = None

    @property
    def granted(self) -> Mapping[str, str]:
        """All that Okta grants. A collaborator has one role per environment: the newest grant of it counts."""
        found = dict(self.entitlements)
        for grant in self.grants:
            found |= grant.entitlements
        return found


TaskKey = tuple[TaskKind, str, str, str | None]


def task_key(kind: TaskKind, app: str, subject: str, external_id: str | None = None) -> TaskKey:
    """What makes two failures one row: the call and whom it is about.

    A deactivation is about an account: whoever had two of them, under two usernames, may have a row for each.
    """
    return kind, app, subject, external_id if kind is TaskKind.DEACTIVATE else None


@dataclass(frozen=True, slots=True)
class Task:
    """A row of Dashboard > Tasks. `subject` is a user, a group, or for an import the app itself.

    `attempted`, `external_id` and `name` remember what the failed call was about: an assignment, or the person, may be
    gone by the time of a retry. `attempts` counts the automatic retries granted so far. `followed` says that an edit
    came while the task was paused: its push goes out behind the retry.
    """

    id: int
    kind: TaskKind
    app: str
    subject: str
    state: TaskState
    message: str
    opened_at: datetime
    updated_at: datetime
    attempts: int = 0
    wait: timedelta | None = None
    due: datetime | None = None
    external_id: str | None = None
    name: str = ""
    attempted: User | None = None
    followed: bool = False

    @property
    def key(self) -> TaskKey:
        return task_key(self.kind, self.app, self.subject, self.external_id)


@dataclass(frozen=True, slots=True)
class LogEvent:
    """One entry of the System Log. `targets` are the short names of the people, groups and apps concerned.

    A `warning` is what Okta's log calls the severity WARN.
    """

    at: datetime
    type: EventType
    outcome: LogOutcome
    targets: tuple[str, ...]
    detail: str | None = None
    warning: bool = False


@dataclass(frozen=True, slots=True)
class GroupMapping:
    """A pushed group.

    `link` names the app group that was there before. `pushed` is whom Okta believes to have put there; it learns
    otherwise only on Push Now. `ignored` are the active members whom the last push left out.
    """

    group: str
    app: str
    link: str | None = None
    status: MappingStatus = MappingStatus.ACTIVE
    target_id: str | None = None
    target_name: str | None = None
    pushed: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    members_now: bool = True
    step: PushStep = PushStep.CHANGES
    error_summary: str | None = None


@dataclass(frozen=True, slots=True)
class PushRule:
    """Pushes to an app every group whose name begins so, whatever its case. `groups` are those that it has pushed."""

    name: str
    app: str
    starts_with: str
    active: bool = True
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The panel after an import. `error` and `roadblock` both mean that nothing was applied."""

    scanned: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    matched: int = 0
    groups: int = 0
    new_groups: int = 0
    removed_groups: int = 0
    error: str | None = None
    roadblock: bool = False


@dataclass(frozen=True, slots=True)
class AppSchema:
    """What schema discovery found: properties, their values, and the entitlement values that may be granted."""

    properties: tuple[SchemaProperty, ...] = ()
    values: tuple[SchemaPropertyValue, ...] = ()
    entitlement_properties: tuple[SchemaProperty, ...] = ()
    entitlement_values: tuple[SchemaPropertyValue, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The answer to a button in the app's settings: fine, or the text the admin sees."""

    ok: bool
    message: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedApp:
    """What the last import left behind: rows nobody has confirmed yet, by external id, and the app's groups.

    `unmatched` are those of the rows that matched nobody, `ignored` those that the admin wants to hear no more of, and
    `matched` is how many matched in the last import.
    """

    unconfirmed: Mapping[str, User] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    unmatched: frozenset[str] = frozenset()
    ignored: Mapping[str, User] = field(default_factory=dict)
    matched: int = 0
