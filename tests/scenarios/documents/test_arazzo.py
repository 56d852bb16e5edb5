"""The export to Arazzo: what can be said there is said, what cannot is named, and the workflows play."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from okta_scenarios.cli import export
from okta_scenarios.documents.arazzo import arazzo_document, arazzo_text
from okta_scenarios.language import Scenario
from okta_scenarios.selection import library as read
from workato_emulator import Emulator, operations

from ..library.system_log import library
from ..playing import scenario

SUITES = Path(__file__).parents[3] / "scenarios" / "suites" / "workato"


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Those of Workato alone."""
    return tuple(each for each in library() if "workato" in Path(each.file).parts)


@cache
def document() -> dict[str, Any]:
    return arazzo_document(scenarios(), "workato.yaml")[0]


class Player:
    """Plays a workflow as the specification says: inputs, parameters, payload, and the simple and regex criteria."""

    def __init__(self, workflow: dict[str, Any]) -> None:
        self.inputs = {name: each["default"] for name, each in workflow["inputs"]["properties"].items()}
        self.client = httpx.Client(transport=Emulator(workflow["x-seed"]).transport, base_url="http://emulator")

    def said(self, value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            return {key: self.said(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.said(each) for each in value]
        if not isinstance(value, str):
            return value
        if value.startswith("$inputs."):
            return self.inputs[value.removeprefix("$inputs.")]
        return re.sub(r"\{\$inputs\.([^}]+)\}", lambda found: str(self.inputs[found[1]]), value)

    def play(self, step: dict[str, Any]) -> httpx.Response:
        method, path = operations()[step["operationId"]]
        query: list[tuple[str, str]] = []
        headers: dict[str, str] = {}
        for each in step["parameters"]:
            value = self.said(each["value"])
            if each["in"] == "path":
                path = path.replace(f"{{{each['name']}}}", str(value))
            elif each["in"] == "header":
                headers[each["name"]] = value
            else:
                query += [(each["name"], str(one)) for one in (value if isinstance(value, list) else [value])]
        if "requestBody" not in step:
            return self.client.request(method, path, params=tuple(query), headers=headers)
        payload = self.said(step["requestBody"]["payload"])
        return self.client.request(method, path, params=tuple(query), headers=headers, json=payload)

    def holds(self, criterion: dict[str, str], answer: httpx.Response) -> bool:
        if criterion.get("type") == "regex":
            return re.search(criterion["condition"], str(self.value(criterion["context"], answer))) is not None
        return any(self.compared(each, answer) for each in criterion["condition"].split(" || "))

    def compared(self, condition: str, answer: httpx.Response) -> bool:
        left, operator, right = re.fullmatch(r"(\S+) (==|>=) (.*)", condition, re.DOTALL).groups()  # type: ignore[union-attr]
        wanted = self.said(right) if right.startswith("$") else self.literal(right)
        found = self.value(left, answer)
        return bool(found >= wanted) if operator == ">=" else bool(found == wanted)

    def literal(self, text: str) -> Any:  # noqa: ANN401
        return text[1:-1].replace("''", "'") if text.startswith("'") else json.loads(text)

    def value(self, expression: str, answer: httpx.Response) -> Any:  # noqa: ANN401
        if expression == "$statusCode":
            return answer.status_code
        if expression.startswith("$response.header."):
            return answer.headers[expression.removeprefix("$response.header.")]
        found = answer.json()
        for part in expression.partition("#")[2].split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            found = found[int(key)] if isinstance(found, list) else found[key]
        return found


def test_every_exported_workflow_plays() -> None:
    """Against an emulator of its seed, every criterion of every step holds."""
    for workflow in document()["workflows"]:
        player = Player(workflow)
        for step in workflow["steps"]:
            answer = player.play(step)
            broken = [each for each in step.get("successCriteria", []) if not player.holds(each, answer)]
            assert broken == [], (workflow["workflowId"], step["stepId"], answer.status_code, answer.text[:500])


def test_the_document_is_one_of_arazzo() -> None:
    """The version, one source, unique ids, operations of the contract; no step says a thing twice."""
    workflows = document()["workflows"]

    assert document()["arazzo"] == "1.0.1"
    assert document()["info"].keys() >= {"title", "version"}
    assert document()["sourceDescriptions"] == [{"name": "workato", "url": "workato.yaml", "type": "openapi"}]
    assert len({each["workflowId"] for each in workflows}) == len(workflows)
    for workflow in workflows:
        assert re.fullmatch(r"[A-Za-z0-9_-]+", workflow["workflowId"])
        steps = [step["stepId"] for step in workflow["steps"]]
        assert len(set(steps)) == len(steps) > 0
        for step in workflow["steps"]:
            assert step["operationId"] in operations()
            named = [(each["name"], each["in"]) for each in step["parameters"]]
            assert len(set(named)) == len(named)
            assert {each["in"] for each in step["parameters"]} <= {"path", "query", "header"}


def test_what_is_left_out_has_its_reason() -> None:
    """Every scenario is a workflow or is named, and some are both kinds."""
    ids = {each.id for each in scenarios()}
    said = {each["workflowId"] for each in document()["workflows"]}
    _, left = arazzo_document(scenarios(), "workato.yaml")

    assert said | left.keys() == ids
    assert not said & left.keys()
    assert document()["x-not-expressible"] == left
    assert len(said) > 20
    assert left["RC-INV-6"].endswith("is not an API call")


CALL = "- {call: listCollaborators, %s}"


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ("- {check: nothing, expect: {people: {ada: {member: absent}}}}", "step 1 is not an API call"),
        ("- {call: inviteCollaborator, raw_body: '{', expect: {status: 400}}", "sends a body that is not JSON"),
        (CALL % "address: 192.0.2.1, expect: {status: 200}", "says from where"),
        (CALL % "query: {email: {member_id: eve}}, expect: {status: 200}", "needs the member_id of eve"),
    ],
    ids=["no call", "no JSON", "an address", "nobody yet"],
)
def test_a_scenario_that_is_no_workflow_says_why(step: str, reason: str) -> None:
    """The first step that stands in the way."""
    found, left = arazzo_document([scenario(step)], "workato.yaml")

    assert found["workflows"] == []
    assert reason in left["SC-001"]


def test_equal_scenarios_give_equal_bytes() -> None:
    """Whenever they are exported."""
    again, _ = arazzo_document(scenarios(), "workato.yaml")
    assert arazzo_text(again) == arazzo_text(document())


def test_the_command_writes_the_file_and_says_what_is_not_in_it(tmp_path: Path) -> None:
    """A folder that is not there is a reason, not a traceback."""
    file = tmp_path / "workato.arazzo.json"
    paths = [SUITES / "RC-AUTH-1.yaml", SUITES / "RC-INV-6.yaml"]
    result = CliRunner().invoke(export, ["arazzo", *map(str, (file, *paths))])
    expected, left = arazzo_document(read(paths), "workato.yaml")

    assert result.exit_code == 0, result.output
    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(arazzo_text(expected))
    assert (len(expected["workflows"]), [*left]) == (1, ["RC-INV-6"])
    assert result.stdout.startswith(f"{file}: 1 workflow\nnot expressible: ")

    refused = CliRunner().invoke(export, ["arazzo", *map(str, (tmp_path / "none" / "x.json", *paths))])
    assert refused.exit_code == 2
    assert "No such file or directory" in refused.stderr
