"""The role extension: which attribute speaks of which environment, and what its value comes to."""

from collections.abc import Mapping
from typing import Literal

from immutables import Map

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import shorten
from workato_emulator.domain.roles import RolesWritten, role_in, with_roles
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.scim.refusals import Kind, ScimInvalid
from workato_emulator.domain.values import (
    DEV,
    NO_ACCESS_SENT,
    NO_ACCESS_SHOWN,
    Assignment,
    PermissionModel,
    Role,
    RoleId,
    Workspace,
)

ATTRIBUTE = "workato_role"
GROUPS_ATTRIBUTE = "workato_user_groups"
DOCUMENTED = (ATTRIBUTE, f"{ATTRIBUTE}_test", f"{ATTRIBUTE}_prod")
_NO_ACCESS: Mapping[str, frozenset[str]] = {
    "all": frozenset({NO_ACCESS_SENT, "No Access", NO_ACCESS_SHOWN}),
    "value_only": frozenset({NO_ACCESS_SENT}),
    "all_and_none": frozenset({NO_ACCESS_SENT, "No Access", NO_ACCESS_SHOWN, "None"}),
}
_DEFAULT: Mapping[PermissionModel, str] = {
    PermissionModel.LEGACY_ROLES: "Operator",
    PermissionModel.ENVIRONMENT_ROLES: "Member",
}

RolesSaid = Mapping[str, str | None]
"""The attributes of the role extension as a request has them. None is a value that is null, or was removed."""

Writer = Literal["scim", "saml"]


def attribute_of(workspace: Workspace, environment: str) -> str:
    """The attribute that speaks of an environment; DEV's, or that of the only one, has no suffix."""
    return ATTRIBUTE if environment == _first(workspace) else f"{ATTRIBUTE}_{environment}"


def _first(workspace: Workspace) -> str:
    return DEV if DEV in workspace.environments else workspace.environments[0]


def attributes_of(workspace: Workspace) -> dict[str, str]:
    """The environments by the attributes that speak of them, in lower case."""
    return {attribute_of(workspace, each).lower(): each for each in workspace.environments}


def roles_shown(workspace: Workspace, roles: Assignment, assumptions: Assumptions) -> dict[str, str]:
    """The role extension of an answer: one attribute for each environment that has one (SCIM)."""
    if assumptions.scim_roles_returned == "no":
        return {}
    shown = {}
    for environment in workspace.environments:
        attribute = attribute_of(workspace, environment)
        if attribute in DOCUMENTED or assumptions.scim_extra_environments == "if_there":
            role = role_in(workspace, roles, environment)
            shown[attribute] = NO_ACCESS_SENT if role is None else role.name
    return shown


@rule(
    "SCIM-13",
    "A role is given by its exact name; one that the workspace does not have is refused, and nothing is written.",
    source="Workato docs: SAML role sync (names, case-sensitive); assumption scim_unknown_role",
    standing=Standing.ASSUMED,
)
def must_be_known(role: Role | None, name: str, environment: str, assumptions: Assumptions) -> None:
    if role is None and assumptions.scim_unknown_role == "400":
        text = f"role {shorten(name)} of environment {environment} does not exist in this workspace"
        raise ScimInvalid(Kind.VALUE, f"{text}; role names are case-sensitive")


def default_role(workspace: Workspace) -> dict[str, RoleId | None]:
    """What just-in-time provisioning gives: Operator, or Member in the new model, in DEV only."""
    role = workspace.role_in_use(_DEFAULT[workspace.permission_model])
    return {} if role is None else {_first(workspace): role.id}


def _nothing(workspace: Workspace, assumptions: Assumptions) -> dict[str, RoleId | None]:
    return {}


@choice(
    "SCIM-12",
    "Somebody who is created without a role gets the default one, in DEV only.",
    source="Workato docs: just-in-time provisioning (Operator); assumption scim_default_role",
    standing=Standing.ASSUMED,
    otherwise=_nothing,
)
def roles_without_any(workspace: Workspace, assumptions: Assumptions) -> dict[str, RoleId | None]:
    if assumptions.scim_default_role == "400":
        raise ScimInvalid(Kind.VALUE, f"a role is required: map {ATTRIBUTE}")
    return {} if assumptions.scim_default_role == "no_access" else default_role(workspace)


