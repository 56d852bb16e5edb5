"""Faults: the next N calls of an operation go wrong as armed, and never by chance."""

import httpx
import pytest

from .world import Json, World


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
