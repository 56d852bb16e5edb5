"""Who has which app, individually or through groups, and what a gain or a loss sets off.

Each person has one account per app, however many ways lead there.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from okta_connector.errors import ActionFailed, FailureType
from okta_org import messages, tasks
from okta_org.draft import Draft, verb
from okta_org.events import EventType
from okta_org.org import Org
from okta_org.provisioning import deactivate, push_new_user, push_profile
from okta_org.refusals import (
    AlreadyAssigned,
    AlreadyGranted,
    AppInactive,
    BadSchedule,
    BadUsername,
    EntitlementsNotManaged,
    NotAssigned,
    NotGranted,
    NothingToRevert,
    UsernameTaken,
    WrongStatus,
)
from okta_org.roads import must_have_entitlements, roles_or_entitlements
from okta_org.tasks import Trouble
from okta_org.values import AppUser, AppUserStatus, Grant, Scope, SyncState, TaskKind, UserStatus

LONGEST_USERNAME = 100
PUSHES = frozenset({TaskKind.CREATE, TaskKind.PROFILE_PUSH})


@verb
def assign(
    draft: Draft,
    user: str,
    app: str,
    entitlements: Mapping[str, str] | None = None,
    groups: tuple[str, ...] = (),
    user_name: str | None = None,
    roles: Mapping[str, str] | None = None,
) -> None:
    """Assign individually: role by environment type, collaborator group ids, an app username if not the login.

    The role is an entitlement in an app of the catalogue, and an attribute (`roles`) in a SCIM app. Someone who has the
    app through a group keeps the account and becomes individual.
    """
    entitlements = roles_or_entitlements(draft.org, app, roles, entitlements, groups)
    account = draft.org.app_users.get((user, app))
    if draft.org.user(user).status is UserStatus.DEPROVISIONED:
        raise WrongStatus(f"{user} is deactivated and cannot be assigned to {app}")
    if not draft.org.app(app).settings.active:
        raise AppInactive(f"{app} is inactive and takes no new assignments")
    if account is None:
        _add(draft, user, app, Scope.USER, entitlements or {}, groups, user_name)
        return
    if account.scope is Scope.USER:
        raise AlreadyAssigned(f"{user} is already assigned to {app}")
    if user_name is not None:
        must_be_usable(draft.org, user, app, user_name)
    changed = replace(
        account,
        scope=Scope.USER,
        entitlements=dict(entitlements or {}) or account.entitlements,
        groups=groups or account.groups,
        user_name=user_name or account.user_name,
    )
    update(draft, account, changed)


@verb
def unassign(draft: Draft, user: str, app: str) -> None:
    """Take back an individual assignment. A group that assigns the same app takes over, and nothing is lost."""
    account = draft.org.assigned_account(user, app)
    if account.scope is Scope.GROUP:
        raise NotAssigned(f"{user} has {app} through a group, not individually")
    granted = _group_grant(draft.org, user, app)
    if granted is None:
        remove(draft, user, app)
    else:
        update(draft, account, replace(account, scope=Scope.GROUP, entitlements=dict(granted), customised=False))


@verb
def change_entitlements(draft: Draft, user: str, app: str, entitlements: Mapping[str, str]) -> None:
    """Replace everything that is granted. Entitlements set by hand no longer follow the person's group."""
    account = _governed_account(draft.org, user, app)
    update(draft, account, replace(account, entitlements=dict(entitlements), customised=True, grants=()))


@verb
def revert_to_policy(draft: Draft, user: str, app: str) -> None:
    """Wipe what was customised or granted on top, and let policy decide again: what the person's groups grant."""
    account = _governed_account(draft.org, user, app)
    if not account.customised and not account.grants:
        raise NothingToRevert(f"{user} has nothing in {app} but what policy grants")
    policy = _group_grant(draft.org, user, app) or {}
    update(draft, account, replace(account, entitlements=dict(policy), customised=False, grants=()))


