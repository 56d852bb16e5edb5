"""Playing many scenarios, in this process or in several: what comes out is the same, in the same order."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from multiprocessing.process import BaseProcess
from time import perf_counter
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from okta_scenarios.audit import Claims, Consequence, Trial, Verdict, claims_in, judge_one, play_trial
from okta_scenarios.audit.verdicts import Play
from okta_scenarios.cluster import Cluster
from okta_scenarios.language import Scenario
from okta_scenarios.play import AS_DOCUMENTED, IN_PROCESS, ScenarioResult, World, run_scenario
from okta_scenarios.rules import Unbreakable, Violation, violation_of
from okta_scenarios.targets import Ability, Target

J = TypeVar("J")
T = TypeVar("T")
R = TypeVar("R")

WORTH_A_PROCESS = 40
"""Scenarios that take about as long as a further process needs to pay for itself."""
AT_ONCE = 4
"""Scenarios that a process is handed at a time."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every process has in hand: the scenarios, the seed, how closely to watch, in which world and where."""

    scenarios: tuple[Scenario, ...]
    seed: int
    closely: bool = False
    world: World = AS_DOCUMENTED
    target: Target = IN_PROCESS
    among: tuple[Scenario, ...] = ()
    """All that were chosen, where `scenarios` are a share of them: a claim may belong to one of the others."""

    def play(self, number: int) -> ScenarioResult:
        started = perf_counter()
        result = run_scenario(self.scenarios[number], self.world, self.target, seed=self.seed, closely=self.closely)
        return replace(result, seconds=perf_counter() - started)

    def judge(self, task: tuple[Claims, bool]) -> Verdict:
        claims, thorough = task
        return judge_one(claims, self._by_id, self._violation(claims.rule), self._play, self.world, thorough=thorough)

    def vary(self, trial: Trial) -> Consequence | None:
        return play_trial(trial, self._by_id, self._play, self.world)

    def _violation(self, rule: str) -> Violation | Unbreakable:
        """How the rule is broken there. One of Workato's side is suspended, which not every target can do."""
        violation = violation_of(rule)
        can = Ability.SUSPEND_RULES in self.target.abilities
        if isinstance(violation, Unbreakable) or not violation.suspend or can:
            return violation
        return Unbreakable(rule, f"{self.target.name} cannot {Ability.SUSPEND_RULES.value}")

    @property
    def _by_id(self) -> Mapping[str, Scenario]:
        return {each.id: each for each in self.among or self.scenarios}

    @property
    def _play(self) -> Play:
        return partial(run_scenario, target=self.target, seed=self.seed)


@dataclass(slots=True)
class Crew(Generic[J]):
    """Processes with one job in hand, of which there are `many`; or this process alone. Use as a context manager.

    With the address of a `cluster`, its workers play. Raises `ClusterUnusable`.
    """

    job: J
    many: int = 1
    cluster: str | None = None
    at_once: int = 1
    """How many tasks a process is handed at a time."""
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)
    _workers: tuple[BaseProcess, ...] = field(default=(), init=False)
    _elsewhere: Cluster[J] | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        if self.cluster is not None:
            self._elsewhere = Cluster(self.cluster, self.job).__enter__()
            return self
        if self.many > 1:
            context = multiprocessing.get_context("fork" if _can_fork() else "spawn")
            others = multiprocessing.active_children()
            self._pool = ProcessPoolExecutor(self.many, context, initializer=_take_the_job, initargs=(self.job,))
            self._pool.submit(os.getpid)  # starts them all: later on there may be threads, and then forking is unsafe
            self._workers = tuple(each for each in multiprocessing.active_children() if each not in others)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._elsewhere is not None:
            self._elsewhere.__exit__(kind, error, trace)
        if self._pool is not None:
            if error is not None:
                for worker in self._workers:  # whoever interrupts does not wait for what nobody will see
                    worker.kill()
            self._pool.shutdown(cancel_futures=True)

    def each(self, act: Callable[[J, T], R], tasks: Sequence[T]) -> Iterator[R]:
        """What each task comes to, in their order."""
        batches = [tasks[start : start + self.at_once] for start in range(0, len(tasks), self.at_once)]
        if self._elsewhere is not None:
            return chain.from_iterable(self._elsewhere.each(partial(_batch, act), batches))
        if self._pool is not None:
            return chain.from_iterable(self._pool.map(partial(_batch_here, act), batches))
        return (act(self.job, task) for task in tasks)


class Workers(Crew[Job]):
    """The processes that play the scenarios: so many, or as many as are worth their start."""

    def __init__(self, job: Job, processes: int | None = None, cluster: str | None = None) -> None:
        many = worthwhile(len(job.scenarios)) if processes is None else processes
        super().__init__(job, min(many, len(job.scenarios)), cluster, AT_ONCE)

    def play(self) -> Iterator[ScenarioResult]:
        """A result per scenario, in the scenarios' order."""
        return self.each(Job.play, range(len(self.job.scenarios)))

    def judge(self, results: Sequence[ScenarioResult], *, thorough: bool = False) -> Iterator[Verdict]:
        """A verdict per rule, in the catalogue's order."""
        return self.each(Job.judge, [(claims, thorough) for claims in claims_in(results)])

    def vary(self, trials: Sequence[Trial]) -> Iterator[Consequence | None]:
        """What each trial comes to."""
        return self.each(Job.vary, trials)


def worthwhile(scenarios: int) -> int:
    """How many processes make so many scenarios go faster. One where a process has to start from nothing."""
    if not _can_fork():
        return 1
    return max(1, min(cores(), scenarios // WORTH_A_PROCESS))


def cores() -> int:
    """The cores that this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_fork() -> bool:
    """Whether a copy of this process is safe: on Linux, while no other thread runs."""
    return sys.platform == "linux" and threading.active_count() == 1


_job: list[Any] = []
"""In a process of the pool, the one job that it plays."""


def _take_the_job(job: object) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # they are for whoever waits for the pool, and ends it
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    _job[:] = [job]


def _end_with_the_parent() -> None:
    """Wait until the process that started this one is gone, however it ended, and go as well."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nobody is left to hear anything


def _batch_here(act: Callable[[Any, T], R], tasks: Sequence[T]) -> list[R]:
    return _batch(act, _job[0], tasks)


def _batch(act: Callable[[J, T], R], job: J, tasks: Sequence[T]) -> list[R]:
    return [act(job, task) for task in tasks]
