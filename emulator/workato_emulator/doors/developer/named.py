"""The names that an operation of the contract knows: of parameters, of fields that are sent, of what is answered.

The emulator reads nothing else and answers nothing else, so whoever writes another name has misspelt one.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from workato_emulator.http.contract import load
from workato_emulator.http.schemas import resolve
from workato_emulator.http.unread import Known


class Named(Struct, frozen=True):
    """`body` is None where an operation takes none. `answer` has the fields of every answer, at any depth.

    `headers` are those of every answer there is: what limits requests, and what any server sends, goes with all.
    """

    query: frozenset[str]
    body: Known | None
    answer: frozenset[str]
    headers: frozenset[str]


_USUAL_HEADERS = frozenset({"Content-Length", "Content-Type", "Date", "Location"})


@cache
def named(operation: str) -> Named:
    """What this operation of the Developer API knows. Raises `KeyError`."""
    known = load("workato.yaml")[operation]
    answers = [resolve(each, known.components) for each in known.responses.values()]
    schemas = [media["schema"] for each in answers for media in each.get("content", {}).values()]
    body = None if known.schema is None else Known.of(known.schema, known.components)
    names = frozenset(name for schema in schemas for name in _fields(schema, known.components, ()))
    return Named(known.query, body, names, _USUAL_HEADERS | _headers())


@cache
def _headers() -> frozenset[str]:
    """The headers that the contract names, of any operation's answers."""
    operations = load("workato.yaml").values()
    answers = (resolve(each, known.components) for known in operations for each in known.responses.values())
    return frozenset(name for answer in answers for name in answer.get("headers", ()))


def _fields(schema: Any, components: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[str]:  # noqa: ANN401
    """Every name of a field in a schema and in those that it is made of; a schema inside of itself once."""
    if isinstance(schema, list):
        for each in schema:
            yield from _fields(each, components, above)
    if not isinstance(schema, Mapping):
        return
    reference = schema.get("$ref")
    if isinstance(reference, str):
        if reference not in above:
            yield from _fields(resolve(schema, components), components, (*above, reference))
        return
    yield from schema.get("properties", ())
    for each in schema.get("properties", {}).values():
        yield from _fields(each, components, above)
    for word in ("items", "allOf", "anyOf", "oneOf", "additionalProperties"):
        yield from _fields(schema.get(word), components, above)
