"""What a step did, in a sentence."""

import re

import pytest

from okta_scenarios.language.models.scenario import VERBS
from okta_scenarios.play import run_scenario

from ..playing import scenario

TWO = """
workspaces: {beta: {}, prod: {}}
okta:
  north: {apps: {workato-beta: {workspace: beta}}, people: [ada, ben, cleo, dot]}
  south: {apps: {workato: {workspace: prod}}, people: [ada]}
people: {ada: {name: Ada Example}}
"""


def _said(step: str, *given: str) -> str:
    place = ", workspace: beta" if given else ""
    steps = f"[{step}, {{call: listEnvironmentRoles{place}}}]"
    return run_scenario(scenario(steps, *given), closely=True).steps[0].said


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("{okta: assign, user: ada, entitlements: {dev: Member}}", "Okta admin assigns Ada to *workato*, dev: Member"),
        ("{okta: assign, users: [ada, ben]}", "Okta admin assigns Ada and Ben to *workato*"),
        ("{workato: accept_invitation, user: eve}", "Eve accepts the invitation to *acme*"),
        ("{workato: accept_invitation, users: [eve, ada]}", "Eve and Ada accept the invitation to *acme*"),
        ("{okta: change_entitlements, user: ben, entitlements: {}}",
         "Okta admin changes what Ben has in *workato* to nothing"),
        ("{okta: configure_app, token: wrkaus-hidden}", "Okta admin changes the settings of *workato*, another token"),
        ("{okta: configure_app, provisioning: {update: false}}",
         "Okta admin changes the settings of *workato*, update: false"),
        ("{clock: {advance: 3 days}}", "Time moves on by 3 days"),
        ("{fault: {operation: listCollaborators, status: 502, count: 2}}",
         "Workato is made to fail: each of the next 2 calls of listCollaborators answers 502"),
        ("{call: listCollaborators}", "API client *default* calls listCollaborators"),
        ("{check: nobody is left, expect: {tasks: 0}}", "nobody is left"),
        ("{workato: delete_role, role: Auditor, during: listEnvironmentRoles}",
         "Workato admin deletes the role *Auditor*, while listEnvironmentRoles is under way"),
    ],
)  # fmt: skip
def test_a_step_says_what_it_did(step: str, said: str) -> None:
    """Who, what, about whom and with what; a token is never said."""
    assert _said(step) == said


def test_several_orgs_are_told_apart() -> None:
    """Whose administrator it was is said where there is more than one; a first name is the one that is given."""
    assert _said("{okta: assign, org: north, users: [ada, ben, cleo, dot]}", TWO) == (
        "Okta admin of *north* assigns Ada and 3 others to *workato-beta*"
    )


def test_a_day_is_counted_from_the_first() -> None:
    """By the scenario's own clock, in the zone in which the emulator keeps time."""
    story = scenario(
        "[{clock: {advance: 2 days}}, {call: listCollaborators}]",
        "clock: {start: '2026-03-02T09:00:00+02:00'}\nworkspaces: {acme: {}}",
    )
    first, second = run_scenario(story, closely=True).steps

    assert (first.when, second.when) == ("day 1, 07:00", "day 3, 07:00")


@pytest.mark.parametrize("shape", [shape for verbs in VERBS.values() for shape in verbs.values()])
def test_every_verb_has_a_sentence_of_its_own_keys(shape: type) -> None:
    """What stands in braces is a key of the verb, or one of the words that every verb has."""
    keys = set(re.findall(r"\{(\w+)\}", shape.says))  # type: ignore[attr-defined]

    assert keys
    assert keys <= {*shape.model_fields, "who", "s", "has", "admin"}  # type: ignore[attr-defined]
