"""Imports: what the app has, compared with what Okta knows. The comparison is a plan; applying it is the easy part.

Imports are always full. `import_rows` decides about people whom Okta has not linked, `import_accounts` about those it
has.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.folding import alike, fold
from okta_connector.values import Group, User
from okta_org import messages, tasks
from okta_org.assignments import forget
from okta_org.draft import Draft, verb
from okta_org.events import EventType
from okta_org.import_accounts import push_outstanding, refresh
from okta_org.import_rows import row_id, take
from okta_org.org import Org
from okta_org.provisioning import profile_of, refuses_demotions
from okta_org.pushes import Downloaded, DownloadUsers, Lost, PushOutcome, WeighDemotions, Weighed
from okta_org.refusals import AppInactive, ImportsPaused, NoRoadblock, ProvisioningOff
from okta_org.tasks import Trouble, record_cause
from okta_org.values import AppInstance, AppUser, ImportedApp, ImportResult, TaskKind

AskedBy = Literal["admin", "clock", "task"]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a download means: accounts to refresh, rows Okta has not linked, accounts and rows that are gone."""

    linked: tuple[tuple[AppUser, User], ...]
    unlinked: tuple[User, ...]
    removed: tuple[AppUser, ...]
    vanished: tuple[User, ...]
    groups: tuple[Group, ...]

    @property
    def scanned(self) -> int:
        return len(self.linked) + len(self.unlinked)


@verb
def import_users(draft: Draft, app: str) -> None:
    """Import Now."""
    begin(draft, app, asked_by="admin")


@verb
def resume_imports(draft: Draft) -> None:
    """Let the import go on whose removals were held back, and all others with it."""
    if draft.org.roadblock is not None:
        _must_import(draft.org.app(draft.org.roadblock))
    app = _lift(draft)
    draft.record(EventType.IMPORT_ROADBLOCK_RESUME, (app,))
    begin(draft, app, asked_by="admin", guarded=False)


@verb
def cancel_import(draft: Draft) -> None:
    """Drop the import that tripped the safeguard; the others may run again."""
    _log(draft, draft.org.app(_lift(draft)), EventType.IMPORT_COMPLETE, failed=True)


def begin(draft: Draft, app_name: str, *, asked_by: AskedBy, guarded: bool = True) -> None:
    """A failed download and a tripped safeguard both leave everything as it was."""
    app = draft.org.app(app_name)
    if draft.org.roadblock is not None:
        raise ImportsPaused(f"All imports are paused by the import safeguard of {draft.org.roadblock}")
    _must_import(app)
    _log(draft, app, EventType.IMPORT_SCHEDULE, EventType.IMPORT_START, EventType.IMPORT_DOWNLOAD_START)
    draft.ask(DownloadUsers(app.name, draft.org.decide.imports_groups(app.settings), asked_by, guarded))


def settle_download(draft: Draft, push: DownloadUsers, outcome: PushOutcome) -> None:
    app = draft.org.app(push.app)
    if isinstance(outcome, ActionFailed):
        _answer(draft, push, _fail(draft, app, outcome))
        return
    if not isinstance(outcome, Downloaded):
        raise TypeError(f"{type(outcome).__name__} cannot be the outcome of {type(push).__name__}")
    tasks.close(draft, draft.org.task(TaskKind.IMPORT, app.name, app.name))
    _log(draft, app, EventType.IMPORT_DOWNLOAD_COMPLETE)
    plan = plan_of(draft.org, app, outcome)
    accounts = len(draft.org.app_users_of(app.name))
    trips = draft.org.decide.trips_safeguard(len(plan.removed), accounts, len(draft.org.app_users))
    if push.guarded and trips:
        draft.set(roadblock=app.name)
        _log(draft, app, EventType.IMPORT_ROADBLOCK, failed=True)
        _answer(draft, push, ImportResult(scanned=plan.scanned, removed=len(plan.removed), roadblock=True))
        return
    new = [(account, row) for account, row in plan.linked if account.external_id is None]
    if new and refuses_demotions(draft.org):
        people = tuple((each.user, profile_of(draft.org, each, None), row.entitlements) for each, row in new)
        draft.ask(WeighDemotions(app.name, people, outcome, push))
    else:
        _apply(draft, app, plan, push, {})


