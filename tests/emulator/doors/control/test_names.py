"""Names in the control plane: what is missing is named, and every name can be reached."""

from urllib.parse import quote

import httpx
import pytest

from workato_emulator import Emulator

from ...world import ADA, BEN, NEW, World

ACME = "/workspaces/acme"


@pytest.mark.parametrize(
    ("method", "path", "message", "suggestion"),
    [
        ("GET", "/workspaces/acmi/invitations", "there is no workspace 'acmi'", "acme"),
        ("DELETE", f"{ACME}/roles/Release%20manger", "there is no role 'Release manger'", "Release manager"),
        ("DELETE", f"{ACME}/api_clients/secnd", "there is no API client 'secnd'", "second"),
        ("DELETE", "/snapshots/befor", "there is no snapshot 'befor'", "before"),
        ("POST", "/snapshots/zzz/restore", "there is no snapshot 'zzz'", None),
        ("GET", "/rules/INV-66", "there is no rule 'INV-66'", "INV-6"),
        ("DELETE", f"{ACME}/collaborators/adda@example.test", "there is no collaborator 'adda@example.test'", ADA),
        ("POST", f"{ACME}/invitations/knew@example.test/accept", "there is no invitation 'knew@example.test'", NEW),
    ],
)
def test_what_is_missing_is_named(world: World, method: str, path: str, message: str, suggestion: str | None) -> None:
    """404 with what it is that is not there, and the nearest spelling of one that is."""
    world.invite()
    world.control.put("/snapshots/before")
    answer = world.control.request(method, path)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["message"]) == (404, "not_found", message)
    assert error.get("suggestion") == suggestion


def test_the_developer_api_names_nothing(world: World) -> None:
    """Its 404 is the vendor's."""
    assert world.acme.get("/api/members/1").json() == {"message": "Not found"}


@pytest.mark.parametrize(
    "email", ["a/b@example.test", "a%2Fb@example.test", "a?b#c@example.test", "é+ü@example.test", "a;b@x"]
)
def test_every_email_can_be_reached(world: World, email: str) -> None:
    """Percent-encoded in the path, whatever it is made of."""
    place = quote(email, safe="")
    assert world.invite(email).status_code == 200
    assert world.control.post(f"{ACME}/invitations/{place}/accept").status_code == 204
    assert (
        world.control.put(f"{ACME}/collaborators/{place}/roles", json={"roles": {"dev": "Member"}}).status_code == 204
    )
    assert world.control.delete(f"{ACME}/collaborators/{place}").status_code == 204
    assert email not in world.members()


def test_an_encoded_path_is_the_same_path(world: World) -> None:
    """Encoding what needs none changes nothing; a slash within a name is no slash between two."""
    assert world.control.get("/%68ealth").status_code == 200
    assert world.control.get("/workspaces%2Facme/invitations").status_code == 404


def _twins(world: World) -> list[str]:
    world.assume(group_name_taken="allowed")
    world.acme.post("/api/user_groups", json={"user_group": {"name": "Builders"}})
    return sorted(each["id"] for each in world.acme.get("/api/user_groups?name=Builders").json()["data"])


def test_two_groups_of_one_name_survive_an_export(world: World) -> None:
    """Rows point to them by id, so that everybody stays in the right one; the other names stay names."""
    first, second = _twins(world)
    for group, person in ((first, ADA), (second, BEN)):
        world.acme.post(f"/api/user_groups/{group}/members?user_ids={world.id_of(person)}")
    world.invite(user_group_ids=[second])
    exported = world.export()
    again = Emulator(exported)

    assert again.control.get("/export").json() == exported
    members = again.client("acme").get(f"/api/user_groups/{first}/members").json()["data"]
    assert ADA in [each["email"] for each in members]


def test_a_name_that_two_groups_have_names_neither(world: World) -> None:
    """Nor may two have it that no id tells apart."""
    first, second = _twins(world)
    document = world.export()
    document["workspaces"]["acme"]["collaborators"][0]["groups"] = ["Builders"]
    answer = world.control.put("/seed", json=document)
    assert (answer.status_code, answer.json()["error"]["place"]) == (422, "workspaces.acme.collaborators.0.groups.0")

    doubled = {"workspaces": {"acme": {"groups": [{"name": "A"}, {"name": "A"}]}}}
    assert world.control.put("/seed", json=doubled).json()["error"]["message"] == "a second group called A"
    assert first != second


def _too_soon(world: World, email: str) -> bool:
    return world.invite(email).status_code == 429


def test_cool_downs_survive_a_change_of_mind_about_case(world: World) -> None:
    """Folded and back: whoever was invited under a spelling still waits under it, and nobody else does."""
    world.assume(email_case="sensitive")
    world.invite("New@example.test")
    world.assume(email_case="insensitive")
    assert _too_soon(world, "new@example.test")
    world.assume(email_case="sensitive")

    assert _too_soon(world, "New@example.test")
    assert not _too_soon(world, "new@example.test")


def test_two_spellings_become_two_people_again(world: World) -> None:
    """Each with its own cool-down; while they were one, the later one counted."""
    world.assume(email_case="sensitive")
    world.invite("New@example.test")
    world.control.post(f"{ACME}/invitations/New@example.test/cancel")
    world.advance(600)
    world.invite("new@example.test")
    world.assume(email_case="insensitive")
    world.advance(700)
    assert _too_soon(world, "NEW@example.test")
    exported = world.export()
    assert Emulator(exported).control.get("/export").json() == exported
    world.assume(email_case="sensitive")

    assert not _too_soon(world, "New@example.test")
    assert _too_soon(world, "new@example.test")


def test_comings_and_goings_survive_a_change_of_mind_about_case(world: World) -> None:
    """What a licence allows is counted per person, whoever that is at the time."""
    world.plan(churn_limit=1, invitation_cooldown_seconds=0)
    world.assume(email_case="sensitive")
    world.add_by_hand("New@example.test")
    world.control.delete(f"{ACME}/collaborators/New@example.test")
    world.assume(email_case="insensitive")
    assert _too_soon(world, "NEW@example.test")
    world.assume(email_case="sensitive")

    assert _too_soon(world, "New@example.test")
    assert not _too_soon(world, "new@example.test")


def test_an_unknown_query_parameter_is_refused(world: World) -> None:
    """The control plane guesses nothing: 400 with the nearest."""
    answer: httpx.Response = world.control.get("/diff", params={"form": "start"})

    assert (answer.status_code, answer.json()["error"]["suggestion"]) == (400, "from")
