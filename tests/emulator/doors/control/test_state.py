"""Reset, seeds, snapshots and the clock."""

import json

import pytest

from workato_emulator import Clock, Emulator

from ...world import BEN, CY, NEW, SEED, START, Json, World, row


def _busy(world: World) -> None:
    """Leave traces in everything that remembers something."""
    world.control.put("/snapshots/early")
    world.invite()
    world.accept()
    world.invite(CY)
    world.remove(BEN)
    world.acme.post("/api/user_groups", json={"user_group": {"name": "Payroll"}})
    for _ in range(60):
        world.acme.get("/api/users/me")
    world.advance(30)
    world.suspend("INV-2")
    world.assume(removal_answer="200")
    world.plan(collaborator_limit=9)
    world.control.post("/faults", json={"operation": "listRoles", "status": 500, "count": 3})
    world.control.patch("/workspaces/acme/api_clients/second", json={"token": "other"})


def _same_from_here_on(one: World, other: World) -> None:
    """What both answer to the same calls: limits and ids show only when they are used."""
    for world in (one, other):
        world.invite("later@example.test")
        world.accept("later@example.test")
        for _ in range(61):
            world.acme.get("/api/users/me")
            world.northwind.get("/api/roles")
    assert one.everything() == other.everything()


def test_reset_equals_a_fresh_start(world: World) -> None:
    """State, journal, clock, limits, rules, assumptions, faults, snapshots and ids."""
    _busy(world)
    assert world.control.post("/reset").status_code == 204

    assert world.everything() == World().everything()
    _same_from_here_on(world, World())


def test_a_restored_snapshot_equals_the_moment_it_was_taken(world: World) -> None:
    """All of it, as often as one likes; the snapshot stays."""
    other = World()
    for each in (world, other):
        _busy(each)
        each.control.put("/snapshots/busy")
    then = world.everything()
    for _ in range(2):
        world.accept(CY)
        world.advance(5000)
        for _ in range(3):
            world.northwind.get("/api/roles")
        world.resume("INV-2")
        world.control.delete("/faults")
        world.control.delete("/journal")
        assert world.everything() != then
        assert world.control.post("/snapshots/busy/restore").status_code == 204
        assert world.everything() == then
    _same_from_here_on(world, other)


def test_snapshots_have_names(world: World) -> None:
    """Taken anew under the same name, listed by name, forgotten by name and by a reset."""
    for name in ("b", "a", "b"):
        world.control.put(f"/snapshots/{name}")
    assert world.control.get("/snapshots").json() == {"data": [{"name": "a"}, {"name": "b"}]}

    world.control.delete("/snapshots/a")
    world.invite()
    world.control.post("/snapshots/b/restore")
    assert world.invitations() == []
    world.control.post("/reset")
    assert world.control.get("/snapshots").json() == {"data": []}


def test_an_export_seeds_the_same_state_again(world: World) -> None:
    """In the same emulator and in another, whatever happened before."""
    _busy(world)
    world.control.patch("/workspaces/northwind/api_clients/okta", json={"privileges": ["roles.list"]})
    world.control.delete("/workspaces/acme/api_clients/second")
    exported = world.export()
    now = world.control.get("/clock").json()["now"]

    assert world.control.put("/seed", json=exported).json() == {"workspaces": ["acme", "northwind"]}
    assert world.export() == exported
    assert Emulator(exported | {"clock": now}).control.get("/export").json() == exported


def test_a_workspace_without_api_clients_comes_back_without(world: World) -> None:
    """A list that is empty is not a list that was left out."""
    for client in ("okta", "second"):
        world.control.delete(f"/workspaces/acme/api_clients/{client}")
    exported = world.export()
    world.control.put("/seed", json=exported)

    assert world.export() == exported
    assert world.acme.get("/api/members").status_code == 401


def test_ids_go_on_after_an_import_as_they_would_have(world: World) -> None:
    """The count is part of the export, so the next id is the same in both."""
    world.invite()
    other = World(world.export())
    for each in (world, other):
        each.acme.post("/api/user_groups", json={"user_group": {"name": "Payroll"}})

    assert world.export() == other.export()


def test_a_seed_replaces_the_whole_world(world: World) -> None:
    """Journal, limits, faults, suspended rules and snapshots of the old one are gone; reset leads to the new one."""
    _busy(world)
    world.control.put("/seed", json=SEED | {"clock": START})

    assert world.everything() == World().everything()
    _same_from_here_on(world, World())
    world.control.post("/reset")
    assert world.everything() == World().everything()


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param({"workspaces": {"a": {"collaborators": [{"name": "A", "email": "a@b", "roles": {"x": "y"}}]}}}),
        pytest.param({"workspaces": {}}),
        pytest.param([]),
    ],
    ids=["dangling", "empty", "no object"],
)
def test_a_refused_seed_changes_nothing(world: World, seed: Json) -> None:
    """Not even the clock, where it names one."""
    _busy(world)
    before = world.everything()
    body = seed | {"clock": "2030-01-01T00:00:00Z"} if isinstance(seed, dict) else seed
    answer = world.control.put("/seed", json=body)

    assert answer.status_code in {400, 422}
    assert world.everything() == before


