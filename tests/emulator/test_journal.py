"""What is written down about every exchange, and what an answer says beside its body."""

import pytest

from workato_emulator import Emulator

from .world import NEW, START, World, row


def test_the_journal_tells_an_exchange(world: World) -> None:
    """Who asked what, what was answered, and which rules spoke in which order."""
    world.acme.get("/api/members")
    world.advance(1.5)
    world.invite(env_roles=[row("dev", "Nobody")])

    assert world.journal()[1] == {
        "seq": 2,
        "at": "2026-01-05T17:00:01.500000+00:00",
        "workspace": "acme",
        "client": "okta",
        "operation": "inviteCollaborator",
        "method": "POST",
        "path": "/api/member_invitations",
        "status": 400,
        "rules": [
            {"id": "AUTH-1", "outcome": "held"},
            {"id": "AUTH-2", "outcome": "held"},
            {"id": "AUTH-3", "outcome": "held"},
            {"id": "LIM-1", "outcome": "held"},
            {"id": "INV-1", "outcome": "held"},
            {"id": "INV-5", "outcome": "held"},
            {"id": "INV-2", "outcome": "held"},
            {"id": "ROLE-4", "outcome": "held"},
            {"id": "ROLE-2", "outcome": "held"},
            {"id": "ROLE-3", "outcome": "held"},
            {"id": "ROLE-1", "outcome": "refused"},
        ],
        "unread": [],
        "request": {"name": "New", "email": NEW, "env_roles": [row("dev", "Nobody")]},
        "response": {"errors": [{"code": "INVALID_PARAMS", "title": "Role Nobody not found"}]},
    }


def test_the_journal_keeps_what_nobody_knew(world: World) -> None:
    """An unknown operation has no name, a stranger no workspace; no header is kept, so no token either."""
    world.emulator.client("acme", token="secret-token").get("/api/recipes", params={"page": 2})

    entry = world.last()
    assert (entry["operation"], entry["workspace"], entry["client"]) == (None, None, None)
    assert (entry["path"], entry["request"], entry["status"]) == ("/api/recipes?page=2", None, 501)
    assert "secret-token" not in world.control.get("/journal").text


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"", None),
        (b"{", "{"),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"NaN", "NaN"),
        (b'{"a":1,"a":2}', '{"a":1,"a":2}'),
        (b'"\\ud800"', '"\\ud800"'),
        (b'{"name": 5}', {"name": 5}),
    ],
)
def test_a_body_is_shown_as_it_came(world: World, body: bytes, shown: object) -> None:
    """JSON as a value; what is none as text."""
    world.acme.post("/api/member_invitations", content=body)

    assert world.last()["request"] == shown


def test_what_nobody_looked_at_is_unread(world: World) -> None:
    """Unknown query parameters and body fields, at any depth; what is known is not among them."""
    roles = [row("dev", "Member") | {"environment": "dev"}]
    world.acme.post(
        "/api/member_invitations?notify=1",
        json={"name": "New", "email": NEW, "env_roles": roles, "locale": {"a": 1}},
    )
    assert world.last()["unread"] == ["query notify", "body env_roles.0.environment", "body locale"]

    world.acme.get("/api/members?email=a")
    assert world.last()["unread"] == []
    world.acme.request("GET", "/api/members", json={"email": "a"})
    assert world.last()["unread"] == []


def test_the_journal_is_read_in_pages(world: World) -> None:
    """After a number, at most so many, oldest first; cleared, it goes on counting."""
    for _ in range(5):
        world.acme.get("/api/users/me")
    page = world.control.get("/journal", params={"after": 1, "limit": 2}).json()["data"]
    assert [each["seq"] for each in page] == [2, 3]

    world.control.delete("/journal")
    assert world.journal() == []
    world.acme.get("/api/users/me")
    assert world.last()["seq"] == 6


def test_the_journal_is_a_ring_of_a_thousand(world: World) -> None:
    """The oldest fall out; numbers stay what they were."""
    for _ in range(1003):
        world.acme.get("/api/nothing")

    entries = world.journal()
    assert (len(entries), entries[0]["seq"], entries[-1]["seq"]) == (1000, 4, 1003)


def test_an_answer_tells_its_rules_when_asked(world: World) -> None:
    """In `X-Emulator-Rules`, in the order in which they spoke; not otherwise."""
    assert "x-emulator-rules" not in world.acme.get("/api/users/me").headers
    world.suspend("AUTH-3")
    asked = world.acme.get("/api/roles", headers={"X-Emulator-Rules": "1"})

    assert asked.headers["x-emulator-rules"] == "AUTH-1=held, AUTH-2=held, AUTH-3=suspended, AUTH-4=refused"


@pytest.mark.parametrize("path", ["/api/users/me", "/api/nothing", "/api/roles"])
def test_a_correlation_id_comes_back(world: World, path: str) -> None:
    """With every answer, good or bad."""
    answer = world.acme.get(path, headers={"x-correlation-id": "abc-123"})

    assert answer.headers["x-correlation-id"] == "abc-123"
    assert "x-correlation-id" not in world.acme.get(path).headers


@pytest.mark.parametrize(
    ("method", "path", "suggestion"),
    [
        ("GET", "/api/member", "GET /api/members"),
        ("POST", "/api/members_invitations", "POST /api/member_invitations"),
        ("GET", "/api/environment_rolls", "GET /api/environment_roles"),
        ("GET", "/api/users", "GET /api/users/me"),
    ],
)
def test_an_unknown_operation_is_loud(world: World, method: str, path: str, suggestion: str) -> None:
    """501 in the control plane's dialect, with the nearest operation there is."""
    answer = world.acme.request(method, path)

    assert answer.status_code == 501
    assert answer.json()["error"] == {
        "code": "not_emulated",
        "message": f"{method} {path} is not emulated",
        "suggestion": suggestion,
    }


def test_an_operation_near_nothing_gets_no_suggestion(world: World) -> None:
    """Better none than a wild guess."""
    assert set(world.acme.get(f"/{'z' * 99}").json()["error"]) == {"code", "message"}


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "/api/members/1", "DELETE, GET, PUT"),
        ("GET", "/api/member_invitations", "POST"),
        ("OPTIONS", "/api/members", "GET, POST"),
        ("HEAD", "/api/users/me", "GET"),
    ],
)
def test_a_known_path_tells_its_methods(world: World, method: str, path: str, allowed: str) -> None:
    """405 with Allow, before anybody is asked who they are."""
    answer = world.emulator.client("acme", token="dead").request(method, path)

    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_times_in_the_journal_are_the_clocks() -> None:
    """The clock of this emulator and of no other."""
    emulator = Emulator()
    emulator.client("acme").get("/api/users/me")

    assert emulator.control.get("/journal").json()["data"][0]["at"] == START
