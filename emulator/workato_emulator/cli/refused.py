"""How a command says no: one line with a code that `explain` knows, and exit code 2.

Click's own complaints (an unknown option, a missing argument) get their codes here as well.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import IO, Any

import click

from workato_emulator.text import did_you_mean, visible
from workato_emulator.text.error_codes import with_code
from workato_emulator.text.error_codes.commands import (
    OPT_FILE,
    OPT_MISSING,
    OPT_UNKNOWN,
    OPT_USAGE,
    OPT_VALUE,
)

_NO_COMMAND = "No such command"
"""How click begins the complaint that a command does not exist."""


class Refused(click.ClickException):
    """What was asked for cannot be, and the code of why."""

    exit_code = 2

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code

    def format_message(self) -> str:
        return visible(with_code(self.message, self.code))


def must_stand_somewhere() -> None:
    """Raises `Refused` where the working directory was removed: no relative path means anything there."""
    try:
        Path.cwd()
    except OSError as error:
        raise Refused(f"the working directory cannot be used: {error.strerror}", OPT_FILE) from None


class _Coded(click.ClickException):
    """Click's complaint, as click words it, with a code at its end."""

    exit_code = 2

    def __init__(self, error: click.ClickException) -> None:
        super().__init__(error.message)
        self.error = error

    def show(self, file: IO[Any] | None = None) -> None:
        text = StringIO()
        self.error.show(text)
        said = with_code(text.getvalue().rstrip("\n"), _code_of(self.error))
        click.echo(visible(said), file, err=file is None)


class OneOf(click.Choice[str]):
    """One of these words; a misspelt one is told the nearest."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        message = super().get_invalid_choice_message(value, ctx).rstrip(".")
        return f"{message}{did_you_mean(str(value), self.choices) or '.'}"


class NamedPath(click.Path):
    """A path. An empty one is a variable that was never set, and not the working directory."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        if str(value) == "":
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


def unknown_command(error: click.UsageError, name: str, names: Iterable[str]) -> click.UsageError:
    """The complaint that there is no command of this name, with the nearest; any other complaint as it is."""
    if not error.message.startswith(_NO_COMMAND):
        return error
    return click.UsageError(f"{_NO_COMMAND} {name!r}{did_you_mean(name, names) or '.'}", error.ctx)


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
            return OPT_UNKNOWN if error.message.startswith(_NO_COMMAND) else OPT_USAGE
