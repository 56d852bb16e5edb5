"""What an Okta administrator does. One class per verb."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from okta_scenarios.explanations import SCN_SHOWS_NOTHING, SCN_TOGETHER
from okta_scenarios.language.durations import Duration
from okta_scenarios.language.models.base import Shape, objection
from okta_scenarios.language.models.claims import (
    DiscoveryExpect,
    ImportExpect,
    OktaExpect,
    OktaPersonExpect,
    OktaTaskExpect,
    PushExpect,
)
from okta_scenarios.language.models.given import Profile, Roles
from okta_scenarios.language.models.names import (
    AppName,
    ClientName,
    GroupName,
    NewName,
    OktaGroupName,
    OrgName,
    PersonName,
)
from okta_scenarios.language.models.steps import ClaimingStep, Needs

People = Annotated[tuple[PersonName, ...], Field(min_length=1)]
UserName = Annotated[str, Field(min_length=1, max_length=100)]


class OktaStep(ClaimingStep):
    org: OrgName | None = None
    """The Okta org; the only one when left out."""
    expect: OktaExpect | None = None
    """What should follow."""


class OktaAppStep(OktaStep):
    app: AppName | None = None
    """The app instance; the only one when left out."""


class OktaUserStep(OktaStep):
    user: PersonName
    """The person, by short name."""
    expect: OktaPersonExpect | None = None
    """What should follow, for this person and around."""


class OktaAppUserStep(OktaUserStep, OktaAppStep):
    pass


class OktaGroupStep(OktaStep):
    group: OktaGroupName
    """The Okta group."""


class OktaPushStep(OktaAppStep, OktaGroupStep):
    expect: PushExpect | None = None
    """What should follow, for this group's mapping and around."""


class OktaAssign(OktaAppUserStep):
    """Assign the app to a person."""

    okta: Literal["assign"]
    entitlements: Roles = Field(default_factory=dict)
    """The granted role by environment."""
    groups: tuple[GroupName, ...] = ()
    """Collaborator groups granted along with it."""
    user_name: UserName | None = None
    """The app username, where it is not the Okta username."""


class OktaUnassign(OktaAppUserStep):
    """Take the app away from a person."""

    okta: Literal["unassign"]


class OktaProvisionUser(OktaAppUserStep):
    """Provision User: push somebody who was assigned before provisioning was switched on."""

    okta: Literal["provision_user"]


class OktaChangeEntitlements(OktaAppUserStep):
    """Replace a person's entitlements. An empty mapping revokes them all."""

    okta: Literal["change_entitlements"]
    entitlements: Roles
    """The granted role by environment, from now on."""


class OktaGrant(OktaAppUserStep):
    """Grant a bundle or a single entitlement on top of what policy grants."""

    okta: Literal["grant"]
    name: NewName
    """What the grant is called: the bundle, or the access request."""
    entitlements: Roles
    """The granted role by environment. Where policy grants another one, the newest grant counts."""
    lasts: Duration | None = None
    """How long; until it is revoked when left out."""


class OktaRevokeGrant(OktaAppUserStep):
    """Take a grant back."""

    okta: Literal["revoke_grant"]
    name: NewName
    """The grant's name."""


class OktaRevertToPolicy(OktaAppUserStep):
    """Revert to policy: what was customised or granted on top is wiped, and the person's groups decide again."""

    okta: Literal["revert_to_policy"]


class OktaChangeUsername(OktaAppUserStep):
    """Change a person's app username."""

    okta: Literal["change_username"]
    user_name: UserName
    """The new app username."""


class OktaUpdateUsernamesNow(OktaAppStep):
    """Update Now on the Sign On tab: app usernames are worked out anew from the Okta usernames, and pushed."""

    okta: Literal["update_usernames_now"]
    expect: OktaTaskExpect | None = None
    """What should follow."""


class OktaMoveDomain(OktaStep):
    """The company has another domain: usernames and emails in Okta move there."""

    okta: Literal["move_domain"]
    old: NewName
    """The domain so far."""
    new: NewName
    """The domain from now on."""


class OktaEditProfile(OktaUserStep):
    """Edit a person's Okta profile."""

    okta: Literal["edit_profile"]
    profile: Profile
    """The attributes that change."""


class OktaCreateUser(OktaStep):
    """Create an Okta user: somebody who is in no org so far."""

    okta: Literal["create_user"]
    user: NewName
    """The person's short name."""
    activate: bool = True
    """Whether the person is activated at once; otherwise they are staged."""
    expect: OktaPersonExpect | None = None
    """What should follow, for this person and around."""


class OktaActivateUser(OktaUserStep):
    """Activate an Okta user who is staged or deactivated."""

    okta: Literal["activate_user"]
    set_up: bool = True
    """Whether the person has set up the account at once; otherwise they are pending user action."""


