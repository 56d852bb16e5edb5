"""The commands run, check, rules, audit and schema, and what each of them exits with."""

import contextlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import click
import pytest
from click.testing import CliRunner, Result

from okta_scenarios.bundled import suites
from okta_scenarios.cli import audit, check, coverage, rules, run
from okta_scenarios.rules import known_rules
from workato_emulator.cli import main

from .playing import ACME, text_of
from .stories import DEAF, FAILS, HOLDS, OTHER, write_stories


def invoke(command: click.Command, *arguments: object) -> Result:
    """The command's result. A crash is no result."""
    result = CliRunner().invoke(command, [str(each) for each in arguments])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A working directory of its own: a run remembers there what failed."""
    with contextlib.chdir(tmp_path_factory.mktemp("elsewhere")):
        yield


def test_a_run_in_which_all_passes_exits_with_0(tmp_path: Path) -> None:
    """Rules and sum are shown, and nothing is said of failures."""
    write_stories(tmp_path, HOLDS, OTHER)
    result = invoke(run, tmp_path)

    assert result.exit_code == 0
    assert "scenarios  2 passed, 0 failed" in result.stdout
    assert "rules      2 verified" in result.stdout
    assert "FAILED" not in result.stdout


def test_a_run_with_a_failure_exits_with_1(tmp_path: Path) -> None:
    """The others are played all the same, and the failure is explained with its place."""
    _, broken, _ = write_stories(tmp_path, HOLDS, FAILS, OTHER)
    result = invoke(run, tmp_path)

    assert result.exit_code == 1
    assert "scenarios  2 passed, 1 failed" in result.stdout
    assert f"FAILED SC-002 A small story\n  {broken}:18  step 1: okta assign ada\n" in result.stdout
    assert "  expect.invited\n    expected  false\n    actual    true\n" in result.stdout


def test_lines_of_a_failure_are_not_broken_in_two(tmp_path: Path) -> None:
    """An exchange stays on its line, however long, so that it can be copied."""
    body = "x" * 1_000
    write_stories(tmp_path, f"- {{call: inviteCollaborator, raw_body: {body}, expect: {{status: 200}}}}")

    assert f"    POST /api/member_invitations  {body}\n" in invoke(run, tmp_path, "--no-audit").stdout


def test_a_claim_that_nobody_notices_fails_the_run(tmp_path: Path) -> None:
    """The scenario passed and proves nothing: exit code 1, and no claim, or none audited, is no such failure."""
    write_stories(tmp_path, DEAF)
    result = invoke(run, tmp_path)

    assert result.exit_code == 1
    assert "scenarios  1 passed, 0 failed" in result.stdout
    assert "rules      1 unnoticed" in result.stdout
    assert invoke(run, tmp_path, "--no-audit").exit_code == 0
    assert invoke(run, tmp_path, "-q").stdout.startswith("UNNOTICED ")


def test_a_scenario_with_an_unnoticed_claim_is_among_those_that_failed(tmp_path: Path) -> None:
    """`--failed` plays it again until the claim is noticed."""
    (file,) = write_stories(tmp_path, DEAF)
    invoke(run, tmp_path)
    again = invoke(run, tmp_path, "--failed")
    file.write_text(text_of(HOLDS), encoding="utf-8")

    assert "1 passed" in again.stdout
    assert invoke(run, tmp_path, "--failed").exit_code == 0
    assert invoke(run, tmp_path, "--failed").exit_code == 2


REMOVES = """
- {call: removeCollaborator, path: {id: {member_id: ben}}, expect: {status: %s}}
- {call: removeCollaborator, path: {id: 1}, token: wrong, expect: {status: 401}, proves: [AUTH-1]}
"""


def test_an_assumption_holds_where_the_scenario_leaves_it_open(tmp_path: Path) -> None:
    """In the playing and in the audit; a scenario's own choice wins, and the run says what was assumed."""
    (tmp_path / "SC-001.yaml").write_text(text_of(REMOVES % 200, id_="SC-001"), encoding="utf-8")
    own = f"{ACME}assumptions: {{removal_answer: '204'}}\n"
    (tmp_path / "SC-002.yaml").write_text(text_of(REMOVES % 204, own, id_="SC-002"), encoding="utf-8")
    report = tmp_path / "report.json"
    result = invoke(run, tmp_path, "--assume", "removal_answer=200", "--report", f"json={report}")

    assert result.exit_code == 0, result.stdout
    assert "assumed    removal_answer=200; where a scenario says otherwise, the scenario wins\n" in result.stdout
    assert json.loads(report.read_text())["summary"]["assumptions"] == {"removal_answer": "200"}
    assert invoke(run, tmp_path, "--no-audit").exit_code == 1


