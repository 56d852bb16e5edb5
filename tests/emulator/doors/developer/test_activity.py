"""The activity log: every act is in it, and a client finds what it looks for."""

from typing import Any

import pytest

from workato_emulator import Emulator

from ...world import ADA, BEN, NEW, SEED, Json, World, row

LOG = "/api/activity_logs"


def told(world: World) -> World:
    """Five acts, a minute apart: an invitation, its acceptance, a group, an update and a removal."""
    world.invite()
    world.advance(60)
    world.accept()
    world.advance(60)
    world.acme.post("/api/user_groups", json={"user_group": {"name": "Payroll"}})
    world.advance(60)
    world.update(BEN, row("test", "Member"))
    world.advance(60)
    world.remove(BEN)
    return world


EVENTS = [
    "team_membership_deleted",
    "team_membership_updated",
    "user_group_created",
    "team_invitation_accept",
    "team_invitation_created",
]
"""What `told` leaves, newest first."""


def test_an_entry_says_who_did_what_when_and_from_where(world: World) -> None:
    """A client acts as the workspace's root account; the request's address and agent are kept."""
    world.acme.headers["User-Agent"] = "probe/1"
    world.invite()
    answer = world.acme.get(LOG)

    workspace = world.acme.get("/api/users/me").json()["id"]
    invitation = world.invitations()[0]["id"]
    assert answer.json() == {
        "data": [
            {
                "id": 1,
                "timestamp": "2026-01-05T09:00:00.000-08:00",
                "event_type": "team_invitation_created",
                "workspace": {
                    "id": workspace,
                    "name": "Acme Automation",
                    "email": "root@acme.example.test",
                    "environment": None,
                },
                "user": {"id": workspace, "name": "Acme Root", "email": "root@acme.example.test"},
                "details": {"request": {"ip_address": "127.0.0.1", "user_agent": "probe/1"}},
                "resource": {"id": invitation, "name": "New", "type": "MemberInvitation", "email": NEW},
            }
        ],
        "total": 1,
    }


def test_an_invitee_who_accepts_is_the_one_who_acted(world: World) -> None:
    """The entry names the new collaborator's own account, and so does the collaborator's last activity."""
    world.invite()
    world.accept()
    latest = world.log()[0]

    assert latest["user"] == {"id": world.id_of(NEW), "name": "New", "email": NEW}
    expected = {"id": latest["id"], "event_type": "team_invitation_accept", "created_at": latest["timestamp"]}
    member = world.member(NEW)
    assert member["last_activity_log"] == expected
    assert world.acme.get(f"/api/members/{member['id']}").json()["data"]["last_activity_log"] == expected
    assert world.update(NEW, row("dev", "Member")).json()["data"]["last_activity_log"] == expected
    assert world.member(ADA)["last_activity_log"] is None


def test_what_is_done_by_hand_comes_from_no_client(world: World) -> None:
    """People act in Workato's own pages: the entry has nothing of the harness that plays them."""
    world.control.headers["User-Agent"] = "harness/1"
    world.invite()
    world.accept()

    assert world.log()[0]["details"]["request"] == {"ip_address": "127.0.0.1", "user_agent": ""}


def test_every_door_writes_into_the_same_log_and_each_workspace_has_its_own(world: World) -> None:
    """By the API, by an admin's hand; nothing of it shows next door, and reading leaves nothing."""
    world.invite()
    world.add_by_hand("max@example.test")
    world.control.post("/workspaces/acme/roles", json={"name": "Auditor"})

    assert world.events() == ["privilege_group_created", "team_membership_created", "team_invitation_created"]
    assert world.northwind.get(LOG).json() == {"data": [], "total": 0}


