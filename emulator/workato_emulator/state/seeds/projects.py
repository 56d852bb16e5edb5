"""Environments, folders, projects and grants of a workspace: from its seed, and back again."""

from collections.abc import Iterable, Iterator
from typing import Any

from workato_emulator.domain import grants, projects
from workato_emulator.domain.copies import replace
from workato_emulator.domain.values import (
    EnvironmentId,
    Folder,
    FolderId,
    Grant,
    Holder,
    Project,
    ProjectId,
    Workspace,
)
from workato_emulator.state.seeds.document import (
    FolderSeed,
    GrantSeed,
    HomeFolderSeed,
    ProjectSeed,
    WorkspaceSeed,
    must_be_of_the_model,
)
from workato_emulator.state.seeds.making import Making
from workato_emulator.state.seeds.problems import NotToBeKnown, SeedProblem, must_be_known, unknown
from workato_emulator.state.seeds.references import group_called, reference_to
from workato_emulator.state.seeds.rows import UNSAID

Data = dict[str, Any]


def with_assets(make: Making, workspace: Workspace, seed: WorkspaceSeed, place: str) -> Workspace:
    """The workspace with its environments' ids, home folders, folders, projects and grants.

    Its collaborators, groups and project roles have to be there. Raises `SeedProblem`.
    """
    for kind, environments in (("environment_ids", seed.environment_ids), ("homes", seed.homes)):
        for environment in environments:
            with make.found.apart():
                must_be_known(environment, workspace.environments, f"{place}.{kind}", "environment")
    for environment in workspace.environments:
        number = make.number(
            seed.environment_ids.get(environment),
            f"{place}.environment_ids.{environment}",
            "environment",
            workspace.slug,
        )
        home = make.number(seed.homes.get(environment), f"{place}.homes", environment, "folder")
        workspace = _with_home(workspace, environment, EnvironmentId(number), FolderId(home))
    for index, each in enumerate(seed.projects):
        with make.found.apart():
            here = f"{place}.projects.{index}"
            for number, grant in enumerate(each.grants):
                with make.found.apart():
                    must_be_of_the_model(seed, grant.id, f"{here}.grants.{number}", "project grants")
            workspace = _with_project(make, workspace, each, here)
    return make.each(workspace, seed.folders, f"{place}.folders", _with_folder_under_home)


def _with_home(workspace: Workspace, environment: str, number: EnvironmentId, home: FolderId) -> Workspace:
    born = workspace.created_at
    return replace(
        projects.with_folder(workspace, Folder(home, projects.HOME, environment, None, None, born, born)),
        environment_ids=workspace.environment_ids.set(environment, number),
        homes=workspace.homes.set(environment, home),
    )


def _in_its_home(make: Making, workspace: Workspace, seed: HomeFolderSeed, place: str) -> tuple[Workspace, Folder]:
    """The home folder that a project or a folder is in, and a workspace that has one.

    Where there is no such environment, that is noted, and what is in it is still looked at.
    """
    environment = seed.environment
    with make.found.apart():
        must_be_known(environment, workspace.environments, f"{place}.environment", "environment")
    if environment not in workspace.homes:
        number, home = EnvironmentId(make.ids.number()), FolderId(make.ids.number())
        workspace = _with_home(workspace, environment, number, home)
    return workspace, workspace.folders[workspace.homes[environment]]


def _with_project(make: Making, workspace: Workspace, seed: ProjectSeed, place: str) -> Workspace:
    workspace, home = _in_its_home(make, workspace, seed, place)
    project = ProjectId(make.number(seed.id, place, "id", "project"))
    workspace, folder = _with_folder(
        make, workspace, seed, replace(home, project=project), place, (seed.folder_id, "folder_id")
    )
    workspace = projects.with_project(workspace, folder, seed.description)
    for index, each in enumerate(seed.grants):
        with make.found.apart():
            workspace = _with_grant(make, workspace, project, each, f"{place}.grants.{index}")
    return workspace


def _with_folder_under_home(make: Making, workspace: Workspace, seed: HomeFolderSeed, place: str) -> Workspace:
    workspace, home = _in_its_home(make, workspace, seed, place)
    workspace, _ = _with_folder(make, workspace, seed, home, place, (seed.id, "id"))
    return workspace


