"""Where in a text something stands that is told without a place."""

from collections.abc import Callable

import pytest

from workato_emulator.http.json_places import Part, place_of

TEXT = '{"a": [1, "1"],\n "b": {"a": NaN, "a": 2}}'


@pytest.mark.parametrize(
    ("is_it", "place"),
    [
        pytest.param(lambda part: part.text == "1", " at line 1 column 8", id="the first of two"),
        pytest.param(lambda part: part.kind == "text", " at line 1 column 11", id="a text that is no key"),
        pytest.param(
            lambda part: (part.text, part.depth) == ("NaN", 2),
            " at line 2 column 13",
            id="in two objects, not in the list before",
        ),
        pytest.param(lambda part: part.is_repeated, " at line 2 column 18", id="a key that its object already has"),
        pytest.param(lambda part: part.depth == 2, " at line 1 column 8", id="in an array of an object"),
        pytest.param(lambda part: part.text == "c", "", id="nowhere"),
    ],
)
def test_a_place_is_told_by_line_and_column(is_it: Callable[[Part], bool], place: str) -> None:
    """Both from one; and no place where there is none."""
    assert place_of(TEXT, is_it) == place
