"""Tables of people, memberships and changes, as the models that scenarios have for them.

A person goes by the Okta username. What refers to somebody may say the username or the email, in any case.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal, get_args

from okta_scenarios.language.models.given import OktaStatus, Person, Profile
from okta_scenarios.language.models.plan import CsvFile
from okta_scenarios.language.problems import Mark, Problem, nearest
from okta_scenarios.language.tables import CsvRow, CsvTable, Wanted, first_of, read_table
from workato_emulator.text import columns
from workato_emulator.text.wording import show

ABOUT_A_PERSON: Mapping[str, frozenset[str]] = {
    "login": columns.LOGIN,
    "email": columns.EMAIL,
    "first_name": columns.FIRST_NAME,
    "last_name": columns.LAST_NAME,
    "display_name": columns.WHOLE_NAME,
    "groups": columns.GROUPS,
    **{name: frozenset({kind}) for kind, name in columns.ATTRIBUTES.items()},
}
PEOPLE = Wanted({**ABOUT_A_PERSON, "status": columns.STATUS}, one_of=("login", "email"))
MEMBERSHIPS = Wanted(
    {"group": columns.GROUP, "login": columns.LOGIN, "email": columns.EMAIL}, ("group",), ("login", "email")
)
CHANGES = Wanted(
    {**ABOUT_A_PERSON, "date": columns.DATE, "change": columns.CHANGE}, ("date", "change"), ("login", "email")
)

What = Literal["join", "move", "leave"]
_WORDS: Mapping[str, What] = {
    **dict.fromkeys(("join", "joiner", "joins", "hire", "new"), "join"),
    **dict.fromkeys(("move", "mover", "moves", "transfer", "update"), "move"),
    **dict.fromkeys(("leave", "leaver", "leaves", "terminate", "offboard"), "leave"),
}
_OUTSIDE = frozenset({"STAGED", "DEPROVISIONED"})
"""States of people whom Okta knows and who join when they are activated."""
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(slots=True)
class People:
    """Who is in one org, by username; `called` finds a username by any name that somebody goes by."""

    persons: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, dict[str, None]] = field(default_factory=dict)
    """The people of each group, in the order in which they are named."""
    lines: dict[str, int] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    shared: list[tuple[str, str]] = field(default_factory=list)
    """People whose email is another's, with that other: a finding and no mistake."""

    def find(self, name: str) -> str | None:
        return self.called.get(_folded(name))

    def add(self, login: str, person: Person, line: int) -> None:
        self.persons[login] = person
        self.lines[login] = line
        self.called[_folded(login)] = login
        email = _folded(person.email or login)
        holder = self.called.setdefault(email, login)
        if holder != login:
            self.shared.append((login, holder))

    def join(self, group: str, login: str) -> None:
        self.groups.setdefault(group, {})[login] = None

    def groups_alike(self) -> Iterator[list[str]]:
        """Names of groups that differ only in case: most likely one group is meant."""
        alike: dict[str, list[str]] = {}
        for group in self.groups:
            alike.setdefault(group.casefold(), []).append(group)
        return (each for each in alike.values() if len(each) > 1)


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """What becomes of somebody on a day.

    `groups` are those that the person is in from then on; None where they stay.
    """

    on: date | datetime
    what: What
    user: str
    mark: Mark
    profile: Profile | None = None
    groups: tuple[str, ...] | None = None


def read_people(file: CsvFile, folder: Path, problems: list[Problem]) -> tuple[People, CsvTable | None]:
    people = People()
    table = read_table(folder / file.csv, PEOPLE, file.headers, problems)
    if table is not None:
        problems.extend(first_of(_take_people(table, people), table.file))
    return people, table


def _take_people(table: CsvTable, people: People) -> Iterator[Problem]:
    for row in table.rows:
        login, person = _person(row)
        wrong = _wrong_with(row, login, person)
        if wrong is not None:
            yield table.problem(row, wrong)
            continue
        status = row["status"].upper().replace(" ", "_") or "ACTIVE"
        if status not in get_args(OktaStatus):
            yield table.problem(
                row, f"unknown state {show(row['status'])} of an Okta user", nearest(status, get_args(OktaStatus))
            )
            continue
        holder = people.called.get(_folded(login))
        if holder is not None and _folded(holder) == _folded(login):
            yield table.problem(row, f"{login} is the username of line {people.lines[holder]}, too")
            continue
        people.add(login, person if status == person.status else person.model_copy(update={"status": status}), row.line)
        for group in _names(row["groups"]):
            people.join(group, login)


def read_memberships(file: CsvFile, folder: Path, people: People, problems: list[Problem]) -> None:
    table = read_table(folder / file.csv, MEMBERSHIPS, file.headers, problems)
    if table is not None:
        problems.extend(first_of(_take_memberships(table, people), table.file))


