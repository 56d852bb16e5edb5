"""Everything the emulator knows, as one immutable value.

    Cloud ── accounts: one per email, global
      └── Workspace ── plan, data center, environments, permission model, owner
            ├── collaborators, by member id and by email
            ├── invitations that wait for their invitee
            ├── roles (both models), project roles, collaborator groups
            ├── folders and projects, and the grants that open a project to a person or a group
            ├── API clients and their client roles
            ├── activity: what was done here, by whom
            └── the memory that limits need: who was invited when, who came and went when

What can grow is an `immutables.Map`, so that one write among 100,000 members costs what it costs among ten. Rows of
which there may be that many are not looked at by the collector of garbage (`gc=False`): they hold nothing that could
hold them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType, TypeAlias, TypeVar

from immutables import Map
from msgspec import Struct

from workato_emulator.domain.copies import replace

T = TypeVar("T")
K = TypeVar("K")

AccountId = NewType("AccountId", int)
MemberId = NewType("MemberId", int)
WorkspaceId = NewType("WorkspaceId", int)
InvitationId = NewType("InvitationId", int)
RoleId = NewType("RoleId", int)
GroupId = NewType("GroupId", str)
ClientId = NewType("ClientId", int)
ClientRoleId = NewType("ClientRoleId", int)
EnvironmentId = NewType("EnvironmentId", int)
FolderId = NewType("FolderId", int)
ProjectId = NewType("ProjectId", int)
ProjectRoleId = NewType("ProjectRoleId", str)
GrantId = NewType("GrantId", str)
ActivityId = NewType("ActivityId", int)
EmailKey = NewType("EmailKey", str)
"""An email in the form in which two spellings of one mailbox are equal (assumption `email_case`)."""
Instants: TypeAlias = Map[EmailKey, Map[str, tuple[datetime, ...]]]
"""When something happened to each person, in order, under the email that was used.

Only the spelling says who is meant once assumption `email_case` is switched.
"""

NO_ACCESS_SENT = "NoAccess"
NO_ACCESS_SHOWN = "No access"
ALL_COLLABORATORS = "All collaborators"
DEV = "dev"

LONGEST_NAME = 255
"""Characters of a name, of whatever kind. No page names a bound; this one is what databases commonly have."""


class PermissionModel(StrEnum):
    LEGACY_ROLES = "legacy_roles"
    ENVIRONMENT_ROLES = "environment_roles"


class RoleType(StrEnum):
    """How the API spells which permission model a role belongs to."""

    LEGACY = "privilege_group"
    ENVIRONMENT = "environment"


_ROLE_TYPES = {PermissionModel.LEGACY_ROLES: RoleType.LEGACY, PermissionModel.ENVIRONMENT_ROLES: RoleType.ENVIRONMENT}


class RoleOrigin(StrEnum):
    SYSTEM = "system"
    CUSTOM = "custom"
    INHERITABLE = "inheritable"
    INHERITED = "inherited"


class GrantType(StrEnum):
    TEAM = "team"
    MODERATOR = "federation_manager"


class Account(Struct, frozen=True, gc=False):
    """A person's global Workato account. It outlives every membership (PUD-7)."""

    id: AccountId
    name: str
    email: str
    created_at: datetime
    time_zone: str | None = None


Config = Mapping[str, object]
"""The `config` of a role: JSON whose grammar nobody has published. Kept and shown as it came, and never changed."""


class Role(Struct, frozen=True):
    """A role of either permission model.

    `all_folders` and `folder_ids` are the reach of a legacy role: everything, or these folders. `config` is what a
    request wrote for an environment role; a role that nobody wrote one for has privileges instead.
    """

    id: RoleId
    name: str
    type: RoleType
    origin: RoleOrigin
    created_at: datetime
    updated_at: datetime
    privileges: Map[str, tuple[str, ...]] = Map()
    all_folders: bool = True
    folder_ids: tuple[int, ...] = ()
    config: Config | None = None


Assignment = Map[str, RoleId]
"""One role per environment type. An environment that is not in it is "No access"."""


class Collaborator(Struct, frozen=True, gc=False):
    id: MemberId
    account: AccountId
    name: str
    email: str
    roles: Assignment
    joined_at: datetime
    grant_type: GrantType = GrantType.TEAM
    external_id: str | None = None
    time_zone: str | None = None


class Invitation(Struct, frozen=True, gc=False):
    """An invitation that nobody has answered yet. `lapses_at` is None where invitations do not expire."""

    id: InvitationId
    name: str
    email: str
    roles: Assignment
    groups: tuple[GroupId, ...]
    invited_at: datetime
    lapses_at: datetime | None


