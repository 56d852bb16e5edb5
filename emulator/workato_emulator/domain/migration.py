"""From legacy roles to the new permission model, and what of it can be undone (Workato API: Role migration).

    legacy role      environment role       project role, in the environment's projects
    Admin            Environment admin      Project admin
    Analyst          Environment manager    Advanced builder
    Operator         Member                 Project operator
    a custom one     one of its name        one of its name

System roles move when the workspace does. A custom role moves when it is migrated by itself, before that or after it;
until then whoever holds it keeps the assignment and has no access.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from immutables import Map
from msgspec import Struct

from workato_emulator.domain.copies import replace
from workato_emulator.domain.custom_roles import create, legacy_role
from workato_emulator.domain.grants import grant_to_update, with_grant
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.project_roles import new_project_role
from workato_emulator.domain.refusals import Invalid
from workato_emulator.domain.roles import assigned_role, of_type, privileges_as_config
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import (
    Assignment,
    Collaborator,
    FolderId,
    Grant,
    GrantId,
    MemberId,
    PermissionModel,
    Project,
    ProjectRole,
    Role,
    RoleId,
    RoleOrigin,
    RoleType,
    Workspace,
)

IMAGES: Mapping[str, tuple[str, str]] = {
    "Admin": ("Environment admin", "Project admin"),
    "Analyst": ("Environment manager", "Advanced builder"),
    "Operator": ("Member", "Project operator"),
}


class Image(Struct, frozen=True):
    """What a legacy role becomes: a role in the environment, and one in its projects."""

    environment_role: Role
    project_role: ProjectRole


Images = Mapping[RoleId, Image]


class Migration(Struct, frozen=True):
    """What a migration comes to: the workspace after it, and who gets what.

    `moved` and `granted` also name those who will move when the workspace does.
    """

    workspace: Workspace
    images: tuple[Image, ...] = ()
    moved: Mapping[MemberId, Assignment] = Map()
    granted: tuple[Grant, ...] = ()


@rule(
    "MIG-1",
    "A workspace moves to the new permission model only when its Home assets folder is empty.",
    source="Workato docs: Permission model FAQs; what answers otherwise is our reading",
    standing=Standing.ASSUMED,
)
def must_have_an_empty_home(workspace: Workspace) -> None:
    if workspace.home_assets:
        raise Invalid("Home assets folder must be empty")


def _everybody_a_member(workspace: Workspace) -> Images:
    return _images(workspace, {role.id: IMAGES["Operator"] for role in _system(workspace)})


@choice(
    "MIG-2",
    "Admin becomes Environment admin and Project admin, Analyst Environment manager and Advanced builder, "
    "Operator Member and Project operator.",
    source="Workato API: Role migration; our reading of the order in its sample",
    standing=Standing.ASSUMED,
    otherwise=_everybody_a_member,
)
def system_images(workspace: Workspace) -> Images:
    return _images(workspace, {role.id: IMAGES[role.name] for role in _system(workspace)})


def _members_too(workspace: Workspace) -> Images:
    return _images(workspace, {role.id: IMAGES["Operator"] for role in _custom(workspace)})


@choice(
    "MIG-3",
    "A custom role moves when it is migrated by itself; until then its holders have no access.",
    source="Workato API: Role migration; what the holders have until then is our reading",
    standing=Standing.ASSUMED,
    otherwise=_members_too,
)
def custom_images(workspace: Workspace) -> Images:
    """The images of the custom roles that have been migrated: both roles of their name are there."""
    found = ((role, _image(workspace, role.name, role.name)) for role in _custom(workspace))
    return {role.id: image for role, image in found if image is not None and _is_own(image)}


def _nothing(workspace: Workspace, collaborator: Collaborator, images: Images) -> Iterator[tuple[Project, ProjectRole]]:
    return iter(())


@choice(
    "MIG-4",
    "A holder of a legacy role in an environment is granted its project role in the projects that the role reached.",
    source="Workato API: Role migration; that grants are made for every project is our reading of its answer",
    standing=Standing.ASSUMED,
    otherwise=_nothing,
)
def grants_due(
    workspace: Workspace, collaborator: Collaborator, images: Images
) -> Iterator[tuple[Project, ProjectRole]]:
    """The projects that this collaborator's legacy roles open, each with the project role there."""
    projects = sorted(workspace.projects.values(), key=lambda each: each.id)
    for environment in workspace.environments:
        role = assigned_role(workspace, collaborator.roles, environment)
        if role is None or role.id not in images:
            continue
        for project in projects:
            if project.environment == environment and _reaches(workspace, role, project):
                yield project, images[role.id].project_role


def _leave_as_sent(roles: Assignment, new: Mapping[RoleId, RoleId]) -> Assignment:
    return roles


@choice(
    "MIG-6",
    "An invitation that waits brings the translated roles when it is accepted, and no project: it can name none.",
    source="Workato docs: Managing collaborators (no invitation to a project); the translation is our reading",
    standing=Standing.ASSUMED,
    otherwise=_leave_as_sent,
)
def translate_invited(roles: Assignment, new: Mapping[RoleId, RoleId]) -> Assignment:
    """What an invitation that was sent before brings after the migration."""
    return _translate(roles, new)


def _in_earnest(before: Workspace, after: Workspace, *, dry_run: bool) -> Workspace:
    return after


@choice(
    "MIG-5",
    "A dry run answers what the migration would answer, and changes nothing.",
    source="Workato API: Role migration",
    otherwise=_in_earnest,
)
def workspace_after(before: Workspace, after: Workspace, *, dry_run: bool) -> Workspace:
    return before if dry_run else after


