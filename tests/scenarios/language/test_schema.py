"""The JSON Schema that editors use says what the reader says."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from okta_scenarios.documents.editor_schema import editor_schema, plan_editor_schema
from okta_scenarios.language.models.described import Described
from okta_scenarios.language.models.plan import PlanFile
from okta_scenarios.language.models.scenario import STEP_KEYS, ScenarioFile
from okta_scenarios.language.schema import schema
from okta_scenarios.reports.rehearsal_shape import RehearsalReport
from okta_scenarios.reports.report_shape import Report
from okta_scenarios.rules import known_rules

FILE = Path(__file__).parents[3] / "scenarios" / "scenario.schema.json"
HEAD: dict[str, Any] = {"scenario": "SC-001", "title": "t"}
CLOCK: dict[str, Any] = {"clock": {"advance": "1h"}}


made = cache(schema)
made_for_editors = cache(editor_schema)


@cache
def validator() -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(made())


def errors(document: object) -> list[str]:
    return [error.message for error in validator().iter_errors(document)]


def test_the_file_is_up_to_date() -> None:
    """The committed schema is the one that the models make."""
    assert FILE.read_text(encoding="utf-8") == made_for_editors()


def test_an_editor_offers_rules_with_their_sentences() -> None:
    """Wherever a rule is claimed."""
    rules = {each.id: each.statement for each in known_rules().values()}
    offered = json.loads(made_for_editors())["definitions"]["Rule"]

    assert dict(zip(offered["enum"], offered["enumDescriptions"], strict=True)) == rules


@pytest.mark.parametrize(
    ("id_", "answer", "wrong"), [("missing_privilege", "403", 403), ("okta_retry", "current", "none")]
)
def test_an_editor_offers_assumptions_with_their_questions(id_: str, answer: object, wrong: object) -> None:
    """Workato's and Okta's, each with its answers, and no other id."""
    chosen = json.loads(made_for_editors())["definitions"]["Given"]["properties"]["assumptions"]
    offered = jsonschema_rs.Draft7Validator(chosen)

    assert "?" in chosen["properties"][id_]["description"]
    assert offered.is_valid({id_: answer})
    assert not offered.is_valid({id_: wrong})
    assert not offered.is_valid({f"{id_}s": answer})


def test_the_schema_is_a_draft_7_schema() -> None:
    """It validates against its own dialect, and draws on no later one."""
    assert jsonschema_rs.meta.is_valid(made())
    assert "$defs" not in json.dumps(made())


def test_every_key_has_a_hover_text() -> None:
    """Each property of each shape is described, in a sentence."""
    silent = [
        f"{name}.{key}"
        for name, definition in made()["definitions"].items()
        for key, part in definition.get("properties", {}).items()
        if not part.get("description", "").endswith((".", "}", "{}."))
    ]

    assert silent == []


def test_every_step_is_told_by_its_key() -> None:
    """Each shape of a step requires the key that it is told by."""
    shapes = made()["definitions"]
    steps = [
        shapes[ref["$ref"].rpartition("/")[2]]
        for ref in shapes["ScenarioFile"]["properties"]["steps"]["items"]["anyOf"]
    ]

    assert all(len(set(step["required"]) & set(STEP_KEYS)) == 1 for step in steps)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(HEAD | {"steps": []}, id="no steps"),
        pytest.param(HEAD | {"steps": [CLOCK], "tgas": []}, id="an unknown key"),
        pytest.param(HEAD | {"steps": [{"okta": "asign", "user": "ada"}]}, id="an unknown verb"),
        pytest.param(HEAD | {"steps": [{"okta": "assign", "user": "ada", "expect": None}]}, id="an empty key"),
        pytest.param(HEAD | {"steps": [{"okta": "unassign", "user": "ada", "entitlements": {}}]}, id="another's key"),
        pytest.param({"fixture": "pair", "steps": []}, id="a fixture with steps"),
    ],
)
def test_editors_refuse_what_the_reader_refuses(document: object) -> None:
    """Files that are wrong in shape are wrong in the editor too."""
    assert errors(document) != []


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(HEAD | {"steps": [CLOCK]}, id="a scenario"),
        pytest.param(
            {"fixture": "pair", "given": {"workspaces": {"acme": {"plan": {"churn_limit": None}}}}}, id="a fixture"
        ),
    ],
)
def test_editors_accept_what_the_reader_accepts(document: object) -> None:
    """Scenarios and fixtures are told apart by their first key."""
    assert errors(document) == []


PLAN: dict[str, Any] = {
    "rehearsal": "Everybody comes from Okta",
    "starts": "2026-03-02T09:00:00Z",
    "workato": {"seed": "seed.yaml"},
    "okta": {
        "acme-okta": {
            "people": "people.csv",
            "groups": {"csv": "groups.csv", "columns": {"login": "User"}},
            "apps": {"workato": {"workspace": "acme", "client": "okta"}},
            "assignments": [{"group": "Builders", "app": "workato", "entitlements": {"dev": "Member"}}],
        }
    },
    "invitations": {"everybody": "accepts after 2 days"},
    "assumptions": {"member_id": "membership"},
}


@cache
def plan_validator() -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(json.loads(plan_editor_schema()))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"happens": ["go live", {"after": "7 days", "okta": "import_users"}, {"changes": "changes.csv"}]},
        {"happens": [{"on": "2026-03-04", "go_live": "everything", "group": "Builders"}]},
        {"happens": [{"workato": "remove_collaborator", "user": "ada"}]},
    ],
)
def test_editors_accept_what_a_plan_may_hold(change: dict[str, Any]) -> None:
    """Tables and what is written out, and steps with a time."""
    assert [error.message for error in plan_validator().iter_errors(PLAN | change)] == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"scenario": "SC-001"}, id="an unknown key"),
        pytest.param({"assumptions": {"member_id": "both"}}, id="an unknown answer to an open question"),
        pytest.param({"happens": ["go  live"]}, id="a misspelt act"),
        pytest.param({"happens": [{"after": "7 days"}]}, id="a time of nothing"),
        pytest.param({"happens": [{"okta": "import_users", "expect": {}}]}, id="an expectation"),
        pytest.param({"happens": [CLOCK]}, id="a step that moves the clock"),
    ],
)
def test_editors_refuse_what_a_plan_may_not_hold(change: dict[str, Any]) -> None:
    """What is a scenario's alone is refused, as the reader refuses it."""
    assert not plan_validator().is_valid(PLAN | change)


def test_the_schema_of_a_plan_holds_nothing_that_a_plan_cannot_reach() -> None:
    """Every definition is referred to, and what is referred to is defined."""
    text = plan_editor_schema()
    names = json.loads(text)["definitions"].keys()

    assert {name for name in names if f'"#/definitions/{name}"' in text} == names
    assert "Expect" not in names
    assert jsonschema_rs.meta.is_valid(json.loads(text))


@pytest.mark.parametrize("model", [ScenarioFile, PlanFile, Report, RehearsalReport])
def test_a_model_is_described_only_when_a_schema_is_made(model: type[Described]) -> None:
    """Its docstrings are read by `Described`, not by pydantic, which would read its source at every start."""
    assert issubclass(model, Described)
    assert not model.model_config.get("use_attribute_docstrings")
