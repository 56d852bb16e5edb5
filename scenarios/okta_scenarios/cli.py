"""The scenario commands of `workato-emulator`: run, check, rules, schema, audit.

Exit codes: 0 everything passed, 1 something failed, 2 nothing ran or the input is unusable.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from okta_scenarios.audit import Verdict, judge, known_rules
from okta_scenarios.bundled import suites
from okta_scenarios.language import Library, Problems, Scenario, load
from okta_scenarios.language.problems import nearest
from okta_scenarios.language.schema import schema_text
from okta_scenarios.reports.json_report import json_report
from okta_scenarios.reports.junit import junit_report
from okta_scenarios.reports.rulebook import breaking, rulebook
from okta_scenarios.reports.summary import Run
from okta_scenarios.reports.terminal import print_run
from okta_scenarios.rules import violation_of
from okta_scenarios.runner import ScenarioResult, run_scenario, vocabulary

WIDE = 160
REPORTS: dict[str, Callable[[Run], str]] = {"json": json_report, "junit": junit_report}

_paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
_seed = click.option("--seed", default=0, show_default=True, help="Another seed gives other surnames and ids.")


@click.command()
@_paths
@click.option("--rule", "wanted", multiple=True, metavar="ID", help="Only scenarios that prove this rule.")
@click.option("--report", "reports", multiple=True, metavar="KIND=FILE", help="Write a report: json=FILE, junit=FILE.")
@click.option("--audit/--no-audit", default=True, help="Break each claimed rule and see it noticed. On by default.")
@_seed
def run(paths: tuple[Path, ...], wanted: tuple[str, ...], reports: tuple[str, ...], audit: bool, seed: int) -> None:
    """Play scenarios, and show which documented rules hold.

    PATHS are scenario files or folders; without any, the scenarios that come with the tool.
    """
    writers = [_report(each) for each in reports]
    scenarios = _chosen(_library(paths), wanted)
    started = time.perf_counter()
    results, verdicts = _play(scenarios, seed, audit=audit)
    outcome = Run(results, verdicts, seed, time.perf_counter() - started)
    print_run(_console(), outcome)
    for kind, file in writers:
        _write(file, REPORTS[kind](outcome))
    sys.exit(1 if outcome.failed else 0)


@click.command()
@_paths
def check(paths: tuple[Path, ...]) -> None:
    """Read scenarios and say what is wrong with them, without running any."""
    library = _library(paths)
    for warning in library.warnings:
        click.echo(f"warning: {warning}")
    count = len(library)
    click.echo(f"{count} {'scenario' if count == 1 else 'scenarios'}, nothing wrong")


@click.command()
@click.argument("rule", required=False)
@click.option("--markdown", is_flag=True, help="All of them as the document emulator/RULES.md.")
def rules(rule: str | None, markdown: bool) -> None:
    """Explain a rule: what it says, how we know, how it is broken on purpose, which scenarios prove it."""
    library = _library(())
    if markdown:
        click.echo(rulebook(library), nl=False)
        return
    known = known_rules()
    if rule is None:
        for each in known.values():
            click.echo(f"{each.id:8}  {each.standing:10}  {each.statement}")
        return
    each = known.get(rule) or _give_up(_unknown_rule(rule))
    click.echo(f"{each.id}  {each.statement}")
    click.echo(f"  standing   {each.standing}")
    click.echo(f"  source     {each.source}")
    click.echo(f"  {breaking(violation_of(each.id))}")
    for scenario in library:
        if rule in scenario.rules:
            click.echo(f"  scenario   {scenario.id}  {scenario.title}")


@click.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    click.echo(schema_text(), nl=False)


@click.command("audit")
@_paths
@_seed
def audit(paths: tuple[Path, ...], seed: int) -> None:
    """Break every rule on purpose and show which scenario notices, and where."""
    scenarios = tuple(_library(paths))
    results, verdicts = _play(scenarios, seed, audit=True, thorough=True)
    console = _console()
    for verdict in verdicts:
        console.print(escape(_account(verdict)), highlight=False, soft_wrap=True)
    wrong = [verdict for verdict in verdicts if verdict.status in {"unnoticed", "unclaimed", "failed"}]
    unbreakable = [verdict for verdict in verdicts if verdict.status == "unbreakable"]
    console.print(
        f"\n{len(verdicts) - len(wrong) - len(unbreakable)} rules noticed when broken, "
        f"{len(unbreakable)} cannot be broken, {len(wrong)} not shown",
        highlight=False,
    )
    sys.exit(1 if wrong or any(result.status == "failed" for result in results) else 0)


def _console() -> Console:
    """The terminal, or a wide page where the output goes to a file: a table of 80 columns is hard to read there."""
    return Console() if sys.stdout.isatty() else Console(width=WIDE)


def _account(verdict: Verdict) -> str:
    lines = [f"{verdict.rule.id:8} {verdict.status:11} {verdict.broken_by}"]
    for proof in verdict.proofs:
        if proof.noticed_at is None:
            lines.append(f"           {proof.scenario} claims it and does not notice")
        else:
            lines.append(f"           {proof.scenario} notices at step {proof.noticed_at}: {proof.what}")
    return "\n".join(lines)


def _play(
    scenarios: Sequence[Scenario], seed: int, *, audit: bool, thorough: bool = False
) -> tuple[list[ScenarioResult], tuple[Verdict, ...]]:
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    results: list[ScenarioResult] = []
    with bar:
        playing = bar.add_task("scenarios", total=len(scenarios))
        for scenario in scenarios:
            results.append(run_scenario(scenario, seed=seed))
            bar.advance(playing)
        if not audit:
            return results, ()
        breaking = bar.add_task("rules", total=len(known_rules()))
        return results, judge(
            scenarios, results, seed=seed, thorough=thorough, tell=lambda _rule: bar.advance(breaking)
        )


def _library(paths: tuple[Path, ...]) -> Library:
    chosen = paths or (suites(),)
    for path in chosen:
        if not path.exists():
            _give_up(f"{path}: no such file or folder")
    found = load(chosen, vocabulary())
    if isinstance(found, Problems):
        _give_up(str(found))
    if not len(found):
        _give_up(f"{', '.join(map(str, chosen))}: no scenarios there")
    return found


def _chosen(library: Library, wanted: tuple[str, ...]) -> tuple[Scenario, ...]:
    for rule in wanted:
        if rule not in known_rules():
            _give_up(_unknown_rule(rule))
    chosen = tuple(each for each in library if not wanted or set(wanted) & set(each.rules))
    if not chosen:
        _give_up(f"no scenario proves {', '.join(wanted)}")
    return chosen


def _unknown_rule(rule: str) -> str:
    meant = nearest(rule, known_rules())
    return f"no rule is called {rule!r}" + (f"; did you mean {meant!r}?" if meant else "")


def _report(text: str) -> tuple[str, Path]:
    kind, _, file = text.partition("=")
    if kind not in REPORTS or not file:
        _give_up(f"--report takes {' or '.join(f'{each}=FILE' for each in REPORTS)}, not {text!r}")
    return kind, Path(file)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        _give_up(f"{file}: {error.strerror}")


def _give_up(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)
