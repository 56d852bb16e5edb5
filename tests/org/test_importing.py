from dataclasses import replace

import pytest

from okta_connector import ActionFailed, Group, User
from okta_org import (
    AppSettings,
    AppUserStatus,
    EventType,
    ImportResult,
    TaskKind,
    UserStatus,
)
from okta_org.apps import force_sync, import_schema
from okta_org.directory import activate_user, add_user
from okta_org.import_rows import confirm_assignments
from okta_org.imports import cancel_import, import_users, resume_imports
from okta_org.refusals import ImportsPaused, NoRoadblock, NothingToConfirm, ProvisioningOff
from okta_org.retries import run_due

from .fake import GENERIC, MANAGER, MEMBER, Fixture, member, person, rate_limited, set_up, unauthorized

BY_HAND = AppSettings(auto_confirm=False, auto_confirm_new=False)


def crowd(size: int, settings: AppSettings = AppSettings()) -> Fixture:  # noqa: B008
    """Set up a number of people, imported and linked."""
    s = set_up(settings=settings)
    for number in range(size):
        s.app.join(member(f"p{number}", dev="Member"))
    s.org.do(import_users, "workato")
    s.app.take_calls()
    return s


def lose(s: Fixture, people: int) -> None:
    for number in list(s.app.members)[:people]:
        del s.app.members[number]


def test_people_made_in_the_app_become_okta_users() -> None:
    """New rows are staged users with the app assigned; nothing is pushed back."""
    s = set_up()
    s.app.join(member("ada", dev="Member"))
    result = s.import_now()

    assert result == ImportResult(scanned=1, new=1)
    assert s.org.users["ada"].status is UserStatus.STAGED
    assert (s.org.users["ada"].first_name, s.org.users["ada"].last_name) == ("Ada", "Example")
    assert s.account().status is AppUserStatus.ACTIVE
    assert s.account().external_id == "101"
    assert s.account().entitlements == MEMBER
    assert s.app.take_calls() == ["list_users"]

    s.org.do(activate_user, "ada")

    assert s.app.take_calls() == []


def test_an_exact_match_is_linked_whatever_its_case() -> None:
    """The criterion is the email; the person keeps the Okta user they have."""
    s = set_up()
    s.org.do(add_user, person("ada"))
    s.app.join(member("ADA", dev="Member"))
    result = s.import_now()

    assert result == ImportResult(scanned=1, new=1, matched=1)
    assert list(s.org.users) == ["ada"]
    assert s.account().external_id == "101"


def test_an_address_that_only_unicode_calls_equal_is_somebody_else_s() -> None:
    """The person in Okta is not given the stranger's account; the stranger becomes a new user."""
    s = set_up()
    s.org.do(add_user, person("strasse"))
    s.app.join(member("stra\u00dfe", dev="Environment admin"))
    result = s.import_now()

    assert result == ImportResult(scanned=1, new=1)
    assert s.org.app_user("strasse", "workato") is None


def test_rows_wait_for_the_admin_when_nothing_is_confirmed_by_itself() -> None:
    """They count as new once, are matched again by each manual import, and are confirmed by the admin."""
    s = set_up("ada", settings=BY_HAND)
    s.app.join(member("ada", dev="Member"))
    s.app.join(member("ben", dev="Member"))

    assert s.org.do(import_users, "workato") == ImportResult(scanned=2, new=2, matched=1)
    assert s.org.do(import_users, "workato") == ImportResult(scanned=2, unchanged=2, matched=1)
    assert s.org.app_user("ada", "workato") is None

    assert s.org.do(confirm_assignments, "workato") == 2
    with pytest.raises(NothingToConfirm, match="No row of workato waits to be confirmed"):
        s.org.do(confirm_assignments, "workato")
    assert s.account("ada").external_id == "101"
    assert s.account("ben").external_id == "102"
    assert s.org.do(import_users, "workato") == ImportResult(scanned=2, unchanged=2)


def test_rows_that_vanish_before_they_are_confirmed_are_removed() -> None:
    """They never were anybody's account."""
    s = set_up(settings=BY_HAND)
    s.app.join(member("ada"))
    s.org.do(import_users, "workato")
    lose(s, 1)

    assert s.import_now().removed == 1
    with pytest.raises(NothingToConfirm):
        s.org.do(confirm_assignments, "workato")


