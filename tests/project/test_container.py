"""The container file: what it is made of, whom it runs as, and that what it starts exists."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from workato_emulator.cli import main

ROOT = Path(__file__).parents[2]
FILE = ROOT / "emulator" / "Containerfile"
INSTRUCTIONS = {
    "FROM", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD",
}  # fmt: skip


def _stages() -> list[list[tuple[str, str]]]:
    """The instructions of each stage, in order."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    text = re.sub(r"\\\n\s*", "", "\n".join(lines))
    stages: list[list[tuple[str, str]]] = []
    for line in filter(None, text.splitlines()):
        word, _, rest = line.partition(" ")
        assert word in INSTRUCTIONS, line
        if word == "FROM":
            stages.append([])
        stages[-1].append((word, rest))
    return stages


def _last(word: str) -> str:
    return [rest for each, rest in _stages()[-1] if each == word][-1]


def test_it_runs_as_nobody_in_particular_and_ends_when_told() -> None:
    """Not as root, with a folder for its state; the signal reaches the process, as no shell stands between."""
    user, entry = _last("USER"), json.loads(_last("ENTRYPOINT"))
    places = [number for number, (word, _) in enumerate(_stages()[-1]) if word in {"RUN", "USER"}]

    assert user.isdigit()
    assert int(user) > 0
    assert _stages()[-1][places[-1]][0] == "USER", "nothing is run as root after it"
    assert entry == ["workato-emulator"]
    assert _last("VOLUME") == "/state"
    assert _last("STOPSIGNAL") == "SIGTERM"


def test_what_it_starts_is_a_command_line_of_the_tool() -> None:
    """The command is parsed as a person's would be, and listens where the image says."""
    name, *options = json.loads(_last("CMD"))
    command = main.get_command(click.Context(main), name)
    assert command is not None
    context = command.make_context(name, options)

    assert context.params["port"] == int(_last("EXPOSE"))
    assert f":{_last('EXPOSE')}/_emulator/v1/health" in _last("HEALTHCHECK")


def test_what_it_copies_is_there_and_not_ignored() -> None:
    """All that the wheel is built from, and the ignore file lets it through."""
    ignore = (FILE.parent / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [source for word, rest in _stages()[0] if word == "COPY" for source in rest.split()[:-1]]

    assert {"pyproject.toml", "emulator", "connector", "scenarios", "openapi"} <= set(copied)
    assert all((ROOT / source).exists() for source in copied)
    assert all(f"!{source}" in ignore for source in copied)


@pytest.mark.long
def test_the_image_is_built_and_plays() -> None:
    """Where an engine is: it becomes healthy without a token, scenarios play there, and it ends when told."""
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "info"], capture_output=True, check=False).returncode != 0:
        pytest.skip("no container engine here")

    def run(*arguments: str) -> str:
        return subprocess.run([docker, *arguments], check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()

    image = run("build", "--quiet", "-f", str(FILE), ".")
    container = run("run", "-d", "-P", "-e", "WORKATO_EMULATOR_CONTROL_TOKEN=choose-one", image)
    try:
        address = run("port", container, "8086").splitlines()[0].replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        served = f"http://{address}"
        checked = run("exec", container, *json.loads(_last("HEALTHCHECK").partition("CMD ")[2]))
        played = subprocess.run(
            ["workato-emulator", "run", "--target", served, "--control-token", "choose-one", "--text", "SC-001"],
            check=False,
        )
        assert (checked, played.returncode) == ("", 0)
        run("stop", container)
        assert run("inspect", "-f", "{{.State.ExitCode}}", container) == "0"
    finally:
        run("rm", "-f", container)
