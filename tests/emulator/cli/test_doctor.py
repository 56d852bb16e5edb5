"""What `doctor` looks at, and what it says where something is to be done."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workato_emulator.cli.checks import GROUP, Finding, checks, folder_finding
from workato_emulator.cli.doctor import commands_finding, doctor, encoding_finding, python_finding
from workato_emulator.clock import Clock
from workato_emulator.recovery import begin
from workato_emulator.state.log import Log
from workato_emulator.state.seeds import default_document

SCENARIO = Path(__file__).parents[3] / "scenarios" / "starter" / "scenarios" / "SC-900.yaml"


@pytest.fixture(name="port")
def _port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def told(port: int, *files: Path) -> Result:
    return CliRunner().invoke(doctor, ["--port", str(port), *map(str, files)])


def line_about(what: str, result: Result) -> str:
    return next(each for each in result.stdout.split("\n") if what in each)


def test_a_sound_installation_has_no_problems(port: int) -> None:
    """Every check says what it found; exit code 0."""
    result = told(port)

    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("\nno problems\n")
    for what in ("Python", "terminal", "package", "commands", "libraries", "extra: fuzz", "workato.yaml", "starter"):
        assert line_about(what, result).startswith("ok ")
    assert re.search(r"^ok +scenarios +\d{3} files$", result.stdout, re.MULTILINE)
    assert line_about(f"port {port}", result).endswith("  free")


@pytest.mark.socket
def test_it_says_who_has_the_port() -> None:
    """A listener that says nothing in HTTP is told by its process, where the system shows it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = told(taken.getsockname()[1])

    assert result.exit_code == 1
    assert "taken by a program that does not speak HTTP" in result.stdout
    assert "-> stop it, or serve on another: serve --port 0 takes a free one" in result.stdout
    assert result.stdout.endswith("\n1 problem\n")


class _Page(BaseHTTPRequestHandler):
    server_version = "Bakery/1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"bread")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the parent's name)
        """Nothing on the terminal."""


@contextmanager
def bakery() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), _Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.socket
def test_an_http_server_is_told_by_its_name() -> None:
    """It is not taken for an emulator."""
    with bakery() as port:
        assert "taken by an HTTP server (Bakery/1" in told(port).stdout


def test_good_files_are_named_with_their_kind(port: int, tmp_path: Path) -> None:
    """A seed, a state file, a scenario and a folder of them are recognised by what is in them."""
    seed = tmp_path / "seed.yaml"
    seed.write_text("{workspaces: {acme: {}}}", encoding="utf-8")
    log = Log(tmp_path / "acme.state")
    begin(log, default_document(), Clock.system())
    log.close()
    result = told(port, seed, tmp_path / "acme.state", SCENARIO, SCENARIO.parent)

    assert result.exit_code == 0, result.output
    assert line_about(f"seed {seed}", result).endswith("right")
    assert line_about("state ", result).endswith("whole, 0 changes")
    assert line_about(f"scenarios {SCENARIO}", result).endswith("1 right")
    assert line_about(f"scenarios {SCENARIO.parent} ", result).endswith("1 right")


@pytest.mark.parametrize(
    ("text", "found", "remedy"),
    [
        pytest.param(
            "{workspaces: {acme: {groups: [{name: A, nmae: B}]}}}", "unknown key 'nmae'", "explain SEED-4", id="seed"
        ),
        pytest.param("a: [1", "did not find expected", "explain SEED-2", id="no-yaml"),
        pytest.param('00000000 {"format": 1}\n', "is not as it was written", "explain STATE-4", id="state"),
        pytest.param("scenario: SC-001\ntitle: t\n", "needs 'steps'", "explain SCN-3", id="scenario"),
    ],
)
def test_broken_files_are_told_with_what_to_do(port: int, tmp_path: Path, text: str, found: str, remedy: str) -> None:
    """What is wrong, and where to read on; exit code 1."""
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    result = told(port, file)

    assert result.exit_code == 1
    assert found in line_about("problem ", result)
    assert remedy in line_about("-> ", result)
    assert file.read_text(encoding="utf-8") == text


def test_a_state_file_is_not_touched(port: int, tmp_path: Path) -> None:
    """Not even the unfinished line that a kill left, which a start would cut off; and nothing appears beside it."""
    file = tmp_path / "acme.state"
    log = Log(file)
    begin(log, default_document(), Clock.system())
    log.close()
    (tmp_path / "acme.state.lock").unlink()
    with file.open("ab") as end:
        end.write(b"00000000 {unfin")
    before = file.read_bytes()

    assert told(port, file).exit_code == 0
    assert file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["acme.state"]


def test_a_state_file_that_no_start_takes_up_is_told(port: int, tmp_path: Path) -> None:
    """Each line is whole, and they do not lead to what was: what `serve` would say, with the file's own name."""
    file = tmp_path / "acme.state"
    log = Log(file)
    app = begin(log, default_document(), Clock.system())
    assert app.backend.changes.append is not None
    request = {"door": "control", "method": "POST", "path": "/_emulator/v1/reset", "raw_path": "/_emulator/v1/reset"}
    log.append(request | {"at": "2026-01-05T17:00:00+00:00", "headers": [], "body": "", "status": 404, "ids": 0})
    log.close()
    result = told(port, file)

    assert result.exit_code == 1
    assert f"{file}:2: POST /_emulator/v1/reset was answered 404" in line_about("problem ", result)
    assert "explain STATE-4" in line_about("-> ", result)


def test_what_does_not_exist_is_said(port: int, tmp_path: Path) -> None:
    """As a problem like any other."""
    assert "does not exist" in line_about("problem ", told(port, tmp_path / "gone"))


class _Point:
    name = "rnu"

    def load(self) -> None:
        raise ImportError("no module named okta_scenarios")


@pytest.mark.parametrize(
    "finding",
    [
        pytest.param(python_finding((3, 10, 4)), id="old-python"),
        pytest.param(encoding_finding("ascii"), id="a-terminal-without-signs"),
        pytest.param(commands_finding([_Point()]), id="a-command-that-cannot-be-loaded"),
        pytest.param(commands_finding([]), id="no-commands"),
        pytest.param(folder_finding("scenarios", Path("/nowhere"), "install again"), id="no-scenarios"),
    ],
)
def test_every_problem_has_a_remedy(finding: object) -> None:
    """What could be wrong with the machine or the installation is found, with what to do."""
    assert getattr(finding, "remedy", None)


def test_other_packages_register_what_they_look_at() -> None:
    """The scenarios do; what is registered and cannot be loaded is a problem, and so is nothing at all."""
    (scenarios,) = checks()
    (broken,) = checks([EntryPoint("scenarios", "okta_scenarios_of_yesterday:scenarios", GROUP)])
    (nothing,) = checks([])

    assert not isinstance(scenarios, Finding)
    assert scenarios.is_mine(SCENARIO, SCENARIO.read_bytes())
    assert not scenarios.is_mine(SCENARIO, b"workspaces: {}")
    assert isinstance(broken, Finding)
    assert "okta_scenarios_of_yesterday" in broken.found
    assert isinstance(nothing, Finding)
    assert broken.remedy == nothing.remedy == "install the package again: part of it is missing"


def test_an_encoding_that_can_show_everything_is_fine() -> None:
    """As is the Python that runs these tests."""
    assert encoding_finding("utf-8").remedy is None
    assert python_finding((3, 11, 0)).remedy is None
