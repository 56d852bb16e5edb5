"""What comes of a seed: references, ids and defaults."""

from typing import Any

import pytest

from workato_emulator import Emulator

from ..seeds import acme_with, person, problem_of
from ..world import SEED, Json

MISFITS: list[Any] = [
    pytest.param(
        acme_with(collaborators=[person(roles={"dev": "Membre"})]),
        "workspaces.acme.collaborators.0.roles.dev: no role called 'Membre'; did you mean 'Member'?",
        id="unknown role",
    ),
    pytest.param(
        acme_with(collaborators=[person(roles={"dev": "Admin"})]),
        "workspaces.acme.collaborators.0.roles.dev: no role called 'Admin'",
        id="role of the other model",
    ),
    pytest.param(
        acme_with(collaborators=[person(roles={"prd": "Member"})]),
        "workspaces.acme.collaborators.0.roles.prd: no environment called 'prd'; did you mean 'prod'?",
        id="unknown environment",
    ),
    pytest.param(
        acme_with(groups=[{"name": "Builders"}], collaborators=[person(groups=["Builder"])]),
        "workspaces.acme.collaborators.0.groups.0: no group called 'Builder'; did you mean 'Builders'?",
        id="unknown group",
    ),
    pytest.param(
        acme_with(invitations=[person(groups=["All collaborators"])]),
        "workspaces.acme.invitations.0.groups.0: All collaborators holds everybody and cannot be given",
        id="the system group by name",
    ),
    pytest.param(
        acme_with(collaborators=[person(), person(email="ADA@example.test")]),
        "workspaces.acme.collaborators.1.email: duplicate collaborator ADA@example.test",
        id="a collaborator twice",
    ),
    pytest.param(
        acme_with(collaborators=[person()], invitations=[person()]),
        "workspaces.acme.invitations.0.email: ada@example.test is already in acme",
        id="invited and there",
    ),
    pytest.param(
        acme_with(invitations=[person(), person()]),
        "workspaces.acme.invitations.1.email: ada@example.test is already in acme",
        id="invited twice",
    ),
    pytest.param(
        acme_with() | {"accounts": [person(), person()]},
        "accounts.1.email: ada@example.test already has an account",
        id="an account twice",
    ),
    pytest.param(
        acme_with(roles=[{"name": "A"}, {"name": "A"}]),
        "workspaces.acme.roles.1.name: a second role called A",
        id="a role twice",
    ),
    pytest.param(
        acme_with(groups=[{"name": "A"}, {"name": "A"}]),
        "workspaces.acme.groups.1.name: a second group called A",
        id="a group twice",
    ),
    pytest.param(
        acme_with(groups=[{"name": "All collaborators"}]),
        "workspaces.acme.groups.0.name: All collaborators is the system group's name",
        id="the system group's name",
    ),
    pytest.param(
        acme_with(api_clients=[{"name": "a", "token": "t"}, {"name": "a", "token": "u"}]),
        "workspaces.acme.api_clients.1.name: a second API client called a",
        id="a client twice",
    ),
    pytest.param(
        acme_with(api_clients=[{"name": "a", "token": "t"}, {"name": "b", "token": "t"}]),
        "workspaces.acme.api_clients.1.token: this token already belongs to an API client",
        id="a token twice",
    ),
    pytest.param(
        acme_with(api_clients=[{"name": "a", "token": "t", "environments": ["prd"]}]),
        "workspaces.acme.api_clients.0.environments: no environment called 'prd'; did you mean 'prod'?",
        id="a client in no environment",
    ),
    pytest.param(
        acme_with() | {"assumptions": {"email_cas": "sensitive"}},
        "assumptions.email_cas: no assumption is called 'email_cas'; did you mean 'email_case'?",
        id="an unknown assumption",
    ),
    pytest.param(
        acme_with() | {"assumptions": {"staged_users": "pushed"}},
        "assumptions.staged_users: staged_users is an assumption about Okta, and the emulator has no use for it",
        id="an assumption about Okta",
    ),
    pytest.param(
        {"workspaces": {"a": {"id": 5}, "b": {"id": 5}}}, "workspaces.b.id: 5 is the id of another one", id="ids twice"
    ),
    pytest.param(
        acme_with(collaborators=[person(id=7), person(email="b@example.test", id=7)]),
        "workspaces.acme.collaborators.1.id: 7 is the id of another one",
        id="member ids twice",
    ),
    pytest.param(
        acme_with(groups=[{"name": "A", "id": "pf-1"}, {"name": "B", "id": "pf-1"}]),
        "workspaces.acme.groups.1.id: pf-1 is the id of another one",
        id="group ids twice",
    ),
    pytest.param(
        acme_with(projects=[{"name": "A", "environment": "prd"}]),
        "workspaces.acme.projects.0.environment: no environment called 'prd'; did you mean 'prod'?",
        id="a project in no environment",
    ),
    pytest.param(
        acme_with(projects=[{"name": "A"}, {"name": "A"}]),
        "workspaces.acme.projects.1.name: a second folder called A in Home",
        id="a project twice",
    ),
    pytest.param(
        acme_with(projects=[{"name": "A", "id": 7}, {"name": "B", "id": 7}]),
        "workspaces.acme.projects.1.id: 7 is the id of another one",
        id="project ids twice",
    ),
    pytest.param(
        acme_with(projects=[{"name": "A", "grants": [{"role": "Builder", "user": "ada@example.test"}]}]),
        "workspaces.acme.projects.0.grants.0.user: unknown collaborator ada@example.test",
        id="a grant of a stranger",
    ),
    pytest.param(
        acme_with(projects=[{"name": "A", "grants": [{"role": "Builder", "group": "All"}]}]),
        "workspaces.acme.projects.0.grants.0.group: no group called 'All'",
        id="a grant of no group",
    ),
    pytest.param(
        acme_with(projects=[{"name": "A", "grants": [{"role": "Bilder", "group": "All collaborators"}]}]),
        "workspaces.acme.projects.0.grants.0.role: no project role called 'Bilder'; did you mean 'Builder'?",
        id="a grant of no role",
    ),
    pytest.param(
        acme_with(projects=[{"name": "A", "grants": [{"role": "Builder", "group": "All collaborators"}] * 2}]),
        "workspaces.acme.projects.0.grants.1: a second grant for All collaborators",
        id="a grant twice",
    ),
    pytest.param(
        acme_with(homes={"prd": 7}),
        "workspaces.acme.homes: no environment called 'prd'; did you mean 'prod'?",
        id="a home in no environment",
    ),
    pytest.param(
        acme_with(projects=[{"name": "A", "id": 8, "folder_id": 7}], homes={"dev": 7}),
        "workspaces.acme.projects.0.folder_id: 7 is the id of another one",
        id="folder ids twice",
    ),
]


