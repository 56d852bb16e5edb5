"""The operations for people and access that Workato's pages name, page by page, and why some are declined here."""

from collections.abc import Mapping

_COLLABORATORS = (
    "POST /member_invitations",
    "GET /members",
    "GET /members/{id}",
    "PUT /members/{id}",
    "DELETE /members/{id}",
    "GET /members/{id}/privileges",
    "GET /members/{id}/projects_privileges",
    "GET /members/{id}/project_grants",
)
_LEGACY_ROLES = (
    "GET /roles",
    "PUT /roles/{id}",
    "POST /roles/{id}/copy",
)
_ENVIRONMENT_ROLES = (
    "GET /environment_roles",
    "POST /environment_roles",
    "GET /environment_roles/{id}",
    "PUT /environment_roles/{id}",
    "DELETE /environment_roles/{id}",
)
_PROJECT_ROLES = (
    "GET /project_roles",
    "POST /project_roles",
    "GET /project_roles/{id}",
    "PUT /project_roles/{id}",
    "DELETE /project_roles/{id}",
)
_GROUPS = (
    "GET /user_groups",
    "POST /user_groups",
    "GET /user_groups/{id}",
    "PUT /user_groups/{id}",
    "DELETE /user_groups/{id}",
    "GET /user_groups/{id}/members",
    "POST /user_groups/{id}/members",
    "DELETE /user_groups/{id}/members",
    "GET /user_groups/{id}/project_grants",
)
_GRANTS = (
    "GET /projects/{id}/project_grants",
    "PUT /projects/{id}/project_grants",
    "GET /project_grants/{id}",
    "PUT /project_grants/{id}",
    "DELETE /project_grants/{id}",
)
_MIGRATION = (
    "POST /roles_migration/system_roles",
    "POST /roles_migration/custom_role",
)
_FOLDERS = (
    "GET /projects",
    "PUT /projects/{id}",
    "DELETE /projects/{id}",
    "GET /folders",
    "POST /folders",
    "PUT /folders/{id}",
    "DELETE /folders/{id}",
)
_CLIENTS = (
    "GET /developer_api_clients",
    "POST /developer_api_clients",
    "GET /developer_api_clients/{id}",
    "PUT /developer_api_clients/{id}",
    "DELETE /developer_api_clients/{id}",
    "POST /developer_api_clients/{id}/regenerate",
    "GET /developer_api_client_roles",
    "POST /developer_api_client_roles/{id}/copy",
)
_END_USERS = (
    "GET /iam/users",
    "POST /iam/users",
    "GET /iam/users/{id}",
    "PUT /iam/users/{id}",
    "DELETE /iam/users/{id}",
    "POST /iam/users/{id}/add_to_group",
    "POST /iam/users/{id}/remove_from_group",
    "GET /iam/user_groups",
    "POST /iam/user_groups",
    "GET /iam/user_groups/{id}",
    "PUT /iam/user_groups/{id}",
    "DELETE /iam/user_groups/{id}",
    "POST /iam/user_groups/{id}/add_users",
    "DELETE /iam/user_groups/{id}/remove_users",
    "GET /iam/user_groups/{id}/members",
    "GET /iam/app_links",
    "POST /iam/app_links",
    "DELETE /iam/app_links",
    "DELETE /iam/app_links/{id}",
)
_CUSTOMER = "/api/managed_users/{managed_user_id}"


def _under(base: str, *lists: tuple[str, ...]) -> tuple[str, ...]:
    """These operations with their paths under a base."""
    return tuple(each.replace(" ", f" {base}", 1) for some in lists for each in some)


