"""Accounts that Okta knows and an import finds in the app: what it learns, and whose roles count from then on."""

from collections.abc import Mapping
from dataclasses import replace

from okta_connector.values import User
from okta_org import tasks
from okta_org.draft import Draft
from okta_org.events import EventType
from okta_org.import_rows import entitlements_in
from okta_org.provisioning import demotion, profile_of, push_profile
from okta_org.pushes import Lost
from okta_org.values import AppInstance, AppUser, AppUserStatus, SyncState, TaskKind

Roles = Mapping[str, str]


def refresh(draft: Draft, app: AppInstance, account: AppUser, row: User, lost: Lost) -> bool:
    """Take over id and roles of an account. Returns whether it was another one than Okta knew.

    `lost` is what an administrator who is linked would lose to what Okta grants, where that is not to be.
    """
    held = _roles_in_app(draft, app, account, row)
    external_id = row.id or account.external_id
    in_app = None if held is None else tuple(held.items())
    status = AppUserStatus.ACTIVE if account.status is AppUserStatus.STAGED else account.status
    fresh = account
    if (external_id, in_app, status) != (account.external_id, account.in_app, account.status):
        fresh = replace(account, external_id=external_id, in_app=in_app, status=status)
    if account.external_id is None:
        tasks.close(draft, draft.org.task(TaskKind.CREATE, app.name, account.user))
        fresh = replace(fresh, sync_state=SyncState.SYNCHRONIZED, error=None)
    if held is not None and held != account.granted and _count(draft, account, held, lost):
        fresh = replace(fresh, entitlements=held, customised=True, grants=())
    if fresh is not account:
        draft.keep(fresh)
    drifted = held is not None and held != _known_roles(account)
    updated = drifted or fresh.external_id != account.external_id
    if updated:
        draft.record(EventType.IMPORT_USER_UPDATE, (account.user, app.name))
    return updated


def push_outstanding(draft: Draft, before: AppUser, row: User) -> None:
    """Push what the outstanding creation of an account carried that an import has linked."""
    account = draft.org.app_users.get((before.user, before.app))
    if account is None or before.external_id is not None:
        return
    decide, settings = draft.org.decide, draft.org.app(before.app).settings
    kept = decide.manages_entitlements(settings) and account.granted == before.granted
    if kept and decide.pushes_after_linking(draft.org.assumptions, before):
        push_profile(draft, account, linked_with=row.entitlements)


def _roles_in_app(draft: Draft, app: AppInstance, account: AppUser, row: User) -> Roles | None:
    """What the person holds in the app; None where governance is off.

    Where Okta does not know the role, it goes on believing what it believed: it has no name for anything else.
    """
    known = entitlements_in(draft, app, account.user, row)
    if known is None:
        return None
    held = dict(known)
    unreadable = {each.type for each in row.entitlements} - held.keys()
    return {name: role for name, role in _known_roles(account).items() if name in unreadable} | held


def _count(draft: Draft, account: AppUser, held: Roles, lost: Lost) -> bool:
    """Whether the roles in the app become a custom grant in the place of what Okta grants."""
    org = draft.org
    if account.external_id is None:
        _record_spared(draft, account, lost)
        return bool(lost) or org.decide.adopts_roles(org.assumptions, account)
    believed = _known_roles(account)
    outstanding = account.granted != believed
    kept = outstanding and org.assumptions.import_over_outstanding_push == "pushed"
    return held != believed and not kept and org.decide.takes_over(org.assumptions)


def _record_spared(draft: Draft, account: AppUser, lost: Lost) -> None:
    if lost:
        said = demotion(draft.org.app(account.app), profile_of(draft.org, account, None), lost)
        draft.record(EventType.VERIFY_EXISTS, (account.user, account.app), detail=said, failed=True)


def _known_roles(account: AppUser) -> Roles:
    """The roles that a person has in the app as far as Okta knows."""
    return account.granted if account.in_app is None else dict(account.in_app)
