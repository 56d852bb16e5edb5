"""Seeds: what may stand in one, and clear words when something else does."""

from pathlib import Path
from typing import Any

import pytest

from workato_emulator import Emulator, SeedProblem
from workato_emulator.state.seeds import parse

from .world import BEN, SEED, Json


def _acme(**fields: Json) -> dict[str, Any]:
    return {"workspaces": {"acme": fields}}


def _person(**fields: Json) -> dict[str, Any]:
    return {"name": "Ada", "email": "ada@example.test"} | fields


CYCLE: list[Any] = []
CYCLE.append(CYCLE)

BAD: list[Any] = [
    pytest.param(
        {"workspace": {}, "workspaces": {"acme": {}}},
        "workspace: unknown key 'workspace'; did you mean 'workspaces'?",
        id="unknown key at the top",
    ),
    pytest.param(
        _acme(colaborators=[]),
        "workspaces.acme.colaborators: unknown key 'colaborators'; did you mean 'collaborators'?",
        id="unknown key in a workspace",
    ),
    pytest.param(
        _acme(collaborators=[_person(role={})]),
        "workspaces.acme.collaborators.0.role: unknown key 'role'; did you mean 'roles'?",
        id="unknown key in a list",
    ),
    pytest.param(
        _acme(plan={"churn_limits": 1}),
        "workspaces.acme.plan.churn_limits: unknown key 'churn_limits'; did you mean 'churn_limit'?",
        id="unknown key in an object",
    ),
    pytest.param(_acme(zzzzzz=1), "workspaces.acme.zzzzzz: unknown key 'zzzzzz'", id="unknown key near nothing"),
    pytest.param({}, "needs 'workspaces'", id="nothing"),
    pytest.param({"workspaces": {}}, "workspaces: should not be empty", id="no workspace"),
    pytest.param({"workspaces": {"Acme Inc": {}}}, "workspaces.Acme Inc: should be small letters", id="a bad slug"),
    pytest.param(
        {"workspaces": CYCLE}, "workspaces: should be a mapping of keys to values, not a list", id="a list in itself"
    ),
    pytest.param(_acme(environments=[]), "workspaces.acme.environments: should not be empty", id="no environment"),
    pytest.param(
        _acme(permission_model="environment_role"),
        "workspaces.acme.permission_model: should be 'legacy_roles' or 'environment_roles'; "
        "did you mean 'environment_roles'?",
        id="a misspelt permission model",
    ),
    pytest.param(
        _acme(collaborators=[_person(roles={"dev": "Membre"})]),
        "workspaces.acme.collaborators.0.roles.dev: no role called 'Membre'; did you mean 'Member'?",
        id="unknown role",
    ),
    pytest.param(
        _acme(collaborators=[_person(roles={"dev": "Admin"})]),
        "workspaces.acme.collaborators.0.roles.dev: no role called 'Admin'",
        id="role of the other model",
    ),
    pytest.param(
        _acme(collaborators=[_person(roles={"prd": "Member"})]),
        "workspaces.acme.collaborators.0.roles.prd: no environment called 'prd'; did you mean 'prod'?",
        id="unknown environment",
    ),
    pytest.param(
        _acme(groups=[{"name": "Builders"}], collaborators=[_person(groups=["Builder"])]),
        "workspaces.acme.collaborators.0.groups.0: no group called 'Builder'; did you mean 'Builders'?",
        id="unknown group",
    ),
    pytest.param(
        _acme(invitations=[_person(groups=["All collaborators"])]),
        "workspaces.acme.invitations.0.groups.0: All collaborators holds everybody and cannot be given",
        id="the system group by name",
    ),
    pytest.param(
        _acme(collaborators=[_person(), _person(email="ADA@example.test")]),
        "workspaces.acme.collaborators.1.email: duplicate collaborator ADA@example.test",
        id="a collaborator twice",
    ),
    pytest.param(
        _acme(collaborators=[_person()], invitations=[_person()]),
        "workspaces.acme.invitations.0.email: ada@example.test is already in acme",
        id="invited and there",
    ),
    pytest.param(
        _acme(invitations=[_person(), _person()]),
        "workspaces.acme.invitations.1.email: ada@example.test is already in acme",
        id="invited twice",
    ),
    pytest.param(
        _acme() | {"accounts": [_person(), _person()]},
        "accounts.1.email: ada@example.test already has an account",
        id="an account twice",
    ),
    pytest.param(
        _acme(roles=[{"name": "A"}, {"name": "A"}]),
        "workspaces.acme.roles.1.name: a second role called A",
        id="a role twice",
    ),
    pytest.param(
        _acme(groups=[{"name": "A"}, {"name": "A"}]),
        "workspaces.acme.groups.1.name: a second group called A",
        id="a group twice",
    ),
    pytest.param(
        _acme(groups=[{"name": "All collaborators"}]),
        "workspaces.acme.groups.0.name: All collaborators is the system group's name",
        id="the system group's name",
    ),
    pytest.param(
        _acme(api_clients=[{"name": "a", "token": "t"}, {"name": "a", "token": "u"}]),
        "workspaces.acme.api_clients.1.name: a second API client called a",
        id="a client twice",
    ),
    pytest.param(
        _acme(api_clients=[{"name": "a", "token": "t"}, {"name": "b", "token": "t"}]),
        "workspaces.acme.api_clients.1.token: this token already belongs to an API client",
        id="a token twice",
    ),
    pytest.param(
        _acme(api_clients=[{"name": "a", "token": "two words"}]),
        "workspaces.acme.api_clients.0.token: should be visible ASCII, without spaces",
        id="a token that no header can carry",
    ),
    pytest.param(
        _acme(api_clients=[{"name": "a", "token": "t", "environments": ["prd"]}]),
        "workspaces.acme.api_clients.0.environments: no environment called 'prd'; did you mean 'prod'?",
        id="a client in no environment",
    ),
    pytest.param(
        _acme(api_clients=[{"name": "a", "token": "t", "privileges": "okto"}]),
        "workspaces.acme.api_clients.0.privileges: should be 'all', 'okta' or a list; did you mean 'okta'?",
        id="an unknown set of privileges",
    ),
    pytest.param(
        _acme(api_clients=[{"name": "a", "token": "t", "privileges": ["roles.lst"]}]),
        "did you mean 'roles.list'?",
        id="an unknown privilege",
    ),
    pytest.param(
        _acme() | {"assumptions": {"email_cas": "sensitive"}},
        "assumptions.email_cas: no assumption is called 'email_cas'; did you mean 'email_case'?",
        id="an unknown assumption",
    ),
    pytest.param(
        _acme(created_at="yesterday"), "workspaces.acme.created_at: should be a moment, such as", id="no moment"
    ),
    pytest.param(
        _acme(created_at="2026-01-01T00:00:00"),
        "workspaces.acme.created_at: needs an offset from UTC",
        id="no offset",
    ),
    pytest.param(
        _acme(created_at="0001-01-01T00:00:00Z"), "workspaces.acme.created_at: moments go from 1970", id="long ago"
    ),
    pytest.param(_acme() | {"clock": "9999-12-31T23:59:59Z"}, "clock: moments go from 1970 to 9000", id="too late"),
    pytest.param(
        _acme(plan={"invitation_cooldown_seconds": 1e300}),
        "workspaces.acme.plan.invitation_cooldown_seconds: should be less than",
        id="an endless cool-down",
    ),
    pytest.param(
        _acme(plan={"churn_window_seconds": float("nan")}),
        "workspaces.acme.plan.churn_window_seconds: should be",
        id="not a number",
    ),
    pytest.param(
        {"workspaces": {"a": {"id": 5}, "b": {"id": 5}}}, "workspaces.b.id: 5 is the id of another one", id="ids twice"
    ),
    pytest.param(
        _acme(collaborators=[_person(id=7), _person(email="b@example.test", id=7)]),
        "workspaces.acme.collaborators.1.id: 7 is the id of another one",
        id="member ids twice",
    ),
    pytest.param(
        _acme(groups=[{"name": "A", "id": "pf-1"}, {"name": "B", "id": "pf-1"}]),
        "workspaces.acme.groups.1.id: pf-1 is the id of another one",
        id="group ids twice",
    ),
    pytest.param(
        _acme(projects=[{"name": "A", "environment": "prd"}]),
        "workspaces.acme.projects.0.environment: no environment called 'prd'; did you mean 'prod'?",
        id="a project in no environment",
    ),
    pytest.param(
        _acme(projects=[{"name": "A"}, {"name": "A"}]),
        "workspaces.acme.projects.1.name: a second folder called A in Home",
        id="a project twice",
    ),
    pytest.param(
        _acme(projects=[{"name": "A", "id": 7}, {"name": "B", "id": 7}]),
        "workspaces.acme.projects.1.id: 7 is the id of another one",
        id="project ids twice",
    ),
    pytest.param(
        _acme(projects=[{"name": "A", "folders": [{"name": "B", "folder": []}]}]),
        "workspaces.acme.projects.0.folders.0.folder: unknown key 'folder'; did you mean 'folders'?",
        id="unknown key in a folder",
    ),
    pytest.param(
        _acme(projects=[{"name": "A", "grants": [{"role": "Builder", "user": "ada@example.test"}]}]),
        "workspaces.acme.projects.0.grants.0.user: unknown collaborator ada@example.test",
        id="a grant of a stranger",
    ),
    pytest.param(
        _acme(projects=[{"name": "A", "grants": [{"role": "Builder", "group": "All"}]}]),
        "workspaces.acme.projects.0.grants.0.group: no group called 'All'",
        id="a grant of no group",
    ),
    pytest.param(
        _acme(projects=[{"name": "A", "grants": [{"role": "Bilder", "group": "All collaborators"}]}]),
        "workspaces.acme.projects.0.grants.0.role: no project role called 'Bilder'; did you mean 'Builder'?",
        id="a grant of no role",
    ),
    pytest.param(
        _acme(projects=[{"name": "A", "grants": [{"role": "Builder"}]}]),
        "workspaces.acme.projects.0.grants.0: a grant is for a user or for a group",
        id="a grant of nobody",
    ),
    pytest.param(
        _acme(projects=[{"name": "A", "grants": [{"role": "Builder", "group": "All collaborators"}] * 2}]),
        "workspaces.acme.projects.0.grants.1: a second grant for All collaborators",
        id="a grant twice",
    ),
    pytest.param(
        _acme(homes={"prd": 7}),
        "workspaces.acme.homes: no environment called 'prd'; did you mean 'prod'?",
        id="a home in no environment",
    ),
    pytest.param(
        _acme(projects=[{"name": "A", "id": 8, "folder_id": 7}], homes={"dev": 7}),
        "workspaces.acme.projects.0.folder_id: 7 is the id of another one",
        id="folder ids twice",
    ),
    pytest.param(_acme(id=0), "workspaces.acme.id: should be greater than or equal to 1", id="id 0"),
    pytest.param(
        _acme(collaborators=[_person(email="ada")]),
        "workspaces.acme.collaborators.0.email: should look like an email",
        id="no email",
    ),
]


