"""Refusals in SCIM's words: one table, and nowhere else a status code for a no.

Statuses and types are those of RFC 7644, table 9. The details are written for the administrator who reads them on a
failed task in Okta.
"""

from collections.abc import Callable, Mapping
from typing import ClassVar

from starlette.responses import Response

from workato_emulator.domain import refusals as no
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import Refusal
from workato_emulator.domain.scim import refusals as scim
from workato_emulator.doors.scim.answers import ERROR, error
from workato_emulator.http.answers import JsonResponse
from workato_emulator.http.bodies import BodyTooLarge, Malformed, UnsupportedMedia
from workato_emulator.http.dialect import Dialect, entry_for
from workato_emulator.http.values import Json

Status = int | Callable[[Assumptions], int]

_STATUSES: Mapping[type[Refusal], tuple[Status, str | None]] = {
    no.Unauthenticated: (401, None),
    no.NotPermitted: (403, None),
    scim.ScimDisabled: (lambda assumed: int(assumed.scim_disabled_answer), None),
    no.NotFound: (404, None),
    no.Invalid: (400, scim.Kind.VALUE),
    no.AlreadyCollaborator: (409, "uniqueness"),
    no.NameTaken: (409, "uniqueness"),
    no.Protected: (lambda assumed: 400 if assumed.scim_protected == "400" else 403, None),
    no.SeatsExhausted: (lambda assumed: int(assumed.scim_seats_exhausted), None),
    no.Limited: (429, None),
    scim.Stale: (412, None),
    Malformed: (400, scim.Kind.SYNTAX),
    BodyTooLarge: (413, None),
    UnsupportedMedia: (415, None),
}

_DETAILS: Mapping[type[Refusal], str] = {
    no.Unauthenticated: "the SCIM token is missing, or is not one that is valid now: generate a token in Workato's "
    "settings for SCIM provisioning, and enter it in the identity provider",
    no.ElsewhereAtHome: "the SCIM token belongs to another data center: enter the base URL that Workato's settings for "
    "SCIM provisioning show beside it",
}


class ScimDialect(Dialect):
    out_of_quota: ClassVar[Mapping[str, str]] = {}

    def refusal(self, refusal: Refusal, assumed: Assumptions) -> Response:
        if isinstance(refusal, scim.NotServed):
            return error(refusal.status, refusal.text, assumed)
        status, scim_type = entry_for(refusal, _STATUSES)
        code = status(assumed) if callable(status) else status
        if isinstance(refusal, scim.ScimInvalid):
            scim_type = refusal.kind
        headers = {}
        if code == 401:  # noqa: PLR2004
            headers["WWW-Authenticate"] = "Bearer"
            if assumed.scim_unauthorized_body == "workato":
                return JsonResponse({"message": "Unauthorized"}, code, headers)
        if isinstance(refusal, no.Limited):
            headers["Retry-After"] = str(refusal.retry_after)
        return error(code, _DETAILS.get(type(refusal), refusal.text), assumed, scim_type, headers)

    def failure(self, number: int) -> Response:
        return error(500, f"the emulator failed at exchange {number}; its log says how", Assumptions())

    def unwritten(self, number: int) -> Response:  # noqa: ARG002
        return error(500, "the state file cannot be written, so nothing changed; the log says why", Assumptions())

    def plain(self, status: int) -> Json:
        return {"schemas": [ERROR], "status": str(status), "detail": f"status {status}"}
