"""Scenarios that must fail: a runner that passes everything would be found out here."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from okta_scenarios.cli import run
from okta_scenarios.language import Library, Scenario, load
from okta_scenarios.play import run_scenario, vocabulary

FOLDER = Path(__file__).parent / "must_fail"


def library() -> tuple[Scenario, ...]:
    found = load((FOLDER,), vocabulary())
    assert isinstance(found, Library), str(found)
    return found.scenarios


@pytest.mark.parametrize("scenario", [pytest.param(each, id=each.id) for each in library()])
def test_a_scenario_that_is_wrong_fails_for_that_reason(scenario: Scenario) -> None:
    """Each file says at which step and expectation it fails, and fails there for no other reason."""
    text = Path(scenario.file).read_text(encoding="utf-8")
    said = re.search(r"^# Fails at step (\d+), (\S+)\. \S", text, re.MULTILINE)
    failure = run_scenario(scenario).failure

    assert said is not None
    assert failure is not None
    assert (failure.number, [each.where for each in failure.mismatches]) == (int(said[1]), [said[2]])


def test_none_of_them_passes() -> None:
    """The command counts every single one as failed, and says so in its exit code."""
    result = CliRunner().invoke(run, [str(FOLDER), "--no-audit"])

    assert result.exit_code == 1
    assert f"0 passed, {len(library())} failed" in result.stdout
    assert len(library()) >= 10
