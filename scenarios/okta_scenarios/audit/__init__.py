"""What running scenarios shows about the documented rules: verified only where breaking a rule is noticed."""

from okta_scenarios.audit.verdicts import Proof, RuleStatus, Verdict, judge, known_rules

__all__ = ["Proof", "RuleStatus", "Verdict", "judge", "known_rules"]
