import gzip

import httpx
import pytest

from okta_connector import (
    Answered,
    Conflict,
    Forbidden,
    Garbled,
    NotFound,
    RateLimited,
    Rejected,
    ServerFault,
    TimedOut,
    Unauthorized,
    Unreachable,
    WorkatoClient,
    WorkatoError,
    connect,
)

from .fake import Workato

MEMBERS = "GET /api/members"


def refused(response: httpx.Response) -> Answered:
    with pytest.raises(Answered) as caught:
        Workato(instead={MEMBERS: response}).client().list_members()
    return caught.value


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        pytest.param("workato.example.test", "https://workato.example.test/api/members", id="bare host"),
        pytest.param("https://workato.example.test/", "https://workato.example.test/api/members", id="with slash"),
        pytest.param("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/members", id="local"),
        pytest.param("https://proxy.example.test/eu", "https://proxy.example.test/eu/api/members", id="behind a path"),
    ],
)
def test_connect_points_at_the_host_and_carries_the_token(host: str, asked: str) -> None:
    """Every request goes to the host with the token as bearer, and waits sixty seconds."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"data": []})

    http = connect(host, "wrka-secret", transport=httpx.MockTransport(answer))
    WorkatoClient(http).list_members()

    assert asked == str(seen[0].url)
    assert seen[0].headers["authorization"] == "Bearer wrka-secret"
    assert http.timeout == httpx.Timeout(60.0)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        pytest.param(400, Rejected, id="400"),
        pytest.param(401, Unauthorized, id="401"),
        pytest.param(403, Forbidden, id="403"),
        pytest.param(404, NotFound, id="404"),
        pytest.param(409, Conflict, id="409"),
        pytest.param(422, Rejected, id="422"),
        pytest.param(429, RateLimited, id="429"),
        pytest.param(500, ServerFault, id="500"),
        pytest.param(503, ServerFault, id="503"),
    ],
)
def test_each_status_is_a_kind_of_refusal(status: int, kind: type[Answered]) -> None:
    """A refusal is a type; it keeps request, status, words, body and the id that Workato's support asks for."""
    error = refused(httpx.Response(status, json={"message": "No."}, headers={"x-correlation-id": "c-1"}))

    assert type(error) is kind
    assert (error.request, error.status, error.text, error.request_id) == (MEMBERS, status, "No.", "c-1")
    assert error.body == '{"message":"No."}'
    assert str(error) == f"GET /api/members: HTTP {status}: No."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(
            '{"errors":[{"code":"X","title":"Email is invalid"}],"message":"Bad"}', "Email is invalid", id="title"
        ),
        pytest.param('{"message":"Unauthorized"}', "Unauthorized", id="message"),
        pytest.param('{"message":"Bad","errors":{"name":["is taken"]}}', "Bad", id="errors by field"),
        pytest.param('{"message":"Bad","errors":[]}', "Bad", id="no errors"),
        pytest.param('{"message":"Bad","errors":["odd"]}', "Bad", id="errors without titles"),
        pytest.param('{"message":"Bad","errors":[{"title":""}]}', "Bad", id="empty title"),
        pytest.param('{"error":"odd"}', '{"error":"odd"}', id="another envelope"),
        pytest.param('["odd"]', '["odd"]', id="a list"),
        pytest.param("<h1>Bad gateway</h1>", "<h1>Bad gateway</h1>", id="not JSON"),
        pytest.param("", "HTTP 400", id="nothing at all"),
    ],
)
def test_the_vendors_words_are_found_in_any_envelope(body: str, text: str) -> None:
    """The first error's title counts most, then the message, then whatever came."""
    assert text == refused(httpx.Response(400, text=body)).text


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        pytest.param("120", 120, id="seconds"),
        pytest.param(" 7 ", 7, id="padded"),
        pytest.param("0", 0, id="zero"),
        pytest.param(None, None, id="missing"),
        pytest.param("", None, id="empty"),
        pytest.param("-5", None, id="negative"),
        pytest.param("1.5", None, id="fraction"),
        pytest.param("Wed, 21 Oct 2026 07:28:00 GMT", None, id="date"),
        pytest.param("9" * 5000, None, id="absurd"),
    ],
)
def test_a_wait_is_whole_seconds_or_unknown(header: str | None, seconds: int | None) -> None:
    """Only whole seconds are understood; the header is kept as it came."""
    error = refused(httpx.Response(429, headers={} if header is None else {"Retry-After": header}))

    assert isinstance(error, RateLimited)
    assert seconds == error.retry_after
    assert (error.retry_after_header or "").strip() == (header or "").strip()


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        pytest.param(httpx.ReadTimeout("slow"), TimedOut, id="read timeout"),
        pytest.param(httpx.ConnectTimeout("slow"), TimedOut, id="connect timeout"),
        pytest.param(httpx.ConnectError("refused"), Unreachable, id="no connection"),
        pytest.param(httpx.RemoteProtocolError(""), Unreachable, id="dropped"),
    ],
)
def test_no_answer_is_either_late_or_lost(raised: Exception, kind: type[WorkatoError]) -> None:
    """An answer that is late is told from a connection that is gone; neither is tried again."""
    workato = Workato(instead={MEMBERS: raised})

    with pytest.raises(kind, match="GET /api/members: "):
        workato.client().list_members()
    assert workato.calls == [MEMBERS]


def test_a_body_that_cannot_be_decompressed_is_no_answer() -> None:
    """A connection that delivers rubbish below the level of text counts as none."""
    broken = gzip.compress(b"{}")[:-4] + b"oops"

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(broken))

    client = WorkatoClient(connect("workato.example.test", "wrka", transport=httpx.MockTransport(answer)))
    with pytest.raises(Unreachable):
        client.list_members()


@pytest.mark.parametrize("status", [302, 304], ids=str)
def test_a_redirect_is_no_answer(status: int) -> None:
    """The API does not redirect: whoever does is not the API."""
    with pytest.raises(Garbled, match="check the host"):
        Workato(instead={MEMBERS: httpx.Response(status, headers={"location": "/login"})}).client().list_members()
