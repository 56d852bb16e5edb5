"""Imported people whom Okta has not linked: matched, made users of, ignored, or left for the admin to decide."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from okta_connector.values import Entitlement, User
from okta_org.decisions import Decisions
from okta_org.events import EventType
from okta_org.refusals import AlreadyAssigned, NothingToConfirm, UsernameTaken
from okta_org.state import OrgState
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


@dataclass(frozen=True, slots=True)
class Choices:
    """What the admin ticks before Confirm Assignments, by the short names of the people in the rows.

    `matches` take Okta's proposal, `as_new` become new users, `as_existing` are somebody whom the admin names, and
    `ignored` stay unassigned. Whoever is not named goes on waiting; where nobody is named, every row is confirmed as
    proposed.
    """

    matches: tuple[str, ...] = ()
    as_new: tuple[str, ...] = ()
    as_existing: Mapping[str, str] | None = None
    ignored: tuple[str, ...] = ()

    def by_person(self) -> dict[str, str]:
        """Who is named, and how."""
        named = dict.fromkeys(self.matches, "match") | dict.fromkeys(self.as_new, "new")
        return named | dict.fromkeys(self.as_existing or {}, "existing") | dict.fromkeys(self.ignored, "ignore")


class Match(NamedTuple):
    """Okta's proposal for a row. A partial one is the same name under another email."""

    person: OktaUser
    exact: bool


