"""Faults: the next N calls of an operation go wrong as armed, and never by chance."""

import asyncio
from datetime import datetime

import httpx
import pytest

from workato_emulator.http.faults.connection import ConnectionDropped

from ..world import BEN, NEW, START, Json, World


def _arm(world: World, **fault: Json) -> httpx.Response:
    answer = world.control.post("/faults", json={"operation": "getWorkspaceDetails", "status": 503, "count": 1} | fault)
    assert answer.status_code == 201, answer.text
    return answer


def _ask(world: World) -> httpx.Response:
    return world.acme.get("/api/users/me")


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "Bad request"),
        (401, "Unauthorized"),
        (403, "Forbidden"),
        (404, "Not found"),
        (429, "Too many requests"),
        (500, "Server error"),
        (503, "Error"),
    ],
)
def test_a_fault_answers_with_the_vendors_usual_body(world: World, status: int, message: str) -> None:
    """Once; then all is well again."""
    _arm(world, status=status)
    answer = _ask(world)

    assert (answer.status_code, answer.json()) == (status, {"message": message})
    assert _ask(world).status_code == 200


@pytest.mark.parametrize(
    ("body", "content", "kind"),
    [
        pytest.param("<html>", b"<html>", "text/html; charset=utf-8", id="garbage"),
        pytest.param("", b"", "text/html; charset=utf-8", id="empty"),
        pytest.param('{"a"', b'{"a"', "application/json; charset=utf-8", id="half of JSON"),
        pytest.param({"message": "No"}, b'{"message":"No"}', "application/json; charset=utf-8", id="an object"),
        pytest.param([1], b"[1]", "application/json; charset=utf-8", id="a list"),
        pytest.param(7, b"7", "application/json; charset=utf-8", id="a number"),
        pytest.param(False, b"false", "application/json; charset=utf-8", id="false"),
    ],
)
def test_a_fault_may_have_a_body(world: World, body: object, content: bytes, kind: str) -> None:
    """Text goes out as it is, anything else as JSON; status 200 is possible too."""
    armed = _arm(world, status=200, body=body)
    answer = _ask(world)

    assert armed.json()["body"] == body
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, content, kind)


@pytest.mark.parametrize("status", [204, 205, 304])
def test_a_status_that_has_no_body_gets_none(world: World, status: int) -> None:
    """On a socket it would garble the next answer."""
    _arm(world, status=status, body={"message": "never seen"})
    answer = _ask(world)

    assert (answer.status_code, answer.content) == (status, b"")


@pytest.mark.parametrize("body", [None, "text"])
def test_a_fault_may_have_headers(world: World, body: str | None) -> None:
    """Retry-After, or another media type, once each."""
    headers = {"Retry-After": "30", "Content-Type": "text/plain"}
    _arm(world, status=429, headers=headers, **({} if body is None else {"body": body}))
    answer = _ask(world)

    assert answer.headers["retry-after"] == "30"
    assert answer.headers.get_list("content-type") == ["text/plain"]


def test_faults_strike_in_order_and_are_counted(world: World) -> None:
    """Two of one kind, then one of another; other operations are left alone."""
    _arm(world, status=500, count=2)
    _arm(world, operation="listCollaborators", status=418)
    _arm(world, status=502)
    assert [(each["status"], each["count"]) for each in world.control.get("/faults").json()["data"]] == [
        (500, 2),
        (418, 1),
        (502, 1),
    ]

    assert _ask(world).status_code == 500
    assert [each["count"] for each in world.control.get("/faults").json()["data"]] == [1, 1, 1]
    assert [_ask(world).status_code for _ in range(3)] == [500, 502, 200]
    assert world.acme.get("/api/members").status_code == 418
    assert world.control.get("/faults").json() == {"data": []}


