"""What a request holds that its operation does not know, as values."""

from typing import Any

import pytest

from workato_emulator.http.unread import Known, Unread, UnreadRefused, list_names

TREE = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
        "more": {"type": "object"},
    },
}
ROW = {"allOf": [{"properties": {"id": {}}}, {"anyOf": [{"properties": {"colour": {}}}, {"type": "null"}]}]}


def known() -> Known:
    return Known.of(TREE, {"schemas": {"Row": ROW}})


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"name": "Ada", "rows": [{"id": 1}, {"colour": "mauve"}]}, id="what is named, at any depth"),
        pytest.param({"rows": []}, id="an empty list"),
        pytest.param({"rows": None}, id="nothing instead of a list"),
        pytest.param({"more": {"size": 43}}, id="anything in an object whose fields nobody names"),
        pytest.param({}, id="an empty object"),
        pytest.param(None, id="nothing"),
    ],
)
def test_a_body_of_names_that_a_schema_has_is_known(body: Any) -> None:  # noqa: ANN401
    """It needs no second look, and the second look finds nothing either."""
    found: list[Unread] = []
    known().note_others(body, "", found)

    assert known().knows(body)
    assert found == []


@pytest.mark.parametrize(
    ("body", "where"),
    [
        pytest.param({"nam": 1, "name": 2}, ["body nam"], id="beside what is known"),
        pytest.param({"rows": [{"id": 1}, {"color": 1}]}, ["body rows.1.color"], id="in a later row"),
        pytest.param({"rows": [{"a": 1}], "b": 1}, ["body rows.0.a", "body b"], id="in two places"),
    ],
)
def test_an_unknown_name_is_told_with_its_place(body: Any, where: list[str]) -> None:  # noqa: ANN401
    """Rows of an array count from 0."""
    found: list[Unread] = []
    known().note_others(body, "", found)

    assert not known().knows(body)
    assert [str(each) for each in found] == where


def test_a_refusal_names_ten_and_counts_the_others() -> None:
    """A body of a thousand unknown names needs no sentence of a thousand names."""
    unread = [Unread("query", "", f"q{number}") for number in range(12)]

    assert UnreadRefused(unread[:10]).text.count("query parameter") == 10
    assert "more" not in UnreadRefused(unread[:10]).text
    assert UnreadRefused(unread).text.endswith("query parameter 'q9' and 2 more")


def test_the_journal_names_a_hundred_and_counts_the_others() -> None:
    """A name is in it with its place."""
    unread = [Unread("body", "rows.0.", f"f{number}") for number in range(102)]

    assert list_names(unread[:100])[-1] == "body rows.0.f99"
    assert list_names(unread)[99:] == ["body rows.0.f99", "and 2 more"]
