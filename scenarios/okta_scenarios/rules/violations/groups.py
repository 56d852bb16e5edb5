"""Push groups, broken rule by rule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from okta_connector import Group, Member, MembershipChange, OktaConnector
from okta_org import AppUser, MappingStatus, OktaOrg, OktaUser
from okta_scenarios.rules.violations.values import Violation


class PretendsToPushGroups(OktaConnector):
    def send_new_group(self, group: Group) -> Group:
        return replace(group, id="pf-pretended")

    def send_group(self, group_id: str, group: Group) -> Group:
        return replace(group, id=group_id)

    def send_removal(self, group_id: str) -> None:
        del group_id


class ForgetsTheTarget(OktaOrg):
    def group_to_push(self, display_name: str, target_id: str | None = None) -> Group:
        del target_id
        return Group(id=None, display_name=display_name)


class ChangesNoMembers(OktaConnector):
    def add_to_group(self, group_id: str, member_ids: tuple[str, ...]) -> None:
        del group_id, member_ids

    def take_from_group(self, group_id: str, member_ids: tuple[str, ...]) -> None:
        del group_id, member_ids


class SeesNoChanges(OktaOrg):
    def membership_changes(
        self, pushed: Sequence[str], wanted: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        del pushed, wanted
        return (), ()


class SendsTheInvited(OktaConnector):
    def member_id_for(self, value: str, members: tuple[Member, ...]) -> str | None:
        del members
        return value


class StopsForTheInvited(OktaOrg):
    def status_after_membership_push(self, change: MembershipChange) -> MappingStatus:
        return MappingStatus.ERROR if change.ignored else MappingStatus.ACTIVE


class OverlooksTheLoss(OktaOrg):
    def status_after_group_lost(self) -> MappingStatus:
        return MappingStatus.ACTIVE


class PushesAnywhere(OktaConnector):
    def takes_a_push(self, group: Group) -> bool:
        del group
        return True


class PutsLeaversBack(OktaOrg):
    def member_value(self, user: OktaUser, account: AppUser | None) -> str | None:
        return user.login if account is None else account.external_id


class OnlyAdds(OktaOrg):
    def overwrite_changes(
        self, listed: Sequence[str], wanted: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        add, _ = super().overwrite_changes(listed, wanted)
        return add, ()


class LeavesFailedPushesToTheAdmin(OktaOrg):
    def wait_before_group_push_retry(self, tried: int) -> timedelta | None:
        del tried
        return None


VIOLATIONS = (
    Violation(
        "PG-1",
        "Pushing a group comes to nothing in Workato, and Okta forgets which group it pushed to.",
        connector=PretendsToPushGroups,
        org=ForgetsTheTarget,
    ),
    Violation(
        "PG-2",
        "Okta sees no change in who belongs to a group, and none would reach Workato.",
        connector=ChangesNoMembers,
        org=SeesNoChanges,
    ),
    Violation(
        "PG-3",
        "People who have not accepted are sent like members, and stop the push of the others.",
        suspend=frozenset({"GRP-1"}),
        connector=SendsTheInvited,
        org=StopsForTheInvited,
    ),
    Violation("PG-4", "The mapping looks well after its group is gone from Workato.", org=OverlooksTheLoss),
    Violation(
        "PG-5",
        "The system group takes pushes like any other.",
        suspend=frozenset({"GRP-2"}),
        connector=PushesAnywhere,
    ),
    Violation(
        "PG-6",
        "People who left stay listed in their groups, and are pushed as long as Okta's group has them.",
        suspend=frozenset({"GRP-5"}),
        org=PutsLeaversBack,
    ),
    Violation("PG-7", "Push Now adds missing members and removes none.", org=OnlyAdds),
    Violation(
        "PG-8", "A failed push is left to the admin, although the log says otherwise.", org=LeavesFailedPushesToTheAdmin
    ),
)
