"""Instructions per request, of the emulator and of bare Starlette: no load of the machine changes them.

`valgrind --tool=cachegrind` counts them. A server is run twice, for few requests and for more; what the second run took
more is the requests' own.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from .load import Load
from .serving import BARE

FEW, MORE = 150, 450
"""Requests of the two runs. The first ones warm up what is made once."""

_PATIENCE = 120
"""Seconds for an answer, or for the end, of a server under valgrind, which is many times slower."""


def of_bare(method: str, path: str, size: int, requests: Sequence[bytes]) -> float:
    """Instructions per request of the one-route Starlette app whose answer has this many bytes."""
    return _per_request(["-P", str(BARE), method, path, str(size)], requests)


def of_emulator(seed: Path, requests: Sequence[bytes]) -> float:
    """Instructions per request of `workato-emulator serve --quiet` with this seed."""
    return _per_request(["-m", "workato_emulator", "serve", "--port", "0", "--quiet", "--seed", str(seed)], requests)


def _per_request(arguments: Sequence[str], requests: Sequence[bytes]) -> float:
    """`requests` are `MORE`, all different where that matters."""
    with ThreadPoolExecutor(2) as both:
        few, more = both.map(lambda count: _count(arguments, requests[:count]), (FEW, MORE))
    return (more - few) / (MORE - FEW)


def _count(arguments: Sequence[str], requests: Sequence[bytes]) -> int:
    """Instructions of a server from its start to its end, with these requests in between."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "cachegrind.out"
        valgrind = ["valgrind", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={file}"]
        with subprocess.Popen(
            [*valgrind, sys.executable, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment | {"PYTHONHASHSEED": "0"},
        ) as process:
            try:
                assert process.stdout is not None
                address = process.stdout.readline().split()
                if not address:
                    raise RuntimeError(f"nothing came of {' '.join(arguments)}")
                with Load(address[-1].removesuffix("/api"), connections=1, patience=_PATIENCE) as load:
                    load.seconds_for(iter(requests), len(requests))
                process.send_signal(signal.SIGINT)
                process.wait(_PATIENCE)
            finally:
                process.kill()
        return int(file.read_text().rpartition("summary:")[2].split()[0])
