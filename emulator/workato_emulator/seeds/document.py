"""The seed document: what may stand in it, and clear words when something else does."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from difflib import get_close_matches
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
from pydantic_core import ErrorDetails, PydanticCustomError

from workato_emulator.clock import EARLIEST, LATEST
from workato_emulator.domain.access import Privilege
from workato_emulator.domain.clients import network
from workato_emulator.domain.data_centers import DATA_CENTERS, is_public_host, token_prefix
from workato_emulator.domain.values import DEV, GrantType, PermissionModel, RoleOrigin, RoleType
from workato_emulator.explanations.command_line import SEED_MISFIT, SEED_SHAPE, SEED_UNKNOWN_NAME, SEED_UNREADABLE
from workato_emulator.seeds.wording import mistyped

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


class SeedProblem(ValueError):
    """Something in a seed cannot be. `place` is the path to it, as in `workspaces.acme.collaborators.0.email`."""

    def __init__(self, place: str, message: str, suggestion: str | None = None, *, code: str = SEED_MISFIT) -> None:
        hint = "" if suggestion is None else f"; did you mean {suggestion!r}?"
        super().__init__(f"{place}: {message}{hint}" if place else f"{message}{hint}")
        self.place = place
        self.message = message
        self.suggestion = suggestion
        self.code = code


def nearest(wrong: str, known: Any) -> str | None:  # noqa: ANN401  (any collection of texts)
    close = get_close_matches(wrong, [str(each) for each in known], n=1)
    return close[0] if close else None


def must_be_known(value: str, known: Iterable[str], place: str, what: str) -> None:
    """Raises `SeedProblem` where no `what` has this name."""
    known = tuple(known)
    if value not in known:
        raise SeedProblem(place, f"no {what} called {value!r}", nearest(value, known), code=SEED_UNKNOWN_NAME)


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
Id = Annotated[int, Field(ge=1, le=10**15)]
Seconds = Annotated[float, Field(ge=0, le=3_155_760_000)]
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
    lapses_at: Moment | None = None


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
    ids: int = Field(0, ge=0, le=10**15)
    _file: Path | None = PrivateAttr(None)

    def placed(self, problem: SeedProblem) -> SeedProblem:
        """The same problem with its line and column, where the document came from a file."""
        return problem if self._file is None else _in_file(problem, self._file)

    def read_from(self, path: Path) -> "SeedDocument":
        self._file = path
        return self


def parse(data: object) -> SeedDocument:
    """A document from plain data. Raises `SeedProblem` for the first thing that cannot be."""
    try:
        return SeedDocument.model_validate(data)
    except ValidationError as error:
        raise _problem(error) from None


def read_seed(path: Path) -> SeedDocument:
    """A document from a YAML or JSON file. Raises `SeedProblem`, whose place starts with the file's name."""
    from workato_emulator.seeds.strict_yaml import NotYaml, read  # a start without a seed file needs no YAML

    try:
        data = read(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SeedProblem(str(path), error.strerror or "cannot be read", code=SEED_UNREADABLE) from None
    except (UnicodeDecodeError, NotYaml) as error:
        mark = getattr(error, "problem_mark", None)
        place = str(path) if mark is None else f"{path}:{mark.line + 1}:{mark.column + 1}"
        what = str(getattr(error, "problem", None) or "not a YAML file")
        raise SeedProblem(place, what, code=SEED_UNREADABLE) from None
    try:
        return parse(data).read_from(path)
    except SeedProblem as problem:
        raise _in_file(problem, path) from None


def _in_file(problem: SeedProblem, path: Path) -> SeedProblem:
    from workato_emulator.seeds.marks import mark_of

    mark = mark_of(path, problem.place)
    place = f"{mark}: {problem.place}" if problem.place else mark
    return SeedProblem(place, problem.message, problem.suggestion, code=problem.code)


def _problem(error: ValidationError) -> SeedProblem:
    first = error.errors()[0]
    at = tuple(part for part in first["loc"] if part != "[key]")
    place = ".".join(str(part) for part in at)
    if first["type"] == "missing":
        return SeedProblem(".".join(str(part) for part in at[:-1]), f"needs {at[-1]!r}", code=SEED_SHAPE)
    if first["type"] == "extra_forbidden":
        key = str(first["loc"][-1])
        meant = nearest(key, _fields_at(first["loc"][:-1]))
        return SeedProblem(place, f"unknown key {key!r}", meant, code=SEED_SHAPE)
    if first["type"] in {"enum", "literal_error"}:
        meant = nearest(str(first["input"]), first.get("ctx", {}).get("expected", "").split("'"))
        return SeedProblem(place, _words(first), meant, code=SEED_SHAPE)
    return SeedProblem(place, _words(first), code=SEED_SHAPE)


_PATTERNS = {
    r"^[^@\s]+@[^@\s]+$": "should look like an email",
    r"^[a-z0-9][a-z0-9_-]*$": "should be small letters, digits, - and _",
    r"^[!-~]+$": "should be visible ASCII, without spaces",
    r"^pr-[A-Za-z0-9]+-[A-Za-z0-9]+$": "should have the form pr-…-…",
    r"^pg-[A-Za-z0-9]+-[A-Za-z0-9]+$": "should have the form pg-…-…",
}
"""What a text has to be, by the pattern that says so."""


def _words(error: ErrorDetails) -> str:
    kind, ctx = error["type"], error.get("ctx", {})
    said = mistyped(kind, error["input"])
    if said is not None:
        return said
    if kind == "string_pattern_mismatch" and ctx["pattern"] in _PATTERNS:
        return _PATTERNS[ctx["pattern"]]
    if kind in {"too_short", "string_too_short"} and ctx["min_length"] == 1:
        return "should not be empty"
    if kind == "timezone_aware":
        return "needs an offset from UTC, such as Z or +02:00"
    return error["msg"].removeprefix("Value error, ").replace("Input should be", "should be", 1)


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


def _fields_at(place: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand at this place."""
    for part in reversed(place):
        if part in _LISTS:
            return list(_LISTS[str(part)].model_fields)
    return list((WorkspaceSeed if place else SeedDocument).model_fields)
