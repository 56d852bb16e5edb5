"""What the reports say, and what they never do."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
import yaml
from rich.console import Console

from okta_scenarios.audit import judge
from okta_scenarios.documents.rulebook import rulebook
from okta_scenarios.language import Library, Scenario
from okta_scenarios.play import run_scenario
from okta_scenarios.play.results import Plain
from okta_scenarios.reports.comparison import compared, read_earlier
from okta_scenarios.reports.differences import difference, is_marked
from okta_scenarios.reports.failures import failure_text
from okta_scenarios.reports.json_report import json_report, report_schema
from okta_scenarios.reports.junit import junit_report
from okta_scenarios.reports.summary import STATUSES, Run
from okta_scenarios.reports.tap import tap_report
from okta_scenarios.reports.terminal import Detail, print_rules, print_run
from okta_scenarios.rules import Unbreakable, Violation, breaking, known_rules, violation_of
from okta_scenarios.selection import Unusable
from workato_emulator.observed import Observed, Sighting

from ..playing import failure, play, scenario, swept

HOLDS = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}, proves: [PNU-1, INV-1]}"
FAILS = """
- {fault: {operation: inviteCollaborator, status: 502, body: "<h1>[bold]Bad[/bold]</h1>"}}
- okta: assign
  user: ada
  entitlements: {dev: Member}
  expect: {invited: true, task: none, message: {absent: true}}
  proves: [PNU-1]
