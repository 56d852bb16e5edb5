"""The documented rules of the seam, and how each is broken on purpose."""

from okta_scenarios.rules.catalogue import SEAM_RULES, SeamRule
from okta_scenarios.rules.known import KnownRule, known_rules
from okta_scenarios.rules.roads import OVER_SCIM, OverScim
from okta_scenarios.rules.violations import (
    UNBREAKABLE,
    VIOLATIONS,
    SeamDecisions,
    Unbreakable,
    Violation,
    breaking,
    violation_of,
)

__all__ = [
    "OVER_SCIM",
    "SEAM_RULES",
    "UNBREAKABLE",
    "VIOLATIONS",
    "KnownRule",
    "OverScim",
    "SeamDecisions",
    "SeamRule",
    "Unbreakable",
    "Violation",
    "breaking",
    "known_rules",
    "violation_of",
]
