"""Per assumption: what was assumed, and what was seen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from okta_scenarios.live.exchange import NEITHER
from okta_scenarios.live.okta_side import WITNESSES
from okta_scenarios.live.probes import UNREACHED, settled_by
from okta_scenarios.live.recording import Recorded
from workato_emulator import Assumption
from workato_emulator.observed import Sighting


class Status(StrEnum):
    AGREES = "agrees"
    """The default was seen."""
    DIFFERS = "differs"
    """An alternative was seen."""
    NEITHER = "neither"
    """Something else was seen: an alternative is missing."""
    OPEN = "open"
    """One thing was seen here and another there."""
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class AssumptionDrift:
    """`sightings` are what was seen, the newest first; `answers` are what fitted no alternative: of Okta, its requests.

    `why` is why it was not asked.
    """

    assumption: Assumption
    status: Status
    sightings: tuple[Sighting, ...] = ()
    answers: tuple[Mapping[str, Any], ...] = ()
    why: str = ""

    @property
    def seen(self) -> str:
        return ", ".join(dict.fromkeys(each.value for each in self.sightings))


def assumption_drift(assumption: Assumption, recordings: Sequence[Recorded]) -> AssumptionDrift:
    """What all of these recordings say of it."""
    said = [(each, verdict, exchange) for each in recordings for verdict, exchange in _said(assumption.id, each)]
    strange = tuple(
        exchange["request" if recorded.about.okta_app else "response"]
        for recorded, verdict, exchange in said
        if verdict == NEITHER
    )
    sightings = {
        Sighting(
            assumption.id,
            date.fromisoformat(recorded.about.date),
            recorded.about.data_center,
            verdict,
            recorded.about.permission_model,
        )
        for recorded, verdict, _ in said
        if verdict != NEITHER
    }
    ordered = tuple(sorted(sightings, key=lambda each: (each.date, each.data_center, each.value), reverse=True))
    values = {each.value for each in ordered}
    if strange:
        status = Status.NEITHER
    elif len(values) > 1:
        status = Status.OPEN
    elif not values:
        status = Status.NOT_ASKED
    else:
        status = Status.AGREES if values == {assumption.default} else Status.DIFFERS
    why = "" if said else _why_not(assumption, recordings)
    return AssumptionDrift(assumption, status, ordered, strange, why)


def _said(assumption: str, recorded: Recorded) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for exchange in recorded.exchanges:
        verdict = exchange["verdicts"].get(assumption)
        if verdict is not None:
            yield str(verdict), exchange


def _why_not(assumption: Assumption, recordings: Sequence[Recorded]) -> str:
    told = [each.about.unreachable[assumption.id] for each in recordings if assumption.id in each.about.unreachable]
    if told:
        return told[0]
    if any(each.about.okta_app for each in recordings):
        seen = "no request said it" if assumption.id in WITNESSES else "no request at the door says it"
        return f"{seen}; {assumption.probe}"
    probes = settled_by().get(assumption.id, ())
    return f"no answer said it; probes {', '.join(probes)}" if probes else UNREACHED[assumption.id]
