"""From a seed document to a cloud. Every reference must lead somewhere."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from immutables import Map

from workato_emulator.domain import groups as groups_
from workato_emulator.domain import people
from workato_emulator.domain.assumptions import Assumptions, UnknownAssumption
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
    Assignment,
    Cloud,
    Collaborator,
    Group,
    GroupId,
    Invitation,
    InvitationId,
    MemberId,
    Plan,
    ProjectRole,
    ProjectRoleId,
    Role,
    RoleId,
    RoleOrigin,
    RoleType,
    TokenOwner,
    Workspace,
    WorkspaceId,
)
from workato_emulator.state.seeds import activity, projects
from workato_emulator.state.seeds.clients import with_clients
from workato_emulator.state.seeds.document import (
    AccountSeed,
    ApiClientSeed,
    ClientRoleSeed,
    CollaboratorSeed,
    FolderSeed,
    InvitationSeed,
    PlanSeed,
    ProjectRoleSeed,
    RoleSeed,
    SeedDocument,
    WorkspaceSeed,
    api_clients_of,
    must_be_of_the_model,
)
from workato_emulator.state.seeds.problems import Found, SeedProblem, must_be_known, nearest
from workato_emulator.state.seeds.references import group_called
from workato_emulator.text.error_codes.commands import ASSUME_UNKNOWN, SEED_UNKNOWN_NAME


def assumptions_of(document: SeedDocument, found: Found) -> Assumptions:
    """The assumptions that a seed switches. One that we do not have is noted."""
    assumptions = Assumptions()
    for name, value in document.assumptions.items():
        with found.apart():
            try:
                assumptions = assumptions.switched({name: value})
            except UnknownAssumption as error:
                raise SeedProblem(f"assumptions.{name}", str(error), code=ASSUME_UNKNOWN) from None
    return assumptions


def build(
    document: SeedDocument, *, now: datetime, ids: IdFactory, assumptions: Assumptions, found: Found | None = None
) -> Cloud:
    """The cloud that the document describes. Raises `SeedProblem` for all that does not fit, `found` included."""
    found = Found() if found is None else found
    ids.count = max(ids.count, document.ids)
    for number in _numbers_in(document):
        ids.skip(number)
    builder = _Builder(now, ids, assumptions, found)
    for index, account in enumerate(document.accounts):
        with found.apart():
            builder.account(account, f"accounts.{index}")
    for slug, workspace in _parents_first(document, found):
        with found.apart():
            builder.workspace(slug, workspace)
    found.must_be_nothing()
    return builder.cloud


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


def _numbers_in(document: SeedDocument) -> Iterator[int]:
    """The numeric ids that the document brings along."""
    workspaces = document.workspaces.values()
    rows: Iterable[
        AccountSeed
        | WorkspaceSeed
        | RoleSeed
        | CollaboratorSeed
        | InvitationSeed
        | FolderSeed
        | ClientRoleSeed
        | ApiClientSeed
    ] = (
        *document.accounts,
        *workspaces,
        *(each.owner for each in workspaces if each.owner is not None),
        *(row for each in workspaces for row in each.roles),
        *(row for each in workspaces for row in each.collaborators),
        *(row for each in workspaces for row in each.invitations),
        *(row for each in workspaces for row in projects.folders_in(each)),
        *(row for each in workspaces for row in each.client_roles),
        *(row for each in workspaces for row in each.api_clients or ()),
    )
    yield from (row.id for row in rows if row.id is not None)
    yield from (row.folder_id for each in workspaces for row in each.projects if row.folder_id is not None)
    yield from (id_ for each in workspaces for id_ in (*each.environment_ids.values(), *each.homes.values()))
    yield from (row.number for each in workspaces for row in each.project_roles if row.number is not None)
    yield from (member for each in workspaces for row in each.groups for member in row.former_members)
    for each in workspaces:
        yield from (entry.actor for entry in each.activity if isinstance(entry.actor, int))


class _Builder:
    def __init__(self, now: datetime, ids: IdFactory, assumptions: Assumptions, found: Found) -> None:
        self._found = found
        self.cloud = Cloud()
        self._taken: set[tuple[str, int | str]] = set()
        self._now = now
        self._ids = ids
        self._assumptions = assumptions

    def _number(self, explicit: int | None, kind: str, place: str) -> int:
        """The id that the seed gives, or else a fresh one. Raises `SeedProblem` for another's id."""
        number = self._ids.number() if explicit is None else explicit
        self._take(number, kind, place)
        return number

    def _take(self, id_: int | str, kind: str, place: str) -> None:
        if (kind, id_) in self._taken:
            raise SeedProblem(f"{place}.id", f"{id_} is the id of another one")
        self._taken.add((kind, id_))

    def account(self, seed: AccountSeed, place: str) -> Account:
        key = people.filed_under(seed.email, self._assumptions)
        if key in self.cloud.accounts:
            raise SeedProblem(f"{place}.email", f"{seed.email} already has an account")
        account = Account(
            AccountId(self._number(seed.id, "account", place)),
            seed.name,
            seed.email,
            seed.created_at or self._now,
            seed.time_zone,
        )
        self.cloud = self.cloud.with_account(account, key)
        return account

    def workspace(self, slug: str, seed: WorkspaceSeed) -> None:
        place = f"workspaces.{slug}"
        known_parent = self.cloud.slugs.get(seed.parent or "")
        parent = None if known_parent is None else self.cloud.workspaces[known_parent]
        owner_seed = seed.owner or AccountSeed(name=f"{slug.capitalize()} Owner", email=f"owner@{slug}.example.test")
        owner = self.cloud.accounts.get(people.filed_under(owner_seed.email, self._assumptions))
        workspace = Workspace(
            id=WorkspaceId(self._number(seed.id, "workspace", place)),
            slug=slug,
            name=seed.name or slug.capitalize(),
            permission_model=seed.permission_model,
            environments=tuple(dict.fromkeys(seed.environments)),
            plan=plan_of(seed.plan),
            owner=(owner or self.account(owner_seed, f"{place}.owner")).id,
            created_at=seed.created_at or self._now,
            parent=None if parent is None else parent.id,
            home_assets=seed.home_assets,
            data_center=seed.data_center,
        )
        workspace = replace(workspace, roles=self._roles(workspace, seed.roles, place))
        workspace = replace(workspace, project_roles=self._project_roles(seed, place))
        if parent is not None:
            workspace = heir(workspace, parent, self._ids)
        workspace = replace(workspace, groups=self._groups(seed, place))
        workspace = self._collaborators(workspace, seed, place)
        workspace = self._invitations(workspace, seed, place)
        workspace = replace(
            workspace,
            invited_at=people.keyed({**people.spelled(workspace.invited_at), **seed.invited_at}, self._assumptions),
            removed_at=people.keyed({email: tuple(at) for email, at in seed.removed_at.items()}, self._assumptions),
        )
        make = projects.Maker(self._number, self._take, self._ids, self._now, self._assumptions, self._found)
        workspace = projects.with_assets(workspace, seed, place, make)
        workspace = activity.with_activity(workspace, seed, self.cloud, self._assumptions, place, self._found)
        self._clients(workspace, seed, place)

    def _roles(self, workspace: Workspace, seeds: Iterable[RoleSeed], place: str) -> Map[RoleId, Role]:
        made: dict[tuple[RoleType, str], Role] = {}
        for index, seed in enumerate(seeds):
            with self._found.apart():
                type_ = seed.type or workspace.role_type
                if (type_, seed.name) in made:
                    raise SeedProblem(f"{place}.roles.{index}.name", f"a second role called {seed.name}")
                made[type_, seed.name] = self._role(seed, type_, workspace.slug, f"{place}.roles.{index}")
        for type_, names in SYSTEM_ROLES.items():
            for name, privileges in names.items():
                if (type_, name) not in made:
                    system = RoleSeed(name=name, origin=RoleOrigin.SYSTEM, privileges=_lists(privileges))
                    made[type_, name] = self._role(system, type_, workspace.slug, place)
        return Map({role.id: role for role in made.values()})

    def _role(self, seed: RoleSeed, type_: RoleType, slug: str, place: str) -> Role:
        return Role(
            RoleId(self._number(seed.id, f"role of {slug}", place)),
            seed.name,
            type_,
            seed.origin,
            seed.created_at or self._now,
            seed.updated_at or self._now,
            Map({label: tuple(actions) for label, actions in seed.privileges.items()}),
            not seed.folder_ids if seed.all_folders is None else seed.all_folders,
            tuple(seed.folder_ids),
            seed.config,
        )

    def _project_roles(self, seed: WorkspaceSeed, place: str) -> Map[ProjectRoleId, ProjectRole]:
        system = (
            ProjectRoleSeed(name=name, origin=RoleOrigin.SYSTEM, config=dict(config))
            for name, config in SYSTEM_PROJECT_ROLES.items()
            if all(each.name != name for each in seed.project_roles)
        )
        made: dict[str, ProjectRole] = {}
        for index, each in enumerate((*seed.project_roles, *system)):
            with self._found.apart():
                here = f"{place}.project_roles.{index}"
                if each.name in made:
                    raise SeedProblem(f"{here}.name", f"a second project role called {each.name}")
                if index < len(seed.project_roles):
                    must_be_of_the_model(seed, each.id, here, "project roles")
                if each.name in SYSTEM_PROJECT_ROLES and each.origin is not RoleOrigin.SYSTEM:
                    raise SeedProblem(f"{here}.name", f"{each.name} is a system project role's name")
                id_ = each.id or self._ids.handle("pr")
                self._take(id_, f"project role of {place}", here)
                made[each.name] = ProjectRole(
                    ProjectRoleId(id_),
                    self._number(each.number, f"number of a project role of {place}", here),
                    each.name,
                    each.origin,
                    each.config,
                    each.created_at or self._now,
                    each.updated_at or self._now,
                )
        return Map({role.id: role for role in made.values()})

    def _groups(self, seed: WorkspaceSeed, place: str) -> Map[GroupId, Group]:
        made: list[Group] = []
        names: set[str] = set()
        for index, each in enumerate(seed.groups):
            with self._found.apart():
                if each.id is None and each.name in names:  # with ids, they can be told apart
                    raise SeedProblem(f"{place}.groups.{index}.name", f"a second group called {each.name}")
                if each.id is None and each.name == ALL_COLLABORATORS and not each.system:
                    raise SeedProblem(f"{place}.groups.{index}.name", f"{each.name} is the system group's name")
                with self._found.apart():  # a group that may not be is a group that others may name
                    must_be_of_the_model(seed, each.id, f"{place}.groups.{index}", "collaborator groups")
                id_ = each.id or self._ids.handle("pf")
                self._take(id_, f"group of {place}", f"{place}.groups.{index}")
                group = Group(
                    GroupId(id_),
                    each.name,
                    each.description,
                    each.system,
                    each.created_at or self._now,
                    each.updated_at or self._now,
                    Map({MemberId(member): None for member in each.former_members}),
                )
                made.append(group)
                names.add(each.name)
        if not any(group.system for group in made):
            made.append(groups_.system_group(self._now, self._ids))
        return Map({group.id: group for group in made})

    def _collaborators(self, workspace: Workspace, seed: WorkspaceSeed, place: str) -> Workspace:
        for index, each in enumerate(seed.collaborators):
            with self._found.apart():
                here = f"{place}.collaborators.{index}"
                key = people.filed_under(each.email, self._assumptions)
                if key in workspace.members_by_email:
                    raise SeedProblem(f"{here}.email", f"duplicate collaborator {each.email}")
                self.cloud, account = people.account_for(
                    self.cloud, each.email, each.name, self._now, self._ids, self._assumptions
                )
                usual = account.id if self._assumptions.member_id == "account" else None
                member = MemberId(self._number(each.id or usual, f"collaborator of {workspace.slug}", here))
                joined = each.joined_at or self._now
                collaborator = Collaborator(
                    member,
                    account.id,
                    each.name,
                    each.email,
                    _assignment(workspace, each, here, self._found),
                    joined,
                    each.grant_type,
                    each.external_id,
                    each.time_zone or account.time_zone,
                )
                workspace = workspace.with_collaborator(collaborator, key)
                for group_id in _group_ids(workspace, each.groups, here, self._found):
                    group = workspace.groups[group_id]
                    workspace = workspace.with_group(replace(group, members=group.members.set(member, None)))
        return workspace

    def _invitations(self, workspace: Workspace, seed: WorkspaceSeed, place: str) -> Workspace:
        for index, each in enumerate(seed.invitations):
            with self._found.apart():
                here = f"{place}.invitations.{index}"
                key = people.filed_under(each.email, self._assumptions)
                if key in workspace.members_by_email or key in workspace.invitations:
                    raise SeedProblem(f"{here}.email", f"{each.email} is already in {workspace.slug}")
                invited_at = each.invited_at or self._now
                said = "lapses_at" in each.model_fields_set  # null, in an export, means that it never does
                invitation = Invitation(
                    InvitationId(self._number(each.id, f"invitation of {workspace.slug}", here)),
                    each.name,
                    each.email,
                    _assignment(workspace, each, here, self._found),
                    _group_ids(workspace, each.groups, here, self._found),
                    invited_at,
                    each.lapses_at if said else lapse_of(workspace, invited_at, self._assumptions),
                )
                workspace = replace(
                    workspace.with_invitation(invitation, key),
                    invited_at=people.noted(workspace.invited_at, key, each.email, invited_at),
                )
        return workspace

    def _clients(self, workspace: Workspace, seed: WorkspaceSeed, place: str) -> None:
        workspace = with_clients(workspace, seed, self._number, self._now, self._found)
        tokens = self.cloud.tokens
        made = {client.name: client.id for client in workspace.clients.values()}
        for index, each in enumerate(api_clients_of(workspace.slug, seed)):
            with self._found.apart():
                if each.token in tokens:
                    raise SeedProblem(
                        f"{place}.api_clients.{index}.token", "this token already belongs to an API client"
                    )
                if each.name in made:
                    tokens = tokens.set(each.token, TokenOwner(workspace.id, made[each.name]))
        self.cloud = replace(self.cloud.with_workspace(workspace), tokens=tokens)
        if workspace.data_center not in DATA_CENTERS:
            hosts = self.cloud.private_hosts.set(workspace.data_center, None)
            self.cloud = replace(self.cloud, private_hosts=hosts)


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


