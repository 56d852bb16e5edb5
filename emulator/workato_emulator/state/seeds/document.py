"""Everything that can stand in a seed: one declaration for each kind of row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from workato_emulator.domain.data_centers import token_prefix
from workato_emulator.domain.ids import MOST
from workato_emulator.domain.values import DEV, GrantType, PermissionModel, RoleOrigin, RoleType
from workato_emulator.state.seeds import kinds
from workato_emulator.state.seeds.kinds import wrong
from workato_emulator.state.seeds.problems import SeedProblem
from workato_emulator.state.seeds.rows import UNSAID, SeedRow, Unsaid
from workato_emulator.state.seeds.values import (
    EVERY_PRIVILEGE,
    TEXT,
    Address,
    Boxes,
    Count,
    DataCenterName,
    Email,
    Id,
    Lapse,
    Moment,
    Moments,
    OthersId,
    RolesByEnvironment,
    Seconds,
    Slug,
    SomeSeconds,
    Text,
    Token,
)
from workato_emulator.text import Table
from workato_emulator.text.error_codes.commands import SEED_SHAPE


@dataclass(frozen=True, kw_only=True)
class AccountSeed(SeedRow):
    name: Text
    email: Email
    id: Id | None = None
    time_zone: str | None = None
    created_at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class PlanSeed(SeedRow):
    collaborator_limit: Count = 100
    requests_per_minute: Count = 60
    invitation_cooldown_seconds: Seconds = 1200
    invitation_lifetime_seconds: SomeSeconds | None = None
    churn_limit: Count | None = None
    churn_window_seconds: SomeSeconds = 86400


@dataclass(frozen=True, kw_only=True)
class RoleSeed(SeedRow):
    name: Text
    type: RoleType | None = None
    origin: RoleOrigin = RoleOrigin.CUSTOM
    privileges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    config: Mapping[str, object] | None = None
    all_folders: bool | None = None
    folder_ids: tuple[int, ...] = ()
    id: Id | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class ProjectRoleSeed(SeedRow):
    name: Text
    origin: RoleOrigin = RoleOrigin.CUSTOM
    config: Mapping[str, object] = field(default_factory=dict)
    id: Annotated[str, kinds.Handle("pr", strict=True)] | None = None
    number: Id | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class GroupSeed(SeedRow):
    name: Text
    description: str | None = None
    system: bool = False
    id: Annotated[str, kinds.Handle("pf", strict=False)] | None = None
    former_members: tuple[Id, ...] = ()
    """Member ids of people who have left and are still on the list, as they are while GRP-5 is suspended."""
    created_at: Moment | None = None
    updated_at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class CollaboratorSeed(SeedRow):
    name: Text
    email: Email
    roles: RolesByEnvironment = field(default_factory=dict)
    unmigrated_roles: RolesByEnvironment = field(default_factory=dict)
    groups: tuple[Text, ...] = ()
    grant_type: GrantType = GrantType.TEAM
    external_id: str | None = None
    time_zone: str | None = None
    id: Id | None = None
    joined_at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class InvitationSeed(SeedRow):
    name: Text
    email: Email
    roles: RolesByEnvironment = field(default_factory=dict)
    unmigrated_roles: RolesByEnvironment = field(default_factory=dict)
    groups: tuple[Text, ...] = ()
    id: Id | None = None
    invited_at: Moment | None = None
    lapses_at: Lapse | Unsaid | None = UNSAID
    """Null, in an export, means that it never does."""


@dataclass(frozen=True, kw_only=True)
class FolderSeed(SeedRow):
    name: Text
    folders: tuple["FolderSeed", ...] = ()
    id: Id | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class HomeFolderSeed(FolderSeed):
    """A folder right under home that is no project."""

    environment: Text = DEV


@dataclass(frozen=True, kw_only=True)
class GrantSeed(SeedRow):
    """A project role for a collaborator (`user`, an email) or a group (`group`, its name): one of the two."""

    role: Text
    user: Email | None = None
    group: Text | None = None
    id: Annotated[str, kinds.Handle("pg", strict=True)] | None = None

    def must_fit_together(self) -> None:
        if (self.user is None) == (self.group is None):
            raise wrong("a grant is for a user or for a group")


@dataclass(frozen=True, kw_only=True)
class ProjectSeed(HomeFolderSeed):
    """A project; `folders` are those inside it. `id` is the project's, `folder_id` that of its own folder."""

    description: str | None = None
    grants: tuple[GrantSeed, ...] = ()
    folder_id: Id | None = None


@dataclass(frozen=True, kw_only=True)
class ResourceSeed(SeedRow):
    id: int | str
    type: Text
    name: str
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActivitySeed(SeedRow):
    """One entry of a workspace's activity log; entries are numbered by their place in the list.

    `actor` is an email of somebody with an account, or an id, whose account may be gone; without one it is the owner.
    """

    at: Moment
    event: Text
    resource: ResourceSeed
    actor: Id | Email | None = None
    ip_address: str = "127.0.0.1"
    user_agent: str = ""
    environment: Text | None = None


@dataclass(frozen=True, kw_only=True)
class ClientRoleSeed(SeedRow):
    name: Text
    privileges: Boxes = EVERY_PRIVILEGE
    id: Id | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class ApiClientSeed(SeedRow):
    """`role` names a client role; null says that it was deleted. Without it the client has one of its own."""

    name: Text
    token: Token
    role: Text | Unsaid | None = UNSAID
    privileges: Boxes | Unsaid = UNSAID
    environments: tuple[Text, ...] | None = None
    all_folders: bool = True
    folder_ids: tuple[OthersId, ...] = ()
    ip_allow_list: tuple[Address, ...] = ()
    id: Id | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    token_updated_at: Moment | None = None

    def must_fit_together(self) -> None:
        if self.role is not UNSAID and self.privileges is not UNSAID:
            raise wrong("privileges belong to the role that is named; write one or the other")
        if not self.all_folders and not self.folder_ids:
            raise wrong("folder_ids say which folders, where all_folders is false")


