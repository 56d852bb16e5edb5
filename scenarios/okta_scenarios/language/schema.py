"""The JSON Schemas that editors complete and check scenarios and plans with, made from the models that read them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.plan import GO_LIVE, Changes, GoLive, PlanFile, Time
from okta_scenarios.language.models.scenario import VERBS, FixtureFile, ScenarioFile
from okta_scenarios.language.models.steps import DuringStep, Step
from okta_scenarios.language.vocabulary import Alternative

DRAFT = "http://json-schema.org/draft-07/schema#"
_AT = "#/definitions/"
_REFERENCE = re.compile(rf'"{_AT}(\w+)"')


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An assumption as an editor offers it: what is open, and the answers, the default first."""

    question: str
    answers: tuple[Alternative, ...]


def schema(
    rules: Mapping[str, str] | None = None, assumptions: Mapping[str, OpenQuestion] | None = None
) -> dict[str, Any]:
    """Draft 7, because that is what editors speak. A file is a scenario unless it says that it is a fixture.

    `rules` are the sentences of the rules by id, and `assumptions` the open questions by id: an editor offers the ids,
    each with its sentence. Without them any id will do.
    """
    definitions = _definitions(ScenarioFile, FixtureFile)
    for definition in definitions.values():
        if rules and "proves" in definition.get("properties", {}):
            definition["properties"]["proves"]["items"] = {"$ref": f"{_AT}Rule"}
    if rules:
        definitions["Rule"] = {"enum": [*rules], "enumDescriptions": [*rules.values()]}
    if assumptions:
        _offer(assumptions, definitions["Given"])
    return {
        "$schema": DRAFT,
        "title": "Okta lifecycle scenarios for Workato",
        "type": "object",
        "if": {"required": ["fixture"]},
        "then": {"$ref": f"{_AT}FixtureFile"},
        "else": {"$ref": f"{_AT}ScenarioFile"},
        "definitions": {name: definitions[name] for name in sorted(definitions)},
    }


def plan_schema(assumptions: Mapping[str, OpenQuestion]) -> dict[str, Any]:
    """The same of a plan, whose steps have a time and expect nothing."""
    steps = [shape for verbs in VERBS.values() for shape in verbs.values()]
    names = [shape.__name__ for shape in steps]
    expecting = DuringStep.model_fields.keys() - Step.model_fields.keys()
    definitions = _definitions(PlanFile, GoLive, Changes, Time, *steps)
    for step in map(definitions.__getitem__, names):
        own = {key: part for key, part in step["properties"].items() if key not in expecting}
        step["properties"] = own | definitions["Time"]["properties"]
    definitions["GoLive"]["required"] = ["go_live"]  # the reader tells it by this key
    plan = definitions.pop("PlanFile")
    plan["properties"]["happens"]["items"] = {
        "anyOf": [{"const": GO_LIVE}, *({"$ref": f"{_AT}{each}"} for each in ("GoLive", "Changes", *names))]
    }
    _offer(assumptions, plan)
    return {"$schema": DRAFT, "title": "Plan of a rollout", **plan, "definitions": _reached(plan, definitions)}


def schema_text(schema: Mapping[str, Any]) -> str:
    """The schema as it stands in a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _definitions(*roots: type[Shape]) -> dict[str, Any]:
    """Each of these shapes and whatever they are made of, by name."""
    definitions: dict[str, Any] = {}
    for shape in roots:
        whole = shape.model_json_schema(ref_template=f"{_AT}{{model}}")
        definitions.update(whole.pop("$defs", {}))
        definitions[shape.__name__] = whole
    shapes = {shape.__name__: shape for shape in _shapes()}
    for name, definition in definitions.items():
        _describe_verb(definition)
        _refuse_null(definition, shapes[name])
    return {name: _plain(definition) for name, definition in definitions.items()}


def _reached(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The definitions that the schema refers to, and those that these refer to."""
    found: dict[str, Any] = {}
    new = {*_REFERENCE.findall(json.dumps(schema))}
    while new:
        found |= {name: definitions[name] for name in new}
        new = {*_REFERENCE.findall(json.dumps([found[name] for name in new]))} - found.keys()
    return {name: found[name] for name in sorted(found)}


def _offer(assumptions: Mapping[str, OpenQuestion], definition: dict[str, Any]) -> None:
    chosen = definition["properties"]["assumptions"]
    chosen["properties"] = {id_: _enum_of(each) for id_, each in assumptions.items()}
    chosen["additionalProperties"] = False


def _enum_of(assumption: OpenQuestion) -> dict[str, Any]:
    usual = assumption.answers[0]
    return {"description": f"{assumption.question} Usually: {usual}.", "enum": [*assumption.answers]}


def _describe_verb(definition: dict[str, Any]) -> None:
    """A step class's docstring says what its verb does; the editor shows it at the verb."""
    for key in VERBS:
        verb = definition.get("properties", {}).get(key, {})
        if "const" in verb:
            verb["description"] = definition["description"]


def _refuse_null(definition: dict[str, Any], shape: type[Shape]) -> None:
    """What may be left out may still not be empty."""
    for name, part in definition.get("properties", {}).items():
        if name in shape.nullable or {"type": "null"} not in part.get("anyOf", ()):
            continue
        part["anyOf"].remove({"type": "null"})
        if len(part["anyOf"]) == 1:
            (only,) = part.pop("anyOf")
            definition["properties"][name] = only | part


def _shapes(root: type[Shape] = Shape) -> Iterator[type[Shape]]:
    for shape in root.__subclasses__():
        yield shape
        yield from _shapes(shape)


def _plain(schema: Any) -> Any:  # noqa: ANN401  (any part of a schema)
    """Without what editors had better not show: titles made of field names, and defaults that are not a word."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _plain(part) for name, part in value.items()} if key == "properties" else _plain(value)
        for key, value in schema.items()
        if key != "title" and not (key == "default" and not isinstance(value, str | int))
    }
