"""Workspaces as a whole: what a new one holds, and what changes when an admin changes it in Workato's own pages."""

from dataclasses import replace
from datetime import datetime

from immutables import Map

from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import Invalid, NameTaken, NotFound
from workato_emulator.domain.roles import custom_role, migrated, of_type
from workato_emulator.domain.values import (
    ApiClient,
    Assignment,
    ClientId,
    Cloud,
    Collaborator,
    PermissionModel,
    Role,
    RoleId,
    RoleOrigin,
    TokenOwner,
    Workspace,
)


def workspace_called(cloud: Cloud, slug: str) -> Workspace:
    """The workspace with this short name. Raises `NotFound`."""
    found = cloud.slugs.get(slug)
    if found is None:
        raise NotFound
    return cloud.workspaces[found]


def with_permission_model(workspace: Workspace, model: PermissionModel) -> Workspace:
    """The workspace on this model, everybody's and every invitation's system roles translated to their counterparts."""
    if workspace.permission_model is model:
        return workspace
    return replace(
        workspace,
        permission_model=model,
        collaborators=Map(
            {
                id_: replace(each, roles=migrated(workspace, each.roles, model))
                for id_, each in workspace.collaborators.items()
            }
        ),
        invitations=Map(
            {
                key: replace(each, roles=migrated(workspace, each.roles, model))
                for key, each in workspace.invitations.items()
            }
        ),
    )


def with_custom_role(
    workspace: Workspace, name: str, privileges: Map[str, tuple[str, ...]], now: datetime, ids: IdFactory
) -> tuple[Workspace, Role]:
    """The workspace with one more custom role of its model. Raises `NameTaken` or `Invalid` for a blank name."""
    _must_be_free(workspace, name)
    role = Role(RoleId(ids.number()), name, workspace.role_type, RoleOrigin.CUSTOM, now, now, privileges)
    return replace(workspace, roles=workspace.roles.set(role.id, role)), role


def with_role_renamed(workspace: Workspace, name: str, to: str, now: datetime) -> tuple[Workspace, Role]:
    """The workspace with this custom role renamed. Raises `NotFound`, `Protected`, `NameTaken` or `Invalid`."""
    role = custom_role(workspace, name)
    if to != name:
        _must_be_free(workspace, to)
    renamed = replace(role, name=to, updated_at=now)
    return replace(workspace, roles=workspace.roles.set(role.id, renamed)), renamed


def without_role(workspace: Workspace, name: str) -> tuple[Workspace, Role]:
    """The workspace without this custom role; whoever held it has no access there. Raises `NotFound`, `Protected`."""
    role = custom_role(workspace, name)

    def rid(roles: Assignment) -> Assignment:
        return Map({environment: held for environment, held in roles.items() if held != role.id})

    changed = replace(
        workspace,
        roles=workspace.roles.delete(role.id),
        collaborators=Map({id_: _with_roles(each, rid(each.roles)) for id_, each in workspace.collaborators.items()}),
        invitations=Map({key: replace(each, roles=rid(each.roles)) for key, each in workspace.invitations.items()}),
    )
    return changed, role


def _with_roles(collaborator: Collaborator, roles: Assignment) -> Collaborator:
    return collaborator if roles == collaborator.roles else replace(collaborator, roles=roles)


def _must_be_free(workspace: Workspace, name: str) -> None:
    if not name.strip():
        raise Invalid("Name can't be blank")
    if any(role.name == name for role in of_type(workspace, workspace.role_type)):
        raise NameTaken(name)


def client_called(workspace: Workspace, name: str) -> ApiClient:
    """The API client with this name. Raises `NotFound`."""
    found = next((client for client in workspace.clients.values() if client.name == name), None)
    if found is None:
        raise NotFound
    return found


def with_client(cloud: Cloud, workspace: Workspace, client: ApiClient) -> Cloud:
    """The cloud in which this client has exactly this token; an earlier one is dead. Raises `NameTaken` for a token."""
    owner = cloud.tokens.get(client.token)
    mine = TokenOwner(workspace.id, client.id)
    if owner is not None and owner != mine:
        raise NameTaken("of the token")
    cloud = without_token(cloud, workspace, client.id)
    changed = replace(workspace, clients=workspace.clients.set(client.id, client))
    return replace(cloud.with_workspace(changed), tokens=cloud.tokens.set(client.token, mine))


def without_client(cloud: Cloud, workspace: Workspace, client: ClientId) -> Cloud:
    """The cloud without this client; its token answers 401 from now on."""
    changed = replace(workspace, clients=workspace.clients.delete(client))
    return without_token(cloud, workspace, client).with_workspace(changed)


def without_token(cloud: Cloud, workspace: Workspace, client: ClientId) -> Cloud:
    return replace(cloud, tokens=cloud.tokens.delete(workspace.clients[client].token))
