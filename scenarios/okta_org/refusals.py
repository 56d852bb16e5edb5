"""Okta's own refusals: nothing in the org has changed, and the app was at most asked, never told.

OktaRefusal
├── WrongStatus             a lifecycle step the user's status does not allow
├── AlreadyExists           a user, group, rule or app of that name
├── AlreadyAssigned
├── NotAssigned
├── AppInactive
├── ProvisioningOff
├── BadSchedule             a grant or a schedule of imports that takes no time
├── BadUsername             1 to 100 characters
├── UsernameTaken           two people, one username: of the org, or of one app
├── RequiredAttribute       login, email or first name emptied
├── NothingToProvision      Provision User on an account that exists
├── NothingToRetry
├── EntitlementsNotManaged  governance is off
├── GovernanceTooLate       governance switched on after provisioning
├── GovernanceIncomplete    governance without Create Users and Update User Attributes
├── NotOnThisRoad           a SCIM app has no entitlements, an app of the catalogue no role attributes
├── GroupPushOff            Push Groups is not ticked
├── CredentialsRefused      a connection is saved only once it was tested
├── ImportsPaused           the import safeguard tripped
├── AlreadyGranted          a grant of that name
├── NotGranted
├── NothingToRevert         nothing but what policy grants
├── NoSuchRule              a push rule that the app does not have
├── NothingToConfirm        no row of an import waits, or is ignored, for that person
├── NoRoadblock             resume or cancel, and no import is paused
├── AlreadyPushed
├── NotPushed
├── AppGroupExists          push by name onto an existing app group
├── AmbiguousAppGroup       link by a name that several app groups have, apart from capitals
└── NoSuchAppGroup          link to an app group that is not there, or that takes no push
"""


class OktaRefusal(Exception):
    """The admin cannot do that. `str()` is what the console would say."""


class WrongStatus(OktaRefusal): ...


class AlreadyExists(OktaRefusal): ...


class AlreadyAssigned(OktaRefusal): ...


class NotAssigned(OktaRefusal): ...


class AppInactive(OktaRefusal): ...


class ProvisioningOff(OktaRefusal): ...


class BadSchedule(OktaRefusal): ...


class BadUsername(OktaRefusal): ...


class UsernameTaken(OktaRefusal): ...


class RequiredAttribute(OktaRefusal): ...


class NothingToProvision(OktaRefusal): ...


class NothingToRetry(OktaRefusal): ...


class EntitlementsNotManaged(OktaRefusal): ...


class GovernanceTooLate(OktaRefusal): ...


class GovernanceIncomplete(OktaRefusal): ...


class NotOnThisRoad(OktaRefusal): ...


class GroupPushOff(OktaRefusal): ...


class CredentialsRefused(OktaRefusal): ...


class ImportsPaused(OktaRefusal): ...


class AlreadyGranted(OktaRefusal): ...


class NotGranted(OktaRefusal): ...


class NothingToRevert(OktaRefusal): ...


class NoSuchRule(OktaRefusal): ...


class NothingToConfirm(OktaRefusal): ...


class NoRoadblock(OktaRefusal): ...


class AlreadyPushed(OktaRefusal): ...


class NotPushed(OktaRefusal): ...


class AppGroupExists(OktaRefusal): ...


class AmbiguousAppGroup(OktaRefusal): ...


class NoSuchAppGroup(OktaRefusal): ...


class UnknownName(LookupError):
    """A script speaks of a user, group or app that the org has never heard of: a mistake in the script."""
