"""Collaborator groups and custom roles as values."""

from typing import Any

import pytest

from workato_emulator.domain import custom_roles, groups
from workato_emulator.domain.changes import ABSENT
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import Invalid, NameTaken, NotFound, Protected, Refusal, RoleProtected
from workato_emulator.domain.values import (
    ALL_COLLABORATORS,
    LONGEST_NAME,
    Group,
    MemberId,
    Role,
    RoleId,
    RoleOrigin,
    RoleType,
    Workspace,
)

from .small import (
    ADA,
    BEN,
    CY,
    DEFAULTS,
    NOW,
    SECOND,
    a_cloud,
    acme,
    assuming,
    must_be_consistent,
    named_roles,
    person,
    role,
)

LATER = NOW + SECOND


def small() -> tuple[Workspace, IdFactory]:
    cloud, ids = a_cloud(
        invitations=[{"name": "Cy", "email": CY, "roles": {"dev": "Member", "prod": "Auditor"}, "groups": ["Builders"]}]
    )
    return acme(cloud), ids


def group(workspace: Workspace, name: str) -> Group:
    found = workspace.group_named(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        pytest.param(" ", Invalid("Name can't be blank"), id="blank"),
        pytest.param("Builders", NameTaken("Builders"), id="taken"),
        pytest.param("builders", None, id="another-case"),
    ],
)
def test_a_group_has_a_name_of_its_own(name: str, refusal: Refusal | None) -> None:
    """When it is made and when it is renamed."""
    workspace, ids = small()
    auditors = group(workspace, "Auditors")

    def make() -> tuple[Workspace, Group]:
        return groups.create(workspace, name, "Who builds", now=LATER, ids=ids, assumptions=DEFAULTS)

    def rename() -> tuple[Workspace, Group]:
        return groups.update(workspace, auditors.id, name, ABSENT, now=LATER, assumptions=DEFAULTS)

    if refusal is None:
        after, made = make()
        assert after.groups[made.id] == made
        assert (made.name, made.description, made.system, dict(made.members)) == (name, "Who builds", False, {})
        assert (made.created_at, made.updated_at) == (LATER, LATER)
        assert rename()[1].name == name
        return
    for act in (make, rename):
        with pytest.raises(type(refusal)) as refused:
            act()
        assert str(refused.value) == str(refusal)


def test_a_group_may_share_a_name_where_that_is_allowed() -> None:
    """By assumption group_name_taken; its own name a group may always be given."""
    workspace, ids = small()
    allowed = assuming(group_name_taken="allowed")
    builders = group(workspace, "Builders")

    assert groups.create(workspace, "Builders", None, now=LATER, ids=ids, assumptions=allowed)[1].id != builders.id
    assert groups.update(workspace, builders.id, "Builders", ABSENT, now=LATER, assumptions=DEFAULTS) == (
        workspace,
        builders,
    )


def test_a_description_can_be_left_out_or_emptied() -> None:
    """Null is not absent, and what changes nothing has no new time."""
    workspace, _ = small()
    handle = group(workspace, "Builders").id
    described, builders = groups.update(workspace, handle, None, "Who builds", now=LATER, assumptions=DEFAULTS)

    assert (builders.name, builders.description, builders.updated_at) == ("Builders", "Who builds", LATER)
    assert groups.update(described, handle, None, ABSENT, now=LATER + SECOND, assumptions=DEFAULTS)[0] is described
    assert groups.update(described, handle, None, None, now=LATER, assumptions=DEFAULTS)[1].description is None


def test_members_come_and_go_once_each() -> None:
    """Who is in already, or is not in, is no mistake; and only collaborators can be."""
    workspace, _ = small()
    handle, ada, ben = group(workspace, "Builders").id, person(workspace, ADA).id, person(workspace, BEN).id
    both = groups.add_members(workspace, handle, [ben, ada, ada], now=LATER, assumptions=DEFAULTS)
    none = groups.remove_members(both, handle, [ada, ben, MemberId(1)], now=LATER)

    assert [each.id for each in groups.members_of(both, group(both, "Builders"))] == sorted([ada, ben])
    assert groups.size_of(both, group(both, "Builders")) == 2
    assert group(both, "Builders").updated_at == LATER
    assert groups.add_members(workspace, handle, [ben], now=LATER, assumptions=DEFAULTS) is workspace
    assert groups.remove_members(workspace, handle, [ada], now=LATER) is workspace
    assert groups.members_of(none, group(none, "Builders")) == []
    with pytest.raises(Invalid, match="User 1 not found"):
        groups.add_members(workspace, handle, [ada, MemberId(1)], now=LATER, assumptions=DEFAULTS)
    ignored = assuming(unknown_user_in_group="ignored")
    passed_over = groups.add_members(workspace, handle, [ada, MemberId(1)], now=LATER, assumptions=ignored)
    assert groups.size_of(must_be_consistent(passed_over), group(passed_over, "Builders")) == 2


