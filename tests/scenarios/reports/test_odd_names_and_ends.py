"""Reports of names, titles and answers that nobody would write on purpose, and of runs that were interrupted."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from rich.console import Console

from okta_scenarios.play import Mismatch, run_scenario
from okta_scenarios.play.results import Change, Exchange
from okta_scenarios.reports.files import REPORTS, ReportFile, write
from okta_scenarios.reports.junit import junit_report
from okta_scenarios.reports.summary import Run
from okta_scenarios.reports.tap import tap_report
from okta_scenarios.reports.terminal import Detail, print_run

from ..playing import scenario

ODD = r"Red \e[31m, a bell \a, turned \u202e\nnot ok 9 - forged # SKIP"
FAILS = rf'- {{okta: assign, user: ada, entitlements: {{dev: Member}}, note: "{ODD}", expect: {{invited: false}}}}'
AS_READ = "Red \x1b[31m, a bell \x07, turned \u202e"
ODD_FILE = "mine\udcff/\x1b[31m\nforged.yaml"
DANGEROUS = ("\x1b[31m", "\x07", "\u202e", "\nnot ok 9", "\nforged")


def run_of_odd_names() -> Run:
    """Odd texts in every place of a result that holds words of somebody's."""
    result = run_scenario(scenario(FAILS, title=ODD))
    (step,) = result.steps
    step = replace(
        step,
        title=AS_READ,
        mismatches=(
            *step.mismatches,
            Mismatch(AS_READ, AS_READ, AS_READ),
            Mismatch("expect.x", [AS_READ], {"a": AS_READ}),
        ),
        exchanges=(*step.exchanges, Exchange("GET", f"/{AS_READ}", AS_READ, 200, AS_READ)),
        tasks=(AS_READ,),
        events=(AS_READ,),
        warnings=(AS_READ,),
        meanwhile=(AS_READ,),
        changes=(Change(AS_READ, AS_READ, {"a": AS_READ}),),
    )
    odd = replace(result, file=ODD_FILE, tags=(AS_READ,), steps=(step,))
    return Run([odd], (), 0, 1.5)


def seen_in_a_terminal(run: Run, detail: Detail = Detail.NORMAL, width: int = 200) -> str:
    text = StringIO()
    print_run(Console(file=text, width=width), run, detail)
    return text.getvalue()


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(seen_in_a_terminal, id="terminal"),
        pytest.param(lambda run: seen_in_a_terminal(run, Detail.VERBOSE), id="terminal-verbose"),
        pytest.param(lambda run: seen_in_a_terminal(run, Detail.QUIET), id="terminal-quiet"),
        pytest.param(REPORTS["tap"], id="tap"),
        pytest.param(REPORTS["junit"], id="junit"),
        pytest.param(REPORTS["html"], id="html"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_instead(report: Callable[[Run], str]) -> None:
    """Escapes, bells, turned writing and ends of lines, from a title, a note or a file's name, are written out."""
    text = report(run_of_odd_names())

    assert r"Red \x1b[31m" in text.replace("\\\\", "\\")
    assert not [each for each in DANGEROUS if each in text]


@pytest.mark.parametrize("kind", sorted(REPORTS))
def test_a_file_name_that_is_not_utf_8_can_be_reported(kind: str, tmp_path: Path) -> None:
    """The report itself is UTF-8; JSON gives the name back as the system knows it."""
    file = tmp_path / "report"
    write(ReportFile(kind, file), run_of_odd_names())
    text = file.read_bytes().decode("utf-8")

    if kind == "json":
        assert json.loads(text)["scenarios"][0]["file"] == ODD_FILE
    else:
        assert r"mine\xff/" in text


def test_a_tap_report_of_odd_names_has_one_point_per_scenario() -> None:
    """A title with a second line adds none, and the diagnostics are YAML with the name of the file."""
    lines = tap_report(run_of_odd_names()).splitlines()
    diagnostics = yaml.safe_load("\n".join(line[2:] for line in lines[4:-1]))

    assert [line for line in lines if line.startswith(("ok", "not ok"))] == [lines[2]]
    assert diagnostics["at"] == {"file": r"mine\xff/\x1b[31m\nforged.yaml", "line": 18}


def test_junit_groups_by_folders_and_says_how_long_and_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The class is the path from the working directory, with dots; one elsewhere has its whole path."""
    monkeypatch.chdir(tmp_path)
    result = replace(run_scenario(scenario(FAILS)), seconds=0.25)
    files = ("mine/pay.roll/SC-1.yaml", str(tmp_path / "mine" / "SC-2.yaml"), "/elsewhere/SC-3.yaml")
    report = junit_report(Run([replace(result, file=file) for file in files], (), 0, 1.5))
    cases = ET.fromstring(report).findall("testcase")  # noqa: S314  (written by ourselves)

    assert [case.get("classname") for case in cases] == ["mine.pay_roll.SC-1", "mine.SC-2", "elsewhere.SC-3"]
    assert [cases[0].get(name) for name in ("file", "line", "time")] == [files[0], "18", "0.250"]


def test_an_interrupted_run_is_marked_in_every_report() -> None:
    """Nobody takes half a run for a green one."""
    result = run_scenario(scenario("- {okta: assign, user: ada, entitlements: {dev: Member}}"))
    run = Run([result], (), 0, 1.5, interrupted=True, unplayed=4)
    summary = json.loads(REPORTS["json"](run))["summary"]
    suite = ET.fromstring(REPORTS["junit"](run))  # noqa: S314  (written by ourselves)
    tap = REPORTS["tap"](run).splitlines()

    assert (summary["complete"], summary["scenarios"]["total"], summary["scenarios"]["not_played"]) == (False, 5, 4)
    assert (suite.get("errors"), len(suite.findall("testcase/error"))) == ("1", 1)
    assert (tap[1], tap[-1]) == ("1..5", "Bail out! interrupted")
    assert "interrupted, 1 of 5 scenarios played" in REPORTS["html"](run)
    assert "1 passed, 0 failed, 4 not played" in seen_in_a_terminal(run)


def test_words_that_look_like_emoji_codes_stay_as_they_are() -> None:
    """A time or a key in a body is no picture."""
    story = scenario("- {call: listCollaborators, query: {email: ':warning:'}, expect: {status: 500}}")

    assert ":warning:" in seen_in_a_terminal(Run([run_scenario(story)], (), 0, 1.5)).replace("%3A", ":")
