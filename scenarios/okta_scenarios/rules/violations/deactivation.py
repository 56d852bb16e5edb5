"""Push user deactivation, broken rule by rule."""

from datetime import timedelta

from okta_connector import ActionFailed, ConnectorSettings, RateLimited
from okta_connector import Decisions as Connector
from okta_connector.decisions import rate_limited
from okta_connector.requests import Invite, RemoveMember, Write
from okta_connector.scim import ScimDecisions
from okta_org import AppSettings, UserStatus
from okta_org import Decisions as Org
from okta_scenarios.rules.violations import over_scim
from okta_scenarios.rules.violations.values import SeamDecisions, Violation


def no_removal(_: ConnectorSettings, __: RemoveMember) -> Write | None:
    return None


def apps_stay(_: UserStatus) -> bool:
    return False


def also_when_suspended(status: UserStatus) -> bool:
    return status in {UserStatus.SUSPENDED, UserStatus.DEPROVISIONED}


def the_wrong_people(settings: AppSettings, status: UserStatus) -> bool:
    """The suspended, and of those who lose the app the ones whom the switch should have spared."""
    return settings.provisioning and (status is UserStatus.SUSPENDED or not settings.deactivate_users)


def reported_as_done(_: str) -> ActionFailed | None:
    return None


def an_invitation_without_roles(address: str) -> Write | None:
    """Workato has no call that cancels an invitation; a later one takes the place of an earlier one, roles and all."""
    return Invite(address, address, ())


def without_the_wait(error: RateLimited, said: str) -> ActionFailed:
    failed = rate_limited(error, said)
    failed.retry_after = None
    return failed


def five_minutes(_: timedelta | None, __: int | None) -> timedelta:
    return timedelta(minutes=5)


def once(attempts: int) -> bool:
    return attempts < 1


def has_to_be_there() -> bool:
    return False


VIOLATIONS = (
    Violation(
        "PUD-1",
        "Deactivated people keep the app, and the connector never removes a collaborator.",
        decisions=SeamDecisions(
            Connector(removal=no_removal),
            Org(takes_apps_away=apps_stay),
            ScimDecisions(deactivation=over_scim.still_active),
        ),
    ),
    Violation(
        "PUD-2",
        "Suspension deactivates, and the switch Deactivate Users does the opposite of what it says.",
        decisions=SeamDecisions(org=Org(takes_apps_away=also_when_suspended, pushes_deactivation=the_wrong_people)),
    ),
    Violation(
        "PUD-3",
        "A deactivation of somebody who has not accepted is reported as done.",
        decisions=SeamDecisions(Connector(deactivation_without_member=reported_as_done)),
    ),
    Violation(
        "PUD-4",
        "A deactivation replaces the invitation by one without any role, although it is reported as failed.",
        suspend=frozenset({"INV-1", "INV-6"}),
        decisions=SeamDecisions(Connector(withdrawal=an_invitation_without_roles)),
    ),
    Violation(
        "PUD-5",
        "A person who joins a second workspace gets a second account, which replaces the first.",
        suspend=frozenset({"INV-11"}),
    ),
    Violation("PUD-6", "A removal takes the person out of every workspace.", suspend=frozenset({"MEM-3"})),
    Violation("PUD-7", "A removal deletes the account as well.", suspend=frozenset({"MEM-4"})),
    Violation(
        "PUD-8",
        "Workato lets people come and go at will, and Okta waits five minutes for any other rate limit, once.",
        suspend=frozenset({"INV-9"}),
        decisions=SeamDecisions(
            Connector(rate_limited=without_the_wait),
            Org(wait_before_retry=five_minutes, may_try_again=once),
            ScimDecisions(failure=over_scim.without_the_wait),
        ),
    ),
    Violation("PUD-9", "No licence limits how often a person comes and goes.", suspend=frozenset({"INV-9"})),
    Violation(
        "PUD-10",
        "A deactivation fails when the person is gone already.",
        decisions=SeamDecisions(Connector(gone_is_done=has_to_be_there)),
    ),
)
