"""A step that fails says why, and repeats no secret in any report."""

from dataclasses import replace

import pytest

from okta_scenarios.play import run_scenario
from okta_scenarios.reports.failures import failure_in_short, failure_text
from okta_scenarios.reports.html_report import html_report
from okta_scenarios.reports.json_report import json_report
from okta_scenarios.reports.junit import junit_report
from okta_scenarios.reports.summary import Run
from okta_scenarios.reports.tap import tap_report
from okta_scenarios.reports.terminal import Detail, print_run

from ..playing import scenario
from .test_reports import printed

SECRET = "s3cr3t.Pa55.word"

STEPS = {
    "sent and refused": (
        f"- {{call: listCollaborators, token: {SECRET}, query: {{email: {SECRET}}}, expect: {{status: 200}}}}"
    ),
    "a client's new token": (
        f"- {{workato: change_client, client: default, token: {SECRET}}}\n"
        f"- {{call: listCollaborators, token: {SECRET}, query: {{email: {SECRET}}}, expect: {{status: 500}}}}"
    ),
    "a token that was replaced": (
        f"- {{workato: change_client, client: default, token: {SECRET}}}\n"
        "- {workato: change_client, client: default, token: n3w.t0ken.here}\n"
        f"- {{call: listCollaborators, query: {{email: n3w.t0ken.here{SECRET}}}, expect: {{status: 500}}}}"
    ),
    "a credential in a body": (
        "- {call: inviteCollaborator, strict: false, body: {name: A, email: a@example.test, password: "
        + SECRET
        + ", nested: [{tokens: ["
        + SECRET
        + "]}]}, expect: {status: 500}}"
    ),
    "a body that is no JSON": f"- {{call: inviteCollaborator, raw_body: 'token={SECRET}&x', expect: {{status: 500}}}}",
    "what was expected": f"- {{call: listCollaborators, expect: {{status: 200, body: {{token: {SECRET}}}}}}}",
    "a header that was expected": f"- {{call: listCollaborators, expect: {{headers: {{Authorization: {SECRET}}}}}}}",
    "an app that got another token": (
        f"- {{okta: configure_app, token: {SECRET}, expect: {{refused: nothing, message: {SECRET}}}}}"
    ),
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_no_report_of_a_failing_step_repeats_a_secret(steps: str) -> None:
    """In the terminal, JSON, JUnit, TAP, HTML, and what pytest shows."""
    result = run_scenario(scenario(steps), closely=True)
    run = Run((result,), (), 0, 1.0)
    texts = {
        "terminal": printed(lambda console: print_run(console, run, Detail.VERBOSE)),
        "json": json_report(run),
        "junit": junit_report(run),
        "tap": tap_report(run),
        "html": html_report(run),
        "pytest": failure_text(result) + failure_in_short(result),
    }

    assert result.failure is not None
    assert [report for report, text in texts.items() if SECRET in text or "n3w.t0ken" in text] == []


def test_a_new_token_of_the_api_is_in_no_report() -> None:
    """It is shown once, to whoever asked for it."""
    steps = "- {call: regenerateApiClientToken, path: {id: {client_id: default}}, expect: {status: 599}}"
    result = run_scenario(scenario(steps))

    assert result.failure is not None
    assert '"value":"[redacted]"' in result.failure.exchanges[0].response
    assert "wrkaus-" not in failure_text(result)


def test_what_is_no_secret_is_reported_to_the_byte() -> None:
    """A body is not rewritten because it was looked at."""
    result = run_scenario(
        scenario('- {call: inviteCollaborator, raw_body: \'{"name" :  "%41"}\', expect: {status: 500}}')
    )

    assert result.failure is not None
    assert result.failure.exchanges[0].request == '{"name" :  "%41"}'


def test_no_report_repeats_a_secret_of_a_title_a_tag_or_a_warning() -> None:
    """Also where everything passes."""
    given = f"""
    workspaces:
      acme:
        collaborators:
          ada: {{roles: {{dev: Environment admin}}}}
          eve: {{roles: {{dev: Environment admin}}}}
    okta: {{o: {{apps: {{w: {{workspace: acme}}}}, people: [ada]}}}}
    people: {{ada: {{name: Ada password={SECRET}}}}}
    """
    steps = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {member: {dev: Member}}}"
    told = replace(scenario(steps, given, title=f"With token={SECRET}"), tags=(f"secret: {SECRET}",))
    result = run_scenario(told)
    run = Run((result,), (), 0, 1.0)

    assert result.status == "passed"
    assert any("Ada" in warning for step in result.steps for warning in step.warnings)
    for report in (html_report, json_report, junit_report, tap_report):
        assert SECRET not in report(run)
    assert SECRET not in printed(lambda console: print_run(console, run, Detail.VERBOSE))
