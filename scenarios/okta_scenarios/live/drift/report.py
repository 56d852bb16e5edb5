"""The drift report: as text, as Markdown, as data."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from okta_scenarios.assumptions import okta_assumptions
from okta_scenarios.live.drift.fields import FieldDrift, field_drift
from okta_scenarios.live.drift.verdicts import AssumptionDrift, Status, assumption_drift
from okta_scenarios.live.recording import Recorded
from workato_emulator import assumptions, counted
from workato_emulator.observed import Sighting

_ORDER = (Status.DIFFERS, Status.NEITHER, Status.OPEN, Status.AGREES, Status.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Drift:
    """What recordings come to, looked at `today`."""

    assumptions: tuple[AssumptionDrift, ...]
    fields: tuple[FieldDrift, ...]
    today: date

    @property
    def differs(self) -> bool:
        """Whether anything was seen that is not as assumed or written."""
        return bool(self.fields) or any(
            each.status not in {Status.AGREES, Status.NOT_ASKED} for each in self.assumptions
        )

    def with_status(self, status: Status) -> tuple[AssumptionDrift, ...]:
        return tuple(each for each in self.assumptions if each.status is status)

    @property
    def sightings(self) -> tuple[Sighting, ...]:
        return tuple(seen for each in self.assumptions if each.status is not Status.NEITHER for seen in each.sightings)

    def text(self) -> str:
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        for status in _ORDER:
            for each in self.with_status(status):
                yield f"{status.value:9}  {each.assumption.id}  {self._about(each)}"
                yield from (f"             {_body(answer)}" for answer in each.answers)
        for found in self.fields:
            where = f"{found.operation} {found.status} {found.field}".rstrip()
            yield f"{found.what}  {where}{_times(found.times)}"
        yield ""
        yield self._sum()

    def _about(self, each: AssumptionDrift) -> str:
        if each.status is Status.NOT_ASKED:
            return f"assumed {each.assumption.default}; {each.why}"
        places = ", ".join(f"{seen.value} {seen.in_words(self.today)}" for seen in each.sightings)
        switch = f"; --assume {each.assumption.id}={each.seen}" if each.status is Status.DIFFERS else ""
        return f"assumed {each.assumption.default}{f'; {places}' if places else ''}{switch}"

    def _sum(self) -> str:
        counts = ", ".join(f"{len(self.with_status(status))} {status.value}" for status in _ORDER)
        fields = f"{counted(len(self.fields), 'difference')} from the contract"
        return f"{counted(len(self.assumptions), 'assumption')}: {counts}; {fields}"

    def markdown(self) -> str:
        rows = [
            f"| {each.status.value} | {each.assumption.id} | {each.assumption.default} | {each.seen or '-'} | "
            f"{'; '.join(seen.in_words(self.today) for seen in each.sightings) or each.why or '-'} |"
            for status in _ORDER
            for each in self.with_status(status)
        ]
        lines = ["# Drift", "", self._sum(), "", "| status | assumption | assumed | seen | when and where |"]
        lines += ["| --- | --- | --- | --- | --- |", *rows]
        if self.fields:
            lines += ["", "| operation | status | field | what | times |", "| --- | --- | --- | --- | --- |"]
            lines += [
                f"| {each.operation} | {each.status} | {each.field or '-'} | {each.what} | {each.times} |"
                for each in self.fields
            ]
        return "\n".join(lines) + "\n"

    def json(self) -> str:
        found = {
            "assumptions": [self._entry(each) for each in self.assumptions],
            "fields": [each._asdict() for each in self.fields],
            "differs": self.differs,
        }
        return json.dumps(found, indent=2, ensure_ascii=False) + "\n"

    def _entry(self, each: AssumptionDrift) -> Mapping[str, Any]:
        return {
            "id": each.assumption.id,
            "status": each.status.value,
            "assumed": each.assumption.default,
            "seen": [
                {
                    "value": seen.value,
                    "date": seen.date.isoformat(),
                    "data_center": seen.data_center,
                    "old": seen.is_old(self.today),
                }
                for seen in each.sightings
            ],
            "answers": list(each.answers),
            "why": each.why,
        }


def drift_of(recordings: Sequence[Recorded], today: date) -> Drift:
    """What was recorded of an Okta speaks of Okta's assumptions, and everything else of Workato's and its contract."""
    of_okta = [each for each in recordings if each.about.okta_app]
    of_workato = [each for each in recordings if not each.about.okta_app]
    found = (
        *(assumption_drift(each, of_workato) for each in (assumptions() if of_workato else ())),
        *(assumption_drift(each, of_okta) for each in (okta_assumptions() if of_okta else ())),
    )
    return Drift(found, field_drift(of_workato), today)


def _body(answer: Mapping[str, Any]) -> str:
    first = answer["status"] if "status" in answer else f"{answer['method']} {answer['path']}"
    return f"{first} {json.dumps(answer['body'], ensure_ascii=False)}"


def _times(times: int) -> str:
    return f" ({times} times)" if times > 1 else ""
