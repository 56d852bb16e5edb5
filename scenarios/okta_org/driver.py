"""An Okta org that lives: the value it is at present, its System Log, and the connectors of its apps."""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, Unpack

from okta_org import apps, assignments, directory, group_push, groups, import_rows, imports, push_rules, retries
from okta_org.assumptions import OktaAssumptions
from okta_org.decisions import Decisions
from okta_org.describe import Plain, describe
from okta_org.draft import Ask, Change, Draft, Then, act
from okta_org.org import Org, itself
from okta_org.perform import perform
from okta_org.port import ProvisioningConnector
from okta_org.pushes import CheckConnection, Push
from okta_org.settle import settle
from okta_org.tasks import TaskList
from okta_org.values import (
    AppInstance,
    AppSchema,
    AppSettings,
    AppUser,
    CheckResult,
    GroupMapping,
    ImportResult,
    LogEvent,
    OktaGroup,
    OktaUser,
    Switches,
)

P = ParamSpec("P")
R = TypeVar("R")


def _verb(verb: Callable[Concatenate[Draft, P], None]) -> Callable[Concatenate["OktaOrg", P], None]:
    @wraps(verb)
    def method(self: "OktaOrg", /, *args: P.args, **kwargs: P.kwargs) -> None:
        self.do(verb, *args, **kwargs)

    return method


def _answered(kind: type[R], verb: Callable[Concatenate[Draft, P], None]) -> Callable[Concatenate["OktaOrg", P], R]:
    """A verb after which the admin is shown something."""

    @wraps(verb)
    def method(self: "OktaOrg", /, *args: P.args, **kwargs: P.kwargs) -> R:
        answer = self.do(verb, *args, **kwargs)
        if not isinstance(answer, kind):
            raise TypeError(f"{verb.__name__} answers with {type(answer).__name__}")
        return answer

    return method


