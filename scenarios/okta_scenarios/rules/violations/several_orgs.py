"""What several orgs do to one collaborator, broken rule by rule."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial

from okta_connector import ActionFailed, Entitlement, FailureType, Member, OktaConnector, RoleAssignment, User
from okta_connector.resources import NO_ACCESS, gives_access
from okta_org import AppUser, EventType, LogEvent, OktaOrg, OktaUser, SyncState, Task, TaskKind, messages
from okta_org.tasks import Trouble
from okta_scenarios.rules.violations.values import Violation


class LeavesRolesToWhoeverCameFirst(OktaConnector):
    def push_roles(self, user: User, member: Member) -> None:
        if not any(gives_access(role.role_name) for role in member.roles):
            super().push_roles(user, member)


class WritesOwnGrantsOnly(OktaConnector):
    def environments_to_write(self, granted: Mapping[str, str], member: Member) -> tuple[str, ...]:
        del member
        return tuple(granted)


class PushesEntitlementChangesOnly(OktaOrg):
    def is_worth_a_push(self, changed: Collection[str]) -> bool:
        return "entitlements" in changed


class PassesOthersGrantsOn(OktaOrg):
    def full_profile(self, user: OktaUser, account: AppUser, entitlements: tuple[Entitlement, ...]) -> User:
        own = {each.type for each in entitlements}
        seen = (Entitlement(*each) for each in account.in_app or ())
        return super().full_profile(user, account, (*entitlements, *(each for each in seen if each.type not in own)))


class WatchesWorkato(OktaOrg):
    """Compares what Workato holds with what it pushed, whenever somebody reads the log."""

    @property
    def log(self) -> tuple[LogEvent, ...]:
        for account in self._state.app_users.values():
            if account.sync_state is SyncState.SYNCHRONIZED and self._is_overwritten(account):
                self._complain(account)
        return super().log

    def _is_overwritten(self, account: AppUser) -> bool:
        try:
            held = self.apps[account.app].connector.get_user_by_user_name(account.user_name)
        except ActionFailed:
            return False
        return {each.type: each.value for each in held.entitlements} != account.entitlements

    def _complain(self, account: AppUser) -> None:
        failure = ActionFailed(FailureType.GENERIC_FAILURE, "The roles were overwritten by somebody else.")
        user, label = self.users[account.user], self.apps[account.app].label
        say = partial(messages.fill, messages.MSG_2, name=user.display_name, label=label, user_name=account.user_name)
        trouble = Trouble(TaskKind.PROFILE_PUSH, account.app, account.user, failure, failure.summary, say)
        task = self.tasks.report(trouble)
        self._state.keep(replace(account, sync_state=SyncState.ERROR, error=task.message))
        self._state.record(EventType.PUSH_PROFILE, (account.user, account.app), detail=task.message, failed=True)


class TrustsItsMemory(PushesEntitlementChangesOnly):
    def is_pushed_in_bulk(self, account: AppUser) -> bool:
        return account.sync_state is not SyncState.SYNCHRONIZED


class RemovesFromItsOwnEnvironmentOnly(OktaConnector):
    def remove_member(self, member_id: str) -> None:
        nothing = RoleAssignment(self.settings.environment_type, NO_ACCESS, self.role_type())
        self.client.update_member_roles(member_id, (nothing,))


class DropsLatePushes(OktaOrg):
    def is_still_sent(self, task: Task) -> bool:
        return task.kind is not TaskKind.PROFILE_PUSH


VIOLATIONS = (
    Violation(
        "PPU-6",
        "An org pushes only when its entitlements change, and then only the environments it grants something in.",
        suspend=frozenset({"MEM-1"}),
        connector=WritesOwnGrantsOnly,
        org=PushesEntitlementChangesOnly,
    ),
    Violation(
        "GOV-1",
        "The first org to give a person a role wins, and later pushes change nothing.",
        connector=LeavesRolesToWhoeverCameFirst,
    ),
    Violation(
        "GOV-2",
        "A push writes only the environments that it grants something in, and passes on what an import showed.",
        suspend=frozenset({"MEM-1"}),
        connector=WritesOwnGrantsOnly,
        org=PassesOthersGrantsOn,
    ),
    Violation("GOV-3", "An org pushes only when its entitlements change.", org=PushesEntitlementChangesOnly),
    Violation("GOV-4", "An org notices when its grants are overwritten, and opens a task.", org=WatchesWorkato),
    Violation(
        "GOV-5",
        "An org that believes to be in step sends nothing, on Force Sync or otherwise.",
        org=TrustsItsMemory,
    ),
    Violation(
        "GOV-6",
        "A deactivation takes away the role in the org's own environment, and the person stays.",
        connector=RemovesFromItsOwnEnvironmentOnly,
    ),
    Violation(
        "GOV-7",
        "Pushes by turns come to rest at what the first one gave.",
        connector=LeavesRolesToWhoeverCameFirst,
    ),
    Violation("GOV-8", "A push that had to wait is dropped, so that later edits stand.", org=DropsLatePushes),
)
