"""What a row of a seed is: a dataclass whose annotations say how each field is read, written and numbered."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from dataclasses import Field as DataclassField
from enum import Enum, StrEnum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Final, NamedTuple, Self, Union, get_args, get_origin, get_type_hints

from workato_emulator.state.seeds import kinds
from workato_emulator.state.seeds.kinds import MAPPING, Kind, rest_of, wrong
from workato_emulator.state.seeds.problems import MOST, NOTHING, SeedProblem
from workato_emulator.text import nearest
from workato_emulator.text.wording import show, wrong_type

Data = dict[str, Any]


class Unsaid(Enum):
    UNSAID = "unsaid"


UNSAID: Final = Unsaid.UNSAID
"""The default of a field where null says something else than nothing; in an export, what is left out."""


class SeedRow:
    """A mapping in a seed. Its subclasses are frozen dataclasses; fields that begin with an underscore are no keys."""

    unread: ClassVar[frozenset[str]] = frozenset()
    """The keys whose values could not be read and are the defaults instead, in what is read of a faulty seed."""

    @classmethod
    def read(cls, data: object) -> Self:
        """The row that this mapping describes. Raises `SeedProblem` for all that is wrong, with relative places."""
        if not isinstance(data, MAPPING):
            raise wrong(wrong_type("a mapping of keys to values", data))
        shape = shape_of(cls)
        readers = shape.readers
        said: Data = {}
        unknown: list[str] = []
        problems: list[SeedProblem] = []
        for key, value in data.items():
            read = readers.get(key)
            if read is None:
                unknown.append(key)
                continue
            try:
                said[key] = read(value)
            except SeedProblem as problem:
                problems += problem.under(key)
                said[key] = rest_of(problem, shape.fields[key].kind, value)
        if problems or unknown or not shape.required <= said.keys():
            strangers = list(_strangers(unknown[:MOST], shape.fields))
            meant = {each.suggestion for each in strangers}
            problems += [*strangers, *_missing(shape, data, meant)]
            row = cls.in_spite_of(said, meant)
            raise SeedProblem.of([*problems, *row.misfits()], rest=row)
        row = object.__new__(cls)  # as `cls(**said)`, quicker: a large seed has a hundred thousand rows
        vars(row).update(shape.defaults, **said)
        try:
            row.must_fit_together()
        except SeedProblem as problem:
            raise SeedProblem.of(problem, rest=row) from None
        return row

    @classmethod
    def in_spite_of(cls, said: Data, meant: Collection[str | None] = ()) -> Self:
        """The row as far as it could be read: `NOTHING` is the value of a key that could not be.

        What is missing, or may be `meant` by a misspelt key, has something that stands in for it.
        """
        shape = shape_of(cls)
        wanted = (name for name in shape.fields if name not in said and (name in shape.required or name in meant))
        found = {**said, **{name: shape.fields[name].kind.stand_in(None) for name in wanted}}
        row = object.__new__(cls)
        vars(row).update(shape.defaults, **{name: value for name, value in found.items() if value is not NOTHING})
        vars(row)["unread"] = frozenset(name for name, value in found.items() if value is NOTHING)
        return row

    def misfits(self) -> Iterator[SeedProblem]:
        """What cannot be together of a row that could not be read as a whole, as far as that can be known."""
        if not self.unread:
            try:
                self.must_fit_together()
            except SeedProblem as problem:
                yield from problem

    def must_fit_together(self) -> None:
        """Raises `SeedProblem` for fields that are sound by themselves and cannot be together."""

    def as_data(self) -> Data:
        """What was said, as plain data: everything that is not as it would be without being said."""
        row = vars(self)
        return {
            name: field.kind.write(row[name])
            for name, field in shape_of(type(self)).fields.items()
            if row[name] != field.default
        }

    def own_ids(self) -> list[int]:
        """Every numeric id that the row and the rows in it bring along."""
        return _Nested(type(self)).ids([self])

    @classmethod
    def export(cls, value: object, **others: Any) -> Data:  # noqa: ANN401  (JSON)
        """The whole row of a value of the domain: what it has under the same names, and `others`, as plain data.

        What is `UNSAID` among the others is left out.
        """
        how = _export(cls, tuple(others))  # type: ignore[arg-type]
        row: Data = {**how.blank, **others}
        row.update(zip(how.own, how.values_of(value)))  # noqa: B905  (as many, and there are very many rows)
        for name, write in how.written:
            each = row[name]
            if each is not None:
                row[name] = write(each)
        return {name: each for name, each in row.items() if each is not UNSAID} if UNSAID in others.values() else row


@dataclass(frozen=True, slots=True)
class Field:
    kind: Kind
    default: object

    @property
    def bare(self) -> Kind:
        """The kind of what is there when it is not null."""
        return self.kind.kind if isinstance(self.kind, kinds.Perhaps) else self.kind

    @property
    def is_id(self) -> bool:
        """Whether it is the row's own id, or that of a part of it."""
        return isinstance(self.bare, kinds.Own | kinds.Handle)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a row can hold, in the order of its declaration; what it has to hold; and what it holds unsaid.

    `readers` read each field's value; `with_ids` are the fields that can bring ids along.
    """

    fields: Mapping[str, Field]
    required: frozenset[str]
    defaults: Mapping[str, object]
    readers: Mapping[str, Callable[[Any], Any]]
    with_ids: tuple[tuple[str, Kind], ...]


class _Nested(Kind):
    brings_ids = True

    def __init__(self, row: type[SeedRow]) -> None:
        self._row = row

    def read(self, value: object) -> SeedRow:
        return self._row.read(value)

    def stand_in(self, value: object) -> SeedRow:  # noqa: ARG002
        """A row of which nothing is known."""
        shape = shape_of(self._row)
        return self._row.in_spite_of(dict.fromkeys(shape.fields.keys() - shape.required, NOTHING))

    def write(self, value: SeedRow) -> Data:
        return value.as_data()

    def ids(self, values: list[Any]) -> list[int]:
        """Field by field, as there may be very many rows."""
        found: list[int] = []
        for name, kind in shape_of(self._row).with_ids if values else ():  # some rows nest
            said = (getattr(each, name) for each in values)
            found += kind.ids([each for each in said if each is not UNSAID])
        return found


def every_row(base: type[SeedRow] = SeedRow) -> Iterator[type[SeedRow]]:
    """Every kind of row that is declared."""
    for row in base.__subclasses__():
        yield row
        yield from every_row(row)


_SHAPES: dict[type[SeedRow], Shape] = {}


def shape_of(row: type[SeedRow]) -> Shape:
    """What the declaration says, read when it is needed first."""
    if row not in _SHAPES:
        declared = [each for each in fields(row) if not each.name.startswith("_")]  # type: ignore[arg-type]
        hints = get_type_hints(row, include_extras=True)
        made = {each.name: Field(_kind(hints[each.name]), _default(each)) for each in declared}
        required = frozenset(name for name, each in made.items() if each.default is MISSING)
        defaults = {each.name: _default(each) for each in fields(row)}  # type: ignore[arg-type]
        with_ids = tuple((name, each.kind) for name, each in made.items() if each.kind.brings_ids)
        readers = {name: each.kind.read for name, each in made.items()}
        _SHAPES[row] = Shape(made, required, defaults, readers, with_ids)
    return _SHAPES[row]


class _Export(NamedTuple):
    """How values are exported: a row with nothing in it, the fields that are theirs, and those that are not plain."""

    blank: Mapping[str, None]
    own: tuple[str, ...]
    values_of: Callable[[object], Iterable[Any]]
    written: tuple[tuple[str, Callable[[Any], Any]], ...]


@cache
def _export(row: type[SeedRow], others: tuple[str, ...]) -> _Export:
    """How this kind of row is exported where these fields are said by others: a large export has many such rows."""
    every = shape_of(row).fields
    own = {name: each.bare for name, each in every.items() if name not in others}
    written = tuple((name, kind.write) for name, kind in own.items() if not kind.is_plain)
    values_of = attrgetter(*own) if len(own) > 1 else lambda value: [getattr(value, name) for name in own]
    return _Export(dict.fromkeys(every), tuple(own), values_of, written)


def _default(field: DataclassField[Any]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()


_PLAIN: Mapping[object, Kind] = {
    str: kinds.Chars(),
    bool: kinds.Flag(),
    int: kinds.Whole(),
    float: kinds.Number(),
    object: Kind(),
}


def _kind(hint: Any) -> Kind:  # noqa: ANN401  (an annotation)
    """The kind of value that an annotation means: what it is annotated with, or what its type says."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        found: Kind = args[1]
        return found
    if origin in {Union, UnionType}:
        each = [_kind(arg) for arg in args if arg not in {NoneType, Unsaid}]
        kind = each[0] if len(each) == 1 else kinds.Either(*each)
        return kinds.Perhaps(kind) if NoneType in args else kind
    if origin is tuple:
        return kinds.Many(_kind(args[0]))
    if origin is Mapping:
        return kinds.ByName(_kind(args[0]), _kind(args[1]))
    if hint in _PLAIN:
        return _PLAIN[hint]
    return kinds.OneOf(hint) if issubclass(hint, StrEnum) else _Nested(hint)


def _strangers(keys: list[str], known: Mapping[str, Field]) -> Iterator[SeedProblem]:
    for key in keys:
        problem = wrong(f"unknown key {show(key)}", nearest(str(key), known))
        yield from problem.under(key)


def _missing(shape: Shape, data: Mapping[str, object], meant: set[str | None]) -> Iterator[SeedProblem]:
    """The keys that have to be there; one that is misspelt is not missing as well."""
    for name in shape.fields:
        if name in shape.required and name not in data and name not in meant:
            yield wrong(f"needs {name!r}")
