"""The list of mutants that may survive."""

from pathlib import Path

import pytest

from ..mutants.accepted import Accepted, accepted

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "domain": "emulator/workato_emulator/domain",
    "service": "emulator/workato_emulator/service",
    "http": "emulator/workato_emulator/http",
    "okta_connector": "connector/okta_connector",
    "okta_org": "scenarios/okta_org",
}


@pytest.mark.parametrize(
    ("package", "row"),
    [pytest.param(package, row, id=f"{package}-{row.within}") for package, rows in accepted().items() for row in rows],
)
def test_what_may_survive_is_a_change_of_a_line_that_is_there(package: str, row: Accepted) -> None:
    """With a reason; what was rewritten since goes from the list."""
    lines = {line.strip() for line in (ROOT / FOLDERS[package] / row.module).read_text("utf-8").splitlines()}

    assert [line for line in row.change if line.startswith("- ") and line[2:] not in lines] == []
    assert row.why.endswith(".")