RETRIES = """\
- {okta: assign, user: ada}
- {okta: change_entitlements, user: ada, entitlements: {dev: Member}}
- {okta: retry_task, user: ada, expect: {task: none, invitation: {dev: Member}}}"""


def test_an_assumption_about_okta_is_switched_as_one_about_workato(tmp_path: Path) -> None:
    """On the command line, where the JSON report says so, and by the scenario itself, which wins."""
    (tmp_path / "SC-001.yaml").write_text(text_of(RETRIES, ACME, id_="SC-001"), encoding="utf-8")
    report = tmp_path / "report.json"
    switched = invoke(run, tmp_path, "--assume", "okta_retry=current", "--report", f"json={report}")

    assert invoke(run, tmp_path, "--no-audit").exit_code == 1
    assert switched.exit_code == 0, switched.stdout
    assert "assumed    okta_retry=current; where a scenario says otherwise, the scenario wins\n" in switched.stdout
    assert json.loads(report.read_text())["summary"]["assumptions"] == {"okta_retry": "current"}

    own = f"{ACME}assumptions: {{okta_retry: current}}\n"
    (tmp_path / "SC-001.yaml").write_text(text_of(RETRIES, own, id_="SC-001"), encoding="utf-8")

    assert invoke(run, tmp_path, "--assume", "okta_retry=snapshot").exit_code == 0


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("okta_rety: current", "unknown assumption 'okta_rety'; did you mean 'okta_retry'?"),
        (
            "okta_retry: curent",
            "'curent' is not an alternative of okta_retry; there is snapshot, current; did you mean",
        ),
    ],
)
def test_check_finds_a_misspelt_assumption_about_okta(tmp_path: Path, written: str, message: str) -> None:
    """With the nearest spelling of the name and of the value."""
    given = f"{ACME}assumptions: {{{written}}}\n"
    (tmp_path / "SC-001.yaml").write_text(text_of(RETRIES, given, id_="SC-001"), encoding="utf-8")
    result = invoke(check, tmp_path)

    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (
            "removal_anwser=200",
            "no assumption is called 'removal_anwser'; did you mean 'removal_answer'?  [ASSUME-1]\n",
        ),
        ("okta_rety=current", "no assumption is called 'okta_rety'; did you mean 'okta_retry'?  [ASSUME-1]\n"),
        (
            "okta_retry=curent",
            "okta_retry is one of snapshot, current, not 'curent'; did you mean 'current'?  [ASSUME-1]\n",
        ),
        ("removal_answer=2000", "removal_answer is one of 204, 200, not '2000'; did you mean '200'?  [ASSUME-1]\n"),
        ("removal_answer", "an assumption is given as NAME=VALUE, not 'removal_answer'  [ASSUME-1]\n"),
    ],
)
def test_an_unknown_assumption_ends_a_run_with_2(choice: str, message: str) -> None:
    """Before anything is played, with the nearest spelling."""
    result = invoke(run, "--assume", choice)

    assert (result.exit_code, result.stderr, result.stdout) == (2, message, "")


def test_the_coverage_has_a_line_per_operation() -> None:
    """And the sum at the end."""
    lines = invoke(coverage).stdout.splitlines()

    assert "served    GET     /api/activity_logs" in lines
    assert "declined  GET     /api/managed_users" in lines
    assert lines[-1].endswith("declined")


def test_without_an_audit_nothing_is_said_of_rules(tmp_path: Path) -> None:
    """Scenarios are played once each, and that is all."""
    write_stories(tmp_path, HOLDS)
    result = invoke(run, tmp_path, "--no-audit")

    assert result.exit_code == 0
    assert result.stdout.strip().startswith("scenarios  1 passed, 0 failed")


def test_only_scenarios_that_prove_a_rule_are_played(tmp_path: Path) -> None:
    """Several rules add up."""
    write_stories(tmp_path, HOLDS, FAILS, OTHER)

    assert "scenarios  1 passed, 0 failed" in invoke(run, tmp_path, "--no-audit", "--rule", "AUTH-1").stdout
    assert "scenarios  1 passed, 1 failed" in invoke(run, tmp_path, "--no-audit", "--rule", "PNU-1").stdout
    both = invoke(run, tmp_path, "--no-audit", "--rule", "PNU-1", "--rule", "AUTH-1")
    assert "scenarios  2 passed, 1 failed" in both.stdout


