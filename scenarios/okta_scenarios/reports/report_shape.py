"""The published shape of the JSON report: `report.schema.json` is made from these models. It only ever grows."""

from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict

from okta_scenarios.audit import RuleStatus, Weight
from okta_scenarios.language.models.described import Described
from okta_scenarios.play.results import Status


class _Part(Described):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class MismatchEntry(_Part):
    """One expectation that was not met."""

    where: str
    """The key in the scenario file, such as `expect.member.dev`."""
    expected: Any
    """What was expected; a matcher as it was written."""
    actual: Any
    """What was there."""
    in_words: str
    """Both in a sentence, such as `Expected an invitation; there was none`."""


class ExchangeEntry(_Part):
    """One HTTP exchange with Workato. Headers, and with them tokens, are not kept."""

    request: str
    """Method and path."""
    sent: str
    """The request's body as it was sent."""
    status: int | None
    """The HTTP status; null where no answer came."""
    received: str
    """The answer's body as it came."""


class FailureEntry(_Part):
    """The step that failed. A scenario ends there."""

    step: int
    """Its number, from 1; 0 where what is given could not be set up."""
    line: int
    """The line in the file that the step starts in."""
    title: str
    """The step in a few words."""
    said: str
    """What the step did, in a sentence; names of things that are not people stand between asterisks."""
    when: str
    """When, by the scenario's own clock: `day 3, 09:00`."""
    claims: tuple[str, ...]
    """The rules that this very step claims. Those of other steps count as failed with it."""
    mismatches: tuple[MismatchEntry, ...]
    """What was different."""
    exchanges: tuple[ExchangeEntry, ...]
    """What the step sent, in order."""
    tasks: tuple[str, ...]
    """Okta's open tasks after the step, as an admin would read them."""


class ScenarioEntry(_Part):
    """One scenario that was played."""

    id: str
    """The id, such as SC-040."""
    title: str
    """What it shows."""
    file: str
    """Its file, as it was found."""
    status: Status
    """Whether every step held."""
    rules: tuple[str, ...]
    """The rules that its steps claim, in the order in which they come up."""
    faults: tuple[str, ...]
    """The faults that its steps arm, such as `inviteCollaborator 502`: there Workato was made to fail."""
    unnoticed: tuple[str, ...]
    """Those of its rules that are unnoticed: the run fails for them, although every step held."""
    warnings: tuple[str, ...]
    """What Okta's System Log warned of, such as an administrator who was linked to a lesser role."""
    family: str
    """The folder of its file."""
    requests: int
    """How many requests it sent to Workato."""
    virtual_seconds: int
    """How much time passed by its own clock."""
    place: int
    """Where it came among all that were chosen, those of other shards included, from 1."""
    failure: FailureEntry | None
    """The step that failed; null where none did."""


class FailingEntry(_Part):
    """A scenario that claims the rule and failed."""

    scenario: str
    """Its id."""
    step: int
    """The step that failed."""
    claims_it: bool
    """Whether that very step claims the rule."""


class BelongsEntry(_Part):
    """Where a claim would be noticed."""

    scenario: str
    """A scenario's id."""
    step: int
    """Its first step that fails when the rule is broken."""
    where: str
    """The expectation that is not met then."""


class RuleEntry(_Part):
    """One documented rule."""

    id: str
    """The id, such as PNU-1."""
    statement: str
    """What it says."""
    source: str
    """Where that is said."""
    standing: Literal["documented", "observed", "assumed"]
    """How it is known."""
    status: RuleStatus
    """verified: a claim was noticed to fail when the rule was broken. unnoticed: it was not. unbreakable: there is no
    way to break it. failed: a claiming scenario failed. unclaimed: none claims it."""
    scenarios: tuple[str, ...]
    """The scenarios that claim it."""
    failing: tuple[FailingEntry, ...]
    """Those of them that failed."""
    belongs: BelongsEntry | None
    """Of an unnoticed rule, where its claim belongs; null where no step fails when the rule is broken."""
    broken_by: str
    """How it was broken on purpose, or why it cannot be."""
    last_seen_live: date | None
    """The day on which a live tenant last answered the open questions that its source names (`--assume-file`), as the
    run assumes them; null where it names none, or one was not seen or is open."""


class ConsequenceEntry(_Part):
    """A scenario that does not pass under an alternative."""

    alternative: str
    """What was assumed instead."""
    scenario: str
    """Its id."""
    step: int
    """The step that fails then; 0 where what is given cannot be set up."""
    where: str
    """The expectation that is not met then."""


