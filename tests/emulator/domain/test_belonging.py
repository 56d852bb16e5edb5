"""Collaborators as values: which roles they hold, whom a workspace cannot lose, and what leaving takes along."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from workato_emulator.domain import collaborators
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import (
    AlreadyCollaborator,
    EnvironmentNotFound,
    Invalid,
    LastAdmin,
    ModeratorProtected,
    NotFound,
    OwnerProtected,
    Refusal,
    RoleNotFound,
)
from workato_emulator.domain.roles import RoleNamed
from workato_emulator.domain.values import Cloud, EmailKey, GroupId, MemberId

from .small import (
    ADA,
    BEN,
    CY,
    DEFAULTS,
    NEW,
    NOW,
    SECOND,
    a_cloud,
    acme,
    assuming,
    id_of,
    must_agree,
    named,
    named_roles,
    person,
    role,
)

MODERATOR = {"name": "Cy", "email": CY, "roles": {"dev": "Member"}, "grant_type": "federation_manager"}
TWO_ADMINS = [
    {"name": each, "email": email, "roles": {"dev": "Environment admin"}}
    for each, email in (("Ada", ADA), ("Ben", BEN))
]


def updated(cloud: Cloud, email: EmailKey, *rows: RoleNamed, assumptions: Assumptions = DEFAULTS) -> Cloud:
    member = person(acme(cloud), email).id
    return must_agree(collaborators.update_roles(cloud, id_of(cloud), member, rows, assumptions=assumptions)[0])


def removed(cloud: Cloud, email: EmailKey, assumptions: Assumptions = DEFAULTS, slug: str = "acme") -> Cloud:
    member = cloud.workspaces[id_of(cloud, slug)].members_by_email[email]
    return must_agree(collaborators.remove(cloud, id_of(cloud, slug), member, now=NOW, assumptions=assumptions))


def joining(
    cloud: Cloud,
    ids: IdFactory,
    email: str = NEW,
    groups: Sequence[GroupId] = (),
    assumptions: Assumptions = DEFAULTS,
) -> Cloud:
    roles = person(acme(cloud), BEN).roles
    return must_agree(
        collaborators.join(
            cloud,
            id_of(cloud),
            name="N.",
            email=email,
            roles=roles,
            groups=groups,
            now=NOW + SECOND,
            ids=ids,
            assumptions=assumptions,
        )
    )


@pytest.mark.parametrize(
    ("scope", "rows", "roles"),
    [
        pytest.param("merge", [("dev", "Auditor")], {"dev": "Auditor", "prod": "Auditor"}, id="one-named"),
        pytest.param("merge", [("prod", "NoAccess")], {"dev": "Member"}, id="one-taken"),
        pytest.param("merge", [("test", "NoAccess")], {"dev": "Member", "prod": "Auditor"}, id="none-to-take"),
        pytest.param("merge", [("test", "Member")], {"dev": "Member", "test": "Member", "prod": "Auditor"}, id="more"),
        pytest.param("replace", [("test", "Member")], {"test": "Member"}, id="all-replaced"),
        pytest.param("replace", [("test", "NoAccess")], {}, id="all-taken"),
    ],
)
def test_an_update_touches_what_it_names(scope: str, rows: list[tuple[str, str]], roles: dict[str, str]) -> None:
    """Or replaces all, by assumption update_scope."""
    cloud, _ = a_cloud()
    after = updated(cloud, BEN, *(named(*row) for row in rows), assumptions=assuming(update_scope=scope))

    assert named_roles(acme(after), BEN) == roles
    assert named_roles(acme(after), ADA) == named_roles(acme(cloud), ADA)


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        pytest.param([], Invalid("env_roles is required"), id="nothing"),
        pytest.param([named("qa", "Member")], EnvironmentNotFound("qa"), id="nowhere"),
        pytest.param([named("dev", "Nobody")], RoleNotFound("Nobody"), id="no-role"),
        pytest.param([named("dev", "Builder")], RoleNotFound("Builder"), id="a role of the other model"),
        pytest.param([RoleNamed("dev", "Member")], RoleNotFound("Member"), id="without a type it is a legacy role"),
        pytest.param(
            [named("dev", "Member"), named("dev", "Auditor")],
            Invalid("Environment dev is named more than once"),
            id="twice",
        ),
    ],
)
def test_an_update_that_cannot_be_is_refused(rows: list[RoleNamed], refusal: Refusal) -> None:
    """By what is wrong, in the words of the refusal."""
    cloud, _ = a_cloud()

    with pytest.raises(type(refusal)) as refused:
        updated(cloud, BEN, *rows)
    assert str(refused.value) == str(refusal)


@pytest.mark.parametrize(
    ("people", "role_for_ada", "refused"),
    [
        pytest.param(TWO_ADMINS, "Member", False, id="another-is-left"),
        pytest.param(TWO_ADMINS[:1], "Member", True, id="the-last"),
        pytest.param(TWO_ADMINS[:1], "NoAccess", True, id="the last loses access"),
        pytest.param(TWO_ADMINS[:1], "Environment admin", False, id="the same role again"),
        pytest.param(
            [TWO_ADMINS[0], {"name": "Ben", "email": BEN, "roles": {"prod": "Environment admin"}}],
            "Member",
            True,
            id="an administrator outside dev does not count",
        ),
    ],
)
def test_a_workspace_keeps_an_administrator(people: list[Any], role_for_ada: str, *, refused: bool) -> None:
    """Who administrates in dev counts, whatever is done to the last: another role, or removal."""
    cloud, _ = a_cloud(collaborators=people)
    row = named("dev", role_for_ada)

    if refused:
        with pytest.raises(LastAdmin, match="cannot be given another role"):
            updated(cloud, ADA, row)
        with pytest.raises(LastAdmin, match="cannot be removed"):
            removed(cloud, ADA)
        assert named_roles(acme(updated(cloud, ADA, row, assumptions=_ALLOWED)), ADA).get("dev") in {"Member", None}
        assert ADA not in acme(removed(cloud, ADA, _ALLOWED)).members_by_email
    else:
        assert named_roles(acme(updated(cloud, ADA, row)), ADA) == {"dev": role_for_ada}


_ALLOWED = assuming(protected_removal="allowed")


def test_a_custom_role_called_admin_administrates_nothing() -> None:
    """Only the system role of the workspace's own model does."""
    legacy: dict[str, Any] = {
        "permission_model": "legacy_roles",
        "roles": [{"name": "Environment admin"}],
        "groups": [],
        "projects": [],
        "collaborators": [
            {"name": "Ada", "email": ADA, "roles": {"dev": "Admin"}},
            {"name": "Ben", "email": BEN, "roles": {"dev": "Environment admin"}},
        ],
    }
    cloud, _ = a_cloud(**legacy)

    with pytest.raises(LastAdmin):
        removed(cloud, ADA)
    assert BEN not in acme(removed(cloud, BEN)).members_by_email


