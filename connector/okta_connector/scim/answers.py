"""What Okta makes of each answer, in one table: which failure it is, who tries again, and what the admin reads.

Okta's sources: Understanding SCIM (429), SCIM 2.0 Protocol Reference (404 on the filter, 409), SCIM integration
requirements (60 seconds). The rest was observed in a real org (okta-iam-lifecycle-lab) or quoted by customers.
"""

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

from okta_connector.errors import (
    ActionFailed,
    Answered,
    FailureType,
    Garbled,
    RateLimited,
    WorkatoError,
)
from okta_connector.scim.parsing import invalid_json


class Step(StrEnum):
    """The part of a conversation in which a request is sent."""

    TEST = "test"
    LOOK_UP = "look up"
    CREATE = "create"
    READ = "read"
    WRITE = "write"
    REMOVE = "remove"
    IMPORT = "import"


class Consequence(StrEnum):
    NOT_FOUND = "the user does not exist; go on"
    BY_HAND = "failed task; Retry Selected by hand"
    WAITS = "tried again after Retry-After in whole seconds, else 300 s, doubled each time, ten attempts"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. No `statuses` stand for an answer that never came, no `steps` for every step.

    `text` is the part of the task's text that comes from the answer; the frame around it is the action's.
    """

    statuses: frozenset[int]
    steps: frozenset[Step]
    then: Consequence
    type: FailureType
    text: str


REMOTE = "{reason}. Errors reported by remote server: {detail}"
EVERYWHERE: frozenset[Step] = frozenset()
FAULTS = frozenset(range(500, 1000))
"""No status above 599 means anything, and a broken server sends one all the same."""

ANSWERS = (
    Row(
        frozenset({404}),
        frozenset({Step.LOOK_UP}),
        Consequence.NOT_FOUND,
        FailureType.GENERIC_FAILURE,
        "nothing, where a SCIM error says so; another server's 404 is a failed task",
    ),
    Row(
        frozenset({404}),
        frozenset({Step.READ, Step.REMOVE}),
        Consequence.BY_HAND,
        FailureType.RESOURCE_NOT_FOUND,
        "No user returned for user {id}; of a group: the linked group is missing",
    ),
    Row(
        frozenset({401}),
        EVERYWHERE,
        Consequence.BY_HAND,
        FailureType.INVALID_CREDENTIALS,
        "in the look-up and the test: " + REMOTE + "; elsewhere: the credentials were invalid",
    ),
    Row(frozenset({429}), EVERYWHERE, Consequence.WAITS, FailureType.RATE_LIMIT_EXCEEDED, REMOTE),
    Row(frozenset(range(400, 500)), EVERYWHERE, Consequence.BY_HAND, FailureType.GENERIC_FAILURE, REMOTE),
    Row(FAULTS, EVERYWHERE, Consequence.BY_HAND, FailureType.GENERIC_FAILURE, REMOTE),
    Row(
        frozenset(range(100, 400)),
        EVERYWHERE,
        Consequence.BY_HAND,
        FailureType.GENERIC_FAILURE,
        "{reason}. Errors reported by remote server: Invalid JSON: Unrecognized token '…' line: 1, column: n",
    ),
    Row(frozenset(), EVERYWHERE, Consequence.BY_HAND, FailureType.GENERIC_FAILURE, "what happened to the connection"),
)
"""From the particular to the general: the first line that fits counts."""


def row_for(status: int | None, step: Step) -> Row:
    """The line of the table for a status, or for no answer at all, in a step."""
    return next(
        row
        for row in ANSWERS
        if (status in row.statuses if status is not None else not row.statuses) and (not row.steps or step in row.steps)
    )


def failure(error: WorkatoError, step: Step) -> ActionFailed:
    """Say a failed call in the terms of Okta's contract, as the table has it."""
    match error:
        case Answered():
            row = row_for(error.status, step)
            wait = error.retry_after if isinstance(error, RateLimited) and row.then is Consequence.WAITS else None
            return ActionFailed(
                row.type,
                error.text or _phrase(error.status),
                error.status,
                retry_after=wait,
                details=(error.request, error.body),
                request_id=error.request_id,
                step=step,
            )
        case Garbled():
            said = invalid_json(error.body) if error.body.strip() else error.explanation
            row = row_for(error.status, step)
            return ActionFailed(row.type, said, error.status, details=(error.request, error.body), step=step)
        case _:
            return ActionFailed(row_for(None, step).type, error.explanation, details=(error.request,), step=step)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"HTTP {status}"
