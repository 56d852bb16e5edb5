"""One person of a seed: the account, and the roles in the workspace."""

from collections.abc import Mapping
from typing import TypeAlias

from immutables import Map

from workato_emulator.domain.roles import assigned_role, role_in
from workato_emulator.domain.values import Account, Assignment, Collaborator, MemberId, RoleId, RoleType, Workspace
from workato_emulator.state.seeds.document import CollaboratorSeed, DeactivatedSeed, InvitationSeed
from workato_emulator.state.seeds.making import Making
from workato_emulator.state.seeds.problems import SeedProblem, Unread, must_be_known, unknown
from workato_emulator.text.wording import show

Person: TypeAlias = CollaboratorSeed | DeactivatedSeed | InvitationSeed


def collaborator(
    make: Making,
    workspace: Workspace,
    seed: CollaboratorSeed | DeactivatedSeed,
    account: Account,
    place: str,
    *,
    twice: bool,
) -> Collaborator:
    """The membership of whoever has this account. That somebody is there `twice` is noted."""
    if twice:
        make.found.note(SeedProblem(f"{place}.email", f"duplicate collaborator {seed.email}"))
    of_the_account = make.assumptions.member_id == "account" and not twice and not isinstance(seed.email, Unread)
    usual = account.id if of_the_account else None
    return make.value(
        Collaborator,
        seed,
        place,
        id=MemberId(make.number(seed.id or usual, place, "id", "collaborator", workspace.slug)),
        account=account.id,
        roles=assignment(make, workspace, seed, place),
        time_zone=seed.time_zone or account.time_zone,
    )


def assignment(make: Making, workspace: Workspace, person: Person, place: str) -> Assignment:
    """Somebody's roles of the workspace's model, and those of the other one that are not migrated.

    Most people hold what many hold, who then share one value.
    """
    roles, unmigrated = person.roles, person.unmigrated_roles
    said = workspace.slug, (*roles.items(),), (*unmigrated.items(),)
    known = make.assignments.get(said)
    if known is not None:
        return known
    problems = len(make.found)
    own = workspace.role_type
    other = next(type_ for type_ in RoleType if type_ is not own)
    held = Map(
        _assigned_roles(make, workspace, unmigrated, other, f"{place}.unmigrated_roles")
        | _assigned_roles(make, workspace, roles, own, f"{place}.roles")
    )
    if len(make.found) == problems:  # what is wrong with it is told of each
        make.assignments[said] = held
    return held


def _assigned_roles(
    make: Making, workspace: Workspace, roles: Mapping[str, str], type_: RoleType, place: str
) -> dict[str, RoleId]:
    held: dict[str, RoleId] = {}
    there = make.roles_called(workspace.roles, type_)
    for environment, name in roles.items():
        here = f"{place}.{environment}"
        if environment not in workspace.environments:
            with make.found.apart():
                must_be_known(environment, workspace.environments, here, "environment")
        if name in there:
            held[environment] = there[name]
            continue
        with make.found.apart():
            known = [each.name for each in workspace.roles.values() if each.type is type_]
            raise unknown(name, known, here, f"no role called {show(name)}")
    return held


def role_names(workspace: Workspace, roles: Assignment) -> dict[str, str]:
    named = {environment: role_in(workspace, roles, environment) for environment in sorted(roles)}
    return {environment: role.name for environment, role in named.items() if role is not None}


def unmigrated_role_names(workspace: Workspace, roles: Assignment) -> dict[str, str]:
    """Roles of the model that the workspace is not on: they wait for their migration."""
    named = {environment: assigned_role(workspace, roles, environment) for environment in sorted(roles)}
    return {
        environment: role.name
        for environment, role in named.items()
        if role is not None and role.type is not workspace.role_type
    }
