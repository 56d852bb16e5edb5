"""Which fields an answer may have, as a contract says: what a live answer is held against."""

from collections.abc import Mapping
from typing import Any

import pytest

from workato_emulator import shape_of
from workato_emulator.http.contract import operations_of
from workato_emulator.http.shapes import ANYTHING, Field, answer_of

OBJECT, TEXT, WHOLE = frozenset({"object"}), frozenset({"string"}), frozenset({"integer"})
TEXT_FIELD: Mapping[str, Any] = {"type": "string"}


def fields_of(schema: Mapping[str, Any], **schemas: Mapping[str, Any]) -> Mapping[str, Field] | None:
    """The fields of an operation's answer that has this schema, beside other schemas by name."""
    answer = {"content": {"application/json": {"schema": schema}}}
    operation = {"operationId": "listThings", "responses": {"200": answer}}
    document = {"paths": {"/things": {"get": operation}}, "components": {"schemas": schemas}}
    return answer_of(operations_of(document)["listThings"], 200)


def of_object(**properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object's schema with these properties, all of them required."""
    return {"type": "object", "required": [*properties], "properties": properties}


def named(name: str) -> dict[str, str]:
    """A reference to the schema of this name."""
    return {"$ref": f"#/components/schemas/{name}"}


def test_a_field_is_required_where_its_object_says_so() -> None:
    """At any depth, and whether or not anything else is said of it."""
    schema = of_object(data=of_object(id={"type": "integer"}))
    schema["properties"]["data"]["properties"]["name"] = TEXT_FIELD
    schema["properties"]["data"]["required"].append("email")

    assert fields_of(schema) == {
        "": Field(OBJECT, required=True),
        "data": Field(OBJECT, required=True),
        "data.id": Field(WHOLE, required=True),
        "data.name": Field(TEXT, required=False),
        "data.email": Field(ANYTHING, required=True),
    }


def test_elements_and_keys_that_are_data_have_paths_of_their_own() -> None:
    """`[]` for what an array holds, `*` for what an object holds under any key."""
    schema = {
        "type": "array",
        "items": {"type": "object", "additionalProperties": {"type": "array", "items": TEXT_FIELD}},
    }

    assert fields_of(schema) == {
        "": Field(frozenset({"array"}), required=True),
        "[]": Field(OBJECT, required=True),
        "[].*": Field(frozenset({"array"}), required=False),
        "[].*[]": Field(TEXT, required=True),
    }


@pytest.mark.parametrize(
    ("schema", "is_open"),
    [
        pytest.param({"type": "object"}, True, id="an object of which nothing more is said"),
        pytest.param(of_object(), False, id="an object whose fields are named"),
        pytest.param(of_object() | {"additionalProperties": True}, True, id="more may be in it"),
        pytest.param(of_object() | {"additionalProperties": False}, False, id="no more may be in it"),
        pytest.param({"type": "object", "additionalProperties": TEXT_FIELD}, False, id="what more there is, is named"),
        pytest.param(TEXT_FIELD, False, id="a text"),
        pytest.param({}, False, id="nothing is said"),
    ],
)
def test_an_object_is_open_where_more_may_be_in_it_than_is_named(schema: Mapping[str, Any], *, is_open: bool) -> None:
    """A field that is not named is no surprise there."""
    found = fields_of(schema)

    assert found is not None
    assert found[""].is_open is is_open


@pytest.mark.parametrize(
    ("schema", "types"),
    [
        pytest.param({"type": ["string", "null"]}, {"string", "null"}, id="several types"),
        pytest.param({"const": True}, {"boolean"}, id="one value"),
        pytest.param({"enum": ["a", 1, None]}, {"string", "integer", "null"}, id="some values"),
        pytest.param({"type": "string", "enum": ["a", None]}, {"string"}, id="a type counts more than its values"),
        pytest.param({"type": "string", "const": "a"}, {"string"}, id="a type beside one value"),
        pytest.param({}, ANYTHING, id="nothing is said"),
    ],
)
def test_types_are_those_said_or_those_of_the_values_said(schema: Mapping[str, Any], types: set[str]) -> None:
    """By JSON Schema's names."""
    assert fields_of(schema) == {"": Field(frozenset(types), required=True)}


def test_a_reference_is_followed_and_may_have_more_beside_it() -> None:
    """What stands beside it is said as well."""
    found = fields_of(
        {**named("Row"), "required": ["name"]}, Row={"type": "object", "properties": {"name": TEXT_FIELD, "id": {}}}
    )

    assert found == {
        "": Field(OBJECT, required=True),
        "name": Field(TEXT, required=True),
        "id": Field(ANYTHING, required=False),
    }


def test_a_schema_inside_itself_is_followed_once() -> None:
    """What is deeper may be anything, also behind another reference."""
    found = fields_of(
        named("Folder"),
        Folder={"type": "object", "properties": {"inside": {"type": "array", "items": named("Alias")}}},
        Alias=named("Folder"),
    )

    assert found is not None
    assert found["inside[]"] == Field(ANYTHING, required=True, is_open=True)


def test_all_of_several_say_something_of_a_field() -> None:
    """The types that all allow; required and open where one says so; references among them are followed."""
    schema = {
        "allOf": [
            named("Row"),
            {
                "type": "object",
                "required": ["id"],
                "additionalProperties": True,
                "properties": {"id": {"type": ["integer", "null"]}},
            },
        ]
    }
    row = {"type": "object", "properties": {"id": {"type": ["integer", "string"]}, "name": TEXT_FIELD}}

    assert fields_of(schema, Row=row) == {
        "": Field(OBJECT, required=True, is_open=True),
        "id": Field(WHOLE, required=True),
        "name": Field(TEXT, required=False),
    }


@pytest.mark.parametrize("word", ["oneOf", "anyOf"])
def test_a_field_of_alternatives_is_required_where_every_object_among_them_requires_it(word: str) -> None:
    """An alternative that is no object does not count; references among them are followed."""
    other = of_object(id=TEXT_FIELD) | {"additionalProperties": True}
    found = fields_of(
        {word: [named("Row"), other, {"type": "null"}]}, Row=of_object(id={"type": "integer"}, name=TEXT_FIELD)
    )

    assert found == {
        "": Field(OBJECT | {"null"}, required=True, is_open=True),
        "id": Field(WHOLE | TEXT, required=True),
        "name": Field(TEXT, required=False),
    }


def test_an_answer_of_the_contracts_is_found_by_its_operation_and_status() -> None:
    """Of both contracts, whatever they call JSON; none without a body, and none that they do not have."""
    member, user = shape_of("getCollaborator", 200), shape_of("getScimUser", 200)

    assert member is not None
    assert member["data.email"].types == TEXT | {"null"}
    assert user is not None
    assert user["userName"].types == TEXT
    assert shape_of("deleteScimUser", 204) == {}
    assert shape_of("getCollaborator", 418) is None
    assert shape_of("getNobody", 200) is None
