"""What a scenario asks of the place where it plays."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

import httpx

from okta_connector.folding import fold
from workato_emulator import Seat, Secrets


class Ability(StrEnum):
    """What a scenario may ask of a target beside answers of the Developer API."""

    BEGIN = "begin with what is given"
    MOVE_TIME = "move time"
    FAIL = "fail on purpose"
    ACT_BY_HAND = "do by itself what people do in Workato's own pages"
    CHOOSE_ADDRESS = "be called from a chosen address"
    SHOW_STATE = "show everything that changed"
    SUSPEND_RULES = "suspend a rule"


EVERYTHING = frozenset(Ability)
"""What an emulator can do."""


class LiveTerms(NamedTuple):
    """What a live workspace allows: whether anything may be written, and how much of what there is."""

    writes: bool
    patience: timedelta
    mailboxes: int
    environments: frozenset[str]
    permission_model: str


class CannotBegin(Exception):
    """The service cannot be as it is given."""


class TargetUnusable(Exception):
    """Nothing can be played at this target, for this reason."""


class Service(Protocol):
    """Workato, in the state that a scenario is given. Nobody but the scenario plays there."""

    @property
    def transport(self) -> httpx.BaseTransport:
        """The way to the Developer API. A request may go to any of Workato's hosts."""

    def transport_from(self, address: str) -> httpx.BaseTransport:
        """The same way for a caller with this IP address."""

    def now(self) -> datetime:
        """The service's time, which stands still until it is moved."""

    def move_clock(self, to: datetime) -> None:
        """Make it this time at the service."""

    def control(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask the control plane."""

    def export(self) -> Mapping[str, Any]:
        """Workato's side as a seed document, not to be changed; the same object while nothing is different."""

    def seats(self, workspace: str) -> Mapping[str, Seat]:
        """Who is in a workspace and who is invited, by folded email; the same object while nothing is different."""

    def consulted(self) -> frozenset[str]:
        """The assumptions that anything here may have hung on so far; all of them where that cannot be seen."""

    def secrets(self, also: Iterable[str]) -> Secrets:
        """Takes the tokens that there are and were, and these too, out of whatever is to be shown."""


class Target(Protocol):
    """A place where scenarios play."""

    @property
    def name(self) -> str:
        """The place, as a report names it."""

    @property
    def abilities(self) -> frozenset[Ability]:
        """What it can do. A scenario that needs anything else is not playable there."""

    @property
    def terms(self) -> LiveTerms | None:
        """What it allows, where it is a live workspace."""

    def begin(self, document: Mapping[str, Any], *, at: datetime, ids_seed: int) -> Service:
        """Workato as the seed document says, at this time. Equal arguments and equal requests give equal answers.

        Raises `CannotBegin`.
        """


def seats_in(export: Mapping[str, Any], workspace: str) -> Mapping[str, Seat]:
    """Who is in a workspace of an export, and who is invited."""
    there = export["workspaces"][workspace]
    rows = ((row, part == "invitations") for part in ("invitations", "collaborators") for row in there[part])
    return {
        fold(row["email"]): Seat(
            row["email"],
            row["name"],
            row["roles"],
            tuple(row["groups"]),
            pending,
            None if pending else str(row["id"]),
        )
        for row, pending in rows
    }
