"""The catalogue of assumptions, and what switching one in a running emulator leads to."""

import pytest

from workato_emulator import assumptions

from ...world import BEN, CY, NEW, World, row


def test_the_catalogue_is_for_people() -> None:
    """Each has a question, what speaks for the guess, and what would settle it."""
    for each in assumptions():
        assert each.question.endswith("?")
        assert each.evidence.endswith(".")
        assert each.probe.endswith(".")


def test_the_control_plane_lists_and_switches(world: World) -> None:
    """Every assumption with its present value; switching one leaves the others."""
    listed = world.control.get("/assumptions").json()["data"]
    assert [each["id"] for each in listed] == [each.id for each in assumptions()]
    assert all(each["value"] == each["default"] for each in listed)

    world.assume(removal_answer="200")
    changed = {each["id"]: each["value"] for each in world.control.get("/assumptions").json()["data"]}
    assert changed == {each["id"]: each["value"] for each in listed} | {"removal_answer": "200"}
    assert world.export()["assumptions"] == {"removal_answer": "200"}


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        pytest.param(
            {"removal_anwser": "200"},
            "no assumption is called 'removal_anwser'; did you mean 'removal_answer'?",
            id="name",
        ),
        pytest.param(
            {"update_scope": "merges"},
            "update_scope is one of merge, replace, not 'merges'; did you mean 'merge'?",
            id="value",
        ),
        pytest.param({"zzz": "1"}, "no assumption is called 'zzz'", id="nothing near"),
        pytest.param(
            {"okta_retry": "current"},
            "okta_retry is an assumption about Okta, and the emulator has no use for it; "
            "`run --assume okta_retry=VALUE` switches it, and `given.assumptions` in a scenario",
            id="another side",
        ),
    ],
)
def test_an_unknown_choice_is_refused_with_the_nearest_spelling(
    world: World, choices: dict[str, str], message: str
) -> None:
    """422, and the good ones beside it are not taken either."""
    answer = world.control.patch("/assumptions", json={"email_case": "sensitive"} | choices)

    assert (answer.status_code, answer.json()["error"]["message"]) == (422, message)
    assert world.export()["assumptions"] == {}


def test_switching_email_case_files_everybody_anew(world: World) -> None:
    """Invitations, collaborators and what limits remember are found under the new key, there and back again."""
    world.plan(churn_limit=1)
    world.remove(BEN)
    world.invite("New@Example.test")
    before = world.export()
    world.assume(email_case="sensitive")
    assert world.accept("new@example.test").status_code == 404
    assert world.accept("New@Example.test").status_code == 204
    assert world.invite("ADA@EXAMPLE.TEST").status_code == 200
    assert world.invite(BEN).status_code == 429

    again = World()
    again.plan(churn_limit=1)
    again.remove(BEN)
    again.invite("New@Example.test")
    again.assume(email_case="sensitive")
    again.assume(email_case="insensitive")
    assert again.export() == before


@pytest.mark.parametrize("where", ["accounts", "invitations"])
def test_email_case_cannot_make_two_people_one(world: World, where: str) -> None:
    """Switching back is refused while two differ only in case, and nothing changes."""
    world.assume(email_case="sensitive")
    for email in (NEW, NEW.upper()):
        world.invite(email)
        if where == "accounts":
            world.accept(email)
    before = world.export()
    answer = world.control.patch("/assumptions", json={"email_case": "insensitive"})

    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == f"email_case cannot be switched: two {where} differ only in case"
    assert world.export() == before


def test_a_listed_owner_can_be_read_but_is_no_collaborator(world: World) -> None:
    """Under that assumption the list and the single reading agree, and an owner who joined is listed once."""
    world.assume(owner_listed="yes")
    owner = world.member("root@acme.example.test")
    assert {each["role_name"] for each in owner["roles"]} == {"Environment admin"}
    assert world.acme.get(f"/api/members/{owner['id']}").json() == {"data": owner}
    assert world.acme.get("/api/members/1").status_code == 404

    world.add_by_hand("root@acme.example.test")
    assert list(world.members()).count("root@acme.example.test") == 1


def test_an_invitation_that_joins_at_once_still_needs_a_role(world: World) -> None:
    """Accounts join with the roles of the invitation; strangers still wait."""
    world.assume(known_account_joins="at_once")
    world.invite(CY, env_roles=[row("prod", "Member")])
    world.invite(NEW)

    assert world.roles(CY) == {"dev": "No access", "test": "No access", "prod": "Member"}
    assert NEW not in world.members()
    assert [each["email"] for each in world.invitations()] == [NEW]


def test_a_kept_invitation_starts_its_times_anew(world: World) -> None:
    """The first roles stay, the lifetime begins again."""
    world.assume(reinvitation="keeps_first", invitation_lifetime="7_days")
    world.invite()
    world.advance(1200)
    world.invite(env_roles=[row("prod", "Member")])

    (pending,) = world.invitations()
    assert (pending["roles"], pending["expires_at"]) == ({"dev": "Member"}, "2026-01-12T17:20:00+00:00")


def test_a_reinvitation_takes_no_second_seat(world: World) -> None:
    """Where pending invitations take seats, sending one again needs no further one."""
    world.assume(pending_takes_a_seat="yes")
    world.plan(collaborator_limit=3)
    world.invite()
    world.advance(1200)

    assert world.invite().status_code == 200
    assert world.accept().status_code == 204
