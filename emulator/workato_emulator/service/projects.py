"""Folders and projects: acts. Who acts is an API client, as it has to reach what it acts on."""

from workato_emulator.domain import projects
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.projects import folder_of, home_of, project_of
from workato_emulator.domain.values import ApiClient, Folder, FolderId, ProjectId, WorkspaceId
from workato_emulator.service.work import Work


def create_folder(
    work: Work, workspace_id: WorkspaceId, client: ApiClient, parent: FolderId | None, name: str
) -> Folder:
    """Make a folder; right under home, and without a `parent`, that is a project.

    Raises `NotFound` or `OutOfReach` for the parent, `FieldInvalid` for the name. A client that was given some folders
    makes no project: it would not reach it.
    """
    workspace = work.cloud.workspaces[workspace_id]
    place = folder_of(workspace, client, home_of(workspace, client) if parent is None else parent)
    changed, folder = projects.create(workspace, place, name, now=work.now, ids=work.ids, assumptions=work.assumptions)
    projects.must_reach(changed, client, folder)
    work.cloud = work.cloud.with_workspace(changed)
    if folder.project is not None and projects.is_project(changed, folder):
        event, type_, id_ = Event.PROJECT_CREATED, ResourceType.PROJECT, int(folder.project)
    else:
        event, type_, id_ = Event.FOLDER_CREATED, ResourceType.FOLDER, int(folder.id)
    work.record(workspace_id, event, (type_, id_, name), environment=folder.environment)
    return folder


def delete_project(work: Work, workspace_id: WorkspaceId, client: ApiClient, which: ProjectId | None) -> None:
    """Delete a project with its grants. Raises `NotFound`, `OutOfReach` or `FolderInUse`."""
    workspace = work.cloud.workspaces[workspace_id]
    project = project_of(workspace, client, which)
    work.cloud = work.cloud.with_workspace(projects.delete(workspace, project, work.assumptions))
    about = (ResourceType.PROJECT, project.id, project.name)
    work.record(workspace_id, Event.PROJECT_DELETED, about, environment=project.environment)
