"""Group rules: who has a value in the profile is in the group, and out of it again with another value."""

from dataclasses import replace

import pytest

from okta_org.assignments import assign_group
from okta_org.directory import create_user, edit_profile
from okta_org.groups import add_to_group, create_group, create_group_rule
from okta_org.refusals import AlreadyExists, UnknownName

from .fake import MEMBER, Fixture, person, set_up


def ruled(*people: str) -> Fixture:
    """A group `analysts` with the app, and a rule that fills it by department."""
    s = set_up(*people)
    s.org.do(create_group, "analysts")
    s.org.do(assign_group, "analysts", "workato", MEMBER)
    s.org.do(create_group_rule, "analysis", "analysts", "department", "Analysis")
    return s


def test_a_rule_finds_those_who_are_there() -> None:
    """In the order in which they came to the org."""
    s = set_up("ada", "ben", "cyd")
    for name in ("cyd", "ada"):
        s.org.do(edit_profile, name, {"department": "Analysis"})
    s.org.do(create_group, "analysts")
    s.org.do(create_group_rule, "analysis", "analysts", "department", "Analysis")

    assert s.org.groups["analysts"].members == ("ada", "cyd")


def test_a_department_brings_the_app_and_another_one_takes_it() -> None:
    """An invitation, and then its end in Okta."""
    s = ruled("ada")
    s.org.do(edit_profile, "ada", {"department": "Analysis"})
    assert s.org.groups["analysts"].members == ("ada",)
    assert s.account().external_id is not None

    s.org.do(edit_profile, "ada", {"department": "Sales"})
    assert not s.org.groups["analysts"].members
    assert s.org.app_user("ada", "workato") is None


def test_who_was_put_in_by_hand_stays_in() -> None:
    """The rule takes out nobody but those it put in."""
    s = ruled("ada")
    s.org.do(add_to_group, "analysts", ("ada",))
    s.org.do(edit_profile, "ada", {"department": "Analysis"})
    s.org.do(edit_profile, "ada", {"department": "Sales"})

    assert s.org.groups["analysts"].members == ("ada",)


def test_a_newcomer_falls_under_the_rules() -> None:
    """From the first moment."""
    s = ruled()
    s.org.do(create_user, replace(person("ada"), attributes={"department": "Analysis"}))

    assert s.org.groups["analysts"].members == ("ada",)


def test_a_rule_needs_a_group_and_a_name_of_its_own() -> None:
    """Nothing happens otherwise."""
    s = ruled("ada")
    before = s.org.describe()
    with pytest.raises(AlreadyExists, match="There is already a group rule analysis"):
        s.org.do(create_group_rule, "analysis", "analysts", "title", "x")
    with pytest.raises(UnknownName, match="did you mean analysts"):
        s.org.do(create_group_rule, "other", "analists", "title", "x")
    assert s.org.describe() == before
