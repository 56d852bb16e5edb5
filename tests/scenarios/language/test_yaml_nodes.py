"""The dialect of YAML: what scalars mean, and that both scanners agree."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from okta_scenarios.language.yaml_nodes import LOADER, Row, Table, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("true", True, id="true"),
        pytest.param("FALSE", False, id="shouted false"),
        pytest.param("tRue", "tRue", id="odd true"),
        pytest.param("yes", "yes", id="yes"),
        pytest.param("on", "on", id="on"),
        pytest.param("~", None, id="tilde"),
        pytest.param("Null", None, id="null"),
        pytest.param("'null'", "null", id="quoted null"),
        pytest.param("17", 17, id="integer"),
        pytest.param("-0", 0, id="minus nought"),
        pytest.param("'17'", "17", id="quoted integer"),
        pytest.param("1.5e3", 1500.0, id="float"),
        pytest.param(".5", 0.5, id="bare fraction"),
        pytest.param("1_000", "1_000", id="underscore"),
        pytest.param("0100", "0100", id="a leading nought"),
        pytest.param("00.5", "00.5", id="a fraction with leading noughts"),
        pytest.param("0o17", "0o17", id="octal"),
        pytest.param("0x1F", "0x1F", id="hexadecimal"),
        pytest.param(".inf", ".inf", id="infinity"),
        pytest.param(".NaN", ".NaN", id="no number"),
        pytest.param("12:30", "12:30", id="base sixty"),
        pytest.param("2026-03-02", "2026-03-02", id="a date"),
        pytest.param("2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z", id="a timestamp"),
        pytest.param("=", "=", id="the value key"),
        pytest.param("٣", "٣", id="another script's digit"),
        pytest.param("|\n  true", "true", id="a block"),
    ],
)
def test_scalars_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    """Booleans, nulls and numbers are few; everything else is text."""
    document, _, problems = parse(f"a: {text}", "f")

    assert problems == []
    assert document == {"a": value}
    assert type(document["a"]) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[h08..h11, x]", ["h08", "h09", "h10", "h11", "x"]),
        ("[a/b/h1..h3]", ["a/b/h1", "a/b/h2", "a/b/h3"]),
        ("[Role 1..Role 2, acme/roles/Role 1..Role 2]", ["Role 1", "Role 2", "acme/roles/Role 1", "acme/roles/Role 2"]),
        ("{h1..h3: 7}", {"h1": 7, "h2": 7, "h3": 7}),
        ("[h7..h7]", ["h7"]),
        ('["h1..h3"]', ["h1..h3"]),
        ("{x: h1..h3}", {"x": "h1..h3"}),
        ("[h1..hx, h..h3, '1..3', a..b]", ["h1..hx", "h..h3", "1..3", "a..b"]),
    ],
    ids=["wide", "paths", "words", "keys", "one", "quoted", "a value", "no spans"],
)
def test_a_span_of_names_is_written_once(text: str, value: object) -> None:
    """Among items and keys, plain; anything else that looks like it is text."""
    found, _, problems = parse(text, "file")

    assert problems == []
    assert (list(found) if isinstance(found, Row) else dict(found) if isinstance(found, Table) else found) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[h3..h1]", "'h3..h1' runs backwards; did you mean 'h1..h3'?"),
        ("{a/h3..h1: 7}", "'a/h3..h1' runs backwards; did you mean 'a/h1..h3'?"),
        ("[h1..h1001]", "'h1..h1001' is 1,001 names; a range has at most 1,000; quote it if it is text"),
        ("[h1..h99999999999]", "'h1..h99999999999' is 99,999,999,999 names; a range has at most 1,000"),
        ("[h1..h010]", "'h1..h010' has numbers of two widths; did you mean 'h001..h010'?"),
        ("[h01..h100]", "'h01..h100' has numbers of two widths; did you mean 'h001..h100'?"),
        ("[h1..g3]", "'h1..g3' has another name at its end; did you mean 'h1..h3'?"),
        ("[h1..3]", "'h1..3' has another name at its end; did you mean 'h1..h3'?"),
        ("[h1...h3]", "'h1...h3' has another name at its end; did you mean 'h1..h3'?"),
        ("[1..3]", "'1..3' has no name before its first number; write one such as h1..h5"),
    ],
)
def test_a_span_that_cannot_be_is_said_where_it_stands(text: str, said: str) -> None:
    """It counts upwards, in numbers of one width, to a thousand at most; with what was meant."""
    _, _, (problem,) = parse(text, "file")

    assert (problem.line, problem.column) == (1, 2)
    assert str(problem).startswith(f"file:1:2: {said}")


def test_keys_are_text() -> None:
    """A key is what was written, whatever it looks like."""
    document, _, problems = parse("{1: a, true: b, null: c, '<<': d}", "f")

    assert problems == []
    assert document == {"1": "a", "true": "b", "null": "c", "<<": "d"}


def test_everything_knows_its_place() -> None:
    """Tables know where keys and values stand, rows where items stand."""
    document, mark, _ = parse("a: [x, {b: 1}]", "f")

    assert isinstance(document, Table)
    row = document["a"]
    assert isinstance(row, Row)
    assert (mark.line, mark.column) == (1, 1)
    assert [(place.line, place.column) for place in row.item_marks] == [(1, 5), (1, 8)]


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x", "a: &x 1\n*x : 2"], ids=["as a value", "as a key"])
def test_aliases_are_refused(text: str) -> None:
    """An alias is reported where it stands, beside its anchor."""
    _, _, problems = parse(text, "f")

    assert [(problem.line, problem.message.split()[0]) for problem in problems] == [(1, "anchors"), (2, "aliases")]


def test_text_that_no_file_can_hold_is_a_problem() -> None:
    """A lone surrogate cannot be encoded."""
    _, _, problems = parse("a: \ud800", "f")

    assert [str(problem) for problem in problems] == ["f:1:4: not YAML: the character U+D800 must be escaped  [SCN-2]"]


def test_a_file_may_be_laid_over_another() -> None:
    """Tables are merged key by key, everything else is replaced, and each part keeps its place."""
    below, _, _ = parse("{a: {b: 1, c: [1]}, d: {e: 1}}", "below")
    above, _, _ = parse("{a: {c: [2]}, d: none}", "above")

    assert isinstance(below, Table)
    assert isinstance(above, Table)
    merged = below.under(above)
    inner = merged["a"]
    assert merged == {"a": {"b": 1, "c": (2,)}, "d": "none"}
    assert isinstance(inner, Table)
    assert (inner.value_marks["b"].file, inner.value_marks["c"].file) == ("below", "above")


PIECES = st.sampled_from(
    [
        "a",
        "b:",
        "- ",
        ": ",
        "\n",
        "\n  ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&x ",
        "*x",
        "!t ",
        "? ",
        "'",
        '"',
        "|",
        "1",
        "~",
        "#",
    ]
)


@pytest.mark.parametrize("loader", [LOADER, yaml.SafeLoader], ids=["as installed", "without libyaml"])
@settings(deadline=None)
@given(text=st.text(max_size=60) | st.lists(PIECES, max_size=20).map("".join))
def test_no_text_is_too_odd(loader: type[Any], text: str) -> None:
    """Any text is a value or a problem, never an exception, with either scanner."""
    value, _, problems = parse(text, "f", loader)

    assert problems or value is None or isinstance(value, str | int | float | bool | Table | Row)


@pytest.mark.parametrize("loader", [LOADER, yaml.SafeLoader], ids=["as installed", "without libyaml"])
@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "a: \x07"], ids=["open", "two colons", "a bell"])
def test_both_scanners_refuse_what_is_not_yaml(loader: type[Any], text: str) -> None:
    """A broken file is one problem in either scanner."""
    _, _, problems = parse(text, "f", loader)

    assert [problem.message.split(":")[0] for problem in problems] == ["not YAML"]