"""
REFUSED = (
    "- {call: listCollaborators, strict: false, token: wrkaus-secret, body: {a: 1}, "
    "expect: {status: 200}, proves: [AUTH-1]}"
)


def run(*scenarios: Scenario, seconds: float = 1.5, audit: bool = True) -> Run:
    results = [run_scenario(each) for each in scenarios]
    return Run(results, judge(scenarios, results) if audit else (), 0, seconds)


def stories() -> tuple[Scenario, ...]:
    return scenario(HOLDS), scenario(FAILS, id_="SC-002"), scenario(REFUSED, id_="SC-003")


def printed(write: Callable[[Console], None]) -> str:
    text = StringIO()
    write(Console(file=text, soft_wrap=True, width=400))
    return text.getvalue()


def terminal(outcome: Run) -> str:
    return printed(lambda console: print_run(console, outcome))


def parsed(outcome: Run) -> ET.Element:
    text = junit_report(outcome)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    return ET.fromstring(text.encode())  # noqa: S314  (we have just written it)


def test_two_runs_give_the_same_bytes_apart_from_timing() -> None:
    """Played twice, `report.json` differs in `timing` at most."""
    one, other = (json_report(run(*stories(), seconds=seconds)) for seconds in (1.0, 2.0))

    assert one != other
    assert one.replace('"seconds": 1.0', '"seconds": 2.0') == other
    assert one.endswith("}\n")


def test_the_json_report_has_its_parts() -> None:
    """Scenarios, rules, a sweep, a summary, a comparison and a timing, each with the agreed keys."""
    report = json.loads(json_report(run(*stories())))
    holds, fails, _ = report["scenarios"]
    rule = report["rules"][0]

    assert list(report) == ["scenarios", "rules", "sweep", "summary", "against", "timing"]
    assert holds == {
        "id": "SC-001",
        "title": "A small story",
        "file": "SC-001.yaml",
        "status": "passed",
        "rules": ["PNU-1", "INV-1"],
        "faults": [],
        "warnings": [],
        "unnoticed": ["INV-1"],
        "family": Path.cwd().name,
        "requests": 3,
        "virtual_seconds": 0,
        "place": 1,
        "failure": None,
    }
    assert (fails["status"], fails["failure"]["step"], fails["failure"]["line"]) == ("failed", 2, 19)
    assert rule == {
        "id": "PNU-1",
        "statement": known_rules()["PNU-1"].statement,
        "source": known_rules()["PNU-1"].source,
        "standing": "documented",
        "status": "failed",
        "scenarios": ["SC-001", "SC-002"],
        "failing": [{"scenario": "SC-002", "step": 2, "claims_it": True}],
        "belongs": None,
        "broken_by": rule["broken_by"],
        "last_seen_live": None,
    }
    assert [each["id"] for each in report["rules"]] == list(known_rules())
    assert report["sweep"] is None
    assert report["timing"] == {"seconds": 1.5}


@pytest.mark.parametrize(
    ("seen", "assumed", "last"),
    [
        ({}, {}, None),
        ({"2026-01-02, eu": "400", "2026-03-04, eu": "400"}, {"protected_removal": "400"}, "2026-03-04"),
        ({"2026-01-02, eu": "400", "2026-03-04, trial": "403"}, {}, None),
        ({"2026-01-02, eu": "400"}, {"protected_removal": "403"}, None),
        ({"2026-01-02, eu": "400"}, {}, None),
    ],
    ids=["not seen", "twice", "two answers", "another is assumed", "settled by nobody"],
)
def test_a_rule_says_when_a_live_tenant_answered_what_it_leaves_open(
    seen: Mapping[str, str], assumed: Mapping[str, str], last: str | None
) -> None:
    """As the run assumes it; a rule that leaves nothing open says nothing."""
    places = {tuple(place.split(", ")): value for place, value in seen.items()}
    sightings = [
        Sighting("protected_removal", date.fromisoformat(day), there, value) for (day, there), value in places.items()
    ]
    outcome = replace(run(*stories()), observed=Observed().and_(sightings), assumptions=assumed)
    report = json.loads(json_report(outcome))

    assert jsonschema_rs.is_valid(json.loads(report_schema()), report)
    said = {each["id"]: each["last_seen_live"] for each in report["rules"]}
    assert {said[id_] for id_ in ("MEM-5", "MEM-6")} == {last}
    assert {each for id_, each in said.items() if id_ not in {"MEM-5", "MEM-6"}} == {None}


def test_a_report_is_as_its_schema_says() -> None:
    """Passed, failed or with nothing broken on purpose; a key that the schema does not know is refused by it."""
    schema = json.loads(report_schema())
    report = json.loads(json_report(run(*stories())))
    unbroken = json.loads(json_report(run(stories()[0], audit=False)))

    assert jsonschema_rs.is_valid(schema, report)
    assert jsonschema_rs.is_valid(schema, unbroken)
    assert not jsonschema_rs.is_valid(schema, report | {"more": 1})


def test_the_summary_counts_everything_once() -> None:
    """Scenarios and rules by their status; the numbers add up."""
    summary = json.loads(json_report(run(*stories())))["summary"]

    assert summary["seed"] == 0
    assert summary["scenarios"] == {
        "total": 3,
        "passed": 1,
        "failed": 2,
        "not_played": 0,
        "with_faults": 1,
    }
    assert summary["complete"] is True
    assert summary["rules"]["total"] == len(known_rules()) == sum(summary["rules"][status] for status in STATUSES)
    assert (summary["rules"]["failed"], summary["rules"]["unnoticed"]) == (2, 1)


def test_a_failure_is_told_in_full_to_machines() -> None:
    """Mismatches, exchanges with both bodies, and the texts of Okta's tasks."""
    told = json.loads(json_report(run(*stories())))["scenarios"][1]["failure"]

    assert told["title"] == "okta assign ada"
    assert told["mismatches"][0]["where"] == "expect.task"
    assert (told["mismatches"][0]["expected"], told["mismatches"][0]["actual"]) == ("none", "failed")
    assert told["exchanges"][2]["request"] == "POST /api/member_invitations"
    assert told["exchanges"][2]["status"] == 502
    assert '"email":"ada@example.test"' in told["exchanges"][2]["sent"]
    assert told["exchanges"][2]["received"] == "<h1>[bold]Bad[/bold]</h1>"
    assert "Bad Gateway" in told["tasks"][0]


def test_a_failure_is_told_in_full_to_people() -> None:
    """Place, step, the rule's sentence, expected and actual, the wire, and the task as an admin reads it."""
    text = failure_text(run_scenario(stories()[1]))
    lines = text.splitlines()

    assert lines[0] == "FAILED SC-002 A small story"
    assert lines[1] == "  SC-002.yaml:19  step 2: okta assign ada"
    assert lines[2] == f"  claims PNU-1: {known_rules()['PNU-1'].statement}"
    assert lines[3:6] == ["  expect.task", "    expected  none", "    actual    failed"]
    assert '    expected  {"absent": true}' in lines
    assert "  on the wire" in lines
    assert "    GET /api/members?email=ada%40example.test" in lines
    assert '      200  {"data":[],"total":0}' in lines
    assert "      502  <h1>[bold]Bad[/bold]</h1>" in lines
    assert lines[-1].startswith("  Okta's task: Automatic provisioning of user Ada")
    assert text.endswith("\n")