class Group(Struct, frozen=True):
    """A collaborator group. The system group has no member list of its own: everybody is in it."""

    id: GroupId
    name: str
    description: str | None
    system: bool
    created_at: datetime
    updated_at: datetime
    members: Map[MemberId, None] = Map()


class ProjectRole(Struct, frozen=True):
    """What somebody may do inside a project. `number` is its id where assumption `project_role_id` wants integers."""

    id: ProjectRoleId
    number: int
    name: str
    origin: RoleOrigin
    config: Config
    created_at: datetime
    updated_at: datetime


class Folder(Struct, frozen=True):
    """A folder of one environment's asset tree. The home folder is the one without a parent."""

    id: FolderId
    name: str
    environment: str
    parent: FolderId | None
    project: ProjectId | None
    created_at: datetime
    updated_at: datetime


class Project(Struct, frozen=True):
    """A project is a folder right under home, with people let in by grants."""

    id: ProjectId
    name: str
    description: str | None
    environment: str
    folder: FolderId


Holder = MemberId | GroupId
"""Whom a grant is for: a collaborator, whose id is a number, or a collaborator group, whose id is a text."""


class Grant(Struct, frozen=True, gc=False):
    """A project role in one project, for one collaborator or one group."""

    id: GrantId
    project: ProjectId
    role: ProjectRoleId
    holder: Holder

    @property
    def user(self) -> MemberId | None:
        return None if isinstance(self.holder, str) else self.holder

    @property
    def group(self) -> GroupId | None:
        return self.holder if isinstance(self.holder, str) else None


class Resource(Struct, frozen=True, gc=False):
    """What an activity was about, as it was called then: the row may be gone when somebody reads the log."""

    id: int | str
    type: str
    name: str
    email: str | None = None


class Activity(Struct, frozen=True, gc=False):
    """One entry of a workspace's activity log. `environment` is None for what belongs to no environment."""

    id: ActivityId
    at: datetime
    event: str
    actor: AccountId
    resource: Resource
    ip_address: str
    user_agent: str
    environment: str | None = None


class ScimSettings(Struct, frozen=True):
    """What a workspace's own pages say of provisioning: the licence, single sign-on by SAML, and the SCIM tokens.

    `jit` lets a stranger in who signs in by SAML; `role_sync` gives everybody the roles that the sign-in brings.
    """

    licensed: bool = True
    sso: bool = True
    jit: bool = False
    role_sync: bool = False
    tokens: tuple[str, ...] = ()


class ScimPerson(Struct, frozen=True, gc=False):
    """What SCIM keeps of a person beside the membership. `left` is the membership that a deactivation ended.

    `synced` says, by environment, which identity provider's road brought the role last: `scim` or `saml`.
    """

    id: MemberId
    created_at: datetime
    updated_at: datetime
    external_id: str | None = None
    left: Collaborator | None = None
    synced: Map[str, str] = Map()


class ClientRole(Struct, frozen=True):
    """What an API client may call, as the boxes that are ticked. An edit counts for every client that has it."""

    id: ClientRoleId
    name: str
    privileges: frozenset[str]
    created_at: datetime
    updated_at: datetime


class ApiClient(Struct, frozen=True):
    """An API client: its token, its client role, and where it may be used.

    `role` is None once its client role was deleted. `ip_allow_list` holds addresses and networks as they were written;
    empty, every address may call. `token_updated_at` is when the token was made.
    """

    id: ClientId
    name: str
    token: str
    role: ClientRoleId | None
    environments: frozenset[str]
    created_at: datetime
    updated_at: datetime
    token_updated_at: datetime
    all_folders: bool = True
    folder_ids: tuple[FolderId, ...] = ()
    ip_allow_list: tuple[str, ...] = ()


class Plan(Struct, frozen=True):
    """What a workspace's licence allows. Numbers the vendor does not publish are `None`: no limit."""

    collaborator_limit: int = 100
    requests_per_minute: int = 60
    invitation_cooldown: timedelta = timedelta(minutes=20)
    invitation_lifetime: timedelta | None = None
    churn_limit: int | None = None
    churn_window: timedelta = timedelta(hours=24)


