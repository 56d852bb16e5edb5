"""What the scenario commands do, once its arguments are read. `cli` says how they are called."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex
from threading import Event

import click
from rich.console import Console

from okta_scenarios.assumptions import okta_assumptions
from okta_scenarios.audit import Verdict
from okta_scenarios.bundled import fixtures, suites
from okta_scenarios.checkouts import checked_out
from okta_scenarios.documents.arazzo import arazzo_document, arazzo_text
from okta_scenarios.documents.coverage import coverage_document, exercises_in, summary
from okta_scenarios.documents.editor_schema import editor_schema, plan_editor_schema
from okta_scenarios.documents.index import index_document, index_text
from okta_scenarios.documents.reference import reference
from okta_scenarios.documents.rulebook import rulebook
from okta_scenarios.error_codes import RUN_REPORT, RUN_TARGET
from okta_scenarios.language import Scenario, sources
from okta_scenarios.memory import Memory
from okta_scenarios.play import IN_PROCESS, World, not_playable
from okta_scenarios.progress import Played, play
from okta_scenarios.reports.comparison import Earlier, compared
from okta_scenarios.reports.failures import share_failing, where_it_belongs
from okta_scenarios.reports.files import ReportFile, spare, write
from okta_scenarios.reports.json_report import report_schema
from okta_scenarios.reports.rehearsal_json import rehearsal_schema
from okta_scenarios.reports.summary import Run, concerning, others_not_claimed
from okta_scenarios.reports.terminal import Detail, print_run
from okta_scenarios.rules import known_rules
from okta_scenarios.selection import Selection, Unusable, library, must_exist
from okta_scenarios.sharding import Shard
from okta_scenarios.targets import Live, Served, Target, TargetUnusable
from okta_scenarios.watch import saves
from okta_scenarios.workers import Job
from workato_emulator import (
    UnknownAssumption,
    choices_from,
    counted,
    interruptible,
    one_line,
    room,
    visible,
)
from workato_emulator.clock import machine_time
from workato_emulator.observed import Observed
from workato_emulator.text.error_codes.commands import ASSUME_UNKNOWN

WIDE = 160
BETWEEN_LOOKS = 0.3
"""Seconds between two looks at the files that are watched."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where scenarios play: in so many processes here, at a served emulator, or on a cluster."""

    processes: int | None = None
    target: str | None = None
    control_token: str | None = None
    replace_state: bool = False
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is meant, but for the scenarios."""

    seed: int
    audit: bool
    detail: Detail
    place: Place
    reports: tuple[ReportFile, ...]
    assumptions: Mapping[str, str]
    sweep: bool = False
    against: Earlier | None = None
    strict: bool = False
    exitfirst: bool = False
    shard: Shard | None = None
    observed: Observed = field(default_factory=Observed)


def run(
    paths: tuple[Path, ...],
    selection: Selection,
    options: RunOptions,
    memory: Memory,
    let_come: Callable[[], None] = lambda: None,
) -> int:
    """One run; its exit code. Raises `Unusable`, and `KeyboardInterrupt` when it has told what was played by then.

    `let_come` raises an interrupt that was held back so far.
    """
    must_exist(paths)
    for report in options.reports:
        spare(report, _files_of(paths))
    closely = any(report.kind == "html" for report in options.reports)
    started = time.perf_counter()
    with interruptible():
        everything: tuple[Scenario, ...] = ()
        chosen: tuple[Scenario, ...] = ()
        left_out: Mapping[str, str] = {}
        played = Played()
        try:
            let_come()
            everything = selection.of(library(paths))
            chosen = everything if options.shard is None else options.shard.share(everything)
            with _target(options.place) as target:
                playable, left_out = _divide(chosen, target)
                among = () if options.shard is None else _divide(everything, target)[0]
                job = Job(playable, options.seed, closely, World(options.assumptions), target, among)
                played = _play(
                    job, options.place, audit=options.audit, sweeping=options.sweep, exitfirst=options.exitfirst
                )
        except KeyboardInterrupt as interrupt:
            played.interrupt = interrupt
        outcome = Run(
            played.results,
            played.verdicts,
            options.seed,
            time.perf_counter() - started,
            whole=not paths and selection.everything and options.shard is None,
            assumptions=options.assumptions,
            made=time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
            interrupted=played.interrupt is not None,
            unplayed=len(chosen) - len(played.results),
            target=IN_PROCESS.name if options.place.target is None else one_line(options.place.target.rstrip("/")),
            findings=played.findings if options.sweep else None,
            not_playable=left_out,
            commit=checked_out() if options.reports else "",
            strict=options.strict,
            stopped=played.stopped,
            shard=options.shard,
            observed=options.observed,
            places={each.id: number for number, each in enumerate(everything, 1)},
        )
        if options.against is not None:
            outcome = replace(outcome, against=compared(options.against, played.results, outcome.shown_verdicts))
        memory.keep(played.results, {result.id for result in played.results if outcome.unnoticed_in(result)})
        print_run(_console(), outcome, options.detail)
        for report in options.reports:
            write(report, outcome)
        if played.interrupt is not None:
            raise played.interrupt
    return 0 if outcome.well else 1


def _divide(scenarios: Iterable[Scenario], target: Target) -> tuple[tuple[Scenario, ...], Mapping[str, str]]:
    """Those that can play at the target, and why the others cannot, by id."""
    reasons = {each.id: (each, not_playable(each, target)) for each in scenarios}
    playable = tuple(each for each, why in reasons.values() if why is None)
    return playable, {id_: why for id_, (_, why) in reasons.items() if why is not None}


def _play(
    job: Job, place: Place, *, audit: bool, thorough: bool = False, sweeping: bool = False, exitfirst: bool = False
) -> Played:
    """At a target one at a time: several processes would play over one another."""
    processes = place.processes if place.target is None else 1
    if not job.scenarios:  # a shard of fewer scenarios than there are shards
        processes = 1
    return play(
        job,
        processes,
        audit=audit,
        thorough=thorough,
        sweeping=sweeping,
        cluster=place.cluster,
        exitfirst=exitfirst,
    )


@contextmanager
def _target(place: Place) -> Iterator[Target]:
    """Where to play. Raises `Unusable`, also where something is wrong with the place later on."""
    if place.target is None:
        yield IN_PROCESS
        return
    if place.target.endswith(".toml"):
        with _live(Path(place.target)) as live:
            yield live
        return
    try:
        with Served(place.target, place.control_token, replace_state=place.replace_state) as served:
            yield served
    except TargetUnusable as unusable:
        raise Unusable(str(unusable), RUN_TARGET) from None


@contextmanager
def _live(file: Path) -> Iterator[Target]:
    """A live workspace, by its settings. Raises `Refused`, and `Unusable`."""
    from okta_scenarios.live import commands
    from okta_scenarios.live.ledger import Ledger

    settings = commands.settings_in(file)
    folder = file.with_name(f"{file.name}.run")
    how = commands.how_to_clean_up(file, folder)
    times = commands.real_times()
    try:
        with (
            commands.told_as_refusals(),
            commands.workspace_of(settings, file, None, times) as tenant,
            Live(settings, tenant, Ledger(folder), token_hex(3), how) as live,
        ):
            yield live
    except TargetUnusable as unusable:
        raise Unusable(str(unusable), RUN_TARGET) from None


def _files_of(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Every file that a run of these paths reads."""
    return sources(paths or (suites(),), fixtures())


