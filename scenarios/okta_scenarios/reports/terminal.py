"""What a person sees: failures explained, then the rules, then the sum."""

import json
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from okta_scenarios.audit import RuleStatus, Verdict, known_rules
from okta_scenarios.reports.summary import STATUSES, Run
from okta_scenarios.runner import ScenarioResult, StepResult
from okta_scenarios.runner.results import Plain

_COLOURS: dict[RuleStatus, str] = {
    "verified": "green",
    "unnoticed": "yellow",
    "unbreakable": "cyan",
    "failed": "red",
    "unclaimed": "dim",
}
_STANDINGS = ("assumed", "observed", "documented")
_LONG = 2_000


def print_run(console: Console, run: Run) -> None:
    for result in run.results:
        if result.failure is not None:
            console.print(escape(failure_text(result)), highlight=False, soft_wrap=True)
    print_rules(console, run.verdicts)
    console.print()
    console.print(_scenario_line(run), highlight=False)
    if run.verdicts:
        console.print(_rule_line(run), highlight=False)


def _scenario_line(run: Run) -> str:
    failed = f"[red]{run.failed} failed[/red]" if run.failed else "0 failed"
    return f"scenarios  {run.passed} passed, {failed}, in {run.seconds:.1f} s (seed {run.seed})"


def _rule_line(run: Run) -> str:
    parts = [f"[{_COLOURS[status]}]{run.rules(status)} {status}[/]" for status in STATUSES if run.rules(status)]
    return f"rules      {', '.join(parts)}"


def print_rules(console: Console, verdicts: Sequence[Verdict]) -> None:
    """The rule table: what we assume first, since pretending should be impossible."""
    if not verdicts:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("rule", "status", "standing", "scenarios", "what it says"):
        table.add_column(column, overflow="fold", no_wrap=column in {"rule", "status", "standing"})
    order = {rule: index for index, rule in enumerate(known_rules())}
    rows = sorted(verdicts, key=lambda verdict: (_STANDINGS.index(verdict.rule.standing), order[verdict.rule.id]))
    for verdict in rows:
        table.add_row(
            verdict.rule.id,
            f"[{_COLOURS[verdict.status]}]{verdict.status}[/]",
            verdict.rule.standing,
            _several(verdict.scenarios),
            escape(verdict.rule.statement),
        )
    console.print(table)


def _several(ids: tuple[str, ...]) -> str:
    shown = ids[:3]
    return ", ".join(shown) + (f" +{len(ids) - len(shown)}" if len(ids) > len(shown) else "")


def failure_text(result: ScenarioResult) -> str:
    """A failed scenario, explained: the step, what was expected, what was there, what went over the wire, the task."""
    step = result.failure
    return "" if step is None else "\n".join(_failure_lines(result, step)) + "\n"


def _failure_lines(result: ScenarioResult, step: StepResult) -> Iterator[str]:
    yield f"FAILED {result.id} {result.title}"
    yield f"  {result.file}:{step.line}  step {step.number}: {step.title}"
    for rule in step.proves:
        yield f"  claims {rule}: {known_rules()[rule].statement}"
    for each in step.mismatches:
        yield f"  {each.where}"
        yield f"    expected  {_plain(each.expected)}"
        yield f"    actual    {_plain(each.actual)}"
    yield "  on the wire" if step.exchanges else "  on the wire: nothing"
    for exchange in step.exchanges:
        sent = f"  {_cut(exchange.request)}" if exchange.request else ""
        yield f"    {exchange.line}{sent}"
        yield f"      {exchange.status or 'no answer'}  {_cut(exchange.response)}".rstrip()
    for task in step.tasks:
        yield f"  Okta's task: {task}"


def _plain(value: Plain) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG]}… ({len(text)} characters)"
