"""Every open question can be switched, and switching it shows on the wire.

`PROBES` has one small conversation per assumption, and what it comes to under the default and under each alternative.
"""

from typing import Any

import httpx
import pytest

from workato_emulator import assumptions

from ...contract.conformance import Contract
from ..world import ACME, ADA, BEN, CY, NEW, NORTHWIND, SEED, Json, World, row
from .probing import Probe
from .scim_probes import SCIM_PROBES

WORKATO = Contract("workato")
GROUPS = "/api/user_groups"
CLIENTS = "/api/developer_api_clients"


def _cooled(world: World) -> list[int]:
    """Invited at 0, refused at 15, tried at 21 minutes."""
    statuses = []
    for wait in (0, 15, 6):
        world.advance(wait * 60)
        statuses.append(world.invite().status_code)
    return statuses


def _invited_twice(world: World) -> Json:
    world.invite()
    return world.invite()


def _joins(world: World) -> bool:
    world.invite(CY)
    return CY in world.members()


def _reinvited(world: World) -> Json:
    world.invite()
    world.advance(1200)
    assert world.invite(env_roles=[row("prod", "Release manager")]).status_code == 200
    return world.invitations()[0]["roles"]


def _lapses(world: World) -> Json:
    world.invite()
    return world.invitations()[0]["expires_at"]


def _second_invitation_of_two(world: World) -> list[int]:
    world.plan(collaborator_limit=3)
    return [world.invite(email).status_code for email in (NEW, CY)]


def _full(world: World) -> int:
    world.plan(collaborator_limit=2)
    return world.invite().status_code


def _updated(world: World) -> dict[str, str]:
    world.update(BEN, row("test", "Member"))
    return {environment: role for environment, role in world.roles(BEN).items() if role != "No access"}


def _ids_of_a_shared_person(world: World) -> bool:
    world.invite(CY)
    world.accept(CY)
    return world.id_of(CY) == world.id_of(CY, "northwind")


def _last_admin(world: World) -> list[int]:
    return [world.update(ADA, row("dev", "Member")).status_code, world.remove(ADA).status_code]


def _moderator(world: World) -> list[int]:
    return [world.update(MO, row("dev", "Member")).status_code, world.remove(MO).status_code]


def _created(world: World) -> list[int]:
    roles = [(f"/api/{kind}s", {kind: {"name": "Payroll"}}) for kind in ("environment_role", "project_role")]
    return [world.acme.post(path, json=body).status_code for path, body in [*roles, (GROUPS, PAYROLL)]]


def _member_renamed(world: World) -> int:
    member = world.acme.get("/api/environment_roles", params={"name": "Member"}).json()["data"][0]["id"]
    return world.acme.put(f"/api/environment_roles/{member}", json={"environment_role": {"name": "Mate"}}).status_code


def _project_role_ids(world: World) -> Json:
    """The ids that are listed, each of which leads to its role, by their type."""
    listed = world.acme.get("/api/project_roles").json()["data"]
    assert {world.acme.get(f"/api/project_roles/{each['id']}").status_code for each in listed} == {200}
    return {type(each["id"]).__name__ for each in listed}


def _granted_role_deleted(world: World) -> Json:
    status = world.acme.delete("/api/project_roles/pr-MnOpQrSt-UvWxYz").status_code
    project = world.acme.get("/api/projects").json()[0]["id"]
    return status, world.acme.get(f"/api/projects/{project}/project_grants").json()["total"]


def _direct(world: World) -> list[int]:
    return [world.acme.post("/api/members", json={"email": email}).status_code for email in (CY, NEW)]


def _half_a_name(world: World) -> list[list[str]]:
    found = [
        world.acme.get(path, params={"name": name}).json()["data"]
        for path, name in (("/api/environment_roles", "member"), (GROUPS, "Build"), (GROUPS, "Builders"))
    ]
    return [[each["name"] for each in rows] for rows in found]


