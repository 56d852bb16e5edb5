"""Workato's side as values: what the Developer API speaks of, with its own words for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from okta_connector.folding import fold

T = TypeVar("T")

RoleType = Literal["environment", "privilege_group"]

NO_ACCESS = "NoAccess"
"""What is sent to take a role away. Read back, the same thing is spelt `No access`."""


def gives_access(role_name: str) -> bool:
    """Tell a role from its absence, however the absence is spelt: on reading, on writing, or left empty."""
    return fold("".join(role_name.split())) not in {"", "noaccess"}


@dataclass(frozen=True, slots=True)
class RoleAssignment:
    """One environment's role on its way to Workato, where its name is called `name`."""

    environment_type: str
    name: str
    role_type: RoleType


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """One environment's role as Workato reports it, where its name is called `role_name`."""

    environment_type: str
    role_name: str
    role_type: str


@dataclass(frozen=True, slots=True)
class Member:
    """A collaborator: someone who accepted. `email` and `name` are empty where Workato withholds them."""

    id: int
    email: str
    name: str
    roles: tuple[RoleHeld, ...] = ()
    grant_type: str = "team"
    external_id: str | None = None
    time_zone: str | None = None
    created_at: str | None = None


@dataclass(frozen=True, slots=True)
class EnvironmentPrivileges:
    """What a collaborator may do in one environment: actions by the group they are listed under."""

    environment_type: str
    role_name: str
    privileges: Mapping[str, tuple[str, ...]]
    folder_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LegacyRole:
    """A custom role of the older permission model; the API does not list the built-in ones."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class EnvironmentRole:
    """A role of the newer permission model. `kind` is `system`, `custom`, `inheritable` or `inherited`."""

    id: int
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A collaborator group. `system` groups are Workato's own."""

    id: str
    name: str
    description: str | None = None
    system: bool = False


@dataclass(frozen=True, slots=True)
class GroupMember:
    """Who is in a collaborator group. Only the id is known for certain to be listed."""

    id: int


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a token is good for: the workspace, which the API calls the current user."""

    id: int | None
    name: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """One page as it came. `total` is None where the API does not say how many there are in all."""

    rows: tuple[T, ...]
    total: int | None = None