def _lists(privileges: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {label: list(actions) for label, actions in privileges.items()}


def _assignment(
    workspace: Workspace, person: CollaboratorSeed | InvitationSeed, place: str, found: Found
) -> Assignment:
    """Somebody's roles of the workspace's model, and those of the other one that are not migrated."""
    other = next(type_ for type_ in RoleType if type_ is not workspace.role_type)
    return _held(workspace, person.unmigrated_roles, other, f"{place}.unmigrated_roles", found).update(
        _held(workspace, person.roles, workspace.role_type, f"{place}.roles", found)
    )


def _held(workspace: Workspace, roles: Mapping[str, str], type_: RoleType, place: str, found: Found) -> Assignment:
    held: dict[str, RoleId] = {}
    for environment, name in roles.items():
        with found.apart():
            must_be_known(environment, workspace.environments, f"{place}.{environment}", "environment")
            role = workspace.role(name, type_)
            if role is None:
                known = [each.name for each in workspace.roles.values() if each.type is type_]
                missing = f"no role called {name!r}"
                raise SeedProblem(f"{place}.{environment}", missing, nearest(name, known), code=SEED_UNKNOWN_NAME)
            held[environment] = role.id
    return Map(held)


def _group_ids(workspace: Workspace, names: Iterable[str], place: str, found: Found) -> tuple[GroupId, ...]:
    ids: list[GroupId] = []
    for index, name in enumerate(names):
        with found.apart():
            here = f"{place}.groups.{index}"
            group = group_called(workspace, name, here)
            if group.system:
                raise SeedProblem(here, f"{name} holds everybody and cannot be given")
            ids.append(group.id)
    return tuple(ids)
