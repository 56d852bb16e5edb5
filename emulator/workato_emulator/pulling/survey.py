"""What is asked of a workspace, in this order, so that a seed can be made of it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from workato_emulator.domain.values import RoleType
from workato_emulator.pulling.tenant import SIZE, Query, Tenant, TenantUnreadable

Row = Mapping[str, Any]


class Survey(NamedTuple):
    """The rows that were read. A role that was looked at closely has its `config`."""

    workspace: Row
    members: list[Row]
    roles: list[Row]
    role_type: RoleType
    project_roles: list[Row]
    groups: list[Row]
    group_members: Mapping[str, list[Row]]
    projects: list[Row]
    grants: Mapping[int, list[Row]]
    folders: list[Row]
    client_roles: list[Row]
    clients: list[Row]


def survey(tenant: Tenant) -> Survey:
    """Ask for everything. Raises `TenantUnreadable` where even the collaborators cannot be read."""
    workspace = tenant.begin()
    members = _listed(tenant.read("/api/members", {}))
    roles = list(_closely(tenant, "/api/environment_roles", "environment roles"))
    is_legacy = "environment roles" in tenant.refused and _is_legacy(members)
    if is_legacy:
        del tenant.refused["environment roles"]
        roles = list(tenant.rows("/api/roles", _by_page, "roles"))
    groups = [each for each in tenant.rows("/api/user_groups", _by_number, "groups") if not each.get("system")]
    projects = list(tenant.rows("/api/projects", _by_page, "projects"))
    return Survey(
        workspace=workspace,
        members=members,
        roles=roles,
        role_type=RoleType.LEGACY if is_legacy else RoleType.ENVIRONMENT,
        project_roles=list(_closely(tenant, "/api/project_roles", "project roles")),
        groups=groups,
        group_members={
            each["id"]: list(tenant.rows(f"/api/user_groups/{each['id']}/members", _by_number, "members of groups"))
            for each in groups
        },
        projects=projects,
        grants={
            each["id"]: list(tenant.rows(f"/api/projects/{each['id']}/project_grants", _by_number, "project grants"))
            for each in projects
        },
        folders=list(tenant.rows("/api/folders", _with_nested, "folders")),
        client_roles=list(tenant.rows("/api/developer_api_client_roles", _by_page, "client roles")),
        clients=list(tenant.rows("/api/developer_api_clients", _by_page, "API clients")),
    )


def _listed(answer: Any) -> list[Row]:  # noqa: ANN401  (JSON)
    rows = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise TenantUnreadable("GET /api/members is not answered with a list of collaborators")
    return rows


def _closely(tenant: Tenant, path: str, what: str) -> Iterator[Row]:
    """The rows of a list, those of custom roles with all that is shown of one."""
    for row in tenant.rows(path, _by_number, what):
        whole = tenant.read(f"{path}/{row['id']}", {}, f"what {what} allow") if row.get("type") == "custom" else None
        shown = whole.get("data", whole) if isinstance(whole, dict) else {}
        yield {**row, **shown}


def _is_legacy(members: list[Row]) -> bool:
    types = {role.get("role_type") for member in members for role in member.get("roles") or ()}
    return "environment" not in types


def _by_number(number: int) -> Query:
    return {"page[number]": number, "page[size]": SIZE}


def _by_page(number: int) -> Query:
    return {"page": number, "per_page": SIZE}


def _with_nested(number: int) -> Query:
    return {"page": number, "per_page": SIZE, "with_nested_folders": "true"}
