"""Every operation of the control plane, once as it is meant and once as it is refused, against its contract."""

from collections.abc import Iterator
from typing import Any

import pytest

from workato_emulator.http.contract import load

from ....contract.conformance import Contract
from ...world import ADA, NEW, Json, World

CONTRACT = Contract("control")
ACME = "/workspaces/acme"
BARE_SEED: Json = {"workspaces": {"bare": {}}}

CALLS: dict[str, list[tuple[str, str, Any, int]]] = {
    "getHealth": [("GET", "/health", None, 200)],
    "listContracts": [("GET", "/openapi", None, 200)],
    "getContract": [("GET", "/openapi/workato.yaml", None, 200), ("GET", "/openapi/workato.json", None, 404)],
    "reset": [("POST", "/reset", None, 204)],
    "seed": [
        ("PUT", "/seed", BARE_SEED, 200),
        ("PUT", "/seed", None, 400),
        ("PUT", "/seed", {"workspaces": {"bare": {"environments": []}}}, 422),
    ],
    "exportState": [("GET", "/export", None, 200)],
    "listSnapshots": [("GET", "/snapshots", None, 200)],
    "takeSnapshot": [
        ("PUT", "/snapshots/second", None, 204),
        ("PUT", "/snapshots/-", None, 400),
        ("PUT", "/snapshots/now", None, 400),
    ],
    "deleteSnapshot": [("DELETE", "/snapshots/first", None, 204), ("DELETE", "/snapshots/none", None, 404)],
    "restoreSnapshot": [
        ("POST", "/snapshots/first/restore", None, 204),
        ("POST", "/snapshots/none/restore", None, 404),
    ],
    "diffState": [
        ("GET", "/diff?from=first&to=now", None, 200),
        ("GET", "/diff?from=none", None, 404),
        ("GET", "/diff?form=first", None, 400),
    ],
    "takeLease": [
        ("PUT", "/lease", {"holder": "somebody", "ids_seed": 3}, 201),
        ("PUT", "/lease", {"holder": "two words"}, 400),
        ("PUT", "/lease", {}, 400),
    ],
    "endLease": [("DELETE", "/lease", None, 204)],
    "getStrict": [("GET", "/strict", None, 200)],
    "setStrict": [
        ("PUT", "/strict", {"strict": True}, 200),
        ("PUT", "/strict", {"strict": "yes"}, 400),
    ],
    "getClock": [("GET", "/clock", None, 200)],
    "setClock": [
        ("PUT", "/clock", {"now": "2026-02-02T09:00:00.000-08:00"}, 200),
        ("PUT", "/clock", {"now": "2026-02-02T09:00:00"}, 400),
        ("PUT", "/clock", {"now": "2026-02-30T09:00:00Z"}, 422),
        ("PUT", "/clock", {"now": "1969-12-31T23:59:59Z"}, 422),
        ("PUT", "/clock", {"now": "9999-12-31T23:59:59Z"}, 422),
        ("PUT", "/clock", {"now": "9999-12-31T23:59:59-14:00"}, 422),
        ("PUT", "/clock", {"now": "0001-01-01T00:00:00+14:00"}, 422),
    ],
    "advanceClock": [
        ("POST", "/clock/advance", {"seconds": 0.5}, 200),
        ("POST", "/clock/advance", {"seconds": -1}, 400),
    ],
    "listWorkspaces": [("GET", "/workspaces", None, 200)],
    "judgeClient": [
        ("GET", "/journal/judgement", None, 200),
        ("GET", "/journal/judgement?workspac=acme", None, 400),
    ],
    "changeScim": [
        ("PATCH", f"{ACME}/scim", {"licensed": True, "sso": True}, 200),
        ("PATCH", f"{ACME}/scim", {"licensed": "yes"}, 400),
        ("PATCH", "/workspaces/none/scim", {}, 404),
    ],
    "generateScimToken": [
        ("POST", f"{ACME}/scim/token", None, 201),
        ("POST", f"{ACME}/scim/token", {"token": "scim-acme-2"}, 201),
        ("POST", f"{ACME}/scim/token", {"token": "two words"}, 400),
        ("POST", f"{ACME}/scim/token", {"token": "acme-okta"}, 409),
        ("POST", "/workspaces/northwind/scim/token", None, 403),
        ("POST", "/workspaces/none/scim/token", None, 404),
    ],
    "revokeScimToken": [
        ("DELETE", f"{ACME}/scim/token", None, 204),
        ("DELETE", "/workspaces/none/scim/token", None, 404),
    ],
    "signInBySaml": [
        ("POST", f"{ACME}/sign_ins", {"email": ADA}, 200),
        ("POST", f"{ACME}/sign_ins", {}, 400),
        ("POST", f"{ACME}/sign_ins", {"email": NEW}, 404),
        ("POST", "/workspaces/northwind/sign_ins", {"email": ADA}, 422),
    ],
    "listInvitations": [
        ("GET", f"{ACME}/invitations", None, 200),
        ("GET", "/workspaces/none/invitations", None, 404),
    ],
    "acceptInvitation": [
        ("POST", f"{ACME}/invitations/{NEW}/accept", None, 204),
        ("POST", f"{ACME}/invitations/{ADA}/accept", None, 404),
        ("POST", f"/workspaces/none/invitations/{NEW}/accept", None, 404),
    ],
    "declineInvitation": [
        ("POST", f"{ACME}/invitations/{NEW}/decline", None, 204),
        ("POST", f"{ACME}/invitations/1/decline", None, 404),
    ],
    "cancelInvitation": [
        ("POST", f"{ACME}/invitations/{NEW}/cancel", None, 204),
        ("POST", f"{ACME}/invitations/1/cancel", None, 404),
    ],
    "expireInvitation": [
        ("POST", f"{ACME}/invitations/{NEW}/expire", None, 204),
        ("POST", f"{ACME}/invitations/1/expire", None, 404),
    ],
    "addCollaborator": [
        ("POST", f"{ACME}/collaborators", {"name": "Cy", "email": "cy@example.test", "roles": {"dev": "Member"}}, 201),
        ("POST", f"{ACME}/collaborators", {"name": "Cy", "email": "cy@example.test"}, 400),
        ("POST", f"{ACME}/collaborators", {"name": "Ada", "email": ADA, "roles": {}}, 409),
        ("POST", f"{ACME}/collaborators", {"name": "Cy", "email": "cy", "roles": {}}, 422),
        ("POST", f"{ACME}/collaborators", {"name": "C", "email": "c@d", "roles": {"dev": "Nobody"}}, 422),
        ("POST", f"{ACME}/collaborators", {"name": "C", "email": "c@d", "roles": {"qa": "Member"}}, 422),
        ("POST", f"{ACME}/collaborators", {"name": "C", "email": "c@d", "roles": {}, "groups": ["None"]}, 422),
        ("POST", "/workspaces/none/collaborators", {"name": "C", "email": "c@d", "roles": {}}, 404),
    ],
    "removeCollaboratorByHand": [
        ("DELETE", f"{ACME}/collaborators/BEN@example.test", None, 204),
        ("DELETE", f"{ACME}/collaborators/{ADA}", None, 409),
        ("DELETE", f"{ACME}/collaborators/{NEW}", None, 404),
    ],
    "changeCollaboratorRoles": [
        ("PUT", f"{ACME}/collaborators/{ADA}/roles", {"roles": {"test": "Member", "prod": "NoAccess"}}, 204),
        ("PUT", f"{ACME}/collaborators/{ADA}/roles", {"roles": {"dev": "Member"}}, 409),
        ("PUT", f"{ACME}/collaborators/{ADA}/roles", {"roles": {"dev": "Nobody"}}, 422),
        ("PUT", f"{ACME}/collaborators/{ADA}/roles", {"roles": {}}, 422),
        ("PUT", f"{ACME}/collaborators/{NEW}/roles", {"roles": {"dev": "Member"}}, 404),
    ],
    "changePlan": [
        ("PATCH", f"{ACME}/plan", {"collaborator_limit": 5, "churn_limit": None}, 200),
        ("PATCH", f"{ACME}/plan", {"collaborator_limit": -1}, 400),
        ("PATCH", "/workspaces/none/plan", {}, 404),
    ],
    "changePermissionModel": [
        ("PUT", f"{ACME}/permission_model", {"permission_model": "legacy_roles"}, 204),
        ("PUT", f"{ACME}/permission_model", {"permission_model": "no_roles"}, 400),
        ("PUT", "/workspaces/none/permission_model", {"permission_model": "legacy_roles"}, 404),
    ],
    "addEnvironment": [
        ("POST", f"{ACME}/environments", {"name": "qa"}, 204),
        ("POST", f"{ACME}/environments", {"name": "dev"}, 409),
        ("POST", f"{ACME}/environments", {"name": "  "}, 422),
        ("POST", "/workspaces/none/environments", {"name": "qa"}, 404),
    ],
    "createRole": [
        ("POST", f"{ACME}/roles", {"name": "Auditor", "privileges": {"Activity audit": ["all"]}}, 201),
        ("POST", f"{ACME}/roles", {"name": "Release manager"}, 409),
        ("POST", f"{ACME}/roles", {"name": "  "}, 422),
        ("POST", "/workspaces/none/roles", {"name": "Auditor"}, 404),
    ],
    "renameRole": [
        ("PUT", f"{ACME}/roles/Release manager", {"name": "Release captain"}, 204),
        ("PUT", f"{ACME}/roles/Release manager", {"name": "Release manager"}, 204),
        ("PUT", f"{ACME}/roles/Release manager", {"name": "Member"}, 409),
        ("PUT", f"{ACME}/roles/Member", {"name": "Guest"}, 409),
        ("PUT", f"{ACME}/roles/Nobody", {"name": "Guest"}, 404),
    ],
    "deleteRole": [
        ("DELETE", f"{ACME}/roles/Release manager", None, 204),
        ("DELETE", f"{ACME}/roles/Member", None, 409),
        ("DELETE", f"{ACME}/roles/Nobody", None, 404),
    ],
    "createGroup": [
        ("POST", f"{ACME}/groups", {"name": "Payroll", "description": "Whoever pays"}, 201),
        ("POST", f"{ACME}/groups", {"name": "Builders"}, 409),
        ("POST", f"{ACME}/groups", {"name": "  "}, 422),
        ("POST", "/workspaces/none/groups", {"name": "Payroll"}, 404),
    ],
    "deleteGroup": [
        ("DELETE", f"{ACME}/groups/Builders", None, 204),
        ("DELETE", f"{ACME}/groups/All collaborators", None, 409),
        ("DELETE", f"{ACME}/groups/Nobody", None, 404),
    ],
    "changeGroupMembers": [
        ("PATCH", f"{ACME}/groups/Builders/members", {"add": [ADA]}, 204),
        ("PATCH", f"{ACME}/groups/Builders/members", {"remove": [ADA.upper()]}, 204),
        ("PATCH", f"{ACME}/groups/Builders/members", {"add": [ADA, NEW]}, 404),
        ("PATCH", f"{ACME}/groups/Builders/members", {}, 400),
        ("PATCH", f"{ACME}/groups/All collaborators/members", {"add": [ADA]}, 409),
        ("PATCH", f"{ACME}/groups/Nobody/members", {"add": [ADA]}, 404),
    ],
    "changeApiClient": [
        ("PATCH", f"{ACME}/api_clients/okta", {"token": "fresh", "privileges": [], "environments": ["dev"]}, 204),
        ("PATCH", f"{ACME}/api_clients/okta", {"token": "acme-okta"}, 204),
        ("PATCH", f"{ACME}/api_clients/okta", {"token": "acme-second"}, 409),
        ("PATCH", f"{ACME}/api_clients/okta", {"privileges": ["collaborators.lst"]}, 422),
        ("PATCH", f"{ACME}/api_clients/okta", {"environments": ["qa"]}, 422),
        ("PATCH", f"{ACME}/api_clients/none", {}, 404),
        ("PATCH", f"{ACME}/api_clients/okta", {"role": "second", "ip_allow_list": ["192.0.2.10"]}, 204),
        ("PATCH", f"{ACME}/api_clients/okta", {"role": "none"}, 404),
        ("PATCH", f"{ACME}/api_clients/okta", {"ip_allow_list": ["192.0.2.10", "192.0.2.256"]}, 422),
    ],
    "revokeApiClient": [
        ("DELETE", f"{ACME}/api_clients/okta", None, 204),
        ("DELETE", f"{ACME}/api_clients/none", None, 404),
    ],
    "createClientRole": [
        ("POST", f"{ACME}/client_roles", {"name": "Reader", "privileges": ["roles.list"]}, 201),
        ("POST", f"{ACME}/client_roles", {"name": "okta"}, 409),
        ("POST", f"{ACME}/client_roles", {"name": " "}, 422),
        ("POST", f"{ACME}/client_roles", {"name": "Reader", "privileges": ["roles.lst"]}, 422),
        ("POST", "/workspaces/none/client_roles", {"name": "Reader"}, 404),
    ],
    "changeClientRole": [
        ("PATCH", f"{ACME}/client_roles/okta", {"name": "Reader", "privileges": ["roles.list"]}, 200),
        ("PATCH", f"{ACME}/client_roles/okta", {"name": "second"}, 409),
        ("PATCH", f"{ACME}/client_roles/okta", {"name": " "}, 422),
        ("PATCH", f"{ACME}/client_roles/okta", {"privileges": ["roles.lst"]}, 422),
        ("PATCH", f"{ACME}/client_roles/none", {}, 404),
    ],
    "deleteClientRole": [
        ("DELETE", f"{ACME}/client_roles/okta", None, 204),
        ("DELETE", f"{ACME}/client_roles/none", None, 404),
    ],
    "readJournal": [
        ("GET", "/journal?after=1&limit=1", None, 200),
        ("GET", "/journal?limit=0", None, 400),
        ("GET", "/journal?limit=1001", None, 400),
        ("GET", "/journal?after=-1", None, 400),
        ("GET", "/journal?after=one", None, 400),
        ("GET", "/journal?operation=none", None, 422),
    ],
    "archiveJournal": [
        ("GET", "/journal.har?status=2xx", None, 200),
        ("GET", "/journal.har?status=two", None, 400),
        ("GET", "/journal.har?rule=INV-99", None, 422),
    ],
    "clearJournal": [("DELETE", "/journal", None, 204)],
    "listRules": [("GET", "/rules", None, 200)],
    "getRule": [("GET", "/rules/INV-1", None, 200), ("GET", "/rules/INV-0", None, 404)],
    "suspendRule": [("POST", "/rules/INV-1/suspend", None, 204), ("POST", "/rules/INV-0/suspend", None, 404)],
    "resumeRule": [("POST", "/rules/INV-1/resume", None, 204), ("POST", "/rules/INV-0/resume", None, 404)],
    "listAssumptions": [("GET", "/assumptions", None, 200)],
    "setAssumptions": [
        ("PATCH", "/assumptions", {"removal_answer": "200"}, 200),
        ("PATCH", "/assumptions", {"removal_answer": "201"}, 422),
        ("PATCH", "/assumptions", {"removal_answer": 200}, 400),
    ],
    "listFaults": [("GET", "/faults", None, 200)],
    "armFault": [
        ("POST", "/faults", {"operation": "listRoles", "status": 503, "count": 2}, 201),
        ("POST", "/faults", {"operation": "listRole", "status": 503, "count": 2}, 422),
        ("POST", "/faults", {"operation": "listRoles", "status": 99, "count": 2}, 400),
    ],
    "clearFaults": [("DELETE", "/faults", None, 204)],
}


