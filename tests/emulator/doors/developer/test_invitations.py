"""Inviting, and what becomes of an invitation."""

from typing import Any

import pytest

from ...world import ADA, BEN, CY, NEW, World, row, title

TWENTY_MINUTES = 20 * 60


def test_an_invitation_answers_ok_and_tells_nothing_more(world: World) -> None:
    """The body is literally this; there is no invitation id to be had over the API."""
    answer = world.invite()

    assert (answer.status_code, answer.json()) == (200, {"result": "ok"})
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param({"env_roles": []}, "role_name or env_roles is required", id="empty env_roles"),
        pytest.param({"role_name": ""}, "role_name or env_roles is required", id="empty role_name"),
        pytest.param({"email": "ada"}, "Email is invalid", id="no at sign"),
        pytest.param({"email": "a@b@c"}, "Email is invalid", id="two at signs"),
        pytest.param({"email": "a b@example.test"}, "Email is invalid", id="a space"),
        pytest.param({"email": "a\0@example.test"}, "Email is invalid", id="a control character"),
        pytest.param({"email": "a@example\x7f.test"}, "Email is invalid", id="delete"),
        pytest.param({"email": "@example.test"}, "Email is invalid", id="nothing before the at sign"),
        pytest.param(
            {"env_roles": [row("dev", "Not existing role")]}, "Role Not existing role not found", id="unknown role"
        ),
        pytest.param({"env_roles": [row("dev", "member")]}, "Role member not found", id="role in another case"),
        pytest.param({"env_roles": [row("dev", "Member", None)]}, "Role Member not found", id="role_type left out"),
        pytest.param(
            {"env_roles": [row("dev", "Admin", "privilege_group")]},
            "Role Admin not found",
            id="role of the other model",
        ),
        pytest.param(
            {"env_roles": [row("staging", "Member")]}, "Environment staging not found", id="unknown environment"
        ),
        pytest.param(
            {"env_roles": [row("dev", "Member"), row("dev", "Environment admin")]},
            "Environment dev is named more than once",
            id="an environment twice",
        ),
        pytest.param({"user_group_ids": ["pf-1-1"]}, "User group pf-1-1 not found", id="unknown group"),
        pytest.param({"email": ADA}, "User is already a collaborator", id="already a collaborator"),
        pytest.param({"email": "ADA@Example.Test"}, "User is already a collaborator", id="already there, in capitals"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_in_the_vendors_words(
    world: World, body: dict[str, Any], text: str
) -> None:
    """Each documented mistake answers 400 with its text, and leaves nothing behind."""
    before = world.export()
    answer = world.invite(**body)

    assert (answer.status_code, title(answer)) == (400, text)
    assert world.export() == before


@pytest.mark.parametrize("groups", [{}, {"user_group_ids": []}, {"user_group_ids": ["group"]}])
def test_a_group_alone_is_not_a_role(world: World, groups: dict[str, list[str]]) -> None:
    """Groups without a role are refused like an empty body."""
    named = [world.group()["id"] for _ in groups.get("user_group_ids", ())]
    body = {"name": "New", "email": NEW, "user_group_ids": named}
    answer = world.acme.post("/api/member_invitations", json=body)

    assert (answer.status_code, title(answer)) == (400, "role_name or env_roles is required")


@pytest.mark.parametrize(
    ("roles", "held"),
    [
        pytest.param([row("dev", "Member")], {"dev": "Member"}, id="one environment"),
        pytest.param(
            [row("prod", "Release manager"), row("test", "Member")],
            {"prod": "Release manager", "test": "Member"},
            id="two, one of them a custom role",
        ),
        pytest.param([row("dev", "Member"), row("prod", "NoAccess")], {"dev": "Member"}, id="NoAccess by name"),
    ],
)
def test_an_environment_left_out_gets_no_access(
    world: World, roles: list[dict[str, str]], held: dict[str, str]
) -> None:
    """Whoever accepts holds the roles that were named, and "No access" everywhere else."""
    world.invite(env_roles=roles)
    world.accept()

    assert world.roles(NEW) == {"dev": "No access", "test": "No access", "prod": "No access"} | held


def test_the_deprecated_role_name_reaches_dev_only(world: World) -> None:
    """`role_name` gives its role in dev and nothing elsewhere, in either model."""
    world.invite(role_name="Member")
    world.invite(workspace="northwind", role_name="Finance builder")
    world.accept()
    world.accept(workspace="northwind")

    assert world.roles(NEW) == {"dev": "Member", "test": "No access", "prod": "No access"}
    assert world.roles(NEW, "northwind") == {"dev": "Finance builder", "prod": "No access"}


def test_role_name_is_ignored_beside_env_roles(world: World) -> None:
    """Even a role that does not exist does no harm there."""
    answer = world.invite(env_roles=[row("prod", "Member")], role_name="Not existing role")
    world.accept()

    assert answer.status_code == 200
    assert world.roles(NEW) == {"dev": "No access", "test": "No access", "prod": "Member"}


@pytest.mark.parametrize("role_type", [None, "privilege_group"])
def test_a_legacy_workspace_takes_roles_without_role_type(world: World, role_type: str | None) -> None:
    """The documented default of `role_type` is the legacy model's."""
    assert world.invite(workspace="northwind", env_roles=[row("dev", "Operator", role_type)]).status_code == 200


def test_a_legacy_workspace_has_no_environment_roles(world: World) -> None:
    """A role of the model that the workspace is not on does not exist for it."""
    answer = world.invite(workspace="northwind", env_roles=[row("dev", "Member")])

    assert (answer.status_code, title(answer)) == (400, "Role Member not found")


def test_an_invitee_is_no_collaborator_before_accepting(world: World) -> None:
    """Only the control plane, where Workato's own pages would, shows who has been invited."""
    world.invite(user_group_ids=[world.group()["id"]])

    assert NEW not in world.members()
    assert world.group_members(world.group()["id"]) == [BEN]
    (pending,) = world.invitations()
    assert pending == {
        "id": pending["id"],
        "email": NEW,
        "name": "New",
        "roles": {"dev": "Member"},
        "groups": ["Builders"],
        "invited_at": "2026-01-05T17:00:00+00:00",
        "expires_at": None,
    }


@pytest.mark.parametrize("by", ["email", "id", "email in capitals"])
def test_acceptance_makes_a_collaborator_with_account_roles_and_groups(world: World, by: str) -> None:
    """The invitee is in the list, in the groups, and has one account; the invitation is gone."""
    group = world.group()["id"]
    world.invite(user_group_ids=[group, group])
    which = {"email": NEW, "id": str(world.invitations()[0]["id"]), "email in capitals": NEW.upper()}[by]

    assert world.accept(which).status_code == 204
    assert world.roles(NEW)["dev"] == "Member"
    assert world.group_members(group) == [BEN, NEW]
    assert world.invitations() == []
    assert [each["email"] for each in world.export()["accounts"]].count(NEW) == 1


def test_a_group_that_is_gone_by_then_is_no_obstacle_to_acceptance(world: World) -> None:
    """The invitee joins without it; the system group needs no naming at all."""
    everybody = world.group("All collaborators")["id"]
    group = world.group()["id"]
    world.invite(user_group_ids=[group, everybody])
    world.acme.delete(f"/api/user_groups/{group}")

    assert world.invitations()[0]["groups"] == []
    assert world.accept().status_code == 204
    assert world.group_members(everybody) == [ADA, BEN, NEW]


def test_a_known_person_keeps_account_name_and_id(world: World) -> None:
    """An invitation renames nobody: the account of the other workspace joins as it is."""
    account = world.id_of(CY, "northwind")
    world.invite(CY, name="Somebody Else")
    assert CY not in world.members()
    world.accept(CY)

    assert (world.member(CY)["id"], world.member(CY)["name"]) == (account, "Cy")


@pytest.mark.parametrize("verb", ["decline", "cancel"])
def test_a_withdrawn_invitation_cannot_be_accepted(world: World, verb: str) -> None:
    """Declined by the invitee or cancelled by an admin: nobody joins, and only the cool-down remembers."""
    world.invite()

    assert world.control.post(f"/workspaces/acme/invitations/{NEW}/{verb}").status_code == 204
    assert world.accept().status_code == 404
    assert world.invitations() == []
    assert world.invite().status_code == 429


def test_an_expired_invitation_stays_and_cannot_be_accepted(world: World) -> None:
    """It is still on the admin's page, and a fresh one after the cool-down can be accepted."""
    world.invite()
    assert world.control.post(f"/workspaces/acme/invitations/{NEW}/expire").status_code == 204

    answer = world.accept()
    assert answer.status_code == 409
    assert answer.json()["error"] == {"code": "invitation_lapsed", "message": "Invitation has expired"}
    assert len(world.invitations()) == 1
    world.advance(TWENTY_MINUTES)
    assert world.invite().status_code == 200
    assert world.accept().status_code == 204


@pytest.mark.parametrize(
    ("waited", "status"),
    [
        pytest.param(3599.999999, 204, id="the last instant"),
        pytest.param(3600, 409, id="the first instant too late"),
    ],
)
def test_an_invitation_lapses_to_the_instant(world: World, waited: float, status: int) -> None:
    """A plan may give invitations a lifetime; it ends at, not after, the moment it says."""
    world.plan(invitation_lifetime_seconds=3600)
    world.invite()
    assert world.invitations()[0]["expires_at"] == "2026-01-05T18:00:00+00:00"
    world.advance(waited)

    assert world.accept().status_code == status
    assert (NEW in world.members()) == (status == 204)


@pytest.mark.parametrize(
    ("waited", "status"),
    [
        pytest.param(0, 429, id="at once"),
        pytest.param(TWENTY_MINUTES - 0.001, 429, id="a millisecond too early"),
        pytest.param(TWENTY_MINUTES - 0.000001, 429, id="a microsecond too early"),
        pytest.param(TWENTY_MINUTES, 200, id="to the instant"),
    ],
)
def test_one_person_is_invited_once_in_twenty_minutes(world: World, waited: float, status: int) -> None:
    """The second invitation passes from the twentieth minute on."""
    world.invite()
    world.advance(waited)

    assert world.invite(NEW.upper()).status_code == status


def test_a_cool_down_says_when_it_is_over(world: World) -> None:
    """429 with the seconds that are left, rounded up; waiting that long is enough."""
    world.invite()
    world.advance(0.5)
    answer = world.invite()

    assert answer.json() == {"message": "Too many requests"}
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1200")
    assert world.refused_by() == "INV-6"
    world.advance(1200)
    assert world.invite().status_code == 200


def test_a_refused_invitation_does_not_start_the_cool_down_again(world: World) -> None:
    """Asking again and again does not make the wait longer."""
    world.invite()
    for _ in range(4):
        world.advance(299)
        assert world.invite().status_code == 429
    world.advance(4)

    assert world.invite().status_code == 200


def test_what_is_wrong_with_an_invitation_starts_no_cool_down(world: World) -> None:
    """A 400 leaves the address free to be invited properly."""
    assert world.invite(env_roles=[row("dev", "Nobody")]).status_code == 400
    assert world.invite().status_code == 200


def test_removal_does_not_shorten_the_cool_down(world: World) -> None:
    """Delete-then-invite inside twenty minutes is refused as well."""
    world.invite()
    world.accept()
    world.advance(TWENTY_MINUTES - 1)
    assert world.remove(NEW).status_code == 204

    assert world.invite().status_code == 429
    world.advance(1)
    assert world.invite().status_code == 200


def test_the_cool_down_belongs_to_one_person_and_one_workspace(world: World) -> None:
    """Others can be invited meanwhile, and the same person elsewhere."""
    world.invite()

    assert world.invite("other@example.test").status_code == 200
    assert world.invite(workspace="northwind").status_code == 200


def test_a_workspace_has_a_hundred_seats(world: World) -> None:
    """The hundredth collaborator joins, the next one cannot even be invited, and a free seat is a free seat."""
    for number in range(98):
        assert world.add_by_hand(f"p{number}@example.test").status_code == 201
    assert len(world.members()) == 100

    answer = world.invite()
    assert (answer.status_code, title(answer)) == (400, "Collaborator limit of 100 reached")
    assert world.refused_by() == "INV-8"
    assert world.add_by_hand(NEW).status_code == 409
    world.remove("p0@example.test")
    assert world.invite().status_code == 200


def test_an_invitation_reserves_no_seat(world: World) -> None:
    """Two invitations for one seat are sent; only one of them can be accepted."""
    world.plan(collaborator_limit=3)
    world.invite()
    world.invite(CY)

    assert world.accept().status_code == 204
    answer = world.accept(CY)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "seats_exhausted")
    assert len(world.invitations()) == 1


