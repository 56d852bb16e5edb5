"""SCIM of a workspace, in seeds and in exports: its settings and tokens, and what it keeps of people."""

from collections.abc import Mapping
from typing import Any

from immutables import Map

from workato_emulator.domain import people
from workato_emulator.domain.copies import replace
from workato_emulator.domain.values import Cloud, ScimPerson, ScimSettings, Workspace, WorkspaceId
from workato_emulator.state.seeds import members
from workato_emulator.state.seeds.document import DeactivatedSeed, ScimPersonSeed, ScimSeed
from workato_emulator.state.seeds.making import Making
from workato_emulator.state.seeds.problems import unknown
from workato_emulator.state.seeds.rows import UNSAID
from workato_emulator.text.wording import show

Data = dict[str, Any]


def with_scim(
    make: Making, cloud: Cloud, workspace: Workspace, seed: ScimSeed | None, place: str
) -> tuple[Cloud, Workspace, Mapping[str, WorkspaceId]]:
    """The workspace with what the seed says of SCIM, the cloud with everybody's account, and what each token opens."""
    if seed is None:
        return cloud, workspace, {}
    tokens = seed.tokens if seed.token is None else (seed.token,)
    for index, token in enumerate(tokens):
        where = f"{place}.token" if seed.token is not None else f"{place}.tokens.{index}"
        make.once(("token", token), where, "this token already opens something")
    settings = ScimSettings(seed.licensed, seed.sso, seed.jit, seed.role_sync, tokens)
    workspace = make.each(replace(workspace, scim=settings), seed.people, f"{place}.people", _with_person)
    for index, each in enumerate(seed.deactivated):
        cloud, workspace = _with_deactivated(make, cloud, workspace, each, f"{place}.deactivated.{index}")
    return cloud, workspace, dict.fromkeys(tokens, workspace.id)


def _with_person(make: Making, workspace: Workspace, seed: ScimPersonSeed, place: str) -> Workspace:
    key = make.key(seed.email)
    number = workspace.members_by_email.get(key)
    if number is None:
        known = [each.email for each in workspace.collaborators.values()]
        raise unknown(seed.email, known, f"{place}.email", f"no collaborator called {show(seed.email)}")
    member = workspace.collaborators[number]
    created_at = seed.created_at or member.joined_at
    kept = ScimPerson(number, created_at, seed.updated_at or created_at, seed.external_id, None, Map(seed.synced))
    return workspace.with_scim_person(kept, key)


def _with_deactivated(
    make: Making, cloud: Cloud, workspace: Workspace, seed: DeactivatedSeed, place: str
) -> tuple[Cloud, Workspace]:
    key = make.key(seed.email)
    twice = key in workspace.members_by_email or key in workspace.scim_left
    cloud, account = people.account_for(cloud, seed.email, seed.name, make.now, make.ids, make.assumptions)
    left = members.collaborator(make, workspace, seed, account, place, twice=twice)
    created_at = seed.created_at or left.joined_at
    kept = ScimPerson(left.id, created_at, seed.updated_at or created_at, seed.scim_external_id, left, Map(seed.synced))
    return cloud, workspace.with_scim_person(kept, key)


def export(workspace: Workspace) -> Data | None:
    """The row of a workspace; nothing where SCIM was never set up and nobody is kept."""
    settings = workspace.scim
    if settings is None:
        return None
    kept = sorted(workspace.scim_people.values(), key=lambda each: each.id)
    return ScimSeed.export(
        settings,
        token=UNSAID,
        tokens=list(settings.tokens),
        people=[_person(workspace, each) for each in kept if each.left is None],
        deactivated=[_deactivated(workspace, each) for each in kept if each.left is not None],
    )


def _person(workspace: Workspace, kept: ScimPerson) -> Data:
    return ScimPersonSeed.export(kept, email=workspace.collaborators[kept.id].email)


def _deactivated(workspace: Workspace, kept: ScimPerson) -> Data:
    left = kept.left
    assert left is not None  # noqa: S101  (whoever calls has looked)
    return DeactivatedSeed.export(
        left,
        roles=members.role_names(workspace, left.roles),
        unmigrated_roles=members.unmigrated_role_names(workspace, left.roles),
        scim_external_id=kept.external_id,
        synced=dict(sorted(kept.synced.items())),
        created_at=kept.created_at.isoformat(),
        updated_at=kept.updated_at.isoformat(),
    )