@verb
def grant(
    draft: Draft, user: str, app: str, name: str, entitlements: Mapping[str, str], lasts: timedelta | None = None
) -> None:
    """Grant a bundle, or a single entitlement, on top of policy; with `lasts` it ends by itself."""
    if lasts is not None and lasts <= timedelta():
        raise BadSchedule(f"{name} has to last for some time")
    account = _governed_account(draft.org, user, app)
    if any(each.name == name for each in account.grants):
        raise AlreadyGranted(f"{user} has been granted {name} in {app} already")
    granted = Grant(name, dict(entitlements), None if lasts is None else draft.now + lasts)
    update(draft, account, replace(account, grants=(*account.grants, granted)))


@verb
def revoke_grant(draft: Draft, user: str, app: str, name: str) -> None:
    """Take one grant back."""
    account = _governed_account(draft.org, user, app)
    left = tuple(each for each in account.grants if each.name != name)
    if left == account.grants:
        raise NotGranted(f"{user} has not been granted {name} in {app}")
    update(draft, account, replace(account, grants=left))


def expire_grants(draft: Draft) -> None:
    """End every grant whose time has come, and push what is left."""
    for account in draft.org.app_users.in_order():
        if any(each.expires is not None and each.expires <= draft.now for each in account.grants):
            draft.then(_expire_grants_of, account.user, account.app)


@verb
def change_username(draft: Draft, user: str, app: str, user_name: str) -> None:
    account = draft.org.assigned_account(user, app)
    must_be_usable(draft.org, user, app, user_name)
    draft.keep(replace(account, user_name=user_name))
    _settle_rename(draft, account)


@verb
def update_usernames_now(draft: Draft, app: str) -> None:
    """Update Now on the Sign On tab, whatever the app's setting for username updates is.

    Every app username is worked out anew from the Okta username, and whoever has another one now is pushed. All of
    them change or none.
    """
    draft.org.app(app)
    accounts = draft.org.app_users_of(app)
    wanted = {account.user: draft.org.user(account.user).login for account in accounts}
    must_be_usable_together(draft.org, app, wanted)
    renamed = [account for account in accounts if wanted[account.user] != account.user_name]
    for account in renamed:
        draft.keep(replace(account, user_name=wanted[account.user]))
    for account in renamed:
        draft.then(_settle_rename, account)


@verb
def assign_group(
    draft: Draft,
    group: str,
    app: str,
    entitlements: Mapping[str, str] | None = None,
    roles: Mapping[str, str] | None = None,
) -> None:
    """Assign the app to a group; people it already reaches are not pushed a second time."""
    entitlements = roles_or_entitlements(draft.org, app, roles, entitlements)
    assigned = draft.org.group(group)
    if not draft.org.app(app).settings.active:
        raise AppInactive(f"{app} is inactive and takes no new assignments")
    if (group, app) in draft.org.group_assignments:
        raise AlreadyAssigned(f"Group {group} is already assigned to {app}")
    draft.set(group_assignments=draft.org.group_assignments.put((group, app), dict(entitlements or {})))
    draft.record(EventType.GROUP_APP_ADD, (assigned.display_name, app))
    _reconcile_all(draft, assigned.members, app)


@verb
def unassign_group(draft: Draft, group: str, app: str) -> None:
    unassigned = draft.org.group(group)
    _must_be_assigned(draft.org, group, app)
    draft.set(group_assignments=draft.org.group_assignments.without((group, app)))
    draft.record(EventType.GROUP_APP_REMOVE, (unassigned.display_name, app))
    _reconcile_all(draft, unassigned.members, app)


@verb
def change_group_entitlements(draft: Draft, group: str, app: str, entitlements: Mapping[str, str]) -> None:
    """Edit a group's assignment: whoever has the app through this group and nothing of their own is pushed."""
    changed = draft.org.group(group)
    _must_be_assigned(draft.org, group, app)
    _must_be_governed(draft.org, app)
    draft.set(group_assignments=draft.org.group_assignments.put((group, app), dict(entitlements)))
    draft.record(EventType.GROUP_APP_UPDATE, (changed.display_name, app))
    _reconcile_all(draft, changed.members, app)


