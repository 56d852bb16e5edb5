"""A served emulator in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import IO

BOUND = 15
"""Seconds after which a server is given up."""


class Served:
    """A served emulator: its address, and how it ends."""

    def __init__(self, process: "subprocess.Popen[str]", greeting: list[str], log: IO[str]) -> None:
        self.process = process
        self._log = log
        self.greeting = greeting
        found = re.search(r"http://\S+(?=/api$)", greeting[0])
        assert found is not None, greeting
        self.url = found[0]

    def kill(self) -> None:
        """At once, with no chance to put anything in order."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(BOUND)

    def stop(self, how: signal.Signals) -> tuple[int, str, str]:
        """The exit code, what was said on the way out, and everything that was logged."""
        self.process.send_signal(how)
        out, _ = self.process.communicate(timeout=BOUND)
        return self.process.returncode, out, self.logged()

    def logged(self) -> str:
        return _logged(self._log)

    def resident(self) -> int:
        """Bytes of memory in use."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGESIZE")


@contextmanager
def serving(*arguments: str, bound: float = BOUND, told: str = "--quiet") -> Iterator[Served]:
    """A server in a process of its own, asked as soon as it has said where it is. It says nothing of requests."""
    with (
        TemporaryFile("w+") as log,
        subprocess.Popen(
            [sys.executable, "-m", "workato_emulator", "serve", "--port", "0", *((told,) if told else ()), *arguments],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={name: value for name, value in os.environ.items() if not name.startswith("WORKATO_")},
        ) as process,
    ):
        watchdog = Timer(bound, process.kill)
        watchdog.start()
        try:
            assert process.stdout is not None
            greeting = list(takewhile(lambda line: line != "Stop with Ctrl-C.\n", process.stdout))
            assert greeting, f"no greeting, but: {_logged(log)}"
            yield Served(process, greeting, log)
        finally:
            watchdog.cancel()
            process.kill()


def _logged(log: IO[str]) -> str:
    log.seek(0)
    return log.read()


@contextmanager
def connected(served: Served) -> Iterator[socket.socket]:
    """A raw connection, for what decent clients cannot say."""
    host, _, port = served.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=BOUND) as connection:
        yield connection


def said(connection: socket.socket) -> bytes:
    """Everything until the server closes the connection."""
    chunks = []
    with suppress(ConnectionError):  # a server that has said its no does not wait for the rest of the noise
        while chunk := connection.recv(65536):
            chunks.append(chunk)
    return b"".join(chunks)


def answered(served: Served, *sent: bytes) -> bytes:
    """All that comes back on a connection of its own."""
    with connected(served) as connection:
        with suppress(ConnectionError):
            for each in sent:
                connection.sendall(each)
        return said(connection)


def statuses_of(answer: bytes) -> list[int]:
    return [int(each) for each in re.findall(rb"HTTP/1\.1 (\d{3})", answer)]
