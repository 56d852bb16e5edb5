"""Which changes are mutants, and the list of those that may survive."""

from pathlib import Path

import pytest

from ..mutants.accepted import Accepted, accepted
from ..mutants.meaning import meaning

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


@pytest.mark.parametrize(
    ("before", "after", "is_one"),
    [
        pytest.param("a = 1", "a = (1)  # one", True, id="brackets and a comment"),
        pytest.param("a = 1", "a = 2", False, id="another value"),
        pytest.param('a.encode("latin-1")', 'a.encode("LATIN-1")', True, id="an encoding in other letters"),
        pytest.param('a.decode("latin-1")', 'a.decode("XXlatin-1XX")', False, id="another encoding"),
        pytest.param('f(text, encoding="utf-8")', 'f(text, encoding="UTF-8")', True, id="an encoding by its keyword"),
        pytest.param('a in {"utf-8"}', 'a in {"UTF-8"}', False, id="a text that is compared"),
        pytest.param('a.headers["Allow"] = b', 'a.headers["ALLOW"] = b', True, id="a header in other letters"),
        pytest.param('a.headers["Allow"] = b', 'a.headers["XXAllowXX"] = b', False, id="another header"),
        pytest.param('a.rows["name"]', 'a.rows["NAME"]', False, id="a key that is no header"),
    ],
)
def test_names_of_encodings_and_headers_in_other_letters_are_no_change(
    before: str, after: str, *, is_one: bool
) -> None:
    """Whatever else Python reads otherwise is one."""
    assert (meaning(before) == meaning(after)) is is_one
