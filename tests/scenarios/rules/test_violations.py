"""Each rule of the seam can be broken, in the place that upholds it, and the break shows from outside."""

from collections.abc import Callable, Iterator
from dataclasses import fields

import pytest

import okta_connector
import okta_org
import workato_emulator
from okta_connector.scim import ScimDecisions
from okta_scenarios.rules import (
    SEAM_RULES,
    UNBREAKABLE,
    VIOLATIONS,
    SeamDecisions,
    Unbreakable,
    Violation,
    violation_of,
)

from . import apps, over_scim, people, several_orgs
from .play import Play
from .world import World

PLAYS = (*people.PLAYS, *apps.PLAYS, *several_orgs.PLAYS, *over_scim.PLAYS)

Decide = Callable[..., object]
Half = okta_connector.Decisions | okta_org.Decisions | ScimDecisions
SIDES = ("connector", "org", "scim")
PROPER = SeamDecisions()


def functions(half: Half) -> dict[str, Decide]:
    return {each.name: getattr(half, each.name) for each in fields(half)}


def marked() -> Iterator[tuple[str, str, str]]:
    """Each side, rule and decision that upholds it there."""
    for side in SIDES:
        for name, function in functions(getattr(PROPER, side)).items():
            yield from ((side, rule, name) for rule in function.upholds)  # type: ignore[attr-defined]


def broken(violation: Violation, side: str) -> set[str]:
    """The decisions that are others than the proper ones."""
    proper = functions(getattr(PROPER, side))
    return {name for name, each in functions(getattr(violation.decisions, side)).items() if each is not proper[name]}


def test_each_rule_is_broken_or_said_to_be_unbreakable() -> None:
    """A rule of the seam has one violation or one reason why it has none; nothing else has either."""
    assert set(SEAM_RULES) == VIOLATIONS.keys() | UNBREAKABLE.keys()
    assert not VIOLATIONS.keys() & UNBREAKABLE.keys()


@pytest.mark.parametrize(("side", "rule", "decision"), tuple(marked()))
def test_each_decision_is_replaced_by_the_violation_of_its_rule(side: str, rule: str, decision: str) -> None:
    """A function that is marked with a rule is a place where that rule's violation breaks it."""
    violation = violation_of(rule)

    assert rule in SEAM_RULES
    assert isinstance(violation, Violation)
    assert decision in broken(violation, side)


@pytest.mark.parametrize("violation", VIOLATIONS.values(), ids=lambda each: each.rule)
def test_a_violation_breaks_something(violation: Violation) -> None:
    """Something is overridden or suspended, and what is suspended is a rule that the emulator has."""
    assert violation.suspend or any(broken(violation, side) for side in SIDES)
    assert violation.suspend <= {rule.id for rule in workato_emulator.rules()}
    assert violation.sentence.endswith(".")


def test_a_rule_of_the_emulator_is_broken_by_suspending_it() -> None:
    """Rules of Workato's side need no place of their own: the emulator can be told to keep silent."""
    for rule in workato_emulator.rules():
        violation = violation_of(rule.id)
        assert isinstance(violation, Violation)
        assert violation.suspend == {rule.id}
        assert violation.decisions == PROPER


def test_an_unknown_rule_has_no_violation() -> None:
    """A mistyped id is named."""
    with pytest.raises(LookupError, match="PNU-99"):
        violation_of("PNU-99")


@pytest.mark.parametrize("play", PLAYS, ids=lambda play: f"{play.rule} {play.holds.__name__}")
def test_a_broken_rule_shows(play: Play) -> None:
    """What the rule says comes true, and does not in the world where it is broken."""
    violation = violation_of(play.rule)
    assert not isinstance(violation, Unbreakable)

    assert play.holds(World(None, play.acme))
    assert not play.holds(World(violation, play.acme))


def test_every_violation_is_played() -> None:
    """No break is taken on trust."""
    assert {play.rule for play in PLAYS} == set(VIOLATIONS)