def reconcile(draft: Draft, user: str, app: str) -> None:
    """Follow the groups: add, change or remove what they decide. Individual assignments are not theirs to touch."""
    if user not in draft.org.users:
        return
    account = draft.org.app_users.get((user, app))
    granted = _group_grant(draft.org, user, app)
    if account is None:
        if granted is None:
            tasks.dismiss(draft, user, app, kinds=PUSHES)
        elif draft.org.app(app).settings.active:
            _add_by_group(draft, user, app, granted)
    elif account.scope is Scope.GROUP:
        if granted is None:
            remove(draft, user, app)
        elif not account.customised and granted != account.entitlements:
            update(draft, account, replace(account, entitlements=dict(granted)))


def remove(draft: Draft, user: str, app: str) -> None:
    """End an assignment, then push the deactivation: in this order, as Okta's log shows it."""
    account = draft.org.app_users.get((user, app))
    if account is not None:
        forget(draft, account)
        if account.external_id is not None and draft.org.app(app).settings.road == "scim":
            draft.set(former_ids=draft.org.former_ids.put((user, app), account.external_id))
        deactivate(draft, account.user, account.app, account.external_id)


def forget(draft: Draft, account: AppUser) -> None:
    """End an assignment without telling the app. Pushed groups lose sight of the person, too (PG-6)."""
    draft.set(app_users=draft.org.app_users.without((account.user, account.app)))
    tasks.dismiss(draft, account.user, account.app, kinds=PUSHES)
    for mapping in draft.org.mappings.in_order():
        if mapping.app == account.app and account.user in mapping.pushed:
            left = tuple(each for each in mapping.pushed if each != account.user)
            draft.keep_mapping(replace(mapping, pushed=left))
    draft.record(EventType.APP_MEMBERSHIP_REMOVE, (account.user, account.app))


def push_if_awaited(draft: Draft, user: str, app: str) -> None:
    """Push a person whose creation is outstanding, as far as settings and status allow it now."""
    account = draft.org.app_users.get((user, app))
    if account is None or account.status is not AppUserStatus.STAGED:
        return
    org = draft.org
    if org.decide.pushes_new_user(org.assumptions, org.app(app).settings, org.user(user).status):
        push_new_user(draft, account)


def must_be_usable(org: Org, user: str, app: str, user_name: str) -> None:
    """Hold the app username to its length, and to being nobody else's (PNU-4)."""
    _must_have_a_length(user_name)
    others = (each.user_name for each in org.app_users_of(app) if each.user != user)
    if not org.decide.username_is_free(user_name, others):
        raise UsernameTaken(f"{user} cannot be assigned to {app}: another user has the username {user_name}")


def must_be_usable_together(org: Org, app: str, user_names: Mapping[str, str]) -> None:
    """Hold all the app usernames of an app, by user, to what one of them is held to (PNU-4)."""
    taken: set[str] = set()
    for user, user_name in user_names.items():
        _must_have_a_length(user_name)
        if not org.decide.username_is_free(user_name, taken):
            raise UsernameTaken(f"{user} cannot be assigned to {app}: another user has the username {user_name}")
        taken.add(user_name)


def update(draft: Draft, account: AppUser, changed: AppUser) -> None:
    draft.keep(changed)
    if draft.org.decide.is_worth_a_push(_differences(account, changed)):
        draft.record(EventType.APP_MEMBERSHIP_UPDATE, (account.user, account.app))
        push_profile(draft, changed)


def _expire_grants_of(draft: Draft, user: str, app: str) -> None:
    account = draft.org.app_users.get((user, app))
    if account is not None:
        left = tuple(each for each in account.grants if each.expires is None or each.expires > draft.now)
        update(draft, account, replace(account, grants=left))


