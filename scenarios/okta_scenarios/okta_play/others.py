"""Nothing is told of people and groups whom the run did not make: a report may leave the house.

`live` keeps the words of Workato's contract, which would leave little of what a SCIM server says. Here a text is shown
where its field's name is known to hold nothing personal, and in a sentence the words that were met as names are hidden.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from okta_scenarios.live.redaction import COUNTS, ERROR_TEXTS, IP_FORM, PHONE_FORM
from okta_scenarios.live.words import is_plain

STRANGER = "(not of this run)"
MOST_IN_A_ROW = 3
_IDS = frozenset({"id", "schemas"})
_SHOWN = ERROR_TEXTS - {"title"} | _IDS | {"", "scimType", "status"}
"""Fields whose text is shown, whosever they are. A title is a person's at a SCIM server."""
_NAMES = ("userName", "displayName", "nickName", "formatted", "givenName", "familyName", "middleName", "display")
_PHONE = re.compile(rf"(?<![\w-])(?:{PHONE_FORM.pattern})(?![\w-])")
"""On its own: no part of an id."""
_PIECE = re.compile(r"[\w.+%-]{1,64}@[\w.-]{1,255}|\w+")


class Others:
    """Whoever is not of this run, as far as they were met."""

    def __init__(self, run: str) -> None:
        self._mark = f"okta-play+{run}-"
        self._ours = {"users", "groups"}
        self._met: set[str] = set()

    def meet(self, sent: object, received: object) -> None:
        """Learn whose names the words of an exchange are: what the run sent is its own."""
        self._ours |= _words(_names_in(sent))
        self._met |= _words(_names_in(received, self))

    def made(self, resource: object) -> bool:
        """Tell by its name whether this run made a resource."""
        return isinstance(resource, Mapping) and any(
            isinstance(name, str) and self._mark in name.casefold()
            for name in (resource.get("userName"), resource.get("displayName"))
        )

    def out_of_text(self, text: str) -> str:
        """A sentence without their names, addresses and numbers."""
        for form in (IP_FORM, _PHONE):
            text = form.sub(STRANGER, text)
        return self._names_out_of(text)

    def _names_out_of(self, text: str) -> str:
        return _PIECE.sub(lambda found: STRANGER if self._is_theirs(found[0]) else found[0], text)

    def out_of(self, value: Any, name: str = "") -> Any:  # noqa: ANN401 - JSON in, JSON of the same form out
        """The same JSON without them; `name` is the field's."""
        if self.made(value):
            return value
        if isinstance(value, list):
            kept = name in ERROR_TEXTS or name == "schemas"
            return [self.out_of(each, name) for each in value] if kept else self._row(value)
        if isinstance(value, Mapping):
            return (
                STRANGER
                if is_named(value)
                else {self.out_of_text(key): self.out_of(each, key) for key, each in value.items()}
            )
        if isinstance(value, str):
            told = self._names_out_of if name in _IDS else self.out_of_text
            return told(value) if name in _SHOWN else STRANGER
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return STRANGER if is_number and name not in COUNTS | {"status"} else value

    def _row(self, values: list[Any]) -> list[Any]:
        ours = [each for each in values if self.made(each)]
        others = len(values) - len(ours)
        return ours + ([STRANGER] * others if others <= MOST_IN_A_ROW else [f"{STRANGER}, {others} times"])

    def _is_theirs(self, piece: str) -> bool:
        word = piece.casefold()
        if "@" in word:
            return self._mark not in word
        return word in self._met and word not in self._ours and not is_plain(word)


def is_named(resource: Mapping[str, Any]) -> bool:
    return any(isinstance(resource.get(key), str) for key in ("userName", "displayName"))


def _names_in(value: object, others: Others | None = None) -> Iterator[str]:
    """The names in JSON; of `others` only, if they are given."""
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, list):
            left += each
        elif isinstance(each, Mapping) and not (others is not None and others.made(each)):
            yield from (each[key] for key in _NAMES if isinstance(each.get(key), str))
            left += each.values()


def _words(names: Iterator[str]) -> set[str]:
    """What they are made of, in lower case; no initials, no numbers, and of an address what stands before the @."""
    words = (word for name in names for word in re.findall(r"\w{2,}", name.partition("@")[0].casefold()))
    return {word for word in words if not word.isdecimal()}