def test_scenarios_are_chosen_by_tag_and_by_text(tmp_path: Path) -> None:
    """Tags and words of id or title, in any case; words of one kind add up, each further kind narrows."""
    for number, (title, tags) in enumerate((("Ada joins", "[join]"), ("Ada leaves", "[leave]"), ("Ben", "[join]")), 1):
        text = text_of(HOLDS, id_=f"SC-00{number}", title=title).replace("given:", f"tags: {tags}\ngiven:")
        (tmp_path / f"SC-00{number}.yaml").write_text(text, encoding="utf-8")

    def played(*arguments: str) -> list[str]:
        report = tmp_path / "r.json"
        invoke(run, tmp_path, "--no-audit", "--report", f"json={report}", *arguments)
        return [each["id"][-1] for each in json.loads(report.read_text(encoding="utf-8"))["scenarios"]]

    assert played("--tag", "join") == ["1", "3"]
    assert played("--tag", "join", "--tag", "leave") == ["1", "2", "3"]
    assert played("--text", "ADA") == ["1", "2"]
    assert played("--text", "sc-003", "--text", "leaves") == ["2", "3"]
    assert played("--tag", "join", "--text", "ada", "--rule", "PNU-1") == ["1"]
    assert "did you mean 'leave'?" in invoke(run, tmp_path, "--tag", "leaves").stderr
    assert (
        "no scenario has the tag join and says 'leaves'"
        in invoke(run, tmp_path, "--tag", "join", "--text", "leaves").stderr
    )


def test_the_last_failures_are_played_again(tmp_path: Path) -> None:
    """Until they pass; what was not played meanwhile is not forgotten. A green run leaves nothing behind."""
    first, second, _ = write_stories(tmp_path, HOLDS, FAILS, HOLDS)
    invoke(run, first, "--no-audit")
    assert not Path(".workato-emulator").exists()

    invoke(run, tmp_path, "--no-audit")
    assert Path(".workato-emulator/.gitignore").read_text(encoding="utf-8") == "*\n"
    assert "scenarios  0 passed, 1 failed" in invoke(run, tmp_path, "--no-audit", "--failed").stdout
    invoke(run, first, "--no-audit")
    second.write_text(text_of(HOLDS, id_="SC-002"), encoding="utf-8")
    assert "scenarios  1 passed, 0 failed" in invoke(run, tmp_path, "--no-audit", "--failed").stdout
    assert invoke(run, tmp_path, "--no-audit", "--failed").exit_code == 2


def test_quiet_and_verbose_say_less_and_more(tmp_path: Path) -> None:
    """The sum alone, or every step."""
    write_stories(tmp_path, HOLDS)
    quiet, verbose = (invoke(run, tmp_path, flag).stdout for flag in ("-q", "-v"))

    assert quiet.splitlines()[0].startswith("scenarios  1 passed")
    assert verbose.startswith("passed SC-001 A small story\n   1 okta assign ada  claims PNU-1\n")


def test_scenarios_of_ones_own_are_not_asked_for_every_rule(tmp_path: Path) -> None:
    """The table has the rules that they claim; the others are counted."""
    write_stories(tmp_path, HOLDS)
    result = invoke(run, tmp_path)

    assert f"{len(known_rules()) - 1} other rules are not claimed by these scenarios" in result.stdout
    assert "unclaimed" not in result.stdout


