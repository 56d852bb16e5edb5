"""Roles that a workspace makes for itself, of every kind: environment roles, legacy roles, project roles.

The acts are the same for all three; `AnyRole` is a role of any of them.
"""

from datetime import datetime
from typing import TypeVar

from immutables import Map

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.changes import stamp_update
from workato_emulator.domain.copies import replace
from workato_emulator.domain.grants import without_grant
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import Invalid, NameTaken, NotFound, RoleProtected
from workato_emulator.domain.roles import holder_count
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import (
    LONGEST_NAME,
    Config,
    ProjectRole,
    Role,
    RoleId,
    RoleOrigin,
    RoleType,
    Workspace,
)

AnyRole = Role | ProjectRole
R = TypeVar("R", Role, ProjectRole)


@rule(
    "ROLE-5",
    "Workato's own roles, and those inherited from a parent workspace, cannot be changed or deleted.",
    source="inferred: the pages tell system and inherited roles from custom ones; assumption system_role_change",
    standing=Standing.ASSUMED,
)
def must_be_the_workspaces_own(role: AnyRole) -> None:
    if role.origin is RoleOrigin.SYSTEM:
        raise RoleProtected(f"{role.name} is a system role")
    if role.origin is RoleOrigin.INHERITED:
        raise RoleProtected(f"{role.name} is inherited from the parent workspace")


@rule(
    "ROLE-6",
    "No two roles of one kind share a name, for a role is given by its name.",
    source="inferred: env_roles names roles; what answers is our reading",
    standing=Standing.ASSUMED,
)
def must_have_a_free_role_name(workspace: Workspace, like: AnyRole) -> None:
    """`like` is the role that is about to bear its name: another one must not."""
    namesake = same_name(workspace, like)
    if namesake is not None and namesake.id != like.id:
        raise NameTaken(like.name)


def _refuse_while_held(workspace: Workspace, role: Role) -> Workspace:
    if holder_count(workspace, role.id):
        raise RoleProtected(f"{role.name} is held by collaborators")
    return workspace


@choice(
    "ROLE-7",
    "Deleting a role leaves its holders without access in that environment.",
    source="our reading: no page speaks of the holders of a deleted role",
    standing=Standing.ASSUMED,
    otherwise=_refuse_while_held,
)
def without_holders(workspace: Workspace, role: Role) -> Workspace:
    """The workspace in which nobody holds this role."""
    for member in workspace.role_holders.get(role.id, Map()):
        holder = workspace.collaborators[member]
        kept = Map({environment: held for environment, held in holder.roles.items() if held != role.id})
        workspace = workspace.with_roles_of(replace(holder, roles=kept))
    return workspace


def _refuse_while_granted(workspace: Workspace, role: ProjectRole, assumptions: Assumptions) -> Workspace:
    if role.id in workspace.grants_of:
        raise Invalid(f"{role.name} is granted in a project")
    return workspace


@choice(
    "ROLE-8",
    "Deleting a project role deletes its grants.",
    source="assumption granted_role_deletion",
    standing=Standing.ASSUMED,
    otherwise=_refuse_while_granted,
)
def without_its_grants(workspace: Workspace, role: ProjectRole, assumptions: Assumptions) -> Workspace:
    if assumptions.granted_role_deletion == "refused":
        return _refuse_while_granted(workspace, role, assumptions)
    return without_grants(workspace, role)


def without_grants(workspace: Workspace, role: ProjectRole) -> Workspace:
    """The workspace in which nobody has this role in any project."""
    for id_ in workspace.grants_of.get(role.id, Map()):
        workspace = without_grant(workspace, workspace.grants[id_])
    return workspace


def same_name(workspace: Workspace, like: AnyRole) -> AnyRole | None:
    """The workspace's role of the same kind and name."""
    if isinstance(like, Role):
        return workspace.role(like.name, like.type)
    return next((role for role in workspace.project_roles.values() if role.name == like.name), None)


def with_role(workspace: Workspace, role: AnyRole) -> Workspace:
    """The workspace with this role, in place of one with its id."""
    if isinstance(role, Role):
        return workspace.with_role(role)
    return replace(workspace, project_roles=workspace.project_roles.set(role.id, role))


def create(workspace: Workspace, role: R) -> tuple[Workspace, R]:
    """The workspace with one more role. Raises `NameTaken` or `Invalid` for a blank name."""
    _must_not_be_blank(role.name)
    must_have_a_free_role_name(workspace, role)
    return with_role(workspace, role), role


