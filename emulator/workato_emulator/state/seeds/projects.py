"""Environments, folders, projects and grants of a workspace: from its seed, and back again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workato_emulator.domain import grants, people, projects
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.values import (
    EnvironmentId,
    Folder,
    FolderId,
    Grant,
    GrantId,
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
from workato_emulator.state.seeds.problems import Found, SeedProblem, must_be_known
from workato_emulator.state.seeds.references import group_called, reference_to

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Maker:
    """How ids and times come about that a seed leaves out.

    `number` is given the seed's own number or None, what kind of thing it is for, and the place; `take` keeps the
    handle of one thing from being another's. Both raise `SeedProblem`.
    """

    number: Callable[[int | None, str, str], int]
    take: Callable[[int | str, str, str], None]
    ids: IdFactory
    now: datetime
    assumptions: Assumptions
    found: Found


def folders_in(seed: WorkspaceSeed) -> Iterator[FolderSeed]:
    """Every folder and project of a workspace's seed, whatever depth it stands at."""

    def under(folder: FolderSeed) -> Iterator[FolderSeed]:
        yield folder
        for each in folder.folders:
            yield from under(each)

    for each in (*seed.projects, *seed.folders):
        yield from under(each)


def with_assets(workspace: Workspace, seed: WorkspaceSeed, place: str, make: Maker) -> Workspace:
    """The workspace with its environments' ids, home folders, folders, projects and grants.

    Its collaborators, groups and project roles have to be there. Raises `SeedProblem`.
    """
    for kind in ("environment_ids", "homes"):
        for environment in getattr(seed, kind):
            with make.found.apart():
                must_be_known(environment, workspace.environments, f"{place}.{kind}", "environment")
    for environment in workspace.environments:
        id_ = make.number(seed.environment_ids.get(environment), f"environment of {place}", f"{place}.environment_ids")
        home = FolderId(make.number(seed.homes.get(environment), "folder", f"{place}.homes"))
        born = workspace.created_at
        workspace = replace(
            projects.with_folder(workspace, Folder(home, projects.HOME, environment, None, None, born, born)),
            environment_ids=workspace.environment_ids.set(environment, EnvironmentId(id_)),
            homes=workspace.homes.set(environment, home),
        )
    for index, each in enumerate(seed.projects):
        with make.found.apart():
            for number, grant in enumerate(each.grants):
                must_be_of_the_model(seed, grant.id, f"{place}.projects.{index}.grants.{number}", "project grants")
            workspace = _with_project(workspace, each, f"{place}.projects.{index}", make)
    for index, other in enumerate(seed.folders):
        with make.found.apart():
            here = f"{place}.folders.{index}"
            home = _home(workspace, other, here)
            workspace, _ = _with_folder(workspace, other, workspace.folders[home], here, make)
    return workspace


def _home(workspace: Workspace, seed: HomeFolderSeed, place: str) -> FolderId:
    must_be_known(seed.environment, workspace.environments, f"{place}.environment", "environment")
    return workspace.homes[seed.environment]


def _with_project(workspace: Workspace, seed: ProjectSeed, place: str, make: Maker) -> Workspace:
    home = workspace.folders[_home(workspace, seed, place)]
    own = FolderSeed(
        name=seed.name,
        folders=seed.folders,
        id=seed.folder_id,
        created_at=seed.created_at,
        updated_at=seed.updated_at,
    )
    project = ProjectId(make.number(seed.id, "project", place))
    workspace, folder = _with_folder(workspace, own, replace(home, project=project), place, make)
    workspace = projects.with_project(workspace, folder, seed.description)
    for index, each in enumerate(seed.grants):
        with make.found.apart():
            workspace = _with_grant(workspace, project, each, f"{place}.grants.{index}", make)
    return workspace


def _with_folder(
    workspace: Workspace, seed: FolderSeed, parent: Folder, place: str, make: Maker
) -> tuple[Workspace, Folder]:
    """The workspace with this folder and those in it, and the folder."""
    if projects.depth_of(workspace, workspace.folders[parent.id]) >= projects.DEEPEST:
        raise SeedProblem(place, f"folders are nested more than {projects.DEEPEST} deep")
    if seed.id is None and not projects.is_one_part_of_a_path(seed.name):  # with an id, it was made where PRJ-6 was not
        raise SeedProblem(f"{place}.name", "can't contain / or \\")
    free = make.assumptions.folder_name_taken == "allowed"
    if not free and seed.id is None and projects.is_taken(workspace, parent.id, seed.name):  # ids tell them apart
        raise SeedProblem(f"{place}.name", f"a second folder called {seed.name} in {parent.name}")
    folder = Folder(
        FolderId(make.number(seed.id, "folder", place)),
        seed.name,
        parent.environment,
        parent.id,
        parent.project,
        seed.created_at or make.now,
        seed.updated_at or seed.created_at or make.now,
    )
    workspace = projects.with_folder(workspace, folder)
    for index, each in enumerate(seed.folders):
        workspace, _ = _with_folder(workspace, each, folder, f"{place}.folders.{index}", make)
    return workspace, folder


def _with_grant(workspace: Workspace, project: ProjectId, seed: GrantSeed, place: str, make: Maker) -> Workspace:
    holder = _holder(workspace, seed, place, make)
    if grants.grant_to_update(workspace, project, holder) is not None:
        raise SeedProblem(place, f"a second grant for {seed.user or seed.group}")
    roles = {role.name: role.id for role in workspace.project_roles.values()}
    must_be_known(seed.role, roles, f"{place}.role", "project role")
    id_ = seed.id or make.ids.handle("pg")
    make.take(id_, "grant", place)
    return grants.with_grant(workspace, Grant(GrantId(id_), project, roles[seed.role], holder))


def _holder(workspace: Workspace, seed: GrantSeed, place: str, make: Maker) -> Holder:
    if seed.group is not None:
        return group_called(workspace, seed.group, f"{place}.group").id
    member = workspace.members_by_email.get(people.filed_under(seed.user or "", make.assumptions))
    if member is None:
        raise SeedProblem(f"{place}.user", f"unknown collaborator {seed.user}")
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
    return {
        "id": folder.id,
        "name": folder.name,
        "created_at": folder.created_at.isoformat(),
        "updated_at": folder.updated_at.isoformat(),
        "folders": [_folder(each, children) for each in children.get(folder.id, ())],
    }


def _project(
    workspace: Workspace, project: Project, folder: Folder, children: dict[FolderId | None, list[Folder]]
) -> Data:
    return _folder(folder, children) | {
        "id": project.id,
        "folder_id": folder.id,
        "environment": project.environment,
        "description": project.description,
        "grants": list(_grants(workspace, grants.in_project(workspace, project.id))),
    }


def _grants(workspace: Workspace, found: Iterable[Grant]) -> Iterator[Data]:
    for grant in found:
        role = workspace.project_roles.get(grant.role)
        user = None if grant.user is None else workspace.collaborators.get(grant.user)
        group = None if grant.group is None else workspace.groups.get(grant.group)
        if role is not None and user is not None:
            yield {"id": grant.id, "role": role.name, "user": user.email}
        if role is not None and group is not None:
            yield {"id": grant.id, "role": role.name, "group": reference_to(workspace, group)}
