"""Group push by rule: every group whose name begins so is pushed, those that come later among them."""

from dataclasses import replace

from okta_connector.folding import folded
from okta_org.events import EventType
from okta_org.group_push import GroupPush
from okta_org.refusals import AlreadyExists, AppGroupExists, NoSuchRule, WrongStatus
from okta_org.state import OrgState
from okta_org.values import PushRule


class PushRules:
    """The rules of every app. What a rule has pushed is a mapping like any other, and stays one when the rule ends."""

    def __init__(self, state: OrgState, group_push: GroupPush) -> None:
        self._state = state
        self._group_push = group_push

    def create(self, rule: str, app: str, starts_with: str) -> None:
        """Push every matching group, in the order they were made; those that are pushed already stay as they are."""
        self._group_push.must_be_on(app)
        if (rule, app) in self._state.push_rules:
            raise AlreadyExists(f"There is already a push rule {rule} for {app}")
        self._state.push_rules[rule, app] = PushRule(rule, app, starts_with)
        self._catch_up(rule, app)

    def deactivate(self, rule: str, app: str) -> None:
        """New groups are not pushed any more. What was pushed goes on being pushed."""
        self._switch(rule, app, active=False)

    def activate(self, rule: str, app: str) -> None:
        """Take the rule up again, with the groups that came in the meantime."""
        self._rule(rule, app)
        self._group_push.must_be_on(app)
        self._switch(rule, app, active=True)
        self._catch_up(rule, app)

    def delete(self, rule: str, app: str, *, groups: bool) -> None:
        """End the rule. With `groups` the app groups that it made are deleted; else they stay pushed, by name."""
        ended = self._rule(rule, app)
        del self._state.push_rules[rule, app]
        if not groups:
            return
        for group in ended.groups:
            if (group, app) in self._state.mappings:
                self._group_push.unlink(group, app, delete=True)
        self._state.record(EventType.GROUP_PUSH_RULE_DELETED, (rule, app))

    def group_is_there(self, group: str) -> None:
        """A group was made or renamed: the first rule of each app that it falls under pushes it."""
        for each in tuple(self._state.push_rules.values()):
            self._push(each, group)

    def group_is_gone(self, group: str) -> None:
        """The group was deleted: another of the same name is none of those that a rule has pushed."""
        for key, each in tuple(self._state.push_rules.items()):
            left = tuple(pushed for pushed in each.groups if pushed != group)
            self._state.push_rules[key] = replace(each, groups=left)

    def _catch_up(self, rule: str, app: str) -> None:
        for group in tuple(self._state.groups):
            self._push(self._state.push_rules[rule, app], group)

    def _push(self, rule: PushRule, group: str) -> None:
        matches = folded(self._state.group(group).display_name).startswith(folded(rule.starts_with))
        if not (rule.active and matches) or (group, rule.app) in self._state.mappings:
            return
        if not self._group_push.is_on(rule.app):
            return  # a rule of an app that cannot be pushed to is nothing to the admin who makes or renames a group
        about = (self._state.group(group).display_name, rule.app)
        try:
            self._group_push.push(group, rule.app, link=None, members_now=True)
        except AppGroupExists as refusal:  # nobody stands by to hear of it
            self._state.record(EventType.GROUP_PUSH_RULE_DUPLICATE, about, detail=str(refusal), failed=True)
            return
        latest = self._state.push_rules[rule.name, rule.app]
        self._state.push_rules[rule.name, rule.app] = replace(latest, groups=(*latest.groups, group))
        self._state.record(EventType.GROUP_PUSH_MADE_BY_RULE, about)

    def _switch(self, rule: str, app: str, *, active: bool) -> None:
        before = self._rule(rule, app)
        if before.active is active:
            raise WrongStatus(f"The push rule {rule} of {app} is {'active' if active else 'deactivated'} already")
        self._state.push_rules[rule, app] = replace(before, active=active)

    def _rule(self, rule: str, app: str) -> PushRule:
        self._state.app(app)
        found = self._state.push_rules.get((rule, app))
        if found is None:
            raise NoSuchRule(f"{app} has no push rule {rule}")
        return found
