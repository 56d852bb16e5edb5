"""A failed scenario, explained as a person would: where, what was claimed, what was different, what was said."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sized

from okta_scenarios.audit import Verdict
from okta_scenarios.play import ScenarioResult, StepResult
from okta_scenarios.reports.differences import LEGEND, difference, is_marked
from okta_scenarios.rules import known_rules
from workato_emulator import one_line

LONG = 1_000
"""Characters of a body that a person wants to see; the JSON report has all of them."""

CROWD = 20
"""Exchanges, and tasks, of one step that a person wants to see."""

MANY = 3
"""Steps that claim one rule and are named; a reader has to look at one of them."""


def failure_text(result: ScenarioResult) -> str:
    """Everything about the step that failed. Nothing for a scenario that passed."""
    step = result.failure
    return "" if step is None else _text(_in_full(result, step))


def failure_in_short(result: ScenarioResult) -> str:
    """Which scenario, where, and the first thing that was different."""
    step = result.failure
    if step is None:
        return ""
    first, *more = step.mismatches
    rest = f" (and {len(more)} more)" if more else ""
    lines = [*_heading(result, step), f"  {first.where}{rest}", *(f"    {each}" for each in _differences(step)[0])]
    return _text(lines)


def _text(lines: Iterable[str]) -> str:
    """Lines that stay lines: what a file or an answer brings along cannot end one, nor tell a terminal what to do."""
    return "".join(f"{one_line(line)}\n" for line in lines)


def unnoticed_text(verdict: Verdict, results: Iterable[ScenarioResult]) -> str:
    """A claim that proves nothing: what was broken, who claims it where, and where the claim belongs."""
    played = {result.id: result for result in results}
    lines = [f"UNNOTICED {verdict.rule.id} {verdict.rule.statement}", f"  broken: {verdict.broken_by}"]
    claims = [
        f"  claimed by {_place(played[id_], step)}"
        for id_ in verdict.scenarios
        for step in played[id_].steps
        if verdict.rule.id in step.proves
    ]
    lines += claims[:MANY]
    lines += [f"  and by {len(claims) - MANY} more"] if len(claims) > MANY else []
    lines.append(f"  {where_it_belongs(verdict)}")
    if verdict.belongs is not None and verdict.belongs.scenario in played:
        result = played[verdict.belongs.scenario]
        lines += [f"    {_place(result, step)}" for step in result.steps if step.number == verdict.belongs.failed_at]
    return "\n".join(lines) + "\n"


def where_it_belongs(verdict: Verdict) -> str:
    """The step at which an unnoticed claim would show something."""
    if verdict.belongs is None:
        return "no step of these scenarios fails when the rule is broken: expect something that depends on it"
    proof = verdict.belongs
    return f"the claim belongs at step {proof.failed_at} of {proof.scenario}, which fails then: {proof.what}"


def share_failing(verdict: Verdict) -> str:
    """How many of the scenarios that claim a rule fail."""
    many = len(verdict.scenarios)
    return f"{len(verdict.failing)} of {many} {'scenario' if many == 1 else 'scenarios'} that claim it failed"


def _place(result: ScenarioResult, step: StepResult) -> str:
    return f"{result.file}:{step.line}  step {step.number}: {step.title}"


def _in_full(result: ScenarioResult, step: StepResult) -> Iterator[str]:
    yield from _heading(result, step)
    if step.note:
        yield f"  note: {' '.join(step.note.split())}"
    for rule in step.proves:
        yield f"  claims {rule}: {known_rules()[rule].statement}"
    for mismatch, lines in zip(step.mismatches, _differences(step), strict=True):
        yield f"  {mismatch.where}  {LEGEND}" if is_marked(lines) else f"  {mismatch.where}"
        for line in lines:
            yield f"    {line}"
    yield "  on the wire" if step.exchanges else "  on the wire: nothing"
    for exchange in step.exchanges[:CROWD]:
        sent = f"  {_cut(exchange.request)}" if exchange.request else ""
        yield f"    {exchange.request_line}{sent}"
        yield f"      {exchange.status or 'no answer'}  {_cut(exchange.response)}".rstrip()
    yield from _rest(step.exchanges, "    ")
    for each in step.meanwhile:
        yield f"  meanwhile: {each}"
    tasks = Counter(step.tasks)
    for task, times in [*tasks.items()][:CROWD]:
        yield f"  Okta's task: {task}{f'  (x {times})' if times > 1 else ''}"
    yield from _rest(tasks, "  ")
    elsewhere = [rule for rule in result.rules if rule not in step.proves]
    if elsewhere:
        yield f"  claimed at other steps, and not shown by a scenario that fails: {', '.join(elsewhere)}"


def _rest(things: Sized, indent: str) -> Iterator[str]:
    if len(things) > CROWD:
        yield f"{indent}and {len(things) - CROWD} more, which the JSON report has"


def _heading(result: ScenarioResult, step: StepResult) -> Iterator[str]:
    yield f"FAILED {result.id} {result.title}"
    yield f"  {_place(result, step)}"


def _differences(step: StepResult) -> list[list[str]]:
    return [list(difference(each.expected, each.actual)) for each in step.mismatches]


def _cut(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}… ({len(text)} characters)"
