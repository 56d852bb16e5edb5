"""Adding a verb to the language: of Okta's a function and a model, of Workato's a model."""

import re
from collections.abc import Iterator
from inspect import Parameter, signature
from typing import Literal

import pytest

from okta_org import VERBS as OKTA
from okta_org import EventType
from okta_org.draft import Draft, verb
from okta_scenarios.language.models.okta_base import OktaUserStep
from okta_scenarios.language.models.scenario import VERBS
from okta_scenarios.language.models.steps import DuringStep
from okta_scenarios.language.models.workato_steps import Control, WorkatoGroupStep, WorkatoStep
from okta_scenarios.play.acts import act
from okta_scenarios.play.harness import Harness
from okta_scenarios.play.okta_acts import arguments_of
from okta_scenarios.play.outcomes import DONE
from okta_scenarios.play.run import title_of

from ...contract.conformance import document
from ..playing import ACME, scenario

CONTROL = {re.sub(r"\{\w+\}", "{}", path): methods for path, methods in document("control")["paths"].items()}
"""The methods of the control plane by path, whatever its parameters are called."""
SWITCHES_AND_CONNECTION = "configure_app"
"""The one verb whose keys are not its arguments: it is given switches, and a connector."""


class OktaGreet(OktaUserStep):
    """Greet somebody."""

    okta: Literal["greet"]
    words: str = "Hello"


class WorkatoRegroup(WorkatoGroupStep):
    """Empty a collaborator group of these people."""

    control = Control("PATCH", "/groups/{group}/members", {"remove": "members"})
    workato: Literal["regroup"]
    members: tuple[str, ...]


@pytest.fixture(autouse=True)
def _greeting() -> Iterator[None]:
    @verb
    def greet(draft: Draft, user: str, words: str) -> None:
        draft.record(EventType.USER_UPDATE_PROFILE, (user,), detail=words)

    yield
    del OKTA[greet.__name__]


def begun() -> Harness:
    return Harness(scenario("- {check: nothing yet, expect: {tasks: 0}}", ACME), 0)


def test_a_function_of_the_org_and_a_model_are_a_verb_of_okta() -> None:
    """The keys of the step are the arguments, for each of several people; the report calls it by its name."""
    harness = begun()
    step = OktaGreet(okta="greet", org="acme-okta", users=("ada", "ben"), words="Welcome")

    assert act(harness, step) == DONE
    assert [(*event.targets, event.detail) for event in harness.orgs["acme-okta"].log[-2:]] == [
        ("ada", "Welcome"),
        ("ben", "Welcome"),
    ]
    assert title_of(step) == "okta greet ada and 1 other"


def test_a_model_that_declares_its_request_is_a_verb_of_workato() -> None:
    """People go by their addresses, groups by their names."""
    harness = begun()
    act(harness, WorkatoRegroup(workato="regroup", workspace="acme", group="Payroll", members=("ben",)))

    assert harness.state()["acme/groups/Payroll"]["members"] == []


def test_every_verb_of_okta_has_a_model_and_every_model_a_verb() -> None:
    """`greet` has its model in here."""
    assert OKTA.keys() - {"greet"} == VERBS["okta"].keys()


@pytest.mark.parametrize("name", sorted(VERBS["okta"].keys() - {SWITCHES_AND_CONNECTION}))
def test_the_keys_of_a_step_are_what_its_verb_takes(name: str) -> None:
    """None is missing and none is unknown; `display_name` is the name that the step gives to a new group."""
    _draft, *parameters = signature(OKTA[name]).parameters.values()
    takes = {each.name for each in parameters} - {"display_name"}
    needs = {each.name for each in parameters if each.default is Parameter.empty}
    says = arguments_of(VERBS["okta"][name])

    assert needs <= says <= takes


@pytest.mark.parametrize("name", sorted(VERBS["workato"]))
def test_what_a_verb_of_workato_asks_for_is_an_operation_of_the_control_plane(name: str) -> None:
    """Its fields are taken from keys that the step has."""
    shape = VERBS["workato"][name]
    assert issubclass(shape, WorkatoStep)
    keys = shape.model_fields.keys() - DuringStep.model_fields.keys()

    assert {*shape.control.body.values()} <= keys
    assert {*re.findall(r"\{(\w+)\}", shape.control.path)} <= keys
    path = re.sub(r"\{\w+\}", "{}", shape.control.path)
    assert shape.control.method.lower() in CONTROL[f"/_emulator/v1/workspaces/{{}}{path}"]
