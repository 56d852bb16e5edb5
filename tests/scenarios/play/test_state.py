"""Workato's side as a flat map."""

import copy
from typing import Any

from okta_scenarios.play.state import changed_paths, flatten

EXPORT: dict[str, Any] = {
    "accounts": [{"email": "ada@example.test", "id": 1}, {"email": "owner@example.test", "id": 2}],
    "workspaces": {
        "acme": {
            "id": 7,
            "name": "acme",
            "data_center": "us",
            "permission_model": "environment_roles",
            "environments": ["dev"],
            "plan": {"collaborator_limit": 100},
            "owner": {"email": "owner@example.test"},
            "invited_at": {"bob@example.test": "2026-01-05T17:00:00+00:00"},
            "activity": [{"at": "2026-01-05T17:00:00+00:00", "event": "team_invitation_created"}],
            "roles": [{"id": 11, "name": "Auditor", "type": "environment"}],
            "api_clients": [{"id": 12, "name": "default"}],
            "client_roles": [{"id": 15, "name": "Okta"}],
            "invitations": [{"email": "bob@example.test", "roles": {"dev": "Member"}}],
            "groups": [
                {"id": "g1", "name": "Payroll", "description": None, "system": False, "updated_at": "then"},
                {"id": "g2", "name": "Empty", "description": "-", "system": False, "updated_at": "then"},
            ],
            "projects": [{"id": 13, "name": "Payroll", "environment": "dev", "grants": []}],
            "project_roles": [{"id": "pr-1", "name": "Reviewer"}],
            "folders": [{"id": 14, "name": "Drafts", "environment": "dev", "folders": []}],
            "collaborators": [{"email": "ADA@example.test", "id": 1, "roles": {}, "groups": ["Payroll"]}],
        }
    },
}


def short_of(email: str) -> str:
    return {"ada@example.test": "ada", "bob@example.test": "bob"}.get(email.lower(), email)


def test_whoever_left_and_is_still_on_the_list_is_a_member() -> None:
    """Both sides of a membership count: the group's list, and the groups of those who are there."""
    export = copy.deepcopy(EXPORT)
    export["workspaces"]["acme"]["groups"][0]["former_members"] = [2, 99]

    assert flatten(export, short_of)["acme/groups/Payroll"]["members"] == ["ada", "owner@example.test", "member 99"]


def test_everything_has_a_path_with_short_names() -> None:
    """People stand under their short names, strangers under their emails; members belong to the group."""
    state = flatten(EXPORT, short_of)

    assert sorted(state) == [
        "accounts/ada",
        "accounts/owner@example.test",
        "acme/client_roles/Okta",
        "acme/clients/default",
        "acme/collaborators/ada",
        "acme/folders/Drafts",
        "acme/groups/Empty",
        "acme/groups/Payroll",
        "acme/invitations/bob",
        "acme/project_roles/Reviewer",
        "acme/projects/Payroll",
        "acme/roles/Auditor",
        "acme/settings",
    ]
    assert state["acme/groups/Payroll"]["members"] == ["ada"]
    assert state["acme/groups/Empty"]["members"] == []
    assert state["acme/collaborators/ada"]["groups"] is None


def test_nothing_changed_in_an_equal_state() -> None:
    """Two readings of the same state do not differ, and what a limit remembers is no part of it."""
    later = copy.deepcopy(EXPORT)
    later["workspaces"]["acme"]["invited_at"] = {}

    assert changed_paths(flatten(EXPORT, short_of), flatten(later, short_of)) == ()


def test_a_membership_changes_the_group_and_not_the_person() -> None:
    """Who leaves a group is still the same collaborator."""
    later = copy.deepcopy(EXPORT)
    later["workspaces"]["acme"]["collaborators"][0]["groups"] = []

    assert changed_paths(flatten(EXPORT, short_of), flatten(later, short_of)) == ("acme/groups/Payroll",)


def test_what_came_went_or_differs_is_named_in_order() -> None:
    """Additions, removals and differences are all changes, sorted by path."""
    later = copy.deepcopy(EXPORT)
    acme = later["workspaces"]["acme"]
    acme["roles"].append({"id": 13, "name": "Builder", "type": "environment"})
    acme["invitations"].clear()
    acme["plan"] = {"collaborator_limit": 1}

    assert changed_paths(flatten(EXPORT, short_of), flatten(later, short_of)) == (
        "acme/invitations/bob",
        "acme/roles/Builder",
        "acme/settings",
    )


def test_things_of_one_name_have_paths_of_their_own() -> None:
    """A role of each permission model, a project and a folder of each environment, and two groups."""
    later = copy.deepcopy(EXPORT)
    acme = later["workspaces"]["acme"]
    acme["roles"].append({"id": 21, "name": "Auditor", "type": "privilege_group"})
    acme["projects"].append({"id": 22, "name": "Payroll", "environment": "prod", "grants": []})
    acme["folders"].append({"id": 23, "name": "Drafts", "environment": "prod", "folders": []})
    acme["groups"].append({"id": "g3", "name": "Empty", "description": None, "system": False})
    acme["collaborators"][0]["groups"] = ["Payroll", "g3"]
    state = flatten(later, short_of)

    assert changed_paths(flatten(EXPORT, short_of), state) == (
        "acme/folders/prod/Drafts",
        "acme/groups/Empty (g3)",
        "acme/legacy_roles/Auditor",
        "acme/projects/prod/Payroll",
    )
    assert state["acme/groups/Empty (g3)"]["members"] == ["ada"]
