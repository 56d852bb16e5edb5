"""A body that is read at once is read as the strict parser reads it: the quick way is no other judge."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workato_emulator.http.bodies import Malformed, parse_json, parse_strictly

TEXTS = st.text(st.sampled_from('ab, :"\\/\u00e9\u2028\U0001f600\x7f[]{}1')) | st.text()
NUMBERS = (
    st.integers()
    | st.integers(-(10**320), 10**320)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([0.0, -0.0, 1e16, 1e22, 5e-324, 2**53 + 1, 2**63, 2**64, -(2**63) - 1])
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
STYLES: tuple[dict[str, Any], ...] = (
    {},
    {"separators": (",", ":")},
    {"ensure_ascii": False},
    {"ensure_ascii": False, "separators": (",", ":")},
    {"indent": 1},
    {"separators": (" ,", " :")},
)
WRITTEN = st.builds(lambda value, style: json.dumps(value, **style), VALUES, st.sampled_from(STYLES))
PIECES = st.lists(
    st.sampled_from(
        (
            *('{"a":', '"a"', '"a":1', ":", ": ", ",", ", ", "}", "]", "[", "{", "null", "true", "NaN", "Infinity"),
            *("0", "1", "-", "1.0", "1e5", "1E5", "1" * 300, "1" * 301, "\\ud800", '"\\u00e9"', '"\\ud83d"'),
            *("\ufeff", " ", "\n"),
        )
    ),
    max_size=12,
).map("".join)


def read_by(parse: Any, raw: bytes) -> tuple[str, str]:  # noqa: ANN401  (one of the two)
    """What comes of it: the value with its types, or the refusal's words."""
    try:
        return "read", repr(parse(raw))
    except Malformed as refusal:
        return "refused", refusal.text


@pytest.mark.hypothesis
@given(WRITTEN | PIECES)
@example('{"a": 1, "a": 1}')
@example('{"a":1,"a":1}')
@example('{"a, b":1,"a,b":1}')
@example('["a, b", "c: d"]')
@example("[" * 70 + "]" * 70)
@example("1" * 301)
@example("[1e400]")
@example('"\\ud800"')
@example("\ufeff{}")
def test_both_readings_agree(text: str) -> None:
    """On the value, its types and the order of its keys, and on what is refused, in the same words."""
    raw = text.encode("utf-8", "surrogatepass")

    assert read_by(parse_json, raw) == read_by(parse_strictly, raw)


@pytest.mark.hypothesis
@given(WRITTEN, st.data())
def test_both_readings_agree_on_what_is_spoiled(text: str, data: st.DataObject) -> None:
    """A byte that is lost, doubled, or another."""
    raw = text.encode()
    place = data.draw(st.integers(0, len(raw)))
    spoiled = raw[:place] + data.draw(st.binary(max_size=2)) + raw[place + data.draw(st.integers(0, 2)) :]

    assert read_by(parse_json, spoiled) == read_by(parse_strictly, spoiled)