@pytest.mark.parametrize(("seed", "message"), MISFITS)
def test_a_part_that_does_not_fit_the_rest_is_refused_with_the_place(seed: Json, message: str) -> None:
    """And with the nearest right spelling, where there is one."""
    assert message in problem_of(seed)


def test_what_a_seed_leaves_out_has_a_default() -> None:
    """A bare workspace has three environments, the new model, an owner, a client and the system group."""
    emulator = Emulator({"workspaces": {"acme": {}}})
    acme = emulator.control.get("/export").json()["workspaces"]["acme"]

    assert acme["environments"] == ["dev", "test", "prod"]
    assert acme["permission_model"] == "environment_roles"
    assert acme["owner"] == {"name": "Acme Owner", "email": "owner@acme.example.test"}
    assert [each["name"] for each in acme["groups"]] == ["All collaborators"]
    assert emulator.token("acme") == "wrkaus-acme-okta"


def test_a_seed_says_everything_that_the_wire_shows() -> None:
    """Ids, times, time zones, moderators, groups and lapses come back as they were written."""
    seed = acme_with(
        id=88001,
        owner=person(name="Root", email="root@example.test"),
        roles=[{"name": "Shared", "origin": "inheritable", "id": 41}, {"name": "Old", "type": "privilege_group"}],
        groups=[{"name": "Builders", "id": "pf-Aaaaaaaa-Bbbbbb", "created_at": "2025-01-01T00:00:00Z"}],
        collaborators=[
            person(
                id=51877,
                roles={"dev": "Shared"},
                groups=["Builders"],
                grant_type="federation_manager",
                external_id="00u1",
                time_zone="Pacific Time (US & Canada)",
                joined_at="2025-07-01T12:00:00.004Z",
            )
        ],
        invitations=[
            person(
                email="new@example.test", roles={"prod": "Member"}, groups=["Builders"], lapses_at="2026-02-01T00:00Z"
            )
        ],
        environment_ids={"dev": 7001, "test": 7002, "prod": 7003},
        homes={"dev": 10294},
        projects=[
            {
                "name": "Payroll",
                "description": "Who pays",
                "id": 44120,
                "folder_id": 26138,
                "folders": [{"name": "Recipes", "folders": [{"name": "Old", "id": 26140}]}],
                "grants": [
                    {"user": "ada@example.test", "role": "Builder", "id": "pg-Aaaaaaaa-Bbbbbb"},
                    {"group": "Builders", "role": "Project admin"},
                ],
            },
            {"name": "Payroll", "environment": "prod", "created_at": "2025-01-01T00:00:00Z"},
        ],
        folders=[{"name": "Drafts", "folders": [{"name": "Older"}]}, {"name": "Drafts", "environment": "test"}],
    )
    emulator = Emulator(seed)
    client = emulator.client("acme")

    me = client.get("/api/users/me").json()
    assert (me["id"], me["root_folder_id"]) == (88001, 10294)
    payroll, other = client.get("/api/projects").json()
    assert payroll == {"id": 44120, "description": "Who pays", "folder_id": 26138, "name": "Payroll"}
    assert other["name"] == "Payroll"
    assert [(each["name"], each["is_project"]) for each in client.get("/api/folders").json()] == [
        ("Payroll", True),
        ("Drafts", False),
    ]
    grant = client.get("/api/project_grants/pg-Aaaaaaaa-Bbbbbb").json()["data"]
    assert (grant["project"]["environment"], grant["user"]["id"]) == ({"id": 7001, "type": "dev"}, 51877)
    (ada,) = client.get("/api/members").json()["data"]
    assert (ada["id"], ada["grant_type"], ada["external_id"]) == (51877, "federation_manager", "00u1")
    assert (ada["time_zone"], ada["created_at"]) == ("Pacific Time (US & Canada)", "2025-07-01T05:00:00.004-07:00")
    assert client.get("/api/environment_roles/41").json()["data"]["type"] == "inheritable"
    assert client.get("/api/user_groups/pf-Aaaaaaaa-Bbbbbb").json()["data"]["members_count"] == 1
    (pending,) = emulator.control.get("/workspaces/acme/invitations").json()["data"]
    assert (pending["groups"], pending["expires_at"]) == (["Builders"], "2026-02-01T00:00:00+00:00")
    again = Emulator(emulator.control.get("/export").json())
    assert again.control.get("/export").json() == emulator.control.get("/export").json()
    for path in ("projects", "folders", "projects/44120/project_grants"):
        assert again.client("acme").get(f"/api/{path}").json() == client.get(f"/api/{path}").json()


