"""What Okta makes of each answer: the lines of the table of answers, one after the other."""

from collections.abc import Callable

import httpx
import pytest

from okta_connector import FailureType
from okta_connector.scim import ANSWERS, Consequence, ScimConnector, Step
from okta_connector.scim.answers import row_for

from .servers import INES, Wire, connector, error, failure_of, person, pretended

READ, WRITE, CREATE, LOOK_UP = "GET /Users/7", "PUT /Users/7", "POST /Users", "GET /Users"
GENERIC = FailureType.GENERIC_FAILURE


def answering(line: str, answer: httpx.Response | Exception) -> Wire:
    return pretended(users={"7": {"id": "7", "userName": "somebody@example.com"}}, instead={line: answer})


def acting(wire: Wire, line: str) -> Callable[[], object]:
    okta = connector(wire)
    if line in {CREATE, LOOK_UP}:
        return lambda: okta.create_user(person())
    return lambda: okta.update_user(person(id="7"))


@pytest.mark.parametrize("line", [LOOK_UP, CREATE, READ, WRITE])
@pytest.mark.parametrize("status", [400, 403, 409, 412, 413, 415, 422, 500, 502, 503, 504])
def test_a_refusal_or_a_fault_fails_the_call_with_the_words_of_the_server(line: str, status: int) -> None:
    """A refusal or a fault fails the call with the words of the server."""
    wire = answering(line, error(status, "Role Operater does not exist in DEV"))
    failed = failure_of(acting(wire, line))
    assert (failed.type, failed.http_status) == (GENERIC, status)
    assert failed.summary == "Role Operater does not exist in DEV"
    assert failed.retry_after is None


@pytest.mark.parametrize("line", [LOOK_UP, CREATE, READ, WRITE])
def test_a_dead_token_is_a_matter_of_credentials(line: str) -> None:
    """A dead token is a matter of credentials."""
    assert failure_of(acting(answering(line, error(401, "bad token")), line)).type is FailureType.INVALID_CREDENTIALS


@pytest.mark.parametrize("line", [LOOK_UP, CREATE, READ, WRITE])
@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("0", 0), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("1.5", None), (None, None)],
)
def test_a_rate_limit_hands_over_whole_seconds_only(line: str, header: str | None, seconds: int | None) -> None:
    """A rate limit hands over whole seconds only."""
    headers = None if header is None else {"Retry-After": header}
    failed = failure_of(acting(answering(line, error(429, "slow down", headers)), line))
    assert (failed.type, failed.retry_after) == (FailureType.RATE_LIMIT_EXCEEDED, seconds)


@pytest.mark.parametrize(
    ("line", "type_"), [(READ, FailureType.RESOURCE_NOT_FOUND), (WRITE, GENERIC), (CREATE, GENERIC)]
)
def test_a_404_means_gone_only_where_somebody_is_read(line: str, type_: FailureType) -> None:
    """A 404 means gone only where somebody is read."""
    assert failure_of(acting(answering(line, error(404, "User not found")), line)).type is type_


@pytest.mark.parametrize("line", [LOOK_UP, READ, WRITE, CREATE])
@pytest.mark.parametrize("status", [200, 403, 502])
def test_a_page_that_is_no_json_is_told_as_a_parse_error(line: str, status: int) -> None:
    """A page that is no JSON is told as a parse error."""
    failed = failure_of(acting(answering(line, httpx.Response(status, text="\n<html>Proxy</html>")), line))
    assert (failed.type, failed.http_status) == (GENERIC, status)
    assert failed.summary == "Invalid JSON: Unrecognized token '<html>Proxy</html>' line: 2, column: 1"


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_is_not_followed(status: int) -> None:
    """A redirect is not followed."""
    wire = answering(READ, httpx.Response(status, headers={"Location": "https://elsewhere.example.test/Users/7"}))
    assert failure_of(acting(wire, READ)).http_status == status
    assert wire.lines == [READ]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param(httpx.ReadTimeout(""), "no answer in time", id="no answer in time"),
        pytest.param(httpx.ConnectError("refused"), "refused", id="nobody there"),
        pytest.param(httpx.RemoteProtocolError("cut"), "cut", id="connection cut"),
    ],
)
def test_an_answer_that_never_came_fails_the_call(fault: Exception, said: str) -> None:
    """An answer that never came fails the call."""
    failed = failure_of(acting(answering(WRITE, fault), WRITE))
    assert (failed.type, failed.http_status) == (GENERIC, None)
    assert said in failed.summary


def test_a_failure_says_in_which_step_it_happened() -> None:
    """A failure says in which step it happened."""
    for line, step in ((LOOK_UP, "look up"), (CREATE, "create"), (READ, "read"), (WRITE, "write")):
        assert failure_of(acting(answering(line, error(500, "fault")), line)).step == step


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"detail": "first", "scimType": "uniqueness"}, "first"),
        ({"scimType": "uniqueness"}, "uniqueness"),
        ({"detail": ""}, '{"detail":""}'),
    ],
)
def test_the_detail_comes_before_the_type_and_both_before_the_whole_body(body: dict[str, str], said: str) -> None:
    """The detail comes before the type and both before the whole body."""
    wire = answering(WRITE, httpx.Response(409, json=body))
    assert failure_of(acting(wire, WRITE)).summary == said


def test_no_failure_repeats_the_token() -> None:
    """No failure repeats the token."""
    wire = answering(WRITE, error(400, "the header was Bearer scim-token-of-a-test"))
    failed = failure_of(acting(wire, WRITE))
    assert "scim-token-of-a-test" not in failed.summary + "".join(failed.details)


def test_every_line_of_the_table_is_reached_and_only_a_rate_limit_waits() -> None:
    """Every line of the table is reached and only a rate limit waits."""
    statuses: list[int | None] = [None, *range(200, 600)]
    reached = {id(row_for(status, step)) for status in statuses for step in Step}
    assert reached == {id(row) for row in ANSWERS}
    waiting = [row for row in ANSWERS if row.then is Consequence.WAITS]
    assert [row.statuses for row in waiting] == [frozenset({429})]


def test_an_id_that_no_path_can_carry_is_never_sent() -> None:
    """An id that no path can carry is never sent."""
    wire = pretended()
    act: ScimConnector = connector(wire)
    for user_id in ("", ".", ".."):
        assert "nothing was sent" in failure_of(lambda user_id=user_id: act.deactivate_user(user_id)).summary  # type: ignore[misc]
    assert wire.lines == []


def test_an_id_stays_one_segment_of_the_path() -> None:
    """An id stays one segment of the path."""
    wire = pretended(users={"a/b?c": {"id": "a/b?c", "userName": INES}})
    failure_of(lambda: connector(wire).deactivate_user("a/b?c"))
    assert wire.requests[0].url.raw_path == b"/Users/a%2Fb%3Fc"
