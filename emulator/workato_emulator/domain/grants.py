"""Project grants: who holds which project role in which project.

A grant is found by its id, by its holder and by its project, so that neither a person's removal nor a project's ever
looks at the grants of others.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from immutables import Map
from msgspec import Struct

from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory, number_in
from workato_emulator.domain.project_roles import project_role_or_none
from workato_emulator.domain.refusals import Invalid, NotFound, shorten
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import (
    Grant,
    GrantId,
    GroupId,
    Holder,
    MemberId,
    PermissionModel,
    Project,
    ProjectId,
    ProjectRole,
    ProjectRoleId,
    Workspace,
)

K = TypeVar("K", Holder, ProjectId, ProjectRoleId)

MOST_AT_ONCE = 100


class HolderType(StrEnum):
    """How a request says what kind of holder an id belongs to."""

    USER = "User"
    GROUP = "UserGroup"


class GrantRequest(Struct, frozen=True):
    """One grant of a request: ids as they were sent, texts or the digits of numbers."""

    type: HolderType
    holder: str
    role: str


def grant_of(workspace: Workspace, grant: str) -> Grant:
    """The grant with this handle, of a project that is there. Raises `NotFound`."""
    found = workspace.grants.get(GrantId(grant))
    if found is None or found.project not in workspace.projects:
        raise NotFound
    return found


def grants_held_by(workspace: Workspace, holder: Holder) -> list[Grant]:
    """The grants of one collaborator or one group themselves: not what comes to a collaborator through groups."""
    return _in_order(workspace, workspace.grants_held.get(holder, ()))


def in_project(workspace: Workspace, project: ProjectId) -> list[Grant]:
    """Everybody's grants in this project: collaborators first, then groups."""
    return _in_order(workspace, workspace.grants_in.get(project, ()))


def grants_giving_access(workspace: Workspace, member: MemberId) -> list[Grant]:
    """Every grant that gives this collaborator access: their own, and those of all groups they are in.

    Grants count on the permission model that has them, and nowhere else.
    """
    if workspace.permission_model is PermissionModel.LEGACY_ROLES:
        return []
    groups = [group for group in workspace.groups.values() if group.system or member in group.members]
    holders: list[Holder] = [member, *(group.id for group in groups)]
    return _in_order(workspace, (id_ for holder in holders for id_ in workspace.grants_held.get(holder, ())))


def _in_order(workspace: Workspace, ids: Iterable[GrantId]) -> list[Grant]:
    def place(grant: Grant) -> tuple[int, bool, MemberId | GroupId, GrantId]:
        return grant.project, grant.group is not None, grant.holder, grant.id

    # A holder is compared with its own kind only: what kind it is comes before it.
    return sorted((workspace.grants[id_] for id_ in ids), key=place)


@rule(
    "GRT-1",
    "A grant is for a collaborator or a collaborator group of the workspace; an invitee has no id to be granted to.",
    source="Workato API: Project grants; the answer to an unknown id is our reading",
    standing=Standing.ASSUMED,
)
def must_be_in_the_workspace(workspace: Workspace, holder: Holder) -> None:
    if isinstance(holder, str):
        if holder not in workspace.groups:
            raise Invalid(f"User group {shorten(str(holder))} not found")
    elif holder not in workspace.collaborators:
        raise Invalid(f"User {holder} not found")


@rule(
    "GRT-2",
    "A grant gives a project role that the workspace has.",
    source="Workato API: Project grants; the answer to an unknown id is our reading",
    standing=Standing.ASSUMED,
)
def must_be_a_project_role(role: ProjectRole | None, asked: str) -> None:
    if role is None:
        raise Invalid(f"Project role {shorten(str(asked))} not found")


@rule(
    "GRT-3",
    "One request adds or updates at most 100 grants.",
    source="Workato API reference: Add or update project grants",
)
def must_not_be_too_many(asked: tuple[GrantRequest, ...]) -> None:
    if len(asked) > MOST_AT_ONCE:
        raise Invalid(f"project_grants has more than {MOST_AT_ONCE} entries")


def _always_another(workspace: Workspace, project: ProjectId, holder: Holder) -> Grant | None:
    return None


