"""What a run came to, in numbers and words that every report shares."""

from collections.abc import Sequence
from dataclasses import dataclass

from okta_scenarios.audit import RuleStatus, Verdict
from okta_scenarios.runner import ScenarioResult

STATUSES: tuple[RuleStatus, ...] = ("verified", "unnoticed", "unbreakable", "failed", "unclaimed")


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a report is made from. `seconds` is the only part that two equal runs may differ in."""

    results: Sequence[ScenarioResult]
    verdicts: Sequence[Verdict]
    seed: int
    seconds: float

    @property
    def passed(self) -> int:
        return sum(result.status == "passed" for result in self.results)

    @property
    def failed(self) -> int:
        return len(self.results) - self.passed

    def rules(self, status: RuleStatus) -> int:
        return sum(verdict.status == status for verdict in self.verdicts)
