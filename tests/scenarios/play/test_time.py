"""Time in a scenario: it stands still, and what falls due while it is moved happens in its order."""

import json
from datetime import timedelta

import pytest

from okta_scenarios.play.acts import act
from okta_scenarios.play.harness import Harness, Unplayable
from okta_scenarios.reports.failures import failure_text

from ..playing import play, scenario

TWO_ORGS = """
workspaces: {acme: {}}
okta:
  east: {apps: {workato: {workspace: acme}}, people: [ada]}
  west: {apps: {workato: {workspace: acme}}, people: [bea]}
"""
LIMITED = """
- {fault: {operation: inviteCollaborator, status: 429, headers: {Retry-After: "%s"}}}
- {okta: assign, org: %s, user: %s, entitlements: {dev: Member}, expect: {task: paused}}
"""


def test_what_falls_due_on_the_way_happens_in_the_order_of_its_time() -> None:
    """Retries of two orgs are due at different moments of one advance, and each is sent when it is due."""
    result = play(
        LIMITED % (400, "east", "ada")
        + LIMITED % (100, "west", "bea")
        + "- {clock: {advance: 10m}, expect: {changed: [acme/invitations/ada, acme/invitations/bea]}}",
        TWO_ORGS,
    )

    assert failure_text(result) == ""
    sent = [json.loads(each.request)["email"] for each in result.steps[-1].exchanges if each.method == "POST"]
    assert sent == ["bea@example.test", "ada@example.test"]


def test_what_is_due_later_is_left_waiting() -> None:
    """An advance that ends before, or just before, a retry is due sends nothing; the instant itself is enough."""
    result = play(
        LIMITED % (600, "east", "ada")
        + """
- {clock: {advance: 9m59s}, expect: {requests: none, people: {ada: {org: east, task: paused}}}}
- {clock: {advance: 1s}, expect: {changed: [acme/invitations/ada], people: {ada: {org: east, task: none}}}}
""",
        TWO_ORGS,
    )

    assert failure_text(result) == ""


def test_a_retry_that_is_limited_again_waits_twice_as_long() -> None:
    """Within one advance a task may come due more than once: after 100, 200 and 400 seconds more."""
    result = play(
        "- {fault: {operation: inviteCollaborator, status: 429, count: 3, headers: {Retry-After: '100'}}}\n"
        "- {okta: assign, org: east, user: ada, entitlements: {dev: Member}}\n"
        "- {clock: {advance: 699s}, expect: {people: {ada: {org: east, task: paused}}}}\n"
        "- {clock: {advance: 1s}, expect: {people: {ada: {org: east, task: none, invited: true}}}}\n",
        TWO_ORGS,
    )

    assert failure_text(result) == ""


def test_the_clock_ends_where_it_was_meant_to() -> None:
    """Stops on the way do not add up to more, or less, than was asked for."""
    story = scenario(LIMITED % (100, "east", "ada") + "- {clock: {advance: 1h}}", TWO_ORGS)
    harness = Harness(story, 0)
    start = harness.now()
    for step in story.steps:
        act(harness, step)

    assert harness.now() - start == timedelta(hours=1)
    assert harness.orgs["east"].tasks.history[-1].updated_at - start == timedelta(seconds=100)


def test_a_moment_beyond_the_calendar_cannot_be_reached() -> None:
    """The clock stays where it was."""
    harness = Harness(scenario("- {check: {}, expect: {people: {ada: {task: none}}}}"), 0)
    start = harness.now()

    with pytest.raises(Unplayable):
        harness.advance(timedelta(days=9_999_999))
    assert harness.now() == start


def test_the_clock_starts_where_it_is_told() -> None:
    """Timestamps on the wire follow the given start."""
    result = play(
        "- {workato: create_group, group: New}\n- {call: listCollaboratorGroups}",
        'clock: {start: "2031-05-06T18:00:00Z"}\nworkspaces: {acme: {}}',
    )

    assert '"created_at":"2031-05-06T' in result.steps[-1].exchanges[0].response
