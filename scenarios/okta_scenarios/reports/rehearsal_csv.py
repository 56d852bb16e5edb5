"""`rehearsal.csv`: a row for each person, for a spreadsheet.

A spreadsheet takes a cell that begins with `=` and the like for a formula. Such a cell gets an apostrophe in front,
which makes it text.
"""

import csv
from collections.abc import Iterable
from io import StringIO

from okta_scenarios.rehearsal.alternatives import Answer
from okta_scenarios.rehearsal.outcome import Row
from workato_emulator import one_line

COLUMNS = (
    "person",
    "name",
    "workspace",
    "orgs",
    "fate",
    "dangers",
    "why",
    "state before",
    "roles before",
    "state after",
    "roles after",
    "notes",
    "tasks",
)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def rehearsal_csv(answer: Answer) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in answer.outcome.rows:
        writer.writerow([harmless(cell) for cell in _cells(row)])
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell as text, whatever a spreadsheet would make of it."""
    text = one_line(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULAS) else text


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.person,
        row.name,
        row.workspace,
        ", ".join(row.orgs),
        row.fate,
        ", ".join(dict.fromkeys(each.danger for each in row.findings)),
        "; ".join(each.why for each in row.findings),
        row.before.state,
        _roles(row.before.roles.items()),
        row.after.state,
        _roles(row.after.roles.items()),
        "; ".join(row.notes),
        "; ".join(row.tasks),
    )


def _roles(roles: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{environment}: {role}" for environment, role in roles)
