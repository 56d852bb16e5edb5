"""A Dask cluster on this machine, each of its processes to be killed by whoever wants to see what comes of it."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LocalCluster:
    address: str
    workers: Sequence[subprocess.Popen[str]]


@contextmanager
def local_cluster(folder: Path, workers: int = 2) -> Iterator[LocalCluster]:
    """A scheduler and so many workers on loopback, and no nanny that would start a dead worker again."""
    file = folder / "scheduler.json"
    started = [_dask("scheduler", "--port", "0", "--scheduler-file", str(file))]
    try:
        _wait_for(started[0], "Scheduler at:")
        for _ in range(workers):
            worker = _dask("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny")
            started.append(worker)
            _wait_for(worker, "Registered to:")
        address = str(json.loads(file.read_text(encoding="utf-8"))["address"])
        yield LocalCluster(address, started[1:])
    finally:
        for each in reversed(started):
            each.kill()
            each.wait()
            assert each.stderr is not None
            each.stderr.close()


def _dask(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _wait_for(process: subprocess.Popen[str], text: str) -> None:
    """Wait until it says so. What it says later is little enough to stay in the pipe."""
    assert process.stderr is not None
    for line in process.stderr:
        if text in line:
            return
    raise AssertionError(f"it ended without saying {text!r}")
