"""`/api/roles_migration`: from legacy roles to the new permission model (Workato API: Role migration)."""

from typing import Any, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.migration import Image, Migration
from workato_emulator.domain.roles import config_of
from workato_emulator.domain.values import Grant, MemberId, ProjectRole, Role, RoleOrigin
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.http.answers import ok
from workato_emulator.http.routing import Route
from workato_emulator.service import roles


class SystemRolesBody(TypedDict, total=False):
    dry_run: bool


class CustomRoleBody(SystemRolesBody):
    role_id: int


def system_roles(call: Call) -> Response:
    body = cast("SystemRolesBody", call.body or {})
    dry_run = body.get("dry_run", False)
    return _answer(call, roles.migrate_system_roles(call.work, call.caller.workspace.id, dry_run=dry_run))


def custom_role(call: Call) -> Response:
    body = cast("CustomRoleBody", call.body)
    dry_run = body.get("dry_run", False)
    return _answer(
        call, roles.migrate_custom_role(call.work, call.caller.workspace.id, body["role_id"], dry_run=dry_run)
    )


def _answer(call: Call, migration: Migration) -> Response:
    """What the migration comes to. It holds no id that was made for it, so that a dry run can say the same."""
    return ok(
        {
            "data": {
                "environment_roles": [_environment_role(call, each) for each in migration.images],
                "project_roles": [_role(each.project_role, each.project_role.config) for each in migration.images],
                "collaborators": _collaborators(migration),
                "projects": _projects(migration),
            }
        }
    )


def _environment_role(call: Call, image: Image) -> dict[str, Any]:
    return _role(image.environment_role, config_of(image.environment_role, call.assumed))


def _role(role: Role | ProjectRole, config: object) -> dict[str, Any]:
    return {"name": _spelt(role), "config": config}


def _collaborators(migration: Migration) -> list[dict[str, Any]]:
    """Here, and nowhere else, an environment is called `environment`."""
    known = migration.workspace.roles
    return [
        _person(migration, member)
        | {
            "roles": [
                {"environment": environment, "name": _spelt(known[roles[environment]])}
                for environment in migration.workspace.environments
                if environment in roles
            ]
        }
        for member, roles in migration.moved.items()
    ]


def _projects(migration: Migration) -> list[dict[str, Any]]:
    workspace = migration.workspace
    by_project: dict[int, list[Grant]] = {}
    for grant in migration.granted:
        by_project.setdefault(grant.project, []).append(grant)
    return [
        {
            "id": project.id,
            "name": project.name,
            "environment": project.environment,
            "collaborators": [
                _person(migration, grant.user) | {"project_role": _spelt(workspace.project_roles[grant.role])}
                for grant in by_project[project.id]
            ],
        }
        for project in sorted(workspace.projects.values(), key=lambda each: each.id)
        if project.id in by_project
    ]


def _person(migration: Migration, member: MemberId | None) -> dict[str, Any]:
    collaborator = migration.workspace.collaborators[cast("MemberId", member)]
    return {"user_id": collaborator.id, "email": collaborator.email, "name": collaborator.name}


def _spelt(role: Role | ProjectRole) -> str:
    """System roles are spelt as one word here, as in `EnvironmentAdmin`; custom ones keep their name."""
    if role.origin is not RoleOrigin.SYSTEM:
        return role.name
    return "".join(word.capitalize() for word in role.name.split())


def _route(path: str, operation: str, handler: Handler) -> Route[Endpoint]:
    return Route(
        "POST",
        f"/api/roles_migration/{path}",
        operation,
        Endpoint(handler, Privilege.MIGRATE_ROLES, "roles_migration"),
    )


ROUTES = (
    _route("system_roles", "migrateSystemRoles", system_roles),
    _route("custom_role", "migrateCustomRole", custom_role),
)
