"""Scenarios as an Arazzo 1.0.1 document, for tools that play workflows of API calls.

Only what is a sequence of calls can be said there: no Okta, no clock, no faults. A workflow carries the seed of its
world as `x-seed`; ids and tokens that follow from it are the defaults of the workflow's inputs, so that another world
can be put in its place. What an expectation says beyond status and body is left out, and named in `x-left-out`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from okta_scenarios.language import Scenario
from okta_scenarios.language.models.matching import Lookup, Matcher
from okta_scenarios.language.models.steps import CallStep, Step
from okta_scenarios.play.harness import Harness
from okta_scenarios.play.seed import first_token_of

VERSION = "1.0.1"
SOURCE = "workato"
Data = dict[str, Any]


class NotExpressible(Exception):
    """Why a scenario is no workflow, in words that go on from its id."""


def arazzo_document(scenarios: Iterable[Scenario], contract: str) -> tuple[Data, dict[str, str]]:
    """The document, and why each of the other scenarios is not in it, by id.

    `contract` is where the reader finds `openapi/workato.yaml`, a URL or a path.
    """
    workflows: list[Data] = []
    left: dict[str, str] = {}
    for scenario in scenarios:
        try:
            workflows.append(_workflow(scenario))
        except NotExpressible as reason:
            left[scenario.id] = str(reason)
    return {
        "arazzo": VERSION,
        "info": {
            "title": "Workato people and access, as scenarios",
            "version": "1",
            "description": "Each workflow plays against an emulator that was started with its x-seed.",
        },
        "sourceDescriptions": [{"name": SOURCE, "url": contract, "type": "openapi"}],
        "workflows": workflows,
        "x-not-expressible": left,
    }, left


def arazzo_text(document: Data) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _workflow(scenario: Scenario) -> Data:
    for number, step in enumerate(scenario.steps, 1):
        _must_be_a_plain_call(number, step)
    harness = Harness(scenario, 0)
    start = harness.export()
    inputs: dict[str, Any] = {}
    steps = [_step(harness, number, step, inputs) for number, step in enumerate(scenario.steps, 1)]
    return {
        "workflowId": scenario.id,
        "summary": scenario.title,
        "description": f"Claims {', '.join(scenario.rules)}." if scenario.rules else "Claims no rule.",
        "inputs": {
            "type": "object",
            "properties": {
                name: {"type": "integer" if isinstance(value, int) else "string", "default": value}
                for name, value in inputs.items()
            },
        },
        "x-seed": dict(start),
        "steps": steps,
    }


def _must_be_a_plain_call(number: int, step: Step) -> None:
    if not isinstance(step, CallStep):
        raise NotExpressible(f"step {number} is not an API call")
    if step.during is not None:
        raise NotExpressible(f"step {number} happens while a request is under way")
    if step.raw_body is not None:
        raise NotExpressible(f"step {number} sends a body that is not JSON")
    if step.host is not None or step.address is not None:
        raise NotExpressible(f"step {number} says from where or to which host it calls")
    if step.expect is not None and step.expect.lost is not None:
        raise NotExpressible(f"step {number} expects no answer")


def _step(harness: Harness, number: int, step: Step, inputs: dict[str, Any]) -> Data:
    assert isinstance(step, CallStep)  # noqa: S101  (looked at above)
    workspace = step.workspace or ""

    def fill(value: Any) -> Any:  # noqa: ANN401  (JSON with lookups in it)
        if isinstance(value, Lookup):
            return _look_up(harness, number, workspace, value, inputs)
        if isinstance(value, Mapping):
            return {key: fill(each) for key, each in value.items()}
        return [fill(each) for each in value] if isinstance(value, list | tuple) else value

    found: Data = {"stepId": f"step-{number}", "operationId": step.call}
    if step.note:
        found["description"] = step.note
    found["parameters"] = [
        {"name": "Authorization", "in": "header", "value": f"Bearer {_token(step, workspace, inputs)}"},
        *({"name": name, "in": "path", "value": fill(value)} for name, value in step.path.items()),
        *({"name": name, "in": "query", "value": fill(value)} for name, value in step.query.items()),
    ]
    if "body" in step.model_fields_set:
        found["requestBody"] = {"contentType": "application/json", "payload": fill(step.body)}
    criteria, left = _criteria(step, fill)
    if criteria:
        found["successCriteria"] = criteria
    if left:
        found["x-left-out"] = left
    return found


def _token(step: CallStep, workspace: str, inputs: dict[str, Any]) -> str:
    if step.token is not None:
        return step.token
    name = f"token_{workspace}_{step.client or ''}"
    inputs[name] = first_token_of(workspace, step.client or "")
    return f"{{$inputs.{name}}}"


def _look_up(harness: Harness, number: int, workspace: str, wanted: Lookup, inputs: dict[str, Any]) -> Any:  # noqa: ANN401
    (word, named), *_ = wanted.model_dump(exclude_unset=True).items()
    value = harness.resolve(workspace, wanted)
    if value is None:
        raise NotExpressible(f"step {number} needs the {word} of {named}, who is not there at the start")
    if word == "email_of":
        return value
    name = f"{word}_{workspace}_{named}".replace(" ", "_").replace("/", "_")
    inputs[name] = value
    return f"$inputs.{name}"


def _criteria(step: CallStep, said: Any) -> tuple[list[Data], list[str]]:  # noqa: ANN401  (a function)
    """What Arazzo can say of the expectation, and the keys that it cannot."""
    if step.expect is None:
        return [], []
    claimed = step.expect.claimed() - {"exact"}
    criteria = [] if step.expect.status is None else [{"condition": _comparison("$statusCode", step.expect.status)}]
    left = sorted(claimed - {"status", "body", "headers"})
    for name, wanted in (step.expect.headers or {}).items():
        criteria.append(_criterion(f"$response.header.{name}", wanted))
    if "body" in claimed:
        for pointer, wanted in _leaves(step.expect.body, ""):
            unsayable = isinstance(wanted, Matcher) and (wanted.absent or wanted.contains is not None)
            if unsayable or not pointer:  # a body that is no JSON has no parts to point at
                left.append(f"body{pointer}")
            else:
                criteria.append(_criterion(f"$response.body#{pointer}", said(wanted)))
    return criteria, left


def _leaves(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  (an expected body)
    """Everything in an expected body that is no mapping and no list, with its JSON pointer."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, each in enumerate(value):
            yield from _leaves(each, f"{pointer}/{index}")
    else:
        yield pointer, value


def _criterion(expression: str, wanted: Any) -> Data:  # noqa: ANN401  (a scalar or a matcher)
    if isinstance(wanted, Matcher) and wanted.matches is not None:
        return {"context": expression, "condition": wanted.matches, "type": "regex"}
    return {"condition": _comparison(expression, wanted)}


def _comparison(expression: str, wanted: Any) -> str:  # noqa: ANN401  (a scalar or a matcher)
    if isinstance(wanted, Matcher) and wanted.one_of is not None:
        return " || ".join(f"{expression} == {_literal(each)}" for each in wanted.one_of)
    if isinstance(wanted, Matcher):
        return f"{expression} >= {_literal(wanted.at_least)}"
    return f"{expression} == {_literal(wanted)}"


def _literal(value: Any) -> str:  # noqa: ANN401  (a scalar)
    if isinstance(value, str):
        return value if value.startswith("$inputs.") else "'" + value.replace("'", "''") + "'"
    return json.dumps(value)
