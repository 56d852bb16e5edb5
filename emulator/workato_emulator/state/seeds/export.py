"""From a cloud to the seed document that would build it again."""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any, TypeAlias

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.people import by_spelling
from workato_emulator.domain.project_roles import in_order as project_roles_of
from workato_emulator.domain.roles import of_type
from workato_emulator.domain.values import (
    Account,
    ApiClient,
    Assignment,
    Cloud,
    Collaborator,
    Group,
    Instants,
    Invitation,
    MemberId,
    Plan,
    RoleId,
    RoleType,
    Workspace,
)
from workato_emulator.state.seeds import activity, projects, scim
from workato_emulator.state.seeds.document import (
    AccountSeed,
    ApiClientSeed,
    ClientRoleSeed,
    CollaboratorSeed,
    GroupSeed,
    InvitationSeed,
    PlanSeed,
    ProjectRoleSeed,
    RoleSeed,
    SeedDocument,
    WorkspaceSeed,
)
from workato_emulator.state.seeds.references import reference_to
from workato_emulator.state.seeds.rows import UNSAID

Data = dict[str, Any]

_by_id, _by_email = attrgetter("id"), attrgetter("email")


Row: TypeAlias = Callable[[object, object, Callable[[], Data]], Data]
"""Gets the row of a value, which depends on these names as well: the one it has already, or the one that is made."""


def _made(_value: object, _names: object, make: Callable[[], Data]) -> Data:
    return make()


class SharedRows:
    """Rows of people for exports that are compared, and not changed: they share those of people who are the same.

    A row is that of the very same value under the same names of roles and groups, so it cannot be out of date.
    """

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        self._rows: dict[int, tuple[object, object, Data]] = {}

    def row(self, value: object, names: object, make: Callable[[], Data]) -> Data:
        """A `Row`. The value is kept, so that no other has its id."""
        found = self._rows.get(id(value))
        if found is None or found[1] != names:
            found = self._rows[id(value)] = value, names, make()
        return found[2]


def export(cloud: Cloud, assumptions: Assumptions, ids: int, *, strict: bool, shared: SharedRows | None = None) -> Data:
    """The document, as plain data in a stable order: `build(parse(export(cloud)))` is the same cloud."""
    row = _made if shared is None else shared.row
    defaults = Assumptions().choices()
    return SeedDocument.export(
        cloud,
        workspaces={slug: _workspace(cloud, cloud.workspaces[id_], row) for slug, id_ in sorted(cloud.slugs.items())},
        accounts=[_account(each, row) for each in sorted(cloud.accounts.values(), key=_by_id)],
        assumptions={name: value for name, value in assumptions.choices().items() if value != defaults[name]},
        strict=strict,
        clock=UNSAID,
        ids=ids,
    )


def _account(account: Account, row: Row) -> Data:
    return row(account, None, lambda: AccountSeed.export(account))


def _workspace(cloud: Cloud, workspace: Workspace, row: Row) -> Data:
    owner = cloud.account(workspace.owner)
    names = _Names(workspace)
    groups = sorted(workspace.groups.values(), key=lambda each: (each.name, each.id))
    people = sorted(workspace.collaborators.values(), key=_by_email)
    invitations = sorted(workspace.invitations.values(), key=_by_email)
    client_roles = sorted(workspace.client_roles.values(), key=_by_id)
    clients = sorted(workspace.clients.values(), key=_by_id)
    return WorkspaceSeed.export(
        workspace,
        parent=None if workspace.parent is None else cloud.workspaces[workspace.parent].slug,
        owner={"name": owner.name, "email": owner.email},
        plan=plan(workspace.plan),
        roles=[RoleSeed.export(each) for type_ in RoleType for each in of_type(workspace, type_)],
        project_roles=[ProjectRoleSeed.export(each) for each in project_roles_of(workspace)],
        groups=[_group(workspace, each) for each in groups],
        collaborators=[_collaborator(names, each, row) for each in people],
        invitations=[_invitation(names, each) for each in invitations],
        client_roles=[ClientRoleSeed.export(each) for each in client_roles],
        api_clients=[_client(workspace, each) for each in clients],
        scim=scim.export(workspace),
        activity=activity.export(workspace),
        invited_at={email: times[0] if len(times) == 1 else times for email, times in _times(workspace.invited_at)},
        removed_at=dict(_times(workspace.removed_at)),
        **projects.export(workspace),
    )


class _Names:
    """What rows of a workspace call its roles and groups, looked up once for all of them.

    `unmigrated` are roles of the model that the workspace is not on: they wait for their migration.
    """

    def __init__(self, workspace: Workspace) -> None:
        roles, own = workspace.roles.values(), workspace.role_type
        self.roles = {role.id: role.name for role in roles if role.type is own}
        self.unmigrated = {role.id: role.name for role in roles if role.type is not own}
        self.groups = {group.id: reference_to(workspace, group) for group in workspace.groups.values()}
        self.groups_of: dict[MemberId, list[str]] = {}
        for group in workspace.groups.values():
            for member in group.members:
                self.groups_of.setdefault(member, []).append(self.groups[group.id])


def _times(notes: Instants) -> Iterator[tuple[str, list[str]]]:
    for email, times in sorted(by_spelling(notes).items()):
        yield email, [at.isoformat() for at in times]


def plan(plan: Plan) -> Data:
    lifetime = plan.invitation_lifetime
    return PlanSeed.export(
        plan,
        invitation_cooldown_seconds=plan.invitation_cooldown.total_seconds(),
        invitation_lifetime_seconds=None if lifetime is None else lifetime.total_seconds(),
        churn_window_seconds=plan.churn_window.total_seconds(),
    )


def _group(workspace: Workspace, group: Group) -> Data:
    former = sorted(member for member in group.members if member not in workspace.collaborators)
    return GroupSeed.export(group, former_members=former or UNSAID)


def _collaborator(names: _Names, collaborator: Collaborator, row: Row) -> Data:
    groups = sorted(names.groups_of.get(collaborator.id, ()))
    return row(
        collaborator,
        (names.roles, names.unmigrated, groups),
        lambda: CollaboratorSeed.export(
            collaborator,
            roles=_named(collaborator.roles, names.roles),
            unmigrated_roles=_named(collaborator.roles, names.unmigrated),
            groups=groups,
        ),
    )


def _invitation(names: _Names, invitation: Invitation) -> Data:
    return InvitationSeed.export(
        invitation,
        roles=_named(invitation.roles, names.roles),
        unmigrated_roles=_named(invitation.roles, names.unmigrated),
        groups=[names.groups[group] for group in invitation.groups if group in names.groups],
    )


def _named(roles: Assignment, names: Mapping[RoleId, str]) -> dict[str, str]:
    return {environment: names[role] for environment, role in sorted(roles.items()) if role in names}


def _client(workspace: Workspace, client: ApiClient) -> Data:
    role = None if client.role is None else workspace.client_roles[client.role].name
    return ApiClientSeed.export(client, role=role, privileges=UNSAID)


def group_names(workspace: Workspace, invitation: Invitation) -> list[str]:
    return [workspace.groups[group].name for group in invitation.groups if group in workspace.groups]