def roles_written(workspace: Workspace, said: RolesSaid, assumptions: Assumptions) -> dict[str, RoleId | None]:
    """The roles that a request gives, by environment. Raises `ScimInvalid` for one that cannot be.

    An attribute of an environment that the workspace does not have has no effect (`scim_extra_environments`).
    """
    known = attributes_of(workspace)
    written: dict[str, RoleId | None] = {}
    for attribute, value in said.items():
        environment = known.get(attribute.lower())
        if attribute.lower() not in DOCUMENTED and assumptions.scim_extra_environments != "if_there":
            if assumptions.scim_extra_environments == "400":
                raise ScimInvalid(Kind.VALUE, f"{shorten(attribute)} is not an attribute of the role extension")
            continue
        if environment is None:
            continue
        if not value:
            if assumptions.scim_role_empty == "400":
                raise ScimInvalid(Kind.VALUE, f"{attribute} is empty; NoAccess takes a role away")
            if assumptions.scim_role_empty == "no_access":
                written[environment] = None
        elif _is_no_access(value, assumptions):
            written[environment] = None
        else:
            _write_named(workspace, written, environment, value, assumptions)
    return written


def _is_no_access(value: str, assumptions: Assumptions) -> bool:
    spelled = [each for each, values in _NO_ACCESS.items() if value in values]
    return len(spelled) == len(_NO_ACCESS) or (bool(spelled) and assumptions.scim_no_access_spelling in spelled)


def _write_named(
    workspace: Workspace, written: dict[str, RoleId | None], environment: str, name: str, assumptions: Assumptions
) -> None:
    role = workspace.role_in_use(name)
    must_be_known(role, name, environment, assumptions)
    if role is not None:
        written[environment] = role.id
    elif assumptions.scim_unknown_role == "default_role":
        written[environment] = next(iter(default_role(workspace).values()), None)


def roles_removed(
    workspace: Workspace, attributes: frozenset[str], assumptions: Assumptions
) -> dict[str, RoleId | None]:
    """What a PATCH that removes role attributes comes to (assumption `scim_role_removed`)."""
    if not attributes or assumptions.scim_role_removed == "kept":
        return {}
    known = attributes_of(workspace)
    gone = [known[each.lower()] for each in sorted(attributes) if each.lower() in known]
    if assumptions.scim_role_removed == "default_role":
        default = next(iter(default_role(workspace).values()), None)
        return dict.fromkeys(gone, default)
    return dict.fromkeys(gone)


def _cleared(held: Assignment, written: RolesWritten, assumptions: Assumptions) -> Assignment:
    return with_roles(Map(), written)


def _default_again(workspace: Workspace, remembered: Assignment, assumptions: Assumptions) -> Assignment:
    return with_roles(Map(), default_role(workspace))


@choice(
    "SCIM-17",
    "Somebody who is activated again has the roles of before, unless the request brings others, and the same id.",
    source="Okta: test suite for SCIM (same id); assumption scim_reactivation",
    standing=Standing.ASSUMED,
    otherwise=_default_again,
)
def roles_on_return(workspace: Workspace, remembered: Assignment, assumptions: Assumptions) -> Assignment:
    if assumptions.scim_reactivation == "default_role":
        return _default_again(workspace, remembered, assumptions)
    return remembered


@choice(
    "SCIM-14",
    "An update that names no role leaves the roles alone; one that names some touches those environments only.",
    source="Workato docs: SCIM provisioning (hybrid configuration); assumption scim_roles_omitted",
    standing=Standing.ASSUMED,
    otherwise=_cleared,
)
def roles_after(held: Assignment, written: RolesWritten, assumptions: Assumptions) -> Assignment:
    if assumptions.scim_roles_omitted == "cleared" and not written:
        return _cleared(held, written, assumptions)
    return with_roles(held, written)


def _saml_counts(
    synced: Map[str, str], writer: Writer, written: RolesWritten, assumptions: Assumptions
) -> RolesWritten:
    return _without_those_of("saml", synced, writer, written)


@choice(
    "SCIM-22",
    "Of a SCIM update, a SAML sign-in and an administrator's hand, the last one to write a role counts, in each "
    "environment by itself.",
    source="Workato docs: SCIM provisioning FAQs; assumption scim_saml_wins",
    otherwise=_saml_counts,
)
def roles_that_count(
    synced: Map[str, str], writer: Writer, written: RolesWritten, assumptions: Assumptions
) -> RolesWritten:
    contested = any(synced.get(environment, writer) != writer for environment in written)
    if not contested or assumptions.scim_saml_wins == "last_write":
        return written
    return _without_those_of(assumptions.scim_saml_wins, synced, writer, written)


def _without_those_of(wins: str, synced: Map[str, str], writer: Writer, written: RolesWritten) -> RolesWritten:
    """What is written without the environments where the other writer, who wins, has written."""
    if writer == wins:
        return written
    return {environment: role for environment, role in written.items() if synced.get(environment) != wins}
