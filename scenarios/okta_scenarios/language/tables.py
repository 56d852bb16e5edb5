"""CSV files as people export them: any usual separator, any line ending, a BOM or none, each row with its line."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from okta_scenarios.language.problems import Problem, join_choices, nearest
from workato_emulator.text.columns import kind_of, separator_of
from workato_emulator.text.error_codes.scenarios import SCN_CSV, SCN_FILE
from workato_emulator.text.wording import shorten, show

MOST_PROBLEMS = 20
"""Problems of one file that are listed: the others are most likely of the same kind."""
_LONGEST_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row: its cells by what the column is, and the line that it begins in."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class CsvTable:
    """`read` says which header each column was read from, `unread` are the headers that nobody knows."""

    file: str
    rows: tuple[CsvRow, ...]
    read: Mapping[str, str]
    unread: tuple[str, ...]

    def problem(self, row: CsvRow, message: str, suggestion: str | None = None) -> Problem:
        return Problem(self.file, row.line, 1, message, suggestion, SCN_CSV)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a table is to have. Each column has the kinds of header that are taken for it."""

    columns: Mapping[str, frozenset[str]]
    needed: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    """Columns of which at least one has to be there."""


def read_table(path: Path, wanted: Wanted, renamed: Mapping[str, str], problems: list[Problem]) -> CsvTable | None:
    """The table of a file, or None and what is wrong. `renamed` has the headers that the plan gives, by column."""
    shown = str(path)
    text = _text(path, shown, problems)
    if text is None:
        return None
    lines = _rows(text, shown, problems)
    first = next(lines, None)
    if first is None:
        problems.append(Problem(shown, 1, 1, "the file has no row of column headers", code=SCN_CSV))
        return None
    line, headers = first
    places = _places(headers, line, shown, wanted, renamed, problems)
    if places is None:
        return None
    rows = []
    for line, cells in lines:
        if any(cells[len(headers) :]):
            more = f"the row has {len(cells)} cells, and there are {len(headers)} columns"
            problems.append(Problem(shown, line, 1, f"{more}; quote a cell that holds a separator", code=SCN_CSV))
            return None
        rows.append(CsvRow(line, {column: cells[at] for column, at in places.items() if at < len(cells)}))
    unread = tuple(each for at, each in enumerate(headers) if each and at not in places.values())
    return CsvTable(shown, tuple(rows), {column: headers[at] for column, at in places.items()}, unread)


def _text(path: Path, shown: str, problems: list[Problem]) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError as error:
        problems.append(Problem(shown, 1, 1, f"cannot be read: {error.strerror}", code=SCN_FILE))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.append(Problem(shown, line, 1, "not UTF-8; save the table as CSV in UTF-8", code=SCN_FILE))
        return None


def _rows(text: str, shown: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, with the line in which each begins. Cells have no blanks around them."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator_of(text), strict=True, skipinitialspace=True)
    begins = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(shown, begins, 1, f"the row cannot be read: {error}", code=SCN_CSV))


def _places(
    headers: list[str], line: int, shown: str, wanted: Wanted, renamed: Mapping[str, str], problems: list[Problem]
) -> dict[str, int] | None:
    """Where each column is, by what it is; None where one that is needed is missing or is there twice."""
    found: dict[str, int] = {}
    before = len(problems)
    for column, kinds in wanted.columns.items():
        header = renamed.get(column)
        if header is None:
            at = [place for place, each in enumerate(headers) if kind_of(each) in kinds]
        else:
            at = [place for place, each in enumerate(headers) if each == header.strip()]
        if header is not None and not at:
            missing = f"no column {show(header)}; there is {shorten(join_choices(headers))}"
            problems.append(Problem(shown, line, 1, missing, nearest(header, headers), SCN_CSV))
        elif len(at) > 1:
            several = " and ".join(show(headers[place]) for place in at)
            twice = f"{several} may both be the column {column}; say which under `columns: {{{column}: …}}`"
            if len({headers[place] for place in at}) == 1:
                twice = f"duplicate column {show(headers[at[0]])}"
            problems.append(Problem(shown, line, 1, twice, code=SCN_CSV))
        elif at:
            found[column] = at[0]
    useless = f"this table has no use for the column; it has {join_choices(wanted.columns)}"
    problems.extend(
        Problem(shown, line, 1, f"{column}: {useless}", nearest(column, wanted.columns), SCN_CSV)
        for column in sorted(renamed.keys() - wanted.columns.keys())
    )
    if len(problems) == before:
        problems.extend(_missing(found, headers, line, shown, wanted))
    return found if len(problems) == before else None


def _missing(found: Mapping[str, int], headers: list[str], line: int, shown: str, wanted: Wanted) -> Iterator[Problem]:
    left = [each for at, each in enumerate(headers) if each and at not in found.values()]
    lacking = [column for column in wanted.needed if column not in found]
    if wanted.one_of and not any(column in found for column in wanted.one_of):
        lacking.append(wanted.one_of[0])
    for column in lacking:
        say = f"say which it is under `columns: {{{column}: …}}`"
        message = f"no column {column}; there is {shorten(join_choices(headers))}; {say}"
        yield Problem(shown, line, 1, message, nearest(column, left), SCN_CSV)


def first_of(found: Iterable[Problem], shown: str) -> list[Problem]:
    """The first problems of a table, and how many more there are."""
    every = list(found)
    if len(every) <= MOST_PROBLEMS:
        return every
    more = f"and {len(every) - MOST_PROBLEMS} more rows that cannot be used"
    return [*every[:MOST_PROBLEMS], Problem(shown, every[MOST_PROBLEMS].line, 1, more, code=SCN_CSV)]
