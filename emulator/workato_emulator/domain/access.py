"""Who is calling, and what their API client may do.

The live service answers the same 401 to a dead token, a missing privilege and a workspace on the other permission
model, so a client cannot tell them apart by status. The rules here can, and the journal says which one spoke.
"""

from dataclasses import dataclass
from enum import StrEnum

from workato_emulator.domain.refusals import NotPermitted, Unauthenticated, WrongPermissionModel
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import DEV, ApiClient, Cloud, PermissionModel, Workspace


class Privilege(StrEnum):
    """A box on the client-role page (fact sheet 3.20). The value is how seeds spell it."""

    INVITE = "collaborators.invite"
    LIST_COLLABORATORS = "collaborators.list"
    UPDATE_ROLES = "collaborators.update_roles"
    COLLABORATOR_PRIVILEGES = "collaborators.privileges"
    DELETE_COLLABORATOR = "collaborators.delete"
    LIST_ROLES = "roles.list"
    UPDATE_LEGACY_ROLES = "roles.update"
    COPY_ROLES = "roles.copy"
    ENVIRONMENT_ROLES = "environment_roles.list"
    WRITE_ENVIRONMENT_ROLES = "environment_roles.write"
    READ_PROJECT_ROLES = "project_roles.read"
    WRITE_PROJECT_ROLES = "project_roles.write"
    MIGRATE_ROLES = "roles_migration.migrate"
    READ_GROUPS = "groups.read"
    WRITE_GROUPS = "groups.write"
    LIST_PROJECTS = "projects.list"
    DELETE_PROJECT = "projects.delete"
    LIST_FOLDERS = "folders.list"
    CREATE_FOLDER = "folders.create"
    READ_GRANTS = "project_grants.read"
    WRITE_GRANTS = "project_grants.write"
    WORKSPACE_DETAILS = "workspace.details"
    AUDIT_LOG = "environment_management.audit_log"


@dataclass(frozen=True, slots=True)
class Caller:
    """An API client in its workspace: the answer to "who is this token?"."""

    workspace: Workspace
    client: ApiClient


def _anybody(cloud: Cloud, token: str | None) -> Caller:
    """The owner of the token or else the first client there is: what a service that checks no tokens would do."""
    owner = None if token is None else cloud.tokens.get(token)
    if owner is None:
        owner = min(cloud.tokens.values(), key=lambda each: (each.workspace, each.client), default=None)
    if owner is None:  # every client was revoked: there is nobody to be taken for
        raise Unauthenticated
    workspace = cloud.workspaces[owner.workspace]
    return Caller(workspace, workspace.clients[owner.client])


@choice(
    "AUTH-1",
    "Every call bears the token of an API client; the token names the workspace.",
    source="Workato API: Introduction, Authentication",
    otherwise=_anybody,
)
def caller_of(cloud: Cloud, token: str | None) -> Caller:
    owner = None if token is None else cloud.tokens.get(token)
    if owner is None:
        raise Unauthenticated
    workspace = cloud.workspaces[owner.workspace]
    return Caller(workspace, workspace.clients[owner.client])


@rule(
    "AUTH-2",
    "An API client may call only what its client role ticks; anything else is answered like a dead token.",
    source="baton-workato: verified against a tenant; API clients page",
    standing=Standing.OBSERVED,
)
def must_hold_privilege(client: ApiClient, privilege: Privilege) -> None:
    if privilege not in client.privileges:
        raise NotPermitted


@rule(
    "AUTH-3",
    "Collaborator endpoints need an API client with access to the DEV environment.",
    source="Workato API: Workspace collaborators",
)
def must_reach_dev(client: ApiClient) -> None:
    if DEV not in client.environments:
        raise NotPermitted


@rule(
    "AUTH-4",
    "The endpoints of one permission model are closed to workspaces on the other.",
    source="baton-workato; Workato docs: Permission model FAQs",
    standing=Standing.OBSERVED,
)
def must_be_on_model(workspace: Workspace, model: PermissionModel) -> None:
    if workspace.permission_model is not model:
        raise WrongPermissionModel
