"""Rows of an import that Okta has not linked: what is proposed, what the admin may choose, what the clock does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from okta_connector import Group
from okta_org import AppSettings, EventType, ImportResult, MatchCriterion, OktaUser, UserStatus
from okta_org.assignments import assign
from okta_org.directory import add_user, create_user
from okta_org.import_rows import confirm_assignments
from okta_org.imports import import_users
from okta_org.refusals import AlreadyAssigned, NothingToConfirm, UnknownName
from okta_org.retries import run_due

from .fake import Fixture, member, person, set_up

BY_HAND = AppSettings(import_groups=False, auto_confirm=False, auto_confirm_new=False)
DAILY = replace(BY_HAND, import_every=timedelta(days=1))


def waiting(*names: str, okta: tuple[str, ...] = (), settings: AppSettings = BY_HAND) -> Fixture:
    """Rows of these people wait for the admin of an org in which some have an Okta user."""
    s = set_up(*okta, settings=settings)
    for name in names:
        s.app.join(member(name, dev="Member"))
    s.org.do(import_users, "workato")
    return s


def linked(s: Fixture) -> dict[str, str | None]:
    """Who has the app, and under which id."""
    accounts = {name: s.org.app_user(name, "workato") for name in s.org.users}
    return {name: account.external_id for name, account in accounts.items() if account is not None}


def test_the_admin_decides_row_by_row() -> None:
    """A match, a new user, somebody else, and one to hear no more of; whoever is not named goes on waiting."""
    s = waiting("ada", "ben", "cy", "dot", "eve", okta=("ada", "cyril"))
    matches, new, ignored = ("ada",), ("ben",), ("dot",)

    decided = s.org.do(confirm_assignments, "workato", matches, new, as_existing={"cy": "cyril"}, ignored=ignored)
    assert decided == 4
    assert linked(s) == {"ada": "101", "ben": "102", "cyril": "103"}
    assert s.org.do(import_users, "workato") == ImportResult(scanned=5, unchanged=5)
    assert s.org.do(confirm_assignments, "workato") == 1
    assert linked(s).keys() == {"ada", "ben", "cyril", "eve"}


@pytest.mark.parametrize(
    ("matches", "as_existing", "message"),
    [
        (("zoe",), {}, "No row of workato waits for zoe"),
        (("ben",), {}, "The row of ben in workato matches no Okta user"),
        ((), {"ben": "nobody"}, "There is no user 'nobody'"),
        ((), {"ben": "busy"}, "busy is already assigned to workato"),
    ],
    ids=["no row", "no match", "no user", "assigned already"],
)
def test_a_choice_that_cannot_be_decides_nothing(
    matches: tuple[str, ...], as_existing: dict[str, str], message: str
) -> None:
    """Nor do the others that were ticked with it."""
    s = waiting("ada", "ben", "cy", okta=("ada", "busy"))
    s.org.do(assign, "busy", "workato", {"dev": "Member"})
    before = s.org.describe()

    with pytest.raises((NothingToConfirm, UnknownName, AlreadyAssigned), match=message):
        s.org.do(confirm_assignments, "workato", matches, as_new=("cy",), as_existing=as_existing)
    assert s.org.describe() == before


@pytest.mark.parametrize(
    ("criterion", "found"), [(MatchCriterion.EMAIL, {"mail"}), (MatchCriterion.USERNAME, {"login"})]
)
def test_the_admin_chooses_what_an_exact_match_is(criterion: MatchCriterion, found: set[str]) -> None:
    """The email, or the username."""
    s = set_up(settings=AppSettings(exact_match=criterion, auto_confirm_new=False))
    ada = person("ada")
    s.org.do(add_user, replace(ada, name="mail", login="other@example.test"))
    s.org.do(add_user, replace(ada, name="login", email="another@example.test"))
    s.app.join(member("ada", dev="Member"))

    assert s.import_now().matched == 1
    assert linked(s).keys() == found


@pytest.mark.parametrize(
    ("allowed", "by_itself", "matched", "accounts"),
    [(False, False, 0, set()), (False, True, 0, set()), (True, False, 1, set()), (True, True, 1, {"namesake"})],
)
def test_a_partial_match_is_the_same_name_under_another_email(
    allowed: bool,
    by_itself: bool,
    matched: int,
    accounts: set[str],
) -> None:
    """Proposed only where it is allowed, and confirmed by itself only where that is switched on, too."""
    s = set_up(
        settings=AppSettings(
            auto_confirm_new=False, auto_confirm=False, partial_match=allowed, auto_confirm_partial=by_itself
        )
    )
    s.org.do(add_user, OktaUser("namesake", "other@example.test", "other@example.test", "Ada", "Example"))
    s.app.join(member("ada", dev="Member"))

    assert s.import_now().matched == matched
    assert linked(s).keys() == accounts


def test_new_people_can_be_activated_at_once() -> None:
    """They have not set up their account yet."""
    s = set_up(settings=AppSettings(auto_activate_new=True))
    s.app.join(member("ada", dev="Member"))
    s.org.do(import_users, "workato")

    assert s.org.users["ada"].status is UserStatus.PROVISIONED
    assert s.events().index(EventType.USER_CREATE) < s.events().index(EventType.USER_ACTIVATE)


def test_the_clock_imports_once_a_period() -> None:
    """Nothing before it is due, and one import each time it is."""
    s = set_up(settings=DAILY)
    s.app.join(member("ada", dev="Member"))

    assert s.org.next_due() == s.now[0] + timedelta(days=1)
    s.now[0] += timedelta(hours=23)
    s.org.do(run_due)
    assert s.app.take_calls() == []
    for _ in range(2):
        s.now[0] += timedelta(days=1)
        s.org.do(run_due)
        assert s.app.take_calls() == ["list_users"]
    assert s.org.next_due() == s.now[0] + timedelta(days=1)


def test_a_schedule_can_be_changed_and_ended() -> None:
    """From the change on, one period away; without a period there is none."""
    s = set_up(settings=DAILY)
    s.now[0] += timedelta(hours=6)
    s.org.configure_app("workato", import_every=timedelta(hours=1))
    assert s.org.next_due() == s.now[0] + timedelta(hours=1)

    s.org.configure_app("workato", import_every=None)
    assert s.org.next_due() is None


def test_a_scheduled_import_does_not_match_anew_what_matched_nobody() -> None:
    """One by hand does."""
    s = waiting("ada", settings=replace(DAILY, auto_confirm=True))
    s.org.do(create_user, person("ada"))
    s.now[0] += timedelta(days=1)
    s.org.do(run_due)
    assert linked(s) == {}

    assert s.import_now().matched == 1
    assert linked(s) == {"ada": "101"}


def test_a_scheduled_import_waits_out_a_roadblock_and_switched_off_provisioning() -> None:
    """It is left out, says nothing, and comes again when it is due."""
    s = set_up(settings=DAILY)
    s.org.configure_app("workato", provisioning=False)
    s.now[0] += timedelta(days=1)
    s.org.do(run_due)

    assert s.app.take_calls() == []
    assert s.org.next_due() == s.now[0] + timedelta(days=1)


def test_groups_leave_okta_when_importing_them_is_switched_off() -> None:
    """They are counted when they come, and logged when they go."""
    s = set_up(settings=AppSettings(import_groups=True))
    s.app.create_group(Group(None, "Payroll"))
    s.app.take_calls()
    assert (s.import_now().groups, s.import_now().new_groups) == (1, 0)

    s.org.configure_app("workato", import_groups=False)
    assert s.events()[-1] == EventType.IMPORT_GROUP_DELETE
    assert s.import_now().groups == 0


@pytest.mark.parametrize("criterion", [MatchCriterion.EMAIL, MatchCriterion.USERNAME])
@pytest.mark.parametrize("capitals", ["Okta's", "the app's"])
def test_letters_in_capitals_make_nobody_another(criterion: MatchCriterion, capitals: str) -> None:
    """On whichever side they are, and whichever of the two has to be equal."""
    s = set_up(settings=AppSettings(exact_match=criterion, auto_confirm_new=False))
    small, large = "ada@example.test", "ADA@Example.test"
    here, there = (large, small) if capitals == "Okta's" else (small, large)
    s.org.do(add_user, replace(person("ada"), login=here, email=here))
    s.app.join(replace(member("ada", dev="Member"), user_name=there, email=there))

    assert s.import_now().matched == 1
    assert linked(s) == {"ada": "101"}


@pytest.mark.parametrize(
    ("first", "last", "matched"),
    [("Ada", "Example", 1), ("ADA", "example", 1), ("Ada", "Other", 0), ("Eve", "Example", 0), ("Eve", "Other", 0)],
)
def test_a_partial_match_needs_both_names(first: str, last: str, matched: int) -> None:
    """In any case of their letters; one of the two is not enough."""
    s = set_up(settings=AppSettings(auto_confirm_new=False, partial_match=True, auto_confirm_partial=True))
    s.org.do(add_user, OktaUser("namesake", "other@example.test", "other@example.test", first, last))
    s.app.join(member("ada", dev="Member"))

    assert s.import_now().matched == matched
    assert linked(s) == ({"namesake": "101"} if matched else {})


def test_a_partial_match_compares_what_the_app_leaves_out_with_what_okta_has_not() -> None:
    """A missing last name is like an empty one."""
    s = set_up(settings=AppSettings(auto_confirm_new=False, partial_match=True, auto_confirm_partial=True))
    s.org.do(add_user, OktaUser("namesake", "other@example.test", "other@example.test", "Ada", ""))
    s.app.join(replace(member("ada", dev="Member"), family_name=None))

    assert s.import_now().matched == 1


def test_every_new_row_is_logged_once() -> None:
    """By its username, when it first comes; not again while it waits, nor for somebody who is linked."""
    s = set_up(settings=BY_HAND)
    for name in ("ada", "ben"):
        s.app.join(member(name))
    for _ in range(2):
        s.org.do(import_users, "workato")
    s.app.join(member("cem"))
    s.org.do(import_users, "workato")

    created = [entry.targets for entry in s.org.log if entry.type is EventType.IMPORT_USER_CREATE]
    assert created == [(f"{name}@example.test", "workato") for name in ("ada", "ben", "cem")]


def test_a_scheduled_import_is_an_import_with_all_it_does() -> None:
    """It links, logs its phases, and refreshes who is linked."""
    s = set_up("ada", settings=replace(DAILY, auto_confirm=True))
    s.app.join(member("ada", dev="Member"))
    s.now[0] += timedelta(days=1)
    s.org.do(run_due)

    assert linked(s) == {"ada": "101"}
    assert s.events()[-1] == EventType.IMPORT_COMPLETE


def test_a_scheduled_import_that_comes_late_is_not_made_up_for() -> None:
    """One import after three periods without a clock, and the next a whole period later."""
    s = set_up(settings=DAILY)
    s.now[0] += timedelta(days=3, hours=2)
    s.org.do(run_due)

    assert s.app.take_calls() == ["list_users"]
    assert s.org.next_due() == s.now[0] + timedelta(days=1)


def test_each_app_has_its_own_schedule() -> None:
    """One that is given when the app is, and one that comes with a change of its settings."""
    s = set_up(settings=DAILY)
    s.org.add_app("second", s.app, replace(DAILY, import_every=timedelta(hours=2)))
    s.org.add_app("third", s.app)
    due = []
    for _ in range(3):
        moment = s.org.next_due()
        assert moment is not None
        due.append(moment - s.now[0])
        s.now[0] = moment
        s.org.do(run_due)
    s.org.configure_app("second", partial_match=True)

    assert due == [timedelta(hours=2)] * 3
    assert s.org.next_due() == s.now[0] + timedelta(hours=2)


def test_a_scheduled_import_waits_out_a_roadblock() -> None:
    """It is left out without a word, and the others keep their time."""
    s = set_up(settings=DAILY)
    for number in range(120):
        s.app.join(member(f"p{number}", dev="Member"))
    s.org.configure_app("workato", auto_confirm_new=True)
    s.org.do(import_users, "workato")
    for id_ in list(s.app.members)[:30]:
        del s.app.members[id_]
    assert s.import_now().roadblock
    logged = len(s.org.log)
    s.app.take_calls()
    s.now[0] += timedelta(days=1)
    s.org.do(run_due)

    assert (s.app.take_calls(), len(s.org.log)) == ([], logged)
    assert s.org.next_due() == s.now[0] + timedelta(days=1)
