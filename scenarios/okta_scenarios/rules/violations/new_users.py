"""Push new users, broken rule by rule."""

from collections.abc import Iterable
from dataclasses import replace

from okta_connector import ActionFailed, Answered, Entitlement, FailureType, Member, OktaConnector, RateLimited, User
from okta_connector.resources import RoleType
from okta_org import AppSettings, AppUserStatus, OktaOrg, UserStatus
from okta_scenarios.rules.violations.values import Violation


class SendsNoInvitation(OktaConnector):
    def invite(self, user: User) -> User:
        return replace(user, id=self.address_of(user))


class PushesTheStaged(OktaOrg):
    def pushes_new_user(self, settings: AppSettings, status: UserStatus) -> bool:
        del status
        return settings.provisioning


class TakesInvitationsForAcceptance(OktaOrg):
    def status_after_create(self, returned: User) -> AppUserStatus:
        del returned
        return AppUserStatus.ACTIVE


class InvitesWithoutRole(OktaConnector):
    def must_be_granted_a_role(self, user: User) -> None:
        del user


class SharesUsernames(OktaOrg):
    def username_is_free(self, user_name: str, taken: Iterable[str]) -> bool:
        del user_name, taken
        return True


class MixesUpAddresses(OktaConnector):
    def same_person(self, one: str, other: str) -> bool:
        return other in one

    def existing_member(self, user: User) -> Member | None:
        found = super().existing_member(user)
        return None if found is not None and found.email == self.address_of(user) else found

    def settle_refused_invitation(self, user: User, refusal: Answered) -> User:
        del user
        raise refusal


class InvitesMembers(OktaConnector):
    def existing_member(self, user: User) -> Member | None:
        del user
        return None

    def link(self, user: User, member: Member) -> User:
        return self.confirm(user, member)


class SeesNoAdministrator(OktaConnector):
    def administration_lost(self, user: User, held: Iterable[Entitlement]) -> tuple[Entitlement, ...]:
        del user, held
        return ()


class WarnsOfNothing(OktaOrg):
    def warns_of(self, lost: tuple[Entitlement, ...]) -> bool:
        del lost
        return False


class HidesTheRateLimit(OktaConnector):
    def rate_limited(self, error: RateLimited) -> ActionFailed:
        return self.refused(error, FailureType.GENERIC_FAILURE)


class KnowsTheOldModelOnly(OktaConnector):
    def role_type(self) -> RoleType:
        return "privilege_group"


VIOLATIONS = (
    Violation(
        "PNU-1",
        "The connector reports an invitation that it never sends, and Okta pushes people who are not active yet.",
        connector=SendsNoInvitation,
        org=PushesTheStaged,
    ),
    Violation(
        "PNU-2",
        "An invitation makes a collaborator at once, and Okta takes it for one.",
        suspend=frozenset({"INV-3"}),
        org=TakesInvitationsForAcceptance,
    ),
    Violation(
        "PNU-3",
        "People are invited without any role, and Workato lets it pass.",
        suspend=frozenset({"INV-1"}),
        connector=InvitesWithoutRole,
    ),
    Violation("PNU-4", "Okta gives one app username to two people.", org=SharesUsernames),
    Violation(
        "PNU-5",
        "A longer address that contains somebody's own is taken for theirs, and theirs can be invited twice.",
        suspend=frozenset({"INV-7"}),
        connector=MixesUpAddresses,
    ),
    Violation(
        "PNU-6",
        "Collaborators are invited again instead of being linked.",
        suspend=frozenset({"INV-7"}),
        connector=InvitesMembers,
    ),
    Violation(
        "PNU-7", "A person who joins gets a new account that replaces the old one.", suspend=frozenset({"INV-11"})
    ),
    Violation(
        "PNU-8",
        "A second invitation may follow at once, and any rate limit looks like an ordinary failure.",
        suspend=frozenset({"INV-6"}),
        connector=HidesTheRateLimit,
    ),
    Violation(
        "PNU-9",
        "Roles are sent as those of the older permission model, whatever the workspace has.",
        connector=KnowsTheOldModelOnly,
    ),
    Violation(
        "PNU-10",
        "Administrators are linked to lesser roles, and no log says so.",
        connector=SeesNoAdministrator,
        org=WarnsOfNothing,
    ),
)