def test_a_taken_short_name_falls_back_to_the_email() -> None:
    """Two people may share the local part of their addresses."""
    s = set_up("ada")
    s.app.join(User(None, "ada@other.example.test", "ada@other.example.test", "Ada"))
    s.org.do(import_users, "workato")

    assert s.org.users["ada@other.example.test"].first_name == "Ada"
    assert s.org.users["ada@other.example.test"].last_name == ""


def test_a_pending_invitee_is_invisible_until_acceptance() -> None:
    """Nothing is removed; once accepted, the person is recognised and the id replaces the email."""
    s = set_up("ada")
    s.bring_in(accepts=False)

    assert s.org.do(import_users, "workato") == ImportResult()
    assert s.account().external_id == "ada@example.test"

    s.app.accept("ada@example.test")

    assert s.org.do(import_users, "workato") == ImportResult(scanned=1, updated=1)
    assert s.account().external_id == "101"
    assert s.account().status is AppUserStatus.PROVISIONED
    assert s.org.do(import_users, "workato") == ImportResult(scanned=1, unchanged=1)


def test_somebody_removed_by_hand_is_unassigned() -> None:
    """The app is not told what it said itself."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(force_sync, "workato")
    lose(s, 1)
    s.app.take_calls()

    assert s.org.do(import_users, "workato") == ImportResult(removed=1)
    assert s.org.app_user("ada", "workato") is None
    assert s.app.take_calls() == ["list_users"]
    assert s.last(EventType.IMPORT_USER_DELETE) == ""
    assert "application.user_membership.remove" in s.events()


def test_unknown_roles_are_skipped_and_logged() -> None:
    """After discovery Okta knows which values there are."""
    s = set_up()
    s.org.do(import_schema, "workato")
    s.app.join(member("ada", dev="Environment manager", test="Custom"))
    s.org.do(import_users, "workato")

    assert s.account().entitlements == MANAGER
    assert s.last(EventType.IMPORT_ENTITLEMENT_MISMATCH) == "test: Custom"


def test_no_entitlements_are_imported_without_governance() -> None:
    """Okta does not look at them."""
    s = set_up(settings=AppSettings(governance=False))
    s.app.join(member("ada", dev="Member"))
    s.org.do(import_users, "workato")

    assert s.account().entitlements == {}
    assert s.account().in_app is None


def test_all_pages_are_read_and_inactive_people_are_not_counted() -> None:
    """A full import, whatever the app's page size."""
    s = set_up()
    s.app.page_size = 2
    for name in ("ada", "ben", "eve"):
        s.app.join(member(name))
    s.app.join(replace(member("gone"), active=False))

    assert s.import_now().scanned == 3
    assert [argument for _, argument in s.app.calls] == [None, "2"]


def test_groups_are_imported_when_asked_for() -> None:
    """New and gone ones are logged; without the switch nobody asks."""
    s = set_up(settings=AppSettings(import_groups=True))
    s.app.groups["pf-1"] = Group("pf-1", "Auditors")
    s.app.groups["am-1"] = Group("am-1", "All collaborators", system=True)

    assert s.import_now().groups == 2

    del s.app.groups["pf-1"]
    s.org.do(import_users, "workato")

    assert [entry.targets[0] for entry in s.org.log if entry.type is EventType.IMPORT_GROUP_CREATE] == [
        "Auditors",
        "All collaborators",
    ]
    assert [entry.targets[0] for entry in s.org.log if entry.type is EventType.IMPORT_GROUP_DELETE] == ["Auditors"]

    s.org.configure_app("workato", import_groups=False)
    s.app.take_calls()
    s.org.do(import_users, "workato")

    assert s.app.take_calls() == ["list_users"]


def test_the_phases_of_an_import_are_logged_in_order() -> None:
    """Also of an empty one."""
    s = set_up()
    s.org.do(import_users, "workato")

    assert s.events() == [
        "system.import.schedule",
        "system.import.start",
        "system.import.download.start",
        "system.import.download.complete",
        "system.import.object_creation.start",
        "system.import.object_creation.complete",
        "system.import.user_matching.start",
        "system.import.user_matching.complete",
        "system.import.membership_processing.start",
        "system.import.membership_processing.complete",
        "system.import.implicit_deletion.start",
        "system.import.implicit_deletion.complete",
        "system.import.complete",
    ]


