"""Group push where something is in the way: stale people, failures that are retried, and names that mean several."""

import pytest

from okta_connector import Group
from okta_org import EventType, MappingStatus, TaskKind, TaskState
from okta_org.assignments import assign
from okta_org.directory import add_user
from okta_org.group_push import push_group, push_group_now
from okta_org.groups import add_to_group, create_group, rename_group
from okta_org.imports import import_users
from okta_org.refusals import AlreadyPushed, AmbiguousAppGroup
from okta_org.retries import retry_task, run_due

from .fake import bad_gateway, mapping, person, rate_limited, unauthorized, with_group


def test_whoever_is_gone_from_the_app_keeps_nobody_else_out() -> None:
    """A stale id is left out and reported; once an import has found the new one, Push Now brings the person back."""
    s = with_group("ada", "ben", "cyd")
    s.org.do(import_users, "workato")
    ben = s.app.members.pop(s.account("ben").external_id or "")
    s.org.do(push_group, "devs", "workato")

    assert s.app.group_members == {"pf-1": ["101", "103"]}
    assert (mapping(s).status, mapping(s).ignored, mapping(s).pushed) == (
        MappingStatus.ACTIVE,
        ("ben",),
        ("ada", "cyd"),
    )
    assert s.last(EventType.GROUP_PUSH_USERS_IGNORED) == "no longer in the app"
    assert s.org.tasks.open == ()

    s.app.join(ben)
    s.org.do(import_users, "workato")
    s.org.do(push_group_now, "devs", "workato")

    assert s.app.group_members == {"pf-1": ["101", "103", "104"]}
    assert mapping(s).ignored == ()


def test_whoever_waits_for_an_account_is_not_called_unassigned() -> None:
    """The log tells somebody who is assigned and not created yet from somebody who is not assigned."""
    s = with_group("ada")
    s.org.do(add_user, person("eve"))
    s.org.do(add_user, person("ben"))
    s.app.fail("create_user", rate_limited())
    s.org.do(assign, "ben", "workato", {"dev": "Member"})
    s.org.do(add_to_group, "devs", ("ben", "eve"))
    s.org.do(push_group, "devs", "workato")

    said = {event.detail: event.targets[2:] for event in s.org.log if event.type is EventType.GROUP_PUSH_USERS_IGNORED}
    assert said == {"not assigned to the app": ("eve",), "not provisioned yet": ("ben",)}
    assert mapping(s).ignored == ("ben", "eve")


def test_a_push_that_okta_says_it_retries_is_retried() -> None:
    """The clock does it, and the task is gone with the first success; the admin may also be first."""
    s = with_group("ada")
    s.app.fail("add_group_members", bad_gateway(), bad_gateway())
    s.org.do(push_group, "devs", "workato")

    assert s.events()[-1] == EventType.GROUP_PUSH_FAILED_RETRIED
    assert "Error while updating user group membership for group Developers" in s.task(TaskKind.GROUP_PUSH, "devs")

    s.advance(hours=1)
    s.org.do(run_due)

    assert s.org.tasks.open[0].state is TaskState.FAILED
    s.org.do(retry_task, "workato")

    assert s.app.group_members == {"pf-1": ["101"]}
    assert (mapping(s).status, s.org.tasks.open, s.org.next_due()) == (MappingStatus.ACTIVE, (), None)


def test_a_push_that_okta_gives_up_waits_for_the_admin() -> None:
    """Refused credentials are not tried again by the clock."""
    s = with_group("ada")
    s.app.fail("add_group_members", unauthorized())
    s.org.do(push_group, "devs", "workato")

    assert s.events()[-1] == EventType.GROUP_PUSH_FAILED_FOR_GOOD
    assert s.org.next_due() is None


def test_a_link_means_the_group_of_exactly_that_name() -> None:
    """Capitals are overlooked where only one group can be meant, and where several can the admin is told."""
    s = with_group("ada")
    for id_, name in (("pf-8", "PAYROLL"), ("pf-9", "Payroll"), ("pf-7", "Wages")):
        s.app.groups[id_] = Group(id_, name)
        s.app.group_members[id_] = []
    s.org.do(create_group, "ops", (), "Operators")

    with pytest.raises(AmbiguousAppGroup, match="Workato has 2 groups called payroll: PAYROLL, Payroll"):
        s.org.do(push_group, "devs", "workato", link="payroll")
    s.org.do(push_group, "devs", "workato", link="Payroll")
    s.org.do(push_group, "ops", "workato", link="wages")

    assert {group: each.target_id for (group, _), each in s.org.mappings.items()} == {"devs": "pf-9", "ops": "pf-7"}


def test_one_app_group_takes_one_push() -> None:
    """A group that is pushed to already cannot be linked by another, which would undo the first one's members."""
    s = with_group("ada")
    s.org.do(create_group, "ops", (), "Operators")
    s.org.do(push_group, "devs", "workato")
    before = s.org.describe()

    with pytest.raises(AlreadyPushed, match="Developers is pushed to Developers in workato already"):
        s.org.do(push_group, "ops", "workato", link="Developers")
    assert s.org.describe() == before


def test_a_rename_that_comes_through_late_makes_the_mapping_well() -> None:
    """Even where members are not pushed with it."""
    s = with_group("ada")
    s.org.do(push_group, "devs", "workato", members_now=False)
    s.app.fail("update_group", bad_gateway())
    s.org.do(rename_group, "devs", "Makers")

    assert mapping(s).status is MappingStatus.ERROR
    s.org.do(retry_task, "workato")

    assert (mapping(s).status, mapping(s).error_summary) == (MappingStatus.ACTIVE, None)
