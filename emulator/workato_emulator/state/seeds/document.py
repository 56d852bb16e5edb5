"""The seed document: what may stand in it, and clear words when something else does."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from workato_emulator.clock import EARLIEST, LATEST
from workato_emulator.domain.access import Privilege
from workato_emulator.domain.clients import network
from workato_emulator.domain.data_centers import DATA_CENTERS, is_public_host, token_prefix
from workato_emulator.domain.ids import MOST
from workato_emulator.domain.values import DEV, GrantType, PermissionModel, RoleOrigin, RoleType
from workato_emulator.state.seeds.problems import SeedProblem, problems_of
from workato_emulator.text import Table, plain, read
from workato_emulator.text.error_codes.commands import SEED_SHAPE, SEED_UNREADABLE
from workato_emulator.text.wording import mistyped

LONGEST_SPAN = 3_155_760_000
"""Seconds: a hundred years."""

PRIVILEGE_SETS: Mapping[str, frozenset[str]] = {
    "all": frozenset(Privilege),
    "okta": frozenset(
        {
            Privilege.INVITE,
            Privilege.LIST_COLLABORATORS,
            Privilege.UPDATE_ROLES,
            Privilege.COLLABORATOR_PRIVILEGES,
            Privilege.DELETE_COLLABORATOR,
            Privilege.LIST_ROLES,
            Privilege.ENVIRONMENT_ROLES,
            Privilege.READ_GROUPS,
            Privilege.WRITE_GROUPS,
        }
    ),
}
"""Ready-made client roles. `okta` is what Okta's page asks for: collaborators, their roles, their groups."""


def _as_moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("should be a moment, such as 2026-01-05T09:00:00Z") from None


def _within_reach(moment: datetime) -> datetime:
    if not EARLIEST <= moment <= LATEST:
        raise ValueError("moments go from 1970 to 9000")
    return moment


def _before_the_end(moment: datetime) -> datetime:
    if not EARLIEST <= moment <= LATEST + timedelta(seconds=LONGEST_SPAN):
        raise ValueError("invitations lapse between 1970 and 9100")
    return moment


def _ticked(value: object) -> object:
    """The privileges behind the name of a ready-made client role."""
    if not isinstance(value, str):
        return value
    if value not in PRIVILEGE_SETS:
        raise PydanticCustomError("enum", "Input should be 'all', 'okta' or a list", {"expected": "'all' or 'okta'"})
    return sorted(PRIVILEGE_SETS[value])


def _is_a_data_center(value: str) -> str:
    """A public data center by its name, or a private one by its host."""
    if value in DATA_CENTERS:
        return value
    if "." not in value:
        raise ValueError(f"no data center called {value!r}; {', '.join(DATA_CENTERS)}, or a private one by its host")
    if is_public_host(value):
        raise ValueError("that host is a public data center's; name the data center")
    return value


def _is_an_address(value: str) -> str:
    if network(value) is None:
        raise ValueError("that is not an IP address or network")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_as_moment), AfterValidator(_within_reach)]