def test_a_refused_act_leaves_no_entry(world: World) -> None:
    """The log tells what happened."""
    world.invite("nobody")
    world.remove(ADA)

    assert world.log() == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, EVENTS, id="all"),
        pytest.param({"from": "2026-01-05T17:02:00.000Z"}, EVENTS[:3], id="from, itself included"),
        pytest.param({"to": "2026-01-05T17:02:00.000Z"}, EVENTS[2:], id="to, itself included"),
        pytest.param(
            {"from": "2026-01-05T09:01:00-08:00", "to": "2026-01-05T17:02:59.999Z"}, EVENTS[2:4], id="between, any zone"
        ),
        pytest.param({"from": "2026-01-06T00:00:00Z", "to": "2026-01-05T00:00:00Z"}, [], id="the wrong way round"),
        pytest.param({"from": "0001-01-01T00:00:00+14:00", "to": "9999-12-31T23:59:59-14:00"}, EVENTS, id="ever"),
        pytest.param({"users_ids[]": [1]}, [], id="a stranger's"),
        pytest.param({"include_resource_types[]": ["MemberInvitation"]}, EVENTS[3:], id="a type"),
        pytest.param({"include_resource_types[]": ["UserGroup", "MemberInvitation"]}, EVENTS[2:], id="two types"),
        pytest.param({"exclude_resource_types[]": ["MemberInvitation", "UserGroup"]}, EVENTS[:2], id="not these types"),
        pytest.param({"include_event_types[]": ["team_invitation_accept"]}, EVENTS[3:4], id="an event"),
        pytest.param({"exclude_event_types[]": ["user_group_created"]}, EVENTS[:2] + EVENTS[3:], id="not this event"),
        pytest.param({"include_event_types[]": ["dance"]}, [], id="an event nobody knows"),
        pytest.param({"exclude_event_types[]": ["dance"]}, EVENTS, id="not an event nobody knows"),
        pytest.param({"include_event_types[]": [""]}, [], id="an empty name"),
        pytest.param({"include_resource_types[]": ["memberinvitation"]}, [], id="a type in another case"),
        pytest.param(
            {"include_resource_types[]": ["MemberInvitation"], "exclude_event_types[]": ["team_invitation_accept"]},
            EVENTS[4:],
            id="both narrow",
        ),
    ],
)
def test_filters_narrow_each_other(world: World, query: dict[str, Json], found: list[str]) -> None:
    """Each keeps what it names; a value that nothing has is no mistake."""
    answer = told(world).acme.get(LOG, params=query)

    assert answer.status_code == 200
    assert [each["event_type"] for each in answer.json()["data"]] == found
    assert answer.json()["total"] == len(found)


def test_users_are_found_by_the_ids_that_the_log_shows(world: World) -> None:
    """One id, or several at once."""
    told(world)
    shown = {each["event_type"]: each["user"]["id"] for each in world.log()}
    accepted, root = shown["team_invitation_accept"], shown["user_group_created"]

    assert world.events(**{"users_ids[]": accepted}) == ["team_invitation_accept"]
    assert world.events(**{"users_ids[]": [accepted, root]}) == EVENTS


