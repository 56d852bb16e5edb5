"""Project grants: acts. Who acts is an API client, as it has to reach the project."""

from workato_emulator.domain import grants
from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.grants import GrantRequest
from workato_emulator.domain.projects import grant_reached, project_of
from workato_emulator.domain.values import ApiClient, Grant, Project, ProjectId, Workspace, WorkspaceId
from workato_emulator.service.work import UnitOfWork


def put(
    work: UnitOfWork,
    workspace: WorkspaceId,
    client: ApiClient,
    which: ProjectId | None,
    asked: tuple[GrantRequest, ...],
) -> list[Grant]:
    """Give roles in a project, or other roles to those who have one: all of them or none.

    Raises `NotFound` or `OutOfReach` for the project, `Invalid` for what a grant names.
    """
    held = work.cloud.workspaces[workspace]
    project = project_of(held, client, which)
    changed, given, new = grants.put(held, project, asked, ids=work.ids)
    others = [grant for grant in given if grant != held.grants.get(grant.id)]
    if others:
        work.cloud = work.cloud.with_workspace(changed)
    for grant in others:
        _record(work, workspace, Event.GRANT_CREATED if grant.id in new else Event.GRANT_UPDATED, grant, project)
    return given


def change_role(work: UnitOfWork, workspace: WorkspaceId, client: ApiClient, which: str, role: str) -> Grant:
    """Let a grant give another role. Raises `NotFound`, `OutOfReach` or `Invalid`."""
    held = work.cloud.workspaces[workspace]
    before, project = grant_reached(held, client, which)
    changed, grant = grants.with_role(held, before, role)
    if grant != before:
        work.cloud = work.cloud.with_workspace(changed)
        _record(work, workspace, Event.GRANT_UPDATED, grant, project)
    return grant


def remove(work: UnitOfWork, workspace: WorkspaceId, client: ApiClient, which: str) -> None:
    """Take a grant away. Raises `NotFound` or `OutOfReach`."""
    held = work.cloud.workspaces[workspace]
    grant, project = grant_reached(held, client, which)
    work.cloud = work.cloud.with_workspace(grants.without_grant(held, grant))
    _record(work, workspace, Event.GRANT_DELETED, grant, project)


def holder_name(workspace: Workspace, grant: Grant) -> str | None:
    """What the collaborator or the group is called; None for somebody who is gone, should a grant outlive them."""
    if grant.user is not None:
        user = workspace.collaborators.get(grant.user)
        return None if user is None else user.name
    group = None if grant.group is None else workspace.groups.get(grant.group)
    return None if group is None else group.name


def _record(work: UnitOfWork, workspace: WorkspaceId, event: Event, grant: Grant, project: Project) -> None:
    about = (ResourceType.GRANT, grant.id, holder_name(work.cloud.workspaces[workspace], grant) or str(grant.holder))
    work.record(workspace, event, about, environment=project.environment)
