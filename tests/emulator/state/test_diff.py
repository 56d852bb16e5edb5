"""What changed between two points: nothing but the acts that were done, in words a person reads."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workato_emulator.domain.copies import replace
from workato_emulator.domain.values import EmailKey, MemberId
from workato_emulator.state import Stored
from workato_emulator.state.documents import document_of
from workato_emulator.state.seeds.difference import difference

from ..world import ADA, BEN, NEW, Json, World, row

NONE: dict[str, list[Any]] = {"added": [], "removed": [], "changed": []}


def _diff(world: World, from_: str = "start", to: str = "now") -> Json:
    answer = world.control.get("/diff", params={"from": from_, "to": to})
    assert answer.status_code == 200, answer.text
    return answer.json()


def _paths(changes: Json, kind: str) -> list[str]:
    """The places of one kind, without the moments and log lines that go with every act."""
    return [
        each["path"]
        for each in changes[kind]
        if not any(word in each["path"] for word in ("updated_at", "invited_at[", "activity"))
    ]


def _act(world: World, name: str) -> None:
    there = BEN in world.members()
    acts: dict[str, Callable[[], object]] = {
        "invite": world.invite,
        "accept": lambda: (world.invite(), world.accept()),
        "promote": lambda: there and world.update(BEN, row("prod", "Member")),
        "demote": lambda: there and world.update(BEN, row("dev", "NoAccess")),
        "remove": lambda: there and world.remove(BEN),
        "group": lambda: world.acme.post("/api/user_groups", json={"user_group": {"name": "Auditors"}}),
        "plan": lambda: world.plan(collaborator_limit=7),
        "suspend": lambda: world.suspend("INV-6"),
        "token": lambda: world.control.patch("/workspaces/acme/api_clients/second", json={"token": "acme-third"}),
        "assume": lambda: world.assume(removal_answer="200"),
        "strict": lambda: world.control.put("/strict", json={"strict": True}),
        "elsewhere": lambda: world.plan("northwind", collaborator_limit=7),
    }
    acts[name]()


PLACES: dict[str, tuple[str, str, str]] = {
    "invite": ("acme", "added", f"invitations[{NEW}]"),
    "accept": ("acme", "added", f"collaborators[{NEW}]"),
    "promote": ("acme", "added", f"collaborators[{BEN}].roles.prod"),
    "demote": ("acme", "removed", f"collaborators[{BEN}].roles.dev"),
    "remove": ("acme", "removed", f"collaborators[{BEN}]"),
    "group": ("acme", "added", "groups[Auditors]"),
    "plan": ("acme", "changed", "plan.collaborator_limit"),
    "suspend": ("", "changed", "suspended_rules"),
    "token": ("acme", "changed", "api_clients[second].token"),
    "assume": ("", "added", "assumptions.removal_answer"),
    "strict": ("", "changed", "strict"),
    "elsewhere": ("northwind", "changed", "plan.collaborator_limit"),
}


@pytest.mark.parametrize("act", PLACES)
def test_an_act_shows_where_it_was_done(world: World, act: str) -> None:
    """In its workspace and nowhere else, or among what belongs to none."""
    _act(world, act)
    found = _diff(world)
    slug, kind, path = PLACES[act]
    changes = found["workspaces"][slug] if slug else found["emulator"]

    assert path in _paths(changes, kind)
    assert not found["same"]
    assert set(found["workspaces"]) == ({slug} if slug else set())


def test_a_change_has_what_was_before_and_what_is_now(world: World) -> None:
    """Values stand beside their places; no id stands where a name does, and no token stands anywhere."""
    _act(world, "plan")
    _act(world, "promote")
    _act(world, "token")
    _act(world, "group")
    changes = _diff(world)["workspaces"]["acme"]

    assert {"path": "plan.collaborator_limit", "before": 100, "after": 7} in changes["changed"]
    assert {"path": f"collaborators[{BEN}].roles.prod", "after": "Member"} in changes["added"]
    assert {"path": "api_clients[second].token", "before": "[redacted]", "after": "[redacted]"} in changes["changed"]
    (group,) = (each["after"] for each in changes["added"] if each["path"] == "groups[Auditors]")
    assert (group["name"], "id" in group) == ("Auditors", False)


def test_a_person_who_left_and_came_back_is_one_row(world: World) -> None:
    """A new id is no change that a person would see."""
    world.control.put("/snapshots/before")
    world.remove(BEN)
    world.add_by_hand(BEN, roles={"dev": "Member"}, groups=["Builders"])
    changes = _diff(world, "before")["workspaces"]["acme"]

    assert _paths(changes, "added") == [f"removed_at[{BEN}]"]
    assert _paths(changes, "removed") == []


@pytest.mark.parametrize("name", ["Builders", "Makers"])
def test_a_person_shows_what_their_groups_became(world: World, name: str) -> None:
    """Though it is the group that changed: somebody joined it, or it has another name."""
    path = f"/api/user_groups/{world.group()['id']}"
    if name == "Builders":
        answer = world.acme.post(f"{path}/members", json={"user_ids": [world.id_of(ADA)]})
    else:
        answer = world.acme.put(path, json={"user_group": {"name": name}})
    assert answer.is_success, answer.text
    changes = _diff(world)["workspaces"]["acme"]["changed"]
    before, after = next((each["before"], each["after"]) for each in changes if each["path"].endswith("].groups"))

    assert name in after
    assert name not in before


def test_it_goes_between_any_two_points(world: World) -> None:
    """Between snapshots, forwards and backwards; a point that is not there is told with the nearest."""
    world.control.put("/snapshots/first")
    _act(world, "invite")
    world.control.put("/snapshots/second")
    _act(world, "plan")

    place = f"invitations[{NEW}]"
    assert place in _paths(_diff(world, "first", "second")["workspaces"]["acme"], "added")
    assert place in _paths(_diff(world, "second", "first")["workspaces"]["acme"], "removed")
    assert _paths(_diff(world, "second")["workspaces"]["acme"], "changed") == ["plan.collaborator_limit"]
    answer = world.control.get("/diff", params={"from": "frist"})
    assert (answer.status_code, answer.json()["error"]["suggestion"]) == (404, "first")


@pytest.mark.parametrize("name", ["start", "now"])
def test_points_cannot_be_taken(world: World, name: str) -> None:
    """A snapshot of that name could never be named."""
    assert world.control.put(f"/snapshots/{name}").status_code == 400


def test_two_groups_of_one_name_are_told_apart(world: World) -> None:
    """By the id, where nothing else does."""
    first = world.group()["id"]
    world.assume(group_name_taken="allowed")
    world.acme.post("/api/user_groups", json={"user_group": {"name": "Builders"}})
    both = {each["id"] for each in world.acme.get("/api/user_groups?name=Builders").json()["data"]}
    (second,) = both - {first}
    changes = _diff(world)["workspaces"]["acme"]

    assert _paths(changes, "added") == [f"groups[Builders ({second})]"]
    assert _paths(changes, "removed") == []


ACTS = st.lists(st.sampled_from(sorted(PLACES)), max_size=6)


@settings(max_examples=25, deadline=None)
@given(before=ACTS, after=ACTS)
def test_a_state_does_not_differ_from_itself(before: list[str], after: list[str]) -> None:
    """Whatever was done: now is now, a snapshot is itself, and going back to it leaves no difference."""
    world = World()
    for each in before:
        _act(world, each)
    world.control.put("/snapshots/here")
    same = {"same": True, "workspaces": {}, "emulator": NONE}
    assert _diff(world, "now") == {"from": "now", "to": "now"} | same
    for each in after:
        _act(world, each)
    assert _diff(world, "here", "here") == {"from": "here", "to": "here"} | same
    world.control.post("/snapshots/here/restore")
    assert _diff(world, "here") == {"from": "here", "to": "now"} | same
    world.control.post("/reset")
    assert _diff(world)["same"]


def test_each_act_is_a_line_of_the_log(world: World) -> None:
    """Lines have no name: each stands at its own position, and an earlier one has not changed."""
    _act(world, "group")
    world.control.put("/snapshots/between")
    _act(world, "plan")
    _act(world, "invite")
    changes = _diff(world, "between")["workspaces"]["acme"]
    log = [each["path"] for each in changes["added"] if each["path"].startswith("activity")]

    assert log == ["activity[1]", "activity[2]"]
    assert [each["path"] for each in changes["changed"]] == ["plan.collaborator_limit"]


def test_nobody_else_is_in_it(world: World) -> None:
    """Of people, only those who were acted on."""
    _act(world, "promote")

    assert ADA not in world.control.get("/diff").text


ACTS_ON_NAMES = ["role", "join", "rename", "forget"]
"""They change the rows of people who stay the same: what a role or a group is called, and who is in it."""


def _act_on_any(world: World, name: str) -> None:
    roles = {each["name"]: each["id"] for each in world.acme.get("/api/environment_roles").json()["data"]}
    role, group = f"/api/environment_roles/{roles['Release manager']}", f"/api/user_groups/{world.group()['id']}"
    acts: dict[str, Callable[[], object]] = {
        "role": lambda: world.acme.put(role, json={"environment_role": {"name": "Chief", "config": {}}}),
        "join": lambda: world.acme.post(f"{group}/members", json={"user_ids": [world.id_of(ADA)]}),
        "rename": lambda: world.acme.put(group, json={"user_group": {"name": "Makers"}}),
        "forget": lambda: world.acme.delete(group),
    }
    if name in PLACES:
        _act(world, name)
    else:
        acts[name]()


@pytest.mark.parametrize("act", [*PLACES, *ACTS_ON_NAMES])
def test_it_is_as_if_both_points_were_exported_as_a_whole(world: World, act: str) -> None:
    """Whoever is the same at both is left out, and would not be in it."""
    world.update(ADA, row("test", "Release manager"))
    before = world.emulator.app.backend.store.read()
    _act_on_any(world, act)

    _must_differ_as_wholes(before, world.emulator.app.backend.store.read())


def _must_differ_as_wholes(one: Stored, other: Stored) -> None:
    for before, after in ((one, other), (other, one)):
        apart = difference(document_of(before, after), document_of(after, before))
        assert apart == difference(document_of(before), document_of(after))


@pytest.mark.parametrize("email", [ADA, ""])
def test_two_people_of_one_email_are_told_apart(world: World, email: str) -> None:
    """By their ids, though the first is the same. While rules are silent, there can be two, or one with no email."""
    before = world.emulator.app.backend.store.read()
    acme = before.cloud.workspaces[before.cloud.slugs["acme"]]
    ada = acme.collaborators[MemberId(world.id_of(ADA))]
    twin = replace(ada, id=MemberId(7), email=email, name=ADA)
    account = replace(before.cloud.accounts[EmailKey(ADA)], email=email)
    cloud = before.cloud.with_workspace(replace(acme, collaborators=acme.collaborators.set(twin.id, twin)))
    after = replace(before, cloud=replace(cloud, accounts=cloud.accounts.set(EmailKey("twin"), account)))

    _must_differ_as_wholes(before, after)
