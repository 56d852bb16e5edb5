"""What is asked of a workspace, in this order, so that a seed can be made of it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from workato_emulator.domain.values import RoleType
from workato_emulator.pulling.channel import Query
from workato_emulator.pulling.rows import (
    ClientRoleRow,
    ClientRow,
    FolderRow,
    GrantRow,
    GroupMemberRow,
    GroupRow,
    MemberRow,
    ProjectRow,
    RoleRow,
    WorkspaceRow,
)
from workato_emulator.pulling.tenant import SIZE, Tenant


class Survey(NamedTuple):
    """The rows that were read. A role that was looked at closely has its `config`."""

    workspace: WorkspaceRow
    members: list[MemberRow]
    roles: list[RoleRow]
    role_type: RoleType
    project_roles: list[RoleRow]
    groups: list[GroupRow]
    group_members: Mapping[str, list[GroupMemberRow]]
    projects: list[ProjectRow]
    grants: Mapping[int, list[GrantRow]]
    folders: list[FolderRow]
    client_roles: list[ClientRoleRow]
    clients: list[ClientRow]


def survey(tenant: Tenant) -> Survey:
    """Ask for everything. Raises `TenantUnreadable` where even the collaborators cannot be read."""
    workspace = tenant.begin()
    members = tenant.page("/api/members", {}, MemberRow)
    roles = list(_closely(tenant, "/api/environment_roles", "environment roles"))
    role_type = RoleType.ENVIRONMENT
    if "environment roles" in tenant.refused and _is_legacy(members):
        del tenant.refused["environment roles"]
        role_type = RoleType.LEGACY
        roles = list(tenant.rows("/api/roles", _by_page, RoleRow, "roles"))
    groups = [each for each in tenant.rows("/api/user_groups", _by_number, GroupRow, "groups") if not each.system]
    projects = list(tenant.rows("/api/projects", _by_page, ProjectRow, "projects"))
    return Survey(
        workspace=workspace,
        members=members,
        roles=roles,
        role_type=role_type,
        project_roles=list(_closely(tenant, "/api/project_roles", "project roles")),
        groups=groups,
        group_members={each.id: _members(tenant, each) for each in groups},
        projects=projects,
        grants={each.id: _grants(tenant, each) for each in projects},
        folders=list(_folders(tenant, projects)),
        client_roles=list(tenant.rows("/api/developer_api_client_roles", _by_page, ClientRoleRow, "client roles")),
        clients=list(tenant.rows("/api/developer_api_clients", _by_page, ClientRow, "API clients")),
    )


def _closely(tenant: Tenant, path: str, what: str) -> Iterator[RoleRow]:
    """The rows of a list, those of custom roles with all that is shown of one."""
    for row in tenant.rows(path, _by_number, RoleRow, what):
        whole = (
            tenant.one(f"{path}/{_segment(row.id)}", RoleRow, f"what {what} allow") if row.type == "custom" else None
        )
        yield whole or row


def _members(tenant: Tenant, group: GroupRow) -> list[GroupMemberRow]:
    return list(
        tenant.rows(f"/api/user_groups/{_segment(group.id)}/members", _by_number, GroupMemberRow, "members of groups")
    )


def _grants(tenant: Tenant, project: ProjectRow) -> list[GrantRow]:
    return list(tenant.rows(f"/api/projects/{project.id}/project_grants", _by_number, GrantRow, "project grants"))


def _folders(tenant: Tenant, projects: list[ProjectRow]) -> Iterator[FolderRow]:
    """Those below home, and those in projects of other environments, which lie below another home."""
    seen: set[int] = set()
    homes = [None, *(each.folder_id for each in projects if each.folder_id is not None)]
    for home in homes:
        if home in seen:
            continue

        def page(number: int, home: int | None = home) -> Query:
            below = {} if home is None else {"parent_id": home}
            return {"page": number, "per_page": SIZE, "with_nested_folders": "true", **below}

        for folder in tenant.rows("/api/folders", page, FolderRow, "folders"):
            if folder.id not in seen:
                seen.add(folder.id)
                yield folder


def _is_legacy(members: list[MemberRow]) -> bool:
    return all(role.role_type != "environment" for member in members for role in member.roles or ())


def _by_number(number: int) -> Query:
    return {"page[number]": number, "page[size]": SIZE}


def _by_page(number: int) -> Query:
    return {"page": number, "per_page": SIZE}


def _segment(id_: int | str) -> str:
    return quote(str(id_), safe="")
