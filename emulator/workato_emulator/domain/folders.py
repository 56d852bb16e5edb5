"""What becomes of a folder or a project that is there: it is renamed, described, moved or deleted.

Workato's page on folders documents the operations and calls a project a top-level folder. It prints no refusal.
"""

from collections.abc import Iterable
from datetime import datetime

from workato_emulator.domain import grants
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.changes import Absent, stamp_update
from workato_emulator.domain.copies import replace
from workato_emulator.domain.projects import (
    DEEPEST,
    below,
    depth_of,
    is_project,
    must_be_a_folder_name,
    must_have_a_free_name,
    with_folder,
    without_folder,
)
from workato_emulator.domain.refusals import FieldInvalid, FolderProtected
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import Folder, Project, Workspace


def _refuse_while_full(workspace: Workspace, folder: Folder, assumptions: Assumptions) -> list[Folder]:
    if folder.id in workspace.children:
        raise FolderProtected
    return []


@choice(
    "PRJ-4",
    "Deleting a project or folder deletes everything in it.",
    source="workato-platform-cli, Workato's own: Delete a project; for folders it is our reading",
    otherwise=_refuse_while_full,
)
def folders_within(workspace: Workspace, folder: Folder, assumptions: Assumptions) -> list[Folder]:
    """The folders that go with this one. Raises `FolderProtected` where assumption `project_deletion` wants none."""
    if assumptions.project_deletion == "empty_only":
        return _refuse_while_full(workspace, folder, assumptions)
    return list(below(workspace, folder.id))


@rule(
    "PRJ-7",
    "The home folder stays as it is, and a project is deleted as a project: not through its folder.",
    source="workato-devs/wk, Workato's own: deleting a folder does not handle projects; the answer is our reading",
    standing=Standing.OBSERVED,
)
def must_not_be_protected(workspace: Workspace, folder: Folder, assumptions: Assumptions) -> None:
    """For a deletion of the folder."""
    if folder.parent is None or (is_project(workspace, folder) and assumptions.project_folder_deletion == "refused"):
        raise FolderProtected


def _only_the_folder(workspace: Workspace, folder: Folder) -> Workspace:
    return workspace


@choice(
    "PRJ-8",
    "A project and its folder have one name: renaming either renames both.",
    source="Workato API: Folders, where projects are top-level folders; that both are renamed is our reading",
    standing=Standing.ASSUMED,
    otherwise=_only_the_folder,
)
def with_its_projects_name(workspace: Workspace, folder: Folder) -> Workspace:
    """The workspace in which the project that this folder is has the folder's name."""
    if folder.project is None or not is_project(workspace, folder):
        return workspace
    project = replace(workspace.projects[folder.project], name=folder.name)
    return replace(workspace, projects=workspace.projects.set(project.id, project))


@rule(
    "PRJ-9",
    "A folder moves into a project or into a folder of one, not home; a project stays where it is.",
    source="our reading: the page lets parent_id be changed and says no more",
    standing=Standing.ASSUMED,
)
def must_stay_a_folder_or_a_project(workspace: Workspace, folder: Folder, parent: Folder) -> None:
    if is_project(workspace, folder):
        raise FieldInvalid("parent_id", "can't be changed: a project stays in the home folder")
    if parent.parent is None:
        raise FieldInvalid("parent_id", "is the home folder, which holds projects only")


def _must_leave_a_tree(workspace: Workspace, folder: Folder, parent: Folder) -> None:
    """Each environment has one tree of folders, with home at its top, and a move leaves it one."""
    if folder.parent is None:
        raise FieldInvalid("parent_id", "can't be changed: the home folder stays where it is")
    if parent.environment != folder.environment:
        raise FieldInvalid("parent_id", "is in another environment")
    if parent.id == folder.id or any(each.id == parent.id for each in below(workspace, folder.id)):
        raise FieldInvalid("parent_id", "is the folder itself or inside it")
    own = depth_of(workspace, folder)
    levels = max((depth_of(workspace, each) for each in below(workspace, folder.id)), default=own) - own + 1
    if depth_of(workspace, parent) + levels > DEEPEST:
        raise FieldInvalid("parent_id", f"is nested too deeply (maximum is {DEEPEST} levels)")


def update(
    workspace: Workspace,
    folder: Folder,
    *,
    name: str | None = None,
    parent: Folder | None = None,
    now: datetime,
    assumptions: Assumptions,
) -> tuple[Workspace, Folder]:
    """The workspace with this folder renamed or moved; None leaves a thing as it is.

    Raises `FieldInvalid` for a name or a parent that cannot be, `FolderProtected` for another name of the home folder.
    """
    moved = parent if parent is not None and parent.id != folder.parent else None
    if moved is not None:
        _must_leave_a_tree(workspace, folder, moved)
        must_stay_a_folder_or_a_project(workspace, folder, moved)
    wanted = folder.name if name is None else name
    if wanted != folder.name:
        must_be_a_folder_name(wanted)
        if folder.parent is None:
            raise FolderProtected("update")
    if folder.parent is not None and (moved is not None or wanted != folder.name):
        must_have_a_free_name(workspace, moved or workspace.folders[folder.parent], wanted, assumptions)
    project = folder.project if moved is None else moved.project
    inside = list(below(workspace, folder.id))
    after = stamp_update(
        folder,
        replace(folder, name=wanted, parent=folder.parent if moved is None else moved.id, project=project),
        now,
    )
    if after is folder:
        return workspace, folder
    workspace = with_folder(without_folder(workspace, folder), after)
    if project != folder.project:
        for each in inside:
            workspace = with_folder(workspace, replace(each, project=project))
    return with_its_projects_name(workspace, after), after


def update_project(
    workspace: Workspace,
    project: Project,
    *,
    name: str | None,
    description: str | Absent | None,
    now: datetime,
    assumptions: Assumptions,
) -> tuple[Workspace, Project]:
    """The workspace with this project, and so its folder, renamed or described anew. Raises `FieldInvalid`."""
    folder = workspace.folders[project.folder]
    workspace, folder = update(workspace, folder, name=name, now=now, assumptions=assumptions)
    changed = replace(
        workspace.projects[project.id],
        name=project.name if name is None else name,
        description=project.description if isinstance(description, Absent) else description,
    )
    if changed == project:
        return workspace, project
    return replace(workspace, projects=workspace.projects.set(project.id, changed)), changed


def delete_project(workspace: Workspace, project: Project, assumptions: Assumptions) -> Workspace:
    """The workspace without this project, its folders and its grants. Raises `FolderProtected`."""
    folder = workspace.folders[project.folder]
    workspace = _without(workspace, [*folders_within(workspace, folder, assumptions), folder])
    workspace = grants.end_grants(workspace, grants.in_project(workspace, project.id))
    return replace(workspace, projects=workspace.projects.delete(project.id))


def delete(workspace: Workspace, folder: Folder, assumptions: Assumptions) -> Workspace:
    """The workspace without this folder and what is in it. Raises `FolderProtected`."""
    must_not_be_protected(workspace, folder, assumptions)
    if folder.parent is None:  # also in a world where PRJ-7 does not hold: without it there is no tree
        return workspace
    if folder.project is not None and is_project(workspace, folder):
        return delete_project(workspace, workspace.projects[folder.project], assumptions)
    return _without(workspace, [*folders_within(workspace, folder, assumptions), folder])


def _without(workspace: Workspace, folders: Iterable[Folder]) -> Workspace:
    for each in folders:
        workspace = without_folder(workspace, each)
    return workspace
