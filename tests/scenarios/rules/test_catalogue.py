"""The catalogue of the seam's rules."""

import pytest

import workato_emulator
from okta_scenarios.assumptions import questions
from okta_scenarios.rules import SEAM_RULES, SeamRule, known_rules
from workato_emulator import Standing

FAMILIES = {"PNU": 10, "PPU": 8, "PUD": 10, "INU": 6, "IUS": 1, "EM": 2, "PG": 8, "CFG": 5, "GOV": 8, "OSC": 10}


def test_every_family_is_complete_and_in_order() -> None:
    """The ids run on without gaps, family by family."""
    expected = [f"{family}-{number}" for family, last in FAMILIES.items() for number in range(1, last + 1)]

    assert list(SEAM_RULES) == expected
    assert [rule.id for rule in SEAM_RULES.values()] == expected


def test_no_rule_is_in_both_catalogues() -> None:
    """An id means one thing, whether the seam or Workato's side holds the rule."""
    assert not SEAM_RULES.keys() & {rule.id for rule in workato_emulator.rules()}


@pytest.mark.parametrize("rule", SEAM_RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_is_one_sentence_and_says_how_we_know(rule: SeamRule) -> None:
    """A statement ends once, and a guess admits to being inferred."""
    assert rule.statement.endswith(".")
    assert ". " not in rule.statement
    assert rule.source
    assert rule.source.startswith("inferred") == (rule.standing is Standing.ASSUMED)


def test_a_source_names_assumptions_that_exist() -> None:
    """A report looks there for when the rule was seen at work."""
    named = {name for rule in known_rules().values() for name in rule.assumptions}

    assert "protected_removal" in named
    assert named <= {each.id for each in questions()}
    assert all(bool(rule.assumptions) == ("assumption" in rule.source) for rule in known_rules().values())


def test_no_two_rules_say_the_same() -> None:
    """Each statement is its rule's own."""
    statements = [rule.statement for rule in SEAM_RULES.values()]

    assert len(set(statements)) == len(statements)
