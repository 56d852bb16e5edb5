from collections.abc import Callable

import pytest

from okta_connector import ActionFailed
from okta_org import AppSettings, EventType, OktaOrg, SyncState, TaskKind, TaskState, UnknownName, UserStatus
from okta_org.assignments import assign, assign_group, unassign
from okta_org.directory import activate_user, add_user, deactivate_user, delete_user, suspend_user, unsuspend_user
from okta_org.groups import create_group, remove_from_group
from okta_org.refusals import AlreadyExists, OktaRefusal, WrongStatus
from okta_org.retries import retry_task, run_due

from .fake import GENERIC, MEMBER, person, rate_limited, set_up, unauthorized


def test_a_leaver_loses_every_app_in_the_order_of_the_log() -> None:
    """Deactivated, removed from the app, and only then pushed."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(deactivate_user, "ada")

    assert s.app.members == {}
    assert s.org.app_user("ada", "workato") is None
    assert s.events()[-3:] == [
        "user.lifecycle.deactivate",
        "application.user_membership.remove",
        "application.provision.user.deactivate",
    ]


def test_unassigning_deactivates_and_leaves_the_okta_user_alone() -> None:
    """The person stays active in Okta."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(unassign, "ada", "workato")

    assert s.app.take_calls() == ["deactivate_user"]
    assert s.org.users["ada"].status is UserStatus.ACTIVE