def of_system_roles(workspace: Workspace, ids: IdFactory) -> Migration:
    """The workspace on the new model, with everybody's system roles and migrated custom ones translated.

    A workspace that is there already has nothing left to move. Raises `Invalid` where home assets are in the way.
    """
    images = dict(system_images(workspace))
    shown = tuple(images.values())
    if workspace.permission_model is PermissionModel.ENVIRONMENT_ROLES:
        return Migration(workspace, shown)
    must_have_an_empty_home(workspace)
    switched = replace(workspace, permission_model=PermissionModel.ENVIRONMENT_ROLES)
    return _migrate(switched, images | dict(custom_images(workspace)), shown, ids)


def of_custom_role(workspace: Workspace, number: int | None, *, now: datetime, ids: IdFactory) -> Migration:
    """The workspace with an environment role and a project role in place of this custom one.

    Its holders move at once where the workspace is on the new model, and otherwise with it. Raises `NotFound`,
    `Invalid` where home assets are in the way, or `NameTaken` where the name is another role's.
    """
    role = legacy_role(workspace, number)
    must_have_an_empty_home(workspace)
    image = _image(workspace, role.name, role.name)
    if image is None or not _is_own(image):
        environment_role = replace(
            role,
            id=RoleId(ids.number()),
            type=RoleType.ENVIRONMENT,
            origin=RoleOrigin.CUSTOM,
            all_folders=True,
            folder_ids=(),
            created_at=now,
            updated_at=now,
        )
        workspace, environment_role = create(workspace, environment_role)
        config = privileges_as_config("project", role.privileges)
        workspace, project_role = create(workspace, new_project_role(role.name, config, now, ids))
        image = Image(environment_role, project_role)
    moved = _migrate(workspace, {role.id: image}, (image,), ids)
    waits = workspace.permission_model is PermissionModel.LEGACY_ROLES
    return replace(moved, workspace=workspace) if waits else moved


def back_to_legacy_roles(workspace: Workspace) -> Workspace:
    """The workspace on the old model again, with roles translated back; the grants that were made stay."""
    images = {**system_images(workspace), **custom_images(workspace)}
    originals = {image.environment_role.id: legacy for legacy, image in images.items()}
    return _with_roles(replace(workspace, permission_model=PermissionModel.LEGACY_ROLES), originals)


def _migrate(workspace: Workspace, images: Images, shown: tuple[Image, ...], ids: IdFactory) -> Migration:
    moved: dict[MemberId, Assignment] = {}
    granted: list[Grant] = []
    for collaborator in sorted(workspace.collaborators.values(), key=lambda each: each.id):
        new = {
            environment: images[role].environment_role.id
            for environment, role in collaborator.roles.items()
            if role in images
        }
        if new:
            moved[collaborator.id] = Map(new)
        for project, role in grants_due(workspace, collaborator, images):
            if grant_to_update(workspace, project.id, collaborator.id) is None:
                granted.append(Grant(GrantId(ids.handle("pg")), project.id, role.id, collaborator.id))
    after = _with_roles(workspace, {legacy: image.environment_role.id for legacy, image in images.items()})
    for grant in granted:
        after = with_grant(after, grant)
    return Migration(after, shown, moved, tuple(granted))


def _with_roles(workspace: Workspace, new: Mapping[RoleId, RoleId]) -> Workspace:
    """The workspace in which everybody, and every invitation, has the new role wherever there is one."""
    for each in workspace.collaborators.values():
        workspace = workspace.with_roles_of(replace(each, roles=_translate(each.roles, new)))
    for key, invitation in workspace.invitations.items():
        workspace = workspace.with_invitation(replace(invitation, roles=translate_invited(invitation.roles, new)), key)
    return workspace


def _translate(roles: Assignment, new: Mapping[RoleId, RoleId]) -> Assignment:
    return Map({environment: new.get(role, role) for environment, role in roles.items()})


def _system(workspace: Workspace) -> Iterator[Role]:
    return (role for role in of_type(workspace, RoleType.LEGACY) if role.name in IMAGES)


def _custom(workspace: Workspace) -> Iterator[Role]:
    return (role for role in of_type(workspace, RoleType.LEGACY) if role.name not in IMAGES)


def _images(workspace: Workspace, named: Mapping[RoleId, tuple[str, str]]) -> Images:
    found = {id_: _image(workspace, *names) for id_, names in named.items()}
    return {id_: image for id_, image in found.items() if image is not None}


def _image(workspace: Workspace, environment_role: str, project_role: str) -> Image | None:
    """The roles of these names, if both are there."""
    role = workspace.role(environment_role, RoleType.ENVIRONMENT)
    other = next((each for each in workspace.project_roles.values() if each.name == project_role), None)
    return None if role is None or other is None else Image(role, other)


def _is_own(image: Image) -> bool:
    """Whether both roles are the workspace's and not Workato's: then they are a migrated custom role."""
    return RoleOrigin.SYSTEM not in {image.environment_role.origin, image.project_role.origin}


def _reaches(workspace: Workspace, role: Role, project: Project) -> bool:
    """Whether a legacy role reaches a project: everything, its folder, or a folder inside it."""
    if role.all_folders or project.folder in role.folder_ids:
        return True
    folders = (workspace.folders.get(FolderId(id_)) for id_ in role.folder_ids)
    return any(folder is not None and folder.project == project.id for folder in folders)
