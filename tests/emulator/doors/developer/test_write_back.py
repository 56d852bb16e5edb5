"""What is read can be written back: it is accepted, also strictly, and changes nothing."""

from typing import Any

import pytest

from workato_emulator import Emulator

from ...world import Json

CLIENTS = "/api/developer_api_clients"
ACME: dict[str, Any] = {
    "roles": [{"name": "Release manager", "id": 7, "privileges": {"Recipes": ["read"]}}],
    "project_roles": [{"name": "Reviewer", "id": "pr-AAAAAAAA-BBBBBB", "config": {"project": {"privileges": "all"}}}],
    "groups": [
        {"name": "Builders", "description": "Who builds", "id": "pf-AAAAAAAA-BBBBBB"},
        {"name": "Bare", "id": "pf-CCCCCCCC-DDDDDD"},
    ],
    "collaborators": [{"name": "Ada", "email": "ada@example.test", "roles": {"dev": "Environment admin"}, "id": 50}],
    "projects": [
        {
            "name": "Payroll",
            "description": "Who is paid",
            "id": 44,
            "folder_id": 45,
            "folders": [{"name": "Recipes", "id": 46}],
            "grants": [
                {"user": "ada@example.test", "role": "Reviewer", "id": "pg-AAAAAAAA-BBBBBB"},
                {"group": "Builders", "role": "Builder", "id": "pg-CCCCCCCC-DDDDDD"},
            ],
        },
        {"name": "Travel", "id": 47},
    ],
    "client_roles": [{"name": "Everything", "id": 60}],
    "api_clients": [
        {"name": "okta", "token": "t", "id": 59},
        {"name": "all", "token": "all", "id": 61},
        {"name": "far", "token": "far", "id": 62, "environments": ["prod"], "role": "Everything"},
        {"name": "some", "token": "some", "id": 63, "all_folders": False, "folder_ids": [45, 4711]},
        {"name": "office", "token": "office", "id": 64, "ip_allow_list": ["192.0.2.1", "198.51.100.0/24"]},
        {"name": "roleless", "token": "roleless", "id": 65, "role": None},
        {"name": "nowhere", "token": "nowhere", "id": 66, "environments": []},
    ],
}
SEED: dict[str, Any] = {
    "strict": True,
    "workspaces": {
        "acme": ACME,
        "plain": {
            "environments": ["dev"],
            "api_clients": [{"name": "okta", "token": "p", "id": 58}, {"name": "other", "token": "q", "id": 67}],
        },
        "legacy": {
            "permission_model": "legacy_roles",
            "roles": [{"name": "All", "id": 70}, {"name": "Some", "id": 71, "folder_ids": [5]}],
            "api_clients": [{"name": "okta", "token": "l"}],
        },
    },
}
READ: dict[str, tuple[str, str, str | None]] = {
    "environment role": ("acme", "/api/environment_roles/7", "environment_role"),
    "project role": ("acme", "/api/project_roles/pr-AAAAAAAA-BBBBBB", "project_role"),
    "group": ("acme", "/api/user_groups/pf-AAAAAAAA-BBBBBB", "user_group"),
    "group without a description": ("acme", "/api/user_groups/pf-CCCCCCCC-DDDDDD", "user_group"),
    "project": ("acme", "/api/projects/44", None),
    "project without a description": ("acme", "/api/projects/47", None),
    "folder of a project": ("acme", "/api/folders/45", None),
    "folder": ("acme", "/api/folders/46", None),
    "home": ("acme", "home", None),
    "grant of a user": ("acme", "/api/project_grants/pg-AAAAAAAA-BBBBBB", None),
    "grant of a group, wrapped": ("acme", "/api/project_grants/pg-CCCCCCCC-DDDDDD", "project_grant"),
    "grants of a project": ("acme", "/api/projects/44/project_grants", "project_grants"),
    **{f"client {number}": ("acme", f"{CLIENTS}/{number}", None) for number in range(61, 67)},
    "client without environments": ("plain", f"{CLIENTS}/67", None),
    "legacy role for everything": ("legacy", "/api/roles/70", None),
    "legacy role for some folders": ("legacy", "/api/roles/71", None),
}
"""Workspace, path, and the wrapper in which a request carries it."""


def _as_read(emulator: Emulator, workspace: str, path: str) -> tuple[str, Json]:
    """The path, and what reading shows there or, where nothing reads one alone, in the list."""
    client = emulator.client(workspace)
    if path == "home":
        path = f"/api/folders/{client.get('/api/users/me').json()['root_folder_id']}"
    listed = path.rpartition("/")[0]
    if listed in {"/api/projects", "/api/roles"}:
        return path, next(each for each in client.get(listed).json() if path.endswith(str(each["id"])))
    answer = client.get(path).json()
    return path, answer.get("data", answer.get("result", answer))


@pytest.mark.parametrize(("workspace", "path", "wrapper"), READ.values(), ids=list(READ))
def test_what_is_read_can_be_written_back(workspace: str, path: str, wrapper: str | None) -> None:
    """The whole state is as before, its times and its log included, and the answer shows what was read."""
    emulator = Emulator(SEED)
    path, read = _as_read(emulator, workspace, path)
    before = emulator.control.get("/export").json()
    emulator.control.post("/clock/advance", json={"seconds": 60})
    answer = emulator.client(workspace).put(path, json=read if wrapper is None else {wrapper: read})

    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert (
        shown if path.startswith(("/api/folders", "/api/roles")) or "name" in shown else next(iter(shown.values()))
    ) == read
    after = emulator.control.get("/export").json()
    assert after | {"clock": None} == before | {"clock": None}


