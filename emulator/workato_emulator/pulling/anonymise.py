"""Stand-ins for people: the same person is the same stand-in, in a seed and in the CSV files beside it."""

import csv
import re
from collections.abc import Collection, Mapping
from io import StringIO
from typing import Any

from workato_emulator.domain.people import fold

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
_OF_A_PERSON = frozenset({"external_id", "time_zone"})
_ADDRESSES = ("email", "login", "username", "mail", "primaryemail", "emailaddress")
"""Columns whose address is that of the row's person, the surest first; others may be a manager's."""
_FIRST = frozenset({"firstname", "givenname"})
_LAST = frozenset({"lastname", "familyname", "surname"})
_WHOLE = frozenset({"name", "displayname", "fullname", "nickname"})
_HARMLESS = frozenset(
    {
        "app",
        "apps",
        "costcenter",
        "department",
        "dev",
        "division",
        "entitlements",
        "environment",
        "environments",
        "group",
        "groups",
        "organization",
        "prod",
        "role",
        "roles",
        "status",
        "team",
        "teams",
        "test",
        "title",
        "usertype",
    }
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
        self._keep = _HARMLESS | {_kind(each) for each in keep}
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

    def in_csv(self, text: str) -> str:
        """The table with other people. A column that is not known to be harmless is empty. Raises `NoTable`."""
        try:
            dialect: Any = csv.Sniffer().sniff(text[:10_000], delimiters=",;\t|")
        except csv.Error:  # one column, or next to nothing
            dialect = csv.excel
        try:
            rows = list(csv.reader(StringIO(text), dialect))
        except csv.Error as error:
            raise NoTable(f"is not a table: {error}") from None
        if not rows or any("@" in cell for cell in rows[0]):
            raise NoTable("has no row of column names at its top")
        kinds = [_kind(column) for column in rows[0]]
        out = StringIO()
        writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\n")
        writer.writerow(rows[0])
        for row in rows[1:]:
            cells = [*zip(kinds, row[: len(kinds)], strict=False)]
            person = self._person_of(cells)
            writer.writerow([self._cell(kind, cell, person) for kind, cell in cells])
        self.emptied |= {column for column, kind in zip(rows[0], kinds, strict=True) if self._is_unknown(kind)}
        return out.getvalue()

    def _person_of(self, cells: list[tuple[str, str]]) -> str:
        surest = sorted((_ADDRESSES.index(kind), cell) for kind, cell in cells if kind in _ADDRESSES and "@" in cell)
        others = (cell for _, cell in cells if "@" in cell)
        address = surest[0][1] if surest else next(others, None)
        return "Unknown" if address is None else str(self._number(address))

    def _is_unknown(self, kind: str) -> bool:
        return kind not in self._keep | _FIRST | _LAST | _WHOLE | {*_ADDRESSES}

    def _cell(self, kind: str, cell: str, person: str) -> str:
        if not cell or kind in self._keep:
            return cell
        if kind in _FIRST:
            return "Person"
        if kind in _LAST:
            return person
        if kind in _WHOLE:
            return f"Person {person}"
        if kind in _ADDRESSES:
            return self._email(cell) if "@" in cell else f"person-{person}"
        return self._email(cell) if _EMAIL.fullmatch(cell.strip()) else ""


def _kind(column: str) -> str:
    """A column's name without what differs between exports: `user.firstName`, `First Name` and `first_name` are one."""
    return re.sub(r"[^a-z]", "", column.rpartition(".")[2].lower())
