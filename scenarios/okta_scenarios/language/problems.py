"""What is wrong with a file, and where: the only thing that reading scenarios can come to besides scenarios."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workato_emulator.text import Mark, nearest, one_line
from workato_emulator.text.error_codes import with_code
from workato_emulator.text.error_codes.scenarios import SCN_TOGETHER, SCN_VALUE

__all__ = ["Mark", "Problem", "Problems", "join_choices", "nearest"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to repair, printed the way compilers do so that editors can jump to it."""

    file: str
    line: int
    column: int
    message: str
    suggestion: str | None = None
    code: str = SCN_VALUE
    """What `explain` says more about."""

    @classmethod
    def at(cls, mark: Mark, message: str, suggestion: str | None = None, code: str = SCN_VALUE) -> "Problem":
        return cls(mark.file, mark.line, mark.column, message, suggestion, code)

    def __str__(self) -> str:
        hint = "" if self.suggestion is None else f"; did you mean {self.suggestion!r}?"
        return one_line(with_code(f"{self.file}:{self.line}:{self.column}: {self.message}{hint}", self.code))


@dataclass(frozen=True, slots=True)
class Flaw:
    """What keeps the given from being set up, at a path into the scenario."""

    at: tuple[str | int, ...]
    message: str
    suggestion: str | None = None
    code: str = SCN_TOGETHER


@dataclass(frozen=True, slots=True)
class Problems:
    """Why nothing may run, in the order of files and lines, each problem once."""

    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "Problems":
        return cls(tuple(sorted(set(problems), key=_position)))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def join_choices(choices: Iterable[str]) -> str:
    """Choices as part of a sentence."""
    return ", ".join(sorted(choices)) or "none"


def _position(problem: Problem) -> tuple[str, int, int, str]:
    return problem.file, problem.line, problem.column, problem.message
