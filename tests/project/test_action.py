"""The GitHub Action and the GitLab snippet: valid YAML that calls commands and options which exist."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from workato_emulator.cli import main

ROOT = Path(__file__).parents[2]
ACTION = ROOT / ".github" / "actions" / "scenarios" / "action.yml"


def _gitlab() -> dict[str, Any]:
    text = (ROOT / "emulator" / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```yaml no-run\n(okta-to-workato:.*?)^```", text, re.MULTILINE | re.DOTALL)
    found: dict[str, Any] = yaml.safe_load(block)
    return found


def _scripts() -> list[str]:
    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    return [
        *(step["run"] for step in action["runs"]["steps"] if "run" in step),
        *("\n".join(job["script"]) for job in _gitlab().values()),
    ]


def _commands() -> list[list[str]]:
    """Every call of the tool in these scripts, in words."""
    lines = [line for script in _scripts() for line in script.replace("\\\n", " ").splitlines()]
    return [words for line in lines if (words := shlex.split(line)) and words[0] == "workato-emulator"]


@pytest.mark.parametrize("words", _commands(), ids=" ".join)
def test_what_is_called_exists(words: list[str]) -> None:
    """The command, and each of its options."""
    command = main.get_command(click.Context(main), words[1])
    assert command is not None
    options = {option for parameter in command.params for option in parameter.opts}

    assert {word.partition("=")[0] for word in words[2:] if word.startswith("-")} <= options


def test_the_action_is_a_composite_whose_inputs_are_all_used() -> None:
    """Each input reaches a step through its environment, never as a part of a script, and each step says its shell."""
    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    steps = action["runs"]["steps"]
    used = set(re.findall(r"inputs\.([\w-]+)", ACTION.read_text(encoding="utf-8")))

    assert action["runs"]["using"] == "composite"
    assert set(action["inputs"]) == used
    assert all("shell" in step and "${{" not in step["run"] for step in steps if "run" in step)
    assert all("description" in each for each in action["inputs"].values())
    assert steps[-1]["if"] == "always()", "reports of a failed run are uploaded too"


def test_gitlab_gets_its_reports() -> None:
    """JUnit where GitLab looks for it, and the page among the artifacts, also of a failed job."""
    (job,) = _gitlab().values()

    assert job["artifacts"]["when"] == "always"
    assert job["artifacts"]["reports"]["junit"] in " ".join(job["script"])
    assert _commands()
