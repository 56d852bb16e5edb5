"""What pydantic finds wrong with a value, in words for somebody who writes files."""

from collections.abc import Mapping

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


def mistyped(kind: str, value: object) -> str | None:
    """The rest of a sentence about a value of the wrong type; None where `kind` of error is about something else."""
    if kind not in _WANTED:
        return None
    quote = " (quote it)" if kind == "string_type" and isinstance(value, int | float) else ""
    return f"should be {_WANTED[kind]}, not {shown(value)}{quote}"


def shown(value: object) -> str:
    """A value as part of a sentence."""
    match value:
        case None:
            return "empty"
        case bool():
            return str(value).lower()
        case Mapping():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case _:
            return repr(value)
