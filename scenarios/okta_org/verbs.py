"""Verbs of the admin that one part of the org does alone. `OktaOrg` is made of these and of those that need several."""

from collections.abc import Mapping

from okta_org.directory import Directory
from okta_org.group_push import GroupPush
from okta_org.import_rows import Choices
from okta_org.imports import Imports
from okta_org.push_rules import PushRules
from okta_org.values import ImportResult, OktaUser


class DirectoryVerbs:
    """People and groups in Okta itself."""

    _directory: Directory

    def add_user(self, user: OktaUser) -> None:
        """Put a person in place who was there before the scenario starts: nothing is logged."""
        self._directory.add_user(user)

    def create_user(self, user: OktaUser, *, activate: bool = True) -> None:
        self._directory.create_user(user, activate=activate)

    def activate_user(self, user: str, *, set_up: bool = True) -> None:
        self._directory.activate_user(user, set_up=set_up)

    def deactivate_user(self, user: str) -> None:
        self._directory.deactivate_user(user)

    def suspend_user(self, user: str) -> None:
        self._directory.suspend_user(user)

    def unsuspend_user(self, user: str) -> None:
        self._directory.unsuspend_user(user)

    def lock_out_user(self, user: str) -> None:
        self._directory.lock_out_user(user)

    def unlock_user(self, user: str) -> None:
        self._directory.unlock_user(user)

    def reset_password(self, user: str) -> None:
        self._directory.reset_password(user)

    def expire_password(self, user: str) -> None:
        self._directory.expire_password(user)

    def choose_password(self, user: str) -> None:
        """What the person does, not the admin."""
        self._directory.choose_password(user)

    def delete_user(self, user: str) -> None:
        self._directory.delete_user(user)

    def edit_profile(self, user: str, changes: Mapping[str, str | None]) -> None:
        """Change `login`, `email`, `first_name`, `last_name`, or any other attribute, and push the lot."""
        self._directory.edit_profile(user, changes)

    def move_domain(self, old: str, new: str) -> None:
        """The company has another domain: everybody's Okta username and email moves there."""
        self._directory.move_domain(old, new)

    def create_group_rule(self, rule: str, group: str, attribute: str, equals: str) -> None:
        """Who has this value in the profile is in the group, now and from now on."""
        self._directory.create_group_rule(rule, group, attribute, equals)

    def create_group(self, group: str, members: tuple[str, ...] = (), display_name: str | None = None) -> None:
        self._directory.create_group(group, members, display_name)

    def add_to_group(self, group: str, *users: str) -> None:
        """Put people in, all at once: a pushed group hears of them together."""
        self._directory.add_to_group(group, users)

    def remove_from_group(self, group: str, *users: str) -> None:
        self._directory.remove_from_group(group, users)

    def delete_group(self, group: str) -> None:
        self._directory.delete_group(group)

    def rename_group(self, group: str, display_name: str) -> None:
        self._directory.rename_group(group, display_name)


class GroupPushVerbs:
    """Groups that are pushed to an app, by name and by rule."""

    _group_push: GroupPush
    _push_rules: PushRules

    def push_group(self, group: str, app: str, *, link: str | None = None, members_now: bool = True) -> None:
        self._group_push.push(group, app, link=link, members_now=members_now)

    def push_group_now(self, group: str, app: str) -> None:
        self._group_push.push_now(group, app)

    def unlink_group(self, group: str, app: str, *, delete: bool) -> None:
        self._group_push.unlink(group, app, delete=delete)

    def pause_group_push(self, group: str, app: str) -> None:
        self._group_push.pause(group, app)

    def activate_group_push(self, group: str, app: str) -> None:
        self._group_push.activate(group, app)

    def create_push_rule(self, rule: str, app: str, starts_with: str) -> None:
        """Push by rule: every group whose name begins so, now and from now on."""
        self._push_rules.create(rule, app, starts_with)

    def deactivate_push_rule(self, rule: str, app: str) -> None:
        self._push_rules.deactivate(rule, app)

    def activate_push_rule(self, rule: str, app: str) -> None:
        self._push_rules.activate(rule, app)

    def delete_push_rule(self, rule: str, app: str, *, groups: bool) -> None:
        """End the rule, and with `groups` delete the app groups that it made."""
        self._push_rules.delete(rule, app, groups=groups)


class ImportVerbs:
    """What the app has, brought into Okta."""

    _imports: Imports

    def import_users(self, app: str) -> ImportResult:
        return self._imports.run(app)

    def confirm_assignments(self, app: str, choices: Choices = Choices()) -> int:  # noqa: B008 - frozen
        """Confirm rows that wait after an import, and say how many are decided."""
        return self._imports.confirm(app, choices)

    def stop_ignoring(self, app: str, *users: str) -> None:
        """Let rows that were ignored wait to be confirmed again."""
        self._imports.stop_ignoring(app, users)

    def resume_imports(self) -> ImportResult:
        return self._imports.resume()

    def cancel_import(self) -> None:
        self._imports.cancel()
