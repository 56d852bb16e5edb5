"""From bytes to JSON, strictly: what cannot be said twice the same way is refused here, with the place."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from math import isinf
from typing import Any, cast

from msgspec import DecodeError
from msgspec.json import decode, encode
from starlette.types import Receive

from workato_emulator.domain.refusals import Refusal, shorten
from workato_emulator.http.json_places import Part, at_line, place_of
from workato_emulator.http.values import Json
from workato_emulator.text.nodes import MAX_DIGITS

MAX_BODY = 1024 * 1024
"""Bytes. No page names a limit; this one keeps a stray upload from filling memory."""


MOST_VALUES = 20_000
"""Keys and elements in one body. More than any operation has a use for, and few enough to be looked through at once."""

_MANY_DIGITS = re.compile(rb"\d{%d}" % MAX_DIGITS)
_HALF = re.compile("[\ud800-\udfff]")

MAX_DEPTH = 64
"""How deep arrays and objects may nest. Far from what any operation takes, and from what Python's stack takes."""


class BodyTooLarge(Refusal):
    def __init__(self, limit: int = MAX_BODY) -> None:
        super().__init__(f"Request body is larger than {limit} bytes")


class UnsupportedMedia(Refusal):
    """The body is compressed."""


class HungUp(Exception):
    """The sender left before the end of the body: half a request is none, and nobody is there to be answered."""


class Malformed(Refusal):
    """The body is not the JSON that this operation takes. `place` is a path into it, as in `env_roles.0.name`."""

    def __init__(self, text: str, place: str = "", suggestion: str | None = None) -> None:
        super().__init__(f"{shorten(place)}: {text}" if place else text)
        self.place = place
        self.suggestion = suggestion


class UnusableValue(Malformed):
    """Good JSON, or a good query, that speaks of something which is not there."""


def must_be_readable(encoding: str | None, body: bytes) -> None:
    """Raises `UnsupportedMedia` for a body that its `Content-Encoding` says is compressed."""
    if body and encoding is not None and encoding.strip().lower() not in {"", "identity"}:
        raise UnsupportedMedia(f"Content-Encoding {shorten(encoding)} is not read: send the body as it is")


def otherwise_announced(media_type: str | None) -> str | None:
    """What a `Content-Type` announces where that is not JSON in UTF-8; None where it is."""
    if media_type == "application/json":
        return None
    if media_type is None:
        return "Content-Type is missing"
    kind, *parameters = (each.strip().lower() for each in media_type.split(";"))
    charsets = [each.partition("=")[2].strip("\"' ") for each in parameters if each.startswith("charset=")]
    is_json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    if is_json and all(each in {"utf-8", "utf8", "us-ascii"} for each in charsets):
        return None
    return f"Content-Type {shorten(media_type)}"


async def read_body(receive: Receive, limit: int) -> bytes | None:
    """The whole body; None where it is larger, all of it being read, so that the sender can read the answer.

    Raises `HungUp` when the sender left.
    """
    message = await receive()
    body: bytes = message.get("body", b"")
    if message["type"] == "http.request" and not message.get("more_body", False) and len(body) <= limit:
        return bytes(body)  # as nearly always: all of it at once
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        if message["type"] == "http.disconnect":
            raise HungUp
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= limit:
            chunks.append(chunk)
        more = message.get("more_body", False)
        if more:
            message = await receive()
    return None if size > limit else b"".join(chunks)


def must_be_modest(raw: bytes, most: int = MOST_VALUES) -> None:
    """Raises `Malformed` for a body of so many values that looking at it would keep everybody waiting.

    A comma within a text counts like one between two values.
    """
    if len(raw) > most and raw.count(b",") + raw.count(b"[") + raw.count(b"{") > most:
        raise Malformed(f"body holds more than {most} values")


def parse_json(raw: bytes, deepest: int = MAX_DEPTH) -> Json:
    """The one JSON value in `raw`. Raises `Malformed` for anything that two readers could read differently."""
    if _MANY_DIGITS.search(raw) is None:
        value = _read_at_once(raw)
        if value is not None and raw.count(b"[") + raw.count(b"{") <= deepest:
            return value
    return parse_strictly(raw, deepest)


