"""What Workato documents for people and access, operation by operation, and what became of each here.

The list is what the vendor's pages name (fact sheet, section 3), written down beside the contract and not made from it:
only so can it show what is missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from re import sub
from typing import Literal

from workato_emulator.web.contract import Operation, load

Status = Literal["served", "declined", "not done"]

_DOCUMENTED: Mapping[str, tuple[str, ...]] = {
    "Workspace collaborators": (
        "POST /api/member_invitations",
        "GET /api/members",
        "GET /api/members/{id}",
        "PUT /api/members/{id}",
        "DELETE /api/members/{id}",
        "GET /api/members/{id}/privileges",
        "GET /api/members/{id}/projects_privileges",
        "GET /api/members/{id}/project_grants",
    ),
    "Custom roles (legacy permission model)": (
        "GET /api/roles",
        "PUT /api/roles/{id}",
        "POST /api/roles/{id}/copy",
    ),
    "Environment roles": (
        "GET /api/environment_roles",
        "POST /api/environment_roles",
        "GET /api/environment_roles/{id}",
        "PUT /api/environment_roles/{id}",
        "DELETE /api/environment_roles/{id}",
    ),
    "Project roles": (
        "GET /api/project_roles",
        "POST /api/project_roles",
        "GET /api/project_roles/{id}",
        "PUT /api/project_roles/{id}",
        "DELETE /api/project_roles/{id}",
    ),
    "Collaborator groups": (
        "GET /api/user_groups",
        "POST /api/user_groups",
        "GET /api/user_groups/{id}",
        "PUT /api/user_groups/{id}",
        "DELETE /api/user_groups/{id}",
        "GET /api/user_groups/{id}/members",
        "POST /api/user_groups/{id}/members",
        "DELETE /api/user_groups/{id}/members",
        "GET /api/user_groups/{id}/project_grants",
    ),
    "Project grants": (
        "GET /api/projects/{id}/project_grants",
        "PUT /api/projects/{id}/project_grants",
        "GET /api/project_grants/{id}",
        "PUT /api/project_grants/{id}",
        "DELETE /api/project_grants/{id}",
    ),
    "Role migration": (
        "POST /api/roles_migration/system_roles",
        "POST /api/roles_migration/custom_role",
    ),
    "Workspace details": ("GET /api/users/me",),
    "Projects and folders": (
        "GET /api/projects",
        "DELETE /api/projects/{id}",
        "GET /api/folders",
        "POST /api/folders",
    ),
    "Activity log": ("GET /api/activity_logs",),
    "Developer API clients": (
        "GET /api/developer_api_clients",
        "POST /api/developer_api_clients",
        "GET /api/developer_api_clients/{id}",
        "PUT /api/developer_api_clients/{id}",
        "DELETE /api/developer_api_clients/{id}",
        "POST /api/developer_api_clients/{id}/regenerate",
        "GET /api/developer_api_client_roles",
        "POST /api/developer_api_client_roles/{id}/copy",
    ),
    "Embedded: collaborators of a managed workspace": (
        "POST /api/managed_users/{managed_user_id}/member_invitations",
        "GET /api/managed_users/{managed_user_id}/members",
        "POST /api/managed_users/{managed_user_id}/members",
        "GET /api/managed_users/{managed_user_id}/members/{id}",
        "PUT /api/managed_users/{managed_user_id}/members/{id}",
        "DELETE /api/managed_users/{managed_user_id}/members/{id}",
        "GET /api/managed_users/{managed_user_id}/members/{id}/privileges",
        "GET /api/managed_users/{managed_user_id}/members/{id}/projects_privileges",
        "GET /api/managed_users/{managed_user_id}/members/{id}/project_grants",
        "DELETE /api/managed_users/{managed_user_id}/member",
    ),
    "Embedded: roles, groups, grants and clients of a managed workspace": (
        "GET /api/managed_users/{managed_user_id}/roles",
        "GET /api/managed_users/{managed_user_id}/environment_roles",
        "GET /api/managed_users/{managed_user_id}/project_roles",
        "GET /api/managed_users/{managed_user_id}/user_groups",
        "GET /api/managed_users/{managed_user_id}/project_grants/{id}",
        "POST /api/managed_users/{managed_user_id}/roles_migration/system_roles",
        "POST /api/managed_users/{managed_user_id}/roles_migration/custom_role",
        "GET /api/v2/managed_users/{managed_user_id}/developer_api_clients",
    ),
    "Embedded: managed workspaces themselves": (
        "GET /api/managed_users",
        "POST /api/managed_users",
        "POST /api/managed_users/{managed_user_id}/environments",
    ),
}
"""By the vendor's page. Of the Embedded twins, one of each resource: the rest have the same shapes."""

_EMBEDDED = (
    "Embedded workspaces only: a vendor acting inside its customers' workspaces. Okta's integration never calls them, "
    "and an answer made up from the workspace's own operations would be mistaken for theirs."
)
_DECLINED: Mapping[str, str] = {
    "/api/managed_users": _EMBEDDED,
    "/api/v2/managed_users": _EMBEDDED,
    "/api/iam": "Workato Identity's end users and their groups are no collaborators; Okta never calls them.",
    "/scim": "Workato's SCIM endpoint is another product with a token of its own; little of it is known on the wire.",
    "/oauth/token": "no page of Workato's knows it: the Developer API takes the tokens of API clients only.",
}
"""Why we do not mean to serve what begins with this path."""


@dataclass(frozen=True, slots=True)
class DocumentedOperation:
    """One operation of the vendor's pages. `serves` is ours that answers it; `declined` why none ever will."""

    group: str
    method: str
    path: str
    serves: Operation | None
    declined: str | None

    @property
    def status(self) -> Status:
        if self.serves is not None:
            return "served"
        return "not done" if self.declined is None else "declined"


def documented() -> tuple[DocumentedOperation, ...]:
    """Every documented operation, page by page, and after them what is served although no page of Workato's has it."""
    ours = {(each.method, _shape(each.path)): each for each in load("workato.yaml").values()}
    listed = tuple(_listed(ours))
    beyond = (
        DocumentedOperation("Known from clients only", each.method, each.path, each, None) for each in ours.values()
    )
    return (*listed, *beyond)


def _listed(ours: dict[tuple[str, str], Operation]) -> Iterator[DocumentedOperation]:
    """The documented ones. What serves them is taken out of `ours`."""
    for group, operations in _DOCUMENTED.items():
        for text in operations:
            method, path = text.split()
            yield DocumentedOperation(group, method, path, ours.pop((method, _shape(path)), None), declined(path))


def declined(path: str) -> str | None:
    """Why an operation on this path is declined, if it is."""
    return next((why for prefix, why in _DECLINED.items() if f"{path}/".startswith(f"{prefix}/")), None)


def _shape(path: str) -> str:
    """A path without the names of its parameters, which both sides choose freely."""
    return sub(r"\{[^}]*\}", "{}", path)
