"""`report.json`: the same bytes for the same run, apart from `timing`.

The models are the published shape: `report.schema.json` is made from them.
"""

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from okta_scenarios.audit import Finding, RuleStatus, Verdict, Weight
from okta_scenarios.play import ScenarioResult, StepResult
from okta_scenarios.play.results import Status
from okta_scenarios.reports.summary import STATUSES, Run

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class MismatchEntry(_Part):
    """One expectation that was not met."""

    where: str
    """The key in the scenario file, such as `expect.member.dev`."""
    expected: Any
    """What was expected; a matcher as it was written."""
    actual: Any
    """What was there."""


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
    last_seen_live: None
    """When it was last seen to hold on a live tenant: never, so far."""


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


class Summary(_Part):
    """The run in numbers."""

    complete: bool
    """False where somebody interrupted the run: what was played by then is here, and nothing else."""
    seed: int
    """The seed of people and ids."""
    assumptions: dict[str, str]
    """What the run assumed (`--assume`), for every scenario that does not settle it itself."""
    target: str
    """Where the scenarios played: `in process`, or the address of a served emulator."""
    scenarios: ScenarioCounts
    """How many scenarios came to what."""
    rules: RuleCounts
    """How many rules came to what; nothing but zeros where no rule was broken (`--no-audit`)."""


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
    timing: Timing
    """What two equal runs may differ in."""


def json_report(run: Run) -> str:
    return json.dumps(_report(run).model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def report_schema() -> str:
    """The JSON Schema of a report, as the file `report.schema.json` holds it."""
    schema = {"$schema": SCHEMA_ID, **Report.model_json_schema(mode="serialization")}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _report(run: Run) -> Report:
    return Report(
        scenarios=tuple(_scenario(each, run) for each in run.results),
        rules=tuple(map(_rule, run.verdicts)),
        sweep=None if run.findings is None else tuple(map(_finding, run.swept)),
        summary=Summary(
            complete=not run.interrupted,
            seed=run.seed,
            assumptions=dict(sorted(run.assumptions.items())),
            target=run.target,
            scenarios=ScenarioCounts(
                total=len(run.results) + run.unplayed,
                passed=run.passed,
                failed=run.failed,
                not_played=run.unplayed,
                with_faults=len(run.with_faults),
            ),
            rules=RuleCounts(total=len(run.verdicts), **{status: run.rules(status) for status in STATUSES}),
        ),
        timing=Timing(seconds=round(run.seconds, 3)),
    )


def _finding(finding: Finding) -> FindingEntry:
    return FindingEntry(
        id=finding.question.id,
        question=finding.question.question,
        status=finding.weight,
        base=finding.base,
        alternatives=finding.alternatives,
        consequences=tuple(
            ConsequenceEntry(alternative=each.alternative, scenario=each.scenario, step=each.step, where=each.where)
            for each in finding.consequences
        ),
        rules=finding.rules,
        consulted_by=finding.consulted_by,
        settled_by=finding.settled_by,
        probe=finding.question.probe,
    )


def _scenario(result: ScenarioResult, run: Run) -> ScenarioEntry:
    return ScenarioEntry(
        id=result.id,
        title=result.title,
        file=result.file,
        status=result.status,
        rules=result.rules,
        faults=result.faults,
        warnings=tuple(warning for step in result.steps for warning in step.warnings),
        unnoticed=tuple(verdict.rule.id for verdict in run.unnoticed_in(result)),
        failure=None if result.failure is None else _failure(result.failure),
    )


def _failure(step: StepResult) -> FailureEntry:
    return FailureEntry(
        step=step.number,
        line=step.line,
        title=step.title,
        claims=step.proves,
        mismatches=tuple(
            MismatchEntry(where=each.where, expected=each.expected, actual=each.actual) for each in step.mismatches
        ),
        exchanges=tuple(
            ExchangeEntry(request=each.request_line, sent=each.request, status=each.status, received=each.response)
            for each in step.exchanges
        ),
        tasks=step.tasks,
    )


def _rule(verdict: Verdict) -> RuleEntry:
    return RuleEntry.model_validate(
        {
            "id": verdict.rule.id,
            "statement": verdict.rule.statement,
            "source": verdict.rule.source,
            "standing": verdict.rule.standing,
            "status": verdict.status,
            "scenarios": verdict.scenarios,
            "failing": tuple(
                FailingEntry(scenario=each.scenario, step=each.step, claims_it=verdict.rule.id in each.claims)
                for each in verdict.failing
            ),
            "belongs": None
            if verdict.belongs is None
            else BelongsEntry(
                scenario=verdict.belongs.scenario, step=verdict.belongs.failed_at or 0, where=verdict.belongs.what
            ),
            "broken_by": verdict.broken_by,
            "last_seen_live": None,
        }
    )
