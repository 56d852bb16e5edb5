"""Tasks that are tried again, by the admin or by the clock, and whatever else the clock does."""

from contextlib import suppress

from okta_org import group_push, imports, tasks
from okta_org.assignments import expire_grants, reconcile
from okta_org.draft import Draft, verb
from okta_org.provisioning import deactivate, push_new_user, push_profile, push_what_waited
from okta_org.refusals import NothingToRetry, OktaRefusal
from okta_org.values import Task, TaskKind, TaskState


@verb
def retry_task(draft: Draft, app: str, user: str | None = None, group: str | None = None) -> None:
    """Retry Selected: every open task of the app, or those of one person or one pushed group."""
    draft.org.app(app)
    everything = user is None and group is None
    chosen = [
        task
        for task in draft.org.open_tasks()
        if task.app == app and (everything or task.subject == (group if task.kind is TaskKind.GROUP_PUSH else user))
    ]
    if not chosen:
        about = " and ".join(name for name in (user, group) if name is not None)
        raise NothingToRetry(f"No open task of {app} to retry" + (f" for {about}" if about else ""))
    for task in chosen:
        draft.then(_start_over, task)


def run_due(draft: Draft) -> None:
    """End the grants whose time has come, try the paused tasks that are due, once each, and make due imports."""
    expire_grants(draft)
    draft.then(_run_due_tasks)
    draft.then(imports.run_scheduled)


def _run_due_tasks(draft: Draft) -> None:
    """Every paused task whose time has come, in the order in which they came due."""
    due = [(task.due, task.id, task) for task in draft.org.open_tasks() if task.due and task.due <= draft.now]
    for _, __, task in sorted(due, key=lambda each: each[:2]):
        draft.then(_run, task)


def _start_over(draft: Draft, chosen: Task) -> None:
    task = draft.org.tasks.get(chosen.key)
    if task is not None and task.id == chosen.id:
        tasks.start_over(draft, task)
        _run(draft, task)


def _run(draft: Draft, chosen: Task) -> None:
    task = draft.org.tasks.get(chosen.key)
    if task is None or task.id != chosen.id:
        return
    asked = len(draft.asks)
    if draft.org.decide.is_still_sent(task):
        _send_again(draft, task)
    if len(draft.asks) > asked or draft.org.tasks.get(task.key) is not task:
        return
    # Nothing was sent: what would have allowed the call was switched off since.
    if task.kind is TaskKind.DEACTIVATE:
        tasks.leave_to_admin(draft, task)
    else:
        tasks.close(draft, task, TaskState.DISMISSED)


def _send_again(draft: Draft, task: Task) -> None:
    account = draft.org.app_users.get((task.subject, task.app))
    match task.kind:
        case TaskKind.CREATE if account is None:
            reconcile(draft, task.subject, task.app)
        case TaskKind.CREATE if account is not None and draft.org.pushes_to(task.app):
            push_new_user(draft, account, retry=task)
            draft.then(push_what_waited, task)
        case TaskKind.PROFILE_PUSH if account is not None:
            push_profile(draft, account, retry=task)
            draft.then(push_what_waited, task)
        case TaskKind.DEACTIVATE:
            deactivate(draft, task.subject, task.app, task.external_id, task.name)
        case TaskKind.GROUP_PUSH:
            group_push.retry(draft, task)
        case TaskKind.IMPORT:
            with suppress(OktaRefusal):
                imports.begin(draft, task.app, asked_by="task")
        case _:
            pass
