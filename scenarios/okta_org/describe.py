"""The whole org as plain data, for comparing two points of a scenario."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta

from okta_org.org import Org
from okta_org.values import AppUser, LogEvent

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


def describe(org: Org, log: tuple[LogEvent, ...]) -> dict[str, Plain]:
    """Show everything that can differ."""
    return {
        "users": plain(org.users),
        "groups": plain(org.groups),
        "group_rules": plain(org.group_rules),
        "apps": plain(org.apps),
        "app_users": {f"{user}@{app}": plain(_as_shown(org, each)) for (user, app), each in org.app_users.items()},
        "group_assignments": {f"{group}@{app}": plain(each) for (group, app), each in org.group_assignments.items()},
        "mappings": {f"{group}@{app}": plain(each) for (group, app), each in org.mappings.items()},
        "push_rules": {f"{rule}@{app}": plain(each) for (rule, app), each in org.push_rules.items()},
        "schemas": plain(org.schemas),
        "imported": plain(org.imported),
        "next_imports": plain(org.next_imports),
        "roadblock": org.roadblock,
        "tasks": {"open": plain(org.open_tasks()), "history": plain(org.closed_tasks.in_order())},
        "log": plain(log),
    }


def _as_shown(org: Org, account: AppUser) -> AppUser:
    return replace(account, sync_state=org.shown_sync_state(account))


def plain(value: object) -> Plain:
    """Turn the org's values into JSON's. Anything else is a mistake and says so."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | datetime | timedelta):
        return str(value)
    if isinstance(value, frozenset):
        return [plain(each) for each in sorted(value)]
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be part of an org's state")
