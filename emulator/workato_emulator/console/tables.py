"""Tables for a terminal: side by side where there is room, and one below the other where there is none."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text


def print_table(
    console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]], *, room: int, numbers: bool = False
) -> None:
    """Print rows of marked-up cells. `room` is the width below which a table would squeeze its columns.

    `numbers` says that every column but the first holds numbers, which stand at the right.
    """
    if console.width < room:
        _stack(console, columns, rows)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    last = len(columns) - 1
    for number, column in enumerate(columns):
        is_number = numbers and number > 0
        table.add_column(column, overflow="fold", no_wrap=number < last - 1, justify="right" if is_number else "left")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _stack(console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Each row as a heading and a line for every further cell that holds something."""
    indent = max(map(len, columns)) + 4
    for heading, *cells in rows:
        console.print(heading, style="bold", overflow="fold")
        for column, cell in zip(columns[1:], cells, strict=True):
            label = f"  {column:{indent - 2}}"
            for line in Text.from_markup(cell).wrap(console, max(1, console.width - indent)) if cell else ():
                line.rstrip()
                console.print(Text.assemble((label, "dim"), line), overflow="ignore", no_wrap=True, crop=False)
                label = " " * indent
