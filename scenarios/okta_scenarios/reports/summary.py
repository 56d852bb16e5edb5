"""What a run came to, in numbers and words that every report shares."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from okta_scenarios.audit import Finding, RuleStatus, Verdict, Weight
from okta_scenarios.bundled import FAMILIES, family_of, in_order
from okta_scenarios.play import ScenarioResult
from okta_scenarios.reports.comparison import Comparison
from okta_scenarios.rules import KnownRule
from okta_scenarios.sharding import Shard
from workato_emulator import counted
from workato_emulator.observed import Observed

WEIGHTS: tuple[Weight, ...] = ("decisive", "harmless", "unconsulted")
NOT_EMULATED = 501
NOT_EMULATED_CODES = ('"not_emulated"', '"declined"')
"""How the emulator answers what it declines or does not do: in its own dialect, whatever the door."""
STANDINGS = ("documented", "observed", "assumed")
STATUSES: tuple[RuleStatus, ...] = ("verified", "unnoticed", "unbreakable", "failed", "unclaimed")


@dataclass(frozen=True, slots=True)
class Family:
    """What the scenarios of one folder came to. Those that pass with a claim that is unnoticed are counted apart."""

    folder: str
    passed: int = 0
    unnoticed: int = 0
    failed: int = 0

    @property
    def title(self) -> str:
        return FAMILIES.get(self.folder, self.folder)

    @property
    def total(self) -> int:
        return self.passed + self.unnoticed + self.failed


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a report is made from. Two equal runs may differ in `seconds` and in when they were `made`.

    `whole` says that everything was played that comes with the tool, so that a rule which nobody claims is a gap; among
    scenarios of one's own it is none. `assumptions` are those that the run switched, for every scenario that did not
    settle them itself. `unplayed` counts the scenarios that an interrupted run did not come to, and those that cannot
    play where the others did (`target`); `not_playable` says why. `findings` are those of a sweep over the assumptions;
    None where there was none. `commit` is what is checked out where the run was started. `against` is an earlier run.
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
    commit: str = ""
    against: Comparison | None = None
    strict: bool = False
    stopped: bool = False
    """Whether the first failure ended the run (`--exitfirst`)."""
    shard: Shard | None = None
    observed: Observed = field(default_factory=Observed)
    """What was seen on live tenants, of which the run assumed what is settled."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Where each scenario came among all that were chosen, from 1, by its id."""

    @property
    def sightings(self) -> Mapping[str, str]:
        """What was observed, by assumption: the value, when and where; of an open one, what was seen where."""
        today = date.fromisoformat(self.made[:10]) if self.made else date.max
        return {
            name: ", ".join(f"{each.value} ({each.in_words(today)})" for each in self.observed.of(name))
            for name in dict.fromkeys(each.assumption for each in self.observed.sightings)
        }

    def last_seen_live(self, rule: KnownRule) -> date | None:
        """When a live tenant last answered all that the rule's source leaves open, and as this run assumes it."""
        settled = self.observed.choices()
        if any(name not in settled or self.assumptions.get(name) != settled[name] for name in rule.assumptions):
            return None
        newest = (self.observed.newest(name) for name in rule.assumptions)
        return min((seen.date for seen in newest if seen is not None), default=None)

    @property
    def passed(self) -> int:
        return sum(result.status == "passed" for result in self.results)

    @property
    def failed(self) -> int:
        return len(self.results) - self.passed

    @property
    def unnoticed(self) -> tuple[Verdict, ...]:
        """The rules that are claimed and not shown: breaking them is noticed at no step that claims them.

        Of a shard none is, as another may show it.
        """
        if self.shard is not None:
            return ()
        return tuple(verdict for verdict in self.verdicts if verdict.status == "unnoticed")

    def unnoticed_in(self, result: ScenarioResult) -> tuple[Verdict, ...]:
        """Those of them that this scenario claims."""
        return tuple(verdict for verdict in self.unnoticed if result.id in verdict.scenarios)

    @property
    def well(self) -> bool:
        """Whether every scenario passed and every claim was noticed, and a strict run shows all it could."""
        return not self.failed and not self.unnoticed and not self.shortcomings

    @property
    def complete(self) -> bool:
        """Whether everything was played that was to be."""
        return not self.interrupted and not self.stopped

    @property
    def shortcomings(self) -> Sequence[str]:
        """What a strict run fails for, although nothing failed."""
        if not self.strict:
            return ()
        return (
            *(f"not playable at {self.target}: {id_}, {why}" for id_, why in self.not_playable.items()),
            *(
                f"not emulated (501): {exchange.request_line} at step {step.number} of {result.id}"
                for result in self.results
                for step in result.steps
                for exchange in step.exchanges
                if exchange.status == NOT_EMULATED and any(code in exchange.response for code in NOT_EMULATED_CODES)
            ),
            *(
                f"cannot be broken: {verdict.rule.id}, {verdict.broken_by}"
                for verdict in self.shown_verdicts
                if verdict.status == "unbreakable"
            ),
            *(f"claimed by no scenario: {each.rule.id}" for each in self.shown_verdicts if each.status == "unclaimed"),
        )

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

    @property
    def requests(self) -> int:
        return sum(result.requests for result in self.results)

    @property
    def elapsed(self) -> timedelta:
        """How much time passed by the scenarios' own clocks, all together: the same on every machine."""
        return sum((result.elapsed for result in self.results), timedelta())

    @property
    def families(self) -> Sequence[Family]:
        """What each family came to, in the order of the library."""
        found: dict[str, Counter[str]] = {}
        for result in self.results:
            came_to = "failed" if result.failure is not None else "unnoticed" if self.unnoticed_in(result) else "passed"
            found.setdefault(family_of(result.file), Counter())[came_to] += 1
        return [Family(folder, **found[folder]) for folder in sorted(found, key=in_order)]

    def standing(self, standing: str) -> tuple[int, int]:
        """How many of the claimed rules that are known in this way are verified, and how many there are."""
        known = [verdict for verdict in self.verdicts if verdict.rule.standing == standing]
        claimed = [verdict for verdict in known if verdict.status != "unclaimed"]
        return sum(verdict.status == "verified" for verdict in claimed), len(claimed)

    def rules(self, status: RuleStatus) -> int:
        return sum(verdict.status == status for verdict in self.verdicts)


def concerning(verdicts: Sequence[Verdict], *, whole: bool) -> tuple[Verdict, ...]:
    """All verdicts on the whole library; of a part of it, or of other scenarios, those on rules that they claim."""
    return tuple(verdict for verdict in verdicts if whole or verdict.status != "unclaimed")


def others_not_claimed(number: int) -> str:
    """That there are rules which these scenarios say nothing of."""
    return f"{counted(number, 'other rule is', 'other rules are')} not claimed by these scenarios"
