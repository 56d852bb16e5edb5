"""A log on disk, for what must outlive the process: a first line that says where it begins, then one line per change.

    7f3a09c1 {"format": 1, …}          the base
    0b6e44d2 {"method": "POST", …}     what changed it, oldest first

Each line starts with a CRC-32 that is chained to the line before it, so that a line which was altered, lost, doubled or
moved is found. A line is handed to the operating system in one piece before anybody hears that the change was made: it
survives the end of this process, however sudden. It is not forced onto the disk: after a power failure the newest lines
may be missing (see DECISIONS.md).

What the lines say is no business of this module. It needs a POSIX system, for the lock.
"""

import fcntl
import json
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from workato_emulator.explanations.command_line import STATE_DAMAGED, STATE_FOREIGN, STATE_IN_USE, STATE_PLACE

Data = dict[str, Any]
FORMAT = 1
_SUM = 8
"""Hexadecimal digits of a checksum."""


class StateProblem(ValueError):
    """A state file that cannot be used. Says which file, which line and why; the file is left as it was."""

    def __init__(self, path: Path, why: str, line: int | None = None, *, code: str = STATE_DAMAGED) -> None:
        super().__init__(f"{path}: {why}" if line is None else f"{path}:{line}: {why}")
        self.code = code


class Log:
    """One state file, held by one process at a time.

    Read it whole (`header`, then `records` to the end) or `begin` it anew; only then `append` to it.
    """

    def __init__(self, path: Path) -> None:
        """Take hold of the file, which need not exist. Raises `StateProblem` where that cannot be."""
        self.path = path
        self._file = path.resolve()
        self._sum = 0
        self._size = 0
        self._out: int | None = None
        self._must_be_usable()
        self._lock = self._locked()

    def _must_be_usable(self) -> None:
        if not self._file.parent.is_dir():
            raise StateProblem(self.path, f"there is no folder {self._file.parent}", code=STATE_PLACE)
        if self._file.exists() and not stat.S_ISREG(self._file.stat().st_mode):
            raise StateProblem(self.path, "is no ordinary file", code=STATE_PLACE)

    def _locked(self) -> int:
        """The lock is on a file beside it, because the state file itself is replaced when it is compacted."""
        beside = self._file.with_name(f"{self._file.name}.lock")
        try:
            lock = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StateProblem(self.path, f"{beside} cannot be opened: {error.strerror}", code=STATE_PLACE) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            taken = "another `serve` is using it: stop that one, or name another file"
            raise StateProblem(self.path, taken, code=STATE_IN_USE) from None
        return lock

    def exists(self) -> bool:
        return self._file.exists()

    def header(self) -> Data:
        """The first line. Raises `StateProblem` for a file that is not ours."""
        for _, line in self._lines():
            if line[_SUM : _SUM + 2] != b" {":
                break
            header = self._checked(line, 1, 0)[0]
            if header.get("format") != FORMAT:
                written = f"{header.get('format')}, by version {header.get('product')}"
                other = f"is in format {written}; this version reads format {FORMAT}"
                raise StateProblem(self.path, other, 1, code=STATE_FOREIGN)
            return header
        foreign = "is not a state file of the emulator (nor is it missing, to be made anew)"
        raise StateProblem(self.path, foreign, code=STATE_FOREIGN)

    def records(self) -> Iterator[tuple[int, Data]]:
        """What was appended, with line numbers. Raises `StateProblem` at a line that is not as it was written.

        A last line without its end is no damage: the process was killed while it wrote, and nobody was told of that
        change. It is cut off, after everything else was found to be whole and whoever reads has come to the end.
        """
        running = size = 0
        for number, line in self._lines():
            if not line.endswith(b"\n"):
                break
            record, running = self._checked(line, number, running)
            size += len(line)
            if number > 1:
                yield number, record
        self._open_at(size, running)

    def begin(self, header: Data) -> None:
        """Make this header the whole file, at once or not at all. Raises `OSError` and then has changed nothing."""
        line, running = _line({"format": FORMAT} | header, 0)
        fresh = self._file.with_name(f"{self._file.name}.new")
        with suppress(FileNotFoundError):
            fresh.unlink()
        try:
            out = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                _write(out, line)
                os.fsync(out)
            finally:
                os.close(out)
            fresh.replace(self._file)
        except OSError:
            with suppress(OSError):
                fresh.unlink()
            raise
        self._open_at(len(line), running)

    def append(self, record: Data) -> None:
        """Add a line. Raises `OSError`, and then the line is not there, not even in part."""
        if self._out is None:
            raise ValueError("a log is read to its end, or begun, before it is written")
        line, running = _line(record, self._sum)
        if os.fstat(self._out).st_size != self._size:
            os.ftruncate(self._out, self._size)  # an earlier failure could not be cleared away
        try:
            _write(self._out, line)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._out, self._size)
            raise
        self._sum = running
        self._size += len(line)

    def close(self) -> None:
        """Let go of the file."""
        if self._out is not None:
            os.close(self._out)
            self._out = None
        os.close(self._lock)

    def _open_at(self, size: int, running: int) -> None:
        """Ready to append after so many bytes; what stands behind them is cut off."""
        try:
            out = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        except OSError as error:
            raise StateProblem(self.path, f"cannot be written: {error.strerror}", code=STATE_PLACE) from None
        if os.fstat(out).st_size != size:
            os.ftruncate(out, size)
        if self._out is not None:
            os.close(self._out)
        self._out, self._size, self._sum = out, size, running

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        try:
            with self._file.open("rb") as file:
                yield from enumerate(file, 1)
        except OSError as error:
            raise StateProblem(self.path, f"cannot be read: {error.strerror}", code=STATE_PLACE) from None

    def _checked(self, line: bytes, number: int, running: int) -> tuple[Data, int]:
        said, payload = line[:_SUM], line[_SUM + 1 :].removesuffix(b"\n")
        found = zlib.crc32(payload, running)
        if said != b"%08x" % found or line[_SUM : _SUM + 1] != b" " or not line.endswith(b"\n"):
            raise StateProblem(self.path, "this line, or the one before it, is not as it was written", number)
        record: Data = json.loads(payload)
        return record, found


def _line(record: Data, running: int) -> tuple[bytes, int]:
    payload = json.dumps(record, separators=(",", ":")).encode("ascii")
    found = zlib.crc32(payload, running)
    return b"%08x %s\n" % (found, payload), found


def _write(out: int, line: bytes) -> None:
    """All of it: a file that is nearly full takes the first part and refuses the rest."""
    written = os.write(out, line)
    while written < len(line):
        written += os.write(out, line[written:])