def _with_folder(
    make: Making, workspace: Workspace, seed: FolderSeed, parent: Folder, place: str, id_: tuple[int | None, str]
) -> tuple[Workspace, Folder]:
    """The workspace with this folder and those in it, and the folder. `id_` is its id, and the key that it has."""
    given, key = id_
    if projects.depth_of(workspace, workspace.folders[parent.id]) >= projects.DEEPEST:
        raise SeedProblem(place, f"folders are nested more than {projects.DEEPEST} deep")
    if given is None and not projects.is_one_part_of_a_path(seed.name):  # with an id, it was made where PRJ-6 was not
        make.found.note(SeedProblem(f"{place}.name", "can't contain / or \\"))
    free = make.assumptions.folder_name_taken == "allowed"
    if not free and given is None and projects.is_taken(workspace, parent.id, seed.name):  # ids tell them apart
        make.found.note(SeedProblem(f"{place}.name", f"a second folder called {seed.name} in {parent.name}"))
    folder = make.value(
        Folder,
        seed,
        place,
        id=FolderId(make.number(given, place, key, "folder")),
        environment=parent.environment,
        parent=parent.id,
        project=parent.project,
    )
    workspace = projects.with_folder(workspace, folder)
    for index, each in enumerate(seed.folders):
        with make.found.apart():
            workspace, _ = _with_folder(make, workspace, each, folder, f"{place}.folders.{index}", (each.id, "id"))
    return workspace, folder


def _with_grant(make: Making, workspace: Workspace, project: ProjectId, seed: GrantSeed, place: str) -> Workspace:
    roles = {role.name: role.id for role in workspace.project_roles.values()}
    with make.found.apart():
        must_be_known(seed.role, roles, f"{place}.role", "project role")
    holder = _holder(make, workspace, seed, place)
    if grants.grant_to_update(workspace, project, holder) is not None:
        raise SeedProblem(place, f"a second grant for {seed.user or seed.group}")
    if seed.role not in roles:
        return workspace
    grant = make.value(Grant, seed, place, project=project, role=roles[seed.role], holder=holder)
    return grants.with_grant(workspace, grant)


def _holder(make: Making, workspace: Workspace, seed: GrantSeed, place: str) -> Holder:
    if seed.group is not None:
        return group_called(workspace, seed.group, f"{place}.group").id
    if seed.user is None:
        raise NotToBeKnown
    member = workspace.members_by_email.get(make.key(seed.user))
    if member is None:
        known = [each.email for each in workspace.collaborators.values()]
        raise unknown(seed.user, known, f"{place}.user", f"unknown collaborator {seed.user}")
    return member


def export(workspace: Workspace) -> Data:
    """The same as plain data in a stable order. What nobody could make again, a grant of nobody's, is left out."""
    children: dict[FolderId | None, list[Folder]] = {}
    for folder in sorted(workspace.folders.values(), key=lambda each: each.id):
        children.setdefault(folder.parent, []).append(folder)
    right_under_home = [folder for home in children.get(None, ()) for folder in children.get(home.id, ())]
    return {
        "environment_ids": {each: workspace.environment_ids[each] for each in workspace.environments},
        "homes": {each: workspace.homes[each] for each in workspace.environments},
        "projects": [
            _project(workspace, workspace.projects[folder.project], folder, children)
            for folder in right_under_home
            if folder.project is not None
        ],
        "folders": [
            _folder(folder, children) | {"environment": folder.environment}
            for folder in right_under_home
            if folder.project is None
        ],
    }


def _folder(folder: Folder, children: dict[FolderId | None, list[Folder]]) -> Data:
    return FolderSeed.export(folder, folders=[_folder(each, children) for each in children.get(folder.id, ())])


def _project(
    workspace: Workspace, project: Project, folder: Folder, children: dict[FolderId | None, list[Folder]]
) -> Data:
    return ProjectSeed.export(
        folder,
        id=project.id,
        folder_id=folder.id,
        description=project.description,
        grants=list(_grants(workspace, grants.in_project(workspace, project.id))),
        folders=[_folder(each, children) for each in children.get(folder.id, ())],
    )


def _grants(workspace: Workspace, found: Iterable[Grant]) -> Iterator[Data]:
    for grant in found:
        role = workspace.project_roles.get(grant.role)
        user = None if grant.user is None else workspace.collaborators.get(grant.user)
        group = None if grant.group is None else workspace.groups.get(grant.group)
        if role is not None and user is not None:
            yield GrantSeed.export(grant, role=role.name, user=user.email, group=UNSAID)
        if role is not None and group is not None:
            yield GrantSeed.export(grant, role=role.name, user=UNSAID, group=reference_to(workspace, group))
