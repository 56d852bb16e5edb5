"""Project grants as values: who may have one, how many there are, and what ends them."""

from typing import Any

import pytest

from workato_emulator.domain import custom_roles, grants, groups
from workato_emulator.domain.copies import replace
from workato_emulator.domain.grants import MOST_AT_ONCE, GrantRequest, HolderType
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.project_roles import new_project_role
from workato_emulator.domain.refusals import Invalid, NotFound, Refusal
from workato_emulator.domain.values import Grant, GrantId, PermissionModel, Project, ProjectRole, Workspace

from .small import ADA, BEN, a_cloud, acme, assuming, must_be_consistent, person

MORE = [{"name": "Payroll", "grants": [{"role": "Builder", "user": BEN}]}, {"name": "Sales"}]


def small() -> tuple[Workspace, IdFactory]:
    cloud, ids = a_cloud(projects=MORE)
    return acme(cloud), ids


def project(workspace: Workspace, name: str = "Payroll") -> Project:
    return next(each for each in workspace.projects.values() if each.name == name)


def project_role(workspace: Workspace, name: str) -> ProjectRole:
    return next(each for each in workspace.project_roles.values() if each.name == name)


def asked(workspace: Workspace, holder: str, role: str = "Project admin") -> GrantRequest:
    """For somebody by email, or for a group by name."""
    handle = project_role(workspace, role).id
    group = workspace.group_named(holder)
    if group is not None:
        return GrantRequest(HolderType.GROUP, group.id, handle)
    found = next(each.id for each in workspace.collaborators.values() if each.email == holder)
    return GrantRequest(HolderType.USER, str(found), handle)


def held(workspace: Workspace, name: str = "Payroll") -> list[tuple[Any, str]]:
    """Holder and role of each grant in a project, as the API would list them."""
    return [
        (grant.holder, workspace.project_roles[grant.role].name)
        for grant in grants.in_project(workspace, project(workspace, name).id)
    ]


def test_a_grant_is_added_or_its_role_replaced() -> None:
    """Another one for the same holder keeps its id; collaborators are listed first, then groups."""
    workspace, ids = small()
    ben, ada = person(workspace, BEN).id, person(workspace, ADA).id
    builders = workspace.group_named("Builders")
    before = grants.in_project(workspace, project(workspace).id)[0]
    rows = tuple(asked(workspace, holder) for holder in ("Builders", BEN, ADA))
    after, given, new = grants.put(workspace, project(workspace), rows, ids=ids)
    must_be_consistent(after)

    assert builders is not None
    assert held(after) == [
        *sorted([(ada, "Project admin"), (ben, "Project admin")]),
        (builders.id, "Project admin"),
    ]
    assert [(grant.user, grant.group) for grant in given] == [(None, builders.id), (ben, None), (ada, None)]
    assert new == {given[0].id, given[2].id}
    assert given[1].id == before.id
    assert held(after, "Sales") == []


def test_a_holder_that_is_named_twice_has_the_last_role_once() -> None:
    """One grant comes out of it, new if there was none."""
    workspace, ids = small()
    rows = tuple(asked(workspace, ADA, role) for role in ("Builder", "Project admin"))
    after, given, new = grants.put(workspace, project(workspace), rows, ids=ids)

    assert [after.project_roles[grant.role].name for grant in given] == ["Project admin"]
    assert new == {given[0].id}


@pytest.mark.parametrize(
    ("holder", "role", "refusal"),
    [
        pytest.param((HolderType.USER, "7"), None, Invalid("User 7 not found"), id="stranger"),
        pytest.param((HolderType.USER, "x"), None, Invalid("User x not found"), id="no-number"),
        pytest.param((HolderType.GROUP, "pf-x"), None, Invalid("User group pf-x not found"), id="no-group"),
        pytest.param(None, "pr-x", Invalid("Project role pr-x not found"), id="no-role"),
    ],
)
def test_a_grant_names_what_is_there(holder: tuple[HolderType, str] | None, role: str | None, refusal: Refusal) -> None:
    """All or none: the grant before it in the request is not made either."""
    workspace, ids = small()
    good = asked(workspace, ADA)
    kind, name = holder or (good.type, good.holder)
    rows = (good, GrantRequest(kind, name, role or good.role))

    with pytest.raises(Invalid) as refused:
        grants.put(workspace, project(workspace), rows, ids=ids)
    assert str(refused.value) == str(refusal)


