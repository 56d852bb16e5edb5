"""What a command writes to: a terminal of any encoding, a pipe whose reader leaves, a full disk, or nothing at all.

No stream may decide what a command comes to, but for the output that cannot be written.
"""

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

from workato_emulator.text.error_codes import with_code
from workato_emulator.text.error_codes.commands import OPT_OUTPUT

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

READER_GONE = 141
"""What a shell reports of a command that a closed pipe ended: 128 and the number of SIGPIPE."""
_STANDARD = (0, 1, 2)
_OF_OUTPUT = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EAGAIN, errno.EINVAL}


def make_usable() -> None:
    """Prepare the process's own streams; those that a test put in their place are left alone.

    A stream that was closed (`>&-`) leads nowhere: whoever closed it wants nothing of it, and the next file that is
    opened must not get its number. A character that the encoding does not have is replaced.
    """
    if sys.stdin is sys.__stdin__ and sys.stdout is sys.__stdout__ and sys.stderr is sys.__stderr__:
        _open_what_is_closed()
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        if isinstance(sys.stderr, io.TextIOWrapper):
            sys.stderr = _forgiving(sys.stderr)


def _open_what_is_closed() -> None:
    for number in _STANDARD:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one
    if sys.stdout is None:
        sys.stdout = _nowhere(1)
    if sys.stderr is None:
        sys.stderr = _nowhere(2)


def _nowhere(number: int) -> TextIO:
    return open(number, "w", encoding="utf-8", errors="replace", closefd=False)


class _Forgiving(io.FileIO):
    """A file that takes everything: a message that cannot be written must not change what the command comes to."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def _forgiving(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    """The same stream, that nothing can go wrong with."""
    raw = _Forgiving(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=stream.encoding, errors="backslashreplace", line_buffering=True
    )


@contextmanager
def output_that_may_end() -> Iterator[None]:
    """The one place for output that cannot be written: a full disk, or a reader such as `head` that has seen enough."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()  # here and not at exit, where nothing could be said of it any more
    except BrokenPipeError:
        _drop_output()
        sys.exit(READER_GONE)
    except OSError as error:
        if error.filename is not None or error.errno not in _OF_OUTPUT:  # a file's or a socket's, not the output's
            raise
        _drop_output()
        click.echo(with_code(f"the output cannot be written: {error.strerror}", OPT_OUTPUT), err=True)
        sys.exit(2)


def _drop_output() -> None:
    """Let what is still to be flushed go nowhere, so that Python does not complain of it at exit."""
    try:
        output = sys.stdout.fileno()
    except (OSError, ValueError):  # no real file, as in a test
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, output)
    os.close(nowhere)
