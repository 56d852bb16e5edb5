import pytest

from okta_connector import ActionFailed, Entitlement
from okta_org import AppSettings, AppUserStatus, EventType, SyncState, TaskKind
from okta_org.apps import apply_updates_now, force_sync
from okta_org.assignments import assign, change_entitlements, change_username, unassign
from okta_org.directory import edit_profile
from okta_org.imports import import_users
from okta_org.refusals import (
    EntitlementsNotManaged,
    NothingToRetry,
    RequiredAttribute,
    UsernameTaken,
)
from okta_org.retries import retry_task, run_due

from .fake import GENERIC, MANAGER, MEMBER, NOT_FOUND, bad_gateway, member, person, rate_limited, set_up, unauthorized

MANAGES_DEV = (Entitlement("dev", "Environment manager"),)
PUSH_FAILED = (
    "Automatic profile push of user Ada Example to app Workato failed: "
    "Error while trying to push profile update for ada@example.test: "
)


def test_a_role_change_is_pushed() -> None:
    """The update goes out by the email, and the id that comes back takes its place."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(change_entitlements, "ada", "workato", MANAGER)

    assert s.app.sent("update_user").id == "ada@example.test"
    assert s.app.sent("update_user").entitlements == MANAGES_DEV
    assert s.account().external_id == "101"
    assert s.events()[-2:] == ["application.user_membership.update", "application.provision.user.push_profile"]


def test_a_title_change_pushes_the_whole_profile() -> None:
    """There is no partial push: entitlements and every other attribute go along."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(edit_profile, "ada", {"title": "Countess", "department": None})
    sent = s.app.sent("update_user")

    assert sent.attributes == {"title": "Countess", "department": None}
    assert sent.entitlements == (Entitlement("dev", "Member"),)
    assert (sent.given_name, sent.family_name, sent.display_name) == ("Ada", "Example", "Ada Example")


def test_a_profile_edit_reaches_every_app_of_the_person() -> None:
    """Each app instance gets its own push."""
    s = set_up("ada")
    s.org.add_app("second", s.app, label="Second")
    s.bring_in()
    s.org.do(assign, "ada", "second", MANAGER)
    s.app.take_calls()
    s.org.do(edit_profile, "ada", {"last_name": "Lovelace"})

    assert s.app.take_calls() == ["update_user", "update_user"]


def test_an_edit_that_changes_nothing_pushes_nothing() -> None:
    """The same values again are no change."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(edit_profile, "ada", {"first_name": "Ada", "last_name": "Example", "title": None})
    s.org.do(change_entitlements, "ada", "workato", MEMBER)
    s.org.do(change_username, "ada", "workato", "ada@example.test")

    assert s.app.take_calls() == []


def test_a_display_name_of_its_own_replaces_first_and_last() -> None:
    """It is an attribute like another."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(edit_profile, "ada", {"display_name": "Lady Lovelace", "last_name": None})

    assert s.app.sent("update_user").display_name == "Lady Lovelace"
    assert s.org.users["ada"].last_name == ""


@pytest.mark.parametrize("name", ["login", "email", "first_name"])
def test_required_attributes_stay(name: str) -> None:
    """Emptying one is refused, and the profile is as it was."""
    s = set_up("ada")
    with pytest.raises(RequiredAttribute, match=name):
        s.org.do(edit_profile, "ada", {name: None, "title": "Countess"})

    assert s.org.users["ada"] == person("ada")


@pytest.mark.parametrize(
    ("failure", "detail"),
    [
        pytest.param(
            ActionFailed(NOT_FOUND, "No user returned for user ada@example.test: the invitation is not accepted."),
            "No user returned for user ada@example.test: the invitation is not accepted.",
            id="said by the connector",
        ),
        pytest.param(
            ActionFailed(NOT_FOUND, "Not here", 404),
            "No user returned for user ada@example.test. Not here",
            id="said by the app",
        ),
        pytest.param(
            unauthorized(),
            "The credentials used to connect to the API were invalid; please check your configuration",
            id="credentials",
        ),
        pytest.param(
            bad_gateway(),
            "Bad Gateway. Errors reported by remote server: <html>Bad gateway</html>",
            id="a page of HTML",
        ),
    ],
)
def test_a_failed_push_becomes_a_task(failure: ActionFailed, detail: str) -> None:
    """The status stays, the sync state is ERROR, and nothing is tried again by itself."""
    s = set_up("ada")
    s.bring_in()
    s.app.fail("update_user", failure)
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    s.advance(days=30)
    s.org.do(run_due)

    assert s.task(TaskKind.PROFILE_PUSH) == PUSH_FAILED + detail
    assert s.last(EventType.PUSH_PROFILE) == PUSH_FAILED + detail
    assert s.account().status is AppUserStatus.PROVISIONED
    assert s.account().sync_state is SyncState.ERROR
    assert s.org.next_due() is None
    assert s.app.take_calls() == ["update_user"]


def test_a_retry_after_acceptance_applies_the_newest_role() -> None:
    """Two changes before acceptance make one task; Retry Selected sends what holds now."""
    s = set_up("ada")
    s.bring_in(accepts=False)
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    s.org.do(change_entitlements, "ada", "workato", {"dev": "Operator"})

    open_before = len(s.org.tasks.open)
    s.app.accept("ada@example.test")
    s.org.do(retry_task, "workato", "ada")

    assert (open_before, len(s.org.tasks.open)) == (1, 0)
    assert s.app.sent("update_user").entitlements == (Entitlement("dev", "Operator"),)
    assert s.account().error is None
    with pytest.raises(NothingToRetry, match="for ada"):
        s.org.do(retry_task, "workato", "ada")
    with pytest.raises(NothingToRetry, match=r"to retry$"):
        s.org.do(retry_task, "workato")


