"""The three pushes that concern one person: new user, profile, deactivation. All end in the log."""

from dataclasses import replace
from functools import partial

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.folding import fold
from okta_connector.values import Entitlement, User
from okta_org import messages, tasks
from okta_org.draft import Draft
from okta_org.events import EventType
from okta_org.org import Org
from okta_org.pushes import CreateUser, DeactivateUser, FindUser, Lost, PushOutcome, Returned, Spared, UpdateUser
from okta_org.tasks import Trouble, record_cause
from okta_org.values import AppInstance, AppUser, Scope, SyncState, Task, TaskKind, TaskState


def push_new_user(draft: Draft, account: AppUser, retry: Task | None = None) -> None:
    """Create the account, or link the one that is there; then Okta keeps the app's id for the person."""
    app = draft.org.app(account.app)
    profile = profile_of(draft.org, account, retry)
    if account.scope is Scope.GROUP and _reactivates_known_ids(draft.org, app):
        profile = replace(profile, id=draft.org.former_ids.get((account.user, account.app)))
    if app.settings.create_users:
        draft.ask(CreateUser(app.name, account.user, profile, spares=refuses_demotions(draft.org)))
    else:
        draft.ask(FindUser(app.name, account.user, profile))


def settle_new_user(draft: Draft, push: CreateUser | FindUser, outcome: PushOutcome) -> None:
    app = draft.org.app(push.app)
    account = draft.org.app_users.get((push.user, push.app))
    returned = _unless_spared(draft, push, app, outcome)
    if isinstance(returned, ActionFailed):
        _fail_new_user(draft, push, app, account, returned)
        return
    _warn(draft, push, app, returned.lost)
    tasks.close(draft, draft.org.task(TaskKind.CREATE, app.name, push.user))
    if account is None:
        # Whoever lost the app meanwhile is in the app all the same, and is not to stay there.
        draft.record(EventType.PUSH_NEW_USER, (push.user, app.name))
        deactivate(draft, push.user, app.name, returned.user.id)
        return
    _take_back(draft, account, returned.user)
    linked = draft.keep(
        replace(
            account,
            status=draft.org.decide.status_after_create(returned.user),
            sync_state=SyncState.SYNCHRONIZED,
            external_id=returned.user.id,
            in_app=_roles_pushed(draft.org, app, push.profile),
            error=None,
        )
    )
    draft.record(EventType.PUSH_NEW_USER, (account.user, app.name))
    if isinstance(push, FindUser):
        push_profile(draft, linked)


def push_profile(
    draft: Draft, account: AppUser, retry: Task | None = None, linked_with: tuple[Entitlement, ...] = ()
) -> None:
    """Send the whole profile of an account that Okta believes in; behind a push that a rate limit paused.

    `linked_with` are the roles of somebody whom an import has linked just now.
    """
    app = draft.org.app(account.app)
    if account.external_id is None:
        tasks.follow(draft, TaskKind.CREATE, app.name, account.user)
        return
    waits = retry is None and tasks.follow(draft, TaskKind.PROFILE_PUSH, app.name, account.user)
    if waits or not draft.org.decide.pushes_profile(app.settings):
        if account.sync_state is SyncState.SYNCHRONIZED:
            draft.keep(replace(account, sync_state=SyncState.OUT_OF_SYNC))
        return
    profile = profile_of(draft.org, account, retry)
    spares = bool(linked_with) and refuses_demotions(draft.org)
    draft.ask(UpdateUser(app.name, account.user, profile, linked_with, spares))


def push_current_profile(draft: Draft, user: str, app: str) -> None:
    """Push the profile as it is when its turn comes."""
    account = draft.org.app_users.get((user, app))
    if account is not None:
        push_profile(draft, account)


