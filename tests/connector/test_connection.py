"""Host and token arrive as people paste them, and no failure repeats the token."""

import traceback
from collections.abc import Callable

import httpx
import pytest

from okta_connector import ActionFailed, FailureType, OktaConnector, connect

from .fake import Workato, failure_of, listed

TOKEN = "wrkaus-0123456789-abcdef"
PASSWORD = "hunter2hunter2"


def asked_with(host: str, token: str) -> httpx.Request:
    """The request that `test_credentials` sends after this host and this token were pasted."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return listed([])

    with connect(host, token, transport=httpx.MockTransport(answer)) as http:
        OktaConnector(http).test_credentials()
    return seen[0]


MARKS = "it holds a blank, a backslash or an invisible character"


def told(failed: ActionFailed) -> str:
    """Everything that a failure says, to whoever prints, logs or traces it."""
    return "".join(traceback.format_exception(failed)) + repr(failed) + repr(failed.execution_status())


@pytest.mark.parametrize(
    "pasted",
    [
        f"{TOKEN}\n",
        f"\r\n\t{TOKEN} ",
        f"{TOKEN}\u200b",
        f"\ufeff{TOKEN}",
        f"\u00a0{TOKEN}\u2003",
        f"\u202a{TOKEN}\u202c",
        f'"{TOKEN}"',
        f" '{TOKEN}' ",
        f"\u201c{TOKEN}\u201d",
        f"`{TOKEN}`",
        f"Bearer {TOKEN}",
        f"Authorization: bearer  {TOKEN}\n",
    ],
    ids=ascii,
)
def test_a_pasted_token_is_sent_clean(pasted: str) -> None:
    """What clings to a token is no part of it."""
    assert asked_with("workato.example.test", pasted).headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        pytest.param("", "it is empty", id="nothing"),
        pytest.param(' \n" ', "it is empty", id="only what clings"),
        pytest.param(f"{TOKEN}\n{TOKEN}", "character 25 of 49 is U+000A", id="two lines"),
        pytest.param(f"wrk\u200b{TOKEN}", "character 4 of 28 is U+200B", id="invisible inside"),
        pytest.param(f"{TOKEN} {TOKEN}", "character 25 of 49 is U+0020", id="blank inside"),
        pytest.param(f"{TOKEN}é", "character 25 of 25 is U+00E9", id="not ASCII"),
        pytest.param(f"{TOKEN}\x00{TOKEN}", "character 25 of 49 is U+0000", id="NUL inside"),
    ],
)
def test_a_token_that_cannot_be_sent_is_refused_without_being_repeated(pasted: str, why: str) -> None:
    """The place of the character is enough to find it."""
    failed = failure_of(lambda: asked_with("workato.example.test", pasted))

    assert failed is not None
    assert failed.type is FailureType.INVALID_CREDENTIALS
    assert why in failed.summary
    assert TOKEN not in told(failed)


@pytest.mark.parametrize(
    ("pasted", "base"),
    [
        pytest.param("workato.example.test\n", "https://workato.example.test", id="newline"),
        pytest.param("\u00a0https://workato.example.test\u200b", "https://workato.example.test", id="invisible"),
        pytest.param('"https://workato.example.test"', "https://workato.example.test", id="quotes"),
        pytest.param("<https://workato.example.test>", "https://workato.example.test", id="angle brackets"),
        pytest.param("HTTPS://Workato.Example.TEST/", "https://workato.example.test", id="capitals"),
        pytest.param("//workato.example.test", "https://workato.example.test", id="no scheme"),
        pytest.param("https://workato.example.test/api", "https://workato.example.test", id="api"),
        pytest.param("https://workato.example.test/API//", "https://workato.example.test", id="API and slashes"),
        pytest.param("workato.example.test/api/api/", "https://workato.example.test", id="api twice"),
        pytest.param("http://localhost:8086/api", "http://localhost:8086", id="port and api"),
        pytest.param("localhost:8086", "https://localhost:8086", id="port without scheme"),
        pytest.param("http://[::1]:8086/", "http://[::1]:8086", id="IPv6"),
        pytest.param("https://proxy.example.test/eu/api/", "https://proxy.example.test/eu", id="path and api"),
        pytest.param("https://api.example.test/myapi", "https://api.example.test/myapi", id="api as part of a word"),
    ],
)
def test_a_pasted_host_is_asked_for_the_api_once(pasted: str, base: str) -> None:
    """Whatever came along, `/api/…` follows the host, and follows once."""
    assert str(asked_with(pasted, TOKEN).url) == f"{base}/api/members"


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        ("", "it has no host name"),
        (" \n", "it has no host name"),
        ("https://", "it has no host name"),
        ("https:///api", "it has no host name"),
        ("https://workato example.test", MARKS),
        ("https://work\u200bato.example.test", MARKS),
        ("https://workato.example.test\nhttps://other.example.test", MARKS),
        ("https:\\\\workato.example.test", MARKS),
        ("ftp://workato.example.test", "its scheme must be http or https"),
        ("file:///etc/passwd", "its scheme must be http or https"),
        ("javascript://workato.example.test", "its scheme must be http or https"),
        ("https://workato.example.test:port", "it cannot be read as a URL"),
        ("https://workato.example.test:99999", "its port is out of range"),
        ("https://workato.example.test:0", "its port is out of range"),
        ("https://::1", "it cannot be read as a URL"),
        ("https://workato.example.test?env=dev", "it holds a query or a fragment"),
        ("https://workato.example.test/#members", "it holds a query or a fragment"),
        (f"https://admin:{PASSWORD}@workato.example.test", "it holds a user name or a password"),
        (f"{PASSWORD}@workato.example.test", "it holds a user name or a password"),
        (f"https://workato.example.test\ud800{PASSWORD}", MARKS),
        (f"https://workato.example.test/?token={PASSWORD}", "it holds a query or a fragment"),
    ],
    ids=ascii,
)
def test_what_is_no_host_is_refused_without_being_repeated(pasted: str, why: str) -> None:
    """The connector says why in its own words, before anything is sent."""
    failed = failure_of(lambda: asked_with(pasted, TOKEN))

    assert failed is not None
    assert failed.summary == (
        f"The host cannot be used: {why}. Enter the address of a data center, such as https://www.workato.com."
    )
    assert not any(secret in told(failed) for secret in (PASSWORD, TOKEN))


def over(respond: Callable[[httpx.Request], httpx.Response], **headers: str) -> OktaConnector:
    """A connector on a client that somebody else made, with whatever headers they gave it."""
    return OktaConnector(
        httpx.Client(base_url="https://h.example.test", headers=headers, transport=httpx.MockTransport(respond))
    )


def a_broken_connection(request: httpx.Request) -> httpx.Response:
    raise httpx.RemoteProtocolError(f"illegal header line: {request.headers['authorization']}")


def a_header_that_cannot_be_sent(request: httpx.Request) -> httpx.Response:
    raise httpx.LocalProtocolError(f"Illegal header value b'{request.headers['authorization']}'")


@pytest.mark.parametrize(
    "respond",
    [
        pytest.param(
            lambda r: httpx.Response(401, json={"message": f"bad {r.headers['authorization']}"}), id="refusal"
        ),
        pytest.param(lambda _: httpx.Response(502, text=f"<p>wrkaus%2D0123456789-abcdef {TOKEN}"), id="error page"),
        pytest.param(lambda _: httpx.Response(502, text="wrkaus%2D0123456789%2dabcdef"), id="encoded only"),
        pytest.param(lambda _: httpx.Response(200, text=f"<p>{TOKEN}"), id="garbage"),
        pytest.param(lambda _: httpx.Response(302, text=TOKEN), id="redirect"),
        pytest.param(lambda _: httpx.Response(500, headers={"x-correlation-id": TOKEN}), id="correlation id"),
        pytest.param(a_broken_connection, id="protocol error"),
        pytest.param(a_header_that_cannot_be_sent, id="unsendable header"),
    ],
)
def test_no_failure_repeats_the_token_that_was_sent(respond: Callable[[httpx.Request], httpx.Response]) -> None:
    """Not even where the answer does: not in the summary, the details, the cause or a traceback."""
    failed = failure_of(over(respond, authorization=f"Bearer {TOKEN}").test_credentials)

    assert failed is not None
    assert "0123456789" not in told(failed)


@pytest.mark.parametrize("said", [f"bad {TOKEN}!", "bad wrkaus%2D0123456789%2dabcdef!"], ids=["plain", "encoded"])
def test_a_token_in_an_answer_is_told_as_a_token(said: str) -> None:
    """The rest of the sentence stays."""
    answer = over(lambda _: httpx.Response(401, json={"message": said}), authorization=f"Bearer {TOKEN}")
    failed = failure_of(answer.test_credentials)

    assert failed is not None
    assert failed.summary == "bad [token]!"


def test_a_request_that_cannot_be_sent_says_where_to_look() -> None:
    """Nobody answered, so the connector's own words are all there is."""
    failed = failure_of(over(a_header_that_cannot_be_sent, authorization=f"Bearer {TOKEN}").test_credentials)

    assert str(failed) == (
        "GET /api/members: nothing was sent, because the request holds what cannot be sent; check host, token and names"
    )


