"""Push groups, broken rule by rule."""

from collections.abc import Sequence
from datetime import timedelta

from okta_connector import Decisions as Connector
from okta_connector import Group, Member, MembershipChange
from okta_connector.requests import GroupWrite, MembershipWrite, Write
from okta_org import AppUser, MappingStatus, OktaAssumptions, OktaUser
from okta_org import Decisions as Org
from okta_org.decisions import overwrite_changes
from okta_scenarios.rules.violations.values import SeamDecisions, Violation

Changes = tuple[tuple[str, ...], tuple[str, ...]]


def no_group(_: GroupWrite) -> Write | None:
    return None


def without_its_target(display_name: str, _: str | None) -> Group:
    return Group(id=None, display_name=display_name)


def no_members(_: MembershipWrite) -> Write | None:
    return None


def no_changes(_: Sequence[str], __: Sequence[str]) -> Changes:
    return (), ()


def as_given(value: str, _: Member | None) -> str | None:
    return value


def stopped_by_the_invited(change: MembershipChange) -> MappingStatus:
    return MappingStatus.ERROR if change.ignored else MappingStatus.ACTIVE


def all_is_well() -> MappingStatus:
    return MappingStatus.ACTIVE


def anywhere(_: Group) -> bool:
    return True


def leavers_too(user: OktaUser, account: AppUser | None) -> str | None:
    return user.login if account is None else account.external_id


def additions_only(listed: Sequence[str], wanted: Sequence[str]) -> Changes:
    add, _ = overwrite_changes(listed, wanted)
    return add, ()


def left_to_the_admin(_: OktaAssumptions, __: int) -> timedelta | None:
    return None


VIOLATIONS = (
    Violation(
        "PG-1",
        "Pushing a group comes to nothing in Workato, and Okta forgets which group it pushed to.",
        decisions=SeamDecisions(Connector(group_write=no_group), Org(group_to_push=without_its_target)),
    ),
    Violation(
        "PG-2",
        "Okta sees no change in who belongs to a group, and none would reach Workato.",
        decisions=SeamDecisions(Connector(membership_write=no_members), Org(membership_changes=no_changes)),
    ),
    Violation(
        "PG-3",
        "People who have not accepted are sent like members, and stop the push of the others.",
        suspend=frozenset({"GRP-1"}),
        decisions=SeamDecisions(
            Connector(member_id_for=as_given), Org(status_after_membership_push=stopped_by_the_invited)
        ),
    ),
    Violation(
        "PG-4",
        "The mapping looks well after its group is gone from Workato.",
        decisions=SeamDecisions(org=Org(status_after_group_lost=all_is_well)),
    ),
    Violation(
        "PG-5",
        "The system group takes pushes like any other.",
        suspend=frozenset({"GRP-2"}),
        decisions=SeamDecisions(Connector(takes_a_push=anywhere)),
    ),
    Violation(
        "PG-6",
        "People who left stay listed in their groups, and are pushed as long as Okta's group has them.",
        suspend=frozenset({"GRP-5"}),
        decisions=SeamDecisions(org=Org(member_value=leavers_too)),
    ),
    Violation(
        "PG-7",
        "Push Now adds missing members and removes none.",
        decisions=SeamDecisions(org=Org(overwrite_changes=additions_only)),
    ),
    Violation(
        "PG-8",
        "A failed push is left to the admin, although the log says otherwise.",
        decisions=SeamDecisions(org=Org(wait_before_group_push_retry=left_to_the_admin)),
    ),
)
