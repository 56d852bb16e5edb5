"""The regular expressions of `matches`: those of JSON Schema, in an engine that never tries for ever."""

import re
from functools import cache

import jsonschema_rs


class NotAnExpression(ValueError):
    """Why a text cannot be used as a regular expression."""


@cache
def expression(text: str) -> jsonschema_rs.Draft202012Validator:
    """The expression in an engine that gives up where Python's would try for ever, as `(a+)+$` makes it do.

    It reads the regular expressions of JSON Schema; what only Python writes in another way is rewritten. Raises
    `NotAnExpression`; Python is asked first, because it says why.
    """
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise NotAnExpression(f"{text!r} is not a regular expression: {error}") from None
    translated = text
    for ours, theirs in (("(?P<", "(?<"), (r"\A", "^"), (r"\Z", "$")):
        translated = translated.replace(ours, theirs)
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": translated})
    except jsonschema_rs.ValidationError:
        raise NotAnExpression(
            f"{text!r} is a regular expression in Python but not in JSON Schema, whose engine is used"
        ) from None