def watch(paths: tuple[Path, ...], once: Callable[[], int]) -> None:
    """Run, and run again after every save. A file that cannot be used is waited for; a path that does not exist is not.

    Raises `Unusable` for such a path, and `KeyboardInterrupt` for an interrupt in the middle of a run. An interrupt
    while nothing is played is how watching ends: the exit code is that of the last run.
    """
    must_exist(paths)
    pause = Event()  # that nobody ever sets: waiting for it is how to wait
    watched = saves(lambda: _files_of(paths), lambda: pause.wait(BETWEEN_LOOKS))
    next(watched)
    while True:
        try:
            code = once()
        except Unusable as unusable:
            unusable.show()
            code = unusable.exit_code
        try:
            click.echo("\nwatching; Ctrl-C ends", err=True)
            next(watched)
        except KeyboardInterrupt:
            sys.exit(code)


def rule_book(observed: Observed) -> None:
    """Every rule, as the document, and what was seen on live tenants. Raises `Unusable`."""
    click.echo(rulebook(library((), to_play=False), observed, machine_time().date()), nl=False)


def export_arazzo(file: Path, paths: tuple[Path, ...], contract: str) -> None:
    """Scenarios as Arazzo. Raises `Unusable`."""
    document, left = arazzo_document(library(paths, to_play=False), contract)
    try:
        file.write_text(arazzo_text(document), encoding="utf-8")
    except OSError as error:
        raise Unusable(f"{file}: {error.strerror or error}", RUN_REPORT) from None
    click.echo(one_line(f"{file}: {counted(len(document['workflows']), 'workflow')}"))
    for id_, reason in left.items():
        click.echo(one_line(f"not expressible: {id_}: {reason}"))


