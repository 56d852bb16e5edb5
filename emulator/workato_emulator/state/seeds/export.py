"""From a cloud to the seed document that would build it again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, TypeVar

from immutables import Map

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

K = TypeVar("K")
P = TypeVar("P", Account, Collaborator)

_by_id, _by_email = attrgetter("id"), attrgetter("email")


def export(cloud: Cloud, assumptions: Assumptions, ids: int, *, strict: bool, apart_from: Cloud | None = None) -> Data:
    """The document, as plain data in a stable order: `build(parse(export(cloud)))` is the same cloud.

    `apart_from` is for a comparison: the people who are the same in that cloud are left out.
    """
    defaults = Assumptions().choices()
    workspaces = {slug: cloud.workspaces[id_] for slug, id_ in sorted(cloud.slugs.items())}
    accounts = cloud.accounts.values() if apart_from is None else _changed(cloud.accounts, apart_from.accounts)
    return SeedDocument.export(
        cloud,
        workspaces={slug: _workspace(cloud, each, _called(slug, apart_from)) for slug, each in workspaces.items()},
        accounts=[AccountSeed.export(each) for each in sorted(accounts, key=_by_id)],
        assumptions={name: value for name, value in assumptions.choices().items() if value != defaults[name]},
        strict=strict,
        clock=UNSAID,
        ids=ids,
    )


def _called(slug: str, cloud: Cloud | None) -> Workspace | None:
    return None if cloud is None or slug not in cloud.slugs else cloud.workspaces[cloud.slugs[slug]]


def _changed(people: Map[K, P], others: Map[K, P], same: Callable[[P], bool] = lambda _: True) -> Iterable[P]:
    """The people who are another value among the others, or whose row differs for a reason that `same` knows.

    Everybody, where two have one email: a comparison tells those apart by more than the email.
    """
    if not (_told_apart(people) and _told_apart(others)):
        return people.values()
    return [each for key, each in people.items() if others.get(key) is not each or not same(each)]


def _told_apart(people: Map[K, P]) -> bool:
    """Whether each of them has an email, and nobody else's."""
    emails = {each.email for each in people.values()}
    return len(emails) == len(people) and "" not in emails


def _workspace(cloud: Cloud, workspace: Workspace, apart_from: Workspace | None) -> Data:
    owner = cloud.account(workspace.owner)
    names = _Names(workspace)
    groups = sorted(workspace.groups.values(), key=lambda each: (each.name, each.id))
    people = sorted(_collaborators(workspace, names, apart_from), key=_by_email)
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
        collaborators=[_collaborator(names, each) for each in people],
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
        self._named: dict[int, tuple[Assignment, dict[str, str], dict[str, str]]] = {}

    def of(self, roles: Assignment) -> dict[str, dict[str, str]]:
        """Somebody's roles by their names. Many people hold one and the same value, but no two rows share a mapping."""
        named = self._named.get(id(roles))
        if named is None:
            named = roles, _named(roles, self.roles), _named(roles, self.unmigrated)
            self._named[id(roles)] = named  # with the value, so that no other has its id
        return {"roles": named[1].copy(), "unmigrated_roles": named[2].copy()}


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


def _collaborators(workspace: Workspace, names: _Names, apart_from: Workspace | None) -> Iterable[Collaborator]:
    """Everybody, or those who differ from the other workspace, its names of roles and groups included."""
    if apart_from is None:
        return workspace.collaborators.values()
    others = _Names(apart_from)
    if (names.roles, names.unmigrated) != (others.roles, others.unmigrated):
        return workspace.collaborators.values()
    return _changed(
        workspace.collaborators,
        apart_from.collaborators,
        lambda each: names.groups_of.get(each.id) == others.groups_of.get(each.id),
    )


def _collaborator(names: _Names, collaborator: Collaborator) -> Data:
    groups = sorted(names.groups_of.get(collaborator.id, ()))
    return CollaboratorSeed.export(collaborator, **names.of(collaborator.roles), groups=groups)


def _invitation(names: _Names, invitation: Invitation) -> Data:
    return InvitationSeed.export(
        invitation,
        **names.of(invitation.roles),
        groups=[names.groups[group] for group in invitation.groups if group in names.groups],
    )


def _named(roles: Assignment, names: Mapping[RoleId, str]) -> dict[str, str]:
    return {environment: names[role] for environment, role in sorted(roles.items()) if role in names}


def _client(workspace: Workspace, client: ApiClient) -> Data:
    role = None if client.role is None else workspace.client_roles[client.role].name
    return ApiClientSeed.export(client, role=role, privileges=UNSAID)


def group_names(workspace: Workspace, invitation: Invitation) -> list[str]:
    return [workspace.groups[group].name for group in invitation.groups if group in workspace.groups]