@dataclass(frozen=True, kw_only=True)
class ScimPersonSeed(SeedRow):
    """What SCIM keeps of a collaborator, who is named by email."""

    email: Email
    external_id: str | None = None
    synced: Mapping[str, str] = field(default_factory=dict)
    created_at: Moment | None = None
    updated_at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class DeactivatedSeed(SeedRow):
    """Somebody whom SCIM has deactivated: the membership as it was, and what SCIM keeps beside it.

    `scim_external_id` is the client's own id; `external_id`, as in any other row, what the Developer API showed.
    """

    name: Text
    email: Email
    roles: RolesByEnvironment = field(default_factory=dict)
    unmigrated_roles: RolesByEnvironment = field(default_factory=dict)
    external_id: str | None = None
    time_zone: str | None = None
    id: Id | None = None
    joined_at: Moment | None = None
    scim_external_id: str | None = None
    synced: Mapping[str, str] = field(default_factory=dict)
    created_at: Moment | None = None
    updated_at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class ScimSeed(SeedRow):
    """SCIM of a workspace: `token` is the one it has, `tokens` are several, for the assumption that wants them.

    `people` are collaborators of whom SCIM keeps something, `deactivated` those whose membership it has ended.
    """

    token: Token | None = None
    tokens: tuple[Token, ...] = ()
    licensed: bool = True
    sso: bool = True
    jit: bool = False
    role_sync: bool = False
    people: tuple[ScimPersonSeed, ...] = ()
    deactivated: tuple[DeactivatedSeed, ...] = ()

    def must_fit_together(self) -> None:
        if self.token is not None and self.tokens:
            raise wrong("token is one, tokens are several; write one or the other")


@dataclass(frozen=True, kw_only=True)
class WorkspaceSeed(SeedRow):
    name: Text | None = None
    data_center: DataCenterName = "us"
    permission_model: PermissionModel = PermissionModel.ENVIRONMENT_ROLES
    environments: Annotated[tuple[str, ...], kinds.Many(TEXT, least=1)] = ("dev", "test", "prod")
    parent: Text | None = None
    home_assets: Count = 0
    owner: AccountSeed | None = None
    plan: PlanSeed = PlanSeed()
    roles: tuple[RoleSeed, ...] = ()
    project_roles: tuple[ProjectRoleSeed, ...] = ()
    groups: tuple[GroupSeed, ...] = ()
    collaborators: tuple[CollaboratorSeed, ...] = ()
    invitations: tuple[InvitationSeed, ...] = ()
    projects: tuple[ProjectSeed, ...] = ()
    folders: tuple[HomeFolderSeed, ...] = ()
    environment_ids: Mapping[str, Id] = field(default_factory=dict)
    homes: Mapping[str, Id] = field(default_factory=dict)
    client_roles: tuple[ClientRoleSeed, ...] = ()
    api_clients: tuple[ApiClientSeed, ...] | None = None
    scim: ScimSeed | None = None
    activity: tuple[ActivitySeed, ...] = ()
    invited_at: Mapping[str, Moments] = field(default_factory=dict)
    removed_at: Mapping[str, tuple[Moment, ...]] = field(default_factory=dict)
    id: Id | None = None
    created_at: Moment | None = None


def api_clients_of(slug: str, workspace: WorkspaceSeed) -> tuple[ApiClientSeed, ...]:
    """The API clients of a workspace: those it lists, or where it is silent one called `okta` with a readable token."""
    if workspace.api_clients is None:
        return (ApiClientSeed(name="okta", token=f"{token_prefix(workspace.data_center)}-{slug}-okta"),)
    return workspace.api_clients


def must_be_of_the_model(workspace: WorkspaceSeed, id_: str | None, place: str, what: str) -> None:
    """Raises `SeedProblem` for what a workspace on the legacy model does not have: the API would answer 401 about it.

    What has an id comes from an export, of a workspace that had moved and was moved back.
    """
    if workspace.permission_model is PermissionModel.LEGACY_ROLES and id_ is None:
        message = f"the legacy permission model has no {what}, and their endpoints answer 401; "
        raise SeedProblem(place, f"{message}leave out permission_model for a workspace that has migrated")


@dataclass(frozen=True, kw_only=True)
class SeedDocument(SeedRow):
    """A whole cloud. Everything with a default may be left out; ids and times are there for exact exports."""

    workspaces: Mapping[Slug, WorkspaceSeed]
    accounts: tuple[AccountSeed, ...] = ()
    assumptions: Mapping[str, str] = field(default_factory=dict)
    strict: bool | None = None
    clock: Moment | None = None
    ids: Annotated[int, kinds.Whole(0, MOST)] = 0
    _reading: Callable[[], Table] | None = field(default=None, compare=False)
    """What the document was read from, where that has lines: read for places when there is something to complain of."""

    def must_fit_together(self) -> None:
        if not self.workspaces:
            raise SeedProblem("workspaces", "should not be empty", code=SEED_SHAPE)

    def with_place(self, problem: SeedProblem) -> SeedProblem:
        """The same problem with file, line and column, where the document came from a file."""
        return problem if self._reading is None else problem.within(self._reading())