def test_files_and_folders_may_be_named_together(tmp_path: Path) -> None:
    """A file that is in a folder named as well is played once."""
    first, _ = write_stories(tmp_path, HOLDS, OTHER)

    assert "scenarios  2 passed" in invoke(run, first, tmp_path, "--no-audit").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["nowhere"], "nowhere: no such file or folder", id="no-path"),
        pytest.param([".", "nowhere"], "nowhere: no such file or folder", id="one-path-of-two"),
        pytest.param(["empty"], "empty: no scenarios there", id="empty-folder"),
        pytest.param([".", "--rule", "PNU1"], "no rule is called 'PNU1'; did you mean 'PNU-1'?", id="misspelt-rule"),
        pytest.param([".", "--rule", "qqqq"], "no rule is called 'qqqq'  [RUN-4]\n", id="unknown-rule"),
        pytest.param([".", "--rule", "PNU-2"], "no scenario proves PNU-2", id="unproven-rule"),
        pytest.param([".", "--tag", "slow"], "no tag is called 'slow'  [RUN-4]\n", id="unknown-tag"),
        pytest.param([".", "--text", "Nothing"], "no scenario says 'Nothing'  [RUN-3]\n", id="no-such-text"),
        pytest.param([".", "--failed"], "no scenario failed the last time  [RUN-3]\n", id="nothing-failed"),
        pytest.param([".", "-n", "0"], "0 is not in the range x>=1", id="nobody-plays"),
        pytest.param(
            [".", "--report", "xml=x"],
            "takes html=FILE, json=FILE, junit=FILE, tap=FILE, not 'xml=x'",
            id="report-kind",
        ),
        pytest.param([".", "--report", "jsn=x"], "not 'jsn=x'; did you mean 'json'?  [RUN-5]\n", id="misspelt-report"),
        pytest.param([".", "--report", "json"], "not 'json'  [RUN-5]\n", id="report-file"),
        pytest.param(["nowhere", "--watch"], "nowhere: no such file or folder  [RUN-2]\n", id="watched-path"),
        pytest.param(["SC-001"], "`--text SC-001` chooses a scenario by its id  [RUN-2]\n", id="an-id-as-a-path"),
        pytest.param([""], "the path is empty\n", id="an-unset-variable"),
        pytest.param(
            [".", "--report", "json=r", "--report", "tap=r"],
            "--report tap=r: the report json goes into the same file  [RUN-5]\n",
            id="two-reports-one-file",
        ),
        pytest.param([".", "--report", "json="], "not 'json='", id="report-without-a-file"),
        pytest.param([".", "--seed", "many"], "'many' is not a valid integer", id="seed"),
    ],
)
def test_what_cannot_be_run_exits_with_2(tmp_path: Path, arguments: Sequence[str], said: str) -> None:
    """Nothing is played, nothing is printed but the reason, and the reason names what was wrong."""
    write_stories(tmp_path, HOLDS)
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / each if each in {".", "nowhere", "empty"} else each for each in arguments]
    result = invoke(run, *paths)

    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", [pytest.param(each, id=each.name) for each in (run, check, audit)])
def test_a_broken_file_is_told_by_place(tmp_path: Path, command: click.Command) -> None:
    """One problem anywhere and nothing runs: file, line, column, and the nearest right spelling."""
    write_stories(tmp_path, HOLDS)
    broken = tmp_path / "SC-009.yaml"
    broken.write_text(text_of("- {okta: asign, user: ada}", id_="SC-009"), encoding="utf-8")
    result = invoke(command, tmp_path)

    assert result.exit_code == 2
    assert result.stderr == f"{broken}:18:12: 'asign' is no okta verb; did you mean 'assign'?  [SCN-6]\n"
    assert result.stdout == ""


def test_reports_are_written(tmp_path: Path) -> None:
    """Both kinds at once, beside what the terminal shows, also when something failed."""
    write_stories(tmp_path, HOLDS, FAILS)
    result = invoke(run, tmp_path, "--report", f"json={tmp_path}/r.json", "--report", f"junit={tmp_path}/r=1.xml")
    suite = ET.fromstring((tmp_path / "r=1.xml").read_bytes())  # noqa: S314  (written by ourselves)

    assert result.exit_code == 1
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["summary"]["scenarios"]["failed"] == 1
    assert suite.get("failures") == "1"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        pytest.param(".", "is a folder", id="a-folder"),
        pytest.param("no/such/r.json", "no such folder:", id="no-folder"),
        pytest.param("SC-001.yaml/r.json", "no such folder:", id="below-a-file"),
        pytest.param("SC-001.yaml", "the file is read by this run", id="a-scenario"),
        pytest.param("r" * 300, "the file cannot be written: File name too long", id="a-name-too-long"),
    ],
)
def test_a_report_that_cannot_be_written_is_refused_before_anything_is_played(
    tmp_path: Path, file: str, said: str
) -> None:
    """Exit code 2, the reason, and no result that would be lost."""
    write_stories(tmp_path, HOLDS)
    result = invoke(run, tmp_path, "--no-audit", "--report", f"json={tmp_path / file}")

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_disk_that_fills_up_is_said_after_the_result(tmp_path: Path) -> None:
    """What could not be foreseen costs the report, and not the result."""
    write_stories(tmp_path, HOLDS)
    result = invoke(run, tmp_path, "--no-audit", "--report", "json=/dev/full")

    assert result.exit_code == 2
    assert result.stderr == "/dev/full: No space left on device  [RUN-5]\n"
    assert "scenarios  1 passed" in result.stdout