def settle_profile(draft: Draft, push: UpdateUser, outcome: PushOutcome) -> None:
    app = draft.org.app(push.app)
    account = draft.org.app_users.get((push.user, push.app))
    returned = _unless_spared(draft, push, app, outcome)
    if isinstance(returned, ActionFailed):
        external_id = None if account is None else account.external_id
        trouble = Trouble(
            TaskKind.PROFILE_PUSH,
            app.name,
            push.user,
            returned,
            detail=messages.profile_push_detail(returned, external_id or push.profile.id or ""),
            say=partial(
                messages.fill,
                messages.MSG_2,
                name=push.profile.display_name,
                label=app.label,
                user_name=push.profile.user_name,
            ),
            attempted=push.profile,
        )
        _fail(draft, trouble, EventType.PUSH_PROFILE, account)
        return
    _warn(draft, push, app, returned.lost)
    tasks.close(draft, draft.org.task(TaskKind.PROFILE_PUSH, app.name, push.user))
    if account is not None:
        draft.keep(
            replace(
                account,
                sync_state=SyncState.SYNCHRONIZED,
                external_id=returned.user.id or account.external_id,
                in_app=_roles_pushed(draft.org, app, push.profile),
                error=None,
            )
        )
    draft.record(EventType.PUSH_PROFILE, (push.user, app.name))


def push_what_waited(draft: Draft, task: Task) -> None:
    """Push the edits that came while the task was paused, now that it has been tried again and no more waits."""
    account = draft.org.app_users.get((task.subject, task.app))
    left = draft.org.task(task.kind, task.app, task.subject)
    if not task.followed or account is None or (left is not None and left.state is not TaskState.FAILED):
        return
    sent, current = profile_of(draft.org, account, task), profile_of(draft.org, account, None)
    if replace(sent, id=current.id) != current:
        push_profile(draft, account)


def deactivate(draft: Draft, user: str, app: str, external_id: str | None, name: str = "") -> None:
    """Tell the app that a person has lost it. The assignment is gone already, whatever the app answers (PUD-3).

    By the time of a retry so may be the person; the task keeps the name.
    """
    settings = draft.org.app(app).settings
    if external_id is None or not draft.org.decide.pushes_deactivation(settings, draft.org.status_of(user)):
        return
    person = draft.org.users.get(user)
    draft.ask(DeactivateUser(app, user, external_id, name if person is None else person.display_name))


def settle_deactivation(draft: Draft, push: DeactivateUser, outcome: PushOutcome) -> None:
    app = draft.org.app(push.app)
    if isinstance(outcome, ActionFailed):
        trouble = Trouble(
            TaskKind.DEACTIVATE,
            app.name,
            push.user,
            outcome,
            detail=_deactivation_detail(app, outcome, push.external_id),
            say=partial(messages.fill, messages.MSG_12, name=push.name, label=app.label),
            external_id=push.external_id,
            name=push.name,
        )
        _fail(draft, trouble, EventType.PUSH_DEACTIVATION)
        return
    tasks.close(draft, draft.org.task(TaskKind.DEACTIVATE, app.name, push.user, push.external_id))
    draft.record(EventType.PUSH_DEACTIVATION, (push.user, app.name))


def refuses_demotions(org: Org) -> bool:
    return org.assumptions.linking_administrators == "refused"


def profile_of(org: Org, account: AppUser, retry: Task | None) -> User:
    """What goes out: the profile of today, or what the task that is retried has recorded (`okta_retry`)."""
    if retry is not None and retry.attempted is not None and org.assumptions.okta_retry == "snapshot":
        return retry.attempted
    settings = org.app(account.app).settings
    scim = settings.road == "scim"
    granted = account.granted if scim or org.decide.manages_entitlements(settings) else {}
    profile = org.decide.full_profile(org.user(account.user), account, org.decide.entitlements_to_push(granted))
    return replace(profile, okta_id=org.okta_id(account.user), mapping=settings.mapping) if scim else profile


