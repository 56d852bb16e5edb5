"""Refusals in the control plane's words, which are the emulator's own: one table of status codes."""

import re
from collections.abc import Mapping

from starlette.responses import Response

from workato_emulator.domain import refusals as no
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import Refusal, shorten
from workato_emulator.domain.scim import refusals as scim
from workato_emulator.http.bodies import MAX_BODY, BodyTooLarge, Malformed, UnsupportedMedia, UnusableValue
from workato_emulator.http.dialect import Dialect, entry_for
from workato_emulator.http.faults.reading import UnusableFault
from workato_emulator.http.own_errors import cut, own_error
from workato_emulator.state.seeds import SeedProblem
from workato_emulator.text import Table, nearest, read

_WORD = re.compile(r"(?<!^)(?=[A-Z])")


class UnusableSeed(Refusal):
    """A seed that cannot be, with its problems and the text that it was read from."""

    def __init__(self, problem: SeedProblem, body: bytes) -> None:
        super().__init__(problem.message)
        self.problem = problem
        self.body = body


_STATUSES: Mapping[type[Refusal], int] = {
    UnusableSeed: 422,
    no.Unauthenticated: 401,
    no.NotPermitted: 403,
    no.NotFound: 404,
    no.Invalid: 422,
    no.AlreadyCollaborator: 409,
    no.InvitationLapsed: 409,
    no.NameTaken: 409,
    no.Protected: 409,
    no.SeatsExhausted: 409,
    scim.SignInBlocked: 409,
    no.Limited: 429,
    UnusableFault: 422,
    UnusableValue: 422,
    Malformed: 400,
    BodyTooLarge: 413,
    UnsupportedMedia: 415,
}


class ControlDialect(Dialect):
    def refusal(self, refusal: Refusal, assumed: Assumptions) -> Response:  # noqa: ARG002
        if isinstance(refusal, UnusableSeed):
            return _unusable_seed(refusal)
        code = _WORD.sub("_", type(refusal).__name__).lower()
        place: str | None = None
        suggestion: str | None = None
        message = refusal.text
        if isinstance(refusal, Malformed):
            place, suggestion = refusal.place or None, refusal.suggestion
        elif isinstance(refusal, no.NotFound) and refusal.what:
            message = f"there is no {refusal.what} {shorten(refusal.name)!r}"
            place, suggestion = refusal.what, nearest(refusal.name, refusal.known)
        return own_error(entry_for(refusal, _STATUSES), code, message, place=place, suggestion=suggestion)


def _unusable_seed(refusal: UnusableSeed) -> Response:
    """The first problem, as every error has one, and all of them, with their places in the body."""
    problem = refusal.problem
    if len(refusal.body) <= MAX_BODY:  # looking for places takes a while
        document = read(refusal.body.decode(), "body").value
        problem = problem.within(document) if isinstance(document, Table) else problem
    problems = [_show(each) for each in problem]
    first = dict(problems[0])
    return own_error(422, "unusable_seed", str(first.pop("message")), **first, problems=problems)


def _show(problem: SeedProblem) -> dict[str, str | int]:
    found: dict[str, str | int] = {"message": cut(problem.message)}
    if problem.place:
        found["place"] = cut(problem.place)
    if problem.mark is not None:
        found |= {"line": problem.mark.line, "column": problem.mark.column}
    if problem.suggestion is not None:
        found["suggestion"] = cut(problem.suggestion)
    return found