@choice(
    "GRT-4",
    "A holder has one grant in a project: another one replaces its role and keeps its id.",
    source="Workato API reference: Add or update project grants; that it is one is our reading",
    standing=Standing.ASSUMED,
    otherwise=_always_another,
)
def grant_to_update(workspace: Workspace, project: ProjectId, holder: Holder) -> Grant | None:
    held: Map[GrantId, None] = workspace.grants_held.get(holder, Map())
    there: Map[GrantId, None] = workspace.grants_in.get(project, Map())
    some = (workspace.grants[id_] for id_ in min(held, there, key=len))
    return next((grant for grant in some if (grant.project, grant.holder) == (project, holder)), None)


def _outlive(workspace: Workspace, grants: Iterable[Grant]) -> Workspace:
    return workspace


@choice(
    "GRT-5",
    "A grant ends with the collaborator or the group that holds it, and with its project.",
    source="inferred: a grant names all of them",
    standing=Standing.ASSUMED,
    otherwise=_outlive,
)
def end_grants(workspace: Workspace, grants: Iterable[Grant]) -> Workspace:
    for grant in grants:
        workspace = without_grant(workspace, grant)
    return workspace


def put(
    workspace: Workspace, project: Project, asked: tuple[GrantRequest, ...], *, ids: IdFactory
) -> tuple[Workspace, list[Grant], frozenset[GrantId]]:
    """The workspace with these grants in the project, all or none; the grants, once each; and which of them are new.

    Raises `Invalid` for an unknown holder or project role, and for more than a hundred of them.
    """
    must_not_be_too_many(asked)
    given: dict[GrantId, Grant] = {}
    new: set[GrantId] = set()
    for each in asked:
        holder = _holder(each)
        must_be_in_the_workspace(workspace, holder)
        role = _role(workspace, each.role)
        held = grant_to_update(workspace, project.id, holder)
        if held is None:
            held = Grant(GrantId(ids.handle("pg")), project.id, role, holder)
            new.add(held.id)
        given[held.id] = replace(held, role=role)
        workspace = with_grant(workspace, given[held.id])
    return workspace, list(given.values()), frozenset(new)


def with_role(workspace: Workspace, grant: Grant, role: str) -> tuple[Workspace, Grant]:
    """The workspace in which this grant gives another role. Raises `Invalid` for a role that is not there."""
    changed = replace(grant, role=_role(workspace, role))
    return with_grant(workspace, changed), changed


def _holder(asked: GrantRequest) -> Holder:
    if asked.type is HolderType.GROUP:
        return GroupId(asked.holder)
    number = number_in(asked.holder)
    if number is None:
        raise Invalid(f"User {asked.holder} not found")
    return MemberId(number)


def _role(workspace: Workspace, asked: str) -> ProjectRoleId:
    """The role with this handle or number; the documentation shows both forms."""
    role = project_role_or_none(workspace, asked)
    must_be_a_project_role(role, asked)
    return ProjectRoleId(asked) if role is None else role.id


def with_grant(workspace: Workspace, grant: Grant) -> Workspace:
    """The workspace with this grant, in place of one with its id."""
    before = workspace.grants.get(grant.id)
    if before is not None:
        workspace = without_grant(workspace, before)
    return replace(
        workspace,
        grants=workspace.grants.set(grant.id, grant),
        grants_held=_with(workspace.grants_held, grant.holder, grant.id),
        grants_in=_with(workspace.grants_in, grant.project, grant.id),
        grants_of=_with(workspace.grants_of, grant.role, grant.id),
    )


def without_grant(workspace: Workspace, grant: Grant) -> Workspace:
    """The workspace without this grant, its indexes as if it had never been there."""
    return replace(
        workspace,
        grants=workspace.grants.delete(grant.id),
        grants_held=_without(workspace.grants_held, grant.holder, grant.id),
        grants_in=_without(workspace.grants_in, grant.project, grant.id),
        grants_of=_without(workspace.grants_of, grant.role, grant.id),
    )


def _with(index: Map[K, Map[GrantId, None]], key: K, grant: GrantId) -> Map[K, Map[GrantId, None]]:
    there: Map[GrantId, None] = index.get(key, Map())
    return index.set(key, there.set(grant, None))


def _without(index: Map[K, Map[GrantId, None]], key: K, grant: GrantId) -> Map[K, Map[GrantId, None]]:
    left = index[key].delete(grant)
    return index.set(key, left) if left else index.delete(key)