def test_a_fault_does_not_do_the_work(world: World) -> None:
    """And counts against no quota; the journal has it."""
    before = world.export()
    _arm(world, operation="inviteCollaborator", status=500)
    assert world.invite().status_code == 500
    assert world.export() == before
    assert (world.last()["operation"], world.last()["rules"]) == ("inviteCollaborator", [])

    assert world.invite().headers["x-rate-limit-remaining"] == "59"


def test_faults_can_be_disarmed(world: World) -> None:
    """All at once."""
    _arm(world, count=100)
    world.control.delete("/faults")

    assert _ask(world).status_code == 200


def test_a_fault_on_an_unknown_operation_is_refused(world: World) -> None:
    """With the nearest operation there is."""
    answer = world.control.post("/faults", json={"operation": "inviteColaborator", "status": 500, "count": 1})

    error = answer.json()["error"]
    assert (answer.status_code, error["place"], error["suggestion"]) == (422, "operation", "inviteCollaborator")


def test_a_fault_strikes_once_unless_it_is_told(world: World) -> None:
    """An operation and a status are enough."""
    answer = world.control.post("/faults", json={"operation": "getWorkspaceDetails", "status": 502})

    assert (answer.status_code, answer.json()["count"], answer.json()["effect"]) == (201, 1, "status")
    assert [_ask(world).status_code for _ in range(2)] == [502, 200]


@pytest.mark.parametrize(
    ("form", "header"),
    [
        ("seconds", "120"),
        ("http_date", "Mon, 05 Jan 2026 17:02:00 GMT"),
        ("none", None),
        ("garbage", "in a while"),
    ],
)
def test_a_rate_limit_says_when_in_every_form(world: World, form: str, header: str | None) -> None:
    """429 in the vendor's words; a date is by the emulator's clock."""
    effect = {"effect": "rate_limited", "retry_after_seconds": 120, "retry_after_form": form}
    world.control.post("/faults", json={"operation": "getWorkspaceDetails"} | effect)
    answer = _ask(world)

    assert (answer.status_code, answer.json()) == (429, {"message": "Too many requests"})
    assert answer.headers.get("retry-after") == header


def test_a_rate_limit_asks_for_half_a_minute_where_nobody_says_how_long(world: World) -> None:
    """In seconds."""
    world.control.post("/faults", json={"operation": "getWorkspaceDetails", "effect": "rate_limited"})

    assert _ask(world).headers["retry-after"] == "30"


def _spoil(world: World, operation: str = "inviteCollaborator", **effect: Json) -> None:
    answer = world.control.post("/faults", json={"operation": operation} | effect)
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    ("effect", "invited"),
    [
        pytest.param({"effect": "drop_before_work"}, 0, id="before"),
        pytest.param({"effect": "drop_after_work"}, 1, id="after"),
        pytest.param({"effect": "drop_after_work", "latency_seconds": 2}, 1, id="after, and late"),
    ],
)
def test_a_dropped_connection_is_what_httpx_says_it_is(world: World, effect: Json, invited: int) -> None:
    """No answer either way; only the state tells whether the work was done. The journal has no status."""
    _spoil(world, **effect)
    with pytest.raises(httpx.RemoteProtocolError, match="Server disconnected without sending a response") as error:
        world.invite()

    assert error.value.request.url.path == "/api/member_invitations"
    assert len(world.invitations()) == invited
    assert (world.last()["status"], world.last()["response"], world.last()["fault"]) == (None, None, effect["effect"])


def test_a_truncated_answer_breaks_off(world: World) -> None:
    """The work is done; half the body comes, and then what a real connection says."""
    _spoil(world, effect="truncated")
    with pytest.raises(httpx.RemoteProtocolError, match=r"\(received 7 bytes, expected 15\)"):
        world.invite()

    assert (world.last()["status"], world.last()["response"]) == (200, '{"resul')
    assert len(world.invitations()) == 1