@pytest.mark.parametrize(("seed", "message"), BAD)
def test_a_seed_that_cannot_be_is_refused_with_the_place(seed: Json, message: str) -> None:
    """And with the nearest right spelling, where there is one."""
    with pytest.raises(SeedProblem) as problem:
        Emulator(seed)

    assert message in str(problem.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("workspaces: {acme: {}\n", ":2:1: not YAML: did not find expected ',' or '}'", id="no YAML"),
        pytest.param(
            "workspaces:\n  acme: {}\n  acme: {}\n", ":3:3: duplicate key 'acme'; first in line 2", id="key twice"
        ),
        pytest.param(
            "workspaces: {acme: {plam: {}}}\n",
            ":1:21: workspaces.acme.plam: unknown key 'plam'; did you mean 'plan'?",
            id="unknown key",
        ),
        pytest.param("- acme\n", ":1:1: should be a mapping of keys to values, not a list", id="a list"),
        pytest.param("", ":1:1: the file is empty", id="empty"),
        pytest.param(
            "workspaces:\n  acme:\n    collaborators:\n      - {name: Ada}\n",
            ":4:9: workspaces.acme.collaborators.0: needs 'email'",
            id="a missing key",
        ),
        pytest.param(
            "workspaces:\n  acme:\n    environments:\n      - dev\n      - 7\n",
            ":5:9: workspaces.acme.environments.1: should be text, not 7 (quote it)",
            id="another type",
        ),
        pytest.param(
            "workspaces:\n  acme:\n    roles: [{name: A}]\n    invitations:\n      - name: Ada\n"
            "        email: ada@example.test\n        roles:\n          dev: Membre\n",
            ":8:11: workspaces.acme.invitations.0.roles.dev: no role called 'Membre'; did you mean 'Member'?",
            id="a name that leads nowhere",
        ),
        pytest.param(
            "workspaces:\n  acme:\n    projects:\n      - name: A\n      - name: B\n        environment: prd\n",
            ":6:9: workspaces.acme.projects.1.environment: no environment called 'prd'; did you mean 'prod'?",
            id="an unknown environment",
        ),
        pytest.param(
            "workspaces:\n  acme:\n    groups:\n      - name: A\n      - name: A\n",
            ":5:9: workspaces.acme.groups.1.name: a second group called A",
            id="a name twice",
        ),
        pytest.param(
            "workspaces: {acme: {}}\nassumptions:\n  email_cas: sensitive\n",
            ":3:3: assumptions.email_cas: no assumption is called 'email_cas'; did you mean 'email_case'?",
            id="an unknown assumption",
        ),
        pytest.param("a:\n  \x00", ":2:3: not YAML: the character U+0000 must be escaped", id="control characters"),
    ],
)
def test_a_seed_file_is_refused_with_its_name(tmp_path: Path, text: str, message: str) -> None:
    """With line and column, and the place in the document where its content is at fault."""
    path = tmp_path / "seed.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SeedProblem) as problem:
        Emulator(path)

    assert str(problem.value).startswith(f"{path}{message}")