class ImportRows:
    """Decides about rows. `name_of` gives the short name for somebody Okta meets for the first time."""

    def __init__(self, state: OrgState, decide: Decisions, name_of: Callable[[str], str]) -> None:
        self._state = state
        self._decide = decide
        self._name_of = name_of

    def take(self, app: AppInstance, rows: Iterable[User], before: ImportedApp, *, scheduled: bool) -> ImportedApp:
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
            match = None if scheduled and id_ in before.unmatched else self._match(app, row)
            if match is None:
                unmatched.add(id_)
            else:
                matched += 1
                self._state.record(EventType.IMPORT_USER_MATCH, (match.person.name, app.name))
            if not self._confirmed_by_itself(app, row, match):
                waiting[id_] = row
        return ImportedApp(waiting, before.groups, frozenset(unmatched & waiting.keys()), before.ignored, matched)

    def confirm(self, app: AppInstance, choices: Choices) -> int:
        """Confirm Assignments, and return how many rows are decided.

        Raises `NothingToConfirm`, `AlreadyAssigned` or `UsernameTaken`.
        """
        waiting = self._state.imported.get(app.name, ImportedApp())
        decided = dict(self._decided(app, waiting, choices))
        for id_, person in decided.items():
            if person is not None:
                self._link(app, waiting.unconfirmed[id_], person())
        left = {id_: row for id_, row in waiting.unconfirmed.items() if id_ not in decided}
        ignored = {id_: waiting.unconfirmed[id_] for id_, person in decided.items() if person is None}
        self._state.imported[app.name] = replace(
            waiting,
            unconfirmed=left,
            unmatched=frozenset(waiting.unmatched & left.keys()),
            ignored={**waiting.ignored, **ignored},
        )
        return len(decided)

    def stop_ignoring(self, app: AppInstance, names: Collection[str]) -> None:
        """Let ignored rows wait again, as the last import found them. Raises `NothingToConfirm`, and then none does."""
        waiting = self._state.imported.get(app.name, ImportedApp())
        ids = {self._name_of(row.email): id_ for id_, row in waiting.ignored.items()}
        for name in names:
            if name not in ids:
                raise NothingToConfirm(f"No row of {app.name} is ignored for {name}")
        back = {ids[name]: waiting.ignored[ids[name]] for name in names}
        self._state.imported[app.name] = replace(
            waiting,
            unconfirmed={**waiting.unconfirmed, **back},
            ignored={id_: row for id_, row in waiting.ignored.items() if id_ not in back},
        )

    def entitlements(self, app: AppInstance, user: str, row: User) -> tuple[tuple[str, str], ...] | None:
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

    def _confirmed_by_itself(self, app: AppInstance, row: User, match: Match | None) -> bool:
        settings = app.settings
        if self._conflict(app, row, None if match is None else match.person) is not None:
            return False
        if match is None:
            if settings.auto_confirm_new:
                self._link(app, row, self._new_user(app, row))
            return settings.auto_confirm_new
        by_itself = settings.auto_confirm if match.exact else settings.auto_confirm_partial
        if by_itself:
            self._link(app, row, match.person)
        return by_itself

    def _decided(
        self, app: AppInstance, waiting: ImportedApp, choices: Choices
    ) -> Iterator[tuple[str, Callable[[], OktaUser] | None]]:
        """Each row that is decided, with whom it makes or finds; None where it is ignored. Nothing changes yet."""
        named = choices.by_person()
        rows = {self._name_of(row.email): (id_, row) for id_, row in waiting.unconfirmed.items()}
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
                person = self._person_behind(app, name, row, how, choices)
                conflict = self._conflict(app, row, person, chosen)
                if conflict is None:
                    chosen |= set() if person is None else {person.name}
                    yield id_, partial(self._new_user, app, row) if person is None else partial(_itself, person)
                elif how != "proposed":
                    raise UsernameTaken(conflict)

    def _person_behind(self, app: AppInstance, name: str, row: User, how: str, choices: Choices) -> OktaUser | None:
        """Find the Okta user a row is said to be, or refuse; None where one is made of it."""
        if how == "existing":
            return self._existing(app, (choices.as_existing or {})[name])
        match = None if how == "new" else self._match(app, row)
        if match is None and how == "match":
            raise NothingToConfirm(f"The row of {name} in {app.name} matches no Okta user")
        return None if match is None else match.person

    def _existing(self, app: AppInstance, user: str) -> OktaUser:
        person = self._state.user(user)
        if (user, app.name) in self._state.app_users:
            raise AlreadyAssigned(f"{user} is already assigned to {app.name}")
        return person

    def _conflict(
        self, app: AppInstance, row: User, person: OktaUser | None, chosen: Collection[str] = ()
    ) -> str | None:
        """Say who is in the way of a row: whoever has its username, or its person, who is another row's already."""
        holder = self._state.username_holder(row.user_name)
        if person is None and holder is not None:
            return f"The username {row.user_name} is taken: {holder.name} has it and is {holder.status}"
        if person is not None and person.name in chosen:
            return f"{person.name} cannot be two users of {app.name}"
        accounts = self._state.app_users_of(app.name)
        if not self._decide.username_is_free(row.user_name, (each.user_name for each in accounts)):
            return f"Another user of {app.name} has the username {row.user_name}"
        return None

    def _match(self, app: AppInstance, row: User) -> Match | None:
        exact = self._decide.exact_match(row, self._candidates(app), app.settings.exact_match)
        if exact is not None:
            return Match(exact, exact=True)
        partial = self._decide.partial_match(row, self._candidates(app)) if app.settings.partial_match else None
        return None if partial is None else Match(partial, exact=False)

    def _candidates(self, app: AppInstance) -> Iterator[OktaUser]:
        """Whom a row may be: everybody who is not deactivated and has no account in the app."""
        for user in self._state.users.values():
            if user.status is not UserStatus.DEPROVISIONED and (user.name, app.name) not in self._state.app_users:
                yield user

    def _new_user(self, app: AppInstance, row: User) -> OktaUser:
        """Make an Okta user of a row. Unless the app activates new ones, that is another decision of the admin's."""
        name = self._name_of(row.email)
        if name in self._state.users:
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
        self._state.keep_user(user)
        self._state.record(EventType.USER_CREATE, (name,))
        if activated:
            self._state.record(EventType.USER_ACTIVATE, (name,))
        return user

    def _link(self, app: AppInstance, row: User, person: OktaUser) -> None:
        """Assign on the strength of an import. The app has the account already, so nothing is pushed.

        What the person holds there becomes a custom grant (Okta: Sync entitlements from provisioning-enabled apps).
        """
        held = self.entitlements(app, person.name, row)
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
                customised=bool(held),
                in_app=held,
            )
        )
        self._state.record(EventType.IMPORT_USER_MATCH_CONFIRM, (person.name, app.name))
        self._state.record(EventType.APP_MEMBERSHIP_ADD, (person.name, app.name))


def _itself(person: OktaUser) -> OktaUser:
    return person


def row_id(row: User) -> str:
    return row.id or row.user_name
