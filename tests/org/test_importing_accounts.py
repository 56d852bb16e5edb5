"""What an import makes of people whom Okta has assigned already: whose roles count, and what it ends."""

from dataclasses import replace
from typing import Literal

import pytest

from okta_connector import Entitlement, User
from okta_org import (
    AppSettings,
    AppUserStatus,
    EventType,
    ImportResult,
    OktaAssumptions,
    SyncState,
    TaskKind,
)
from okta_org.apps import force_sync, import_schema
from okta_org.assignments import assign, assign_group, change_entitlements, grant, revert_to_policy, revoke_grant
from okta_org.directory import create_user, edit_profile
from okta_org.groups import create_group
from okta_org.imports import import_users
from okta_org.refusals import NotGranted
from okta_org.retries import retry_task, run_due

from .fake import MANAGER, MEMBER, Fixture, bad_gateway, member, rate_limited, set_up


def roles(user: User) -> dict[str, str]:
    return {each.type: each.value for each in user.entitlements}


def changed_in_app(s: Fixture, **held: str) -> None:
    """Somebody else gives Ada these roles."""
    s.app.members["101"] = replace(member("ada", **held), id="101")


def known(s: Fixture) -> None:
    """Bring Ada in, known by the app's own id."""
    s.bring_in()
    s.org.do(force_sync, "workato")
    s.app.take_calls()


def joined_and_imported(s: Fixture) -> None:
    """Ada is in the app by another way, with a role of her own, and an import finds her."""
    s.app.join(member("ada", dev="Member"))
    s.app.take_calls()
    s.org.do(import_users, "workato")


def test_roles_that_changed_in_the_app_become_a_custom_grant() -> None:
    """Policy, customisation and bundles are gone from Okta, and the next push changes nothing."""
    s = set_up("ada")
    known(s)
    s.org.do(grant, "ada", "workato", "week", {"prod": "Member"})
    changed_in_app(s, dev="Operator")

    assert s.org.do(import_users, "workato") == ImportResult(scanned=1, updated=1)
    assert s.account().granted == {"dev": "Operator"}
    assert s.account().customised
    with pytest.raises(NotGranted):
        s.org.do(revoke_grant, "ada", "workato", "week")

    s.org.do(force_sync, "workato")

    assert roles(s.app.members["101"]) == {"dev": "Operator"}
    assert s.org.do(import_users, "workato") == ImportResult(scanned=1, unchanged=1)


def test_reverting_to_policy_takes_the_custom_grant_back() -> None:
    """What the person's groups grant is pushed again."""
    s = set_up("ada")
    s.org.do(create_group, "devs", ("ada",))
    s.org.do(assign_group, "devs", "workato", MEMBER)
    s.app.accept("ada@example.test")
    s.org.do(force_sync, "workato")
    changed_in_app(s, dev="Operator")
    s.org.do(import_users, "workato")
    s.org.do(revert_to_policy, "ada", "workato")

    assert roles(s.app.members["101"]) == MEMBER


def test_somebody_linked_by_an_import_holds_a_custom_grant() -> None:
    """As Okta shows them; it can be reverted, and then policy grants what it grants."""
    s = set_up("ada")
    joined_and_imported(s)

    assert s.account().customised

    s.org.do(revert_to_policy, "ada", "workato")

    assert roles(s.app.members["101"]) == {}


def test_grants_stay_where_okta_does_not_govern_the_app() -> None:
    """An import takes over the id and nothing else."""
    s = set_up("ada", settings=AppSettings(governance=False))
    s.app.join(member("ada", dev="Member"))
    s.org.do(assign, "ada", "workato", MANAGER)
    changed_in_app(s, dev="Operator")
    s.org.do(import_users, "workato")

    assert s.account().granted == MANAGER


def test_a_role_that_okta_cannot_name_replaces_nothing() -> None:
    """It is logged, and Okta goes on believing what it believed there; what it can name it takes over."""
    s = set_up("ada")
    known(s)
    s.org.do(import_schema, "workato")
    changed_in_app(s, dev="Custom")

    assert s.org.do(import_users, "workato") == ImportResult(scanned=1, unchanged=1)
    assert s.account().granted == MEMBER

    changed_in_app(s, dev="Custom", prod="Member")
    s.org.do(import_users, "workato")

    assert s.account().granted == {"dev": "Member", "prod": "Member"}
    assert s.last(EventType.IMPORT_ENTITLEMENT_MISMATCH) == "dev: Custom"


