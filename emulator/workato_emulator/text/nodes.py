"""What a file holds: plain values, of which each mapping and sequence remembers where its parts stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, Union

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = Union[Scalar, "Table", "Row"]

MAX_DEPTH = 100
"""How deep mappings and sequences may nest. The deepest export of the emulator has 70 levels."""

MAX_DIGITS = 300
"""The longest number. Anything longer is a mistake, and Python's own limit is no message for anybody."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file, counted as editors count: both numbers start at one."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong with a file, and where."""

    mark: Mark
    message: str


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


class Row(tuple[Value, ...]):  # noqa: SLOT001  (a tuple cannot have other slots)
    """A sequence that knows where its items stand. A tuple, because what was read does not change."""

    item_marks: tuple[Mark, ...]

    @classmethod
    def of(cls, items: Sequence[Value], marks: Sequence[Mark]) -> "Row":
        row = cls(items)
        row.item_marks = tuple(marks)
        return row


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, where that begins, and what is wrong with the text. With complaints the value is a part only.

    `well_formed` is false where the text breaks the format's own rules, so that nothing more can be said of it.
    """

    value: Value
    mark: Mark
    complaints: tuple[Complaint, ...] = ()
    well_formed: bool = True


def plain(value: Value) -> Any:  # noqa: ANN401  (whatever the file says)
    """The same as dicts and lists, which no longer know their places."""
    if isinstance(value, Table):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, Row) else value