def test_coming_and_going_has_a_limit(world: World) -> None:
    """After N cycles within the window an invitation answers 429, until the oldest cycle falls out of it."""
    world.plan(churn_limit=2, churn_window_seconds=3600, invitation_cooldown_seconds=0)
    for _ in range(2):
        assert world.invite().status_code == 200
        world.accept()
        world.remove(NEW)
        world.advance(600)

    answer = world.invite()
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "2400")
    assert world.refused_by() == "INV-9"
    assert world.invite(CY).status_code == 200
    world.advance(2399.999)
    assert world.invite().status_code == 429
    world.advance(0.001)
    assert world.invite().status_code == 200


def test_a_churn_limit_of_nothing_refuses_every_invitation(world: World) -> None:
    """The wait it names is the whole window, for there is no cycle to wait for."""
    world.plan(churn_limit=0, churn_window_seconds=90)

    assert world.invite().headers["retry-after"] == "90"


def test_an_account_in_two_workspaces_leaves_one(world: World) -> None:
    """Removal ends one membership; the other workspace and the global account stay as they are."""
    before = world.export()
    ben = world.member(BEN, "northwind")
    assert world.remove(BEN).status_code == 204

    after = world.export()
    assert BEN not in world.members()
    assert world.member(BEN, "northwind") == ben
    assert after["workspaces"]["northwind"] == before["workspaces"]["northwind"]
    assert after["accounts"] == before["accounts"]
    assert world.group()["members_count"] == 0


def test_a_second_invitation_replaces_the_first(world: World) -> None:
    """After the cool-down the newer roles count, and one invitation waits."""
    world.invite()
    world.advance(TWENTY_MINUTES)
    world.invite(env_roles=[row("prod", "Release manager")])

    assert [each["roles"] for each in world.invitations()] == [{"prod": "Release manager"}]
