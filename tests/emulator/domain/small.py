"""A small cloud as a value, for acts that are tried without any door."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.roles import RoleNamed
from workato_emulator.domain.values import Cloud, Collaborator, EmailKey, Folder, Role, RoleType, Workspace, WorkspaceId
from workato_emulator.state.seeds import build, parse

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

NOW = datetime(2026, 1, 5, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ADA, BEN, CY, NEW = (EmailKey(f"{name}@example.test") for name in ("ada", "ben", "cy", "new"))
DEFAULTS = Assumptions()

ACME: Mapping[str, Any] = {
    "roles": [{"name": "Auditor"}, {"name": "Builder", "type": "privilege_group"}],
    "groups": [{"name": "Builders"}, {"name": "Auditors"}],
    "collaborators": [
        {"name": "Ada", "email": ADA, "roles": {"dev": "Environment admin", "prod": "Member"}},
        {"name": "Ben", "email": BEN, "roles": {"dev": "Member", "prod": "Auditor"}, "groups": ["Builders"]},
    ],
    "projects": [{"name": "Payroll", "folders": [{"name": "Recipes", "folders": [{"name": "Old"}]}]}],
}


def assuming(**answers: str) -> Assumptions:
    return Assumptions().switch(answers)


def a_cloud(also: Mapping[str, Any] | None = None, **workspace: Any) -> tuple[Cloud, IdFactory]:  # noqa: ANN401  (a seed)
    """Workspace `acme` as above with these parts in place of its own, and others beside it."""
    ids = IdFactory(0)
    seed = {"workspaces": {"acme": {**ACME, **workspace}, **(also or {})}}
    return build(parse(seed), now=NOW, ids=ids, assumptions=DEFAULTS), ids


def id_of(cloud: Cloud, slug: str = "acme") -> WorkspaceId:
    return cloud.slugs[slug]


def acme(cloud: Cloud) -> Workspace:
    return cloud.workspaces[cloud.slugs["acme"]]


def person(workspace: Workspace, email: EmailKey) -> Collaborator:
    return workspace.collaborators[workspace.members_by_email[email]]


def role(workspace: Workspace, name: str) -> Role:
    return next(each for each in workspace.roles.values() if each.name == name)


def folder(workspace: Workspace, name: str) -> Folder:
    return next(each for each in workspace.folders.values() if each.name == name)


def named(environment: str, name: str) -> RoleNamed:
    """A role that a request names, of the model that the workspace is on."""
    return RoleNamed(environment, name, RoleType.ENVIRONMENT)


def named_roles(workspace: Workspace, email: EmailKey) -> dict[str, str]:
    return {place: workspace.roles[held].name for place, held in person(workspace, email).roles.items()}


def must_agree(cloud: Cloud) -> Cloud:
    """The cloud, whose indexes say what its rows say: what is left of something that ended would be found here."""
    assert dict(cloud.account_keys) == {account.id: key for key, account in cloud.accounts.items()}
    for workspace in cloud.workspaces.values():
        must_be_consistent(workspace)
        for collaborator in workspace.collaborators.values():
            assert collaborator.account in cloud.account_keys
        for client in workspace.clients.values():
            assert cloud.tokens[client.token].client == client.id
    return cloud


def must_be_consistent(workspace: Workspace) -> Workspace:
    people, invitations, grants = (
        workspace.collaborators.values(),
        workspace.invitations.items(),
        workspace.grants.values(),
    )
    assert dict(workspace.members_by_email) == {each.email: each.id for each in people}
    assert dict(workspace.roles_by_name) == {(each.name, each.type): each.id for each in workspace.roles.values()}
    assert _plain(workspace.role_holders) == _by(people, lambda each: each.roles.values(), lambda each: each.id)
    assert dict(workspace.invitation_keys) == {each.id: key for key, each in invitations}
    assert _plain(workspace.invited_with) == _by(
        invitations, lambda row: (*row[1].roles.values(), *row[1].groups), lambda row: row[0]
    )
    assert _plain(workspace.grants_held) == _by(grants, lambda each: [each.holder], lambda each: each.id)
    assert _plain(workspace.grants_in) == _by(grants, lambda each: [each.project], lambda each: each.id)
    assert _plain(workspace.grants_of) == _by(grants, lambda each: [each.role], lambda each: each.id)
    assert {parent: _plain(names) for parent, names in workspace.children.items()} == {
        parent: _by(inside, lambda each: [each.name], lambda each: each.id)
        for parent, inside in _rows_by(workspace.folders.values(), lambda each: [each.parent]).items()
        if parent is not None
    }
    for group in workspace.groups.values():
        assert set(group.members) <= set(workspace.collaborators)
    return workspace


def _plain(index: Mapping[K, Iterable[V]]) -> dict[K, set[V]]:
    return {key: set(rows) for key, rows in index.items()}


def _by(rows: Iterable[V], keys: Callable[[V], Iterable[K]], value: Callable[[V], Any]) -> dict[K, set[Any]]:
    return {key: {value(each) for each in found} for key, found in _rows_by(rows, keys).items()}


def _rows_by(rows: Iterable[V], keys: Callable[[V], Iterable[K]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = {}
    for row in rows:
        for key in keys(row):
            found.setdefault(key, []).append(row)
    return found
