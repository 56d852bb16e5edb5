"""The roles of a SCIM app: attributes of the app user's profile, a person's own or a group's."""

from collections.abc import Mapping
from dataclasses import replace

from okta_org.assignments import reconcile, update
from okta_org.draft import Draft, verb
from okta_org.events import EventType
from okta_org.refusals import NotAssigned
from okta_org.roads import must_have_role_attributes


@verb
def change_role_attributes(draft: Draft, user: str, app: str, roles: Mapping[str, str]) -> None:
    """Edit User Assignment: replace the role attributes of one person, who no longer follows a group's."""
    account = draft.org.assigned_account(user, app)
    must_have_role_attributes(draft.org, app)
    update(draft, account, replace(account, entitlements=dict(roles), customised=True))


@verb
def change_group_role_attributes(draft: Draft, group: str, app: str, roles: Mapping[str, str]) -> None:
    """Edit a group's assignment: whoever follows it has these role attributes from now on."""
    changed = draft.org.group(group)
    must_have_role_attributes(draft.org, app)
    if (group, app) not in draft.org.group_assignments:
        raise NotAssigned(f"Group {group} is not assigned to {app}")
    draft.set(group_assignments=draft.org.group_assignments.put((group, app), dict(roles)))
    draft.record(EventType.GROUP_APP_UPDATE, (changed.display_name, app))
    for user in changed.members:
        draft.then(reconcile, user, app)
