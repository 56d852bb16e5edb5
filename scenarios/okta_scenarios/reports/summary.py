"""What a run came to, in numbers and words that every report shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from okta_scenarios.audit import Finding, RuleStatus, Verdict, Weight
from okta_scenarios.play import ScenarioResult
from workato_emulator import counted

WEIGHTS: tuple[Weight, ...] = ("decisive", "harmless", "unconsulted")
STATUSES: tuple[RuleStatus, ...] = ("verified", "unnoticed", "unbreakable", "failed", "unclaimed")


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a report is made from. Two equal runs may differ in `seconds` and in when they were `made`.

    `whole` says that everything was played that comes with the tool, so that a rule which nobody claims is a gap; among
    scenarios of one's own it is none. `assumptions` are those that the run switched, for every scenario that did not
    settle them itself. `unplayed` counts the scenarios that an interrupted run did not come to, and those that cannot
    play where the others did (`target`); `not_playable` says why. `findings` are those of a sweep over the assumptions;
    None where there was none.
    """

    results: Sequence[ScenarioResult]
    verdicts: Sequence[Verdict]
    seed: int
    seconds: float
    whole: bool = True
    assumptions: Mapping[str, str] = field(default_factory=dict)
    made: str = ""
    interrupted: bool = False
    unplayed: int = 0
    target: str = "in process"
    findings: Sequence[Finding] | None = None
    not_playable: Mapping[str, str] = field(default_factory=dict)

    @property
    def passed(self) -> int:
        return sum(result.status == "passed" for result in self.results)

    @property
    def failed(self) -> int:
        return len(self.results) - self.passed

    @property
    def unnoticed(self) -> tuple[Verdict, ...]:
        """The rules that are claimed and not shown: breaking them is noticed at no step that claims them."""
        return tuple(verdict for verdict in self.verdicts if verdict.status == "unnoticed")

    def unnoticed_in(self, result: ScenarioResult) -> tuple[Verdict, ...]:
        """Those of them that this scenario claims."""
        return tuple(verdict for verdict in self.unnoticed if result.id in verdict.scenarios)

    @property
    def well(self) -> bool:
        """Whether every scenario passed and every claim was noticed."""
        return not self.failed and not self.unnoticed

    @property
    def shown_verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts that concern whoever reads this run."""
        return concerning(self.verdicts, whole=self.whole)

    @property
    def hidden_verdicts(self) -> int:
        return len(self.verdicts) - len(self.shown_verdicts)

    @property
    def with_faults(self) -> tuple[str, ...]:
        """The ids of the scenarios that make Workato fail on purpose."""
        return tuple(result.id for result in self.results if result.faults)

    @property
    def remarks(self) -> Sequence[str]:
        """What has to be known of the scenarios beside how many passed."""
        faults = [f"faults     armed by {', '.join(self.with_faults)}"] if self.with_faults else []
        return [*faults, *(f"not playable at {self.target}: {id_}, {why}" for id_, why in self.not_playable.items())]

    @property
    def swept(self) -> Sequence[Finding]:
        """What the sweep found, decisive assumptions first."""
        return sorted(self.findings or (), key=lambda finding: WEIGHTS.index(finding.weight))

    def rules(self, status: RuleStatus) -> int:
        return sum(verdict.status == status for verdict in self.verdicts)


def concerning(verdicts: Sequence[Verdict], *, whole: bool) -> tuple[Verdict, ...]:
    """All verdicts on the whole library; of a part of it, or of other scenarios, those on rules that they claim."""
    return tuple(verdict for verdict in verdicts if whole or verdict.status != "unclaimed")


def others_not_claimed(number: int) -> str:
    """That there are rules which these scenarios say nothing of."""
    return f"{counted(number, 'other rule is', 'other rules are')} not claimed by these scenarios"
