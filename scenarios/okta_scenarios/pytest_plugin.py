"""Scenarios as pytest tests, and the `workato` fixture. Every session loads this module: it imports nothing heavy.

In `pyproject.toml`, below `[tool.pytest.ini_options]`:

    workato_scenarios = ["scenarios"]     folders, files or patterns, seen from the file that they stand in
    workato_audit = true                  also break each rule that a scenario claims, and want it noticed

A scenario is one test, named by its id. It has the marks `workato_rule(id)` and `workato_tag(name)`, for `-m`.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import httpx

    from okta_scenarios.language import Scenario
    from okta_scenarios.okta_play import Report
    from okta_scenarios.workato_fixture import ServedWorkato, Workato

MARKS = (
    "workato(seed=None, assume={}, assume_file=None, strict=False): what the `workato` fixture's emulator starts with",
    "workato_rule(id): a rule that the scenario claims",
    "workato_tag(name): a tag of the scenario",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("workato_scenarios", "folders, files or patterns of scenarios that are tests", "args", [])
    parser.addini("workato_audit", "break each rule that a scenario claims, and want it noticed", "bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    for mark in MARKS:
        config.addinivalue_line("markers", mark)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    """A YAML file below a folder that is named, or that is named itself; fixtures and other YAML are no scenarios."""
    wanted = parent.config.getini("workato_scenarios")
    if not wanted or file_path.suffix not in {".yaml", ".yml"} or "fixtures" in file_path.parts:
        return None
    root = parent.config.inipath.parent if parent.config.inipath is not None else parent.config.rootpath
    if not file_path.is_relative_to(root) or not _is_among(file_path.relative_to(root), wanted):
        return None
    from okta_scenarios.language.other_files import is_something_else  # most test runs have no scenario

    is_named = file_path.relative_to(root).as_posix() in wanted
    if not is_named and os.access(file_path, os.R_OK) and is_something_else(file_path.read_bytes()):
        return None
    found: ScenarioFile = ScenarioFile.from_parent(parent, path=file_path)
    return found


def _is_among(path: Path, wanted: Iterable[str]) -> bool:
    places = [path.as_posix(), *(each.as_posix() for each in path.parents)]
    return any(fnmatch(place, each.rstrip("/")) for each in wanted for place in places)


class NotAScenario(Exception):
    """The file cannot be read; the message is the tool's own, with line, column and the nearest spelling."""


_ARGUMENTS: dict[str, tuple[tuple[type, ...], str]] = {
    "seed": ((Mapping, Path, str, NoneType), "a file or a document"),
    "assume": ((Mapping, NoneType), "a mapping of names to values"),
    "assume_file": ((Path, str, NoneType), "a file that `live drift` wrote"),
    "strict": ((bool,), "True or False"),
}
"""What the mark `workato` takes, of which types, and how they are called."""


class Unnoticed(Exception):
    """The scenario passes whether a rule that it claims holds or not."""


class ScenarioFile(pytest.File):
    """One scenario file."""

    def collect(self) -> Iterator["ScenarioItem"]:
        from okta_scenarios.selection import Unusable, library

        try:
            scenarios = tuple(library((self.path,)))
        except Unusable as unusable:
            raise NotAScenario(unusable.message) from None
        for scenario in scenarios:
            yield ScenarioItem.from_parent(self, name=scenario.id, scenario=scenario)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]  # noqa: ANN401
        return str(excinfo.value) if isinstance(excinfo.value, NotAScenario) else super().repr_failure(excinfo)


class ScenarioItem(pytest.Item):
    """One scenario, played in a world of its own."""

    def __init__(self, *, scenario: "Scenario", **more: Any) -> None:  # noqa: ANN401  (what pytest passes on)
        super().__init__(**more)
        self.scenario = scenario
        for rule in scenario.rules:
            self.add_marker(pytest.mark.workato_rule(id=rule))
        for tag in scenario.tags:
            self.add_marker(pytest.mark.workato_tag(name=tag))
        self.extra_keyword_matches.update(scenario.rules, scenario.tags)

    def runtest(self) -> None:
        from okta_scenarios.play import run_scenario
        from okta_scenarios.reports.failures import failure_text

        result = run_scenario(self.scenario)
        if result.failure is not None:
            raise AssertionError(failure_text(result))
        if self.config.getini("workato_audit"):
            self._break_the_rules(result)

    def _break_the_rules(self, result: Any) -> None:  # noqa: ANN401  (a ScenarioResult, which is imported late)
        from okta_scenarios.audit import judge
        from okta_scenarios.reports.failures import unnoticed_text

        verdicts = judge((self.scenario,), (result,))
        unnoticed = [verdict for verdict in verdicts if verdict.status == "unnoticed"]
        if unnoticed:
            raise Unnoticed("\n".join(unnoticed_text(verdict, (result,)) for verdict in unnoticed))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401
        """The tool's own explanation instead of a traceback through the tool."""
        if isinstance(excinfo.value, AssertionError | Unnoticed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.name} {self.scenario.title}"


@pytest.fixture
def workato(request: pytest.FixtureRequest) -> "Workato":
    """An emulator of this test's own, in this process, with people, clock, faults and journal at hand."""
    from okta_scenarios.workato_fixture import Workato
    from workato_emulator import SeedProblem

    said: dict[str, Any] = {}
    for mark in request.node.iter_markers(
        "workato"
    ):  # the nearest first: a class's fills in what the test's leaves out
        said = {**_check(mark), **said}
    try:
        return Workato(**said)
    except (SeedProblem, AssertionError) as error:
        refused = str(error)
    pytest.fail(f"the mark workato cannot be: {refused}", pytrace=False)


def _check(mark: pytest.Mark) -> dict[str, Any]:
    """What the mark says. Fails the test for an argument that there is not: ignored, it would pass for a default."""
    from workato_emulator import did_you_mean

    for name in mark.kwargs:
        if name not in _ARGUMENTS:
            hint = did_you_mean(name, _ARGUMENTS) or f"; there is {', '.join(_ARGUMENTS)}"
            pytest.fail(f"the mark workato has no argument {name!r}{hint}", pytrace=False)
        types, kind = _ARGUMENTS[name]
        if not isinstance(mark.kwargs[name], types):
            pytest.fail(f"{name} of the mark workato is {kind}, not {mark.kwargs[name]!r}", pytrace=False)
    if mark.args:
        names = ", ".join(_ARGUMENTS)
        pytest.fail(f"the mark workato takes its arguments by name ({names}): {mark.args!r}", pytrace=False)
    return dict(mark.kwargs)


@pytest.fixture
def workato_server(workato: "Workato") -> Iterator["ServedWorkato"]:
    """The same emulator on a port of this machine, for clients that are no httpx."""
    from okta_scenarios.workato_fixture import serving

    with serving(workato) as served:
        yield served


@pytest.fixture
def okta_play() -> "Callable[..., Report]":
    """Okta's SCIM client as a player: `okta_play(url, token)` plays a lifecycle against a server and judges it.

    `transport` plays in this process instead of over a port; the other arguments are those of `Playing`.
    """
    from okta_scenarios.okta_play import Playing, play

    def play_against(
        url: str,
        token: str,
        *,
        transport: "httpx.BaseTransport | None" = None,
        **playing: Any,  # noqa: ANN401 - the fields of `Playing`
    ) -> "Report":
        return play(url, token, Playing(**playing), transport=transport)

    return play_against
