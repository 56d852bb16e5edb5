"""Usernames and group names are unique in an org, whoever brings them; what was given up is free again."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from okta_org import AppSettings, EventType, OktaOrg, UserStatus
from okta_org.apps import force_sync
from okta_org.assignments import assign, change_username
from okta_org.directory import (
    activate_user,
    add_user,
    create_user,
    deactivate_user,
    delete_user,
    edit_profile,
    move_domain,
)
from okta_org.group_push import push_group, push_group_now, unlink_group
from okta_org.groups import add_to_group, create_group, rename_group
from okta_org.import_rows import confirm_assignments
from okta_org.imports import import_users, resume_imports
from okta_org.push_rules import create_push_rule
from okta_org.refusals import AlreadyExists, AppInactive, ProvisioningOff, UsernameTaken

from .fake import MEMBER, Fixture, member, person, set_up

EVE_AS_ADA = replace(person("eve"), login="ADA@example.test")


@pytest.mark.parametrize(
    "bring",
    [
        pytest.param(lambda org: org.do(add_user, EVE_AS_ADA), id="given"),
        pytest.param(lambda org: org.do(create_user, EVE_AS_ADA), id="created"),
        pytest.param(lambda org: org.do(edit_profile, "ben", {"login": "ada@Example.test"}), id="edited"),
    ],
)
@pytest.mark.parametrize("status", UserStatus)
def test_a_username_is_taken_whatever_its_holder_is(status: UserStatus, bring: Callable[[OktaOrg], None]) -> None:
    """Somebody deactivated keeps it, and the case of A to Z is no difference."""
    s = set_up("ben")
    s.org.do(add_user, replace(person("ada"), status=status))
    before = s.org.describe()

    with pytest.raises(UsernameTaken, match=f"is taken: ada has it and is {status}"):
        bring(s.org)
    assert s.org.describe() == before


def test_deletion_frees_a_username_and_so_does_another_one() -> None:
    """Deactivation alone does not."""
    s = set_up("ada", "ben")
    s.org.do(edit_profile, "ben", {"login": "bernard@example.test"})
    s.org.do(deactivate_user, "ada")
    s.org.do(delete_user, "ada")
    s.org.do(create_user, EVE_AS_ADA)
    s.org.do(create_user, replace(person("cyd"), login="ben@example.test"))

    assert [user.login for user in s.org.users.values()] == [
        "bernard@example.test",
        "ADA@example.test",
        "ben@example.test",
    ]


def test_only_a_to_z_are_one_letter_in_two_cases() -> None:
    """Any other letter makes another username, however it would fold."""
    s = set_up()
    for number, login in enumerate(
        ("strasse@example.test", "straße@example.test", "\u212aim@example.test", "kim@example.test")
    ):
        s.org.do(add_user, replace(person(f"p{number}"), login=login))

    assert len(s.org.users) == 4


def test_a_domain_moves_nobody_into_a_taken_username() -> None:
    """Nobody moves at all, whether app usernames follow or not."""
    s = set_up("ada", "ben")
    s.org.do(add_user, replace(person("dot"), login="ben@new.example.test", email="ben@example.test"))
    before = s.org.describe()

    with pytest.raises(UsernameTaken, match=r"dot and ben would both have the username ben@new.example.test"):
        s.org.do(move_domain, "example.test", "new.example.test")
    assert s.org.describe() == before


def test_a_domain_moves_nobody_into_an_app_username_that_is_taken() -> None:
    """Where the app's usernames follow; an admin had given another person this one."""
    s = set_up("ada", "ben", settings=AppSettings(update_username=True))
    s.bring_in("ada")
    s.org.do(assign, "ben", "workato", MEMBER, user_name="ada@new.example.test")
    before = s.org.describe()

    with pytest.raises(UsernameTaken):
        s.org.do(move_domain, "example.test", "new.example.test")
    assert s.org.describe() == before


def test_a_domain_moves_people_into_usernames_that_others_leave() -> None:
    """What counts is what everybody has afterwards."""
    s = set_up("ada")
    s.org.do(move_domain, "example.test", "new.example.test")
    s.org.do(add_user, replace(person("bea"), login="ada@example.test"))
    s.org.do(move_domain, "new.example.test", "newest.example.test")

    assert [user.login for user in s.org.users.values()] == ["ada@newest.example.test", "ada@example.test"]


def with_row(status: UserStatus = UserStatus.DEPROVISIONED, **settings: bool) -> Fixture:
    """Ada is in the app, and an Okta user who cannot be matched has her username."""
    s = set_up("ada", settings=AppSettings(**settings), status=status)  # type: ignore[arg-type]
    s.app.join(member("ada", dev="Member"))
    return s


def test_a_row_of_a_taken_username_waits() -> None:
    """It makes no second user of a deactivated one, and neither does the admin."""
    s = with_row()
    result = s.import_now()

    assert (result.scanned, result.new, result.matched) == (1, 1, 0)
    assert list(s.org.users) == ["ada"]
    assert s.org.app_user("ada", "workato") is None
    with pytest.raises(UsernameTaken, match="ada has it and is DEPROVISIONED"):
        s.org.do(confirm_assignments, "workato", as_new=("ada",))
    assert s.org.do(confirm_assignments, "workato") == 0

    s.org.do(activate_user, "ada")
    s.org.do(import_users, "workato")

    assert s.account().external_id == "101"


