"""`GET /api/activity_logs`: who did what in the workspace, and when (Workato API: Activity reference)."""

import re
from datetime import datetime
from typing import Any

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.activity import ResourceType, Sought, shown_user
from workato_emulator.domain.refusals import Invalid
from workato_emulator.domain.values import Account, AccountId, Activity, Resource
from workato_emulator.doors.developer.call import Call, Endpoint
from workato_emulator.doors.developer.paging import cursor_page
from workato_emulator.doors.developer.timestamps import timestamp
from workato_emulator.http.answers import ok
from workato_emulator.http.query import whole_numbers
from workato_emulator.http.routing import Route
from workato_emulator.service import activity

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_KEYS = {
    "timestamp_event_type": ("timestamp", "event_type"),
    "created_at_event_type": ("created_at", "event_type"),
    "timestamp_event": ("timestamp", "event"),
}
"""The keys of an entry's time and event, by assumption `activity_keys`."""


def listing(call: Call) -> Response:
    rows = activity.listing(call.work, call.workspace, _sought(call))
    return ok(
        cursor_page(
            rows,
            call.query,
            call.assumed,
            lambda each: each.id,
            lambda each: _show(call, each),
            falling=call.assumed.activity_order == "newest_first",
        )
    )


def _sought(call: Call) -> Sought:
    """What the query asks for. A type or a name that nothing has is no mistake: the live list is longer than ours."""

    def texts(name: str) -> frozenset[str]:
        return frozenset(call.query.getlist(name))

    return Sought(
        _moment(call, "from"),
        _moment(call, "to"),
        frozenset(whole_numbers(call.query, "users_ids[]")),
        texts("include_resource_types[]"),
        texts("exclude_resource_types[]"),
        texts("include_event_types[]"),
        texts("exclude_event_types[]"),
    )


def _moment(call: Call, name: str) -> datetime | None:
    """A query parameter as a moment, None where it is absent. Raises `Invalid` for anything but a whole timestamp."""
    text = call.query.get(name)
    if text is None:
        return None
    try:
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:  # the form is right and there is no such day
        pass
    raise Invalid(f"{name} is not a timestamp")


def _show(call: Call, entry: Activity) -> dict[str, Any]:
    time_key, event_key = _KEYS[call.assumed.activity_keys]
    return {
        "id": entry.id,
        time_key: timestamp(entry.at),
        event_key: entry.event,
        "workspace": _workspace(call, entry.environment),
        "user": _user(call, entry.actor),
        "details": {"request": {"ip_address": entry.ip_address, "user_agent": entry.user_agent}},
        "resource": _resource(call, entry.resource),
    }


def _workspace(call: Call, environment: str | None) -> dict[str, Any]:
    workspace = call.workspace
    owner = activity.account(call.work, workspace.owner)
    return {
        "id": workspace.id,
        "name": workspace.name,
        "email": None if owner is None else owner.email,
        "environment": None
        if environment is None
        else {"id": workspace.environment_ids.get(environment), "type": environment},
    }


def _user(call: Call, actor: AccountId) -> dict[str, Any]:
    """Who acted. Name and email are null where nobody has the account any more."""
    return {"id": shown_user(call.workspace, actor, call.assumed)} | _show_account(activity.account(call.work, actor))


def _show_account(account: Account | None) -> dict[str, str | None]:
    return {"name": None, "email": None} if account is None else {"name": account.name, "email": account.email}


def _resource(call: Call, resource: Resource) -> dict[str, Any]:
    """What it was about, as it was then. A user has an email and says since when it is confirmed."""
    shown: dict[str, Any] = {"id": resource.id, "name": resource.name, "type": resource.type}
    if resource.email is not None:
        shown["email"] = resource.email
    if resource.type == ResourceType.USER:
        account = activity.account(call.work, AccountId(resource.id)) if isinstance(resource.id, int) else None
        shown["email_confirmed_at"] = None if account is None else timestamp(account.created_at)
    return shown


ROUTES = (
    Route("GET", "/api/activity_logs", "listActivityLogs", Endpoint(listing, Privilege.AUDIT_LOG, "activity_logs")),
)
