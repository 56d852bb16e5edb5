"""What `rehearse` does, once its arguments are read."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import click

from okta_org import OktaRefusal, UnknownName
from okta_scenarios.error_codes import RUN_PLAYER_GONE, RUN_UNUSABLE
from okta_scenarios.language.plan import Plan
from okta_scenarios.language.plan_reader import read_plan
from okta_scenarios.language.problems import Problems
from okta_scenarios.play import World, vocabulary
from okta_scenarios.progress import bars, count
from okta_scenarios.rehearsal.alternatives import Answer, Consequence, Replays
from okta_scenarios.rehearsal.comparison import compare
from okta_scenarios.rehearsal.outcome import Outcome
from okta_scenarios.rehearsal.playing import rehearse
from okta_scenarios.rehearsal.seeds import read_seeded
from okta_scenarios.reports.files import ReportFile, spare, write_text
from okta_scenarios.reports.rehearsal_csv import rehearsal_csv
from okta_scenarios.reports.rehearsal_html import rehearsal_html
from okta_scenarios.reports.rehearsal_json import rehearsal_json
from okta_scenarios.reports.rehearsal_text import rehearsal_text
from okta_scenarios.selection import Unusable
from okta_scenarios.targets import CannotBegin
from okta_scenarios.workers import Crew, cores
from workato_emulator import EPOCH, interruptible

REPORTS: Mapping[str, Callable[[Answer], str]] = {
    "html": rehearsal_html,
    "json": rehearsal_json,
    "csv": rehearsal_csv,
}


@dataclass(frozen=True, slots=True)
class RehearseOptions:
    """How a rehearsal is meant, but for the plan."""

    seed: int
    assumptions: Mapping[str, str]
    alternatives: bool
    processes: int | None = None
    against: Path | None = None
    reports: tuple[ReportFile, ...] = ()


def rehearse_plan(path: Path, options: RehearseOptions, let_come: Callable[[], None] = lambda: None) -> None:
    """Play the plan and say what comes of it. Raises `Unusable`, and `KeyboardInterrupt` once it has told so much."""
    with interruptible():
        let_come()
        plan = _plan(path)
        other = None if options.against is None else _plan(options.against)
        for report in options.reports:
            spare(report, (*plan.files, *(() if other is None else other.files)))
        world = World(options.assumptions)
        outcome = _outcome(plan, world, options.seed)
        against = None if other is None else compare(_outcome(other, world, options.seed), outcome)
        consequences: list[Consequence] = []
        interrupt: KeyboardInterrupt | None = None
        replays = Replays(plan, world, options.seed, outcome)
        trials = replays.trials()
        if options.alternatives:
            try:
                consequences.extend(_played(replays, options.processes))
            except KeyboardInterrupt as stopped:
                interrupt = stopped
        answer = Answer(
            outcome,
            options.assumptions,
            consequences,
            len(trials) - len(consequences),
            against,
            "" if options.against is None else str(options.against),
        )
        for line in rehearsal_text(answer):
            click.echo(line)
        for report in options.reports:
            write_text(report, REPORTS[report.kind](answer))
        if interrupt is not None:
            raise interrupt


def _plan(path: Path) -> Plan:
    plan = read_plan(path, vocabulary(), EPOCH, read_seeded)
    if isinstance(plan, Problems):
        raise Unusable(str(plan), None)
    return plan


def _outcome(plan: Plan, world: World, seed: int) -> Outcome:
    try:
        return rehearse(plan, world, seed=seed)
    except (CannotBegin, OktaRefusal, UnknownName) as why:
        raise Unusable(f"{plan.file}: {why}", RUN_UNUSABLE) from None


def _played(replays: Replays, processes: int | None) -> Iterator[Consequence]:
    """What hangs on each assumption, as it becomes known."""
    trials = replays.trials()
    many = min(cores() if processes is None else processes, len(trials))
    try:
        with Crew(replays, many) as crew, bars() as shown:
            yield from count(shown, "alternatives", len(trials), crew.each(Replays.play, trials))
    except BrokenProcessPool:
        raise Unusable(
            "a process that plays alternatives was ended from outside; -n 1 needs none", RUN_PLAYER_GONE
        ) from None
