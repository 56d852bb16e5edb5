"""How `workato-emulator serve` is called. What it does is in `serving`, which is slow to import."""

import os
from pathlib import Path
from typing import Any

import click

from workato_emulator.cli.assume_file import assume_file_option, observed_in
from workato_emulator.cli.refused import NamedPath
from workato_emulator.cli.served import CONTROL_VARIABLE


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8086, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free port.")
@click.option("--seed", type=NamedPath(path_type=Path), help="YAML or JSON file with the workspaces to start with.")
@click.option(
    "--state",
    type=NamedPath(path_type=Path),
    help="File that keeps every change, made if missing. It outlives a kill.",
)
@click.option(
    "--assume", multiple=True, metavar="NAME=VALUE", help="Settle an open question; wins over the seed. Repeatable."
)
@assume_file_option
@click.option(
    "--control-token",
    envvar=CONTROL_VARIABLE,
    help="Token that the control plane asks for. Needed wherever others can reach it.",
)
@click.option("--strict", is_flag=True, help="Refuse unknown query parameters and body fields.")
@click.option(
    "--request-timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0.1, 3600),
    help="Seconds that a client may take to send one request.",
)
@click.option("--quiet", "told", flag_value="nothing", help="Print no line for each request.")
@click.option("--verbose", "told", flag_value="bodies", help="Print the bodies of each request too, without secrets.")
def serve(
    assume: tuple[str, ...],
    assume_file: Path | None,
    control_token: str | None,
    **others: Any,  # noqa: ANN401  (of the options above, as click reads them)
) -> None:
    """Serve the emulator until it is told to stop."""
    from workato_emulator.cli import serving

    if control_token is None and CONTROL_VARIABLE in os.environ:  # click takes an empty variable for none
        control_token = ""
    serving.serve(assume=(*observed_in(assume_file).texts(), *assume), control_token=control_token, **others)