def test_a_number_that_a_seed_brings_along_is_never_handed_out_again() -> None:
    """Otherwise somebody who joins later would take the id of somebody who is there."""
    emulator = Emulator(acme_with(collaborators=[person(id=50020)]))
    for number in range(12):
        body = {"name": f"P{number}", "email": f"p{number}@example.test", "roles": {}}
        emulator.control.post("/workspaces/acme/collaborators", json=body)

    assert len(emulator.client("acme").get("/api/members").json()["data"]) == 13


def test_members_and_accounts_part_where_the_seed_assumes_so() -> None:
    """Under `member_id: membership` a collaborator's id is not the account's."""
    emulator = Emulator(SEED | {"assumptions": {"member_id": "membership"}})
    exported = emulator.control.get("/export").json()
    accounts = {each["id"] for each in exported["accounts"]}
    members = {each["id"] for each in exported["workspaces"]["acme"]["collaborators"]}

    assert not accounts & members


def test_a_known_account_can_own_a_workspace() -> None:
    """An owner who is listed among the accounts is not made twice."""
    seed = acme_with(owner=person()) | {"accounts": [person(time_zone="UTC")]}
    emulator = Emulator(seed)

    assert len(emulator.control.get("/export").json()["accounts"]) == 1
    assert emulator.client("acme").get("/api/users/me").json()["email"] == "ada@example.test"


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ({"groups": [{"name": "Payroll"}]}, "groups.0"),
        ({"project_roles": [{"name": "Reviewer"}]}, "project_roles.0"),
        (
            {
                "collaborators": [{"name": "Ada", "email": "ada@example.test", "roles": {"dev": "Admin"}}],
                "projects": [{"name": "Payroll", "grants": [{"user": "ada@example.test", "role": "Builder"}]}],
            },
            "projects.0.grants.0",
        ),
    ],
    ids=["groups", "project roles", "grants"],
)
def test_a_legacy_workspace_is_given_nothing_of_the_new_model(rows: dict[str, Any], place: str) -> None:
    """Its endpoints would answer 401 about them, so the seed is refused there; without the model it is taken."""
    control = Emulator().control
    refused = control.put("/seed", json={"workspaces": {"acme": rows | {"permission_model": "legacy_roles"}}})

    assert refused.status_code == 422
    assert refused.json()["error"]["place"] == f"workspaces.acme.{place}"
    assert "answer 401" in refused.json()["error"]["message"]
    moved = rows | ({"collaborators": [rows["collaborators"][0] | {"roles": {}}]} if "collaborators" in rows else {})
    assert control.put("/seed", json={"workspaces": {"acme": moved}}).status_code == 200