class OktaDeactivateUser(OktaUserStep):
    """Deactivate an Okta user: every app is taken away."""

    okta: Literal["deactivate_user"]


class OktaSuspendUser(OktaUserStep):
    """Suspend an Okta user."""

    okta: Literal["suspend_user"]


class OktaUnsuspendUser(OktaUserStep):
    """Let a suspended Okta user back in."""

    okta: Literal["unsuspend_user"]


class OktaLockOutUser(OktaUserStep):
    """Too many wrong passwords lock an Okta user out."""

    okta: Literal["lock_out_user"]


class OktaUnlockUser(OktaUserStep):
    """Unlock an Okta user."""

    okta: Literal["unlock_user"]


class OktaResetPassword(OktaUserStep):
    """Send an Okta user a link for a new password."""

    okta: Literal["reset_password"]


class OktaExpirePassword(OktaUserStep):
    """Make an Okta user choose a new password at the next sign-in."""

    okta: Literal["expire_password"]


class OktaChoosePassword(OktaUserStep):
    """The person chooses a password: after activation, after a reset, or where the old one has expired."""

    okta: Literal["choose_password"]


class OktaDeleteUser(OktaUserStep):
    """Delete a deactivated Okta user."""

    okta: Literal["delete_user"]


class OktaRetryTask(OktaAppStep):
    """Retry Selected on Dashboard > Tasks; every open task of the app when neither a user nor a group is named."""

    okta: Literal["retry_task"]
    user: PersonName | None = None
    """The person whose task is retried."""
    group: OktaGroupName | None = None
    """The pushed group whose task is retried."""
    expect: OktaPersonExpect | None = None
    """What should follow, for this person and around."""


class OktaForceSync(OktaAppStep):
    """Force Sync: push profiles again, of everybody when no user is named."""

    okta: Literal["force_sync"]
    user: PersonName | None = None
    """The person whose profile is pushed."""
    expect: OktaPersonExpect | None = None
    """What should follow, for this person and around."""


class OktaApplyUpdatesNow(OktaAppStep):
    """Apply updates now, after a mapping was edited: push everybody assigned."""

    okta: Literal["apply_updates_now"]
    expect: OktaTaskExpect | None = None
    """What should follow."""


class OktaCreateGroup(OktaStep):
    """Create an Okta group."""

    okta: Literal["create_group"]
    group: NewName
    """The new group's name."""
    members: tuple[PersonName, ...] = ()
    """The people in it."""


class OktaAddToGroup(OktaGroupStep):
    """Put people into an Okta group."""

    okta: Literal["add_to_group"]
    members: People
    """Who comes in."""


class OktaRemoveFromGroup(OktaGroupStep):
    """Take people out of an Okta group."""

    okta: Literal["remove_from_group"]
    members: People
    """Who goes."""


class OktaRenameGroup(OktaGroupStep):
    """Rename an Okta group."""

    okta: Literal["rename_group"]
    to: NewName
    """The new name."""


class OktaAssignGroup(OktaAppStep, OktaGroupStep):
    """Assign the app to a group."""

    okta: Literal["assign_group"]
    entitlements: Roles = Field(default_factory=dict)
    """The role by environment that the group's people are granted."""


class OktaUnassignGroup(OktaAppStep, OktaGroupStep):
    """Take the app away from a group."""

    okta: Literal["unassign_group"]


class OktaPushGroup(OktaPushStep):
    """Push a group by name: create the collaborator group, or link to one that exists."""

    okta: Literal["push_group"]
    link: GroupName | None = None
    """The collaborator group to link to, instead of creating one."""
    members_now: bool = True
    """Push group memberships immediately."""


class OktaPushGroupNow(OktaPushStep):
    """Push Now: make the collaborator group's members exactly the pushed ones."""

    okta: Literal["push_group_now"]


class OktaUnlinkGroup(OktaPushStep):
    """Unlink a pushed group."""

    okta: Literal["unlink_group"]
    in_target: Literal["delete", "leave"]
    """What becomes of the collaborator group."""


class OktaPauseGroupPush(OktaPushStep):
    """Deactivate group push: changes gather and are not sent."""

    okta: Literal["pause_group_push"]


class OktaActivateGroupPush(OktaPushStep):
    """Activate group push again: the membership is pushed at once."""

    okta: Literal["activate_group_push"]


class OktaCreatePushRule(OktaAppStep):
    """Push groups by rule: every Okta group whose name begins so is pushed, now and from now on."""

    okta: Literal["create_push_rule"]
    rule: NewName
    """The rule's name."""
    starts_with: NewName
    """What the group's name begins with, in any case."""
    expect: OktaTaskExpect | None = None
    """What should follow."""


