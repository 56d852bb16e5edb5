"""What a shell is offered after the Tab key, and that it does not have to wait for it."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from okta_scenarios.assumptions import okta_assumptions
from okta_scenarios.rules import known_rules
from workato_emulator import assumptions, error_codes
from workato_emulator.cli import main
from workato_emulator.cli.completion import VARIABLE

from .library.system_log import library

LIBRARIES = ("httpx", "jsonschema_rs", "pydantic", "rich", "starlette", "uvicorn", "yaml")
"""What is slow to import."""


def offered(line: str) -> list[str]:
    """The completions of this line, as bash gets them; the last word is the one begun."""
    words = line.split(" ")
    asked = {VARIABLE: "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    result = CliRunner().invoke(main, prog_name="workato-emulator", env=asked)
    return [each.partition(",")[2] for each in result.stdout.split("\n") if each]


@pytest.mark.parametrize(
    ("line", "some"),
    [
        pytest.param("workato-emulator ru", ["rules", "run"], id="commands"),
        pytest.param("workato-emulator run --wat", ["--watch"], id="options"),
        pytest.param("workato-emulator rules pnu-", ["PNU-1", "PNU-2", "PNU-3"], id="rules"),
        pytest.param("workato-emulator run --rule PUD-", ["PUD-1", "PUD-2", "PUD-3"], id="rules-of-a-run"),
        pytest.param("workato-emulator run --tag les", ["lesson"], id="tags"),
        pytest.param("workato-emulator run --text SC-04", ["SC-040", "SC-042", "SC-043"], id="scenarios"),
        pytest.param("workato-emulator run --assume removal_a", ["removal_answer=204"], id="choices"),
        pytest.param("workato-emulator run --assume okta_r", ["okta_retry=snapshot"], id="choices-about-okta"),
        pytest.param("workato-emulator assumptions removal_a", ["removal_answer"], id="assumptions"),
        pytest.param("workato-emulator assumptions okta_r", ["okta_retry"], id="assumptions-about-okta"),
        pytest.param("workato-emulator completion ", ["bash", "zsh", "fish"], id="shells"),
    ],
)
def test_what_is_begun_is_completed(line: str, some: list[str]) -> None:
    """Commands, options and the names that they take, whatever their case."""
    assert offered(line)[: len(some)] == some


def test_every_name_is_offered() -> None:
    """Though files are only skimmed: every rule, tag and scenario of the library, and every assumption."""
    scenarios = library()

    assert set(offered("workato-emulator rules ")) == set(known_rules())
    assert set(offered("workato-emulator run --tag ")) == {tag for each in scenarios for tag in each.tags}
    assert set(offered("workato-emulator run --text ")) == {each.id for each in scenarios}
    everything = {each.id for each in assumptions()} | {each.id for each in okta_assumptions()}
    assert set(offered("workato-emulator assumptions ")) == everything


def test_every_code_is_offered() -> None:
    """Errors and rules: whatever `explain` takes."""
    from okta_scenarios.completing import codes
    from okta_scenarios.explaining import explain

    found = {str(each.value) for each in codes(explain.make_context("explain", []), explain.params[0], "")}
    assert {*(each.code for each in error_codes()), *known_rules()} == found


@pytest.mark.parametrize("line", ["workato-emulator ", "workato-emulator rules PNU-", "workato-emulator run --text SC"])
def test_completing_imports_nothing_slow(line: str) -> None:
    """A shell asks on every Tab: neither the commands nor the libraries under them are imported for the answer."""
    script = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    script += "from workato_emulator.cli import main; main(prog_name='workato-emulator')"
    asked = {VARIABLE: "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **asked}, capture_output=True, text=True, check=False
    )
    imported = set(done.stderr.split())

    assert done.stdout.startswith("plain,")
    assert "workato_emulator.cli" in imported
    assert imported.isdisjoint({*LIBRARIES, "okta_scenarios.commands", "workato_emulator.cli.serving"})


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_says_where_it_belongs(shell: str) -> None:
    """The script asks the tool itself, and ends with a comment on where to put it."""
    printed = CliRunner().invoke(main, ["completion", shell], prog_name="workato-emulator").stdout

    assert VARIABLE in printed
    assert printed.rstrip("\n").split("\n")[-1].startswith("# ")
    assert f"completion {shell}" in printed


def test_bash_takes_the_script() -> None:
    """And knows afterwards whom to ask."""
    printed = CliRunner().invoke(main, ["completion", "bash"], prog_name="workato-emulator").stdout
    done = subprocess.run(
        ["bash", "-c", f"{printed}\ncomplete -p workato-emulator"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "_workato_emulator_completion" in done.stdout
