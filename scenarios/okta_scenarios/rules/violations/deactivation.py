"""Push user deactivation, broken rule by rule."""

from datetime import timedelta

from okta_connector import ActionFailed, ConnectorSettings, OktaConnector, RateLimited
from okta_connector.transport import HttpClient
from okta_org import AppSettings, OktaOrg, UserStatus
from okta_scenarios.rules.violations.values import Violation

CONTROL = "/_emulator/v1/workspaces"


class RemovesNobody(OktaConnector):
    def remove_member(self, member_id: str) -> None:
        del member_id


class LeavesAppsToLeavers(OktaOrg):
    def takes_apps_away(self, status: UserStatus) -> bool:
        del status
        return False


class DeactivatesTheWrongPeople(OktaOrg):
    """The suspended are deactivated, and of those who lose the app the ones whom the switch should have spared."""

    _suspending = False

    def takes_apps_away(self, status: UserStatus) -> bool:
        self._suspending = status is UserStatus.SUSPENDED
        return self._suspending or super().takes_apps_away(status)

    def pushes_deactivation(self, settings: AppSettings) -> bool:
        return settings.provisioning and (self._suspending or not settings.deactivate_users)


class PretendsToDeactivate(OktaConnector):
    def deactivate_without_member(self, user_id: str) -> None:
        del user_id


class CancelsInvitations(OktaConnector):
    """Workato has no call that cancels an invitation, so the emulator's control plane stands in for one."""

    def __init__(self, http: HttpClient, settings: ConnectorSettings | None = None) -> None:
        super().__init__(http, settings)
        self.http = http

    def deactivate_without_member(self, user_id: str) -> None:
        for workspace in self.http.get(CONTROL).json()["data"]:
            tokens = {f"Bearer {client['token']}" for client in workspace["api_clients"]}
            if self.http.headers["Authorization"] in tokens:
                self.http.post(f"{CONTROL}/{workspace['name']}/invitations/{user_id}/cancel")
        super().deactivate_without_member(user_id)


class LosesTheWait(OktaConnector):
    def rate_limited(self, error: RateLimited) -> ActionFailed:
        failed = super().rate_limited(error)
        failed.retry_after = None
        return failed


class GivesUpAfterOneAttempt(OktaOrg):
    def wait_before_retry(self, earlier: timedelta | None, retry_after: int | None) -> timedelta:
        del earlier, retry_after
        return timedelta(minutes=5)

    def may_try_again(self, attempts: int) -> bool:
        return attempts < 1


class InsistsOnPresence(OktaConnector):
    def deactivate_member(self, member_id: str) -> None:
        self.remove_member(member_id)


VIOLATIONS = (
    Violation(
        "PUD-1",
        "Deactivated people keep the app, and the connector never removes a collaborator.",
        connector=RemovesNobody,
        org=LeavesAppsToLeavers,
    ),
    Violation(
        "PUD-2",
        "Suspension deactivates, and the switch Deactivate Users does the opposite of what it says.",
        org=DeactivatesTheWrongPeople,
    ),
    Violation(
        "PUD-3",
        "A deactivation of somebody who has not accepted is reported as done.",
        connector=PretendsToDeactivate,
    ),
    Violation(
        "PUD-4",
        "A deactivation cancels the invitation, although it is reported as failed.",
        connector=CancelsInvitations,
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
        connector=LosesTheWait,
        org=GivesUpAfterOneAttempt,
    ),
    Violation("PUD-9", "No licence limits how often a person comes and goes.", suspend=frozenset({"INV-9"})),
    Violation(
        "PUD-10",
        "A deactivation fails when the person is gone already.",
        connector=InsistsOnPresence,
    ),
)
