"""Push new users, broken rule by rule."""

from collections.abc import Iterable, Mapping

from okta_connector import ActionFailed, Answered, Entitlement, FailureType, Member, RateLimited, User
from okta_connector import Decisions as Connector
from okta_connector.decisions import existing_member, failure_from
from okta_connector.requests import Invite, Write
from okta_connector.resources import RoleType
from okta_connector.scim import ScimDecisions
from okta_connector.settings import ConnectorSettings
from okta_org import AppSettings, AppUserStatus, OktaAssumptions, UserStatus
from okta_org import Decisions as Org
from okta_scenarios.rules.violations import over_scim
from okta_scenarios.rules.violations.values import SeamDecisions, Violation


def no_invitation(_: Invite) -> Write | None:
    return None


def staged_people_too(_: OktaAssumptions, settings: AppSettings, __: UserStatus) -> bool:
    return settings.provisioning


def active_at_once(_: User) -> AppUserStatus:
    return AppUserStatus.ACTIVE


def without_any_role(_: Mapping[str, str]) -> bool:
    return True


def shared_username(_: str, __: Iterable[str]) -> bool:
    return True


def part_of_an_address(one: str, other: str) -> bool:
    return other in one


def only_with_a_longer_address(address: str, people: tuple[Member, ...]) -> Member | None:
    found = existing_member(address, people)
    return None if found is not None and found.email == address else found


def never_there_already(_: Answered) -> bool:
    return False


def nobody(_: str, __: tuple[Member, ...]) -> Member | None:
    return None


def nothing_lost(_: ConnectorSettings, __: Mapping[str, str], ___: Iterable[Entitlement]) -> tuple[Entitlement, ...]:
    return ()


def no_warning(_: tuple[Entitlement, ...]) -> bool:
    return False


def ordinary_failure(error: RateLimited, said: str) -> ActionFailed:
    return failure_from(error, FailureType.GENERIC_FAILURE, said)


def older_model(_: bool) -> RoleType:
    return "privilege_group"


VIOLATIONS = (
    Violation(
        "PNU-1",
        "The connector reports an invitation that it never sends, and Okta pushes people who are not active yet.",
        decisions=SeamDecisions(
            Connector(invitation=no_invitation),
            Org(pushes_new_user=staged_people_too),
            ScimDecisions(creation=over_scim.inactive),
        ),
    ),
    Violation(
        "PNU-2",
        "An invitation makes a collaborator at once, and Okta takes it for one.",
        suspend=frozenset({"INV-3"}),
        decisions=SeamDecisions(org=Org(status_after_create=active_at_once)),
    ),
    Violation(
        "PNU-3",
        "People are invited without any role, and Workato lets it pass.",
        suspend=frozenset({"INV-1"}),
        decisions=SeamDecisions(Connector(may_be_invited=without_any_role)),
    ),
    Violation(
        "PNU-4",
        "Okta gives one app username to two people.",
        decisions=SeamDecisions(org=Org(username_is_free=shared_username)),
    ),
    Violation(
        "PNU-5",
        "A longer address that contains somebody's own is taken for theirs, and theirs can be invited twice.",
        suspend=frozenset({"INV-7"}),
        decisions=SeamDecisions(
            Connector(
                same_person=part_of_an_address,
                existing_member=only_with_a_longer_address,
                may_be_there_already=never_there_already,
            )
        ),
    ),
    Violation(
        "PNU-6",
        "Collaborators are invited again instead of being linked.",
        suspend=frozenset({"INV-7"}),
        decisions=SeamDecisions(Connector(existing_member=nobody), scim=ScimDecisions(user_to_link=over_scim.nobody)),
    ),
    Violation(
        "PNU-7", "A person who joins gets a new account that replaces the old one.", suspend=frozenset({"INV-11"})
    ),
    Violation(
        "PNU-8",
        "A second invitation may follow at once, and any rate limit looks like an ordinary failure.",
        suspend=frozenset({"INV-6"}),
        decisions=SeamDecisions(Connector(rate_limited=ordinary_failure)),
    ),
    Violation(
        "PNU-9",
        "Roles are sent as those of the older permission model, whatever the workspace has.",
        decisions=SeamDecisions(Connector(role_type=older_model)),
    ),
    Violation(
        "PNU-10",
        "Administrators are linked to lesser roles, and no log says so.",
        decisions=SeamDecisions(
            Connector(administration_lost=nothing_lost),
            Org(warns_of=no_warning),
            ScimDecisions(administration_lost=over_scim.nothing_lost),
        ),
    ),
)
