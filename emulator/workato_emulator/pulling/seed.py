"""A seed of what was read of a workspace, and what the API could not show."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from workato_emulator.domain.clients import environment_shown_as
from workato_emulator.domain.data_centers import DATA_CENTERS, token_prefix
from workato_emulator.domain.roles import SYSTEM_ROLES
from workato_emulator.domain.values import DEV, NO_ACCESS_SHOWN, RoleType
from workato_emulator.pulling.survey import Row, Survey

Data = dict[str, Any]
_NEVER_SHOWN = (
    "pending invitations, and when anybody was invited or removed",
    "who owns the workspace, and which plan and limits it has",
    "tokens: each API client has a made-up one here",
    "which boxes are ticked on client roles: all of them are here",
    "the activity log, which is left out",
)


class Pulled(NamedTuple):
    """A seed document, and sentences about what it does not have."""

    document: Data
    unshown: list[str]


def seed_of(found: Survey, host: str, refused: Mapping[str, str], slug: str | None = None) -> Pulled:
    """The seed of one workspace. `slug` is its name there; without it, it is made from the workspace's own."""
    data_center = next((name for name, each in DATA_CENTERS.items() if host in each.hosts), "us")
    unshown = [*_NEVER_SHOWN, *(f"{what}: {why}" for what, why in sorted(refused.items()))]
    slug = slug or _slug(str(found.workspace.get("name") or "pulled"))
    emails = {each["id"]: each["email"] for each in found.members}
    groups = {each["id"]: each["name"] for each in found.groups}
    in_groups = defaultdict(list)
    for id_, members in found.group_members.items():
        for member in members:
            in_groups[member["id"]].append(groups[id_])
    roles = [_role(each, found.role_type) for each in found.roles if each.get("type", "custom") == "custom"]
    collaborators = [_collaborator(each, found.role_type, sorted(in_groups[each["id"]])) for each in found.members]
    environments = _environments(found.members)
    projects = {each["id"]: each for each in found.projects}
    folders = _Folders(found.folders)
    workspace: Data = {
        "name": found.workspace.get("name"),
        "id": found.workspace["id"],
        "data_center": data_center,
        "permission_model": "legacy_roles" if found.role_type is RoleType.LEGACY else "environment_roles",
        "environments": environments,
        "roles": [*roles, *_roles_only_held(collaborators, roles, found, unshown)],
        "project_roles": [_project_role(each) for each in found.project_roles if each.get("type") == "custom"],
        "groups": [_present(each, "name", "description", "id", "created_at", "updated_at") for each in found.groups],
        "collaborators": collaborators,
        "projects": [_project(each, folders, found.grants.get(id_, []), emails) for id_, each in projects.items()],
        "folders": folders.at_home(),
        "client_roles": [_present(each, "name", "id", "created_at", "updated_at") for each in found.client_roles],
    }
    if found.clients:
        names = {each["id"]: each["name"] for each in found.client_roles}
        prefix = token_prefix(data_center)
        workspace["api_clients"] = [_client(each, names, f"{prefix}-{slug}-{each['id']}") for each in found.clients]
    return Pulled({"workspaces": {slug: _without_empty(workspace)}}, unshown)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-") or "pulled"


def _present(row: Row, *names: str) -> Data:
    """These fields of a row, but for those it has nothing in."""
    return {name: row[name] for name in names if row.get(name) is not None}


def _without_empty(data: Data) -> Data:
    return {name: each for name, each in data.items() if each not in (None, [], {})}


def _environments(members: Iterable[Row]) -> list[str]:
    """The environments in which anybody has a role, or none: each is named for every collaborator."""
    named = {each["environment_type"] for member in members for each in member.get("roles") or ()}
    usual = ["dev", "test", "prod"]
    return [*(each for each in usual if each in named or each == DEV), *sorted(named - set(usual))]


