"""Which roles there are, and what a request that names roles comes to."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import (
    EnvironmentNotFound,
    Invalid,
    RoleNotFound,
    RolesMissing,
    shorten,
)
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import (
    DEV,
    NO_ACCESS_SENT,
    NO_ACCESS_SHOWN,
    Assignment,
    Config,
    Role,
    RoleId,
    RoleOrigin,
    RoleType,
    Workspace,
)

RolesWritten = Mapping[str, RoleId | None]
"""The roles that a request gives, by environment; None where access is taken away."""

ADMIN_ROLES = frozenset({"Admin", "Environment admin"})
_ALL = ("all",)
_ASSETS = ("read", "create", "update", "delete")
_ADMIN_PRIVILEGES: Mapping[str, tuple[str, ...]] = {
    "Collaborators": _ALL,
    "Collaborator roles (non-system)": _ALL,
    "Developer API": _ALL,
    "Workspace settings": _ALL,
    "Activity audit": _ALL,
}
_BUILDER_PRIVILEGES: Mapping[str, tuple[str, ...]] = {
    "Projects": _ASSETS,
    "Folders": _ASSETS,
    "Recipes": (*_ASSETS, "run", "read_run_history"),
    "Connections": _ASSETS,
    "Lookup tables": ("read", "create", "update_records", "delete", "update_schema"),
}
_OPERATOR_PRIVILEGES: Mapping[str, tuple[str, ...]] = {
    "Recipes": ("read", "run", "read_run_history"),
    "Folders": ("read",),
    "Projects": ("read",),
    "Use in recipes": _ALL,
    "Test automation": ("read",),
}

SYSTEM_ROLES: Mapping[RoleType, Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    RoleType.LEGACY: {
        "Admin": {**_ADMIN_PRIVILEGES, **_BUILDER_PRIVILEGES},
        "Analyst": _BUILDER_PRIVILEGES,
        "Operator": _OPERATOR_PRIVILEGES,
    },
    RoleType.ENVIRONMENT: {
        "Environment admin": _ADMIN_PRIVILEGES,
        "Environment manager": {"Workspace settings": ("read",), "Activity audit": _ALL},
        "Member": {},
    },
}
"""The roles every workspace has, with what the privileges page grants them (a sample, quoted by baton-workato)."""


class RoleNamed(Struct, frozen=True):
    """One entry of `env_roles`: a role asked for by name. `type` is None where the request did not say."""

    environment: str
    name: str
    type: RoleType | None = None


@rule(
    "ROLE-1",
    "A role is asked for by its exact name; one that does not exist is refused by name.",
    source="Workato API: Workspace collaborators, Invite a collaborator",
)
def must_be_a_role(role: Role | None, name: str) -> None:
    if role is None:
        raise RoleNotFound(name)


@rule(
    "ROLE-2",
    "A role is given in an environment that the workspace has.",
    source="Workato API: Workspace collaborators, Invite a collaborator",
)
def must_be_an_environment(workspace: Workspace, environment: str) -> None:
    if environment not in workspace.environments:
        raise EnvironmentNotFound(environment)


def _in_either_model(workspace: Workspace, named: RoleNamed, default: RoleType) -> Role | None:
    return next((role for role in workspace.roles.values() if role.name == named.name), None)


@choice(
    "ROLE-3",
    "role_type decides which permission model a role is looked up in, and only the workspace's own model has roles.",
    source="Workato API: Workspace collaborators; baton-workato",
    otherwise=_in_either_model,
)
def role_named(workspace: Workspace, named: RoleNamed, default: RoleType) -> Role | None:
    type_ = named.type or default
    return workspace.role(named.name, type_) if type_ is workspace.role_type else None


@rule(
    "ROLE-4",
    "An environment is named at most once in a request: a collaborator holds one role per environment.",
    source="Workato docs: Access control; the answer to a repetition is our reading",
    standing=Standing.ASSUMED,
)
def must_name_environments_once(named: Iterable[RoleNamed]) -> None:
    seen: set[str] = set()
    for each in named:
        if each.environment in seen:
            raise Invalid(f"Environment {shorten(each.environment)} is named more than once")
        seen.add(each.environment)


def resolve(
    workspace: Workspace, named: tuple[RoleNamed, ...], assumptions: Assumptions, *, no_access: bool
) -> dict[str, RoleId | None]:
    """The roles that a request asks for, by environment; None where it takes access away.

    `no_access` says whether NoAccess is a word of this request. Raises `EnvironmentNotFound` or `RoleNotFound`.
    """
    must_name_environments_once(named)
    unsaid = any(each.type is None for each in named)
    default = RoleType.LEGACY if unsaid and assumptions.role_type_default == "legacy" else workspace.role_type
    resolved: dict[str, RoleId | None] = {}
    for each in named:
        must_be_an_environment(workspace, each.environment)
        if no_access and each.name == NO_ACCESS_SENT:
            resolved[each.environment] = None
            continue
        role = role_named(workspace, each, default)
        must_be_a_role(role, each.name)
        resolved[each.environment] = None if role is None else role.id
    return resolved


def named_roles(env_roles: tuple[RoleNamed, ...], role_name: str | None) -> tuple[RoleNamed, ...]:
    """What an invitation asks for, from its two ways of saying it. Raises `RolesMissing` when it says nothing."""
    must_ask_for_a_role(env_roles, role_name)
    return role_name_beside_env_roles(env_roles, role_name)


@rule(
    "INV-1",
    "An invitation names at least one role; a collaborator group alone is not enough.",
    source="baton-workato: verified against a tenant",
    standing=Standing.OBSERVED,
)
def must_ask_for_a_role(env_roles: tuple[RoleNamed, ...], role_name: str | None) -> None:
    if not env_roles and not role_name:
        raise RolesMissing


def _role_name_wins(env_roles: tuple[RoleNamed, ...], role_name: str | None) -> tuple[RoleNamed, ...]:
    return (RoleNamed(DEV, role_name),) if role_name else env_roles


@choice(
    "INV-5",
    "role_name gives a role in dev only, and is ignored when env_roles is there as well.",
    source="Workato API: Workspace collaborators (2024)",
    otherwise=_role_name_wins,
)
def role_name_beside_env_roles(env_roles: tuple[RoleNamed, ...], role_name: str | None) -> tuple[RoleNamed, ...]:
    return env_roles or _role_name_wins(env_roles, role_name)


def role_in(workspace: Workspace, roles: Assignment, environment: str) -> Role | None:
    """The role held in an environment; None is shown as "No access".

    Only a role of the workspace's own model counts: one of the other model waits for its migration.
    """
    role = assigned_role(workspace, roles, environment)
    return role if role is not None and role.type is workspace.role_type else None


def with_roles(held: Assignment, written: RolesWritten) -> Assignment:
    """What somebody holds once these are written; other environments keep what they have."""
    for environment, role in written.items():
        if role is not None:
            held = held.set(environment, role)
        elif environment in held:
            held = held.delete(environment)
    return held


def assigned_role(workspace: Workspace, roles: Assignment, environment: str) -> Role | None:
    """The role assigned in an environment, whichever model it belongs to."""
    role_id = roles.get(environment)
    return None if role_id is None else workspace.roles.get(role_id)


def shown_name(workspace: Workspace, roles: Assignment, environment: str) -> str:
    role = role_in(workspace, roles, environment)
    return NO_ACCESS_SHOWN if role is None else role.name


def has_access(workspace: Workspace, roles: Assignment) -> bool:
    """Whether these roles give access to any environment."""
    return any(role_in(workspace, roles, environment) is not None for environment in roles)


def holder_count(workspace: Workspace, role: RoleId) -> int:
    """How many collaborators hold this role, in whichever environment."""
    return len(workspace.role_holders.get(role, ()))


def is_admin(workspace: Workspace, roles: Assignment) -> bool:
    """Administration counts only when it is held in DEV (Workato docs: System environment roles)."""
    return roles.get(DEV) in admin_roles(workspace)


def admin_roles(workspace: Workspace) -> list[RoleId]:
    """The roles of the workspace's model that administrate it."""
    return [
        role.id
        for role in workspace.roles.values()
        if role.name in ADMIN_ROLES and role.type is workspace.role_type and role.origin is RoleOrigin.SYSTEM
    ]


def config_of(role: Role, assumptions: Assumptions) -> Config:
    """What reading a role shows as its `config`: what was written for it, or else its privileges (`role_config`)."""
    if role.config is not None:
        return role.config
    return privileges_as_config("team", role.privileges) if assumptions.role_config == "opaque" else {}


def privileges_as_config(about: str, privileges: Mapping[str, tuple[str, ...]]) -> Config:
    """Privileges in the shape of the one `config` that a page prints (Workato API: Environment roles)."""
    return {about: {"privileges": {label: list(can) for label, can in sorted(privileges.items())}}}


def of_type(workspace: Workspace, type_: RoleType) -> list[Role]:
    return sorted((role for role in workspace.roles.values() if role.type is type_), key=lambda role: role.id)
