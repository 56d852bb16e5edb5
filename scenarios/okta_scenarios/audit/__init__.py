"""What running scenarios shows about documented rules, and about what no source settles.

A rule is verified only where breaking it is noticed. An assumption is decisive where a scenario fails under another
answer to its question.
"""

from okta_scenarios.audit.sweep import Consequence, Finding, Trial, Weight, play_trial, sweep, trials
from okta_scenarios.audit.verdicts import (
    Claims,
    Failing,
    Proof,
    RuleStatus,
    Verdict,
    claims_in,
    judge,
    judge_one,
)

__all__ = [
    "Claims",
    "Consequence",
    "Failing",
    "Finding",
    "Proof",
    "RuleStatus",
    "Trial",
    "Verdict",
    "Weight",
    "claims_in",
    "judge",
    "judge_one",
    "play_trial",
    "sweep",
    "trials",
]
