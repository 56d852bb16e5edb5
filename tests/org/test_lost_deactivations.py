"""A deactivation that did not get through: its task goes with success only, so nobody is left in the app unseen."""

from dataclasses import replace

import pytest

from okta_org import AppSettings, TaskKind, TaskState
from okta_org.apps import force_sync, provision_user
from okta_org.assignments import assign, unassign
from okta_org.directory import activate_user, create_user, deactivate_user, delete_user, edit_profile
from okta_org.refusals import AppInactive
from okta_org.retries import retry_task

from .fake import MEMBER, Fixture, bad_gateway, person, rate_limited, set_up


def invited_and_unassigned() -> Fixture:
    """Ada is invited, has lost the app, and her invitation is still alive."""
    s = set_up("ada")
    s.bring_in("ada", accepts=False)
    s.org.do(unassign, "ada", "workato")
    assert open_kinds(s) == [TaskKind.DEACTIVATE]
    return s


def open_kinds(s: Fixture) -> list[TaskKind]:
    return [task.kind for task in s.org.tasks.open]


def test_whoever_is_assigned_again_under_the_same_name_needs_no_deactivation() -> None:
    """The account is the very one that should have gone; creating or linking it closes the task."""
    s = invited_and_unassigned()
    s.org.do(assign, "ada", "workato", MEMBER)

    assert open_kinds(s) == []
    assert s.org.tasks.history[-1].state is TaskState.DISMISSED


def test_as_long_as_the_new_assignment_does_not_get_through_both_tasks_stand() -> None:
    """The invitation is still alive, and the admin still sees it."""
    s = invited_and_unassigned()
    s.app.fail("create_user", bad_gateway())
    s.org.do(assign, "ada", "workato", MEMBER)

    assert open_kinds(s) == [TaskKind.DEACTIVATE, TaskKind.CREATE]

    s.org.do(provision_user, "ada", "workato")

    assert open_kinds(s) == []


def test_another_username_leaves_the_first_invitation_on_the_dashboard() -> None:
    """Two invitations are alive then, and one of them is nobody's in Okta."""
    s = invited_and_unassigned()
    s.org.do(assign, "ada", "workato", MEMBER, user_name="ada.king@example.test")

    assert open_kinds(s) == [TaskKind.DEACTIVATE]

    s.app.accept("ada@example.test")
    s.org.do(retry_task, "workato", user="ada")

    assert open_kinds(s) == []
    assert s.app.members == {}
    assert s.account().user_name == "ada.king@example.test"


def lost_twice() -> Fixture:
    """Ada has lost the app under two usernames, and her invitation to each is still alive."""
    s = invited_and_unassigned()
    s.org.do(assign, "ada", "workato", MEMBER, user_name="ada.king@example.test")
    s.org.do(unassign, "ada", "workato")
    return s


def test_each_lost_account_has_a_row_of_its_own() -> None:
    """Two invitations are alive, and the admin sees both."""
    s = lost_twice()

    assert open_kinds(s) == [TaskKind.DEACTIVATE, TaskKind.DEACTIVATE]
    assert [task.external_id for task in s.org.tasks.open] == ["ada@example.test", "ada.king@example.test"]


@pytest.mark.parametrize("accepted", ["ada@example.test", "ada.king@example.test"])
def test_a_retry_settles_the_accounts_that_it_reaches_and_no_other(accepted: str) -> None:
    """Whoever accepted can be removed; the other invitation still cannot be."""
    s = lost_twice()
    s.app.accept(accepted)
    s.org.do(retry_task, "workato", user="ada")

    (left,) = s.org.tasks.open
    assert {accepted, left.external_id} == {"ada@example.test", "ada.king@example.test"}
    assert s.app.members == {}


def test_an_assignment_takes_back_the_deactivation_of_its_own_account_only() -> None:
    """The other account is still in the app."""
    s = lost_twice()
    s.org.do(assign, "ada", "workato", MEMBER, user_name="ada.king@example.test")

    assert [task.external_id for task in s.org.tasks.open] == ["ada@example.test"]


def test_the_clock_leaves_every_lost_account_to_the_admin_once_somebody_is_back() -> None:
    """No deactivation that waits strikes an account that is wanted again."""
    s = set_up("ada")
    for user_name in ("ada@example.test", "ada.king@example.test"):
        s.org.do(assign, "ada", "workato", MEMBER, user_name=user_name)
        s.app.fail("deactivate_user", rate_limited())
        s.org.do(unassign, "ada", "workato")
    s.app.fail("create_user", bad_gateway())
    s.org.do(assign, "ada", "workato", MEMBER)

    assert s.org.next_due() is None
    assert open_kinds(s) == [TaskKind.DEACTIVATE, TaskKind.DEACTIVATE, TaskKind.CREATE]


def test_a_deactivation_that_waits_does_not_strike_who_is_assigned_again() -> None:
    """The clock leaves it to the admin from then on."""
    s = set_up("ada", "ben")
    s.bring_in("ada")
    s.org.do(force_sync, "workato")
    s.app.fail("deactivate_user", rate_limited())
    s.org.do(unassign, "ada", "workato")
    s.app.fail("create_user", bad_gateway())
    s.org.do(assign, "ada", "workato", MEMBER)

    assert s.org.next_due() is None
    assert [task.state for task in s.org.tasks.open] == [TaskState.FAILED, TaskState.FAILED]

    s.org.do(provision_user, "ada", "workato")

    assert open_kinds(s) == []
    assert list(s.app.members) == ["101"]


def test_deletion_leaves_the_task_and_it_can_still_be_retried() -> None:
    """It goes on naming the person who is gone, until the app has let go."""
    s = set_up("ada")
    s.org.do(edit_profile, "ada", {"last_name": "Lovelace"})
    s.bring_in("ada", accepts=False)
    s.org.do(deactivate_user, "ada")
    s.org.do(delete_user, "ada")
    s.org.do(retry_task, "workato")

    assert "Ada Lovelace" in s.task(TaskKind.DEACTIVATE)

    s.app.accept("ada@example.test")
    s.org.do(retry_task, "workato")

    assert open_kinds(s) == []
    assert s.app.members == {}


def test_turning_the_switch_off_hides_no_lost_deactivation() -> None:
    """Retry Selected sends nothing then, and the row stays."""
    s = invited_and_unassigned()
    s.org.configure_app("workato", deactivate_users=False)
    s.app.take_calls()
    s.org.do(retry_task, "workato")

    assert s.app.take_calls() == []
    assert open_kinds(s) == [TaskKind.DEACTIVATE]


def test_an_inactive_app_makes_nobody() -> None:
    """Neither by hand nor when somebody staged is activated; nobody is pushed in bulk either."""
    s = set_up("ada", settings=AppSettings())
    s.org.do(create_user, replace(person("eve")), activate=False)
    s.org.do(assign, "eve", "workato", MEMBER)
    s.app.fail("create_user", bad_gateway())
    s.org.do(assign, "ada", "workato", MEMBER)
    s.org.configure_app("workato", active=False)
    s.app.take_calls()
    s.org.do(activate_user, "eve")
    s.org.do(retry_task, "workato")

    with pytest.raises(AppInactive):
        s.org.do(provision_user, "ada", "workato")
    with pytest.raises(AppInactive):
        s.org.do(force_sync, "workato")
    assert s.app.take_calls() == []
