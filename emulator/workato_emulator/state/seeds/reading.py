"""Seed documents from plain data and from files."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from workato_emulator.clock import EARLIEST
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import Invalid
from workato_emulator.state.garbage import no_collection
from workato_emulator.state.seeds.build import assumptions_of, build
from workato_emulator.state.seeds.document import SeedDocument
from workato_emulator.state.seeds.problems import Found, SeedProblem
from workato_emulator.text import Table, plain, read, read_plainly
from workato_emulator.text.error_codes.commands import SEED_SHAPE, SEED_UNREADABLE
from workato_emulator.text.wording import wrong_type


@no_collection()
def parse(data: object) -> SeedDocument:
    """A document from plain data. Raises `SeedProblem` for all that cannot be.

    Where its shape is wrong somewhere, that is told together with whatever does not fit in the rest.
    """
    try:
        return SeedDocument.read(data)
    except SeedProblem as problem:
        raise _with_what_does_not_fit(problem) from None
    except RecursionError:
        raise SeedProblem("", "rows are nested too deep, or contain themselves", code=SEED_SHAPE) from None


def _with_what_does_not_fit(problem: SeedProblem) -> SeedProblem:
    """The same problems, and those of what could be read in spite of them."""
    document, found = problem.rest, Found(problem)
    if not isinstance(document, SeedDocument):
        return problem
    try:
        assumptions = assumptions_of(document, found)
        build(document, now=document.clock or EARLIEST, ids=IdFactory(0), assumptions=assumptions, found=found)
        found.must_be_nothing()
    except SeedProblem as every:
        return every
    except Invalid:
        pass
    return problem


@no_collection()
def read_seed(path: Path) -> SeedDocument:
    """A document from a YAML or JSON file. Raises `SeedProblem` for all that cannot be, each with its place."""
    text = _text(path)
    with suppress(ValueError, SeedProblem):  # what is wrong, if anything is, is told with its place
        return replace(parse(read_plainly(text, str(path))), _reading=lambda: _table(text, path))
    reading = read(text, str(path))
    complaints = [SeedProblem("", each.message, code=SEED_UNREADABLE, mark=each.mark) for each in reading.complaints]
    table = reading.value
    if not isinstance(table, Table):
        kind = SeedProblem(
            "", wrong_type("a mapping of keys to values", plain(table)), code=SEED_SHAPE, mark=reading.mark
        )
        raise SeedProblem.of(complaints or [kind])
    try:
        document = replace(parse(table), _reading=lambda: table)
    except SeedProblem as problem:
        raise SeedProblem.of(_in_order(complaints, problem.within(table))) from None
    if complaints:
        raise SeedProblem.of(complaints)
    return document


def _table(text: str, path: Path) -> Table:
    """The places of a text in which everything has its right form."""
    table = read(text, str(path)).value
    assert isinstance(table, Table)  # noqa: S101  (a document is one)
    return table


def _in_order(complaints: list[SeedProblem], problem: SeedProblem) -> list[SeedProblem]:
    """What is wrong with a text and with what it says. What follows from the first stands in the same line."""
    lines = {each.mark.line for each in complaints if each.mark is not None}
    apart = [each for each in problem if each.mark is None or each.mark.line not in lines]
    return sorted([*complaints, *apart], key=lambda each: (each.mark is not None, each.mark))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SeedProblem(str(path), error.strerror or "cannot be read", code=SEED_UNREADABLE) from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise SeedProblem(f"{path}:{line}:{column}", "not UTF-8", code=SEED_UNREADABLE) from None
