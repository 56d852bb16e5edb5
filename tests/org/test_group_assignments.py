import pytest

from okta_org import AppSettings, Scope, TaskKind
from okta_org.assignments import assign, assign_group, change_entitlements, unassign, unassign_group
from okta_org.directory import activate_user, deactivate_user
from okta_org.groups import add_to_group, create_group, remove_from_group
from okta_org.refusals import (
    AlreadyAssigned,
    AlreadyExists,
    BadUsername,
    NotAssigned,
    UsernameTaken,
    WrongStatus,
)
from okta_org.retries import retry_task

from .fake import MANAGER, MEMBER, Fixture, set_up

OPERATOR = {"dev": "Operator"}


def grouped(*people: str) -> Fixture:
    """Set up people in the groups devs and all, of which devs has the app."""
    s = set_up(*people)
    s.org.do(create_group, "devs", people)
    s.org.do(create_group, "all", people)
    s.org.do(assign_group, "devs", "workato", MEMBER)
    return s


def test_a_group_brings_everybody_in_order() -> None:
    """One push per person, with the group's entitlements."""
    s = grouped("ada", "ben", "eve")

    assert list(s.app.invited) == ["ada@example.test", "ben@example.test", "eve@example.test"]
    assert s.account("ben").scope is Scope.GROUP
    assert s.account("ben").entitlements == MEMBER


def test_two_groups_make_one_push() -> None:
    """The first assignment decides; losing it, the person keeps the app by the other."""
    s = grouped("ada")
    s.app.accept("ada@example.test")
    s.org.do(assign_group, "all", "workato", MANAGER)

    assert s.app.take_calls() == ["create_user"]

    s.org.do(unassign_group, "devs", "workato")

    assert s.app.take_calls() == ["update_user"]
    assert s.account().entitlements == MANAGER

    s.org.do(unassign_group, "all", "workato")

    assert s.app.take_calls() == ["deactivate_user"]


def test_joining_and_leaving_a_group_gives_and_takes_the_app() -> None:
    """The membership event comes first."""
    s = set_up("ada", "ben")
    s.org.do(create_group, "devs")
    s.org.do(assign_group, "devs", "workato", MEMBER)
    s.org.do(add_to_group, "devs", ("ada", "ben"))

    assert (
        s.events()[-6:]
        == [
            "group.user_membership.add",
            "application.user_membership.add",
            "application.provision.user.push",
        ]
        * 2
    )

    s.app.accept("ada@example.test")
    s.org.do(remove_from_group, "devs", ("ada",))

    assert s.events()[-3:] == [
        "group.user_membership.remove",
        "application.user_membership.remove",
        "application.provision.user.deactivate",
    ]


def test_an_individual_assignment_takes_over_from_a_group() -> None:
    """Nobody is invited twice; the group's end no longer matters, until the individual one ends."""
    s = grouped("ada")
    s.app.accept("ada@example.test")
    s.app.take_calls()
    s.org.do(assign, "ada", "workato", MANAGER)

    assert s.app.take_calls() == ["update_user"]
    assert s.account().scope is Scope.USER

    s.org.do(unassign, "ada", "workato")

    assert s.app.take_calls() == ["update_user"]
    assert s.account().scope is Scope.GROUP
    assert s.account().entitlements == MEMBER

    s.org.do(assign, "ada", "workato", user_name="ada@example.test")
    s.org.do(unassign_group, "devs", "workato")

    assert s.account().scope is Scope.USER
    assert s.app.take_calls() == []


def test_a_group_s_app_cannot_be_taken_back_individually() -> None:
    """Only leaving the group does that."""
    s = grouped("ada")
    with pytest.raises(NotAssigned, match="through a group"):
        s.org.do(unassign, "ada", "workato")


def test_entitlements_set_by_hand_no_longer_follow_the_group() -> None:
    """Customised people keep theirs while the others move."""
    s = grouped("ada", "ben")
    s.app.accept("ada@example.test")
    s.app.accept("ben@example.test")
    s.org.do(change_entitlements, "ada", "workato", OPERATOR)
    s.org.do(assign_group, "all", "workato", MANAGER)
    s.org.do(unassign_group, "devs", "workato")

    assert s.account("ada").entitlements == OPERATOR
    assert s.account("ben").entitlements == MANAGER


def test_a_taken_username_is_a_task_when_a_group_assigns() -> None:
    """Nobody stands by to be refused; once the name is free, a retry assigns."""
    s = set_up("ada", "ben", settings=AppSettings(provisioning=False))
    s.org.do(create_group, "devs", ("ben",))
    s.org.do(assign, "ada", "workato", MEMBER, user_name="ben@example.test")
    s.org.do(assign_group, "devs", "workato", MEMBER)

    assert s.org.app_user("ben", "workato") is None
    assert s.task(TaskKind.CREATE, "ben").startswith("Automatic provisioning of user Ben Example to app Workato failed")

    s.org.do(retry_task, "workato", "ben")

    assert s.org.app_user("ben", "workato") is None

    s.org.do(unassign, "ada", "workato")
    s.org.do(retry_task, "workato", "ben")

    assert s.account("ben").user_name == "ben@example.test"
    assert s.org.tasks.open == ()


def test_a_failed_group_assignment_ends_with_the_membership() -> None:
    """Its task loses its reason."""
    s = set_up("ada", "ben")
    s.org.do(create_group, "devs", ("ben",))
    s.org.do(assign, "ada", "workato", MEMBER, user_name="ben@example.test")
    s.org.do(assign_group, "devs", "workato", MEMBER)
    s.org.do(remove_from_group, "devs", ("ben",))

    assert s.org.tasks.open == ()


def test_assignments_of_groups_are_made_and_ended_once() -> None:
    """The second time is refused."""
    s = grouped("ada")
    with pytest.raises(AlreadyAssigned):
        s.org.do(assign_group, "devs", "workato", MEMBER)
    with pytest.raises(NotAssigned):
        s.org.do(unassign_group, "all", "workato")


def test_membership_is_changed_once() -> None:
    """Nobody joins twice or leaves a group they are not in, and the others in the same act do not, either."""
    s = grouped("ada")
    s.org.do(create_group, "none")
    before = s.org.describe()
    with pytest.raises(AlreadyExists):
        s.org.do(add_to_group, "devs", ("ada",))
    with pytest.raises(WrongStatus):
        s.org.do(remove_from_group, "none", ("ada",))
    with pytest.raises(AlreadyExists):
        s.org.do(create_group, "devs")

    assert s.org.describe() == before


def test_a_username_given_on_taking_over_is_checked() -> None:
    """As it is on any assignment."""
    s = grouped("ada", "ben")
    with pytest.raises(UsernameTaken):
        s.org.do(assign, "ada", "workato", MEMBER, user_name="ben@example.test")
    with pytest.raises(BadUsername):
        s.org.do(assign, "ada", "workato", MEMBER, user_name="a" * 101)


def test_a_deactivated_person_gets_nothing_from_a_group() -> None:
    """Until activation, when the group's app is pushed."""
    s = grouped("ada")
    s.org.do(deactivate_user, "ada")
    s.org.do(unassign_group, "devs", "workato")
    s.app.take_calls()
    s.org.do(assign_group, "all", "workato", MEMBER)

    assert s.app.take_calls() == []

    s.org.do(activate_user, "ada")

    assert s.app.take_calls() == ["create_user"]
