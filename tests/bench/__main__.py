"""`make bench`: how fast it is, as ratios."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console

from workato_emulator.console.tables import print_table

from . import measures
from .rows import Row

READABLE = 110
"""Columns that the table of figures needs."""


@click.command()
@click.option("--quick", is_flag=True, help="Only show that it runs; the figures mean nothing.")
@click.option(
    "--json",
    "file",
    type=click.Path(path_type=Path, writable=True, dir_okay=False),
    help="Write the figures to this file as well.",
)
def bench(quick: bool, file: Path | None) -> None:
    """Measure the emulator against something bare. Takes about four minutes."""
    rows: list[Row] = []
    for row in measures.every(measures.QUICK if quick else measures.FULL):
        click.echo(f"measured {row.what}", err=True)
        rows.append(row)
    if file is not None:
        file.write_text(_as_json(rows), encoding="utf-8")
    _show(rows)


def _as_json(rows: Sequence[Row]) -> str:
    machine = {"python": platform.python_version(), "system": platform.system(), "processor": platform.machine()}
    return json.dumps({**machine, "rows": [asdict(row) | {"reached": row.reached} for row in rows]}, indent=2) + "\n"


def _show(rows: Sequence[Row]) -> None:
    columns = ("measure", "against", "result", "aim", "noise", "this machine")
    print_table(Console(highlight=False), columns, map(_cells, rows), room=READABLE)


def _cells(row: Row) -> Sequence[str]:
    return (
        row.what,
        row.against,
        f"{row.value:.2f}x",
        _aim(row),
        f"±{row.noise:.0%}",
        f"{row.ours:,.0f} : {row.theirs:,.0f} {row.unit}",
    )


def _aim(row: Row) -> str:
    if row.reached is None:
        return ""
    aim = f">= {row.at_least:g}" if row.at_least is not None else f"<= {row.at_most:g}"
    return f"{aim} {'reached' if row.reached else 'missed'}"


if __name__ == "__main__":
    bench()
