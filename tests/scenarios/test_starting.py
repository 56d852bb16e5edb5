"""The starter project that `init` writes."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okta_scenarios.bundled import starter
from okta_scenarios.cli import check, run
from okta_scenarios.starting import init, new
from workato_emulator import Emulator

WITHOUT = tuple(f"-pno:{plugin}" for plugin in ("anyio", "hypothesispytest", "pytest_cov", "schemathesis", "xdist"))
"""Plugins that whoever starts a project does not have."""


def started(folder: Path) -> Result:
    return CliRunner().invoke(init, [str(folder)])


def test_a_started_project_passes_at_once(tmp_path: Path) -> None:
    """Its scenario passes and proves what it claims, its seed is taken, and its tests pass under pytest."""
    project = tmp_path / "mine"
    result = started(project)
    assert result.exit_code == 0, result.output

    with contextlib.chdir(project):
        assert CliRunner().invoke(check, ["scenarios"]).stdout == "1 scenario, nothing wrong\n"
        played = CliRunner().invoke(run, ["scenarios", "-n", "1"])
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-W", "error", *WITHOUT],
        cwd=project,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert played.exit_code == 0, played.output
    assert "1 passed, 0 failed" in played.stdout
    assert "rules      3 verified\n" in played.stdout  # and none that is claimed in vain
    assert tested.returncode == 0, tested.stdout
    assert "3 passed" in tested.stdout  # the scenario is a test, too
    assert Emulator(project / "seed.yaml").control.get("/health").status_code == 200


def test_what_was_written_and_what_comes_next_is_said(tmp_path: Path) -> None:
    """Each file by name, then the commands to go on with; the schema lies where the scenario looks for it."""
    project = tmp_path / "mine"
    said = started(project).stdout
    files = sorted(each for each in project.rglob("*") if each.is_file())

    assert said.startswith("".join(f"wrote {each}\n" for each in files))
    assert f"  cd {project}\n  workato-emulator run scenarios\n  pytest\n" in said
    assert {str(each.relative_to(project)) for each in files} == {
        "README.md",
        "pyproject.toml",
        "seed.yaml",
        "scenarios/SC-900.yaml",
        "scenarios/scenario.schema.json",
        "tests/test_workato.py",
    }


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A folder with anything in it, or a file of that name, is refused and left as it was."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "seed.yaml").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")

    for name, said in (("mine", "is not empty"), ("file", "is a file")):
        result = started(tmp_path / name)
        assert result.exit_code == 2
        assert result.stderr == f"{tmp_path / name} {said}; name a new folder  [INIT-1]\n"
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["seed.yaml"]
    assert (tmp_path / "mine" / "seed.yaml").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    """As somebody has who made it first."""
    assert started(tmp_path).exit_code == 0
    assert (tmp_path / "seed.yaml").exists()


def test_a_place_that_cannot_be_written_is_said() -> None:
    """In one line, with what is to be mended."""
    result = started(Path("/dev/null/mine"))

    assert result.exit_code == 2
    assert result.stderr.endswith("  [INIT-1]\n")


@pytest.mark.parametrize("packaged", [True, False])
def test_the_starter_is_found_in_a_wheel_and_in_a_checkout(tmp_path: Path, packaged: bool) -> None:
    """In the package where it was built in, else beside it."""
    package = tmp_path / "okta_scenarios"
    package.mkdir()
    if packaged:
        (package / "_starter").mkdir()

    assert starter(package) == (package / "_starter" if packaged else tmp_path / "starter")


@pytest.mark.parametrize("recipe", ["RC-1-first-hire", "RC-5-two-orgs", "SC-040"])
def test_a_new_scenario_is_a_recipe_under_another_id(tmp_path: Path, recipe: str) -> None:
    """It passes as it is, proves what it claims, and is no lesson any more."""
    with contextlib.chdir(tmp_path):
        written = CliRunner().invoke(new, ["ABC-7", "--recipe", recipe])
        played = CliRunner().invoke(run, ["ABC-7.yaml", "-n", "1"])
    text = (tmp_path / "ABC-7.yaml").read_text(encoding="utf-8")

    assert written.exit_code == played.exit_code == 0, written.output + played.output
    assert text.startswith("# yaml-language-server: $schema=scenario.schema.json\nscenario: ABC-7\ntitle: ")
    assert "esson" not in text


def test_a_new_scenario_tells_how_an_editor_learns_the_schema(tmp_path: Path) -> None:
    """Where there is none beside it; in a project that `init` wrote there is one, and nothing is wrong or missing."""
    project = tmp_path / "mine"
    started(project)
    inside = CliRunner().invoke(new, ["SC-901", "--in", str(project / "scenarios")])
    outside = CliRunner().invoke(new, ["SC-902", "--in", str(tmp_path)])

    assert "schema" not in inside.output
    assert "workato-emulator schema >" in outside.output
    assert CliRunner().invoke(check, [str(project / "scenarios")]).output == "2 scenarios, nothing wrong\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["SC-900"], "exists already"),
        (["no id"], "not a scenario id"),
        (["SC-901", "--recipe", "RC-1-first-hier"], "did you mean 'RC-1-first-hire'?"),
        (["SC-901", "--in", "nowhere"], "cannot be written"),
    ],
)
def test_a_new_scenario_that_cannot_be_is_refused(tmp_path: Path, arguments: list[str], why: str) -> None:
    """Nothing is overwritten, and what is wrong is said."""
    with contextlib.chdir(tmp_path):
        Path("SC-900.yaml").write_text("mine", encoding="utf-8")
        result = CliRunner().invoke(new, arguments)

        assert result.exit_code == 2
        assert why in result.output
        assert Path("SC-900.yaml").read_text(encoding="utf-8") == "mine"
