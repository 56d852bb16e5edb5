"""Playing a job to its end, or until somebody stops it: what was played by then is kept either way."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from okta_scenarios.audit import Consequence, Finding, Verdict, sweep, trials
from okta_scenarios.cluster import ClusterUnusable
from okta_scenarios.error_codes import RUN_CLUSTER, RUN_PLAYER_GONE
from okta_scenarios.play import ScenarioResult
from okta_scenarios.rules import known_rules
from okta_scenarios.selection import Unusable
from okta_scenarios.workers import Job, Workers

T = TypeVar("T")


@dataclass(slots=True)
class Played:
    """What a job came to so far. `interrupt` is what stopped it before its end."""

    results: list[ScenarioResult] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    findings: Sequence[Finding] = ()
    interrupt: KeyboardInterrupt | None = None
    stopped: bool = False
    """Whether the first failure ended it."""


def play(
    job: Job,
    processes: int | None,
    *,
    audit: bool,
    thorough: bool = False,
    sweeping: bool = False,
    cluster: str | None = None,
    exitfirst: bool = False,
) -> Played:
    """Play all scenarios, and with `audit` break the rules that they claim. Raises `Unusable`.

    With `exitfirst` the first failure is the end: nothing is broken and nothing is played again.

    `sweeping`, play them again under every alternative of the assumptions that they consulted. With the address of a
    `cluster`, its workers do that.
    """
    played = Played()
    try:
        with Workers(job, processes, cluster) as workers, bars() as shown:
            for result in count(shown, "scenarios", len(job.scenarios), workers.play()):
                played.results.append(result)
                if exitfirst and result.failure is not None:
                    played.stopped = True
                    return played
            if audit:
                judged = workers.judge(played.results, thorough=thorough)
                for verdict in count(shown, "rules", len(known_rules()), judged):
                    played.verdicts.append(verdict)
            if sweeping:
                _sweep(workers, shown, played)
    except KeyboardInterrupt as interrupt:
        played.interrupt = interrupt
    except ClusterUnusable as unusable:
        raise Unusable(str(unusable), RUN_CLUSTER) from None
    except BrokenProcessPool:
        raise Unusable(
            "a process that plays scenarios was ended from outside; -n 1 needs none", RUN_PLAYER_GONE
        ) from None
    return played


def _sweep(workers: Workers, shown: Progress, played: Played) -> None:
    job = workers.job
    settled = job.scenarios, played.results, job.world.assumptions
    again = trials(*settled)
    outcomes: list[Consequence | None] = []
    try:
        outcomes.extend(count(shown, "alternatives", len(again), workers.vary(again)))
    finally:
        played.findings = sweep(*settled, outcomes)


def bars() -> Progress:
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


def count(shown: Progress, what: str, total: int, things: Iterable[T]) -> Iterator[T]:
    return iter(shown.track(things, total, description=what))
