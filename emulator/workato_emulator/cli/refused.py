"""How a command says no: one line with a code that `explain` knows, and exit code 2.

Click's own complaints (an unknown option, a missing argument) get their codes here as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import IO, Any

import click

from workato_emulator.explanations.catalogue import with_code
from workato_emulator.explanations.command_line import (
    OPT_FILE,
    OPT_MISSING,
    OPT_UNKNOWN,
    OPT_USAGE,
    OPT_VALUE,
)


class Refused(click.ClickException):
    """What was asked for cannot be, and the code of why."""

    exit_code = 2

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code

    def format_message(self) -> str:
        return with_code(self.message, self.code)


class _Coded(click.ClickException):
    """Click's complaint, as click words it, with a code at its end."""

    exit_code = 2

    def __init__(self, error: click.ClickException) -> None:
        super().__init__(error.message)
        self.error = error

    def show(self, file: IO[Any] | None = None) -> None:
        text = StringIO()
        self.error.show(text)
        click.echo(with_code(text.getvalue().rstrip("\n"), _code_of(self.error)), file, err=file is None)


@contextmanager
def complaints_with_codes() -> Iterator[None]:
    """Whatever click complains of inside gets a code; what has one already passes."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:  # no complaint: the help is the answer
        raise
    except (click.UsageError, click.FileError) as error:
        raise _Coded(error) from None


def _code_of(error: click.ClickException) -> str:
    match error:
        case click.FileError():
            return OPT_FILE
        case click.NoSuchOption():
            return OPT_UNKNOWN
        case click.MissingParameter():
            return OPT_MISSING
        case click.BadParameter():
            return OPT_VALUE
        case _:
            return OPT_UNKNOWN if error.message.startswith("No such command") else OPT_USAGE
