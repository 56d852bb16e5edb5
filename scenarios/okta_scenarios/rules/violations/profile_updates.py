"""Push profile updates, broken rule by rule. The overriding between orgs (PPU-6) is in `several_orgs`."""

from okta_connector import ActionFailed, Answered, FailureType, Member, OktaConnector, User
from okta_org import AppSettings, EventType, OktaOrg, OktaUser, SyncState
from okta_scenarios.rules.violations.values import Violation


class PushesNoRoles(OktaConnector):
    def push_roles(self, user: User, member: Member) -> None:
        del user, member


class KeepsProfiles(OktaOrg):
    def pushes_profile(self, settings: AppSettings) -> bool:
        del settings
        return False


class IgnoresRenames(OktaConnector):
    def must_keep_its_username(self, user: User, member: Member) -> None:
        del user, member


class ForgetsFailures(OktaOrg):
    def sync_state_after_failure(self) -> SyncState:
        return SyncState.SYNCHRONIZED


class KeepsTheNewName(OktaOrg):
    def username_on_assignment(self, user: OktaUser, given: str | None) -> str:
        renames = (
            event.detail
            for event in reversed(self.log)
            if event.type is EventType.APP_MEMBERSHIP_CHANGE_USERNAME and user.name in event.targets
        )
        return next(renames, None) or super().username_on_assignment(user, given)


class InsistsOnTheProfile(OktaConnector):
    def confirm(self, user: User, member: Member) -> User:
        if user.attributes or user.display_name != member.name:
            raise ActionFailed(FailureType.GENERIC_FAILURE, "Only roles can be updated.")
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


VIOLATIONS = (
    Violation(
        "PPU-1",
        "What changes in Okta stays in Okta.",
        connector=PushesNoRoles,
        org=KeepsProfiles,
    ),
    Violation(
        "PPU-2",
        "A change of username is ignored and reported as done.",
        connector=IgnoresRenames,
        org=ForgetsFailures,
    ),
    Violation(
        "PPU-3",
        "Somebody who was renamed comes back under the new name, whatever the admin enters.",
        org=KeepsTheNewName,
    ),
    Violation(
        "PPU-4",
        "A profile fails as soon as it holds anything that Workato does not take.",
        connector=InsistsOnTheProfile,
    ),
    Violation(
        "PPU-5",
        "Updates of people who have not accepted are reported as done.",
        connector=PretendsToUpdate,
    ),
    Violation(
        "PPU-7",
        "An environment without an entitlement is left out of the update, even if nothing is left to send.",
        connector=LeavesTheRestOut,
    ),
    Violation(
        "PPU-8",
        "Workato takes any role name for no access, and whatever it says is replaced by a phrase.",
        suspend=frozenset({"ROLE-1"}),
        connector=Paraphrases,
    ),
)
