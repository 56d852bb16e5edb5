"""Refusals in the Developer API's words: one table, and nowhere else a status code for a no.

Statuses are from the oldest table of the Introduction to the Workato API, texts and envelopes from what public clients
quote (baton-workato above all).
"""

from collections.abc import Callable, Mapping
from typing import ClassVar
from uuid import UUID

from starlette.responses import Response

from workato_emulator.domain import refusals as no
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import Refusal
from workato_emulator.http.answers import JsonResponse
from workato_emulator.http.bodies import BodyTooLarge, Malformed, UnsupportedMedia
from workato_emulator.http.dialect import Dialect, entry_for
from workato_emulator.http.own_errors import cut
from workato_emulator.http.values import Json

Status = int | Callable[[Assumptions], int]

_STATUSES: Mapping[type[Refusal], Status] = {
    no.Unauthenticated: 401,
    no.NotPermitted: lambda assumed: int(assumed.missing_privilege),
    no.WrongPermissionModel: 401,
    no.DeletionNotTicked: lambda assumed: int(assumed.deletion_not_ticked),
    no.OutOfReach: lambda assumed: int(assumed.out_of_reach),
    no.AddressNotAllowed: lambda assumed: int(assumed.address_not_allowed),
    no.NotFound: 404,
    no.Invalid: 400,
    no.AlreadyCollaborator: lambda assumed: int(assumed.already_collaborator),
    no.InvitationLapsed: 400,
    no.NameTaken: lambda assumed: 409 if assumed.group_name_taken == "409" else 400,
    no.Protected: lambda assumed: int(assumed.system_group_change),
    no.RoleProtected: lambda assumed: int(assumed.system_role_change),
    no.LastAdmin: lambda assumed: 403 if assumed.protected_removal == "403" else 400,
    no.FolderProtected: 403,
    no.OwnerProtected: lambda assumed: 403 if assumed.protected_removal == "403" else 400,
    no.ModeratorProtected: lambda assumed: 400 if assumed.moderator_change == "400" else 403,
    no.OwnClient: 403,
    no.SeatsExhausted: lambda assumed: int(assumed.seats_exhausted),
    no.Limited: 429,
    no.InvitedTooSoon: lambda assumed: int(assumed.invitation_cooldown_status),
    Malformed: 400,
    BodyTooLarge: 413,
    UnsupportedMedia: 415,
}

_PLAIN: Mapping[int, str] = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    429: "Too many requests",
    500: "Server error",
}

_ERRORS_CODE = "INVALID_PARAMS"  # invented: no source quotes the code beside these texts


class DeveloperDialect(Dialect):
    out_of_quota: ClassVar[Mapping[str, str]] = {"X-Rate-Limit-Remaining": "0"}

    def refusal(self, refusal: Refusal, assumed: Assumptions) -> Response:
        status = entry_for(refusal, _STATUSES)
        code = status(assumed) if callable(status) else status
        return JsonResponse(_body(refusal, code, assumed), code, _headers(refusal, assumed))

    def failure(self, number: int) -> Response:
        return JsonResponse({"message": "Server error", "id": str(UUID(int=number))}, 500)

    def unwritten(self, number: int) -> Response:
        return self.failure(number)

    def plain(self, status: int) -> Json:
        return {"message": _PLAIN.get(status, "Error")}


def _body(refusal: Refusal, code: int, assumed: Assumptions) -> object:
    if isinstance(refusal, no.FieldInvalid):
        return {"message": refusal.text, "errors": {refusal.field: [refusal.problem]}}
    if isinstance(refusal, no.OutOfReach) and code == 404:  # noqa: PLR2004
        return {"message": no.NotFound().text}
    if isinstance(refusal, no.DeletionNotTicked) and code == 403:  # noqa: PLR2004
        return {"message": no.FolderProtected().text}
    if code == 429:  # noqa: PLR2004
        as_list = assumed.rate_body == "errors"
    else:
        as_list = code in {400, 409, 413, 415, 422} and assumed.error_envelope == "errors"
    if as_list:
        return {"errors": [{"code": _ERRORS_CODE, "title": cut(refusal.text)}]}
    return {"message": cut(refusal.text)}


def _headers(refusal: Refusal, assumed: Assumptions) -> dict[str, str]:
    if not isinstance(refusal, no.Limited):
        return {}
    if isinstance(refusal, no.InvitedTooSoon) and assumed.invitation_cooldown_header == "none":
        return {}
    return {"Retry-After": str(refusal.retry_after)}
