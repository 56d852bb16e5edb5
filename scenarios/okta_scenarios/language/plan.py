"""What reading a plan comes to: a world as scenarios have it, and what happens when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from okta_scenarios.language.models.plan import Answers
from okta_scenarios.language.models.steps import Step
from okta_scenarios.language.people_tables import PlannedChange
from okta_scenarios.language.problems import Mark
from okta_scenarios.language.scenario import Scenario


@dataclass(frozen=True, slots=True)
class SeededWorkspace:
    """What a plan may name of a workspace that a seed has."""

    data_center: str
    environments: tuple[str, ...]
    roles: tuple[str, ...]
    clients: Mapping[str, str]
    """The token of each API client, by name."""
    groups: tuple[str, ...]
    scim_token: str | None = None


@dataclass(frozen=True, slots=True)
class Seeded:
    """Workato's side as a seed has it: the document, and what can be named of it."""

    document: Mapping[str, Any]
    workspaces: Mapping[str, SeededWorkspace]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing of the plan, at its moment: a step, or a change of somebody in an org."""

    at: datetime
    does: Step | PlannedChange
    org: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Plan:
    """A rehearsal, ready to be played."""

    world: Scenario
    """The world that is given; its steps are played at moments, so it has none of its own."""
    seeded: Seeded | None
    happenings: tuple[Happening, ...]
    answers: Answers
    ends: datetime
    notes: tuple[str, ...] = ()
    """What is worth knowing about the files and is no mistake."""
    shared: Mapping[str, str] = field(default_factory=dict)
    """People whose email is another's, with that other."""
    files: tuple[Path, ...] = ()
    """The plan and everything that it names."""

    @property
    def title(self) -> str:
        return self.world.title

    @property
    def file(self) -> str:
        return self.world.file


def longest(answers: Answers) -> timedelta:
    """How long the slowest answer to an invitation takes."""
    said = (answers.everybody, *answers.groups.values(), *answers.people.values())
    return max((each for each in said if each is not None), default=timedelta())
