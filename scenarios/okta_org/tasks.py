"""Dashboard > Tasks: what failed, what waits for the clock, and what has been dealt with."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.values import User
from okta_org import messages
from okta_org.assumptions import OktaAssumptions
from okta_org.decisions import Decisions
from okta_org.values import Task, TaskKind, TaskState


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failed call on its way to becoming a task. `say` puts Okta's words around a detail."""

    kind: TaskKind
    app: str
    subject: str
    failure: ActionFailed
    detail: str
    say: Callable[[str], str]
    attempted: User | None = None
    external_id: str | None = None
    name: str = ""


class TaskList:
    """One open task per kind, app and subject: a second failure rewrites the first one's text."""

    def __init__(self, clock: Callable[[], datetime], decide: Decisions, assumptions: OktaAssumptions) -> None:
        self._clock = clock
        self._decide = decide
        self._assumptions = assumptions
        self._open: dict[tuple[TaskKind, str, str], Task] = {}
        self._history: list[Task] = []
        self._last_id = 0

    @property
    def open(self) -> tuple[Task, ...]:
        """Every task that still needs the admin or the clock, oldest first."""
        return tuple(sorted(self._open.values(), key=lambda task: task.id))

    @property
    def history(self) -> tuple[Task, ...]:
        """Tasks that were resolved by a later success or dismissed because their reason went away."""
        return tuple(self._history)

    def find(self, kind: TaskKind, app: str, subject: str) -> Task | None:
        return self._open.get((kind, app, subject))

    def is_paused(self, kind: TaskKind, app: str, subject: str) -> bool:
        task = self.find(kind, app, subject)
        return task is not None and task.state is TaskState.PAUSED

    def follow(self, kind: TaskKind, app: str, subject: str) -> bool:
        """Let an edit wait behind a paused task; False where none is paused."""
        task = self.find(kind, app, subject)
        if task is None or task.state is not TaskState.PAUSED:
            return False
        self._open[kind, app, subject] = replace(task, followed=True)
        return True

    def report(self, trouble: Trouble) -> Task:
        """Open or rewrite the task. A rate limit pauses it, as long as attempts are left (Okta's 429 handling)."""
        key = (trouble.kind, trouble.app, trouble.subject)
        earlier = self._open.get(key)
        if earlier is None:
            self._last_id += 1
        now = self._clock()
        task = Task(
            id=earlier.id if earlier else self._last_id,
            kind=trouble.kind,
            app=trouble.app,
            subject=trouble.subject,
            state=TaskState.FAILED,
            message=trouble.say(trouble.detail),
            opened_at=earlier.opened_at if earlier else now,
            updated_at=now,
            external_id=trouble.external_id,
            name=trouble.name,
            attempted=trouble.attempted,
        )
        backs_off = self._assumptions.rate_limit_retry == "backs_off"
        if backs_off and trouble.failure.type is FailureType.RATE_LIMIT_EXCEEDED:
            task = self._back_off(task, earlier, trouble)
        self._open[key] = task
        return task

    def start_over(self, task: Task) -> Task:
        """Forget earlier automatic attempts: an admin has taken the task in hand."""
        fresh = replace(task, attempts=0, wait=None, due=None)
        self._open[task.kind, task.app, task.subject] = fresh
        return fresh

    def leave_to_admin(self, kind: TaskKind, app: str, subject: str) -> None:
        """Take a task from the clock, if there is one: only Retry Selected sends it now."""
        if task := self.find(kind, app, subject):
            state = TaskState.FAILED if task.state is TaskState.PAUSED else task.state
            self._open[kind, app, subject] = replace(task, state=state, wait=None, due=None)

    def try_again_in(self, task: Task, wait: timedelta | None, tried: int) -> None:
        """Let the clock try a failed task again, which it has done so many times; without a wait nobody does."""
        if wait is not None:
            due = self._clock() + wait
            self._open[task.kind, task.app, task.subject] = replace(task, attempts=tried + 1, wait=wait, due=due)

    def close(self, kind: TaskKind, app: str, subject: str, state: TaskState = TaskState.RESOLVED) -> None:
        """Move the task to the history, if there is one."""
        if task := self._open.pop((kind, app, subject), None):
            self._history.append(replace(task, state=state, due=None, updated_at=self._clock()))

    def dismiss(self, subject: str, app: str | None = None, *, kinds: frozenset[TaskKind]) -> None:
        """Close what has lost its reason."""
        for task in self.open:
            if task.subject == subject and task.kind in kinds and app in {None, task.app}:
                self.close(task.kind, task.app, task.subject, TaskState.DISMISSED)

    def next_due(self) -> datetime | None:
        return min((task.due for task in self._open.values() if task.due), default=None)

    def due(self) -> tuple[Task, ...]:
        """Every paused task whose time has come, in the order in which they came due."""
        now = self._clock()
        waiting = [(task.due, task.id, task) for task in self._open.values() if task.due and task.due <= now]
        return tuple(task for _, _, task in sorted(waiting, key=lambda each: each[:2]))

    def _back_off(self, task: Task, earlier: Task | None, trouble: Trouble) -> Task:
        if earlier and earlier.state is not TaskState.PAUSED:
            earlier = None
        attempts = earlier.attempts if earlier else 0
        if not self._decide.may_try_again(attempts):
            said = messages.rate_limited(trouble.detail, None, attempts)
            return replace(
                task,
                state=TaskState.PERMANENT,
                attempts=attempts,
                message=trouble.say(said),
                followed=earlier is not None and earlier.followed,
            )
        wait = self._decide.wait_before_retry(earlier.wait if earlier else None, trouble.failure.retry_after)
        due = self._clock() + wait
        return replace(
            task,
            state=TaskState.PAUSED,
            attempts=attempts + 1,
            wait=wait,
            due=due,
            message=trouble.say(messages.rate_limited(trouble.detail, due, attempts)),
            followed=earlier is not None and earlier.followed,
        )