def test_bytes_that_are_no_text_are_replaced() -> None:
    """What can be read of an answer is told."""
    answer = httpx.Response(502, content=b"Bad \xff gateway")
    failed = failure_of(Workato(instead={"GET /api/members": answer}).connector().test_credentials)

    assert failed is not None
    assert failed.summary == "Bad \ufffd gateway"


@pytest.mark.parametrize(
    "raised",
    [
        httpx.ReadTimeout("late"),
        httpx.ConnectError("refused"),
        httpx.LocalProtocolError("bad"),
        httpx.RemoteProtocolError("bad"),
        httpx.UnsupportedProtocol("bad"),
        httpx.DecodingError("bad"),
        httpx.ProxyError("bad"),
        httpx.TooManyRedirects("bad"),
        httpx.InvalidURL("bad"),
        UnicodeError("label too long"),
        OverflowError("port must be 0-65535"),
    ],
    ids=lambda raised: type(raised).__name__,
)
def test_whatever_is_raised_below_arrives_as_a_failure(raised: Exception) -> None:
    """Okta hears an `ActionFailed`, never an exception of the HTTP library."""
    failed = failure_of(Workato(instead={"GET /api/members": raised}).connector().test_credentials)

    assert failed is not None
    assert failed.type is FailureType.GENERIC_FAILURE
    assert failed.details == ("GET /api/members",)


