"""Imports: what the app has, compared with what Okta knows. The comparison is a plan; applying it is the easy part."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.folding import alike
from okta_connector.values import Group, Page, User
from okta_org import messages
from okta_org.assignments import Assignments
from okta_org.decisions import Decisions
from okta_org.events import EventType
from okta_org.import_accounts import ImportAccounts
from okta_org.import_rows import Choices, ImportRows, row_id
from okta_org.provisioning import Provisioning, record_cause
from okta_org.refusals import AppInactive, ImportsPaused, NoRoadblock, ProvisioningOff
from okta_org.state import OrgState
from okta_org.tasks import TaskList, Trouble
from okta_org.values import (
    AppInstance,
    AppUser,
    ImportedApp,
    ImportResult,
    TaskKind,
)


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


class Imports:
    """Imports by hand and by the clock, always full.

    `import_rows` decides about people whom Okta has not linked, `import_accounts` about those it has.
    """

    def __init__(
        self,
        state: OrgState,
        tasks: TaskList,
        decide: Decisions,
        assignments: Assignments,
        provisioning: Provisioning,
        name_of: Callable[[str], str],
    ) -> None:
        self._state = state
        self._tasks = tasks
        self._decide = decide
        self._assignments = assignments
        self._rows = ImportRows(state, decide, name_of)
        self._accounts = ImportAccounts(state, tasks, decide, provisioning, self._rows)

    def run(self, app_name: str, *, guarded: bool = True, scheduled: bool = False) -> ImportResult:
        """Import Now, or by the clock. A failed download and a tripped safeguard both leave everything as it was."""
        app = self._state.app(app_name)
        if self._state.roadblock is not None:
            raise ImportsPaused(f"All imports are paused by the import safeguard of {self._state.roadblock}")
        self._must_import(app)
        self._log(app, EventType.IMPORT_SCHEDULE, EventType.IMPORT_START, EventType.IMPORT_DOWNLOAD_START)
        try:
            users = tuple(_all_pages(app.connector.list_users))
            groups = app.connector.list_groups().resources if self._decide.imports_groups(app.settings) else ()
        except ActionFailed as failure:
            return self._failed(app, failure)
        self._tasks.close(TaskKind.IMPORT, app.name, app.name)
        self._log(app, EventType.IMPORT_DOWNLOAD_COMPLETE)
        plan = self.plan(app, (user for user in users if user.active), groups)
        accounts = len(self._state.app_users_of(app.name))
        if guarded and self._decide.trips_safeguard(len(plan.removed), accounts, len(self._state.app_users)):
            self._state.roadblock = app.name
            self._log(app, EventType.IMPORT_ROADBLOCK, failed=True)
            return ImportResult(scanned=plan.scanned, removed=len(plan.removed), roadblock=True)
        return self._apply(app, plan, scheduled=scheduled)

    def resume(self) -> ImportResult:
        """Let the import go on whose removals were held back, and all others with it."""
        if self._state.roadblock is not None:
            self._must_import(self._state.app(self._state.roadblock))
        app = self._lift()
        self._state.record(EventType.IMPORT_ROADBLOCK_RESUME, (app,))
        return self.run(app, guarded=False)

    def cancel(self) -> None:
        """Drop the import that tripped the safeguard; the others may run again."""
        self._log(self._state.app(self._lift()), EventType.IMPORT_COMPLETE, failed=True)

    def confirm(self, app_name: str, choices: Choices) -> int:
        """Confirm Assignments: link or make the people of the rows that wait. Returns how many rows are decided."""
        return self._rows.confirm(self._state.app(app_name), choices)

    def stop_ignoring(self, app_name: str, names: Collection[str]) -> None:
        """Let rows that the admin ignored wait to be confirmed again."""
        self._rows.stop_ignoring(self._state.app(app_name), names)

    def reschedule(self, app_name: str) -> None:
        """The next import by the clock is one period away from now; without a period there is none."""
        every = self._decide.time_between_imports(self._state.app(app_name).settings)
        if every is None:
            self._state.next_imports.pop(app_name, None)
        else:
            self._state.next_imports[app_name] = self._state.clock() + every

    def next_due(self) -> datetime | None:
        return min(self._state.next_imports.values(), default=None)

    def run_due(self) -> None:
        """Every scheduled import whose time has come. One that cannot be made now is left out, not made up for."""
        for app_name, due in tuple(self._state.next_imports.items()):
            if due <= self._state.clock():
                self.reschedule(app_name)
                with suppress(AppInactive, ImportsPaused, ProvisioningOff):
                    self.run(app_name, scheduled=True)

    def forget_groups(self, app_name: str) -> None:
        """Import Groups was cleared: what was imported so far leaves Okta."""
        before = self._state.imported.get(app_name, ImportedApp())
        self._import_groups(self._state.app(app_name), before.groups, ())
        self._state.imported[app_name] = replace(before, groups=())

    def plan(self, app: AppInstance, users: Iterable[User], groups: tuple[Group, ...]) -> ImportPlan:
        """Compare a download with what Okta knows, and change nothing.

        Somebody who was removed and is back has another id and the same username, and is the same person.
        """
        accounts = self._state.app_users_of(app.name)
        linked, unlinked = self._pairs(users, accounts, self._decide.is_same_account)
        known = {user.id for _, user in linked if user.id is not None}
        gone = tuple(each for each in accounts if self._decide.is_gone(each, known))
        returned, unlinked = self._pairs(unlinked, gone, _has_the_username)
        linked += returned
        seen = {user.id for _, user in linked if user.id is not None}
        rows = self._state.imported.get(app.name, ImportedApp()).unconfirmed
        ids = {row_id(user) for user in unlinked}
        return ImportPlan(
            linked=linked,
            unlinked=unlinked,
            removed=tuple(each for each in gone if all(each is not account for account, _ in returned)),
            vanished=tuple(row for row_id, row in rows.items() if row_id not in ids | seen),
            groups=groups,
        )

    @staticmethod
    def _pairs(
        rows: Iterable[User], accounts: tuple[AppUser, ...], is_same: Callable[[AppUser, User], bool]
    ) -> tuple[tuple[tuple[AppUser, User], ...], tuple[User, ...]]:
        """Each row that has an account, with it; and the rows that have none."""
        found = [(next((each for each in accounts if is_same(each, row)), None), row) for row in rows]
        return tuple((each, row) for each, row in found if each), tuple(row for each, row in found if not each)

    def _apply(self, app: AppInstance, plan: ImportPlan, *, scheduled: bool) -> ImportResult:
        before = self._state.imported.get(app.name, ImportedApp())
        known = before.unconfirmed.keys() | before.ignored.keys()
        new = tuple(row for row in plan.unlinked if row_id(row) not in known)
        self._log(app, EventType.IMPORT_OBJECTS_START)
        for row in new:
            self._state.record(EventType.IMPORT_USER_CREATE, (row.user_name, app.name))
        updated = sum([self._accounts.refresh(app, account, row) for account, row in plan.linked])
        self._log(app, EventType.IMPORT_OBJECTS_COMPLETE, EventType.IMPORT_MATCHING_START)
        after = self._rows.take(app, plan.unlinked, before, scheduled=scheduled)
        self._log(app, EventType.IMPORT_MATCHING_COMPLETE, EventType.IMPORT_MEMBERSHIP_START)
        new_groups, removed_groups = self._import_groups(app, before.groups, plan.groups)
        self._log(app, EventType.IMPORT_MEMBERSHIP_COMPLETE, EventType.IMPORT_DELETION_START)
        for account in plan.removed:
            self._state.record(EventType.IMPORT_USER_DELETE, (account.user, app.name))
            self._assignments.forget(account)
        for row in plan.vanished:
            self._state.record(EventType.IMPORT_USER_DELETE, (row.user_name, app.name))
        self._log(app, EventType.IMPORT_DELETION_COMPLETE, EventType.IMPORT_COMPLETE)
        for account, row in plan.linked:
            self._accounts.push_outstanding(app, account, row)
        gone = {row_id(row) for row in plan.vanished}
        self._state.imported[app.name] = replace(
            after, groups=plan.groups, ignored={id_: row for id_, row in after.ignored.items() if id_ not in gone}
        )
        return ImportResult(
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

    def _import_groups(self, app: AppInstance, before: tuple[Group, ...], now: tuple[Group, ...]) -> tuple[int, int]:
        """Log which groups came and which went, and say how many."""
        known, found = {group.id for group in before}, {group.id for group in now}
        new = [group for group in now if group.id not in known]
        removed = [group for group in before if group.id not in found]
        for group in new:
            self._state.record(EventType.IMPORT_GROUP_CREATE, (group.display_name, app.name))
        for group in removed:
            self._state.record(EventType.IMPORT_GROUP_DELETE, (group.display_name, app.name))
        return len(new), len(removed)

    def _failed(self, app: AppInstance, failure: ActionFailed) -> ImportResult:
        """Stop before anything was applied. Only a rate limit makes a task: it has to wait for its retry somewhere."""
        detail = messages.detail(failure)
        text = messages.IMPORT_FAILED.format(label=app.label, detail=detail)
        if failure.type is FailureType.RATE_LIMIT_EXCEEDED:
            say = partial(messages.fill, messages.IMPORT_FAILED, label=app.label)
            trouble = Trouble(TaskKind.IMPORT, app.name, app.name, failure, detail, say)
            text = self._tasks.report(trouble).message
        else:
            self._tasks.close(TaskKind.IMPORT, app.name, app.name)
        record_cause(self._state, failure, app.name)
        self._state.record(EventType.IMPORT_COMPLETE, (app.name,), detail=text, failed=True)
        return ImportResult(error=text)

    def _must_import(self, app: AppInstance) -> None:
        if not app.settings.active:
            raise AppInactive(f"{app.name} is inactive: nothing can be imported")
        if not app.settings.provisioning:
            raise ProvisioningOff(f"Provisioning is off for {app.name}: nothing can be imported")

    def _lift(self) -> str:
        app, self._state.roadblock = self._state.roadblock, None
        if app is None:
            raise NoRoadblock("No import is paused")
        return app

    def _log(self, app: AppInstance, *events: EventType, failed: bool = False) -> None:
        for event in events:
            self._state.record(event, (app.name,), failed=failed)


def _has_the_username(account: AppUser, row: User) -> bool:
    return alike(account.user_name, row.user_name)


def _all_pages(fetch: Callable[[str | None], Page[User]]) -> Iterator[User]:
    cursor: str | None = None
    while True:
        page = fetch(cursor)
        yield from page.resources
        if page.next_cursor is None:
            return
        cursor = page.next_cursor
