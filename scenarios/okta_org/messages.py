"""What the admin reads on a task, as data: Okta's error texts, and the rules that put them together.

The texts are Okta's, as its support articles and its customers' documentation quote them. Two exceptions: no public
text of a failed deprovisioning was found (MSG-12), nor of the note on a task that waits for a rate limit. Assert those
with a pattern.
"""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from okta_connector.errors import ActionFailed, FailureType

MSG_1 = "Automatic provisioning of user {name} to app {label} failed: {detail}"
MSG_2 = (
    "Automatic profile push of user {name} to app {label} failed: "
    "Error while trying to push profile update for {user_name}: {detail}"
)
MSG_3 = "Error while creating user {name}: {detail}"
MSG_3_EMPTY = "Create new user returned empty user."
MSG_4 = "Error while verifying if user {user_name} exists: {detail}"
MSG_5 = "{reason}. Errors reported by remote server: {body}"
MSG_6 = "Matching user not found."
MSG_7 = "The credentials used to connect to the API were invalid; please check your configuration"
MSG_8 = "No user returned for user {external_id}"
MSG_9 = (
    "Unable to update Group Push mapping target App group {group}: Error while creating user group {group}: {detail}"
)
MSG_9_MEMBERS = (
    "Unable to update Group Push mapping target App group {group}: "
    "Error while updating user group membership for group {group}: {detail}"
)
MSG_9_UPDATE = "Unable to update Group Push mapping target App group {group}: {detail}"
MSG_10 = "Linked group is missing in {label}. Change the linked group to resume pushing group memberships."
MSG_11 = (
    "User was assigned this application before Provisioning was enabled and not provisioned in the downstream "
    "application. Click Provision User."
)
MSG_12 = "Automatic deprovisioning of user {name} from app {label} failed: {detail}"
TEST_FAILED = "Error authenticating: {detail}"
IMPORT_FAILED = "Import from app {label} failed: {detail}"
RATE_LIMITED = "Rate limit exceeded; the task is paused until {due}. {detail}"
RATE_LIMITED_FOR_GOOD = "Rate limit exceeded; no further automatic attempt after {attempts}. {detail}"

DEMOTION = "{name} holds {role} in {environment} of {label} already, which linking replaces by {granted}"
"""No text of Okta's: what the look-up warns of, or refuses to do."""

TASK_TEXTS: Mapping[str, tuple[str, ...]] = {
    "MSG-1": (MSG_1,),
    "MSG-2": (MSG_2,),
    "MSG-3": (MSG_3, MSG_3_EMPTY),
    "MSG-4": (MSG_4,),
    "MSG-5": (MSG_5,),
    "MSG-6": (MSG_6,),
    "MSG-7": (MSG_7,),
    "MSG-8": (MSG_8,),
    "MSG-9": (MSG_9, MSG_9_MEMBERS, MSG_9_UPDATE),
    "MSG-10": (MSG_10,),
    "MSG-11": (MSG_11,),
    "MSG-12": (MSG_12,),
}
"""What an admin reads in Okta, by the name under which the documentation here speaks of it."""

LOOK_UP = "look up"
"""The step of a creation that only asks, as the connectors call it."""

CREDENTIALS = frozenset({FailureType.INVALID_CREDENTIALS, FailureType.TOKEN_EXPIRED})


def detail(failure: ActionFailed) -> str:
    """Say what the app said: credentials in Okta's words (MSG-7), an HTTP refusal with its reason (MSG-5)."""
    if failure.type in CREDENTIALS:
        return MSG_7
    return remote(failure)


def remote(failure: ActionFailed) -> str:
    """Give the app's error verbatim, introduced by the HTTP reason when there was a response."""
    if failure.http_status is None or failure.type is FailureType.RESOURCE_NOT_FOUND:
        return failure.summary
    return MSG_5.format(reason=_reason(failure.http_status), body=failure.summary)


def profile_push_detail(failure: ActionFailed, external_id: str) -> str:
    """Name the account that is gone (MSG-8), then what else the app has to say about it."""
    if failure.type is not FailureType.RESOURCE_NOT_FOUND:
        return detail(failure)
    gone = MSG_8.format(external_id=external_id)
    said = remote(failure)
    return said if gone in said else f"{gone}. {said}"


def create_detail(failure: ActionFailed, name: str, user_name: str, *, looked_up: bool) -> str:
    """Word a failed creation by its phase. A dead token shows in the look-up, the first call of every creation."""
    gone = failure.type is FailureType.RESOURCE_NOT_FOUND
    if failure.type in CREDENTIALS or (failure.step == LOOK_UP and not gone):
        return MSG_4.format(user_name=user_name, detail=remote(failure))
    if looked_up and gone:
        return MSG_6
    return MSG_3.format(name=name, detail=detail(failure))


def rate_limit_text(said: str, due: datetime | None, attempts: int) -> str:
    if due is None:
        return RATE_LIMITED_FOR_GOOD.format(attempts=attempts, detail=said)
    return RATE_LIMITED.format(due=due.isoformat(), detail=said)


def fill(template: str, detail: str, **names: str) -> str:
    """Complete a template with the part that a task learns last."""
    return template.format(detail=detail, **names)


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"HTTP {status}"