def test_a_scenario_that_passed_has_nothing_to_explain() -> None:
    """There is no failure text where nothing failed."""
    assert failure_text(run_scenario(stories()[0])) == ""


def test_a_failure_without_traffic_says_so() -> None:
    """Nothing on the wire is an answer, too."""
    text = failure_text(play("- {check: {}, expect: {people: {ben: {invited: true}}}}"))

    assert "  on the wire: nothing\n" in text
    assert "claims" not in text
    assert "Okta's task" not in text


def test_lists_are_compared_item_by_item() -> None:
    """What both have stays unmarked, also where a wildcard or a missing query stands for it; the rest is marked."""
    expected = ["GET /api/members", "PUT /api/members/*", "DELETE /api/x", "application.push"]
    actual = ["GET /api/members?email=a", "POST /api/y", "PUT /api/members/7", "application.push SUCCESS"]
    lines = list(difference(expected, actual))

    assert lines == [
        "  GET /api/members?email=a",
        "+ POST /api/y",
        "  PUT /api/members/7",
        "- DELETE /api/x",
        "  application.push SUCCESS",
    ]
    assert is_marked(lines)


@pytest.mark.parametrize(
    ("expected", "actual", "lines"),
    [
        pytest.param("a", "b", ["expected  a", "actual    b"], id="words"),
        pytest.param(["a"], [], ["expected  a", "actual    (none)"], id="one-and-none"),
        pytest.param({"matches": "x"}, None, ['expected  {"matches": "x"}', "actual    null"], id="a-matcher"),
        pytest.param(["a", 1], [], ["- a", "- 1"], id="all-missing"),
        pytest.param([], ["a", {"b": 1}], ["+ a", '+ {"b": 1}'], id="all-too-many"),
        pytest.param(["a", "b"], ["b", "a"], ["- a", "  b", "+ a"], id="another-order"),
    ],
)
def test_a_difference_is_shown_in_lines(expected: Plain, actual: Plain, lines: list[str]) -> None:
    """Single values beneath each other, lists in one."""
    assert list(difference(expected, actual)) == lines


def test_a_failure_names_what_fails_with_it() -> None:
    """Claims of other steps are not shown by a scenario that fails, and the reader is told which."""
    story = scenario(f"{FAILS}\n- {{call: listCollaborators, token: x, expect: {{status: 401}}, proves: [AUTH-1]}}")

    assert failure_text(run_scenario(story)).endswith(
        "  claimed at other steps, and not shown by a scenario that fails: AUTH-1\n"
    )


def test_the_first_failure_is_told_in_full_and_the_others_in_short() -> None:
    """Quiet, all of them in short and no table; verbose, all in full after every step."""
    outcome = run(*stories())
    texts = {detail: printed(lambda console, it=detail: print_run(console, outcome, it)) for detail in Detail}  # type: ignore[misc]
    in_full = {detail: text.count("on the wire") for detail, text in texts.items()}

    assert in_full == {Detail.QUIET: 0, Detail.NORMAL: 1, Detail.VERBOSE: 2}
    assert {detail: text.count("FAILED SC-00") for detail, text in texts.items()} == dict.fromkeys(Detail, 2)
    assert "what it says" not in texts[Detail.QUIET]
    assert "expect.task (and 2 more)\n    expected  none\n" in texts[Detail.QUIET]
    assert texts[Detail.VERBOSE].startswith(
        "passed SC-001 A small story\n   1 okta assign ada  claims PNU-1, INV-1\nfailed SC-002 A small story\n"
    )


DEMOTES = """
- {workato: change_roles, user: ben, roles: {dev: Environment admin}}
- {workato: add_collaborator, user: cleo, roles: {dev: Environment admin}}
- {okta: assign, user: ben, entitlements: {dev: Member}, expect: {task: none}}
"""


def test_a_warning_in_the_system_log_is_told() -> None:
    """To machines with the scenario, to people below the step, and to both with what it is about."""
    outcome = run(scenario(DEMOTES), audit=False)
    (warning,) = json.loads(json_report(outcome))["scenarios"][0]["warnings"]
    lines = printed(lambda console: print_run(console, outcome, Detail.VERBOSE)).splitlines()

    assert warning.startswith("application.provision.user.verify_exists SUCCESS WARN ben, workato: ")
    assert "holds Environment admin in dev of workato already, which linking replaces by Member" in warning
    assert lines[lines.index("   3 okta assign ben") + 1] == f"     {warning}"


