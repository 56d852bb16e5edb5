"""Imports: what the app has, compared with what Okta knows. The comparison is a plan; applying it is the easy part."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.values import Entitlement, Group, Page, User
from okta_scenarios.org import messages
from okta_scenarios.org.assignments import Assignments
from okta_scenarios.org.decisions import Decisions
from okta_scenarios.org.events import EventType
from okta_scenarios.org.provisioning import record_cause
from okta_scenarios.org.refusals import ImportsPaused, NoRoadblock, ProvisioningOff
from okta_scenarios.org.state import OrgState
from okta_scenarios.org.tasks import TaskList, Trouble
from okta_scenarios.org.values import (
    AppInstance,
    AppUser,
    AppUserStatus,
    ImportedApp,
    ImportResult,
    OktaUser,
    Scope,
    SyncState,
    TaskKind,
    UserStatus,
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
    """Manual imports, always full. `name_of` gives the short name for somebody Okta meets for the first time."""

    def __init__(
        self,
        state: OrgState,
        tasks: TaskList,
        decide: Decisions,
        assignments: Assignments,
        name_of: Callable[[str], str],
    ) -> None:
        self._state = state
        self._tasks = tasks
        self._decide = decide
        self._assignments = assignments
        self._name_of = name_of

    def run(self, app_name: str, *, guarded: bool = True) -> ImportResult:
        """Import Now. A failed download and a tripped safeguard both leave everything as it was."""
        app = self._state.app(app_name)
        if self._state.roadblock is not None:
            raise ImportsPaused(f"All imports are paused by the import safeguard of {self._state.roadblock}")
        if not app.settings.provisioning:
            raise ProvisioningOff(f"Provisioning is off for {app_name}: nothing can be imported")
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
        return self._apply(app, plan)

    def resume(self) -> ImportResult:
        """Let the import go on whose removals were held back, and all others with it."""
        app = self._lift()
        self._state.record(EventType.IMPORT_ROADBLOCK_RESUME, (app,))
        return self.run(app, guarded=False)

    def cancel(self) -> None:
        """Drop the import that tripped the safeguard; the others may run again."""
        self._log(self._state.app(self._lift()), EventType.IMPORT_COMPLETE, failed=True)

    def confirm(self, app_name: str) -> int:
        """Confirm Assignments: link every exact match among the rows that wait, make Okta users of the rest."""
        app = self._state.app(app_name)
        waiting = self._state.imported.get(app.name, ImportedApp())
        for row in waiting.unconfirmed.values():
            self._confirm(app, row, self._match(app, row) or self._new_user(row))
        self._state.imported[app.name] = replace(waiting, unconfirmed={})
        return len(waiting.unconfirmed)

    def plan(self, app: AppInstance, users: Iterable[User], groups: tuple[Group, ...]) -> ImportPlan:
        """Compare a download with what Okta knows, and change nothing."""
        accounts = self._state.app_users_of(app.name)
        linked: list[tuple[AppUser, User]] = []
        unlinked: list[User] = []
        for user in users:
            account = next((each for each in accounts if self._decide.is_same_account(each, user)), None)
            if account is None:
                unlinked.append(user)
            else:
                linked.append((account, user))
        seen = {user.id for _, user in linked if user.id is not None}
        rows = self._state.imported.get(app.name, ImportedApp()).unconfirmed
        ids = {user.id for user in unlinked}
        return ImportPlan(
            linked=tuple(linked),
            unlinked=tuple(unlinked),
            removed=tuple(each for each in accounts if self._decide.is_gone(each, seen)),
            vanished=tuple(row for row_id, row in rows.items() if row_id not in ids | seen),
            groups=groups,
        )

    def _apply(self, app: AppInstance, plan: ImportPlan) -> ImportResult:
        before = self._state.imported.get(app.name, ImportedApp())
        new = tuple(row for row in plan.unlinked if _row_id(row) not in before.unconfirmed)
        self._log(app, EventType.IMPORT_OBJECTS_START)
        for row in new:
            self._state.record(EventType.IMPORT_USER_CREATE, (row.user_name, app.name))
        updated = sum([self._refresh(app, account, row) for account, row in plan.linked])
        self._log(app, EventType.IMPORT_OBJECTS_COMPLETE, EventType.IMPORT_MATCHING_START)
        matched, waiting = self._match_rows(app, plan.unlinked)
        self._log(app, EventType.IMPORT_MATCHING_COMPLETE, EventType.IMPORT_MEMBERSHIP_START)
        self._import_groups(app, before.groups, plan.groups)
        self._log(app, EventType.IMPORT_MEMBERSHIP_COMPLETE, EventType.IMPORT_DELETION_START)
        for account in plan.removed:
            self._state.record(EventType.IMPORT_USER_DELETE, (account.user, app.name))
            self._assignments.forget(account)
        for row in plan.vanished:
            self._state.record(EventType.IMPORT_USER_DELETE, (row.user_name, app.name))
        self._log(app, EventType.IMPORT_DELETION_COMPLETE, EventType.IMPORT_COMPLETE)
        self._state.imported[app.name] = ImportedApp({_row_id(row): row for row in waiting}, plan.groups)
        return ImportResult(
            scanned=plan.scanned,
            new=len(new),
            updated=updated,
            unchanged=plan.scanned - len(new) - updated,
            removed=len(plan.removed) + len(plan.vanished),
            matched=matched,
            groups=len(plan.groups),
        )

    def _refresh(self, app: AppInstance, account: AppUser, row: User) -> bool:
        """Take over id and entitlements of somebody already linked. Grants stay: in Okta, governance decides them."""
        held = self._entitlements(app, account.user, row)
        fresh = replace(
            account,
            external_id=row.id or account.external_id,
            imported_entitlements=held,
            status=AppUserStatus.ACTIVE if account.status is AppUserStatus.STAGED else account.status,
        )
        if account.external_id is None:
            self._tasks.close(TaskKind.CREATE, app.name, account.user)
            fresh = replace(fresh, sync_state=SyncState.SYNCHRONIZED, error=None)
        self._state.keep(fresh)
        earlier = account.imported_entitlements
        believed = tuple(account.entitlements.items()) if earlier is None else earlier
        drifted = held is not None and set(held) != set(believed)
        updated = drifted or fresh.external_id != account.external_id
        if updated:
            self._state.record(EventType.IMPORT_USER_UPDATE, (account.user, app.name))
        return updated

    def _match_rows(self, app: AppInstance, rows: tuple[User, ...]) -> tuple[int, list[User]]:
        """Match what is not linked yet. What no switch confirms by itself waits for the admin."""
        matched, waiting = 0, []
        for row in rows:
            person = self._match(app, row)
            if person is not None:
                matched += 1
                self._state.record(EventType.IMPORT_USER_MATCH, (person.name, app.name))
            if person is None and app.settings.auto_confirm_new:
                self._confirm(app, row, self._new_user(row))
            elif person is not None and app.settings.auto_confirm:
                self._confirm(app, row, person)
            else:
                waiting.append(row)
        return matched, waiting

    def _match(self, app: AppInstance, row: User) -> OktaUser | None:
        candidates = (
            user
            for user in self._state.users.values()
            if user.status is not UserStatus.DEPROVISIONED and (user.name, app.name) not in self._state.app_users
        )
        return self._decide.exact_match(row, candidates)

    def _new_user(self, row: User) -> OktaUser:
        """Make an Okta user of a row. It starts staged: activating is another decision of the admin's."""
        name = self._name_of(row.email)
        if name in self._state.users:
            name = row.email
        user = OktaUser(
            name=name,
            login=row.user_name,
            email=row.email,
            first_name=row.given_name or row.display_name,
            last_name=row.family_name or "",
            status=UserStatus.STAGED,
        )
        self._state.users[name] = user
        self._state.record(EventType.USER_CREATE, (name,))
        return user

    def _confirm(self, app: AppInstance, row: User, person: OktaUser) -> None:
        """Assign on the strength of an import. The app has the account already, so nothing is pushed."""
        held = self._entitlements(app, person.name, row)
        self._state.keep(
            AppUser(
                user=person.name,
                app=app.name,
                user_name=row.user_name,
                scope=Scope.USER,
                status=AppUserStatus.ACTIVE,
                sync_state=SyncState.SYNCHRONIZED,
                external_id=row.id,
                entitlements=dict(held or ()),
                imported_entitlements=held,
            )
        )
        self._state.record(EventType.IMPORT_USER_MATCH_CONFIRM, (person.name, app.name))
        self._state.record(EventType.APP_MEMBERSHIP_ADD, (person.name, app.name))

    def _entitlements(self, app: AppInstance, user: str, row: User) -> tuple[tuple[str, str], ...] | None:
        """Read what a row holds; None where governance is off. Values unknown to Okta are skipped and logged."""
        if not self._decide.manages_entitlements(app.settings):
            return None
        known: list[Entitlement] = []
        for entitlement in row.entitlements:
            if self._decide.is_known_entitlement(entitlement, self._state.schemas.get(app.name)):
                known.append(entitlement)
            else:
                said = f"{entitlement.type}: {entitlement.value}"
                self._state.record(EventType.IMPORT_ENTITLEMENT_MISMATCH, (user, app.name), detail=said, failed=True)
        return tuple((entitlement.type, entitlement.value) for entitlement in known)

    def _import_groups(self, app: AppInstance, before: tuple[Group, ...], now: tuple[Group, ...]) -> None:
        known, found = {group.id for group in before}, {group.id for group in now}
        for group in now:
            if group.id not in known:
                self._state.record(EventType.IMPORT_GROUP_CREATE, (group.display_name, app.name))
        for group in before:
            if group.id not in found:
                self._state.record(EventType.IMPORT_GROUP_DELETE, (group.display_name, app.name))

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

    def _lift(self) -> str:
        app, self._state.roadblock = self._state.roadblock, None
        if app is None:
            raise NoRoadblock("No import is paused")
        return app

    def _log(self, app: AppInstance, *events: EventType, failed: bool = False) -> None:
        for event in events:
            self._state.record(event, (app.name,), failed=failed)


def _row_id(row: User) -> str:
    return row.id or row.user_name


def _all_pages(fetch: Callable[[str | None], Page[User]]) -> Iterator[User]:
    cursor: str | None = None
    while True:
        page = fetch(cursor)
        yield from page.resources
        if page.next_cursor is None:
            return
        cursor = page.next_cursor
