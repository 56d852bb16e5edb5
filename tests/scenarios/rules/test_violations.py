"""Each rule of the seam can be broken, in the place that upholds it, and the break shows from outside."""

import inspect
from collections.abc import Callable, Iterator

import pytest

import workato_emulator
from okta_connector import OktaConnector
from okta_org import OktaOrg
from okta_scenarios.rules import SEAM_RULES, UNBREAKABLE, VIOLATIONS, Unbreakable, Violation, violation_of

from . import apps, people, several_orgs
from .play import Play
from .world import World

PLAYS = (*people.PLAYS, *apps.PLAYS, *several_orgs.PLAYS)

PROPER: tuple[type, ...] = (OktaConnector, OktaOrg)


def marked(proper: type) -> Iterator[tuple[str, str]]:
    """Each rule that a class upholds, with the method that does."""
    for name, method in inspect.getmembers(proper, inspect.isfunction):
        yield from ((rule, name) for rule in getattr(method, "upholds", ()))


def overridden(kind: type | None, proper: type) -> dict[str, Callable[..., object]]:
    """What a broken class does otherwise than the proper one; helpers of its own do not count."""
    classes = () if kind is None else [each for each in kind.mro() if each not in proper.mro()]
    return {
        name: member
        for each in classes
        for name, member in vars(each).items()
        if inspect.isfunction(member) and name in dir(proper) and name != "__init__"
    }


def broken(violation: Violation, proper: type) -> dict[str, Callable[..., object]]:
    return overridden(violation.connector if proper is OktaConnector else violation.org, proper)


def does(function: Callable[..., object]) -> tuple[object, ...]:
    code = function.__code__
    return code.co_code, code.co_consts, code.co_names


def test_each_rule_is_broken_or_said_to_be_unbreakable() -> None:
    """A rule of the seam has one violation or one reason why it has none; nothing else has either."""
    assert set(SEAM_RULES) == VIOLATIONS.keys() | UNBREAKABLE.keys()
    assert not VIOLATIONS.keys() & UNBREAKABLE.keys()


@pytest.mark.parametrize(
    ("proper", "rule", "method"), [(proper, rule, method) for proper in PROPER for rule, method in marked(proper)]
)
def test_each_guard_is_overridden_by_the_violation_of_its_rule(proper: type, rule: str, method: str) -> None:
    """A method that is marked with a rule is a place where that rule's violation breaks it."""
    violation = violation_of(rule)

    assert rule in SEAM_RULES
    assert isinstance(violation, Violation)
    assert method in broken(violation, proper)


@pytest.mark.parametrize("violation", VIOLATIONS.values(), ids=lambda each: each.rule)
def test_a_violation_overrides_guards_only_and_does_otherwise(violation: Violation) -> None:
    """Whatever a violation replaces upholds some rule, and is replaced by something else."""
    for proper in PROPER:
        guards = {method for _, method in marked(proper)}
        for name, replacement in broken(violation, proper).items():
            assert name in guards
            assert does(replacement) != does(inspect.unwrap(getattr(proper, name)))


@pytest.mark.parametrize("violation", VIOLATIONS.values(), ids=lambda each: each.rule)
def test_a_violation_breaks_something(violation: Violation) -> None:
    """Something is overridden or suspended, and what is suspended is a rule that the emulator has."""
    assert violation.suspend or violation.connector or violation.org
    assert violation.suspend <= {rule.id for rule in workato_emulator.rules()}
    assert violation.sentence.endswith(".")


def test_a_rule_of_the_emulator_is_broken_by_suspending_it() -> None:
    """Rules of Workato's side need no place of their own: the emulator can be told to keep silent."""
    for rule in workato_emulator.rules():
        violation = violation_of(rule.id)
        assert isinstance(violation, Violation)
        assert violation.suspend == {rule.id}
        assert violation.connector is None
        assert violation.org is None


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
