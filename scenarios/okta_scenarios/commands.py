"""What the scenario commands do, once it is known what was asked. `cli` says how they are called."""

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
from okta_scenarios.explanations import RUN_REPORT, RUN_UNKNOWN_ID
from okta_scenarios.language import sources
from okta_scenarios.language.schema import schema_text
from okta_scenarios.memory import Memory
from okta_scenarios.org import okta_assumptions
from okta_scenarios.players import Players, Script
from okta_scenarios.reports.arazzo import arazzo_document, arazzo_text
from okta_scenarios.reports.coverage import coverage_document, exercised, summary
from okta_scenarios.reports.exercises import modules_by_operation
from okta_scenarios.reports.explanation import share_failing, where_it_belongs
from okta_scenarios.reports.files import ReportFile, write
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


@dataclass(frozen=True, slots=True)
class Asked:
    """How a run is meant, but for the scenarios."""

    seed: int
    audit: bool
    detail: Detail
    processes: int | None
    reports: tuple[ReportFile, ...]
    assumptions: Mapping[str, str]


def run(paths: tuple[Path, ...], wanted: Wanted, asked: Asked, memory: Memory) -> int:
    """One run; its exit code. Raises `Unusable`."""
    chosen = wanted.of(library(paths))
    closely = any(report.kind == "html" for report in asked.reports)
    script = Script(tuple(each.assuming(asked.assumptions) for each in chosen), asked.seed, closely)
    started = time.perf_counter()
    results, verdicts = _play(script, asked.processes, audit=asked.audit)
    whole = not paths and wanted.everything
    took = time.perf_counter() - started
    made = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    outcome = Run(results, verdicts, asked.seed, took, whole, asked.assumptions, made)
    memory.keep(results, {result.id for result in results if outcome.unnoticed_in(result)})
    print_run(_console(), outcome, asked.detail)
    for report in asked.reports:
        write(report, outcome)
    return 0 if outcome.well else 1


def watch(paths: tuple[Path, ...], once: Callable[[], int]) -> None:
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


def check(paths: tuple[Path, ...]) -> None:
    """Say what is wrong with these scenarios. Raises `Unusable`."""
    found = library(paths)
    for warning in found.warnings:
        click.echo(f"warning: {warning}")
    count = len(found)
    click.echo(f"{count} {'scenario' if count == 1 else 'scenarios'}, nothing wrong")


def rules(rule: str | None, *, markdown: bool) -> None:
    """One rule, or a line on each of them. Raises `Unusable`."""
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


def export_arazzo(file: Path, paths: tuple[Path, ...], contract: str) -> None:
    """Scenarios as Arazzo. Raises `Unusable`."""
    document, left = arazzo_document(library(paths), contract)
    try:
        file.write_text(arazzo_text(document), encoding="utf-8")
    except OSError as error:
        raise Unusable(f"{file}: {error.strerror or error}", RUN_REPORT) from None
    click.echo(f"{file}: {len(document['workflows'])} workflows")
    for id_, reason in left.items():
        click.echo(f"not expressible: {id_}: {reason}")


def index(paths: tuple[Path, ...], *, markdown: bool) -> None:
    """Scenarios by family. Raises `Unusable`."""
    scenarios = library(paths)
    if markdown:
        click.echo(index_document(scenarios, Path() if paths else suites().resolve().parent), nl=False)
        return
    for line in index_text(scenarios):
        click.echo(line)


SCHEMAS: dict[str, Callable[[], str]] = {"scenario": schema_text, "report": report_schema}


def schema(of: str) -> None:
    click.echo(SCHEMAS[of](), nl=False)


def audit(paths: tuple[Path, ...], processes: int | None, seed: int) -> int:
    """Every rule that these scenarios claim, broken; the exit code. Raises `Unusable`."""
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
    return 1 if wrong or any(result.status == "failed" for result in results) else 0


def coverage(*, markdown: bool) -> None:
    """What is served; as a document, with what exercises it."""
    if not markdown:
        click.echo(summary(), nl=False)
        return
    results, _ = _play(Script(tuple(library(())), 0), None, audit=False)
    click.echo(coverage_document(exercised(results), modules_by_operation()), nl=False)


def assumed(texts: Iterable[str]) -> Mapping[str, str]:
    """Choices about Workato or Okta, as the command line has them. Raises `Unusable`."""
    try:
        return choices_from(texts, okta_assumptions())
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
    if verdict.failing:
        lines.append(f"           {share_failing(verdict)}")
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
    if verdict.status == "unnoticed":
        lines.append(f"           {where_it_belongs(verdict)}")
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