def test_suspending_sends_nothing() -> None:
    """Nor does unsuspending; the app is kept throughout."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(suspend_user, "ada")
    s.org.do(unsuspend_user, "ada")

    assert s.app.take_calls() == []
    assert s.account().sync_state is SyncState.SYNCHRONIZED


def test_a_leaver_who_never_accepted_leaves_a_task() -> None:
    """The assignment is gone all the same, and the invitation stays live."""
    s = set_up("ada")
    s.bring_in(accepts=False)
    s.org.do(deactivate_user, "ada")

    assert s.org.app_user("ada", "workato") is None
    assert s.task(TaskKind.DEACTIVATE).startswith(
        "Automatic deprovisioning of user Ada Example from app Workato failed: "
    )
    assert s.last(EventType.PUSH_DEACTIVATION) == s.task(TaskKind.DEACTIVATE)
    assert s.app.invited.keys() == {"ada@example.test"}


def test_a_failed_deactivation_is_retried_by_the_id_it_had() -> None:
    """The assignment is long gone; the task remembers."""
    s = set_up("ada")
    s.bring_in()
    s.app.fail("deactivate_user", unauthorized())
    s.org.do(unassign, "ada", "workato")

    assert s.task(TaskKind.DEACTIVATE).endswith("please check your configuration")

    s.org.do(retry_task, "workato")

    assert s.app.members == {}
    assert s.org.tasks.open == ()


def test_a_deactivation_waits_for_a_rate_limit() -> None:
    """It is pushed by the clock."""
    s = set_up("ada")
    s.bring_in()
    s.app.fail("deactivate_user", rate_limited())
    s.org.do(unassign, "ada", "workato")
    s.advance(minutes=5)
    s.org.do(run_due)

    assert s.app.members == {}


def test_a_new_assignment_dismisses_a_deactivation_that_waits() -> None:
    """Otherwise it would strike the account just made."""
    s = set_up("ada")
    s.bring_in(accepts=False)
    s.org.do(unassign, "ada", "workato")
    s.org.do(assign, "ada", "workato", MEMBER)

    assert s.org.tasks.open == ()
    assert [task.state for task in s.org.tasks.history] == [TaskState.DISMISSED]


def test_somebody_never_provisioned_is_not_deactivated() -> None:
    """Okta knows no account to deactivate; the open creation is dismissed."""
    s = set_up("ada")
    s.app.fail("create_user", ActionFailed(GENERIC, "no"))
    s.org.do(assign, "ada", "workato", MEMBER)
    s.app.take_calls()
    s.org.do(unassign, "ada", "workato")

    assert s.app.take_calls() == []
    assert s.org.tasks.open == ()


def test_deactivate_users_off_leaves_the_member() -> None:
    """Neither call nor event."""
    s = set_up("ada", settings=AppSettings(deactivate_users=False))
    s.bring_in()
    s.org.do(unassign, "ada", "workato")

    assert s.app.take_calls() == []
    assert s.events()[-1] == "application.user_membership.remove"


def test_an_inactive_app_keeps_a_leaver_but_loses_a_group_s_people() -> None:
    """Deactivating the user touches no inactive app; removal from the group does, and is pushed."""
    s = set_up("ada", "ben")
    s.org.do(create_group, "devs", ("ben",))
    s.org.do(assign_group, "devs", "workato", MEMBER)
    s.bring_in("ada")
    s.app.accept("ben@example.test")
    s.org.configure_app("workato", active=False)
    s.org.do(deactivate_user, "ada")

    assert s.app.take_calls() == []
    assert s.account("ada").external_id == "ada@example.test"

    s.org.do(remove_from_group, "devs", ("ben",))

    assert s.app.take_calls() == ["deactivate_user"]


def test_a_direct_assignment_does_not_come_back_with_the_person() -> None:
    """Only groups restore apps: a rehire is invited anew through them."""
    s = set_up("ada", "ben")
    s.org.do(create_group, "devs", ("ben",))
    s.org.do(assign_group, "devs", "workato", MEMBER)
    s.bring_in("ada")
    s.app.accept("ben@example.test")
    s.org.do(deactivate_user, "ada")
    s.org.do(deactivate_user, "ben")
    s.app.take_calls()
    s.org.do(activate_user, "ada")
    s.org.do(activate_user, "ben")

    assert s.org.app_user("ada", "workato") is None
    assert s.account("ben").external_id == "ben@example.test"
    assert s.app.take_calls() == ["create_user"]


def test_deleting_a_leaver_makes_no_call() -> None:
    """Groups forget the name; that the invitation could not be taken back stays on the dashboard."""
    s = set_up("ada", "ben")
    s.bring_in("ada", accepts=False)
    s.org.do(create_group, "devs", ("ada", "ben"))
    s.org.do(deactivate_user, "ada")
    s.app.take_calls()
    s.org.do(delete_user, "ada")

    assert s.app.take_calls() == []
    assert [task.kind for task in s.org.tasks.open] == [TaskKind.DEACTIVATE]
    assert s.org.groups["devs"].members == ("ben",)
    assert s.events()[-2:] == ["user.lifecycle.delete.initiated", "user.lifecycle.delete.completed"]
    with pytest.raises(UnknownName):
        s.org.app_user("ada", "workato")


def test_deleting_somebody_with_an_inactive_app_makes_no_call() -> None:
    """The assignment goes with the person."""
    s = set_up("ada")
    s.bring_in()
    s.org.configure_app("workato", active=False)
    s.org.do(deactivate_user, "ada")
    s.org.do(delete_user, "ada")

    assert s.app.take_calls() == []
    assert s.org.describe()["app_users"] == {}


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda org: org.do(activate_user, "ada"), id="activate an active user"),
        pytest.param(lambda org: org.do(unsuspend_user, "ada"), id="unsuspend an active user"),
        pytest.param(lambda org: org.do(delete_user, "ada"), id="delete an active user"),
        pytest.param(lambda org: org.do(suspend_user, "gone"), id="suspend a deactivated user"),
        pytest.param(lambda org: org.do(deactivate_user, "gone"), id="deactivate a deactivated user"),
    ],
)
def test_a_lifecycle_step_needs_the_right_status(act: Callable[[OktaOrg], None]) -> None:
    """A step that does not fit is refused, and leaves no trace."""
    s = set_up("ada", "gone")
    s.org.do(deactivate_user, "gone")
    before = s.org.describe()
    with pytest.raises(WrongStatus):
        act(s.org)

    assert s.org.describe() == before


def test_a_user_is_added_once() -> None:
    """Short names are unique, and the refusal is one of Okta's."""
    s = set_up("ada")
    with pytest.raises(AlreadyExists):
        s.org.do(add_user, person("ada"))

    assert issubclass(AlreadyExists, OktaRefusal)
