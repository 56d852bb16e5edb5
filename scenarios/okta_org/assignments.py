"""Who has which app, individually or through groups, and what a gain or a loss sets off."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from okta_connector.errors import ActionFailed, FailureType
from okta_org import messages
from okta_org.decisions import Decisions
from okta_org.events import EventType
from okta_org.provisioning import Provisioning
from okta_org.refusals import (
    AlreadyAssigned,
    AlreadyGranted,
    AppInactive,
    BadUsername,
    EntitlementsNotManaged,
    NotAssigned,
    NotGranted,
    NothingToRevert,
    UsernameTaken,
    WrongStatus,
)
from okta_org.state import OrgState
from okta_org.tasks import TaskList, Trouble
from okta_org.values import AppUser, AppUserStatus, Grant, Scope, SyncState, TaskKind, UserStatus

LONGEST_USERNAME = 100
PUSHES = frozenset({TaskKind.CREATE, TaskKind.PROFILE_PUSH})


class Assignments:
    """Keeps app users in step with assignments. Each person has one account per app, however many ways lead there."""

    def __init__(self, state: OrgState, tasks: TaskList, decide: Decisions, provisioning: Provisioning) -> None:
        self._state = state
        self._tasks = tasks
        self._decide = decide
        self._provisioning = provisioning

    def assign(
        self, user: str, app: str, entitlements: Mapping[str, str], groups: tuple[str, ...], user_name: str | None
    ) -> None:
        """Assign individually. Someone who has the app through a group keeps the account and becomes individual."""
        account = self._state.app_users.get((user, app))
        if self._state.user(user).status is UserStatus.DEPROVISIONED:
            raise WrongStatus(f"{user} is deactivated and cannot be assigned to {app}")
        if not self._state.app(app).settings.active:
            raise AppInactive(f"{app} is inactive and takes no new assignments")
        if account is None:
            self._add(user, app, Scope.USER, entitlements, groups, user_name)
            return
        if account.scope is Scope.USER:
            raise AlreadyAssigned(f"{user} is already assigned to {app}")
        if user_name is not None:
            self.must_be_usable(user, app, user_name)
        changed = replace(
            account,
            scope=Scope.USER,
            entitlements=dict(entitlements) or account.entitlements,
            groups=groups or account.groups,
            user_name=user_name or account.user_name,
        )
        self._update(account, changed)

    def unassign(self, user: str, app: str) -> None:
        """Take back an individual assignment. A group that assigns the same app takes over, and nothing is lost."""
        account = self._state.assigned(user, app)
        if account.scope is Scope.GROUP:
            raise NotAssigned(f"{user} has {app} through a group, not individually")
        granted = self._granted_by_group(user, app)
        if granted is None:
            self.remove(account)
        else:
            self._update(account, replace(account, scope=Scope.GROUP, entitlements=dict(granted), customised=False))

    def change_entitlements(self, user: str, app: str, entitlements: Mapping[str, str]) -> None:
        """Replace everything that is granted. Entitlements set by hand no longer follow the person's group."""
        account = self._governed(user, app)
        self._update(account, replace(account, entitlements=dict(entitlements), customised=True, grants=()))

    def revert_to_policy(self, user: str, app: str) -> None:
        """Take back all that was customised or granted on top; what the person's groups grant is worked out anew."""
        account = self._governed(user, app)
        if not account.customised and not account.grants:
            raise NothingToRevert(f"{user} has nothing in {app} but what policy grants")
        policy = self._granted_by_group(user, app) or {}
        self._update(account, replace(account, entitlements=dict(policy), customised=False, grants=()))

    def grant(self, user: str, app: str, grant: Grant) -> None:
        """Grant a bundle or a single entitlement on top of the rest. Raises `AlreadyGranted`."""
        account = self._governed(user, app)
        if any(each.name == grant.name for each in account.grants):
            raise AlreadyGranted(f"{user} has been granted {grant.name} in {app} already")
        self._update(account, replace(account, grants=(*account.grants, grant)))

    def revoke_grant(self, user: str, app: str, name: str) -> None:
        """Take one grant back. Raises `NotGranted`."""
        account = self._governed(user, app)
        left = tuple(each for each in account.grants if each.name != name)
        if left == account.grants:
            raise NotGranted(f"{user} has not been granted {name} in {app}")
        self._update(account, replace(account, grants=left))

    def next_expiry(self) -> datetime | None:
        """When the next grant ends by itself."""
        ends = (each.expires for account in self._state.app_users.values() for each in account.grants)
        return min((end for end in ends if end is not None), default=None)

    def expire_grants(self) -> None:
        """End every grant whose time has come, and push what is left."""
        now = self._state.clock()
        for account in tuple(self._state.app_users.values()):
            left = tuple(each for each in account.grants if each.expires is None or each.expires > now)
            if left != account.grants:
                self._update(account, replace(account, grants=left))

    def change_username(self, user: str, app: str, user_name: str) -> None:
        account = self._state.assigned(user, app)
        self.must_be_usable(user, app, user_name)
        self._renamed(account, self._state.keep(replace(account, user_name=user_name)))

    def update_usernames(self, app: str) -> None:
        """Work out every app username anew from the Okta username, and push whoever has another one now.

        All of them change or none: raises `UsernameTaken` or `BadUsername` before anything has happened.
        """
        accounts = self._state.app_users_of(app)
        wanted = {account.user: self._state.user(account.user).login for account in accounts}
        self.must_be_usable_together(app, wanted)
        renamed = [account for account in accounts if wanted[account.user] != account.user_name]
        for account in renamed:
            self._state.keep(replace(account, user_name=wanted[account.user]))
        for account in renamed:
            self._renamed(account, self._state.assigned(account.user, app))

    def reconcile(self, user: str, app: str) -> None:
        """Follow the groups: add, change or remove what they decide. Individual assignments are not theirs to touch."""
        account = self._state.app_users.get((user, app))
        granted = self._granted_by_group(user, app)
        if account is None:
            if granted is None:
                self._tasks.dismiss(user, app, kinds=PUSHES)
            elif self._state.app(app).settings.active:
                self._add_by_group(user, app, granted)
        elif account.scope is Scope.GROUP:
            if granted is None:
                self.remove(account)
            elif not account.customised and granted != account.entitlements:
                self._update(account, replace(account, entitlements=dict(granted)))

    def remove(self, account: AppUser) -> None:
        """End an assignment, then push the deactivation: in this order, as Okta's log shows it."""
        self.forget(account)
        self._provisioning.deactivate(account.user, account.app, account.external_id)

    def forget(self, account: AppUser) -> None:
        """End an assignment without telling the app. Pushed groups lose sight of the person, too (PG-6)."""
        del self._state.app_users[account.user, account.app]
        self._tasks.dismiss(account.user, account.app, kinds=PUSHES)
        for mapping in tuple(self._state.mappings.values()):
            if mapping.app == account.app:
                left = tuple(each for each in mapping.pushed if each != account.user)
                self._state.keep_mapping(replace(mapping, pushed=left))
        self._state.record(EventType.APP_MEMBERSHIP_REMOVE, (account.user, account.app))

    def push_if_awaited(self, account: AppUser) -> None:
        """Push a person whose creation is outstanding, as far as settings and status allow it now."""
        settings = self._state.app(account.app).settings
        status = self._state.user(account.user).status
        if account.status is AppUserStatus.STAGED and self._decide.pushes_new_user(
            self._state.assumptions, settings, status
        ):
            self._provisioning.push_new_user(account)

    def push_profiles(self, user: str) -> None:
        """Push an edited profile to every app that the person has."""
        for account in self._state.apps_of(user):
            self._provisioning.push_profile(account)

    def must_be_usable(self, user: str, app: str, user_name: str) -> None:
        """Hold the app username to its length, and to being nobody else's (PNU-4)."""
        _must_have_a_length(user_name)
        others = (each.user_name for each in self._state.app_users_of(app) if each.user != user)
        if not self._decide.username_is_free(user_name, others):
            raise UsernameTaken(f"{user} cannot be assigned to {app}: another user has the username {user_name}")

    def must_be_usable_together(self, app: str, user_names: Mapping[str, str]) -> None:
        """Hold all the app usernames of an app, by user, to what one of them is held to (PNU-4)."""
        taken: set[str] = set()
        for user, user_name in user_names.items():
            _must_have_a_length(user_name)
            if not self._decide.username_is_free(user_name, taken):
                raise UsernameTaken(f"{user} cannot be assigned to {app}: another user has the username {user_name}")
            taken.add(user_name)

    def _renamed(self, before: AppUser, after: AppUser) -> None:
        about = (after.user, after.app)
        self._state.record(EventType.APP_MEMBERSHIP_CHANGE_USERNAME, about, detail=after.user_name)
        if self._decide.rename_outlives_assignment():
            app = self._state.app(after.app)
            names = {**app.user_names, after.user: after.user_name}
            self._state.apps[app.name] = replace(app, user_names=names)
        if self._decide.is_worth_a_push(_differences(before, after)):
            self._provisioning.push_profile(after)

    def _governed(self, user: str, app: str) -> AppUser:
        account = self._state.assigned(user, app)
        if not self._decide.manages_entitlements(self._state.app(app).settings):
            raise EntitlementsNotManaged(f"Governance is off for {app}: Okta does not manage its entitlements")
        return account

    def _add_by_group(self, user: str, app: str, granted: Mapping[str, str]) -> None:
        """Assign through a group. No admin stands by to hear of a refusal, so it becomes a task."""
        try:
            self._add(user, app, Scope.GROUP, granted, (), None)
        except (UsernameTaken, BadUsername) as refusal:
            task = self._tasks.report(
                Trouble(
                    TaskKind.CREATE,
                    app,
                    user,
                    ActionFailed(FailureType.GENERIC_FAILURE, str(refusal)),
                    detail=str(refusal),
                    say=partial(self._assignment_failed, user, app),
                )
            )
            self._state.record(EventType.APP_MEMBERSHIP_ADD, (user, app), detail=task.message, failed=True)

    def _assignment_failed(self, user: str, app: str, detail: str) -> str:
        name, label = self._state.user(user).display_name, self._state.app(app).label
        return messages.MSG_1.format(name=name, label=label, detail=detail)

    def _add(
        self,
        user: str,
        app: str,
        scope: Scope,
        entitlements: Mapping[str, str],
        groups: tuple[str, ...],
        given: str | None,
    ) -> None:
        own = given or self._state.app(app).user_names.get(user)
        user_name = own or self._state.user(user).login
        self.must_be_usable(user, app, user_name)
        self._tasks.dismiss(user, app, kinds=PUSHES)
        # A deactivation that waits would strike the account this assignment is about to make, if the clock sent it.
        self._tasks.leave_to_admin(TaskKind.DEACTIVATE, app, user)
        account = AppUser(user, app, user_name, scope, entitlements=dict(entitlements), groups=groups)
        if not self._state.app(app).settings.provisioning:
            account = replace(account, status=AppUserStatus.ACTIVE, sync_state=SyncState.DISABLED)
        self._state.keep(account)
        self._state.record(EventType.APP_MEMBERSHIP_ADD, (user, app))
        self.push_if_awaited(account)

    def _update(self, account: AppUser, changed: AppUser) -> None:
        self._state.keep(changed)
        differences = _differences(account, changed)
        if self._decide.is_worth_a_push(differences):
            self._state.record(EventType.APP_MEMBERSHIP_UPDATE, (account.user, account.app))
            self._provisioning.push_profile(changed)

    def _granted_by_group(self, user: str, app: str) -> Mapping[str, str] | None:
        """Return what the person's groups grant; where several assign the app, the first assignment speaks."""
        if self._state.user(user).status is UserStatus.DEPROVISIONED:
            return None
        for (group, assigned_app), entitlements in self._state.group_assignments.items():
            if assigned_app == app and user in self._state.group(group).members:
                return entitlements
        return None


def _must_have_a_length(user_name: str) -> None:
    if not 1 <= len(user_name) <= LONGEST_USERNAME:
        raise BadUsername(f"An app username has 1 to {LONGEST_USERNAME} characters")


def _differences(before: AppUser, after: AppUser) -> frozenset[str]:
    pushed = ("user_name", "granted", "groups")
    return frozenset(name for name in pushed if getattr(before, name) != getattr(after, name))
