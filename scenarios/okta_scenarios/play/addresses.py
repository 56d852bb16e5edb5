"""By which address Workato knows somebody: not always the email, for an invitation goes to the app username."""

from collections.abc import Callable, Iterator, Mapping

from okta_org import AppUser, OktaOrg, OktaUser
from okta_scenarios.play.people import People


class Addresses:
    """What the orgs call people. Whoever has got another username meanwhile is still found under an earlier one."""

    def __init__(self, people: People, orgs: Mapping[str, OktaOrg], workspace_of: Callable[[str, str], str]) -> None:
        self._workspace_of = workspace_of
        self._people = people
        self._orgs = orgs
        self._noted: dict[int, OktaUser | AppUser] = {}

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
        for org in self._orgs.values():
            for user in org.value.users.in_order():
                if self._is_new(user):
                    self._people.remember(user.name, user.login, user.email)
            for account in org.app_users:
                if self._is_new(account):
                    self._people.remember(account.user, account.user_name)

    def _is_new(self, row: OktaUser | AppUser) -> bool:
        """Whether this very value has not been looked at. Rows never change: among thousands few are new each time."""
        if id(row) in self._noted:
            return False
        self._noted[id(row)] = row
        return True
