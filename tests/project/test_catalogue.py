"""The catalogue of situations that the library has to cover, and the index of what it does cover."""

import re
from pathlib import Path

from click.testing import CliRunner

from okta_scenarios.cli import index

ROOT = Path(__file__).parents[2]
SUITES = ROOT / "scenarios" / "suites"
FILES = {path.stem: path for path in SUITES.rglob("*.yaml") if path.parent.name != "fixtures"}

CATALOGUE = """
1 2 3 4 6 7 8 9 10 11 12 13 15 16 18 19 20 21 23 24 25 26 27 28
29 30 31 32 33 35 36 37 38 39 40 42 43 44 45 47
48 49 50 51 52 53 55 56 57 58 59
60 61 63 64 65 66 68 69 70 71 72 73 75 76 77 78 79 80
82 83 84 86 87 88 89 90 92 93 94 95
96 98 99 100 101
102 103 104 105 106 107 109 110 111 112 114 115 116 118
119 120 121 123 124 125
"""
"""The numbers of the situations, a family a line. They are stable, and their gaps stay."""
SITUATIONS = {f"SC-{int(number):03}" for number in CATALOGUE.split()}


def test_every_situation_is_a_file() -> None:
    """Nothing of the catalogue is missing."""
    assert sorted(SITUATIONS - FILES.keys()) == []


def test_a_number_means_a_situation_of_the_catalogue() -> None:
    """An `SC-` number is the catalogue's and no other; what goes beyond the catalogue has a name of its own."""
    assert sorted(id_ for id_ in FILES if id_.startswith("SC-") and id_ not in SITUATIONS) == []


def test_the_index_is_up_to_date() -> None:
    """`scenarios/INDEX.md` is what `workato-emulator index --markdown` prints."""
    printed = CliRunner().invoke(index, ["--markdown"])

    assert printed.exit_code == 0, printed.output
    assert (ROOT / "scenarios" / "INDEX.md").read_text(encoding="utf-8") == printed.stdout


def test_the_index_leads_to_every_scenario() -> None:
    """Each scenario stands in the index once, with a link to its file."""
    links = re.findall(
        r"^\| \[([^]]+)\]\(([^)]+)\)", (ROOT / "scenarios" / "INDEX.md").read_text("utf-8"), re.MULTILINE
    )

    assert sorted(id_ for id_, _ in links) == sorted(FILES)
    assert [target for _, target in links if not (ROOT / "scenarios" / target).exists()] == []


def test_the_index_of_own_scenarios_lists_them(tmp_path: Path) -> None:
    """Scenarios elsewhere are listed by the folder that they are in, with id, title and rules."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "SC-001.yaml").write_text(FILES["SC-064"].read_text("utf-8").replace("SC-064", "SC-001"), "utf-8")
    (tmp_path / "fixtures").mkdir()
    for fixture in (SUITES / "fixtures").iterdir():
        (tmp_path / "fixtures" / fixture.name).write_text(fixture.read_text("utf-8"), "utf-8")
    printed = CliRunner().invoke(index, [str(folder)]).stdout

    assert printed.startswith("mine\n  SC-001            With Deactivate Users off, unassigning")
    assert "PUD-2]" in printed
