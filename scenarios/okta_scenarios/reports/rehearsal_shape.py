"""The published shape of a rehearsal's JSON report: `rehearsal.schema.json` is made from these models."""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import ConfigDict

from okta_scenarios.language.models.described import Described
from okta_scenarios.rehearsal.outcome import Danger, Fate, State


class _Part(Described):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, from_attributes=True)


class StandingEntry(_Part):
    """How somebody stands in a workspace."""

    state: State
    """Whether the person is in, invited, or neither."""
    roles: Mapping[str, str]
    """The role by environment."""
    groups: tuple[str, ...]
    """Collaborator groups."""


class RoleChangeEntry(_Part):
    environment: str
    before: str | None
    """The role before; null for none."""
    after: str | None
    """The role after; null for none."""


class FindingEntry(_Part):
    """Something dangerous about a person's row."""

    danger: Danger
    why: str


class HistoryEntry(_Part):
    at: datetime
    what: str
    """What happened."""
    why: str
    """What it came of."""


class PersonEntry(_Part):
    """One person in one workspace."""

    person: str
    """The Okta username, or the address of somebody who is not in Okta."""
    name: str
    workspace: str
    """The workspace; empty for somebody whom nothing concerns."""
    orgs: tuple[str, ...]
    """The Okta orgs that the person is in."""
    fate: Fate
    """What became of the person, in a word."""
    before: StandingEntry
    after: StandingEntry
    changes: tuple[RoleChangeEntry, ...]
    """The roles that are different in the end."""
    findings: tuple[FindingEntry, ...]
    """What is dangerous, the worst first."""
    notes: tuple[str, ...]
    tasks: tuple[str, ...]
    """Texts of Okta's open tasks about the person."""
    history: tuple[HistoryEntry, ...]
    """What happened to the person; of a long history, the end."""


class DayEntry(_Part):
    on: date
    invitations: int
    acceptances: int
    removals: int
    requests: int
    rate_limited: int
    """Requests that were answered 429."""
    open_tasks: int
    """The most tasks that were open at once."""


class SeatsEntry(_Part):
    """Seats of a workspace, those of people who are invited among them."""

    before: int
    most: int
    after: int
    limit: int


class TaskEntry(_Part):
    """A row that is left on Dashboard > Tasks."""

    org: str
    app: str
    about: str
    kind: str
    state: str
    message: str
    since: datetime


class RefusedEntry(_Part):
    """Something of the plan that Okta or Workato refused."""

    at: datetime
    what: str
    why: str
    place: str
    """File and line in the plan or its tables."""


class WaitEntry(_Part):
    since: datetime
    seconds: float


class DifferenceEntry(_Part):
    """Somebody who fares otherwise."""

    person: str
    workspace: str
    how: tuple[str, ...]


class ComparisonEntry(_Part):
    sums: tuple[str, ...]
    """How many people fare otherwise in which way."""
    totals: tuple[str, ...]
    """Numbers that are different."""
    people: tuple[DifferenceEntry, ...]


class AlternativeEntry(_Part):
    """What an alternative of an assumption would change."""

    assumption: str
    question: str
    assumed: str
    alternative: str
    impossible: str | None
    """Why the world cannot be so at all; null where it can."""
    comparison: ComparisonEntry


class RuleEntry(_Part):
    id: str
    statement: str
    times: int
    """How often it decided something."""


class RehearsalReport(_Part):
    """A rehearsal. Dangerous people come first."""

    title: str
    plan: str
    """The plan's file."""
    starts: datetime
    ends: datetime
    version: str
    people: tuple[PersonEntry, ...]
    fates: Mapping[Fate, int]
    requests: Mapping[str, int]
    """Requests to Workato by operation."""
    rate_limited: int
    failed_requests: int
    """Requests that failed otherwise than for their number."""
    longest_wait: WaitEntry | None
    """The longest time during which some task waited for a limit."""
    days: tuple[DayEntry, ...]
    seats: Mapping[str, SeatsEntry]
    """By workspace."""
    tasks: tuple[TaskEntry, ...]
    refused: tuple[RefusedEntry, ...]
    rules: tuple[RuleEntry, ...]
    """The rules of Okta's page that decided something."""
    assumed: Mapping[str, str]
    """Assumptions that the command line settled."""
    consulted: tuple[str, ...]
    """Assumptions that the outcome may hang on."""
    alternatives: tuple[AlternativeEntry, ...]
    """Alternatives under which somebody fares otherwise."""
    harmless: int
    """Alternatives under which nobody does."""
    untried: int
    """Alternatives that were not played."""
    against_plan: str | None
    against: ComparisonEntry | None
    """What is different from the plan that this one was compared with."""
    notes: tuple[str, ...]
