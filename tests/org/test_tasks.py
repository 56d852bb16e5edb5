from collections.abc import Callable
from datetime import timedelta

import pytest

from okta_connector import Entitlement, User
from okta_org import EventType, SyncState, TaskKind, TaskState
from okta_org.apps import force_sync, provision_user
from okta_org.assignments import assign, change_entitlements, unassign
from okta_org.group_push import pause_group_push, push_group, unlink_group
from okta_org.groups import create_group
from okta_org.imports import import_users
from okta_org.refusals import OktaRefusal
from okta_org.retries import retry_task, run_due

from .fake import MANAGER, MEMBER, Fixture, bad_gateway, rate_limited, set_up


@pytest.mark.parametrize(
    ("retry_after", "waits"),
    [
        pytest.param(None, [300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 76800, 153600], id="without Retry-After"),
        pytest.param(120, [120, 240, 480, 960, 1920, 3840, 7680, 15360, 30720, 61440], id="with Retry-After"),
        pytest.param(0, [0] * 10, id="with Retry-After: 0"),
    ],
)
def test_a_rate_limit_backs_off_ten_times(retry_after: int | None, waits: list[int]) -> None:
    """Each wait doubles the one before; after the tenth attempt only an admin can go on."""
    s = set_up("ada")
    s.app.fail("create_user", *[rate_limited(retry_after)] * 11)
    s.org.do(assign, "ada", "workato", MEMBER)
    waited = []
    while due := s.org.next_due():
        waited.append(int((due - s.now[0]).total_seconds()))
        s.now[0] = due
        s.org.do(run_due)

    assert waited == waits
    assert [task.state for task in s.org.tasks.open] == [TaskState.PERMANENT]
    assert "no further automatic attempt after 10" in s.task(TaskKind.CREATE)
    assert len(s.app.calls) == 11

    s.org.do(retry_task, "workato", "ada")

    assert s.org.tasks.open == ()


def test_a_paused_task_says_so() -> None:
    """The admin reads when it goes on, and what the app said."""
    s = set_up("ada")
    s.app.fail("create_user", rate_limited())
    s.org.do(assign, "ada", "workato", MEMBER)
    (task,) = s.org.tasks.open

    assert task.state is TaskState.PAUSED
    assert task.due == s.now[0] + timedelta(minutes=5)
    assert "Rate limit exceeded; the task is paused until 2026-03-02T09:05:00+00:00." in task.message
    assert "Too Many Requests. Errors reported by remote server: Too many requests" in task.message
    assert s.last(EventType.RATE_LIMIT_EXCEEDED) == "Too many requests"


def test_nothing_runs_before_its_time() -> None:
    """A task is due from its instant on."""
    s = set_up("ada")
    s.app.fail("create_user", rate_limited())
    s.org.do(assign, "ada", "workato", MEMBER)
    s.app.take_calls()
    s.advance(minutes=4, seconds=59)
    s.org.do(run_due)

    assert s.app.take_calls() == []

    s.advance(seconds=1)
    s.org.do(run_due)

    assert s.app.take_calls() == ["create_user"]


def test_due_tasks_run_in_the_order_they_came_due() -> None:
    """Not in the order they were opened."""
    s = set_up("ada", "ben")
    s.app.fail("create_user", rate_limited(600), rate_limited(60))
    s.org.do(assign, "ada", "workato", MEMBER)
    s.org.do(assign, "ben", "workato", MEMBER)
    s.app.take_calls()
    s.advance(hours=1)
    s.org.do(run_due)

    assert list(s.app.invited) == ["ben@example.test", "ada@example.test"]


@pytest.mark.parametrize("early", [pytest.param(True, id="while paused"), pytest.param(False, id="after the last")])
def test_an_admin_s_retry_starts_the_waits_over(early: bool) -> None:
    """The first wait is five minutes again."""
    s = set_up("ada")
    s.app.fail("create_user", *[rate_limited()] * (2 if early else 12))
    s.org.do(assign, "ada", "workato", MEMBER)
    while not early and (due := s.org.next_due()):
        s.now[0] = due
        s.org.do(run_due)
    s.org.do(retry_task, "workato")
    (task,) = s.org.tasks.open

    assert task.wait == timedelta(minutes=5)
    assert task.attempts == 1


