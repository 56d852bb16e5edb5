"""Scenario files to plain values that remember where they were written.

It is the reading of YAML that seeds have too, with less and more: no anchors and aliases, because two scenarios read
better than one alias; and a plain `h001..h100` among the items of a sequence or the keys of a mapping stands for a
hundred of them.
"""

import re
from collections.abc import Iterator
from typing import Any

from okta_scenarios.explanations import SCN_YAML
from okta_scenarios.language.problems import Mark, Problem
from workato_emulator.text import Row, Scalar, Table, Value, yaml_nodes
from workato_emulator.text.scanner import LOADER

__all__ = ["LOADER", "Row", "Scalar", "Span", "Table", "Value", "parse"]

_SPAN = re.compile(
    r"(?P<way>(?:\S*/)?)(?P<stem>[^\s/\d][^/\n]*?)(?P<first>\d{1,6})\.\.(?P=stem)(?P<last>\d{1,6})", re.ASCII
)
_MOST_IN_A_SPAN = 1_000


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


def parse(text: str, file: str, loader: type[Any] = LOADER) -> tuple[Value, Mark, list[Problem]]:
    """The document's value, where it starts, and what is wrong with it."""
    reading = yaml_nodes.read(text, file, aliases=False, plain_text=_text, loader=loader)
    problems = [Problem.at(each.mark, each.message, code=SCN_YAML) for each in reading.complaints]
    value = _with_spans_unfolded(reading.value, problems) if _SPAN.search(text) else reading.value
    return value, reading.mark, problems


def _text(text: str) -> str:
    return Span(text) if _SPAN.fullmatch(text) else text


def _with_spans_unfolded(value: Value, problems: list[Problem]) -> Value:
    if isinstance(value, Row):
        items = [
            (name, mark)
            for item, mark in zip(value, value.item_marks, strict=True)
            for name in (_names(item, mark, problems) if isinstance(item, Span) else (item,))
        ]
        return Row.of([_with_spans_unfolded(each, problems) for each, _ in items], [mark for _, mark in items])
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
                table.put(name, _with_spans_unfolded(each, problems), mark, value.value_marks[key])
    return table


def _names(span: Span, mark: Mark, problems: list[Problem]) -> Iterator[str]:
    names = span.unfolded()
    if names is None:
        counts = f"{str(span)!r} counts upwards to no more than {_MOST_IN_A_SPAN:,} names"
        problems.append(Problem.at(mark, counts, code=SCN_YAML))
    yield from names or ()