Lapse = Annotated[AwareDatetime, BeforeValidator(_as_moment), AfterValidator(_before_the_end)]
"""When an invitation lapses: up to a lifetime after the last moment."""
Id = Annotated[int, Field(ge=1, le=10**15)]
Seconds = Annotated[float, Field(ge=0, le=LONGEST_SPAN)]
"""At most a hundred years."""
Token = Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[!-~]+$")]
Text = Annotated[str, Field(min_length=1, max_length=255)]
Email = Annotated[str, Field(min_length=3, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
RolesByEnvironment = dict[str, Text]
Boxes = Annotated[list[Privilege], BeforeValidator(_ticked)]
"""The privileges of a client role: a list, or the name of a ready-made one."""
DataCenterName = Annotated[str, Field(pattern=r"^[a-z0-9.-]+$", max_length=253), AfterValidator(_is_a_data_center)]
Address = Annotated[str, AfterValidator(_is_an_address)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class AccountSeed(_Closed):
    name: Text
    email: Email
    id: Id | None = None
    time_zone: str | None = None
    created_at: Moment | None = None


class PlanSeed(_Closed):
    collaborator_limit: int = Field(100, ge=0)
    requests_per_minute: int = Field(60, ge=0)
    invitation_cooldown_seconds: Seconds = 1200
    invitation_lifetime_seconds: Seconds | None = Field(None, ge=0.001)
    churn_limit: int | None = Field(None, ge=0)
    churn_window_seconds: Seconds = Field(86400, ge=0.001)


class RoleSeed(_Closed):
    name: Text
    type: RoleType | None = None
    origin: RoleOrigin = RoleOrigin.CUSTOM
    privileges: dict[str, list[str]] = {}
    config: dict[str, Any] | None = None
    all_folders: bool | None = None
    folder_ids: list[int] = []
    id: Id | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


class ProjectRoleSeed(_Closed):
    name: Text
    origin: RoleOrigin = RoleOrigin.CUSTOM
    config: dict[str, Any] = {}
    id: Annotated[str, Field(pattern=r"^pr-[A-Za-z0-9]+-[A-Za-z0-9]+$", max_length=63)] | None = None
    number: Id | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


class GroupSeed(_Closed):
    name: Text
    description: str | None = None
    system: bool = False
    id: str | None = None
    former_members: tuple[int, ...] = ()
    """Member ids of people who have left and are still on the list, as they are while GRP-5 is suspended."""
    created_at: Moment | None = None
    updated_at: Moment | None = None


class CollaboratorSeed(_Closed):
    name: Text
    email: Email
    roles: RolesByEnvironment = {}
    unmigrated_roles: RolesByEnvironment = {}
    groups: list[Text] = []
    grant_type: GrantType = GrantType.TEAM
    external_id: str | None = None
    time_zone: str | None = None
    id: Id | None = None
    joined_at: Moment | None = None


class InvitationSeed(_Closed):
    name: Text
    email: Email
    roles: RolesByEnvironment = {}
    unmigrated_roles: RolesByEnvironment = {}
    groups: list[Text] = []
    id: Id | None = None
    invited_at: Moment | None = None
    lapses_at: Lapse | None = None


class FolderSeed(_Closed):
    name: Text
    folders: list["FolderSeed"] = []
    id: Id | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


class HomeFolderSeed(FolderSeed):
    """A folder right under home that is no project."""

    environment: Text = DEV


class GrantSeed(_Closed):
    """A project role for a collaborator (`user`, an email) or a group (`group`, its name): one of the two."""

    role: Text
    user: Email | None = None
    group: Text | None = None
    id: Annotated[str, Field(pattern=r"^pg-[A-Za-z0-9]+-[A-Za-z0-9]+$", max_length=63)] | None = None

    @model_validator(mode="after")
    def _has_one_holder(self) -> "GrantSeed":
        if (self.user is None) == (self.group is None):
            raise ValueError("a grant is for a user or for a group")
        return self


class ProjectSeed(HomeFolderSeed):
    """A project; `folders` are those inside it. `id` is the project's, `folder_id` that of its own folder."""

    description: str | None = None
    grants: list[GrantSeed] = []
    folder_id: Id | None = None


class ResourceSeed(_Closed):
    id: int | str
    type: Text
    name: str
    email: str | None = None


class ActivitySeed(_Closed):
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


class ClientRoleSeed(_Closed):
    name: Text
    privileges: Boxes = sorted(Privilege)
    id: Id | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


class ApiClientSeed(_Closed):
    """`role` names a client role; null says that it was deleted. Without it the client has one of its own."""

    name: Text
    token: Token
    role: Text | None = None
    privileges: Boxes = sorted(Privilege)
    environments: list[Text] | None = None
    all_folders: bool = True
    folder_ids: list[Id] = []
    ip_allow_list: list[Address] = []
    id: Id | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    token_updated_at: Moment | None = None

    @property
    def has_its_own_role(self) -> bool:
        return "role" not in self.model_fields_set

    @model_validator(mode="after")
    def _says_one_thing(self) -> "ApiClientSeed":
        if {"role", "privileges"} <= self.model_fields_set:
            raise ValueError("privileges belong to the role that is named; write one or the other")
        if not self.all_folders and not self.folder_ids:
            raise ValueError("folder_ids say which folders, where all_folders is false")
        return self


class WorkspaceSeed(_Closed):
    name: Text | None = None
    data_center: DataCenterName = "us"
    permission_model: PermissionModel = PermissionModel.ENVIRONMENT_ROLES
    environments: list[Text] = Field(["dev", "test", "prod"], min_length=1)
    parent: Text | None = None
    home_assets: int = Field(0, ge=0)
    owner: AccountSeed | None = None
    plan: PlanSeed = PlanSeed.model_construct()
    roles: list[RoleSeed] = []
    project_roles: list[ProjectRoleSeed] = []
    groups: list[GroupSeed] = []
    collaborators: list[CollaboratorSeed] = []
    invitations: list[InvitationSeed] = []
    projects: list[ProjectSeed] = []
    folders: list[HomeFolderSeed] = []
    environment_ids: dict[str, Id] = {}
    homes: dict[str, Id] = {}
    client_roles: list[ClientRoleSeed] = []
    api_clients: list[ApiClientSeed] | None = None
    activity: list[ActivitySeed] = []
    invited_at: dict[str, Moment] = {}
    removed_at: dict[str, list[Moment]] = {}
    id: Id | None = None
    created_at: Moment | None = None


def api_clients_of(slug: str, workspace: WorkspaceSeed) -> list[ApiClientSeed]:
    """The API clients of a workspace: those it lists, or where it is silent one called `okta` with a readable token."""
    if workspace.api_clients is None:
        return [ApiClientSeed(name="okta", token=f"{token_prefix(workspace.data_center)}-{slug}-okta")]
    return workspace.api_clients


def must_be_of_the_model(workspace: WorkspaceSeed, id_: str | None, place: str, what: str) -> None:
    """Raises `SeedProblem` for what a workspace on the legacy model does not have: the API would answer 401 about it.

    What has an id comes from an export, of a workspace that had moved and was moved back.
    """
    if workspace.permission_model is PermissionModel.LEGACY_ROLES and id_ is None:
        message = f"the legacy permission model has no {what}, and their endpoints answer 401; "
        raise SeedProblem(place, f"{message}leave out permission_model for a workspace that has migrated")


class SeedDocument(_Closed):
    """A whole cloud. Everything with a default may be left out; ids and times are there for exact exports."""

    workspaces: dict[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=63)], WorkspaceSeed] = Field(
        min_length=1
    )
    accounts: list[AccountSeed] = []
    assumptions: dict[str, str] = {}
    strict: bool | None = None
    clock: Moment | None = None
    ids: int = Field(0, ge=0, le=MOST)
    _reading: Table | None = PrivateAttr(None)

    def placed(self, problem: SeedProblem) -> SeedProblem:
        """The same problem with file, line and column, where the document came from a file."""
        return problem if self._reading is None else problem.within(self._reading)

    def read_from(self, reading: Table) -> "SeedDocument":
        self._reading = reading
        return self


def parse(data: object) -> SeedDocument:
    """A document from plain data. Raises `SeedProblem` for all that cannot be."""
    try:
        return SeedDocument.model_validate(data)
    except ValidationError as error:
        raise SeedProblem.of(problems_of(error, data, _fields_at)) from None


def read_seed(path: Path) -> SeedDocument:
    """A document from a YAML or JSON file. Raises `SeedProblem` for all that cannot be, each with its place."""
    text = _text(path)
    reading = read(text, str(path))
    if reading.complaints:
        raise SeedProblem.of(
            SeedProblem(str(each.mark), each.message, code=SEED_UNREADABLE) for each in reading.complaints
        )
    if not isinstance(reading.value, Table):
        kind = mistyped("dict_type", plain(reading.value))
        raise SeedProblem(str(reading.mark), str(kind), code=SEED_SHAPE)
    try:
        return parse(plain(reading.value)).read_from(reading.value)
    except SeedProblem as problem:
        raise problem.within(reading.value) from None


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SeedProblem(str(path), error.strerror or "cannot be read", code=SEED_UNREADABLE) from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise SeedProblem(f"{path}:{line}:{column}", "not UTF-8", code=SEED_UNREADABLE) from None


_LISTS: Mapping[str, type[BaseModel]] = {
    "collaborators": CollaboratorSeed,
    "invitations": InvitationSeed,
    "client_roles": ClientRoleSeed,
    "api_clients": ApiClientSeed,
    "projects": ProjectSeed,
    "folders": FolderSeed,
    "grants": GrantSeed,
    "activity": ActivitySeed,
    "resource": ResourceSeed,
    "groups": GroupSeed,
    "roles": RoleSeed,
    "project_roles": ProjectRoleSeed,
    "accounts": AccountSeed,
    "owner": AccountSeed,
    "plan": PlanSeed,
}


def _fields_at(place: Sequence[int | str]) -> list[str]:
    """The keys that may stand at this place."""
    for part in reversed(place):
        if part in _LISTS:
            return list(_LISTS[str(part)].model_fields)
    return list((WorkspaceSeed if place else SeedDocument).model_fields)
