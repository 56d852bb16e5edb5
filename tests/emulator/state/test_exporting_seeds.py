"""Whatever state is reached, its export is a seed that brings it back, equal."""

import pytest

from workato_emulator import Emulator, SeedProblem

from ..seeds import acme_with, person
from ..world import BEN, SEED, Json


def export_of_its_export(emulator: Emulator) -> Json:
    """What an emulator exports after its own export was put into it as a seed."""
    exported = emulator.control.get("/export").json()
    answer = emulator.control.put("/seed", json=exported)
    assert answer.status_code == 200, answer.text
    return emulator.control.get("/export").json()


def test_whoever_left_and_is_still_on_a_list_comes_back_with_the_seed() -> None:
    """While GRP-5 is suspended a leaver stays on the group's list; an export tells so, and a seed brings it about."""
    emulator = Emulator(SEED)
    emulator.control.post("/rules/GRP-5/suspend").raise_for_status()
    ben = next(each["id"] for each in emulator.export()["workspaces"]["acme"]["collaborators"] if each["email"] == BEN)
    emulator.control.delete(f"/workspaces/acme/collaborators/{BEN}").raise_for_status()
    export = emulator.export()

    assert [each.get("former_members") for each in export["workspaces"]["acme"]["groups"]] == [None, [ben]]
    assert Emulator(export).export() == export


def test_a_workspace_that_went_back_can_be_exported_and_seeded() -> None:
    """Its groups and grants wait for the new model, under the ids that they had."""
    emulator = Emulator()
    assert emulator.control.put(
        "/workspaces/acme/permission_model", json={"permission_model": "legacy_roles"}
    ).is_success
    before = emulator.control.get("/export").json()

    assert emulator.control.put("/seed", json=before).status_code == 200
    assert emulator.control.get("/export").json() == before


def test_a_copy_of_a_long_name_can_be_seeded() -> None:
    """The copy's name has at most 255 letters, and is another one each time."""
    emulator = Emulator(
        acme_with(permission_model="legacy_roles", roles=[{"name": "r" * 255}], client_roles=[{"name": "c" * 255}])
    )
    acme = emulator.client("acme")
    rows = emulator.control.get("/export").json()["workspaces"]["acme"]
    role = next(each["id"] for each in rows["roles"] if each["name"] == "r" * 255)
    client_role = rows["client_roles"][0]["id"]
    for _ in range(2):
        assert acme.post(f"/api/roles/{role}/copy").status_code == 200
        assert acme.post(f"/api/developer_api_client_roles/{client_role}/copy").status_code == 200
    before = emulator.export()
    assert export_of_its_export(emulator) == before


def test_folders_of_one_name_can_be_seeded_by_their_ids() -> None:
    """They came about under another assumption; without ids a seed cannot mean two."""
    emulator = Emulator(acme_with() | {"assumptions": {"folder_name_taken": "allowed"}})
    for _ in range(2):
        emulator.client("acme").post("/api/folders", json={"name": "F"})
    emulator.control.patch("/assumptions", json={"folder_name_taken": "400"})
    before = emulator.export()
    assert export_of_its_export(emulator) == before


def test_an_invitation_may_outlive_the_last_moment() -> None:
    """By its lifetime; the clock itself stops at the year 9000."""
    emulator = Emulator(
        acme_with(plan={"invitation_lifetime_seconds": 3_155_760_000}) | {"clock": "8999-12-31T23:59:59Z"}
    )
    body = {"name": "A", "email": "a@example.test", "role_name": "Member"}
    assert emulator.client("acme").post("/api/member_invitations", json=body).status_code == 200
    before = emulator.export()
    assert export_of_its_export(emulator) == before


def test_an_invitation_to_the_group_of_everybody_can_be_seeded() -> None:
    """Whoever accepts is in it anyway, so the invitation does not name it."""
    emulator = Emulator(acme_with())
    acme = emulator.client("acme")
    everybody = acme.get("/api/user_groups").json()["data"][0]["id"]
    body = {"name": "A", "email": "a@example.test", "role_name": "Member", "user_group_ids": [everybody]}
    assert acme.post("/api/member_invitations", json=body).status_code == 200
    before = emulator.export()
    assert export_of_its_export(emulator) == before


@pytest.mark.parametrize("number", [10**14, 10**15])
def test_large_ids_leave_the_others_room(number: int) -> None:
    """The largest that a seed may bring along is never counted up to; at the end of the count nothing is made."""
    seed = acme_with(collaborators=[person(id=number)])
    if number == 10**14:
        with pytest.raises(SeedProblem, match="no id is left"):
            Emulator(seed)
        return
    emulator = Emulator(seed)
    before = emulator.export()
    assert export_of_its_export(emulator) == before


def test_when_no_id_is_left_nothing_is_made() -> None:
    """And the state can still be seeded."""
    exported = Emulator(acme_with()).control.get("/export").json()
    emulator = Emulator(exported | {"ids": 10**14 - 50_001})
    body = {"name": "A", "email": "a@example.test", "role_name": "Member"}
    answer = emulator.client("acme").post("/api/member_invitations", json=body)
    assert (answer.status_code, "no id is left" in answer.text) == (400, True)
    before = emulator.export()
    assert export_of_its_export(emulator) == before


def test_the_deepest_config_can_be_seeded() -> None:
    """What the API takes within a role stands deeper in a seed."""
    emulator = Emulator(acme_with())
    config: Json = {}
    for _ in range(60):
        config = {"a": config}
    role = {"name": "Deep", "config": config}
    assert emulator.client("acme").post("/api/environment_roles", json={"environment_role": role}).status_code == 200
    before = emulator.export()
    assert export_of_its_export(emulator) == before


def test_a_moment_keeps_its_offset_from_utc() -> None:
    """An instant that others name otherwise is written as the seed wrote it."""
    moments = ["2026-01-05T09:00:00+00:00", "2026-01-05T10:00:00+01:00", "2026-01-05T09:00:00+00:00"]
    people = [person(email=f"p{number}@x.test", joined_at=moment) for number, moment in enumerate(moments)]
    exported = Emulator(acme_with(collaborators=people)).export()["workspaces"]["acme"]["collaborators"]

    assert [each["joined_at"] for each in exported] == moments


def test_no_two_rows_share_a_part() -> None:
    """Whoever writes an export as YAML would get aliases, and whoever changes a row would change another."""
    people = [person(email=f"p{number}@x.test", roles={"dev": "Member"}) for number in range(2)]
    one, other = Emulator(acme_with(collaborators=people)).export()["workspaces"]["acme"]["collaborators"]

    assert one["roles"] == other["roles"] == {"dev": "Member"}
    for part in ("roles", "unmigrated_roles", "groups"):
        assert one[part] is not other[part]
