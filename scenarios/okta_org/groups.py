"""Groups in Okta's directory: who is in them, by hand and by rule, and what a change sets off in the apps."""

from dataclasses import replace

from okta_org.assignments import reconcile
from okta_org.draft import Draft, verb
from okta_org.events import EventType
from okta_org.group_push import push_member_changes, push_name, unlink_group
from okta_org.org import Org
from okta_org.push_rules import group_is_gone, group_is_there
from okta_org.refusals import AlreadyExists, WrongStatus
from okta_org.values import GroupRule, OktaGroup, OktaUser, UserStatus


@verb
def create_group(draft: Draft, group: str, members: tuple[str, ...] = (), display_name: str | None = None) -> None:
    name = display_name or group
    if group in draft.org.groups:
        raise AlreadyExists(f"There is already a group {group}")
    _must_be_new(draft.org, name)
    for user in members:
        draft.org.user(user)
    draft.keep_group(OktaGroup(group, name, tuple(dict.fromkeys(members))))
    draft.record(EventType.GROUP_CREATE, (name,))
    group_is_there(draft, group)


@verb
def add_to_group(draft: Draft, group: str, members: tuple[str, ...]) -> None:
    """Put people in, all at once: a pushed group hears of them together.

    Apps of the group are assigned first, so that a pushed group finds the accounts.
    """
    before = draft.org.group(group)
    for user in members:
        draft.org.user(user)
        if user in before.members:
            raise AlreadyExists(f"{user} is already a member of {group}")
    draft.keep_group(replace(before, members=tuple(dict.fromkeys((*before.members, *members)))))
    _spread_membership(draft, group, members, EventType.GROUP_MEMBERSHIP_ADD)


@verb
def remove_from_group(draft: Draft, group: str, members: tuple[str, ...]) -> None:
    before = draft.org.group(group)
    for user in members:
        draft.org.user(user)
        if user not in before.members:
            raise WrongStatus(f"{user} is not a member of {group}")
    draft.keep_group(replace(before, members=tuple(each for each in before.members if each not in members)))
    _spread_membership(draft, group, members, EventType.GROUP_MEMBERSHIP_REMOVE)


@verb
def rename_group(draft: Draft, group: str, to: str) -> None:
    """Give a group another name, which no other group may have. The old one is free from then on."""
    before = draft.org.group(group)
    if to != before.display_name:
        _must_be_new(draft.org, to)
    draft.keep_group(replace(before, display_name=to))
    draft.record(EventType.GROUP_UPDATE_PROFILE, (to,))
    push_name(draft, group)
    draft.then(group_is_there, group)


@verb
def delete_group(draft: Draft, group: str) -> None:
    """Delete a group: its people lose what it alone assigned, and what it was pushed to stays as it is.

    Refused while the group is pushed, where that is assumed (`deleted_group_push`).
    """
    deleted = draft.org.group(group)
    pushed = [app for source, app in draft.org.mappings if source == group]
    if pushed and draft.org.assumptions.deleted_group_push == "refused":
        raise WrongStatus(f"Group {deleted.display_name} is pushed to {pushed[0]}; unlink it first")
    for app in pushed:
        unlink_group(draft, group, app, "leave")
    apps = [app for source, app in draft.org.group_assignments if source == group]
    for app in apps:
        draft.set(group_assignments=draft.org.group_assignments.without((group, app)))
    for rule in draft.org.group_rules.in_order():
        if rule.group == group:
            draft.set(group_rules=draft.org.group_rules.without(rule.name))
    group_is_gone(draft, group)
    draft.set(groups=draft.org.groups.without(group))
    draft.record(EventType.GROUP_DELETE, (deleted.display_name,))
    for user in deleted.members:
        for app in apps:
            draft.then(reconcile, user, app)


@verb
def create_group_rule(draft: Draft, rule: str, group: str, attribute: str, equals: str) -> None:
    """Keep everybody in a group whose profile has this value: those who are there first, in their order."""
    draft.org.group(group)
    if rule in draft.org.group_rules:
        raise AlreadyExists(f"There is already a group rule {rule}")
    draft.set(group_rules=draft.org.group_rules.put(rule, GroupRule(rule, group, attribute, equals)))
    for user in draft.org.users:
        draft.then(follow_rules, user)


def follow_rules(draft: Draft, user: str) -> None:
    """Put somebody where the rules want them, and take them from where a rule alone had put them."""
    for rule in draft.org.group_rules:
        draft.then(_follow_rule, rule, user)


def profile_value(user: OktaUser, name: str) -> str | None:
    named = {"login": user.login, "email": user.email, "first_name": user.first_name, "last_name": user.last_name}
    return named[name] if name in named else user.attributes.get(name)


def _follow_rule(draft: Draft, name: str, user: str) -> None:
    rule, person = draft.org.group_rules.get(name), draft.org.users.get(user)
    if rule is None or person is None:
        return
    fits = person.status is not UserStatus.DEPROVISIONED and profile_value(person, rule.attribute) == rule.equals
    is_in = user in draft.org.group(rule.group).members
    if fits and not is_in:
        draft.set(group_rules=draft.org.group_rules.put(name, replace(rule, members=rule.members | {user})))
        add_to_group(draft, rule.group, (user,))
    elif not fits and is_in and user in rule.members:
        draft.set(group_rules=draft.org.group_rules.put(name, replace(rule, members=rule.members - {user})))
        remove_from_group(draft, rule.group, (user,))


def _spread_membership(draft: Draft, group: str, users: tuple[str, ...], event: EventType) -> None:
    for user in users:
        draft.then(_spread_member, group, user, event)
    draft.then(push_member_changes, group)


def _spread_member(draft: Draft, group: str, user: str, event: EventType) -> None:
    held = draft.org.groups.get(group)
    if held is None:
        return
    draft.record(event, (user, held.display_name))
    for assigned_group, app in draft.org.group_assignments:
        if assigned_group == group:
            draft.then(reconcile, user, app)


def _must_be_new(org: Org, group_name: str) -> None:
    if org.group_called(group_name) is not None:
        raise AlreadyExists(f"There is already a group called {group_name}")
