"""Automation HQ: what a parent workspace offers, its children have (Workato docs: Automation HQ)."""

from collections.abc import Iterator

from workato_emulator.domain.copies import replace
from workato_emulator.domain.custom_roles import (
    AnyRole,
    same_name,
    with_role,
    without_grants,
    without_holders,
    without_role,
)
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.project_roles import in_order
from workato_emulator.domain.rules import choice
from workato_emulator.domain.values import (
    Cloud,
    ProjectRole,
    ProjectRoleId,
    Role,
    RoleId,
    RoleOrigin,
    Workspace,
    WorkspaceId,
)


def _keep_to_itself(
    cloud: Cloud, parent: WorkspaceId, before: AnyRole | None, after: AnyRole | None, ids: IdFactory
) -> Cloud:
    return cloud


@choice(
    "AHQ-1",
    "A role that a parent workspace marks inheritable is an inherited one in its children, and follows its changes.",
    source="Workato API: Environment roles (types); Workato docs: Automation HQ",
    otherwise=_keep_to_itself,
)
def pass_on(cloud: Cloud, parent: WorkspaceId, before: AnyRole | None, after: AnyRole | None, ids: IdFactory) -> Cloud:
    """The cloud in which the parent's children have followed a change of one of its roles.

    `before` is None for a role that is new, `after` for one that is gone.
    """
    for child in children_of(cloud, parent):
        cloud = cloud.with_workspace(_follow(child, before, after, ids))
    held = cloud.workspaces[parent]
    if held.parent is not None and before is not None:  # its own role may have kept the parent's away by its name
        cloud = cloud.with_workspace(heir(held, cloud.workspaces[held.parent], ids))
    return cloud


def children_of(cloud: Cloud, parent: WorkspaceId) -> Iterator[Workspace]:
    return (each for _, each in sorted(cloud.workspaces.items()) if each.parent == parent)


def heir(child: Workspace, parent: Workspace, ids: IdFactory) -> Workspace:
    """The child with every inheritable role of this parent that it does not have yet."""
    roles = sorted(parent.roles.values(), key=lambda role: role.id)
    offered: list[AnyRole] = [*roles, *in_order(parent)]
    for role in offered:
        child = _follow(child, role, role, ids)
    return child


def _follow(child: Workspace, before: AnyRole | None, after: AnyRole | None, ids: IdFactory) -> Workspace:
    """A role of the child's own keeps its name: then the parent's is not inherited."""
    held = None if before is None else same_name(child, before)
    inherited = held if held is not None and held.origin is RoleOrigin.INHERITED else None
    if after is None or after.origin is not RoleOrigin.INHERITABLE or _is_taken(child, after, inherited):
        return child if inherited is None else _without(child, inherited)
    return with_role(child, _inherit(after, inherited, ids))


def _is_taken(child: Workspace, after: AnyRole, inherited: AnyRole | None) -> bool:
    namesake = same_name(child, after)
    return namesake is not None and namesake != inherited


def _inherit(role: AnyRole, before: AnyRole | None, ids: IdFactory) -> AnyRole:
    """The parent's role as the child has it: everything but the ids, and the folders of a legacy role."""
    if isinstance(role, Role):
        id_ = before.id if isinstance(before, Role) else RoleId(ids.number())
        return replace(role, id=id_, origin=RoleOrigin.INHERITED, all_folders=True, folder_ids=())
    if isinstance(before, ProjectRole):
        return replace(role, id=before.id, number=before.number, origin=RoleOrigin.INHERITED)
    handle, number = ProjectRoleId(ids.handle("pr")), ids.number()
    return replace(role, id=handle, number=number, origin=RoleOrigin.INHERITED)


def _without(child: Workspace, role: AnyRole) -> Workspace:
    if isinstance(role, Role):
        return without_role(without_holders(child, role), role)
    child = without_grants(child, role)
    return replace(child, project_roles=child.project_roles.delete(role.id))
