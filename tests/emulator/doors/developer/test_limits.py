"""Sixty requests a minute per API client and resource, on the clock."""

from collections.abc import Callable

import httpx
import pytest

from ...world import ADA, BEN, NEW, World, row


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
    world.assume(refused_call_counts="always")
    for number in range(60):
        answer = world.acme.request(method, path)
        assert answer.status_code != 429
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
    _spend(lambda: world.acme.get("/api/members"), 58)
    _spend(lambda: world.acme.get(f"/api/members/{world.id_of(ADA)}"), 1)

    assert world.acme.get("/api/members/1/privileges").status_code == 429
    assert world.acme.put("/api/members/1", json={"env_roles": []}).status_code == 429
    assert world.invite().status_code == 200
    assert world.acme.get("/api/user_groups").status_code == 200


def test_clients_and_workspaces_count_apart(world: World) -> None:
    """Another client of the workspace, and another workspace, have quotas of their own."""
    _spend(lambda: world.acme.get("/api/members"))

    assert world.emulator.client("acme", api_client="second").get("/api/members").status_code == 200
    assert world.northwind.get("/api/members").status_code == 200


def test_a_call_that_asks_for_something_wrong_counts_for_nothing(world: World) -> None:
    """Neither a 400 nor a 404 nor a 403 nor a malformed body; a dead token is nobody's."""
    stranger = world.emulator.client("acme", token="dead")
    system = next(each["id"] for each in world.acme.get("/api/user_groups").json()["data"] if each["system"])
    wrong = [
        lambda: stranger.get("/api/members"),
        lambda: world.acme.get("/api/members/none"),
        lambda: world.acme.put("/api/members/1", content=b"{"),
        lambda: world.acme.put(f"/api/user_groups/{system}", json={"user_group": {"name": "Mine"}}),
        lambda: world.acme.post("/api/member_invitations", json={}),
        lambda: world.invite(NEW, env_roles=[row("dev", "Nobody's")]),
    ]
    for each in wrong:
        _spend(each, 61)

    assert world.acme.get("/api/members").headers["x-rate-limit-remaining"] == "59"
    assert world.acme.get("/api/user_groups").headers["x-rate-limit-remaining"] == "58"
    assert world.invite().headers["x-rate-limit-remaining"] == "59"


def test_an_invitation_that_comes_too_soon_is_one_of_the_sixty(world: World) -> None:
    """It was in order, and is told how much of the minute is left, not how much of the twenty."""
    answers = [world.invite(), world.invite(), world.invite("other@example.test")]

    assert [each.status_code for each in answers] == [200, 429, 200]
    assert [each.headers["x-rate-limit-remaining"] for each in answers] == ["59", "58", "57"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        pytest.param("GET", "/api/members/none", 404, id="nothing there"),
        pytest.param("POST", "/api/member_invitations", 400, id="no body"),
        pytest.param("GET", "/api/roles", 401, id="the other permission model"),
    ],
)
def test_a_refusal_says_what_is_left_as_an_answer_does(world: World, method: str, path: str, status: int) -> None:
    """Whoever is known has a quota, and hears of it."""
    answer = world.acme.request(method, path)

    assert (answer.status_code, answer.headers["x-rate-limit-remaining"]) == (status, "60")


def test_who_is_not_known_has_no_quota(world: World) -> None:
    """And neither has an operation that is not there."""
    assert "x-rate-limit-remaining" not in world.emulator.client("acme", token="dead").get("/api/members").headers
    assert "x-rate-limit-remaining" not in world.acme.get("/api/nothing").headers


def test_a_request_over_the_limit_does_nothing(world: World) -> None:
    """An invitation that came too often was not sent."""
    world.plan(requests_per_minute=1)
    assert world.invite().status_code == 200
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


@pytest.mark.parametrize("kind", ["sliding", "fixed"])
def test_a_quota_does_not_outlast_a_clock_that_goes_back(world: World, kind: str) -> None:
    """What lies in the future has not been used up, and the wait is never longer than a minute."""
    world.assume(rate_window=kind)
    world.plan(requests_per_minute=2)
    _spend(lambda: world.acme.get("/api/members"), 2)
    world.control.put("/clock", json={"now": "2020-01-05T17:00:30Z"})

    assert [world.acme.get("/api/members").status_code for _ in range(3)] == [200, 200, 429]
    wait = int(world.acme.get("/api/members").headers["retry-after"])
    assert wait == (60 if kind == "sliding" else 30)
    world.advance(wait)
    assert world.acme.get("/api/members").headers["x-rate-limit-remaining"] == "1"


def test_the_twenty_minutes_do_not_outlast_a_clock_that_goes_back(world: World) -> None:
    """An invitation of the future keeps nobody waiting; the one made now does, for twenty minutes."""
    world.invite()
    world.control.put("/clock", json={"now": "2020-01-05T17:00:00Z"})

    assert world.invite().status_code == 200
    assert world.invite().headers["retry-after"] == "1200"
    world.advance(1200)
    assert world.invite().status_code == 200


def test_removals_of_the_future_do_not_keep_anybody_out(world: World) -> None:
    """Nor are they added to those made after the clock went back."""
    world.plan(churn_limit=1, churn_window_seconds=3600, invitation_cooldown_seconds=0)
    world.acme.delete(f"/api/members/{world.id_of(BEN)}")
    assert world.invite(BEN).headers["retry-after"] == "3600"
    world.control.put("/clock", json={"now": "2020-01-05T17:00:00Z"})
    assert world.invite(BEN).status_code == 200
    world.accept(BEN)
    world.acme.delete(f"/api/members/{world.id_of(BEN)}")

    assert world.invite(BEN).headers["retry-after"] == "3600"
    world.advance(3600)
    assert world.invite(BEN).status_code == 200


def test_the_journal_stays_in_the_order_of_what_happened(world: World) -> None:
    """A clock that goes back does not put a later exchange before an earlier one."""
    world.acme.get("/api/members")
    world.control.put("/clock", json={"now": "2020-01-05T17:00:00Z"})
    world.acme.get("/api/user_groups")

    assert [each["path"] for each in world.journal()] == ["/api/members", "/api/user_groups"]
    newest = world.control.get("/journal", params={"after": 1}).json()["data"]
    assert [(each["seq"], each["at"]) for each in newest] == [(2, "2020-01-05T17:00:00+00:00")]


def test_quotas_of_clients_that_are_gone_are_forgotten(world: World) -> None:
    """However many come and go, memory stays what it was."""
    world.plan(requests_per_minute=1_000_000)
    role = world.acme.get("/api/developer_api_client_roles").json()["result"]["items"][0]["id"]
    asked = {"api_privilege_group_id": role, "all_folders": True, "environment_name": "Development"}
    for number in range(200):
        made = world.acme.post("/api/developer_api_clients", json=asked | {"name": f"Passing {number}"}).json()
        passing = world.emulator.client("acme", token=made["result"]["token"]["value"])
        assert passing.get("/api/members").status_code == 200
        world.acme.delete(f"/api/developer_api_clients/{made['result']['id']}")

    assert len(world.emulator.app.backend.limiter.read()) < 100