def test_a_role_is_named_by_its_handle_or_its_number() -> None:
    """The documentation shows both."""
    workspace, ids = small()
    role = project_role(workspace, "Project operator")
    by_number = GrantRequest(HolderType.USER, str(person(workspace, ADA).id), str(role.number))
    after, given, _ = grants.put(workspace, project(workspace), (by_number,), ids=ids)

    assert given[0].role == role.id
    changed, grant = grants.with_role(after, given[0], project_role(after, "Builder").id)
    assert must_be_consistent(changed).grants[grant.id].role == project_role(after, "Builder").id
    with pytest.raises(Invalid, match="Project role 0 not found"):
        grants.with_role(after, given[0], "0")


@pytest.mark.parametrize(("count", "passes"), [(MOST_AT_ONCE, True), (MOST_AT_ONCE + 1, False)])
def test_a_hundred_grants_are_the_most_at_once(count: int, *, passes: bool) -> None:
    """Of a request; one more refuses all of it."""
    workspace, ids = small()
    rows = (asked(workspace, ADA),) * count

    if passes:
        assert len(grants.put(workspace, project(workspace), rows, ids=ids)[1]) == 1
    else:
        with pytest.raises(Invalid, match="project_grants has more than 100 entries"):
            grants.put(workspace, project(workspace), rows, ids=ids)


def test_a_person_is_reached_by_the_grants_of_their_groups() -> None:
    """Of the system group as well; on the legacy model no grant counts."""
    workspace, ids = small()
    ben = person(workspace, BEN)
    rows = tuple(asked(workspace, name, "Builder") for name in ("Builders", "Auditors", "All collaborators", ADA))
    after, given, _ = grants.put(workspace, project(workspace, "Sales"), rows, ids=ids)
    grants_giving_access = [grant.holder for grant in grants.grants_giving_access(after, ben.id)]

    assert set(grants_giving_access) == {ben.id, given[0].holder, given[2].holder}
    assert [grant.holder for grant in grants.grants_held_by(after, ben.id)] == [ben.id]
    legacy = replace(after, permission_model=PermissionModel.LEGACY_ROLES)
    assert grants.grants_giving_access(legacy, ben.id) == []


def test_a_grant_ends_with_its_group_and_with_its_role() -> None:
    """What others hold stays."""
    workspace, ids = small()
    builders = workspace.group_named("Builders")
    assert builders is not None
    rows = (asked(workspace, "Builders"), asked(workspace, ADA))
    after, _, _ = grants.put(workspace, project(workspace), rows, ids=ids)
    without_group = must_be_consistent(groups.delete(after, builders.id))

    assert [holder for holder, _ in held(without_group)] == [holder for holder, _ in held(after)][:2]
    mine, own = custom_roles.create(after, _own_role(after, ids))
    granted, _, _ = grants.put(
        mine, project(mine, "Sales"), (GrantRequest(HolderType.USER, str(person(mine, ADA).id), own.id),), ids=ids
    )
    assert must_be_consistent(custom_roles.delete(granted, own, assuming())).grants == after.grants
    with pytest.raises(Invalid, match="Reviewer is granted in a project"):
        custom_roles.delete(granted, own, assuming(granted_role_deletion="refused"))


def _own_role(workspace: Workspace, ids: IdFactory) -> ProjectRole:
    made = project_role(workspace, "Builder")
    return new_project_role("Reviewer", {}, made.created_at, ids)


def test_a_grant_is_found_by_its_handle() -> None:
    """Only while its project is there."""
    workspace, _ = small()
    grant = next(iter(workspace.grants.values()))

    assert grants.grant_of(workspace, grant.id) is grant
    with pytest.raises(NotFound):
        grants.grant_of(workspace, "pg-none")
    lost = grants.with_grant(workspace, Grant(GrantId("pg-lost"), project(workspace).id, grant.role, grant.holder))
    gone = lost.projects.delete(project(workspace).id)
    with pytest.raises(NotFound):
        grants.grant_of(replace(lost, projects=gone), "pg-lost")
