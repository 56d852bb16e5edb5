"""By which address Workato knows somebody: not always the email, for an invitation goes to the app username."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from okta_org import OktaOrg
from okta_scenarios.play.people import People

T = TypeVar("T")


class Addresses:
    """What the orgs call people. Whoever has got another username meanwhile is still found under an earlier one."""

    def __init__(self, people: People, orgs: Mapping[str, OktaOrg], workspace_of: Callable[[str, str], str]) -> None:
        self._workspace_of = workspace_of
        self._people = people
        self._orgs = orgs
        self._noted: dict[int, object] = {}
        self._seen: dict[str, tuple[object, object]] = {}
        """Each org's users and accounts when they were last looked at."""

    def invitation_address(self, workspace: str, short: str) -> str | None:
        """Where an app invites this person: at the app username if that is an address, else at the email."""
        for name, org in self._orgs.items():
            for label in (app for app in org.apps if self._workspace_of(name, app) == workspace):
                account = org.app_user(short, label) if short in org.users else None
                if account is not None:
                    return account.user_name if "@" in account.user_name else org.users[short].email
        return None

    def others(self, short: str) -> Iterator[str]:
        """Every other address that is or was the person's in Okta."""
        for org in self._orgs.values():
            if short in org.users:
                yield org.users[short].login
                yield org.users[short].email
        yield self._people[short].user_name
        yield self._people[short].email
        yield from self._people.later_addresses(short)

    def remember(self) -> None:
        """Take note of what people are called in Okta now: Workato goes on knowing them by it."""
        for name, org in self._orgs.items():
            users, accounts = self._seen.get(name, (None, None))
            if org.value.users is not users:
                self._remember(org.value.users.in_order(), lambda user: (user.name, user.login, user.email))
            if org.value.app_users is not accounts:
                self._remember(org.app_users, lambda account: (account.user, account.user_name))
            self._seen[name] = org.value.users, org.value.app_users

    def _remember(self, rows: tuple[T, ...], called: Callable[[T], tuple[str, ...]]) -> None:
        """Rows never change: of thousands few are new each time."""
        noted = self._noted
        for row in rows:
            if id(row) not in noted:
                noted[id(row)] = row
                self._people.remember(*called(row))