def _settle_rename(draft: Draft, before: AppUser) -> None:
    after = draft.org.app_users.get((before.user, before.app))
    if after is None:
        return
    draft.record(EventType.APP_MEMBERSHIP_CHANGE_USERNAME, (after.user, after.app), detail=after.user_name)
    if draft.org.decide.rename_outlives_assignment():
        app = draft.org.app(after.app)
        names = {**app.user_names, after.user: after.user_name}
        draft.set(apps=draft.org.apps.put(app.name, replace(app, user_names=names)))
    if draft.org.decide.is_worth_a_push(_differences(before, after)):
        push_profile(draft, after)


def _reconcile_all(draft: Draft, users: tuple[str, ...], app: str) -> None:
    for user in users:
        draft.then(reconcile, user, app)


def _must_be_assigned(org: Org, group: str, app: str) -> None:
    org.app(app)
    if (group, app) not in org.group_assignments:
        raise NotAssigned(f"Group {group} is not assigned to {app}")


def _governed_account(org: Org, user: str, app: str) -> AppUser:
    account = org.assigned_account(user, app)
    _must_be_governed(org, app)
    return account


def _must_be_governed(org: Org, app: str) -> None:
    must_have_entitlements(org, app)
    if not org.decide.manages_entitlements(org.app(app).settings):
        raise EntitlementsNotManaged(f"Governance is off for {app}: Okta does not manage its entitlements")


def _add_by_group(draft: Draft, user: str, app: str, granted: Mapping[str, str]) -> None:
    """Assign through a group. No admin stands by to hear of a refusal, so it becomes a task."""
    try:
        _add(draft, user, app, Scope.GROUP, granted, (), None)
    except (UsernameTaken, BadUsername) as refusal:
        name, label = draft.org.user(user).display_name, draft.org.app(app).label
        task = tasks.report(
            draft,
            Trouble(
                TaskKind.CREATE,
                app,
                user,
                ActionFailed(FailureType.GENERIC_FAILURE, str(refusal)),
                detail=str(refusal),
                say=partial(messages.fill, messages.MSG_1, name=name, label=label),
            ),
        )
        draft.record(EventType.APP_MEMBERSHIP_ADD, (user, app), detail=task.message, failed=True)


def _add(
    draft: Draft,
    user: str,
    app: str,
    scope: Scope,
    entitlements: Mapping[str, str],
    groups: tuple[str, ...],
    given: str | None,
) -> None:
    """Refuses before anything is changed."""
    instance = draft.org.app(app)
    user_name = given or instance.user_names.get(user) or draft.org.user(user).login
    must_be_usable(draft.org, user, app, user_name)
    tasks.dismiss(draft, user, app, kinds=PUSHES)
    # A deactivation that waits would strike the account this assignment is about to make, if the clock sent it.
    for waiting in draft.org.deactivations(app, user):
        tasks.leave_to_admin(draft, waiting)
    account = AppUser(user, app, user_name, scope, entitlements=dict(entitlements), groups=groups)
    if not instance.settings.provisioning:
        account = replace(account, status=AppUserStatus.ACTIVE, sync_state=SyncState.DISABLED)
    draft.keep(account)
    draft.record(EventType.APP_MEMBERSHIP_ADD, (user, app))
    push_if_awaited(draft, user, app)


def _group_grant(org: Org, user: str, app: str) -> Mapping[str, str] | None:
    """Return what the person's groups grant; where several assign the app, the first assignment speaks."""
    if org.user(user).status is UserStatus.DEPROVISIONED:
        return None
    for (group, assigned_app), entitlements in org.group_assignments.items():
        if assigned_app == app and user in org.group(group).members:
            return entitlements
    return None


def _must_have_a_length(user_name: str) -> None:
    if not 1 <= len(user_name) <= LONGEST_USERNAME:
        raise BadUsername(f"An app username has 1 to {LONGEST_USERNAME} characters")


def _differences(before: AppUser, after: AppUser) -> frozenset[str]:
    pushed = ("user_name", "granted", "groups")
    return frozenset(name for name in pushed if getattr(before, name) != getattr(after, name))