def test_a_seed_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    """Missing, or in another encoding."""
    with pytest.raises(SeedProblem, match=r"none\.yaml: No such file or directory"):
        Emulator(tmp_path / "none.yaml")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("workspaces: {acme: {name: Caf\u00e9}}".encode("latin-1"))
    with pytest.raises(SeedProblem, match=r"latin\.yaml:1:30: not UTF-8"):
        Emulator(latin)


def test_a_seed_file_may_be_yaml_or_json(tmp_path: Path) -> None:
    """Moments may be YAML's own, and keys in different mappings may repeat."""
    path = tmp_path / "seed.yaml"
    path.write_text(
        "workspaces:\n  acme: {created_at: 2025-01-01T00:00:00Z}\n  beta: {created_at: '2025-01-01T00:00:00Z'}\n",
        encoding="utf-8",
    )
    exported = Emulator(path).control.get("/export").json()["workspaces"]

    assert [each["created_at"] for each in exported.values()] == ["2025-01-01T00:00:00+00:00"] * 2


def test_a_document_that_was_read_already_is_taken_as_it_is() -> None:
    """Parsing and starting are two steps for whoever wants them apart."""
    emulator = Emulator(parse(SEED))

    assert emulator.control.get("/export").json() == Emulator(SEED).control.get("/export").json()


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
    seed = _acme(
        id=88001,
        owner=_person(name="Root", email="root@example.test"),
        roles=[{"name": "Shared", "origin": "inheritable", "id": 41}, {"name": "Old", "type": "privilege_group"}],
        groups=[{"name": "Builders", "id": "pf-Aaaaaaaa-Bbbbbb", "created_at": "2025-01-01T00:00:00Z"}],
        collaborators=[
            _person(
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
            _person(
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
    emulator = Emulator(_acme(collaborators=[_person(id=50020)]))
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
    seed = _acme(owner=_person()) | {"accounts": [_person(time_zone="UTC")]}
    emulator = Emulator(seed)

    assert len(emulator.control.get("/export").json()["accounts"]) == 1
    assert emulator.client("acme").get("/api/users/me").json()["email"] == "ada@example.test"


def test_whoever_left_and_is_still_on_a_list_comes_back_with_the_seed() -> None:
    """While GRP-5 is suspended a leaver stays on the group's list; an export tells so, and a seed brings it about."""
    emulator = Emulator(SEED)
    emulator.control.post("/rules/GRP-5/suspend").raise_for_status()
    ben = next(each["id"] for each in emulator.export()["workspaces"]["acme"]["collaborators"] if each["email"] == BEN)
    emulator.control.delete(f"/workspaces/acme/collaborators/{BEN}").raise_for_status()
    export = emulator.export()

    assert [each.get("former_members") for each in export["workspaces"]["acme"]["groups"]] == [None, [ben]]
    assert Emulator(export).export() == export


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


def test_a_workspace_that_went_back_can_be_exported_and_seeded() -> None:
    """Its groups and grants wait for the new model, under the ids that they had."""
    emulator = Emulator()
    assert emulator.control.put(
        "/workspaces/acme/permission_model", json={"permission_model": "legacy_roles"}
    ).is_success
    before = emulator.control.get("/export").json()

    assert emulator.control.put("/seed", json=before).status_code == 200
    assert emulator.control.get("/export").json() == before


def _seeded_again(emulator: Emulator) -> None:
    exported = emulator.control.get("/export").json()
    answer = emulator.control.put("/seed", json=exported)
    assert answer.status_code == 200, answer.text
    assert emulator.control.get("/export").json() == exported


def test_a_copy_of_a_long_name_can_be_seeded() -> None:
    """The copy's name has at most 255 letters, and is another one each time."""
    emulator = Emulator(
        _acme(permission_model="legacy_roles", roles=[{"name": "r" * 255}], client_roles=[{"name": "c" * 255}])
    )
    acme = emulator.client("acme")
    rows = emulator.control.get("/export").json()["workspaces"]["acme"]
    role = next(each["id"] for each in rows["roles"] if each["name"] == "r" * 255)
    client_role = rows["client_roles"][0]["id"]
    for _ in range(2):
        assert acme.post(f"/api/roles/{role}/copy").status_code == 200
        assert acme.post(f"/api/developer_api_client_roles/{client_role}/copy").status_code == 200
    _seeded_again(emulator)


def test_folders_of_one_name_can_be_seeded_by_their_ids() -> None:
    """They came about under another assumption; without ids a seed cannot mean two."""
    emulator = Emulator(_acme() | {"assumptions": {"folder_name_taken": "allowed"}})
    for _ in range(2):
        emulator.client("acme").post("/api/folders", json={"name": "F"})
    emulator.control.patch("/assumptions", json={"folder_name_taken": "400"})
    _seeded_again(emulator)


def test_an_invitation_may_outlive_the_last_moment() -> None:
    """By its lifetime; the clock itself stops at the year 9000."""
    emulator = Emulator(_acme(plan={"invitation_lifetime_seconds": 3_155_760_000}) | {"clock": "8999-12-31T23:59:59Z"})
    body = {"name": "A", "email": "a@example.test", "role_name": "Member"}
    assert emulator.client("acme").post("/api/member_invitations", json=body).status_code == 200
    _seeded_again(emulator)


def test_an_invitation_to_the_group_of_everybody_can_be_seeded() -> None:
    """Whoever accepts is in it anyway, so the invitation does not name it."""
    emulator = Emulator(_acme())
    acme = emulator.client("acme")
    everybody = acme.get("/api/user_groups").json()["data"][0]["id"]
    body = {"name": "A", "email": "a@example.test", "role_name": "Member", "user_group_ids": [everybody]}
    assert acme.post("/api/member_invitations", json=body).status_code == 200
    _seeded_again(emulator)


@pytest.mark.parametrize("number", [10**14, 10**15])
def test_large_ids_leave_the_others_room(number: int) -> None:
    """The largest that a seed may bring along is never counted up to; at the end of the count nothing is made."""
    seed = _acme(collaborators=[_person(id=number)])
    if number == 10**14:
        with pytest.raises(SeedProblem, match="no id is left"):
            Emulator(seed)
        return
    _seeded_again(Emulator(seed))


def test_when_no_id_is_left_nothing_is_made() -> None:
    """And the state can still be seeded."""
    exported = Emulator(_acme()).control.get("/export").json()
    emulator = Emulator(exported | {"ids": 10**14 - 50_001})
    body = {"name": "A", "email": "a@example.test", "role_name": "Member"}
    answer = emulator.client("acme").post("/api/member_invitations", json=body)
    assert (answer.status_code, "no id is left" in answer.text) == (400, True)
    _seeded_again(emulator)


def test_the_deepest_config_can_be_seeded() -> None:
    """What the API takes within a role stands deeper in a seed."""
    emulator = Emulator(_acme())
    config: Json = {}
    for _ in range(60):
        config = {"a": config}
    role = {"name": "Deep", "config": config}
    assert emulator.client("acme").post("/api/environment_roles", json={"environment_role": role}).status_code == 200
    _seeded_again(emulator)


def test_all_that_is_wrong_with_a_seed_that_is_put_is_said_with_its_place() -> None:
    """Lines and columns are those of the body; nothing has changed."""
    emulator = Emulator(_acme())
    before = emulator.control.get("/export").json()
    body = '{"workspaces": {"acme": {\n  "colaborators": [],\n  "plan": {"churn_limit": "many"}}}}'
    answer = emulator.control.put("/seed", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    error = answer.json()["error"]
    first, second = error.pop("problems")
    assert error == {"code": "unusable_seed", **first}
    assert (first["line"], first["column"], first["suggestion"]) == (2, 3, "collaborators")
    assert (second["line"], second["column"], second["place"]) == (3, 12, "workspaces.acme.plan.churn_limit")
    assert emulator.control.get("/export").json() == before
