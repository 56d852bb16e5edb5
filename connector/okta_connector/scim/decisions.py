"""What Okta's SCIM client decides: plain functions, values in, a value out, nothing sent.

Each carries the ids of the rules it upholds (`@upholds`), and `ScimDecisions` holds them all. To break a rule on
purpose, replace a function: `dataclasses.replace(ScimDecisions(), looks_up=...)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from okta_connector.decisions import ADMINISTRATORS
from okta_connector.errors import ActionFailed, FailureType, NotFound, WorkatoError
from okta_connector.folding import alike
from okta_connector.parsing import JsonObject
from okta_connector.rules import upholds
from okta_connector.scim import answers, bodies
from okta_connector.scim.answers import Step
from okta_connector.scim.mapping import environment_of
from okta_connector.scim.parsing import is_scim_error
from okta_connector.scim.settings import AppKind, ScimSettings, Switches, mapping_of
from okta_connector.scim.values import ScimUser
from okta_connector.values import Entitlement, User

PAGE = 100
"""How many resources Okta asks for at once (SCIM 2.0 Protocol Reference)."""


# Failures


@upholds("OSC-7", "PUD-8", "PPU-8")
def failure(error: WorkatoError, step: Step) -> ActionFailed:
    """Take an answer as the table of answers has it; the server's `detail` is passed on letter for letter."""
    return answers.failure(error, step)


@upholds("OSC-1")
def means_nobody(error: NotFound) -> bool:
    """A 404 to the filter finds nobody, if it is a SCIM error; the page of another server is a failure."""
    return is_scim_error(error.body)


# New users


@upholds("OSC-1")
def looks_up_first() -> bool:
    """Ask for the username before anything is created."""
    return True


@upholds("PNU-6")
def user_to_link(user_name: str, found: tuple[ScimUser, ...], switches: Switches) -> ScimUser | None:
    """Link whoever is there already. Of several, the one of this very username, or nobody (`okta_several_hits`)."""
    if len(found) <= 1:
        return next(iter(found), None)
    if switches.okta_several_hits == "fails":
        raise several_hits(user_name, len(found))
    same = next((each for each in found if alike(each.user_name, user_name)), None)
    if same is None:
        raise several_hits(user_name, len(found))
    return same


def several_hits(user_name: str, count: int) -> ActionFailed:
    return ActionFailed(
        FailureType.GENERIC_FAILURE,
        f"{count} users were returned for {user_name}, which is not unique.",
        step=Step.LOOK_UP,
    )


@upholds("PNU-1", "EM-1", "OSC-2")
def creation(settings: ScimSettings, user: User, password: str, switches: Switches) -> JsonObject:
    """Send the mapped attributes, Okta's own id as `externalId`, and a password that means nothing."""
    return bodies.new_user(settings, user, password, switches)


@upholds("OSC-5")
def linking(settings: ScimSettings, user: User, found: ScimUser, switches: Switches) -> JsonObject:
    """Push the profile over what is there, active again if it was not: the id stays the same."""
    return bodies.with_active(bodies.overlaid(settings, user, found, switches), active=True)


# Profile updates


@upholds("PPU-1", "OSC-2", "OSC-3", "OSC-10")
def profile(settings: ScimSettings, user: User, read: ScimUser, switches: Switches) -> JsonObject:
    """Echo what was read a moment ago, with the mapped attributes laid over it; `active` is not a profile's to change.

    So roles that Okta does not map go out as they were read: whatever was changed in between is overwritten.
    """
    return bodies.overlaid(settings, user, read, switches)


@upholds("PNU-10")
def administration_lost(settings: ScimSettings, user: User, held: Iterable[Entitlement]) -> tuple[Entitlement, ...]:
    """Say which administrator's roles, among those that somebody holds, a push of this profile takes away."""
    mapped = {environment_of(attribute) for attribute in mapping_of(settings, user)}
    granted = {each.type: each.value for each in user.entitlements}
    return tuple(
        each
        for each in held
        if each.value in ADMINISTRATORS and each.type in mapped and granted.get(each.type, each.value) != each.value
    )


# Deactivation and activation


@upholds("PUD-1", "OSC-4")
def deactivation(read: ScimUser) -> JsonObject:
    """Say that the person is not active; everything else is echoed, and nobody is deleted."""
    return bodies.with_active(read.body, active=False)


@upholds("OSC-6")
def patches(kind: AppKind) -> bool:
    """Only the catalogue's apps send PATCH, and of them those whose version says so. Nothing falls back."""
    return kind == "catalogue_patch"


# Imports


@upholds("INU-1", "OSC-8")
def people_to_import(found: tuple[ScimUser, ...]) -> tuple[ScimUser, ...]:
    """Count the active users only."""
    return tuple(each for each in found if each.active)


@upholds("OSC-8")
def next_start(start: int, total: int) -> int | None:
    """Ask for one page after the other, until all that the server counts have been asked for."""
    return None if start - 1 + PAGE >= total else start + PAGE


# Connection


@upholds("CFG-1", "OSC-9")
def must_call_to_test() -> bool:
    """List two users: only a call that needs the token tells whether it is good, and a test writes nothing."""
    return True


@dataclass(frozen=True, slots=True)
class ScimDecisions:
    """One function per decision. Those that are given by default do what Okta does."""

    failure: Callable[[WorkatoError, Step], ActionFailed] = failure
    means_nobody: Callable[[NotFound], bool] = means_nobody
    looks_up_first: Callable[[], bool] = looks_up_first
    user_to_link: Callable[[str, tuple[ScimUser, ...], Switches], ScimUser | None] = user_to_link
    creation: Callable[[ScimSettings, User, str, Switches], JsonObject] = creation
    linking: Callable[[ScimSettings, User, ScimUser, Switches], JsonObject] = linking
    profile: Callable[[ScimSettings, User, ScimUser, Switches], JsonObject] = profile
    administration_lost: Callable[[ScimSettings, User, Iterable[Entitlement]], tuple[Entitlement, ...]] = (
        administration_lost
    )
    deactivation: Callable[[ScimUser], JsonObject] = deactivation
    patches: Callable[[AppKind], bool] = patches
    people_to_import: Callable[[tuple[ScimUser, ...]], tuple[ScimUser, ...]] = people_to_import
    next_start: Callable[[int, int], int | None] = next_start
    must_call_to_test: Callable[[], bool] = must_call_to_test
