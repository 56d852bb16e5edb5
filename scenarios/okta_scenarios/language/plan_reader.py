"""A plan's files to a `Plan`, or to everything that is wrong with them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from okta_scenarios.language.complaints import place, read, sound_part
from okta_scenarios.language.models.given import Given
from okta_scenarios.language.models.names import Names
from okta_scenarios.language.models.okta_groups import OktaAssignGroup
from okta_scenarios.language.models.okta_people import OktaAssign
from okta_scenarios.language.models.plan import GO_LIVE, Changes, CsvFile, GoLive, PlanFile, PlannedOrg, Time
from okta_scenarios.language.models.steps import ClaimingStep, Step
from okta_scenarios.language.models.workato_steps import WorkatoCreateRole
from okta_scenarios.language.people_tables import People, PlannedChange, read_changes, read_memberships, read_people
from okta_scenarios.language.plan import Happening, Plan, Seeded, longest
from okta_scenarios.language.plan_world import names_of, roles_of, world_of
from okta_scenarios.language.problems import Mark, Problem, Problems, join_choices, nearest
from okta_scenarios.language.references import check_assumptions, check_given, check_steps, settle
from okta_scenarios.language.scenario import Scenario
from okta_scenarios.language.step_shapes import read_steps
from okta_scenarios.language.vocabulary import Vocabulary
from okta_scenarios.language.yaml_nodes import Row, Table, Value, parse
from workato_emulator.text.error_codes.scenarios import (
    SCN_FILE,
    SCN_PLAN,
    SCN_TOGETHER,
    SCN_UNKNOWN_NAME,
    SCN_VALUE,
    SCN_YAML,
)
from workato_emulator.text.numbers import counted
from workato_emulator.text.wording import show

DAYS_AFTER = timedelta(days=7)


class Written(NamedTuple):
    """A step of the plan, its moment and its place."""

    at: datetime
    step: Step
    mark: Mark


ReadSeed = Callable[[Path], Seeded | list[Problem]]
"""Builds the seed of a file."""


def read_plan(path: Path, vocabulary: Vocabulary, start: datetime, read_seed: ReadSeed) -> Plan | Problems:
    """The plan of a file. `start` is when it starts where it does not say."""
    reader = _Reader(path, vocabulary, start, read_seed)
    plan = reader.read()
    return plan if plan is not None and not reader.problems else Problems.of(reader.told())


@dataclass(slots=True)
class _Reader:
    path: Path
    vocabulary: Vocabulary
    start: datetime
    read_seed: ReadSeed
    joining: dict[str, set[str]] = field(default_factory=dict)
    """Who is in an org only from some day on, by org."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    table: Table = field(init=False)

    def told(self) -> Iterator[Problem]:
        """Each place once: what follows from something else was found after it."""
        first: dict[Mark, Problem] = {}
        for each in self.problems:
            first.setdefault(Mark(each.file, each.line, each.column), each)
        return iter(first.values())

    def read(self) -> Plan | None:
        table = self._table()
        if table is None:
            return None
        self.table = table
        sound, _ = sound_part(PlanFile, table, None)
        read(PlanFile, table, None, "the plan", self.problems)
        if sound is None:
            return None
        self.start = sound.starts or self.start
        seeded = self._seeded(sound)
        orgs = {name: self._org(name, org) for name, org in sound.okta.items()}
        changes = [*self._changes(sound, orgs)]
        if self.problems:  # what is said of people and roles would follow from it
            return None
        given, shorts = world_of(sound, seeded, orgs, self.joining, self.start)
        names = names_of(given, seeded, self.vocabulary, self._steps_of(sound))
        plan = read(PlanFile, table, names, "the plan", self.problems)
        written = [*self._written(sound, names)]
        if plan is None or self.problems:
            return None
        check_assumptions(given, self.vocabulary, self._complain)
        check_given(given, self._complain)
        happenings = [*self._settled(given, [*self._live(plan), *written])]
        happenings += [
            Happening(self._moment(each.on), replace(each, user=shorts[org][each.user]), org, each.mark)
            for org, each in changes
        ]
        self._check_groups(changes, given, self._steps_of(plan))
        happenings.sort(key=lambda each: each.at)
        self._check_roles(given, seeded, happenings)
        world = Scenario(str(self.path), "rehearsal", plan.rehearsal, (), "never", given, (), ())
        shared = {shorts[name][one]: shorts[name][other] for name, org in orgs.items() for one, other in org.shared}
        last = max((each.at for each in happenings), default=self.start)
        ends = self.start + plan.lasts if plan.lasts else last + longest(plan.invitations) + DAYS_AFTER
        self._note_what_is_not_in_time(happenings, ends)
        return Plan(
            world, seeded, tuple(happenings), plan.invitations, ends, tuple(self.notes), shared, self._files(plan)
        )

    def _table(self) -> Table | None:
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            self.problems.append(Problem(str(self.path), 1, 1, f"cannot be read: {error.strerror}", code=SCN_FILE))
            return None
        except UnicodeDecodeError:
            self.problems.append(Problem(str(self.path), 1, 1, "not UTF-8", code=SCN_FILE))
            return None
        value, mark, found = parse(text, str(self.path))
        self.problems.extend(found)
        if not isinstance(value, Table):
            if not found:
                self.problems.append(Problem.at(mark, "a plan is a mapping of keys to values", code=SCN_YAML))
            return None
        return value

    def _seeded(self, plan: PlanFile) -> Seeded | None:
        if plan.workato.seed is None:
            return None
        seeded = self.read_seed(self.path.parent / plan.workato.seed)
        if isinstance(seeded, list):
            self.problems.extend(seeded)
            return None
        return seeded

    # Okta's side

    def _org(self, name: str, org: PlannedOrg) -> People:
        if isinstance(org.people, CsvFile):
            people, table = read_people(org.people, self.path.parent, self.problems)
            if table is not None:
                self._note(name, org.people.csv, table.read, table.unread)
        else:
            people = People()
            for short, person in org.people.items():
                people.add(short, person, 0)
        if isinstance(org.groups, CsvFile):
            read_memberships(org.groups, self.path.parent, people, self.problems)
        else:
            for group, members in org.groups.items():
                people.groups.setdefault(group, {})
                for member in members:
                    people.join(group, people.find(member) or member)
        self.notes.extend(
            f"groups of {name}: {' and '.join(map(repr, alike))} differ only in case, and are different groups"
            for alike in people.groups_alike()
        )
        return people

    def _note(self, org: str, file: str, columns: Mapping[str, str], unread: tuple[str, ...]) -> None:
        as_read = ", ".join(f"{column} from {header!r}" for column, header in columns.items())
        self.notes.append(f"{file}, people of {org}: {as_read}")
        if unread:
            self.notes.append(f"{file}: not read: {', '.join(unread)}")

    def _changes(self, plan: PlanFile, orgs: Mapping[str, People]) -> Iterator[tuple[str, PlannedChange]]:
        """The changes of every table that the plan names, with their org."""
        for item in self._steps_of(plan):
            if "changes" not in item:
                continue
            found = read(Changes, item, None, "changes", self.problems)
            if found is None:
                continue
            org = found.org or next(iter(orgs))
            if found.org is None and len(orgs) > 1:
                message = f"which org? there is {', '.join(orgs)}"
                self.problems.append(Problem.at(item.mark, message, code=SCN_VALUE))
            elif org not in orgs:
                mark = item.value_marks["org"]
                self.problems.append(Problem.at(mark, f"unknown org {org!r}", nearest(org, orgs), SCN_UNKNOWN_NAME))
            else:
                before = {*orgs[org].persons}
                yield from (
                    (org, each) for each in read_changes(found.changes, self.path.parent, orgs[org], self.problems)
                )
                self.joining.setdefault(org, set()).update(orgs[org].persons.keys() - before)

    def _files(self, plan: PlanFile) -> tuple[Path, ...]:
        tables = [each for org in plan.okta.values() for each in (org.people, org.groups) if isinstance(each, CsvFile)]
        changes = [each["changes"] for each in self._steps_of(plan) if "changes" in each]
        named = [plan.workato.seed, *(table.csv for table in tables)]
        named += [str(each.get("csv")) if isinstance(each, Table) else str(each) for each in changes]
        return (self.path, *(self.path.parent / name for name in named if name is not None))

    # What happens

    def _steps_of(self, plan: PlanFile) -> list[Table]:
        return [each for each, _ in self._items(plan) if isinstance(each, Table)]

    def _written(self, plan: PlanFile, names: Names) -> Iterator[Written]:
        """The steps that the plan writes, each with its moment and its place."""
        for item in self._steps_of(plan):
            if "changes" in item or "go_live" in item:
                continue
            foreign = next((key for key in _FOREIGN if key in item), None)
            if foreign is not None:
                self.problems.append(Problem.at(item.key_marks[foreign], _FOREIGN[foreign], code=SCN_TOGETHER))
                continue
            times, rest = _parted(item)
            time = read(Time, times, names, "the time of a step", self.problems)
            for step, _, whole in read_steps(Row.of([rest], [item.mark]), names, self.problems):
                if _expects(step):
                    wrong = "a step of a plan has no `expect` and no `during`: what comes of it is the answer"
                    self.problems.append(Problem.at(item.mark, wrong, code=SCN_TOGETHER))
                elif whole and time is not None:
                    yield Written(self._time(time), step, item.mark)

    def _live(self, plan: PlanFile) -> Iterator[Written]:
        """What the plan assigns, when it goes live."""
        for item, mark in self._items(plan):
            if not isinstance(item, Table) and item != GO_LIVE:
                message = f"{show(item)} is nothing that happens; write {GO_LIVE!r}, a step, or changes"
                self.problems.append(Problem.at(mark, message, nearest(str(item), [GO_LIVE]), SCN_VALUE))
            elif not isinstance(item, Table):
                yield from self._assigned(plan, GoLive(), mark)
            elif "go_live" in item:
                live = read(GoLive, item, None, GO_LIVE, self.problems)
                if live is not None:
                    yield from self._assigned(plan, live, mark)

    def _items(self, plan: PlanFile) -> Iterator[tuple[Value, Mark]]:
        """What happens, item by item, each with its place."""
        written = self.table.get("happens")
        if isinstance(written, Row):
            return iter(zip(written, written.item_marks, strict=True))
        return ((item, self.table.mark) for item in plan.happens)

    def _assigned(self, plan: PlanFile, live: GoLive, mark: Mark) -> Iterator[Written]:
        found = False
        for name, org in plan.okta.items():
            for number, each in enumerate(org.assignments):
                app = each.app or (next(iter(org.apps)) if len(org.apps) == 1 else None)
                if live.org not in {None, name} or live.app not in {None, app} or live.group not in {None, each.group}:
                    continue
                found = True
                about: dict[str, Any] = {
                    "org": name,
                    "app": app,
                    "entitlements": each.entitlements,
                    "roles": each.roles,
                }
                step: Step = (
                    OktaAssign(okta="assign", user=each.user, **about)
                    if each.group is None
                    else OktaAssignGroup(okta="assign_group", group=each.group, **about)
                )
                yield Written(self._time(live), step, place(self.table, ("okta", name, "assignments", number)))
        if not found:
            self.problems.append(Problem.at(mark, "nothing goes live: no assignment fits", code=SCN_TOGETHER))

    def _time(self, time: Time) -> datetime:
        return self._moment(time.on) if time.on is not None else self.start + (time.after or timedelta())

    def _moment(self, on: date | datetime) -> datetime:
        """A day is meant at the hour of the start; what lies before the start happens at the start."""
        return max(self._as_said(on), self.start)

    def _as_said(self, on: date | datetime) -> datetime:
        return on if isinstance(on, datetime) else datetime.combine(on, self.start.timetz())

    def _note_what_is_not_in_time(self, happenings: list[Happening], ends: datetime) -> None:
        early = [
            each
            for each in happenings
            if isinstance(each.does, PlannedChange) and self._as_said(each.does.on) < self.start
        ]
        late = [each for each in happenings if each.at > ends]
        for found, what in (
            (early, "dated before the start, happens at the start"),
            (late, "after the end, is left out"),
        ):
            lines: dict[str, list[int]] = {}
            for each in found:
                lines.setdefault(each.mark.file, []).append(each.mark.line)
            for file, at in lines.items():
                more = f" and {counted(len(at) - 1, 'more row')}" if len(at) > 1 else ""
                self.notes.append(f"{Path(file).name}:{min(at)}{more}: {what}")

    def _settled(self, given: Given, written: list[Written]) -> Iterator[Happening]:
        """The steps with their places filled in."""

        def complain(at: tuple[str | int, ...], message: str, suggestion: str | None, code: str = SCN_TOGETHER) -> None:
            self.problems.append(Problem.at(written[int(at[1])].mark, message, suggestion, code))

        steps = settle([each.step for each in written], given, complain)
        check_steps(steps, given, complain)
        for each, step in zip(written, steps, strict=True):
            yield Happening(each.at, step, getattr(step, "org", None) or "", each.mark)

    def _check_roles(self, given: Given, seeded: Seeded | None, happenings: list[Happening]) -> None:
        """Whether each granted role exists, or is created in a step."""
        steps = [each for each in happenings if isinstance(each.does, Step)]
        made = {each.does.role for each in steps if isinstance(each.does, WorkatoCreateRole)}
        for each in steps:
            app = getattr(each.does, "app", None)
            workspace = given.okta[each.org].apps[app].workspace if app and each.org else None
            if workspace is None:
                continue
            roles = {*roles_of(given, seeded, workspace), *made}
            granted = (getattr(each.does, key, None) or {} for key in ("entitlements", "roles"))
            for role in (role for by_environment in granted for role in by_environment.values()):
                if role not in roles:
                    message = f"unknown role {role!r} in {workspace}"
                    there = "" if nearest(role, roles) else f"; there is {join_choices(roles)}"
                    self.problems.append(Problem.at(each.mark, f"{message}{there}", nearest(role, roles), SCN_PLAN))

    def _check_groups(self, changes: list[tuple[str, PlannedChange]], given: Given, steps: list[Table]) -> None:
        """Whether the groups exist that people move to, or are made in a step."""
        made = {str(each.get(key)) for each in steps for key in ("group", "to") if each.get(key) is not None}
        for org, change in changes:
            groups = {*given.okta[org].groups, *made}
            self.problems.extend(
                Problem.at(change.mark, f"unknown group {group!r}", nearest(group, groups), SCN_UNKNOWN_NAME)
                for group in change.groups or ()
                if group not in groups
            )

    def _complain(
        self, at: tuple[str | int, ...], message: str, suggestion: str | None, code: str = SCN_TOGETHER
    ) -> None:
        """Note what is wrong with the given world, at its place in the plan."""
        path = at[1:] if at[:1] == ("given",) else at
        path = ("workato", *path) if path[:1] == ("workspaces",) else path
        self.problems.append(Problem.at(place(self.table, path), message, suggestion, code))


def _parted(item: Table) -> tuple[Table, Table]:
    """The time of a step, and the step as scenarios have it."""
    times, rest = Table(item.mark), Table(item.mark)
    for key, value in item.items():
        (times if key in Time.model_fields else rest).put(key, value, item.key_marks[key], item.value_marks[key])
    return times, rest


_FOREIGN = {
    "clock": "a plan has no `clock:` step; write `after` or `on` at what happens",
    "call": "a plan has no `call:` step",
    "check": "a plan has no `check:` step: what comes of it is the answer",
}
"""Kinds of steps that scenarios have and plans have not."""


def _expects(step: Step) -> bool:
    return isinstance(step, ClaimingStep) and (step.expect is not None or getattr(step, "during", None) is not None)
