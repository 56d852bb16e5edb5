"""A plan: the company's own world and what will happen to it, without expectations."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

from okta_scenarios.language.durations import Duration, Lapse, parse_duration
from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.given import App, Instant, Person, Roles, Workspace
from okta_scenarios.language.models.names import AppName, AssumptionId, NewName, OktaGroupName, OrgName, PersonName
from okta_scenarios.language.objections import objection
from okta_scenarios.language.vocabulary import Alternative
from workato_emulator.text.error_codes.scenarios import SCN_TOGETHER
from workato_emulator.text.wording import show

_ACCEPTS = re.compile(r"accepts after (.+)", re.DOTALL)


def _parse_answer(text: object) -> timedelta | None:
    """`accepts after 2 days` as the time it takes, `never accepts` as None."""
    if text == "never accepts":
        return None
    found = _ACCEPTS.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise objection(f"{show(text)} is not an answer; write 'accepts after 2 days' or 'never accepts'")
    return parse_duration(found[1])


Answer = Annotated[timedelta | None, BeforeValidator(_parse_answer), WithJsonSchema({"type": "string"})]


def _parse_day(text: object) -> date | datetime:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else _no_day(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return _no_day(text)
    return moment if moment.tzinfo is not None else _no_day(text)


def _no_day(text: object) -> date:
    raise objection(
        f"{show(text)} is not a day; write one such as 2026-03-02, or a moment such as 2026-03-02T09:00:00Z"
    )


Day = Annotated[date | datetime, BeforeValidator(_parse_day), WithJsonSchema({"type": "string"})]


Column = Literal[
    "login",
    "email",
    "first_name",
    "last_name",
    "display_name",
    "status",
    "groups",
    "group",
    "date",
    "change",
    "cost_center",
    "department",
    "division",
    "employee_number",
    "locale",
    "manager",
    "mobile_phone",
    "organization",
    "time_zone",
    "title",
]
"""What a column may be."""


class CsvFile(Shape):
    csv: NewName
    """The file, from the folder of the plan."""
    columns: Mapping[Column, NewName] = {}
    """The header of each column that is not called as usual."""

    @property
    def headers(self) -> Mapping[str, str]:
        return {str(column): header for column, header in self.columns.items()}


def _as_csv(written: Any) -> Any:  # noqa: ANN401  (whatever was written)
    return {"csv": written} if isinstance(written, str) else written


Csv = Annotated[CsvFile, BeforeValidator(_as_csv, json_schema_input_type=str | CsvFile)]

_TABLE, _WRITTEN = "[table]", "[written]"


def _kind(given: Any) -> str:  # noqa: ANN401  (whatever was written)
    named = given.get("csv") if isinstance(given, Mapping) else given
    return _TABLE if isinstance(named, str | CsvFile) else _WRITTEN


_ByKind = Discriminator(_kind)
"""Tells a table from what is written out, so that mistakes in the one are not judged as the other."""


class Assignment(Shape):
    """An app that is assigned to a group, or to one person."""

    group: OktaGroupName | None = None
    """The group."""
    user: PersonName | None = None
    """The person, where it is no group."""
    app: AppName | None = None
    """The app instance; left out where the org has one."""
    entitlements: Roles = Field(default_factory=dict)
    """The granted role by environment."""
    roles: Roles = Field(default_factory=dict)
    """Of a SCIM app: the role attributes by environment, in the place of entitlements."""

    @model_validator(mode="after")
    def _is_of_somebody(self) -> "Assignment":
        if (self.group is None) is (self.user is None):
            raise objection("write group or user, and only one of them", code=SCN_TOGETHER)
        return self


class PlannedOrg(Shape):
    people: Annotated[Annotated[Csv, Tag(_TABLE)] | Annotated[Mapping[NewName, Person], Tag(_WRITTEN)], _ByKind] = (
        Field(default_factory=dict)
    )
    """Who is in the org: a CSV file, or people by short name."""
    groups: Annotated[
        Annotated[Csv, Tag(_TABLE)] | Annotated[Mapping[NewName, tuple[PersonName, ...]], Tag(_WRITTEN)], _ByKind
    ] = Field(default_factory=dict)
    """Groups: a CSV file with a row for each membership, or the people by group."""
    apps: Mapping[NewName, App] = {}
    """App instances by label."""
    assignments: tuple[Assignment, ...] = ()
    """What is assigned when the org goes live, in this order."""


class WorkatoSide(Shape):
    seed: NewName | None = None
    """A seed, such as a pulled one, from the folder of the plan."""
    workspaces: Mapping[NewName, Workspace] = {}
    """In its place, workspaces as scenarios give them."""

    @model_validator(mode="after")
    def _is_there(self) -> "WorkatoSide":
        if (self.seed is None) is (not self.workspaces):
            raise objection("write seed or workspaces, and only one of them", code=SCN_TOGETHER)
        return self


class Answers(Shape):
    """How people answer their invitations. A person counts before a group, and a group before everybody."""

    nullable = frozenset({"everybody"})

    everybody: Answer = None
    """Of everybody who is not named; never, when left out."""
    groups: Mapping[OktaGroupName, Answer] = {}
    """Of the people in an Okta group."""
    people: Mapping[PersonName, Answer] = {}
    """Of somebody."""


class Time(Shape):
    """When something happens: so long after the start, or on a day, at the hour of the start."""

    after: Duration | None = None
    """How long after the start; at once when left out."""
    on: Day | None = None
    """The day, or the moment."""

    @model_validator(mode="after")
    def _is_one(self) -> "Time":
        if self.after is not None and self.on is not None:
            raise objection("write after or on, not both", at=("on",), code=SCN_TOGETHER)
        return self


GO_LIVE = "go live"
"""What happens where the plan says nothing, and at once where it says only this."""


class GoLive(Time):
    """Assign what the plan assigns: of everybody, or of one org, app or group."""

    go_live: Literal["everything"] = "everything"
    org: OrgName | None = None
    """The org that goes live."""
    app: AppName | None = None
    """The app instance that goes live."""
    group: OktaGroupName | None = None
    """The group that goes live."""


class Changes(Shape):
    """People who join, move and leave, from a CSV file with a date in each row."""

    changes: Csv
    """The file."""
    org: OrgName | None = None
    """The org; left out where there is one."""


class PlanFile(Shape):
    """What is there before the rollout, and what happens."""

    rehearsal: NewName
    """What is rehearsed, in a sentence."""
    starts: Instant | None = None
    """The moment at which the rehearsal starts."""
    lasts: Lapse | None = None
    """How long it goes on; a week after the last thing that happens, when left out."""
    workato: WorkatoSide
    """Workato's side."""
    okta: Annotated[Mapping[NewName, PlannedOrg], Field(min_length=1)]
    """Okta's side: orgs by name."""
    invitations: Answers = Answers()
    """How people answer their invitations."""
    assumptions: Mapping[AssumptionId, Alternative] = {}
    """Alternatives chosen for open questions."""
    happens: tuple[Any, ...] = (GO_LIVE,)
    """What happens: `go live`, an `okta:` or `workato:` step with `after` or `on`, or `changes`."""
