"""Commands that play nothing import little, and say the same as if they had read everything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from okta_scenarios.bundled import suites
from okta_scenarios.skimming import skim

from .library.system_log import library

IMPORTED = """
import sys
from workato_emulator.cli import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def modules_of(cache: Path, *words: str) -> set[str]:
    """What is imported by the time that the command is done."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *words],
        env={**os.environ, "WORKATO_EMULATOR_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("words", "without"),
    [
        pytest.param(("--help",), ("httpx", "jinja2", "pydantic", "yaml"), id="help"),
        pytest.param(("rules", "PNU-1"), ("httpx", "jinja2", "okta_org", "pydantic", "starlette", "yaml"), id="rules"),
        pytest.param(("explain", "INV-6"), ("httpx", "jinja2", "okta_org", "pydantic", "yaml"), id="explain"),
        pytest.param(("check",), ("httpx", "jinja2", "okta_org", "pydantic", "rich", "yaml"), id="check"),
    ],
)
def test_a_command_that_plays_nothing_imports_little(
    tmp_path: Path, words: tuple[str, ...], without: tuple[str, ...]
) -> None:
    """Of what it would take to play or to read: it takes what was found out the time before."""
    if words == ("check",):
        words = ("check", str(suites().resolve() / "recipes"))
    modules_of(tmp_path, *words)

    assert modules_of(tmp_path, *words).isdisjoint(without)


def test_skimming_finds_what_reading_finds() -> None:
    """Every scenario of the library with its title, its tags and the rules that it claims."""
    read = {each.id: (each.title, each.tags, each.rules) for each in library()}

    assert {each.id: (each.title, each.tags, each.rules) for each in skim()} == read