def test_a_username_change_is_a_conflict_and_a_retry_does_not_help() -> None:
    """The app refuses; the account is in error until the username is what it was."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(change_username, "ada", "workato", "lovelace@example.test")
    s.org.do(retry_task, "workato", "ada")

    assert "Conflict" in s.task(TaskKind.PROFILE_PUSH)
    assert s.account().sync_state is SyncState.ERROR
    assert s.account().status is AppUserStatus.PROVISIONED


def test_unassigning_and_assigning_again_recovers_from_a_conflict() -> None:
    """The new assignment starts from the Okta username; the old task is dismissed."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(change_username, "ada", "workato", "lovelace@example.test")
    s.org.do(unassign, "ada", "workato")
    s.org.do(assign, "ada", "workato", MEMBER)

    assert s.app.sent("create_user").user_name == "ada@example.test"
    assert s.org.tasks.open == ()
    assert [task.state.value for task in s.org.tasks.history] == ["dismissed"]


def test_a_taken_username_cannot_be_changed_to() -> None:
    """Uniqueness holds on a change, too."""
    s = set_up("ada", "ben")
    s.bring_in("ada")
    s.bring_in("ben")
    with pytest.raises(UsernameTaken):
        s.org.do(change_username, "ben", "workato", "ada@example.test")

    assert s.account("ben").user_name == "ben@example.test"


def test_an_app_username_is_create_only_by_default() -> None:
    """A new Okta username and email leave the app username alone, so there is no conflict."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(edit_profile, "ada", {"login": "lovelace@example.test", "email": "lovelace@example.test"})

    assert s.app.sent("update_user").user_name == "ada@example.test"
    assert s.org.tasks.open == ()


def test_an_app_username_may_follow_the_okta_username() -> None:
    """With updates on create and update a domain rename conflicts for everybody."""
    s = set_up("ada", "ben", settings=AppSettings(update_username=True))
    s.bring_in("ada")
    s.bring_in("ben")
    s.org.do(edit_profile, "ada", {"login": "ada@new.example.test"})

    assert s.account().user_name == "ada@new.example.test"
    assert "Conflict" in s.task(TaskKind.PROFILE_PUSH)
    with pytest.raises(UsernameTaken):
        s.org.do(edit_profile, "ben", {"login": "ada@new.example.test"})


def test_entitlements_cannot_be_managed_without_governance() -> None:
    """The change is refused and nothing is sent."""
    s = set_up("ada", settings=AppSettings(governance=False))
    s.org.do(assign, "ada", "workato", MEMBER)
    s.app.take_calls()
    with pytest.raises(EntitlementsNotManaged):
        s.org.do(change_entitlements, "ada", "workato", MANAGER)

    assert s.app.take_calls() == []


def test_no_profile_is_pushed_while_updates_are_off() -> None:
    """Okta knows that it is out of sync, and says no more."""
    s = set_up("ada", settings=AppSettings(governance=False, update_user_attributes=False))
    s.app.join(member("ada", dev="Member"))
    s.org.do(import_users, "workato")
    s.app.take_calls()
    s.org.do(edit_profile, "ada", {"title": "Countess"})
    s.org.do(edit_profile, "ada", {"title": "Enchantress"})

    assert s.app.take_calls() == []
    assert s.account().sync_state is SyncState.OUT_OF_SYNC


def test_force_sync_pushes_every_provisioned_account() -> None:
    """It is a job with a start and an end in the log."""
    s = set_up("ada", "ben", "eve")
    s.bring_in("ada")
    s.bring_in("ben")
    s.app.fail("create_user", ActionFailed(GENERIC, "no"))
    s.org.do(assign, "eve", "workato", MEMBER)
    s.app.take_calls()
    s.org.do(force_sync, "workato")

    assert s.app.take_calls() == ["update_user", "update_user"]
    assert s.events()[-4:] == [
        "app.app_instance.provision_sync_job.started",
        "application.provision.user.push_profile",
        "application.provision.user.push_profile",
        "app.app_instance.provision_sync_job.completed",
    ]

    s.org.do(force_sync, "workato", "ben")

    assert s.app.take_calls() == ["update_user"]


def test_apply_updates_now_pushes_everybody() -> None:
    """An edited mapping is a change of its own, whatever it changed."""
    s = set_up("ada", "ben")
    s.bring_in("ada")
    s.bring_in("ben")
    s.org.do(apply_updates_now, "workato")

    assert s.app.take_calls() == ["update_user", "update_user"]
    assert "application.provision.field_mapping_rule.change" in s.events()


def test_a_change_joins_a_push_that_waits_for_a_rate_limit() -> None:
    """While the task is paused nothing is sent; its retry carries the newest profile."""
    s = set_up("ada")
    s.bring_in()
    s.app.fail("update_user", rate_limited())
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    s.org.do(change_entitlements, "ada", "workato", {"dev": "Operator"})

    assert s.app.take_calls() == ["update_user"]
    assert s.account().sync_state is SyncState.OUT_OF_SYNC

    s.advance(minutes=5)
    s.org.do(run_due)

    assert s.app.sent("update_user").entitlements == (Entitlement("dev", "Operator"),)
    assert s.account().sync_state is SyncState.SYNCHRONIZED