def test_another_failure_ends_the_back_off() -> None:
    """What is no rate limit waits for the admin; a later rate limit starts from the first wait."""
    s = set_up("ada")
    s.app.fail("create_user", rate_limited(), bad_gateway(), rate_limited())
    s.org.do(assign, "ada", "workato", MEMBER)
    s.advance(minutes=5)
    s.org.do(run_due)

    assert s.org.tasks.open[0].state is TaskState.FAILED

    s.org.do(provision_user, "ada", "workato")

    assert s.org.tasks.open[0].wait == timedelta(minutes=5)
    assert s.org.tasks.open[0].id == 1


def test_a_push_whose_switch_was_turned_off_is_dismissed() -> None:
    """Otherwise the task would be due for ever. Only a deactivation stays: somebody is still in the app."""
    s = set_up("ada", "ben", "eve")
    s.bring_in("ada")
    s.bring_in("ben")
    s.app.fail("update_user", rate_limited())
    s.app.fail("deactivate_user", rate_limited())
    s.app.fail("create_user", rate_limited())
    s.app.fail("list_users", rate_limited())
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    s.org.do(unassign, "ben", "workato")
    s.org.do(assign, "eve", "workato", MEMBER)
    s.org.do(import_users, "workato")
    s.org.configure_app("workato", provisioning=False)
    s.app.take_calls()
    s.advance(minutes=5)
    s.org.do(run_due)

    assert s.app.take_calls() == []
    (left,) = s.org.tasks.open
    assert (left.kind, left.subject, left.state) == (TaskKind.DEACTIVATE, "ben", TaskState.FAILED)
    assert s.org.next_due() is None
    assert {task.state for task in s.org.tasks.history} == {TaskState.DISMISSED}


def test_a_person_s_tasks_are_retried_and_nobody_else_s() -> None:
    """Retry Selected takes people or groups by name, or all of the app's."""
    s = set_up("ada", "ben")
    s.app.fail("create_user", bad_gateway(), bad_gateway())
    s.app.fail("find_groups", bad_gateway())
    s.org.do(create_group, "devs")
    s.org.do(assign, "ada", "workato", MEMBER)
    s.org.do(assign, "ben", "workato", MEMBER)
    s.org.do(push_group, "devs", "workato")
    s.org.do(retry_task, "workato", user="ada")

    assert [task.subject for task in s.org.tasks.open] == ["ben", "devs"]

    s.org.do(retry_task, "workato", group="devs")

    assert [task.subject for task in s.org.tasks.open] == ["ben"]
    with pytest.raises(OktaRefusal, match="for ada and devs"):
        s.org.do(retry_task, "workato", user="ada", group="devs")

    s.org.do(retry_task, "workato")

    assert s.org.tasks.open == ()


def test_a_paused_push_goes_out_as_it_was_and_the_latest_edit_behind_it() -> None:
    """No edit is lost while a rate limit is waited for, and what was recorded is what is sent first."""
    s = set_up("ada")
    s.bring_in()
    s.app.fail("update_user", rate_limited())
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    s.org.do(change_entitlements, "ada", "workato", {"test": "Member"})
    s.org.do(change_entitlements, "ada", "workato", {"prod": "Member"})
    s.app.calls.clear()
    s.advance(minutes=5)
    s.org.do(run_due)

    pushes = [user.entitlements for _, user in s.app.calls if isinstance(user, User)]
    assert pushes == [(Entitlement("dev", "Environment manager"),), (Entitlement("prod", "Member"),)]
    assert s.org.tasks.open == ()
    assert s.account().sync_state is SyncState.SYNCHRONIZED


def test_an_edit_waits_behind_a_paused_push_through_every_further_rate_limit() -> None:
    """Also when ten attempts were used up and the admin takes the task in hand."""
    s = set_up("ada")
    s.bring_in()
    s.app.fail("update_user", *(rate_limited(0) for _ in range(11)))
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    s.org.do(change_entitlements, "ada", "workato", {"prod": "Member"})
    for _ in range(10):
        s.org.do(run_due)
    assert s.org.tasks.open[0].state is TaskState.PERMANENT

    s.org.do(retry_task, "workato")

    assert s.app.sent("update_user").entitlements == (Entitlement("prod", "Member"),)
    assert s.org.tasks.open == ()


def test_nothing_is_sent_twice_when_nothing_was_edited_meanwhile() -> None:
    """Force Sync during a pause asks for what the retry sends anyway."""
    s = set_up("ada")
    s.bring_in()
    s.app.fail("update_user", rate_limited())
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    s.org.do(force_sync, "workato")
    s.app.take_calls()
    s.advance(minutes=5)
    s.org.do(run_due)

    assert s.app.take_calls() == ["update_user"]


