"""What an Okta administrator does about people: accounts, assignments, entitlements, profiles, tasks."""

from typing import Annotated, Literal

from pydantic import Field

from okta_scenarios.language.durations import Lapse
from okta_scenarios.language.models.claims import (
    OktaPersonExpect,
    OktaTaskExpect,
)
from okta_scenarios.language.models.given import Profile, Roles, UserName
from okta_scenarios.language.models.names import (
    GroupName,
    NewName,
    OktaGroupName,
    PersonName,
)
from okta_scenarios.language.models.okta_base import OktaAppStep, OktaAppUserStep, OktaStep, OktaUserStep
from okta_scenarios.language.models.steps import PeopleStep


class OktaAssign(OktaAppUserStep):
    """Assign the app to a person."""

    says = "{admin} assigns {who} to {app}[, {entitlements}][, {roles}][, groups {groups}][, as {user_name}]"
    okta: Literal["assign"]
    entitlements: Roles = Field(default_factory=dict)
    """The granted role by environment."""
    groups: tuple[GroupName, ...] = ()
    """Collaborator groups granted along with it."""
    roles: Roles = Field(default_factory=dict)
    """Of a SCIM app: the person's role attributes by environment, in the place of entitlements."""
    user_name: UserName | None = None
    """The app username, where it is not the Okta username."""


class OktaUnassign(OktaAppUserStep):
    """Take the app away from a person."""

    says = "{admin} takes {app} away from {who}"
    okta: Literal["unassign"]


class OktaProvisionUser(OktaAppUserStep):
    """Provision User: push somebody who was assigned before provisioning was switched on."""

    says = "{admin} provisions {who} in {app}"
    okta: Literal["provision_user"]


class OktaChangeEntitlements(OktaAppUserStep):
    """Replace a person's entitlements. An empty mapping revokes them all."""

    says = "{admin} changes what {who} {has} in {app} to {entitlements}"
    okta: Literal["change_entitlements"]
    entitlements: Roles
    """The granted role by environment, from now on."""


class OktaChangeRoleAttributes(OktaAppUserStep):
    """Edit a person's assignment of a SCIM app: the role attributes, which follow no group any more."""

    says = "{admin} changes the role attributes of {who} in {app} to {roles}"
    okta: Literal["change_role_attributes"]
    roles: Roles
    """The role by environment, from now on."""


class OktaGrant(OktaAppUserStep):
    """Grant a bundle or a single entitlement on top of what policy grants."""

    says = "{admin} grants {name} to {who} in {app}, {entitlements}[, for {lasts}]"
    okta: Literal["grant"]
    name: NewName
    """What the grant is called: the bundle, or the access request."""
    entitlements: Roles
    """The granted role by environment. Where policy grants another one, the newest grant counts."""
    lasts: Lapse | None = None
    """How long; until it is revoked when left out."""


class OktaRevokeGrant(OktaAppUserStep):
    """Take a grant back."""

    says = "{admin} takes the grant {name} in {app} back from {who}"
    okta: Literal["revoke_grant"]
    name: NewName
    """The grant's name."""


class OktaRevertToPolicy(OktaAppUserStep):
    """Revert to policy: what was customised or granted on top is wiped, and the person's groups decide again."""

    says = "{admin} reverts {who} to policy in {app}"
    okta: Literal["revert_to_policy"]


class OktaChangeUsername(OktaAppUserStep):
    """Change a person's app username."""

    says = "{admin} changes the app username of {who} in {app} to {user_name}"
    okta: Literal["change_username"]
    user_name: UserName
    """The new app username."""


class OktaUpdateUsernamesNow(OktaAppStep):
    """Update Now on the Sign On tab: app usernames are worked out anew from the Okta usernames, and pushed."""

    says = "{admin} updates the usernames of {app} now"
    okta: Literal["update_usernames_now"]
    expect: OktaTaskExpect | None = None
    """What should follow."""


class OktaMoveDomain(OktaStep):
    """The company has another domain: usernames and emails in Okta move there."""

    says = "The company moves from the domain {old} to {new}"
    okta: Literal["move_domain"]
    old: NewName
    """The domain so far."""
    new: NewName
    """The domain from now on."""


