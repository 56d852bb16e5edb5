"""The actions on people: look up, create, update, deactivate, import."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from okta_connector.actions import Actions, action
from okta_connector.errors import ActionFailed, Answered, Conflict, FailureType, NotFound, Rejected
from okta_connector.folding import alike
from okta_connector.resources import NO_ACCESS, Member, RoleAssignment, gives_access
from okta_connector.rules import upholds
from okta_connector.values import Entitlement, Page, User

ALREADY_THERE = re.compile(r"\balready\b.*\b(collaborator|member|exists|taken|in use|workspace)\b", re.IGNORECASE)
"""How a refusal may say that someone is a collaborator already. No page quotes it, so this is a guess at its words."""


ADMINISTRATORS = frozenset({"Environment admin", "Admin"})
"""The system roles that may do everything in an environment, of the newer and of the older permission model."""


class UserActions(Actions):
    """A person is known by their email until they accept, and by their member id from then on.

    Both serve as Okta's external id; a member id is all digits, so the two cannot be confused.
    """

    # Reading

    @action
    def list_users(self, cursor: str | None = None, limit: int | None = None) -> Page[User]:
        """Import everyone in one call. Workato does not page collaborators, so `cursor` and `limit` have no use."""
        del cursor, limit
        return Page(tuple(self.imported(member) for member in self.people_to_import(self.client.list_members())))

    @action
    def get_user_by_id(self, user_id: str) -> User:
        member = self.member_behind(user_id)
        if member is None:
            raise self.no_user(user_id)
        return self.imported(member)

    @action
    def get_user_by_user_name(self, user_name: str) -> User:
        member = self.find(user_name)
        if member is None:
            raise ActionFailed(FailureType.RESOURCE_NOT_FOUND, f"No collaborator has the address {user_name}.")
        return self.imported(member)

    # Writing

    @action
    def create_user(self, user: User) -> User:
        """Link the person if they are a collaborator already, invite them if not."""
        self.must_be_granted_a_role(user)
        member = self.existing_member(user)
        if member is not None:
            return self.link(user, member)
        try:
            return self.invite(user)
        except (Conflict, Rejected) as refusal:
            return self.settle_refused_invitation(user, refusal)

    @action
    def update_user(self, user: User) -> User:
        """Bring the roles in line with what Okta grants. `user` is the whole profile, as Okta always sends it."""
        member = self.member_behind(user.id or self.address_of(user))
        if member is None:
            return self.update_without_member(user)
        self.must_keep_its_username(user, member)
        self.push_roles(user, member)
        return self.confirm(user, member)

    @action
    def deactivate_user(self, user_id: str) -> None:
        """Remove the person from this workspace; the client's token reaches no other (PUD-6)."""
        if is_member_id(user_id):
            return self.deactivate_member(user_id)
        member = self.find(user_id)
        if member is None:
            return self.deactivate_without_member(user_id)
        return self.deactivate_member(str(member.id))

    # Who is who

    @upholds("PNU-5")
    def same_person(self, one: str, other: str) -> bool:
        """An address is one person's, A to Z in either case, and only as a whole."""
        return alike(one, other)

    def is_collaborator(self, member: Member) -> bool:
        """Leave workspace moderators alone.

        They are granted from a parent workspace. Were they imported or linked, a deactivation in Okta would remove
        people whom Okta never put there.
        """
        return member.grant_type == "team"

    def address_of(self, user: User) -> str:
        """Choose where the invitation goes: the username, which Workato wants to be an email, else the email."""
        return user.user_name if "@" in user.user_name else user.email

    def find(self, address: str) -> Member | None:
        return self.pick(address, self.client.list_members(email=address))

    def pick(self, address: str, members: Iterable[Member]) -> Member | None:
        """Choose among members what Workato's filter cannot: it finds every address that contains the one asked for."""
        return next((m for m in self.people_at(address, members) if self.is_collaborator(m)), None)

    def people_at(self, address: str, members: Iterable[Member]) -> tuple[Member, ...]:
        """Find everybody of this address. No address is nobody's: Workato withholds some, and they are not equal."""
        return tuple(member for member in members if member.email and self.same_person(member.email, address))

    def member_behind(self, user_id: str) -> Member | None:
        """Find the collaborator an external id stands for, or None: never accepted, gone again, or a moderator now."""
        if not is_member_id(user_id):
            return self.find(user_id)
        try:
            member = self.client.get_member(user_id)
        except NotFound:
            return None
        return member if self.is_collaborator(member) else None

    # Deciding about a creation

    @upholds("PNU-3")
    def must_be_granted_a_role(self, user: User) -> None:
        """Refuse before Workato does: a person without a role in any environment cannot be invited.

        A collaborator group does not replace the role.
        """
        if not self.roles_granted(user):
            raise ActionFailed(
                FailureType.GENERIC_FAILURE,
                f"{user.user_name} has no role to be invited with: "
                "Workato requires a role or a privilege at creation. Assign one and provision again.",
            )

    @upholds("PNU-6")
    def existing_member(self, user: User) -> Member | None:
        """Look before inviting: whoever is a collaborator already is linked and never invited again.

        Raises `ActionFailed` for a moderator, who is neither invited nor linked.
        """
        address = self.address_of(user)
        found = self.people_at(address, self.client.list_members(email=address))
        member = self.pick(address, found)
        if found and member is None:
            raise ActionFailed(
                FailureType.GENERIC_FAILURE,
                f"{address} is a moderator of this workspace already and cannot be invited: "
                "moderators are granted in the parent workspace. Unassign the user.",
            )
        return member

    @upholds("PNU-6")
    def link(self, user: User, member: Member) -> User:
        """Take an existing collaborator over: the roles become what Okta grants, and the member id Okta's id."""
        self.push_roles(user, member)
        return replace(self.confirm(user, member), held_before=self.entitlements_of(member))

    @upholds("PNU-10")
    def administration_lost(self, user: User, held: Iterable[Entitlement]) -> tuple[Entitlement, ...]:
        """Say which administrator's roles, among those that somebody holds, a push of this profile takes away."""
        granted = self.roles_granted(user)
        return tuple(
            each
            for each in held
            if each.value in ADMINISTRATORS and self.may_write(each.type) and granted.get(each.type) != each.value
        )

    @upholds("PNU-1")
    def invite(self, user: User) -> User:
        """Send the invitation. Workato names no id for it, so the address stands in for one."""
        address, granted, role_type = self.address_of(user), self.roles_granted(user), self.role_type()
        roles = [RoleAssignment(environment, name, role_type) for environment, name in granted.items()]
        name, groups = name_of(user) or address, user.groups
        try:
            self.client.invite(name, address, roles, groups)
        except (Rejected, NotFound):
            groups = self.groups_that_exist(user.groups)
            if groups == user.groups:
                raise
            self.client.invite(name, address, roles, groups)
        return replace(user, id=address, groups=groups)

    def groups_that_exist(self, group_ids: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out groups that were deleted in Workato: one of them makes it refuse the whole invitation (GRP-4)."""
        if not group_ids:
            return group_ids
        known = {group.id for group in self.client.list_user_groups()}
        return tuple(group_id for group_id in group_ids if group_id in known)

    @upholds("PNU-5")
    def settle_refused_invitation(self, user: User, refusal: Answered) -> User:
        """Look again when Workato says the person is here already: they may have joined since we looked.

        This time among all members, in case it was the filter that hid them.
        """
        if isinstance(refusal, Conflict) or ALREADY_THERE.search(refusal.text):
            member = self.pick(self.address_of(user), self.client.list_members())
            if member is not None:
                return self.link(user, member)
        raise refusal

    # Deciding about an update

    @upholds("PPU-2")
    def must_keep_its_username(self, user: User, member: Member) -> None:
        """Treat a rename as a conflict and send nothing: Workato has no call that changes an address.

        An address that Workato withholds is no other address.
        """
        if member.email and not self.same_person(self.address_of(user), member.email):
            raise ActionFailed(
                FailureType.GENERIC_FAILURE,
                f"Conflict: the username cannot change from {member.email} to {self.address_of(user)}. "
                f"Unassign the user and assign them again as {member.email}.",
            )

    @upholds("PPU-5")
    def update_without_member(self, user: User) -> User:
        """Fail an update of someone who has not accepted: there is no member whose roles could change."""
        raise self.no_user(user.id or self.address_of(user))

    @upholds("PPU-1")
    def push_roles(self, user: User, member: Member) -> None:
        roles = self.roles_to_send(user, member)
        if self.settings.update_unchanged or not already_held(roles, member):
            self.client.update_member_roles(str(member.id), roles)

    def roles_to_send(self, user: User, member: Member) -> tuple[RoleAssignment, ...]:
        granted, role_type = self.roles_granted(user), self.role_type()
        names = {
            environment: granted.get(environment) or self.role_without_entitlement(environment)
            for environment in self.environments_to_write(granted, member)
        }
        return tuple(RoleAssignment(environment, name, role_type) for environment, name in names.items() if name)

    @upholds("EM-1")
    def roles_granted(self, user: User) -> dict[str, str]:
        """Read the role in each environment off the entitlements that arrive inside create and update."""
        granted: dict[str, str] = {}
        for entitlement in user.entitlements:
            environment, role = entitlement.type, entitlement.value
            if not gives_access(role) or not self.may_write(environment):
                continue
            if granted.setdefault(environment, role) != role:
                raise ActionFailed(
                    FailureType.GENERIC_FAILURE,
                    f"{user.user_name} is granted two roles in {environment}, {granted[environment]} and {role}: "
                    "Workato holds one role in each environment.",
                )
        return granted

    @upholds("GOV-2")
    def environments_to_write(self, granted: Mapping[str, str], member: Member) -> tuple[str, ...]:
        """Say what holds in every environment, so that a role this push omits is lost, whoever granted it."""
        known = (*(role.environment_type for role in member.roles), self.settings.environment_type, *granted)
        return tuple(environment for environment in dict.fromkeys(known) if self.may_write(environment))

    @upholds("PPU-7")
    def role_without_entitlement(self, environment: str) -> str | None:
        """Take access away in words: an environment that is left out keeps its role. None would leave it out."""
        del environment
        return NO_ACCESS

    def may_write(self, environment: str) -> bool:
        return self.settings.writes == "whole set" or environment == self.settings.environment_type

    @upholds("PPU-4")
    def confirm(self, user: User, member: Member) -> User:
        """Answer success with the profile Okta pushed, although Workato took the roles only and keeps its own name."""
        return replace(user, id=str(member.id))

    def no_user(self, user_id: str) -> ActionFailed:
        why = "no longer a collaborator" if is_member_id(user_id) else "the invitation is not accepted"
        return ActionFailed(FailureType.RESOURCE_NOT_FOUND, f"No user returned for user {user_id}: {why}.")

    # Deciding about a deactivation

    @upholds("PUD-1")
    def remove_member(self, member_id: str) -> None:
        """Remove: Workato cannot suspend a collaborator."""
        self.client.delete_member(member_id)

    @upholds("PUD-10")
    def deactivate_member(self, member_id: str) -> None:
        """Count someone who is gone already as done: they had accepted, or they would have no member id."""
        with suppress(NotFound):
            self.remove_member(member_id)

    @upholds("PUD-3")
    def deactivate_without_member(self, user_id: str) -> None:
        """Fail, and send nothing: the invitation stays live, and no call can cancel it."""
        raise ActionFailed(
            FailureType.RESOURCE_NOT_FOUND,
            f"{user_id} never accepted the invitation and cannot be deactivated from here. Cancel it in Workato.",
        )

    # Deciding about an import

    @upholds("INU-1", "INU-2")
    def people_to_import(self, members: tuple[Member, ...]) -> tuple[Member, ...]:
        """Import collaborators, and nobody else: not who is merely invited, not moderators, nobody without address."""
        return tuple(member for member in members if self.is_collaborator(member) and member.email)

    def imported(self, member: Member) -> User:
        given_name, _, family_name = member.name.partition(" ")
        return User(
            id=str(member.id),
            user_name=self.user_name_of(member),
            email=member.email,
            display_name=member.name,
            # Workato keeps one name; where it divides is a guess, good enough to propose a match.
            given_name=given_name or None,
            family_name=family_name.strip() or None,
            attributes={
                "time_zone": member.time_zone,
                "grant_type": member.grant_type,
                "created_at": member.created_at,
            },
            entitlements=self.entitlements_of(member),
            groups=self.groups_of(member),
        )

    @upholds("INU-2")
    def user_name_of(self, member: Member) -> str:
        """Import people under the address they were invited by, so that Okta matches them exactly once they accept."""
        return member.email

    @upholds("INU-4")
    def entitlements_of(self, member: Member) -> tuple[Entitlement, ...]:
        """Import roles as entitlements. "No access" is how Workato reports that there is none."""
        return tuple(
            Entitlement(role.environment_type, role.role_name) for role in member.roles if gives_access(role.role_name)
        )

    @upholds("CFG-5")
    def groups_of(self, member: Member) -> tuple[str, ...]:
        """Import people without asking for groups: they come by `list_groups`, if Import Groups is on."""
        del member
        return ()


def is_member_id(user_id: str) -> bool:
    return user_id.isascii() and user_id.isdigit()


def name_of(user: User) -> str:
    """Find the name for an invitation: as Okta displays it, else put together, else empty."""
    return user.display_name.strip() or " ".join(filter(None, (user.given_name, user.family_name))).strip()


def already_held(roles: Iterable[RoleAssignment], member: Member) -> bool:
    held = {
        role.environment_type: (role.role_name, role.role_type) for role in member.roles if gives_access(role.role_name)
    }
    wanted = {role.environment_type: (role.name, role.role_type) if gives_access(role.name) else None for role in roles}
    return all(held.get(environment) == role for environment, role in wanted.items())
