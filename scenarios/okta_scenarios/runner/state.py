"""Workato's side as a flat map of paths, so that "nothing else changed" can be said and checked.

    acme/collaborators/ada    acme/invitations/ada    acme/groups/Payroll    acme/roles/Auditor
    acme/clients/default      acme/client_roles/default
    acme/settings             accounts/ada
    acme/projects/Payroll     acme/folders/Drafts     acme/project_roles/Reviewer

Members of a group are part of the group, not of the collaborator; grants and folders are part of their project. What
limits remember and the activity log are not part of the state: every act adds to them.
"""

from collections.abc import Callable, Mapping
from typing import Any

State = Mapping[str, Any]

_NAMED = {
    "roles": "roles",
    "project_roles": "project_roles",
    "projects": "projects",
    "folders": "folders",
    "clients": "api_clients",
    "client_roles": "client_roles",
}
"""Parts whose rows are told apart by their names, and where they stand in the export."""
_SETTINGS = ("name", "data_center", "permission_model", "environments", "plan", "owner")


def flatten(export: Mapping[str, Any], short_of: Callable[[str], str]) -> State:
    """The emulator's export as paths; people under their short names."""
    state: dict[str, Any] = {f"accounts/{short_of(each['email'])}": each for each in export["accounts"]}
    for slug, workspace in export["workspaces"].items():
        state[f"{slug}/settings"] = {key: workspace[key] for key in _SETTINGS}
        for part, exported in _NAMED.items():
            state |= {f"{slug}/{part}/{each['name']}": each for each in workspace[exported]}
        for invitation in workspace["invitations"]:
            state[f"{slug}/invitations/{short_of(invitation['email'])}"] = invitation
        members: dict[str, list[str]] = {group["id"]: [] for group in workspace["groups"]}
        named = {group["name"]: group["id"] for group in workspace["groups"]}
        for person in workspace["collaborators"]:
            short = short_of(person["email"])
            state[f"{slug}/collaborators/{short}"] = {**person, "groups": None}
            for group in person["groups"]:
                members[named.get(group, group)].append(short)  # by its id where two groups share a name
        for group in workspace["groups"]:
            state[f"{slug}/groups/{group['name']}"] = {
                "id": group["id"],
                "description": group["description"],
                "system": group["system"],
                "members": members[group["id"]],
            }
    return state


def changed(before: State, after: State) -> tuple[str, ...]:
    """The paths that came, went or are different, sorted."""
    return tuple(sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)))