def _take_memberships(table: CsvTable, people: People) -> Iterator[Problem]:
    for row in table.rows:
        name, group = row["login"] or row["email"], row["group"]
        login = people.find(name)
        if not group:
            yield table.problem(row, "the row names no group")
        elif not name:
            people.groups.setdefault(group, {})
        elif login is None:
            yield table.problem(row, f"unknown person {show(name)}", nearest(name, people.persons))
        else:
            people.join(group, login)


def read_changes(file: CsvFile, folder: Path, people: People, problems: list[Problem]) -> tuple[PlannedChange, ...]:
    """The changes of a table in the order of its rows. Whoever joins in any of them is known in all."""
    table = read_table(folder / file.csv, CHANGES, file.headers, problems)
    if table is None:
        return ()
    found: list[PlannedChange] = []
    problems.extend(first_of(sorted(_take_changes(table, people, found), key=lambda each: each.line), table.file))
    return tuple(sorted(found, key=lambda each: each.mark.line))


def _take_changes(table: CsvTable, people: People, found: list[PlannedChange]) -> Iterator[Problem]:
    joining: set[str] = set()
    left = _first_days_of_leaving(table)
    # Joiners come first: an export may begin with the last day.
    for row in sorted(table.rows, key=lambda row: _WORDS.get(row["change"].lower()) != "join"):
        what = _WORDS.get(row["change"].lower())
        on = _day(row["date"])
        if on is None:
            yield table.problem(row, f"{show(row['date'])} is not a day; write one such as 2026-03-02")
            continue
        if what is None:
            yield table.problem(
                row, f"{show(row['change'])} is not a change; write join, move or leave", nearest(row["change"], _WORDS)
            )
            continue
        name = row["login"] or row["email"]
        known = people.find(name)
        groups = tuple(_names(row["groups"])) or None
        if what != "join":
            if known is None:
                yield table.problem(row, f"unknown person {show(name)}", nearest(name, people.persons))
                continue
            profile = _profile(row) if what == "move" else None
            found.append(PlannedChange(on, what, known, Mark(table.file, row.line, 1), profile, groups))
            continue
        login, person = _person(row)
        wrong = _wrong_with(row, login, person)
        if wrong is None and known is not None and people.persons[known].status not in _OUTSIDE:
            days = (left[each] for each in (_folded(known), _folded(name)) if each in left)
            if all(day > on.isoformat() for day in days):
                wrong = f"{login} joins twice" if known in joining else f"{known} is in the org already"
        if wrong is not None:
            yield table.problem(row, wrong)
            continue
        if known is None:
            joining.add(login)
            people.add(login, person, row.line)
        profile = None if known is None else _profile(row)
        found.append(PlannedChange(on, what, known or login, Mark(table.file, row.line, 1), profile, groups))


def _first_days_of_leaving(table: CsvTable) -> Mapping[str, str]:
    """By each name of whoever leaves."""
    leave = (row for row in table.rows if _WORDS.get(row["change"].lower()) == "leave")
    days = ((day.isoformat(), row) for row in leave if (day := _day(row["date"])) is not None)
    latest_first = sorted(days, key=lambda each: each[0], reverse=True)
    return {_folded(row[name]): day for day, row in latest_first for name in ("login", "email")}


def _person(row: CsvRow) -> tuple[str, Person]:
    login = row["login"] or row["email"]
    name = row["display_name"] or f"{row['first_name']} {row['last_name']}".strip() or login.partition("@")[0]
    email = row["email"] or login
    attributes = {name: row[name] for name in columns.ATTRIBUTES.values() if row[name]}
    profile = Profile(**attributes) if attributes else None
    return login, Person.model_construct(name=name or None, email=email, user_name=login, attributes=profile)


def _wrong_with(row: CsvRow, login: str, person: Person) -> str | None:
    if not login:
        return "the row has neither a login nor an email"
    if _ADDRESS.fullmatch(person.email or "") is None:
        return f"{show(person.email)} is not an email; write one such as ada@example.test"
    return None


def _profile(row: CsvRow) -> Profile | None:
    """What the row says anew about somebody's profile."""
    named = ("email", "first_name", "last_name", "display_name", *columns.ATTRIBUTES.values())
    said = {name: row[name] for name in named if row[name] and (name != "email" or row["login"])}
    return Profile(**said) if said else None


def _names(cell: str) -> Iterator[str]:
    """Group names in one cell, parted by semicolons or lines; by commas where there is neither."""
    parted = re.split(r"[;\n|]", cell) if re.search(r"[;\n|]", cell) else cell.split(",")
    return (name.strip() for name in parted if name.strip())


def _day(text: str) -> date | datetime | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.date()


def _folded(name: str) -> str:
    """As addresses are compared: the case of A to Z does not matter, and nothing else is folded."""
    return name.translate(_LOWER)


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
