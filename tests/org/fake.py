"""A downstream app on one page: values in, values out, or `ActionFailed`. And an org with a movable clock beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from okta_connector import (
    ActionFailed,
    Entitlement,
    FailureType,
    Group,
    MembershipChange,
    MembershipPush,
    Page,
    SchemaProperty,
    SchemaPropertyValue,
    User,
)
from okta_org import (
    AppSettings,
    AppUser,
    Decisions,
    EventType,
    GroupMapping,
    ImportResult,
    OktaAssumptions,
    OktaOrg,
    OktaUser,
    TaskKind,
    UserStatus,
)
from okta_org.assignments import assign
from okta_org.directory import add_user
from okta_org.groups import create_group
from okta_org.imports import import_users

GENERIC = FailureType.GENERIC_FAILURE
NOT_FOUND = FailureType.RESOURCE_NOT_FOUND
RATE_LIMIT = FailureType.RATE_LIMIT_EXCEEDED
CREDENTIALS = FailureType.INVALID_CREDENTIALS

MEMBER = {"dev": "Member"}
MANAGER = {"dev": "Environment manager"}


@dataclass
class FakeApp:
    """Invited people stand in `invited` by email; `accept` makes members of them, whose ids are digits."""

    members: dict[str, User] = field(default_factory=dict)
    invited: dict[str, User] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    group_members: dict[str, list[str]] = field(default_factory=dict)
    roles: tuple[str, ...] = ("Member", "Environment manager")
    calls: list[tuple[str, object]] = field(default_factory=list)
    failures: dict[str, list[ActionFailed]] = field(default_factory=dict)
    page_size: int = 1000
    last_id: int = 100
    answers_emptily: bool = False

    def fail(self, action: str, *failures: ActionFailed) -> None:
        """Let the next calls of an action fail."""
        self.failures.setdefault(action, []).extend(failures)

    def accept(self, email: str) -> str:
        return self.join(self.invited.pop(email))

    def join(self, user: User) -> str:
        self.last_id += 1
        self.members[str(self.last_id)] = replace(user, id=str(self.last_id))
        return str(self.last_id)

    def take_calls(self) -> list[str]:
        """Name the calls so far, and forget them."""
        names = [name for name, _ in self.calls]
        self.calls.clear()
        return names

    def sent(self, action: str) -> User:
        """Return the profile in the latest call of an action."""
        found = [argument for name, argument in self.calls if name == action]
        assert isinstance(found[-1], User)
        return found[-1]

    def test_credentials(self) -> None:
        self._called("test_credentials")

    def list_users(self, cursor: str | None = None, limit: int | None = None) -> Page[User]:
        self._called("list_users", cursor)
        start = int(cursor or 0)
        end = start + (limit or self.page_size)
        everybody = tuple(self.members.values())
        return Page(everybody[start:end], str(end) if end < len(everybody) else None)

    def get_user_by_user_name(self, user_name: str) -> User:
        self._called("get_user_by_user_name", user_name)
        return self._member(user_name)

    def create_user(self, user: User) -> User:
        self._called("create_user", user)
        if self.answers_emptily:
            return replace(user, id=None)
        if not user.entitlements:
            raise ActionFailed(GENERIC, "A role or a privilege must be given.")
        address = user.user_name if "@" in user.user_name else user.email
        found = self._found(address)
        if found is not None and found.id is not None:
            self.members[found.id] = replace(found, entitlements=user.entitlements)
            return replace(user, id=found.id, held_before=found.entitlements)
        self.invited[address] = replace(user, email=address)
        return replace(user, id=address)

    def update_user(self, user: User) -> User:
        self._called("update_user", user)
        member = self._member(user.id or "")
        if member.email != user.user_name:
            raise ActionFailed(GENERIC, f"Conflict: {member.email} cannot become {user.user_name}.")
        self.members[member.id or ""] = replace(member, entitlements=user.entitlements)
        return replace(user, id=member.id)

    def administration_lost(self, user: User, held: Iterable[Entitlement]) -> tuple[Entitlement, ...]:
        return tuple(each for each in held if each.value == "Admin" and each not in user.entitlements)

    def deactivate_user(self, user_id: str) -> None:
        self._called("deactivate_user", user_id)
        if user_id.isdigit():
            self.members.pop(user_id, None)
        else:
            del self.members[self._member(user_id).id or ""]

    def list_user_schema(self) -> Page[SchemaProperty]:
        self._called("list_user_schema")
        return Page((SchemaProperty("email", "EMAIL"),))

    def list_user_schema_values(self) -> Page[SchemaPropertyValue]:
        self._called("list_user_schema_values")
        return Page(tuple(SchemaPropertyValue(role, role, "role") for role in self.roles))

    def list_entitlement_schema(self) -> Page[SchemaProperty]:
        self._called("list_entitlement_schema")
        return Page((SchemaProperty("dev", "STRING"),))

    def list_entitlement_values(self) -> Page[SchemaPropertyValue]:
        self._called("list_entitlement_values")
        return Page(tuple(SchemaPropertyValue(role, role, "dev") for role in self.roles))

    def list_groups(self) -> Page[Group]:
        self._called("list_groups")
        return Page(tuple(self.groups.values()))

    def find_groups(self, display_name: str) -> Page[Group]:
        self._called("find_groups", display_name)
        return Page(
            tuple(group for group in self.groups.values() if display_name.casefold() in group.display_name.casefold())
        )

    def create_group(self, group: Group, push: MembershipPush = MembershipPush()) -> Group:  # noqa: B008 - frozen
        del push
        self._called("create_group", group)
        made = replace(group, id=f"pf-{len(self.groups) + 1}")
        self.groups[made.id or ""] = made
        self.group_members[made.id or ""] = []
        return made

    def update_group(self, group: Group) -> Group:
        self._called("update_group", group)
        self.groups[group.id or ""] = group
        return group

    def remove_group(self, group_id: str) -> None:
        self._called("remove_group", group_id)
        del self.groups[group_id]

    def list_group_members(self, group_id: str) -> Page[str]:
        self._called("list_group_members", group_id)
        return Page(tuple(self.group_members[group_id]))

    def push_members(self, group: Group, push: MembershipPush) -> MembershipChange:
        added = self.add_group_members(group.id or "", push.add) if push.add else MembershipChange(())
        if push.remove:
            self.remove_group_members(group.id or "", push.remove)
        return added

    def add_group_members(self, group_id: str, values: Sequence[str]) -> MembershipChange:
        self._called("add_group_members", tuple(values))
        found = {value: self._found(value) for value in values}
        self.group_members[group_id] += [user.id or "" for user in found.values() if user]
        return MembershipChange(
            applied=tuple(value for value, user in found.items() if user),
            not_accepted=tuple(value for value, user in found.items() if not user and "@" in value),
            gone=tuple(value for value, user in found.items() if not user and "@" not in value),
        )

    def remove_group_members(self, group_id: str, values: Sequence[str]) -> MembershipChange:
        self._called("remove_group_members", tuple(values))
        for value in values:
            found = self._found(value)
            self.group_members[group_id].remove((found.id if found else None) or value)
        return MembershipChange(tuple(values))

    def _called(self, action: str, argument: object = None) -> None:
        self.calls.append((action, argument))
        if failures := self.failures.get(action):
            raise failures.pop(0)

    def _found(self, value: str) -> User | None:
        return next((user for user in self.members.values() if value in {user.id, user.email}), None)

    def _member(self, value: str) -> User:
        if found := self._found(value):
            return found
        raise ActionFailed(NOT_FOUND, f"No user returned for user {value}: the invitation is not accepted.")


@dataclass
class Fixture:
    """An org, its apps, and the clock they live by."""

    org: OktaOrg
    app: FakeApp
    now: list[datetime]

    def advance(self, **time: float) -> None:
        self.now[0] += timedelta(**time)

    def events(self) -> list[str]:
        return [event.type.value for event in self.org.log]

    def last(self, event: EventType) -> str:
        """Return what the latest entry of that type says."""
        return next(entry.detail or "" for entry in reversed(self.org.log) if entry.type is event)

    def task(self, kind: TaskKind, subject: str = "ada", app: str = "workato") -> str:
        """Return the text of an open task."""
        found = self.org.tasks.find(kind, app, subject)
        assert found is not None
        return found.message

    def account(self, user: str = "ada", app: str = "workato") -> AppUser:
        """Return an account that has to be there."""
        found = self.org.app_user(user, app)
        assert found is not None
        return found

    def import_now(self) -> ImportResult:
        """Import Now, and return what the panel shows."""
        shown = self.org.do(import_users, "workato")
        assert isinstance(shown, ImportResult)
        return shown

    def bring_in(self, user: str = "ada", *, accepts: bool = True) -> None:
        """Bring a person into the app, accepted or not, and forget the calls that took."""
        self.org.do(assign, user, "workato", MEMBER)
        if accepts:
            self.app.accept(f"{user}@example.test")
        self.app.calls.clear()


def person(name: str) -> OktaUser:
    email = f"{name}@example.test"
    return OktaUser(name, email, email, name.title(), "Example")


def member(name: str, **roles: str) -> User:
    """Somebody as the app shows them on an import."""
    email = f"{name}@example.test"
    held = tuple(Entitlement(environment, role) for environment, role in roles.items())
    return User(None, email, email, f"{name.title()} Example", name.title(), "Example", entitlements=held)


def set_up(
    *people: str,
    settings: AppSettings = AppSettings(import_groups=False),  # noqa: B008
    status: UserStatus = UserStatus.ACTIVE,
    assumptions: OktaAssumptions = OktaAssumptions(),  # noqa: B008
    decisions: Decisions = Decisions(),  # noqa: B008
) -> Fixture:
    """Set up one org with the app `workato`, labelled Workato, and people who are in this state."""
    now = [datetime(2026, 3, 2, 9, tzinfo=UTC)]
    org = OktaOrg("acme", lambda: now[0], lambda email: email.partition("@")[0], assumptions, decisions)
    app = FakeApp()
    org.add_app("workato", app, settings, label="Workato")
    for name in people:
        org.do(add_user, replace(person(name), status=status))
    return Fixture(org, app, now)


def with_group(*accepted: str, pending: tuple[str, ...] = (), settings: AppSettings = AppSettings()) -> Fixture:  # noqa: B008
    """Set up the group devs: people who accepted, then people who did not."""
    s = set_up(*accepted, *pending, settings=settings)
    for name in accepted:
        s.bring_in(name)
    for name in pending:
        s.bring_in(name, accepts=False)
    s.org.do(create_group, "devs", (*accepted, *pending), "Developers")
    return s


def mapping(s: Fixture) -> GroupMapping:
    return s.org.mappings["devs", "workato"]


def rate_limited(retry_after: int | None = None) -> ActionFailed:
    return ActionFailed(RATE_LIMIT, "Too many requests", 429, retry_after)


def unauthorized() -> ActionFailed:
    return ActionFailed(CREDENTIALS, "Unauthorized", 401)


def bad_gateway() -> ActionFailed:
    return ActionFailed(GENERIC, "<html>Bad gateway</html>", 502)
