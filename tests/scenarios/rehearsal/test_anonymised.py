"""A pulled seed and the tables of a plan, anonymised together, still say the same of the same people."""

from pathlib import Path

import yaml

from okta_scenarios.rehearsal.outcome import Outcome
from tests.scenarios.rehearsal.planning import PLAN, SEED, rehearsed
from workato_emulator.pulling.anonymise import StandIns

TABLES = {
    "people.csv": "login;E-Mail;First Name;Last Name;Department;Salary\n"
    "ghopper;grace@example.test;Grace;Hopper;Engineering;1\n"
    "ada;ada@example.test;Ada;Lovelace;Finance;2\n",
    "groups.csv": "group,user\nStaff,ghopper\nStaff,ADA\n",
    "changes.csv": "date,change,username,groups\n2026-05-01,leave,ada,\n",
}
SPLIT = PLAN.replace(
    "people: people.csv", "people: {csv: people.csv, columns: {email: E-Mail}}\n    groups: groups.csv"
)
WITH_CHANGES = f"{SPLIT}happens: [go live, {{changes: changes.csv}}]\n"


def anonymised() -> dict[str, str]:
    """The files as `pull --anonymise` writes them."""
    stand_ins = StandIns()
    seed = yaml.safe_dump(stand_ins.in_seed(yaml.safe_load(SEED)))
    for table in TABLES.values():
        stand_ins.learn(table)
    return {"seed.yaml": seed, **{name: stand_ins.in_csv(table) for name, table in TABLES.items()}}


def shape(outcome: Outcome) -> list[tuple[object, ...]]:
    """All that a row says but who it is about."""
    return sorted(
        (row.fate, row.before.state, sorted(row.after.roles.items()), sorted(each.danger for each in row.findings))
        for row in outcome.rows
    )


def test_the_plan_says_the_same_of_stand_ins(tmp_path: Path) -> None:
    """Also where a table knows people by a username that is no address."""
    named = rehearsed(tmp_path, WITH_CHANGES, TABLES)
    others = rehearsed(tmp_path, WITH_CHANGES, anonymised())

    assert shape(named) == shape(others)
    assert len(named.rows) == 3


def test_no_name_is_left(tmp_path: Path) -> None:
    """Neither in a table nor in what the rehearsal says."""
    files = anonymised()
    said = repr(rehearsed(tmp_path, WITH_CHANGES, files)) + "".join(files.values())

    assert [name for name in ("grace", "ghopper", "hopper", "lovelace", "'ada") if name in said.lower()] == []
    assert ";Engineering;" in files["people.csv"]
