"""Okta's directory: people and groups, and what a change to them sets off in the apps."""

from collections.abc import Mapping
from dataclasses import replace

from okta_connector.folding import alike, folded
from okta_org.assignments import PUSHES, Assignments
from okta_org.decisions import Decisions
from okta_org.events import EventType
from okta_org.group_push import GroupPush
from okta_org.push_rules import PushRules
from okta_org.refusals import AlreadyExists, RequiredAttribute, UsernameTaken, WrongStatus
from okta_org.state import OrgState
from okta_org.tasks import TaskList
from okta_org.values import GroupRule, OktaGroup, OktaUser, UserStatus

REQUIRED = frozenset({"login", "email", "first_name"})
NAMED = REQUIRED | {"last_name"}
SIGNS_IN = frozenset({UserStatus.ACTIVE, UserStatus.RECOVERY, UserStatus.PASSWORD_EXPIRED})


class Directory:
    """Lifecycle, profiles and group membership, each followed by its consequences in the order Okta logs them."""

    def __init__(
        self,
        state: OrgState,
        tasks: TaskList,
        decide: Decisions,
        assignments: Assignments,
        group_push: GroupPush,
        push_rules: PushRules,
    ) -> None:
        self._state = state
        self._tasks = tasks
        self._decide = decide
        self._assignments = assignments
        self._group_push = group_push
        self._push_rules = push_rules

    def add_user(self, user: OktaUser) -> None:
        if user.name in self._state.users:
            raise AlreadyExists(f"There is already a user {user.name}")
        self._must_be_free(user.login, user.name)
        self._state.keep_user(user)

    def create_user(self, user: OktaUser, *, activate: bool) -> None:
        """Make a person, who is staged until activated. Groups that they are put into come later."""
        self.add_user(replace(user, status=UserStatus.STAGED))
        self._state.record(EventType.USER_CREATE, (user.name,))
        if activate:
            self.activate_user(user.name, set_up=True)
        self._follow_rules(user.name)

    def activate_user(self, user: str, *, set_up: bool) -> None:
        """Activate a staged or a deactivated person. Only groups bring apps back; individual assignments are lost.

        Until the person has set up their account they are pending user action, which is all the same to the apps.
        """
        to = UserStatus.ACTIVE if set_up else UserStatus.PROVISIONED
        self._move(user, to, EventType.USER_ACTIVATE, UserStatus.STAGED, UserStatus.DEPROVISIONED)
        for account in self._state.apps_of(user):
            self._assignments.push_if_awaited(account)
        for app in self._state.apps:
            self._assignments.reconcile(user, app)

    def deactivate_user(self, user: str) -> None:
        """Deactivate a person: assignments to active apps go first, then each app hears of it."""
        self._move(
            user,
            UserStatus.DEPROVISIONED,
            EventType.USER_DEACTIVATE,
            *(each for each in UserStatus if each is not UserStatus.DEPROVISIONED),
        )
        self._take_apps_away(user)

    def lock_out_user(self, user: str) -> None:
        """Too many wrong passwords."""
        self._move(user, UserStatus.LOCKED_OUT, EventType.USER_LOCK, *SIGNS_IN)

    def unlock_user(self, user: str) -> None:
        self._move(user, UserStatus.ACTIVE, EventType.USER_UNLOCK, UserStatus.LOCKED_OUT)

    def reset_password(self, user: str) -> None:
        """Send a link for a new password; until it is followed, the person is in recovery."""
        self._move(user, UserStatus.RECOVERY, EventType.USER_RESET_PASSWORD, *SIGNS_IN, UserStatus.LOCKED_OUT)

    def expire_password(self, user: str) -> None:
        self._move(user, UserStatus.PASSWORD_EXPIRED, EventType.USER_EXPIRE_PASSWORD, UserStatus.ACTIVE)

    def choose_password(self, user: str) -> None:
        """What the person does who is pending, in recovery, or told to choose another password."""
        self._move(
            user,
            UserStatus.ACTIVE,
            EventType.USER_UPDATE_PASSWORD,
            UserStatus.PROVISIONED,
            UserStatus.RECOVERY,
            UserStatus.PASSWORD_EXPIRED,
        )

    def suspend_user(self, user: str) -> None:
        """Suspend a person, who keeps every app; nothing is sent (PUD-2)."""
        self._move(user, UserStatus.SUSPENDED, EventType.USER_SUSPEND, UserStatus.ACTIVE)
        self._take_apps_away(user)

    def unsuspend_user(self, user: str) -> None:
        self._move(user, UserStatus.ACTIVE, EventType.USER_UNSUSPEND, UserStatus.SUSPENDED)

    def delete_user(self, user: str) -> None:
        """Delete a deactivated person for good. The apps were told when it was deactivated, and are not told again.

        Where telling them failed, the task stays: it is all that is left to say who is still in the app.
        """
        person = self._state.user(user)
        if person.status is not UserStatus.DEPROVISIONED:
            raise WrongStatus(f"{user} is {person.status}; only a deactivated user can be deleted")
        self._state.record(EventType.USER_DELETE_INITIATED, (user,))
        for account in self._state.apps_of(user):
            self._assignments.forget(account)
        self._tasks.dismiss(user, kinds=PUSHES)
        for group in self._state.groups.values():
            self._keep_members(group, tuple(each for each in group.members if each != user))
        self._state.drop_user(person)
        self._state.record(EventType.USER_DELETE_COMPLETED, (user,))

    def edit_profile(self, user: str, changes: Mapping[str, str | None]) -> None:
        """Change the Okta profile, then push it whole to every app that takes updates."""
        person = self._state.user(user)
        for name in sorted(REQUIRED & changes.keys()):
            if not changes[name]:
                raise RequiredAttribute(f"{name} of {user} cannot be empty")
        others = {name: value for name, value in changes.items() if name not in NAMED}
        edited = replace(
            person,
            login=changes.get("login") or person.login,
            email=changes.get("email") or person.email,
            first_name=changes.get("first_name") or person.first_name,
            last_name=changes.get("last_name", person.last_name) or "",
            attributes={**person.attributes, **others},
        )
        self._must_be_free(edited.login, user)
        followers = self._followers(person, edited)
        changed = frozenset(name for name in changes if _attribute(edited, name) != _attribute(person, name))
        self._state.keep_user(edited)
        self._state.record(EventType.USER_UPDATE_PROFILE, (user,))
        for app in followers:
            self._state.keep(replace(self._state.assigned(user, app), user_name=edited.login))
            self._state.record(EventType.APP_MEMBERSHIP_CHANGE_USERNAME, (user, app), detail=edited.login)
        if self._decide.is_worth_a_push(changed):
            self._assignments.push_profiles(user)
        self._follow_rules(user)

    def move_domain(self, old: str, new: str) -> None:
        """Give everybody whose username or email is in one domain the same in another, one after the other.

        Nobody moves where two would have one username, in Okta or in an app whose usernames follow.
        """
        moves: dict[str, dict[str, str]] = {}
        for user in self._state.users.values():
            named = {"login": user.login, "email": user.email}
            moved = {name: _moved(address, old, new) for name, address in named.items()}
            if moved != named:
                moves[user.name] = moved
        holders: dict[str, OktaUser] = {}
        for user in self._state.users.values():
            login = moves.get(user.name, {}).get("login", user.login)
            if (holder := holders.setdefault(folded(login), user)) is not user:
                raise UsernameTaken(f"{user.name} and {holder.name} would both have the username {login}")
        for app in self._state.apps.values():
            if app.settings.update_username:
                accounts = self._state.app_users_of(app.name)
                after = {each.user: moves.get(each.user, {}).get("login", each.user_name) for each in accounts}
                self._assignments.must_be_usable_together(app.name, after)
        for name, moved in moves.items():
            self.edit_profile(name, moved)

    def create_group_rule(self, rule: str, group: str, attribute: str, equals: str) -> None:
        """Keep everybody in a group whose profile has this value: those who are there first, in their order."""
        self._state.group(group)
        if rule in self._state.group_rules:
            raise AlreadyExists(f"There is already a group rule {rule}")
        self._state.group_rules[rule] = GroupRule(rule, group, attribute, equals)
        for user in tuple(self._state.users):
            self._follow_rules(user)

    def create_group(self, group: str, members: tuple[str, ...], display_name: str | None) -> None:
        name = display_name or group
        if group in self._state.groups:
            raise AlreadyExists(f"There is already a group {group}")
        self._must_be_new(name)
        for user in members:
            self._state.user(user)
        self._state.groups[group] = OktaGroup(group, name, tuple(dict.fromkeys(members)))
        self._state.record(EventType.GROUP_CREATE, (name,))
        self._push_rules.group_is_there(group)

    def add_to_group(self, group: str, users: tuple[str, ...]) -> None:
        """Add people: apps of the group are assigned first, so that a pushed group finds the accounts."""
        before = self._state.group(group)
        for user in users:
            self._state.user(user)
            if user in before.members:
                raise AlreadyExists(f"{user} is already a member of {group}")
        self._keep_members(before, tuple(dict.fromkeys((*before.members, *users))))
        self._membership_changed(group, users, EventType.GROUP_MEMBERSHIP_ADD)

    def remove_from_group(self, group: str, users: tuple[str, ...]) -> None:
        before = self._state.group(group)
        for user in users:
            self._state.user(user)
            if user not in before.members:
                raise WrongStatus(f"{user} is not a member of {group}")
        self._keep_members(before, tuple(each for each in before.members if each not in users))
        self._membership_changed(group, users, EventType.GROUP_MEMBERSHIP_REMOVE)

    def rename_group(self, group: str, display_name: str) -> None:
        """Give a group another name, which no other group may have. The old one is free from then on."""
        before = self._state.group(group)
        if display_name != before.display_name:
            self._must_be_new(display_name)
        self._state.groups[group] = replace(before, display_name=display_name)
        self._state.record(EventType.GROUP_UPDATE_PROFILE, (display_name,))
        self._group_push.renamed(group)
        self._push_rules.group_is_there(group)

    def delete_group(self, group: str) -> None:
        """Delete a group: its people lose what it alone assigned, and what it was pushed to stays as it is.

        Refused while the group is pushed, where that is assumed (`deleted_group_push`).
        """
        deleted = self._state.group(group)
        pushed = [app for source, app in self._state.mappings if source == group]
        if pushed and self._state.assumptions.deleted_group_push == "refused":
            raise WrongStatus(f"Group {deleted.display_name} is pushed to {pushed[0]}; unlink it first")
        for app in pushed:
            self._group_push.unlink(group, app, delete=False)
        apps = [app for source, app in self._state.group_assignments if source == group]
        for app in apps:
            del self._state.group_assignments[group, app]
        for rule in tuple(self._state.group_rules.values()):
            if rule.group == group:
                del self._state.group_rules[rule.name]
        self._push_rules.group_is_gone(group)
        del self._state.groups[group]
        self._state.record(EventType.GROUP_DELETE, (deleted.display_name,))
        for user in deleted.members:
            for app in apps:
                self._assignments.reconcile(user, app)

    def _membership_changed(self, group: str, users: tuple[str, ...], event: EventType) -> None:
        apps = tuple(app for assigned_group, app in self._state.group_assignments if assigned_group == group)
        for user in users:
            self._state.record(event, (user, self._state.group(group).display_name))
            for app in apps:
                self._assignments.reconcile(user, app)
        self._group_push.members_changed(group)

    def _follow_rules(self, user: str) -> None:
        """Put somebody where the rules want them, and take them from where a rule alone had put them."""
        person = self._state.user(user)
        for rule in tuple(self._state.group_rules.values()):
            fits = person.status is not UserStatus.DEPROVISIONED and _attribute(person, rule.attribute) == rule.equals
            is_in = user in self._state.group(rule.group).members
            if fits and not is_in:
                self._state.group_rules[rule.name] = replace(rule, members=rule.members | {user})
                self.add_to_group(rule.group, (user,))
            elif not fits and is_in and user in rule.members:
                self._state.group_rules[rule.name] = replace(rule, members=rule.members - {user})
                self.remove_from_group(rule.group, (user,))

    def _must_be_free(self, login: str, user: str) -> None:
        """Usernames are unique in an org, whoever brings them; only deletion frees one."""
        holder = self._state.username_holder(login)
        if holder is not None and holder.name != user:
            raise UsernameTaken(f"The username {login} is taken: {holder.name} has it and is {holder.status}")

    def _must_be_new(self, group_name: str) -> None:
        if self._state.group_called(group_name) is not None:
            raise AlreadyExists(f"There is already a group called {group_name}")

    def _keep_members(self, group: OktaGroup, members: tuple[str, ...]) -> None:
        self._state.groups[group.name] = replace(group, members=members)

    def _followers(self, before: OktaUser, after: OktaUser) -> tuple[str, ...]:
        """Name the apps whose username follows the login, each found usable before anything changes."""
        if before.login == after.login:
            return ()
        accounts = self._state.apps_of(before.name)
        apps = tuple(each.app for each in accounts if self._state.app(each.app).settings.update_username)
        for app in apps:
            self._assignments.must_be_usable(before.name, app, after.login)
        return apps

    def _move(self, user: str, to: UserStatus, event: EventType, *allowed: UserStatus) -> None:
        person = self._state.user(user)
        if person.status not in allowed:
            raise WrongStatus(f"{user} is {person.status} and cannot become {to}")
        self._state.keep_user(replace(person, status=to))
        self._state.record(event, (user,))

    def _take_apps_away(self, user: str) -> None:
        if not self._decide.takes_apps_away(self._state.user(user).status):
            return
        for account in self._state.apps_of(user):
            if self._state.app(account.app).settings.active:
                self._assignments.remove(account)


def _moved(address: str, old: str, new: str) -> str:
    head, _, domain = address.rpartition("@")
    return f"{head}@{new}" if alike(domain, old) else address


def _attribute(user: OktaUser, name: str) -> str | None:
    named = {"login": user.login, "email": user.email, "first_name": user.first_name, "last_name": user.last_name}
    return named[name] if name in named else user.attributes.get(name)
