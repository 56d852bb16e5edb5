"""Push profile updates, broken rule by rule. The overriding between orgs (PPU-6) is in `several_orgs`."""

from okta_connector import ActionFailed, Answered, ConnectorSettings, FailureType, Member, User
from okta_connector import Decisions as Connector
from okta_connector.decisions import confirmed
from okta_connector.requests import UpdateRoles, Write
from okta_connector.scim import ScimDecisions
from okta_org import AppSettings, SyncState
from okta_org import Decisions as Org
from okta_scenarios.rules.violations import over_scim
from okta_scenarios.rules.violations.values import SeamDecisions, Violation


def no_roles(_: ConnectorSettings, __: UpdateRoles, ___: Member) -> Write | None:
    return None


def no_profiles(_: AppSettings) -> bool:
    return False


def no_rename(_: Member, __: bool) -> bool:
    return False


def all_is_well() -> SyncState:
    return SyncState.SYNCHRONIZED


def kept_for_the_next_assignment() -> bool:
    return True


def roles_and_nothing_else(user: User, member: Member) -> User:
    if user.attributes or user.display_name != member.name:
        raise ActionFailed(FailureType.GENERIC_FAILURE, "Only roles can be updated.")
    return confirmed(user, member)


def reported_as_done(_: str) -> ActionFailed | None:
    return None


def left_out(_: str) -> str | None:
    return None


def a_phrase(_: Answered) -> str:
    return "Something went wrong."


VIOLATIONS = (
    Violation(
        "PPU-1",
        "What changes in Okta stays in Okta.",
        decisions=SeamDecisions(
            Connector(role_update=no_roles),
            Org(pushes_profile=no_profiles),
            ScimDecisions(profile=over_scim.nothing_new),
        ),
    ),
    Violation(
        "PPU-2",
        "A change of username is ignored and reported as done.",
        decisions=SeamDecisions(Connector(is_rename=no_rename), Org(sync_state_after_failure=all_is_well)),
    ),
    Violation(
        "PPU-3",
        "Somebody who was renamed comes back under the new name.",
        decisions=SeamDecisions(org=Org(rename_outlives_assignment=kept_for_the_next_assignment)),
    ),
    Violation(
        "PPU-4",
        "A profile fails as soon as it holds anything that Workato does not take.",
        decisions=SeamDecisions(Connector(confirmed=roles_and_nothing_else)),
    ),
    Violation(
        "PPU-5",
        "Updates of people who have not accepted are reported as done.",
        decisions=SeamDecisions(Connector(update_without_member=reported_as_done)),
    ),
    Violation(
        "PPU-7",
        "An environment without an entitlement is left out of the update, even if nothing is left to send.",
        decisions=SeamDecisions(Connector(role_without_entitlement=left_out)),
    ),
    Violation(
        "PPU-8",
        "Workato takes any role name for no access, and whatever it says is replaced by a phrase.",
        suspend=frozenset({"ROLE-1"}),
        decisions=SeamDecisions(Connector(vendor_words=a_phrase), scim=ScimDecisions(failure=over_scim.a_phrase)),
    ),
)
