"""Everything that can go wrong, on both sides of the connector.

Towards Workato, raised by `WorkatoClient`:

    WorkatoError
    ├── Unsendable           nothing was sent: an id or a text that no request can carry
    ├── Unreachable          no answer came, or none that could be read off the connection
    ├── TimedOut             no answer came in time; the work may have been done all the same
    ├── Garbled              an answer came, but it is not what the API documents
    └── Answered             the API refused, in words of its own
        ├── Unauthorized     401: a dead token, a missing privilege, or the other permission model
        ├── Forbidden        403: the privilege is there, this act is not covered by it
        ├── NotFound         404
        ├── Conflict         409
        ├── RateLimited      429, with the wait when Workato names one in whole seconds
        ├── Rejected         any other refusal below 500
        └── ServerFault      500 and above

Towards Okta, raised by the actions of `OktaConnector`:

    ActionFailed             one `FailureType`, and what Okta's envelope wants to know
"""

import re
from enum import StrEnum

WHOLE_SECONDS = re.compile(r"\s*(\d{1,9})\s*", re.ASCII)


class WorkatoError(Exception):
    """A call that did not come to what it should. `request` is its first line, such as `GET /api/members`."""

    def __init__(self, request: str, explanation: str) -> None:
        super().__init__(f"{request}: {explanation}")
        self.request = request
        self.explanation = explanation


class Unsendable(WorkatoError):
    pass


class Unreachable(WorkatoError):
    pass


class TimedOut(WorkatoError):
    pass


class Garbled(WorkatoError):
    """`body` is kept as it came: a proxy's error page is often the only clue there is."""

    def __init__(self, request: str, status: int, body: str, why: str) -> None:
        super().__init__(request, f"HTTP {status} with a body that cannot be understood: {why}")
        self.status = status
        self.body = body


class Answered(WorkatoError):
    """`text` is the vendor's sentence, found in whichever envelope it came; `body` is all of it."""

    def __init__(self, request: str, status: int, text: str, body: str, request_id: str | None = None) -> None:
        super().__init__(request, f"HTTP {status}: {text}")
        self.status = status
        self.text = text
        self.body = body
        self.request_id = request_id


class Unauthorized(Answered):
    pass


class Forbidden(Answered):
    pass


class NotFound(Answered):
    pass


class Conflict(Answered):
    pass


class RateLimited(Answered):
    """`retry_after` is None unless the header holds whole seconds, which is all that Okta honours."""

    def __init__(
        self, request: str, status: int, text: str, body: str, request_id: str | None = None, header: str | None = None
    ) -> None:
        super().__init__(request, status, text, body, request_id)
        seconds = WHOLE_SECONDS.fullmatch(header or "")
        self.retry_after_header = header
        self.retry_after = int(seconds[1]) if seconds else None


class Rejected(Answered):
    pass


class ServerFault(Answered):
    pass


class FailureType(StrEnum):
    """The failures that Okta's contract knows.

    `TOKEN_EXPIRED` is part of the contract and never used here: Workato's tokens do not expire, they are revoked,
    and a revoked one is answered like a wrong one.
    """

    RESOURCE_NOT_FOUND = "RESOURCE_NOT_FOUND"
    RATE_LIMIT_EXCEEDED = "RATE_LIMIT_EXCEEDED"
    INVALID_CREDENTIALS = "INVALID_CREDENTIALS"
    TOKEN_EXPIRED = "TOKEN_EXPIRED"  # noqa: S105 - the contract's word, no secret
    GENERIC_FAILURE = "GENERIC_FAILURE"


class ActionFailed(Exception):
    """An action that did not come off. `http_status` is None where Workato gave no answer, or was not asked.

    `step` is the part of the conversation that failed, such as `look up`, where the road has several.
    """

    def __init__(
        self,
        type: FailureType,  # noqa: A002 - the contract's word
        summary: str,
        http_status: int | None = None,
        retry_after: int | None = None,
        details: tuple[str, ...] = (),
        request_id: str | None = None,
        step: str | None = None,
    ) -> None:
        super().__init__(summary)
        self.type = type
        self.summary = summary
        self.http_status = http_status
        self.retry_after = retry_after
        self.details = details
        self.request_id = request_id
        self.step = step

    def execution_status(self) -> dict[str, object]:
        """Put the failure in the envelope that every action of Okta's contract answers with."""
        return {
            "status": "FAILED",
            "errors": [
                {
                    "code": self.type.value if self.http_status is None else str(self.http_status),
                    "summary": self.summary,
                    "details": list(self.details),
                    "httpStatusCode": self.http_status,
                    "requestId": self.request_id,
                    "type": self.type.value,
                }
            ],
        }
