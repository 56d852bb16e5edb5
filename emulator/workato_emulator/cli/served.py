"""Options of the commands that ask a served emulator."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

CONTROL_VARIABLE = "WORKATO_EMULATOR_CONTROL_TOKEN"

Command = TypeVar("Command", bound=Callable[..., Any])

url_option = click.option(
    "--url", default="http://localhost:8086", show_default=True, help="Where the emulator is served."
)


def control_token_option(emulator: str = "the emulator") -> Callable[[Command], Command]:
    """The option for the control token; `emulator` says whose."""
    return click.option(
        "--control-token",
        envvar=CONTROL_VARIABLE,
        metavar="TOKEN",
        help=f"The control token that {emulator} was started with.",
    )
