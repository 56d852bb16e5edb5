"""App instances: their switches and their connection, and pushes to everybody at once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Unpack

from okta_connector.errors import ActionFailed
from okta_org import messages
from okta_org.draft import Draft, record, verb
from okta_org.events import EventType
from okta_org.imports import forget_groups, reschedule
from okta_org.org import Org
from okta_org.provisioning import push_current_profile, push_new_user
from okta_org.pushes import CheckConnection, Discovered, DiscoverSchema, PushOutcome
from okta_org.refusals import (
    AlreadyExists,
    AppInactive,
    BadSchedule,
    CredentialsRefused,
    GovernanceIncomplete,
    GovernanceTooLate,
    NothingToProvision,
    NotOnThisRoad,
    ProvisioningOff,
)
from okta_org.tasks import record_cause
from okta_org.values import AppInstance, AppSettings, AppUser, AppUserStatus, CheckResult, SettingsChange, SyncState


def add_app(
    draft: Draft,
    app: str,
    connection: str,
    settings: AppSettings = AppSettings(),  # noqa: B008 - frozen
    label: str | None = None,
    user_names: Mapping[str, str] | None = None,
) -> None:
    """Put an app instance in place that is configured already.

    `user_names` are the app usernames of people whose account starts from another one than the Okta username.
    """
    if app in draft.org.apps:
        raise AlreadyExists(f"There is already an app {app}")
    _must_fit_road(app, settings)
    _must_fit_governance(settings)
    _must_leave_time(settings)
    instance = AppInstance(app, label or app, connection, settings, settings.provisioning, user_names or {})
    draft.set(apps=draft.org.apps.put(app, instance))
    reschedule(draft, app)


@verb
def configure_app(draft: Draft, app: str, connection: str | None = None, **switches: Unpack[SettingsChange]) -> None:
    """Change switches, or the connection, which is tested before it is saved.

    A SCIM app tests with every page of its provisioning that is saved (okta-iam-lifecycle-lab).
    """
    settings = _new_settings(draft.org, app, switches)
    tests = connection is not None or (settings.road == "scim" and settings.provisioning and settings.active)
    if tests and draft.org.decide.must_test_connection():
        draft.ask(CheckConnection(app, connection or draft.org.app(app).connection, switches))
    else:
        _save(draft, app, connection, switches)


@verb
def test_credentials(draft: Draft, app: str) -> None:
    draft.ask(CheckConnection(app, draft.org.app(app).connection))


def settle_test(draft: Draft, push: CheckConnection, outcome: PushOutcome) -> None:
    if isinstance(outcome, ActionFailed):
        result = _fail_check(draft, push.app, outcome, EventType.CONFIGURATION_UPDATE)
        if push.saves is not None:
            draft.refusal = CredentialsRefused(result.message)
            return
    else:
        result = CheckResult(ok=True)
    if push.saves is None:
        draft.answer = result
    else:
        _save(draft, push.app, push.connection, push.saves)


@verb
def import_schema(draft: Draft, app: str) -> None:
    """Discover the app's user schema and, under governance, its entitlements."""
    settings = draft.org.app(app).settings
    if settings.road == "scim" and draft.org.assumptions.okta_import_user_schema == "no":
        raise NotOnThisRoad(
            f"{app} is a SCIM app that imports no user schema: its attributes are added in the Profile Editor"
        )
    draft.ask(DiscoverSchema(app, draft.org.decide.manages_entitlements(settings)))


def settle_discovery(draft: Draft, push: DiscoverSchema, outcome: PushOutcome) -> None:
    if isinstance(outcome, ActionFailed):
        draft.answer = _fail_check(draft, push.app, outcome, EventType.CONFIGURATION_IMPORT_SCHEMA)
    elif isinstance(outcome, Discovered):
        found = draft.org.decide.adopt_schema(outcome.properties, outcome.values)
        if push.entitlements:
            found = replace(
                found,
                entitlement_properties=outcome.entitlement_properties,
                entitlement_values=outcome.entitlement_values,
            )
            draft.record(EventType.IMPORT_ENTITLEMENT, (push.app,))
        draft.set(schemas=draft.org.schemas.put(push.app, found))
        draft.answer = CheckResult(ok=True)


@verb
def provision_user(draft: Draft, user: str, app: str) -> None:
    """Provision User: push somebody whose account was never made."""
    account = draft.org.assigned_account(user, app)
    _must_provision(draft.org, app)
    if account.external_id is not None:
        raise NothingToProvision(f"{user} is provisioned in {app} already")
    push_new_user(draft, account)