def _cases() -> Iterator[Any]:
    for operation, calls in CALLS.items():
        for index, (method, path, body, status) in enumerate(calls):
            yield pytest.param(operation, method, path, body, status, id=f"{operation}-{status}-{index}")


@pytest.mark.parametrize(("operation", "method", "path", "body", "status"), list(_cases()))
def test_an_operation_answers_as_its_contract_says(
    world: World, operation: str, method: str, path: str, body: Json, status: int
) -> None:
    """As it is meant, and in each way of being refused; what is refused changes nothing."""
    world.invite()
    world.control.post("/faults", json={"operation": "listRoles", "status": 500, "count": 1})
    world.control.put("/snapshots/first")
    before = world.everything()
    answer = world.control.request(method, path, json=body)

    assert answer.status_code == status, answer.text
    CONTRACT.judge(answer)
    if answer.is_client_error:
        assert world.everything() == before


def test_every_operation_of_the_contract_is_tried() -> None:
    """And answers as it is meant at least once."""
    assert set(CALLS) == set(load("control.yaml"))
    for operation, calls in CALLS.items():
        known = load("control.yaml")[operation]
        assert {method for method, *_ in calls} == {known.method}
        assert calls[0][3] < 300


def test_a_lapsed_invitation_is_refused_as_the_contract_says(world: World) -> None:
    """Understood, and against the world as it stands."""
    world.invite()
    world.control.post(f"{ACME}/invitations/{NEW}/expire")
    answer = world.accept()

    assert answer.status_code == 409
    CONTRACT.judge(answer)