@pytest.mark.parametrize("choice", ["pushed", "custom_grant"])
def test_an_edit_that_has_not_got_through_is_no_change_in_the_app(choice: Literal["pushed", "custom_grant"]) -> None:
    """The invitation's role is what Okta knew; the failed update stays, and its retry sends the edit."""
    s = set_up("ada", assumptions=OktaAssumptions(import_over_outstanding_push=choice))
    s.bring_in(accepts=False)
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    s.app.accept("ada@example.test")
    s.org.do(import_users, "workato")

    assert s.account().granted == MANAGER

    s.org.do(retry_task, "workato")

    assert roles(s.app.members["101"]) == MANAGER


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        pytest.param(OktaAssumptions(), {}, id="pushed"),
        pytest.param(
            OktaAssumptions(import_over_outstanding_push="custom_grant"), {"dev": "Operator"}, id="custom grant"
        ),
    ],
)
def test_a_revocation_that_waits_is_not_undone(choice: OktaAssumptions, left: dict[str, str]) -> None:
    """Both sides changed: what Okta has still to push counts, unless it is assumed otherwise."""
    s = set_up("ada", assumptions=choice)
    known(s)
    s.app.fail("update_user", bad_gateway())
    s.org.do(change_entitlements, "ada", "workato", {})
    changed_in_app(s, dev="Operator")
    s.org.do(import_users, "workato")
    s.org.do(force_sync, "workato")

    assert roles(s.app.members["101"]) == left


def test_a_staged_account_is_linked_by_an_import() -> None:
    """Its failed creation has found an end, and what it carried is pushed after the import."""
    s = set_up("ada")
    s.app.fail("create_user", bad_gateway())
    s.org.do(assign, "ada", "workato", MANAGER)
    joined_and_imported(s)

    assert s.account().status is AppUserStatus.ACTIVE
    assert s.account().sync_state is SyncState.SYNCHRONIZED
    assert s.account().error is None
    assert s.org.tasks.open == ()
    assert s.app.take_calls() == ["list_users", "update_user"]
    assert roles(s.app.members["101"]) == MANAGER
    assert s.events()[-2:] == ["system.import.complete", "application.provision.user.push_profile"]


def test_a_creation_that_waits_for_activation_is_not_swallowed_either() -> None:
    """Somebody staged was assigned and not pushed yet; the import links, and the role goes out."""
    s = set_up()
    s.org.do(create_user, person := replace(set_up("ada").org.users["ada"]), activate=False)
    s.org.do(assign, person.name, "workato", MANAGER)
    joined_and_imported(s)

    assert roles(s.app.members["101"]) == MANAGER


def test_a_linked_person_whose_push_is_refused_says_so() -> None:
    """A rate limit pauses it like any other update."""
    s = set_up("ada")
    s.app.fail("create_user", rate_limited())
    s.org.do(assign, "ada", "workato", MANAGER)
    s.app.fail("update_user", rate_limited())
    joined_and_imported(s)

    assert [task.kind for task in s.org.tasks.open] == [TaskKind.PROFILE_PUSH]

    s.advance(minutes=5)
    s.org.do(run_due)

    assert roles(s.app.members["101"]) == MANAGER


def test_somebody_assigned_without_a_role_keeps_the_one_that_the_app_has() -> None:
    """Nothing is pushed by the import, and the next edit carries the role."""
    s = set_up("ada")
    s.org.do(assign, "ada", "workato")
    joined_and_imported(s)

    assert s.app.take_calls() == ["list_users"]
    assert s.org.tasks.open == ()

    s.org.do(edit_profile, "ada", {"title": "Countess"})

    assert s.app.sent("update_user").entitlements == (Entitlement("dev", "Member"),)


def test_somebody_in_a_group_that_grants_nothing_keeps_the_role_of_the_app() -> None:
    """Also when the groups are worked out anew: what was found is a custom grant."""
    s = set_up("ada", "ben")
    s.org.do(create_group, "devs", ("ada",))
    s.org.do(assign_group, "devs", "workato")
    joined_and_imported(s)
    s.org.do(create_group, "others", ("ada",))
    s.org.do(assign_group, "others", "workato", MANAGER)

    assert roles(s.app.members["101"]) == MEMBER


def test_an_import_that_links_somebody_ungoverned_sends_nothing() -> None:
    """Without governance no creation carries a role, and an update would take the person's away."""
    s = set_up("ada", settings=AppSettings(governance=False, import_groups=False))
    s.org.do(assign, "ada", "workato", MANAGER)
    joined_and_imported(s)

    assert s.app.take_calls() == ["list_users"]
    assert s.org.tasks.open == ()


def test_a_role_granted_after_the_creation_failed_is_pushed_too() -> None:
    """A creation that failed for want of a role carries the one that the admin granted since."""
    s = set_up("ada")
    s.org.do(assign, "ada", "workato")
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    joined_and_imported(s)

    assert roles(s.app.members["101"]) == MANAGER
