"""Stand-ins for people: the same person is the same stand-in, in a seed and in the CSV files beside it."""

import csv
import re
from collections.abc import Collection, Mapping
from io import StringIO
from typing import Any

from workato_emulator.domain.people import fold
from workato_emulator.text import columns

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
_OF_A_PERSON = frozenset({"external_id", "time_zone"})
_EMAILS = ("email", *sorted(columns.EMAIL - {"email"}))
_LOGINS = tuple(sorted(columns.LOGIN))
_ADDRESSES = (*_EMAILS, *_LOGINS)
"""Columns whose address is that of the row's person, the surest first; others may be a manager's."""
_HARMLESS = (
    columns.CHANGE
    | columns.DATE
    | columns.GROUP
    | columns.GROUPS
    | columns.STATUS
    | {"costcenter", "department", "division", "organization", "title"}
    | {"app", "apps", "dev", "entitlements", "environment", "environments", "prod", "role", "roles", "team", "teams"}
    | {"test", "usertype"}
)
"""Columns that say what somebody is and not who: they are copied."""


class NoTable(Exception):
    """This is no table of people whose columns are known."""


class StandIns:
    """People are numbered in the order in which they are met, by their address. Roles and groups keep their names.

    `keep` names further columns that are copied as they are.
    """

    def __init__(self, keep: Collection[str] = ()) -> None:
        self._numbers: dict[str, int] = {}
        self._keep = _HARMLESS | {columns.kind_of(each) for each in keep}
        self.emptied: set[str] = set()
        """Columns of which nothing is known, and which are empty in the copies."""

    def _number(self, email: str) -> int:
        return self._numbers.setdefault(fold(email.strip()), len(self._numbers) + 1)

    def _email(self, email: str) -> str:
        return f"person-{self._number(email)}@example.test"

    def _in_text(self, text: str) -> str:
        return _EMAIL.sub(lambda found: self._email(found[0]), text)

    def in_seed(self, value: Any, name: str = "") -> Any:  # noqa: ANN401  (JSON)
        """The document with other people. Where a row has an email, its name is that person's."""
        if isinstance(value, Mapping):
            new = {
                self._in_text(key): self.in_seed(each, key) for key, each in value.items() if key not in _OF_A_PERSON
            }
            if isinstance(value.get("email"), str):
                new["name"] = f"Person {self._number(value['email'])}"
            return new
        if isinstance(value, list):
            return [self.in_seed(each) for each in value]
        if not isinstance(value, str):
            return value
        return self._email(value) if name in {"email", "user"} else self._in_text(value)

    def learn(self, text: str) -> None:
        """Take note of whose usernames those are that are no address: another table may have nothing else.

        Raises `NoTable`.
        """
        kinds, rows, _ = _table(text)
        for row in rows:
            cells = [*zip(kinds, row, strict=False)]
            address = _address_in(cells)
            for kind, cell in cells:
                if address is not None and kind in _LOGINS and cell and "@" not in cell:
                    self._numbers.setdefault(fold(cell), self._number(address))

    def in_csv(self, text: str) -> str:
        """The table with other people. A column that is not known to be harmless is empty. Raises `NoTable`."""
        kinds, rows, separator = _table(text)
        headers = rows.pop(0)
        out = StringIO()
        writer = csv.writer(out, delimiter=separator, lineterminator="\n")
        writer.writerow(headers)
        for row in rows:
            cells = [*zip(kinds, row[: len(kinds)], strict=False)]
            person = self._person_of(cells)
            writer.writerow([self._cell(kind, cell, person) for kind, cell in cells])
        self.emptied |= {column for column, kind in zip(headers, kinds, strict=True) if self._is_unknown(kind)}
        return out.getvalue()

    def _person_of(self, cells: list[tuple[str, str]]) -> str:
        login = next((cell for kind, cell in cells if kind in _LOGINS and cell), None)
        known = _address_in(cells) or login
        return "Unknown" if known is None else str(self._number(known))

    def _is_unknown(self, kind: str) -> bool:
        return kind not in self._keep | columns.FIRST_NAME | columns.LAST_NAME | columns.WHOLE_NAME | {*_ADDRESSES}

    def _cell(self, kind: str, cell: str, person: str) -> str:
        if not cell or kind in self._keep:
            return cell
        if kind in columns.FIRST_NAME:
            return "Person"
        if kind in columns.LAST_NAME:
            return person
        if kind in columns.WHOLE_NAME:
            return f"Person {person}"
        if kind in _ADDRESSES:
            return self._email(cell) if "@" in cell else f"person-{person}"
        return self._email(cell) if _EMAIL.fullmatch(cell.strip()) else ""


def _table(text: str) -> tuple[list[str], list[list[str]], str]:
    """What the columns are, the rows with the headers first, and the separator. Raises `NoTable`."""
    separator = columns.separator_of(text)
    try:
        rows = [row for row in csv.reader(StringIO(text, newline=""), delimiter=separator) if any(row)]
    except csv.Error as error:
        raise NoTable(f"is not a table: {error}") from None
    if not rows or any("@" in cell for cell in rows[0]):
        raise NoTable("has no row of column names at its top")
    return [columns.kind_of(column) for column in rows[0]], rows, separator


def _address_in(cells: list[tuple[str, str]]) -> str | None:
    """The address of the row's person; without one that is surely theirs, any other."""
    surest = sorted((_ADDRESSES.index(kind), cell) for kind, cell in cells if kind in _ADDRESSES and "@" in cell)
    return surest[0][1] if surest else next((cell for _, cell in cells if "@" in cell), None)
