"""People: each act is a click, and a page of a hundred thousand is a page."""

import pytest

from workato_emulator import Emulator

from ...world import ADA, BEN, CY, NEW, World, row
from .looking import HOME, Looker, button


def test_an_invitation_is_accepted_with_a_click(world: World, looker: Looker) -> None:
    """The page that follows says so, and the invitee is a collaborator."""
    world.invite(NEW)

    page = looker.send(button(looker.open(), "Accept", NEW))

    assert f"{NEW} accepted the invitation." in page.text
    assert world.roles(NEW)["dev"] == "Member"
    assert world.invitations() == []


@pytest.mark.parametrize("label", ["Decline", "Cancel"])
def test_an_invitation_is_withdrawn_with_a_click(world: World, looker: Looker, label: str) -> None:
    """By the invitee or by an admin: it is gone either way."""
    world.invite(NEW)

    page = looker.send(button(looker.open(), label, NEW))

    assert "No invitation waits for an answer." in page.text
    assert NEW not in world.members()


def test_an_invitation_expires_with_a_click(world: World, looker: Looker) -> None:
    """It stays in the list, marked, and accepting it is refused in words."""
    world.invite(NEW)

    page = looker.send(button(looker.open(), "Expire", NEW))
    assert "expired 2026-01-05 17:00:00" in page.text

    page = looker.send(button(page, "Accept", NEW))
    assert "Refused: " in page.text
    assert NEW not in world.members()


def test_somebody_else_was_faster(world: World, looker: Looker) -> None:
    """A button on a page that is out of date does nothing, and says why."""
    world.invite(NEW)
    old = looker.open()
    looker.send(button(old, "Accept", NEW))

    assert "Refused: there is no" in looker.send(button(old, "Decline", NEW)).text
    assert NEW in world.members()


def test_each_workspace_has_its_people(looker: Looker) -> None:
    """The first by name is shown unless another is chosen."""
    page = looker.open()
    assert ("People of acme" in page.heads, ADA in page.text) == (True, True)

    page = looker.send(button(page, "Show"), workspace="northwind")
    assert ("People of northwind" in page.heads, ADA in page.text) == (True, False)


def test_people_are_searched_by_name_and_email(world: World, looker: Looker) -> None:
    """Letters of any case; whoever waits for an answer is searched as well."""
    world.invite(NEW)

    page = looker.send(button(looker.open(), "Show"), search="ADA")
    assert (ADA in page.text, "ben@" in page.text, NEW in page.text) == (True, False, False)

    page = looker.send(button(page, "Show"), search="new@")
    assert (ADA in page.text, NEW in page.text) == (False, True)


def test_the_page_comes_back_to_what_was_searched(world: World, looker: Looker) -> None:
    """After an act the same search, in the same workspace, is shown."""
    world.invite(NEW)
    page = looker.send(button(looker.open(), "Show"), search="new")

    page = looker.send(button(page, "Accept", NEW))

    assert (NEW in page.text, ADA in page.text) == (True, False)


@pytest.mark.parametrize("path", [HOME + "?workspace=acmi", HOME + "?members_below=x", HOME + "requests/of/nothing"])
def test_what_is_not_there_is_a_page_too(looker: Looker, path: str) -> None:
    """A mistyped address shows no stack trace and no other page."""
    assert looker.client.get(path).status_code in {400, 404}


def test_a_person_has_a_page(world: World, looker: Looker) -> None:
    """Roles, groups, what the log says, and what was asked about them."""
    world.acme.put(f"/api/members/{world.id_of(BEN)}", json={"env_roles": [row("test", "Member")]})
    page = looker.open(looker.open().links["Ben"])

    assert page.heads[0] == "Ben"
    assert ("team_membership_updated" in page.text, "Builders" in page.text) == (True, True)
    assert any(text.startswith("PUT /api/members/") for text in page.links)


