"""What a probe is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from okta_scenarios.live.exchange import Json
from okta_scenarios.live.probes.answers import Answers, Check


def _always(_answers: Answers) -> bool:
    return True


BY_HAND = "BY HAND"
"""The method of a step that a person does; its path is the sentence that they are asked by."""


class Kind(StrEnum):
    """What a probe does to the workspace, the harmless first."""

    READ = "read"
    """Only GET."""
    REFUSED = "refused"
    """A write that is refused, or changes nothing whichever way it goes."""
    OBJECTS = "objects"
    """Makes and removes groups, roles, projects and API clients of its own."""
    PEOPLE = "people"
    """Invites and removes people whose mailboxes are one's own."""
    SPECIAL = "special"
    """Spends a quota, fills a plan, or needs a workspace that may be thrown away. Each is asked for by its name."""


class Need(StrEnum):
    """What a probe needs beside the first API client; `settings` says where it is named."""

    TWIN = "twin"
    """A second API client with the same role."""
    NARROW = "narrow"
    """An API client that may list collaborators and nothing else."""
    LISTER = "lister"
    """An API client that may list projects and not delete them."""
    ELSEWHERE = "elsewhere"
    """An API client of another environment than dev."""
    CLIENT_ROLE = "client_role"
    """The name of a client role that allows everything."""
    ENVIRONMENTS = "environments"
    """At least two environments."""
    NO_ENVIRONMENTS = "no_environments"
    """A workspace without environments of its own but dev."""
    NEW_MODEL = "environment_roles"
    LEGACY = "legacy_roles"
    SCIM = "scim"
    """The base URL and the token of SCIM."""
    COLLABORATOR = "collaborator"
    """Somebody of one's own who has been a collaborator for more than 20 minutes."""
    KNOWN = "known"
    """A mailbox of one's own with an account in another workspace."""
    MODERATOR = "moderator"
    LAST_ADMINISTRATOR = "last_administrator"
    ONE_SEAT = "one_seat"
    """A plan with one free seat."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer says of an assumption: the first choice whose check holds, `neither` where none does.

    `when` says whether it says anything at all.
    """

    assumption: str
    choices: Mapping[str, Check]
    when: Check = _always


@dataclass(frozen=True, slots=True)
class Made:
    """What a step makes: how it is removed, and where it is found by its name should the answer be lost."""

    what: str
    remove: str
    """Empty for whom SCIM makes: they are looked for by their mailbox, since no id of SCIM's is sure to remove them."""
    listed: str
    named: str = ""
    """A person who joins has none: the mailbox is known."""


@dataclass(frozen=True, slots=True)
class Step:
    """One request. `$word` in path, query and body is a variable.

    `keeps` names variables by where the answer has them. `may` are the statuses that a write is foreseen to have.
    It is sent so much `later` than the one before; `to_second` waits for a second of the minute.
    A step whose variables are not all known, or whose `only_if` does not hold, is left out.
    """

    name: str
    method: str
    path: str
    query: Mapping[str, Json] = field(default_factory=dict)
    body: Json = None
    headers: Mapping[str, str] = field(default_factory=dict)
    client: str = "full"
    keeps: Mapping[str, str] = field(default_factory=dict)
    reads: tuple[Reading, ...] = ()
    may: frozenset[int] = frozenset()
    makes: Made | None = None
    later: timedelta = timedelta(0)
    to_second: int | None = None
    times: int = 1
    """Sent so often without a pause, and no more after the first 429."""
    hurry: bool = False
    """Sent without waiting for its turn."""
    only_if: Check = _always
    joins: str = ""
    """The mailbox whose owner is a collaborator afterwards, and waited for where a person accepts an invitation."""


@dataclass(frozen=True, slots=True)
class Probe:
    """`mailboxes` is how many of the pool it takes, as `$mail1` and so on; they are nobody's before."""

    id: str
    kind: Kind
    steps: tuple[Step, ...]
    needs: frozenset[Need] = frozenset()
    mailboxes: int = 0
    note: str = ""

    @property
    def settles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.assumption for step in self.steps for each in step.reads))

    @property
    def lasts(self) -> timedelta:
        """How long its waits are."""
        return sum((step.later for step in self.steps), timedelta(0))


def needing(*needs: Need) -> frozenset[Need]:
    return frozenset(needs)


def read(name: str, path: str, **more: Any) -> Step:  # noqa: ANN401  (fields of a Step)
    return Step(name, "GET", path, **more)


def statuses(*codes: int) -> frozenset[int]:
    return frozenset(codes)