def test_rules_that_nobody_claims_are_a_number_among_scenarios_of_ones_own() -> None:
    """The table has the rules that were claimed; the rest is one line."""
    part = replace(run(*stories()), whole=False)
    text = terminal(part)

    assert [line.split()[0] for line in text.splitlines() if is_rule(line)] == ["INV-1", "PNU-1", "AUTH-1"]
    assert text.rstrip().splitlines()[-2:] == [
        "rules      1 unnoticed, 2 failed",
        f"{len(known_rules()) - 3} other rules are not claimed by these scenarios",
    ]


def test_a_failed_rule_names_the_step() -> None:
    """In the table, how many of its scenarios failed, which, and the step that each failed at."""
    row = next(line for line in terminal(run(*stories())).splitlines() if line.startswith("PNU-1 "))

    assert "1 of 2 failed: SC-002 at step 2" in row


STRAY = """
- {check: nobody yet, expect: {people: {ada: {member: absent}}}, proves: [PNU-1]}
- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}}
"""
UNNOTICED = f"""UNNOTICED PNU-1 {known_rules()["PNU-1"].statement}
  {breaking(violation_of("PNU-1")).replace("broken by", "broken")}
  claimed by SC-001.yaml:18  step 1: check nobody yet
  the claim belongs at step 2 of SC-001, which fails then: expect.invited
    SC-001.yaml:19  step 2: okta assign ada
"""


def test_an_unnoticed_claim_is_told_with_its_place_and_where_it_belongs() -> None:
    """The rule, how it was broken, file and line of the claim, and of the step that would notice."""
    outcome = run(scenario(STRAY))
    told = json.loads(json_report(outcome))
    rule = next(each for each in told["rules"] if each["id"] == "PNU-1")

    assert UNNOTICED in terminal(outcome)
    assert rule["belongs"] == {"scenario": "SC-001", "step": 2, "where": "expect.invited"}
    assert told["scenarios"][0]["unnoticed"] == ["PNU-1"]
    assert jsonschema_rs.is_valid(json.loads(report_schema()), told)


def test_an_unnoticed_claim_is_a_failure_for_machines_too() -> None:
    """JUnit counts it at each scenario that claims it, and TAP says `not ok`; one that claims it not is as ever."""
    outcome = run(scenario(STRAY), scenario(REFUSED.replace("200", "401"), id_="SC-002"))
    suite = parsed(outcome)
    (failing, fine) = suite.findall("testcase")
    failure = failing.find("failure")

    assert suite.get("failures") == "1"
    assert failure is not None
    assert (failure.get("message"), failure.text) == ("unnoticed: PNU-1", UNNOTICED)
    assert fine.find("failure") is None
    lines = tap_report(outcome).splitlines()
    assert lines[2] == "not ok 1 - SC-001 A small story"
    assert lines[-1] == "ok 2 - SC-002 A small story"
    assert yaml.safe_load("\n".join(lines[4:-2]))["message"] == UNNOTICED.rstrip()


def test_tap_has_a_line_for_every_scenario() -> None:
    """Numbers, verdicts, titles in which nothing looks like a directive, and the explanation as diagnostics."""
    story = scenario(HOLDS, id_="SC-004", title="Not a # TODO")
    lines = tap_report(run(*stories(), story, audit=False)).splitlines()

    assert lines[:4] == ["TAP version 14", "1..4", "ok 1 - SC-001 A small story", "not ok 2 - SC-002 A small story"]
    assert lines[4:8] == [
        "  ---",
        "  at: {file: 'SC-002.yaml', line: 19}",
        "  message: |",
        "    FAILED SC-002 A small story",
    ]
    assert lines[-1] == "ok 4 - SC-004 Not a \\# TODO"
    said = yaml.safe_load("\n".join(lines[5 : lines.index("  ...")]))
    assert said["message"].rstrip() == failure_text(run_scenario(stories()[1])).rstrip()


def test_long_bodies_are_cut_for_people_only() -> None:
    """The terminal shows the beginning and the length; the JSON report has it all."""
    story = scenario(f"- {{call: inviteCollaborator, raw_body: '{'x' * 5_000}', expect: {{status: 200}}}}")
    text = failure_text(run_scenario(story))

    assert "x" * 1_000 + "… (5000 characters)" in text
    assert "x" * 1_001 not in text
    assert "x" * 5_000 in json_report(run(story, audit=False))


