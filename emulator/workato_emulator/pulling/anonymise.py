"""Stand-ins for people: the same person is the same stand-in, in a seed and in the CSV files beside it."""

import csv
import re
from collections.abc import Mapping
from io import StringIO
from typing import Any

from workato_emulator.domain.people import fold

_EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+")
_FIRST = frozenset({"firstname", "givenname"})
_LAST = frozenset({"lastname", "familyname", "surname"})
_WHOLE = frozenset({"name", "displayname", "fullname", "nickname", "middlename"})
_OF_A_PERSON = frozenset({"external_id", "time_zone"})


class StandIns:
    """People are numbered in the order in which they are met, by their address. Roles and groups keep their names."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, email: str) -> int:
        return self._numbers.setdefault(fold(email), len(self._numbers) + 1)

    def email(self, email: str) -> str:
        return f"person-{self.number(email)}@example.test"

    def in_text(self, text: str) -> str:
        """The text with every address in it replaced."""
        return _EMAIL.sub(lambda found: self.email(found[0]), text)

    def in_seed(self, value: Any) -> Any:  # noqa: ANN401  (JSON)
        """The document with other people. Where a row has an email, its name is that person's."""
        if isinstance(value, Mapping):
            email = value.get("email")
            new = {self.in_text(key): self.in_seed(each) for key, each in value.items() if key not in _OF_A_PERSON}
            if isinstance(email, str):
                new["name"] = f"Person {self.number(email)}"
            return new
        if isinstance(value, list):
            return [self.in_seed(each) for each in value]
        return self.in_text(value) if isinstance(value, str) else value

    def in_csv(self, text: str) -> str:
        """The table with other people: addresses anywhere, and names in the columns that hold names."""
        rows = list(csv.reader(StringIO(text)))
        if not rows:
            return text
        kinds = [re.sub(r"[^a-z]", "", column.lower()) for column in rows[0]]
        out = StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(rows[0])
        for row in rows[1:]:
            address = next((found[0] for cell in row if (found := _EMAIL.search(cell))), None)
            number = str(self.number(address)) if address else "Unknown"
            writer.writerow(
                [self._cell(kinds[at] if at < len(kinds) else "", cell, number) for at, cell in enumerate(row)]
            )
        return out.getvalue()

    def _cell(self, kind: str, cell: str, number: str) -> str:
        if not cell or kind not in _FIRST | _LAST | _WHOLE:
            return self.in_text(cell)
        return "Person" if kind in _FIRST else number if kind in _LAST else f"Person {number}"
