"""What a write costs does not depend on how many people it is not about."""

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import httpx
import pytest

from workato_emulator import Emulator, SeedProblem

FEW, MANY = 20, 600
ADMIN, LAST, HELD, BUILDER = 7, 8, 9, "pr-MnOpQrSt-UvWxYz"

Act = Callable[[Emulator, httpx.Client], httpx.Response]


def crowded(size: int) -> Emulator:
    """A workspace with so many collaborators, invitees, granted people and folders whom no act here is about."""
    people = [
        {"name": f"P{number}", "email": f"p{number}@example.test", "id": 1_000 + number, "roles": {"dev": "Member"}}
        for number in range(size)
    ]
    guests = [
        {"name": "G", "email": f"g{number}@example.test", "id": 5_000 + number, "roles": {"dev": "Member"}}
        for number in range(size)
    ]
    grants = [{"role": "Project operator", "user": each["email"]} for each in people]
    return Emulator(
        {
            "workspaces": {
                "acme": {
                    "plan": {"collaborator_limit": 10**6},
                    "roles": [{"name": "Auditor", "id": HELD}],
                    "project_roles": [{"name": "Reviewer", "id": BUILDER}],
                    "collaborators": [
                        *people,
                        {
                            "name": "Ada",
                            "email": "ada@example.test",
                            "id": ADMIN,
                            "roles": {"dev": "Environment admin", "prod": "Auditor"},
                        },
                        {
                            "name": "Bea",
                            "email": "bea@example.test",
                            "id": LAST,
                            "roles": {"dev": "Environment admin"},
                        },
                    ],
                    "invitations": [
                        *guests,
                        {"name": "Cy", "email": "cy@example.test", "id": 4_000, "roles": {"prod": "Auditor"}},
                    ],
                    "projects": [
                        {
                            "name": "Payroll",
                            "id": 44120,
                            "folder_id": 26138,
                            "grants": [*grants, {"role": "Reviewer", "user": "ada@example.test"}],
                        },
                        {"name": "Empty", "id": 44121},
                    ],
                    "folders": [
                        {"name": f"F{number}", "environment": environment}
                        for number in range(size)
                        for environment in ("dev", "test")
                    ],
                }
            }
        }
    )


def steps_of(act: Act, size: int) -> int:
    """How many lines of Python run while this is answered; a line that loops counts each time."""
    emulator = crowded(size)
    with emulator.client("acme") as client:
        client.get("/api/users/me")
        emulator.control.get("/health")
        return traced(lambda: act(emulator, client))


def traced(act: Callable[[], object]) -> int:
    steps = 0

    def noted(_frame: FrameType, _event: str, _about: Any) -> Any:  # noqa: ANN401  (as `sys.settrace` has it)
        nonlocal steps
        steps += 1
        return noted

    before = sys.gettrace()
    gc.disable()  # what others do when the collector runs is not ours
    sys.settrace(noted)
    try:
        act()
    finally:
        sys.settrace(before)
        gc.enable()
    return steps


def _by_hand(path: str) -> Act:
    return lambda emulator, _client: emulator.control.post(f"/workspaces/acme/invitations/{path}")


def _invited(_emulator: Emulator, client: httpx.Client) -> httpx.Response:
    roles = [{"environment_type": "dev", "name": "Member", "role_type": "environment"}]
    return client.post("/api/member_invitations", json={"name": "D", "email": "d@example.test", "env_roles": roles})


def _demoted(_emulator: Emulator, client: httpx.Client) -> httpx.Response:
    rows = [{"environment_type": "dev", "name": "Member", "role_type": "environment"}]
    return client.put(f"/api/members/{ADMIN}", json={"env_roles": rows})


def _granted(_emulator: Emulator, client: httpx.Client) -> httpx.Response:
    grant = {"assignment_type": "User", "assignment_id": LAST, "project_role_id": BUILDER}
    return client.put("/api/projects/44120/project_grants", json={"project_grants": [grant]})


@pytest.mark.parametrize(
    ("act", "status"),
    [
        pytest.param(_invited, 200, id="an invitation"),
        pytest.param(_by_hand("cy@example.test/accept"), 204, id="an acceptance by email"),
        pytest.param(_by_hand("4000/accept"), 204, id="an acceptance by id"),
        pytest.param(_by_hand("4000/cancel"), 204, id="a cancellation by id"),
        pytest.param(_demoted, 200, id="an administrator's demotion"),
        pytest.param(lambda _, client: client.delete(f"/api/members/{ADMIN}"), 204, id="an administrator's removal"),
        pytest.param(
            lambda _, client: client.put(f"/api/environment_roles/{HELD}", json={"environment_role": {"name": "Seer"}}),
            200,
            id="a change of an environment role",
        ),
        pytest.param(
            lambda _, client: client.delete(f"/api/environment_roles/{HELD}"), 204, id="an environment role's deletion"
        ),
        pytest.param(
            lambda _, client: client.put(
                f"/api/project_roles/{BUILDER}", json={"project_role": {"name": "Seer", "config": {}}}
            ),
            200,
            id="a change of a project role",
        ),
        pytest.param(
            lambda _, client: client.delete(f"/api/project_roles/{BUILDER}"), 204, id="a project role's deletion"
        ),
        pytest.param(_granted, 200, id="a grant"),
        pytest.param(lambda _, client: client.post("/api/folders", json={"name": "New"}), 200, id="a new project"),
        pytest.param(lambda _, client: client.delete("/api/projects/44121"), 200, id="a project's deletion"),
    ],
)
def test_a_write_looks_at_nobody_whom_it_is_not_about(act: Act, status: int) -> None:
    """It takes as many steps among many as among few."""

    def checked(emulator: Emulator, client: httpx.Client) -> httpx.Response:
        answer = act(emulator, client)
        assert answer.status_code == status, answer.text
        return answer

    steps_of(checked, FEW)  # what is made once, on first use, is made here
    assert steps_of(checked, MANY) - steps_of(checked, FEW) < (MANY - FEW) / 4


