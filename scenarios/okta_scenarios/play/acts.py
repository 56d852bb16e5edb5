"""Acting out steps: what each of them asks for, and of whom."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx

from okta_org import OktaRefusal, UnknownName
from okta_scenarios.language.models.matching import Lookup
from okta_scenarios.language.models.okta_base import OktaStep
from okta_scenarios.language.models.steps import CallStep, ClockStep, DuringStep, FaultStep, PeopleStep, Step
from okta_scenarios.language.models.workato_steps import WorkatoStep
from okta_scenarios.play.harness import Harness, Unplayable
from okta_scenarios.play.okta_acts import act_in_okta
from okta_scenarios.play.outcomes import DONE, StepOutcome
from okta_scenarios.play.seed import fault_fields
from okta_scenarios.play.vocabulary import vocabulary
from okta_scenarios.play.workato_acts import act_in_workato, ask_control
from workato_emulator import scim_operations


def act(harness: Harness, step: Step) -> StepOutcome:
    """Do what the step says: at once or, with `during`, while a later step's request is under way."""
    if not isinstance(step, DuringStep) or step.during is None:
        return _act_now(harness, step)
    harness.meanwhile.wait(step, lambda: _act_now(harness, step))
    return DONE


def _act_now(harness: Harness, step: Step) -> StepOutcome:
    try:
        return _for_everybody(harness, step)
    except OktaRefusal as refusal:
        return StepOutcome(refused=str(refusal))
    except (Unplayable, UnknownName) as problem:
        return StepOutcome(unplayable=str(problem))
    finally:
        harness.addresses.remember()


def _for_everybody(harness: Harness, step: Step) -> StepOutcome:
    """A step about several people is done for one after the other, until somebody is refused."""
    if not isinstance(step, PeopleStep) or step.users is None:
        return _act_once(harness, step)
    outcome = DONE
    for user in step.users:
        outcome = _act_once(harness, step.model_copy(update={"user": user, "users": None}))
        if outcome.refused is not None:
            return outcome
    return outcome


def _act_once(harness: Harness, step: Step) -> StepOutcome:
    match step:
        case OktaStep():
            return act_in_okta(harness, step)
        case WorkatoStep():
            return act_in_workato(harness, step)
        case CallStep():
            return _call(harness, step)
        case FaultStep():
            return ask_control(harness, "POST", "/faults", fault_fields(step.fault))
        case ClockStep():
            harness.advance(step.clock.advance)
    return DONE


def _call(harness: Harness, step: CallStep) -> StepOutcome:
    workspace = step.workspace or ""

    def fill(value: Any) -> Any:  # noqa: ANN401  (JSON with lookups in it)
        if isinstance(value, Lookup):
            return harness.must_resolve(workspace, value)
        if isinstance(value, Mapping):
            return {key: fill(each) for key, each in value.items()}
        return [fill(each) for each in value] if isinstance(value, list | tuple) else value

    operation = vocabulary().operations[step.call]
    path = operation.path
    for name, value in step.path.items():
        path = path.replace(f"{{{name}}}", quote(str(fill(value)), safe=""))
    query = [
        (name, str(each))
        for name, value in step.query.items()
        for each in (fill(value) if isinstance(value, list | tuple) else [fill(value)])
    ]
    content: bytes | None = None
    if step.raw_body is not None:
        content = step.raw_body.encode()
    elif "body" in step.model_fields_set:
        content = json.dumps(fill(step.body)).encode()
    scim = step.call in scim_operations()
    own = harness.scim_token_of(workspace) if scim else harness.token_of(workspace, step.client or "")
    token = own if step.token is None else step.token
    headers = {} if content is None else {"Content-Type": f"application/{'scim+' if scim else ''}json"}
    with harness.caller(token, host=step.host, address=step.address) as client:
        try:
            response = client.request(operation.method, path, params=tuple(query), content=content, headers=headers)
        except httpx.RequestError as error:
            return StepOutcome(lost=f"{type(error).__name__}: {error}")
    return StepOutcome(response=response)
