"""A rehearsal as text, page, JSON and CSV, and the command that writes them."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result

from okta_scenarios.rehearse_command import rehearse
from tests.browsing import chromium
from tests.scenarios.rehearsal.planning import PLAN, SEED, written

ROOT = Path(__file__).parents[3]
HOSTILE = """\
login,firstName,lastName,groups
grace@example.test,<script>alert(1)</script>,Hopper,Staff
=cmd|'/c'!A1@example.test,+1,=2+3,Staff
"""


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(rehearse, [str(folder / "plan.yaml"), "--no-alternatives", *arguments])


def test_the_terminal_tells_dangers_first(tmp_path: Path) -> None:
    """Then people, seats, requests, time, tasks, rules and assumptions."""
    written(tmp_path)
    said = run(tmp_path)

    assert said.exit_code == 0, said.output
    heads = [line.split("  ")[0] for line in said.output.splitlines() if re.match(r"\w", line)]
    assert heads[2:4] == ["administrator demoted: 1 person", "loses a role: 1 person"]
    assert heads[4:] == ["people", "seats", "requests", "time", "tasks", "rules", "assumptions", "note"]


def test_alternatives_that_matter_are_told_with_how_many_people(tmp_path: Path) -> None:
    """Each consulted assumption is played under its alternatives; one that changes nothing is not listed."""
    written(tmp_path)
    file = tmp_path / "r.json"
    said = CliRunner().invoke(rehearse, [str(tmp_path / "plan.yaml"), "-n", "1", "--report", f"json={file}"])
    report = json.loads(file.read_text(encoding="utf-8"))

    assert "linking_administrators=refused instead of pushed" in said.output
    assert {each["assumption"] for each in report["alternatives"]} <= set(report["consulted"])
    assert report["untried"] == 0
    assert report["harmless"] > 0
    (refused,) = (each for each in report["alternatives"] if each["assumption"] == "linking_administrators")
    assert "1 person is out of danger: administrator demoted" in refused["comparison"]["sums"]


def test_several_processes_come_to_the_same(tmp_path: Path) -> None:
    """Which process plays an alternative makes no difference."""
    written(tmp_path)
    one, two = (CliRunner().invoke(rehearse, [str(tmp_path / "plan.yaml"), "-n", n]).output for n in ("1", "2"))

    assert one == two


def test_the_json_report_is_as_its_schema_says(tmp_path: Path) -> None:
    """`workato-emulator schema rehearsal` describes it, and the same plan gives the same bytes."""
    written(tmp_path)
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for file in files:
        assert run(tmp_path, "--report", f"json={file}").exit_code == 0
    schema = json.loads((ROOT / "scenarios" / "rehearsal.schema.json").read_text(encoding="utf-8"))

    jsonschema_rs.validator_for(schema).validate(json.loads(files[0].read_text(encoding="utf-8")))
    assert files[0].read_bytes() == files[1].read_bytes()


def test_several_reports_may_follow_one_another(tmp_path: Path) -> None:
    """As in `--report html=…,json=…,csv=…`."""
    written(tmp_path)
    assert (
        run(tmp_path, "--report", f"html={tmp_path}/r.html,json={tmp_path}/r.json,csv={tmp_path}/r.csv").exit_code == 0
    )

    assert sorted(each.name for each in tmp_path.glob("r.*")) == ["r.csv", "r.html", "r.json"]


def test_no_spreadsheet_takes_a_name_for_a_formula(tmp_path: Path) -> None:
    """A cell that begins like a formula gets an apostrophe in front."""
    written(tmp_path, files={"people.csv": HOSTILE})
    run(tmp_path, "--report", f"csv={tmp_path}/r.csv")
    rows = [*csv.reader(StringIO((tmp_path / "r.csv").read_text(encoding="utf-8")))]

    cells = [cell for row in rows for cell in row if cell]
    assert [cell for cell in cells if cell[0] in "=+-@"] == []
    assert "'=cmd|'/c'!A1@example.test" in cells


def test_the_page_escapes_names(tmp_path: Path) -> None:
    """A name is text, whatever it holds; and there is no script at all."""
    written(tmp_path, files={"people.csv": HOSTILE})
    run(tmp_path, "--report", f"html={tmp_path}/r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page


def test_no_report_repeats_a_token(tmp_path: Path) -> None:
    """Also where a plan's title or a step holds one."""
    plan = PLAN.replace("A small rollout", "With wrkaus-acme-okta") + (
        "happens:\n  - go live\n  - {after: 1 day, okta: configure_app, token: wrkaus-another-secret-12345678}\n"
    )
    written(tmp_path, plan)
    said = run(tmp_path, *(f"--report={kind}={tmp_path}/r.{kind}" for kind in ("html", "json", "csv")))
    everything = said.output + "".join((tmp_path / f"r.{kind}").read_text() for kind in ("html", "json", "csv"))

    assert "wrkaus-acme-okta" not in everything
    assert "another-secret" not in everything


def test_a_second_plan_is_compared(tmp_path: Path) -> None:
    """What is different in the first, person by person and in numbers."""
    written(tmp_path)
    (tmp_path / "other.yaml").write_text(PLAN.replace("dev: Builder", "dev: Member"), encoding="utf-8")
    said = run(tmp_path, "--against", str(tmp_path / "other.yaml"), "--report", f"html={tmp_path}/r.html")

    assert "other.yaml: 2 people fare otherwise" in said.output
    assert "2 people have Builder in dev instead of Member" in said.output
    assert "Compared with" in (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            ["--report", "htm=r.html"], "--report takes html=FILE, json=FILE, csv=FILE, not 'htm=r.html'", id="kind"
        ),
        pytest.param(["--report", "html=plan.yaml"], "the file is read by this run", id="the plan itself"),
        pytest.param(["--report", "csv=people.csv"], "the file is read by this run", id="a table of the plan"),
        pytest.param(["--assume", "update_skope=replace"], "update_scope", id="an assumption"),
        pytest.param(["--against", "nothing.yaml"], "nothing.yaml", id="no second plan"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    """Exit code 2, and no file is touched."""
    written(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    result = run(tmp_path, *arguments)

    assert result.exit_code == 2
    assert said in result.output
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


def test_a_plan_that_cannot_be_read_exits_with_2(tmp_path: Path) -> None:
    """All that is wrong with it comes at once, and nothing is played."""
    written(tmp_path, files={"people.csv": "mail\nada\nben\n"})
    result = run(tmp_path)

    assert result.exit_code == 2
    assert [line.partition(": ")[0].rpartition("/")[2] for line in result.output.splitlines()] == [
        "people.csv:2:1",
        "people.csv:3:1",
    ]


def test_assume_settles_a_question(tmp_path: Path) -> None:
    """As `run` takes it."""
    written(tmp_path)

    assert "administrator demoted" not in run(tmp_path, "--assume", "linking_administrators=refused").output


@pytest.fixture
def browser(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    yield from chromium(tmp_path / "profile", request.config)


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1200])
def test_the_page_fits_a_phone_and_a_desk(browser: Any, tmp_path: Path, width: int) -> None:  # noqa: ANN401  (a driver)
    """Nothing is wider than the screen, and the picture has its bars."""
    people = "login,groups\n" + "".join(
        f"somebody-with-a-long-name-{number}@example.test,Staff\n" for number in range(9)
    )
    written(tmp_path, files={"people.csv": people, "seed.yaml": SEED})
    run(tmp_path, "--report", f"html={tmp_path}/r.html")
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    browser.get((tmp_path / "r.html").as_uri())

    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.execute_script("return document.querySelectorAll('rect.invitations').length") == 1
