"""The whole org as plain data, for comparing two points of a scenario."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta

from okta_org.state import OrgState
from okta_org.tasks import TaskList

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


def describe(state: OrgState, tasks: TaskList) -> dict[str, Plain]:
    """Show everything that can differ. Connectors are no state: they are left out."""
    return {
        "users": plain(state.users),
        "groups": plain(state.groups),
        "group_rules": plain(state.group_rules),
        "apps": plain(state.apps),
        "app_users": {f"{user}@{app}": plain(each) for (user, app), each in state.app_users.items()},
        "group_assignments": {f"{group}@{app}": plain(each) for (group, app), each in state.group_assignments.items()},
        "mappings": {f"{group}@{app}": plain(each) for (group, app), each in state.mappings.items()},
        "push_rules": {f"{rule}@{app}": plain(each) for (rule, app), each in state.push_rules.items()},
        "schemas": plain(state.schemas),
        "imported": plain(state.imported),
        "next_imports": plain(state.next_imports),
        "roadblock": state.roadblock,
        "tasks": {"open": plain(tasks.open), "history": plain(tasks.history)},
        "log": plain(tuple(state.log)),
    }


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
        names = (field.name for field in fields(value) if field.name != "connector")
        return {name: plain(getattr(value, name)) for name in names}
    raise TypeError(f"{type(value).__name__} cannot be part of an org's state")
