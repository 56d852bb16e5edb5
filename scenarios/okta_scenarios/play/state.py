"""Workato's side as a flat map of paths, so that "nothing else changed" can be said and checked.

    acme/collaborators/ada    acme/invitations/ada    acme/groups/Payroll    acme/roles/Auditor
    acme/clients/default      acme/client_roles/default
    acme/settings             accounts/ada
    acme/projects/Payroll     acme/folders/Drafts     acme/project_roles/Reviewer
    acme/projects/prod/Payroll    acme/folders/prod/Drafts    acme/legacy_roles/Auditor
    acme/scim_users/ada           acme/deactivated/ada

`roles` are environment roles: a workspace that has moved holds both kinds, and both may have one name. Projects and
folders stand under their environment, unless it is dev. Where two things still share a path, as two groups of one
name do, the second bears its id.

`scim_users` is what SCIM keeps of a collaborator, `deactivated` whom SCIM has deactivated.

Members of a group are part of the group, not of the collaborator, and so is whoever left and is still on its list: both
sides of a membership count. Grants and folders are part of their project. What
limits remember and the activity log are not part of the state: every act adds to them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

State = Mapping[str, Any]
_Placed = tuple[str, str, Mapping[str, Any]]
"""The part of a workspace that something belongs to, its name there, and what it is."""

_NAMED = {"clients": "api_clients", "client_roles": "client_roles", "project_roles": "project_roles"}
"""Parts whose rows are told apart by their names, and where they stand in the export."""
_KEPT_BY_SCIM = {"scim_users": "people", "deactivated": "deactivated"}
"""Parts of a workspace, and where they stand in the export of its SCIM."""
_SETTINGS = ("name", "data_center", "permission_model", "environments", "plan", "owner")


def flatten(export: Mapping[str, Any], short_of: Callable[[str], str]) -> State:
    """The emulator's export as paths; people under their short names."""
    names = _short_names(export["accounts"], short_of)
    state: dict[str, Any] = {f"accounts/{names[each['email']]}": each for each in export["accounts"]}
    known = {each["id"]: names[each["email"]] for each in export["accounts"]}
    for slug, workspace in export["workspaces"].items():
        scim = dict(workspace.get("scim") or {})
        kept = {part: scim.pop(key, ()) for part, key in _KEPT_BY_SCIM.items()}
        state[f"{slug}/settings"] = {key: workspace[key] for key in _SETTINGS} | ({"scim": scim} if scim else {})
        for part, rows in kept.items():
            names_there = _short_names(rows, short_of)
            state |= {f"{slug}/{part}/{names_there[each['email']]}": each for each in rows}
        for part, name, thing in (*_people(workspace, known, short_of), *_assets(workspace)):
            path = f"{slug}/{part}/{name}"
            state[f"{path} ({thing['id']})" if path in state else path] = thing
    return state


def _people(
    workspace: Mapping[str, Any], known: Mapping[int, str], short_of: Callable[[str], str]
) -> Iterator[_Placed]:
    """Who is there or waits to be, and the groups they are in."""
    members: dict[str, list[str]] = {group["id"]: [] for group in workspace["groups"]}
    named = {group["name"]: group["id"] for group in workspace["groups"]}
    names = _short_names(workspace["collaborators"], short_of)
    for person in workspace["collaborators"]:
        short = names[person["email"]]
        yield "collaborators", short, {**person, "groups": None}
        for group in person["groups"]:
            members[named.get(group, group)].append(short)  # by its id where two groups share a name
    for group in workspace["groups"]:
        seen = {key: group[key] for key in ("id", "description", "system")}
        former = [known.get(member, f"member {member}") for member in group.get("former_members", ())]
        yield "groups", group["name"], seen | {"members": [*members[group["id"]], *former]}
    names = _short_names(workspace["invitations"], short_of)
    for invitation in workspace["invitations"]:
        yield "invitations", names[invitation["email"]], invitation


def _short_names(rows: Iterable[Mapping[str, Any]], short_of: Callable[[str], str]) -> Mapping[str, str]:
    """Short names by email. Of two rows that are one person in Okta, the second goes by its email."""
    names: dict[str, str] = {}
    for row in rows:
        short = short_of(row["email"])
        names[row["email"]] = row["email"] if short in names.values() else short
    return names


def _assets(workspace: Mapping[str, Any]) -> Iterator[_Placed]:
    """Roles of every kind, what there is to have them in, and who calls from outside."""
    for role in workspace["roles"]:
        yield "legacy_roles" if role["type"] == "privilege_group" else "roles", role["name"], role
    for part, exported in _NAMED.items():
        for each in workspace[exported]:
            yield part, each["name"], each
    for part in ("projects", "folders"):
        for each in workspace[part]:
            place = "" if each["environment"] == "dev" else f"{each['environment']}/"
            yield part, f"{place}{each['name']}", each


def changed_paths(before: State, after: State) -> tuple[str, ...]:
    """The paths that came, went or are different, sorted."""
    return tuple(sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)))
