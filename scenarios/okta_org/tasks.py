"""Dashboard > Tasks: what failed, what waits for the clock, and what has been dealt with."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.values import User
from okta_org import messages
from okta_org.draft import Draft
from okta_org.events import EventType
from okta_org.org import Org
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


def follow(draft: Draft, kind: TaskKind, app: str, subject: str) -> bool:
    """Let an edit wait behind a paused task; False where none is paused."""
    task = draft.org.task(kind, app, subject)
    if task is None or task.state is not TaskState.PAUSED:
        return False
    keep(draft, replace(task, followed=True))
    return True


def report(draft: Draft, trouble: Trouble) -> Task:
    """Open or rewrite the task: a second failure rewrites the first one's text.

    A rate limit pauses it, as long as attempts are left (Okta's 429 handling).
    """
    earlier = draft.org.task(trouble.kind, trouble.app, trouble.subject, trouble.external_id)
    if earlier is None:
        draft.set(last_task_id=draft.org.last_task_id + 1)
    task = Task(
        id=earlier.id if earlier else draft.org.last_task_id,
        kind=trouble.kind,
        app=trouble.app,
        subject=trouble.subject,
        state=TaskState.FAILED,
        message=trouble.say(trouble.detail),
        opened_at=earlier.opened_at if earlier else draft.now,
        updated_at=draft.now,
        external_id=trouble.external_id,
        name=trouble.name,
        attempted=trouble.attempted,
    )
    limited = trouble.failure.type is FailureType.RATE_LIMIT_EXCEEDED
    if limited and draft.org.assumptions.rate_limit_retry == "backs_off":
        task = _back_off(draft, task, earlier, trouble)
    keep(draft, task)
    return task


def start_over(draft: Draft, task: Task) -> None:
    """Forget earlier automatic attempts: an admin has taken the task in hand."""
    keep(draft, replace(task, attempts=0, wait=None, due=None))


def leave_to_admin(draft: Draft, task: Task) -> None:
    """Take a task from the clock: only Retry Selected sends it now."""
    state = TaskState.FAILED if task.state is TaskState.PAUSED else task.state
    keep(draft, replace(task, state=state, wait=None, due=None))


def try_again_in(draft: Draft, task: Task, wait: timedelta | None, tried: int) -> None:
    """Let the clock try a failed task again, which it has done so many times; without a wait nobody does."""
    if wait is not None:
        keep(draft, replace(task, attempts=tried + 1, wait=wait, due=draft.now + wait))


def close(draft: Draft, task: Task | None, state: TaskState = TaskState.RESOLVED) -> None:
    """Move the task to the history, if there is one."""
    if task is not None:
        closed = replace(task, state=state, due=None, updated_at=draft.now)
        draft.set(
            tasks=draft.org.tasks.without(task.key),
            closed_tasks=draft.org.closed_tasks.put(len(draft.org.closed_tasks), closed),
        )


def dismiss(draft: Draft, subject: str, app: str | None = None, *, kinds: frozenset[TaskKind]) -> None:
    """Close what has lost its reason."""
    for task in draft.org.open_tasks():
        if task.subject == subject and task.kind in kinds and app in {None, task.app}:
            close(draft, task, TaskState.DISMISSED)


def keep(draft: Draft, task: Task) -> None:
    draft.set(tasks=draft.org.tasks.put(task.key, task))


def record_cause(draft: Draft, failure: ActionFailed, app: str) -> None:
    """Log what troubles the connection itself, apart from the operation it stopped."""
    if failure.type in messages.CREDENTIALS:
        draft.record(EventType.AUTHENTICATION_FAILURE, (app,), detail=failure.summary, failed=True)
    if failure.type is FailureType.RATE_LIMIT_EXCEEDED:
        draft.record(EventType.RATE_LIMIT_EXCEEDED, (app,), detail=failure.summary, failed=True)


def _back_off(draft: Draft, task: Task, earlier: Task | None, trouble: Trouble) -> Task:
    if earlier and earlier.state is not TaskState.PAUSED:
        earlier = None
    attempts = earlier.attempts if earlier else 0
    followed = earlier is not None and earlier.followed
    decide = draft.org.decide
    if not decide.may_try_again(attempts):
        said = messages.rate_limit_text(trouble.detail, None, attempts)
        return replace(task, state=TaskState.PERMANENT, attempts=attempts, message=trouble.say(said), followed=followed)
    wait = decide.wait_before_retry(earlier.wait if earlier else None, trouble.failure.retry_after)
    due = draft.now + wait
    return replace(
        task,
        state=TaskState.PAUSED,
        attempts=attempts + 1,
        wait=wait,
        due=due,
        message=trouble.say(messages.rate_limit_text(trouble.detail, due, attempts)),
        followed=followed,
    )


@dataclass(frozen=True, slots=True)
class TaskList:
    """The tasks of an org, as the admin sees them."""

    org: Org

    @property
    def open(self) -> tuple[Task, ...]:
        """Every task that still needs the admin or the clock, oldest first."""
        return self.org.open_tasks()

    @property
    def history(self) -> tuple[Task, ...]:
        """Tasks that were resolved by a later success or dismissed because their reason went away."""
        return self.org.closed_tasks.in_order()

    def find(self, kind: TaskKind, app: str, subject: str) -> Task | None:
        """The oldest of the kind about this subject: there may be several deactivations of one person's accounts."""
        about = (task for task in self.open if (task.kind, task.app, task.subject) == (kind, app, subject))
        return next(about, None)
