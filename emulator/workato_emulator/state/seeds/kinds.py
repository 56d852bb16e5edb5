"""What a field of a seed can hold: how each kind of value is read and written, and which ids it brings along.

Reading raises `SeedProblem` for all that is wrong with the value; places are relative to it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from immutables import Map

from workato_emulator.clock import EARLIEST
from workato_emulator.state.seeds.problems import MOST, NOTHING, SeedProblem, Unread
from workato_emulator.text import nearest, plain
from workato_emulator.text.error_codes.commands import SEED_SHAPE
from workato_emulator.text.wording import wrong_type

MAPPING = (dict, Mapping)
"""A dictionary is most, and told quicker than a mapping."""
_HALF = re.compile("[\ud800-\udfff]")


def wrong(message: str, suggestion: str | None = None) -> SeedProblem:
    """The value has another shape than it should have."""
    return SeedProblem("", message, suggestion, code=SEED_SHAPE)


class Kind:
    """Any JSON value, kept as it is."""

    brings_ids = False
    """Whether a value can bring ids along."""

    def read(self, value: Any) -> Any:  # noqa: ANN401  (whatever somebody wrote)
        return plain(value)

    def stand_in(self, value: object) -> Any:  # noqa: ANN401, ARG002
        """What takes the place of a value that cannot be read; `NOTHING` where leaving it out is as good."""
        return NOTHING

    @property
    def is_plain(self) -> bool:
        """Whether a value is written as it is."""
        return type(self).write is Kind.write

    def write(self, value: Any) -> Any:  # noqa: ANN401  (JSON)
        return value

    def ids(self, values: list[Any]) -> list[int]:  # noqa: ARG002
        """The numeric ids that these values bring along: nothing else may be given one of them."""
        return []


class Chars(Kind):
    """Text. `pattern` comes with the words that say what it asks for; `check` raises for what no pattern can tell."""

    def __init__(
        self,
        least: int = 0,
        most: int | None = None,
        pattern: tuple[str, str] | None = None,
        check: Callable[[str], None] | None = None,
    ) -> None:
        self._least = least
        self._most = most
        self._pattern = None if pattern is None else re.compile(pattern[0])
        self._form = None if pattern is None else pattern[1]
        self._check = check

    def read(self, value: Any) -> str:  # noqa: ANN401
        if not isinstance(value, str):
            raise wrong(wrong_type("text", value))
        if len(value) < self._least:
            raise wrong("should not be empty")
        if self._most is not None and len(value) > self._most:
            raise wrong(f"should have at most {self._most} characters")
        if self._pattern is not None and not self._pattern.fullmatch(value):
            raise wrong(f"should {self._form}")
        if not value.isascii() and _HALF.search(value):
            raise wrong("should be made of whole characters, and holds half of a surrogate pair")
        if self._check is not None:
            self._check(value)
        return value

    def stand_in(self, value: object) -> Unread:
        return Unread(value if isinstance(value, str) else "")


class Flag(Kind):
    def read(self, value: Any) -> bool:  # noqa: ANN401
        if not isinstance(value, bool):
            raise wrong(wrong_type("true or false", value))
        return value


class Number(Kind):
    def __init__(self, least: float | None = None, most: float | None = None) -> None:
        self._least = least
        self._most = most

    def read(self, value: Any) -> float:  # noqa: ANN401
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong(wrong_type("a number", value))
        self._must_be_within(value)
        return float(value)

    def _must_be_within(self, value: float) -> None:
        if self._least is not None and not value >= self._least:  # what is not a number is not less either
            raise wrong(f"should be greater than or equal to {self._least}")
        if self._most is not None and value > self._most:
            raise wrong(f"should be less than or equal to {self._most}")


class Whole(Number):
    def read(self, value: Any) -> int:  # noqa: ANN401
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise wrong(wrong_type("a whole number", value))
        self._must_be_within(value)
        return value

    def stand_in(self, value: object) -> Any:  # noqa: ANN401, ARG002
        return int(self._least or 0)


class Own(Whole):
    """A numeric id that the row, or what it speaks of, has."""

    brings_ids = True

    def stand_in(self, value: object) -> Any:  # noqa: ANN401, ARG002
        """Nothing: the row gets one of its own."""
        return NOTHING

    def ids(self, values: list[Any]) -> list[int]:
        return values


class Handle(Chars):
    """A text id, such as `pf-QRSTUVWX-aBcDeF`. Where the seed is silent one is made, with this prefix."""

    def __init__(self, prefix: str, *, strict: bool) -> None:
        form = (rf"{prefix}-[A-Za-z0-9]+-[A-Za-z0-9]+", f"have the form {prefix}-…-…, such as {prefix}-QRSTUVWX-aBcDeF")
        super().__init__(most=63 if strict else None, pattern=form if strict else None)
        self.prefix = prefix


class OneOf(Kind):
    def __init__(self, choices: type[StrEnum]) -> None:
        self._choices = choices

    def read(self, value: Any) -> StrEnum:  # noqa: ANN401
        try:
            return self._choices(value)
        except ValueError:
            *others, last = [f"'{each.value}'" for each in self._choices]
            allowed = f"{', '.join(others)} or {last}" if others else last
            raise wrong(f"should be {allowed}", nearest(str(value), [each.value for each in self._choices])) from None

    def write(self, value: Any) -> str:  # noqa: ANN401
        return str(value)


class Moment(Kind):
    """An instant, with its offset from UTC."""

    def __init__(self, latest: datetime, bounds: str) -> None:
        self._latest = latest
        self._bounds = bounds

    def read(self, value: Any) -> datetime:  # noqa: ANN401
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise wrong("should be a moment, such as 2026-01-05T09:00:00Z") from None
        if moment.tzinfo is None:
            raise wrong("needs an offset from UTC, such as Z or +02:00")
        if not EARLIEST <= moment <= self._latest:
            raise wrong(self._bounds)
        return moment

    def stand_in(self, value: object) -> datetime:  # noqa: ARG002
        return EARLIEST

    def write(self, value: Any) -> str:  # noqa: ANN401
        return _in_utc(value) if value.tzinfo is UTC else str(value.isoformat())


@lru_cache(maxsize=4096)
def _in_utc(moment: datetime) -> str:
    """Many rows have one instant. In another zone the same one would have another text."""
    return moment.isoformat()


class Perhaps(Kind):
    """What may be null."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.brings_ids = kind.brings_ids

    def read(self, value: Any) -> Any:  # noqa: ANN401
        return None if value is None else self.kind.read(value)

    def stand_in(self, value: object) -> Any:  # noqa: ANN401
        return self.kind.stand_in(value)

    def write(self, value: Any) -> Any:  # noqa: ANN401
        return None if value is None else self.kind.write(value)

    def ids(self, values: list[Any]) -> list[int]:
        return self.kind.ids([each for each in values if each is not None])


