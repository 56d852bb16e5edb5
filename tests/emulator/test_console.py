"""Text as a terminal, a shell and a sentence get it."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from workato_emulator import as_argument, counted, did_you_mean, hanging, one_line, print_table, visible

ROWS = (("PNU-1", "verified", "Whoever is assigned [b]gets[/b] an invitation."), ("X", "", "Nothing."))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b]0;t\x07", r"\x1b[2J\x1b]0;t\x07"),
        ("a\rb\x7f\x9b", r"a\rb\x7f\x9b"),
        ("a\u202eb\u2066c\u200fd", r"a\u202eb\u2066c\u200fd"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("a\udcffb\ud83d", r"a\xffb\ud83d"),
        ("美咲 José 👩\u200d🚀 \u00a0", "美咲 José 👩\u200d🚀 \u00a0"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
    ],
    ids=["escape", "control", "direction", "invisible", "no character", "people", "layout"],
)
def test_what_a_terminal_obeys_is_written_out(text: str, shown: str) -> None:
    """And what people write comes through."""
    assert visible(text) == shown
    assert one_line(text) == shown.replace("\n", r"\n").replace("\t", r"\t")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no bash")
@pytest.mark.parametrize(
    "name",
    [
        "plain",
        "sp ace/neu",
        "it's",
        'q"uote',
        "$HOME `id` *",
        "-n",
        "--help",
        "a\nb",
        "\x1b[31m",
        "tab\there",
        "ü\udcff",
    ],
)
def test_a_path_in_a_command_can_be_pasted(name: str) -> None:
    """A shell reads it as one argument, the same file, and no option; nothing in it is obeyed by the terminal."""
    argument = as_argument(Path(name))
    read = subprocess.run(["bash", "-c", f"printf %s {argument}"], capture_output=True, check=True)

    assert Path(os.fsdecode(read.stdout)) == Path(name)
    assert not read.stdout.startswith(b"-")
    assert visible(argument) == argument


def test_one_is_one() -> None:
    """A plural is for none and for several."""
    assert [counted(number, "scenario") for number in (0, 1, 2)] == ["0 scenarios", "1 scenario", "2 scenarios"]
    assert counted(1, "rule was", "rules were") == "1 rule was"


def test_the_nearest_name_is_offered_whatever_its_case() -> None:
    """And none where none is near."""
    assert did_you_mean("rnu", ("run", "rules")) == did_you_mean("RUN", ("run", "rules")) == "; did you mean 'run'?"
    assert did_you_mean("qqqq", ("run", "rules")) == ""


@pytest.mark.parametrize("width", [60, 40, 24])
def test_a_table_is_stacked_where_it_has_no_room(width: int) -> None:
    """Each cell below its heading with its name; nothing is wider than the terminal, nothing ends in blanks."""
    text = StringIO()
    print_table(Console(file=text, width=width), ("rule", "status", "says"), ROWS, room=61)
    lines = text.getvalue().splitlines()

    assert lines[:2] == ["PNU-1", "  status  verified"]
    assert lines[-2:] == ["X", "  says    Nothing."]
    assert all(len(line) <= width and line == line.rstrip() for line in lines)
    assert "says Whoever is assigned gets an invitation." in " ".join(text.getvalue().split())


def test_a_table_with_room_has_a_row_for_each_line() -> None:
    """Under a line of headings."""
    text = StringIO()
    print_table(Console(file=text, width=80), ("rule", "status", "says"), ROWS, room=61)

    assert [line.split()[0] for line in text.getvalue().splitlines()] == ["rule", "PNU-1", "X"]


def test_a_long_line_hangs_below_its_label(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody said how wide; otherwise it stays one line, so that it can be searched."""
    assert hanging("a label  ", "words " * 9) == "a label  " + "words " * 9
    monkeypatch.setenv("COLUMNS", "33")
    assert hanging("a label  ", "words " * 5) == "a label  words words words words\n         words"
