"""Project roles: what a grant lets somebody do inside a project (fact sheet 3.11)."""

from collections.abc import Mapping
from datetime import datetime

from workato_emulator.domain.ids import IdFactory
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
