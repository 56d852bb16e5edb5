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
    with pytest.raises(Malformed) as refusal:
        taking(ROWS).body(dumps(rows).encode())

    assert refusal.value.text == told
