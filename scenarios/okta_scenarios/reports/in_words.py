"""An expectation that was not met, in a sentence: "Expected an invitation for Ada; there was none"."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeGuard

from okta_scenarios.play import Mismatch
from okta_scenarios.play.results import Plain
from okta_scenarios.reports.differences import in_words
from workato_emulator import counted, one_line

LONG = 200
"""Characters of a value that a sentence can bear."""

_ABOUT = re.compile(r"(?:people|groups)\.(?P<who>.+)\.(?P<key>[^.]+)")
_ROLE = re.compile(r"(?P<key>invitation|member)\.(?P<place>[^.]+)")
_TASKS = {
    "none": "no task",
    "failed": "a task that failed",
    "paused": "a task that waits",
    "permanent": "a task that stays until somebody sees to it",
}
_LISTS = {
    "requests": ("request", "to Workato"),
    "events": ("event", "in the System Log"),
    "changed": ("change", "at Workato"),
}
_NAMES = {
    "status": "the HTTP status",
    "sync": "the sync state",
    "external_id": "Okta's id of the person",
    "okta_user": "the Okta user",
    "app_user": "the app user",
    "mapping": "the push mapping",
    "members": "the group's members",
    "ignored": "the people left out",
    "tasks": "the number of open tasks",
    "entitlements": "the number of entitlement values",
}


def sentence(mismatch: Mismatch) -> str:
    """What was expected, and what was there instead. Everything about it stands in the mismatch itself."""
    where = mismatch.where.removeprefix("expect.")
    about = _ABOUT.fullmatch(where)
    key = where if about is None else about["key"]
    whom = "" if about is None else f" of {about['who'][:1].upper()}{about['who'][1:]}"
    head = key.partition(".")[0]
    role = _ROLE.fullmatch(key)
    if role is not None:
        return _role(role["key"], role["place"], whom, mismatch)
    say = _SAYINGS.get(key) or _SAYINGS.get(head if head in _LISTS else "")
    if say is not None:
        return say(head, whom, mismatch)
    return _plain(_NAMES.get(key) or _named(key), whom, mismatch)


_THINGS: Mapping[str, tuple[str, str]] = {
    "invitation": ("an invitation", "the invitation"),
    "member": ("a collaborator", "the collaborator"),
    "deactivated": ("a deactivated user", "the deactivated user"),
}


def _invited(_key: str, whom: str, mismatch: Mismatch) -> str:
    for_whom = whom.replace(" of ", " for ", 1)
    if mismatch.expected:
        return f"Expected an invitation{for_whom}; there was none"
    return f"Expected no invitation{for_whom}; there was one"


def _holding(key: str, whom: str, mismatch: Mismatch) -> str:
    """An invitation or a collaborator, with roles or none at all."""
    thing = _THINGS[key][0]
    of_whom = whom.replace(" of ", " for " if key == "invitation" else " ", 1)
    if mismatch.expected == "absent":
        return f"Expected {_no(thing)}{of_whom}; there was one, with {_roles(mismatch.actual)}"
    if mismatch.actual == "absent":
        return f"Expected {thing}{of_whom} with {_roles(mismatch.expected)}; there was none"
    return f"Expected {thing}{of_whom} with {_roles(mismatch.expected)}; it had {_roles(mismatch.actual)}"


def _role(key: str, place: str, whom: str, mismatch: Mismatch) -> str:
    thing = _THINGS[key][1]
    expected, actual = (_short(each).replace("absent", "no role") for each in (mismatch.expected, mismatch.actual))
    return f"Expected {thing}{whom} to have {expected} in {place}; it had {actual}"


def _task(_key: str, whom: str, mismatch: Mismatch) -> str:
    expected, actual = (_TASKS.get(str(each), str(each)) for each in (mismatch.expected, mismatch.actual))
    return f"Expected {expected} in Okta{whom}; there was {actual}"


def _message(_key: str, whom: str, mismatch: Mismatch) -> str:
    if mismatch.actual == "(none)":
        return f"Expected Okta to say {_quoted(mismatch.expected)}{whom}; it said nothing"
    return f"Expected Okta to say {_quoted(mismatch.expected)}{whom}; it said {_quoted(mismatch.actual)}"


def _refused(key: str, _whom: str, mismatch: Mismatch) -> str:
    usual, word = ("(done)", "refused") if key == "refused" else ("(answered)", "lost")
    if mismatch.expected == usual:
        meant = "it to be done; it was refused" if key == "refused" else "an answer; none came"
        return f"Expected {meant}: {_short(mismatch.actual)}"
    if mismatch.actual in (None, "(absent)"):
        happened = "it was done" if key == "refused" else "an answer came"
        return f"Expected it to be {word} with {_quoted(mismatch.expected)}; {happened}"
    return f"Expected it to be {word} with {_quoted(mismatch.expected)}; it was {word} with {_quoted(mismatch.actual)}"


def _list(key: str, _whom: str, mismatch: Mismatch) -> str:
    """Which items are missing or too many is for the comparison below the sentence."""
    noun, where = _LISTS[key]
    if not _is_list(mismatch.expected) or not _is_list(mismatch.actual):
        return f"Expected {noun}s {where}: {_short(mismatch.expected)}; there was {_short(mismatch.actual)}"
    expected = counted(len(mismatch.expected), noun) if mismatch.expected else f"no {noun}"
    if not mismatch.actual:
        return f"Expected {expected} {where}; there was none"
    same = len(mismatch.expected) == len(mismatch.actual)
    return f"Expected {expected} {where}; there {_were(mismatch.actual)}{', and not the same' if same else ''}"


def _step(_key: str, _whom: str, mismatch: Mismatch) -> str:
    return f"The step cannot be played: {_short(mismatch.actual)}"


def _given(_key: str, _whom: str, mismatch: Mismatch) -> str:
    return f"What is given cannot be set up: {_short(mismatch.actual)}"


def _armed(_key: str, _whom: str, mismatch: Mismatch) -> str:
    return f"Expected that {_short(mismatch.expected)}; {_short(mismatch.actual)}"


def _plain(name: str, whom: str, mismatch: Mismatch) -> str:
    return f"Expected {name}{whom} to be {_short(mismatch.expected)}; it was {_short(mismatch.actual)}"


_SAYINGS: Mapping[str, Callable[[str, str, Mismatch], str]] = {
    "invited": _invited,
    "invitation": _holding,
    "member": _holding,
    "deactivated": _holding,
    "task": _task,
    "message": _message,
    "refused": _refused,
    "lost": _refused,
    "requests": _list,
    "events": _list,
    "changed": _list,
    "step": _step,
    "given": _given,
    "fault.count": _armed,
    "during": _armed,
}


def _named(key: str) -> str:
    """A key below another, as a reader would point at it."""
    head, _, rest = key.partition(".")
    match head:
        case "body":
            return f"{rest} in the answer" if rest else "the answer"
        case "headers":
            return f"the header {rest}"
        case "imported":
            return f"the import's number of {rest.replace('_', ' ')}"
        case "sent":
            line, _, name = rest.partition(".")
            return f"{name} in what {line} sent" if name else f"what {line} sent"
        case "values":
            return f"what Okta knows of {rest}" if rest else "what Okta knows"
    return key


def _no(thing: str) -> str:
    return f"no {thing.partition(' ')[2]}"


def _roles(value: Plain) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{place}: {_short(role)}" for place, role in value.items()) or "no role"
    return _short(value)


def _were(items: Sequence[Plain]) -> str:
    return "was 1" if len(items) == 1 else f"were {len(items)}"


def _quoted(value: Plain) -> str:
    return f"“{_short(value)}”" if isinstance(value, str) and value not in _WORDS else _short(value)


_WORDS = {"": "empty", "(absent)": "absent"}
_MATCHERS = {
    "matches": "something that matches {}",
    "contains": "something with {} in it",
    "absent": "absent",
    "member_id": "the member id of {}",
    "email_of": "the address of {}",
}


def _short(value: Plain) -> str:
    """A value in a line. A matcher or a lookup, which is a mapping of one key, says what it means."""
    if value is None:
        return "nothing"
    if isinstance(value, str) and value in _WORDS:
        return _WORDS[value]
    if isinstance(value, Mapping) and len(value) == 1 and (word := next(iter(value))) in _MATCHERS:
        return _MATCHERS[word].format(_quoted(value[word]))
    text = one_line((", ".join(map(in_words, value)) or "nothing") if _is_list(value) else in_words(value))
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _is_list(value: Plain) -> TypeGuard[Sequence[Plain]]:
    return isinstance(value, Sequence) and not isinstance(value, str)