@pytest.mark.parametrize(
    ("query", "message"),
    [
        pytest.param({"from": "yesterday"}, "from is not a timestamp", id="no timestamp"),
        pytest.param({"from": ""}, "from is not a timestamp", id="empty"),
        pytest.param({"to": "2026-02-30T00:00:00Z"}, "to is not a timestamp", id="no such day"),
        pytest.param({"to": "2026-02-03"}, "to is not a timestamp", id="a day"),
        pytest.param({"to": "2026-02-03T10:00:00"}, "to is not a timestamp", id="without an offset"),
        pytest.param({"users_ids[]": ["51877", "ada"]}, "users_ids[] is not a whole number", id="a name for an id"),
        pytest.param({"page[after]": "last"}, "page[after] is not a whole number", id="no cursor"),
        pytest.param({"page[size]": "many"}, "page[size] is not a whole number", id="no size"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(world: World, query: dict[str, Json], message: str) -> None:
    """400, naming the parameter."""
    answer = world.acme.get(LOG, params=query)

    assert (answer.status_code, answer.json()["errors"][0]["title"]) == (400, message)


def test_a_filter_spelt_without_its_brackets_is_unread(world: World) -> None:
    """The journal says that nobody looked at it."""
    world.acme.get(LOG, params={"users_ids": 1, "user_ids[]": 1})

    assert world.last()["unread"] == ["query users_ids", "query user_ids[]"]


@pytest.mark.parametrize("order", ["newest_first", "oldest_first"])
def test_pages_follow_the_id_of_the_last_row(world: World, order: str) -> None:
    """Walking by `page[after]` meets each entry once, in order; `total` stays, and filters stay with the walk."""
    world.assume(activity_order=order)
    whole = told(world).log()
    met: list[Json] = []
    after: dict[str, Json] = {}
    for _ in range(4):
        page = world.acme.get(LOG, params={"page[size]": 2, **after}).json()
        assert page["total"] == 5
        met += page["data"]
        after = {"page[after]": met[-1]["id"]}

    assert met == whole
    assert [each["id"] for each in whole] == sorted((each["id"] for each in whole), reverse=order == "newest_first")


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        pytest.param({"page[size]": 0}, 1, id="size 0"),
        pytest.param({"page[size]": -3}, 1, id="negative size"),
        pytest.param({"page[size]": 1000}, 5, id="size over the maximum"),
        pytest.param({"page[after]": 0}, 0, id="after the very last"),
        pytest.param({"page[after]": 999}, 5, id="after what is not there yet"),
    ],
)
def test_odd_pages_have_a_plain_meaning(world: World, query: dict[str, int], rows: int) -> None:
    """Sizes are moved into range; a cursor needs no row of its own."""
    assert len(told(world).log(**query)) == rows


def test_a_page_holds_a_hundred(world: World) -> None:
    """By default and at most."""
    for number in range(101):
        world.control.post("/workspaces/acme/roles", json={"name": f"Role {number}"})

    assert [len(world.log()), len(world.log(**{"page[size]": 101}))] == [100, 100]
    assert [each["id"] for each in world.log(**{"page[after]": 2})] == [1]


def test_who_acted_may_be_forgotten(world: World) -> None:
    """Where accounts do not outlive memberships (MEM-4 suspended) the entry stays, with an id and no name."""
    world.invite()
    world.accept()
    member = world.id_of(NEW)
    world.suspend("MEM-4")
    world.remove(NEW)
    answer = world.acme.get(LOG, params={"users_ids[]": member})

    assert answer.status_code == 200
    assert [each["user"] for each in answer.json()["data"]] == [{"id": member, "name": None, "email": None}]
    exported = world.export()
    assert World(exported).export() == exported


SEEDED: dict[str, Any] = {
    "workspaces": {
        "acme": SEED["workspaces"]["acme"]
        | {
            "activity": [
                {
                    "at": "2026-01-02T03:04:05.678Z",
                    "event": "user_login",
                    "actor": ADA,
                    "resource": {"id": 4711, "type": "User", "name": "Gone", "email": "gone@example.test"},
                    "ip_address": "192.0.2.7",
                    "user_agent": "curl/8",
                    "environment": "dev",
                },
                {"at": "2026-01-03T00:00:00Z", "event": "dance", "resource": {"id": "x", "type": "Hall", "name": ""}},
                {
                    "at": "2026-01-04T00:00:00Z",
                    "event": "user_logout",
                    "actor": 987654,
                    "resource": {"id": 987654, "type": "User", "name": "Gone"},
                },
            ]
        },
        "northwind": SEED["workspaces"]["northwind"],
    }
}


def test_a_seed_brings_its_own_log(world: World) -> None:
    """People by email or id, the owner where nobody is named; events of any name; numbers go on from there."""
    seeded = World(SEEDED)
    login = seeded.log()[-1]

    environment = seeded.export()["workspaces"]["acme"]["environment_ids"]["dev"]
    assert login["workspace"]["environment"] == {"id": environment, "type": "dev"}
    assert login["user"]["id"] == seeded.id_of(ADA)
    assert login["details"] == {"request": {"ip_address": "192.0.2.7", "user_agent": "curl/8"}}
    assert login["resource"] == {
        "id": 4711,
        "name": "Gone",
        "type": "User",
        "email": "gone@example.test",
        "email_confirmed_at": None,
    }
    assert seeded.member(ADA)["last_activity_log"] == {
        "id": 1,
        "event_type": "user_login",
        "created_at": "2026-01-01T19:04:05.678-08:00",
    }
    seeded.invite()
    assert [each["id"] for each in seeded.log()] == [4, 3, 2, 1]
    assert [each["user"]["name"] for each in seeded.log()] == ["Acme Root", None, "Acme Root", "Ada"]
    assert world.log() == []


def test_a_user_of_the_log_says_since_when_the_email_is_confirmed() -> None:
    """For whoever still has the account."""
    ada = World().id_of(ADA)
    entry = {"at": "2026-01-02T00:00:00Z", "event": "user_login", "resource": {"id": ada, "type": "User", "name": "A"}}
    acme = SEED["workspaces"]["acme"] | {"activity": [entry]}
    seeded = World({"workspaces": SEED["workspaces"] | {"acme": acme}})

    assert seeded.log()[0]["resource"]["email_confirmed_at"] == "2026-01-05T09:00:00.000-08:00"


@pytest.mark.parametrize("seed", [SEED, SEEDED], ids=["written by acts", "seeded"])
def test_a_log_comes_back_from_an_export_as_it_was(seed: dict[str, Any]) -> None:
    """Entries, last activities and numbers: what follows is numbered on."""
    world = told(World(seed))
    exported = world.export()
    again = World(exported)

    assert again.export() == exported
    assert again.log() == world.log()
    assert again.members() == world.members()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        pytest.param({"actor": "adda@example.test"}, "actor: unknown account 'adda@example.test'", id="actor"),
        pytest.param({"environment": "moon"}, "environment: no environment called 'moon'", id="environment"),
        pytest.param({"evnt": "x"}, "evnt: unknown key 'evnt'; did you mean 'event'?", id="key"),
        pytest.param({"at": "2026-01-02T00:00:00"}, "at: needs an offset from UTC", id="no time zone"),
    ],
)
def test_a_seeded_entry_that_cannot_be_is_refused(entry: dict[str, Json], message: str) -> None:
    """With its place."""
    good = {"at": "2026-01-02T00:00:00Z", "event": "dance", "resource": {"id": 1, "type": "Hall", "name": "H"}}
    seed = {"workspaces": {"acme": SEED["workspaces"]["acme"] | {"activity": [good | entry]}}}
    with pytest.raises(ValueError, match=r"^workspaces\.acme\.activity\.0\.") as problem:
        Emulator(seed)

    assert message in str(problem.value)