def _config(world: World) -> Json:
    role = world.acme.get("/api/environment_roles").json()["data"][0]["id"]
    return world.acme.get(f"/api/environment_roles/{role}").json()["data"]["config"]


def _across_the_minute(world: World) -> int:
    world.advance(50)
    for _ in range(60):
        world.acme.get("/api/members")
    world.advance(11)
    return world.acme.get("/api/members").status_code


def _left_after_refusals(world: World) -> Json:
    """An invitation, the same too soon, and one without an email."""
    answers = [world.invite(NEW), world.invite(NEW), world.acme.post("/api/member_invitations", json={})]
    return [each.headers["x-rate-limit-remaining"] for each in answers]


def _other_client(world: World) -> int:
    for _ in range(60):
        world.acme.get("/api/members")
    return world.emulator.client("acme", api_client="second").get("/api/members").status_code


def _other_spelling(world: World) -> list[int]:
    return [world.invite("ADA@example.test").status_code, world.invite("Ada@example.test").status_code]


def _out_of_range(world: World) -> list[int]:
    queries = ({"page[number]": 0}, {"page[size]": 1000}, {"page[number]": 9})
    return [world.acme.get(GROUPS, params=query).status_code for query in queries]


def _unknown_group(world: World) -> Json:
    status = world.invite(user_group_ids=["pf-no-such"]).status_code
    return status, [each["groups"] for each in world.invitations()]


def _unknown_user(world: World) -> Json:
    group = world.group()["id"]
    answer = world.acme.post(f"{GROUPS}/{group}/members", params={"user_ids": [world.id_of(ADA), 1]})
    return answer.status_code, world.group_members(group)


def _same_name_twice(world: World) -> Json:
    answer = world.acme.post(GROUPS, json={"user_group": {"name": "Builders"}})
    return answer.status_code, world.acme.get(GROUPS).json()["total"]


def _system_group_renamed(world: World) -> int:
    path = f"{GROUPS}/{world.group('All collaborators')['id']}"
    return world.acme.put(path, json={"user_group": {"name": "Everybody"}}).status_code


def _out_of_reach(world: World) -> Json:
    world.make_project()
    far = world.emulator.client("acme", api_client="far")
    return far.get(f"/api/projects/{world.project()}/project_grants").json()


def _folder_in_a_project(world: World) -> Json:
    return world.acme.post("/api/folders", json={"name": "Recipes", "parent_id": world.make_project()["id"]}).json()


def _deleted_with_a_folder(world: World) -> int:
    _folder_in_a_project(world)
    return world.acme.delete(f"/api/projects/{world.project()}").status_code


def _folder_of_a_project_deleted(world: World) -> tuple[int, int]:
    folder = world.make_project()
    return world.acme.delete(f"/api/folders/{folder['id']}").status_code, len(world.acme.get("/api/projects").json())


def _deletion_not_ticked(world: World) -> Json:
    folder = world.make_project()
    lister = world.emulator.client("acme", api_client="lister")
    return [lister.delete(f"/api/{kind}").json() for kind in (f"projects/{world.project()}", f"folders/{folder['id']}")]


def _nested(world: World, **query: str) -> list[str]:
    recipes = _folder_in_a_project(world)
    world.acme.post("/api/folders", json={"name": "Old", "parent_id": recipes["id"]})
    asked = {"parent_id": recipes["parent_id"]} | query
    return [each["name"] for each in world.acme.get("/api/folders", params=asked).json()]


def _environment_where_there_is_none(world: World) -> tuple[int, int]:
    fields = {"name": "New", "all_folders": True, "environment": "DEV"}
    role = world.acme.get("/api/developer_api_client_roles").json()["result"]["items"][0]["id"]
    made = world.acme.post(CLIENTS, json=fields | {"api_privilege_group_id": role})
    return made.status_code, world.acme.get(CLIENTS).json()["result"]["count"]


def _me_by_environment(world: World) -> tuple[int, bool]:
    far = world.emulator.client("acme", api_client="far").get("/api/users/me")
    return far.status_code, far.json().get("id") == world.acme.get("/api/users/me").json()["id"]


