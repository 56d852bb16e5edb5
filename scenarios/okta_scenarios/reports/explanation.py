"""A failed scenario, explained as a person would: where, what was claimed, what was different, what was said."""

from collections.abc import Iterator

from okta_scenarios.audit import known_rules
from okta_scenarios.reports.differences import LEGEND, difference, is_marked
from okta_scenarios.runner import ScenarioResult, StepResult

LONG = 1_000
"""Characters of a body that a person wants to see; the JSON report has all of them."""


def failure_text(result: ScenarioResult) -> str:
    """Everything about the step that failed. Nothing for a scenario that passed."""
    step = result.failure
    return "" if step is None else "\n".join(_in_full(result, step)) + "\n"


def failure_in_short(result: ScenarioResult) -> str:
    """Which scenario, where, and the first thing that was different."""
    step = result.failure
    if step is None:
        return ""
    first, *more = step.mismatches
    rest = f" (and {len(more)} more)" if more else ""
    lines = [*_heading(result, step), f"  {first.where}{rest}", *(f"    {each}" for each in _differences(step)[0])]
    return "\n".join(lines) + "\n"


def _in_full(result: ScenarioResult, step: StepResult) -> Iterator[str]:
    yield from _heading(result, step)
    if step.note:
        yield f"  note: {step.note}"
    for rule in step.proves:
        yield f"  claims {rule}: {known_rules()[rule].statement}"
    for mismatch, lines in zip(step.mismatches, _differences(step), strict=True):
        yield f"  {mismatch.where}  {LEGEND}" if is_marked(lines) else f"  {mismatch.where}"
        for line in lines:
            yield f"    {line}"
    yield "  on the wire" if step.exchanges else "  on the wire: nothing"
    for exchange in step.exchanges:
        sent = f"  {_cut(exchange.request)}" if exchange.request else ""
        yield f"    {exchange.line}{sent}"
        yield f"      {exchange.status or 'no answer'}  {_cut(exchange.response)}".rstrip()
    for task in step.tasks:
        yield f"  Okta's task: {task}"
    elsewhere = [rule for rule in result.rules if rule not in step.proves]
    if elsewhere:
        yield f"  claimed at other steps, and not shown by a scenario that fails: {', '.join(elsewhere)}"


def _heading(result: ScenarioResult, step: StepResult) -> Iterator[str]:
    yield f"FAILED {result.id} {result.title}"
    yield f"  {result.file}:{step.line}  step {step.number}: {step.title}"


def _differences(step: StepResult) -> list[list[str]]:
    return [list(difference(each.expected, each.actual)) for each in step.mismatches]


def _cut(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}… ({len(text)} characters)"
