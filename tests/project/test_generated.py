"""Files that are made from the code say what the code says."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from okta_scenarios.assumptions import questions
from okta_scenarios.cli import coverage, schema
from okta_scenarios.documents.reference import CLAIMS
from okta_scenarios.language.models.scenario import KINDS, VERBS
from okta_scenarios.rules import known_rules
from workato_emulator import error_codes, operations
from workato_emulator.cli import main

ROOT = Path(__file__).parents[2]


@pytest.mark.long
def test_the_rule_book_is_up_to_date() -> None:
    """`emulator/RULES.md` is what `workato-emulator rules --markdown` prints."""
    printed = CliRunner().invoke(main, ["rules", "--markdown"])

    assert printed.exit_code == 0, printed.output
    assert (ROOT / "emulator" / "RULES.md").read_text(encoding="utf-8") == printed.stdout
    assert printed.stdout.count("\n### ") == len(known_rules())


def test_the_schemas_are_up_to_date() -> None:
    """The schemas beside the suites are what `workato-emulator schema` prints of scenarios and of reports."""
    for of in ("scenario", "report", "rehearsal"):
        name = f"{of}.schema.json"
        printed = CliRunner().invoke(schema, [of]).stdout

        assert (ROOT / "scenarios" / name).read_text(encoding="utf-8") == printed


def test_the_reference_is_up_to_date() -> None:
    """`scenarios/REFERENCE.md` is what `workato-emulator schema --markdown` prints."""
    printed = CliRunner().invoke(schema, ["--markdown"])

    assert printed.exit_code == 0, printed.output
    assert (ROOT / "scenarios" / "REFERENCE.md").read_text(encoding="utf-8") == printed.stdout


def test_the_page_for_agents_is_up_to_date() -> None:
    """`emulator/AGENTS.md` is what `workato-emulator manual` prints, whatever the width of the terminal."""
    printed = CliRunner().invoke(main, ["manual"], env={"COLUMNS": "40"}, prog_name="workato-emulator")

    assert printed.exit_code == 0, printed.output
    assert (ROOT / "emulator" / "AGENTS.md").read_text(encoding="utf-8") == printed.stdout


def test_the_page_for_agents_leaves_nothing_out() -> None:
    """Every command, verb, kind of step, rule, question, code, operation and expectation is in it."""
    text = (ROOT / "emulator" / "AGENTS.md").read_text(encoding="utf-8")
    commands = main.list_commands(click.Context(main))
    expectations = {key for shape in CLAIMS for key in shape.model_fields}
    wanted = [
        *(f"`workato-emulator {name}" for name in commands),
        *(f"`{side}: {verb}`" for side, verbs in VERBS.items() for verb in verbs),
        *(f"`{kind}:`" for kind in KINDS),
        *(f"- {rule} (" for rule in known_rules()),
        *(f"- `{each.id}` = " for each in questions()),
        *(f"- {each.code}: " for each in error_codes()),
        *(f"- `{operation}`: " for operation in operations()),
        *(f"- `{key}`" for key in expectations),
    ]

    assert [each for each in wanted if each not in text] == []


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
