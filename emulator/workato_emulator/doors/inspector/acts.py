"""What a person may do here: each act is a form, and the request to the control plane that the form stands for."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json import loads
from math import isfinite

from starlette.responses import Response

from workato_emulator.domain.refusals import NotFound
from workato_emulator.doors.inspector.dialect import redirect
from workato_emulator.doors.inspector.visit import HOME, Outcome, Visit
from workato_emulator.http.asking import segment
from workato_emulator.http.values import Json

Form = Mapping[str, str]
_REFUSED = 400
_LONGEST = 2_000
_TO_THE_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Act:
    """`path` names fields of the form in braces, `done` says what was done, and `body` makes the body of them."""

    method: str
    path: str
    done: str
    body: Callable[[Form], Json] | None = None


def _number(text: str) -> Json:
    """A number as JSON has it. What is none goes as it was typed: the control plane says what it should have been."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return text
    return number if isfinite(number) else text


def _moment(typed: str) -> str:
    """The moment in UTC that a field of date and time holds. A browser leaves out the seconds where there are none.

    Source: HTML Standard, "valid normalized local date and time string".
    """
    seconds = ":00" if _TO_THE_MINUTE.fullmatch(typed) else ""
    return f"{typed}{seconds}Z"


def _fault(form: Form) -> Json:
    """Only the fields that belong to the effect: a form sends all that it has."""
    effect = form["effect"]
    fault = {"operation": form["operation"], "effect": effect, "count": _number(form["count"] or "1")}
    own = {"status": ("status",), "rate_limited": ("retry_after_seconds",)}.get(effect, ())
    return fault | {name: _number(form[name]) for name in (*own, "latency_seconds") if form[name]}


_INVITATION = "/workspaces/{workspace}/invitations/{invitation}"
_COLLABORATOR = "/workspaces/{workspace}/collaborators/{email}"
_ROLE_IN = "role-in-"
"""What the fields begin with that give a role in an environment."""

ACTS: Mapping[str, Act] = {
    "accept": Act("POST", f"{_INVITATION}/accept", "{email} accepted the invitation."),
    "decline": Act("POST", f"{_INVITATION}/decline", "{email} declined the invitation."),
    "cancel": Act("POST", f"{_INVITATION}/cancel", "The invitation of {email} is cancelled."),
    "expire": Act("POST", f"{_INVITATION}/expire", "The invitation of {email} has expired."),
    "remove": Act("DELETE", _COLLABORATOR, "{email} is no longer a collaborator."),
    "change-roles": Act(
        "PUT",
        f"{_COLLABORATOR}/roles",
        "{email} has these roles now.",
        lambda form: {
            "roles": {
                name.removeprefix(_ROLE_IN): value
                for name, value in form.items()
                if name.startswith(_ROLE_IN) and value
            }
        },
    ),
    "advance": Act(
        "POST", "/clock/advance", "The clock moved on by {label}.", lambda form: {"seconds": _number(form["seconds"])}
    ),
    "set-clock": Act("PUT", "/clock", "The clock says {now}.", lambda form: {"now": _moment(form["now"])}),
    "suspend": Act("POST", "/rules/{rule}/suspend", "{rule} no longer speaks."),
    "resume": Act("POST", "/rules/{rule}/resume", "{rule} speaks again."),
    "assume": Act(
        "PATCH",
        "/assumptions",
        "{assumption} is now {value}.",
        lambda form: {form["assumption"]: form["value"]},
    ),
    "arm": Act("POST", "/faults", "A fault is armed: {effect} at {operation}.", _fault),
    "disarm": Act("DELETE", "/faults", "No fault is armed."),
    "take": Act("PUT", "/snapshots/{snapshot}", "The snapshot {snapshot} is taken."),
    "restore": Act("POST", "/snapshots/{snapshot}/restore", "Everything is as it was at {snapshot}."),
    "drop": Act("DELETE", "/snapshots/{snapshot}", "The snapshot {snapshot} is gone."),
    "reset": Act("POST", "/reset", "Everything is as it was at the start."),
    "be-strict": Act("PUT", "/strict", "The emulator is strict.", lambda _: {"strict": True}),
    "be-lenient": Act("PUT", "/strict", "The emulator is lenient.", lambda _: {"strict": False}),
    "clear-requests": Act("DELETE", "/journal", "The list of requests is empty."),
    "end-lease": Act("DELETE", "/lease", "The lease has ended, and what was here before is back."),
}


def perform(visit: Visit) -> Response:
    """Do it, and lead back to the page where the form stood, which then says what came of it."""
    act = ACTS.get(visit.parameters["act"])
    if act is None:
        raise NotFound("act", visit.parameters["act"], ACTS)
    form = _Fields(visit.form)
    path = act.path.format_map(_Fields({name: segment(value) for name, value in visit.form.items()}))
    answer = visit.ask(act.method, path, None if act.body is None else act.body(form))
    why = refusal_in(answer)
    said = Outcome(act.done.format_map(form)) if why is None else Outcome(why, is_refusal=True)
    return redirect(_with(_back(visit.form.get("back", "")), visit.sayings.keep(said)))


class _Fields(dict[str, str]):
    """The fields of a form; one that it lacks is empty."""

    def __missing__(self, name: str) -> str:
        return ""


def refusal_in(answer: Response) -> str | None:
    """Why the control plane did not do it, in its own words; None where it did."""
    if answer.status_code < _REFUSED:
        return None
    error = loads(bytes(answer.body))["error"]
    message, place = str(error["message"]), error.get("place", "")
    if place not in message:
        message = f"{place} {message}"
    hint = f" Did you mean {error['suggestion']}?" if error.get("suggestion") else ""
    return f"Refused: {message}.{hint}"


def _back(to: str) -> str:
    """A page of ours, whatever the form says."""
    is_ours = to.startswith(HOME) and to.isascii() and to.isprintable() and "\\" not in to and len(to) < _LONGEST
    return to if is_ours else HOME


def _with(to: str, number: str) -> str:
    return f"{to}{'&' if '?' in to else '?'}said={number}"