def test_a_changed_field_counts_among_those_that_were_read() -> None:
    """The rest of what was read does not keep it from counting."""
    emulator = Emulator(SEED)
    acme = emulator.client("acme")
    client = acme.get(f"{CLIENTS}/61").json()["result"]
    group = acme.get("/api/user_groups/pf-AAAAAAAA-BBBBBB").json()["data"]
    grant = acme.get("/api/project_grants/pg-AAAAAAAA-BBBBBB").json()["data"]
    builder = next(each["id"] for each in acme.get("/api/project_roles").json()["data"] if each["name"] == "Builder")
    changed = acme.put(f"{CLIENTS}/61", json=client | {"environment_name": "Production"}).json()["result"]
    described = acme.put("/api/user_groups/pf-AAAAAAAA-BBBBBB", json={"user_group": group | {"description": None}})
    given = acme.put(f"/api/project_grants/{grant['id']}", json=grant | {"project_role_id": builder})

    assert changed["environment_name"] == "Production"
    assert described.json()["data"]["description"] is None
    assert given.json()["data"]["project_role"]["name"] == "Builder"


@pytest.mark.parametrize(
    "holders",
    [
        {"user": None, "user_group": None},
        {"user": {"id": 50}, "user_group": {"id": "pf-AAAAAAAA-BBBBBB"}},
        {"user": None},
        {"assignment_id": 50},
    ],
    ids=["nobody", "two", "null", "no type"],
)
def test_a_grant_is_for_one_holder(holders: Json) -> None:
    """However it is written."""
    emulator = Emulator(SEED | {"strict": False})
    before = emulator.control.get("/export").json()
    grant = {"project_role": {"id": "pr-AAAAAAAA-BBBBBB"}} | holders
    answer = emulator.client("acme").put("/api/projects/47/project_grants", json={"project_grants": [grant]})

    assert answer.status_code == 400
    assert emulator.control.get("/export").json() == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        pytest.param(f"{CLIENTS}/61", {"api_privilege_group_id": None}, id="a client's role"),
        pytest.param(f"{CLIENTS}/61", {"environment_name": None}, id="a client's environment by name"),
        pytest.param(f"{CLIENTS}/61", {"environment": None}, id="a client's environment by type"),
        pytest.param(f"{CLIENTS}/61", {"name": None}, id="a client's name"),
        pytest.param(f"{CLIENTS}/61", {"all_folders": None}, id="all folders"),
        pytest.param(f"{CLIENTS}/61", {"folder_ids": None}, id="folder ids"),
        pytest.param(f"{CLIENTS}/63", {"folder_ids": []}, id="no folders"),
        pytest.param(f"{CLIENTS}/61", {"folder_ids": [45]}, id="folders beside all of them"),
        pytest.param("/api/user_groups/pf-AAAAAAAA-BBBBBB", {"user_group": {"name": None}}, id="a group's name"),
        pytest.param("/api/user_groups/pf-AAAAAAAA-BBBBBB", {"user_group": None}, id="a group"),
        pytest.param("/api/environment_roles/7", {"environment_role": {"name": None}}, id="a role's name"),
        pytest.param("/api/environment_roles/7", {"environment_role": {"config": None}}, id="a role's config"),
        pytest.param("/api/environment_roles/7", {"environment_role": {"inheritable": None}}, id="inheritable"),
        pytest.param("/api/folders/46", {"name": None}, id="a folder's name"),
        pytest.param("/api/folders/46", {"parent_id": None}, id="a folder's parent"),
        pytest.param("/api/folders/46", {"parent_id": ""}, id="an empty parent"),
        pytest.param("/api/projects/44", {"name": None}, id="a project's name"),
        pytest.param("/api/project_grants/pg-AAAAAAAA-BBBBBB", {"project_role_id": None}, id="a grant's role"),
        pytest.param("/api/project_grants/pg-AAAAAAAA-BBBBBB", {"project_role": None}, id="a grant's shown role"),
        pytest.param("/api/members/50", {"env_roles": None}, id="a member's roles"),
    ],
)
def test_null_and_nothing_are_refused_where_they_mean_nothing(path: str, body: Json) -> None:
    """Never 200 and ignored."""
    emulator = Emulator(SEED)
    before = emulator.control.get("/export").json()
    answer = emulator.client("acme").put(path, json=body)

    assert answer.status_code in {400, 404}, answer.text
    assert emulator.control.get("/export").json() == before


@pytest.mark.parametrize("field", ["role_name", "env_roles", "user_group_ids", "name", "email"])
def test_an_invitation_has_no_null(field: str) -> None:
    """Each of its fields is refused when it is null, and nobody is invited."""
    emulator = Emulator(SEED)
    row = {"environment_type": "dev", "name": "Member", "role_type": "environment"}
    body = {"name": "New", "email": "new@example.test", "env_roles": [row]} | {field: None}

    assert emulator.client("acme").post("/api/member_invitations", json=body).status_code == 400
    assert emulator.control.get("/workspaces/acme/invitations").json()["data"] == []
