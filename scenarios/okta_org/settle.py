"""What an outcome does to the org: as it is when the outcome comes, not as it was when the push was asked for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from okta_org import apps, group_members, group_push, imports, provisioning, pushes
from okta_org.draft import Change, Draft
from okta_org.org import Org
from okta_org.pushes import Push, PushOutcome

_SETTLED: Mapping[type[Push], Callable[[Draft, Any, PushOutcome], None]] = {
    pushes.CheckConnection: apps.settle_test,
    pushes.DiscoverSchema: apps.settle_discovery,
    pushes.FindUser: provisioning.settle_new_user,
    pushes.CreateUser: provisioning.settle_new_user,
    pushes.UpdateUser: provisioning.settle_profile,
    pushes.DeactivateUser: provisioning.settle_deactivation,
    pushes.WeighDemotions: imports.settle_weighing,
    pushes.DownloadUsers: imports.settle_download,
    pushes.FindGroup: group_push.settle_search,
    pushes.CreateGroup: group_push.settle_creation,
    pushes.UpdateGroup: group_push.settle_renaming,
    pushes.RemoveGroup: group_push.settle_removal,
    pushes.ReadMembers: group_members.settle_reading,
    pushes.ChangeMembers: group_members.settle_members,
}


def settle(org: Org, now: datetime, push: Push, outcome: PushOutcome) -> Change:
    """Take an outcome in. Raises `OktaRefusal` where it decides whether the admin may do what they asked for."""
    draft = Draft(org, now)
    _SETTLED[type(push)](draft, push, outcome)
    return draft.change()
