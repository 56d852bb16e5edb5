"""Which tests reach which lines, and what each costs: one run of them all under coverage."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import process_time

import pytest
from coverage import Coverage, CoverageData

PACKAGES = ("workato_emulator", "okta_connector", "okta_org")
OPTIONS = (
    *("-q", "-s", "--no-header", "-p", "no:cacheprovider", "-p", "no:cov", "-p", "no:xdist", "-p", "no:randomly"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # of libraries, which are loaded before pytest comes
)


@dataclass(eq=False)  # pytest keeps its plugins in sets
class _Recorder:
    """The plugin that gives coverage a context per test, and times them."""

    coverage: Coverage
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.coverage.switch_context(item.nodeid)
        started = process_time()
        result = yield
        self.seconds[item.nodeid] = process_time() - started
        self.coverage.switch_context("")
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


@dataclass(frozen=True)
class Suite:
    """Tests that run in one process, and what was recorded of them in a folder."""

    name: str
    folder: Path
    paths: tuple[str, ...]
    options: tuple[str, ...] = ()

    def arguments(self, tests: Sequence[str] = ()) -> list[str]:
        """What pytest is called with, for all or for the files of these tests."""
        paths = dict.fromkeys(test.partition("::")[0] for test in tests) or self.paths
        return [*OPTIONS, *self.options, *paths]

    def record(self) -> None:
        """Run the suite, and keep which test reached what and which of them failed. It loads the product."""
        coverage = Coverage(str(self._coverage_file), source_pkgs=PACKAGES, config_file=False)
        recorder = _Recorder(coverage)
        coverage.erase()
        coverage.start()
        pytest.main(self.arguments(), plugins=[recorder])
        coverage.stop()
        coverage.save()
        passed = {test: seconds for test, seconds in recorder.seconds.items() if test not in recorder.failed}
        self._tests_file.write_text(json.dumps([passed, recorder.failed]), "utf-8")

    @property
    def _coverage_file(self) -> Path:
        return self.folder / f"{self.name}.coverage"

    @property
    def _tests_file(self) -> Path:
        return self.folder / f"{self.name}.tests.json"

    @cached_property
    def tests(self) -> tuple[dict[str, float], list[str]]:
        """The seconds of each test that passed, and those that failed without a mutant, which notice nothing."""
        seconds, failed = json.loads(self._tests_file.read_text("utf-8"))
        return seconds, failed

    @cached_property
    def _reached(self) -> CoverageData:
        data = CoverageData(str(self._coverage_file))
        data.read()
        return data

    def reaching(self, path: Path, lines: range, beside: str = "") -> "Reach":
        """The tests that may notice a change of these lines; those in the folder `beside` the package come first."""
        contexts = self._reached.contexts_by_lineno(str(path.resolve()))
        found = {test for line in lines for test in contexts.get(line, ())}
        in_module = {test for tests in contexts.values() for test in tests}
        outside = "" in found or not found
        seconds, _ = self.tests
        first, then = (in_module, set(seconds)) if outside else (found, in_module)
        in_order = sorted(seconds, key=lambda test: (not test.startswith(beside), seconds[test]))
        reaching = [test for test in in_order if test in first]
        others = [test for test in in_order if test in then and test not in first]
        return Reach(reaching, others, outside=outside)


@dataclass(frozen=True)
class Reach:
    """The tests that may notice a change of some lines, the likeliest and cheapest first.

    The `others` reach the module: what a line made for the first test is often kept for all of them.

    `outside`: a line runs outside tests, while its module is imported or tests are collected. Then any test may notice,
    and those that reach the module come first.
    """

    tests: Sequence[str]
    others: Sequence[str]
    outside: bool
