"""The people of a scenario: what the file says of them, and what follows from a short name and the seed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from okta_connector.folding import fold
from okta_org import OktaUser, UserStatus
from okta_scenarios.language.models.given import Given


@dataclass(frozen=True, slots=True)
class Person:
    short: str
    first_name: str
    last_name: str
    email: str
    user_name: str
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    status: UserStatus = UserStatus.ACTIVE

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def as_okta_user(self) -> OktaUser:
        return OktaUser(
            self.short, self.user_name, self.email, self.first_name, self.last_name, self.status, self.attributes
        )


class People:
    """Everybody whom a scenario may speak of. People are made when they are first mentioned."""

    def __init__(self, given: Given, seed: int) -> None:
        self._given = given
        self._seed = seed
        self._people: dict[str, Person] = {}
        self._by_user_name: dict[str, str] = {}
        self._by_email: dict[str, str] = {}
        self._by_later_address: dict[str, str] = {}
        self._later_addresses: dict[str, list[str]] = {}

    def __getitem__(self, short: str) -> Person:
        if short not in self._people:
            self._people[short] = made = self._make(short)
            self._by_user_name.setdefault(fold(made.user_name), short)
            self._by_email.setdefault(fold(made.email), short)
        return self._people[short]

    def remember(self, short: str, *addresses: str) -> None:
        """Okta knows the person by these addresses, too. Whoever had one first keeps it."""
        for address in addresses:
            key = fold(address)
            if key not in self._by_later_address:
                self._by_later_address[key] = short
                self._later_addresses.setdefault(short, []).append(address)

    def later_addresses(self, short: str) -> tuple[str, ...]:
        return tuple(self._later_addresses.get(short, ()))

    def short_of(self, address: str) -> str:
        """The short name of whoever has this address; the address itself where nobody has.

        A username counts before an email: invitations go to the username.
        """
        key = fold(address)
        known = (self._by_user_name, self._by_email, self._by_later_address)
        return next((each[key] for each in known if key in each), address)

    def _make(self, short: str) -> Person:
        said = self._given.people.get(short)
        email = (said and said.email) or f"{short}@example.test"
        if said is not None and said.name is not None:
            first, _, last = said.name.partition(" ")
        else:
            first, last = short.capitalize(), _surname(short, self._seed)
        attributes = {} if said is None or said.attributes is None else said.attributes.model_dump(exclude_unset=True)
        status = UserStatus.ACTIVE if said is None else UserStatus(said.status)
        return Person(short, first, last, email, (said and said.user_name) or email, attributes, status)


@lru_cache(maxsize=4096)
def _surname(short: str, seed: int) -> str:
    """A surname that depends on nothing but the short name and the seed."""
    names = _surnames()
    digest = blake2b(f"{seed}:{short}".encode(), digest_size=4).digest()
    return names[int.from_bytes(digest, "big") % len(names)]


@lru_cache(maxsize=1)
def _surnames() -> tuple[str, ...]:
    from faker.providers.person.en_GB import Provider  # the list alone: Faker's own set-up takes half a second

    return tuple(sorted(Provider.last_names))