def test_a_moderator_is_changed_in_the_parent_only() -> None:
    """Neither roles nor membership, unless assumption moderator_change allows it."""
    cloud, _ = a_cloud(collaborators=[TWO_ADMINS[0], MODERATOR])
    allowed = assuming(moderator_change="allowed")

    with pytest.raises(ModeratorProtected):
        updated(cloud, CY, named("dev", "Auditor"))
    with pytest.raises(ModeratorProtected):
        removed(cloud, CY)
    assert named_roles(acme(updated(cloud, CY, named("dev", "Auditor"), assumptions=allowed)), CY) == {"dev": "Auditor"}
    assert CY not in acme(removed(cloud, CY, allowed)).members_by_email


def test_nobody_is_found_by_no_id_or_by_an_unknown_one() -> None:
    """An invitee has none."""
    cloud, _ = a_cloud()

    for member in (None, MemberId(1)):
        with pytest.raises(NotFound):
            collaborators.update_roles(cloud, id_of(cloud), member, (), assumptions=DEFAULTS)
        with pytest.raises(NotFound):
            collaborators.remove(cloud, id_of(cloud), member, now=NOW, assumptions=DEFAULTS)


def test_leaving_takes_groups_and_grants_along_and_nothing_else() -> None:
    """The account stays, so do the membership of another workspace, and who else holds the role."""
    ben = {"name": "Benny", "email": BEN, "roles": {"dev": "Member"}, "groups": ["Sales"]}
    other = {"collaborators": [ben], "groups": [{"name": "Sales"}]}
    grants = [{"role": "Project admin", "user": BEN}, {"role": "Project admin", "group": "Builders"}]
    cloud, _ = a_cloud({"other": other}, projects=[{"name": "Payroll", "grants": grants}])
    after = removed(cloud, BEN)
    builders = next(group for group in acme(after).groups.values() if group.name == "Builders")

    assert BEN not in acme(after).members_by_email
    assert not builders.members
    assert [grant.group for grant in acme(after).grants.values()] == [builders.id]
    assert role(acme(after), "Auditor").id not in acme(after).role_holders
    assert after.accounts == cloud.accounts
    assert after.workspaces[id_of(after, "other")] == cloud.workspaces[id_of(cloud, "other")]


def test_leaving_is_remembered_also_when_it_is_over() -> None:
    """An older one counts again where the clock goes back to; one that lies ahead did not happen."""
    before, ahead = NOW - timedelta(days=9), NOW + timedelta(hours=1)
    cloud, _ = a_cloud(removed_at={BEN: [before.isoformat(), ahead.isoformat()]})

    assert acme(removed(cloud, BEN)).removed_at[BEN][BEN] == (before, NOW)


def test_whoever_joins_appears_under_the_accounts_own_name() -> None:
    """An account that exists is not changed; groups that are gone, or the system's, are passed over."""
    cloud, ids = a_cloud({"other": {"collaborators": [{"name": "Newton", "email": NEW, "roles": {}}]}})
    joined = joining(cloud, ids, "New@example.test", groups=[*acme(cloud).groups, GroupId("pf-gone")])
    new = person(acme(joined), NEW)

    assert (new.name, new.email, new.joined_at) == ("Newton", NEW, NOW + SECOND)
    assert new.account == cloud.accounts[NEW].id
    assert {group.name for group in acme(joined).groups_of(new.id)} == {"Builders", "Auditors"}
    assert len(joined.accounts) == len(cloud.accounts)
    with pytest.raises(AlreadyCollaborator):
        joining(joined, ids, "New@Example.test")


@pytest.mark.parametrize(("answer", "same"), [("account", True), ("membership", False)])
def test_a_members_id_is_the_accounts_or_its_own(answer: str, *, same: bool) -> None:
    """By assumption member_id."""
    cloud, ids = a_cloud()
    joined = joining(cloud, ids, assumptions=assuming(member_id=answer))
    new = person(acme(joined), NEW)

    assert (int(new.id) == int(new.account)) == same


def test_the_owner_is_protected_and_nobody_else_is() -> None:
    """Whoever's account owns the workspace, if they are among its collaborators."""
    workspace = acme(a_cloud()[0])
    ada, ben = person(workspace, ADA), person(workspace, BEN)
    owned = replace(workspace, owner=ada.account)

    collaborators.must_not_be_the_owner(owned, ben)
    with pytest.raises(OwnerProtected) as refused:
        collaborators.must_not_be_the_owner(owned, ada)
    assert str(refused.value) == "The owner of a workspace can neither be removed nor given other roles"
