"""The methods that uphold a rule, and for each of them a connector that breaks it by overriding that method alone."""

import inspect
from collections.abc import Iterable
from dataclasses import replace

from okta_connector import (
    ActionFailed,
    Answered,
    Entitlement,
    FailureType,
    Forbidden,
    Group,
    Member,
    OktaConnector,
    Page,
    RateLimited,
    SchemaProperty,
    SchemaPropertyValue,
    Unauthorized,
    User,
)
from okta_connector.resources import RoleType


def seams() -> dict[str, tuple[str, ...]]:
    """The rules each method of the connector upholds, by the method's name."""
    methods = inspect.getmembers(OktaConnector, inspect.isfunction)
    return {name: method.upholds for name, method in methods if hasattr(method, "upholds")}


class SendsNoInvitation(OktaConnector):
    def invite(self, user: User) -> User:
        return replace(user, id=self.address_of(user))


class InvitesWithoutRole(OktaConnector):
    def must_be_granted_a_role(self, user: User) -> None:
        del user


class MatchesByPart(OktaConnector):
    def same_person(self, one: str, other: str) -> bool:
        return other in one


class LetsTheRefusalStand(OktaConnector):
    def settle_refused_invitation(self, user: User, refusal: Answered) -> User:
        del user
        raise refusal


class NeverLooksFirst(OktaConnector):
    def existing_member(self, user: User) -> Member | None:
        del user
        return None


class LinksInNameOnly(OktaConnector):
    def link(self, user: User, member: Member) -> User:
        return self.confirm(user, member)


class SeesNoAdministrator(OktaConnector):
    def administration_lost(self, user: User, held: Iterable[Entitlement]) -> tuple[Entitlement, ...]:
        del user, held
        return ()


class HidesTheRateLimit(OktaConnector):
    def rate_limited(self, error: RateLimited) -> ActionFailed:
        return self.refused(error, FailureType.GENERIC_FAILURE)


class KnowsTheOldModelOnly(OktaConnector):
    def role_type(self) -> RoleType:
        return "privilege_group"


class PushesNothing(OktaConnector):
    def push_roles(self, user: User, member: Member) -> None:
        del user, member


class LetsRenamesPass(OktaConnector):
    def must_keep_its_username(self, user: User, member: Member) -> None:
        del user, member


class InsistsOnTheName(OktaConnector):
    def confirm(self, user: User, member: Member) -> User:
        if user.display_name != member.name:
            raise ActionFailed(FailureType.GENERIC_FAILURE, "The name cannot be changed.")
        return super().confirm(user, member)


class PretendsToUpdate(OktaConnector):
    def update_without_member(self, user: User) -> User:
        return user


class LeavesTheRestOut(OktaConnector):
    def role_without_entitlement(self, environment: str) -> str | None:
        del environment
        return None


class Paraphrases(OktaConnector):
    def vendor_words(self, error: Answered) -> str:
        del error
        return "Something went wrong."


class RemovesNobody(OktaConnector):
    def remove_member(self, member_id: str) -> None:
        del member_id


class PretendsToDeactivate(OktaConnector):
    def deactivate_without_member(self, user_id: str) -> None:
        del user_id


class InsistsOnPresence(OktaConnector):
    def deactivate_member(self, member_id: str) -> None:
        self.remove_member(member_id)


class ImportsNobody(OktaConnector):
    def people_to_import(self, members: tuple[Member, ...]) -> tuple[Member, ...]:
        del members
        return ()


class ImportsTheInvited(OktaConnector):
    def people_to_import(self, members: tuple[Member, ...]) -> tuple[Member, ...]:
        return (*members, Member(0, "invited@example.test", "Bo"))


class ImportsUnderTheId(OktaConnector):
    def user_name_of(self, member: Member) -> str:
        return str(member.id)


class ImportsWithoutRoles(OktaConnector):
    def entitlements_of(self, member: Member) -> tuple[()]:
        del member
        return ()


class KnowsNoSchema(OktaConnector):
    def list_user_schema(self) -> Page[SchemaProperty]:
        return Page(())


class KnowsNoSchemaValues(OktaConnector):
    def list_user_schema_values(self) -> Page[SchemaPropertyValue]:
        return Page(())


class KnowsNoEntitlements(OktaConnector):
    def list_entitlement_schema(self) -> Page[SchemaProperty]:
        return Page(())


class OffersNoEntitlements(OktaConnector):
    def list_entitlement_values(self) -> Page[SchemaPropertyValue]:
        return Page(())


class IgnoresEntitlements(OktaConnector):
    def roles_granted(self, user: User) -> dict[str, str]:
        del user
        return {"dev": "Member"}


class MakesNoGroup(OktaConnector):
    def send_new_group(self, group: Group) -> Group:
        return replace(group, id="made-up")


class RenamesNoGroup(OktaConnector):
    def send_group(self, group_id: str, group: Group) -> Group:
        del group_id
        return group


class RemovesNoGroup(OktaConnector):
    def send_removal(self, group_id: str) -> None:
        del group_id


class AddsNobody(OktaConnector):
    def add_to_group(self, group_id: str, member_ids: tuple[str, ...]) -> None:
        del group_id, member_ids


class TakesNobodyOut(OktaConnector):
    def take_from_group(self, group_id: str, member_ids: tuple[str, ...]) -> None:
        del group_id, member_ids


class AddsTheInvited(OktaConnector):
    def member_id_for(self, value: str, members: tuple[Member, ...]) -> str | None:
        del members
        return value


class PushesAnywhere(OktaConnector):
    def takes_a_push(self, group: Group) -> bool:
        del group
        return True


class TrustsAnyToken(OktaConnector):
    def test_credentials(self) -> None:
        pass


class HidesTheMissingPrivilege(OktaConnector):
    def not_allowed(self, error: Unauthorized | Forbidden) -> ActionFailed:
        return ActionFailed(FailureType.GENERIC_FAILURE, str(error))


class ImportsGroupsUnasked(OktaConnector):
    def groups_of(self, member: Member) -> tuple[str, ...]:
        del member
        return tuple(found.id for found in self.client.list_user_groups())


class WritesOwnGrantsOnly(OktaConnector):
    def environments_to_write(self, granted: object, member: Member) -> tuple[str, ...]:
        del member
        assert isinstance(granted, dict)
        return tuple(granted)
