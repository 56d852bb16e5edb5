"""What was seen on live tenants: a file that `live drift` writes, and that settles assumptions.

Sightings that disagree keep their question open. What was seen long ago is still taken, and shown as old.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import msgspec

from workato_emulator.domain.assumptions import Assumption, UnknownAssumption, choices_from

OLD = timedelta(days=180)
"""Workato releases every few weeks: what nobody has looked at for so long may be another way by now."""


class ObservedProblem(Exception):
    """What is wrong with the file, and where."""


class Sighting(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """That an assumption's question was answered so, there and then."""

    assumption: str
    date: dt.date
    data_center: str
    value: str
    permission_model: str = ""

    def is_old(self, today: dt.date) -> bool:
        return today - self.date > OLD

    def in_words(self, today: dt.date) -> str:
        old = f", more than {OLD.days} days ago" if self.is_old(today) else ""
        return f"seen {self.date.isoformat()}, {self.data_center}{old}"


class Observed(msgspec.Struct, frozen=True):
    """Everything that was seen."""

    sightings: tuple[Sighting, ...] = ()

    def of(self, assumption: str) -> tuple[Sighting, ...]:
        return tuple(each for each in self.sightings if each.assumption == assumption)

    def is_open(self, assumption: str) -> bool:
        """Whether it was seen one way here and another way there."""
        return len({each.value for each in self.of(assumption)}) > 1

    def choices(self) -> dict[str, str]:
        """What is settled: every assumption of which all sightings agree."""
        return {each.assumption: each.value for each in self.sightings if not self.is_open(each.assumption)}

    def texts(self) -> tuple[str, ...]:
        """The same as a command line has them, `NAME=VALUE`."""
        return tuple(f"{name}={value}" for name, value in self.choices().items())

    def newest(self, assumption: str) -> Sighting | None:
        return max(self.of(assumption), key=lambda each: each.date, default=None)

    def and_(self, others: Iterable[Sighting]) -> "Observed":
        """These and others; of one assumption, day and data center the later word counts."""
        found = {(each.assumption, each.date, each.data_center): each for each in (*self.sightings, *others)}
        return Observed(tuple(sorted(found.values())))


def read_observed(file: Path, today: dt.date, others: Iterable[Assumption] = ()) -> Observed:
    """Raises `ObservedProblem`. `others` are questions that are not about Workato."""
    try:
        document = tomllib.loads(file.read_text("utf-8"))
        found = msgspec.convert(document.get("seen", []), tuple[Sighting, ...])
        unknown = sorted(document.keys() - {"seen"})
        choices_from((f"{each.assumption}={each.value}" for each in found), others)
    except OSError as error:
        raise ObservedProblem(f"{file} cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ObservedProblem(f"{file} is not TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise ObservedProblem(f"{file}: seen: {error}") from None
    except UnknownAssumption as error:
        raise ObservedProblem(f"{file}: {error}") from None
    if unknown:
        raise ObservedProblem(f"{file}: unknown key {unknown[0]!r}; a sighting begins with [[seen]]")
    early = next((number for number, each in enumerate(found) if each.date > today), None)
    if early is not None:
        raise ObservedProblem(
            f"{file}: seen[{early}].date: {found[early].date} is in the future; today is {today} (UTC)"
        )
    return Observed(tuple(sorted(found)))


def observed_text(observed: Observed) -> str:
    """The file's text."""
    lines = ["# Written by `workato-emulator live drift`. Commands take it with --assume-file."]
    for each in observed.sightings:
        lines += ["", "[[seen]]", f'assumption = "{each.assumption}"', f'value = "{each.value}"']
        lines += [f"date = {each.date.isoformat()}", f'data_center = "{each.data_center}"']
        lines += [f'permission_model = "{each.permission_model}"'] if each.permission_model else []
    return "\n".join(lines) + "\n"