def _role(row: Row, type_: RoleType) -> Data:
    config = row.get("config")
    team = config.get("team", {}).get("privileges") if isinstance(config, Mapping) and set(config) == {"team"} else None
    return {
        **_present(row, "name", "id", "folder_ids", "all_folders", "created_at", "updated_at"),
        "type": str(type_),
        **_without_empty({"privileges": team} if team is not None else {"config": config}),
    }


def _project_role(row: Row) -> Data:
    return _present(row, "name", "id", "config", "created_at", "updated_at")


def _roles_only_held(collaborators: list[Data], roles: list[Data], found: Survey, unshown: list[str]) -> Iterator[Data]:
    """Roles that somebody has and no list shows, such as of a token that may not list roles."""
    listed = {each["name"] for each in (*roles, *found.roles)}
    held = {name for each in collaborators for name in each["roles"].values()}
    for name in sorted(held - listed - SYSTEM_ROLES[found.role_type].keys()):
        unshown.append(f"what the role {name!r} allows: it is held, and no list has it")
        yield {"name": name, "type": str(found.role_type)}


def _collaborator(row: Row, own: RoleType, groups: list[str]) -> Data:
    roles: Data = {}
    others: Data = {}
    for each in row.get("roles") or ():
        if each["role_name"] != NO_ACCESS_SHOWN:
            held = roles if own is RoleType.LEGACY or each.get("role_type") in {str(own), None} else others
            held[each["environment_type"]] = each["role_name"]
    joined = _present(row, "created_at")
    return {
        **_present(row, "name", "email", "id", "grant_type", "external_id", "time_zone"),
        **({"joined_at": joined["created_at"]} if joined else {}),
        "roles": roles,
        **_without_empty({"unmigrated_roles": others, "groups": groups}),
    }


class _Folders:
    """The folders as a tree."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = list(rows)
        self._inside: defaultdict[object, list[Row]] = defaultdict(list)
        for each in self._rows:
            self._inside[each.get("parent_id")].append(each)

    def inside(self, folder: object) -> list[Data]:
        return [
            _without_empty(
                {**_present(each, "name", "id", "created_at", "updated_at"), "folders": self.inside(each["id"])}
            )
            for each in self._inside[folder]
        ]

    def at_home(self) -> list[Data]:
        """Those that lie in no other that is shown, and are no project's."""
        known = {each["id"] for each in self._rows}
        tops = [each for each in self._rows if each.get("parent_id") not in known and not each.get("is_project")]
        return [
            _without_empty(
                {**_present(each, "name", "id", "created_at", "updated_at"), "folders": self.inside(each["id"])}
            )
            for each in tops
            if each.get("project_id") is None
        ]


def _project(row: Row, folders: _Folders, grants: list[Row], emails: Mapping[object, str]) -> Data:
    return _without_empty(
        {
            **_present(row, "name", "id", "description", "folder_id"),
            "folders": folders.inside(row.get("folder_id")),
            "grants": [grant for each in grants for grant in _grant(each, emails)],
        }
    )


def _grant(row: Row, emails: Mapping[object, str]) -> Iterator[Data]:
    role = row["project_role"]["name"]
    if row.get("user_group") is not None:
        yield {"role": role, "group": row["user_group"]["name"], **_present(row, "id")}
    elif row.get("user") is not None and row["user"]["id"] in emails:
        yield {"role": role, "user": emails[row["user"]["id"]], **_present(row, "id")}


def _client(row: Row, roles: Mapping[object, str], token: str) -> Data:
    shown = row.get("environment_name")
    return {
        **_present(row, "name", "id", "all_folders", "folder_ids", "created_at", "updated_at"),
        "token": token,
        "role": roles.get(row.get("api_privilege_group_id")),
        **_without_empty(
            {"environments": [environment_shown_as(shown)] if shown else None, "ip_allow_list": _addresses(row)}
        ),
    }


def _addresses(row: Row) -> list[str]:
    said = row.get("ip_allow_list") or []
    return [each.strip() for each in said.split(",") if each.strip()] if isinstance(said, str) else list(said)
