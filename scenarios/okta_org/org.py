"""An Okta org as one frozen value: who and what there is, what waits, and how it decides."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from hashlib import sha256
from typing import TypeVar

from okta_connector.folding import fold
from okta_org.assumptions import OktaAssumptions
from okta_org.decisions import Decisions
from okta_org.refusals import NotAssigned, NotPushed, UnknownName
from okta_org.rows import Rows
from okta_org.values import (
    AppInstance,
    AppSchema,
    AppUser,
    GroupMapping,
    GroupRule,
    ImportedApp,
    OktaGroup,
    OktaUser,
    PushRule,
    SyncState,
    Task,
    TaskKey,
    TaskKind,
    TaskState,
    UserStatus,
    task_key,
)

T = TypeVar("T")


def itself(email: str) -> str:
    return email


@dataclass(frozen=True, slots=True)
class Org:
    """`group_assignments` holds the entitlements a group brings to an app, oldest first; `usernames` who has which.

    `name_of` gives the short name for somebody whom an import brings. `former_ids` are the ids of accounts of SCIM apps
    that were taken away: the server may have them still.
    """

    name: str = ""
    decide: Decisions = field(default_factory=Decisions)
    assumptions: OktaAssumptions = field(default_factory=OktaAssumptions)
    name_of: Callable[[str], str] = itself
    users: Rows[str, OktaUser] = field(default_factory=Rows)
    usernames: Rows[str, str] = field(default_factory=Rows)
    groups: Rows[str, OktaGroup] = field(default_factory=Rows)
    group_rules: Rows[str, GroupRule] = field(default_factory=Rows)
    apps: Rows[str, AppInstance] = field(default_factory=Rows)
    app_users: Rows[tuple[str, str], AppUser] = field(default_factory=Rows)
    former_ids: Rows[tuple[str, str], str] = field(default_factory=Rows)
    group_assignments: Rows[tuple[str, str], Mapping[str, str]] = field(default_factory=Rows)
    mappings: Rows[tuple[str, str], GroupMapping] = field(default_factory=Rows)
    push_rules: Rows[tuple[str, str], PushRule] = field(default_factory=Rows)
    schemas: Rows[str, AppSchema] = field(default_factory=Rows)
    imported: Rows[str, ImportedApp] = field(default_factory=Rows)
    next_imports: Rows[str, datetime] = field(default_factory=Rows)
    roadblock: str | None = None
    tasks: Rows[TaskKey, Task] = field(default_factory=Rows)
    closed_tasks: Rows[int, Task] = field(default_factory=Rows)
    last_task_id: int = 0

    def user(self, name: str) -> OktaUser:
        return _find("user", name, self.users)

    def group(self, name: str) -> OktaGroup:
        return _find("group", name, self.groups)

    def app(self, name: str) -> AppInstance:
        return _find("app", name, self.apps)

    def okta_id(self, user: str) -> str:
        """The id that Okta has for somebody, the same for the same person of the same org: 00u and 17 characters."""
        digest = sha256(f"{self.name}/{user}".encode()).digest()
        return "00u" + b64encode(digest, b"xy").decode()[:17]

    def status_of(self, user: str) -> UserStatus:
        """The state of somebody who may be deleted: they were deactivated before."""
        person = self.users.get(user)
        return UserStatus.DEPROVISIONED if person is None else person.status

    def group_called(self, name: str) -> OktaGroup | None:
        """The group that bears this name now, letter for letter; a name that was given up finds nobody."""
        return next((group for group in self.groups.in_order() if group.display_name == name), None)

    def username_holder(self, login: str) -> OktaUser | None:
        """Whoever has this Okta username, in any state: only deletion frees it. Case does not tell two apart."""
        name = self.usernames.get(fold(login))
        return None if name is None else self.users[name]

    def assigned_account(self, user: str, app: str) -> AppUser:
        """Return the app user, or refuse because there is none."""
        self.user(user)
        self.app(app)
        if found := self.app_users.get((user, app)):
            return found
        raise NotAssigned(f"{user} is not assigned to {app}")

    def shown_sync_state(self, account: AppUser) -> SyncState:
        """Return what Okta's API says of it (assumption `sync_state`); Okta knows what it pushed all the same."""
        return SyncState.DISABLED if self.assumptions.sync_state == "disabled" else account.sync_state

    def mapping(self, group: str, app: str) -> GroupMapping:
        """Return the pushed group, or refuse because it is not pushed."""
        self.group(group)
        self.app(app)
        if found := self.mappings.get((group, app)):
            return found
        raise NotPushed(f"Group {group} is not pushed to {app}")

    def app_users_of(self, app: str) -> tuple[AppUser, ...]:
        return tuple(each for each in self.app_users.in_order() if each.app == app)

    def apps_of(self, user: str) -> tuple[AppUser, ...]:
        found = (self.app_users.get((user, app)) for app in self.apps)
        return tuple(each for each in found if each is not None)

    def task(self, kind: TaskKind, app: str, subject: str, external_id: str | None = None) -> Task | None:
        return self.tasks.get(task_key(kind, app, subject, external_id))

    def deactivations(self, app: str, subject: str) -> tuple[Task, ...]:
        """The open deactivations of somebody's accounts in an app."""
        return tuple(
            task
            for task in self.open_tasks()
            if (task.kind, task.app, task.subject) == (TaskKind.DEACTIVATE, app, subject)
        )

    def is_paused(self, kind: TaskKind, app: str, subject: str) -> bool:
        task = self.task(kind, app, subject)
        return task is not None and task.state is TaskState.PAUSED

    def open_tasks(self) -> tuple[Task, ...]:
        """Every task that still needs the admin or the clock, oldest first."""
        return tuple(sorted(self.tasks.in_order(), key=lambda task: task.id))

    def pushes_to(self, app: str) -> bool:
        """Nothing is pushed to an app that is inactive or whose provisioning is off."""
        settings = self.app(app).settings
        return settings.active and settings.provisioning

    def next_due(self) -> datetime | None:
        """Return when the clock next makes something happen: a paused task, an import, or the end of a grant."""
        tasks = (task.due for task in self.tasks.in_order())
        grants = (grant.expires for account in self.app_users.in_order() for grant in account.grants)
        dues = (due for source in (tasks, grants, self.next_imports.in_order()) for due in source)
        return min((due for due in dues if due is not None), default=None)


def _find(kind: str, name: str, among: Mapping[str, T]) -> T:
    if name in among:
        return among[name]
    nearest = get_close_matches(name, among, n=1)
    hint = f"; did you mean {nearest[0]}?" if nearest else ""
    raise UnknownName(f"There is no {kind} {name!r} in this org{hint}")
