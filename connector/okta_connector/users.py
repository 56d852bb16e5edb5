"""The actions on people: look up, create, update, deactivate, import."""

from collections.abc import Iterable
from dataclasses import replace

from okta_connector.actions import Actions, action
from okta_connector.decisions import is_collaborator, is_member_id, no_user
from okta_connector.errors import ActionFailed, Answered, Conflict, FailureType, NotFound, Rejected
from okta_connector.requests import Invite, RemoveMember, UpdateRoles
from okta_connector.resources import Member, RoleAssignment
from okta_connector.values import Entitlement, Page, User


class UserActions(Actions):
    """A person is known by their email until they accept, and by their member id from then on.

    Both serve as Okta's external id; a member id is all digits, so the two cannot be confused.
    """

    # Reading

    @action
    def list_users(self, cursor: str | None = None, limit: int | None = None) -> Page[User]:
        """Import everyone in one call. Workato does not page collaborators, so `cursor` and `limit` have no use."""
        del cursor, limit
        return Page(tuple(self.user_from(each) for each in self.decide.people_to_import(self.client.list_members())))

    @action
    def get_user_by_id(self, user_id: str) -> User:
        member = self.member_behind(user_id)
        if member is None:
            raise no_user(user_id)
        return self.user_from(member)

    @action
    def get_user_by_user_name(self, user_name: str) -> User:
        member = self.find(user_name)
        if member is None:
            raise ActionFailed(FailureType.RESOURCE_NOT_FOUND, f"No collaborator has the address {user_name}.")
        return self.user_from(member)

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
        if self.decide.is_rename(member, self.decide.same_person(self.address_of(user), member.email)):
            raise ActionFailed(
                FailureType.GENERIC_FAILURE,
                f"Conflict: the username cannot change from {member.email} to {self.address_of(user)}. "
                f"Unassign the user and assign them again as {member.email}.",
            )
        self.push_roles(user, member)
        return self.decide.confirmed(user, member)

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

    def address_of(self, user: User) -> str:
        """Choose where the invitation goes: the username, which Workato wants to be an email, else the email."""
        return user.user_name if "@" in user.user_name else user.email

    def find(self, address: str) -> Member | None:
        return self.pick(address, self.client.list_members(email=address))

    def pick(self, address: str, members: Iterable[Member]) -> Member | None:
        """Choose among members what Workato's filter cannot: it finds every address that contains the one asked for."""
        return next(filter(is_collaborator, self.people_at(address, members)), None)

    def people_at(self, address: str, members: Iterable[Member]) -> tuple[Member, ...]:
        """Find everybody of this address. No address is nobody's: Workato withholds some, and they are not equal."""
        return tuple(member for member in members if member.email and self.decide.same_person(member.email, address))

    def member_behind(self, user_id: str) -> Member | None:
        """Find the collaborator an external id stands for, or None: never accepted, gone again, or a moderator now."""
        if not is_member_id(user_id):
            return self.find(user_id)
        try:
            member = self.client.get_member(user_id)
        except NotFound:
            return None
        return member if is_collaborator(member) else None

    # Creating

    def must_be_granted_a_role(self, user: User) -> None:
        """Refuse before Workato does."""
        if not self.decide.may_be_invited(self.roles_granted(user)):
            raise ActionFailed(
                FailureType.GENERIC_FAILURE,
                f"{user.user_name} has no role to be invited with: "
                "Workato requires a role or a privilege at creation. Assign one and provision again.",
            )

    def existing_member(self, user: User) -> Member | None:
        """Look before inviting. Raises `ActionFailed` for a moderator, who is neither invited nor linked."""
        address = self.address_of(user)
        found = self.people_at(address, self.client.list_members(email=address))
        if found and not any(map(is_collaborator, found)):
            raise ActionFailed(
                FailureType.GENERIC_FAILURE,
                f"{address} is a moderator of this workspace already and cannot be invited: "
                "moderators are granted in the parent workspace. Unassign the user.",
            )
        return self.decide.existing_member(address, found)

    def link(self, user: User, member: Member) -> User:
        """Take an existing collaborator over: the roles become what Okta grants, and the member id Okta's id."""
        self.push_roles(user, member)
        return replace(self.decide.confirmed(user, member), held_before=self.decide.entitlements_of(member))

    def administration_lost(self, user: User, held: Iterable[Entitlement]) -> tuple[Entitlement, ...]:
        """Say which administrator's roles, among those that somebody holds, a push of this profile takes away."""
        return self.decide.administration_lost(self.settings, self.roles_granted(user), held)

    def invite(self, user: User) -> User:
        """Send the invitation. Workato names no id for it, so the address stands in for one."""
        address, granted, role_type = self.address_of(user), self.roles_granted(user), self.role_type()
        roles = tuple(RoleAssignment(environment, name, role_type) for environment, name in granted.items())
        invite = Invite(name_of(user) or address, address, roles, user.groups)
        try:
            self.send(self.decide.invitation(invite))
        except (Rejected, NotFound):
            known = self.groups_that_exist(invite.groups)
            if known == invite.groups:
                raise
            invite = replace(invite, groups=known)
            self.send(self.decide.invitation(invite))
        return replace(user, id=address, groups=invite.groups)

    def groups_that_exist(self, group_ids: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out groups that were deleted in Workato: one of them makes it refuse the whole invitation (GRP-4)."""
        if not group_ids:
            return group_ids
        known = {group.id for group in self.client.list_user_groups()}
        return tuple(group_id for group_id in group_ids if group_id in known)

    def settle_refused_invitation(self, user: User, refusal: Answered) -> User:
        """Look again when Workato says the person is here already.

        This time among all members, in case it was the filter that hid them.
        """
        if self.decide.may_be_there_already(refusal):
            member = self.pick(self.address_of(user), self.client.list_members())
            if member is not None:
                return self.link(user, member)
        raise refusal

    # Updating

    def update_without_member(self, user: User) -> User:
        failure = self.decide.update_without_member(user.id or self.address_of(user))
        if failure is not None:
            raise failure
        return user

    def push_roles(self, user: User, member: Member) -> None:
        update = UpdateRoles(str(member.id), self.roles_to_send(user, member))
        self.send(self.decide.role_update(self.settings, update, member))

    def roles_to_send(self, user: User, member: Member) -> tuple[RoleAssignment, ...]:
        granted, role_type = self.roles_granted(user), self.role_type()
        names = {
            environment: granted.get(environment) or self.decide.role_without_entitlement(environment)
            for environment in self.decide.environments_to_write(self.settings, granted, member)
        }
        return tuple(RoleAssignment(environment, name, role_type) for environment, name in names.items() if name)

    def roles_granted(self, user: User) -> dict[str, str]:
        return self.decide.roles_granted(self.settings, user)

    # Deactivating

    def deactivate_member(self, member_id: str) -> None:
        try:
            self.send(self.decide.removal(self.settings, RemoveMember(member_id)))
        except NotFound:
            if not self.decide.gone_is_done():
                raise

    def deactivate_without_member(self, user_id: str) -> None:
        self.send(self.decide.withdrawal(user_id))
        failure = self.decide.deactivation_without_member(user_id)
        if failure is not None:
            raise failure

    # Importing

    def user_from(self, member: Member) -> User:
        """Make a user of a collaborator. Groups are not asked for: Okta asks by `list_groups`, where it wants them."""
        given_name, _, family_name = member.name.partition(" ")
        return User(
            id=str(member.id),
            user_name=self.decide.user_name_of(member),
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
            entitlements=self.decide.entitlements_of(member),
        )


def name_of(user: User) -> str:
    """Find the name for an invitation: as Okta displays it, else put together, else empty."""
    return user.display_name.strip() or " ".join(filter(None, (user.given_name, user.family_name))).strip()
