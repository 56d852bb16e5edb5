"""What a person sees: failures explained, then the rules, then the sum."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from rich.console import Console
from rich.markup import escape

from okta_scenarios.audit import Finding, RuleStatus, Verdict, Weight
from okta_scenarios.play import ScenarioResult
from okta_scenarios.reports.comparison import Comparison
from okta_scenarios.reports.failures import failure_in_short, failure_text, unnoticed_text
from okta_scenarios.reports.summary import STATUSES, WEIGHTS, Run, others_not_claimed
from okta_scenarios.rules import known_rules
from workato_emulator import one_line, print_table

READABLE = 90
"""Columns that the rule table needs. In fewer, each rule is a paragraph."""

WIDE_TABLE = 150
"""Columns that the table of assumptions needs."""

_COLOURS: dict[RuleStatus, str] = {
    "verified": "green",
    "unnoticed": "yellow",
    "unbreakable": "cyan",
    "failed": "red",
    "unclaimed": "dim",
}
_WEIGHT_COLOURS: dict[Weight, str] = {"decisive": "yellow", "harmless": "green", "unconsulted": "dim"}
_STYLES = {"FAILED ": "bold red", "UNNOTICED ": "bold yellow", "    - ": "red", "    + ": "green"}
_STANDINGS = ("assumed", "observed", "documented")


class Detail(StrEnum):
    """How much a person wants to read."""

    QUIET = "quiet"
    """The failures in short, and the sum."""
    NORMAL = "normal"
    """The first failure in full, the others in short, the rules, the sum."""
    VERBOSE = "verbose"
    """Every scenario step by step, and every failure in full."""


def print_run(console: Console, run: Run, detail: Detail = Detail.NORMAL) -> None:
    if detail is Detail.VERBOSE:
        for result in run.results:
            print_steps(console, result)
        console.print()
    for number, result in enumerate(each for each in run.results if each.failure is not None):
        full = detail is Detail.VERBOSE or (detail is Detail.NORMAL and number == 0)
        _print_lines(console, (failure_text if full else failure_in_short)(result))
    for verdict in run.unnoticed:
        _print_lines(console, unnoticed_text(verdict, run.results))
    if detail is not Detail.QUIET:
        print_rules(console, run.shown_verdicts)
        console.print()
        print_sweep(console, run.swept)
    _print_sums(console, run)


def _print_sums(console: Console, run: Run) -> None:
    """The last lines: how far the run came, in which world, and what it came to."""
    if run.interrupted:
        console.print("[yellow]interrupted: this is what was played by then[/yellow]", highlight=False)
    if run.stopped:
        console.print("[yellow]stopped at the first failure[/yellow]", highlight=False)
    if run.assumptions:
        console.print(_assumed_line(run), highlight=False, soft_wrap=True)
    for name, seen in run.sightings.items():
        _print_line(console, f"observed   {name}: {seen}{'; open' if run.observed.is_open(name) else ''}")
    console.print(_scenario_line(run), highlight=False)
    for line in run.remarks:
        _print_line(console, line)
    for line in _sums(run):
        console.print(line, highlight=False)
    for line in run.shortcomings:
        _print_line(console, f"strict     {line}", "red")
    _print_against(console, run.against)


def _print_lines(console: Console, text: str) -> None:
    for line in text.splitlines():
        _print_line(console, line, next((style for start, style in _STYLES.items() if line.startswith(start)), None))
    console.print()


def _print_line(console: Console, line: str, style: str | None = None) -> None:
    """A line as it is, however long, so that it can be copied."""
    console.print(one_line(line), style=style, markup=False, emoji=False, highlight=False, soft_wrap=True)


def print_steps(console: Console, result: ScenarioResult) -> None:
    """One scenario as it went: a line for each step that was played, with what it claims."""
    _print_line(console, f"{result.status} {result.id} {result.title}")
    for step in result.steps:
        claims = f"  claims {', '.join(step.proves)}" if step.proves else ""
        failed = "" if step.passed else "  FAILED"
        _print_line(console, f"  {step.number:2} {step.title}{claims}{failed}")
        for each in step.meanwhile:
            _print_line(console, f"     meanwhile: {each}")
        for warning in step.warnings:
            _print_line(console, f"     {warning}")


def _assumed_line(run: Run) -> str:
    chosen = ", ".join(f"{name}={value}" for name, value in sorted(run.assumptions.items()))
    return f"assumed    {chosen}; where a scenario says otherwise, the scenario wins"


def _scenario_line(run: Run) -> str:
    failed = f"[red]{run.failed} failed[/red]" if run.failed else "0 failed"
    unplayed = f", [yellow]{run.unplayed} not played[/yellow]" if run.unplayed else ""
    share = "" if run.shard is None else f", shard {run.shard}"
    place = "" if run.target == "in process" else f", at {escape(run.target)}"
    return f"scenarios  {run.passed} passed, {failed}{unplayed}, in {run.seconds:.1f} s (seed {run.seed}{share}{place})"


def _rule_line(run: Run) -> str:
    shown = [verdict.status for verdict in run.shown_verdicts]
    parts = [f"[{_COLOURS[status]}]{shown.count(status)} {status}[/]" for status in STATUSES if status in shown]
    line = f"rules      {', '.join(parts) or 'none claimed'}"
    if run.hidden_verdicts:
        line += f"\n{others_not_claimed(run.hidden_verdicts)}"
    return line


def print_rules(console: Console, verdicts: Sequence[Verdict]) -> None:
    """The rule table: what we assume first, since pretending should be impossible."""
    if not verdicts:
        return
    order = {rule: index for index, rule in enumerate(known_rules())}
    rows = sorted(verdicts, key=lambda verdict: (_STANDINGS.index(verdict.rule.standing), order[verdict.rule.id]))
    print_table(console, ("rule", "status", "standing", "scenarios", "what it says"), map(_row, rows), room=READABLE)


def _row(verdict: Verdict) -> Sequence[str]:
    return (
        verdict.rule.id,
        f"[{_COLOURS[verdict.status]}]{verdict.status}[/]",
        verdict.rule.standing,
        escape(one_line(_where(verdict))),
        escape(verdict.rule.statement),
    )


def _where(verdict: Verdict) -> str:
    """The scenarios of a rule; of one that failed, how many failed, which, and at which step."""
    if not verdict.failing:
        return _several(verdict.scenarios)
    failing = _several(f"{each.scenario} at step {each.step}" for each in verdict.failing)
    return f"{len(verdict.failing)} of {len(verdict.scenarios)} failed: {failing}"


def _several(names: Iterable[str]) -> str:
    shown, rest = [*names][:3], [*names][3:]
    return ", ".join(shown) + (f" +{len(rest)}" if rest else "")


def _sums(run: Run) -> Iterable[str]:
    if run.verdicts:
        yield _rule_line(run)
    if run.findings is not None:
        yield _sweep_line(run)


def _print_against(console: Console, earlier: Comparison | None) -> None:
    """What is different from an earlier run, in a line for each kind of difference."""
    if earlier is None:
        return
    found = {
        "newly failed": earlier.newly_failed,
        "fixed": earlier.fixed,
        "still failed": earlier.still_failed,
        "not there before": earlier.added,
        "not played this time": earlier.not_played,
        "rules": tuple(f"{id_} was {before}, is {now}" for id_, before, now in earlier.rules),
    }
    for what, names in found.items():
        if names:
            _print_line(console, f"against    {what}: {_several(names)}")
    if earlier.same:
        _print_line(console, f"against    {earlier.file}: nothing is different")


def _sweep_line(run: Run) -> str:
    weights = [finding.weight for finding in run.swept]
    parts = [f"[{_WEIGHT_COLOURS[each]}]{weights.count(each)} {each}[/]" for each in WEIGHTS if each in weights]
    return f"questions  {', '.join(parts) or 'none tried to its end'}"


def print_sweep(console: Console, findings: Sequence[Finding]) -> None:
    """What hangs on which assumption: a row for each alternative under which something fails, or one for all.

    Those that nothing consulted share a line: a run of a few scenarios leaves most of them open.
    """
    consulted = [each for each in findings if each.weight != "unconsulted"]
    unconsulted = [each.question.id for each in findings if each.weight == "unconsulted"]
    if consulted:
        columns = ("assumption", "status", "scenarios", "rules", "the question, and what would answer it")
        print_table(console, columns, (row for each in consulted for row in _sweep_rows(each)), room=WIDE_TABLE)
    if unconsulted:
        _print_line(console, f"unconsulted: {_several(unconsulted)}")
    if findings:
        console.print()


def _sweep_rows(finding: Finding) -> Iterable[Sequence[str]]:
    question = finding.question
    settled = f"; settled by {_several(finding.settled_by)}" if finding.settled_by else ""
    status = f"[{_WEIGHT_COLOURS[finding.weight]}]{finding.weight}[/]"
    asked = escape(f"{question.question} {question.probe}" if finding.consequences else question.question)
    if not finding.consequences:
        yield question.id, status, escape(one_line(f"{len(finding.consulted_by)} passed{settled}")), "", asked
    for alternative in dict.fromkeys(each.alternative for each in finding.consequences):
        failing = [each for each in finding.consequences if each.alternative == alternative]
        where = _several(f"{each.scenario} at step {each.step}" for each in failing)
        rules = _several(dict.fromkeys(rule for each in failing for rule in each.rules))
        yield f"{question.id}={alternative}", status, escape(one_line(where + settled)), escape(rules), asked
