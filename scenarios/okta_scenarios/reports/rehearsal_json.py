"""`rehearsal.json`: the same bytes for the same plan."""

import json
from importlib.metadata import version

from okta_scenarios.rehearsal.alternatives import Answer
from okta_scenarios.reports.json_report import SCHEMA_ID
from okta_scenarios.reports.rehearsal_shape import (
    AlternativeEntry,
    ComparisonEntry,
    DayEntry,
    PersonEntry,
    RefusedEntry,
    RehearsalReport,
    RuleEntry,
    SeatsEntry,
    TaskEntry,
    WaitEntry,
)
from okta_scenarios.rules import known_rules


def rehearsal_json(answer: Answer) -> str:
    return json.dumps(_report(answer).model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def rehearsal_schema() -> str:
    """The JSON Schema of such a report, as the file `rehearsal.schema.json` holds it."""
    schema = {"$schema": SCHEMA_ID, **RehearsalReport.model_json_schema(mode="serialization")}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _report(answer: Answer) -> RehearsalReport:
    outcome = answer.outcome
    wait = outcome.wait
    return RehearsalReport(
        title=outcome.title,
        plan=outcome.file,
        starts=outcome.starts,
        ends=outcome.ends,
        version=version("workato-emulator"),
        people=tuple(map(PersonEntry.model_validate, outcome.rows)),
        fates=outcome.fates(),
        requests=outcome.requests,
        rate_limited=outcome.rate_limited,
        failed_requests=outcome.failed_requests,
        longest_wait=None if wait is None else WaitEntry(since=wait.since, seconds=wait.lasted.total_seconds()),
        days=tuple(map(DayEntry.model_validate, outcome.days)),
        seats={slug: SeatsEntry.model_validate(each) for slug, each in outcome.seats.items()},
        tasks=tuple(map(TaskEntry.model_validate, outcome.tasks)),
        refused=tuple(map(RefusedEntry.model_validate, outcome.refused)),
        rules=tuple(
            RuleEntry(id=rule, statement=known_rules()[rule].statement, times=times)
            for rule, times in outcome.rules.items()
        ),
        assumed=dict(sorted(answer.assumed.items())),
        consulted=tuple(sorted(outcome.consulted)),
        alternatives=tuple(
            AlternativeEntry(
                assumption=each.trial.assumption,
                question=each.question,
                assumed=each.trial.assumed,
                alternative=each.trial.alternative,
                impossible=each.impossible,
                comparison=ComparisonEntry.model_validate(each.comparison),
            )
            for each in answer.deciding
        ),
        harmless=len(answer.consequences) - len(answer.deciding),
        untried=answer.untried,
        against_plan=answer.against_file or None,
        against=None if answer.against is None else ComparisonEntry.model_validate(answer.against),
        notes=outcome.notes,
    )
