"""The written contract, as something that requests can be held against.

Validators are compiled on first use and kept. The files are packaged with the emulator; in a checkout they stand in
`openapi/` beside it.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from workato_emulator.domain.refusals import shorten
from workato_emulator.http.bodies import MAX_DEPTH, Malformed, parse_json
from workato_emulator.http.parsed import parse
from workato_emulator.http.schemas import resolve
from workato_emulator.http.unread import Known, Unread
from workato_emulator.http.values import Json
from workato_emulator.text import nearest

_PACKAGED = Path(__file__).parents[1] / "_openapi"
_CHECKOUT = Path(__file__).parents[3] / "openapi"
_IT = "value"
"""What stands for the value in the validator's messages, which would begin with all of it."""

_LONGEST = 100
"""Characters of a value that is shown, and of a name that may be a misspelling."""

_LOOKED_AT = 100
"""Errors of one body that are looked through for the one that says most."""

_METHODS = frozenset({"get", "put", "post", "delete", "patch"})


def contract_file(name: str) -> Path:
    """Where this contract lies: in the installed package, or else in the checkout."""
    packaged = _PACKAGED / name
    return packaged if packaged.exists() else _CHECKOUT / name


@cache
def contract_files() -> tuple[str, ...]:
    """The contracts that there are, by file name."""
    return tuple(sorted(each.name for each in contract_file("control.yaml").parent.glob("*.yaml")))


@dataclass(slots=True)
class Operation:
    """One operation of a contract: what its body and its query may hold, how well it is known, what it rests on."""

    id: str
    method: str
    path: str
    query: frozenset[str]
    schema: Mapping[str, Any] | None
    body_required: bool
    components: Mapping[str, Any]
    tag: str
    standing: str
    assumptions: tuple[str, ...]
    responses: Mapping[str, Any]
    _validator: Any = field(default=None)
    _known: Known | None = field(default=None)

    def body(self, raw: bytes, deepest: int = MAX_DEPTH) -> Json:
        """The body, parsed and valid; None where it is absent and may be. Raises `Malformed`.

        `deepest` is how many levels arrays and objects may nest.
        """
        if self.schema is None or (not raw and not self.body_required):
            return None
        if not raw:
            raise Malformed("a body is required")
        value = parse_json(raw, deepest)
        if self._validator is None:
            import jsonschema_rs  # a start, and whoever only reads, needs none

            self._validator = jsonschema_rs.Draft202012Validator(self._whole_schema(), mask=_IT)
        if not self._validator.is_valid(value):
            raise self._first_error(self._validator.iter_errors(value))
        return value

    def unread(self, query: Collection[str], body: Json, *, sent: bool) -> list[Unread]:
        """The query parameters and body fields that the contract does not know: nobody will look at them.

        `sent` says whether there was a body at all: of an operation that takes none, nobody reads it.
        """
        unknown = [Unread("query", "", name, self.query) for name in query if name not in self.query] if query else []
        if self.schema is None:
            return [*unknown, Unread("body", "", "")] if sent else unknown
        if sent:
            if self._known is None:
                self._known = Known.of(self.schema, self.components)
            if not self._known.knows(body):
                self._known.note_others(body, "", unknown)
        return unknown

    def _first_error(self, errors: Iterator[Any]) -> Malformed:
        """An unknown key says more than what it leaves missing; otherwise the first error is as good as any."""
        found = list(islice(errors, _LOOKED_AT))
        error = _nearest_alternative(next((each for each in found if getattr(each.kind, "unexpected", None)), found[0]))
        place = [str(part) for part in error.instance_path]
        unknown = getattr(error.kind, "unexpected", None)
        if not unknown:
            return Malformed(self._reason(error), ".".join(place))
        name = shorten(unknown[0])
        meant = nearest(unknown[0], self._names_at(error.schema_path[:-1]))
        return Malformed(f"unknown key {name!r}", ".".join([*place, name]), meant)

    def _names_at(self, place: list[str | int]) -> list[str]:
        """The names that the schema at this place knows."""
        return list(resolve(self._schema_at(place), self.components).get("properties", ()))

    def _schema_at(self, place: list[str | int]) -> Any:  # noqa: ANN401  (a part of a schema)
        schema: Any = self._whole_schema()
        for part in place:
            schema = schema[part]
        return schema

    def _reason(self, error: Any) -> str:  # noqa: ANN401  (jsonschema_rs.ValidationError, loaded late)
        """What is wrong, and behind it the value where it is short enough to be read in a sentence."""
        alternatives = getattr(error.kind, "context", ())
        needed = [keys for each in alternatives if (keys := _missing_keys(each))]
        if needed:
            return f"needs {' or '.join(needed)}"
        if error.schema_path[-1] == "pattern":  # the validator would show the expression
            form = self._schema_at(error.schema_path[:-1])["x-form"]
            if error.schema_path[-2] == "propertyNames":
                return f"a key should be {form}"
            return f"should be {form}: {_as_sent(error.instance)}"
        reason = error.message.removeprefix(f"{_IT} ")
        if alternatives:
            types = dict.fromkeys(f'"{each}"' for first, *_ in alternatives for each in first.kind.types)
            reason = f"is not of types {', '.join(types)}"
        shown = _as_sent(error.instance) if isinstance(error.instance, str | int | float) else ""
        return f"{reason}: {shown}" if shown and reason != error.message else reason

    def _whole_schema(self) -> dict[str, Any]:
        return {**(self.schema or {}), "components": self.components}


def _nearest_alternative(error: Any) -> Any:  # noqa: ANN401
    """Where a value fits none of several schemas: what is wrong by the first that has its type.

    If that is a key that is missing, or if none has its type, all of them say it together.
    """
    for alternative in getattr(error.kind, "context", ()):
        first = _nearest_alternative(alternative[0])
        if first.kind.name not in {"type", "required"}:
            return first
    return error


def _missing_keys(errors: list[Any]) -> str:
    return " and ".join(repr(each.kind.property) for each in errors if each.kind.name == "required")


def _as_sent(value: object) -> str:
    return shorten(json.dumps(value, ensure_ascii=False), _LONGEST)


def shared_assumptions(name: str) -> tuple[str, ...]:
    """The assumptions that every operation of a contract rests on."""
    return tuple(parse(contract_file(name)).get("x-assumptions", ()))


@cache
def document(name: str) -> Mapping[str, Any]:
    """A contract that comes with the emulator, as it is written."""
    return parse(contract_file(name))


@cache
def load(name: str) -> Mapping[str, Operation]:
    """The operations of a contract that comes with the emulator, by operationId."""
    return operations_of(parse(contract_file(name)))


def operations_of(document: Mapping[str, Any]) -> Mapping[str, Operation]:
    """The operations of an OpenAPI document, by operationId."""
    components = document.get("components", {})
    return {
        each.id: each
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
        for each in [_operation(path, method, operation, item, components)]
    }


def _operation(
    path: str, method: str, operation: Mapping[str, Any], item: Mapping[str, Any], components: Mapping[str, Any]
) -> Operation:
    parameters = [resolve(each, components) for each in (*item.get("parameters", ()), *operation.get("parameters", ()))]
    body = resolve(operation.get("requestBody", {}), components)
    content = body.get("content", {}).get("application/json", {})
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        query=frozenset(each["name"] for each in parameters if each["in"] == "query"),
        schema=content.get("schema"),
        body_required=bool(body.get("required", False)),
        components=components,
        tag=next(iter(operation.get("tags", ())), ""),
        standing=operation.get("x-standing", ""),
        assumptions=tuple(operation.get("x-assumptions", ())),
        responses=operation.get("responses", {}),
    )