def test_an_admin_by_hand_and_an_invitee_are_the_same_kind_of_collaborator(world: World) -> None:
    """What the control plane answers is what the Developer API shows."""
    added = world.add_by_hand(NEW, roles={"dev": "Member", "prod": "NoAccess"}, groups=["Builders"]).json()

    assert added == {
        "id": world.id_of(NEW),
        "email": NEW,
        "name": "New",
        "roles": {"dev": "Member"},
        "groups": ["Builders"],
    }
    assert world.roles(NEW) == {"dev": "Member", "test": "No access", "prod": "No access"}


def test_roles_changed_by_hand_touch_what_they_name(world: World) -> None:
    """As an update over the API does."""
    body = {"roles": {"prod": "NoAccess", "test": "Member"}}
    world.control.put(f"{ACME}/collaborators/{ADA.upper()}/roles", json=body)

    assert world.roles(ADA) == {"dev": "Environment admin", "test": "Member", "prod": "No access"}


def test_a_renamed_role_stays_with_its_holders(world: World) -> None:
    """Collaborators and invitations have it under the new name; asked for by the old one it is unknown."""
    world.control.put(f"{ACME}/collaborators/{ADA}/roles", json={"roles": {"test": "Release manager"}})
    world.invite(role_name="Release manager")
    world.control.put(f"{ACME}/roles/Release manager", json={"name": "Release captain"})

    assert world.roles(ADA)["test"] == "Release captain"
    assert world.invitations()[0]["roles"] == {"dev": "Release captain"}
    assert world.invite("other@example.test", role_name="Release manager").status_code == 400