class FindingEntry(_Part):
    """One assumption: an open question about Workato or Okta."""

    id: str
    """The id, such as update_scope."""
    question: str
    """What is not known."""
    status: Weight
    """decisive: a scenario fails under an alternative. harmless: every scenario that consulted the assumption passes
    under each. unconsulted: no scenario consulted it and left it open."""
    base: str
    """What was assumed in the plain run."""
    alternatives: tuple[str, ...]
    """What else was tried."""
    consequences: tuple[ConsequenceEntry, ...]
    """The scenarios that fail, by alternative."""
    rules: tuple[str, ...]
    """The rules that hang on it: those that a failing scenario claims."""
    consulted_by: tuple[str, ...]
    """The scenarios that were played again under each alternative."""
    settled_by: tuple[str, ...]
    """The scenarios that settle it themselves, and were not played in another world."""
    probe: str
    """What would answer the question on a live tenant."""


class ScenarioCounts(_Part):
    total: int
    passed: int
    failed: int
    not_played: int
    """How many an interrupted run did not come to."""
    with_faults: int
    """How many of them arm a fault."""


class RuleCounts(_Part):
    total: int
    verified: int
    unnoticed: int
    unbreakable: int
    failed: int
    unclaimed: int


class StandingCounts(_Part):
    claimed: int
    """How many rules that are known in this way a scenario claims."""
    verified: int
    """How many of them are verified."""


class FamilyEntry(_Part):
    """What the scenarios of one folder came to."""

    folder: str
    """The folder's name."""
    title: str
    """What it is about; the folder's name where that is not known."""
    total: int
    passed: int
    """How many passed with every claim noticed."""
    unnoticed: int
    """How many passed with a claim that is unnoticed."""
    failed: int


class Summary(_Part):
    """The run in numbers."""

    complete: bool
    """False where somebody interrupted the run, its first failure ended it (`--exitfirst`), or a shard is missing: what
    was played is here, and nothing else."""
    seed: int
    """The seed of people and ids."""
    assumptions: dict[str, str]
    """What the run assumed (`--assume`), for every scenario that does not settle it itself."""
    observed: dict[str, str]
    """What was seen on live tenants (`--assume-file`): by assumption the value, and when and where it was seen."""
    target: str
    """Where the scenarios played: `in process`, or the address of a served emulator."""
    scenarios: ScenarioCounts
    """How many scenarios came to what."""
    rules: RuleCounts
    """How many rules came to what; nothing but zeros where no rule was broken (`--no-audit`)."""
    standings: dict[str, StandingCounts]
    """The claimed rules by how they are known: documented, observed, assumed."""
    families: tuple[FamilyEntry, ...]
    """What each family came to."""
    requests: int
    """How many requests were sent to Workato."""
    virtual_seconds: int
    """How much time passed by the scenarios' own clocks, all together: the same on every machine."""
    version: str
    """The version of the tool."""
    shard: str | None
    """Which share of a run this is, such as `2/4`; null of a whole one."""
    shortcomings: tuple[str, ...]
    """What a strict run fails for beside failures and unnoticed rules; nothing without `--strict`."""
    commit: str | None
    """What is checked out where the run was started; null outside a checkout."""


class RuleChange(_Part):
    """A rule whose status is another one now."""

    id: str
    before: str
    now: RuleStatus


class AgainstEntry(_Part):
    """What is different from an earlier run (`--against`). Scenarios by id."""

    file: str
    """The name of the earlier report's file."""
    newly_failed: tuple[str, ...]
    fixed: tuple[str, ...]
    still_failed: tuple[str, ...]
    added: tuple[str, ...]
    """Not there in the earlier run."""
    not_played: tuple[str, ...]
    """There in the earlier run, and not played this time."""
    rules: tuple[RuleChange, ...]


class Timing(_Part):
    """What two equal runs may differ in."""

    seconds: float
    """How long the run took."""


class Report(_Part):
    """What `workato-emulator run --report json=FILE` writes."""

    scenarios: tuple[ScenarioEntry, ...]
    """Every scenario that was played, in the order of the files."""
    rules: tuple[RuleEntry, ...]
    """Every rule there is; none with `--no-audit`."""
    sweep: tuple[FindingEntry, ...] | None
    """Every assumption with what hangs on it, decisive ones first; null without `--sweep`."""
    summary: Summary
    """The run in numbers."""
    against: AgainstEntry | None
    """What is different from an earlier run; null without `--against`."""
    timing: Timing
    """What two equal runs may differ in."""
