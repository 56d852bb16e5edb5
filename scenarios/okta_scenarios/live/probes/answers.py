"""What a probe has been answered so far, and ways to look at it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from okta_scenarios.live.exchange import Json

Check = Callable[["Answers"], bool]
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    json: Json


@dataclass(frozen=True, slots=True)
class Answers:
    """`now` is the answer that is looked at; `earlier` are those before, by the step's name."""

    now: Answer
    earlier: Mapping[str, Answer]
    known: Mapping[str, Json]

    def at(self, path: str, step: str | None = None) -> Json:
        """The value at a path such as `data.0.id`, in this answer or an earlier one; None where there is none."""
        answer = self.now if step is None else self.earlier.get(step)
        found = _MISSING if answer is None else look(answer.json, path, self.known)
        return None if found is _MISSING else found

    def status(self, step: str) -> int | None:
        answer = self.earlier.get(step)
        return None if answer is None else answer.status

    def left(self, step: str | None = None) -> int | None:
        """What `X-Rate-Limit-Remaining` says."""
        answer = self.now if step is None else self.earlier.get(step)
        said = "" if answer is None else answer.headers.get("x-rate-limit-remaining", "")
        return int(said) if said.isdecimal() else None


def look(value: Json, path: str, known: Mapping[str, Json]) -> Json:
    """Follows names, numbers, and `[name=$variable]`, the row whose field is that; `_MISSING` where there is none."""
    for part in path.split(".") if path else ():
        if isinstance(value, list) and part.startswith("["):
            name, _, wanted = part.strip("[]").partition("=")
            wanted = str(known.get(wanted.removeprefix("$"), wanted))
            rows = (row for row in value if isinstance(row, Mapping) and str(row.get(name)).lower() == wanted.lower())
            value = next(rows, _MISSING)
        elif isinstance(value, list) and part.lstrip("-").isdecimal() and -len(value) <= int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, Mapping) and part in value:
            value = value[part]
        else:
            return _MISSING
    return value


def found(value: Json, path: str, known: Mapping[str, Json]) -> tuple[bool, Any]:
    """Whether there is something at the path, and what."""
    value = look(value, path, known)
    return (False, None) if value is _MISSING or value is None else (True, value)


def status(*codes: int) -> Check:
    return lambda answers: answers.now.status in codes


def well(answers: Answers) -> bool:
    return 200 <= answers.now.status < 300  # noqa: PLR2004  (what success is in HTTP)


def refused(answers: Answers) -> bool:
    return answers.now.status in {400, 403, 404, 409, 415, 422, 429}


def has(path: str) -> Check:
    return lambda answers: found(answers.now.json, path, answers.known)[0]


def lacks(path: str) -> Check:
    return lambda answers: not has(path)(answers)


def both(first: Check, second: Check) -> Check:
    return lambda answers: first(answers) and second(answers)


def kind_at(path: str, kind: type) -> Check:
    return lambda answers: isinstance(answers.at(path), kind)


def same(path: str, other: str, step: str) -> Check:
    """Whether this answer has at `path` what an earlier one has at `other`."""
    return lambda answers: answers.at(path) == answers.at(other, step)


def rows(path: str) -> Check:
    """Whether there is a list at the path with something in it."""
    return lambda answers: bool(answers.at(path))
