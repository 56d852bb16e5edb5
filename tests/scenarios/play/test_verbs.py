"""Every verb of the language, played once: it does what it says, and something shows of it."""

from textwrap import dedent

import pytest

from okta_org import AppSettings, MatchCriterion
from okta_scenarios.language.models.given import Provisioning
from okta_scenarios.language.models.okta_apps import Switches
from okta_scenarios.language.models.scenario import KINDS, VERBS
from okta_scenarios.play import run_scenario
from okta_scenarios.play.harness import switches_of
from okta_scenarios.reports.failures import failure_text

from ..playing import ACME, scenario
from .okta_stories import OKTA
from .workato_stories import WORKATO

OFF = ACME.replace("{workspace: acme}", "{workspace: acme, provisioning: {enabled: false}}")

WITH_SCIM = ACME.replace(
    "{workato: {workspace: acme}}", "{workato: {workspace: acme}, scim: {workspace: acme, road: scim}}"
)

WITH_SIGN_INS = ACME.replace("clients: {audit: {}}", "clients: {audit: {}}\n    scim: {jit: true, role_sync: true}")

STORIES: dict[str, str] = {
    **OKTA,
    **WORKATO,
    "clock": """
      - clock: {advance: 1h30m}
        expect: {changed: none, requests: none}
    """,
    "fault": """
      - fault: {operation: listCollaborators, status: 503, body: {message: Down}, headers: {X-Reason: rest}}
      - call: listCollaborators
        expect: {status: 503, body: {message: Down}, exact: true, headers: {x-reason: rest}}
      - call: listCollaborators
        expect: {status: 200}
    """,
    "call": """
      - call: addGroupMembers
        path: {id: {group_id: Payroll}}
        query: {user_ids: [{member_id: ben}]}
        expect: {status: 204, changed: none}
    """,
    "check": """
      - check: Ben is in
        expect: {people: {ben: {member: {dev: Member}}}}
    """,
}


@pytest.mark.parametrize("verb", STORIES)
def test_a_verb_does_what_it_says(verb: str) -> None:
    """The story of each verb holds, up to its last step."""
    usual = WITH_SCIM if "app: scim" in STORIES[verb] else ACME
    given = {"okta provision_user": OFF, "workato sign_in": WITH_SIGN_INS}.get(verb, usual)
    story = scenario(dedent(STORIES[verb]), given)
    kind, _, name = verb.partition(" ")
    shape = VERBS[kind][name] if name else KINDS[kind]

    assert any(type(step) is shape for step in story.steps)
    result = run_scenario(story)
    assert failure_text(result) == ""
    assert len(result.steps) == len(story.steps)


def test_every_verb_of_the_language_has_a_story() -> None:
    """A verb that the language takes and nobody acts out would be found here."""
    verbs = {f"{kind} {verb}" for kind, verbs in VERBS.items() for verb in verbs} | KINDS.keys()

    assert verbs ^ STORIES.keys() == set()


def test_the_switches_of_the_language_are_those_of_the_org() -> None:
    """Each has its counterpart, and without a word about it both sides take the same for granted."""
    assert AppSettings(**switches_of(Provisioning())) == AppSettings()
    assert Switches.model_fields.keys() - Provisioning.model_fields.keys() == {"active"}


def test_a_step_sets_the_switches_that_it_names() -> None:
    """Under the org's names, and nothing of what it leaves out."""
    chosen = switches_of(Switches(create=False, exact_match="USERNAME"))

    assert chosen == {"create_users": False, "exact_match": MatchCriterion.USERNAME}