class OktaOrg:
    """One org: the admin's verbs, and what the admin can see. Deterministic and synchronous.

    A verb either does what the console would do, or raises an `OktaRefusal` and leaves everything as it was. What the
    app refuses is no exception: it ends in the System Log and on `tasks`. Whatever a verb asks of an app is done at
    once, depth first: what comes of one push is taken in before the next one is sent.
    """

    def __init__(
        self,
        name: str,
        clock: Callable[[], datetime],
        name_of: Callable[[str], str] = itself,
        assumptions: OktaAssumptions = OktaAssumptions(),  # noqa: B008 - frozen
        decisions: Decisions = Decisions(),  # noqa: B008 - frozen
    ) -> None:
        self.name = name
        self.value = Org(decisions, assumptions, name_of)
        self._clock = clock
        self._log: list[LogEvent] = []
        self._connectors: dict[str, ProvisioningConnector] = {}

    add_user = _verb(directory.add_user)
    create_user = _verb(directory.create_user)
    activate_user = _verb(directory.activate_user)
    deactivate_user = _verb(directory.deactivate_user)
    suspend_user = _verb(directory.suspend_user)
    unsuspend_user = _verb(directory.unsuspend_user)
    lock_out_user = _verb(directory.lock_out_user)
    unlock_user = _verb(directory.unlock_user)
    reset_password = _verb(directory.reset_password)
    expire_password = _verb(directory.expire_password)
    choose_password = _verb(directory.choose_password)
    delete_user = _verb(directory.delete_user)
    edit_profile = _verb(directory.edit_profile)
    move_domain = _verb(directory.move_domain)

    create_group = _verb(groups.create_group)
    add_to_group = _verb(groups.add_to_group)
    remove_from_group = _verb(groups.remove_from_group)
    rename_group = _verb(groups.rename_group)
    delete_group = _verb(groups.delete_group)
    create_group_rule = _verb(groups.create_group_rule)

    assign = _verb(assignments.assign)
    unassign = _verb(assignments.unassign)
    change_entitlements = _verb(assignments.change_entitlements)
    revert_to_policy = _verb(assignments.revert_to_policy)
    grant_entitlements = _verb(assignments.grant_entitlements)
    revoke_grant = _verb(assignments.revoke_grant)
    change_username = _verb(assignments.change_username)
    update_usernames_now = _verb(assignments.update_usernames_now)
    assign_group = _verb(assignments.assign_group)
    unassign_group = _verb(assignments.unassign_group)
    change_group_entitlements = _verb(assignments.change_group_entitlements)

    push_group = _verb(group_push.push_group)
    push_group_now = _verb(group_push.push_group_now)
    unlink_group = _verb(group_push.unlink_group)
    pause_group_push = _verb(group_push.pause_group_push)
    activate_group_push = _verb(group_push.activate_group_push)
    create_push_rule = _verb(push_rules.create_push_rule)
    deactivate_push_rule = _verb(push_rules.deactivate_push_rule)
    activate_push_rule = _verb(push_rules.activate_push_rule)
    delete_push_rule = _verb(push_rules.delete_push_rule)

    import_users = _answered(ImportResult, imports.import_users)
    resume_imports = _answered(ImportResult, imports.resume_imports)
    cancel_import = _verb(imports.cancel_import)
    confirm_assignments = _answered(int, import_rows.confirm_assignments)
    stop_ignoring = _verb(import_rows.stop_ignoring)

    test_credentials = _answered(CheckResult, apps.test_credentials)
    import_schema = _answered(CheckResult, apps.import_schema)
    provision_user = _verb(apps.provision_user)
    force_sync = _verb(apps.force_sync)
    apply_updates_now = _verb(apps.apply_updates_now)

    retry_tasks = _verb(retries.retry_tasks)
    run_due = _verb(retries.run_due)

    def add_app(
        self,
        app: str,
        connector: ProvisioningConnector,
        settings: AppSettings = AppSettings(),  # noqa: B008 - frozen
        label: str | None = None,
        user_names: Mapping[str, str] | None = None,
    ) -> None:
        """Put an app instance in place that is configured already, and that is connected through this connector."""
        self.do(apps.add_app, app, self._connected(app, connector), settings, label, user_names)

    def configure_app(
        self, app: str, *, connector: ProvisioningConnector | None = None, **switches: Unpack[Switches]
    ) -> None:
        """Change switches, or the connection, which is tested before it is saved."""
        connection = None if connector is None else self._connected(app, connector)
        self.do(apps.configure_app, app, connection, **switches)

    def do(self, verb: Callable[Concatenate[Draft, P], None], *args: P.args, **kwargs: P.kwargs) -> object:
        """Do a verb and all that comes of it. Returns what the admin is shown."""
        change = act(self.value, self._clock(), verb, *args, **kwargs)
        answer: object = None
        asked: deque[Ask] = deque()
        while True:
            self._take(change)
            answer = answer if change.answer is None else change.answer
            asked.extendleft(reversed(change.asks))
            if not asked:
                return answer
            change = self._carry_out(asked.popleft())

    def next_due(self) -> datetime | None:
        """Return when the clock next makes something happen: a paused task, an import, or the end of a grant."""
        return self.value.next_due()

    @property
    def users(self) -> Mapping[str, OktaUser]:
        return self.value.users

    @property
    def groups(self) -> Mapping[str, OktaGroup]:
        return self.value.groups

    @property
    def apps(self) -> Mapping[str, AppInstance]:
        return self.value.apps

    @property
    def app_users(self) -> tuple[AppUser, ...]:
        """Every account in any app."""
        return self.value.app_users.in_order()

    @property
    def tasks(self) -> TaskList:
        return TaskList(self.value)

    @property
    def log(self) -> tuple[LogEvent, ...]:
        return tuple(self._log)

    @property
    def mappings(self) -> Mapping[tuple[str, str], GroupMapping]:
        """Pushed groups, by group and app."""
        return self.value.mappings

    @property
    def schemas(self) -> Mapping[str, AppSchema]:
        return self.value.schemas

    def app_user(self, user: str, app: str) -> AppUser | None:
        """Return the person's account in the app as Okta knows it; None once, or while, it is not assigned."""
        self.value.user(user)
        self.value.app(app)
        return self.value.app_users.get((user, app))

    def group_called(self, name: str) -> str | None:
        """Return the short name of the group that bears this name now; None where no group does."""
        found = self.value.group_called(name)
        return None if found is None else found.name

    def connector_of(self, app: str) -> ProvisioningConnector:
        return self._connectors[self.value.app(app).connection]

    def describe(self) -> dict[str, Plain]:
        return describe(self.value, self.log)

    def _connected(self, app: str, connector: ProvisioningConnector) -> str:
        """Hold a connector for an app; returns the name under which its pushes find it."""
        connection = f"{app} {len(self._connectors) + 1}"
        self._connectors[connection] = connector
        return connection

    def _take(self, change: Change) -> None:
        self.value = change.org
        self._log.extend(change.log)
        if change.refusal is not None:
            raise change.refusal

    def _carry_out(self, ask: Ask) -> Change:
        if isinstance(ask, Then):
            return act(self.value, self._clock(), ask.does, *ask.arguments)
        outcome = perform(self._connector_for(ask), ask)
        return settle(self.value, self._clock(), ask, outcome)

    def _connector_for(self, push: Push) -> ProvisioningConnector:
        return self._connectors[push.connection] if isinstance(push, CheckConnection) else self.connector_of(push.app)