def _legacy_roles_before_and_after(world: World) -> list[int]:
    statuses = []
    for day in ("2026-08-31T23:59:59Z", "2026-09-01T00:00:00Z"):
        world.control.put("/clock", json={"now": day})
        statuses.append(world.northwind.get("/api/roles").status_code)
    return statuses


def _projects_privileges(world: World) -> list[str]:
    world.make_project()
    world.grant(world.id_of(BEN))
    (row,) = world.acme.get(f"/api/members/{world.id_of(BEN)}/projects_privileges").json()["data"]
    return list(row)


LISTER: dict[str, Any] = {
    "workspaces": SEED["workspaces"]
    | {
        "acme": ACME
        | {
            "api_clients": [
                {"name": "okta", "token": "acme-okta"},
                {"name": "lister", "token": "acme-lister", "privileges": ["projects.list"]},
            ]
        }
    }
}
DEV_ONLY: dict[str, Any] = {
    "workspaces": {"acme": {"environments": ["dev"], "api_clients": ACME["api_clients"]}, "northwind": NORTHWIND}
}
FAR: dict[str, Any] = {
    "workspaces": SEED["workspaces"]
    | {
        "acme": ACME
        | {
            "api_clients": [
                {"name": "okta", "token": "acme-okta"},
                {"name": "far", "token": "acme-far", "environments": ["prod"]},
            ]
        }
    }
}


def _entry_keys(world: World) -> set[str]:
    world.invite()
    return set(world.log()[0]) & {"timestamp", "created_at", "event_type", "event"}


def _log_of_two(world: World) -> list[str]:
    world.invite()
    world.accept()
    return world.events()


def _log_with_a_group(world: World) -> list[str]:
    world.invite()
    world.acme.post(GROUPS, json={"user_group": {"name": "Payroll"}})
    return world.events()


def _account_details(world: World) -> dict[str, Any]:
    me = world.acme.get("/api/users/me").json()
    asked = ("plan_id", "current_billing_period_start", "current_billing_period_end", "recipes_count")
    return {key: me[key] for key in asked}


def _root_is_the_workspace(world: World) -> list[bool]:
    world.invite()
    root = world.acme.get("/api/users/me").json()["id"]
    return [world.log()[0]["user"]["id"] == root, bool(world.log(**{"users_ids[]": root}))]


def _created_client(world: World, **fields: object) -> httpx.Response:
    role = world.acme.get("/api/developer_api_client_roles").json()["result"]["items"][0]["id"]
    wanted = {"name": "New", "api_privilege_group_id": role, "all_folders": True, "environment_name": "Development"}
    return world.acme.post(CLIENTS, json=wanted | fields)


def _client_for_a_folder_of_nobody(world: World) -> tuple[int, int]:
    status = _created_client(world, all_folders=False, folder_ids=[4711]).status_code
    return status, world.acme.get(CLIENTS).json()["result"]["count"]


def _deleted_client(world: World) -> tuple[int, int]:
    path = f"{CLIENTS}/{_created_client(world).json()['result']['id']}"
    return world.acme.delete(path).status_code, world.acme.get(path).status_code


def _cut_off_ones_own_branch(world: World) -> list[int]:
    own = f"{CLIENTS}/{world.acme.get(CLIENTS).json()['result']['items'][0]['id']}"
    return [
        world.acme.put(own, json={"all_folders": True}).status_code,
        world.acme.post(f"{own}/regenerate").status_code,
        world.acme.delete(own).status_code,
    ]


def _from_elsewhere(world: World) -> int:
    world.control.patch("/workspaces/acme/api_clients/okta", json={"ip_allow_list": ["192.0.2.10"]})
    return world.acme.get("/api/members").status_code


ONE_BOX: dict[str, Any] = {
    "workspaces": {
        "acme": ACME | {"api_clients": [{"name": "okta", "token": "t", "privileges": ["roles.list"]}]},
        "northwind": NORTHWIND,
    }
}
ERRORS = {"errors": [{"code": "INVALID_PARAMS", "title": "Role Nobody not found"}]}
TOO_MANY = {"errors": [{"code": "INVALID_PARAMS", "title": "Too many requests"}]}