def test_equal_tasks_are_one_line_and_many_are_capped() -> None:
    """A person sees twenty tasks and how many more there are, as with exchanges; machines get each."""
    result = play(FAILS)
    step = failure(result)

    def told(*tasks: str) -> str:
        return failure_text(replace(result, steps=(*result.steps[:-1], replace(step, tasks=tasks))))

    assert "Okta's task: Retry me  (x 3)" in told(*["Retry me"] * 3)
    assert told(*map(str, range(30))).count("Okta's task:") == 20
    assert "and 10 more, which the JSON report has" in told(*map(str, range(30)))


def test_the_summary_says_what_is_the_same_on_every_machine() -> None:
    """Requests, time by the scenarios' clocks, families, standings, and the version."""
    story = scenario("[{clock: {advance: 2 days}}, {call: listCollaborators, expect: {status: 200}, proves: [AUTH-1]}]")
    summary = json.loads(json_report(run(story)))["summary"]

    assert (summary["requests"], summary["virtual_seconds"]) == (1, 2 * 86_400)
    assert [each["total"] for each in summary["families"]] == [1]
    assert sum(each["claimed"] for each in summary["standings"].values()) == 1
    assert (summary["version"], summary["commit"]) == (version("workato-emulator"), None)


def test_a_run_is_compared_with_an_earlier_one(tmp_path: Path) -> None:
    """What newly failed, what is fixed, what came and went, and whose status changed: for machines and for people."""
    before = [
        replace(result, id=id_) for id_, result in zip("ABC", [play(HOLDS), play(FAILS), play(HOLDS)], strict=True)
    ]
    now = [replace(result, id=id_) for id_, result in zip("ABD", [play(FAILS), play(HOLDS), play(HOLDS)], strict=True)]
    file = tmp_path / "before.json"
    file.write_text(json_report(Run(before, (), 0, 1.0)), encoding="utf-8")
    later = Run(now, (), 0, 1.0, against=compared(read_earlier(file), now, ()))
    told = json.loads(json_report(later))

    assert told["against"] == {
        "file": "before.json",
        "newly_failed": ["A"],
        "fixed": ["B"],
        "still_failed": [],
        "added": ["D"],
        "not_played": ["C"],
        "rules": [],
    }
    assert "against    newly failed: A" in terminal(later)
    assert "before.json: nothing is different" in terminal(
        replace(later, against=compared(read_earlier(file), before, ()))
    )


@pytest.mark.parametrize("text", ["", "[]", '{"scenarios": [1], "rules": []}', "nonsense"])
def test_an_earlier_report_has_to_be_one(tmp_path: Path, text: str) -> None:
    """Any other file is refused by its name."""
    file = tmp_path / "odd.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(Unusable, match=r"odd\.json: this is not a JSON report"):
        read_earlier(file)


def test_the_terminal_shows_failures_then_rules_then_the_sum() -> None:
    """In this order, and what a server sent is text and never markup."""
    text = terminal(run(*stories()))

    assert text.index("FAILED SC-002") < text.index("FAILED SC-003") < text.index("what it says")
    assert "<h1>[bold]Bad[/bold]</h1>" in text
    assert text.rstrip().splitlines()[-3:] == [
        "scenarios  1 passed, 2 failed, in 1.5 s (seed 0)",
        "faults     armed by SC-002",
        "rules      1 unnoticed, 2 failed, " + f"{len(known_rules()) - 3} unclaimed",
    ]


def test_what_is_assumed_stands_first_in_the_table() -> None:
    """Rules are listed by standing, assumed before observed before documented, each in the catalogue's order."""
    standings = [
        known_rules()[line.split()[0]].standing for line in terminal(run(*stories())).splitlines() if is_rule(line)
    ]

    assert len(standings) == len(known_rules())
    assert standings == sorted(standings, key=["assumed", "observed", "documented"].index)


def is_rule(line: str) -> bool:
    return line.partition(" ")[0] in known_rules()


def test_many_scenarios_of_a_rule_are_counted() -> None:
    """The table names three and says how many more there are."""
    text = terminal(run(*(scenario(HOLDS, id_=f"SC-00{number}") for number in range(1, 6))))

    assert "SC-001, SC-002, SC-003 +2" in text
    assert "  and by 2 more\n" in text
    assert "SC-004" not in text


