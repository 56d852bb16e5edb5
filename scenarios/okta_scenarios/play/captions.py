"""What a step does, in a sentence: "Okta admin assigns Ada to *workato-beta*, dev: Member".

The names of things that are not people stand between asterisks. The sentence of a verb stands with its shape.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from okta_scenarios.language.durations import duration_in_words
from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.given import Given
from okta_scenarios.language.models.steps import CallStep, CheckStep, ClockStep, FaultOn, FaultStep, Step
from workato_emulator import counted

MOST = 3
"""People and things that are named one by one."""

_THINGS = frozenset(
    {"app", "group", "groups", "role", "to", "client", "rule", "name", "link", "workspace", "environment"}
)
_PEOPLE = frozenset({"members", "matches", "as_new", "ignored"})
_OPTIONAL = re.compile(r"\[([^]]*)\]")
_KEY = re.compile(r"\{(\w+)\}")
_ANSWERS: Mapping[str, str] = {
    "rate_limited": "answers that there are too many requests",
    "latency": "answers late",
    "drop_before_work": "closes the connection before it has done anything",
    "drop_after_work": "does the work and closes the connection unanswered",
    "garbage": "answers with something that is not JSON",
    "truncated": "answers with half of its body",
}


def caption(step: Step, given: Given) -> str:
    """The sentence of a step that is given this."""
    match step:
        case ClockStep():
            said = f"Time moves on by {duration_in_words(step.clock.advance)}"
        case FaultStep():
            said = _fault(step.fault)
        case CallStep():
            said = f"{_caller(step, given)} calls {step.call}"
        case CheckStep():
            said = step.check if isinstance(step.check, str) else "Somebody looks at how things are"
        case _:
            said = _filled(step, given)
    during = getattr(step, "during", None)
    return f"{said}, while {during} is under way" if during else said


def moment(at: datetime, start: datetime) -> str:
    """A time as a reader of a scenario counts: `day 3, 09:00`. The day of the start is the first."""
    first = start.astimezone(at.tzinfo)
    return f"day {(at.date() - first.date()).days + 1}, {at:%H:%M}"


def _fault(fault: FaultOn) -> str:
    answer = f"answers {fault.status}" if fault.effect == "status" else _ANSWERS[fault.effect]
    times = "the next call" if fault.count == 1 else f"each of the next {fault.count} calls"
    return f"Workato is made to fail: {times} of {fault.operation} {answer}"


def _caller(step: CallStep, given: Given) -> str:
    place = f" of {_thing(step.workspace)}" if len(given.workspaces) > 1 and step.workspace else ""
    return (
        f"Somebody with a token of their own{place}" if step.token is not None else f"API client *{step.client}*{place}"
    )


def _filled(step: Step, given: Given) -> str:
    words = _words(step, given)

    def part(optional: re.Match[str]) -> str:
        present = all(words(key) for key in _KEY.findall(optional[1]))
        return optional[1] if present else ""

    said = _KEY.sub(
        lambda key: words(key[1]) or ("" if key[1] == "s" else "nothing"), _OPTIONAL.sub(part, type(step).says)
    )
    return said[:1].upper() + said[1:]


def _words(step: Step, given: Given) -> Callable[[str], str]:
    """What each key of the step holds, in words; nothing where it holds nothing."""
    user, users = getattr(step, "user", None), getattr(step, "users", None)
    people = (user,) if user else users or ()

    def of(key: str) -> str:
        match key:
            case "who":
                return _listed([_called(each, given) for each in people])
            case "s":
                return "" if len(people) > 1 else "s"
            case "has":
                return "have" if len(people) > 1 else "has"
            case "admin":
                return _admin(step, given)
            case "token":
                return "another token" if getattr(step, "token", None) is not None else ""
        return _said(key, getattr(step, key), given)

    return of


def _admin(step: Step, given: Given) -> str:
    """Whose administrator it is, where there are several."""
    side, several, place = (
        ("Okta", given.okta, getattr(step, "org", None))
        if "okta" in type(step).model_fields
        else ("Workato", given.workspaces, getattr(step, "workspace", None))
    )
    return f"{side} admin of {_thing(place)}" if len(several) > 1 and place else f"{side} admin"


def _said(key: str, value: Any, given: Given) -> str:  # noqa: ANN401  (whatever a step holds)
    if isinstance(value, Shape):
        value = value.model_dump(exclude_unset=True)
    if isinstance(value, timedelta):
        return duration_in_words(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_plain(each)}" for name, each in value.items())
    if isinstance(value, tuple):
        return _listed([_called(each, given) if key in _PEOPLE else _thing(each) for each in value])
    if value is None:
        return ""
    return _thing(value) if key in _THINGS else _plain(value)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else "(empty)" if value in (None, "") else str(value)


def _thing(name: object) -> str:
    return f"*{name}*"


def _called(short: str, given: Given) -> str:
    """What a person is called: the first name that the file gives, or else the short name."""
    said = given.people.get(short)
    return said.name.partition(" ")[0] if said is not None and said.name else short[:1].upper() + short[1:]


def _listed(names: list[str]) -> str:
    if len(names) > MOST:
        return f"{names[0]} and {counted(len(names) - 1, 'other')}"
    *some, last = names or [""]
    return f"{', '.join(some)} and {last}" if some else last