def test_a_truncated_answer_begins_well(world: World) -> None:
    """Whoever streams it sees the head and the first half."""
    _spoil(world, "getWorkspaceDetails", effect="truncated")
    with world.acme.stream("GET", "/api/users/me") as answer:
        chunks = answer.iter_bytes()
        first = next(chunks)
        assert (answer.status_code, int(answer.headers["content-length"]) // 2) == (200, len(first))
        with pytest.raises(httpx.RemoteProtocolError):
            next(chunks)


def test_an_answer_without_a_body_cannot_be_cut(world: World) -> None:
    """It does not arrive at all, and was done all the same."""
    member = world.id_of(BEN)
    _spoil(world, "removeCollaborator", effect="truncated")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        world.acme.delete(f"/api/members/{member}")

    assert BEN not in world.members()


@pytest.mark.parametrize("body", [None, "<html>"])
def test_garbage_comes_instead_of_a_true_answer(world: World, body: str | None) -> None:
    """Status and media type promise JSON, and the work is done."""
    _spoil(world, effect="garbage", **({} if body is None else {"body": body}))
    answer = world.invite()

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json; charset=utf-8")
    assert body is None or answer.text == body
    with pytest.raises(ValueError, match=r"Expecting|Invalid"):
        answer.json()
    assert len(world.invitations()) == 1


def _now(world: World) -> float:
    moment = datetime.fromisoformat(world.control.get("/clock").json()["now"])
    return (moment - datetime.fromisoformat(START)).total_seconds()


@pytest.mark.parametrize(
    ("latency", "timeout", "passed"),
    [
        pytest.param(3, 5, 3, id="in time"),
        pytest.param(5, 5, 5, id="just in time"),
        pytest.param(30, None, 30, id="endless patience"),
    ],
)
def test_latency_moves_the_clock(world: World, latency: float, timeout: float | None, passed: float) -> None:
    """No time is really spent, and the answer is the true one."""
    _spoil(world, effect="latency", latency_seconds=latency)
    answer = world.acme.post("/api/member_invitations", json=_invitation(), timeout=timeout)

    assert (answer.json(), _now(world)) == ({"result": "ok"}, passed)


def test_latency_beyond_the_clients_patience_is_its_timeout(world: World) -> None:
    """It gives up when its own timeout is over; what it asked for was done, and it does not know."""
    _spoil(world, effect="latency", latency_seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        world.acme.post("/api/member_invitations", json=_invitation(), timeout=4)

    assert _now(world) == 4
    assert len(world.invitations()) == 1


def test_an_async_client_meets_the_same_faults(world: World) -> None:
    """Timeouts, dropped connections and broken bodies."""
    _spoil(world, "getWorkspaceDetails", effect="latency", latency_seconds=30)
    _spoil(world, "getWorkspaceDetails", effect="drop_before_work")
    _spoil(world, "getWorkspaceDetails", effect="truncated")

    async def ask() -> list[type[Exception]]:
        met: list[type[Exception]] = []
        async with world.emulator.async_client("acme") as client:
            for _ in range(3):
                try:
                    await client.get("/api/users/me")
                except httpx.TransportError as error:
                    met.append(type(error))
        return met

    assert asyncio.run(ask()) == [httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.RemoteProtocolError]


@pytest.mark.parametrize(
    ("effect", "told"),
    [
        pytest.param({"effect": "drop_before_work"}, [], id="nothing"),
        pytest.param({"effect": "truncated"}, ["http.response.start", "http.response.body"], id="half"),
    ],
)
def test_under_a_server_of_others_a_broken_answer_ends_in_an_exception(
    world: World, effect: Json, told: list[str]
) -> None:
    """Plain ASGI has no word for hanging up. What comes before it is as announced, and is said not to be the end."""
    _spoil(world, "getWorkspaceDetails", **effect)
    sent: list[Json] = []

    async def receive() -> Json:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Json) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/api/users/me",
        "raw_path": b"/api/users/me",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"authorization", f"Bearer {world.emulator.token('acme')}".encode())],
        "client": ("127.0.0.1", 1),
    }
    with pytest.raises(ConnectionDropped):
        asyncio.run(world.emulator.app(scope, receive, send))

    assert [each["type"] for each in sent] == told
    if sent:
        head, half = sent
        length = int(dict(head["headers"])[b"content-length"])
        assert (head["status"], half["more_body"], len(half["body"])) == (200, True, length // 2)


def test_every_effect_may_be_late(world: World) -> None:
    """A status, a limit and garbage come after the time that the fault says."""
    for effect in ({"status": 503}, {"effect": "rate_limited"}, {"effect": "garbage"}):
        _spoil(world, "getWorkspaceDetails", latency_seconds=2, **effect)

    assert [(_ask(world).status_code, _now(world)) for _ in range(3)] == [(503, 2), (429, 4), (200, 6)]


def _invitation() -> Json:
    return {
        "name": "New",
        "email": NEW,
        "env_roles": [{"environment_type": "dev", "name": "Member", "role_type": "environment"}],
    }


@pytest.mark.parametrize(
    ("fields", "status", "place", "suggestion"),
    [
        pytest.param({"effect": "latncy"}, 422, "effect", "latency", id="effect"),
        pytest.param({"effect": "latency"}, 422, "latency_seconds", None, id="late by nothing"),
        pytest.param({}, 422, "status", None, id="no status"),
        pytest.param({"effect": "truncated", "status": 200}, 422, "status", None, id="another effect's field"),
        pytest.param({"effect": "rate_limited", "headers": {}}, 422, "headers", None, id="headers of a limit"),
        pytest.param({"effect": "garbage", "body": 7}, 422, "body", None, id="garbage that is JSON"),
        pytest.param({"status": 503, "headers": {"Content-Length": "1"}}, 422, "headers", None, id="a length"),
        pytest.param({"status": 503, "headers": {"A": "1", "a": "2"}}, 422, "headers", None, id="a header twice"),
        pytest.param({"status": 503, "latency_second": 1}, 400, "latency_second", "latency_seconds", id="field"),
        pytest.param({"status": 503, "count": 0}, 400, "count", None, id="never"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(
    world: World, fields: Json, status: int, place: str, suggestion: str | None
) -> None:
    """With its place and the nearest spelling; nothing is armed."""
    answer = world.control.post("/faults", json={"operation": "listCollaborators"} | fields)

    error = answer.json()["error"]
    assert (answer.status_code, error.get("place"), error.get("suggestion")) == (status, place, suggestion)
    assert error["message"]
    assert world.control.get("/faults").json() == {"data": []}


def test_latency_says_what_it_takes(world: World) -> None:
    """A delay of nothing is a mistake."""
    answer = world.control.post("/faults", json={"operation": "listCollaborators", "effect": "latency"})

    assert answer.json()["error"]["message"] == "latency_seconds: latency takes latency_seconds, more than 0"


def test_a_name_that_no_header_has_is_refused_in_words(world: World) -> None:
    """The form is described, and no regular expression is shown."""
    fault = {"operation": "listCollaborators", "status": 503, "headers": {"Retry After": "1"}}
    error = world.control.post("/faults", json=fault).json()["error"]

    assert error["message"] == "headers: a key should be letters, digits and dashes, such as X-Request-Id"
    assert error["place"] == "headers"


def test_what_is_listed_can_be_armed_again(world: World) -> None:
    """Each fault reads like the request that arms it."""
    for effect in (
        {"status": 503, "body": {"a": 1}},
        {"effect": "rate_limited"},
        {"effect": "latency", "latency_seconds": 1.5},
    ):
        _spoil(world, **effect)
    listed = world.control.get("/faults").json()["data"]
    world.control.delete("/faults")
    for each in listed:
        _spoil(world, **each)

    assert world.control.get("/faults").json()["data"] == listed
