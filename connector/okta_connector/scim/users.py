"""The actions on people: look up, then create or link; push a profile; deactivate; import."""

from collections.abc import Iterable
from dataclasses import replace

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.parsing import JsonObject
from okta_connector.scim import bodies
from okta_connector.scim.actions import ScimActions
from okta_connector.scim.answers import Step
from okta_connector.scim.values import ScimUser
from okta_connector.values import Entitlement, Page, User

EMPTY_USER = "Create new user returned empty user."
CREATED = 201


class UserActions(ScimActions):
    # Reading

    def list_users(self, cursor: str | None = None, limit: int | None = None) -> Page[User]:
        """Import one page. The next one is asked for by where it begins; Okta always asks for a hundred."""
        del limit
        start = 1 if cursor is None else int(cursor)
        with self.step(Step.IMPORT):
            page = self.client.list_users(start)
        following = self.decide.next_start(start, page.total or 0)
        people = tuple(as_user(each) for each in self.decide.people_to_import(page.rows))
        return Page(people, None if following is None else str(following))

    def get_user_by_user_name(self, user_name: str) -> User:
        found = self.look_up(user_name)
        if found is None:
            raise ActionFailed(
                FailureType.RESOURCE_NOT_FOUND, f"No user has the username {user_name}.", step=Step.LOOK_UP
            )
        return as_user(found)

    # Writing

    def create_user(self, user: User) -> User:
        """Look the person up, then create or link them. With an id it is an account that Okta knew before."""
        if user.id is not None:
            return self.reactivate(user, user.id)
        found = self.look_up(user.user_name) if self.decide.looks_up_first() else None
        return self.create(user) if found is None else self.link(user, found)

    def update_user(self, user: User) -> User:
        """Read the user, lay the mapped attributes over it, and send the whole. `user` is the full profile."""
        user_id = user.id or ""
        read = self.read(user_id)
        self.put(user_id, self.decide.profile(self.settings, user, read, self.switches))
        return user

    def deactivate_user(self, user_id: str) -> None:
        if self.patches:
            self.patch_active(user_id, active=False)
        else:
            self.put(user_id, self.decide.deactivation(self.read(user_id)))

    def administration_lost(self, user: User, held: Iterable[Entitlement]) -> tuple[Entitlement, ...]:
        return self.decide.administration_lost(self.settings, user, held)

    # Parts of the conversations

    def look_up(self, user_name: str) -> ScimUser | None:
        found = self.found(lambda: self.client.find_users(user_name))
        return self.decide.user_to_link(user_name, found, self.switches)

    def create(self, user: User) -> User:
        body = self.decide.creation(self.settings, user, self.password(), self.switches)
        with self.step(Step.CREATE):
            status, created = self.client.create_user(body)
        refused = self.switches.okta_create_answer == "only_201" and status != CREATED
        if created is None or refused:
            raise ActionFailed(FailureType.GENERIC_FAILURE, EMPTY_USER, step=Step.CREATE)
        return replace(user, id=created.id)

    def link(self, user: User, found: ScimUser) -> User:
        if self.switches.okta_link_reads_by_id == "yes":
            found = self.read(found.id)
        if self.patches and not found.active and self.switches.okta_link_activation == "patch":
            self.patch_active(found.id, active=True)
        self.put(found.id, self.decide.linking(self.settings, user, found, self.switches))
        return replace(user, id=found.id, held_before=entitlements_of(found))

    def reactivate(self, user: User, user_id: str) -> User:
        if self.patches:
            self.patch_active(user_id, active=True)
        else:
            self.put(user_id, self.decide.linking(self.settings, user, self.read(user_id), self.switches))
        return user

    def read(self, user_id: str) -> ScimUser:
        with self.step(Step.READ):
            return self.client.get_user(user_id)

    def put(self, user_id: str, body: JsonObject) -> None:
        with self.step(Step.WRITE):
            self.client.replace_user(user_id, body)

    def patch_active(self, user_id: str, *, active: bool) -> None:
        with self.step(Step.WRITE):
            self.client.patch_user(user_id, bodies.activation(active=active))


def as_user(found: ScimUser) -> User:
    """Make an app user of what the server has; what is not mapped on the way in is left out."""
    together = " ".join(filter(None, (found.given_name, found.family_name)))
    return User(
        id=found.id,
        user_name=found.user_name,
        email=found.email or found.user_name,
        display_name=found.display_name or together,
        given_name=found.given_name,
        family_name=found.family_name,
        active=found.active,
        entitlements=entitlements_of(found),
    )


def entitlements_of(found: ScimUser) -> tuple[Entitlement, ...]:
    return tuple(Entitlement(environment, role) for environment, role in found.roles.items())
