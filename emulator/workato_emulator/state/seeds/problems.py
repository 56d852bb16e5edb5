"""What is wrong with a seed, and where: all of it at once, as one exception."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from workato_emulator.state.seeds.marks import mark_of
from workato_emulator.text import Mark, Table
from workato_emulator.text.error_codes import with_code
from workato_emulator.text.error_codes.commands import SEED_MISFIT, SEED_SHAPE, SEED_UNKNOWN_NAME
from workato_emulator.text.wording import mistyped

MOST = 100
"""So many problems are told at once. Whoever has more has one that repeats."""


class SeedProblem(ValueError):
    """Something in a seed cannot be. `place` is the path to it, as in `workspaces.acme.collaborators.0.email`.

    Where several things cannot be, this is the first of them and `others` are the rest.
    """

    def __init__(
        self,
        place: str,
        message: str,
        suggestion: str | None = None,
        *,
        code: str = SEED_MISFIT,
        mark: Mark | None = None,
        others: Sequence["SeedProblem"] = (),
    ) -> None:
        hint = "" if suggestion is None else f"; did you mean {suggestion!r}?"
        where = [str(each) for each in (mark, place) if each]
        self.line = ": ".join([*where, f"{message}{hint}"])
        super().__init__("\n".join([self.line, *(each.line for each in others)]))
        self.place = place
        self.message = message
        self.suggestion = suggestion
        self.code = code
        self.mark = mark
        self.others = tuple(others)

    @classmethod
    def of(cls, problems: Iterable["SeedProblem"]) -> "SeedProblem":
        """All of these as one. There has to be one at least."""
        first, *others = list(problems)[:MOST]
        return _placed(first, first.mark, [single for each in others for single in each]) if others else first

    def __iter__(self) -> Iterator["SeedProblem"]:
        """Each problem by itself."""
        yield _placed(self, self.mark)
        yield from self.others

    def within(self, table: Table) -> "SeedProblem":
        """The same problems with their places in the file, or the text, that `table` was read from; in its order."""
        placed = [_placed(each, mark_of(table, each.place)) for each in self]
        return SeedProblem.of(sorted(placed, key=lambda each: each.mark or table.mark))

    def coded(self) -> str:
        """A line for each problem, with the code that `explain` knows; the last one's is for whoever prints it."""
        *before, last = self
        return "\n".join([*(with_code(each.line, each.code) for each in before), last.line])


def _placed(problem: SeedProblem, mark: Mark | None, others: Sequence[SeedProblem] = ()) -> SeedProblem:
    return SeedProblem(problem.place, problem.message, problem.suggestion, code=problem.code, mark=mark, others=others)


class Found:
    """Gathers problems, so that one does not keep the next from being found."""

    def __init__(self) -> None:
        self._problems: list[SeedProblem] = []

    def apart(self) -> "Found":
        """Within this, what cannot be is noted, and left out of what is built."""
        return self

    def __enter__(self) -> None:
        """A class and no generator: a large seed has a hundred thousand rows."""

    def __exit__(self, _type: object, error: BaseException | None, _traceback: object) -> bool:
        if isinstance(error, SeedProblem):
            self._problems += error
        return isinstance(error, SeedProblem)

    def must_be_nothing(self) -> None:
        """Raises `SeedProblem` for all that was noted."""
        if self._problems:
            raise SeedProblem.of(self._problems)


def nearest(wrong: str, known: Any) -> str | None:  # noqa: ANN401  (any collection of texts)
    close = get_close_matches(wrong, [str(each) for each in known], n=1)
    return close[0] if close else None


def must_be_known(value: str, known: Iterable[str], place: str, what: str) -> None:
    """Raises `SeedProblem` where no `what` has this name."""
    known = tuple(known)
    if value not in known:
        raise SeedProblem(place, f"no {what} called {value!r}", nearest(value, known), code=SEED_UNKNOWN_NAME)


def problems_of(
    error: ValidationError, data: object, keys_at: Callable[[Sequence[int | str]], Sequence[str]]
) -> Iterator[SeedProblem]:
    """What pydantic found, in our words, each place once. `keys_at` says which keys may stand at a place."""
    found: dict[str, SeedProblem] = {}
    for each in error.errors(include_url=False):
        problem = _problem(each, _path(data, each), keys_at)
        found.setdefault(f"{problem.place}\0{each['loc'][-1:] if each['type'] == 'missing' else ''}", problem)
    meant = {(each.place.rpartition(".")[0], each.suggestion) for each in found.values()}
    for problem in found.values():
        name = problem.message.removeprefix("needs '").removesuffix("'")
        if (problem.place, name) not in meant:  # a misspelt key is not missing as well
            yield problem


def _path(data: object, error: ErrorDetails) -> list[int | str]:
    """The way to what is wrong. Parts that lead nowhere are pydantic's own: the kinds of a union, `[key]`."""
    path: list[int | str] = []
    here: Any = data
    for part in error["loc"]:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            continue
        path.append(part)
    return path


def _problem(
    error: ErrorDetails, path: list[int | str], keys_at: Callable[[Sequence[int | str]], Sequence[str]]
) -> SeedProblem:
    place = ".".join(map(str, path))
    if error["type"] == "missing":
        return SeedProblem(place, f"needs {error['loc'][-1]!r}", code=SEED_SHAPE)
    if error["type"] == "extra_forbidden":
        key = str(path[-1])
        return SeedProblem(place, f"unknown key {key!r}", nearest(key, keys_at(path[:-1])), code=SEED_SHAPE)
    if error["type"] in {"enum", "literal_error"}:
        meant = nearest(str(error["input"]), error.get("ctx", {}).get("expected", "").split("'"))
        return SeedProblem(place, _words(error), meant, code=SEED_SHAPE)
    return SeedProblem(place, _words(error), code=SEED_SHAPE)


_PATTERNS = {
    r"^[^@\s]+@[^@\s]+$": "should look like an email",
    r"^[a-z0-9][a-z0-9_-]*$": "should be small letters, digits, - and _",
    r"^[!-~]+$": "should be visible ASCII, without spaces",
    r"^pr-[A-Za-z0-9]+-[A-Za-z0-9]+$": "should have the form pr-…-…",
    r"^pg-[A-Za-z0-9]+-[A-Za-z0-9]+$": "should have the form pg-…-…",
}
"""What a text has to be, by the pattern that says so."""


def _words(error: ErrorDetails) -> str:
    kind, ctx = error["type"], error.get("ctx", {})
    said = mistyped(kind, error["input"])
    if said is not None:
        return said
    if kind == "string_pattern_mismatch" and ctx["pattern"] in _PATTERNS:
        return _PATTERNS[ctx["pattern"]]
    if kind in {"too_short", "string_too_short"} and ctx["min_length"] == 1:
        return "should not be empty"
    if kind == "timezone_aware":
        return "needs an offset from UTC, such as Z or +02:00"
    return error["msg"].removeprefix("Value error, ").replace("Input should be", "should be", 1)
