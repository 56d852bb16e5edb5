"""The option `--assume-file`, which every command has that takes `--assume`."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from workato_emulator.cli.refused import NamedPath, Refused
from workato_emulator.text.error_codes.commands import ASSUME_FILE

if TYPE_CHECKING:
    from workato_emulator.domain.assumptions import Assumption
    from workato_emulator.observed import Observed

P = ParamSpec("P")
R = TypeVar("R")


def assume_file_option(command: Callable[P, R]) -> Callable[P, R]:
    """Gives the command a parameter `assume_file`: a path, or None."""
    return click.option(
        "--assume-file",
        type=NamedPath(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Assume what was seen on a live tenant, as `live drift --settled FILE` wrote it; --assume wins over it.",
    )(command)


def observed_in(file: Path | None, others: "Iterable[Assumption]" = ()) -> "Observed":
    """What the option names; nothing where it was not given. Raises `Refused`."""
    from workato_emulator.clock import machine_time
    from workato_emulator.observed import Observed, ObservedProblem, read_observed

    if file is None:
        return Observed()
    try:
        return read_observed(file, machine_time().date(), others)
    except ObservedProblem as problem:
        raise Refused(str(problem), ASSUME_FILE) from None
