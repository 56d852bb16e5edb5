"""What running scenarios shows about the documented rules: verified only where breaking a rule is noticed."""

from okta_scenarios.audit.verdicts import (
    Claims,
    Failing,
    Proof,
    RuleStatus,
    Verdict,
    claims_in,
    judge,
    judge_one,
    known_rules,
)

__all__ = ["Claims", "Failing", "Proof", "RuleStatus", "Verdict", "claims_in", "judge", "judge_one", "known_rules"]
