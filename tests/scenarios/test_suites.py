"""Finding the scenarios that come with the tool."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import okta_scenarios
from okta_scenarios.bundled import suites
from okta_scenarios.cli import run

ROOT = Path(__file__).parents[2]


def test_an_installed_package_carries_its_scenarios(tmp_path: Path) -> None:
    """A folder inside the package comes before one beside it."""
    package = tmp_path / "okta_scenarios"
    (package / "_suites").mkdir(parents=True)
    (tmp_path / "suites").mkdir()

    assert suites(package) == package / "_suites"


def test_a_checkout_has_them_beside_the_package() -> None:
    """Without a folder of its own the package looks where the repository keeps them."""
    assert okta_scenarios.__file__ is not None
    package = Path(okta_scenarios.__file__).parent

    assert suites(package, Path("/nowhere")) == ROOT / "scenarios" / "suites"


def test_the_folder_is_said_as_short_as_it_can_be(tmp_path: Path) -> None:
    """From above it, its path is relative; from elsewhere it is whole."""
    package = tmp_path / "okta_scenarios"

    assert suites(package, tmp_path) == Path("suites")
    assert suites(package, tmp_path / "elsewhere") == tmp_path / "suites"


LESSONS = sorted((ROOT / "scenarios" / "suites" / "recipes").glob("*.yaml"))


@pytest.mark.parametrize("lesson", LESSONS, ids=[each.stem for each in LESSONS])
def test_a_lesson_can_be_copied_out_and_run(lesson: Path, tmp_path: Path) -> None:
    """A lesson needs no file beside it: the fixtures of the tool are there for everybody."""
    copied = shutil.copy(lesson, tmp_path)

    played = CliRunner().invoke(run, [str(copied), "-n", "1"])

    assert played.exit_code == 0, played.output
