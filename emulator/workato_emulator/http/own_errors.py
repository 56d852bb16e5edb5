"""Errors in the emulator's own words, whichever door they leave by: what is not emulated must not look like an answer.

Their codes are explained in `text/error_codes/control_plane.py`.
"""

from starlette.responses import Response

from workato_emulator.domain.refusals import shorten
from workato_emulator.http.answers import JsonResponse

_LONGEST = 600
"""Characters of a refusal. What is quoted in one is shortened before, so that this never cuts off the reason."""


def own_error(status: int, code: str, message: str, **more: object) -> Response:
    """`{"error": {"code": …, "message": …}}`, with more where there is more."""
    shown = {name: cut(value) if isinstance(value, str) else value for name, value in more.items() if value is not None}
    return JsonResponse({"error": {"code": code, "message": cut(message), **shown}}, status)


def method_not_allowed(method: str, path: str, allowed: tuple[str, ...]) -> Response:
    """The path is known and the method is not, which is an operation we do not emulate on a path that we do."""
    methods = ", ".join(allowed)
    response = own_error(405, "method_not_allowed", f"{shorten(path)} takes {methods}, not {method}")
    response.headers["Allow"] = methods
    return response


def leading_nowhere(method: str, path: str, nearest: str | None) -> Response:
    """The path has a segment that no operation has."""
    why = "an encoded slash is part of its segment, and . or .. is not a segment"
    return own_error(404, "not_found", f"{method} {shorten(path)} matches no path: {why}", suggestion=nearest)


def not_emulated(method: str, path: str, nearest: str | None, declined: str | None) -> Response:
    """An operation that nobody serves: declined on purpose, and why, or merely not done."""
    asked = f"{method} {shorten(path)} is not emulated"
    if declined is not None:
        return own_error(501, "declined", f"{asked}: {declined}")
    return own_error(501, "not_emulated", asked, suggestion=nearest)


def cut(text: str) -> str:
    """The text, or its beginning: what somebody sent comes back in a refusal, and they may have sent a book."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"