def test_equal_runs_write_equal_reports(tmp_path: Path) -> None:
    """The same seed gives the same bytes apart from `timing`; another seed gives another report."""
    write_stories(tmp_path, HOLDS, FAILS, OTHER)
    texts = []
    for name, seed in (("one", 4), ("same", 4), ("other", 5)):
        invoke(run, tmp_path, "--seed", seed, "--report", f"json={tmp_path / name}")
        texts.append((tmp_path / name).read_text(encoding="utf-8").partition('"timing"')[0])
    one, same, other = texts

    assert one == same
    assert one.replace('"seed": 4', '"seed": 5') != other


def test_a_sound_library_is_said_to_be_sound(tmp_path: Path) -> None:
    """`check` counts, and runs nothing: scenarios that would fail are sound all the same."""
    write_stories(tmp_path, FAILS)
    one = invoke(check, tmp_path)
    write_stories(tmp_path, FAILS, HOLDS)
    two = invoke(check, tmp_path)

    assert (one.exit_code, one.stdout) == (0, "1 scenario, nothing wrong\n")
    assert (two.exit_code, two.stdout) == (0, "2 scenarios, nothing wrong\n")


def test_what_is_worth_mending_is_a_warning(tmp_path: Path) -> None:
    """A file without the editors' hint is sound, and the hint is asked for."""
    (file,) = write_stories(tmp_path, HOLDS)
    file.write_text(file.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    result = invoke(check, file)

    assert result.exit_code == 0
    assert result.stdout.startswith(f"warning: {file}:1:1: the first line should be")


def test_without_paths_the_library_of_the_tool_is_meant() -> None:
    """`check` finds the scenarios that come with it."""
    result = invoke(check)

    assert result.exit_code == 0
    assert result.stdout.endswith(" scenarios, nothing wrong\n")


def test_rules_are_listed() -> None:
    """A line for every rule of both catalogues: id, standing, sentence."""
    result = invoke(rules)
    lines = result.stdout.splitlines()

    assert result.exit_code == 0
    assert [line.split()[:2] for line in lines] == [[each.id, each.standing] for each in known_rules().values()]
    assert lines[0].endswith(known_rules()["PNU-1"].statement)


@pytest.mark.parametrize("id_", ["PNU-1", "INV-1"])
def test_a_rule_is_explained(id_: str) -> None:
    """Sentence, standing, source, how it is broken, and the scenarios that claim it."""
    result = invoke(rules, id_)
    head, standing, source, broken, *scenarios = result.stdout.splitlines()
    rule = known_rules()[id_]

    assert result.exit_code == 0
    assert head == f"{id_}  {rule.statement}"
    assert standing.split() == ["standing", rule.standing]
    assert source.endswith(rule.source)
    assert broken.startswith("  broken by: ")
    assert scenarios
    assert all(line.startswith("  scenario   ") for line in scenarios)


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        pytest.param("pnu-1", "no rule is called 'pnu-1'; did you mean 'PNU-1'?  [RUN-4]\n", id="case"),
        pytest.param("qqqq", "no rule is called 'qqqq'  [RUN-4]\n", id="nothing-near"),
    ],
)
def test_an_unknown_rule_cannot_be_explained(id_: str, said: str) -> None:
    """Exit code 2 and the nearest spelling, if there is one."""
    result = invoke(rules, id_)

    assert (result.exit_code, result.stderr, result.stdout) == (2, said, "")


def test_an_audit_names_who_notices_and_where(tmp_path: Path) -> None:
    """Every claiming scenario is played against the violation; who stays deaf is named, and no rule is a gap."""
    write_stories(tmp_path, HOLDS, DEAF)
    result = invoke(audit, tmp_path)

    assert result.exit_code == 0
    assert "           SC-001 notices at step 1: expect.invited\n" in result.stdout
    assert "           SC-002 claims it and does not notice\n" in result.stdout
    assert result.stdout.startswith("PNU-1    verified    ")
    assert result.stdout.rstrip().endswith(
        "1 rule noticed when broken, 0 cannot be broken, 0 not shown\n"
        f"{len(known_rules()) - 1} other rules are not claimed by these scenarios"
    )


