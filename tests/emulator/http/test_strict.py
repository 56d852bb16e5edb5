"""Strict: what nobody would read is refused, not passed over."""

import pytest

from workato_emulator import Emulator

from ..world import NEW, SEED, World, row, title


def _strict(world: World) -> World:
    assert world.control.put("/strict", json={"strict": True}).json() == {"strict": True}
    return world


INVITATION = {"name": "New", "email": NEW, "env_roles": [row("dev", "Member")]}


@pytest.mark.parametrize(
    ("method", "path", "body", "told"),
    [
        pytest.param(
            "POST",
            "/api/member_invitations",
            INVITATION | {"user_groups_ids": []},
            "Unknown body field 'user_groups_ids' (did you mean 'user_group_ids'?)",
            id="a field",
        ),
        pytest.param(
            "POST",
            "/api/member_invitations?notify=1",
            INVITATION | {"env_roles": [row("dev", "Member") | {"environment": "dev"}], "zzz": 1},
            "Unknown query parameter 'notify', body field 'env_roles.0.environment' (did you mean "
            "'environment_type'?), body field 'zzz'",
            id="several, inside others",
        ),
        pytest.param(
            "GET",
            "/api/members?emial=a",
            None,
            "Unknown query parameter 'emial' (did you mean 'email'?)",
            id="a parameter",
        ),
        pytest.param(
            "GET",
            "/api/members",
            {"email": "a"},
            "Unknown body (the operation takes none)",
            id="a body that no operation takes",
        ),
    ],
)
def test_what_has_no_effect_is_refused(world: World, method: str, path: str, body: object, told: str) -> None:
    """400 in the vendor's envelope with the nearest spelling; nothing is done, and the journal says why."""
    before = _strict(world).export()
    answer = world.acme.request(method, path, json=body)

    assert (answer.status_code, title(answer)) == (400, told)
    assert world.export() == before
    assert world.last()["refused_by"] == "strict"
    assert world.last()["unread"]


def test_what_somebody_reads_passes(world: World) -> None:
    """Strict or not, a request of known fields is the same."""
    assert _strict(world).invite().status_code == 200
    assert world.acme.get("/api/members", params={"email": "a"}).status_code == 200
    assert (world.last()["refused_by"], world.last()["unread"]) == (None, [])


def test_who_may_not_call_is_told_that_first(world: World) -> None:
    """An unknown token learns nothing about fields."""
    _strict(world)

    assert world.emulator.client("acme", token="dead").get("/api/members?emial=a").status_code == 401


def test_an_emulator_is_strict_from_the_start_if_told_so() -> None:
    """By its argument, by its seed, which is the last word, or later; reset goes back to what it was."""
    told = Emulator(SEED, strict=True)
    assert told.client("acme").get("/api/members?a=1").status_code == 400
    told.control.put("/seed", json=SEED)
    assert told.control.get("/strict").json() == {"strict": True}
    told.control.put("/seed", json=SEED | {"strict": False})
    assert told.client("acme").get("/api/members?a=1").status_code == 200

    by_seed = Emulator(SEED | {"strict": True})
    assert by_seed.client("acme").get("/api/members?a=1").status_code == 400
    by_seed.control.put("/strict", json={"strict": False})
    assert by_seed.client("acme").get("/api/members?a=1").status_code == 200
    by_seed.control.post("/reset")
    assert by_seed.control.get("/strict").json() == {"strict": True}
    assert Emulator(by_seed.control.get("/export").json()).control.get("/strict").json() == {"strict": True}