def test_without_an_audit_there_is_no_table() -> None:
    """A run that broke nothing has nothing to say about rules."""
    text = terminal(run(stories()[0], audit=False))

    assert text == "\nscenarios  1 passed, 0 failed, in 1.5 s (seed 0)\n"
    assert printed(lambda console: print_rules(console, ())) == ""


def test_junit_has_a_case_for_every_scenario() -> None:
    """One suite with counts; a failed case carries the explanation, every case the rules it proves."""
    suite = parsed(run(*stories(), audit=False))
    cases = suite.findall("testcase")

    assert suite.attrib == {
        "name": "okta-to-workato",
        "tests": "3",
        "failures": "2",
        "errors": "0",
        "time": "1.500",
    }
    assert [(case.get("classname"), case.get("name")) for case in cases] == [
        (f"SC-00{number}", f"SC-00{number} A small story") for number in (1, 2, 3)
    ]
    assert [each.attrib for each in cases[0].iter("property")] == [
        {"name": "rule", "value": "PNU-1"},
        {"name": "rule", "value": "INV-1"},
    ]
    assert cases[0].find("failure") is None
    failure = cases[1].find("failure")
    assert failure is not None
    assert failure.get("message") == "step 2: expect.task: expected none, actual failed (and 2 more)"
    assert [(case.get("file"), case.get("line")) for case in cases[:2]] == [("SC-001.yaml", "1"), ("SC-002.yaml", "19")]
    assert failure.text == failure_text(run_scenario(stories()[1]))


def test_junit_is_xml_whatever_the_characters() -> None:
    """Control characters have no place in XML and are written as escapes; everything else comes through."""
    odd = r"<&> \u0007 \u001b[31m \ufffe ü 🎉 ]]>"
    story = scenario(
        f'- {{call: inviteCollaborator, raw_body: "{odd}", expect: {{headers: {{"x-{odd}": "{odd}"}}}}}}', title=odd
    )
    (case,) = parsed(run(story, audit=False)).findall("testcase")
    seen = r"<&> \x07 \x1b[31m " + "\ufffd ü 🎉 ]]>"
    failure = case.find("failure")

    assert case.get("name") == f"SC-001 {seen}"
    assert failure is not None
    assert failure.get("message") == f"step 1: expect.headers.x-{seen}: expected {seen}, actual (absent)"
    assert f"    expected  {seen}" in str(failure.text)


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(json_report, id="json"),
        pytest.param(junit_report, id="junit"),
        pytest.param(tap_report, id="tap"),
        pytest.param(terminal, id="terminal"),
    ],
)
def test_no_report_gives_a_token_away(report: Callable[[Run], str]) -> None:
    """Neither the header nor any token appears, not even of a call that was refused for it."""
    text = report(run(*stories()))

    assert "SC-003" in text
    assert "uthorization" not in text.replace(known_rules()["AUTH-1"].statement, "")
    assert "Bearer" not in text
    assert "wrkaus-" not in text


def test_the_rule_book_has_every_rule_once() -> None:
    """Each rule with sentence, standing and source, how it is broken, and the scenarios that claim it."""
    text = rulebook(Library(stories()))
    rules = known_rules()
    headings = [line[4:] for line in text.splitlines() if line.startswith("### ")]

    assert sorted(headings) == sorted(rules)
    assert "\n- scenarios: SC-001, SC-002\n" in text
    assert "\n- scenarios: none\n" in text
    assert f"\n{rules['PNU-1'].statement}\n\n- documented: {rules['PNU-1'].source}\n- broken by: " in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_how_a_rule_is_broken_is_said_in_a_sentence() -> None:
    """Or why it cannot be."""
    assert breaking(Violation("X-1", "Nothing holds.")) == "broken by: Nothing holds."
    assert breaking(Unbreakable("X-1", "nothing upholds it")) == "cannot be broken: nothing upholds it"


def test_assumptions_that_nothing_consulted_share_a_line() -> None:
    """The table has the others, so that a sweep of a few scenarios fits a screen."""
    findings = swept(scenario(HOLDS))
    open_ones = [each.question.id for each in findings if each.weight == "unconsulted"]
    lines = terminal(replace(run(scenario(HOLDS)), findings=findings)).splitlines()

    assert len(open_ones) > 40
    assert f"unconsulted: {', '.join(open_ones[:3])} +{len(open_ones) - 3}" in lines
    assert not [line for line in lines if line.partition(" ")[0] in open_ones]
    assert len([line for line in lines if line.partition(" ")[0] == "invitation_lifetime"]) == 1
