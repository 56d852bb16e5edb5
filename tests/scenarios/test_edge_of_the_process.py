"""The installed command and what is around it: encodings, closed streams, signals, odd names."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from workato_emulator.cli import main

from .playing import text_of

HOLDS = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}, proves: [PNU-1]}"
FAILS = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: false}}"
COMMAND = (sys.executable, "-m", "workato_emulator")
LONG = pytest.mark.long
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals, shells and terminals of POSIX")
PATIENCE = 120


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path) -> Iterator[None]:
    """A working directory of its own: a run remembers there what failed."""
    with contextlib.chdir(tmp_path):
        yield


def write(folder: str, number: int = 1, steps: str = HOLDS, title: str = "A small story") -> None:
    """So many scenarios of these steps."""
    Path(folder).mkdir()
    for each in range(1, number + 1):
        id_ = f"SC-{each:03}"
        Path(folder, f"{id_}.yaml").write_text(text_of(steps, id_=id_, title=title), encoding="utf-8")


def finished(*arguments: str, around: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, env={**os.environ, **(around or {})}, check=False, timeout=PATIENCE
    )


@pytest.mark.parametrize("command", ["rules", *(pytest.param(each, marks=LONG) for each in ("explain", "assumptions"))])
def test_every_command_can_write_to_an_ascii_terminal(command: str) -> None:
    """Whatever stands in rules and titles."""
    result = finished(command, around={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})

    assert (result.returncode, result.stderr) == (0, b"")


@POSIX
@pytest.mark.parametrize(
    ("streams", "command", "code"),
    [
        pytest.param("<&- >&- 2>&-", "run mine", 1, marks=LONG),
        pytest.param("2>/dev/full", "run mine", 1, marks=LONG),
        (">&-", "explain SCN-4", 0),
        ("2>&-", "rnu", 2),
        ("2>/dev/full", "rnu", 2),
        (">/dev/full 2>&1", "explain", 2),
        (">/dev/full", "--help", 2),
    ],
)
def test_a_stream_that_is_closed_or_full_does_not_change_the_outcome(streams: str, command: str, code: int) -> None:
    """But for output that somebody wants and that cannot be written."""
    write("mine", steps=FAILS)
    line = f'exec "$0" -m workato_emulator {command} {streams}'
    result = subprocess.run(["sh", "-c", line, sys.executable], capture_output=True, check=False, timeout=PATIENCE)

    assert result.returncode == code
    assert b"Traceback" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rnu"], "No such command 'rnu'; did you mean 'run'?  [OPT-2]"),
        (["CHECK"], "No such command 'CHECK'; did you mean 'check'?  [OPT-2]"),
        (["qqqqq"], "No such command 'qqqqq'.  [OPT-2]"),
        (["export", "arazo"], "did you mean 'arazzo'?"),
        (["run", "--reprot", "x"], "did you mean '--report'?"),
        (["completion", "zhs"], "; did you mean 'zsh'?  [OPT-4]"),
        (["completion", "powershell"], "'powershell' is not one of 'bash', 'zsh', 'fish'.  [OPT-4]"),
        (["schema", "reprot"], "; did you mean 'report'?  [OPT-4]"),
        (["fuzz", "--contract", "contrl"], "; did you mean 'control'?  [OPT-4]"),
        (["run", "no\x1b[31m\u202e"], r"no\x1b[31m\u202e: no such file or folder  [RUN-2]"),
        (["--no\x1b[31m"], r"No such option '--no\x1b[31m'"),
    ],
    ids=lambda value: None if isinstance(value, str) else "-".join(value).encode("unicode_escape").decode(),
)
def test_a_misspelt_word_is_told_the_nearest(arguments: Sequence[str], said: str) -> None:
    """Commands, options and choices alike; what was typed reaches the terminal as text and nothing else."""
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 2
    assert said.casefold() in result.stderr.casefold()


@POSIX
def test_a_working_directory_that_was_removed_is_said(tmp_path: Path) -> None:
    """Nothing can be found from there."""
    line = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" -m workato_emulator run'
    result = subprocess.run(["sh", "-c", line, sys.executable], capture_output=True, check=False, timeout=PATIENCE)

    assert result.returncode == 2
    assert b"the working directory cannot be used: No such file or directory  [OPT-5]" in result.stderr


@POSIX
def test_the_command_that_init_prints_can_be_pasted() -> None:
    """Whatever the folder is called."""
    printed = CliRunner().invoke(main, ["init", "it's sp ace/neu"]).stdout
    (command,) = (line.strip() for line in printed.splitlines() if line.startswith("  cd "))
    pasted = subprocess.run(["sh", "-c", f"{command} && ls"], capture_output=True, check=True)

    assert b"seed.yaml" in pasted.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="file names of another system are text")
@pytest.mark.parametrize("encoding", [pytest.param("cp437", marks=LONG), "ascii:strict"])
def test_neither_an_odd_title_nor_an_odd_file_name_is_an_obstacle(encoding: str) -> None:
    """A character that the terminal does not have is replaced, a byte of a name that is no character is escaped."""
    write("mine", title="Sails 🚀 und Straße", steps=FAILS)
    odd = Path(os.fsdecode(b"mine/b\xff\nad.yaml"))
    Path("mine/SC-001.yaml").rename(odd)
    reports = [f"--report={kind}=r.{kind}" for kind in ("html", "json", "junit", "tap")]
    around = {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    result = finished("run", "mine", "-v", "--no-audit", *reports, around=around)

    assert CliRunner().invoke(main, ["check", "mine"]).exit_code == 0
    assert (result.returncode, result.stderr) == (1, b"")
    assert b"SC-001 Sails ? und Stra" in result.stdout
    assert b"0 passed, 1 failed" in result.stdout
    assert rb"mine/b\xff\nad.yaml:18" in result.stdout
    assert json.loads(Path("r.json").read_text(encoding="utf-8"))["scenarios"][0]["file"] == str(odd)
    ET.fromstring(Path("r.junit").read_text(encoding="utf-8"))  # noqa: S314  (written by ourselves)


class Terminal:
    """A command in a terminal, where it shows how far it is."""

    def __init__(self, *arguments: str) -> None:
        self.ours, theirs = os.openpty()
        around = {name: value for name, value in os.environ.items() if name not in {"CI", "NO_COLOR", "COLUMNS"}}
        self.process = subprocess.Popen(
            [*COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env={**around, "TERM": "xterm"}
        )
        os.close(theirs)

    def until(self, text: bytes) -> None:
        seen = b""
        while text not in seen:
            piece = self._read()
            assert piece, seen
            seen += piece

    def rest(self) -> bytes:
        """What is written until nobody holds the terminal any more, neither the command nor one of its processes."""
        seen = b""
        while piece := self._read():
            seen += piece
        os.close(self.ours)
        self.process.wait(PATIENCE)
        return seen

    def _read(self) -> bytes:
        try:
            return os.read(self.ours, 65_536)
        except OSError:  # nobody is at the other end
            return b""


@POSIX
@pytest.mark.parametrize(
    ("name", "processes"),
    [
        ("SIGTERM", "2"),
        pytest.param("SIGINT", "1", marks=LONG),
        pytest.param("SIGINT", "2", marks=LONG),
        pytest.param("SIGHUP", "2", marks=LONG),
    ],
)
def test_a_run_that_is_stopped_tells_what_it_played_and_leaves_nobody_behind(name: str, processes: str) -> None:
    """The sum so far, the reports, marked as incomplete, and the exit code of the signal."""
    write("mine", number=200)
    run = Terminal("run", "mine", "-q", "-n", processes, "--report", "json=r.json", "--report", "tap=r.tap")
    run.until(b"scenarios")
    number = getattr(signal, name)
    run.process.send_signal(number)
    seen = run.rest()

    assert run.process.returncode == 128 + number
    assert b"interrupted: this is what was played by then" in seen
    assert b"Traceback" not in seen
    assert json.loads(Path("r.json").read_text(encoding="utf-8"))["summary"]["complete"] is False
    assert Path("r.tap").read_text(encoding="utf-8").endswith("Bail out! interrupted\n")


def stopped_while_reading(number: int, *arguments: str) -> tuple[int, bytes, bytes]:
    """What becomes of a command that gets this signal while it reads a scenario which does not end."""
    os.mkfifo("slow.yaml")
    process = subprocess.Popen([*COMMAND, *arguments, "slow.yaml"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with Path("slow.yaml").open("wb"):  # it opens when somebody reads
        process.send_signal(number)
        seen, said = process.communicate(timeout=PATIENCE)
    return process.returncode, seen, said


@POSIX
@pytest.mark.parametrize("name", ["SIGINT", pytest.param("SIGTERM", marks=LONG)])
def test_a_run_that_is_stopped_while_it_reads_writes_its_reports(name: str) -> None:
    """Nothing was played by then, and that is what they say."""
    reports = [f"--report={kind}=r.{kind}" for kind in ("html", "json", "junit", "tap")]
    number = getattr(signal, name)
    code, seen, said = stopped_while_reading(number, "run", *reports)

    assert code == 128 + number
    assert b"interrupted: this is what was played by then" in seen
    assert said == b"interrupted\n"
    summary = json.loads(Path("r.json").read_text(encoding="utf-8"))["summary"]
    assert (summary["complete"], summary["scenarios"]["total"]) == (False, 0)
    assert Path("r.tap").read_text(encoding="utf-8").splitlines()[-2:] == ["1..0", "Bail out! interrupted"]
    (suite,) = ET.parse("r.junit").iter("testsuite")  # noqa: S314  (written by ourselves)
    assert suite.attrib["errors"] == "1"
    assert "interrupted" in Path("r.html").read_text(encoding="utf-8")


@POSIX
@LONG
def test_an_audit_that_is_stopped_while_it_reads_says_that_nothing_was_tried() -> None:
    """And exits as after any Ctrl-C."""
    code, seen, said = stopped_while_reading(signal.SIGINT, "audit")

    assert (code, said) == (130, b"interrupted\n")
    assert b"interrupted: " in seen
    assert b"not tried" in seen


@POSIX
@LONG
def test_a_run_that_waits_for_its_target_can_be_stopped() -> None:
    """The reports are there all the same."""
    write("mine")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        run = subprocess.Popen([*COMMAND, "run", "mine", "--target", url, "--report=json=r.json"])
        connection, _ = silent.accept()
        with connection:
            run.send_signal(signal.SIGINT)
            assert run.wait(PATIENCE) == 130

    report = json.loads(Path("r.json").read_text(encoding="utf-8"))
    assert (report["summary"]["complete"], report["summary"]["scenarios"]["not_played"]) == (False, 1)
    assert report["summary"]["target"] == url


@pytest.mark.parametrize("file", ["mine/SC-001.yaml", "mine/fixtures/office.yaml"])
def test_no_report_takes_the_place_of_what_is_read(file: str) -> None:
    """Neither of a scenario nor of a fixture."""
    write("mine")
    Path("mine/fixtures").mkdir()
    Path("mine/fixtures/office.yaml").write_text("fixture: office\ngiven: {}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["run", "mine", f"--report=json={file}"])

    assert result.exit_code == 2
    assert "the file is read by this run" in result.stderr


@POSIX
@pytest.mark.parametrize("command", ["run", pytest.param("audit", marks=LONG)])
def test_processes_end_with_the_one_that_started_them(command: str) -> None:
    """Killed, it cannot tell them: they notice by themselves, and let go of the terminal."""
    write("mine", number=200)
    run = Terminal(command, "mine", "-n", "2")
    run.until(b"scenarios")
    run.process.kill()
    run.rest()

    assert run.process.returncode == -signal.SIGKILL


@POSIX
@LONG
def test_an_audit_that_is_stopped_tells_what_it_judged() -> None:
    """And that it is not all."""
    write("mine", number=60)
    audit = Terminal("audit", "mine", "-n", "2")
    audit.until(b"scenarios")
    audit.process.send_signal(signal.SIGINT)
    seen = audit.rest()

    assert audit.process.returncode == 130
    assert b"interrupted: " in seen
    assert b"not tried" in seen


def test_tables_are_stacked_in_sixty_columns() -> None:
    """Where COLUMNS says so, in a pipe too; no line is wider."""
    write("mine")
    lines = CliRunner(env={"COLUMNS": "60"}).invoke(main, ["run", "mine", "-n", "1"]).stdout.splitlines()

    assert lines[:2] == ["PNU-1", "  status        verified"]
    assert all(len(line) <= 60 for line in lines)


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"]])
def test_help_can_be_read_in_sixty_columns(arguments: Sequence[str]) -> None:
    """Nothing is cut, nothing is wider."""
    lines = finished(*arguments, around={"COLUMNS": "60"}).stdout.decode().splitlines()

    assert all(len(line) <= 60 and not line.endswith("...") for line in lines[1:])