COUNTS = (
    "/api/environment_roles",
    "/api/project_roles",
    "/api/projects",
    "/api/folders",
    "/api/projects/44120/project_grants",
)


def test_what_is_counted_is_what_is_there() -> None:
    """Counts and lists are those of the same state seeded anew, after roles, grants and folders came and went."""
    emulator = crowded(3)
    client = emulator.client("acme")
    for path in ("cy@example.test/accept", "5001/cancel", "5002/accept"):
        emulator.control.post(f"/workspaces/acme/invitations/{path}")
    _granted(emulator, client)
    client.put("/api/members/1001", json={"env_roles": [{"environment_type": "dev", "name": "NoAccess"}]})
    client.delete("/api/members/1002")
    client.delete(f"/api/environment_roles/{HELD}")
    inside = client.post("/api/folders", json={"name": "Recipes", "parent_id": "26138"}).json()["id"]
    client.post("/api/folders", json={"name": "Recipes", "parent_id": str(inside)})
    before = emulator.control.get("/export").json()
    again = Emulator(before)

    def counts(of: Emulator) -> list[Any]:
        with of.client("acme") as asker:
            return [asker.get(path).json() for path in COUNTS]

    assert counts(emulator) == counts(again)
    for each in (emulator, again):
        assert each.client("acme").delete(f"/api/folders/{inside}").json() == {"success": True}  # with the one inside
        assert each.client("acme").delete(f"/api/project_roles/{BUILDER}").status_code == 204
        assert each.client("acme").delete("/api/projects/44121").json() == {"success": True}
        assert each.client("acme").post("/api/folders", json={"name": "Empty"}).status_code == 200
        assert each.client("acme").delete(f"/api/members/{ADMIN}").status_code == 204
        assert each.client("acme").delete(f"/api/members/{LAST}").status_code == 400
    assert counts(emulator) == counts(again)


def test_a_seed_takes_as_long_for_each_of_many_folders_as_for_each_of_few() -> None:
    """However many stand side by side in one place."""

    def steps(folders: int) -> int:
        seed = {"workspaces": {"acme": {"folders": [{"name": f"F{number}"} for number in range(folders)]}}}
        return traced(lambda: Emulator(seed))

    steps(10)
    assert steps(1_200) - steps(800) < 1.2 * (steps(800) - steps(400))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda number: {"collaborators": [{"nam": "A"} for _ in range(number)]}, id="rows"),
        pytest.param(lambda number: {f"key{each}": 1 for each in range(number)}, id="keys of one row"),
        pytest.param(lambda number: {"homes": {f"e{each}": 0 for each in range(number)}}, id="values by name"),
    ],
)
def test_a_seed_with_many_mistakes_is_refused_as_soon_as_one_with_a_hundred(
    wrong: Callable[[int], dict[str, Any]],
) -> None:
    """Looking for the nearest spelling takes long, and nobody reads the ten-thousandth."""

    def refused(mistakes: int) -> None:
        with pytest.raises(SeedProblem):
            Emulator({"workspaces": {"acme": wrong(mistakes)}})

    refused(10)
    few, many = traced(lambda: refused(150)), traced(lambda: refused(1_500))
    assert many < 1.5 * few


def test_a_page_of_a_long_log_costs_what_one_of_a_short_log_costs() -> None:
    """Whoever reads page by page does not wait for all of it again each time: rows are found where they stand."""
    entry = {
        "at": "2026-01-02T03:04:05Z",
        "event": "user_login",
        "resource": {"id": 4711, "type": "User", "name": "Ada"},
        "ip_address": "192.0.2.7",
        "user_agent": "curl/8",
    }

    def steps(entries: int) -> int:
        emulator = Emulator({"workspaces": {"acme": {"activity": [entry] * entries}}})
        with emulator.client("acme") as client:
            middle = {"page[size]": 5, "page[after]": entries // 2}
            client.get("/api/activity_logs", params=middle)
            return traced(lambda: client.get("/api/activity_logs", params=middle))

    assert steps(2_000) < steps(100) + 100
