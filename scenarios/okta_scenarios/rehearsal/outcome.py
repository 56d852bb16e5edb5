"""What a rehearsal comes to: a row for each person, and the rollout in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal


class Danger(StrEnum):
    """What somebody should know before it happens, the worst first."""

    DEMOTED = "administrator demoted"
    LOSES_ROLE = "loses a role"
    LOSES_ACCESS = "loses access"
    SOMEBODY_ELSE = "matched to somebody else"
    OVERRIDDEN = "overridden by another org"
    NEVER_REMOVABLE = "will never be removable"


class Fate(StrEnum):
    """What became of somebody at Workato, in a word."""

    FAILED = "failed"
    REMOVED = "removed"
    INVITED = "invited"
    JOINED = "joined"
    LINKED = "linked"
    CHANGED = "changed"
    LEFT_ALONE = "left alone"


State = Literal["collaborator", "invited", "absent"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands in a workspace: the role by environment, and the collaborator groups."""

    state: State = "absent"
    roles: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A role that changed in an environment. None is no role."""

    environment: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened to somebody, and why."""

    at: datetime
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    danger: Danger
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person in one workspace. `person` is the Okta username, or the address of somebody who is not in Okta."""

    person: str
    name: str
    workspace: str
    orgs: tuple[str, ...]
    fate: Fate
    before: Standing
    after: Standing
    changes: tuple[RoleChange, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    tasks: tuple[str, ...]
    history: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the rehearsal. `open_tasks` are the most that were open at once."""

    on: date
    invitations: int = 0
    acceptances: int = 0
    removals: int = 0
    requests: int = 0
    rate_limited: int = 0
    open_tasks: int = 0


@dataclass(frozen=True, slots=True)
class Wait:
    """A time during which some task always waited for the clock."""

    since: datetime
    lasted: timedelta


@dataclass(frozen=True, slots=True)
class SeatCount:
    """Seats of a workspace, those of people who are invited among them."""

    before: int
    most: int
    after: int
    limit: int


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A row that is left on Dashboard > Tasks."""

    org: str
    app: str
    about: str
    kind: str
    state: str
    message: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """Something of the plan that Okta or Workato refused to do."""

    at: datetime
    what: str
    why: str
    place: str


@dataclass(frozen=True, slots=True)
class Outcome:
    title: str
    file: str
    starts: datetime
    ends: datetime
    rows: tuple[Row, ...]
    requests: Mapping[str, int]
    """Requests to Workato by operation."""
    rate_limited: int
    failed_requests: int
    wait: Wait | None
    """The longest time during which some task waited for a limit; None where none ever did."""
    days: tuple[Day, ...]
    seats: Mapping[str, SeatCount]
    tasks: tuple[OpenTask, ...]
    refused: tuple[Refused, ...]
    rules: Mapping[str, int]
    """How often each documented rule decided something."""
    consulted: frozenset[str]
    notes: tuple[str, ...] = ()

    @property
    def total_requests(self) -> int:
        return sum(self.requests.values())

    def with_danger(self, danger: Danger) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if any(each.danger is danger for each in row.findings))

    def refusals(self) -> tuple[tuple[Refused, int], ...]:
        """Each reason once, with the first thing that was refused for it and how many there were."""
        first: dict[str, Refused] = {}
        for each in self.refused:
            first.setdefault(each.why, each)
        return tuple((each, sum(other.why == why for other in self.refused)) for why, each in first.items())

    def fates(self) -> Mapping[Fate, int]:
        """How many people each fate befell, those that befell nobody left out."""
        counts = {fate: sum(row.fate is fate for row in self.rows) for fate in Fate}
        return {fate: count for fate, count in counts.items() if count}
