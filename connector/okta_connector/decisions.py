"""What the connector decides about the documented rules: plain functions, values in, a value out, nothing sent.

Each function carries the ids of the rules it upholds (`@upholds`). `Decisions` holds them all; a connector is handed
one. To break a rule on purpose, replace a function: `dataclasses.replace(Decisions(), same_person=...)`.

Where a function takes a `Write`, that is the request which the action comes to, and what the function returns is what
goes out; None sends nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from okta_connector.errors import ActionFailed, Answered, Conflict, FailureType, Forbidden, RateLimited, Unauthorized
from okta_connector.folding import alike
from okta_connector.requests import GroupWrite, Invite, MembershipWrite, RemoveMember, UpdateRoles, Write
from okta_connector.resources import NO_ACCESS, Member, RoleAssignment, RoleType, gives_access
from okta_connector.rules import upholds
from okta_connector.settings import ConnectorSettings
from okta_connector.values import Entitlement, Group, SchemaProperty, SchemaPropertyValue, User

ADMINISTRATORS = frozenset({"Environment admin", "Admin"})
"""The system roles that may do everything in an environment, of the newer and of the older permission model."""

ALREADY_THERE = re.compile(r"\balready\b.*\b(collaborator|member|exists|taken|in use|workspace)\b", re.IGNORECASE)
"""How a refusal may say that someone is a collaborator already. No page quotes it, so this is a guess at its words."""

CLIENT_ROLE_SECTIONS = {
    "/api/member": "Collaborators",
    "/api/roles": "Collaborator roles",
    "/api/environment_roles": "Collaborator roles",
    "/api/user_groups": "Collaborator groups",
}
"""The part of an API client's role that covers a call, by how its path begins."""

SYSTEM_GROUP = "All collaborators"


# Failures


@upholds("PPU-8")
def vendor_words(error: Answered) -> str:
    """Pass on what Workato said, letter for letter: it names the role that is missing, and the admin reads it."""
    return error.text


@upholds("PNU-8", "PUD-8")
def rate_limited(error: RateLimited, said: str) -> ActionFailed:
    """Hand the wait to Okta. Asking again is Okta's to decide: a second try here would count against the limit."""
    failed = failure_from(error, FailureType.RATE_LIMIT_EXCEEDED, said)
    failed.retry_after = error.retry_after
    return failed


@upholds("CFG-2")
def not_allowed(error: Unauthorized | Forbidden, said: str) -> ActionFailed:
    """Fail this one call, and name what the API client's role must cover for it.

    Workato answers 401 both to a dead token and to a live one without the privilege, so both are named.
    """
    kind = FailureType.INVALID_CREDENTIALS if isinstance(error, Unauthorized) else FailureType.GENERIC_FAILURE
    failed = failure_from(error, kind, said)
    path = error.request.partition(" ")[2]
    sections = [section for start, section in CLIENT_ROLE_SECTIONS.items() if path.startswith(start)]
    failed.details += tuple(f"The API client's role must cover {section}." for section in sections)
    return failed


def failure_from(error: Answered, kind: FailureType, said: str) -> ActionFailed:
    return ActionFailed(kind, said, error.status, details=(error.request, error.body), request_id=error.request_id)


# Connection and permission model


@upholds("CFG-1")
def must_call_to_test() -> bool:
    """Only a call that needs the token tells whether the token is good."""
    return True


@upholds("PNU-9")
def role_type(environment_roles_are_readable: bool) -> RoleType:
    """Tell the permission model of the workspace: environment roles can be read in the newer one only."""
    return "environment" if environment_roles_are_readable else "privilege_group"


# Who is who


@upholds("PNU-5")
def same_person(one: str, other: str) -> bool:
    """An address is one person's, A to Z in either case, and only as a whole."""
    return alike(one, other)


@upholds("PNU-6")
def existing_member(address: str, people: tuple[Member, ...]) -> Member | None:
    """Among the people of an address, whoever is a collaborator already is linked and never invited again."""
    return next(filter(is_collaborator, people), None)