def test_a_deleted_role_leaves_no_access(world: World) -> None:
    """With collaborators and with invitations; others keep what they have."""
    world.control.put(f"{ACME}/collaborators/{ADA}/roles", json={"roles": {"test": "Release manager"}})
    world.invite(role_name="Release manager")
    world.control.delete(f"{ACME}/roles/Release manager")

    assert world.roles(ADA) == {"dev": "Environment admin", "test": "No access", "prod": "Member"}
    assert world.invitations()[0]["roles"] == {}


def test_groups_changed_by_hand_need_no_quota(world: World) -> None:
    """An admin in Workato's pages is no API client: a quota of nothing stops clients and not people."""
    world.plan(requests_per_minute=0)
    world.control.post(f"{ACME}/groups", json={"name": "Payroll"})
    world.control.patch(f"{ACME}/groups/Payroll/members", json={"add": [ADA]})
    people = world.control.get("/export").json()["workspaces"]["acme"]["collaborators"]

    assert [each["email"] for each in people if "Payroll" in each["groups"]] == [ADA]


def test_a_plan_keeps_what_a_change_leaves_out(world: World) -> None:
    """The answer is the whole plan."""
    world.plan(collaborator_limit=7)
    answer = world.control.patch(f"{ACME}/plan", json={"invitation_lifetime_seconds": 60})

    assert answer.json() == {
        "collaborator_limit": 7,
        "requests_per_minute": 60,
        "invitation_cooldown_seconds": 1200,
        "invitation_lifetime_seconds": 60,
        "churn_limit": None,
        "churn_window_seconds": 86400,
    }
