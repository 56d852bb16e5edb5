"""People in Okta's directory: lifecycle and profiles, each followed by its consequences in the order Okta logs them."""

from collections.abc import Mapping
from dataclasses import replace

from okta_connector.folding import alike, fold
from okta_org import tasks
from okta_org.assignments import (
    PUSHES,
    forget,
    must_be_usable,
    must_be_usable_together,
    push_if_awaited,
    reconcile,
    remove,
)
from okta_org.draft import Draft, verb
from okta_org.events import EventType
from okta_org.groups import follow_rules, profile_value
from okta_org.org import Org
from okta_org.provisioning import push_current_profile
from okta_org.refusals import AlreadyExists, RequiredAttribute, UsernameTaken, WrongStatus
from okta_org.values import OktaUser, UserStatus

REQUIRED = frozenset({"login", "email", "first_name"})
NAMED = REQUIRED | {"last_name"}
SIGNS_IN = frozenset({UserStatus.ACTIVE, UserStatus.RECOVERY, UserStatus.PASSWORD_EXPIRED})


def add_user(draft: Draft, user: OktaUser) -> None:
    """Put a person in place who was there before the scenario starts: nothing is logged."""
    if user.name in draft.org.users:
        raise AlreadyExists(f"There is already a user {user.name}")
    _must_be_free(draft.org, user.login, user.name)
    draft.keep_user(user)


@verb
def create_user(draft: Draft, user: OktaUser, *, activate: bool = True) -> None:
    """Make a person, who is staged until activated. Groups that they are put into come later."""
    add_user(draft, replace(user, status=UserStatus.STAGED))
    draft.record(EventType.USER_CREATE, (user.name,))
    if activate:
        activate_user(draft, user.name, set_up=True)
    draft.then(follow_rules, user.name)


@verb
def activate_user(draft: Draft, user: str, *, set_up: bool = True) -> None:
    """Activate a staged or a deactivated person. Only groups bring apps back; individual assignments are lost.

    Until the person has set up their account they are pending user action, which is all the same to the apps.
    """
    to = UserStatus.ACTIVE if set_up else UserStatus.PROVISIONED
    _move(draft, user, to, EventType.USER_ACTIVATE, UserStatus.STAGED, UserStatus.DEPROVISIONED)
    for account in draft.org.apps_of(user):
        draft.then(push_if_awaited, user, account.app)
    for app in draft.org.apps:
        draft.then(reconcile, user, app)


@verb
def deactivate_user(draft: Draft, user: str) -> None:
    """Deactivate a person: assignments to active apps go first, then each app hears of it."""
    others = (each for each in UserStatus if each is not UserStatus.DEPROVISIONED)
    _move(draft, user, UserStatus.DEPROVISIONED, EventType.USER_DEACTIVATE, *others)
    _take_apps_away(draft, user)


@verb
def lock_out_user(draft: Draft, user: str) -> None:
    """Too many wrong passwords."""
    _move(draft, user, UserStatus.LOCKED_OUT, EventType.USER_LOCK, *SIGNS_IN)


@verb
def unlock_user(draft: Draft, user: str) -> None:
    _move(draft, user, UserStatus.ACTIVE, EventType.USER_UNLOCK, UserStatus.LOCKED_OUT)


@verb
def reset_password(draft: Draft, user: str) -> None:
    """Send a link for a new password; until it is followed, the person is in recovery."""
    _move(draft, user, UserStatus.RECOVERY, EventType.USER_RESET_PASSWORD, *SIGNS_IN, UserStatus.LOCKED_OUT)


@verb
def expire_password(draft: Draft, user: str) -> None:
    _move(draft, user, UserStatus.PASSWORD_EXPIRED, EventType.USER_EXPIRE_PASSWORD, UserStatus.ACTIVE)


@verb
def choose_password(draft: Draft, user: str) -> None:
    """What the person does, not the admin: who is pending, in recovery, or told to choose another password."""
    waiting = (UserStatus.PROVISIONED, UserStatus.RECOVERY, UserStatus.PASSWORD_EXPIRED)
    _move(draft, user, UserStatus.ACTIVE, EventType.USER_UPDATE_PASSWORD, *waiting)


@verb
def suspend_user(draft: Draft, user: str) -> None:
    """Suspend a person, who keeps every app; nothing is sent (PUD-2)."""
    _move(draft, user, UserStatus.SUSPENDED, EventType.USER_SUSPEND, UserStatus.ACTIVE)
    _take_apps_away(draft, user)


@verb
def unsuspend_user(draft: Draft, user: str) -> None:
    _move(draft, user, UserStatus.ACTIVE, EventType.USER_UNSUSPEND, UserStatus.SUSPENDED)


