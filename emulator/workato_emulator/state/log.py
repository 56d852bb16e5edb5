"""A log on disk, for what must outlive the process: a first line that says where it begins, then one line per change.

    7f3a09c1 {"format": 2, …}             the base
    0b6e44d2 312 {"method": "POST", …}    what changed it, oldest first

Each line starts with a CRC-32 that is chained to the line before it, so that a line which was altered, lost, doubled or
moved is found. The length of what follows tells a line that a kill cut short, which was never acknowledged, from one
whose end was altered. A line is handed to the operating system in one piece before anybody hears that the change was
made: it survives the end of this process, however sudden. It is not forced onto the disk: after a power failure the
newest lines may be missing (see DECISIONS.md). A file in format 1, whose lines have no length, is read and gone on
with.

What the lines say is no business of this module. It needs a POSIX system, for the locks.
"""

import errno
import fcntl
import json
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from workato_emulator.text.error_codes.commands import STATE_DAMAGED, STATE_FOREIGN, STATE_IN_USE, STATE_PLACE

Data = dict[str, Any]
FORMAT = 2
_WITHOUT_LENGTHS = 1
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

    Two locks say who holds it: one on a file beside it, because the state file itself is replaced when it is compacted,
    and one on the state file, because the file beside it may be removed by somebody who takes it for a leftover.
    """

    def __init__(self, path: Path) -> None:
        """Take hold of the file, which need not exist. Raises `StateProblem` where that cannot be."""
        self.path = path
        self._file = _resolve(path)
        self._sum = 0
        self._size = 0
        self._readable = False
        self._sized = True
        self._lock = self._open_locked(self._file.with_name(f"{self._file.name}.lock"), os.O_CREAT)
        self._out: int | None = None
        try:
            if self._file.exists():
                self._out = self._open_locked(self._file, os.O_APPEND)
        except StateProblem:
            os.close(self._lock)
            raise

    def _open_locked(self, file: Path, flags: int) -> int:
        """The file, opened and locked."""
        try:
            found = os.open(file, os.O_RDWR | os.O_CLOEXEC | flags, 0o600)
        except OSError as error:
            raise StateProblem(self.path, f"{file} cannot be opened: {error.strerror}", code=STATE_PLACE) from None
        try:
            fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(found)
            taken = "another `serve` is using it: stop that one, or name another file"
            raise StateProblem(self.path, taken, code=STATE_IN_USE) from None
        return found

    def exists(self) -> bool:
        return self._file.exists()

    def header(self) -> Data:
        """The first line. Raises `StateProblem` for a file that is not ours."""
        for _, line in self._lines():
            if line[_SUM : _SUM + 2] != b" {":
                break
            header = self._check(line, 1, 0)[0]
            self._sized = header.get("format") == FORMAT
            if not self._sized and header.get("format") != _WITHOUT_LENGTHS:
                written = f"{header.get('format')}, by version {header.get('product')}"
                other = f"is in format {written}; this version reads formats {_WITHOUT_LENGTHS} and {FORMAT}"
                raise StateProblem(self.path, other, 1, code=STATE_FOREIGN)
            return header
        foreign = "is not a state file of the emulator; name another file, or one that does not exist yet"
        raise StateProblem(self.path, foreign, code=STATE_FOREIGN)

    def records(self) -> Iterator[tuple[int, Data]]:
        """What was appended, with line numbers. Raises `StateProblem` at a line that is not as it was written.

        A last line that is shorter than it says is no damage: the process was killed while it wrote, and nobody was
        told of that change. It is cut off, after everything else was found to be whole and whoever reads has come to
        the end.
        """
        running = size = 0
        for number, line in self._lines():
            if number > 1 and not line.endswith(b"\n") and self._is_cut_short(line):
                break
            record, running = self._check(line, number, running)
            size += len(line)
            if number > 1:
                yield number, record
        self._begin_at(size, running)

    def begin(self, header: Data) -> None:
        """Make this header the whole file, at once or not at all. Raises `OSError` and then has changed nothing."""
        line, running = _line({"format": FORMAT} | header, 0, sized=False)
        fresh = self._file.with_name(f"{self._file.name}.new")
        with suppress(FileNotFoundError):
            fresh.unlink()
        out = os.open(fresh, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _write(out, line)
            os.fsync(out)
            fresh.replace(self._file)
        except OSError:
            os.close(out)
            with suppress(OSError):
                fresh.unlink()
            raise
        if self._out is not None:
            os.close(self._out)
        self._out, self._sized = out, True
        self._begin_at(len(line), running)

    def append(self, record: Data) -> None:
        """Add a line. Raises `OSError`, and then the line is not there, not even in part."""
        if self._out is None or not self._readable:
            raise ValueError("a log is read to its end, or begun, before it is written")
        line, running = _line(record, self._sum, sized=self._sized)
        there = os.fstat(self._out)
        self._must_still_be(there)
        if there.st_size != self._size:
            os.ftruncate(self._out, self._size)  # an earlier failure could not be cleared away
        try:
            _write(self._out, line)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._out, self._size)
            raise
        self._sum = running
        self._size += len(line)

    def _must_still_be(self, there: os.stat_result) -> None:
        """Raises `OSError` where somebody has removed the file or put another in its place: nobody would read it."""
        try:
            found = self._file.stat()
        except FileNotFoundError:
            raise OSError(errno.ENOENT, "it was removed while this process used it; restart") from None
        if (found.st_dev, found.st_ino) != (there.st_dev, there.st_ino):
            raise OSError(errno.ESTALE, "another file replaced it while this process used it; restart")
        if there.st_size < self._size:
            raise OSError(errno.EIO, "it was shortened while this process used it; restart")

    def close(self) -> None:
        """Let go of the file."""
        if self._out is not None:
            os.close(self._out)
            self._out = None
        os.close(self._lock)

    def _begin_at(self, size: int, running: int) -> None:
        """Ready to append after so many bytes; what stands behind them is cut off."""
        if self._out is None:
            raise StateProblem(self.path, "was removed while it was read", code=STATE_PLACE)
        if os.fstat(self._out).st_size != size:
            os.ftruncate(self._out, size)
        self._size, self._sum, self._readable = size, running, True

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        try:
            with self._file.open("rb") as file:
                yield from enumerate(file, 1)
        except OSError as error:
            raise StateProblem(self.path, f"cannot be read: {error.strerror}", code=STATE_PLACE) from None

    def _check(self, line: bytes, number: int, running: int) -> tuple[Data, int]:
        sized = self._sized and number > 1
        head, payload = _split(line, sized=sized)
        found = zlib.crc32(payload, running)
        if head != _head(found, payload, sized=sized) or not line.endswith(b"\n"):
            raise StateProblem(self.path, "this line, or the one before it, is not as it was written", number)
        record: Data = json.loads(payload)
        return record, found

    def _is_cut_short(self, line: bytes) -> bool:
        """Whether a last line without its end holds less than it says; where it says nothing, less than a change."""
        head, rest = _split(line, sized=self._sized)
        if self._sized:
            said = head[_SUM + 1 :]
            return not said.isdigit() or len(rest) <= int(said)
        try:
            json.loads(rest[:-1])
        except ValueError:
            return True
        return False


def _resolve(path: Path) -> Path:
    """The file that a path leads to. Raises `StateProblem` where there can be none."""
    try:
        file = path.resolve()
        if not file.parent.is_dir():
            raise StateProblem(path, f"no such folder: {file.parent}", code=STATE_PLACE)
        if file.is_symlink():
            raise StateProblem(path, "is a link that leads back to itself", code=STATE_PLACE)
        if file.exists() and not stat.S_ISREG(file.stat().st_mode):
            raise StateProblem(path, "is not a regular file", code=STATE_PLACE)
    except RuntimeError:
        raise StateProblem(path, "is a link that leads back to itself", code=STATE_PLACE) from None
    except OSError as error:
        raise StateProblem(path, f"cannot be a file: {error.strerror}", code=STATE_PLACE) from None
    return file


def _line(record: Data, running: int, *, sized: bool = True) -> tuple[bytes, int]:
    payload = json.dumps(record, separators=(",", ":")).encode("ascii")
    found = zlib.crc32(payload, running)
    return b"%s %s\n" % (_head(found, payload, sized=sized), payload), found


def _split(line: bytes, *, sized: bool) -> tuple[bytes, bytes]:
    """What stands before the blank that the change follows, and the change."""
    blank = line.find(b" ", _SUM + 1) if sized else _SUM
    return (line, b"") if blank < 0 else (line[:blank], line[blank + 1 :].removesuffix(b"\n"))


def _head(found: int, payload: bytes, *, sized: bool) -> bytes:
    return b"%08x %d" % (found, len(payload)) if sized else b"%08x" % found


def _write(out: int, line: bytes) -> None:
    """All of it: a file that is nearly full takes the first part and refuses the rest."""
    written = os.write(out, line)
    while written < len(line):
        written += os.write(out, line[written:])