PAYROLL = {"user_group": {"name": "Payroll"}}
MO = "mo@example.test"
WITH_A_MODERATOR: dict[str, Any] = {
    "workspaces": {
        "acme": ACME
        | {
            "collaborators": [
                *ACME["collaborators"],
                {"name": "Mo", "email": MO, "grant_type": "federation_manager", "roles": {"dev": "Member"}},
            ]
        },
        "northwind": NORTHWIND,
    }
}
WITH_A_GRANTED_ROLE: dict[str, Any] = {
    "workspaces": {
        "acme": ACME
        | {
            "project_roles": [{"name": "Reviewer", "id": "pr-MnOpQrSt-UvWxYz"}],
            "projects": [{"name": "Audit", "grants": [{"user": BEN, "role": "Reviewer"}]}],
        },
        "northwind": NORTHWIND,
    }
}

PROBES: dict[str, Probe] = {
    "error_envelope": Probe(
        lambda world: world.invite(env_roles=[row("dev", "Nobody")]).json(),
        {"errors": ERRORS, "message": {"message": "Role Nobody not found"}},
    ),
    "already_collaborator": Probe(lambda world: world.invite(ADA).status_code, {"400": 400, "409": 409, "422": 422}),
    "invitation_cooldown_status": Probe(
        lambda world: _invited_twice(world).status_code, {"429": 429, "400": 400, "422": 422}
    ),
    "invitation_cooldown_header": Probe(
        lambda world: _invited_twice(world).headers.get("retry-after"), {"retry_after": "1200", "none": None}
    ),
    "invitation_cooldown_extended": Probe(_cooled, {"no": [200, 429, 200], "yes": [200, 429, 429]}),
    "known_account_joins": Probe(_joins, {"on_acceptance": False, "at_once": True}),
    "reinvitation": Probe(_reinvited, {"replaces": {"prod": "Release manager"}, "keeps_first": {"dev": "Member"}}),
    "invitation_lifetime": Probe(
        _lapses, {"never": None, "7_days": "2026-01-12T17:00:00+00:00", "30_days": "2026-02-04T17:00:00+00:00"}
    ),
    "pending_takes_a_seat": Probe(_second_invitation_of_two, {"no": [200, 200], "yes": [200, 400]}),
    "seats_exhausted": Probe(_full, {"400": 400, "403": 403, "422": 422}),
    "member_envelope": Probe(
        lambda world: set(world.acme.get(f"/api/members/{world.id_of(ADA)}").json()) == {"data"},
        {"data": True, "bare": False},
    ),
    "removal_answer": Probe(
        lambda world: (world.remove(BEN).status_code, BEN in world.members()),
        {"204": (204, False), "200": (200, False)},
    ),
    "update_scope": Probe(
        _updated,
        {
            "merge": {"dev": "Member", "test": "Member"},
            "replace": {"test": "Member"},
        },
    ),
    "no_access_in_invitation": Probe(
        lambda world: world.invite(env_roles=[row("dev", "Member"), row("prod", "NoAccess")]).status_code,
        {"accepted": 200, "refused": 400},
    ),
    "role_type_default": Probe(
        lambda world: world.invite(env_roles=[row("dev", "Member", None)]).status_code,
        {"legacy": 400, "workspace": 200},
    ),
    "member_id": Probe(_ids_of_a_shared_person, {"account": True, "membership": False}),
    "owner_listed": Probe(
        lambda world: sorted(world.members()), {"no": [ADA, BEN], "yes": [ADA, BEN, "root@acme.example.test"]}
    ),
    "protected_removal": Probe(_last_admin, {"400": [400, 400], "403": [403, 403], "allowed": [200, 204]}),
    "moderator_change": Probe(
        _moderator, {"403": [403, 403], "400": [400, 400], "allowed": [200, 204]}, WITH_A_MODERATOR
    ),
    "direct_addition": Probe(_direct, {"absent": [404, 404], "present": [200, 404]}),
    "activity_keys": Probe(
        _entry_keys,
        {
            "timestamp_event_type": {"timestamp", "event_type"},
            "created_at_event_type": {"created_at", "event_type"},
            "timestamp_event": {"timestamp", "event"},
        },
    ),
    "activity_order": Probe(
        _log_of_two,
        {
            "newest_first": ["team_invitation_accept", "team_invitation_created"],
            "oldest_first": ["team_invitation_created", "team_invitation_accept"],
        },
    ),
    "unnamed_events": Probe(
        _log_with_a_group,
        {"recorded": ["user_group_created", "team_invitation_created"], "left_out": ["team_invitation_created"]},
    ),
    "root_user_id": Probe(_root_is_the_workspace, {"workspace": [True, True], "account": [False, False]}),
    "account_details": Probe(
        _account_details,
        {
            "filled": {
                "plan_id": "business",
                "current_billing_period_start": "2026-01-01T00:00:00.000-08:00",
                "current_billing_period_end": "2026-02-01T00:00:00.000-08:00",
                "recipes_count": 0,
            },
            "null": dict.fromkeys(
                ["plan_id", "current_billing_period_start", "current_billing_period_end", "recipes_count"]
            ),
        },
    ),
    "me_id_per_environment": Probe(_me_by_environment, {"no": (401, False), "yes": (200, False)}, FAR),
    "name_filter": Probe(
        _half_a_name, {"contains": [["Member"], ["Builders"], ["Builders"]], "exact": [[], [], ["Builders"]]}
    ),
    "legacy_role_type": Probe(
        lambda world: "role_type" in world.member(CY, "northwind")["roles"][0], {"present": True, "absent": False}
    ),
    "legacy_roles_after_their_end": Probe(_legacy_roles_before_and_after, {"answer": [200, 200], "closed": [200, 401]}),
    "creation_status": Probe(_created, {"200": [200, 200, 200], "201": [201, 201, 201]}),
    "role_config": Probe(_config, {"opaque": {"team": {"privileges": {"Recipes": ["read"]}}}, "empty": {}}),
    "system_role_change": Probe(_member_renamed, {"403": 403, "400": 400}),
    "project_role_id": Probe(_project_role_ids, {"handle": {"str"}, "integer": {"int"}}),
    "granted_role_deletion": Probe(
        _granted_role_deleted, {"with_its_grants": (204, 0), "refused": (400, 1)}, WITH_A_GRANTED_ROLE
    ),
    "json_not_announced": Probe(
        lambda world: world.acme.post("/api/user_groups", content=b'{"user_group": {"name": "New"}}').status_code,
        {"read": 200, "refused": 415},
    ),
    "rate_window": Probe(_across_the_minute, {"sliding": 429, "fixed": 200}),
    "rate_scope": Probe(_other_client, {"client": 200, "workspace": 429}),
    "refused_call_counts": Probe(
        _left_after_refusals,
        {"if_too_soon": ["59", "58", "58"], "never": ["59", "59", "59"], "always": ["59", "58", "57"]},
    ),
    "rate_body": Probe(
        lambda world: _invited_twice(world).json(), {"message": {"message": "Too many requests"}, "errors": TOO_MANY}
    ),
    "missing_privilege": Probe(
        lambda world: world.acme.get("/api/members").status_code, {"401": 401, "403": 403}, ONE_BOX
    ),
    "address_not_allowed": Probe(_from_elsewhere, {"401": 401, "403": 403}),
    "new_token_place": Probe(
        lambda world: set(_created_client(world).json()), {"token.value": {"result"}, "token": {"result", "token"}}
    ),
    "client_deletion_answer": Probe(_deleted_client, {"204": (204, 404), "200": (200, 404)}),
    "client_environment_field": Probe(
        _environment_where_there_is_none, {"refused": (400, 2), "ignored": (200, 3)}, DEV_ONLY
    ),
    "unknown_folder_of_client": Probe(_client_for_a_folder_of_nobody, {"kept": (200, 3), "refused": (400, 2)}),
    "own_client": Probe(_cut_off_ones_own_branch, {"allowed": [200, 200, 401], "refused": [403, 403, 403]}),
    "email_case": Probe(_other_spelling, {"insensitive": [400, 400], "sensitive": [200, 200]}),
    "page_out_of_range": Probe(_out_of_range, {"clamp": [200, 200, 200], "refuse": [400, 400, 200]}),
    "unknown_group_in_invitation": Probe(_unknown_group, {"refused": (400, []), "ignored": (200, [[]])}),
    "unknown_user_in_group": Probe(_unknown_user, {"refused": (400, [BEN]), "ignored": (204, [ADA, BEN])}),
    "group_name_taken": Probe(_same_name_twice, {"400": (400, 2), "409": (409, 2), "allowed": (200, 3)}),
    "system_group_change": Probe(_system_group_renamed, {"403": 403, "400": 400}),
    "out_of_reach": Probe(_out_of_reach, {"403": {"message": "Forbidden"}, "404": {"message": "Not found"}}, FAR),
    "project_deletion": Probe(_deleted_with_a_folder, {"always": 200, "empty_only": 403}),
    "project_folder_deletion": Probe(_folder_of_a_project_deleted, {"refused": (403, 1), "deleted": (200, 0)}),
    "deletion_not_ticked": Probe(
        _deletion_not_ticked,
        {"403": [{"message": "Cannot destroy folder"}] * 2, "401": [{"message": "Unauthorized"}] * 2},
        LISTER,
    ),
    "nested_folders_default": Probe(_nested, {"immediate": ["Recipes"], "nested": ["Recipes", "Old"]}),
    "nested_folders_root": Probe(
        lambda world: _nested(world, with_nested_folders="true"),
        {"left_out": ["Recipes", "Old"], "included": ["Payroll", "Recipes", "Old"]},
    ),
    "folder_name_taken": Probe(
        lambda world: [world.acme.post("/api/folders", json={"name": "Payroll"}).status_code for _ in range(2)],
        {"400": [200, 400], "allowed": [200, 200]},
    ),
    "subfolder_project_id": Probe(
        lambda world: _folder_in_a_project(world)["project_id"] == world.project(), {"project": True, "null": False}
    ),
    "projects_privileges_element": Probe(
        _projects_privileges,
        {
            "nested": ["project", "project_role", "user_group", "privileges"],
            "flat": [
                "project_id",
                "project_name",
                "environment_type",
                "role_name",
                "user_group_name",
                "privileges",
            ],
        },
    ),
    **SCIM_PROBES,
}

CHOICES = [
    pytest.param(each.id, choice, id=f"{each.id}={choice}")
    for each in assumptions()
    for choice in (each.default, *each.alternatives)
]


@pytest.mark.parametrize(("assumption", "choice"), CHOICES)
@pytest.mark.parametrize("how", ["over the control plane", "in the seed"])
def test_a_choice_shows_on_the_wire(assumption: str, choice: str, how: str) -> None:
    """Each alternative answers its probe in its own way, however it was chosen, and as the contract has it."""
    probe = PROBES[assumption]
    if how == "in the seed":
        world = World(probe.seed | {"assumptions": {assumption: choice}})
    else:
        world = World(probe.seed)
        world.assume(**{assumption: choice})
    for client in (world.acme, world.northwind):
        client.event_hooks["response"].append(WORKATO.judge)

    assert probe.ask(world) == probe.answers[choice]


def test_every_assumption_has_a_probe_that_tells_its_choices_apart() -> None:
    """One expectation per choice, no two alike, and none left over."""
    assert set(PROBES) == {each.id for each in assumptions()}
    for each in assumptions():
        answers = PROBES[each.id].answers
        assert list(answers) == [each.default, *each.alternatives]
        assert len({repr(answer) for answer in answers.values()}) == len(answers)
