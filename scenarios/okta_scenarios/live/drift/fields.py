"""Per operation: what answers had that the contract does not say, and the other way round."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from okta_scenarios.live.exchange import Json
from okta_scenarios.live.recording import Recorded
from workato_emulator import Field, operation_of, shape_of

_TYPES: Mapping[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}


class FieldDrift(NamedTuple):
    """`what` is new, missing, null, other type, other status or unknown operation; `field` is a path in the answer."""

    operation: str
    status: int
    field: str
    what: str
    times: int = 1


def field_drift(recordings: Sequence[Recorded]) -> tuple[FieldDrift, ...]:
    """Everything that is different, once, with how often it was."""
    found = Counter(each for recorded in recordings for exchange in recorded.exchanges for each in _of(exchange))
    return tuple(sorted(each._replace(times=times) for each, times in found.items()))


def _of(exchange: Mapping[str, Any]) -> Iterator[FieldDrift]:
    request, response = exchange["request"], exchange["response"]
    operation = operation_of(request["method"], request["path"])
    status = int(response["status"])
    if operation is None:
        yield FieldDrift(f"{request['method']} {request['path']}", status, "", "unknown operation")
        return
    shape = shape_of(operation, status)
    if shape is None:
        yield FieldDrift(operation, status, "", "other status")
        return
    body = response["body"]
    if not shape:
        if body is not None:
            yield FieldDrift(operation, status, "", "new")
        return
    for path, what in set(_compared(body, "", shape)):
        yield FieldDrift(operation, status, path, what)


def _compared(value: Json, path: str, shape: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    field = shape[path]
    type_ = "null" if value is None else _TYPES[type(value)]
    if type_ not in field.types and not (type_ == "integer" and "number" in field.types):
        yield path, "null" if value is None else f"other type: {type_}"
    elif isinstance(value, dict):
        yield from _keys(value, path, shape, is_open=field.is_open)
    elif isinstance(value, list):
        below = f"{path}[]"
        if below in shape:
            for each in value:
                yield from _compared(each, below, shape)


def _keys(value: dict[str, Json], path: str, shape: Mapping[str, Field], *, is_open: bool) -> Iterator[tuple[str, str]]:
    start = f"{path}." if path else ""
    for name, each in value.items():
        below = f"{start}{name}" if f"{start}{name}" in shape else f"{start}*"
        if below in shape:
            yield from _compared(each, below, shape)
        elif not is_open:
            yield f"{start}{name}", "new"
    for below, field in shape.items():
        name = below.removeprefix(start)
        is_child = below.startswith(start) and name and "." not in name and "[" not in name and name != "*"
        if is_child and field.required and name not in value:
            yield below, "missing"