def test_equal_seeds_and_equal_requests_give_equal_bytes() -> None:
    """Ids and times depend on nothing else; another seed for ids gives other handles."""

    def told(ids_seed: int) -> bytes:
        emulator = Emulator(SEED, ids_seed=ids_seed)
        client = emulator.client("acme")
        client.post("/api/user_groups", json={"user_group": {"name": "Payroll"}})
        return client.get("/api/user_groups").content + client.get("/api/members").content

    assert told(0) == told(0)
    assert told(0) != told(1)


def test_the_default_seed_has_two_workspaces_on_the_new_model() -> None:
    """Readable people, fixed tokens, one person who is in both."""
    emulator = Emulator()
    acme, northwind = emulator.control.get("/workspaces").json()["data"]

    assert (acme["name"], acme["permission_model"]) == ("acme", "environment_roles")
    assert (northwind["name"], northwind["permission_model"]) == ("northwind", "environment_roles")
    assert acme["api_clients"][0]["token"] == "wrkaus-acme-okta"
    people = [
        {each["email"] for each in emulator.client(name).get("/api/members").json()["data"]}
        for name in ("acme", "northwind")
    ]
    assert len(people[0] & people[1]) == 1
    assert all(email.endswith("@example.test") for email in people[0] | people[1])
    assert Emulator().control.get("/export").content == emulator.control.get("/export").content


def test_the_clock_is_read_set_and_moved(world: World) -> None:
    """A still clock stays where it is put; an offset is turned into UTC."""
    assert world.control.get("/clock").json() == {"now": START, "kind": "still"}
    answer = world.control.put("/clock", json={"now": "2026-02-02T09:00:00.250-08:00"})
    assert answer.json() == {"now": "2026-02-02T17:00:00.250000+00:00", "kind": "still"}
    answer = world.control.post("/clock/advance", json={"seconds": 0.75})
    assert answer.json()["now"] == "2026-02-02T17:00:01+00:00"


@pytest.mark.parametrize("seconds", [3155760000, 0])
def test_a_step_of_a_hundred_years_is_a_step(world: World, seconds: int) -> None:
    """And none at all is one too."""
    assert world.control.post("/clock/advance", json={"seconds": seconds}).status_code == 200


def test_the_clock_does_not_run_out_of_dates(world: World) -> None:
    """Beyond its last year it refuses, and stays where it was."""
    world.control.put("/clock", json={"now": "8999-12-31T23:59:59Z"})
    answer = world.control.post("/clock/advance", json={"seconds": 3155760000})

    assert answer.status_code == 422
    assert world.control.get("/clock").json()["now"] == "8999-12-31T23:59:59+00:00"
    world.invite(env_roles=[row("dev", "Member")])
    assert world.invite().headers["retry-after"] == "1200"


def test_a_seed_sets_the_clock() -> None:
    """At the start, and what has no time of its own has this one."""
    emulator = Emulator(SEED | {"clock": "2027-06-01T12:00:00+02:00"})

    assert emulator.control.get("/clock").json()["now"] == "2027-06-01T10:00:00+00:00"
    created = emulator.client("acme").get("/api/users/me").json()["created_at"]
    assert created == "2027-06-01T03:00:00.000-07:00"


def test_a_handle_shares_its_clock() -> None:
    """Given from outside, the clock can be read and moved from both sides."""
    clock = Clock.still()
    world = Emulator(SEED, clock=clock)
    world.control.post("/clock/advance", json={"seconds": 60})

    assert clock.now().isoformat() == "2026-01-05T17:01:00+00:00"
    assert json.loads(world.control.get("/health").content)["now"] == clock.now().isoformat()


def test_removed_and_invited_people_are_remembered_across_an_export(world: World) -> None:
    """The twenty minutes and the churn go with the state."""
    world.plan(churn_limit=1)
    world.invite(NEW)
    world.remove(BEN)
    other = World(world.export() | {"clock": START})

    assert other.invite(NEW).status_code == 429
    assert other.invite(BEN).status_code == 429
    assert [each["email"] for each in other.invitations()] == [NEW]


def test_the_handle_exports_what_the_control_plane_does(world: World) -> None:
    """As long as nothing changes it is the same object; whatever changes, the next look sees it."""
    first = world.emulator.export()
    world.acme.get("/api/members")
    assert world.emulator.export() is first
    assert first == world.export()

    world.invite()
    world.control.patch("/assumptions", json={"removal_answer": "200"})
    assert world.emulator.export() is not first
    assert world.emulator.export() == world.export()


@pytest.mark.parametrize(
    ("method", "path", "body", "place", "suggestion"),
    [
        pytest.param("PATCH", "/assumptions", {"email_cas": "sensitive"}, None, None, id="assumption"),
        pytest.param(
            "POST",
            "/workspaces/acme/client_roles",
            {"name": "A", "privileges": ["roles.lst"]},
            "privileges.0",
            "roles.list",
            id="privilege",
        ),
        pytest.param(
            "GET", "/journal?operation=listColaborators", None, "operation", "listCollaborators", id="operation"
        ),
        pytest.param("GET", "/journal?rule=INV-77", None, "rule", "INV-7", id="rule"),
    ],
)
def test_a_value_that_means_nothing_is_no_seed(
    method: str, path: str, body: Json, place: str | None, suggestion: str | None
) -> None:
    """It has a code of its own, so that nobody looks for a seed."""
    answer = Emulator(SEED).control.request(method, path, json=body)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "unusable_value")
    assert (error.get("place"), error.get("suggestion")) == (place, suggestion)