@pytest.mark.parametrize("charset", ["hex", "base64", "undefined", "idna", "utf-16", "nonsense"])
def test_a_charset_that_nobody_can_read_hides_no_answer(charset: str) -> None:
    """JSON is UTF-8, whatever a header says."""
    headers = {"content-type": f"application/json; charset={charset}"}
    answer = httpx.Response(401, content=b'{"message": "Unauthorized"}', headers=headers)
    failed = failure_of(Workato(instead={"GET /api/members": answer}).connector().test_credentials)

    assert failed is not None
    assert failed.summary == "Unauthorized"


def test_an_unreachable_host_is_told_as_it_was_met() -> None:
    """The operating system's words, or the kind of failure where there are none."""
    refused = Workato(instead={"GET /api/members": httpx.ConnectError("[Errno 111] Connection refused")})
    dropped = Workato(instead={"GET /api/members": httpx.RemoteProtocolError("")})

    told_of = [failure_of(each.connector().test_credentials) for each in (refused, dropped)]
    assert [str(failed) for failed in told_of] == [
        "GET /api/members: [Errno 111] Connection refused",
        "GET /api/members: RemoteProtocolError",
    ]


def test_json_is_asked_for() -> None:
    """An error page is of no use to the connector."""
    assert asked_with("workato.example.test", TOKEN).headers["accept"] == "application/json"
