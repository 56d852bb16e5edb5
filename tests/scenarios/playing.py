"""Small scenarios, written where they are used, and what playing them comes to."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent, indent

from okta_scenarios.audit import Finding, play_trial, sweep, trials
from okta_scenarios.language import Scenario
from okta_scenarios.language.loader import read_scenario
from okta_scenarios.language.problems import Problem
from okta_scenarios.play import (
    AS_DOCUMENTED,
    Mismatch,
    ScenarioResult,
    StepResult,
    World,
    run_scenario,
    vocabulary,
)
from okta_scenarios.rules import Violation

HINT = "# yaml-language-server: $schema=../scenario.schema.json\n"

ACME = """
workspaces:
  acme:
    collaborators: {ben: {roles: {dev: Member}}}
    invitations: {eve: {roles: {dev: Member}}}
    groups: {Payroll: {members: [ben]}}
    roles: [Auditor]
    clients: {audit: {}}
okta:
  acme-okta:
    apps: {workato: {workspace: acme}}
    people: [ada, ben, cleo]
    groups: {Builders: [ada]}
"""
"""Ben is a collaborator, Eve is invited, and Okta knows Ada, Ben and Cleo."""


def text_of(steps: str, given: str = ACME, id_: str = "SC-001", title: str = "A small story") -> str:
    """A scenario file with these steps."""
    return (
        f'{HINT}scenario: {id_}\ntitle: "{title}"\n'
        f"given:\n{indent(dedent(given).strip(), '  ')}\nsteps:\n{indent(dedent(steps).strip(), '  ')}\n"
    )


def scenario(steps: str, given: str = ACME, id_: str = "SC-001", title: str = "A small story") -> Scenario:
    problems: list[Problem] = []
    found = read_scenario(text_of(steps, given, id_, title), Path(f"{id_}.yaml"), vocabulary(), problems)
    assert found is not None, "\n".join(map(str, problems))
    return found


def play(steps: str, given: str = ACME, *, seed: int = 0, violation: Violation | None = None) -> ScenarioResult:
    world = AS_DOCUMENTED if violation is None else World(suspended=violation.suspend, decisions=violation.decisions)
    return run_scenario(scenario(steps, given), world, seed=seed)


def swept(*stories: Scenario, assumed: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """What hangs on which assumption, from these stories."""
    world = World(assumed or {})
    results = [run_scenario(each, world) for each in stories]
    settled = stories, results, world.assumptions
    by_id = {each.id: each for each in stories}
    return sweep(*settled, [play_trial(trial, by_id, run_scenario, world) for trial in trials(*settled)])


def failure(result: ScenarioResult) -> StepResult:
    """The step that failed, of a scenario that must."""
    assert result.failure is not None, "nothing failed"
    return result.failure


def mismatch(result: ScenarioResult) -> Mismatch:
    """The one thing that was not as expected."""
    (only,) = failure(result).mismatches
    return only
