"""Joiners, movers and leavers as the steps that an Okta admin takes for them, as the org is by then."""

from collections.abc import Iterator

from okta_org import OktaOrg
from okta_scenarios.language.models.okta_base import OktaStep
from okta_scenarios.language.models.okta_groups import OktaAddToGroup, OktaRemoveFromGroup
from okta_scenarios.language.models.okta_people import (
    OktaActivateUser,
    OktaCreateUser,
    OktaDeactivateUser,
    OktaEditProfile,
)
from okta_scenarios.language.people_tables import PlannedChange


def steps_for(change: PlannedChange, org: OktaOrg) -> Iterator[OktaStep]:
    user, name = change.user, org.name
    if change.what == "leave":
        yield OktaDeactivateUser(okta="deactivate_user", user=user, org=name)
        return
    if change.what == "join" and user in org.users:
        yield OktaActivateUser(okta="activate_user", user=user, org=name)
    elif change.what == "join":
        yield OktaCreateUser(okta="create_user", user=user, org=name)
    if change.profile is not None:
        yield OktaEditProfile(okta="edit_profile", user=user, org=name, profile=change.profile)
    if change.groups is None:
        return
    held = [group.display_name for group in org.groups.values() if user in group.members]
    # In first and out then, so that nobody loses the app on the way from one group to another.
    for group in (each for each in change.groups if each not in held):
        yield OktaAddToGroup(okta="add_to_group", group=group, members=(user,), org=name)
    for group in (each for each in held if each not in change.groups):
        yield OktaRemoveFromGroup(okta="remove_from_group", group=group, members=(user,), org=name)