def test_a_row_waits_whose_app_username_somebody_else_has() -> None:
    """Two accounts of one app never share a username (PNU-4), however they came about."""
    s = set_up("ada", "ben")
    s.bring_in("ben")
    s.org.do(force_sync, "workato")
    s.org.do(change_username, "ben", "workato", "ada@example.test")
    s.app.join(member("ada", dev="Member"))
    s.org.do(import_users, "workato")

    assert s.org.app_user("ada", "workato") is None
    with pytest.raises(UsernameTaken, match=r"Another user of workato has the username ada@example.test"):
        s.org.do(confirm_assignments, "workato", matches=("ada",))


def test_one_person_is_chosen_for_one_row() -> None:
    """The second row of the same person decides nothing."""
    s = set_up("zoe", settings=AppSettings(auto_confirm_new=False))
    for name in ("ada", "ben"):
        s.app.join(member(name))
    s.org.do(import_users, "workato")
    before = s.org.describe()

    with pytest.raises(UsernameTaken, match="zoe cannot be two users of workato"):
        s.org.do(confirm_assignments, "workato", as_existing={"ada": "zoe", "ben": "zoe"})
    assert s.org.describe() == before


def test_somebody_removed_and_added_again_in_the_app_is_the_same_person() -> None:
    """The next import takes the new id over; no second user is made, and nobody is unassigned."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(import_users, "workato")
    del s.app.members[s.account().external_id or ""]
    s.app.join(member("ada", dev="Member"))
    s.org.do(import_users, "workato")

    assert list(s.org.users) == ["ada"]
    assert s.account().external_id == "102"
    assert s.import_now().unchanged == 1


def test_a_group_gets_no_name_that_another_has() -> None:
    """Neither when it is made nor later, and nothing of it is pushed."""
    s = set_up("ada")
    s.org.do(create_group, "devs", (), "Developers")
    s.org.do(create_group, "ops", (), "Operators")
    s.org.do(push_group, "ops", "workato")
    s.app.take_calls()
    before = s.org.describe()

    with pytest.raises(AlreadyExists, match="There is already a group called Developers"):
        s.org.do(create_group, "new", (), "Developers")
    with pytest.raises(AlreadyExists, match="There is already a group called Developers"):
        s.org.do(rename_group, "ops", "Developers")
    assert s.org.describe() == before
    assert s.app.take_calls() == []


def test_a_name_that_a_group_gave_up_is_free() -> None:
    """Whoever takes it is another group, pushed and logged under its own name."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(create_group, "payroll", ("ada",), "Payroll")
    s.org.do(push_group, "payroll", "workato")
    s.org.do(rename_group, "payroll", "Finance")

    assert (s.org.group_called("Payroll"), s.org.group_called("Finance")) == (None, "payroll")

    s.org.do(create_group, "payroll-2", ("ada",), "Payroll")
    s.org.do(push_group, "payroll-2", "workato")

    assert [group.display_name for group in s.app.groups.values()] == ["Finance", "Payroll"]
    assert s.org.group_called("Payroll") == "payroll-2"
    assert s.org.log[-1].targets == ("Payroll", "workato")
    assert next(event for event in s.org.log if event.type is EventType.GROUP_UPDATE_PROFILE).targets == ("Finance",)


def test_a_group_may_keep_its_name() -> None:
    """Renaming it to what it is called is no clash with itself."""
    s = set_up()
    s.org.do(create_group, "devs", (), "Developers")
    s.org.do(rename_group, "devs", "Developers")

    assert s.org.group_called("Developers") == "devs"


@pytest.mark.parametrize(
    ("switch", "refusal"),
    [
        pytest.param("provisioning", ProvisioningOff, id="provisioning off"),
        pytest.param("active", AppInactive, id="inactive"),
    ],
)
def test_an_app_that_is_off_takes_no_group(switch: str, refusal: type[Exception]) -> None:
    """What an admin asks for is refused, what a group does by itself gathers until the app is on again."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(create_group, "devs", (), "Developers")
    s.org.do(push_group, "devs", "workato")
    s.org.do(create_push_rule, "ops", "workato", "Op")
    s.org.configure_app("workato", **{switch: False})  # type: ignore[arg-type]
    s.app.take_calls()

    s.org.do(add_to_group, "devs", ("ada",))
    s.org.do(create_group, "ops", (), "Operators")
    asks: tuple[Callable[[], object], ...] = (
        lambda: s.org.do(push_group_now, "devs", "workato"),
        lambda: s.org.do(unlink_group, "devs", "workato", in_target="delete"),
        lambda: s.org.do(push_group, "ops", "workato"),
        lambda: s.org.do(import_users, "workato"),
    )
    for ask in asks:
        with pytest.raises(refusal):
            ask()
    assert s.app.take_calls() == []

    s.org.configure_app("workato", **{switch: True})  # type: ignore[arg-type]
    s.org.do(push_group_now, "devs", "workato")

    assert s.app.group_members == {"pf-1": ["101"]}


def test_an_import_that_cannot_go_on_stays_held_up() -> None:
    """Whoever resumes it with provisioning off is refused before the hold is lifted."""
    s = set_up(*(f"p{number:03}" for number in range(101)))
    for name in s.org.users:
        s.bring_in(name)
    s.org.do(import_users, "workato")
    s.app.members.clear()
    assert s.import_now().roadblock
    s.org.configure_app("workato", provisioning=False)
    before = s.org.describe()

    with pytest.raises(ProvisioningOff):
        s.org.do(resume_imports)
    assert s.org.describe() == before
