"""JSON text to values that know where they stand. What two readers could read differently is refused."""

import json
import re
from bisect import bisect_right
from itertools import accumulate
from json.decoder import scanstring  # type: ignore[attr-defined]
from math import isfinite, isinf
from typing import Any

from workato_emulator.text.nodes import MAX_DEPTH, MAX_DIGITS, Complaint, Mark, Reading, Row, Table, Value

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?", re.ASCII)
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None}
_WORD = re.compile("|".join(_WORDS))
_HALF = re.compile("[\ud800-\udfff]")
_NESTED = (dict, list)
_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")

_STRINGS = {
    "Unterminated": "a string is not closed",
    "Invalid control": "a string holds a control character",
    "Invalid \\u": "four hexadecimal digits are missing",
    "Invalid \\": "a backslash escapes nothing",
}
"""What the standard library says of a text, by its first words, and what a person reads who has never met it."""


def read(text: str, file: str) -> Reading:
    """The one value in `text`."""
    reader = _Reader(text.removeprefix("\ufeff"), file)
    try:
        value = reader.document()
    except _GaveUp as reason:
        reader.complain(reason.at, f"not JSON: {reason.message}")
        return Reading(None, reader.mark(0), tuple(reader.complaints), well_formed=False)
    return Reading(value, reader.mark(reader.past_space(0)), tuple(reader.complaints))


def read_plainly(text: str) -> Any:  # noqa: ANN401  (JSON)
    """The value without its places, in a tenth of the time. Raises `ValueError` wherever `read` may complain."""
    if _ESCAPED_HALF.search(text):
        raise ValueError("to be looked at more closely")
    try:
        value = json.loads(
            text, object_pairs_hook=_with_each_key_once, parse_int=_whole, parse_float=_finite, parse_constant=_finite
        )
    except RecursionError:
        raise ValueError("nested too deep") from None
    level: list[Any] = [[value]]
    for _ in range(MAX_DEPTH + 1):
        inside = (each.values() if isinstance(each, dict) else each for each in level)
        level = [part for each in inside for part in each if isinstance(part, _NESTED)]
    if level:
        raise ValueError("nested too deep")
    return value


def _with_each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _whole(number: str) -> int:
    if len(number) > MAX_DIGITS:
        raise ValueError("not a number")
    return int(number)


def _finite(number: str) -> float:
    found = float(number)
    if len(number) > MAX_DIGITS or not isfinite(found):
        raise ValueError("not a number")
    return found


class _GaveUp(Exception):
    """The text is no JSON from this character on."""

    def __init__(self, at: int, message: str) -> None:
        self.at = at
        self.message = message


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.complaints: list[Complaint] = []
        self._text = text
        self._file = file
        self._lines = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        """Where each line begins."""

    def mark(self, at: int) -> Mark:
        line = bisect_right(self._lines, at)
        return Mark(self._file, line, at - self._lines[line - 1] + 1)

    def complain(self, at: int, message: str) -> None:
        self.complaints.append(Complaint(self.mark(at), message))

    def past_space(self, at: int) -> int:
        found = _SPACE.match(self._text, at)
        return at if found is None else found.end()

    def document(self) -> Value:
        value, end = self._value(self.past_space(0), 0)
        if self.past_space(end) < len(self._text):
            raise _GaveUp(self.past_space(end), "something follows the value")
        return value

    def _value(self, at: int, depth: int) -> tuple[Value, int]:
        """The value that starts at `at`, and where it ends."""
        first = self._text[at : at + 1]
        if first in {"{", "["}:
            if depth == MAX_DEPTH:
                raise _GaveUp(at, f"nested deeper than {MAX_DEPTH} levels")
            return self._table(at, depth + 1) if first == "{" else self._row(at, depth + 1)
        if first == '"':
            return self._string(at)
        number = _NUMBER.match(self._text, at)
        if number is not None:
            return self._number(number), number.end()
        word = _WORD.match(self._text, at)
        if word is None:
            raise _GaveUp(at, "a value is missing")
        return _WORDS[word[0]], word.end()

    def _number(self, found: re.Match[str]) -> int | float | None:
        if len(found[0]) > MAX_DIGITS or isinf(float(found[0])):
            self.complain(found.start(), "this number is too large")
            return None
        return int(found[0]) if found.lastindex is None else float(found[0])

    def _string(self, at: int) -> tuple[str, int]:
        try:
            text, end = scanstring(self._text, at + 1, True)
        except json.JSONDecodeError as error:
            said = next((words for start, words in _STRINGS.items() if error.msg.startswith(start)), error.msg)
            raise _GaveUp(error.pos, said) from None
        if _HALF.search(text):
            self.complain(at, "half of a surrogate pair is not a character")
        return text, end

    def _row(self, at: int, depth: int) -> tuple[Row, int]:
        items: list[Value] = []
        marks: list[Mark] = []
        at = self.past_space(at + 1)
        while self._text[at : at + 1] != "]" or items:
            marks.append(self.mark(at))
            value, at = self._value(at, depth)
            items.append(value)
            at, ended = self._past_comma(at, "]")
            if ended:
                return Row.of(items, marks), at
        return Row.of(items, marks), at + 1

    def _table(self, at: int, depth: int) -> tuple[Table, int]:
        table = Table(self.mark(at))
        at = self.past_space(at + 1)
        empty = self._text[at : at + 1] == "}"
        while not empty:
            if self._text[at : at + 1] != '"':
                raise _GaveUp(at, "a key in double quotes is missing")
            key_mark = self.mark(at)
            key, end = self._string(at)
            colon = self.past_space(end)
            if self._text[colon : colon + 1] != ":":
                raise _GaveUp(colon, "a colon is missing")
            if key in table:
                self.complain(at, f"duplicate key {key!r}; first in line {table.key_marks[key].line}")
            value_at = self.past_space(colon + 1)
            value, at = self._value(value_at, depth)
            table.put(key, value, key_mark, self.mark(value_at))
            at, ended = self._past_comma(at, "}")
            if ended:
                return table, at
        return table, at + 1

    def _past_comma(self, at: int, end: str) -> tuple[int, bool]:
        """Where the next part begins, or where the whole ends, and which of both it is."""
        at = self.past_space(at)
        found = self._text[at : at + 1]
        if found == end:
            return at + 1, True
        if found != ",":
            raise _GaveUp(at, f"a comma or {end} is missing")
        return self.past_space(at + 1), False
