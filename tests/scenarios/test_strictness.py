"""`run --strict` and `run --exitfirst`: what ends a run badly, and what ends it early."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from okta_scenarios.cli import run

from .playing import text_of

FAILS = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: false}}"
HOLDS = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}}"
DECLINED = """
- {fault: {operation: listCollaborators, status: 501, body: {error: {code: declined}}}}
- {call: listCollaborators}
"""


def _played(folder: Path, stories: dict[str, str], *options: str) -> tuple[Result, dict[str, object], ET.Element]:
    for id_, steps in stories.items():
        (folder / f"{id_}.yaml").write_text(text_of(steps, id_=id_), encoding="utf-8")
    reports = [f"--report={kind}={folder / kind}" for kind in ("json", "junit")]
    result = CliRunner().invoke(run, [str(folder), "-n", "1", *reports, *options])
    told = json.loads((folder / "json").read_text(encoding="utf-8"))
    return result, told["summary"], ET.parse(folder / "junit").getroot()  # noqa: S314  (we have just written it)


def test_a_call_that_is_not_emulated_fails_a_strict_run_only(tmp_path: Path) -> None:
    """Every report says which call it was."""
    lenient, told, _ = _played(tmp_path, {"A-1": DECLINED})
    assert lenient.exit_code == 0, lenient.output
    assert told["shortcomings"] == []

    strict, told, junit = _played(tmp_path, {"A-1": DECLINED}, "--strict")
    assert strict.exit_code == 1
    assert told["shortcomings"] == ["not emulated (501): GET /api/members at step 2 of A-1"]
    assert "strict     not emulated (501): GET /api/members at step 2 of A-1" in strict.output
    assert junit.get("failures") == "1"
    assert [case.get("name") for case in junit if case.find("failure") is not None] == ["strict"]


def test_a_strict_run_in_which_all_is_shown_passes(tmp_path: Path) -> None:
    """Rules that are assumed are no shortcoming of a scenario."""
    assumed = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}, proves: [PNU-1]}"
    result, told, _ = _played(tmp_path, {"A-1": assumed}, "--strict")

    assert (result.exit_code, told["shortcomings"]) == (0, [])


def test_strict_without_an_audit_is_refused() -> None:
    """Nothing would be shown."""
    assert CliRunner().invoke(run, ["--strict", "--no-audit"]).exit_code == 2


@pytest.mark.parametrize("processes", ["1", "2"])
def test_the_first_failure_ends_a_run(tmp_path: Path, processes: str) -> None:
    """What comes after it is not played, nothing is broken on purpose, and the report is not complete."""
    stories = {"A-1": HOLDS, "A-2": FAILS, "A-3": FAILS, "A-4": HOLDS}
    result, told, _ = _played(tmp_path, stories, "--exitfirst", "-n", processes)

    assert result.exit_code == 1
    assert "stopped at the first failure" in result.output
    assert (told["complete"], told["scenarios"]) == (
        False,
        {"total": 4, "passed": 1, "failed": 1, "not_played": 2, "with_faults": 0},
    )
