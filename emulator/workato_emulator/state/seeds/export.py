"""From a cloud to the seed document that would build it again."""

from typing import Any

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.people import spelled
from workato_emulator.domain.project_roles import in_order as project_roles_of
from workato_emulator.domain.roles import assigned, of_type, shown
from workato_emulator.domain.values import (
    Account,
    ApiClient,
    Assignment,
    ClientRole,
    Cloud,
    Collaborator,
    Group,
    Invitation,
    Plan,
    ProjectRole,
    Role,
    RoleType,
    Workspace,
)
from workato_emulator.state.seeds import activity, projects
from workato_emulator.state.seeds.references import reference_to

Data = dict[str, Any]


def export(cloud: Cloud, assumptions: Assumptions, ids: int) -> Data:
    """The document, as plain data in a stable order: `build(parse(export(cloud)))` is the same cloud."""
    defaults = Assumptions().choices()
    return {
        "accounts": [_account(each) for each in sorted(cloud.accounts.values(), key=lambda each: each.id)],
        "workspaces": {slug: _workspace(cloud, cloud.workspaces[id_]) for slug, id_ in sorted(cloud.slugs.items())},
        "assumptions": {name: value for name, value in assumptions.choices().items() if value != defaults[name]},
        "ids": ids,
    }


def _account(account: Account) -> Data:
    return {
        "id": account.id,
        "name": account.name,
        "email": account.email,
        "time_zone": account.time_zone,
        "created_at": account.created_at.isoformat(),
    }


def _workspace(cloud: Cloud, workspace: Workspace) -> Data:
    owner = cloud.account(workspace.owner)
    return {
        "id": workspace.id,
        "name": workspace.name,
        "data_center": workspace.data_center,
        "permission_model": workspace.permission_model.value,
        "environments": list(workspace.environments),
        "parent": None if workspace.parent is None else cloud.workspaces[workspace.parent].slug,
        "home_assets": workspace.home_assets,
        "owner": {"name": owner.name, "email": owner.email},
        "created_at": workspace.created_at.isoformat(),
        "plan": plan(workspace.plan),
        "roles": [_role(each) for type_ in RoleType for each in of_type(workspace, type_)],
        "project_roles": [_project_role(each) for each in project_roles_of(workspace)],
        "groups": [
            _group(workspace, each) for each in sorted(workspace.groups.values(), key=lambda each: (each.name, each.id))
        ],
        "collaborators": [
            _collaborator(workspace, each)
            for each in sorted(workspace.collaborators.values(), key=lambda each: each.email)
        ],
        "invitations": [
            _invitation(workspace, each) for each in sorted(workspace.invitations.values(), key=lambda each: each.email)
        ],
        **projects.export(workspace),
        "client_roles": [
            _client_role(each) for each in sorted(workspace.client_roles.values(), key=lambda each: each.id)
        ],
        "api_clients": [
            _client(workspace, each) for each in sorted(workspace.clients.values(), key=lambda each: each.id)
        ],
        "activity": activity.export(workspace),
        "invited_at": {email: at.isoformat() for email, at in sorted(spelled(workspace.invited_at).items())},
        "removed_at": {
            email: [at.isoformat() for at in times] for email, times in sorted(spelled(workspace.removed_at).items())
        },
    }


def plan(plan: Plan) -> Data:
    lifetime = plan.invitation_lifetime
    return {
        "collaborator_limit": plan.collaborator_limit,
        "requests_per_minute": plan.requests_per_minute,
        "invitation_cooldown_seconds": plan.invitation_cooldown.total_seconds(),
        "invitation_lifetime_seconds": None if lifetime is None else lifetime.total_seconds(),
        "churn_limit": plan.churn_limit,
        "churn_window_seconds": plan.churn_window.total_seconds(),
    }


def _role(role: Role) -> Data:
    return {
        "id": role.id,
        "name": role.name,
        "type": role.type.value,
        "origin": role.origin.value,
        "privileges": {label: list(actions) for label, actions in sorted(role.privileges.items())},
        "config": role.config,
        "all_folders": role.all_folders,
        "folder_ids": list(role.folder_ids),
        "created_at": role.created_at.isoformat(),
        "updated_at": role.updated_at.isoformat(),
    }


def _project_role(role: ProjectRole) -> Data:
    return {
        "id": role.id,
        "number": role.number,
        "name": role.name,
        "origin": role.origin.value,
        "config": role.config,
        "created_at": role.created_at.isoformat(),
        "updated_at": role.updated_at.isoformat(),
    }


def _group(workspace: Workspace, group: Group) -> Data:
    former = sorted(member for member in group.members if member not in workspace.collaborators)
    return {
        "id": group.id,
        "name": group.name,
        "description": group.description,
        "system": group.system,
        **({"former_members": former} if former else {}),
        "created_at": group.created_at.isoformat(),
        "updated_at": group.updated_at.isoformat(),
    }


def _collaborator(workspace: Workspace, collaborator: Collaborator) -> Data:
    return {
        "id": collaborator.id,
        "name": collaborator.name,
        "email": collaborator.email,
        "roles": role_names(workspace, collaborator.roles),
        "unmigrated_roles": unmigrated_role_names(workspace, collaborator.roles),
        "groups": sorted(reference_to(workspace, group) for group in workspace.groups_of(collaborator.id)),
        "grant_type": collaborator.grant_type.value,
        "external_id": collaborator.external_id,
        "time_zone": collaborator.time_zone,
        "joined_at": collaborator.joined_at.isoformat(),
    }


def _invitation(workspace: Workspace, invitation: Invitation) -> Data:
    return {
        "id": invitation.id,
        "name": invitation.name,
        "email": invitation.email,
        "roles": role_names(workspace, invitation.roles),
        "unmigrated_roles": unmigrated_role_names(workspace, invitation.roles),
        "groups": [
            reference_to(workspace, workspace.groups[group]) for group in invitation.groups if group in workspace.groups
        ],
        "invited_at": invitation.invited_at.isoformat(),
        "lapses_at": None if invitation.lapses_at is None else invitation.lapses_at.isoformat(),
    }


def role_names(workspace: Workspace, roles: Assignment) -> dict[str, str]:
    named = {environment: shown(workspace, roles, environment) for environment in sorted(roles)}
    return {environment: role.name for environment, role in named.items() if role is not None}


def unmigrated_role_names(workspace: Workspace, roles: Assignment) -> dict[str, str]:
    """Roles of the model that the workspace is not on: they wait for their migration."""
    named = {environment: assigned(workspace, roles, environment) for environment in sorted(roles)}
    return {
        environment: role.name
        for environment, role in named.items()
        if role is not None and role.type is not workspace.role_type
    }


def group_names(workspace: Workspace, invitation: Invitation) -> list[str]:
    return [workspace.groups[group].name for group in invitation.groups if group in workspace.groups]


def _client_role(role: ClientRole) -> Data:
    return {
        "id": role.id,
        "name": role.name,
        "privileges": sorted(role.privileges),
        "created_at": role.created_at.isoformat(),
        "updated_at": role.updated_at.isoformat(),
    }


def _client(workspace: Workspace, client: ApiClient) -> Data:
    return {
        "id": client.id,
        "name": client.name,
        "token": client.token,
        "role": None if client.role is None else workspace.client_roles[client.role].name,
        "environments": sorted(client.environments),
        "all_folders": client.all_folders,
        "folder_ids": list(client.folder_ids),
        "ip_allow_list": list(client.ip_allow_list),
        "created_at": client.created_at.isoformat(),
        "updated_at": client.updated_at.isoformat(),
        "token_updated_at": client.token_updated_at.isoformat(),
    }