def test_an_edit_behind_a_paused_creation_is_pushed_once_the_account_is_made() -> None:
    """The invitation carries what was recorded; the edit fails as any update before acceptance does, and says so."""
    s = set_up("ada")
    s.app.fail("create_user", rate_limited())
    s.org.do(assign, "ada", "workato", MEMBER)
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    s.advance(minutes=5)
    s.org.do(run_due)

    assert s.app.invited["ada@example.test"].entitlements == (Entitlement("dev", "Member"),)
    assert "not accepted" in s.task(TaskKind.PROFILE_PUSH)

    s.app.accept("ada@example.test")
    s.org.do(retry_task, "workato")

    assert s.app.sent("update_user").entitlements == (Entitlement("dev", "Environment manager"),)
    assert s.org.tasks.open == ()


def waiting_creation(s: Fixture) -> None:
    s.app.fail("create_user", rate_limited())
    s.org.do(assign, "ada", "workato", MEMBER)


def waiting_update(s: Fixture) -> None:
    s.bring_in()
    s.app.fail("update_user", rate_limited())
    s.org.do(change_entitlements, "ada", "workato", MANAGER)


def waiting_deactivation(s: Fixture) -> None:
    s.bring_in()
    s.app.fail("deactivate_user", rate_limited())
    s.org.do(unassign, "ada", "workato")


def waiting_group(s: Fixture) -> None:
    s.org.do(create_group, "devs", ())
    s.app.fail("create_group", rate_limited())
    s.org.do(push_group, "devs", "workato")


def waiting_import(s: Fixture) -> None:
    s.app.fail("list_users", rate_limited())
    s.org.do(import_users, "workato")


def later(s: Fixture) -> None:
    s.advance(minutes=5)
    s.org.do(run_due)


Act = Callable[[Fixture], object]
WAITS: list[Act] = [waiting_creation, waiting_update, waiting_deactivation, waiting_group, waiting_import]
ENDS: list[tuple[Act, Act, str, TaskState]] = [
    *((wait, later, "the clock", TaskState.RESOLVED) for wait in WAITS),
    *((wait, lambda s: s.org.do(retry_task, "workato"), "a retry", TaskState.RESOLVED) for wait in WAITS),
    (waiting_import, lambda s: s.org.do(import_users, "workato"), "another import", TaskState.RESOLVED),
    (waiting_creation, lambda s: s.org.do(provision_user, "ada", "workato"), "Provision User", TaskState.RESOLVED),
    (waiting_creation, lambda s: s.org.do(unassign, "ada", "workato"), "an unassignment", TaskState.DISMISSED),
    (waiting_update, lambda s: s.org.do(unassign, "ada", "workato"), "an unassignment", TaskState.DISMISSED),
    (
        waiting_group,
        lambda s: s.org.do(unlink_group, "devs", "workato", in_target="leave"),
        "unlinking",
        TaskState.DISMISSED,
    ),
    (waiting_group, lambda s: s.org.do(pause_group_push, "devs", "workato"), "deactivating", TaskState.DISMISSED),
]


@pytest.mark.parametrize(
    ("wait", "end", "state"),
    [pytest.param(wait, end, state, id=f"{wait.__name__}, {by}") for wait, end, by, state in ENDS],
)
def test_no_task_is_left_open(wait: Act, end: Act, state: TaskState) -> None:
    """Whatever ends the wait moves the task to the history and takes it off the clock."""
    s = set_up("ada")
    wait(s)
    assert [task.due is not None for task in s.org.tasks.open] == [True]
    end(s)

    assert not s.org.tasks.open
    assert [task.state for task in s.org.tasks.history] == [state]
    assert s.org.next_due() is None


@pytest.mark.parametrize(
    ("wait", "switch", "left"),
    [
        (waiting_creation, "provisioning", []),
        (waiting_update, "provisioning", []),
        (waiting_deactivation, "deactivate_users", [TaskState.FAILED]),
    ],
)
def test_a_wait_that_has_lost_its_switch_is_over_when_it_is_due(wait: Act, switch: str, left: list[TaskState]) -> None:
    """Nothing is sent, and nothing is due for ever. A deactivation stays: somebody is still in the app."""
    s = set_up("ada")
    wait(s)
    s.org.configure_app("workato", **{switch: False})  # type: ignore[arg-type]  # one of the switches
    s.app.take_calls()
    later(s)

    assert s.app.take_calls() == []
    assert [task.state for task in s.org.tasks.open] == left
    assert s.org.next_due() is None
