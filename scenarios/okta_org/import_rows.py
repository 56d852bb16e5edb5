"""Imported people whom Okta has not linked: matched, made users of, ignored, or left for the admin to decide."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from okta_connector.values import Entitlement, User
from okta_org.draft import Draft, verb
from okta_org.events import EventType
from okta_org.org import Org
from okta_org.refusals import AlreadyAssigned, NothingToConfirm, UsernameTaken
from okta_org.values import (
    AppInstance,
    AppUser,
    AppUserStatus,
    ImportedApp,
    OktaUser,
    Scope,
    SyncState,
    UserStatus,
)


class Match(NamedTuple):
    """Okta's proposal for a row. A partial one is the same name under another email."""

    person: OktaUser
    exact: bool


def take(draft: Draft, app: AppInstance, rows: Iterable[User], before: ImportedApp, *, scheduled: bool) -> ImportedApp:
    """Match what is not linked yet, and confirm what a switch confirms by itself; the rest waits.

    So does a row whose username somebody else has, a deactivated user among them: the admin decides about it.
    A scheduled import does not look again at a row that matched nobody before; one by hand does.
    """
    waiting: dict[str, User] = {}
    unmatched: set[str] = set()
    matched = 0
    for row in rows:
        id_ = row_id(row)
        if id_ in before.ignored:
            continue
        match = None if scheduled and id_ in before.unmatched else _match(draft.org, app, row)
        if match is None:
            unmatched.add(id_)
        else:
            matched += 1
            draft.record(EventType.IMPORT_USER_MATCH, (match.person.name, app.name))
        if not _confirm_by_itself(draft, app, row, match):
            waiting[id_] = row
    return ImportedApp(waiting, before.groups, frozenset(unmatched & waiting.keys()), before.ignored, matched)


@verb
def confirm_assignments(
    draft: Draft,
    app: str,
    matches: Collection[str] = (),
    as_new: Collection[str] = (),
    as_existing: Mapping[str, str] = MappingProxyType({}),
    ignored: Collection[str] = (),
) -> None:
    """Link or make the people of the rows that wait, and answer how many rows are decided.

    `matches` take Okta's proposal, `as_new` become new users, `as_existing` are somebody whom the admin names, and
    `ignored` stay unassigned. Whoever is not named goes on waiting. Where nobody is named, every row is confirmed as
    proposed.
    """
    instance = draft.org.app(app)
    waiting = draft.org.imported.get(app, ImportedApp())
    named = dict.fromkeys(matches, "match") | dict.fromkeys(as_new, "new")
    named |= dict.fromkeys(as_existing, "existing") | dict.fromkeys(ignored, "ignore")
    decided = dict(_decide(draft.org, instance, waiting, named, as_existing))
    for id_, person_of in decided.items():
        if person_of is not None:
            _link(draft, instance, waiting.unconfirmed[id_], person_of(draft))
    left = {id_: row for id_, row in waiting.unconfirmed.items() if id_ not in decided}
    left_out = {id_: waiting.unconfirmed[id_] for id_, person_of in decided.items() if person_of is None}
    _keep(
        draft,
        app,
        replace(
            waiting,
            unconfirmed=left,
            unmatched=frozenset(waiting.unmatched & left.keys()),
            ignored={**waiting.ignored, **left_out},
        ),
    )
    draft.answer = len(decided)


@verb
def stop_ignoring(draft: Draft, app: str, users: tuple[str, ...]) -> None:
    """Let rows that were ignored wait to be confirmed again, as the last import found them."""
    draft.org.app(app)
    waiting = draft.org.imported.get(app, ImportedApp())
    ids = {draft.org.name_of(row.email): id_ for id_, row in waiting.ignored.items()}
    for name in users:
        if name not in ids:
            raise NothingToConfirm(f"No row of {app} is ignored for {name}")
    back = {ids[name]: waiting.ignored[ids[name]] for name in users}
    ignored = {id_: row for id_, row in waiting.ignored.items() if id_ not in back}
    _keep(draft, app, replace(waiting, unconfirmed={**waiting.unconfirmed, **back}, ignored=ignored))


def entitlements_in(draft: Draft, app: AppInstance, user: str, row: User) -> tuple[tuple[str, str], ...] | None:
    """Read what a row holds; None where governance is off. Values unknown to Okta are skipped and logged."""
    decide = draft.org.decide
    if not decide.manages_entitlements(app.settings):
        return None
    known: list[Entitlement] = []
    for entitlement in row.entitlements:
        if decide.is_known_entitlement(entitlement, draft.org.schemas.get(app.name)):
            known.append(entitlement)
        else:
            said = f"{entitlement.type}: {entitlement.value}"
            draft.record(EventType.IMPORT_ENTITLEMENT_MISMATCH, (user, app.name), detail=said, failed=True)
    return tuple((entitlement.type, entitlement.value) for entitlement in known)


def row_id(row: User) -> str:
    return row.id or row.user_name


def _keep(draft: Draft, app: str, imported: ImportedApp) -> None:
    draft.set(imported=draft.org.imported.put(app, imported))