class Workspace(Struct, frozen=True):
    """A workspace and all that belongs to it.

    `parent` is the automation-HQ workspace whose inheritable roles this one inherits. `home_assets` counts the assets
    that lie in the home folder, in no project.

    Some maps only say by another name what others hold, so that nobody has to look through everything: roles by their
    name and model, who holds a role in any environment, which invitations bring a role or a group, the folders in a
    folder by their names, the grants of a holder, in a project, of a role, whom SCIM has deactivated by their emails.
    """

    id: WorkspaceId
    slug: str
    name: str
    permission_model: PermissionModel
    environments: tuple[str, ...]
    plan: Plan
    owner: AccountId
    created_at: datetime
    parent: WorkspaceId | None = None
    home_assets: int = 0
    data_center: str = "us"
    collaborators: Map[MemberId, Collaborator] = Map()
    members_by_email: Map[EmailKey, MemberId] = Map()
    role_holders: Map[RoleId, Map[MemberId, None]] = Map()
    invitations: Map[EmailKey, Invitation] = Map()
    invitation_keys: Map[InvitationId, EmailKey] = Map()
    invited_with: Map[RoleId | GroupId, Map[EmailKey, None]] = Map()
    roles: Map[RoleId, Role] = Map()
    roles_by_name: Map[tuple[str, RoleType], RoleId] = Map()
    groups: Map[GroupId, Group] = Map()
    clients: Map[ClientId, ApiClient] = Map()
    client_roles: Map[ClientRoleId, ClientRole] = Map()
    environment_ids: Map[str, EnvironmentId] = Map()
    homes: Map[str, FolderId] = Map()
    folders: Map[FolderId, Folder] = Map()
    children: Map[FolderId, Map[str, Map[FolderId, None]]] = Map()
    projects: Map[ProjectId, Project] = Map()
    project_roles: Map[ProjectRoleId, ProjectRole] = Map()
    grants: Map[GrantId, Grant] = Map()
    grants_held: Map[Holder, Map[GrantId, None]] = Map()
    grants_in: Map[ProjectId, Map[GrantId, None]] = Map()
    grants_of: Map[ProjectRoleId, Map[GrantId, None]] = Map()
    activity: Map[ActivityId, Activity] = Map()
    last_activity: Map[AccountId, ActivityId] = Map()
    invited_at: Instants = Map()
    removed_at: Instants = Map()
    scim: ScimSettings | None = None
    scim_people: Map[MemberId, ScimPerson] = Map()
    scim_left: Map[EmailKey, MemberId] = Map()

    def role(self, name: str, type_: RoleType) -> Role | None:
        """The role of this exact name in this permission model; names are case-sensitive."""
        id_ = self.roles_by_name.get((name, type_))
        return None if id_ is None else self.roles[id_]

    def with_role(self, role: Role) -> "Workspace":
        """The workspace with this role, in place of one with its id."""
        before = self.roles.get(role.id)
        names = self.roles_by_name if before is None else self.roles_by_name.delete((before.name, before.type))
        return replace(
            self, roles=self.roles.set(role.id, role), roles_by_name=names.set((role.name, role.type), role.id)
        )

    def without_role(self, role: Role) -> "Workspace":
        return replace(
            self, roles=self.roles.delete(role.id), roles_by_name=self.roles_by_name.delete((role.name, role.type))
        )

    def role_in_use(self, name: str) -> Role | None:
        """The role of this name in the model that the workspace is on."""
        return self.role(name, self.role_type)

    @property
    def role_type(self) -> RoleType:
        return _ROLE_TYPES[self.permission_model]

    def group_named(self, name: str) -> Group | None:
        return next((group for group in self.groups.values() if group.name == name), None)

    def groups_of(self, member: MemberId) -> Iterator[Group]:
        """The groups somebody was put in; the system group is not among them."""
        return (group for group in self.groups.values() if member in group.members)

    def with_collaborator(self, collaborator: Collaborator, key: EmailKey) -> "Workspace":
        """The workspace in which this person is a collaborator, and no longer somebody whom SCIM has deactivated."""
        workspace = replace(
            self.with_roles_of(collaborator), members_by_email=self.members_by_email.set(key, collaborator.id)
        )
        left = self.scim_left.get(key)
        if left is None:
            return workspace
        people = self.scim_people.delete(left)
        if left == collaborator.id:
            people = people.set(left, replace(self.scim_people[left], left=None))
        return replace(workspace, scim_people=people, scim_left=self.scim_left.delete(key))

    def with_scim_person(self, person: ScimPerson, key: EmailKey) -> "Workspace":
        """The workspace in which SCIM keeps this of somebody with this email."""
        left = self.scim_left
        if person.left is not None:
            left = left.set(key, person.id)
        elif key in left:
            left = left.delete(key)
        return replace(self, scim_people=self.scim_people.set(person.id, person), scim_left=left)

    def without_scim_person(self, member: MemberId, key: EmailKey) -> "Workspace":
        if member not in self.scim_people:
            return self
        left = self.scim_left.delete(key) if self.scim_left.get(key) == member else self.scim_left
        return replace(self, scim_people=self.scim_people.delete(member), scim_left=left)

    def with_collaborators(self, people: Mapping[EmailKey, Collaborator]) -> "Workspace":
        """The same for people of whom nothing is known yet: each map grows once, however many they are."""
        holders: dict[RoleId, dict[MemberId, None]] = {}
        for each in people.values():
            for role in each.roles.values():
                holders.setdefault(role, {})[each.id] = None
        before = self.role_holders
        return replace(
            self,
            collaborators=self.collaborators.update({each.id: each for each in people.values()}),
            members_by_email=self.members_by_email.update({key: each.id for key, each in people.items()}),
            role_holders=before.update({role: before.get(role, Map()).update(held) for role, held in holders.items()}),
        )

    def with_roles_of(self, collaborator: Collaborator) -> "Workspace":
        """The workspace with this collaborator in place of one with the same id, found by the roles of now."""
        before = self.collaborators.get(collaborator.id)
        held = frozenset[RoleId]() if before is None else frozenset(before.roles.values())
        holds = frozenset(collaborator.roles.values())
        return replace(
            self,
            collaborators=self.collaborators.set(collaborator.id, collaborator),
            role_holders=_reindex(self.role_holders, collaborator.id, held - holds, holds - held),
        )

    def without_collaborator(self, member: MemberId, key: EmailKey) -> "Workspace":
        holds = frozenset(self.collaborators[member].roles.values())
        return replace(
            self.without_scim_person(member, key),
            collaborators=self.collaborators.delete(member),
            members_by_email=self.members_by_email.delete(key),
            role_holders=_reindex(self.role_holders, member, holds, frozenset()),
        )

    def with_invitation(self, invitation: Invitation, key: EmailKey) -> "Workspace":
        """The workspace in which this invitation waits, in place of one for the same email."""
        workspace = self.without_invitation(key)
        return replace(
            workspace,
            invitations=workspace.invitations.set(key, invitation),
            invitation_keys=workspace.invitation_keys.set(invitation.id, key),
            invited_with=_reindex(workspace.invited_with, key, (), _brought_by(invitation)),
        )

    def without_invitation(self, key: EmailKey) -> "Workspace":
        invitation = self.invitations.get(key)
        if invitation is None:
            return self
        return replace(
            self,
            invitations=self.invitations.delete(key),
            invitation_keys=self.invitation_keys.delete(invitation.id),
            invited_with=_reindex(self.invited_with, key, _brought_by(invitation), ()),
        )

    def with_group(self, group: Group) -> "Workspace":
        return replace(self, groups=self.groups.set(group.id, group))


