"""Playing a plan: everything happens at its moment, invitations are answered, and somebody looks on."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from urllib.parse import quote

from okta_scenarios.language.models.steps import Step
from okta_scenarios.language.people_tables import PlannedChange
from okta_scenarios.language.plan import Happening, Plan
from okta_scenarios.play.acts import act
from okta_scenarios.play.captions import caption
from okta_scenarios.play.harness import Harness
from okta_scenarios.play.world import AS_DOCUMENTED, World
from okta_scenarios.rehearsal.changes import steps_for
from okta_scenarios.rehearsal.counting import counting
from okta_scenarios.rehearsal.outcome import OpenTask, Outcome, Refused
from okta_scenarios.rehearsal.rows import rows
from okta_scenarios.rehearsal.watching import Watch

BY_THE_CLOCK = "Okta tries again, or imports by the clock"
ACCEPTS = "the invitation is accepted"
_CHANGES = {"join": "joins", "move": "moves", "leave": "leaves"}


def rehearse(plan: Plan, world: World = AS_DOCUMENTED, *, seed: int = 0) -> Outcome:
    """Play the plan in this world, from its start to its end.

    Raises `CannotBegin` and `OktaRefusal` where the world cannot be as it is given.
    """
    return _Rehearsal(plan, world, seed).play()


@dataclass(slots=True)
class _Rehearsal:
    plan: Plan
    world: World
    seed: int
    harness: Harness = field(init=False)
    watch: Watch = field(init=False)
    rules: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    leavers: set[str] = field(default_factory=set)
    answers: list[tuple[datetime, str, str]] = field(default_factory=list)
    """When which invitation is accepted: a heap of moment, workspace and folded address."""

    def play(self) -> Outcome:
        world = replace(self.world, decisions=counting(self.world.decisions, self.rules))
        self.harness = Harness(self.plan.world, self.seed, world, seeded=self.plan.seeded)
        self.watch = Watch(self.harness)
        self.watch.begin()
        self._await_answers()
        left = list(reversed(self.plan.happenings))
        while (now := self._next(left)) is not None:
            self._let_time_pass(now)
            while left and left[-1].at <= now:
                self._happen(left.pop())
            self._accept(now)
        self._let_time_pass(self.plan.ends)
        return self._outcome()

    def _next(self, left: list[Happening]) -> datetime | None:
        """The next moment at which anything happens, before the end."""
        dues = [due for org in self.harness.orgs.values() if (due := org.next_due()) is not None]
        dues += [left[-1].at] if left else []
        dues += [self.answers[0][0]] if self.answers else []
        due = max(min(dues), self.harness.now()) if dues else None
        return due if due is not None and due <= self.plan.ends else None

    def _let_time_pass(self, until: datetime) -> None:
        self.harness.advance(until - self.harness.now())
        self._look(BY_THE_CLOCK)

    def _look(self, why: str) -> None:
        self.watch.look(why)
        self._await_answers()

    def _happen(self, happening: Happening) -> None:
        if isinstance(happening.does, PlannedChange):
            change = happening.does
            if change.what == "leave":
                self.leavers.add(change.user)
            elif change.what == "join":
                self.leavers.discard(change.user)
            why = f"{change.user} {_CHANGES[change.what]}"
            steps: tuple[Step, ...] = tuple(steps_for(change, self.harness.orgs[happening.org]))
        else:
            steps = (happening.does,)
            why = caption(happening.does, self.harness.given).replace("*", "")
        for step in steps:
            outcome = act(self.harness, step)
            no = outcome.refused or outcome.unplayable
            if no is not None:
                said = caption(step, self.harness.given).replace("*", "")
                self.refused.append(
                    Refused(self.harness.now(), said, no, f"{happening.mark.file}:{happening.mark.line}")
                )
            self._look(why)

    def _await_answers(self) -> None:
        """Note when the invitations that have been sent since will be accepted."""
        now = self.harness.now()
        for workspace, key in self.watch.invited:
            seat = self.harness.service.seats(workspace).get(key)
            delay = None if seat is None else self._delay(self.harness.people.short_of(seat.email))
            if delay is not None:
                heappush(self.answers, (now + delay, workspace, key))
        self.watch.invited = []

    def _delay(self, short: str) -> timedelta | None:
        answers = self.plan.answers
        if short in answers.people:
            return answers.people[short]
        for org in self.harness.orgs.values():
            for group in org.groups.values():
                if group.display_name in answers.groups and short in group.members:
                    return answers.groups[group.display_name]
        return answers.everybody

    def _accept(self, now: datetime) -> None:
        accepted: set[tuple[str, str]] = set()
        seats = {workspace: self.harness.service.seats(workspace) for workspace in self.watch.workspaces}
        while self.answers and self.answers[0][0] <= now:
            _, workspace, key = heappop(self.answers)
            seat = seats[workspace].get(key)
            if seat is not None and seat.pending and (workspace, key) not in accepted:
                address = quote(seat.email, safe="")
                answer = self.harness.control("POST", f"/workspaces/{workspace}/invitations/{address}/accept")
                if not answer.is_success:
                    why = str(answer.json()["error"]["message"])
                    self.refused.append(Refused(now, f"{seat.email} accepts the invitation to {workspace}", why, ""))
                accepted.add((workspace, key))
        if accepted:
            self._look(ACCEPTS)

    def _outcome(self) -> Outcome:
        plan, harness, watch = self.plan, self.harness, self.watch
        clean = harness.secrets().out_of_text
        export = harness.export()["workspaces"]
        tasks = tuple(
            OpenTask(name, task.app, task.subject, task.kind, task.state, clean(task.message), task.opened_at)
            for name, org in harness.orgs.items()
            for task in org.tasks.open
        )
        return Outcome(
            title=clean(plan.title),
            file=plan.file,
            starts=harness.start,
            ends=plan.ends,
            rows=rows(plan, harness, watch, frozenset(self.leavers), tasks),
            requests=dict(sorted(watch.requests.items())),
            rate_limited=watch.rate_limited,
            failed_requests=watch.failed_requests,
            wait=watch.longest_wait,
            days=tuple(watch.days()),
            seats=watch.seat_counts({slug: each["plan"]["collaborator_limit"] for slug, each in export.items()}),
            tasks=tasks,
            refused=tuple(replace(each, why=clean(each.why)) for each in self.refused),
            rules=dict(sorted(self.rules.items())),
            consulted=harness.consulted(),
            notes=plan.notes,
        )