AN_ID = 60_000


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(acme_with() | {"accounts": [person(id=AN_ID)]}, id="an account"),
        pytest.param(acme_with(id=AN_ID), id="a workspace"),
        pytest.param(acme_with(owner=person(id=AN_ID)), id="an owner"),
        pytest.param(acme_with(environment_ids={"dev": AN_ID}), id="an environment"),
        pytest.param(acme_with(homes={"dev": AN_ID}), id="a home folder"),
        pytest.param(acme_with(roles=[{"name": "R", "id": AN_ID}]), id="a role"),
        pytest.param(acme_with(project_roles=[{"name": "R", "number": AN_ID}]), id="a project role"),
        pytest.param(acme_with(groups=[{"name": "G", "former_members": [AN_ID]}]), id="somebody who left"),
        pytest.param(acme_with(collaborators=[person(id=AN_ID)]), id="a collaborator"),
        pytest.param(acme_with(invitations=[person(id=AN_ID)]), id="an invitation"),
        pytest.param(acme_with(projects=[{"name": "P", "id": AN_ID}]), id="a project"),
        pytest.param(acme_with(projects=[{"name": "P", "folder_id": AN_ID}]), id="a project's folder"),
        pytest.param(acme_with(projects=[{"name": "P", "folders": [{"name": "F", "id": AN_ID}]}]), id="a folder in it"),
        pytest.param(acme_with(folders=[{"name": "F", "id": AN_ID}]), id="a folder"),
        pytest.param(acme_with(client_roles=[{"name": "R", "id": AN_ID}]), id="a client role"),
        pytest.param(acme_with(api_clients=[{"name": "C", "token": "t", "id": AN_ID}]), id="an API client"),
        pytest.param(
            acme_with(
                activity=[
                    {
                        "at": "2026-01-01T00:00:00Z",
                        "event": "e",
                        "resource": {"id": 1, "type": "t", "name": "n"},
                        "actor": AN_ID,
                    }
                ]
            ),
            id="an actor",
        ),
    ],
)
def test_whatever_has_a_number_keeps_it_to_itself(seed: Json) -> None:
    """Everything that is made from then on has a higher one."""
    emulator = Emulator(seed)
    body = {"name": "New", "email": "new@example.test", "roles": {}}
    made = emulator.control.post("/workspaces/acme/collaborators", json=body)

    assert made.json()["id"] > AN_ID


def test_what_was_made_at_a_time_was_changed_then_unless_the_seed_says_more() -> None:
    """Nobody changes a row before it is there, or knows that somebody did."""
    born, later = "2025-01-01T00:00:00+00:00", "2025-02-01T00:00:00+00:00"
    rows = [{"name": "A", "created_at": born}, {"name": "B", "created_at": born, "updated_at": later}]
    acme = Emulator(acme_with(roles=rows, groups=rows, project_roles=rows, client_roles=rows)).export()["workspaces"]

    for kind in ("roles", "groups", "project_roles", "client_roles"):
        changed = {each["name"]: each["updated_at"] for each in acme["acme"][kind]}
        assert (changed["A"], changed["B"]) == (born, later)