OPERATIONS: Mapping[str, tuple[str, ...]] = {
    "Workspace collaborators": _under("/api", _COLLABORATORS),
    "Custom roles (legacy permission model)": _under("/api", _LEGACY_ROLES),
    "Environment roles": _under("/api", _ENVIRONMENT_ROLES),
    "Project roles": _under("/api", _PROJECT_ROLES),
    "Collaborator groups": _under("/api", _GROUPS),
    "Project grants": _under("/api", _GRANTS),
    "Role migration": _under("/api", _MIGRATION),
    "Workspace details": ("GET /api/users/me",),
    "Projects and folders": (*_under("/api", _FOLDERS), "GET /api/folders/{id}"),
    "Projects: builds and deployments": (
        "POST /api/projects/{id}/build",
        "POST /api/projects/{id}/deploy",
        "GET /api/project_builds/{id}",
        "POST /api/project_builds/{id}/deploy",
        "GET /api/deployments/{id}",
    ),
    "Activity log": ("GET /api/activity_logs",),
    "Developer API clients": _under("/api", _CLIENTS),
    "API Platform clients": (
        "GET /api/v2/api_clients",
        "POST /api/v2/api_clients",
        "GET /api/v2/api_clients/{id}/api_keys",
        "POST /api/v2/api_clients/{id}/api_keys",
        "PUT /api/v2/api_clients/{id}/api_keys/{key_id}/refresh_secret",
    ),
    "Workato Identity: end users": _under("/api", _END_USERS),
    "Embedded: collaborators of a customer": (
        *_under(_CUSTOMER, _COLLABORATORS),
        "POST /api/managed_users/{managed_user_id}/members",
        "POST /api/managed_users/{managed_user_id}/member",
        "DELETE /api/managed_users/{managed_user_id}/member",
    ),
    "Embedded: roles, groups and grants of a customer": _under(
        _CUSTOMER, _LEGACY_ROLES, _ENVIRONMENT_ROLES, _PROJECT_ROLES, _GROUPS, _GRANTS, _MIGRATION
    ),
    "Embedded: projects and folders of a customer": _under(_CUSTOMER, _FOLDERS),
    "Embedded: API clients of a customer": _under("/api/v2/managed_users/{managed_user_id}", _CLIENTS),
    "Embedded: end users of a customer": _under(_CUSTOMER, _END_USERS),
    "Embedded: customers themselves": (
        "GET /api/managed_users",
        "POST /api/managed_users",
        "GET /api/managed_users/{id}",
        "PUT /api/managed_users/{id}",
        "DELETE /api/managed_users/{id}",
        "GET /api/managed_users/{id}/connections",
        "POST /api/managed_users/{id}/environments",
        "PUT /api/managed_users/{id}/upgrade",
        "PUT /api/managed_users/{id}/downgrade",
        "GET /api/managed_users/usage",
        "POST /api/v2/managed_users/statistics/usage",
    ),
}
"""By the vendor's page. Reading one folder is in the newest version of its page only, and has no Embedded twin."""

_EMBEDDED = (
    "Embedded workspaces only: a vendor acting inside its customers' workspaces. Okta's integration never calls them, "
    "and an answer made up from the workspace's own operations would be mistaken for theirs. Their limits are others "
    "too: 10 a second for roles and groups, 1,000 a minute for removing members and for listing API clients or "
    "projects, 60 a minute for the rest."
)
_DEPLOYMENT = "Moving recipes between environments changes no access, and the emulator has no recipes."
DECLINED: Mapping[str, str] = {
    "/api/managed_users": _EMBEDDED,
    "/api/v2/managed_users": _EMBEDDED,
    "/api/v2/api_clients": "API Platform clients call the APIs that recipes publish. They are not clients of this API, "
    "and none of it concerns people.",
    "/api/iam": "Workato Identity's end users and their groups are not collaborators; Okta never calls them. Workato "
    "Identity has a SCIM of its own for them, with groups, which is not the SCIM for collaborators.",
    "/api/projects/{id}/build": _DEPLOYMENT,
    "/api/projects/{id}/deploy": _DEPLOYMENT,
    "/api/project_builds": _DEPLOYMENT,
    "/api/deployments": _DEPLOYMENT,
    "/oauth/token": "no page of Workato's knows it: the Developer API takes the tokens of API clients only.",
}
"""Why we do not mean to serve what begins with this path. A part in braces stands for any one segment."""
