"""An Okta org, as its admin uses it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Unpack

from okta_connector.errors import ActionFailed
from okta_org import messages
from okta_org.assignments import Assignments
from okta_org.assumptions import OktaAssumptions
from okta_org.decisions import Decisions
from okta_org.describe import Plain, describe
from okta_org.directory import Directory
from okta_org.events import EventType
from okta_org.group_push import GroupPush
from okta_org.imports import Imports
from okta_org.port import ProvisioningConnector
from okta_org.provisioning import Provisioning, record_cause
from okta_org.push_rules import PushRules
from okta_org.refusals import (
    AlreadyAssigned,
    AlreadyExists,
    AppInactive,
    BadSchedule,
    CredentialsRefused,
    EntitlementsNotManaged,
    GovernanceIncomplete,
    GovernanceTooLate,
    NotAssigned,
    NothingToProvision,
    NothingToRetry,
    OktaRefusal,
    ProvisioningOff,
)
from okta_org.state import OrgState
from okta_org.tasks import TaskList
from okta_org.values import (
    AppInstance,
    AppSchema,
    AppSettings,
    AppUser,
    AppUserStatus,
    CheckResult,
    Grant,
    GroupMapping,
    LogEvent,
    OktaGroup,
    OktaUser,
    Switches,
    SyncState,
    Task,
    TaskKind,
    TaskState,
)
from okta_org.verbs import DirectoryVerbs, GroupPushVerbs, ImportVerbs


class OktaOrg(DirectoryVerbs, GroupPushVerbs, ImportVerbs):
    """One org: the admin's verbs, and what the admin can see. Deterministic and synchronous.

    A verb either does what the console would do, or raises an `OktaRefusal` and leaves everything as it was. What the
    app refuses is no exception: it ends in the System Log and on `tasks`.
    """

    def __init__(
        self,
        name: str,
        clock: Callable[[], datetime],
        name_of: Callable[[str], str] = lambda email: email,
        assumptions: OktaAssumptions = OktaAssumptions(),  # noqa: B008 - frozen
        decisions: Decisions = Decisions(),  # noqa: B008 - frozen
    ) -> None:
        self.name = name
        self._decide = decisions
        self._state = OrgState(clock, assumptions)
        self._tasks = TaskList(clock, decisions, assumptions)
        self._provisioning = Provisioning(self._state, self._tasks, decisions)
        self._assignments = Assignments(self._state, self._tasks, decisions, self._provisioning)
        self._group_push = GroupPush(self._state, self._tasks, decisions)
        self._push_rules = PushRules(self._state, self._group_push)
        self._directory = Directory(
            self._state, self._tasks, decisions, self._assignments, self._group_push, self._push_rules
        )
        self._imports = Imports(self._state, self._tasks, decisions, self._assignments, self._provisioning, name_of)

    @property
    def users(self) -> Mapping[str, OktaUser]:
        return dict(self._state.users)

    @property
    def groups(self) -> Mapping[str, OktaGroup]:
        return dict(self._state.groups)

    @property
    def apps(self) -> Mapping[str, AppInstance]:
        return dict(self._state.apps)

    @property
    def app_users(self) -> tuple[AppUser, ...]:
        """Every account in any app."""
        return tuple(self._state.app_users.values())

    @property
    def tasks(self) -> TaskList:
        return self._tasks

    @property
    def log(self) -> tuple[LogEvent, ...]:
        return tuple(self._state.log)

    @property
    def mappings(self) -> Mapping[tuple[str, str], GroupMapping]:
        """Pushed groups, by group and app."""
        return dict(self._state.mappings)

    @property
    def schemas(self) -> Mapping[str, AppSchema]:
        return dict(self._state.schemas)

    def app_user(self, user: str, app: str) -> AppUser | None:
        """Return the person's account in the app as Okta knows it; None once, or while, it is not assigned."""
        self._state.user(user)
        self._state.app(app)
        return self._state.app_users.get((user, app))

    def group_called(self, name: str) -> str | None:
        """Return the short name of the group that bears this name now; None where no group does."""
        found = self._state.group_called(name)
        return None if found is None else found.name

    def describe(self) -> dict[str, Plain]:
        return describe(self._state, self._tasks)

    def add_app(
        self,
        app: str,
        connector: ProvisioningConnector,
        settings: AppSettings = AppSettings(),  # noqa: B008 - frozen
        label: str | None = None,
        user_names: Mapping[str, str] | None = None,
    ) -> None:
        """Put an app instance in place that is configured already.

        `user_names` are the app usernames of people whose account starts from another one than the Okta username.
        """
        if app in self._state.apps:
            raise AlreadyExists(f"There is already an app {app}")
        _must_fit_governance(settings)
        _must_leave_time(settings)
        self._state.apps[app] = AppInstance(
            app, label or app, connector, settings, settings.provisioning, user_names or {}
        )
        self._imports.reschedule(app)

    def configure_app(
        self, app: str, *, connector: ProvisioningConnector | None = None, **switches: Unpack[Switches]
    ) -> None:
        """Change switches, or the connection, which is tested before it is saved."""
        before = self._state.app(app)
        settings = replace(before.settings, **switches)
        if settings.governance and not before.settings.governance and before.was_provisioning:
            raise GovernanceTooLate(f"Governance cannot be enabled for {app}: provisioning was enabled first")
        _must_fit_governance(settings)
        _must_leave_time(settings)
        if connector is not None and self._decide.must_test_connection():
            tested = self._test(before, connector)
            if not tested.ok:
                raise CredentialsRefused(tested.message)
        was_provisioning = before.was_provisioning or settings.provisioning
        self._state.apps[app] = replace(
            before, connector=connector or before.connector, settings=settings, was_provisioning=was_provisioning
        )
        self._state.record(EventType.APP_UPDATE, (app,))
        if settings.provisioning and not before.settings.provisioning:
            self._mark_backlog(app)
        if self._decide.time_between_imports(settings) != self._decide.time_between_imports(before.settings):
            self._imports.reschedule(app)
        if before.settings.import_groups and not settings.import_groups:
            self._imports.forget_groups(app)

    def test_credentials(self, app: str) -> CheckResult:
        instance = self._state.app(app)
        return self._test(instance, instance.connector)

    def import_schema(self, app: str) -> CheckResult:
        """Discover the app's user schema and, under governance, its entitlements."""
        instance = self._state.app(app)
        connector = instance.connector
        try:
            found = self._decide.adopt_schema(
                connector.list_user_schema().resources, connector.list_user_schema_values().resources
            )
            if self._decide.manages_entitlements(instance.settings):
                found = replace(
                    found,
                    entitlement_properties=connector.list_entitlement_schema().resources,
                    entitlement_values=connector.list_entitlement_values().resources,
                )
                self._state.record(EventType.IMPORT_ENTITLEMENT, (app,))
        except ActionFailed as failure:
            return self._check_failed(app, failure, EventType.CONFIGURATION_IMPORT_SCHEMA)
        self._state.schemas[app] = found
        return CheckResult(ok=True)

    def assign(
        self,
        user: str,
        app: str,
        entitlements: Mapping[str, str] | None = None,
        groups: tuple[str, ...] = (),
        user_name: str | None = None,
    ) -> None:
        """Assign the app: role by environment type, collaborator group ids, and an app username if not the login."""
        self._assignments.assign(user, app, entitlements or {}, groups, user_name)

    def unassign(self, user: str, app: str) -> None:
        self._assignments.unassign(user, app)

    def change_entitlements(self, user: str, app: str, entitlements: Mapping[str, str]) -> None:
        self._assignments.change_entitlements(user, app, entitlements)

    def revert_to_policy(self, user: str, app: str) -> None:
        """Wipe what was customised or granted on top, and let policy decide again."""
        self._assignments.revert_to_policy(user, app)

    def grant_entitlements(
        self, user: str, app: str, name: str, entitlements: Mapping[str, str], lasts: timedelta | None = None
    ) -> None:
        """Grant a bundle, or a single entitlement, on top of policy; with `lasts` it ends by itself."""
        if lasts is not None and lasts <= timedelta():
            raise BadSchedule(f"{name} has to last for some time")
        expires = None if lasts is None else self._state.clock() + lasts
        self._assignments.grant(user, app, Grant(name, dict(entitlements), expires))

    def revoke_grant(self, user: str, app: str, name: str) -> None:
        self._assignments.revoke_grant(user, app, name)

    def change_username(self, user: str, app: str, user_name: str) -> None:
        self._assignments.change_username(user, app, user_name)

    def update_usernames_now(self, app: str) -> None:
        """Update Now on the Sign On tab, whatever the app's setting for username updates is."""
        self._state.app(app)
        self._assignments.update_usernames(app)

    def assign_group(self, group: str, app: str, entitlements: Mapping[str, str] | None = None) -> None:
        """Assign the app to a group; people it already reaches are not pushed a second time."""
        members = self._state.group(group).members
        if not self._state.app(app).settings.active:
            raise AppInactive(f"{app} is inactive and takes no new assignments")
        if (group, app) in self._state.group_assignments:
            raise AlreadyAssigned(f"Group {group} is already assigned to {app}")
        self._state.group_assignments[group, app] = dict(entitlements or {})
        self._state.record(EventType.GROUP_APP_ADD, (self._state.group(group).display_name, app))
        for user in members:
            self._assignments.reconcile(user, app)

    def unassign_group(self, group: str, app: str) -> None:
        members = self._state.group(group).members
        self._state.app(app)
        if self._state.group_assignments.pop((group, app), None) is None:
            raise NotAssigned(f"Group {group} is not assigned to {app}")
        self._state.record(EventType.GROUP_APP_REMOVE, (self._state.group(group).display_name, app))
        for user in members:
            self._assignments.reconcile(user, app)

    def change_group_entitlements(self, group: str, app: str, entitlements: Mapping[str, str]) -> None:
        """Edit a group's assignment: whoever has the app through this group and nothing of their own is pushed."""
        members = self._state.group(group).members
        instance = self._state.app(app)
        if (group, app) not in self._state.group_assignments:
            raise NotAssigned(f"Group {group} is not assigned to {app}")
        if not self._decide.manages_entitlements(instance.settings):
            raise EntitlementsNotManaged(f"Governance is off for {app}: Okta does not manage its entitlements")
        self._state.group_assignments[group, app] = dict(entitlements)
        self._state.record(EventType.GROUP_APP_UPDATE, (self._state.group(group).display_name, app))
        for user in members:
            self._assignments.reconcile(user, app)

    def provision_user(self, user: str, app: str) -> None:
        """Provision User: push somebody whose account was never made."""
        account = self._state.assigned(user, app)
        self._must_provision(app)
        if account.external_id is not None:
            raise NothingToProvision(f"{user} is provisioned in {app} already")
        self._provisioning.push_new_user(account)

    def force_sync(self, app: str, user: str | None = None) -> None:
        """Push the profile of every provisioned account. The backlog of the unprovisioned is not touched."""
        accounts = self._pushable(app, user)
        self._state.record(EventType.SYNC_JOB_STARTED, (app,))
        for account in accounts:
            self._provisioning.push_profile(account)
        self._state.record(EventType.SYNC_JOB_COMPLETED, (app,))

    def apply_updates_now(self, app: str) -> None:
        """Apply an edited mapping at once: every assigned person is pushed again."""
        accounts = self._pushable(app, None)
        self._state.record(EventType.FIELD_MAPPING_CHANGE, (app,))
        for account in accounts:
            self._provisioning.push_profile(account)

    def retry_tasks(self, app: str, user: str | None = None, group: str | None = None) -> None:
        """Retry Selected: every open task of the app, or those of one person or one pushed group."""
        self._state.app(app)
        everything = user is None and group is None
        chosen = [
            task
            for task in self._tasks.open
            if task.app == app and (everything or task.subject == (group if task.kind is TaskKind.GROUP_PUSH else user))
        ]
        if not chosen:
            about = " and ".join(name for name in (user, group) if name is not None)
            raise NothingToRetry(f"No open task of {app} to retry" + (f" for {about}" if about else ""))
        for task in chosen:
            self._run(self._tasks.start_over(task))

    def next_due(self) -> datetime | None:
        """Return when the clock next makes something happen: a paused task, an import, or the end of a grant."""
        dues = (self._tasks.next_due(), self._imports.next_due(), self._assignments.next_expiry())
        return min((due for due in dues if due is not None), default=None)

    def run_due(self) -> None:
        """End the grants whose time has come, try the paused tasks that are due, once each, and make due imports."""
        self._assignments.expire_grants()
        for task in self._tasks.due():
            self._run(task)
        self._imports.run_due()

    def _run(self, task: Task) -> None:
        if self._decide.is_still_sent(task):
            self._send_again(task)
        if self._tasks.find(task.kind, task.app, task.subject) is not task:
            return
        # Nothing was sent: what would have allowed the call was switched off since.
        if task.kind is TaskKind.DEACTIVATE:
            self._tasks.leave_to_admin(task.kind, task.app, task.subject)
        else:
            self._tasks.close(task.kind, task.app, task.subject, TaskState.DISMISSED)

    def _send_again(self, task: Task) -> None:
        match task.kind:
            case TaskKind.CREATE:
                self._retry_create(task)
            case TaskKind.PROFILE_PUSH:
                self._provisioning.push_profile(self._state.assigned(task.subject, task.app), retry=task)
                self._provisioning.push_what_waited(task)
            case TaskKind.DEACTIVATE:
                self._provisioning.deactivate(task.subject, task.app, task.external_id, retry=task)
            case TaskKind.GROUP_PUSH:
                self._group_push.retry(task)
            case TaskKind.IMPORT:
                with suppress(OktaRefusal):
                    self._imports.run(task.app)

    def _retry_create(self, task: Task) -> None:
        account = self._state.app_users.get((task.subject, task.app))
        if account is None:
            self._assignments.reconcile(task.subject, task.app)
        elif self._takes_pushes(task.app):
            self._provisioning.push_new_user(account, retry=task)
            self._provisioning.push_what_waited(task)

    def _takes_pushes(self, app: str) -> bool:
        settings = self._state.app(app).settings
        return settings.active and settings.provisioning

    def _must_provision(self, app: str) -> None:
        settings = self._state.app(app).settings
        if not settings.active:
            raise AppInactive(f"{app} is inactive, so no user can be pushed")
        if not settings.provisioning:
            raise ProvisioningOff(f"Provisioning is off for {app}")

    def _pushable(self, app: str, user: str | None) -> tuple[AppUser, ...]:
        """Return the accounts a bulk push is about, or refuse because none can be sent."""
        self._must_provision(app)
        accounts = self._state.app_users_of(app) if user is None else (self._state.assigned(user, app),)
        return tuple(account for account in accounts if self._decide.is_pushed_in_bulk(account))

    def _mark_backlog(self, app: str) -> None:
        """People assigned before provisioning was enabled are not created; they say so until the admin acts."""
        for account in self._state.app_users_of(app):
            if account.status is AppUserStatus.ACTIVE and account.external_id is None:
                self._state.keep(replace(account, sync_state=SyncState.OUT_OF_SYNC, error=messages.MSG_11))

    def _test(self, app: AppInstance, connector: ProvisioningConnector) -> CheckResult:
        try:
            connector.test_credentials()
        except ActionFailed as failure:
            return self._check_failed(app.name, failure, EventType.CONFIGURATION_UPDATE)
        return CheckResult(ok=True)

    def _check_failed(self, app: str, failure: ActionFailed, event: EventType) -> CheckResult:
        message = messages.detail(failure)
        record_cause(self._state, failure, app)
        self._state.record(event, (app,), detail=message, failed=True)
        return CheckResult(ok=False, message=message)


def _must_fit_governance(settings: AppSettings) -> None:
    """Governance writes through creation and update, so both have to be on once provisioning is."""
    writes = settings.create_users and settings.update_user_attributes
    if settings.governance and settings.provisioning and not writes:
        raise GovernanceIncomplete("Governance needs both Create Users and Update User Attributes")


def _must_leave_time(settings: AppSettings) -> None:
    if settings.import_every is not None and settings.import_every <= timedelta():
        raise BadSchedule("Imports by the clock need some time between them")