def _read_at_once(raw: bytes) -> Json:
    """The value in a text that is one way, and the usual one, to write it; None for any other text.

    Of equal keys the quick decoder keeps the last. So its reading counts only where the value is written with the same
    characters again, blanks after commas and colons aside: then nothing was dropped, and nothing had two spellings.
    """
    try:
        value: Json = decode(raw)
        same = _without_blanks(encode(value)) == _without_blanks(raw)
    except (DecodeError, UnicodeDecodeError, UnicodeEncodeError, RecursionError):
        return None
    return value if same else None


def _without_blanks(text: bytes) -> bytes:
    return text.replace(b", ", b",").replace(b": ", b":")


def parse_strictly(raw: bytes, deepest: int = MAX_DEPTH) -> Json:
    """What `parse_json` does with a text that cannot be read at once."""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise Malformed(f"body is not UTF-8 (byte {error.start})") from None
    if text.startswith("\ufeff"):
        raise Malformed("body starts with a byte order mark; JSON has none")
    try:
        value = _decoded(text)
        if text.count("[") + text.count("{") > deepest and _is_deeper(value, deepest):
            raise _too_deep(text, deepest)
        if "\\u" in text:  # only an escape can smuggle in half of a character
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        where = place_of(text, lambda part: _HALF.search(part.text) is not None)
        raise Malformed(f"body holds half of a surrogate pair{where}") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"body is not JSON: {_plainly(error.msg)} {at_line(text, error.pos)}") from None
    except RecursionError:
        raise _too_deep(text, deepest) from None
    except _Flaw as flaw:
        raise Malformed(f"{flaw.message}{place_of(text, flaw.is_it)}") from None
    return cast("Json", value)


def _too_deep(text: str, deepest: int) -> Malformed:
    where = place_of(text, lambda part: part.kind == "opening" and part.depth == deepest)
    return Malformed(f"body is nested too deeply{where} (maximum is {deepest} levels)")


class _Flaw(Exception):
    """What the decoder's hooks refuse. They are not told where it stands, so `is_it` says what to look for."""

    def __init__(self, message: str, is_it: Callable[[Part], bool]) -> None:
        self.message = message
        self.is_it = is_it


_PLAINLY: tuple[tuple[str, str], ...] = (
    ("Expecting value", "a value is missing"),
    ("Expecting property name", "a key in double quotes is missing"),
    ("Expecting ':'", "a colon is missing"),
    ("Expecting ','", "a comma or the end is missing"),
    ("Illegal trailing comma", "a trailing comma is not allowed"),
    ("Unterminated string", "a string is not closed"),
    ("Invalid control character", "a string holds a control character"),
    ("Invalid \\u", "four hexadecimal digits are missing"),
    ("Invalid \\escape", "a backslash escapes nothing"),
    ("Extra data", "something follows the value"),
)
"""What the parser says, and what a person reads who has never met it."""


def _plainly(message: str) -> str:
    return next((words for start, words in _PLAINLY if message.startswith(start)), "it cannot be read")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        double = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise _Flaw(f"duplicate key {shorten(double)!r}", lambda part: part.is_repeated and part.text == double)
    return found


def _no_constant(name: str) -> None:
    raise _Flaw(f"{name} is not JSON", _literally(name))


def _finite(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise _Flaw(f"{shorten(text)} is too large a number", _literally(text))
    return number


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise _Flaw("body holds a whole number of too many digits", _literally(text))
    return int(text)


def _literally(text: str) -> Callable[[Part], bool]:
    return lambda part: part.kind == "literal" and part.text == text


_decoded = json.JSONDecoder(
    object_pairs_hook=_without_doubles, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole
).decode


def _is_deeper(value: Json, levels: int) -> bool:
    """Whether something stands more than so many arrays and objects deep in this value."""
    layer = [value]
    for _ in range(levels):
        layer = [inner for outer in layer if isinstance(outer, dict | list) for inner in _inside(outer)]
    return any(isinstance(each, dict | list) for each in layer)


def _inside(outer: dict[str, Json] | list[Json]) -> Iterable[Json]:
    return outer.values() if isinstance(outer, dict) else outer
