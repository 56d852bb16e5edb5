"""Calls, held against the names that their operation knows: what nobody reads is told with what was meant."""

from pathlib import Path

import pytest

from okta_scenarios.language.loader import read_scenario
from okta_scenarios.language.problems import Problem
from okta_scenarios.play import vocabulary

from ..playing import text_of

GRANT = "- {call: addGroupMembers, path: {id: {group_id: Payroll}}, body: %s}"
INVITE = "- {call: inviteCollaborator, body: %s}"
LIST = "- {call: listCollaborators, expect: %s}"
SO = "; `strict: false` sends it all the same"


def problems(steps: str) -> list[tuple[int, int, str]]:
    found: list[Problem] = []
    read_scenario(text_of(steps), Path("SC-001.yaml"), vocabulary(), found)
    return [(each.line, each.column, str(each).split(": ", 1)[1].rpartition("  [")[0]) for each in found]


CASES = {
    "a misspelt query parameter": (
        "- {call: listCollaborators, query: {emial: ▶ada}}",
        f"unknown query parameter of listCollaborators: 'emial'{SO}; did you mean 'email'?",
    ),
    "a query parameter of an operation that has none": (
        "- {call: getCollaborator, path: {id: 7}, query: {email: ▶ada}}",
        f"unknown query parameter of getCollaborator: 'email'; there is none{SO}",
    ),
    "a misspelt field": (
        INVITE % "{name: Ada, emial: ▶ada@example.test}",
        f"unknown field of inviteCollaborator: 'emial'{SO}; did you mean 'email'?",
    ),
    "a misspelt field of an item": (
        INVITE % "{env_roles: [{environment_type: dev, role: ▶Member}]}",
        f"unknown field of inviteCollaborator: 'role'{SO}; did you mean 'role_type'?",
    ),
    "a body that nobody reads": (
        "- {call: listCollaborators, body: ▶{a: 1}}",
        f"listCollaborators takes no body{SO}",
    ),
    "a misspelt look-up in a path": (
        "- {call: getCollaborator, path: {id: ▶{membr_id: ben}}}",
        "'membr_id' is not a look-up word; path parameters hold no mapping; did you mean 'member_id'?",
    ),
    "a misspelt look-up in a query": (
        "- {call: listCollaborators, query: {email: [▶{emial_of: ben}]}}",
        "'emial_of' is not a look-up word; query parameters hold no mapping; did you mean 'email_of'?",
    ),
    "a misspelt look-up in a body": (
        GRANT % "{user_ids: [{membr_id: ▶ben}]}",
        "'membr_id' is not a look-up word; did you mean 'member_id'?",
    ),
    "a misspelt look-up in a field that may hold anything": (
        INVITE % "{email: {emailof: ▶ada}}",
        "'emailof' is not a look-up word; did you mean 'email_of'?",
    ),
    "a misspelt look-up in an expected body": (
        LIST % "{body: {data: [{id: {member_idd: ▶ben}}]}}",
        "'member_idd' is neither a look-up nor a matcher; did you mean 'member_id'?",
    ),
    "a misspelt matcher in an expected body": (
        LIST % "{body: {data: [{name: {mathces: ▶Ben}}]}}",
        "'mathces' is neither a look-up nor a matcher; did you mean 'matches'?",
    ),
    "the absence of a misspelt header": (
        LIST % "{headers: {Retry-Aftr: ▶{absent: true}}}",
        "'Retry-Aftr' is a header of no answer, so that it is absent shows nothing; did you mean 'Retry-After'?",
    ),
    "the absence of a misspelt key": (
        LIST % "{body: {totl: ▶{absent: true}}}",
        "'totl' is in no answer of listCollaborators, so that it is absent shows nothing; did you mean 'total'?",
    ),
}


@pytest.mark.parametrize(("steps", "said"), [pytest.param(*case, id=name) for name, case in CASES.items()])
def test_what_nobody_reads_is_told_where_it_stands(steps: str, said: str) -> None:
    """With line and column, and the nearest name that the operation has."""
    (line, column, message), *more = problems(steps.replace("▶", ""))

    assert more == []
    assert (line, column) == (18, steps.index("▶") + 3)
    assert message.startswith(said)


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param("- {call: listCollaborators, strict: false, query: {emial: ada}, body: {a: 1}}", id="not-strict"),
        pytest.param(INVITE % "{emial: ada}".replace("}", "}, strict: false", 1), id="a-field-not-strict"),
        pytest.param(GRANT % "{user_ids: [{member_id: ben}]}", id="look-up"),
        pytest.param(LIST % "{headers: {retry-after: {absent: true}}}", id="absence-of-a-header"),
        pytest.param(LIST % "{body: {result: {absent: true}}}", id="absence-of-what-is-like-nothing"),
        pytest.param(LIST % "{body: {data: [{time_zone: {absent: true}}]}}", id="absence-of-what-could-be"),
        pytest.param("- {call: inviteCollaborator, raw_body: '{\"emial\": 1}'}", id="raw"),
    ],
)
def test_what_is_meant_is_let_through(steps: str) -> None:
    """Names that the operation has, raw bodies, and whatever a call that is not strict sends."""
    assert problems(steps) == []