def test_an_import_that_breaks_off_changes_nothing() -> None:
    """Half a download is none: the second page's failure leaves everybody as they were."""
    s = crowd(3)
    before = s.org.describe()["app_users"]
    lose(s, 1)
    s.app.page_size = 1
    s.app.fail("list_users", unauthorized())
    result = s.import_now()

    assert result.error == (
        "Import from app Workato failed: "
        "The credentials used to connect to the API were invalid; please check your configuration"
    )
    assert s.org.describe()["app_users"] == before
    assert s.org.tasks.open == ()
    assert s.last(EventType.IMPORT_COMPLETE) == result.error


def test_a_rate_limited_import_is_done_later() -> None:
    """Its task runs by the clock, and is resolved by the import it was for."""
    s = set_up()
    s.app.join(member("ada"))
    s.app.fail("list_users", rate_limited(60))
    result = s.import_now()

    assert result.error == s.task(TaskKind.IMPORT, "workato")

    s.advance(minutes=1)
    s.org.do(run_due)

    assert s.account().external_id == "101"
    assert s.org.tasks.open == ()


def test_a_rate_limited_import_that_fails_otherwise_is_over() -> None:
    """The admin starts a new one."""
    s = set_up()
    s.app.fail("list_users", rate_limited(60), ActionFailed(GENERIC, "no"))
    s.org.do(import_users, "workato")
    s.advance(minutes=1)
    s.org.do(run_due)

    assert s.org.tasks.open == ()


def test_too_many_removals_stop_every_import_until_the_admin_decides() -> None:
    """A quarter of 120 trips the safeguard: nothing is applied, and resuming applies it."""
    s = crowd(120)
    s.org.add_app("second", s.app)
    lose(s, 30)
    result = s.import_now()

    assert result == ImportResult(scanned=90, removed=30, roadblock=True)
    assert len(s.org.describe()["app_users"]) == 120  # type: ignore[arg-type]
    assert s.events()[-1] == "system.import.roadblock"
    assert s.org.log[-1].outcome == "FAILURE"
    with pytest.raises(ImportsPaused):
        s.org.do(import_users, "second")

    resumed = s.org.do(resume_imports)
    assert isinstance(resumed, ImportResult)

    assert resumed.removed == 30
    assert not resumed.roadblock
    with pytest.raises(NoRoadblock):
        s.org.do(resume_imports)


def test_a_cancelled_import_unassigns_nobody() -> None:
    """The others may run again; the next one of this app trips again."""
    s = crowd(120)
    lose(s, 30)
    s.org.do(import_users, "workato")
    s.org.do(cancel_import)

    assert s.import_now().roadblock
    s.org.do(cancel_import)
    with pytest.raises(NoRoadblock):
        s.org.do(cancel_import)


@pytest.mark.parametrize(
    ("size", "lost"),
    [pytest.param(80, 40, id="a small app"), pytest.param(120, 24, id="a fifth is allowed")],
)
def test_the_safeguard_has_its_measure(size: int, lost: int) -> None:
    """It guards apps above 100 people and orgs from 100 assignments on."""
    s = crowd(size)
    lose(s, lost)

    assert s.import_now().removed == lost
    assert not s.import_now().roadblock


def test_a_small_app_in_a_large_org_is_guarded_by_the_org() -> None:
    """The org's assignments are counted across its apps."""
    s = crowd(80)
    s.org.add_app("second", s.app)
    s.org.do(import_users, "second")
    lose(s, 40)

    assert s.import_now().roadblock


def test_a_paused_task_of_an_import_gives_way_to_a_roadblock() -> None:
    """While imports are paused it cannot run, and is dismissed instead of being due for ever."""
    s = crowd(120)
    s.org.add_app("second", s.app)
    s.app.fail("list_users", rate_limited(60))
    s.org.do(import_users, "second")
    lose(s, 30)
    s.org.do(import_users, "workato")
    s.advance(minutes=1)
    s.org.do(run_due)

    assert s.org.next_due() is None


def test_an_import_needs_provisioning() -> None:
    """Without it there is no connection to import by."""
    s = set_up(settings=AppSettings(provisioning=False))
    with pytest.raises(ProvisioningOff):
        s.org.do(import_users, "workato")
