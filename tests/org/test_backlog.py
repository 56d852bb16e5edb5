"""People who were assigned while provisioning was off."""

from okta_org import AppSettings, AppUser, AppUserStatus, SyncState
from okta_org.apps import force_sync, provision_user
from okta_org.assignments import assign
from okta_org.imports import import_users

from .fake import MEMBER, Fixture, member, set_up

MARK = "User was assigned this application before Provisioning was enabled"


def unprovisioned(s: Fixture) -> AppUser:
    s.org.do(assign, "ada", "workato", MEMBER)
    return s.account()


def test_somebody_assigned_without_provisioning_has_no_mark() -> None:
    """There is nothing to be out of step with."""
    account = unprovisioned(set_up("ada", settings=AppSettings(provisioning=False)))

    assert (account.status, account.sync_state, account.error) == (AppUserStatus.ACTIVE, SyncState.DISABLED, None)


def test_enabling_provisioning_marks_the_backlog_and_sends_nothing() -> None:
    """Everybody without an account says so, until the admin acts."""
    s = set_up("ada", "ben", settings=AppSettings(provisioning=False))
    unprovisioned(s)
    s.org.configure_app("workato", provisioning=True)
    s.org.do(assign, "ben", "workato", MEMBER)

    assert s.app.take_calls() == ["create_user"]
    assert str(s.account().error).startswith(MARK)
    assert s.account().sync_state is SyncState.OUT_OF_SYNC
    assert s.account("ben").error is None


def test_force_sync_leaves_the_backlog_and_provision_user_ends_it() -> None:
    """The mark goes with the push, and so does the state."""
    s = set_up("ada", settings=AppSettings(provisioning=False))
    unprovisioned(s)
    s.org.configure_app("workato", provisioning=True)
    s.org.do(force_sync, "workato")

    assert s.app.take_calls() == []

    s.org.do(provision_user, "ada", "workato")

    assert s.account().error is None
    assert s.account().sync_state is SyncState.SYNCHRONIZED


def test_who_has_an_account_is_not_marked() -> None:
    """Provisioning was switched off for a while; so did an import that found somebody of the backlog."""
    s = set_up("ada", "ben")
    s.bring_in()
    s.org.configure_app("workato", provisioning=False)
    s.org.do(assign, "ben", "workato", MEMBER)
    s.org.configure_app("workato", provisioning=True)

    assert s.account().error is None
    assert s.account("ben").error is not None

    s.app.join(member("ben", dev="Operator"))
    s.org.do(import_users, "workato")

    assert s.account("ben").error is None
    assert s.account("ben").sync_state is SyncState.SYNCHRONIZED


def test_another_change_of_the_settings_marks_nobody() -> None:
    """Only switching provisioning on does."""
    s = set_up("ada", settings=AppSettings(provisioning=False))
    unprovisioned(s)
    s.org.configure_app("workato", partial_match=True)

    assert s.account().error is None