def is_collaborator(member: Member) -> bool:
    """Leave workspace moderators alone.

    They are granted from a parent workspace. Were they imported or linked, a deactivation in Okta would remove people
    whom Okta never put there.
    """
    return member.grant_type == "team"


# New users


@upholds("PNU-3")
def may_be_invited(granted: Mapping[str, str]) -> bool:
    """A person without a role in any environment cannot be invited; a collaborator group does not replace the role."""
    return bool(granted)


@upholds("PNU-1")
def invitation(invite: Invite) -> Write | None:
    """Whoever is unknown is sent one invitation, with name, address, roles and groups."""
    return invite


@upholds("PNU-5")
def may_be_there_already(refusal: Answered) -> bool:
    """Whether Workato refuses an invitation because the person is here: they may have joined since we looked."""
    return isinstance(refusal, Conflict) or bool(ALREADY_THERE.search(refusal.text))


@upholds("PNU-10")
def administration_lost(
    settings: ConnectorSettings, granted: Mapping[str, str], held: Iterable[Entitlement]
) -> tuple[Entitlement, ...]:
    """Say which administrator's roles, among those that somebody holds, a push of these grants takes away."""
    return tuple(
        each
        for each in held
        if each.value in ADMINISTRATORS and may_write(settings, each.type) and granted.get(each.type) != each.value
    )


# Profile updates


@upholds("EM-1")
def roles_granted(settings: ConnectorSettings, user: User) -> dict[str, str]:
    """Read the role in each environment off the entitlements that arrive inside create and update."""
    granted: dict[str, str] = {}
    for entitlement in user.entitlements:
        environment, role = entitlement.type, entitlement.value
        if not gives_access(role) or not may_write(settings, environment):
            continue
        if granted.setdefault(environment, role) != role:
            raise ActionFailed(
                FailureType.GENERIC_FAILURE,
                f"{user.user_name} is granted two roles in {environment}, {granted[environment]} and {role}: "
                "Workato holds one role in each environment.",
            )
    return granted


@upholds("GOV-2")
def environments_to_write(settings: ConnectorSettings, granted: Mapping[str, str], member: Member) -> tuple[str, ...]:
    """Say what holds in every environment, so that a role this push omits is lost, whoever granted it."""
    known = (*(role.environment_type for role in member.roles), settings.environment_type, *granted)
    return tuple(environment for environment in dict.fromkeys(known) if may_write(settings, environment))


@upholds("PPU-7")
def role_without_entitlement(environment: str) -> str | None:
    """Take access away in words: an environment that is left out keeps its role. None would leave it out."""
    return NO_ACCESS


@upholds("PPU-1")
def role_update(settings: ConnectorSettings, update: UpdateRoles, member: Member) -> Write | None:
    """A pushed profile becomes one write of roles."""
    return update if settings.update_unchanged or not already_held(update.roles, member) else None


@upholds("PPU-2")
def is_rename(member: Member, same: bool) -> bool:
    """A rename is a conflict: Workato has no call that changes an address. One that it withholds is no other one.

    `same` says whether the pushed username is the member's address.
    """
    return bool(member.email) and not same


@upholds("PPU-4")
def confirmed(user: User, member: Member) -> User:
    """Answer success with the profile Okta pushed, although Workato took the roles only and keeps its own name."""
    return replace(user, id=str(member.id))


@upholds("PPU-5")
def update_without_member(user_id: str) -> ActionFailed | None:
    """Fail an update of someone who has not accepted: there is no member whose roles could change."""
    return no_user(user_id)


def may_write(settings: ConnectorSettings, environment: str) -> bool:
    return settings.writes == "whole set" or environment == settings.environment_type


def already_held(roles: Iterable[RoleAssignment], member: Member) -> bool:
    held = {
        role.environment_type: (role.role_name, role.role_type) for role in member.roles if gives_access(role.role_name)
    }
    wanted = {role.environment_type: (role.name, role.role_type) if gives_access(role.name) else None for role in roles}
    return all(held.get(environment) == role for environment, role in wanted.items())


