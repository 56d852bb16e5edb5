"""YAML text to plain values that remember where they were written.

The dialect is small on purpose: one document; keys are text, each once; booleans are `true` and `false` and nothing
else (YAML 1.2), so that `on` and `no` stay words; no timestamps, tags, anchors, aliases or merge keys. A plain
`h001..h100` among the items of a sequence or the keys of a mapping stands for a hundred of them. libyaml does
the scanning where it is there; we resolve scalars ourselves, from its events, because its nodes no longer know what
was an alias.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, Union

import yaml

from okta_scenarios.explanations import SCN_YAML
from okta_scenarios.language.problems import Mark, Problem

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = Union[Scalar, "Table", "Row"]

MAX_DEPTH = 40
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WORDS: dict[str, Scalar] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_LONGEST_NUMBER = 300
_SPAN = re.compile(
    r"(?P<way>(?:\S*/)?)(?P<stem>[^\s/\d][^/\n]*?)(?P<first>\d{1,6})\.\.(?P=stem)(?P<last>\d{1,6})", re.ASCII
)
_MOST_IN_A_SPAN = 1_000


class Table(dict[str, Value]):
    """A mapping that knows where it, its keys and its values stand."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.key_marks: dict[str, Mark] = {}
        self.value_marks: dict[str, Mark] = {}
        self.known_keys: frozenset[str] = frozenset()
        """The keys of the model that this table was read as, noted while it is read."""

    def put(self, key: str, value: Value, key_mark: Mark, value_mark: Mark) -> None:
        self[key] = value
        self.key_marks[key] = key_mark
        self.value_marks[key] = value_mark

    def under(self, top: "Table") -> "Table":
        """This table with `top` laid over it key by key; every part keeps its own place."""
        merged = Table(top.mark)
        for layer in (self, top):
            for key, value in layer.items():
                below = merged.get(key)
                laid = below.under(value) if isinstance(below, Table) and isinstance(value, Table) else value
                merged.put(key, laid, layer.key_marks[key], layer.value_marks[key])
        return merged


class Span(str):
    """A plain text such as `h001..h100` or `acme/invitations/h001..h100`. Until somebody unfolds it, it is a text."""

    __slots__ = ()

    def unfolded(self) -> tuple[str, ...] | None:
        """The texts it stands for, as wide as the first one's number. None where it runs backwards or is too long."""
        found = _SPAN.fullmatch(self)
        if found is None:
            return None
        first, last, width = int(found["first"]), int(found["last"]), len(found["first"])
        if not 0 <= last - first < _MOST_IN_A_SPAN:
            return None
        return tuple(f"{found['way']}{found['stem']}{number:0{width}}" for number in range(first, last + 1))


class Row(tuple[Value, ...]):  # noqa: SLOT001  (a tuple cannot have other slots)
    """A sequence that knows where its items stand. A tuple, because what was read does not change."""

    item_marks: tuple[Mark, ...]

    @classmethod
    def of(cls, items: Sequence[Value], marks: Sequence[Mark]) -> "Row":
        row = cls(items)
        row.item_marks = tuple(marks)
        return row


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read yet. In a mapping every second item is a key."""

    mark: Mark
    mapping: bool
    items: list[Value] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def awaits_key(self) -> bool:
        return self.mapping and len(self.items) % 2 == 0


def parse(text: str, file: str, loader: type[Any] = LOADER) -> tuple[Value, Mark, list[Problem]]:
    """The document's value, where it starts, and what is wrong with it."""
    reader = _Reader(file)
    try:
        text.encode()
        for event in yaml.parse(text, Loader=loader):
            reader.take(event)
    except _GaveUp:
        pass
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        reader.complain(reader.start if place is None else reader.mark(place), f"not YAML: {error.problem}")
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        reader.complain(reader.start, f"not YAML: {getattr(error, 'reason', error)}")
    if not reader.done and not reader.problems:
        reader.complain(reader.start, "the file is empty")
    value, mark = reader.done[0] if reader.done else (None, reader.start)
    return value, mark, reader.problems


class _GaveUp(Exception):
    """Not an error: the problem is noted, and reading on would not help."""


