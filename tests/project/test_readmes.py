"""What the documents promise is run."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from okta_scenarios.audit import judge
from okta_scenarios.bundled import example_plan
from okta_scenarios.language import Library, load
from okta_scenarios.play import run_scenario, vocabulary
from workato_emulator import Emulator

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path for path in ROOT.rglob("README.md") if not {".venv", "node_modules"} & set(path.relative_to(ROOT).parts)
)
FENCE = re.compile(r"^```(\S+)([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(document: Path, *kinds: str) -> list[str]:
    found = FENCE.findall(document.read_text(encoding="utf-8"))
    return [body for kind, rest, body in found if kind in kinds and "no-run" not in rest]


def every_block(*kinds: str) -> list[object]:
    return [
        pytest.param(body, id=f"{document.parent.name}-{number}")
        for document in DOCUMENTS
        for number, body in enumerate(blocks(document, *kinds), 1)
    ]


def run_in_shell(script: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run these commands as somebody would who has activated the environment."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        ["bash", "-c", f"set -e\n{script}"], capture_output=True, text=True, check=False, env=environment, cwd=folder
    )


@pytest.fixture(name="served")
def _served() -> Iterator[str]:
    """A served emulator; the base URL it printed."""
    with subprocess.Popen(
        [sys.executable, "-m", "workato_emulator", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        yield first.split()[-1].removesuffix("/api")
        process.terminate()


@pytest.mark.parametrize("block", every_block("python"))
def test_python_blocks_run(block: str) -> None:
    """Every Python block in a README runs as it stands."""
    outcome = subprocess.run([sys.executable, "-W", "error", "-c", block], capture_output=True, text=True, check=False)

    assert outcome.stderr == ""
    assert outcome.returncode == 0


@pytest.mark.parametrize("block", every_block("yaml"))
def test_yaml_blocks_are_usable(block: str, tmp_path: Path) -> None:
    """A YAML block is a seed that the emulator takes, the example plan, or a scenario that proves its claims."""
    document = yaml.safe_load(block)

    if "workspaces" in document:
        assert Emulator(document).control.get("/health").status_code == 200
    elif "rehearsal" in document:
        assert block == example_plan().read_text(encoding="utf-8")
    else:
        file = tmp_path / "SC-900.yaml"
        file.write_text(block, encoding="utf-8")
        found = load((file,), vocabulary())
        assert isinstance(found, Library), str(found)
        results = [run_scenario(each) for each in found]
        verdicts = judge(found, results)
        assert [result.failure for result in results] == [None]
        assert {each.status for each in verdicts if each.scenarios} == {"verified"}


@pytest.mark.socket
def test_shell_blocks_of_the_first_readme_work_by_copy_and_paste(served: str) -> None:
    """The curl commands of the README work in their order against a served emulator, and so do the other commands."""
    shell = blocks(ROOT / "README.md", "sh")
    answers = []
    for block in shell:
        if "curl" in block:
            done = run_in_shell(block.replace("localhost:8086", served.removeprefix("http://")), ROOT)
            assert done.returncode == 0, done.stderr
            answers.append(done.stdout)

    assert json.loads(answers[0])["total"] == 3
    assert '"email":"ada@example.test"' in answers[1]
    assert "INV-1=refused" in answers[2]
    assert "role_name or env_roles is required" in answers[2]


def test_the_guide_to_scenarios_works_as_written(tmp_path: Path) -> None:
    """Saved where the guide says, its first scenario passes `check` and `run` with the commands of the guide."""
    guide = ROOT / "scenarios" / "README.md"
    scenario, *_ = blocks(guide, "yaml")
    (commands,) = blocks(guide, "sh")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "SC-900.yaml").write_text(scenario, encoding="utf-8")
    done = run_in_shell(commands, tmp_path)

    assert done.returncode == 0, done.stderr
    assert "1 scenario, nothing wrong" in done.stdout
    assert "1 passed, 0 failed" in done.stdout
    assert (tmp_path / "mine" / "scenario.schema.json").exists()


def test_the_way_to_going_live_works_as_written(tmp_path: Path) -> None:
    """Beside a copy of the example, the page's commands rehearse it and write what they say."""
    shutil.copytree(ROOT / "scenarios" / "plans" / "rollout", tmp_path / "rollout")
    done = run_in_shell("\n".join(blocks(ROOT / "scenarios" / "plans" / "README.md", "sh")), tmp_path / "rollout")

    assert done.returncode == 0, done.stderr
    assert "administrator demoted: 1 person" in done.stdout
    assert {each.name for each in (tmp_path / "rollout").glob("rehearsal.*")} == {
        "rehearsal.html",
        "rehearsal.json",
        "rehearsal.csv",
    }


@pytest.mark.long
@pytest.mark.socket
def test_the_page_for_a_scim_app_works_as_written(served: str, tmp_path: Path) -> None:
    """Its two commands end well beside a served emulator, and write their reports."""
    commands = "\n".join(blocks(ROOT / "scenarios" / "scim" / "README.md", "sh"))
    done = run_in_shell(commands.replace("localhost:8086", served.removeprefix("http://")), tmp_path)

    assert done.returncode == 0, done.stderr
    assert "0 failed" in done.stdout
    assert "0 things that Okta trips over" in done.stdout
    assert {each.name for each in tmp_path.glob("*.*")} >= {"scim.html", "okta-play.xml"}


def test_ci_runs_the_commands_of_the_readme() -> None:
    """The README's two commands are targets of the Makefile, and CI calls both."""
    commands = blocks(ROOT / "README.md", "sh")[0].split("\n")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").split("\n")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert commands == ["make run", "make test", ""]
    for command in commands[:2]:
        assert command in ci
        assert f"\n{command.removeprefix('make ')}:" in makefile


@pytest.mark.parametrize("document", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in DOCUMENTS])
def test_links_lead_somewhere(document: Path) -> None:
    """Relative links in a README name files that exist."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))

    assert [target for target in targets if not (document.parent / target).exists()] == []