@verb
def delete_user(draft: Draft, user: str) -> None:
    """Delete a deactivated person for good. The apps were told when it was deactivated, and are not told again.

    Where telling them failed, the task stays: it is all that is left to say who is still in the app.
    """
    person = draft.org.user(user)
    if person.status is not UserStatus.DEPROVISIONED:
        raise WrongStatus(f"{user} is {person.status}; only a deactivated user can be deleted")
    draft.record(EventType.USER_DELETE_INITIATED, (user,))
    for account in draft.org.apps_of(user):
        forget(draft, account)
    tasks.dismiss(draft, user, kinds=PUSHES)
    for group in draft.org.groups.in_order():
        if user in group.members:
            draft.keep_group(replace(group, members=tuple(each for each in group.members if each != user)))
    draft.drop_user(person)
    draft.record(EventType.USER_DELETE_COMPLETED, (user,))


@verb
def edit_profile(draft: Draft, user: str, profile: Mapping[str, str | None]) -> None:
    """Change `login`, `email`, `first_name`, `last_name`, or any other attribute.

    Then the whole profile is pushed to every app that takes updates.
    """
    person = draft.org.user(user)
    for name in sorted(REQUIRED & profile.keys()):
        if not profile[name]:
            raise RequiredAttribute(f"{name} of {user} cannot be empty")
    others = {name: value for name, value in profile.items() if name not in NAMED}
    edited = replace(
        person,
        login=profile.get("login") or person.login,
        email=profile.get("email") or person.email,
        first_name=profile.get("first_name") or person.first_name,
        last_name=profile.get("last_name", person.last_name) or "",
        attributes={**person.attributes, **others},
    )
    _must_be_free(draft.org, edited.login, user)
    followers = _followers(draft.org, person, edited)
    changed = frozenset(name for name in profile if profile_value(edited, name) != profile_value(person, name))
    draft.keep_user(edited)
    draft.record(EventType.USER_UPDATE_PROFILE, (user,))
    for app in followers:
        draft.keep(replace(draft.org.assigned_account(user, app), user_name=edited.login))
        draft.record(EventType.APP_MEMBERSHIP_CHANGE_USERNAME, (user, app), detail=edited.login)
    if draft.org.decide.is_worth_a_push(changed):
        for account in draft.org.apps_of(user):
            draft.then(push_current_profile, user, account.app)
    draft.then(follow_rules, user)


@verb
def move_domain(draft: Draft, old: str, new: str) -> None:
    """The company has another domain: everybody's Okta username and email moves there, one after the other.

    Nobody moves where two would have one username, in Okta or in an app whose usernames follow.
    """
    moves: dict[str, dict[str, str]] = {}
    for user in draft.org.users.in_order():
        named = {"login": user.login, "email": user.email}
        moved = {name: _move_address(address, old, new) for name, address in named.items()}
        if moved != named:
            moves[user.name] = moved
    holders: dict[str, OktaUser] = {}
    for user in draft.org.users.in_order():
        login = moves.get(user.name, {}).get("login", user.login)
        if (holder := holders.setdefault(fold(login), user)) is not user:
            raise UsernameTaken(f"{user.name} and {holder.name} would both have the username {login}")
    for app in draft.org.apps.in_order():
        if app.settings.update_username:
            accounts = draft.org.app_users_of(app.name)
            after = {each.user: moves.get(each.user, {}).get("login", each.user_name) for each in accounts}
            must_be_usable_together(draft.org, app.name, after)
    for name, moved in moves.items():
        draft.then(edit_profile, name, moved)


def _must_be_free(org: Org, login: str, user: str) -> None:
    """Usernames are unique in an org, whoever brings them; only deletion frees one."""
    holder = org.username_holder(login)
    if holder is not None and holder.name != user:
        raise UsernameTaken(f"The username {login} is taken: {holder.name} has it and is {holder.status}")


def _followers(org: Org, before: OktaUser, after: OktaUser) -> tuple[str, ...]:
    """Name the apps whose username follows the login, each found usable before anything changes."""
    if before.login == after.login:
        return ()
    apps = tuple(each.app for each in org.apps_of(before.name) if org.app(each.app).settings.update_username)
    for app in apps:
        must_be_usable(org, before.name, app, after.login)
    return apps


def _move(draft: Draft, user: str, to: UserStatus, event: EventType, *allowed: UserStatus) -> None:
    person = draft.org.user(user)
    if person.status not in allowed:
        raise WrongStatus(f"{user} is {person.status} and cannot become {to}")
    draft.keep_user(replace(person, status=to))
    draft.record(event, (user,))


def _take_apps_away(draft: Draft, user: str) -> None:
    if not draft.org.decide.takes_apps_away(draft.org.user(user).status):
        return
    for account in draft.org.apps_of(user):
        if draft.org.app(account.app).settings.active:
            draft.then(remove, user, account.app)


def _move_address(address: str, old: str, new: str) -> str:
    head, _, domain = address.rpartition("@")
    return f"{head}@{new}" if alike(domain, old) else address
