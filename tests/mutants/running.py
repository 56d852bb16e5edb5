"""Running the tests against mutants, each in a process of its own that is forked when the slow part is done.

A change inside a function needs no new import: it is put into the loaded functions of a process that has collected the
tests (`InFunctions`). A change of what runs at import time needs one: a process that has loaded the libraries, and
nothing of ours, imports the changed module and collects the tests that reach it (`run_from_import`).
"""

import gc
import importlib
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.metadata import entry_points
from pathlib import Path
from time import process_time
from types import CodeType, FunctionType, ModuleType

import pytest
from _pytest.runner import runtestprotocol

from .making import Mutant
from .suites import Reach, Suite

LIBRARIES = ("httpx", "immutables", "jinja2", "jsonschema_rs", "pydantic", "rich", "starlette.applications", "yaml")
OURS = ("workato_", "okta_")
BUDGET = 20.0
"""Seconds of processor time for the tests of one mutant; when they are over, nothing has noticed it."""


class Verdict(Enum):
    SURVIVED = 0
    NOTICED = 1
    INVALID = 9
    """It does not import."""
    NEEDS_IMPORT = 10
    """It cannot be put into a loaded function."""
    ENDLESS = -1


@dataclass(frozen=True)
class Job:
    """A mutant and the tests that may notice it."""

    mutant: Mutant
    reach: Reach


def load_libraries() -> None:
    """What every child would load again: the libraries, and pytest's plugins with theirs."""
    sys.dont_write_bytecode = False  # without kept byte code every child compiles all tests anew
    for name in LIBRARIES:
        importlib.import_module(name)
    for plugin in entry_points(group="pytest11"):
        if not plugin.value.startswith(OURS):
            plugin.load()


def fork(act: Callable[[], Verdict], seconds: float = BUDGET * 4) -> int:
    """The id of a new process that does this and ends with its verdict; what it prints is lost.

    It is ended when it has used that many seconds of processor time.
    """
    process = os.fork()
    if process:
        return process
    verdict = Verdict.NOTICED
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        signal.alarm(int(seconds * 10))
        verdict = act()
    finally:
        os._exit(verdict.value)


def verdicts_on(jobs: Sequence[Job], act: Callable[[Job], Verdict], processes: int) -> Iterator[tuple[Mutant, Verdict]]:
    """Each mutant with what became of it, in the order in which they end."""
    running: dict[int, Mutant] = {}
    waiting = list(reversed(jobs))
    while waiting or running:
        while waiting and len(running) < processes:
            job = waiting.pop()
            running[fork(lambda: act(job))] = job.mutant  # noqa: B023  (called at once)
        process, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        yield running.pop(process), Verdict.ENDLESS if code < 0 else Verdict(code)


@dataclass(eq=False)
class InFunctions:
    """The plugin that runs the collected tests against each mutant instead of once."""

    jobs: Sequence[Job]
    processes: int
    tell: Callable[[Mutant, Verdict], None]
    items: dict[str, pytest.Item] = field(default_factory=dict)
    functions: Sequence[FunctionType] = ()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        gc.unfreeze()  # what is frozen is not listed
        self.functions = [each for each in gc.get_objects() if isinstance(each, FunctionType)]
        gc.freeze()
        for mutant, verdict in verdicts_on(self.jobs, self._run, self.processes):
            self.tell(mutant, verdict)
        return True

    def _run(self, job: Job) -> Verdict:
        if not put_in(job.mutant, self.functions):
            return Verdict.NEEDS_IMPORT
        until = process_time() + BUDGET
        tests = (*job.reach.tests, *job.reach.others)
        items = [self.items[test] for test in tests if test in self.items]
        for item, following in zip(items, [*items[1:], None], strict=True):
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                return Verdict.NOTICED
            if process_time() > until:
                break
        return Verdict.SURVIVED


def put_in(mutant: Mutant, functions: Sequence[FunctionType]) -> bool:
    """Give each function of the module the code that it has in the mutant, where that differs."""
    path = str(mutant.path.resolve())
    before, after = (
        list(_functions(compile(source, path, "exec", dont_inherit=True)))
        for source in (mutant.module.code, mutant.source)
    )
    if [code.co_qualname for code in before] != [code.co_qualname for code in after]:
        return False
    changed = {old: new for old, new in zip(before, after, strict=True) if old != new and old.co_name != "<module>"}
    found = [each for each in functions if each.__code__ in changed]
    try:
        for function in found:
            function.__code__ = changed[function.__code__]
    except ValueError:  # another number of free variables
        return False
    return bool(found)


def _functions(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _functions(constant)


def run_from_import(job: Job, suite: Suite) -> Verdict:
    mutant = job.mutant
    name = module_name(mutant.path)
    sys.meta_path.insert(0, _Changed(name, mutant.path, mutant.source))
    try:
        importlib.import_module(name)
    except Exception:  # noqa: BLE001  (whatever a broken module raises)
        return Verdict.INVALID
    for tests in filter(None, (job.reach.tests, job.reach.others)):
        ended = pytest.main([*suite.arguments(tests), "-x"], plugins=[_Chosen(tests)])
        if ended not in {pytest.ExitCode.OK, pytest.ExitCode.INTERRUPTED, pytest.ExitCode.NO_TESTS_COLLECTED}:
            return Verdict.NOTICED
    return Verdict.SURVIVED


def module_name(path: Path) -> str:
    """The name by which the product imports it: the folder above the package is a source root."""
    parts = path.with_suffix("").parts
    start = next(number for number, part in enumerate(parts) if part.startswith(OURS))
    return ".".join(parts[start:]).removesuffix(".__init__")


@dataclass(frozen=True)
class _Changed(MetaPathFinder):
    """Imports one module from a changed source."""

    name: str
    path: Path
    source: str

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname == self.name else None
        if spec is not None:
            spec.loader = _Loader(fullname, str(self.path), self.source)
        return spec


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002  (it loads one module only)
        return compile(self._source, self.path, "exec", dont_inherit=True)


@dataclass(eq=False)
class _Chosen:
    """The plugin that keeps these tests, in this order, and stops when time is over."""

    tests: Sequence[str]
    until: float = 0

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        order = {test: number for number, test in enumerate(self.tests)}
        items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])
        self.until = process_time() + BUDGET  # to collect them takes a while as well

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if process_time() > self.until:
            item.session.shouldstop = "time is over"
