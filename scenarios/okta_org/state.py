"""The org's memory: who and what there is, and what happened. Frozen values in ordered dictionaries, nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from typing import TypeVar

from okta_connector.folding import folded
from okta_org.assumptions import OktaAssumptions
from okta_org.events import EventType
from okta_org.refusals import NotAssigned, NotPushed, UnknownName
from okta_org.values import (
    AppInstance,
    AppSchema,
    AppUser,
    GroupMapping,
    GroupRule,
    ImportedApp,
    LogEvent,
    OktaGroup,
    OktaUser,
    Outcome,
    PushRule,
    SyncState,
)

T = TypeVar("T")


class OrgState:
    """Everything but the tasks. `group_assignments` holds the entitlements a group brings to an app, oldest first."""

    def __init__(self, clock: Callable[[], datetime], assumptions: OktaAssumptions) -> None:
        self.clock = clock
        self.assumptions = assumptions
        self.users: dict[str, OktaUser] = {}
        self._usernames: dict[str, str] = {}
        self.groups: dict[str, OktaGroup] = {}
        self.group_rules: dict[str, GroupRule] = {}
        self.apps: dict[str, AppInstance] = {}
        self.app_users: dict[tuple[str, str], AppUser] = {}
        self.group_assignments: dict[tuple[str, str], Mapping[str, str]] = {}
        self.mappings: dict[tuple[str, str], GroupMapping] = {}
        self.push_rules: dict[tuple[str, str], PushRule] = {}
        self.schemas: dict[str, AppSchema] = {}
        self.imported: dict[str, ImportedApp] = {}
        self.next_imports: dict[str, datetime] = {}
        self.roadblock: str | None = None
        self.log: list[LogEvent] = []

    def user(self, name: str) -> OktaUser:
        return _known("user", name, self.users)

    def group(self, name: str) -> OktaGroup:
        return _known("group", name, self.groups)

    def group_called(self, name: str) -> OktaGroup | None:
        """The group that bears this name now, letter for letter; a name that was given up finds nobody."""
        return next((group for group in self.groups.values() if group.display_name == name), None)

    def username_holder(self, login: str) -> OktaUser | None:
        """Whoever has this Okta username, in any state: only deletion frees it. Case does not tell two apart."""
        name = self._usernames.get(folded(login))
        return None if name is None else self.users[name]

    def keep_user(self, user: OktaUser) -> OktaUser:
        if before := self.users.get(user.name):
            del self._usernames[folded(before.login)]
        self.users[user.name] = user
        self._usernames[folded(user.login)] = user.name
        return user

    def drop_user(self, user: OktaUser) -> None:
        del self._usernames[folded(user.login)]
        del self.users[user.name]

    def app(self, name: str) -> AppInstance:
        return _known("app", name, self.apps)

    def assigned(self, user: str, app: str) -> AppUser:
        """Return the app user, or refuse because there is none."""
        self.user(user)
        self.app(app)
        if found := self.app_users.get((user, app)):
            return found
        raise NotAssigned(f"{user} is not assigned to {app}")

    def mapping(self, group: str, app: str) -> GroupMapping:
        """Return the pushed group, or refuse because it is not pushed."""
        self.group(group)
        self.app(app)
        if found := self.mappings.get((group, app)):
            return found
        raise NotPushed(f"Group {group} is not pushed to {app}")

    def app_users_of(self, app: str) -> tuple[AppUser, ...]:
        return tuple(each for each in self.app_users.values() if each.app == app)

    def apps_of(self, user: str) -> tuple[AppUser, ...]:
        found = (self.app_users.get((user, app)) for app in self.apps)
        return tuple(each for each in found if each is not None)

    def keep(self, app_user: AppUser) -> AppUser:
        """Keep it in the place of what was known of that person in that app (assumption `sync_state`)."""
        if self.assumptions.sync_state == "disabled":
            app_user = replace(app_user, sync_state=SyncState.DISABLED)
        self.app_users[app_user.user, app_user.app] = app_user
        return app_user

    def keep_mapping(self, mapping: GroupMapping) -> GroupMapping:
        self.mappings[mapping.group, mapping.app] = mapping
        return mapping

    def record(
        self,
        event: EventType,
        targets: Iterable[str],
        *,
        detail: str | None = None,
        failed: bool = False,
        warning: bool = False,
    ) -> None:
        """Write one entry of the System Log."""
        outcome = Outcome.FAILURE if failed else Outcome.SUCCESS
        self.log.append(LogEvent(self.clock(), event, outcome, tuple(targets), detail, warning))


def _known(kind: str, name: str, among: Mapping[str, T]) -> T:
    if name in among:
        return among[name]
    nearest = get_close_matches(name, among, n=1)
    hint = f"; did you mean {nearest[0]}?" if nearest else ""
    raise UnknownName(f"There is no {kind} {name!r} in this org{hint}")
