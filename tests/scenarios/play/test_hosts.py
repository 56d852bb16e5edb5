"""Which host an app instance calls, and that a token works at its own data center's only."""

from pathlib import Path

import pytest

from okta_scenarios.language.loader import read_scenario
from okta_scenarios.language.problems import Problem
from okta_scenarios.play import vocabulary
from okta_scenarios.play.dry_run import flaws

from ..playing import mismatch, play, text_of

TWO_CENTERS = """
workspaces: {acme: {}, emea: {data_center: eu}, lone: {data_center: workato.lone.example.test}}
okta:
  acme-okta:
    apps: {us: {workspace: acme}, eu: {workspace: emea}, own: {workspace: lone}}
    people: [ada]
"""
ONE_APP = """
workspaces: {acme: {}, emea: {data_center: eu}}
okta: {acme-okta: {apps: {workato: {workspace: acme%s}}, people: [ada]}}
"""
ASSIGN = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {changed: [%s/invitations/ada]}}"


def problems_of(steps: str, given: str) -> list[str]:
    problems: list[Problem] = []
    read_scenario(text_of(steps, given), Path("SC-001.yaml"), vocabulary(), problems, flaws)
    return [f"{each.line}: {each.message}" for each in problems]


def test_every_app_calls_the_host_of_its_workspace() -> None:
    """Without a word about hosts, in each data center and in a private one."""
    result = play(
        """
        - {okta: assign, app: us, user: ada, entitlements: {dev: Member}, expect: {changed: [acme/invitations/ada]}}
        - {okta: assign, app: eu, user: ada, entitlements: {dev: Member}, expect: {changed: [emea/invitations/ada]}}
        - {okta: assign, app: own, user: ada, entitlements: {dev: Member}, expect: {changed: [lone/invitations/ada]}}
        """,
        TWO_CENTERS,
    )

    assert result.status == "passed", result.failure


@pytest.mark.parametrize(
    "connection",
    [
        pytest.param("client: default, workspace: emea", id="a token of another data center"),
        pytest.param("host: app.eu.workato.com", id="the host of another data center"),
        pytest.param("token: wrkaeu-emea-default", id="a dead token"),
        pytest.param('token: ""', id="no token"),
    ],
)
def test_a_connection_that_does_not_work_is_not_saved(connection: str) -> None:
    """The app goes on with what it had."""
    step = f"- {{okta: configure_app, {connection}, expect: {{refused: {{matches: .}}, changed: none}}}}\n"
    result = play(step + ASSIGN % "acme", ONE_APP % "")

    if connection == 'token: ""':
        assert mismatch(result).where == "step"
    else:
        assert result.status == "passed", result.failure


def test_an_app_moves_with_host_and_token() -> None:
    """What it does happens in the other workspace from then on; another host of its data center changes nothing."""
    result = play(
        """
        - {okta: configure_app, host: app.workato.com}
        - {okta: test_credentials, expect: {requests: [GET /api/members]}}
        - {okta: configure_app, client: default, workspace: emea, host: app.eu.workato.com}
        """
        + ASSIGN % "emea",
        ONE_APP % ", host: www.workato.com",
    )

    assert result.status == "passed", result.failure


def test_a_host_where_the_token_is_not_alive_cannot_be_given() -> None:
    """Okta would never have saved it; a host that nobody has is a slip."""
    (foreign,) = problems_of(ASSIGN % "acme", ONE_APP % ", host: app.eu.workato.com")
    (unknown,) = problems_of(ASSIGN % "acme", ONE_APP % ", host: app.eu.workatoo.com")

    assert foreign.startswith("6: app.eu.workato.com is not a host of acme: acme lives in the data center us, at ")
    assert unknown == "6: unknown host 'app.eu.workatoo.com'"


def test_the_workspace_of_a_client_needs_the_client() -> None:
    """Alone it would say nothing."""
    (problem,) = problems_of("- {okta: configure_app, host: app.workato.com, workspace: emea}", ONE_APP % "")

    assert "name the client" in problem