def update(
    workspace: Workspace,
    role: R,
    *,
    name: str | None = None,
    config: Config | None = None,
    inheritable: bool | None = None,
    now: datetime,
) -> tuple[Workspace, R]:
    """The workspace with this role changed, itself where nothing changes; None leaves a thing as it is.

    Raises `RoleProtected`, `NameTaken` or `Invalid` for a blank name.
    """
    must_be_the_workspaces_own(role)
    after = replace(
        role,
        name=role.name if name is None else name,
        origin=role.origin if inheritable is None else origin_of(inheritable=inheritable),
        config=role.config if config is None else config,
    )
    _must_not_be_blank(after.name)
    must_have_a_free_role_name(workspace, after)
    changed = stamp_update(role, after, now)
    return workspace if changed is role else with_role(workspace, changed), changed


def delete(workspace: Workspace, role: AnyRole, assumptions: Assumptions) -> Workspace:
    """The workspace without this role. Raises `RoleProtected`, or `Invalid` where grants hold it back."""
    must_be_the_workspaces_own(role)
    if isinstance(role, Role):
        return without_role(without_holders(workspace, role), role)
    workspace = without_its_grants(workspace, role, assumptions)
    return replace(workspace, project_roles=workspace.project_roles.delete(role.id))


def without_role(workspace: Workspace, role: Role) -> Workspace:
    """The workspace without this role, which nobody holds; an invitation that waits does not bring it any more."""
    for key in workspace.invited_with.get(role.id, Map()):
        invitation = workspace.invitations[key]
        kept = Map({environment: held for environment, held in invitation.roles.items() if held != role.id})
        workspace = workspace.with_invitation(replace(invitation, roles=kept), key)
    return workspace.without_role(role)


def origin_of(*, inheritable: bool) -> RoleOrigin:
    """What a workspace's own role is: offered to its children, or not."""
    return RoleOrigin.INHERITABLE if inheritable else RoleOrigin.CUSTOM


def environment_role(workspace: Workspace, number: int | None) -> Role:
    """The environment role with this id. Raises `NotFound`."""
    role = None if number is None else workspace.roles.get(RoleId(number))
    if role is None or role.type is not RoleType.ENVIRONMENT:
        raise NotFound
    return role


def legacy_role(workspace: Workspace, number: int | None) -> Role:
    """The legacy role with this id; the API does not reach system ones. Raises `NotFound`."""
    role = None if number is None else workspace.roles.get(RoleId(number))
    if role is None or role.type is not RoleType.LEGACY or role.origin is RoleOrigin.SYSTEM:
        raise NotFound
    return role


def role_called(workspace: Workspace, name: str) -> Role:
    """The role of the workspace's model with this name. Raises `NotFound`."""
    role = workspace.role_in_use(name)
    if role is None:
        known = (each.name for each in workspace.roles.values() if each.type is workspace.role_type)
        raise NotFound("role", name, known)
    return role


def with_folders(
    workspace: Workspace,
    role: Role,
    *,
    all_folders: bool | None,
    folder_ids: tuple[int, ...] | None,
    now: datetime,
) -> tuple[Workspace, Role]:
    """The workspace in which this legacy role reaches everything, or these folders.

    Reading shows the folders only, none where everything is reached: what it shows changes nothing when it is written.
    Raises `RoleProtected`, or `Invalid` for everything and some folders at once.
    """
    must_be_the_workspaces_own(role)
    if all_folders and folder_ids:
        raise Invalid("folder_ids: all_folders is true, so no folders can be named")
    if all_folders is None and folder_ids == role.folder_ids:
        return workspace, role
    everything = bool(all_folders)
    some = role.folder_ids if folder_ids is None else folder_ids
    changed = stamp_update(role, replace(role, all_folders=everything, folder_ids=() if everything else some), now)
    return workspace if changed is role else with_role(workspace, changed), changed


def copy(workspace: Workspace, role: Role, *, now: datetime, ids: IdFactory) -> tuple[Workspace, Role]:
    """The workspace with a second role like this one, held by nobody, under the first free name `Copy of …`.

    A name that would be too long loses its end.
    """
    name = f"Copy of {role.name}"[:LONGEST_NAME]
    taken = {each.name for each in workspace.roles.values() if each.type is role.type}
    count = 1
    while name in taken:
        count += 1
        name = f"Copy {count} of {role.name}"[:LONGEST_NAME]
    made = replace(role, id=RoleId(ids.number()), name=name, origin=RoleOrigin.CUSTOM, created_at=now, updated_at=now)
    return with_role(workspace, made), made


def _must_not_be_blank(name: str) -> None:
    if not name.strip():
        raise Invalid("Name can't be blank")