def _confirm_by_itself(draft: Draft, app: AppInstance, row: User, match: Match | None) -> bool:
    settings = app.settings
    if _conflict(draft.org, app, row, None if match is None else match.person) is not None:
        return False
    if match is None:
        if settings.auto_confirm_new:
            _link(draft, app, row, _new_user(draft, app, row))
        return settings.auto_confirm_new
    by_itself = settings.auto_confirm if match.exact else settings.auto_confirm_partial
    if by_itself:
        _link(draft, app, row, match.person)
    return by_itself


def _decide(
    org: Org, app: AppInstance, waiting: ImportedApp, named: Mapping[str, str], as_existing: Mapping[str, str]
) -> Iterator[tuple[str, Callable[[Draft], OktaUser] | None]]:
    """Each row that is decided, with whom it makes or finds; None where it is ignored. Nothing changes yet."""
    rows = {org.name_of(row.email): (id_, row) for id_, row in waiting.unconfirmed.items()}
    for name in named:
        if name not in rows:
            raise NothingToConfirm(f"No row of {app.name} waits for {name}")
    if not rows:
        raise NothingToConfirm(f"No row of {app.name} waits to be confirmed")
    chosen: set[str] = set()
    for name, (id_, row) in rows.items():
        how = named.get(name, "" if named else "proposed")
        if how == "ignore":
            yield id_, None
        elif how:
            person = _person_behind(org, app, name, row, how, as_existing)
            conflict = _conflict(org, app, row, person, chosen)
            if conflict is None:
                chosen |= set() if person is None else {person.name}
                yield id_, _maker(app, row, person)
            elif how != "proposed":
                raise UsernameTaken(conflict)


def _maker(app: AppInstance, row: User, person: OktaUser | None) -> Callable[[Draft], OktaUser]:
    return lambda draft: _new_user(draft, app, row) if person is None else person


def _person_behind(
    org: Org, app: AppInstance, name: str, row: User, how: str, as_existing: Mapping[str, str]
) -> OktaUser | None:
    """Find the Okta user a row is said to be, or refuse; None where one is made of it."""
    if how == "existing":
        return _existing(org, app, as_existing[name])
    match = None if how == "new" else _match(org, app, row)
    if match is None and how == "match":
        raise NothingToConfirm(f"The row of {name} in {app.name} matches no Okta user")
    return None if match is None else match.person


def _existing(org: Org, app: AppInstance, user: str) -> OktaUser:
    person = org.user(user)
    if (user, app.name) in org.app_users:
        raise AlreadyAssigned(f"{user} is already assigned to {app.name}")
    return person


def _conflict(
    org: Org, app: AppInstance, row: User, person: OktaUser | None, chosen: Collection[str] = ()
) -> str | None:
    """Say who is in the way of a row: whoever has its username, or its person, who is another row's already."""
    holder = org.username_holder(row.user_name)
    if person is None and holder is not None:
        return f"The username {row.user_name} is taken: {holder.name} has it and is {holder.status}"
    if person is not None and person.name in chosen:
        return f"{person.name} cannot be two users of {app.name}"
    if not org.decide.username_is_free(row.user_name, (each.user_name for each in org.app_users_of(app.name))):
        return f"Another user of {app.name} has the username {row.user_name}"
    return None


def _match(org: Org, app: AppInstance, row: User) -> Match | None:
    exact = org.decide.exact_match(row, _candidates(org, app), app.settings.exact_match)
    if exact is not None:
        return Match(exact, exact=True)
    partial = org.decide.partial_match(row, _candidates(org, app)) if app.settings.partial_match else None
    return None if partial is None else Match(partial, exact=False)


def _candidates(org: Org, app: AppInstance) -> Iterator[OktaUser]:
    """Whom a row may be: everybody who is not deactivated and has no account in the app."""
    for user in org.users.in_order():
        if user.status is not UserStatus.DEPROVISIONED and (user.name, app.name) not in org.app_users:
            yield user


def _new_user(draft: Draft, app: AppInstance, row: User) -> OktaUser:
    """Make an Okta user of a row. Unless the app activates new ones, that is another decision of the admin's."""
    name = draft.org.name_of(row.email)
    if name in draft.org.users:
        name = row.email
    activated = app.settings.auto_activate_new
    user = OktaUser(
        name=name,
        login=row.user_name,
        email=row.email,
        first_name=row.given_name or row.display_name,
        last_name=row.family_name or "",
        status=UserStatus.PROVISIONED if activated else UserStatus.STAGED,
    )
    draft.keep_user(user)
    draft.record(EventType.USER_CREATE, (name,))
    if activated:
        draft.record(EventType.USER_ACTIVATE, (name,))
    return user


def _link(draft: Draft, app: AppInstance, row: User, person: OktaUser) -> None:
    """Assign on the strength of an import. The app has the account already, so nothing is pushed.

    What the person holds there becomes a custom grant (Okta: Sync entitlements from provisioning-enabled apps).
    """
    held = entitlements_in(draft, app, person.name, row)
    draft.keep(
        AppUser(
            user=person.name,
            app=app.name,
            user_name=row.user_name,
            scope=Scope.USER,
            status=AppUserStatus.ACTIVE,
            sync_state=SyncState.SYNCHRONIZED,
            external_id=row.id,
            entitlements=dict(held or ()),
            customised=bool(held),
            in_app=held,
        )
    )
    draft.record(EventType.IMPORT_USER_MATCH_CONFIRM, (person.name, app.name))
    draft.record(EventType.APP_MEMBERSHIP_ADD, (person.name, app.name))
