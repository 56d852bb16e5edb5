"""Two outcomes of rehearsals held against each other: who fares otherwise, and what is different in numbers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from okta_scenarios.language.durations import duration_in_words
from okta_scenarios.rehearsal.outcome import Outcome, Row
from workato_emulator import counted


@dataclass(frozen=True, slots=True)
class Difference:
    """Somebody who fares otherwise in the second outcome, and how, in words such as `loses prod`."""

    person: str
    workspace: str
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    people: tuple[Difference, ...]
    totals: tuple[str, ...]

    @property
    def sums(self) -> tuple[str, ...]:
        """How many people fare otherwise in which way: `14 people lose prod`."""
        counts = Counter(how for each in self.people for how in each.how)
        return tuple(_sum(how, count) for how, count in counts.most_common())


_PLURALS = {
    "loses": "lose",
    "gains": "gain",
    "has": "have",
    "fails": "fail",
    "is": "are",
    "appears": "appear",
    "disappears": "disappear",
}


def _sum(how: str, count: int) -> str:
    verb, _, rest = how.partition(" ")
    said = how if count == 1 else f"{_PLURALS.get(verb, verb)} {rest}".rstrip()
    return f"{counted(count, 'person', 'people')} {said}"


def compare(first: Outcome, second: Outcome) -> Comparison:
    """What is different in the second."""
    before, after = _by_person(first), _by_person(second)
    people = tuple(
        Difference(row.person, row.workspace, how)
        for key, row in {**before, **after}.items()
        if (how := tuple(_differences(before.get(key), after.get(key))))
    )
    return Comparison(people, tuple(_totals(first, second)))


def _by_person(outcome: Outcome) -> Mapping[tuple[str, str], Row]:
    return {(row.workspace, row.person): row for row in outcome.rows}


def _differences(before: Row | None, after: Row | None) -> Iterator[str]:
    if after is None or before is None:
        yield "appears" if before is None else "disappears"
        return
    was, now = before.after, after.after
    if was.state != now.state:
        yield f"is {now.state} instead of {was.state}"
    yield from _other_roles(was.roles, now.roles)
    if was.groups != now.groups:
        yield "is in other groups"
    if bool(before.tasks) != bool(after.tasks):
        yield "fails" if after.tasks else "no longer fails"
    dangers, others = ({each.danger for each in row.findings} for row in (before, after))
    yield from (f"is in danger: {danger}" for danger in sorted(others - dangers))
    yield from (f"is out of danger: {danger}" for danger in sorted(dangers - others))


def _other_roles(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for environment in sorted(was.keys() | now.keys()):
        had, has = was.get(environment), now.get(environment)
        if had == has:
            continue
        if has is None:
            yield f"loses {environment}"
        else:
            yield f"gains {environment}" if had is None else f"has {has} in {environment} instead of {had}"


def _totals(first: Outcome, second: Outcome) -> Iterator[str]:
    numbers = (
        ("requests", first.total_requests, second.total_requests),
        ("requests refused with 429", first.rate_limited, second.rate_limited),
        ("tasks that need a hand", len(first.tasks), len(second.tasks)),
        ("longest wait for a limit", _lasted(first), _lasted(second)),
        ("things refused", len(first.refused), len(second.refused)),
    )
    for what, one, other in numbers:
        if one != other:
            yield f"{what}: {one} → {other}"
    for workspace in sorted(first.seats.keys() & second.seats.keys()):
        most, others = first.seats[workspace].most, second.seats[workspace].most
        if most != others:
            yield f"most seats in {workspace}: {most} → {others}"


def _lasted(outcome: Outcome) -> str:
    return "none" if outcome.wait is None else duration_in_words(outcome.wait.lasted)