def test_somebody_who_left_still_has_a_history(world: World, looker: Looker) -> None:
    """As long as the log speaks of them; somebody unknown has no page."""
    page = looker.send(button(looker.open(looker.open().links["Ben"]), "Remove"))
    assert (f"{BEN} is no longer a collaborator." in page.text, BEN in world.members()) == (True, False)
    assert ("not there any more" in page.text, "team_membership_deleted" in page.text) == (True, True)

    assert looker.client.get(f"{HOME}workspaces/acme/people/{CY}").status_code == 404


@pytest.mark.long
def test_roles_are_changed_in_as_many_environments_as_there_are() -> None:
    """Their form has a field for each."""
    environments = [f"environment-{number:03}" for number in range(900)]
    member = {"name": "Ada", "email": ADA, "roles": {"environment-000": "Environment admin"}}
    emulator = Emulator({"workspaces": {"acme": {"environments": environments, "collaborators": [member]}}})
    looker = Looker(emulator)
    page = looker.open(f"{HOME}workspaces/acme/people/{ADA}")

    said = looker.send(button(page, "Change roles"), **{"role-in-environment-899": "Member"})

    assert "has these roles now" in said.text
    (kept,) = emulator.control.get("/export").json()["workspaces"]["acme"]["collaborators"]
    assert kept["roles"] == {"environment-000": "Environment admin", "environment-899": "Member"}


def test_roles_are_changed_on_a_persons_page(world: World, looker: Looker) -> None:
    """One choice per environment; No access takes a role away."""
    page = looker.open(looker.open().links["Ben"])

    looker.send(button(page, "Change roles"), **{"role-in-dev": "NoAccess", "role-in-prod": "Release manager"})

    assert world.roles(BEN) == {"dev": "No access", "test": "No access", "prod": "Release manager"}


def test_the_last_administrator_is_protected_here_too(world: World, looker: Looker) -> None:
    """What the rules forbid is refused in words."""
    page = looker.open(looker.open().links["Ada"])

    assert "Refused: " in looker.send(button(page, "Remove")).text
    assert ADA in world.members()


def test_groups_are_listed_with_their_members(looker: Looker) -> None:
    """The system group has everybody."""
    page = looker.open()
    assert "Builders" in page.links

    assert (ADA in looker.open(page.links["Builders"]).text) is False
    assert BEN in looker.open(page.links["Builders"]).text
    assert ADA in looker.open(page.links["All collaborators"]).text


def test_a_page_says_that_a_run_has_the_emulator(world: World, looker: Looker) -> None:
    """And lets a lease that a killed run left behind be ended."""
    world.control.put("/lease", json={"holder": "somebody"})
    page = looker.open()
    assert "A run has this emulator to itself." in page.text

    page = looker.send(button(page, "End the lease"))
    assert "A run has this emulator to itself." not in page.text
    assert world.control.get("/health").json()["leased"] is False


def test_a_person_is_shown_as_both_apis_have_them(world: World, looker: Looker) -> None:
    """A collaborator in both; once SCIM has deactivated them, in SCIM only."""
    scim = world.emulator.scim("acme")
    user = scim.get("/Users", params={"filter": f'userName eq "{BEN}"'}).json()["Resources"][0]
    scim.put(f"/Users/{user['id']}", json=user | {"externalId": "00u-ben"})

    page = " ".join(looker.open(f"{HOME}workspaces/acme/people/{BEN}").text.split())
    assert f"Developer APIcollaborator {user['id']}" in page
    assert f"SCIMuser {user['id']}, active" in page
    assert "externalId00u-ben" in page
    assert "workato_role: Member" in page

    scim.put(f"/Users/{user['id']}", json=user | {"active": False})
    page = " ".join(looker.open(f"{HOME}workspaces/acme/people/{BEN}").text.split())
    assert "Developer APInothing" in page
    assert f"SCIMuser {user['id']}, deactivated" in page
