"""By which address Workato knows somebody: not always the email, for an invitation goes to the app username."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from okta_org import AppUser, OktaOrg, OktaUser
from okta_scenarios.play.people import People


class Addresses:
    """What the orgs call people. Whoever has got another username meanwhile is still found under an earlier one."""

    def __init__(self, people: People, orgs: Mapping[str, OktaOrg], workspace_of: Callable[[str, str], str]) -> None:
        self._workspace_of = workspace_of
        self._people = people
        self._orgs = orgs
        self._noted: dict[tuple[str, object], OktaUser | AppUser] = {}

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
            users = ((user.name, user) for user in org.value.users.in_order())
            accounts = (((account.user, account.app), account) for account in org.app_users)
            known: Iterable[tuple[object, OktaUser | AppUser]] = chain(users, accounts)
            for key, each in known:
                if self._noted.get((name, key)) is each:
                    continue
                self._noted[name, key] = each
                if isinstance(each, OktaUser):
                    self._people.remember(each.name, each.login, each.email)
                else:
                    self._people.remember(each.user, each.user_name)
