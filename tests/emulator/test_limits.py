"""Sixty requests a minute per API client and resource, on the clock (fact sheet 2)."""

from collections.abc import Callable

import httpx
import pytest

from .world import NEW, World, row


def _spend(call: Callable[[], httpx.Response], times: int = 60) -> None:
    for _ in range(times):
        assert call().status_code != 429


RESOURCES = [
    pytest.param("GET", "/api/members", id="members"),
    pytest.param("POST", "/api/member_invitations", id="invitations"),
    pytest.param("GET", "/api/environment_roles", id="environment roles"),
    pytest.param("GET", "/api/user_groups", id="groups"),
    pytest.param("GET", "/api/users/me", id="workspace details"),
]


@pytest.mark.parametrize(("method", "path"), RESOURCES)
def test_the_sixty_first_request_of_a_minute_is_refused(world: World, method: str, path: str) -> None:
    """Sixty pass, exactly, whatever they ask for; the next answers 429 with the wait."""
    for number in range(60):
        answer = world.acme.request(method, path)
        assert answer.status_code != 429
        if answer.is_success:
            assert answer.headers["x-rate-limit-remaining"] == str(59 - number)
    answer = world.acme.request(method, path)

    assert (answer.status_code, answer.json()) == (429, {"message": "Too many requests"})
    assert answer.headers["retry-after"] == "60"
    assert answer.headers["x-rate-limit-remaining"] == "0"
    assert world.refused_by() == "LIM-1"


@pytest.mark.parametrize(
    ("waited", "status"), [(0, 429), (59.999, 429), (59.999999, 429), (60, 200)], ids=["at once", "ms", "us", "to it"]
)
def test_a_minute_is_sixty_seconds(world: World, waited: float, status: int) -> None:
    """The window opens at, and not before, the sixtieth second."""
    _spend(lambda: world.acme.get("/api/members"))
    world.advance(waited)

    assert world.acme.get("/api/members").status_code == status


def test_the_window_slides(world: World) -> None:
    """Each request frees its own place a minute after it was made."""
    for _ in range(60):
        world.acme.get("/api/members")
        world.advance(1)

    assert [world.acme.get("/api/members").status_code for _ in range(2)] == [200, 429]
    world.advance(0.5)
    refused = world.acme.get("/api/members")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    world.advance(0.5)
    assert [world.acme.get("/api/members").status_code for _ in range(2)] == [200, 429]


def test_a_refused_request_does_not_extend_the_wait(world: World) -> None:
    """However often somebody knocks, the first sixty are what counts."""
    _spend(lambda: world.acme.get("/api/members"))
    for _ in range(59):
        world.advance(1)
        assert world.acme.get("/api/members").status_code == 429
    world.advance(1)

    _spend(lambda: world.acme.get("/api/members"))


def test_resources_count_apart(world: World) -> None:
    """A spent quota for collaborators leaves invitations and groups alone, and the paths of one resource share."""
    _spend(lambda: world.acme.get("/api/members"), 59)
    _spend(lambda: world.acme.get("/api/members/1"), 1)

    assert world.acme.get("/api/members/1/privileges").status_code == 429
    assert world.acme.put("/api/members/1", json={"env_roles": []}).status_code == 429
    assert world.invite().status_code == 200
    assert world.acme.get("/api/user_groups").status_code == 200


def test_clients_and_workspaces_count_apart(world: World) -> None:
    """Another client of the workspace, and another workspace, have quotas of their own."""
    _spend(lambda: world.acme.get("/api/members"))

    assert world.emulator.client("acme", api_client="second").get("/api/members").status_code == 200
    assert world.northwind.get("/api/members").status_code == 200


def test_refusals_of_other_kinds_count(world: World) -> None:
    """A 400, a 404 and a malformed body are requests; a dead token is nobody's."""
    stranger = world.emulator.client("acme", token="dead")
    _spend(lambda: stranger.get("/api/members"), 70)
    _spend(lambda: world.acme.get("/api/members/none"), 30)
    _spend(lambda: world.acme.put("/api/members/1", content=b"{"), 30)

    assert world.acme.get("/api/members").status_code == 429


def test_a_request_over_the_limit_does_nothing(world: World) -> None:
    """An invitation that came too often was not sent."""
    _spend(lambda: world.acme.post("/api/member_invitations", json={}))
    before = world.export()

    assert world.invite(NEW, env_roles=[row("dev", "Member")]).status_code == 429
    assert world.export() == before


def test_a_plan_sets_the_number(world: World) -> None:
    """More, fewer or none; a quota of nothing asks everybody to wait a minute."""
    world.plan(requests_per_minute=2)
    assert [world.acme.get("/api/members").status_code for _ in range(3)] == [200, 200, 429]
    world.plan(requests_per_minute=3)
    assert [world.acme.get("/api/members").status_code for _ in range(2)] == [200, 429]
    world.plan(requests_per_minute=1)
    world.advance(30)
    assert world.acme.get("/api/members").headers["retry-after"] == "30"
    world.plan(requests_per_minute=0)
    world.advance(60)
    assert world.acme.get("/api/members").headers["retry-after"] == "60"


def test_waiting_as_long_as_it_says_is_enough_in_calendar_minutes_too(world: World) -> None:
    """Where whole minutes count, the wait ends with the minute, not a minute after the oldest call."""
    world.assume(rate_window="fixed")
    world.advance(50)
    _spend(lambda: world.acme.get("/api/members"))
    world.advance(5)

    assert world.acme.get("/api/members").headers["retry-after"] == "5"
    world.advance(5)
    assert world.acme.get("/api/members").status_code == 200
