"""How each rule is broken on purpose, to see whether a scenario notices."""

from collections.abc import Iterable, Mapping

import workato_emulator
from okta_scenarios.rules.violations import (
    deactivation,
    groups,
    imports,
    new_users,
    over_scim,
    profile_updates,
    several_orgs,
)
from okta_scenarios.rules.violations.values import SeamDecisions, Unbreakable, Violation

__all__ = [
    "UNBREAKABLE",
    "VIOLATIONS",
    "SeamDecisions",
    "Unbreakable",
    "Violation",
    "breaking",
    "emulator_violations",
    "violation_of",
]

VIOLATIONS: Mapping[str, Violation] = {
    violation.rule: violation
    for family in (new_users, profile_updates, deactivation, imports, groups, several_orgs, over_scim)
    for violation in family.VIOLATIONS
}
"""By the id of the seam's rule."""

UNBREAKABLE: Mapping[str, Unbreakable] = {}
"""Rules of the seam that nothing upholds. There is none at present: each can be broken."""


def emulator_violations(rules: Iterable[str]) -> Mapping[str, Violation]:
    """A rule of Workato's side is broken by suspending it."""
    return {rule: Violation(rule, f"Workato does not hold {rule}.", suspend=frozenset({rule})) for rule in rules}


_EVERY: Mapping[str, Violation | Unbreakable] = {
    **emulator_violations(rule.id for rule in workato_emulator.rules()),
    **VIOLATIONS,
    **UNBREAKABLE,
}


def breaking(violation: Violation | Unbreakable) -> str:
    """How a rule is broken on purpose, or why it cannot be."""
    if isinstance(violation, Unbreakable):
        return f"cannot be broken: {violation.reason}"
    return f"broken by: {violation.sentence}"


def violation_of(rule: str) -> Violation | Unbreakable:
    """How this rule of either catalogue is broken, or why it cannot be. Raises `LookupError` for an unknown id."""
    if rule not in _EVERY:
        raise LookupError(f"no rule is called {rule!r}")
    return _EVERY[rule]