class Either(Kind):
    """A number or a text, each of its own kind."""

    def __init__(self, number: Kind, text: Kind) -> None:
        self._number = number
        self._text = text
        self.brings_ids = number.brings_ids

    def read(self, value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise wrong(wrong_type("a whole number or text", value))
        return (self._text if isinstance(value, str) else self._number).read(value)

    def stand_in(self, value: object) -> Any:  # noqa: ANN401
        return self._text.stand_in(value)

    def ids(self, values: list[Any]) -> list[int]:
        return self._number.ids([each for each in values if not isinstance(each, str)])


class Many(Kind):
    """A list, kept as a tuple."""

    def __init__(self, item: Kind, least: int = 0) -> None:
        self._item = item
        self.brings_ids = item.brings_ids
        self._least = least

    def read(self, value: Any) -> tuple[Any, ...]:  # noqa: ANN401
        if not isinstance(value, list | tuple):
            raise wrong(wrong_type("a list", value))
        if len(value) < self._least:
            raise wrong("should not be empty")
        read = self._item.read
        made: list[Any] = []
        problems: list[SeedProblem] = []
        for index, each in enumerate(value):
            try:
                made.append(read(each))
            except SeedProblem as problem:
                problems += problem.under(index)
                made.append(rest_of(problem, self._item, each))
                if len(problems) >= MOST:
                    break
        if problems:
            raise SeedProblem.of(problems, rest=tuple(each for each in made if each is not NOTHING))
        return tuple(made)

    def stand_in(self, value: object) -> Any:  # noqa: ANN401, ARG002
        """A list of one thing that nobody knows."""
        item = self._item.stand_in(None)
        return () if item is NOTHING else (item,)

    def write(self, value: Any) -> list[Any]:  # noqa: ANN401
        """A set in the order of its texts, so that an export does not depend on chance."""
        write = self._item.write
        return [write(each) for each in (sorted(value) if isinstance(value, frozenset) else value)]

    def ids(self, values: list[Any]) -> list[int]:
        return self._item.ids([item for each in values for item in each])


class OneOrMany(Many):
    """A list, or the one thing that would be in it."""

    def read(self, value: Any) -> tuple[Any, ...]:  # noqa: ANN401
        return super().read(value) if isinstance(value, list | tuple) else (self._item.read(value),)


class ByName(Kind):
    """A mapping of names to values of one kind."""

    def __init__(self, name: Kind, item: Kind) -> None:
        self._name = name
        self._item = item
        self.brings_ids = item.brings_ids

    def read(self, value: Any) -> dict[str, Any]:  # noqa: ANN401
        if not isinstance(value, MAPPING):
            raise wrong(wrong_type("a mapping of keys to values", value))
        made: dict[str, Any] = {}
        problems: list[SeedProblem] = []
        for key, each in value.items():
            try:
                self._name.read(key)
            except SeedProblem as problem:
                problems += problem.under(key)
            name = key if isinstance(key, str) else Unread()
            try:
                made[name] = self._item.read(each)
            except SeedProblem as problem:
                problems += problem.under(key)
                made[name] = rest_of(problem, self._item, each)
            if len(problems) >= MOST:
                break
        if problems:
            rest = {name: each for name, each in made.items() if each is not NOTHING}
            raise SeedProblem.of(problems, rest=rest)
        return made

    def stand_in(self, value: object) -> Any:  # noqa: ANN401, ARG002
        item = self._item.stand_in(None)
        return {} if item is NOTHING else {Unread(): item}

    def write(self, value: Any) -> dict[str, Any]:  # noqa: ANN401
        """A `Map`, which has no order, in the order of its names."""
        return {name: self._item.write(value[name]) for name in (sorted(value) if isinstance(value, Map) else value)}

    def ids(self, values: list[Any]) -> list[int]:
        return self._item.ids([item for each in values for item in each.values()])


class Repeated(ByName):
    """Texts by name that many rows have alike: such rows share one value, which was read once."""

    def __init__(self, name: Chars, item: Chars) -> None:
        super().__init__(name, item)
        self._known = lru_cache(maxsize=1024)(lambda items: ByName.read(self, dict(items)))

    def read(self, value: Any) -> dict[str, Any]:  # noqa: ANN401
        try:
            return self._known((*value.items(),))
        except (AttributeError, SeedProblem, TypeError):  # something is wrong, and told in whatever has no hash too
            return super().read(value)


def rest_of(problem: SeedProblem, kind: Kind, value: object) -> Any:  # noqa: ANN401
    """What could be read of a value in spite of its problem, or what stands in for it."""
    return kind.stand_in(value) if problem.rest is NOTHING else problem.rest