def settle_weighing(draft: Draft, push: WeighDemotions, outcome: PushOutcome) -> None:
    app = draft.org.app(push.app)
    lost_by = outcome.lost if isinstance(outcome, Weighed) else {}
    _apply(draft, app, plan_of(draft.org, app, push.download), push.of, lost_by)


def reschedule(draft: Draft, app: str) -> None:
    """The next import by the clock is one period away from now; without a period there is none."""
    every = draft.org.decide.time_between_imports(draft.org.app(app).settings)
    if every is not None:
        draft.set(next_imports=draft.org.next_imports.put(app, draft.now + every))
    elif app in draft.org.next_imports:
        draft.set(next_imports=draft.org.next_imports.without(app))


def run_scheduled(draft: Draft) -> None:
    """Every scheduled import whose time has come."""
    for app, due in draft.org.next_imports.items():
        if due <= draft.now:
            draft.then(_run_scheduled, app)


def forget_groups(draft: Draft, app: str) -> None:
    """Import Groups was cleared: what was imported so far leaves Okta."""
    before = draft.org.imported.get(app, ImportedApp())
    _import_groups(draft, draft.org.app(app), before.groups, ())
    draft.set(imported=draft.org.imported.put(app, replace(before, groups=())))


def plan_of(org: Org, app: AppInstance, download: Downloaded) -> ImportPlan:
    """Compare a download with what Okta knows.

    Somebody who was removed and is back has another id and the same username, and is the same person.
    """
    accounts = org.app_users_of(app.name)
    users = (user for user in download.users if user.active)
    linked, unlinked = _pairs(users, accounts, org.decide.is_same_account)
    known = {user.id for _, user in linked if user.id is not None}
    gone = tuple(each for each in accounts if org.decide.is_gone(each, known))
    returned, unlinked = _pairs(unlinked, gone, _has_the_username)
    linked += returned
    seen = {user.id for _, user in linked if user.id is not None}
    rows = org.imported.get(app.name, ImportedApp()).unconfirmed
    ids = {row_id(user) for user in unlinked}
    return ImportPlan(
        linked=linked,
        unlinked=unlinked,
        removed=tuple(each for each in gone if all(each is not account for account, _ in returned)),
        vanished=tuple(row for row_id, row in rows.items() if row_id not in ids | seen),
        groups=download.groups,
    )


def _pairs(
    rows: Iterable[User], accounts: tuple[AppUser, ...], is_same: Callable[[AppUser, User], bool]
) -> tuple[tuple[tuple[AppUser, User], ...], tuple[User, ...]]:
    """Each row that has an account, with it; and the rows that have none.

    Only what shares an id or a name is compared: of thousands of people, each with each would take minutes.
    """
    sharing: defaultdict[str, dict[int, AppUser]] = defaultdict(dict)
    for place, account in enumerate(accounts):
        for name in _names(account.external_id, account.user_name):
            sharing[name][place] = account
    found: list[tuple[AppUser | None, User]] = []
    for row in rows:
        near: dict[int, AppUser] = {}
        for name in _names(row.id, row.user_name, row.email):
            near |= sharing.get(name, {})
        found.append((next((near[place] for place in sorted(near) if is_same(near[place], row)), None), row))
    return tuple((each, row) for each, row in found if each), tuple(row for each, row in found if not each)


def _names(*names: str | None) -> frozenset[str]:
    return frozenset(fold(name) for name in names if name)


def _run_scheduled(draft: Draft, app: str) -> None:
    """One that cannot be made now is left out, not made up for."""
    reschedule(draft, app)
    with suppress(AppInactive, ImportsPaused, ProvisioningOff):
        begin(draft, app, asked_by="clock")


