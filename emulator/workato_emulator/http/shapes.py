"""The fields that an answer of an operation may have, as the contract says, each under its path.

`data[].roles[].role_name` is a path; a key that is data itself is `*`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from workato_emulator.http.contract import Operation, load
from workato_emulator.http.schemas import resolve

_MEDIA = ("application/json", "application/scim+json")
ANYTHING = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})


_KINDS: Mapping[type, str] = {int: "integer", str: "string", list: "array", type(None): "null"}


class Field(Struct, frozen=True):
    """`types` are JSON Schema's names. `required` says that it is in every answer that has what it stands in.

    An `is_open` one may hold fields that the contract does not name.
    """

    types: frozenset[str]
    required: bool
    is_open: bool = False


@cache
def shape_of(operation: str, status: int) -> Mapping[str, Field] | None:
    """The fields of this answer, that of the whole under the empty path; none where it has no body.

    None where the contract does not have the operation, or not with this status.
    """
    known = load("workato.yaml").get(operation) or load("scim.yaml").get(operation)
    return None if known is None else answer_of(known, status)


def answer_of(known: Operation, status: int) -> Mapping[str, Field] | None:
    """The same of an operation of any contract."""
    answer = known.responses.get(str(status))
    if answer is None:
        return None
    content = resolve(answer, known.components).get("content", {})
    media = next((content[each] for each in _MEDIA if each in content), None)
    return {} if media is None else _fields(media["schema"], known, "", required=True, above=())


def _fields(
    schema: Mapping[str, Any], known: Operation, path: str, *, required: bool, above: tuple[str, ...]
) -> dict[str, Field]:
    """What the schema says of this path and of those below."""
    reference = schema.get("$ref")
    parts: list[dict[str, Field]] = []
    if reference is not None:
        if reference in above:
            return {path: Field(ANYTHING, required, is_open=True)}
        above = (*above, reference)
        parts.append(_fields(_one_step(reference, known.components), known, path, required=required, above=above))
    parts.append(_own(schema, known, path, required=required, above=above))
    parts += [_fields(each, known, path, required=required, above=above) for each in schema.get("allOf", ())]
    for word in ("oneOf", "anyOf"):
        alternatives = [_fields(each, known, path, required=required, above=above) for each in schema.get(word, ())]
        if alternatives:
            parts.append(_either(alternatives))
    return _all_of(parts)


def _one_step(reference: str, components: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is referred to, with its own reference in it: beside that, it may say more."""
    found: Any = {"components": components}
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return dict(found)


def _own(
    schema: Mapping[str, Any], known: Operation, path: str, *, required: bool, above: tuple[str, ...]
) -> dict[str, Field]:
    here = Field(frozenset(_types(schema)) or ANYTHING, required, _is_open(schema))
    found = {path: here}
    for name, each in schema.get("properties", {}).items():
        below = f"{path}.{name}" if path else name
        found |= _fields(each, known, below, required=name in schema.get("required", ()), above=above)
    for name in set(schema.get("required", ())) - schema.get("properties", {}).keys():
        found[f"{path}.{name}" if path else name] = Field(ANYTHING, required=True)
    if isinstance(schema.get("additionalProperties"), Mapping):
        below = f"{path}.*" if path else "*"
        found |= _fields(schema["additionalProperties"], known, below, required=False, above=above)
    if isinstance(schema.get("items"), Mapping):
        found |= _fields(schema["items"], known, f"{path}[]", required=True, above=above)
    return found


def _is_open(schema: Mapping[str, Any]) -> bool:
    """An object of which nothing is said but that it is one, or that more may be in it."""
    if schema.get("additionalProperties") is True:
        return True
    return schema.get("type") == "object" and not schema.keys() & {"properties", "additionalProperties"}


def _types(schema: Mapping[str, Any]) -> Iterator[str]:
    said = schema.get("type", ())
    yield from (said,) if isinstance(said, str) else said
    values = [schema["const"]] if "const" in schema else schema.get("enum", ()) if not said else ()
    for each in values:
        yield "boolean" if isinstance(each, bool) else _KINDS[type(each)]


def _either(alternatives: list[dict[str, Field]]) -> dict[str, Field]:
    """One of several: a field is required where each of those has it that has the object it stands in."""
    found: dict[str, Field] = {}
    for name in {name for each in alternatives for name in each}:
        above = name.rpartition(".")[0]
        having = [each[name] for each in alternatives if name in each]
        holders = [each for each in alternatives if above in each and "object" in each[above].types]
        found[name] = Field(
            frozenset().union(*(each.types for each in having)),
            len(having) >= len(holders) and all(each.required for each in having),
            any(each.is_open for each in having),
        )
    return found


def _all_of(parts: list[dict[str, Field]]) -> dict[str, Field]:
    """All of several at once: what one leaves open, another may say."""
    found: dict[str, Field] = {}
    for part in parts:
        for name, field in part.items():
            other = found.get(name)
            if other is None:
                found[name] = field
            else:
                found[name] = Field(
                    other.types & field.types or field.types,
                    other.required or field.required,
                    other.is_open or field.is_open,
                )
    return found
