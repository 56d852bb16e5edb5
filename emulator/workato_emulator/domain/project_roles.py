"""Project roles: what a grant lets somebody do inside a project (Workato API: Project roles)."""

from collections.abc import Mapping
from datetime import datetime

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.values import Config, ProjectRole, ProjectRoleId, RoleOrigin, Workspace

_READ = ["read"]
_BUILD = ["read", "create", "update", "delete"]

SYSTEM_PROJECT_ROLES: Mapping[str, Config] = {
    "Project operator": {"project": {"privileges": {"Recipes": ["read", "run"], "Connections": _READ}}},
    "Builder": {"project": {"privileges": {"Recipes": [*_BUILD, "run"], "Connections": _READ}}},
    "Advanced builder": {"project": {"privileges": {"Recipes": [*_BUILD, "run"], "Connections": _BUILD}}},
    "Project admin": {"project": {"privileges": "all"}},
}
"""The four that every workspace has (Workato docs: Permission model FAQs). Their configuration is invented."""


def new_project_role(
    name: str, config: Config, now: datetime, ids: IdFactory, origin: RoleOrigin = RoleOrigin.CUSTOM
) -> ProjectRole:
    """A project role with fresh ids of both kinds."""
    return ProjectRole(ProjectRoleId(ids.handle("pr")), ids.number(), name, origin, config, now, now)


def in_order(workspace: Workspace) -> list[ProjectRole]:
    """All project roles, in the order of their numbers: the order in which they were made."""
    return sorted(workspace.project_roles.values(), key=lambda role: role.number)


def project_role_of(workspace: Workspace, which: str) -> ProjectRole:
    """The project role with this id: the documentation shows handles and numbers, so both are understood.

    Raises `NotFound`.
    """
    found = project_role_or_none(workspace, which)
    if found is None:
        raise NotFound
    return found


def project_role_or_none(workspace: Workspace, which: str) -> ProjectRole | None:
    """The project role with this handle, or with the number that these digits write."""
    found = workspace.project_roles.get(ProjectRoleId(which))
    if found is not None:
        return found
    return next((role for role in workspace.project_roles.values() if str(role.number) == which), None)


def shown_id(role: ProjectRole, assumptions: Assumptions) -> str | int:
    """The id that answers show (assumption `project_role_id`)."""
    return role.id if assumptions.project_role_id == "handle" else role.number


def directly_granted(workspace: Workspace, role: ProjectRole) -> int:
    """How many collaborators have this role in some project, not counting members of groups that do."""
    grants = (workspace.grants[id_] for id_ in workspace.grants_of.get(role.id, ()))
    return len({grant.user for grant in grants if grant.user is not None})
