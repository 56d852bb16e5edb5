"""Accounts that Okta knows and an import finds in the app: what it learns, and whose roles count from then on."""

from collections.abc import Mapping
from dataclasses import replace

from okta_connector.values import User
from okta_org.decisions import Decisions
from okta_org.events import EventType
from okta_org.import_rows import ImportRows
from okta_org.provisioning import Provisioning
from okta_org.state import OrgState
from okta_org.tasks import TaskList
from okta_org.values import AppInstance, AppUser, AppUserStatus, SyncState, TaskKind

Roles = Mapping[str, str]


class ImportAccounts:
    def __init__(
        self, state: OrgState, tasks: TaskList, decide: Decisions, provisioning: Provisioning, rows: ImportRows
    ) -> None:
        self._state = state
        self._tasks = tasks
        self._decide = decide
        self._provisioning = provisioning
        self._rows = rows

    def refresh(self, app: AppInstance, account: AppUser, row: User) -> bool:
        """Take over id and roles of an account. Returns whether it was another one than Okta knew."""
        held = self._held(app, account, row)
        fresh = replace(
            account,
            external_id=row.id or account.external_id,
            in_app=None if held is None else tuple(held.items()),
            status=AppUserStatus.ACTIVE if account.status is AppUserStatus.STAGED else account.status,
        )
        if account.external_id is None:
            self._tasks.close(TaskKind.CREATE, app.name, account.user)
            fresh = replace(fresh, sync_state=SyncState.SYNCHRONIZED, error=None)
        if held is not None and held != account.granted and self._count(account, row, held):
            fresh = replace(fresh, entitlements=held, customised=True, grants=())
        self._state.keep(fresh)
        drifted = held is not None and held != _believed(account)
        updated = drifted or fresh.external_id != account.external_id
        if updated:
            self._state.record(EventType.IMPORT_USER_UPDATE, (account.user, app.name))
        return updated

    def push_outstanding(self, app: AppInstance, before: AppUser, row: User) -> None:
        """Push what the outstanding creation of an account carried that an import has linked."""
        linked = before.external_id is None and self._decide.manages_entitlements(app.settings)
        account = self._state.assigned(before.user, before.app)
        if (
            linked
            and account.granted == before.granted
            and self._decide.pushes_after_linking(self._state.assumptions, before)
        ):
            self._provisioning.push_profile(account, linked_with=row.entitlements)

    def _held(self, app: AppInstance, account: AppUser, row: User) -> Roles | None:
        """What the person holds in the app; None where governance is off.

        Where Okta does not know the role, it goes on believing what it believed: it has no name for anything else.
        """
        known = self._rows.entitlements(app, account.user, row)
        if known is None:
            return None
        held = dict(known)
        unreadable = {each.type for each in row.entitlements} - held.keys()
        return {name: role for name, role in _believed(account).items() if name in unreadable} | held

    def _count(self, account: AppUser, row: User, held: Roles) -> bool:
        """Whether the roles in the app become a custom grant in the place of what Okta grants."""
        if account.external_id is None:
            spared = self._provisioning.spares_administrator(account, row.entitlements)
            return spared or self._decide.adopts_roles(self._state.assumptions, account)
        believed = _believed(account)
        outstanding = account.granted != believed
        kept = outstanding and self._state.assumptions.import_over_outstanding_push == "pushed"
        return held != believed and not kept and self._decide.takes_over(self._state.assumptions)


def _believed(account: AppUser) -> Roles:
    """The roles that a person has in the app as far as Okta knows."""
    return account.granted if account.in_app is None else dict(account.in_app)
