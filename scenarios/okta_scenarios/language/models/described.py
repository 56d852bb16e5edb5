"""Models whose docstrings say, in a schema, what each key is.

pydantic can do that itself, and then reads the source of every model as it is imported: a third of what importing the
language takes, for whoever plays a scenario and wants no schema.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic_core import CoreSchema


class Described(BaseModel):
    """A field's docstring is its description, unless its type has one, or says the same."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core_schema)
        keys = handler.resolve_ref_schema(schema).get("properties", {})
        for key, text in _docstrings(cls).items():
            if handler.resolve_ref_schema(keys[key]).get("description") != text:
                keys[key].setdefault("description", text)
        return schema


def _docstrings(shape: type[Described]) -> Mapping[str, str]:
    """What stands beneath each field of the class, or of the nearest one above that declares it."""
    found: dict[str, str | None] = {}
    for each in reversed(shape.__mro__):
        if issubclass(each, Described):
            found |= dict.fromkeys(each.__annotations__) | dict(_in_class(each))
    return {key: text for key in shape.model_fields if (text := found[key]) is not None}


def _in_class(shape: type[Described]) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(_classes(shape.__module__)[shape.__name__].body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            text = below.value.value if isinstance(below.value, ast.Constant) else None
            if isinstance(text, str):
                yield field.target.id, inspect.cleandoc(text)


@cache
def _classes(module: str) -> Mapping[str, ast.ClassDef]:
    """The classes of a module as they are written."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
