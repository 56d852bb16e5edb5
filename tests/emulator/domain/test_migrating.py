"""The move to the newer permission model as a value, and the way back."""

from typing import Any

import pytest

from workato_emulator.domain import migration, workspaces
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.migration import Migration
from workato_emulator.domain.refusals import Invalid, NotFound
from workato_emulator.domain.values import PermissionModel, RoleOrigin, RoleType, Workspace

from .small import ADA, BEN, CY, NOW, SECOND, a_cloud, acme, folder, must_be_consistent, named_roles, person, role

LATER = NOW + SECOND
LEGACY: dict[str, Any] = {
    "permission_model": "legacy_roles",
    "environments": ["dev", "prod"],
    "roles": [{"name": "Finance", "privileges": {"Recipes": ["read", "run"]}}],
    "groups": [],
    "collaborators": [
        {"name": "Ada", "email": ADA, "roles": {"dev": "Admin", "prod": "Analyst"}},
        {"name": "Ben", "email": BEN, "roles": {"dev": "Operator", "prod": "Finance"}},
    ],
    "invitations": [{"name": "Cy", "email": CY, "roles": {"dev": "Operator", "prod": "Finance"}}],
    "projects": [
        {"name": "Payroll", "folders": [{"name": "Recipes"}]},
        {"name": "Sales"},
        {"name": "Live", "environment": "prod"},
    ],
}


def small(**more: Any) -> tuple[Workspace, IdFactory]:  # noqa: ANN401  (parts of a seed)
    cloud, ids = a_cloud(**{**LEGACY, **more})
    return acme(cloud), ids


def granted(after: Migration) -> set[tuple[str, str, str]]:
    """Who is granted what where, by names; each is in the workspace if it is on the newer model."""
    return {
        (
            after.workspace.collaborators[grant.user].email if grant.user is not None else "",
            next(each.name for each in after.workspace.project_roles.values() if each.id == grant.role),
            after.workspace.projects[grant.project].name,
        )
        for grant in after.granted
    }


def custom(workspace: Workspace, ids: IdFactory) -> Migration:
    after = migration.of_custom_role(workspace, role(workspace, "Finance").id, now=LATER, ids=ids)
    must_be_consistent(after.workspace)
    return after


def test_system_roles_move_with_the_workspace() -> None:
    """Each holder gets the role's image, and its project role in every project of that environment."""
    workspace, ids = small()
    after = migration.of_system_roles(workspace, ids)
    must_be_consistent(after.workspace)

    assert after.workspace.permission_model is PermissionModel.ENVIRONMENT_ROLES
    assert named_roles(after.workspace, ADA) == {"dev": "Environment admin", "prod": "Environment manager"}
    assert named_roles(after.workspace, BEN) == {"dev": "Member", "prod": "Finance"}
    assert granted(after) == {
        (ADA, "Project admin", "Payroll"),
        (ADA, "Project admin", "Sales"),
        (ADA, "Advanced builder", "Live"),
        (BEN, "Project operator", "Payroll"),
        (BEN, "Project operator", "Sales"),
    }
    assert set(after.workspace.grants) == {grant.id for grant in after.granted}
    assert [(image.environment_role.name, image.project_role.name) for image in after.images] == [
        ("Environment admin", "Project admin"),
        ("Environment manager", "Advanced builder"),
        ("Member", "Project operator"),
    ]
    assert {member: set(roles) for member, roles in after.moved.items()} == {
        person(workspace, ADA).id: {"dev", "prod"},
        person(workspace, BEN).id: {"dev"},
    }


def test_an_invitation_that_waits_brings_the_images() -> None:
    """And no grants, for it can name none."""
    workspace, ids = small()
    after = migration.of_system_roles(workspace, ids).workspace
    brings = {place: after.roles[held].name for place, held in after.invitations[CY].roles.items()}

    assert brings == {"dev": "Member", "prod": "Finance"}


def test_a_workspace_that_has_moved_has_nothing_left_to_move() -> None:
    """It shows the images again, home assets or not."""
    workspace, ids = small()
    moved = migration.of_system_roles(workspace, ids)
    again = migration.of_system_roles(replace(moved.workspace, home_assets=1), ids)

    assert (again.images, dict(again.moved), again.granted) == (moved.images, {}, ())
    assert again.workspace.collaborators == moved.workspace.collaborators


