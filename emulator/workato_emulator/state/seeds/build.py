"""From a seed document to a cloud. Every reference must lead somewhere."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from immutables import Map

from workato_emulator.domain import groups, people
from workato_emulator.domain.assumptions import Assumptions, UnknownAssumption
from workato_emulator.domain.copies import replace
from workato_emulator.domain.data_centers import DATA_CENTERS
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.inheritance import heir
from workato_emulator.domain.invitations import lapse_of
from workato_emulator.domain.project_roles import SYSTEM_PROJECT_ROLES
from workato_emulator.domain.roles import SYSTEM_ROLES
from workato_emulator.domain.values import (
    ALL_COLLABORATORS,
    Account,
    AccountId,
    Cloud,
    Collaborator,
    EmailKey,
    Group,
    GroupId,
    Invitation,
    MemberId,
    Plan,
    ProjectRole,
    Role,
    RoleOrigin,
    RoleType,
    Workspace,
    WorkspaceId,
)
from workato_emulator.state.seeds import activity, clients, members, projects, scim
from workato_emulator.state.seeds.document import (
    AccountSeed,
    CollaboratorSeed,
    GroupSeed,
    InvitationSeed,
    PlanSeed,
    ProjectRoleSeed,
    RoleSeed,
    SeedDocument,
    WorkspaceSeed,
    must_be_of_the_model,
)
from workato_emulator.state.seeds.making import Making
from workato_emulator.state.seeds.problems import Found, SeedProblem, Unread, must_be_known
from workato_emulator.state.seeds.references import group_called
from workato_emulator.state.seeds.rows import UNSAID
from workato_emulator.text import of_another_side
from workato_emulator.text.error_codes.commands import ASSUME_UNKNOWN


def assumptions_of(document: SeedDocument, found: Found) -> Assumptions:
    """The assumptions that a seed switches. One that we do not have is noted."""
    assumptions = Assumptions()
    for name, value in document.assumptions.items():
        if isinstance(value, Unread):
            continue
        with found.apart():
            try:
                assumptions = assumptions.switch({name: value})
            except UnknownAssumption as error:
                said = of_another_side(error.name or "") or str(error)
                raise SeedProblem(f"assumptions.{name}", said, code=ASSUME_UNKNOWN) from None
    return assumptions


def build(
    document: SeedDocument, *, now: datetime, ids: IdFactory, assumptions: Assumptions, found: Found | None = None
) -> Cloud:
    """The cloud that the document describes. Raises `SeedProblem` for all that does not fit, `found` included."""
    found = Found() if found is None else found
    ids.count = max(ids.count, document.ids)
    ids.skip(document.own_ids())
    make = Making(now, ids, assumptions, found)
    cloud = make.each(Cloud(), document.accounts, "accounts", _with_account)
    for slug, workspace in _parents_first(document, found):
        with found.apart():
            cloud = _with_workspace(make, cloud, slug, workspace)
    found.must_be_nothing()
    return cloud


def _parents_first(document: SeedDocument, found: Found) -> list[tuple[str, WorkspaceSeed]]:
    """The workspaces, each after its parent. A parent that is missing, or a child itself, is noted."""
    for slug, workspace in document.workspaces.items():
        with found.apart():
            place = f"workspaces.{slug}.parent"
            if workspace.parent is not None:
                must_be_known(workspace.parent, document.workspaces, place, "workspace")
                if document.workspaces[workspace.parent].parent is not None:
                    raise SeedProblem(place, f"{workspace.parent} has a parent itself")
    return sorted(document.workspaces.items(), key=lambda each: each[1].parent is not None)


def _with_account(make: Making, cloud: Cloud, seed: AccountSeed, place: str) -> Cloud:
    key = make.key(seed.email)
    if key in cloud.accounts:
        make.found.note(SeedProblem(f"{place}.email", f"{seed.email} already has an account"))
    return cloud.with_account(make.value(Account, seed, place), key)


def _with_workspace(make: Making, cloud: Cloud, slug: str, seed: WorkspaceSeed) -> Cloud:
    place = f"workspaces.{slug}"
    known_parent = cloud.slugs.get(seed.parent or "")
    parent = None if known_parent is None else cloud.workspaces[known_parent]
    owner = seed.owner or AccountSeed(name=f"{slug.capitalize()} Owner", email=f"owner@{slug}.example.test")
    id_ = WorkspaceId(make.number(seed.id, place, "id", "workspace"))
    if make.key(owner.email) not in cloud.accounts:
        cloud = _with_account(make, cloud, owner, f"{place}.owner")
    workspace = Workspace(
        id=id_,
        slug=slug,
        name=seed.name or slug.capitalize(),
        permission_model=seed.permission_model,
        environments=tuple(dict.fromkeys(seed.environments)),
        plan=plan_of(seed.plan),
        owner=cloud.accounts[make.key(owner.email)].id,
        created_at=seed.created_at or make.now,
        parent=None if parent is None else parent.id,
        home_assets=seed.home_assets,
        data_center=seed.data_center,
    )
    workspace = make.each(workspace, seed.roles, f"{place}.roles", _with_role)
    workspace = _with_system_roles(make, workspace, place)
    workspace = _with_project_roles(make, workspace, seed, place)
    if _may_have_other_roles(seed, parent):
        workspace = _with_roles_that_are_not_known(make, workspace, place)
    if parent is not None:
        workspace = heir(workspace, parent, make.ids)
    workspace = _with_groups(make, workspace, seed, place)
    cloud, workspace = _with_collaborators(make, cloud, workspace, seed, place)
    workspace = make.each(workspace, seed.invitations, f"{place}.invitations", _with_invitation)
    workspace = replace(
        workspace,
        invited_at=people.by_person({**people.by_spelling(workspace.invited_at), **seed.invited_at}, make.assumptions),
        removed_at=people.by_person(seed.removed_at, make.assumptions),
    )
    workspace = projects.with_assets(make, workspace, seed, place)
    workspace = activity.with_activity(make, workspace, seed, cloud, place)
    workspace, tokens = clients.with_clients(make, workspace, seed, place)
    cloud, workspace, scim_tokens = scim.with_scim(make, cloud, workspace, seed.scim, f"{place}.scim")
    cloud = replace(
        cloud.with_workspace(workspace),
        tokens=cloud.tokens.update(tokens),
        scim_tokens=cloud.scim_tokens.update(scim_tokens),
    )
    if workspace.data_center in DATA_CENTERS:
        return cloud
    return replace(cloud, private_hosts=cloud.private_hosts.set(workspace.data_center, None))


def plan_of(seed: PlanSeed) -> Plan:
    return Plan(
        collaborator_limit=seed.collaborator_limit,
        requests_per_minute=seed.requests_per_minute,
        invitation_cooldown=timedelta(seconds=seed.invitation_cooldown_seconds),
        invitation_lifetime=_seconds(seed.invitation_lifetime_seconds),
        churn_limit=seed.churn_limit,
        churn_window=timedelta(seconds=seed.churn_window_seconds),
    )


def _seconds(value: float | None) -> timedelta | None:
    return None if value is None else timedelta(seconds=value)


# Roles and groups


def _with_role(make: Making, workspace: Workspace, seed: RoleSeed, place: str) -> Workspace:
    type_ = seed.type or workspace.role_type
    make.once(("role", workspace.slug, type_, seed.name), f"{place}.name", f"a second role called {seed.name}")
    return _with_role_of(make, workspace, seed, type_, place)


def _with_role_of(make: Making, workspace: Workspace, seed: RoleSeed, type_: RoleType, place: str) -> Workspace:
    role = make.value(
        Role,
        seed,
        place,
        workspace.slug,
        type=type_,
        privileges=Map(seed.privileges),
        all_folders=not seed.folder_ids if seed.all_folders is None else seed.all_folders,
    )
    return workspace.with_role(role)


def _with_system_roles(make: Making, workspace: Workspace, place: str) -> Workspace:
    """Those of both permission models that the seed does not describe itself."""
    known = {(role.type, role.name) for role in workspace.roles.values()}
    for type_, names in SYSTEM_ROLES.items():
        for name, privileges in names.items():
            if (type_, name) not in known:
                system = RoleSeed(name=name, origin=RoleOrigin.SYSTEM, privileges=privileges)
                workspace = _with_role_of(make, workspace, system, type_, place)
    return workspace


def _may_have_other_roles(seed: WorkspaceSeed, parent: Workspace | None) -> bool:
    """Whether the part of the seed that says which roles there are was not read as a whole."""
    if parent is None and seed.parent is not None:
        return True
    inherited = () if parent is None else (*parent.roles.values(), *parent.project_roles.values())
    return (
        "permission_model" in seed.unread
        or any(isinstance(role.name, Unread) for role in inherited)
        or any(role.unread & {"type", "origin"} for role in (*seed.roles, *seed.project_roles))
    )


def _with_roles_that_are_not_known(make: Making, workspace: Workspace, place: str) -> Workspace:
    for type_ in RoleType:
        workspace = _with_role_of(make, workspace, RoleSeed(name=Unread()), type_, place)
    return _with_project_role(make, workspace, ProjectRoleSeed(name=Unread()), place)


def _with_project_roles(make: Making, workspace: Workspace, seed: WorkspaceSeed, place: str) -> Workspace:
    place = f"{place}.project_roles"
    known = {each.name for each in seed.project_roles}
    for index, each in enumerate(seed.project_roles):
        with make.found.apart():
            must_be_of_the_model(seed, each.id, f"{place}.{index}", "project roles")
        workspace = _with_project_role(make, workspace, each, f"{place}.{index}")
    for name, config in SYSTEM_PROJECT_ROLES.items():
        if name not in known:
            system = ProjectRoleSeed(name=name, origin=RoleOrigin.SYSTEM, config=config)
            workspace = _with_project_role(make, workspace, system, place)
    return workspace


def _with_project_role(make: Making, workspace: Workspace, seed: ProjectRoleSeed, place: str) -> Workspace:
    name = seed.name
    make.once(("project role", workspace.slug, name), f"{place}.name", f"a second project role called {name}")
    if name in SYSTEM_PROJECT_ROLES and seed.origin is not RoleOrigin.SYSTEM:
        make.found.note(SeedProblem(f"{place}.name", f"{name} is a system project role's name"))
    role = make.value(ProjectRole, seed, place, workspace.slug)
    return replace(workspace, project_roles=workspace.project_roles.set(role.id, role))


def _with_groups(make: Making, workspace: Workspace, seed: WorkspaceSeed, place: str) -> Workspace:
    for index, each in enumerate(seed.groups):
        here = f"{place}.groups.{index}"
        with make.found.apart():
            must_be_of_the_model(seed, each.id, here, "collaborator groups")
        workspace = _with_group(make, workspace, each, here)
    if any(group.system for group in workspace.groups.values()):
        return workspace
    return workspace.with_group(groups.system_group(make.now, make.ids))


def _with_group(make: Making, workspace: Workspace, seed: GroupSeed, place: str) -> Workspace:
    if seed.id is None:  # with ids, two of one name can be told apart
        make.once(("group", workspace.slug, seed.name), f"{place}.name", f"a second group called {seed.name}")
        if seed.name == ALL_COLLABORATORS and not seed.system:
            make.found.note(SeedProblem(f"{place}.name", f"{seed.name} is the system group's name"))
    members = Map({MemberId(member): None for member in seed.former_members})
    return workspace.with_group(make.value(Group, seed, place, workspace.slug, members=members))


# People


def _with_collaborators(
    make: Making, cloud: Cloud, workspace: Workspace, seed: WorkspaceSeed, place: str
) -> tuple[Cloud, Workspace]:
    """The workspace with its collaborators, who are in their groups, and the cloud with their accounts."""
    accounts: dict[EmailKey, Account] = {}
    there: dict[EmailKey, Collaborator] = {}
    joined: dict[GroupId, dict[MemberId, None]] = {}
    for index, each in enumerate(seed.collaborators):
        here = f"{place}.collaborators.{index}"
        key = make.key(each.email)
        account = _account_of(make, cloud, accounts, each)
        there[key] = collaborator = members.collaborator(make, workspace, each, account, here, twice=key in there)
        if each.groups:  # most have none
            for id_ in _group_ids(make, workspace, each.groups, here):
                joined.setdefault(id_, {})[collaborator.id] = None
    workspace = workspace.with_collaborators(there)
    for id_, joining in joined.items():
        group = workspace.groups[id_]
        workspace = workspace.with_group(replace(group, members=group.members.update(joining)))
    return cloud.with_accounts(accounts), workspace


def _account_of(make: Making, cloud: Cloud, new: dict[EmailKey, Account], seed: CollaboratorSeed) -> Account:
    """The account of a collaborator: one that is there already, or one of the `new` ones."""
    key = people.key_of(seed.email, make.assumptions)
    account = cloud.accounts.get(key) or new.get(key)
    if account is None:
        account = new[key] = Account(AccountId(make.ids.number()), seed.name, seed.email, make.now)
    return account


def _with_invitation(make: Making, workspace: Workspace, seed: InvitationSeed, place: str) -> Workspace:
    key = make.key(seed.email)
    if key in workspace.members_by_email or key in workspace.invitations:
        make.found.note(SeedProblem(f"{place}.email", f"{seed.email} is already in {workspace.slug}"))
    invited_at = seed.invited_at or make.now
    usual = lapse_of(workspace, invited_at, make.assumptions)
    invitation = make.value(
        Invitation,
        seed,
        place,
        workspace.slug,
        roles=members.assignment(make, workspace, seed, place),
        groups=_group_ids(make, workspace, seed.groups, place),
        lapses_at=usual if seed.lapses_at is UNSAID else seed.lapses_at,
    )
    return replace(
        workspace.with_invitation(invitation, key),
        invited_at=people.with_note(workspace.invited_at, key, seed.email, invited_at),
    )


def _group_ids(make: Making, workspace: Workspace, names: Iterable[str], place: str) -> tuple[GroupId, ...]:
    ids: list[GroupId] = []
    for index, name in enumerate(names):
        with make.found.apart():
            here = f"{place}.groups.{index}"
            group = group_called(workspace, name, here)
            if group.system:
                raise SeedProblem(here, f"{name} holds everybody and cannot be given")
            ids.append(group.id)
    return tuple(ids)
