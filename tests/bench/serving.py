"""Servers in processes of their own: how they start, what they weigh, what they used."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import perf_counter

from .load import Load

_PATIENCE = 60
BARE = Path(__file__).with_name("bare.py")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens: its process, its address, and when it was started."""

    pid: int
    url: str
    started: float

    def resident_kib(self) -> int:
        """Resident memory, in KiB."""
        status = Path(f"/proc/{self.pid}/status")
        if status.exists():
            line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
            return int(line.split()[1])
        shown = subprocess.run(["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, text=True, check=True)
        return int(shown.stdout)

    def processor_seconds(self) -> float | None:
        """How long it has been on a processor; None where the system does not say it finely enough."""
        stat = Path(f"/proc/{self.pid}/schedstat")
        return int(stat.read_text().split()[0]) / 1e9 if stat.exists() else None


def first_answer(server: Server, request: bytes) -> float:
    """Seconds from the start of the process to the end of its first answer."""
    with Load(server.url, connections=1) as load:
        load.seconds_for(iter([request]), 1)
    return perf_counter() - server.started


@contextmanager
def emulator(seed: Path | None = None) -> Iterator[Server]:
    """`workato-emulator serve` on a free port, with this seed or the default one."""
    arguments = [] if seed is None else ["--seed", str(seed)]
    with _started("-m", "workato_emulator", "serve", "--port", "0", "--quiet", *arguments) as server:
        yield server


@contextmanager
def bare(method: str, path: str, size: int) -> Iterator[Server]:
    """The one-route Starlette app whose answer has this many bytes."""
    with _started("-P", str(BARE), method, path, str(size)) as server:
        yield server


@contextmanager
def constant(size: int) -> Iterator[Server]:
    """An answer of this many bytes under the emulator's own protocol."""
    with _started("-m", "tests.bench.constant", str(size)) as server:
        yield server


@contextmanager
def _started(*arguments: str) -> Iterator[Server]:
    # An installed program starts from byte code; a shell that forbids to keep any would make compilers of both sides.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = perf_counter()
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True, env=environment) as process:
        watchdog = Timer(_PATIENCE, process.kill)
        watchdog.start()
        try:
            assert process.stdout is not None
            address = process.stdout.readline().split()
            if not address:
                raise RuntimeError(f"nothing came of {' '.join(arguments)}")
            watchdog.cancel()
            yield Server(process.pid, address[-1].removesuffix("/api"), started)
        finally:
            watchdog.cancel()
            process.kill()
