"""Values as parts of a sentence, for somebody who writes files."""

from collections.abc import Mapping

_LONGEST_NAME = 256
"""Characters. No name that Workato takes is longer."""


def shorten(text: str, most: int = _LONGEST_NAME) -> str:
    """The text, or its beginning: what is wrong must not drown in what somebody sent."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def wrong_type(wanted: str, value: object) -> str:
    """The rest of a sentence about a value of the wrong type: what it should be, and what it is."""
    quote = " (quote it)" if wanted == "text" and isinstance(value, int | float) else ""
    return f"should be {wanted}, not {show(value)}{quote}"


def show(value: object) -> str:
    """A value as part of a sentence. A long one is cut, so that it does not drown what is wrong with it."""
    match value:
        case None:
            return "empty"
        case bool():
            return str(value).lower()
        case Mapping():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case str():
            return repr(shorten(value))
        case _:
            return shorten(repr(value))
