"""A file as it is written, and which shape a step has."""

import re
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, WithJsonSchema

from okta_scenarios.language.models import okta_apps, okta_groups, okta_people, workato_steps
from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.given import Given
from okta_scenarios.language.models.names import NewName
from okta_scenarios.language.models.steps import CallStep, CheckStep, ClockStep, FaultStep, Step
from okta_scenarios.language.objections import objection
from workato_emulator.text.wording import show

Live = Literal["never", "read", "write"]
ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"


ID_IN_WORDS = (
    "an id has up to 100 letters, digits, dots, dashes and underscores, and begins with a letter or a digit, "
    "such as SC-900 or ABC-123"
)


def _check_id(text: str) -> str:
    if re.fullmatch(ID_PATTERN, text) is None:
        raise objection(f"{show(text)} is not a scenario id: {ID_IN_WORDS}")
    return text


ScenarioId = Annotated[
    str,
    AfterValidator(_check_id),
    WithJsonSchema({"type": "string", "pattern": ID_PATTERN, "patternErrorMessage": ID_IN_WORDS}),
]


def _verbs(kind: str, *modules: Any) -> dict[str, type[Step]]:  # noqa: ANN401  (modules)
    """The step classes of these modules by the verb that each is for."""
    found = {}
    for member in (member for module in modules for member in vars(module).values()):
        if isinstance(member, type) and issubclass(member, Step) and kind in member.model_fields:
            (verb,) = get_args(member.model_fields[kind].annotation)
            found[verb] = member
    return found


VERBS = MappingProxyType(
    {"okta": _verbs("okta", okta_people, okta_groups, okta_apps), "workato": _verbs("workato", workato_steps)}
)
KINDS: MappingProxyType[str, type[Step]] = MappingProxyType(
    {"clock": ClockStep, "fault": FaultStep, "call": CallStep, "check": CheckStep}
)
STEP_KEYS = (*VERBS, *KINDS)
SHAPES: tuple[type[Step], ...] = (*(shape for verbs in VERBS.values() for shape in verbs.values()), *KINDS.values())


def verb_of(step: Step) -> str:
    """What the step is called after `okta:` or `workato:`."""
    return next(str(getattr(step, side)) for side in VERBS if side in type(step).model_fields)


class Heading(Shape):
    """A scenario file but for the shapes of its steps, which are read one by one."""

    scenario: ScenarioId
    """The scenario's id: any short name of letters, digits, dots, dashes and underscores, such as SC-900 or ABC-123."""
    title: NewName
    """What it shows, in a sentence."""
    tags: tuple[NewName, ...] = ()
    """Words to find it by."""
    live: Live = "never"
    """Whether it may run against a live tenant: never, where it only reads, or also where it writes."""
    given: Given = Given()
    """What is there before the first step."""
    steps: Annotated[tuple[Any, ...], Field(min_length=1)]
    """What happens, in order."""


class ScenarioFile(Heading):
    """A scenario: what is given, what happens, and what should follow."""

    steps: Annotated[tuple[reduce(or_, SHAPES), ...], Field(min_length=1)]  # type: ignore[valid-type]
    """What happens, in order."""


class FixtureFile(Shape):
    """A `given` that several scenarios share."""

    fixture: NewName
    """The fixture's name: that of the file."""
    given: Given
    """What lies beneath the `given` of every scenario that names this fixture."""
