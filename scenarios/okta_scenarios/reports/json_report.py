"""`report.json`: the same bytes for the same run, apart from `timing`.

`report_shape` has its published shape.
"""

import json
from dataclasses import asdict
from importlib.metadata import version

from okta_scenarios.audit import Finding, Verdict
from okta_scenarios.bundled import family_of
from okta_scenarios.play import ScenarioResult, StepResult
from okta_scenarios.reports.comparison import Comparison
from okta_scenarios.reports.in_words import sentence
from okta_scenarios.reports.report_shape import (
    AgainstEntry,
    BelongsEntry,
    ConsequenceEntry,
    ExchangeEntry,
    FailingEntry,
    FailureEntry,
    FamilyEntry,
    FindingEntry,
    MismatchEntry,
    Report,
    RuleCounts,
    RuleEntry,
    ScenarioCounts,
    ScenarioEntry,
    StandingCounts,
    Summary,
    Timing,
)
from okta_scenarios.reports.summary import STANDINGS, STATUSES, Family, Run
from workato_emulator import text_without_secrets

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


def json_report(run: Run) -> str:
    return report_text(_report(run))


def report_text(report: Report) -> str:
    return json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def report_schema() -> str:
    """The JSON Schema of a report, as the file `report.schema.json` holds it."""
    schema = {"$schema": SCHEMA_ID, **Report.model_json_schema(mode="serialization")}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _report(run: Run) -> Report:
    return Report(
        scenarios=tuple(
            _scenario(each, run, run.places.get(each.id, number)) for number, each in enumerate(run.results, 1)
        ),
        rules=tuple(_rule(each, run) for each in run.verdicts),
        sweep=None if run.findings is None else tuple(map(_finding, run.swept)),
        summary=Summary(
            complete=run.complete,
            seed=run.seed,
            assumptions=dict(sorted(run.assumptions.items())),
            observed=dict(run.sightings),
            target=run.target,
            scenarios=ScenarioCounts(
                total=len(run.results) + run.unplayed,
                passed=run.passed,
                failed=run.failed,
                not_played=run.unplayed,
                with_faults=len(run.with_faults),
            ),
            rules=RuleCounts(total=len(run.verdicts), **{status: run.rules(status) for status in STATUSES}),
            standings={
                standing: StandingCounts(verified=verified, claimed=claimed)
                for standing, (verified, claimed) in ((each, run.standing(each)) for each in STANDINGS)
            },
            families=tuple(map(_family, run.families)),
            requests=run.requests,
            virtual_seconds=int(run.elapsed.total_seconds()),
            version=version("workato-emulator"),
            shard=None if run.shard is None else str(run.shard),
            shortcomings=tuple(run.shortcomings),
            commit=run.commit or None,
        ),
        against=None if run.against is None else _against(run.against),
        timing=Timing(seconds=round(run.seconds, 3)),
    )


def _family(family: Family) -> FamilyEntry:
    return FamilyEntry(
        folder=family.folder,
        title=family.title,
        total=family.total,
        passed=family.passed,
        unnoticed=family.unnoticed,
        failed=family.failed,
    )


def _against(earlier: Comparison) -> AgainstEntry:
    return AgainstEntry.model_validate(
        asdict(earlier) | {"rules": [{"id": id_, "before": before, "now": now} for id_, before, now in earlier.rules]}
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


def _scenario(result: ScenarioResult, run: Run, place: int) -> ScenarioEntry:
    return ScenarioEntry(
        id=result.id,
        title=result.title,
        file=result.file,
        status=result.status,
        rules=result.rules,
        faults=result.faults,
        warnings=tuple(warning for step in result.steps for warning in step.warnings),
        unnoticed=tuple(verdict.rule.id for verdict in run.unnoticed_in(result)),
        family=family_of(result.file),
        place=place,
        requests=result.requests,
        virtual_seconds=int(result.elapsed.total_seconds()),
        failure=None if result.failure is None else _failure(result.failure),
    )


def _failure(step: StepResult) -> FailureEntry:
    return FailureEntry(
        step=step.number,
        line=step.line,
        title=step.title,
        said=step.said or step.title,
        when=step.when,
        claims=step.proves,
        mismatches=tuple(
            MismatchEntry(
                where=each.where,
                expected=each.expected,
                actual=each.actual,
                in_words=text_without_secrets(sentence(each)),
            )
            for each in step.mismatches
        ),
        exchanges=tuple(
            ExchangeEntry(request=each.request_line, sent=each.request, status=each.status, received=each.response)
            for each in step.exchanges
        ),
        tasks=step.tasks,
    )


def _rule(verdict: Verdict, run: Run) -> RuleEntry:
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
            "last_seen_live": run.last_seen_live(verdict.rule),
        }
    )