def _reactivates_known_ids(org: Org, app: AppInstance) -> bool:
    return app.settings.road == "scim" and org.assumptions.okta_reactivation == "known_id"


def _deactivation_detail(app: AppInstance, failure: ActionFailed, external_id: str) -> str:
    if app.settings.road == "scim":
        return messages.profile_push_detail(failure, external_id)
    return messages.detail(failure)


def demotion(app: AppInstance, profile: User, lost: Lost) -> str:
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


def _unless_spared(
    draft: Draft, push: CreateUser | FindUser | UpdateUser, app: AppInstance, outcome: PushOutcome
) -> Returned | ActionFailed:
    """Take a push that was held back, or that should have been, for a failure (assumption `linking_administrators`)."""
    if isinstance(outcome, Returned | Spared):
        found = isinstance(push, FindUser) and bool(outcome.lost)
        if outcome.lost and (isinstance(outcome, Spared) or (found and refuses_demotions(draft.org))):
            return ActionFailed(FailureType.GENERIC_FAILURE, demotion(app, push.profile, outcome.lost))
    if isinstance(outcome, Returned | ActionFailed):
        return outcome
    raise TypeError(f"{type(outcome).__name__} cannot be the outcome of {type(push).__name__}")


def _warn(draft: Draft, push: CreateUser | FindUser | UpdateUser, app: AppInstance, lost: Lost) -> None:
    """Warn of what linking takes from an administrator."""
    if draft.org.decide.warns_of(lost):
        said = demotion(app, push.profile, lost)
        draft.record(EventType.VERIFY_EXISTS, (push.user, app.name), detail=said, warning=True)


def _fail_new_user(
    draft: Draft, push: CreateUser | FindUser, app: AppInstance, account: AppUser | None, failure: ActionFailed
) -> None:
    profile = push.profile
    trouble = Trouble(
        TaskKind.CREATE,
        app.name,
        push.user,
        failure,
        detail=messages.create_detail(
            failure, profile.display_name, profile.user_name, looked_up=isinstance(push, FindUser)
        ),
        say=partial(messages.fill, messages.MSG_1, name=profile.display_name, label=app.label),
        attempted=profile,
    )
    _fail(draft, trouble, EventType.PUSH_NEW_USER, account)


def _take_back(draft: Draft, account: AppUser, returned: User) -> None:
    """Close a deactivation that never got through, now that the very account it is about is assigned again.

    If another account was made, as under another username, the task stays: the earlier one is still in the app.
    """
    address = returned.user_name if "@" in returned.user_name else returned.email
    names = {fold(name) for name in (returned.id, address) if name is not None}
    for task in draft.org.deactivations(account.app, account.user):
        if task.external_id is not None and fold(task.external_id) in names:
            tasks.close(draft, task, TaskState.DISMISSED)


def _roles_pushed(org: Org, app: AppInstance, profile: User) -> tuple[tuple[str, str], ...] | None:
    if not org.decide.manages_entitlements(app.settings):
        return None
    return tuple((each.type, each.value) for each in profile.entitlements)


def _fail(draft: Draft, trouble: Trouble, event: EventType, account: AppUser | None = None) -> None:
    """Open a task, unless the assignment that the push was about is gone; then there is nothing to try again."""
    if account is None and trouble.kind is not TaskKind.DEACTIVATE:
        record_cause(draft, trouble.failure, trouble.app)
        said = trouble.say(trouble.detail)
        draft.record(event, (trouble.subject, trouble.app), detail=said, failed=True)
        return
    task = tasks.report(draft, trouble)
    record_cause(draft, trouble.failure, trouble.app)
    draft.record(event, (trouble.subject, trouble.app), detail=task.message, failed=True)
    if account is not None:
        paused = task.state is TaskState.PAUSED
        sync_state = SyncState.OUT_OF_SYNC if paused else draft.org.decide.sync_state_after_failure()
        draft.keep(replace(account, sync_state=sync_state, error=task.message))