class _Reader:
    """Builds values from libyaml's events, without recursion: depth is the author's choice, not ours."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.start = Mark(file, 1, 1)
        self.done: list[tuple[Value, Mark]] = []
        self.open: list[_Open] = []
        self.problems: list[Problem] = []

    def mark(self, place: Any) -> Mark:  # noqa: ANN401  (one mark type per loader)
        return Mark(self.file, place.line + 1, place.column + 1)

    def complain(self, mark: Mark, message: str) -> None:
        self.problems.append(Problem.at(mark, message, code=SCN_YAML))

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.NodeEvent):
            self._begin(event, self.mark(event.start_mark))

    def _begin(self, event: yaml.NodeEvent, mark: Mark) -> None:
        if not self.open and self.done:
            self.complain(mark, "a second document; one file holds one scenario")
            raise _GaveUp
        if isinstance(event, yaml.AliasEvent):
            self.complain(mark, "aliases are not part of this language: two scenarios read better than one alias")
            self._place(None, mark)
            return
        if event.anchor is not None:
            self.complain(mark, f"anchors such as &{event.anchor} are not part of this language")
        if getattr(event, "tag", None) is not None:
            self.complain(mark, f"tags such as {getattr(event, 'tag', '')} are not part of this language")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, mark)
        elif len(self.open) == MAX_DEPTH:
            self.complain(mark, f"nested deeper than {MAX_DEPTH} levels")
            raise _GaveUp
        elif self.open and self.open[-1].awaits_key:
            self.complain(mark, "a key has to be text")
            raise _GaveUp
        else:
            self.open.append(_Open(mark, isinstance(event, yaml.MappingStartEvent)))

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        plain = event.style is None or event.style == ""
        if self.open and self.open[-1].awaits_key:
            if plain and event.value == "<<":
                self.complain(mark, "merge keys are not part of this language; a fixture can hold what repeats")
            self._place(Span(event.value) if plain and _SPAN.fullmatch(event.value) else event.value, mark)
        else:
            self._place(self._resolved(event.value, mark) if plain else event.value, mark)

    def _resolved(self, text: str, mark: Mark) -> Scalar:
        lower = text.lower()
        if lower in _WORDS and text in {lower, lower.upper(), lower.capitalize()}:
            return _WORDS[lower]
        number = _INTEGER.fullmatch(text) or _FLOAT.fullmatch(text)
        if number is None:
            return Span(text) if _SPAN.fullmatch(text) else text
        if len(text) > _LONGEST_NUMBER or math.isinf(float(text)):
            self.complain(mark, "this number is too large; quote it if it is text")
            return None
        return int(text) if _INTEGER.fullmatch(text) else float(text)

    def _place(self, value: Value, mark: Mark) -> None:
        if self.open:
            self.open[-1].items.append(value)
            self.open[-1].marks.append(mark)
        else:
            self.done.append((value, mark))

    def _close(self) -> None:
        closed = self.open.pop()
        self._place(self._table(closed) if closed.mapping else self._row(closed), closed.mark)

    def _row(self, closed: _Open) -> Row:
        if not any(isinstance(item, Span) for item in closed.items):
            return Row.of(closed.items, closed.marks)
        pairs = [
            (each, mark)
            for item, mark in zip(closed.items, closed.marks, strict=True)
            for each in (self._unfolded(item, mark) if isinstance(item, Span) else (item,))
        ]
        return Row.of([each for each, _ in pairs], [mark for _, mark in pairs])

    def _unfolded(self, span: Span, mark: Mark) -> tuple[str, ...]:
        names = span.unfolded()
        if names is None:
            self.complain(mark, f"{str(span)!r} counts upwards to no more than {_MOST_IN_A_SPAN:,} names")
            return ()
        return names

    def _table(self, closed: _Open) -> Table:
        table = Table(closed.mark)
        items, marks = closed.items, closed.marks
        for key, value, key_mark, value_mark in zip(items[::2], items[1::2], marks[::2], marks[1::2], strict=True):
            for name in self._unfolded(key, key_mark) if isinstance(key, Span) else (str(key),):
                if name in table:
                    self.complain(
                        key_mark, f"the key {name!r} stands twice; first in line {table.key_marks[name].line}"
                    )
                else:
                    table.put(name, value, key_mark, value_mark)
        return table
