"""A seed of what was read of a workspace, and what the API could not show."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import Struct, to_builtins

from workato_emulator.domain.clients import environment_shown_as
from workato_emulator.domain.data_centers import DATA_CENTERS, token_prefix
from workato_emulator.domain.roles import SYSTEM_ROLES
from workato_emulator.domain.values import DEV, NO_ACCESS_SHOWN, RoleType
from workato_emulator.pulling.rows import ClientRow, FolderRow, GrantRow, MemberRow, ProjectRow, RoleRow
from workato_emulator.pulling.survey import Survey

Data = dict[str, Any]
_NEVER_SHOWN = (
    "pending invitations, and when anybody was invited or removed",
    "who owns the workspace, and which plan and limits it has",
    "roles of the permission model that the workspace is not on",
    "tokens: each API client has a made-up one here",
    "further environments of an API client: one is shown",
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
    slug = slug or _slug(found.workspace.name or "")
    emails = {each.id: each.email for each in found.members}
    in_groups = defaultdict(list)
    for group in found.groups:
        for member in found.group_members[group.id]:
            in_groups[member.id].append(group.name)
    roles = [_role(each, found.role_type) for each in found.roles if each.type == "custom"]
    collaborators = [_collaborator(each, found.role_type, in_groups[each.id]) for each in found.members]
    folders = _Folders(found.folders)
    projects = [_project(each, folders, found.grants[each.id], emails, unshown) for each in found.projects]
    clients = {each.id: each.name for each in found.client_roles}
    prefix = token_prefix(data_center)
    workspace: Data = {
        **_present(found.workspace, "name", "id"),
        "data_center": data_center,
        "permission_model": "legacy_roles" if found.role_type is RoleType.LEGACY else "environment_roles",
        "environments": _environments(found.members, projects),
        "roles": [*roles, *_roles_only_held(collaborators, found, unshown)],
        "project_roles": [_project_role(each) for each in found.project_roles if each.type == "custom"],
        "groups": [_present(each, "name", "description", "id", "created_at", "updated_at") for each in found.groups],
        "collaborators": collaborators,
        "projects": projects,
        "folders": folders.at_home(),
        "client_roles": [_present(each, "name", "id", "created_at", "updated_at") for each in found.client_roles],
        "api_clients": [_client(each, clients, f"{prefix}-{slug}-{each.id}") for each in found.clients],
    }
    return Pulled({"workspaces": {slug: _without_empty(workspace)}}, unshown)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-") or "pulled"


def _present(row: Struct, *names: str) -> Data:
    """These fields of a row, but for those it has nothing in."""
    return {name: to_builtins(each) for name in names if (each := getattr(row, name)) is not None}


def _without_empty(data: Data) -> Data:
    return {name: each for name, each in data.items() if each not in (None, [], {})}


def _environments(members: Iterable[MemberRow], projects: Iterable[Data]) -> list[str]:
    """Those in which anybody has a role, or none: each is named for every collaborator. And those with a project."""
    named = {each.environment_type for member in members for each in member.roles or ()}
    named |= {each["environment"] for each in projects if "environment" in each}
    usual = ["dev", "test", "prod"]
    return [*(each for each in usual if each in named or each == DEV), *sorted(named - set(usual))]


def _role(row: RoleRow, type_: RoleType) -> Data:
    team = row.config.get("team") if isinstance(row.config, dict) and row.config.keys() == {"team"} else None
    is_plain = isinstance(team, dict) and team.keys() == {"privileges"}
    privileges = team["privileges"] if is_plain and team is not None else row.privileges
    return {
        **_present(row, "name", "id", "all_folders", "folder_ids", "created_at", "updated_at"),
        "type": str(type_),
        **_without_empty({"privileges": privileges, "config": None if is_plain else row.config}),
    }


def _project_role(row: RoleRow) -> Data:
    return _present(row, "name", "id", "config", "created_at", "updated_at")


def _roles_only_held(collaborators: list[Data], found: Survey, unshown: list[str]) -> Iterator[Data]:
    """Roles that somebody has and no list shows, such as of a token that may not list roles."""
    listed = {each.name for each in found.roles}
    held = {name for each in collaborators for name in each["roles"].values()}
    for name in sorted(held - listed - SYSTEM_ROLES[found.role_type].keys()):
        unshown.append(f"what the role {name!r} allows: it is held, and no list has it")
        yield {"name": name, "type": str(found.role_type)}


def _collaborator(row: MemberRow, type_: RoleType, groups: list[str]) -> Data:
    """Roles of the workspace's own model; a legacy workspace names the type of its roles in more than one way."""
    held = [each for each in row.roles or () if each.role_name != NO_ACCESS_SHOWN]
    own = [each for each in held if type_ is RoleType.LEGACY or each.role_type in {str(type_), None}]
    return {
        **_present(row, "name", "email", "id", "grant_type", "external_id", "time_zone"),
        **_without_empty({"joined_at": row.created_at}),
        "roles": {each.environment_type: each.role_name for each in own},
        **_without_empty({"groups": sorted(groups)}),
    }


class _Folders:
    """The folders as a tree."""

    def __init__(self, rows: Iterable[FolderRow]) -> None:
        self._rows = {each.id: each for each in rows}
        self._inside: defaultdict[int | None, list[FolderRow]] = defaultdict(list)
        for each in self._rows.values():
            self._inside[each.parent_id].append(each)

    def inside(self, folder: int | None) -> list[Data]:
        """What lies in this folder. Each folder is taken once, so that none lies in itself."""
        return [self._with_content(each) for each in self._inside.pop(folder, ())] if folder is not None else []

    def _with_content(self, row: FolderRow) -> Data:
        own = _present(row, "name", "id", "created_at", "updated_at")
        return {**own, **_without_empty({"folders": self.inside(row.id)})}

    def at_home(self) -> list[Data]:
        """Those that lie in no other that is shown, and are no project's."""
        tops = [each for each in self._rows.values() if each.parent_id not in self._rows and each.project_id is None]
        return [self._with_content(each) for each in tops if not each.is_project]


def _project(
    row: ProjectRow, folders: _Folders, grants: list[GrantRow], emails: Mapping[int, str], unshown: list[str]
) -> Data:
    shown = next((each.project.environment.type for each in grants if each.project and each.project.environment), None)
    if shown is None:
        unshown.append(f"the environment of the project {row.name!r}, which only a grant would show")
    return {
        **_present(row, "name", "id", "description", "folder_id"),
        **_without_empty(
            {
                "environment": None if shown == DEV else shown,
                "folders": folders.inside(row.folder_id),
                "grants": [grant for each in grants for grant in _grant(each, emails)],
            }
        ),
    }


def _grant(row: GrantRow, emails: Mapping[int, str]) -> Iterator[Data]:
    if row.user_group is not None:
        yield {"role": row.project_role.name, "group": row.user_group.name, "id": row.id}
    elif row.user is not None and row.user.id in emails:
        yield {"role": row.project_role.name, "user": emails[row.user.id], "id": row.id}


def _client(row: ClientRow, roles: Mapping[int, str], token: str) -> Data:
    said = row.ip_allow_list or []
    addresses = [each.strip() for each in said.split(",")] if isinstance(said, str) else said
    shown = row.environment_name
    return {
        **_present(row, "name", "id", "all_folders", "folder_ids", "created_at", "updated_at"),
        "token": token,
        "role": None if row.api_privilege_group_id is None else roles.get(row.api_privilege_group_id),
        **_without_empty(
            {
                "environments": None if shown is None else [environment_shown_as(shown)],
                "ip_allow_list": [each for each in addresses if each],
            }
        ),
    }
