"""What is written down of the traffic with Workato."""

import httpx
import pytest

from okta_connector import connect
from okta_scenarios.play import Exchange
from okta_scenarios.play.wire import Recorder


def answer(request: httpx.Request) -> httpx.Response:
    if request.url.path == "/gone":
        raise httpx.ConnectError("no route", request=request)
    if request.url.path == "/binary":
        return httpx.Response(200, content=b"\xff\xfe")
    return httpx.Response(200, json={"said": request.content.decode("utf-8", "replace")})


def test_both_sides_of_an_exchange_are_kept() -> None:
    """Method, path with query, both bodies and the status are kept as they went, in order."""
    recorder = Recorder(httpx.MockTransport(answer))
    with connect("http://workato.example.test", "secret-token", transport=recorder) as client:
        client.get("/api/members", params={"email": "ada@example.test"})
        response = client.post("/api/user_groups", json={"name": "Löhne"})

    assert response.json() == {"said": '{"name":"Löhne"}'}
    assert recorder.take() == (
        Exchange("GET", "/api/members?email=ada%40example.test", "", 200, '{"said":""}'),
        Exchange("POST", "/api/user_groups", '{"name":"Löhne"}', 200, response.text),
    )


def test_nothing_is_taken_twice() -> None:
    """Taking what was said empties the record."""
    recorder = Recorder(httpx.MockTransport(answer))
    with connect("http://workato.example.test", "secret-token", transport=recorder) as client:
        client.get("/one")
        assert len(recorder.take()) == 1
        assert recorder.take() == ()
        client.get("/two")

    assert [exchange.request_line for exchange in recorder.take()] == ["GET /two"]


def test_no_header_is_kept() -> None:
    """Tokens travel in headers, and nothing of them is in the record."""
    recorder = Recorder(httpx.MockTransport(answer))
    with connect("http://workato.example.test", "secret-token", transport=recorder) as client:
        client.get("/one")

    assert "secret-token" not in repr(recorder.take())
    assert "uthorization" not in repr(Exchange.__slots__)


def test_a_call_without_an_answer_is_kept_and_still_fails() -> None:
    """A connection that breaks is an exchange without a status, and the caller hears of it all the same."""
    recorder = Recorder(httpx.MockTransport(answer))
    with (
        connect("http://workato.example.test", "secret-token", transport=recorder) as client,
        pytest.raises(httpx.ConnectError),
    ):
        client.post("/gone", content=b"x")

    assert recorder.take() == (Exchange("POST", "/gone", "x", None, ""),)


def test_bytes_that_are_no_text_are_kept_as_well_as_can_be() -> None:
    """Nonsense on the wire is recorded with replacement characters, and does not stop the run."""
    recorder = Recorder(httpx.MockTransport(answer))
    with connect("http://workato.example.test", "secret-token", transport=recorder) as client:
        client.post("/binary", content=b"\xff")

    (exchange,) = recorder.take()
    assert "\ufffd" in exchange.request
    assert "\ufffd" in exchange.response
