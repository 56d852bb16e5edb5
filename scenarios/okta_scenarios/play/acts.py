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
from okta_scenarios.play.okta_acts import act_in_okta
from okta_scenarios.play.outcomes import DONE, Outcome
from okta_scenarios.play.stage import Stage, Unplayable, fault_fields
from okta_scenarios.play.vocabulary import vocabulary
from okta_scenarios.play.workato_acts import act_in_workato, ask_control


def act(stage: Stage, step: Step) -> Outcome:
    """Do what the step says: at once or, with `during`, while a later step's request is under way."""
    if not isinstance(step, DuringStep) or step.during is None:
        return _act_now(stage, step)
    stage.meanwhile.wait(step, lambda: _act_now(stage, step))
    return DONE


def _act_now(stage: Stage, step: Step) -> Outcome:
    try:
        return _for_everybody(stage, step)
    except OktaRefusal as refusal:
        return Outcome(refused=str(refusal))
    except (Unplayable, UnknownName) as problem:
        return Outcome(unplayable=str(problem))
    finally:
        stage.addresses.remember()


def _for_everybody(stage: Stage, step: Step) -> Outcome:
    """A step about several people is done for one after the other, until somebody is refused."""
    if not isinstance(step, PeopleStep) or step.users is None:
        return _act_once(stage, step)
    outcome = DONE
    for user in step.users:
        outcome = _act_once(stage, step.model_copy(update={"user": user, "users": None}))
        if outcome.refused is not None:
            return outcome
    return outcome


def _act_once(stage: Stage, step: Step) -> Outcome:
    match step:
        case OktaStep():
            return act_in_okta(stage, step)
        case WorkatoStep():
            return act_in_workato(stage, step)
        case CallStep():
            return _call(stage, step)
        case FaultStep():
            return ask_control(stage, "POST", "/faults", fault_fields(step.fault))
        case ClockStep():
            stage.advance(step.clock.advance)
    return DONE


def _call(stage: Stage, step: CallStep) -> Outcome:
    workspace = step.workspace or ""

    def sent(value: Any) -> Any:  # noqa: ANN401  (JSON with lookups in it)
        if isinstance(value, Lookup):
            return stage.found(workspace, value)
        if isinstance(value, Mapping):
            return {key: sent(each) for key, each in value.items()}
        return [sent(each) for each in value] if isinstance(value, list | tuple) else value

    operation = vocabulary().operations[step.call]
    path = operation.path
    for name, value in step.path.items():
        path = path.replace(f"{{{name}}}", quote(str(sent(value)), safe=""))
    query = [
        (name, str(each))
        for name, value in step.query.items()
        for each in (sent(value) if isinstance(value, list | tuple) else [sent(value)])
    ]
    content: bytes | None = None
    if step.raw_body is not None:
        content = step.raw_body.encode()
    elif "body" in step.model_fields_set:
        content = json.dumps(sent(step.body)).encode()
    token = step.token if step.token is not None else stage.token_of(workspace, step.client or "")
    headers = {} if content is None else {"Content-Type": "application/json"}
    with stage.caller(token, host=step.host, address=step.address) as client:
        try:
            response = client.request(operation.method, path, params=tuple(query), content=content, headers=headers)
        except httpx.RequestError as error:
            return Outcome(lost=f"{type(error).__name__}: {error}")
    return Outcome(response=response)
