"""A lease: somebody has the emulator to themselves, and leaves it as it was."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from workato_emulator import Clock, Emulator
from workato_emulator.recovery import begin, recover
from workato_emulator.state.log import Log
from workato_emulator.state.seeds import default_document
from workato_emulator.transport import InProcessTransport

from ...world import CY, Json, World

LEASE = {"holder": "2f6c0f6d9a"}
HOLDER = {"X-Emulator-Lease": "2f6c0f6d9a"}
FENCED = {
    "workspaces": {"acme": {"api_clients": [{"name": "far", "token": "far", "ip_allow_list": ["203.0.113.0/24"]}]}}
}


def _lent(world: World, **more: object) -> None:
    world.control.put("/lease", json=LEASE | more).raise_for_status()


def test_what_was_there_before_is_put_back(world: World) -> None:
    """People, clock, faults, suspended rules, assumptions, journal and snapshots, whatever happened meanwhile."""
    world.invite()
    world.control.put("/snapshots/mine")
    world.advance(90)
    world.suspend("INV-2")
    world.assume(removal_answer="200")
    world.control.post("/faults", json={"operation": "listRoles", "status": 500, "count": 3})
    before = world.everything()

    _lent(world)
    world.control.put("/seed", json={"workspaces": {"other": {}}}).raise_for_status()
    world.advance(5000)
    world.control.post("/rules/ROLE-1/suspend")
    world.control.post("/reset")
    assert world.everything() != before
    assert world.control.delete("/lease").status_code == 204

    assert world.everything() == before
    assert world.control.delete("/lease").status_code == 204
    assert world.everything() == before


def test_there_is_one_lease_at_a_time(world: World) -> None:
    """Whoever comes second is refused, and the first keeps what was set aside."""
    before = world.everything()
    _lent(world)
    world.invite(CY)
    second = world.control.put("/lease", json={"holder": "another"})

    assert (second.status_code, second.json()["error"]["code"]) == (409, "leased")
    assert world.control.get("/health").json()["leased"] is True
    world.control.delete("/lease")
    assert world.everything() == before
    assert world.control.get("/health").json()["leased"] is False


def test_time_stands_still_during_a_lease_and_goes_on_afterwards() -> None:
    """A served emulator follows the machine; for the holder it moves only when it is moved."""
    machine = datetime(2026, 3, 1, tzinfo=UTC)
    times = iter(machine + timedelta(seconds=count) for count in range(10_000))
    clock = Clock.system(lambda: next(times))
    emulator = Emulator(clock=clock)
    emulator.control.put("/lease", json=LEASE).raise_for_status()

    first, second = clock.now(), clock.now()
    emulator.control.post("/clock/advance", json={"seconds": 60})
    assert (second, clock.now(), clock.kind) == (first, first + timedelta(seconds=60), "still")
    emulator.control.delete("/lease")
    assert clock.kind == "system"
    assert clock.now() < clock.now() < machine + timedelta(hours=1)


@pytest.mark.parametrize(("ids_seed", "same"), [(7, True), (8, False)])
def test_ids_follow_from_the_seed_of_the_lease(ids_seed: int, same: bool) -> None:
    """The holder gets the ids of an emulator that was started with this seed."""
    world: Json = {"workspaces": {"acme": {}}}
    lent = Emulator()
    lent.control.put("/lease", json=LEASE | {"ids_seed": 7}).raise_for_status()
    lent.control.put("/seed", json=world).raise_for_status()
    made = [
        each.client("acme").post("/api/user_groups", json={"user_group": {"name": "Payroll"}}).json()
        for each in (lent, Emulator(world, ids_seed=ids_seed))
    ]

    assert (made[0] == made[1]) is same


@pytest.mark.parametrize(
    ("headers", "let_in"),
    [
        pytest.param({}, False, id="as it comes"),
        pytest.param({"X-Emulator-From": "203.0.113.9"}, False, id="an address without the holder"),
        pytest.param({"X-Emulator-Lease": "guess", "X-Emulator-From": "203.0.113.9"}, False, id="a guessed holder"),
        pytest.param(HOLDER | {"X-Emulator-From": "203.0.113.9"}, True, id="an address that is allowed"),
        pytest.param(HOLDER | {"X-Emulator-From": "198.51.100.9"}, False, id="another address"),
    ],
)
def test_the_holder_says_where_a_request_comes_from(headers: dict[str, str], *, let_in: bool) -> None:
    """An allow list believes nobody else."""
    emulator = Emulator(FENCED)
    emulator.control.put("/lease", json=LEASE).raise_for_status()

    assert emulator.client("acme").get("/api/members", headers=headers).is_success is let_in


def test_without_a_lease_the_header_means_nothing() -> None:
    """Neither an empty holder nor any other word opens an allow list."""
    client = Emulator(FENCED).client("acme")
    said = {"X-Emulator-Lease": "", "X-Emulator-From": "203.0.113.9"}

    assert client.get("/api/members", headers=said).status_code == client.get("/api/members").status_code != 200


def test_nobody_waits_who_has_the_lease() -> None:
    """Latency is the holder's to play; the clock does not move by itself."""
    emulator = Emulator()
    emulator.control.put("/lease", json=LEASE).raise_for_status()
    before = emulator.clock.now()
    slow = {"operation": "listCollaborators", "effect": "latency", "latency_seconds": 45}
    emulator.control.post("/faults", json=slow).raise_for_status()

    assert emulator.client("acme").get("/api/members", headers=HOLDER, timeout=5).status_code == 200
    assert emulator.clock.now() == before


@pytest.mark.parametrize("ended", [True, False])
def test_a_lease_outlives_a_kill_with_a_state_file(tmp_path: Path, *, ended: bool) -> None:
    """Replayed, the emulator is lent as it was, and what was set aside comes back all the same."""
    log = Log(tmp_path / "state")
    first = begin(log, default_document(), Clock.system())
    control = _control(first)
    assert control.get("/health").json()["state_file"] is True
    control.put("/lease", json=LEASE).raise_for_status()
    control.put("/seed", json={"workspaces": {"other": {}}}).raise_for_status()
    if ended:
        control.delete("/lease").raise_for_status()
    log.close()

    again = _control(recover(Log(tmp_path / "state"), Clock.system(), compact_after=0))
    assert again.get("/health").json()["leased"] is not ended
    assert again.get("/health").json()["workspaces"] == (["acme", "northwind"] if ended else ["other"])
    assert again.delete("/lease").status_code == 204
    assert again.get("/health").json()["workspaces"] == ["acme", "northwind"]


def _control(app: object) -> httpx.Client:
    transport = InProcessTransport(app)  # type: ignore[arg-type]
    return httpx.Client(transport=transport, base_url="http://localhost/_emulator/v1")