def test_an_audit_tells_a_failure_from_a_rule_that_is_noticed(tmp_path: Path) -> None:
    """What fails with nothing broken is named with its step; a failure at a step without the claim proves nothing."""
    strays = (
        "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}}\n"
        "- {workato: accept_invitation, user: ada, expect: {member: {dev: Member}}, proves: [PNU-1]}"
    )
    write_stories(tmp_path, strays, f"{FAILS.replace('PNU-1', 'PNU-2')}\n{OTHER}")
    result = invoke(audit, tmp_path)

    assert result.exit_code == 1
    assert "           SC-001 fails at step 1, which does not claim it: expect.invited\n" in result.stdout
    assert "           SC-002 fails at step 1, which claims it, with nothing broken\n" in result.stdout
    assert "           SC-002 fails at step 1, which does not claim it, with nothing broken\n" in result.stdout


def test_claiming_everything_shows_nothing(tmp_path: Path) -> None:
    """A step that claims every rule is believed for those alone whose violation it notices."""
    claims = ", ".join(known_rules())
    write_stories(tmp_path, f"- {{call: listCollaborators, token: wrong, expect: {{status: 401}}, proves: [{claims}]}}")
    result = invoke(audit, tmp_path, "--seed", 3)

    assert result.exit_code == 1
    assert "AUTH-1   verified" in result.stdout
    assert "PNU-1    unnoticed" in result.stdout


@pytest.mark.slow
def test_an_audit_in_which_every_rule_is_noticed_exits_with_0(*, long: bool) -> None:
    """The library that comes with the tool leaves nothing to mend; all of it is audited where there is time."""
    result = invoke(audit) if long else invoke(audit, suites() / "cfg", suites() / "em")

    assert result.exit_code == 0
    assert re.search(r"^\d+ rules noticed when broken", result.stdout, re.MULTILINE)
    assert re.search(r", 0 not shown$", result.stdout, re.MULTILINE)


def test_progress_is_shown_to_people_only(tmp_path: Path) -> None:
    """In a pipe nothing is written but the result."""
    write_stories(tmp_path, HOLDS)
    result = invoke(run, tmp_path)

    assert result.stderr.strip() == ""


def test_a_sweep_shows_what_hangs_on_which_assumption(tmp_path: Path) -> None:
    """In the terminal and in the JSON report. A decisive assumption is a finding and no failure."""
    write_stories(tmp_path, HOLDS)
    report = tmp_path / "report.json"
    result = invoke(run, tmp_path, "--sweep", "-n", "1", "--report", f"json={report}")
    found = [each["status"] for each in json.loads(report.read_text(encoding="utf-8"))["sweep"]]

    assert result.exit_code == 0, result.output
    assert re.search(r"^questions +\d+ harmless, \d+ unconsulted$", result.stdout, re.MULTILINE)
    assert found == sorted(found)  # decisive ones first, unconsulted ones last
    assert {"harmless", "unconsulted"} <= {*found} <= {"decisive", "harmless", "unconsulted"}


def test_a_sweep_plays_in_process_only(tmp_path: Path) -> None:
    """At a served emulator nobody can tell which assumptions were consulted."""
    write_stories(tmp_path, HOLDS)
    result = invoke(run, tmp_path, "--sweep", "--target", "http://localhost:8086")

    assert result.exit_code == 2
    assert "--sweep" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--control-token", "hush"], "--control-token is about a served emulator: add --target URL"),
        (["run", "--replace-state"], "--replace-state is about a served emulator: add --target URL"),
        (["run", "-q", "-v"], "--quiet or --verbose, not both"),
        (["rules", "PNU-1", "--markdown"], "--markdown is about all rules"),
        (["serve", "--seed", ""], "the path is empty"),
        (["serve", "--state", ""], "the path is empty"),
        (["doctor", ""], "the path is empty"),
    ],
    ids=lambda value: None if isinstance(value, str) else "-".join(value),
)
def test_an_option_that_would_mean_nothing_is_refused(arguments: list[str], said: str) -> None:
    """Nothing that somebody wrote on the command line is ignored in silence, and no token is repeated."""
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 2
    assert said in result.stderr
    assert "hush" not in result.stderr


def test_a_control_token_in_the_environment_waits_for_a_target(tmp_path: Path) -> None:
    """It is there for `serve` and for runs at a target; other runs have no use for it."""
    (tmp_path / "SC-001.yaml").write_text(text_of(HOLDS), encoding="utf-8")
    around = {"WORKATO_EMULATOR_CONTROL_TOKEN": "hush"}
    result = CliRunner(env=around).invoke(main, ["run", str(tmp_path), "--no-audit"])

    assert result.exit_code == 0, result.output