@verb
def force_sync(draft: Draft, app: str, user: str | None = None) -> None:
    """Push the profile of every provisioned account. The backlog of the unprovisioned is not touched."""
    accounts = _pushable(draft.org, app, user)
    draft.record(EventType.SYNC_JOB_STARTED, (app,))
    for account in accounts:
        draft.then(push_current_profile, account.user, app)
    draft.then(record, EventType.SYNC_JOB_COMPLETED, (app,))


@verb
def apply_updates_now(draft: Draft, app: str) -> None:
    """Apply an edited mapping at once: every assigned person is pushed again."""
    accounts = _pushable(draft.org, app, None)
    draft.record(EventType.FIELD_MAPPING_CHANGE, (app,))
    for account in accounts:
        draft.then(push_current_profile, account.user, app)


def _new_settings(org: Org, app: str, switches: SettingsChange) -> AppSettings:
    """The settings with these switches, or a refusal."""
    before = org.app(app)
    settings = replace(before.settings, **switches)
    _must_fit_road(app, settings)
    if settings.governance and not before.settings.governance and before.was_provisioning:
        raise GovernanceTooLate(f"Governance cannot be enabled for {app}: provisioning was enabled first")
    _must_fit_governance(settings)
    _must_leave_time(settings)
    return settings


def _save(draft: Draft, app: str, connection: str | None, switches: SettingsChange) -> None:
    before, settings = draft.org.app(app), _new_settings(draft.org, app, switches)
    saved = replace(
        before,
        connection=connection or before.connection,
        settings=settings,
        was_provisioning=before.was_provisioning or settings.provisioning,
    )
    draft.set(apps=draft.org.apps.put(app, saved))
    draft.record(EventType.APP_UPDATE, (app,))
    if settings.provisioning and not before.settings.provisioning:
        _mark_backlog(draft, app)
    every = draft.org.decide.time_between_imports
    if every(settings) != every(before.settings):
        reschedule(draft, app)
    if before.settings.import_groups and not settings.import_groups:
        forget_groups(draft, app)


def _must_provision(org: Org, app: str) -> None:
    settings = org.app(app).settings
    if not settings.active:
        raise AppInactive(f"{app} is inactive, so no user can be pushed")
    if not settings.provisioning:
        raise ProvisioningOff(f"Provisioning is off for {app}")


def _pushable(org: Org, app: str, user: str | None) -> tuple[AppUser, ...]:
    """Return the accounts a bulk push is about, or refuse because none can be sent."""
    _must_provision(org, app)
    accounts = org.app_users_of(app) if user is None else (org.assigned_account(user, app),)
    return tuple(account for account in accounts if org.decide.is_pushed_in_bulk(account))


def _mark_backlog(draft: Draft, app: str) -> None:
    """People assigned before provisioning was enabled are not created; they say so until the admin acts."""
    for account in draft.org.app_users_of(app):
        if account.status is AppUserStatus.ACTIVE and account.external_id is None:
            draft.keep(replace(account, sync_state=SyncState.OUT_OF_SYNC, error=messages.MSG_11))


def _fail_check(draft: Draft, app: str, failure: ActionFailed, event: EventType) -> CheckResult:
    tested_scim = event is EventType.CONFIGURATION_UPDATE and draft.org.app(app).settings.road == "scim"
    message = messages.TEST_FAILED.format(detail=messages.remote(failure)) if tested_scim else messages.detail(failure)
    record_cause(draft, failure, app)
    draft.record(event, (app,), detail=message, failed=True)
    return CheckResult(ok=False, message=message)


def _must_fit_road(app: str, settings: AppSettings) -> None:
    if settings.road == "scim" and settings.governance:
        raise NotOnThisRoad(
            f"{app} is a SCIM app without entitlement management: its roles are attributes of the app user's profile"
        )


def _must_fit_governance(settings: AppSettings) -> None:
    """Governance writes through creation and update, so both have to be on once provisioning is."""
    writes = settings.create_users and settings.update_user_attributes
    if settings.governance and settings.provisioning and not writes:
        raise GovernanceIncomplete("Governance needs both Create Users and Update User Attributes")


def _must_leave_time(settings: AppSettings) -> None:
    if settings.import_every is not None and settings.import_every <= timedelta():
        raise BadSchedule("Imports by the clock need some time between them")