def test_the_system_group_holds_everybody_and_stays() -> None:
    """Nothing can be done to it."""
    workspace, _ = small()
    everybody = group(workspace, ALL_COLLABORATORS)
    acts = (
        lambda: groups.update(workspace, everybody.id, "All", ABSENT, now=LATER, assumptions=DEFAULTS),
        lambda: groups.delete(workspace, everybody.id),
        lambda: groups.add_members(workspace, everybody.id, [], now=LATER, assumptions=DEFAULTS),
        lambda: groups.remove_members(workspace, everybody.id, [], now=LATER),
    )

    assert {each.email for each in groups.members_of(workspace, everybody)} == {ADA, BEN}
    assert groups.size_of(workspace, everybody) == 2
    for act in acts:
        with pytest.raises(Protected, match="All collaborators is a system group"):
            act()


def test_a_group_that_is_gone_is_in_no_invitation() -> None:
    """Its members stay; an unknown one is not found."""
    workspace, _ = small()
    after = must_be_consistent(groups.delete(workspace, group(workspace, "Builders").id))

    assert after.collaborators == workspace.collaborators
    assert after.invitations[CY].groups == ()
    with pytest.raises(NotFound):
        groups.delete(after, group(workspace, "Builders").id)


def made(workspace: Workspace, ids: IdFactory, name: str, **more: Any) -> tuple[Workspace, Role]:  # noqa: ANN401  (fields of a role)
    like = role(workspace, "Auditor")
    return custom_roles.create(workspace, replace(like, id=RoleId(ids.number()), name=name, **more))


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        pytest.param("", Invalid("Name can't be blank"), id="blank"),
        pytest.param("Auditor", NameTaken("Auditor"), id="taken"),
        pytest.param("Member", NameTaken("Member"), id="a system role's"),
        pytest.param("Builder", None, id="taken in the other model"),
    ],
)
def test_a_role_has_a_name_of_its_own(name: str, refusal: Refusal | None) -> None:
    """Among roles of its kind, when it is made and when it is renamed."""
    workspace, ids = small()
    with_other, other = made(workspace, ids, "Reviewer")

    if refusal is None:
        assert must_be_consistent(made(workspace, ids, name)[0]).role(name, RoleType.ENVIRONMENT) is not None
        assert custom_roles.update(with_other, other, name=name, now=LATER)[1].name == name
        return
    with pytest.raises(type(refusal), match=str(refusal)):
        made(workspace, ids, name)
    with pytest.raises(type(refusal), match=str(refusal)):
        custom_roles.update(with_other, other, name=name, now=LATER)


def test_a_role_changes_in_what_is_said() -> None:
    """And has a new time only where something is different."""
    workspace, _ = small()
    auditor = role(workspace, "Auditor")
    after, changed = custom_roles.update(workspace, auditor, config={"team": {}}, inheritable=True, now=LATER)

    assert (changed.config, changed.origin, changed.updated_at) == ({"team": {}}, RoleOrigin.INHERITABLE, LATER)
    assert custom_roles.update(after, changed, inheritable=False, now=LATER)[1].origin is RoleOrigin.CUSTOM
    assert custom_roles.update(after, changed, name="Auditor", now=LATER + SECOND)[0] is after
    assert after.roles[auditor.id] == changed


@pytest.mark.parametrize(
    ("origin", "why"),
    [
        (RoleOrigin.SYSTEM, "Auditor is a system role"),
        (RoleOrigin.INHERITED, "Auditor is inherited from the parent workspace"),
    ],
)
def test_only_a_workspaces_own_roles_can_be_changed(origin: RoleOrigin, why: str) -> None:
    """Neither Workato's nor a parent's."""
    workspace, _ = small()
    foreign = replace(role(workspace, "Auditor"), origin=origin)
    acts = (
        lambda: custom_roles.update(workspace, foreign, now=LATER),
        lambda: custom_roles.delete(workspace, foreign, DEFAULTS),
        lambda: custom_roles.with_folders(workspace, foreign, all_folders=True, folder_ids=None, now=LATER),
    )

    for act in acts:
        with pytest.raises(RoleProtected, match=why):
            act()


