"""Group push by rule: every group whose name begins so is pushed, those that come later among them.

What a rule has pushed is a mapping like any other, and stays one when the rule ends.
"""

from dataclasses import replace

from okta_connector.folding import fold
from okta_org.draft import Draft, record, verb
from okta_org.events import EventType
from okta_org.group_push import begin, must_be_on, unlink_group
from okta_org.org import Org
from okta_org.refusals import AlreadyExists, NoSuchRule, WrongStatus
from okta_org.values import GroupMapping, InTarget, PushRule


@verb
def create_push_rule(draft: Draft, rule: str, app: str, starts_with: str) -> None:
    """Push every group whose name begins so, now and from now on, in the order they were made.

    Those that are pushed already stay as they are.
    """
    must_be_on(draft.org, app)
    if (rule, app) in draft.org.push_rules:
        raise AlreadyExists(f"There is already a push rule {rule} for {app}")
    draft.keep_push_rule(PushRule(rule, app, starts_with))
    _catch_up(draft, rule, app)


@verb
def deactivate_push_rule(draft: Draft, rule: str, app: str) -> None:
    """New groups are not pushed any more. What was pushed goes on being pushed."""
    _switch(draft, rule, app, active=False)


@verb
def activate_push_rule(draft: Draft, rule: str, app: str) -> None:
    """Take the rule up again, with the groups that came in the meantime."""
    _rule(draft.org, rule, app)
    must_be_on(draft.org, app)
    _switch(draft, rule, app, active=True)
    _catch_up(draft, rule, app)


@verb
def delete_push_rule(draft: Draft, rule: str, app: str, in_target: InTarget) -> None:
    """End the rule. The app groups that it made are deleted, or they stay pushed, by name."""
    ended = _rule(draft.org, rule, app)
    draft.set(push_rules=draft.org.push_rules.without((rule, app)))
    if in_target == "leave":
        return
    mappings = [draft.org.mappings.get((group, app)) for group in ended.groups]
    if any(each is not None and each.target_id is not None for each in mappings):
        must_be_on(draft.org, app)
    for group in ended.groups:
        draft.then(_delete_app_group, group, app)
    draft.then(record, EventType.GROUP_PUSH_RULE_DELETED, (rule, app))


def group_is_there(draft: Draft, group: str) -> None:
    """A group was made or renamed: the first rule of each app that it falls under pushes it."""
    for rule, app in draft.org.push_rules:
        draft.then(_push, rule, app, group)


def group_is_gone(draft: Draft, group: str) -> None:
    """The group was deleted: another of the same name is none of those that a rule has pushed."""
    for each in draft.org.push_rules.in_order():
        draft.keep_push_rule(replace(each, groups=tuple(pushed for pushed in each.groups if pushed != group)))


def _catch_up(draft: Draft, rule: str, app: str) -> None:
    for group in draft.org.groups:
        draft.then(_push, rule, app, group)


def _push(draft: Draft, name: str, app: str, group: str) -> None:
    rule, held = draft.org.push_rules.get((name, app)), draft.org.groups.get(group)
    if rule is None or held is None or (group, app) in draft.org.mappings:
        return
    matches = fold(held.display_name).startswith(fold(rule.starts_with))
    # A rule of an app that cannot be pushed to is nothing to the admin who makes or renames a group.
    if rule.active and matches and draft.org.pushes_to(app):
        begin(draft, GroupMapping(group, app), rule=name)


def _delete_app_group(draft: Draft, group: str, app: str) -> None:
    if (group, app) in draft.org.mappings:
        unlink_group(draft, group, app, "delete")


def _switch(draft: Draft, rule: str, app: str, *, active: bool) -> None:
    before = _rule(draft.org, rule, app)
    if before.active is active:
        raise WrongStatus(f"The push rule {rule} of {app} is {'active' if active else 'deactivated'} already")
    draft.keep_push_rule(replace(before, active=active))


def _rule(org: Org, rule: str, app: str) -> PushRule:
    org.app(app)
    found = org.push_rules.get((rule, app))
    if found is None:
        raise NoSuchRule(f"{app} has no push rule {rule}")
    return found
