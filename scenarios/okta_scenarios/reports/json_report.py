"""`report.json`: the same bytes for the same run, apart from `timing`."""

import json
from typing import Any

from okta_scenarios.reports.summary import STATUSES, Run
from okta_scenarios.runner import StepResult


def json_report(run: Run) -> str:
    return json.dumps(_document(run), indent=2, ensure_ascii=False) + "\n"


def _document(run: Run) -> dict[str, Any]:
    return {
        "scenarios": [
            {
                "id": result.id,
                "title": result.title,
                "file": result.file,
                "status": result.status,
                "rules": list(result.rules),
                **({} if result.failure is None else {"failure": _failure(result.failure)}),
            }
            for result in run.results
        ],
        "rules": [
            {
                "id": verdict.rule.id,
                "statement": verdict.rule.statement,
                "source": verdict.rule.source,
                "standing": verdict.rule.standing,
                "status": verdict.status,
                "scenarios": list(verdict.scenarios),
                "broken_by": verdict.broken_by,
                "last_seen_live": None,
            }
            for verdict in run.verdicts
        ],
        "summary": {
            "seed": run.seed,
            "scenarios": {"total": len(run.results), "passed": run.passed, "failed": run.failed},
            "rules": {"total": len(run.verdicts), **{status: run.rules(status) for status in STATUSES}},
        },
        "timing": {"seconds": round(run.seconds, 3)},
    }


def _failure(step: StepResult) -> dict[str, Any]:
    return {
        "step": step.number,
        "line": step.line,
        "title": step.title,
        "mismatches": [
            {"where": each.where, "expected": each.expected, "actual": each.actual} for each in step.mismatches
        ],
        "exchanges": [
            {
                "request": each.line,
                "sent": each.request,
                "status": each.status,
                "received": each.response,
            }
            for each in step.exchanges
        ],
        "tasks": list(step.tasks),
    }
