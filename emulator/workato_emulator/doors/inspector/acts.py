"""What a person may do here: each act is a form, and the request to the control plane that the form stands for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json import loads

from starlette.responses import Response

from workato_emulator.domain.refusals import NotFound
from workato_emulator.doors.inspector.dialect import redirected
from workato_emulator.doors.inspector.visit import HOME, Said, Visit
from workato_emulator.http.asking import segment
from workato_emulator.http.values import Json

Form = Mapping[str, str]
_REFUSED = 400


@dataclass(frozen=True, slots=True)
class Act:
    """`path` names fields of the form in braces, `done` says what was done, and `body` makes the body of them."""

    method: str
    path: str
    done: str
    body: Callable[[Form], Json] | None = None


_INVITATION = "/workspaces/{workspace}/invitations/{invitation}"

ACTS: Mapping[str, Act] = {
    "accept": Act("POST", f"{_INVITATION}/accept", "{email} accepted the invitation."),
    "decline": Act("POST", f"{_INVITATION}/decline", "{email} declined the invitation."),
    "cancel": Act("POST", f"{_INVITATION}/cancel", "The invitation of {email} is cancelled."),
    "expire": Act("POST", f"{_INVITATION}/expire", "The invitation of {email} has expired."),
}


def perform(visit: Visit) -> Response:
    """Do it, and lead back to the page where the form stood, which then says what came of it."""
    act = ACTS.get(visit.parameters["act"])
    if act is None:
        raise NotFound("act", visit.parameters["act"], ACTS)
    form = _Fields(visit.form)
    path = act.path.format_map({name: segment(value) for name, value in visit.form.items()})
    answer = visit.ask(act.method, path, None if act.body is None else act.body(form))
    said = Said(_why(answer), is_refusal=True) if answer.status_code >= _REFUSED else Said(act.done.format_map(form))
    return redirected(_with(_back(visit.form.get("back", "")), visit.sayings.keep(said)))


class _Fields(dict[str, str]):
    """The fields of a form; one that it lacks is empty."""

    def __missing__(self, name: str) -> str:
        return ""


def _why(answer: Response) -> str:
    """The control plane's own words."""
    error = loads(bytes(answer.body))["error"]
    message, place = str(error["message"]), error.get("place", "")
    if place not in message:
        message = f"{place} {message}"
    hint = f" Did you mean {error['suggestion']}?" if error.get("suggestion") else ""
    return f"Refused: {message}.{hint}"


def _back(to: str) -> str:
    """A page of ours, whatever the form says."""
    ours = to.startswith(HOME) and to.isascii() and to.isprintable() and "\\" not in to and not to.startswith("//")
    return to if ours else HOME


def _with(to: str, number: str) -> str:
    return f"{to}{'&' if '?' in to else '?'}said={number}"
