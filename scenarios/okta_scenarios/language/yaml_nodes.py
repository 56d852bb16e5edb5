"""Scenario files to plain values that remember where they were written.

It is the reading of YAML that seeds have too, with less and more: no anchors and aliases, because two scenarios read
better than one alias; and a plain `h001..h100` among the items of a sequence or the keys of a mapping stands for a
hundred of them.
"""

import re
from collections.abc import Iterator
from typing import Any

from okta_scenarios.language.problems import Mark, Problem
from workato_emulator.text import Row, Scalar, Table, Value, yaml_nodes
from workato_emulator.text.error_codes.scenarios import SCN_YAML
from workato_emulator.text.scanner import LOADER

__all__ = ["LOADER", "Row", "Scalar", "Span", "Table", "Value", "parse"]

_SPAN = re.compile(
    r"(?P<way>(?:\S*/)?)(?P<stem>[^/\n]*?)(?P<first>\d{1,40})\.\.(?P<other>[^/\n]*?)(?P<last>\d{1,40})", re.ASCII
)
"""What looks like a span, right or wrong: as a name nobody means it."""
_MOST_IN_A_SPAN = 1_000


class Span(str):
    """A plain text such as `h001..h100` or `acme/invitations/h001..h100`. Until somebody unfolds it, it is a text."""

    __slots__ = ()

    def unfold(self) -> tuple[str, ...]:
        """The texts it stands for, as wide as its numbers. Raises `NoSpan`."""
        found = _SPAN.fullmatch(self)
        if found is None:
            raise NoSpan(f"{str(self)!r} is not a range")
        way, stem, first, last = found["way"], found["stem"], found["first"], found["last"]
        if not stem or stem[0].isspace() or stem[0].isdigit():
            raise NoSpan(f"{str(self)!r} has no name before its first number; write one such as h1..h5")
        if found["other"] != stem:
            raise NoSpan(f"{str(self)!r} has another name at its end", f"{way}{stem}{first}..{stem}{last}")
        if len(first) != len(last) and "0" in {first[0], last[0]}:
            wide = max(len(first), len(last))
            right = f"{way}{stem}{first.zfill(wide)}..{stem}{last.zfill(wide)}"
            raise NoSpan(f"{str(self)!r} has numbers of two widths", right)
        if int(last) < int(first):
            raise NoSpan(f"{str(self)!r} runs backwards", f"{way}{stem}{last}..{stem}{first}")
        many = int(last) - int(first) + 1
        if many > _MOST_IN_A_SPAN:
            raise NoSpan(f"{str(self)!r} is {many:,} names; a range has at most {_MOST_IN_A_SPAN:,}")
        return tuple(f"{way}{stem}{number:0{len(first)}}" for number in range(int(first), int(last) + 1))


class NoSpan(Exception):
    """What looks like a span and is none: why, and what was meant."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        super().__init__(f"{message}; quote it if it is text" if suggestion is None else message)
        self.suggestion = suggestion


def parse(text: str, file: str, loader: type[Any] = LOADER) -> tuple[Value, Mark, list[Problem]]:
    """The document's value, where it starts, and what is wrong with it."""
    reading = yaml_nodes.read(text, file, aliases=False, plain_text=_text, loader=loader)
    problems = [Problem.at(each.mark, each.message, code=SCN_YAML) for each in reading.complaints]
    value = _unfold_spans(reading.value, problems) if ".." in text else reading.value
    return value, reading.mark, problems


def _text(text: str) -> str:
    return Span(text) if _SPAN.fullmatch(text) else text


def _unfold_spans(value: Value, problems: list[Problem]) -> Value:
    if isinstance(value, Row):
        items = [
            (name, mark)
            for item, mark in zip(value, value.item_marks, strict=True)
            for name in (_names(item, mark, problems) if isinstance(item, Span) else (item,))
        ]
        return Row.of([_unfold_spans(each, problems) for each, _ in items], [mark for _, mark in items])
    if not isinstance(value, Table):
        return value
    table = Table(value.mark)
    for key, each in value.items():
        mark = value.key_marks[key]
        for name in _names(key, mark, problems) if isinstance(key, Span) else (key,):
            if name in table:
                already = f"duplicate key {name!r}; first in line {table.key_marks[name].line}"
                problems.append(Problem.at(mark, already, code=SCN_YAML))
            else:
                table.put(name, _unfold_spans(each, problems), mark, value.value_marks[key])
    return table


def _names(span: Span, mark: Mark, problems: list[Problem]) -> Iterator[str]:
    try:
        yield from span.unfold()
    except NoSpan as reason:
        problems.append(Problem.at(mark, str(reason), reason.suggestion, SCN_YAML))
