"""A file as it is written, and which shape a step has."""

from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from okta_scenarios.language.models import okta_apps, okta_groups, okta_people, workato_steps
from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.given import Given
from okta_scenarios.language.models.names import NewName
from okta_scenarios.language.models.steps import CallStep, CheckStep, ClockStep, FaultStep, Step

Live = Literal["never", "read", "write"]
ID_PATTERN = r"^(SC-\d{3}|RC-[A-Za-z0-9]+(-[A-Za-z0-9]+)*)$"


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


class Heading(Shape):
    """A scenario file but for the shapes of its steps, which are read one by one."""

    scenario: Annotated[str, Field(pattern=ID_PATTERN)]
    """The scenario's id, such as SC-040."""
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
