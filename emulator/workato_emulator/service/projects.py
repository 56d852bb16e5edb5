"""Folders and projects: acts. Who acts is an API client, as it has to reach what it acts on."""

from workato_emulator.domain import folders, projects
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.changes import Absent
from workato_emulator.domain.projects import folder_of, home_of, project_of
from workato_emulator.domain.values import ApiClient, Folder, FolderId, Project, ProjectId, Workspace, WorkspaceId
from workato_emulator.service.work import UnitOfWork


def create_folder(
    work: UnitOfWork, workspace_id: WorkspaceId, client: ApiClient, parent: FolderId | None, name: str
) -> Folder:
    """Make a folder; right under home, and without a `parent`, that is a project.

    Raises `NotFound` or `OutOfReach` for the parent, `FieldInvalid` for the name. A client that was given some folders
    makes no project: it would not reach it.
    """
    workspace = work.cloud.workspaces[workspace_id]
    place = folder_of(workspace, client, home_of(workspace, client) if parent is None else parent)
    changed, folder = projects.create(workspace, place, name, now=work.now, ids=work.ids, assumptions=work.assumptions)
    projects.must_reach(changed, client, folder)
    _keep_folder(work, changed, folder, Event.PROJECT_CREATED, Event.FOLDER_CREATED)
    return folder


def update_folder(
    work: UnitOfWork,
    workspace_id: WorkspaceId,
    client: ApiClient,
    which: FolderId | None,
    *,
    name: str | None,
    parent: FolderId | None,
) -> Folder:
    """Rename or move a folder; None leaves a thing as it is.

    Raises `NotFound` or `OutOfReach` for the folder or its new parent, `FieldInvalid` or `FolderProtected`.
    """
    workspace = work.cloud.workspaces[workspace_id]
    before = folder_of(workspace, client, which)
    into = None if parent is None else folder_of(workspace, client, parent)
    changed, folder = folders.update(
        workspace, before, name=name, parent=into, now=work.now, assumptions=work.assumptions
    )
    if changed is not workspace:
        _keep_folder(work, changed, folder, Event.PROJECT_UPDATED, Event.FOLDER_UPDATED)
    return folder


def update_project(
    work: UnitOfWork,
    workspace_id: WorkspaceId,
    client: ApiClient,
    which: ProjectId | None,
    *,
    name: str | None,
    description: str | Absent | None,
) -> Project:
    """Rename a project or describe it anew. Raises `NotFound`, `OutOfReach` or `FieldInvalid`."""
    workspace = work.cloud.workspaces[workspace_id]
    before = project_of(workspace, client, which)
    changed, project = folders.update_project(
        workspace, before, name=name, description=description, now=work.now, assumptions=work.assumptions
    )
    if changed is not workspace:
        _keep_folder(work, changed, changed.folders[project.folder], Event.PROJECT_UPDATED, Event.FOLDER_UPDATED)
    return project


def delete_folder(work: UnitOfWork, workspace_id: WorkspaceId, client: ApiClient, which: FolderId | None) -> None:
    """Delete a folder with what is in it. Raises `NotFound`, `OutOfReach` or `FolderProtected`."""
    workspace = work.cloud.workspaces[workspace_id]
    folder = folder_of(workspace, client, which)
    changed = folders.delete(workspace, folder, work.assumptions)
    event, about = _about(workspace, folder, Event.PROJECT_DELETED, Event.FOLDER_DELETED)
    work.cloud = work.cloud.with_workspace(changed)
    work.record(workspace_id, event, about, environment=folder.environment)


def delete_project(work: UnitOfWork, workspace_id: WorkspaceId, client: ApiClient, which: ProjectId | None) -> None:
    """Delete a project with its folders and grants. Raises `NotFound`, `OutOfReach` or `FolderProtected`."""
    workspace = work.cloud.workspaces[workspace_id]
    project = project_of(workspace, client, which)
    work.cloud = work.cloud.with_workspace(folders.delete_project(workspace, project, work.assumptions))
    about = (ResourceType.PROJECT, project.id, project.name)
    work.record(workspace_id, Event.PROJECT_DELETED, about, environment=project.environment)


def _keep_folder(work: UnitOfWork, workspace: Workspace, folder: Folder, of_project: Event, of_folder: Event) -> None:
    event, about = _about(workspace, folder, of_project, of_folder)
    work.cloud = work.cloud.with_workspace(workspace)
    work.record(workspace.id, event, about, environment=folder.environment)


def _about(
    workspace: Workspace, folder: Folder, of_project: Event, of_folder: Event
) -> tuple[Event, tuple[ResourceType, int, str]]:
    """The event of the two that an act on this folder is, and what it is about: a project, or only a folder."""
    if folder.project is not None and projects.is_project(workspace, folder):
        return of_project, (ResourceType.PROJECT, int(folder.project), folder.name)
    return of_folder, (ResourceType.FOLDER, int(folder.id), folder.name)
