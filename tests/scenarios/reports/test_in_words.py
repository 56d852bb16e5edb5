"""Expectations that were not met, as sentences."""

import pytest

from okta_scenarios.play import Mismatch
from okta_scenarios.play.results import Plain
from okta_scenarios.reports.in_words import sentence


@pytest.mark.parametrize(
    ("where", "expected", "actual", "said"),
    [
        ("expect.invited", True, False, "Expected an invitation; there was none"),
        ("expect.people.ada.invited", False, True, "Expected no invitation for Ada; there was one"),
        ("expect.member", "absent", {"dev": "Member"}, "Expected no collaborator; there was one, with dev: Member"),
        ("expect.invitation", {"dev": "Member"}, "absent", "Expected an invitation with dev: Member; there was none"),
        ("expect.member.dev", "Member", "No access",
         "Expected the collaborator to have Member in dev; it had No access"),
        ("expect.task", "none", "failed", "Expected no task in Okta; there was a task that failed"),
        ("expect.message", {"contains": "wait"}, "(none)",
         "Expected Okta to say something with “wait” in it; it said nothing"),
        ("expect.refused", "(done)", "no such app", "Expected it to be done; it was refused: no such app"),
        ("expect.refused", "no such app", None, "Expected it to be refused with “no such app”; it was done"),
        ("expect.lost", "(answered)", "ReadTimeout", "Expected an answer; none came: ReadTimeout"),
        ("expect.requests", ["GET /a"], [], "Expected 1 request to Workato; there was none"),
        ("expect.requests", [], ["GET /a", "GET /b"], "Expected no request to Workato; there were 2"),
        ("expect.events", ["a"], ["b"], "Expected 1 event in the System Log; there was 1, and not the same"),
        ("expect.changed.none_of", "none of a", "a", "Expected changes at Workato: none of a; there was a"),
        ("expect.status", 200, 401, "Expected the HTTP status to be 200; it was 401"),
        ("expect.body.id", {"member_id": "ada"}, "(absent)",
         "Expected id in the answer to be the member id of “ada”; it was absent"),
        ("expect.headers.Retry-After", "60", None, "Expected the header Retry-After to be 60; it was nothing"),
        ("expect.sent.PUT /api/members/*.env_roles.0.name", "Member", "NoAccess",
         "Expected env_roles.0.name in what PUT /api/members/* sent to be Member; it was NoAccess"),
        ("expect.sent.PUT /api/members/*", {"absent": True}, "",
         "Expected what PUT /api/members/* sent to be absent; it was empty"),
        ("expect.values.details.email.type", "EMAIL", "STRING",
         "Expected what Okta knows of details.email.type to be EMAIL; it was STRING"),
        ("expect.imported.new_groups", 1, 0, "Expected the import's number of new groups to be 1; it was 0"),
        ("expect.groups.R/D.members", ["ada"], ["ben"], "Expected the group's members of R/D to be ada; it was ben"),
        ("step", "(can be played)", "unknown group 'X'", "The step cannot be played: unknown group 'X'"),
        ("given", "(can be set up)", "no room", "What is given cannot be set up: no room"),
        ("fault.count", "2 of 2 calls go wrong", "1 did", "Expected that 2 of 2 calls go wrong; 1 did"),
        ("expect.something_new", "a", "b", "Expected something_new to be a; it was b"),
    ],
)  # fmt: skip
def test_a_mismatch_is_said_in_a_sentence(where: str, expected: Plain, actual: Plain, said: str) -> None:
    """What was expected, and what was there: for people, groups, lists, answers, and steps that could not be."""
    assert sentence(Mismatch(where, expected, actual)) == said


def test_a_long_value_is_cut() -> None:
    """A sentence stays one; the difference beside it shows everything."""
    assert len(sentence(Mismatch("expect.body", "x" * 5_000, "y" * 5_000))) < 500
