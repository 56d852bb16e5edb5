"""Files that are made from the code say what the code says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from okta_scenarios.cli import coverage, schema

ROOT = Path(__file__).parents[2]


def test_the_rule_book_is_up_to_date() -> None:
    """`emulator/RULES.md` is what `workato-emulator rules --markdown` prints."""
    printed = subprocess.run(
        [sys.executable, "-m", "workato_emulator", "rules", "--markdown"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    assert (ROOT / "emulator" / "RULES.md").read_text(encoding="utf-8") == printed.stdout


def test_the_schemas_are_up_to_date() -> None:
    """The schemas beside the suites are what `workato-emulator schema` prints of scenarios and of reports."""
    for name, of in (("scenario.schema.json", "scenario"), ("report.schema.json", "report")):
        printed = CliRunner().invoke(schema, [of]).stdout

        assert (ROOT / "scenarios" / name).read_text(encoding="utf-8") == printed


def test_the_reference_is_up_to_date() -> None:
    """`scenarios/REFERENCE.md` is what `workato-emulator schema --markdown` prints."""
    printed = CliRunner().invoke(schema, ["--markdown"])

    assert printed.exit_code == 0, printed.output
    assert (ROOT / "scenarios" / "REFERENCE.md").read_text(encoding="utf-8") == printed.stdout


def test_every_shape_that_the_reference_names_has_its_section() -> None:
    """Whoever follows a link in it arrives."""
    text = (ROOT / "scenarios" / "REFERENCE.md").read_text(encoding="utf-8")
    headings = {line.lstrip("# ").lower() for line in text.splitlines() if line.startswith("#")}

    assert {link for link in re.findall(r"\(#([a-z]+)\)", text) if link not in headings} == set()


@pytest.mark.long
def test_the_coverage_is_up_to_date() -> None:
    """`emulator/COVERAGE.md` is what `workato-emulator coverage --markdown` prints."""
    printed = CliRunner().invoke(coverage, ["--markdown"])

    assert printed.exit_code == 0, printed.output
    assert (ROOT / "emulator" / "COVERAGE.md").read_text(encoding="utf-8") == printed.stdout
