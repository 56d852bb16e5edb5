"""Okta's SCIM client, broken rule by rule; and how rules of both roads break on this one."""

from collections.abc import Iterable
from dataclasses import replace

from okta_connector import ActionFailed, Entitlement, FailureType, NotFound, User
from okta_connector.errors import WorkatoError
from okta_connector.parsing import JsonObject
from okta_connector.scim import ScimDecisions, ScimSettings, ScimUser, Step, Switches, bodies, decisions
from okta_connector.scim.settings import AppKind
from okta_scenarios.rules.violations.values import SeamDecisions, Violation


def creates_at_once() -> bool:
    return False


def never_means_nobody(_: NotFound) -> bool:
    return False


def nobody(_: str, __: tuple[ScimUser, ...], ___: Switches) -> ScimUser | None:
    return None


def inactive(settings: ScimSettings, user: User, password: str, switches: Switches) -> JsonObject:
    return bodies.with_active(decisions.creation(settings, user, password, switches), active=False)


def creation_without_roles(settings: ScimSettings, user: User, password: str, switches: Switches) -> JsonObject:
    body = decisions.creation(settings, user, password, switches)
    return {key: value for key, value in body.items() if not key.endswith(":WorkatoRole")}


def creation_without_an_id(settings: ScimSettings, user: User, password: str, switches: Switches) -> JsonObject:
    return _without(decisions.creation(settings, user, password, switches), "externalId")


def profile_without_an_id(settings: ScimSettings, user: User, read: ScimUser, switches: Switches) -> JsonObject:
    return _without(decisions.profile(settings, user, read, switches), "externalId")


def nothing_new(_: ScimSettings, __: User, read: ScimUser, ___: Switches) -> JsonObject:
    return read.body


def mapped_attributes_only(settings: ScimSettings, user: User, read: ScimUser, switches: Switches) -> JsonObject:
    body = bodies.new_user(settings, user, "", switches)
    return {key: value for key, value in body.items() if key not in {"password", "groups", "active"}}


def active_too(settings: ScimSettings, user: User, read: ScimUser, switches: Switches) -> JsonObject:
    return bodies.with_active(decisions.profile(settings, user, read, switches), active=True)


def still_active(read: ScimUser) -> JsonObject:
    return bodies.with_active(read.body, active=True)


def as_it_was(settings: ScimSettings, user: User, found: ScimUser, switches: Switches) -> JsonObject:
    return bodies.overlaid(settings, user, found, switches)


def the_other_way_round(kind: AppKind) -> bool:
    return kind != "catalogue_patch"


def a_phrase(_: WorkatoError, step: Step) -> ActionFailed:
    return ActionFailed(FailureType.GENERIC_FAILURE, "Something went wrong.", step=step)


def without_the_wait(error: WorkatoError, step: Step) -> ActionFailed:
    failed = decisions.failure(error, step)
    failed.retry_after = None
    return failed


def everybody(found: tuple[ScimUser, ...]) -> tuple[ScimUser, ...]:
    return tuple(replace(each, active=True) for each in found)


def no_people(_: tuple[ScimUser, ...]) -> tuple[ScimUser, ...]:
    return ()


def the_first_page_only(_: int, __: int) -> int | None:
    return None


def untested() -> bool:
    return False


def nothing_lost(_: ScimSettings, __: User, ___: Iterable[Entitlement]) -> tuple[Entitlement, ...]:
    return ()


def _without(body: JsonObject, key: str) -> JsonObject:
    return {name: value for name, value in body.items() if name != key}


VIOLATIONS = (
    Violation(
        "OSC-1",
        "Okta creates users without looking, and takes a 404 to a look-up for a failure.",
        decisions=SeamDecisions(scim=ScimDecisions(looks_up_first=creates_at_once, means_nobody=never_means_nobody)),
    ),
    Violation(
        "OSC-2",
        "Okta keeps its own id to itself.",
        decisions=SeamDecisions(scim=ScimDecisions(creation=creation_without_an_id, profile=profile_without_an_id)),
    ),
    Violation(
        "OSC-3",
        "A profile push sends the mapped attributes and nothing of what it read.",
        decisions=SeamDecisions(scim=ScimDecisions(profile=mapped_attributes_only)),
    ),
    Violation(
        "OSC-4",
        "A user who loses the app is sent as active.",
        decisions=SeamDecisions(scim=ScimDecisions(deactivation=still_active)),
    ),
    Violation(
        "OSC-5",
        "Somebody who comes back is found and stays inactive.",
        decisions=SeamDecisions(scim=ScimDecisions(linking=as_it_was)),
    ),
    Violation(
        "OSC-6",
        "Custom apps send PATCH, and apps of the catalogue send none.",
        decisions=SeamDecisions(scim=ScimDecisions(patches=the_other_way_round)),
    ),
    Violation(
        "OSC-7",
        "Every refusal and every fault is the same failure, and its words are lost.",
        decisions=SeamDecisions(scim=ScimDecisions(failure=a_phrase)),
    ),
    Violation(
        "OSC-8",
        "An import ends with its first page and counts inactive users too.",
        decisions=SeamDecisions(scim=ScimDecisions(people_to_import=everybody, next_start=the_first_page_only)),
    ),
    Violation(
        "OSC-9",
        "Testing a connection sends nothing and passes.",
        decisions=SeamDecisions(scim=ScimDecisions(must_call_to_test=untested)),
    ),
    Violation(
        "OSC-10",
        "A profile push makes people active.",
        decisions=SeamDecisions(scim=ScimDecisions(profile=active_too)),
    ),
)
