"""The repository itself: what is in the wheel, how tests are named, which words stay out."""

import ast
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


@pytest.mark.slow
def test_the_wheel_carries_suites_and_contracts(tmp_path: Path) -> None:
    """A wheel holds the packages, the scenarios and the contracts, and no tests."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {
        "workato_emulator/_openapi/workato.yaml",
        "workato_emulator/_openapi/control.yaml",
        "workato_emulator/doors/inspector/look/style.css",
        "workato_emulator/doors/inspector/templates/layout.html.jinja",
        "workato_emulator/py.typed",
        "okta_connector/py.typed",
        "okta_scenarios/_suites/ppu/SC-040.yaml",
        "okta_scenarios/_plans/rollout/plan.yaml",
        "okta_scenarios/_plans/rollout/people.csv",
        "okta_scenarios/_starter/pyproject.toml",
        "okta_scenarios/_starter/tests/test_workato.py",
    } <= names
    assert not any(name.startswith("tests/") for name in names)


@pytest.mark.long
def test_the_wheel_works_from_an_empty_folder(tmp_path: Path) -> None:
    """Installed away from the checkout, it checks, plays, writes a scenario, and serves."""
    target, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()

    def python(*arguments: str, cwd: Path = empty) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "PYTHONPATH": str(target)}
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)

    assert python("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), cwd=ROOT).returncode == 0
    (wheel,) = tmp_path.glob("*.whl")
    installed = python(
        "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target), str(wheel)
    )
    assert installed.returncode == 0, installed.stderr
    where = python("-c", "import okta_scenarios, workato_emulator as w; print(w.__file__, okta_scenarios.__file__)")
    assert all(Path(each).is_relative_to(target) for each in where.stdout.split())

    tool = ("-m", "workato_emulator")
    played = python(*tool, "run", "--text", "SC-001", "-n", "1", "--report", "html=report.html")
    assert played.returncode == 0, played.stdout + played.stderr
    assert python(*tool, "new", "ABC-1").returncode == 0
    assert python(*tool, "check", ".").stdout == "1 scenario, nothing wrong\n"
    assert sorted(each.name for each in empty.iterdir()) == ["ABC-1.yaml", "report.html"]
    with subprocess.Popen(
        [sys.executable, *tool, "serve", "--port", "0"],
        cwd=empty,
        env={**os.environ, "PYTHONPATH": str(target)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        base = process.stdout.readline().split()[-1].removesuffix("/api")
        try:
            assert httpx.get(f"{base}/_emulator/v1/openapi/workato.yaml").status_code == 200
        finally:
            process.terminate()


@pytest.mark.parametrize("path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in TESTS])
def test_every_test_says_what_it_shows(path: Path) -> None:
    """Each test function has a docstring that states the behaviour in one line."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]

    assert [node.name for node in functions if not (ast.get_docstring(node) or "").strip()] == []


def test_the_top_level_holds_what_was_agreed() -> None:
    """Nothing but the agreed folders and files stands at the top, hidden ones apart."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    top = {name.split("/")[0] for name in tracked.split("\n") if name and not name.startswith(".")}

    agreed = {"pyproject.toml", "README.md", "Makefile", "emulator", "connector", "scenarios", "openapi", "tests"}
    assert top - agreed == set()
