"""What is wrong with a seed, and where: all of it at once, as one exception."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Final

from workato_emulator.state.seeds.marks import mark_of
from workato_emulator.text import Mark, Table, nearest
from workato_emulator.text.error_codes import with_code
from workato_emulator.text.error_codes.commands import SEED_MISFIT, SEED_UNKNOWN_NAME
from workato_emulator.text.wording import shorten, show

MOST = 100
"""So many problems are told at once. Whoever has more has one that repeats."""


class Nothing(Enum):
    NOTHING = "nothing"


NOTHING: Final = Nothing.NOTHING
"""What stands in for a value of which nothing could be read."""


class SeedProblem(ValueError):
    """Something in a seed cannot be. `place` is the path to it, as in `workspaces.acme.collaborators.0.email`.

    Where several things cannot be, this is the first of them and `others` are the others. `rest` is what could be read
    in spite of them: what it holds is still looked at.
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
        rest: object = NOTHING,
    ) -> None:
        hint = "" if suggestion is None else f"; did you mean {suggestion!r}?"
        where = [str(mark)] if mark else []
        where += [shorten(place)] if place else []
        self.line = ": ".join([*where, f"{message}{hint}"])
        super().__init__("\n".join([self.line, *(each.line for each in others)]))
        self.place = place
        self.message = message
        self.suggestion = suggestion
        self.code = code
        self.mark = mark
        self.others = tuple(others)
        self.rest = rest

    @classmethod
    def of(cls, problems: Iterable["SeedProblem"], rest: object = NOTHING) -> "SeedProblem":
        """All of these as one, with what could be read besides. There has to be one at least."""
        first, *others = [single for each in problems for single in each][:MOST]
        return cls(
            first.place,
            first.message,
            first.suggestion,
            code=first.code,
            mark=first.mark,
            others=others,
            rest=rest,
        )

    def __iter__(self) -> Iterator["SeedProblem"]:
        """Each problem by itself."""
        yield _with_place(self, self.mark) if self.others else self
        yield from self.others

    def under(self, part: object) -> Iterator["SeedProblem"]:
        """The same problems, seen from what holds this part: their places begin with it."""
        for each in self:
            yield _with_place(each, each.mark, place=f"{part}.{each.place}" if each.place else str(part))

    def within(self, table: Table) -> "SeedProblem":
        """The same problems with their places in the file, or the text, that `table` was read from; in its order."""
        placed = [_with_place(each, mark_of(table, each.place)) for each in self]
        return SeedProblem.of(sorted(placed, key=lambda each: each.mark or table.mark))

    def with_codes(self) -> str:
        """A line for each problem, with the code that `explain` knows; the last one's is for whoever prints it."""
        *before, last = self
        return "\n".join([*(with_code(each.line, each.code) for each in before), last.line])


def _with_place(problem: SeedProblem, mark: Mark | None, place: str | None = None) -> SeedProblem:
    place = problem.place if place is None else place
    return SeedProblem(place, problem.message, problem.suggestion, code=problem.code, mark=mark)


class Unread(str):
    """What stands in for a text that could not be read. It equals nothing, and may be anything.

    Among the names that are known, it may be any name: nobody can say that another one is unknown.
    """

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other


class NotToBeKnown(Exception):
    """Whether this is right cannot be said: it hangs on something that could not be read, and that is told already."""


class Found:
    """Gathers problems, so that one does not keep the next from being found."""

    def __init__(self, problems: Iterable[SeedProblem] = ()) -> None:
        self._problems = list(problems)

    def __len__(self) -> int:
        return len(self._problems)

    def apart(self) -> "Found":
        """Within this, what cannot be is noted, and left out of what is built. After so many, nothing more is built."""
        if len(self._problems) >= MOST:
            self.must_be_nothing()
        return self

    def __enter__(self) -> None:
        """A class and no generator: a large seed has a hundred thousand rows."""

    def __exit__(self, _type: object, error: BaseException | None, _traceback: object) -> bool:
        if isinstance(error, SeedProblem) and len(self._problems) < MOST:
            self._problems += error
        return isinstance(error, SeedProblem | NotToBeKnown)

    def note(self, problem: SeedProblem) -> None:
        """This cannot be, and what it is about is built all the same: others may name it."""
        with self.apart():
            raise problem

    def must_be_nothing(self) -> None:
        """Raises `SeedProblem` for all that was noted."""
        if self._problems:
            raise SeedProblem.of(self._problems)


def must_be_known(value: str, known: Iterable[str], place: str, what: str) -> None:
    """Raises `SeedProblem` where no `what` has this name."""
    known = tuple(known)
    if value not in known:
        raise unknown(value, known, place, f"no {what} called {show(value)}")


def unknown(value: str, known: Iterable[str], place: str, message: str) -> SeedProblem:
    """The problem that a name leads nowhere. Raises `NotToBeKnown` where it or one of the others was not read."""
    known = tuple(known)
    if any(isinstance(each, Unread) for each in (value, *known)):
        raise NotToBeKnown
    return SeedProblem(place, message, nearest(value, known), code=SEED_UNKNOWN_NAME)
