"""Each decision sits where a subclass of the org can turn it round; and turned round, it shows."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta

import pytest

from okta_connector import Entitlement, Group, MembershipChange, User
from okta_org import (
    AppSettings,
    AppUser,
    AppUserStatus,
    Decisions,
    MappingStatus,
    MatchCriterion,
    OktaOrg,
    OktaUser,
    SyncState,
    UserStatus,
)

from .fake import MANAGER, MEMBER, Stage, member, rate_limited, stage


class ActiveAtOnce(OktaOrg):
    def status_after_create(self, returned: User) -> AppUserStatus:
        del returned
        return AppUserStatus.ACTIVE


class PushesNobody(OktaOrg):
    def pushes_new_user(self, settings: AppSettings, status: UserStatus) -> bool:
        del settings, status
        return False


class SharesUsernames(OktaOrg):
    def username_is_free(self, user_name: str, taken: Iterable[str]) -> bool:
        del user_name, taken
        return True


class RemembersUsernames(OktaOrg):
    def username_on_assignment(self, user: OktaUser, given: str | None) -> str:
        changed = [entry.detail for entry in self.log if entry.type == "application.user_membership.change_username"]
        return given or (changed[-1] if changed else None) or user.login


class KeepsProfiles(OktaOrg):
    def pushes_profile(self, settings: AppSettings) -> bool:
        del settings
        return False


class PushesEntitlementChangesOnly(OktaOrg):
    def is_worth_a_push(self, changed: Collection[str]) -> bool:
        return "entitlements" in changed


class Shrugs(OktaOrg):
    def sync_state_after_failure(self) -> SyncState:
        return SyncState.SYNCHRONIZED


class KeepsLeavers(OktaOrg):
    def takes_apps_away(self, status: UserStatus) -> bool:
        del status
        return False


class RemovesSuspended(OktaOrg):
    def takes_apps_away(self, status: UserStatus) -> bool:
        return status in {UserStatus.SUSPENDED, UserStatus.DEPROVISIONED}


class NeverWaits(OktaOrg):
    def wait_before_retry(self, earlier: timedelta | None, retry_after: int | None) -> timedelta:
        del earlier, retry_after
        return timedelta()


class GivesUp(OktaOrg):
    def may_try_again(self, attempts: int) -> bool:
        del attempts
        return False


class ManagesAlways(OktaOrg):
    def manages_entitlements(self, settings: AppSettings) -> bool:
        del settings
        return True


class ForgetsEntitlements(OktaOrg):
    def entitlements_to_push(self, granted: Mapping[str, str]) -> tuple[Entitlement, ...]:
        del granted
        return ()


class MatchesNobody(OktaOrg):
    def exact_match(self, imported: User, candidates: Iterable[OktaUser], criterion: MatchCriterion) -> OktaUser | None:
        del imported, candidates, criterion
        return None


class RecognisesNobody(OktaOrg):
    def is_same_account(self, account: AppUser, imported: User) -> bool:
        return account.external_id == imported.id


class KeepsTheRemoved(OktaOrg):
    def is_gone(self, account: AppUser, seen: Collection[str]) -> bool:
        del account, seen
        return False


class RenamesGroups(OktaOrg):
    def group_to_push(self, display_name: str, target_id: str | None = None) -> Group:
        return Group(target_id, f"Okta {display_name}")


class PushesNoMembers(OktaOrg):
    def membership_changes(
        self, pushed: Sequence[str], wanted: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        del pushed, wanted
        return (), ()


class FailsOnPendingMembers(OktaOrg):
    def status_after_membership_push(self, change: MembershipChange) -> MappingStatus:
        return MappingStatus.ERROR if change.not_accepted else MappingStatus.ACTIVE


class PutsLeaversBack(OktaOrg):
    def member_value(self, user: OktaUser, account: AppUser | None) -> str | None:
        return account.external_id if account else user.email


class OverwritesNothing(OktaOrg):
    def overwrite_changes(
        self, listed: Sequence[str], wanted: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return tuple(each for each in wanted if each not in listed), ()


class SavesUntested(OktaOrg):
    def must_test_connection(self) -> bool:
        return False


def assigned(s: Stage) -> None:
    s.org.assign("ada", "workato", MEMBER)


def accepted(s: Stage) -> None:
    s.assigned("ada")


def pushed_group(s: Stage) -> None:
    s.assigned("ada")
    s.org.create_group("devs", ("ada",))
    s.org.push_group("devs", "workato")


def taken_username(s: Stage) -> None:
    assigned(s)
    s.org.assign("ben", "workato", MEMBER, user_name="ada@example.test")


def recovery(s: Stage) -> None:
    accepted(s)
    s.org.change_username("ada", "workato", "new@example.test")
    s.org.unassign("ada", "workato")
    assigned(s)


def role_change(s: Stage) -> None:
    accepted(s)
    s.org.change_entitlements("ada", "workato", MANAGER)


def title_change(s: Stage) -> None:
    accepted(s)
    s.org.edit_profile("ada", {"title": "Countess"})


def early_change(s: Stage) -> None:
    s.assigned("ada", accepts=False)
    s.org.change_entitlements("ada", "workato", MANAGER)


def leaver(s: Stage) -> None:
    accepted(s)
    s.org.deactivate_user("ada")


def suspension(s: Stage) -> None:
    accepted(s)
    s.org.suspend_user("ada")


def rate_limit(s: Stage) -> None:
    s.app.fail("create_user", rate_limited())
    assigned(s)


def import_of_a_known_person(s: Stage) -> None:
    s.app.join(member("ada", dev="Member"))
    s.org.import_users("workato")


def import_after_acceptance(s: Stage) -> None:
    accepted(s)
    s.org.import_users("workato")


def import_after_removal(s: Stage) -> None:
    role_change(s)
    s.app.members.clear()
    s.org.import_users("workato")


def pending_member(s: Stage) -> None:
    s.assigned("ada", accepts=False)
    s.org.create_group("devs", ("ada",))
    s.org.push_group("devs", "workato")


def leaver_in_a_group(s: Stage) -> None:
    pushed_group(s)
    s.org.deactivate_user("ada")
    s.org.push_group_now("devs", "workato")


def member_by_hand(s: Stage) -> None:
    pushed_group(s)
    s.app.group_members["pf-1"].append("999")
    s.org.push_group_now("devs", "workato")


def no_governance(s: Stage) -> None:
    s.org.add_app("plain", s.app, AppSettings(governance=False))
    s.org.assign("ada", "plain", MEMBER)


def untested_connection(s: Stage) -> None:
    s.org.configure_app("workato", connector=s.app)


Play = Callable[[Stage], None]


CASES: list[tuple[type[OktaOrg], Play]] = [
    (ActiveAtOnce, assigned),
    (PushesNobody, assigned),
    (SharesUsernames, taken_username),
    (RemembersUsernames, recovery),
    (KeepsProfiles, role_change),
    (PushesEntitlementChangesOnly, title_change),
    (Shrugs, early_change),
    (KeepsLeavers, leaver),
    (RemovesSuspended, suspension),
    (NeverWaits, rate_limit),
    (GivesUp, rate_limit),
    (ManagesAlways, no_governance),
    (ForgetsEntitlements, assigned),
    (MatchesNobody, import_of_a_known_person),
    (RecognisesNobody, import_after_acceptance),
    (KeepsTheRemoved, import_after_removal),
    (RenamesGroups, pushed_group),
    (PushesNoMembers, pushed_group),
    (FailsOnPendingMembers, pending_member),
    (PutsLeaversBack, leaver_in_a_group),
    (OverwritesNothing, member_by_hand),
    (SavesUntested, untested_connection),
]


@pytest.mark.parametrize(
    ("org_class", "play"), [pytest.param(org, play, id=f"{org.__name__}: {play.__name__}") for org, play in CASES]
)
def test_a_decision_turned_round_shows(org_class: type[OktaOrg], play: Play) -> None:
    """The same play ends otherwise: in the org, in the app, or in what was called."""
    assert outcome(OktaOrg, play) != outcome(org_class, play)


def outcome(org_class: type[OktaOrg], play: Play) -> object:
    s = stage("ada", "ben", org_class=org_class)
    try:
        play(s)
    except Exception as refusal:  # noqa: BLE001 - any ending is one to compare
        return type(refusal)
    return s.org.describe(), s.app.members, s.app.invited, s.app.group_members, s.app.calls


def test_every_decision_names_its_rules() -> None:
    """The mark is on the method; an audit collects them."""
    marked = {
        rule
        for name, method in vars(Decisions).items()
        if callable(method) and not name.startswith("_")
        for rule in getattr(method, "upholds", ("unmarked",))
    }

    assert marked == {
        *("PNU-1", "PNU-2", "PNU-4", "PNU-10", "PPU-1", "PPU-2", "PPU-3", "PPU-6", "GOV-2", "GOV-3", "GOV-5", "GOV-8"),
        *("PUD-1", "PUD-2", "PUD-8", "EM-1", "EM-2", "INU-1", "INU-2", "INU-3", "INU-4", "INU-5", "INU-6", "IUS-1"),
        *("PG-1", "PG-2", "PG-3", "PG-4", "PG-6", "PG-7", "PG-8", "CFG-1", "CFG-5"),
    }
