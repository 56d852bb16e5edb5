"""Refusals in the doors' words: one table per door, and nowhere else a status code for a no.

`in_workato` is the Developer API's dialect (fact sheet, section 4), `in_control` the control plane's.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from starlette.responses import Response

from workato_emulator.domain import refusals as no
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import Refusal, shortened
from workato_emulator.http.answers import Json
from workato_emulator.http.bodies import BodyTooLarge, Malformed, UnsupportedMedia, UnusableValue
from workato_emulator.http.faults.reading import UnusableFault
from workato_emulator.http.nearest import nearest_name

S = TypeVar("S")
_WORD = re.compile(r"(?<!^)(?=[A-Z])")
_LONGEST = 600
"""Characters of a refusal. What is quoted in one is shortened before, so that this never cuts off the reason."""

Status = int | Callable[[Assumptions], int]

_IN_WORKATO: Mapping[type[Refusal], Status] = {
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

_IN_CONTROL: Mapping[type[Refusal], int] = {
    no.Unauthenticated: 401,
    no.NotPermitted: 403,
    no.NotFound: 404,
    no.Invalid: 422,
    no.AlreadyCollaborator: 409,
    no.InvitationLapsed: 409,
    no.NameTaken: 409,
    no.Protected: 409,
    no.SeatsExhausted: 409,
    no.Limited: 429,
    UnusableFault: 422,
    UnusableValue: 422,
    Malformed: 400,
    BodyTooLarge: 413,
    UnsupportedMedia: 415,
}

_ERRORS_CODE = "INVALID_PARAMS"  # invented: no source quotes the code beside these texts (fact sheet, section 4)


def in_workato(refusal: Refusal, assumed: Assumptions) -> Response:
    status = _lookup(_IN_WORKATO, refusal)
    code = status(assumed) if callable(status) else status
    return Json(_workato_body(refusal, code, assumed), code, _headers(refusal, assumed))


def _workato_body(refusal: Refusal, code: int, assumed: Assumptions) -> object:
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


def in_control(refusal: Refusal) -> Response:
    code = _WORD.sub("_", type(refusal).__name__).lower()
    place: str | None = None
    suggestion: str | None = None
    message = refusal.text
    if isinstance(refusal, Malformed):
        place, suggestion = refusal.place or None, refusal.suggestion
    elif isinstance(refusal, no.NotFound) and refusal.what:
        message = f"there is no {refusal.what} {shortened(refusal.name)!r}"
        place, suggestion = refusal.what, nearest_name(refusal.name, refusal.known)
    return control_error(_lookup(_IN_CONTROL, refusal), code, message, place=place, suggestion=suggestion)


def cut(text: str) -> str:
    """The text, or its beginning: what somebody sent comes back in a refusal, and they may have sent a book."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"


def control_error(status: int, code: str, message: str, **more: object) -> Response:
    """An error of ours that is no refusal: an operation that is not emulated, a seed that cannot be read."""
    shown = {name: cut(value) if isinstance(value, str) else value for name, value in more.items() if value is not None}
    return Json({"error": {"code": code, "message": cut(message), **shown}}, status)


def method_not_allowed(method: str, path: str, allowed: tuple[str, ...]) -> Response:
    """The path is known and the method is not, which is an operation we do not emulate on a path that we do."""
    methods = ", ".join(allowed)
    response = control_error(405, "method_not_allowed", f"{shortened(path)} takes {methods}, not {method}")
    response.headers["Allow"] = methods
    return response


def _lookup(table: Mapping[type[Refusal], S], refusal: Refusal) -> S:
    return next(table[kind] for kind in type(refusal).__mro__ if kind in table)