def test_a_deleted_role_is_held_by_nobody_and_in_no_invitation() -> None:
    """Other roles stay as they are."""
    workspace, _ = small()
    after = must_be_consistent(custom_roles.delete(workspace, role(workspace, "Auditor"), DEFAULTS))

    assert named_roles(after, BEN) == {"dev": "Member"}
    assert named_roles(after, ADA) == named_roles(workspace, ADA)
    assert dict(after.invitations[CY].roles) == {"dev": role(after, "Member").id}


@pytest.mark.parametrize(
    ("everything", "some", "reach"),
    [
        pytest.param(None, (3,), (False, (3,)), id="some"),
        pytest.param(False, (3, 4), (False, (3, 4)), id="some and not all"),
        pytest.param(True, None, (True, ()), id="all"),
        pytest.param(True, (), (True, ()), id="all and none named"),
        pytest.param(None, (), (False, ()), id="none"),
        pytest.param(False, None, (False, (7,)), id="those of before"),
    ],
)
def test_a_legacy_role_reaches_everything_or_some_folders(
    everything: bool | None,
    some: tuple[int, ...] | None,
    reach: tuple[bool, tuple[int, ...]],
) -> None:
    """What reading shows changes nothing when it is written; everything and some at once cannot be."""
    workspace, ids = small()
    workspace, legacy = made(workspace, ids, "Seventh", type=RoleType.LEGACY, all_folders=False, folder_ids=(7,))
    after, changed = custom_roles.with_folders(workspace, legacy, all_folders=everything, folder_ids=some, now=LATER)

    assert (changed.all_folders, changed.folder_ids) == reach
    assert after.roles[legacy.id] == changed
    assert custom_roles.with_folders(workspace, legacy, all_folders=None, folder_ids=(7,), now=LATER)[0] is workspace
    with pytest.raises(Invalid, match="folder_ids: all_folders is true, so no folders can be named"):
        custom_roles.with_folders(workspace, legacy, all_folders=True, folder_ids=(7,), now=LATER)


def test_a_copy_takes_the_first_free_name() -> None:
    """It is a custom role that nobody holds; a long name loses its end."""
    workspace, ids = small()
    member = role(workspace, "Member")
    names = []
    for _ in range(3):
        workspace, copy = custom_roles.copy(workspace, member, now=LATER, ids=ids)
        names.append(copy.name)
    workspace, long = made(workspace, ids, "x" * LONGEST_NAME)
    workspace, copy = custom_roles.copy(workspace, long, now=LATER, ids=ids)

    assert names == ["Copy of Member", "Copy 2 of Member", "Copy 3 of Member"]
    assert (copy.name, len(copy.name)) == (f"Copy of {'x' * 247}", LONGEST_NAME)
    assert (copy.origin, copy.created_at, copy.updated_at) == (RoleOrigin.CUSTOM, LATER, LATER)
    assert copy.id not in workspace.role_holders


def test_a_role_is_found_by_its_kind() -> None:
    """By its number, or by the name that it has in the workspace's model."""
    workspace, _ = small()
    auditor, builder, admin = role(workspace, "Auditor"), role(workspace, "Builder"), role(workspace, "Admin")

    assert custom_roles.environment_role(workspace, auditor.id) is auditor
    assert custom_roles.legacy_role(workspace, builder.id) is builder
    assert custom_roles.role_called(workspace, "Auditor") is auditor
    for find, number in (
        (custom_roles.environment_role, builder.id),
        (custom_roles.environment_role, None),
        (custom_roles.legacy_role, auditor.id),
        (custom_roles.legacy_role, admin.id),
        (custom_roles.legacy_role, None),
    ):
        with pytest.raises(NotFound):
            find(workspace, number)
    with pytest.raises(NotFound) as refused:
        custom_roles.role_called(workspace, "Builder")
    assert (refused.value.what, refused.value.name) == ("role", "Builder")
    assert set(refused.value.known) == {"Environment admin", "Environment manager", "Member", "Auditor"}