def _apply(draft: Draft, app: AppInstance, plan: ImportPlan, push: DownloadUsers, lost_by: Mapping[str, Lost]) -> None:
    before = draft.org.imported.get(app.name, ImportedApp())
    known = before.unconfirmed.keys() | before.ignored.keys()
    new = tuple(row for row in plan.unlinked if row_id(row) not in known)
    _log(draft, app, EventType.IMPORT_OBJECTS_START)
    for row in new:
        draft.record(EventType.IMPORT_USER_CREATE, (row.user_name, app.name))
    updated = sum([refresh(draft, app, each, row, lost_by.get(each.user, ())) for each, row in plan.linked])
    _log(draft, app, EventType.IMPORT_OBJECTS_COMPLETE, EventType.IMPORT_MATCHING_START)
    after = take(draft, app, plan.unlinked, before, scheduled=push.asked_by == "clock")
    _log(draft, app, EventType.IMPORT_MATCHING_COMPLETE, EventType.IMPORT_MEMBERSHIP_START)
    new_groups, removed_groups = _import_groups(draft, app, before.groups, plan.groups)
    _log(draft, app, EventType.IMPORT_MEMBERSHIP_COMPLETE, EventType.IMPORT_DELETION_START)
    for account in plan.removed:
        draft.record(EventType.IMPORT_USER_DELETE, (account.user, app.name))
        forget(draft, account)
    for row in plan.vanished:
        draft.record(EventType.IMPORT_USER_DELETE, (row.user_name, app.name))
    _log(draft, app, EventType.IMPORT_DELETION_COMPLETE, EventType.IMPORT_COMPLETE)
    gone = {row_id(row) for row in plan.vanished}
    ignored = {id_: row for id_, row in after.ignored.items() if id_ not in gone}
    draft.set(imported=draft.org.imported.put(app.name, replace(after, groups=plan.groups, ignored=ignored)))
    result = ImportResult(
        scanned=plan.scanned,
        new=len(new),
        updated=updated,
        unchanged=plan.scanned - len(new) - updated,
        removed=len(plan.removed) + len(plan.vanished),
        matched=after.matched,
        groups=len(plan.groups),
        new_groups=new_groups,
        removed_groups=removed_groups,
    )
    _answer(draft, push, result)
    for account, row in plan.linked:
        draft.then(push_outstanding, account, row)


def _import_groups(
    draft: Draft, app: AppInstance, before: tuple[Group, ...], now: tuple[Group, ...]
) -> tuple[int, int]:
    """Log which groups came and which went, and say how many."""
    known, found = {group.id for group in before}, {group.id for group in now}
    new = [group for group in now if group.id not in known]
    removed = [group for group in before if group.id not in found]
    for group in new:
        draft.record(EventType.IMPORT_GROUP_CREATE, (group.display_name, app.name))
    for group in removed:
        draft.record(EventType.IMPORT_GROUP_DELETE, (group.display_name, app.name))
    return len(new), len(removed)


def _fail(draft: Draft, app: AppInstance, failure: ActionFailed) -> ImportResult:
    """Stop before anything was applied. Only a rate limit makes a task: it has to wait for its retry somewhere."""
    detail = messages.detail(failure)
    text = messages.IMPORT_FAILED.format(label=app.label, detail=detail)
    if failure.type is FailureType.RATE_LIMIT_EXCEEDED:
        say = partial(messages.fill, messages.IMPORT_FAILED, label=app.label)
        text = tasks.report(draft, Trouble(TaskKind.IMPORT, app.name, app.name, failure, detail, say)).message
    else:
        tasks.close(draft, draft.org.task(TaskKind.IMPORT, app.name, app.name))
    record_cause(draft, failure, app.name)
    draft.record(EventType.IMPORT_COMPLETE, (app.name,), detail=text, failed=True)
    return ImportResult(error=text)


def _answer(draft: Draft, push: DownloadUsers, result: ImportResult) -> None:
    if push.asked_by == "admin":
        draft.answer = result


def _must_import(app: AppInstance) -> None:
    if not app.settings.active:
        raise AppInactive(f"{app.name} is inactive: nothing can be imported")
    if not app.settings.provisioning:
        raise ProvisioningOff(f"Provisioning is off for {app.name}: nothing can be imported")


def _lift(draft: Draft) -> str:
    app = draft.org.roadblock
    if app is None:
        raise NoRoadblock("No import is paused")
    draft.set(roadblock=None)
    return app


def _log(draft: Draft, app: AppInstance, *events: EventType, failed: bool = False) -> None:
    for event in events:
        draft.record(event, (app.name,), failed=failed)


def _has_the_username(account: AppUser, row: User) -> bool:
    return alike(account.user_name, row.user_name)
