"""Looking on while a rehearsal is played: what went over the wire, what the logs say, who came and who went."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from okta_connector.folding import fold
from okta_org import EventType, LogEvent, LogOutcome, TaskState
from okta_scenarios.play.harness import Harness
from okta_scenarios.rehearsal.outcome import Day, Entry, RoleChange, SeatCount, Wait
from workato_emulator import Seat, operation_of

TOO_MANY, REFUSED = 429, 400
MOST_PATHS = 10_000
"""Paths whose operations are remembered: every member has one."""
_PUSHES = frozenset({EventType.PUSH_NEW_USER, EventType.PUSH_PROFILE, EventType.PUSH_DEACTIVATION})
_FAILED_FOR = _PUSHES | {EventType.APP_MEMBERSHIP_ADD}


Pushed = Mapping[tuple[str, str], Sequence[tuple[str, str]]]
"""The orgs and apps that pushed somebody, by workspace and folded address."""


class Turn(NamedTuple):
    """What changed for one seat: before, after, who pushed it there if anybody did, and why."""

    at: datetime
    before: Seat | None
    after: Seat | None
    by: tuple[tuple[str, str], ...]
    """The orgs and apps that pushed the person just then."""
    why: str


@dataclass(slots=True)
class Watch:
    """Call `look` after everything that may have changed something."""

    harness: Harness
    turns: dict[tuple[str, str], list[Turn]] = field(default_factory=lambda: defaultdict(list))
    """By workspace and folded address."""
    entries: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    """What Okta's log says of a person, by short name."""
    assigned: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    """The apps that a person has or had, by short name."""
    requests: Counter[str] = field(default_factory=Counter)
    rate_limited: int = 0
    failed_requests: int = 0
    waiting_since: datetime | None = None
    longest_wait: Wait | None = None
    invited: list[tuple[str, str]] = field(default_factory=list)
    """Invitations since the last look: workspace and folded address."""
    _days: dict[date, Day] = field(default_factory=dict)
    _seen: dict[str, Mapping[str, Seat]] = field(default_factory=dict)
    _logged: dict[str, int] = field(default_factory=dict)
    _operations: dict[tuple[str, str], str] = field(default_factory=dict)
    _most: Counter[str] = field(default_factory=Counter)
    start: Mapping[str, Mapping[str, Seat]] = field(default_factory=dict)

    def begin(self) -> None:
        """Take note of how things are."""
        self._seen = {slug: self.harness.service.seats(slug) for slug in self.workspaces}
        self.start = dict(self._seen)
        self._logged = {name: len(org.log) for name, org in self.harness.orgs.items()}
        self._most = Counter({slug: len(seats) for slug, seats in self._seen.items()})
        self.invited = [
            (slug, key) for slug, seats in self._seen.items() for key, seat in seats.items() if seat.pending
        ]

    @property
    def workspaces(self) -> Iterable[str]:
        return self.harness.given.workspaces

    def look(self, why: str) -> None:
        """Take note of what is different, and of why."""
        now = self.harness.now()
        self._look_at_the_wire(now)
        pushed = self._look_at_the_logs(why)
        for slug in self.workspaces:
            seats = self.harness.service.seats(slug)
            before, self._seen[slug] = self._seen[slug], seats
            if seats is not before:
                self._compare(slug, before, seats, now, pushed, why)
                self._most[slug] = max(self._most[slug], len(seats))
        self._look_at_the_tasks(now)

    def _look_at_the_wire(self, now: datetime) -> None:
        exchanges = self.harness.recorder.take()
        limited = sum(each.status == TOO_MANY for each in exchanges)
        for each in exchanges:
            self.requests[self._operation(each.method, each.path.partition("?")[0])] += 1
            self.failed_requests += each.status is None or (each.status >= REFUSED and each.status != TOO_MANY)
        self.rate_limited += limited
        if exchanges:
            day = self._day(now)
            self._days[now.date()] = replace(
                day, requests=day.requests + len(exchanges), rate_limited=day.rate_limited + limited
            )

    def _operation(self, method: str, path: str) -> str:
        place = method, path
        if place not in self._operations:
            if len(self._operations) > MOST_PATHS:
                self._operations.clear()
            self._operations[place] = operation_of(method, path) or f"{method} {path}"
        return self._operations[place]

    def _look_at_the_logs(self, why: str) -> Pushed:
        """Note what is said of people. Returns the orgs and apps that pushed somebody to a seat."""
        pushed: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for name, org in self.harness.orgs.items():
            log = org.log
            for event in log[self._logged[name] :]:
                self._note(name, event, why)
                if event.type in _PUSHES and event.outcome is LogOutcome.SUCCESS:
                    user, app = event.targets[:2]
                    pushed[self.seat_of(user, name, app)].append((name, app))
            self._logged[name] = len(log)
        return pushed

    def _note(self, org: str, event: LogEvent, why: str) -> None:
        if len(event.targets) < 2:  # noqa: PLR2004  (a person and an app)
            return
        user, app = event.targets[:2]
        place = f"{org}, {app}"
        if event.type is EventType.APP_MEMBERSHIP_ADD:
            self.assigned[user].add((org, app))
        if event.warning:
            self._add(user, Entry(event.at, f"warning of {place}: {event.detail}", why))
        elif event.type in _FAILED_FOR and event.outcome is LogOutcome.FAILURE:
            self._add(user, Entry(event.at, f"failed in {place}: {event.detail}", why))
        elif event.type is EventType.PUSH_NEW_USER and self._is_in(org, user, app):
            self._add(user, Entry(event.at, f"linked by {place}", why))
        elif event.type is EventType.IMPORT_USER_MATCH_CONFIRM:
            self._add(user, Entry(event.at, f"an import of {place} links an account in Workato", why))
        elif event.type is EventType.IMPORT_ENTITLEMENT_MISMATCH:
            self._add(user, Entry(event.at, f"an import of {place} finds other roles than Okta grants", why))

    def _is_in(self, org: str, user: str, app: str) -> bool:
        """Whether the person was a collaborator at the last look."""
        workspace, key = self.seat_of(user, org, app)
        seat = self._seen[workspace].get(key)
        return seat is not None and not seat.pending

    def seat_of(self, user: str, org: str, app: str) -> tuple[str, str]:
        """The workspace and the folded address by which an app knows somebody, or did before it lost them."""
        workspace = self.harness.connections[org, app].workspace
        held = self.harness.orgs[org].users.get(user)
        login = self.harness.people[user].user_name if held is None else held.login
        return workspace, fold(self.harness.addresses.invitation_address(workspace, user) or login)

    def _add(self, user: str, entry: Entry) -> None:
        """Of a failure that comes again and again, the first and the last are kept."""
        told = self.entries[user]
        if len(told) > 1 and told[-1].what.split(":")[0] == told[-2].what.split(":")[0] == entry.what.split(":")[0]:
            told[-1] = entry
        else:
            told.append(entry)

    def _compare(
        self,
        slug: str,
        before: Mapping[str, Seat],
        after: Mapping[str, Seat],
        now: datetime,
        pushed: Pushed,
        why: str,
    ) -> None:
        day = self._day(now)
        for key in (*after, *(key for key in before if key not in after)):
            had, has = before.get(key), after.get(key)
            if had is has or had == has:
                continue
            self.turns[slug, key].append(Turn(now, had, has, tuple(pushed.get((slug, key), ())), why))
            if has is not None and has.pending and (had is None or not had.pending):
                self.invited.append((slug, key))
                day = replace(day, invitations=day.invitations + 1)
            elif has is not None and had is not None and had.pending and not has.pending:
                day = replace(day, acceptances=day.acceptances + 1)
            elif has is None and had is not None and not had.pending:
                day = replace(day, removals=day.removals + 1)
        self._days[now.date()] = day

    def _look_at_the_tasks(self, now: datetime) -> None:
        tasks = [task for org in self.harness.orgs.values() for task in org.value.tasks.in_order()]
        day = self._day(now)
        if len(tasks) > day.open_tasks:
            self._days[now.date()] = replace(day, open_tasks=len(tasks))
        waits = any(task.state is TaskState.PAUSED for task in tasks)
        if self.waiting_since is not None and (
            self.longest_wait is None or now - self.waiting_since > self.longest_wait.lasted
        ):
            self.longest_wait = Wait(self.waiting_since, now - self.waiting_since)
        self.waiting_since = (self.waiting_since or now) if waits else None

    def _day(self, now: datetime) -> Day:
        """The day so far. A new one begins with the tasks that were open."""
        held = self._days.get(now.date())
        if held is None:
            tasks = sum(len(org.value.tasks) for org in self.harness.orgs.values())
            held = self._days[now.date()] = Day(now.date(), open_tasks=tasks)
        return held

    def days(self) -> Iterator[Day]:
        """Every day from the first to the last, those on which nothing happened too."""
        tasks = 0
        on, last = self.harness.start.date(), self.harness.now().date()
        while on <= last:
            day = self._days.get(on, Day(on, open_tasks=tasks))
            tasks = day.open_tasks
            yield day
            on += timedelta(days=1)

    def seat_counts(self, limits: Mapping[str, int]) -> Mapping[str, SeatCount]:
        return {
            slug: SeatCount(len(self.start[slug]), self._most[slug], len(seats), limits[slug])
            for slug, seats in self._seen.items()
        }


def role_changes(before: Seat | None, after: Seat | None) -> tuple[RoleChange, ...]:
    """The roles that are different, environment by environment."""
    had, has = ({} if seat is None else seat.roles for seat in (before, after))
    return tuple(
        RoleChange(each, had.get(each), has.get(each))
        for each in sorted(had.keys() | has.keys())
        if had.get(each) != has.get(each)
    )
