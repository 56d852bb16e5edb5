"""The three pushes that concern one person: new user, profile, deactivation. All end in the log."""

from dataclasses import replace
from functools import partial

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.folding import folded
from okta_connector.values import Entitlement, User
from okta_org import messages
from okta_org.decisions import Decisions
from okta_org.events import EventType
from okta_org.state import OrgState
from okta_org.tasks import TaskList, Trouble
from okta_org.values import AppInstance, AppUser, SyncState, Task, TaskKind, TaskState, UserStatus


class Provisioning:
    """Drives the connector for single people. A retry passes the task it retries."""

    def __init__(self, state: OrgState, tasks: TaskList, decide: Decisions) -> None:
        self._state = state
        self._tasks = tasks
        self._decide = decide

    def push_new_user(self, account: AppUser, retry: Task | None = None) -> None:
        """Create the account, or link the one that is there; then Okta keeps the app's id for the person."""
        app = self._state.app(account.app)
        profile = self._profile(app, account, retry)
        try:
            returned = self._create_or_link(app, account, profile)
        except ActionFailed as failure:
            name = profile.display_name
            self._failed(
                Trouble(
                    TaskKind.CREATE,
                    app.name,
                    account.user,
                    failure,
                    detail=messages.create_detail(
                        failure, name, profile.user_name, looked_up=not app.settings.create_users
                    ),
                    say=partial(messages.fill, messages.MSG_1, name=name, label=app.label),
                    attempted=profile,
                ),
                EventType.PUSH_NEW_USER,
                account,
            )
            return
        self._tasks.close(TaskKind.CREATE, app.name, account.user)
        self._take_back(account, returned)
        linked = self._state.keep(
            replace(
                account,
                status=self._decide.status_after_create(returned),
                sync_state=SyncState.SYNCHRONIZED,
                external_id=returned.id,
                in_app=self._as_pushed(app, profile),
                error=None,
            )
        )
        self._state.record(EventType.PUSH_NEW_USER, (account.user, app.name))
        if not app.settings.create_users:
            self.push_profile(linked)

    def push_profile(
        self, account: AppUser, retry: Task | None = None, linked_with: tuple[Entitlement, ...] = ()
    ) -> None:
        """Send the whole profile of an account that Okta believes in; behind a push that a rate limit paused.

        `linked_with` are the roles of somebody whom an import has linked just now.
        """
        app = self._state.app(account.app)
        if account.external_id is None:
            self._tasks.follow(TaskKind.CREATE, app.name, account.user)
            return
        waits = retry is None and self._tasks.follow(TaskKind.PROFILE_PUSH, app.name, account.user)
        if waits or not self._decide.pushes_profile(app.settings):
            if account.sync_state is SyncState.SYNCHRONIZED:
                self._state.keep(replace(account, sync_state=SyncState.OUT_OF_SYNC))
            return
        profile = self._profile(app, account, retry)
        try:
            self._heed_administrator(app, account, profile, linked_with)
            returned = app.connector.update_user(profile)
        except ActionFailed as failure:
            self._failed(
                Trouble(
                    TaskKind.PROFILE_PUSH,
                    app.name,
                    account.user,
                    failure,
                    detail=messages.profile_push_detail(failure, account.external_id),
                    say=partial(
                        messages.fill,
                        messages.MSG_2,
                        name=profile.display_name,
                        label=app.label,
                        user_name=profile.user_name,
                    ),
                    attempted=profile,
                ),
                EventType.PUSH_PROFILE,
                account,
            )
            return
        self._tasks.close(TaskKind.PROFILE_PUSH, app.name, account.user)
        self._state.keep(
            replace(
                account,
                sync_state=SyncState.SYNCHRONIZED,
                external_id=returned.id or account.external_id,
                in_app=self._as_pushed(app, profile),
                error=None,
            )
        )
        self._state.record(EventType.PUSH_PROFILE, (account.user, app.name))

    def push_what_waited(self, task: Task) -> None:
        """Push the edits that came while the task was paused, now that it has been tried again and no more waits."""
        account = self._state.app_users.get((task.subject, task.app))
        left = self._tasks.find(task.kind, task.app, task.subject)
        if not task.followed or account is None or (left is not None and left.state is not TaskState.FAILED):
            return
        app = self._state.app(task.app)
        sent, current = self._profile(app, account, task), self._profile(app, account, None)
        if replace(sent, id=current.id) != current:
            self.push_profile(account)

    def _take_back(self, account: AppUser, returned: User) -> None:
        """Close a deactivation that never got through, now that the very account it is about is assigned again.

        If another account was made, as under another username, the task stays: the earlier one is still in the app.
        """
        task = self._tasks.find(TaskKind.DEACTIVATE, account.app, account.user)
        address = returned.user_name if "@" in returned.user_name else returned.email
        names = {folded(name) for name in (returned.id, address) if name is not None}
        if task is not None and task.external_id is not None and folded(task.external_id) in names:
            self._tasks.close(TaskKind.DEACTIVATE, account.app, account.user, TaskState.DISMISSED)

    def deactivate(self, user: str, app_name: str, external_id: str | None, retry: Task | None = None) -> None:
        """Tell the app that a person has lost it. The assignment is gone already, whatever the app answers (PUD-3).

        By the time of a retry so may be the person; the task keeps the name.
        """
        app = self._state.app(app_name)
        if external_id is None or not self._decide.pushes_deactivation(app.settings, self._status_of(user)):
            return
        try:
            app.connector.deactivate_user(external_id)
        except ActionFailed as failure:
            person = self._state.users.get(user)
            name = retry.name if retry is not None and person is None else self._state.user(user).display_name
            self._failed(
                Trouble(
                    TaskKind.DEACTIVATE,
                    app.name,
                    user,
                    failure,
                    detail=messages.detail(failure),
                    say=partial(messages.fill, messages.MSG_12, name=name, label=app.label),
                    external_id=external_id,
                    name=name,
                ),
                EventType.PUSH_DEACTIVATION,
            )
            return
        self._tasks.close(TaskKind.DEACTIVATE, app.name, user)
        self._state.record(EventType.PUSH_DEACTIVATION, (user, app.name))

    def _status_of(self, user: str) -> UserStatus:
        """Somebody who was deleted was deactivated before."""
        person = self._state.users.get(user)
        return UserStatus.DEPROVISIONED if person is None else person.status

    def spares_administrator(self, account: AppUser, held: tuple[Entitlement, ...]) -> bool:
        """Whether somebody found with these roles keeps them, since linking would make less of an administrator."""
        app = self._state.app(account.app)
        profile = self._profile(app, account, None)
        lost = app.connector.administration_lost(profile, held) if self._refuses_demotions else ()
        if lost:
            said = _demotion(app, profile, lost)
            self._state.record(EventType.VERIFY_EXISTS, (account.user, app.name), detail=said, failed=True)
        return bool(lost)

    @property
    def _refuses_demotions(self) -> bool:
        return self._state.assumptions.linking_administrators == "refused"

    def _create_or_link(self, app: AppInstance, account: AppUser, profile: User) -> User:
        if not app.settings.create_users:
            found = app.connector.get_user_by_user_name(profile.user_name)
            self._heed_administrator(app, account, profile, found.entitlements)
            return found
        if self._refuses_demotions:
            self._heed_administrator(app, account, profile, _held_by(app, profile))
        created = app.connector.create_user(profile)
        if created.id is None:
            raise ActionFailed(FailureType.GENERIC_FAILURE, messages.MSG_3_EMPTY)
        if not self._refuses_demotions:
            self._heed_administrator(app, account, profile, created.held_before)
        return created

    def _heed_administrator(
        self, app: AppInstance, account: AppUser, profile: User, held: tuple[Entitlement, ...]
    ) -> None:
        """Warn of what linking takes from an administrator, or refuse it (assumption `linking_administrators`)."""
        lost = app.connector.administration_lost(profile, held)
        if lost and self._refuses_demotions:
            raise ActionFailed(FailureType.GENERIC_FAILURE, _demotion(app, profile, lost))
        if self._decide.warns_of(lost):
            said = _demotion(app, profile, lost)
            self._state.record(EventType.VERIFY_EXISTS, (account.user, app.name), detail=said, warning=True)

    def _profile(self, app: AppInstance, account: AppUser, retry: Task | None) -> User:
        """What goes out: the profile of today, or what the task that is retried has recorded (`okta_retry`)."""
        if retry is not None and retry.attempted is not None and self._state.assumptions.okta_retry == "snapshot":
            return retry.attempted
        granted = account.granted if self._decide.manages_entitlements(app.settings) else {}
        user = self._state.user(account.user)
        return self._decide.full_profile(user, account, self._decide.entitlements_to_push(granted))

    def _as_pushed(self, app: AppInstance, profile: User) -> tuple[tuple[str, str], ...] | None:
        if not self._decide.manages_entitlements(app.settings):
            return None
        return tuple((each.type, each.value) for each in profile.entitlements)

    def _failed(self, trouble: Trouble, event: EventType, account: AppUser | None = None) -> None:
        task = self._tasks.report(trouble)
        record_cause(self._state, trouble.failure, trouble.app)
        self._state.record(event, (trouble.subject, trouble.app), detail=task.message, failed=True)
        if account is not None:
            paused = task.state is TaskState.PAUSED
            sync_state = SyncState.OUT_OF_SYNC if paused else self._decide.sync_state_after_failure()
            self._state.keep(replace(account, sync_state=sync_state, error=task.message))


def _demotion(app: AppInstance, profile: User, lost: tuple[Entitlement, ...]) -> str:
    granted = {each.type: each.value for each in profile.entitlements}
    return "; ".join(
        messages.DEMOTION.format(
            name=profile.display_name,
            role=each.value,
            environment=each.type,
            label=app.label,
            granted=granted.get(each.type, "no access"),
        )
        for each in lost
    )


def _held_by(app: AppInstance, profile: User) -> tuple[Entitlement, ...]:
    """The roles that somebody has in the app already; none where there is nobody."""
    try:
        return app.connector.get_user_by_user_name(profile.user_name).entitlements
    except ActionFailed as failure:
        if failure.type is not FailureType.RESOURCE_NOT_FOUND:
            raise
        return ()


def record_cause(state: OrgState, failure: ActionFailed, app: str) -> None:
    """Log what troubles the connection itself, apart from the operation it stopped."""
    if failure.type in messages.CREDENTIALS:
        state.record(EventType.AUTHENTICATION_FAILURE, (app,), detail=failure.summary, failed=True)
    if failure.type is FailureType.RATE_LIMIT_EXCEEDED:
        state.record(EventType.RATE_LIMIT_EXCEEDED, (app,), detail=failure.summary, failed=True)