class OktaEditProfile(OktaUserStep):
    """Edit a person's Okta profile."""

    says = "{admin} edits the Okta profile of {who}, {profile}"
    okta: Literal["edit_profile"]
    profile: Profile
    """The attributes that change."""


class OktaCreateUser(PeopleStep, OktaStep):
    """Create an Okta user: somebody who is in no org so far."""

    says = "{admin} creates the Okta user {who}"
    okta: Literal["create_user"]
    user: NewName | None = None
    """The person's short name."""
    users: Annotated[tuple[NewName, ...], Field(min_length=1)] | None = None
    """In place of `user`, several people who are created, one after the other, until somebody is refused."""
    activate: bool = True
    """Whether the person is activated at once; otherwise they are staged."""
    expect: OktaPersonExpect | None = None
    """What should follow, for this person and around."""


class OktaActivateUser(OktaUserStep):
    """Activate an Okta user who is staged or deactivated."""

    says = "{admin} activates {who}"
    okta: Literal["activate_user"]
    set_up: bool = True
    """Whether the person has set up the account at once; otherwise they are pending user action."""


class OktaDeactivateUser(OktaUserStep):
    """Deactivate an Okta user: every app is taken away."""

    says = "{admin} deactivates {who}"
    okta: Literal["deactivate_user"]


class OktaSuspendUser(OktaUserStep):
    """Suspend an Okta user."""

    says = "{admin} suspends {who}"
    okta: Literal["suspend_user"]


class OktaUnsuspendUser(OktaUserStep):
    """Let a suspended Okta user back in."""

    says = "{admin} lets {who} back in"
    okta: Literal["unsuspend_user"]


class OktaLockOutUser(OktaUserStep):
    """Too many wrong passwords lock an Okta user out."""

    says = "Too many wrong passwords lock {who} out"
    okta: Literal["lock_out_user"]


class OktaUnlockUser(OktaUserStep):
    """Unlock an Okta user."""

    says = "{admin} unlocks {who}"
    okta: Literal["unlock_user"]


class OktaResetPassword(OktaUserStep):
    """Send an Okta user a link for a new password."""

    says = "{admin} sends {who} a link for a new password"
    okta: Literal["reset_password"]


class OktaExpirePassword(OktaUserStep):
    """Make an Okta user choose a new password at the next sign-in."""

    says = "{admin} makes {who} choose a new password at the next sign-in"
    okta: Literal["expire_password"]


class OktaChoosePassword(OktaUserStep):
    """The person chooses a password: after activation, after a reset, or where the old one has expired."""

    says = "{who} choose{s} a password"
    okta: Literal["choose_password"]


class OktaDeleteUser(OktaUserStep):
    """Delete a deactivated Okta user."""

    says = "{admin} deletes the Okta user {who}"
    okta: Literal["delete_user"]


class OktaRetryTask(OktaAppStep):
    """Retry Selected on Dashboard > Tasks; every open task of the app when neither a user nor a group is named."""

    says = "{admin} retries the open tasks of {app}[ about {who}][ about the group {group}]"
    okta: Literal["retry_task"]
    user: PersonName | None = None
    """The person whose task is retried."""
    group: OktaGroupName | None = None
    """The pushed group whose task is retried."""
    expect: OktaPersonExpect | None = None
    """What should follow, for this person and around."""


class OktaForceSync(OktaAppStep):
    """Force Sync: push profiles again, of everybody when no user is named."""

    says = "{admin} forces a sync of {app}[ for {who}]"
    okta: Literal["force_sync"]
    user: PersonName | None = None
    """The person whose profile is pushed."""
    expect: OktaPersonExpect | None = None
    """What should follow, for this person and around."""


class OktaApplyUpdatesNow(OktaAppStep):
    """Apply updates now, after a mapping was edited: push everybody assigned."""

    says = "{admin} applies updates to {app} now"
    okta: Literal["apply_updates_now"]
    expect: OktaTaskExpect | None = None
    """What should follow."""
