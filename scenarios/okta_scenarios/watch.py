"""Noticing that files were saved."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

Stamp = tuple[int, int]


def saves(files: Callable[[], Iterable[Path]], wait: Callable[[], object]) -> Iterator[None]:
    """Once at the start, and then whenever one of the files came, went or was written.

    `wait` passes the time between two looks. What is saved while the caller is busy is noticed at the next look.
    """
    seen = _stamps(files())
    yield
    while True:
        wait()
        now = _stamps(files())
        if now != seen:
            seen = now
            yield


def _stamps(files: Iterable[Path]) -> Mapping[Path, Stamp]:
    return {file: stamp for file in files if (stamp := _stamp(file)) is not None}


def _stamp(file: Path) -> Stamp | None:
    """When and how long; nothing for a file that an editor has just moved away to write it anew."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