def test_home_assets_are_in_the_way() -> None:
    """Of either migration."""
    workspace, ids = small(home_assets=1)

    with pytest.raises(Invalid, match="Home assets folder must be empty"):
        migration.of_system_roles(workspace, ids)
    with pytest.raises(Invalid, match="Home assets folder must be empty"):
        custom(workspace, ids)


@pytest.mark.parametrize("first", ["the role", "the workspace"])
def test_a_custom_role_moves_by_itself_before_the_workspace_or_after(first: str) -> None:
    """Before, its holders move when the workspace does; either way they come to the same."""
    workspace, ids = small()
    if first == "the role":
        prepared = custom(workspace, ids)
        assert prepared.workspace.permission_model is PermissionModel.LEGACY_ROLES
        assert prepared.workspace.collaborators == workspace.collaborators
        assert not prepared.workspace.grants
        assert {(email, project) for email, _, project in granted(prepared)} == {(BEN, "Live")}
        after = migration.of_system_roles(prepared.workspace, ids).workspace
    else:
        after = custom(migration.of_system_roles(workspace, ids).workspace, ids).workspace
    must_be_consistent(after)
    finance = after.role("Finance", RoleType.ENVIRONMENT)

    assert finance is not None
    assert person(after, BEN).roles["prod"] == finance.id
    assert after.invitations[CY].roles["prod"] == finance.id
    assert finance.privileges == role(workspace, "Finance").privileges
    assert (finance.origin, finance.all_folders, finance.created_at, finance.updated_at) == (
        RoleOrigin.CUSTOM,
        True,
        LATER,
        LATER,
    )
    project_role = next(each for each in after.project_roles.values() if each.name == "Finance")
    assert project_role.config == {"project": {"privileges": {"Recipes": ["read", "run"]}}}
    assert [after.projects[grant.project].name for grant in after.grants.values() if grant.role == project_role.id] == [
        "Live"
    ]


def test_a_role_that_was_migrated_is_not_migrated_twice() -> None:
    """The same two roles are shown again, and nobody is granted a second time."""
    workspace, ids = small()
    once = custom(migration.of_system_roles(workspace, ids).workspace, ids)
    twice = custom(once.workspace, ids)

    assert twice.images == once.images
    assert twice.granted == ()
    assert twice.workspace == once.workspace


@pytest.mark.parametrize(
    ("reaches", "projects"),
    [
        pytest.param("everything", {"Payroll", "Sales"}, id="everything"),
        pytest.param("Payroll", {"Payroll"}, id="its-folder"),
        pytest.param("Recipes", {"Payroll"}, id="a folder in it"),
        pytest.param("Live", set(), id="a folder of another environment"),
    ],
)
def test_a_role_that_reaches_some_folders_is_granted_in_their_projects(reaches: str, projects: set[str]) -> None:
    """In the environment in which it is held."""
    workspace, ids = small(collaborators=[{"name": "Ben", "email": BEN, "roles": {"dev": "Finance"}}])
    finance = role(workspace, "Finance")
    if reaches != "everything":
        finance = replace(finance, all_folders=False, folder_ids=(folder(workspace, reaches).id, 7))
    workspace = workspace.with_role(finance)

    assert {project for _, _, project in granted(custom(workspace, ids))} == projects


def test_only_a_custom_legacy_role_can_be_migrated() -> None:
    """No system role, none of the newer model, and none that is not there."""
    workspace, ids = small()

    for number in (role(workspace, "Admin").id, role(workspace, "Member").id, None, 7):
        with pytest.raises(NotFound):
            migration.of_custom_role(workspace, number, now=LATER, ids=ids)


def test_the_way_back_gives_everybody_their_old_roles() -> None:
    """The grants that were made stay; there and back by the workspace's own switch."""
    workspace, ids = small()
    there = workspaces.with_permission_model(custom(workspace, ids).workspace, PermissionModel.ENVIRONMENT_ROLES, ids)
    back = must_be_consistent(workspaces.with_permission_model(there, PermissionModel.LEGACY_ROLES, ids))

    assert {each.id: each.roles for each in back.collaborators.values()} == {
        each.id: each.roles for each in workspace.collaborators.values()
    }
    assert back.invitations[CY].roles == workspace.invitations[CY].roles
    assert back.grants == there.grants != workspace.grants
    assert workspaces.with_permission_model(back, PermissionModel.LEGACY_ROLES, ids) is back
