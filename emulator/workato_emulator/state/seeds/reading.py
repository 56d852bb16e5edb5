"""Seed documents from plain data and from files."""

from dataclasses import replace
from pathlib import Path

from workato_emulator.state.seeds.document import SeedDocument
from workato_emulator.state.seeds.problems import SeedProblem
from workato_emulator.text import Table, plain, read
from workato_emulator.text.error_codes.commands import SEED_SHAPE, SEED_UNREADABLE
from workato_emulator.text.wording import mistyped


def parse(data: object) -> SeedDocument:
    """A document from plain data. Raises `SeedProblem` for all that cannot be."""
    try:
        return SeedDocument.read(data)
    except RecursionError:
        raise SeedProblem("", "rows are nested too deep, or contain themselves", code=SEED_SHAPE) from None


def read_seed(path: Path) -> SeedDocument:
    """A document from a YAML or JSON file. Raises `SeedProblem` for all that cannot be, each with its place."""
    reading = read(_text(path), str(path))
    if reading.complaints:
        raise SeedProblem.of(
            SeedProblem(str(each.mark), each.message, code=SEED_UNREADABLE) for each in reading.complaints
        )
    table = reading.value
    if not isinstance(table, Table):
        raise SeedProblem(str(reading.mark), mistyped("a mapping of keys to values", plain(table)), code=SEED_SHAPE)
    try:
        return replace(parse(table), _reading=table)
    except SeedProblem as problem:
        raise problem.within(table) from None


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SeedProblem(str(path), error.strerror or "cannot be read", code=SEED_UNREADABLE) from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise SeedProblem(f"{path}:{line}:{column}", "not UTF-8", code=SEED_UNREADABLE) from None
