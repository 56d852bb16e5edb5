"""The scenario commands of `workato-emulator`: run, check, rules, index, schema, audit, coverage.

Exit codes: 0 everything passed, 1 something failed, 2 nothing ran or the input is unusable.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TypeVar

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from okta_scenarios.audit import Verdict, known_rules
from okta_scenarios.bundled import suites
from okta_scenarios.explanations import RUN_UNKNOWN_ID
from okta_scenarios.language import sources
from okta_scenarios.language.schema import schema_text
from okta_scenarios.memory import FOLDER, Memory
from okta_scenarios.players import Players, Script
from okta_scenarios.reports.coverage import coverage_document, exercised, summary
from okta_scenarios.reports.exercises import modules_by_operation
from okta_scenarios.reports.files import ReportFile, report_file, write
from okta_scenarios.reports.index import index_document, index_text
from okta_scenarios.reports.json_report import report_schema
from okta_scenarios.reports.rulebook import breaking, rulebook
from okta_scenarios.reports.summary import Run, concerning
from okta_scenarios.reports.terminal import Detail, print_run
from okta_scenarios.rules import violation_of
from okta_scenarios.runner import ScenarioResult
from okta_scenarios.selection import Unusable, Wanted, library, unknown
from okta_scenarios.watch import saves
from workato_emulator import UnknownAssumption, choices_from

T = TypeVar("T")

WIDE = 160
BETWEEN_LOOKS = 0.3
"""Seconds between two looks at the files that are watched."""

_paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
_seed = click.option("--seed", default=0, show_default=True, help="Another seed gives other surnames and ids.")
_processes = click.option(
    "-n",
    "processes",
    type=click.IntRange(min=1),
    metavar="N",
    help="Play in N processes. By default one per core, where there is enough to play.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a run is meant, but for the scenarios."""

    seed: int
    audit: bool
    detail: Detail
    processes: int | None
    reports: tuple[ReportFile, ...]
    assumptions: Mapping[str, str]


@click.command()
@_paths
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only scenarios that prove this rule.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only scenarios with this tag.")
@click.option("--text", "texts", multiple=True, metavar="TEXT", help="Only scenarios with this in their id or title.")
@click.option("--failed", is_flag=True, help="Only scenarios that failed the last time they ran here.")
@click.option("--watch", is_flag=True, help="Run again whenever one of the files is saved, until Ctrl-C.")
@click.option("-q", "--quiet", "detail", flag_value="quiet", help="Only failures, in short, and the sum.")
@click.option("-v", "--verbose", "detail", flag_value="verbose", help="Every step, and every failure in full.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="KIND=FILE",
    callback=lambda _context, _option, given: tuple(map(report_file, given)),
    help="Write a report: html=FILE, json=FILE, junit=FILE, tap=FILE.",
)
@click.option("--audit/--no-audit", default=True, help="Break each claimed rule and see it noticed. On by default.")
@click.option(
    "--assume",
    "assumptions",
    multiple=True,
    metavar="NAME=VALUE",
    callback=lambda _context, _option, given: _assumed(given),
    help="Settle an open question for the scenarios that leave it open. Repeatable.",
)
@_processes
@_seed
def run(
    paths: tuple[Path, ...],
    rules: tuple[str, ...],
    tags: tuple[str, ...],
    texts: tuple[str, ...],
    failed: bool,
    watch: bool,
    detail: str | None,
    reports: tuple[ReportFile, ...],
    audit: bool,
    assumptions: Mapping[str, str],
    processes: int | None,
    seed: int,
) -> None:
    """Play scenarios, and show which documented rules hold.

    PATHS are scenario files or folders; without any, the scenarios that come with the tool.
    """
    asked = Asked(seed, audit, Detail(detail or Detail.NORMAL), processes, reports, assumptions)
    memory = Memory(Path(FOLDER))

    def once() -> int:
        wanted = Wanted(rules, tags, texts, memory.failed() if failed else None)
        return _run(paths, wanted, asked, memory)

    if watch:
        _watch(paths, once)
    else:
        sys.exit(once())


def _run(paths: tuple[Path, ...], wanted: Wanted, asked: Asked, memory: Memory) -> int:
    """One run; its exit code. Raises `Unusable`."""
    chosen = wanted.of(library(paths))
    closely = any(report.kind == "html" for report in asked.reports)
    script = Script(tuple(each.assuming(asked.assumptions) for each in chosen), asked.seed, closely)
    started = time.perf_counter()
    results, verdicts = _play(script, asked.processes, audit=asked.audit)
    whole = not paths and wanted.everything
    outcome = Run(results, verdicts, asked.seed, time.perf_counter() - started, whole, asked.assumptions)
    memory.keep(results)
    print_run(_console(), outcome, asked.detail)
    for report in asked.reports:
        write(report, outcome)
    return 1 if outcome.failed else 0


def _watch(paths: tuple[Path, ...], once: Callable[[], int]) -> None:
    """Run, and run again after every save. What cannot be used is said, and waited for to be mended."""
    pause = Event()  # that nobody ever sets: waiting for it is how to wait
    code = 0
    try:
        for _ in saves(lambda: sources(paths or (suites(),)), lambda: pause.wait(BETWEEN_LOOKS)):
            try:
                code = once()
            except Unusable as unusable:
                unusable.show()
                code = unusable.exit_code
            click.echo("\nwatching; Ctrl-C ends", err=True)
    except KeyboardInterrupt:
        sys.exit(code)


@click.command()
@_paths
def check(paths: tuple[Path, ...]) -> None:
    """Read scenarios and say what is wrong with them, without running any."""
    found = library(paths)
    for warning in found.warnings:
        click.echo(f"warning: {warning}")
    count = len(found)
    click.echo(f"{count} {'scenario' if count == 1 else 'scenarios'}, nothing wrong")


