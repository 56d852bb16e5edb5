"""Stand-ins, consistent within one run: what was equal stays equal. The table is in memory only."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import count
from string import ascii_lowercase, ascii_uppercase

from okta_connector.folding import fold

EMAIL = re.compile(r"[^\s@,;<>\"'()]+@[^\s@,;<>\"'()]+")
HANDLE = re.compile(r"[a-z]{2}-[A-Za-z0-9]{4,16}-[A-Za-z0-9]{4,16}")
_HIDDEN = re.compile(r"«(?:address|key|number|segment|string|text|time|token|word)»")
_FIRST = 1001
_LETTERS = 6
_ADDRESSES = 250


class StandIns:
    """Everybody and everything of a run under other names. `first` is the moment that becomes `begins`."""

    def __init__(self, first: datetime, begins: datetime) -> None:
        self._shift: timedelta = begins - first
        self._people: dict[str, int] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._ids: dict[int, int] = {}
        self._handles: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._uuids: dict[str, str] = {}
        self._numbers: dict[str, Iterator[int]] = {}
        self.replaced: set[str] = set()
        """Every text and number that stood in an exchange and must not be in its record."""

    def email(self, text: str) -> str:
        """The same person is the same stand-in, however the address is spelt; capitals stay capitals."""
        self.replaced |= {text, text.partition("@")[0]}
        number = self._people.setdefault(fold(text), len(self._people) + 1)
        stand_in = _person(number)
        return stand_in.upper() if text.isupper() else stand_in

    def name(self, kind: str, text: str) -> str:
        """`Person 1`, `Project 2`, …: one word or two, as the original, for people."""
        self.replaced.add(text)
        if (kind, text) not in self._names:
            number = next(self._numbers.setdefault(kind, count(1)))
            self._names[kind, text] = f"{kind}{'' if kind == 'Person' and ' ' not in text else ' '}{number}"
        return self._names[kind, text]

    def meet(self, numbers: Iterable[int]) -> None:
        """New ids of one exchange, so that those in one answer keep their order."""
        for each in sorted(set(numbers) - self._ids.keys()):
            self._ids[each] = _FIRST + len(self._ids)
            self.replaced.add(str(each))

    def id(self, number: int) -> int:
        self.meet((number,))
        return self._ids[number]

    def handle(self, text: str) -> str:
        """Two letters as they were, and the rest by number."""
        self.replaced.add(text)
        if text not in self._handles:
            number, letters = len(self._handles), []
            for _ in range(_LETTERS):
                number, digit = divmod(number, len(ascii_uppercase))
                letters.append(digit)
            upper, lower = ("".join(alphabet[each] for each in reversed(letters)) for alphabet in _ALPHABETS)
            self._handles[text] = f"{text[:2]}-{upper}-{lower}"
        return self._handles[text]

    def uuid(self, text: str) -> str:
        self.replaced.add(text)
        return self._uuids.setdefault(text.lower(), f"00000000-0000-4000-8000-{len(self._uuids) + 1:012}")

    def address(self, text: str) -> str:
        self.replaced.add(text)
        number = len(self._addresses) % _ADDRESSES + 1
        return self._addresses.setdefault(text, f"192.0.2.{number}")

    def moment(self, text: str) -> str:
        """The same moment so much earlier or later, in the same form."""
        try:
            moved = datetime.fromisoformat(text) + self._shift
        except (ValueError, OverflowError):
            return "«time»"
        shown = moved.isoformat(timespec="milliseconds" if "." in text else "seconds")
        return shown.replace("+00:00", "Z") if text.endswith("Z") else shown

    def originals(self) -> frozenset[str]:
        """What was replaced and is nobody's stand-in."""
        people = [_person(number) for number in self._people.values()]
        ours = {
            *people,
            *(each.partition("@")[0] for each in people),
            *self._names.values(),
            *map(str, self._ids.values()),
            *self._handles.values(),
            *self._addresses.values(),
            *self._uuids.values(),
        }
        return frozenset(self.replaced - ours)

    def hidden(self, text: str, as_: str = "«string»") -> str:
        """A word for it; what is such a word already stays, as in a recording that is taken in again."""
        if _HIDDEN.fullmatch(text):
            return text
        self.replaced.add(text)
        return as_


def _person(number: int) -> str:
    return f"person-{number}@example.test"


_ALPHABETS = (ascii_uppercase, ascii_lowercase)