def _brought_by(invitation: Invitation) -> frozenset[RoleId | GroupId]:
    return frozenset((*invitation.roles.values(), *invitation.groups))


def _reindex(index: Map[T, Map[K, None]], key: K, out_of: Iterable[T], into: Iterable[T]) -> Map[T, Map[K, None]]:
    """The index with `key` no longer under some things and from now on under others."""
    for each in out_of:
        left = index[each].delete(key)
        index = index.set(each, left) if left else index.delete(each)
    for each in into:
        there: Map[K, None] = index.get(each, Map())
        index = index.set(each, there.set(key, None))
    return index


class TokenOwner(Struct, frozen=True, gc=False):
    """Which client of which workspace a token belongs to. A token names its workspace; nothing else does."""

    workspace: WorkspaceId
    client: ClientId


class Cloud(Struct, frozen=True):
    accounts: Map[EmailKey, Account] = Map()
    account_keys: Map[AccountId, EmailKey] = Map()
    workspaces: Map[WorkspaceId, Workspace] = Map()
    slugs: Map[str, WorkspaceId] = Map()
    tokens: Map[str, TokenOwner] = Map()
    scim_tokens: Map[str, WorkspaceId] = Map()
    private_hosts: Map[str, None] = Map()
    """The hosts of private data centers, which no table can know."""

    def with_workspace(self, workspace: Workspace) -> "Cloud":
        workspaces = self.workspaces.set(workspace.id, workspace)
        if self.slugs.get(workspace.slug) == workspace.id:
            return replace(self, workspaces=workspaces)
        return replace(self, workspaces=workspaces, slugs=self.slugs.set(workspace.slug, workspace.id))

    def account(self, id_: AccountId) -> Account:
        return self.accounts[self.account_keys[id_]]

    def with_account(self, account: Account, key: EmailKey) -> "Cloud":
        return replace(
            self, accounts=self.accounts.set(key, account), account_keys=self.account_keys.set(account.id, key)
        )

    def with_accounts(self, accounts: Mapping[EmailKey, Account]) -> "Cloud":
        """The same for many of which none is there yet."""
        keys = {account.id: key for key, account in accounts.items()}
        return replace(self, accounts=self.accounts.update(accounts), account_keys=self.account_keys.update(keys))

    def without_account(self, key: EmailKey) -> "Cloud":
        account = self.accounts[key]
        return replace(self, accounts=self.accounts.delete(key), account_keys=self.account_keys.delete(account.id))
