"""What an Okta administrator does about groups: membership, assignment, group push."""

from typing import Literal

from pydantic import Field

from okta_scenarios.language.models.claims import (
    OktaTaskExpect,
)
from okta_scenarios.language.models.given import Roles
from okta_scenarios.language.models.names import (
    GroupName,
    NewName,
    PersonName,
)
from okta_scenarios.language.models.okta_base import OktaAppStep, OktaGroupStep, OktaPushStep, OktaStep, People


class OktaCreateGroup(OktaStep):
    """Create an Okta group."""

    says = "{admin} creates the group {group}[ with {members}]"
    okta: Literal["create_group"]
    group: NewName
    """The new group's name."""
    members: tuple[PersonName, ...] = ()
    """The people in it."""


class OktaCreateGroupRule(OktaGroupStep):
    """A group rule: who has this value in the profile is in the group, now and from now on."""

    says = "{admin} makes the group rule {rule}, {attribute} {equals} brings people into {group}"
    okta: Literal["create_group_rule"]
    rule: NewName
    """The rule's name."""
    attribute: NewName
    """An attribute of the Okta profile, such as department."""
    equals: str
    """The value that brings somebody into the group."""


class OktaAddToGroup(OktaGroupStep):
    """Put people into an Okta group."""

    says = "{admin} puts {members} into the group {group}"
    okta: Literal["add_to_group"]
    members: People
    """Who comes in."""


class OktaRemoveFromGroup(OktaGroupStep):
    """Take people out of an Okta group."""

    says = "{admin} takes {members} out of the group {group}"
    okta: Literal["remove_from_group"]
    members: People
    """Who goes."""


class OktaRenameGroup(OktaGroupStep):
    """Rename an Okta group."""

    says = "{admin} renames the group {group} to {to}"
    okta: Literal["rename_group"]
    to: NewName
    """The new name."""


class OktaDeleteGroup(OktaGroupStep):
    """Delete an Okta group: its people lose what it alone assigned. What it was pushed to stays in Workato."""

    says = "{admin} deletes the group {group}"
    okta: Literal["delete_group"]


class OktaAssignGroup(OktaAppStep, OktaGroupStep):
    """Assign the app to a group."""

    says = "{admin} assigns the group {group} to {app}[, {entitlements}][, {roles}]"
    okta: Literal["assign_group"]
    entitlements: Roles = Field(default_factory=dict)
    """The role by environment that the group's people are granted."""
    roles: Roles = Field(default_factory=dict)
    """Of a SCIM app: the role attributes of the group's people by environment, in the place of entitlements."""


class OktaChangeGroupRoleAttributes(OktaAppStep, OktaGroupStep):
    """Edit a group's assignment of a SCIM app: its role attributes. People who follow the group are pushed."""

    says = "{admin} changes the role attributes that the group {group} has in {app} to {roles}"
    okta: Literal["change_group_role_attributes"]
    roles: Roles
    """The role by environment that the group's people have from now on."""


class OktaChangeGroupEntitlements(OktaAppStep, OktaGroupStep):
    """Edit a group's assignment: its entitlements. People who follow the group are pushed."""

    says = "{admin} changes what the group {group} has in {app} to {entitlements}"
    okta: Literal["change_group_entitlements"]
    entitlements: Roles
    """The role by environment that the group's people are granted from now on."""


class OktaUnassignGroup(OktaAppStep, OktaGroupStep):
    """Take the app away from a group."""

    says = "{admin} takes {app} away from the group {group}"
    okta: Literal["unassign_group"]


class OktaPushGroup(OktaPushStep):
    """Push a group by name: create the collaborator group, or link to one that exists."""

    says = "{admin} pushes the group {group} to {app}[, linked to {link}]"
    okta: Literal["push_group"]
    link: GroupName | None = None
    """The collaborator group to link to, instead of creating one."""
    members_now: bool = True
    """Push group memberships immediately."""


class OktaPushGroupNow(OktaPushStep):
    """Push Now: make the collaborator group's members exactly the pushed ones."""

    says = "{admin} pushes the group {group} to {app} now"
    okta: Literal["push_group_now"]


class OktaUnlinkGroup(OktaPushStep):
    """Unlink a pushed group."""

    says = "{admin} unlinks the pushed group {group} from {app}, its counterpart there: {in_target}"
    okta: Literal["unlink_group"]
    in_target: Literal["delete", "leave"]
    """What becomes of the collaborator group."""


class OktaPauseGroupPush(OktaPushStep):
    """Deactivate group push: changes gather and are not sent."""

    says = "{admin} pauses the push of the group {group} to {app}"
    okta: Literal["pause_group_push"]


class OktaActivateGroupPush(OktaPushStep):
    """Activate group push again: the membership is pushed at once."""

    says = "{admin} activates the push of the group {group} to {app} again"
    okta: Literal["activate_group_push"]


class OktaCreatePushRule(OktaAppStep):
    """Push groups by rule: every Okta group whose name begins so is pushed, now and from now on."""

    says = "{admin} makes the push rule {rule} for {app}, groups whose name begins with {starts_with}"
    okta: Literal["create_push_rule"]
    rule: NewName
    """The rule's name."""
    starts_with: NewName
    """What the group's name begins with, in any case."""
    expect: OktaTaskExpect | None = None
    """What should follow."""


class OktaDeactivatePushRule(OktaAppStep):
    """Deactivate a push rule: groups that come from now on are not pushed."""

    says = "{admin} deactivates the push rule {rule} of {app}"
    okta: Literal["deactivate_push_rule"]
    rule: NewName
    """The rule's name."""


class OktaActivatePushRule(OktaAppStep):
    """Activate a push rule again, with the groups that came in the meantime."""

    says = "{admin} activates the push rule {rule} of {app} again"
    okta: Literal["activate_push_rule"]
    rule: NewName
    """The rule's name."""


class OktaDeletePushRule(OktaAppStep):
    """Delete a push rule."""

    says = "{admin} deletes the push rule {rule} of {app}, its groups there: {in_target}"
    okta: Literal["delete_push_rule"]
    rule: NewName
    """The rule's name."""
    in_target: Literal["delete", "leave"]
    """What becomes of the collaborator groups that the rule made."""