class OktaDeactivatePushRule(OktaAppStep):
    """Deactivate a push rule: groups that come from now on are not pushed."""

    okta: Literal["deactivate_push_rule"]
    rule: NewName
    """The rule's name."""


class OktaActivatePushRule(OktaAppStep):
    """Activate a push rule again, with the groups that came in the meantime."""

    okta: Literal["activate_push_rule"]
    rule: NewName
    """The rule's name."""


class OktaDeletePushRule(OktaAppStep):
    """Delete a push rule."""

    okta: Literal["delete_push_rule"]
    rule: NewName
    """The rule's name."""
    in_target: Literal["delete", "leave"]
    """What becomes of the collaborator groups that the rule made."""


class OktaImportUsers(OktaAppStep):
    """Import Now."""

    needs = Needs.READ
    okta: Literal["import_users"]
    expect: ImportExpect | None = None
    """What should follow."""


class OktaConfirmAssignments(OktaAppStep):
    """Confirm Assignments after an import: the rows named, as they are named; without names every row, as proposed."""

    okta: Literal["confirm_assignments"]
    matches: tuple[PersonName, ...] = ()
    """People whose row is who Okta proposes."""
    as_new: tuple[PersonName, ...] = ()
    """People of whom a new Okta user is made."""
    as_existing: Mapping[PersonName, PersonName] = {}
    """People whose row is an Okta user that the admin names."""
    ignored: tuple[PersonName, ...] = ()
    """People whose row is ignored from now on."""
    expect: OktaTaskExpect | None = None
    """What should follow."""


class OktaResumeImports(OktaStep):
    """Resume all imports that a safeguard holds up; the one that tripped it goes on."""

    okta: Literal["resume_imports"]
    expect: ImportExpect | None = None
    """What should follow."""


class OktaCancelImport(OktaStep):
    """Cancel the import that tripped a safeguard; the others may run again."""

    okta: Literal["cancel_import"]


class OktaImportSchema(OktaAppStep):
    """Refresh what Okta knows of Workato's user schema and entitlement values."""

    needs = Needs.READ
    okta: Literal["import_schema"]
    expect: DiscoveryExpect | None = None
    """What should follow."""


class OktaTestCredentials(OktaAppStep):
    """Test API Credentials."""

    needs = Needs.READ
    okta: Literal["test_credentials"]
    expect: OktaTaskExpect | None = None
    """What should follow."""


class Switches(Shape):
    """Provisioning switches to set; those left out stay as they are."""

    create: bool | None = None
    """Create Users."""
    update: bool | None = None
    """Update User Attributes."""
    deactivate: bool | None = None
    """Deactivate Users."""
    import_groups: bool | None = None
    """Import Groups."""
    governance: bool | None = None
    """Entitlement Management."""
    enabled: bool | None = None
    """Whether provisioning is switched on at all."""
    rename_app_groups: bool | None = None
    """Rename app groups to match the group's name in Okta."""
    push_pending_users: bool | None = None
    """Whether people who are still staged are pushed."""
    update_username: bool | None = None
    """Whether the app username follows the Okta username."""
    exact_match: Literal["EMAIL", "USERNAME"] | None = None
    """What has to be equal for an import to match somebody exactly."""
    partial_match: bool | None = None
    """Whether an import also proposes somebody of the same name."""
    auto_confirm: bool | None = None
    """Whether an import confirms exact matches by itself."""
    auto_confirm_partial: bool | None = None
    """Whether an import confirms partial matches by itself."""
    auto_confirm_new: bool | None = None
    """Whether an import makes Okta users of people it does not know."""
    auto_activate_new: bool | None = None
    """Whether Okta users that an import makes are activated."""
    import_every: Duration | None = None
    """How often the clock imports by itself."""
    active: bool | None = None
    """Whether the app instance itself is active."""


class OktaConfigureApp(OktaAppStep):
    """Change an app instance's settings."""

    okta: Literal["configure_app"]
    provisioning: Switches | None = None
    """Switches that change."""
    client: ClientName | None = None
    """The API client whose token the app instance holds from now on."""
    token: str | None = None
    """A literal token, such as a wrong one."""
    expect: OktaTaskExpect | None = None
    """What should follow."""

    @model_validator(mode="after")
    def _changes_something(self) -> "OktaConfigureApp":
        chosen = self.model_fields_set & {"provisioning", "client", "token"}
        if not chosen:
            raise objection("changes nothing; name provisioning, client or token", code=SCN_SHOWS_NOTHING)
        if {"client", "token"} <= chosen:
            raise objection("name a client or a token, not both", at=("token",), code=SCN_TOGETHER)
        return self
