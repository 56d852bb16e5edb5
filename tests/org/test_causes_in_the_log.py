"""What troubles the connection itself is logged beside the operation that it stopped, whichever that was."""

from collections.abc import Callable

import pytest

from okta_connector import ActionFailed
from okta_org import AppSettings, EventType, LogOutcome, apps
from okta_org.apps import import_schema
from okta_org.assignments import assign, change_entitlements, unassign
from okta_org.group_push import push_group
from okta_org.groups import create_group
from okta_org.imports import import_users

from .fake import MANAGER, MEMBER, Fixture, bad_gateway, rate_limited, set_up, unauthorized

Act = Callable[[Fixture], object]


def in_the_app(s: Fixture) -> None:
    s.bring_in()


def not_yet(s: Fixture) -> None:
    del s


def look_up(s: Fixture) -> None:
    s.org.configure_app("workato", create_users=False, governance=False)


OPERATIONS: list[tuple[str, Act, Act, EventType]] = [
    ("create_user", not_yet, lambda s: s.org.do(assign, "ada", "workato", MEMBER), EventType.PUSH_NEW_USER),
    ("get_user_by_user_name", look_up, lambda s: s.org.do(assign, "ada", "workato"), EventType.PUSH_NEW_USER),
    (
        "update_user",
        in_the_app,
        lambda s: s.org.do(change_entitlements, "ada", "workato", MANAGER),
        EventType.PUSH_PROFILE,
    ),
    ("deactivate_user", in_the_app, lambda s: s.org.do(unassign, "ada", "workato"), EventType.PUSH_DEACTIVATION),
    ("list_users", not_yet, lambda s: s.org.do(import_users, "workato"), EventType.IMPORT_COMPLETE),
    ("create_group", not_yet, lambda s: s.org.do(push_group, "devs", "workato"), EventType.GROUP_PUSH_GROUP_ADD),
    ("list_user_schema", not_yet, lambda s: s.org.do(import_schema, "workato"), EventType.CONFIGURATION_IMPORT_SCHEMA),
    ("test_credentials", not_yet, lambda s: s.org.do(apps.test_credentials, "workato"), EventType.CONFIGURATION_UPDATE),
]


@pytest.mark.parametrize(
    ("failure", "cause"),
    [
        pytest.param(unauthorized(), [EventType.AUTHENTICATION_FAILURE], id="401"),
        pytest.param(rate_limited(), [EventType.RATE_LIMIT_EXCEEDED], id="429"),
        pytest.param(bad_gateway(), [], id="502"),
    ],
)
@pytest.mark.parametrize(("action", "before", "act", "event"), [pytest.param(*each, id=each[0]) for each in OPERATIONS])
def test_the_cause_of_a_failure_is_logged_first(
    action: str, before: Act, act: Act, event: EventType, failure: ActionFailed, cause: list[EventType]
) -> None:
    """A dead token and a rate limit, about the app and in its words; an ordinary failure has no cause of its own."""
    s = set_up("ada", settings=AppSettings(import_groups=False))
    s.org.do(create_group, "devs", ())
    before(s)
    logged = len(s.org.log)
    s.app.fail(action, failure)
    act(s)
    failed = [entry for entry in s.org.log[logged:] if entry.outcome is LogOutcome.FAILURE]

    assert [entry.type for entry in failed] == [*cause, event]
    assert [(entry.targets, entry.detail) for entry in failed[:-1]] == [(("workato",), failure.summary)] * len(cause)
