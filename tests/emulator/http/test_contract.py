"""A body is held against a contract: what is said of one that does not fit."""

from json import dumps
from typing import Any

import pytest

from workato_emulator.http.bodies import Malformed
from workato_emulator.http.contract import Operation, operations_of

ROWS = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["id"],
        "properties": {"id": {}, "name": {}},
    },
}


def taking(schema: dict[str, Any]) -> Operation:
    """An operation that takes a body of this schema."""
    body = {"content": {"application/json": {"schema": schema}}}
    return operations_of({"paths": {"/things": {"put": {"operationId": "putThings", "requestBody": body}}}})[
        "putThings"
    ]


def refusal_of(schema: dict[str, Any], body: object) -> str:
    """What is said of a body that does not fit its schema."""
    with pytest.raises(Malformed) as refusal:
        taking(schema).body(dumps(body).encode())
    return refusal.value.text


@pytest.mark.parametrize(
    ("wrong_before", "told"),
    [
        pytest.param(20, "20.nam: unknown key 'nam'", id="a few errors before"),
        pytest.param(100, '0: "id" is a required property', id="a hundred errors before"),
    ],
)
def test_an_unknown_key_says_most_among_the_first_hundred_errors(wrong_before: int, told: str) -> None:
    """No more are looked through, however many a body has: others wait meanwhile."""
    rows = [*([{}] * wrong_before), {"id": 1, "nam": "Ada"}]

    assert refusal_of(ROWS, rows) == told


NAMED = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "minLength": 2}}}
SIZED = {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer", "minimum": 3}}}


@pytest.mark.parametrize(
    ("schema", "body", "told"),
    [
        pytest.param(SIZED, {"size": "L"}, 'size: is not of type "integer": "L"', id="another type"),
        pytest.param(SIZED, {"size": [4]}, 'size: is not of type "integer"', id="a value that is no sentence's"),
        pytest.param({"enum": ["a", "b"]}, "c", 'is not one of "a" or "b": "c"', id="none of some values"),
        pytest.param({"const": "a"}, "b", '"a" was expected', id="not the one value"),
        pytest.param({"maxItems": 1}, [1, 2], "has more than 1 item", id="too many"),
        pytest.param(
            {"maxLength": 1}, "ab" * 99, f'is longer than 1 character: "{"ab" * 49}a… (200 characters)', id="long"
        ),
    ],
)
def test_a_value_that_does_not_fit_is_shown_behind_what_is_wrong_with_it(
    schema: dict[str, Any], body: object, told: str
) -> None:
    """Where it is short enough to be read in a sentence, and the sentence is about it."""
    assert refusal_of(schema, body) == told


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param({"name": "A"}, 'name: is shorter than 2 characters: "A"', id="the first has its type"),
        pytest.param(1, "is less than the minimum of 3: 1", id="the second has its type"),
        pytest.param({}, "needs 'name'", id="a missing key"),
        pytest.param("A", 'is not of types "object", "integer": "A"', id="none has its type"),
    ],
)
def test_a_value_that_fits_no_alternative_is_told_what_the_one_of_its_type_asks_for(body: object, told: str) -> None:
    """Where none has its type, all of them are named."""
    assert refusal_of({"anyOf": [NAMED, {"type": "integer", "minimum": 3}]}, body) == told


def test_a_value_that_lacks_what_each_alternative_asks_for_is_told_all_of_it() -> None:
    """One of the keys is enough."""
    assert refusal_of({"oneOf": [NAMED, SIZED]}, {}) == "needs 'name' or 'size'"
