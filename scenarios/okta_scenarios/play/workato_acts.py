"""Acting out a step in Workato's own pages: the request to the control plane that the step's shape declares."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from okta_scenarios.language.models.matching import Lookup
from okta_scenarios.language.models.workato_steps import (
    WorkatoAddCollaborator,
    WorkatoChangeClient,
    WorkatoChangePlan,
    WorkatoGenerateScimToken,
    WorkatoStep,
)
from okta_scenarios.play.harness import Harness
from okta_scenarios.play.outcomes import DONE, StepOutcome
from okta_scenarios.play.seed import plan_fields


def act_in_workato(harness: Harness, step: WorkatoStep) -> StepOutcome:
    method, template, fields = step.control
    keys = (key for key in type(step).model_fields if f"{{{key}}}" in template)
    names = {key: quote(_in_path(harness, step, key, template.split("/")[1]), safe="") for key in keys}
    body = {field: _in_body(harness, step, key) for field, key in fields.items() if getattr(step, key) is not None}
    match step:
        case WorkatoAddCollaborator():
            body["name"] = harness.people[step.user or ""].name
        case WorkatoChangePlan():
            body = plan_fields(step)
    outcome = ask_control(harness, method, f"/workspaces/{step.workspace}{template.format_map(names)}", body or None)
    if isinstance(step, WorkatoGenerateScimToken) and outcome.refused is None:
        harness.replace_scim_token(step.workspace or "", step.token)
    if isinstance(step, WorkatoChangeClient) and step.token is not None and outcome.refused is None:
        harness.replace_token(step.workspace or "", step.client, step.token)
    return outcome


def ask_control(harness: Harness, method: str, path: str, body: object = None) -> StepOutcome:
    """Something that only the emulator can do; its refusal is Workato's."""
    response = harness.control(method, path, body)
    if response.is_success:
        return DONE
    return StepOutcome(refused=str(response.json()["error"]["message"]))


def _in_path(harness: Harness, step: WorkatoStep, key: str, part: str) -> str:
    """What a path calls the thing: a person by the address in this part of the workspace, anything else by its name."""
    name = str(getattr(step, key))
    if key == "user":
        return harness.address_in(step.workspace or "", name, part)
    if key == "group":
        harness.group_id(step.workspace or "", name)  # whoever points at a group in Workato's pages sees it there
    return name


def _in_body(harness: Harness, step: WorkatoStep, key: str) -> Any:  # noqa: ANN401  (JSON)
    value, workspace = getattr(step, key), step.workspace or ""
    match key:
        case "user":
            return harness.address_in(workspace, value, "collaborators", "invitations")
        case "members":
            for member in value:
                harness.must_resolve(workspace, Lookup(member_id=member))
            return [harness.address_in(workspace, member, "collaborators") for member in value]
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
