"""The commands as processes: watching, full disks, closed pipes, terminals."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from .playing import text_of
from .stories import DEAF, FAILS, HOLDS, OTHER, write_stories


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A working directory of its own: a run remembers there what failed."""
    with contextlib.chdir(tmp_path_factory.mktemp("elsewhere")):
        yield


def started(
    *arguments: object, stdout: int | IO[str] = subprocess.PIPE, stderr: int = subprocess.PIPE
) -> "subprocess.Popen[str]":
    """The installed command, as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "workato_emulator", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        text=True,
        stdout=stdout,
        stderr=stderr,
    )


@pytest.mark.long
def test_as_many_processes_as_one_likes_write_the_same_report(tmp_path: Path) -> None:
    """Results and verdicts come in the same order, whoever played what."""
    write_stories(tmp_path, *[HOLDS, FAILS, OTHER, DEAF] * 3)
    texts = []
    for processes in (1, 2):
        with started("run", tmp_path, "-n", processes, "--report", f"json={tmp_path / 'r'}") as process:
            out, error = process.communicate()
        assert (process.returncode, error) == (1, "")
        assert "scenarios  9 passed, 3 failed" in out
        texts.append((tmp_path / "r").read_text(encoding="utf-8").partition('"timing"')[0])

    assert texts[0] == texts[1]


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt is sent in another way")
def test_a_watched_file_is_played_again_when_it_is_saved(tmp_path: Path) -> None:
    """Also after it was broken; an interrupt ends it, with what the last run came to."""
    (file,) = write_stories(tmp_path, HOLDS)
    with started("run", tmp_path, "--watch", "-q", "--no-audit", stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None

        def until(text: str) -> None:
            while text not in (line := process.stdout.readline()):  # type: ignore[union-attr]
                assert line, f"ended before {text!r}"

        until("watching")
        file.write_text("scenario: [", encoding="utf-8")
        until(str(file))
        until("watching")
        file.write_text(text_of(FAILS), encoding="utf-8")
        until("0 passed, 1 failed")
        until("watching")
        process.send_signal(signal.SIGINT)

    assert process.returncode == 1


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")


@FULL
@pytest.mark.parametrize(
    "command", ["rules", *(pytest.param(each, marks=pytest.mark.long) for each in ("run", "check", "schema"))]
)
def test_output_that_cannot_be_written_is_said(tmp_path: Path, command: str) -> None:
    """A full disk is a reason on stderr and exit code 2, for every command."""
    write_stories(tmp_path, HOLDS)
    paths = [tmp_path] if command in {"run", "check"} else []
    with Path("/dev/full").open("w") as full, started(command, *paths, stdout=full) as process:
        _, error = process.communicate()

    assert (process.returncode, error) == (2, "the output cannot be written: No space left on device  [OPT-6]\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGPIPE")
def test_a_reader_who_has_seen_enough_ends_the_command(tmp_path: Path) -> None:
    """A closed pipe is no error to speak of; the exit code is that of SIGPIPE."""
    write_stories(tmp_path, HOLDS)
    ours, theirs = os.pipe()
    os.close(ours)
    with started("run", tmp_path, stdout=theirs) as process:
        os.close(theirs)
        _, error = process.communicate()

    assert (process.returncode, error) == (141, "")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_terminal_sees_progress_and_then_the_result(tmp_path: Path) -> None:
    """The installed command in a terminal: bars for scenarios and rules, gone in the end; colours; exit code 0."""
    seen = _seen_in_a_terminal(tmp_path)

    assert b"scenarios" in seen
    assert b"\x1b[2K" in seen
    assert b"1 passed, 0 failed" in seen.rpartition(b"\x1b[2K")[2]


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_ci_server_that_pretends_to_be_a_terminal_sees_no_bars(tmp_path: Path) -> None:
    """With CI set, only the result is written: the log of a CI server keeps every frame of a bar."""
    seen = _seen_in_a_terminal(tmp_path, CI="true")

    assert b"\x1b[2K" not in seen
    assert b"1 passed, 0 failed" in seen


#: What tells a program about the terminal or server it runs under. A test decides these itself.
SURROUNDINGS = {"CI", "COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM", "TTY_COMPATIBLE", "TTY_INTERACTIVE"}


def _seen_in_a_terminal(folder: Path, **environment: str) -> bytes:
    """All that a person at a terminal sees of one scenario that holds, bars and colours included."""
    write_stories(folder, HOLDS)
    ours, theirs = os.openpty()
    around = {name: value for name, value in os.environ.items() if name not in SURROUNDINGS}
    with subprocess.Popen(
        [sys.executable, "-m", "workato_emulator", "run", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**around, "TERM": "xterm", "COLUMNS": "100", **environment},
    ) as process:
        os.close(theirs)
        seen = b""
        while piece := _read(ours):
            seen += piece
    os.close(ours)
    assert process.returncode == 0
    return seen


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""
