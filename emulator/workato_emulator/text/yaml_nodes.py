"""YAML text to values that know where they stand, as YAML 1.2 has it.

One document; keys are text, each once; booleans are `true` and `false` and nothing else, so that `on` and `no` stay
words; a date, `1:30`, `0100`, `1_000`, `0o17` and `.inf` are text; no tags and no merge keys. An alias stands for what
its anchor names, within bounds.

libyaml does the scanning where it is there; we resolve scalars ourselves, from its events, because its nodes no longer
know what was an alias.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from workato_emulator.text.nodes import MAX_DEPTH, MAX_DIGITS, Complaint, Mark, Reading, Row, Scalar, Table, Value
from workato_emulator.text.scanner import LOADER, scanner_of

_WORDS: dict[str, Scalar] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_UNWRITABLE = re.compile("[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Control characters, halves of pairs, and what ends a line in YAML 1.1 and does not in 1.2."""
_HALF = re.compile("[\ud800-\udfff]")
_MOST_BY_ALIAS = 100_000


def read(
    text: str,
    file: str,
    *,
    aliases: bool = True,
    plain_text: Callable[[str], str] = str,
    loader: type[Any] = LOADER,
) -> Reading:
    """The one document in `text`.

    `plain_text` makes what it likes of each text that is written without quotes.
    """
    text = text.removeprefix("\ufeff")
    reader = _Reader(file, aliases, plain_text)
    unwritable = _UNWRITABLE.search(text)
    try:
        if unwritable is not None:
            reader.refuse_character(text, unwritable)
        for event in yaml.parse(text, Loader=scanner_of(loader)):
            reader.take(event)
    except _GaveUp:
        pass
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        reader.give_up(reader.start if place is None else reader.mark(place), f"not YAML: {error.problem}")
    except yaml.YAMLError as error:
        reader.give_up(reader.start, f"not YAML: {error}")
    if not reader.done and not reader.complaints:
        reader.complain(reader.start, "the file is empty")
    value, mark = reader.done[0] if reader.done else (None, reader.start)
    return Reading(value, mark, tuple(reader.complaints), reader.well_formed)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read yet. In a mapping every second item is a key."""

    mark: Mark
    mapping: bool
    anchor: str | None
    items: list[Value] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def awaits_key(self) -> bool:
        return self.mapping and len(self.items) % 2 == 0


class _GaveUp(Exception):
    """Not an error: the complaint is noted, and reading on would not help."""


class _Reader:
    """Builds values from libyaml's events, without recursion: depth is the author's choice, not ours."""

    def __init__(self, file: str, aliases: bool, plain_text: Callable[[str], str]) -> None:
        self.file = file
        self.start = Mark(file, 1, 1)
        self.done: list[tuple[Value, Mark]] = []
        self.open: list[_Open] = []
        self.complaints: list[Complaint] = []
        self.well_formed = True
        self._aliases = aliases
        self._plain_text = plain_text
        self._anchored: dict[str, Value] = {}
        self._by_alias = 0

    def mark(self, place: Any) -> Mark:  # noqa: ANN401  (one mark type per scanner)
        return Mark(self.file, place.line + 1, place.column + 1)

    def complain(self, mark: Mark, message: str) -> None:
        self.complaints.append(Complaint(mark, message))

    def give_up(self, mark: Mark, message: str) -> None:
        self.well_formed = False
        self.complain(mark, message)

    def refuse_character(self, text: str, found: re.Match[str]) -> None:
        before = text[: found.start()]
        mark = Mark(self.file, before.count("\n") + 1, found.start() - before.rfind("\n"))
        code = f"{ord(found[0]):04X}"
        how = "" if _HALF.fullmatch(found[0]) else f'; write "\\u{code}" in double quotes'
        self.give_up(mark, f"not YAML: the character U+{code} must be escaped{how}")
        raise _GaveUp

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.NodeEvent):
            self._begin(event, self.mark(event.start_mark))

    def _begin(self, event: yaml.NodeEvent, mark: Mark) -> None:
        if not self.open and self.done:
            self.complain(mark, "a second document; a file holds one")
            raise _GaveUp
        if isinstance(event, yaml.AliasEvent):
            self._place(self._meant_by(str(event.anchor), mark), mark)
            return
        if event.anchor is not None and not self._aliases:
            self.complain(mark, f"anchors such as &{event.anchor} are not part of this language")
        if getattr(event, "tag", None) is not None:
            tag = str(getattr(event, "tag", "")).replace("tag:yaml.org,2002:", "!!")
            self.complain(mark, f"tags such as {tag} are not part of this language")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, mark)
        elif len(self.open) == MAX_DEPTH:
            self.complain(mark, f"nested deeper than {MAX_DEPTH} levels")
            raise _GaveUp
        elif self.open and self.open[-1].awaits_key:
            self.complain(mark, "a key must be a string")
            raise _GaveUp
        else:
            self.open.append(_Open(mark, isinstance(event, yaml.MappingStartEvent), event.anchor))

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        unquoted = event.style is None or event.style == ""
        if _HALF.search(event.value):
            self.complain(mark, "not YAML: half of a surrogate pair is not a character")
        if self.open and self.open[-1].awaits_key:
            if unquoted and event.value == "<<":
                self.complain(mark, "merge keys are not part of this language; write the keys out")
            value: Value = self._plain_text(event.value) if unquoted else event.value
        else:
            value = self._resolve(event.value, mark) if unquoted else event.value
        if event.anchor is not None:
            self._anchored[event.anchor] = value
        self._place(value, mark)

    def _resolve(self, text: str, mark: Mark) -> Scalar:
        lower = text.lower()
        if lower in _WORDS and text in {lower, lower.upper(), lower.capitalize()}:
            return _WORDS[lower]
        if not (_INTEGER.fullmatch(text) or _FLOAT.fullmatch(text)):
            return self._plain_text(text)
        if len(text) > MAX_DIGITS or math.isinf(float(text)):
            self.complain(mark, "this number is too large; quote it if it is text")
            return None
        return int(text) if _INTEGER.fullmatch(text) else float(text)

    def _meant_by(self, anchor: str, mark: Mark) -> Value:
        """What an alias stands for. It costs nothing to read and much to write out, so there are bounds."""
        if not self._aliases:
            self.complain(mark, "aliases are not part of this language; write the value out")
            return None
        if any(each.anchor == anchor for each in self.open):
            self.complain(mark, f"the alias *{anchor} is inside its own anchor")
            return None
        if anchor not in self._anchored:
            self.complain(mark, f"no anchor &{anchor} comes before this alias")
            return None
        value = self._anchored[anchor]
        if self.open and self.open[-1].awaits_key and not isinstance(value, str):
            self.complain(mark, "a key must be a string")
            raise _GaveUp
        size, height = _extent(value)
        self._by_alias += size
        if self._by_alias > _MOST_BY_ALIAS or len(self.open) + height > MAX_DEPTH:
            self.complain(mark, f"aliases expand to more than {_MOST_BY_ALIAS:,} values, or {MAX_DEPTH} levels")
            raise _GaveUp
        return value

    def _place(self, value: Value, mark: Mark) -> None:
        if self.open:
            self.open[-1].items.append(value)
            self.open[-1].marks.append(mark)
        else:
            self.done.append((value, mark))

    def _close(self) -> None:
        closed = self.open.pop()
        value = self._table(closed) if closed.mapping else Row.of(closed.items, closed.marks)
        if closed.anchor is not None:
            self._anchored[closed.anchor] = value
        self._place(value, closed.mark)

    def _table(self, closed: _Open) -> Table:
        table = Table(closed.mark)
        items, marks = closed.items, closed.marks
        for key, value, key_mark, value_mark in zip(items[::2], items[1::2], marks[::2], marks[1::2], strict=True):
            name = key if isinstance(key, str) else str(key)
            if name in table:
                already = table.key_marks[name].line
                self.complain(key_mark, f"duplicate key {str(name)!r}; first in line {already}")
            else:
                table.put(name, value, key_mark, value_mark)
        return table


def _extent(value: Value) -> tuple[int, int]:
    """How many values there are in it, itself included, and how deep they nest."""
    size, height, layer = 0, 0, [value]
    while layer:
        size += len(layer)
        inner = [each for each in layer if isinstance(each, Table | Row)]
        height += bool(inner)
        layer = [part for each in inner for part in (each.values() if isinstance(each, Table) else each)]
    return size, height
