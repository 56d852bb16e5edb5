"""Who holds a port of this machine."""

from contextlib import suppress
from pathlib import Path

import httpx

_LISTENING = "0A"


def holder(port: int) -> str:
    """What answers on this port of loopback, and which process it is where the system tells."""
    process = _process(port)
    return _answering(port) + (f", process {process}" if process else "")


def _answering(port: int) -> str:
    try:
        said = httpx.get(f"http://127.0.0.1:{port}/_emulator/v1/health", timeout=1, trust_env=False)
    except httpx.HTTPError:
        return "a program that does not speak HTTP"
    if said.is_success and said.text.startswith('{"status":"ok"'):  # all that it says without its control token
        return "another emulator"
    return f"an HTTP server ({said.headers.get('server', 'unnamed')})"


def _process(port: int, proc: Path = Path("/proc")) -> str | None:
    """Number and name of the process that listens there, as Linux shows them to its owner; None elsewhere."""
    sockets = set()
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in (proc / "net" / table).read_text(encoding="ascii").split("\n")[1:]:
                fields = line.split()
                if len(fields) > 9 and fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:  # noqa: PLR2004
                    sockets.add(f"socket:[{fields[9]}]")
    for process in proc.glob("[0-9]*"):
        with suppress(OSError):  # another user's, or just gone
            if any(str(each.readlink()) in sockets for each in (process / "fd").iterdir()):
                return f"{process.name} ({(process / 'comm').read_text(encoding='utf-8').strip()})"
    return None
