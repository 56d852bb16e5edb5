"""Finding the scenarios that come with the tool."""

from pathlib import Path

import okta_scenarios
from okta_scenarios.bundled import suites

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