@click.command()
@click.argument("rule", required=False)
@click.option("--markdown", is_flag=True, help="All of them as the document emulator/RULES.md.")
def rules(rule: str | None, markdown: bool) -> None:
    """Explain a rule: what it says, how we know, how it is broken on purpose, which scenarios prove it."""
    scenarios = library(())
    if markdown:
        click.echo(rulebook(scenarios), nl=False)
        return
    known = known_rules()
    if rule is None:
        for each in known.values():
            click.echo(f"{each.id:8}  {each.standing:10}  {each.statement}")
        return
    if rule not in known:
        raise Unusable(unknown("rule", rule, known), RUN_UNKNOWN_ID)
    each = known[rule]
    click.echo(f"{each.id}  {each.statement}")
    click.echo(f"  standing   {each.standing}")
    click.echo(f"  source     {each.source}")
    click.echo(f"  {breaking(violation_of(each.id))}")
    for scenario in scenarios:
        if rule in scenario.rules:
            click.echo(f"  scenario   {scenario.id}  {scenario.title}")


@click.command()
@_paths
@click.option("--markdown", is_flag=True, help="As the document scenarios/INDEX.md.")
def index(paths: tuple[Path, ...], markdown: bool) -> None:
    """List scenarios by family: id, title, and the rules that each claims."""
    scenarios = library(paths)
    if markdown:
        click.echo(index_document(scenarios, Path() if paths else suites().resolve().parent), nl=False)
        return
    for line in index_text(scenarios):
        click.echo(line)


SCHEMAS: dict[str, Callable[[], str]] = {"scenario": schema_text, "report": report_schema}


@click.command()
@click.argument("of", type=click.Choice(tuple(SCHEMAS)), default="scenario")
def schema(of: str) -> None:
    """Print a JSON Schema: of scenario files, for editors, or of the JSON report."""
    click.echo(SCHEMAS[of](), nl=False)


@click.command("audit")
@_paths
@_processes
@_seed
def audit(paths: tuple[Path, ...], processes: int | None, seed: int) -> None:
    """Break every rule on purpose and show which scenario notices, and where.

    Of scenarios of your own, every rule that they claim.
    """
    results, verdicts = _play(Script(tuple(library(paths)), seed), processes, audit=True, thorough=True)
    shown = concerning(verdicts, whole=not paths)
    console = _console()
    for verdict in shown:
        console.print(escape(_account(verdict)), highlight=False, soft_wrap=True)
    wrong = [verdict for verdict in shown if verdict.status in {"unnoticed", "unclaimed", "failed"}]
    unbreakable = [verdict for verdict in shown if verdict.status == "unbreakable"]
    console.print(
        f"\n{len(shown) - len(wrong) - len(unbreakable)} rules noticed when broken, "
        f"{len(unbreakable)} cannot be broken, {len(wrong)} not shown",
        highlight=False,
    )
    if len(shown) < len(verdicts):
        console.print(f"{len(verdicts) - len(shown)} other rules are not claimed by these scenarios", highlight=False)
    sys.exit(1 if wrong or any(result.status == "failed" for result in results) else 0)


@click.command()
@click.option("--markdown", is_flag=True, help="All of it as the document emulator/COVERAGE.md.")
def coverage(markdown: bool) -> None:
    """Show which documented operations are served, and what exercises each of them.

    Plays the scenarios that come with the tool. Test modules are found in a checkout only.
    """
    if not markdown:
        click.echo(summary(), nl=False)
        return
    results, _ = _play(Script(tuple(library(())), 0), None, audit=False)
    click.echo(coverage_document(exercised(results), modules_by_operation()), nl=False)


def _assumed(texts: Iterable[str]) -> Mapping[str, str]:
    try:
        return choices_from(texts)
    except UnknownAssumption as error:
        raise Unusable(str(error), error.code) from None


class _Page(Console):
    """A console that leaves it to the command line what to do when nobody reads any more."""

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704  (rich calls this while it handles the error)


def _console() -> Console:
    """The terminal, or a wide page where the output goes to a file: a table of 80 columns is hard to read there."""
    return _Page() if sys.stdout.isatty() else _Page(width=WIDE)


def _account(verdict: Verdict) -> str:
    lines = [f"{verdict.rule.id:8} {verdict.status:11} {verdict.broken_by}"]
    for failing in verdict.failing:
        claims = "which claims it" if verdict.rule.id in failing.claims else "which does not claim it"
        lines.append(f"           {failing.scenario} fails at step {failing.step}, {claims}, with nothing broken")
    for proof in verdict.proofs:
        if proof.failed_at is None:
            lines.append(f"           {proof.scenario} claims it and does not notice")
        elif proof.noticed:
            lines.append(f"           {proof.scenario} notices at step {proof.failed_at}: {proof.what}")
        else:
            lines.append(
                f"           {proof.scenario} fails at step {proof.failed_at}, which does not claim it: {proof.what}"
            )
    return "\n".join(lines)


def _play(
    script: Script, processes: int | None, *, audit: bool, thorough: bool = False
) -> tuple[list[ScenarioResult], tuple[Verdict, ...]]:
    with Players(script, processes) as players, _bars() as bars:
        results = list(_counted(bars, "scenarios", len(script.scenarios), players.play()))
        if not audit:
            return results, ()
        return results, tuple(_counted(bars, "rules", len(known_rules()), players.judge(results, thorough=thorough)))


def _bars() -> Progress:
    """Progress bars for whoever sits at a terminal, gone in the end. A CI server's log has no use for them."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal or bool(os.environ.get("CI")),
    )


def _counted(bars: Progress, what: str, total: int, things: Iterable[T]) -> Iterator[T]:
    return iter(bars.track(things, total, description=what))