def index(paths: tuple[Path, ...], *, markdown: bool) -> None:
    """Scenarios by family. Raises `Unusable`."""
    scenarios = library(paths, to_play=False)
    if markdown:
        click.echo(index_document(scenarios, Path() if paths else suites().resolve().parent), nl=False)
        return
    for line in index_text(scenarios):
        click.echo(one_line(line))


SCHEMAS: dict[str, Callable[[], str]] = {
    "scenario": editor_schema,
    "plan": plan_editor_schema,
    "report": report_schema,
    "rehearsal": rehearsal_schema,
}


def schema(of: str, *, markdown: bool) -> None:
    click.echo(reference() if markdown else SCHEMAS[of](), nl=False)


def audit(paths: tuple[Path, ...], seed: int, place: Place, let_come: Callable[[], None] = lambda: None) -> int:
    """Every rule that these scenarios claim, broken; the exit code. Raises `Unusable`."""
    with interruptible():
        try:
            let_come()
            scenarios = tuple(library(paths))
            with _target(place) as target:
                playable, left_out = _divide(scenarios, target)
                played = _play(Job(playable, seed, target=target), place, audit=True, thorough=True)
            for id_, why in left_out.items():
                click.echo(one_line(f"not playable at {target.name}: {id_}, {why}"))
        except KeyboardInterrupt as interrupt:
            played = Played(interrupt=interrupt)
        shown = concerning(played.verdicts, whole=not paths)
        for verdict in shown:
            click.echo(visible(_account(verdict)))
        wrong = [verdict for verdict in shown if verdict.status in {"unnoticed", "unclaimed", "failed"}]
        unbreakable = [verdict for verdict in shown if verdict.status == "unbreakable"]
        noticed = counted(len(shown) - len(wrong) - len(unbreakable), "rule")
        click.echo(f"\n{noticed} noticed when broken, {len(unbreakable)} cannot be broken, {len(wrong)} not shown")
        if played.interrupt is not None:
            untried = counted(len(known_rules()) - len(played.verdicts), "rule was", "rules were")
            click.echo(f"interrupted: {untried} not tried")
            raise played.interrupt
        if len(shown) < len(played.verdicts):
            click.echo(others_not_claimed(len(played.verdicts) - len(shown)))
    return 1 if wrong or any(result.status == "failed" for result in played.results) else 0


def coverage(*, markdown: bool) -> None:
    """What is served; as a document, with the scenarios that call it."""
    if not markdown:
        click.echo(summary(), nl=False)
        return
    with interruptible():
        played = play(Job(tuple(library(())), 0), None, audit=False)
        if played.interrupt is not None:
            raise played.interrupt
    click.echo(coverage_document(exercises_in(played.results)), nl=False)


def assumptions_from(texts: Iterable[str]) -> Mapping[str, str]:
    """Choices about Workato or Okta, as the command line has them. Raises `Unusable`."""
    try:
        return choices_from(texts, okta_assumptions())
    except UnknownAssumption as error:
        raise Unusable(str(error), ASSUME_UNKNOWN) from None


class _Page(Console):
    """A console that leaves it to the command line what to do when nobody reads any more."""

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704  (rich calls this while it handles the error)


def _console() -> Console:
    """The terminal, or a wide page where the output goes to a file: a table of 80 columns is hard to read there.

    Whoever sets COLUMNS has said how wide.
    """
    return _Page(width=room() or WIDE)


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