def no_user(user_id: str) -> ActionFailed:
    why = "no longer a collaborator" if is_member_id(user_id) else "the invitation is not accepted"
    return ActionFailed(FailureType.RESOURCE_NOT_FOUND, f"No user returned for user {user_id}: {why}.")


def is_member_id(user_id: str) -> bool:
    return user_id.isascii() and user_id.isdigit()


# Deactivation


@upholds("PUD-1")
def removal(settings: ConnectorSettings, removal: RemoveMember) -> Write | None:
    """Remove: Workato cannot suspend a collaborator."""
    return removal


@upholds("PUD-10")
def gone_is_done() -> bool:
    """Count someone who is gone already as done: they had accepted, or they would have no member id."""
    return True


@upholds("PUD-3")
def deactivation_without_member(user_id: str) -> ActionFailed | None:
    """Fail a deactivation of someone who never accepted."""
    return ActionFailed(
        FailureType.RESOURCE_NOT_FOUND,
        f"{user_id} never accepted the invitation and cannot be deactivated from here. Cancel it in Workato.",
    )


@upholds("PUD-4")
def withdrawal(address: str) -> Write | None:
    """Send nothing about the invitation of someone who is deactivated: no call can cancel it, and it stays live."""
    return None


# Imports and discovery


@upholds("INU-1", "INU-2")
def people_to_import(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Import collaborators, and nobody else: not who is merely invited, not moderators, nobody without address."""
    return tuple(member for member in members if is_collaborator(member) and member.email)


@upholds("INU-2")
def user_name_of(member: Member) -> str:
    """Import people under the address they were invited by, so that Okta matches them exactly once they accept."""
    return member.email


@upholds("INU-4")
def entitlements_of(member: Member) -> tuple[Entitlement, ...]:
    """Import roles as entitlements. "No access" is how Workato reports that there is none."""
    return tuple(
        Entitlement(role.environment_type, role.role_name) for role in member.roles if gives_access(role.role_name)
    )


@upholds("IUS-1")
def user_schema(settings: ConnectorSettings) -> tuple[SchemaProperty, ...]:
    """Describe a collaborator. Only the role can be written after the invitation; `SYSTEM` marks what never can."""
    environment = settings.environment_type
    return (
        SchemaProperty("name", "STRING", required=True, description="Full name, taken from the invitation."),
        SchemaProperty("email", "EMAIL", required=True, description="Address and username in one."),
        SchemaProperty(f"{environment}_role", "STRING", required=True, description=f"Role in {environment}."),
        SchemaProperty("groups", "ARRAY", multi_valued=True, description="Collaborator groups, by id."),
        SchemaProperty("time_zone", "TIMEZONE", scope="SYSTEM", description="Chosen by the person."),
        SchemaProperty("grant_type", "STRING", scope="SYSTEM", description="How the person got here."),
        SchemaProperty("created_at", "DATE", scope="SYSTEM", description="Since when."),
    )


@upholds("IUS-1")
def user_schema_values(
    settings: ConnectorSettings, model: RoleType, names: tuple[str, ...]
) -> tuple[SchemaPropertyValue, ...]:
    """Offer the roles there are to choose from, by name."""
    return _as_values(f"{settings.environment_type}_role", settings, model, names)


@upholds("EM-1")
def entitlement_schema(settings: ConnectorSettings) -> tuple[SchemaProperty, ...]:
    """Offer one entitlement, the role in the configured environment: there can be only one role in each."""
    environment = settings.environment_type
    return (SchemaProperty(environment, "STRING", required=True, description=f"Role in {environment}."),)


@upholds("EM-1")
def entitlement_values(
    settings: ConnectorSettings, model: RoleType, names: tuple[str, ...]
) -> tuple[SchemaPropertyValue, ...]:
    """Offer the roles of the workspace's permission model, by name."""
    return _as_values(settings.environment_type, settings, model, names)


def _as_values(
    property_name: str, settings: ConnectorSettings, model: RoleType, names: tuple[str, ...]
) -> tuple[SchemaPropertyValue, ...]:
    """Roles by name, which is how Workato wants them; an id would have to be translated back."""
    return tuple(
        SchemaPropertyValue(name, name, property_name, settings.environment_type, f"{model} role") for name in names
    )


# Groups


@upholds("PG-1")
def group_write(write: GroupWrite) -> Write | None:
    """A pushed group is made, renamed and removed."""
    return write


@upholds("PG-2")
def membership_write(write: MembershipWrite) -> Write | None:
    """Members are added and taken out by id."""
    return write


@upholds("PG-3")
def member_id_for(value: str, found: Member | None) -> str | None:
    """Say who an Okta value stands for. Who has not accepted has no id: None, reported and not sent."""
    if is_member_id(value):
        return value
    return None if found is None else str(found.id)


@upholds("PG-5")
def takes_a_push(group: Group) -> bool:
    """Keep away from the group that Workato fills by itself, by its mark and by its name."""
    return not group.system and not alike(group.display_name, SYSTEM_GROUP)


@dataclass(frozen=True, slots=True)
class Decisions:
    """One function per decision. Those that are given by default uphold the documented rules."""

    vendor_words: Callable[[Answered], str] = vendor_words
    rate_limited: Callable[[RateLimited, str], ActionFailed] = rate_limited
    not_allowed: Callable[[Unauthorized | Forbidden, str], ActionFailed] = not_allowed
    must_call_to_test: Callable[[], bool] = must_call_to_test
    role_type: Callable[[bool], RoleType] = role_type
    same_person: Callable[[str, str], bool] = same_person
    existing_member: Callable[[str, tuple[Member, ...]], Member | None] = existing_member
    may_be_invited: Callable[[Mapping[str, str]], bool] = may_be_invited
    invitation: Callable[[Invite], Write | None] = invitation
    may_be_there_already: Callable[[Answered], bool] = may_be_there_already
    administration_lost: Callable[
        [ConnectorSettings, Mapping[str, str], Iterable[Entitlement]], tuple[Entitlement, ...]
    ] = administration_lost
    roles_granted: Callable[[ConnectorSettings, User], dict[str, str]] = roles_granted
    environments_to_write: Callable[[ConnectorSettings, Mapping[str, str], Member], tuple[str, ...]] = (
        environments_to_write
    )
    role_without_entitlement: Callable[[str], str | None] = role_without_entitlement
    role_update: Callable[[ConnectorSettings, UpdateRoles, Member], Write | None] = role_update
    is_rename: Callable[[Member, bool], bool] = is_rename
    confirmed: Callable[[User, Member], User] = confirmed
    update_without_member: Callable[[str], ActionFailed | None] = update_without_member
    removal: Callable[[ConnectorSettings, RemoveMember], Write | None] = removal
    gone_is_done: Callable[[], bool] = gone_is_done
    deactivation_without_member: Callable[[str], ActionFailed | None] = deactivation_without_member
    withdrawal: Callable[[str], Write | None] = withdrawal
    people_to_import: Callable[[tuple[Member, ...]], tuple[Member, ...]] = people_to_import
    user_name_of: Callable[[Member], str] = user_name_of
    entitlements_of: Callable[[Member], tuple[Entitlement, ...]] = entitlements_of
    user_schema: Callable[[ConnectorSettings], tuple[SchemaProperty, ...]] = user_schema
    user_schema_values: Callable[[ConnectorSettings, RoleType, tuple[str, ...]], tuple[SchemaPropertyValue, ...]] = (
        user_schema_values
    )
    entitlement_schema: Callable[[ConnectorSettings], tuple[SchemaProperty, ...]] = entitlement_schema
    entitlement_values: Callable[[ConnectorSettings, RoleType, tuple[str, ...]], tuple[SchemaPropertyValue, ...]] = (
        entitlement_values
    )
    group_write: Callable[[GroupWrite], Write | None] = group_write
    membership_write: Callable[[MembershipWrite], Write | None] = membership_write
    member_id_for: Callable[[str, Member | None], str | None] = member_id_for
    takes_a_push: Callable[[Group], bool] = takes_a_push
