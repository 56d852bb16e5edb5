import httpx
import pytest

from okta_connector import ActionFailed, FailureType

from .fake import ADA, Workato, ada, denied, failure_of, group, refusal

MEMBERS = "GET /api/members"


def failed_with(answer: httpx.Response | Exception) -> ActionFailed:
    workato = Workato(instead={MEMBERS: answer})
    failed = failure_of(workato.connector().list_users)
    assert failed is not None
    assert workato.calls == [MEMBERS], "no failure is answered by a second try"
    return failed


@pytest.mark.parametrize(
    ("answer", "kind", "status", "summary"),
    [
        pytest.param(denied(), FailureType.INVALID_CREDENTIALS, 401, "Unauthorized", id="401"),
        pytest.param(refusal(403, "Forbidden"), FailureType.GENERIC_FAILURE, 403, "Forbidden", id="403"),
        pytest.param(refusal(404, "Not found"), FailureType.RESOURCE_NOT_FOUND, 404, "Not found", id="404"),
        pytest.param(refusal(429, "Slow down"), FailureType.RATE_LIMIT_EXCEEDED, 429, "Slow down", id="429"),
        pytest.param(refusal(400, "Role X not found"), FailureType.GENERIC_FAILURE, 400, "Role X not found", id="400"),
        pytest.param(refusal(409, "Taken"), FailureType.GENERIC_FAILURE, 409, "Taken", id="409"),
        pytest.param(refusal(500, "Server error"), FailureType.GENERIC_FAILURE, 500, "Server error", id="500"),
        pytest.param(
            httpx.Response(502, text="<h1>Bad gateway</h1>"),
            FailureType.GENERIC_FAILURE,
            502,
            "<h1>Bad gateway</h1>",
            id="an error page",
        ),
    ],
)
def test_each_refusal_is_a_failure_in_oktas_terms(
    answer: httpx.Response, kind: FailureType, status: int, summary: str
) -> None:
    """The kind follows the status; the summary is Workato's own sentence, and the details hold the rest."""
    failed = failed_with(answer)

    assert (failed.type, failed.http_status, failed.summary) == (kind, status, summary)
    assert failed.details[:2] == (MEMBERS, answer.text)


@pytest.mark.parametrize(
    ("answer", "status", "summary"),
    [
        pytest.param(httpx.ReadTimeout("slow"), None, "no answer in time", id="late"),
        pytest.param(httpx.ConnectError("refused"), None, "refused", id="unreachable"),
        pytest.param(httpx.Response(200, text="<html>"), 200, "cannot be understood: not JSON", id="garbled"),
    ],
)
def test_no_proper_answer_is_a_generic_failure(
    answer: httpx.Response | Exception, status: int | None, summary: str
) -> None:
    """The summary says what happened to which request."""
    failed = failed_with(answer)

    assert (failed.type, failed.http_status) == (FailureType.GENERIC_FAILURE, status)
    assert summary in failed.summary
    assert failed.details[0] == MEMBERS


def test_a_garbled_answer_is_kept() -> None:
    """What came instead of an answer is often the only clue."""
    assert failed_with(httpx.Response(200, text="<html>")).details == (MEMBERS, "<html>")


@pytest.mark.parametrize(("header", "wait"), [("120", 120), ("soon", None)], ids=["seconds", "anything else"])
def test_a_rate_limit_carries_the_wait(header: str, wait: int | None) -> None:
    """The wait is handed to Okta, which decides when to come again."""
    answer = httpx.Response(429, headers={"Retry-After": header}, json={"message": "Too many requests"})

    assert failed_with(answer).retry_after == wait


def test_inviting_again_too_soon_is_a_rate_limit() -> None:
    """The invitation is sent, refused once, and not sent again."""
    workato = Workato(instead={"POST /api/member_invitations": refusal(429, "Too many requests")})
    failed = failure_of(lambda: workato.connector().create_user(ada(dev="Member")))

    assert failed is not None
    assert failed.type is FailureType.RATE_LIMIT_EXCEEDED
    assert workato.writes() == ["POST /api/member_invitations"]


def test_a_refused_role_is_named_in_workatos_words() -> None:
    """A role that was deleted in Workato is named in the failure, letter for letter."""
    workato = Workato(instead={"GET /api/members/7": httpx.Response(200, json={"id": 7, "email": ADA})})
    workato.instead["PUT /api/members/7"] = refusal(400, "Role Finance builder not found")
    failed = failure_of(lambda: workato.connector().update_user(ada("7", dev="Finance builder")))

    assert failed is not None
    assert (failed.summary, failed.http_status) == ("Role Finance builder not found", 400)


@pytest.mark.parametrize("status", [401, 403], ids=str)
def test_a_missing_privilege_fails_its_own_calls_and_names_itself(status: int) -> None:
    """Without the privilege for groups, people work and groups fail, saying what the API client's role lacks."""
    workato = Workato(groups=[group()], instead={"GET /api/user_groups": refusal(status, "No")})
    connector = workato.connector()
    failed = failure_of(connector.list_groups)

    assert connector.list_users().resources == ()
    assert failed is not None
    assert failed.details[2:] == ("The API client's role must cover Collaborator groups.",)


def test_a_failure_fills_oktas_envelope() -> None:
    """Every field that the contract names is there."""
    answer = httpx.Response(400, json={"message": "Email is invalid"}, headers={"x-correlation-id": "c-1"})

    assert failed_with(answer).execution_status() == {
        "status": "FAILED",
        "errors": [
            {
                "code": "400",
                "summary": "Email is invalid",
                "details": [MEMBERS, answer.text],
                "httpStatusCode": 400,
                "requestId": "c-1",
                "type": "GENERIC_FAILURE",
            }
        ],
    }


def test_a_failure_without_an_answer_has_its_type_for_a_code() -> None:
    """Where nothing was answered there is no status to show."""
    assert ActionFailed(FailureType.RESOURCE_NOT_FOUND, "Nobody").execution_status() == {
        "status": "FAILED",
        "errors": [
            {
                "code": "RESOURCE_NOT_FOUND",
                "summary": "Nobody",
                "details": [],
                "httpStatusCode": None,
                "requestId": None,
                "type": "RESOURCE_NOT_FOUND",
            }
        ],
    }
