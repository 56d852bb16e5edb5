"""pydantic's errors in the reader's words, each at the place in the file that it is about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.claims import PersonClaims
from okta_scenarios.language.models.names import Names
from okta_scenarios.language.problems import Mark, Problem, nearest
from okta_scenarios.language.yaml_nodes import Row, Table, Value
from workato_emulator.text.error_codes.scenarios import SCN_MISSING, SCN_UNKNOWN_KEY, SCN_VALUE
from workato_emulator.text.wording import show, wrong_type

S = TypeVar("S", bound=Shape)

_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "mapping_type": "a mapping of keys to values",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
}
"""What should stand there, by pydantic's name of the error."""

_NO_MAPPING = frozenset({"mapping_type", "dict_type", "model_type", "model_attributes_type"})
_EMPTINESS = {"too_short": "not ", "string_too_short": "not ", "too_long": ""}
"""The only limits on lengths that the shapes have, but for the username's."""

A_SLIP = 0.8
"""How like a word has to be to one of a few that are all listed, to be taken for a slip and not for another thought."""


def read(shape: type[S], table: Table, names: Names | None, label: str, problems: list[Problem]) -> S | None:
    """`table` as `shape`, or None and the reasons why not. Without `names`, any name will do."""
    try:
        return shape.model_validate(table, context=names)
    except ValidationError as error:
        found = error.errors(include_url=False)
        problems.extend(_problem(details, table, label) for details in found if not _is_echo(details, found))
        return None


def sound_part(shape: type[S], table: Table, names: Names | None) -> tuple[S | None, Table]:
    """What is left of a table when everything wrong is taken out of it, so that the rest can be looked at as well.

    A row that is no mapping is left as an empty one, so that whoever names it finds it. None where nothing is left that
    has this shape.
    """
    while True:
        try:
            return shape.model_validate(table, context=names), table
        except ValidationError as error:
            found = error.errors(include_url=False)
            wrong = {part: details["type"] for details in found if (part := _wrong_part(details, table))}
            if not wrong:
                return None, table
            table = cast(Table, _without(table, wrong))


def _wrong_part(details: ErrorDetails, table: Table) -> tuple[int, str | int] | None:
    """The collection and the part of it that an error is about. Where something is missing, that is what misses it."""
    steps = list(_steps(table, (*details["loc"], *details.get("ctx", {}).get("at", ()))))
    return (id(steps[-1][0]), steps[-1][1]) if steps else None


def _without(value: Value, wrong: Mapping[tuple[int, str | int], str]) -> Value:
    """The value without its wrong parts, each given with pydantic's name of what is wrong with it."""
    if isinstance(value, Table):
        left = Table(value.mark)
        for key, each in value.items():
            error = wrong.get((id(value), key))
            if error is None or error in _NO_MAPPING:
                sound = Table(value.value_marks[key]) if error else _without(each, wrong)
                left.put(key, sound, value.key_marks[key], value.value_marks[key])
        return left
    if isinstance(value, Row):
        kept = [index for index in range(len(value)) if (id(value), index) not in wrong]
        return Row.of([_without(value[index], wrong) for index in kept], [value.item_marks[index] for index in kept])
    return value


def _is_echo(details: ErrorDetails, found: Sequence[ErrorDetails]) -> bool:
    """Whether another complaint says it all.

    A list is too short because its items are wrong, or a key is missing because it is misspelt.
    """
    at = details["loc"]
    if details["type"] == "missing":
        return any(
            each["type"] == "extra_forbidden"
            and each["loc"][:-1] == at[:-1]
            and nearest(str(each["loc"][-1]), [str(at[-1])]) is not None
            for each in found
        )
    return details["type"] == "too_short" and any(each["loc"][: len(at)] == at != each["loc"] for each in found)


def place(table: Table, path: Sequence[str | int], *, key: bool = False) -> Mark:
    """Where the thing at `path` stands, or its key; what is missing stands where it would have to be written."""
    steps = list(_steps(table, path))
    return _mark(*steps[-1], key=key) if steps else table.mark


def _steps(table: Table, path: Sequence[str | int]) -> Iterator[tuple[Table | Row, str | int]]:
    """The collections on the way and the part taken in each.

    Parts that lead nowhere are pydantic's own: a union's tag, `[key]`, the index of an item that stands alone.
    """
    here: Value = table
    for part in path:
        if (isinstance(here, Table) and part in here) or (
            isinstance(here, Row) and isinstance(part, int) and part < len(here)
        ):
            yield here, part
            here = cast(Any, here)[part]


def _mark(collection: Table | Row, part: Any, *, key: bool) -> Mark:  # noqa: ANN401  (a key or an index)
    if isinstance(collection, Row):
        return collection.item_marks[int(part)]
    return (collection.key_marks if key else collection.value_marks)[str(part)]


def _problem(details: ErrorDetails, table: Table, label: str) -> Problem:
    path = (*details["loc"], *details.get("ctx", {}).get("at", ()))
    steps = list(_steps(table, path))
    mark = place(table, path, key=details["type"] == "extra_forbidden" or path[-1:] == ("[key]",))
    parts = [str(part) for _, part in steps]
    if details["type"] == "missing":
        return Problem.at(mark, f"{_where(label, parts)} needs {path[-1]!r}", code=SCN_MISSING)
    subject = f"{parts[-1]} in {_where(label, parts[:-1])}" if parts else label
    if details["type"] == "extra_forbidden":
        known = steps[-1][0].known_keys if isinstance(steps[-1][0], Table) else frozenset()
        message = f"unknown key {parts[-1]!r} in {_where(label, parts[:-1])}"
        if "expect" in parts and parts[-1] in PersonClaims.model_fields and "people" in known:
            return Problem.at(
                mark, f"{message}; write claims about a person under `people: {{NAME: …}}`", code=SCN_UNKNOWN_KEY
            )
        if parts == ["during"]:
            return Problem.at(mark, f"{message}; only a workato: or call: step can have it", code=SCN_UNKNOWN_KEY)
        return Problem.at(mark, message, nearest(parts[-1], known), SCN_UNKNOWN_KEY)
    code = details["ctx"]["code"] if details["type"] == "objection" else SCN_VALUE
    return Problem.at(mark, *_words(details, subject), code)


def _words(details: ErrorDetails, subject: str) -> tuple[str, str | None]:
    kind, ctx, given = details["type"], details.get("ctx", {}), details["input"]
    if kind == "objection":
        return ctx["message"], ctx["suggestion"]
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", ctx["expected"])
        return f"{subject} cannot be {show(given)}; it is {ctx['expected']}", nearest(str(given), choices, A_SLIP)
    if kind in _WANTED:
        return f"{subject} {wrong_type(_WANTED[kind], given)}", None
    if kind in _EMPTINESS:
        return f"{subject} should {_EMPTINESS[kind]}be empty", None
    return f"{subject}: {details['msg'][0].lower()}{details['msg'][1:]}", None


def _where(label: str, parts: Sequence[str]) -> str:
    return f"{label}, {'.'.join(parts)}" if parts else label
