"""Every way of being refused, and that nothing comes of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from okta_connector import Group
from okta_org import AppSettings, OktaRefusal, UserStatus, refusals
from okta_org.apps import force_sync, provision_user
from okta_org.assignments import (
    assign,
    change_entitlements,
    grant,
    revert_to_policy,
    revoke_grant,
    unassign,
    unassign_group,
)
from okta_org.directory import add_user, create_user, deactivate_user, delete_user, edit_profile, unsuspend_user
from okta_org.group_push import activate_group_push, push_group, push_group_now
from okta_org.groups import create_group
from okta_org.import_rows import confirm_assignments, stop_ignoring
from okta_org.imports import cancel_import, import_users, resume_imports
from okta_org.push_rules import create_push_rule, delete_push_rule
from okta_org.retries import retry_task

from .fake import MEMBER, FakeApp, Fixture, member, person, set_up, unauthorized, with_group

Case = tuple[type[OktaRefusal], Callable[[], Fixture], Callable[[Fixture], object]]


def ada() -> Fixture:
    return set_up("ada", "ben")


def assigned() -> Fixture:
    s = ada()
    s.bring_in("ada")
    return s


def ungoverned() -> Fixture:
    s = set_up("ada", settings=AppSettings(governance=False))
    s.org.do(assign, "ada", "workato")
    return s


def switched(**switches: bool) -> Callable[[], Fixture]:
    def world() -> Fixture:
        s = assigned()
        s.org.configure_app("workato", **switches)  # type: ignore[arg-type]  # a test names real switches
        return s

    return world


def without_group_push() -> Fixture:
    return with_group("ada", settings=AppSettings(push_groups=False))


def granted() -> Fixture:
    s = assigned()
    s.org.do(grant, "ada", "workato", "bundle", {"test": "Member"})
    return s


def grouped() -> Fixture:
    return with_group("ada")


def pushed() -> Fixture:
    s = grouped()
    s.org.do(push_group, "devs", "workato")
    return s


def ruled() -> Fixture:
    s = grouped()
    s.org.do(create_push_rule, "r", "workato", "Dev")
    return s


def ruled_then_off() -> Fixture:
    s = ruled()
    s.org.configure_app("workato", provisioning=False)
    return s


def with_app_groups(*names: str) -> Callable[[], Fixture]:
    def world() -> Fixture:
        s = grouped()
        s.app.groups = {f"pf-{number}": Group(f"pf-{number}", name) for number, name in enumerate(names, 1)}
        return s

    return world


def stopped_imports() -> Fixture:
    s = set_up()
    for number in range(100):
        name = f"p{number:03}"
        s.org.do(add_user, person(name))
        s.bring_in(name)
    s.org.do(import_users, "workato")
    s.app.members.clear()
    s.org.do(import_users, "workato")
    return s


def waiting_row() -> Fixture:
    s = set_up("ada", settings=AppSettings(auto_confirm=False))
    s.app.join(member("ada", dev="Member"))
    s.org.do(import_users, "workato")
    return s


def refused_connection(s: Fixture) -> None:
    other = FakeApp()
    other.fail("test_credentials", unauthorized())
    s.org.configure_app("workato", connector=other)


CASES: tuple[Case, ...] = (
    (refusals.WrongStatus, ada, lambda s: s.org.do(unsuspend_user, "ada")),
    (refusals.WrongStatus, ada, lambda s: s.org.do(delete_user, "ada")),
    (refusals.WrongStatus, pushed, lambda s: s.org.do(activate_group_push, "devs", "workato")),
    (refusals.AlreadyExists, ada, lambda s: s.org.do(create_user, person("ada"))),
    (refusals.AlreadyExists, ada, lambda s: s.org.do(add_user, person("ada"))),
    (refusals.AlreadyExists, ruled, lambda s: s.org.do(create_push_rule, "r", "workato", "Ops")),
    (refusals.AlreadyExists, grouped, lambda s: s.org.do(create_group, "ops", (), "Developers")),
    (refusals.AlreadyExists, ada, lambda s: s.org.add_app("workato", s.app)),
    (refusals.AlreadyAssigned, assigned, lambda s: s.org.do(assign, "ada", "workato", MEMBER)),
    (refusals.NotAssigned, ada, lambda s: s.org.do(unassign, "ada", "workato")),
    (refusals.NotAssigned, grouped, lambda s: s.org.do(unassign_group, "devs", "workato")),
    (refusals.AppInactive, switched(active=False), lambda s: s.org.do(assign, "ben", "workato")),
    (refusals.AppInactive, switched(active=False), lambda s: s.org.do(import_users, "workato")),
    (refusals.ProvisioningOff, switched(provisioning=False), lambda s: s.org.do(force_sync, "workato")),
    (refusals.ProvisioningOff, switched(provisioning=False), lambda s: s.org.do(create_push_rule, "r", "workato", "D")),
    (
        refusals.BadSchedule,
        assigned,
        lambda s: s.org.do(grant, "ada", "workato", "bundle", MEMBER, timedelta()),
    ),
    (refusals.BadSchedule, assigned, lambda s: s.org.configure_app("workato", import_every=timedelta())),
    (refusals.BadUsername, ada, lambda s: s.org.do(assign, "ada", "workato", MEMBER, user_name="x" * 101)),
    (
        refusals.UsernameTaken,
        assigned,
        lambda s: s.org.do(assign, "ben", "workato", MEMBER, user_name="ada@example.test"),
    ),
    (refusals.UsernameTaken, ada, lambda s: s.org.do(edit_profile, "ben", {"login": "ADA@example.test"})),
    (refusals.RequiredAttribute, ada, lambda s: s.org.do(edit_profile, "ada", {"email": ""})),
    (refusals.NothingToProvision, assigned, lambda s: s.org.do(provision_user, "ada", "workato")),
    (refusals.NothingToRetry, assigned, lambda s: s.org.do(retry_task, "workato")),
    (refusals.EntitlementsNotManaged, ungoverned, lambda s: s.org.do(change_entitlements, "ada", "workato", MEMBER)),
    (refusals.GovernanceTooLate, ungoverned, lambda s: s.org.configure_app("workato", governance=True)),
    (refusals.GovernanceIncomplete, assigned, lambda s: s.org.configure_app("workato", create_users=False)),
    (refusals.ImportsPaused, stopped_imports, lambda s: s.org.do(import_users, "workato")),
    (refusals.AlreadyGranted, granted, lambda s: s.org.do(grant, "ada", "workato", "bundle", MEMBER)),
    (refusals.NotGranted, granted, lambda s: s.org.do(revoke_grant, "ada", "workato", "other")),
    (refusals.NothingToRevert, assigned, lambda s: s.org.do(revert_to_policy, "ada", "workato")),
    (
        refusals.ProvisioningOff,
        ruled_then_off,
        lambda s: s.org.do(delete_push_rule, "r", "workato", in_target="delete"),
    ),
    (refusals.NoSuchRule, assigned, lambda s: s.org.do(delete_push_rule, "r", "workato", in_target="delete")),
    (refusals.NothingToConfirm, assigned, lambda s: s.org.do(confirm_assignments, "workato")),
    (refusals.NothingToConfirm, waiting_row, lambda s: s.org.do(stop_ignoring, "workato", ("ada",))),
    (
        refusals.UsernameTaken,
        waiting_row,
        lambda s: s.org.do(confirm_assignments, "workato", as_new=("ada",)),
    ),
    (refusals.NoRoadblock, assigned, lambda s: s.org.do(resume_imports)),
    (refusals.NoRoadblock, assigned, lambda s: s.org.do(cancel_import)),
    (refusals.AlreadyPushed, pushed, lambda s: s.org.do(push_group, "devs", "workato")),
    (refusals.NotPushed, grouped, lambda s: s.org.do(push_group_now, "devs", "workato")),
    (refusals.AppGroupExists, with_app_groups("Developers"), lambda s: s.org.do(push_group, "devs", "workato")),
    (
        refusals.AmbiguousAppGroup,
        with_app_groups("OPS", "Ops"),
        lambda s: s.org.do(push_group, "devs", "workato", link="ops"),
    ),
    (refusals.NoSuchAppGroup, with_app_groups(), lambda s: s.org.do(push_group, "devs", "workato", link="Ops")),
    (refusals.NotOnThisRoad, ada, lambda s: s.org.do(assign, "ada", "workato", roles=MEMBER)),
    (refusals.GroupPushOff, without_group_push, lambda s: s.org.do(push_group, "devs", "workato")),
    (refusals.CredentialsRefused, assigned, refused_connection),
)


@pytest.mark.parametrize(("refusal", "world", "verb"), CASES, ids=lambda each: getattr(each, "__name__", None))
def test_a_refusal_changes_neither_org_nor_log(
    refusal: type[OktaRefusal], world: Callable[[], Fixture], verb: Callable[[Fixture], object]
) -> None:
    """Nor the app: it was looked at, at most. Only the failed test of a connection is logged. Why is a sentence."""
    s = world()
    before, holds = s.org.describe(), (dict(s.app.members), dict(s.app.invited), dict(s.app.groups))
    value = s.org.value
    with pytest.raises(refusal) as refused:
        verb(s)

    assert " " in str(refused.value)
    after = s.org.describe()
    if refusal is refusals.CredentialsRefused:
        before, after = {**before, "log": None}, {**after, "log": None}
    assert after == before
    assert s.org.value == value
    assert (s.app.members, s.app.invited, s.app.groups) == holds


def test_a_rule_that_pushed_nothing_ends_without_provisioning() -> None:
    """There is no app group to delete, of a group whose push never came to one either."""
    s = set_up()
    s.app.fail("find_groups", unauthorized())
    s.org.do(create_group, "devs", (), "Developers")
    s.org.do(create_push_rule, "r", "workato", "Dev")
    s.org.configure_app("workato", provisioning=False)
    s.org.do(delete_push_rule, "r", "workato", in_target="delete")

    assert not s.org.value.push_rules


@pytest.mark.parametrize(("length", "taken"), [(1, True), (100, True), (101, False)])
def test_an_app_username_has_1_to_100_characters(length: int, *, taken: bool) -> None:
    """A longer one is refused."""
    s = ada()

    if taken:
        s.org.do(assign, "ada", "workato", MEMBER, user_name="x" * length)
        assert s.account().user_name == "x" * length
    else:
        with pytest.raises(refusals.BadUsername, match="1 to 100 characters"):
            s.org.do(assign, "ada", "workato", MEMBER, user_name="x" * length)


def test_every_refusal_is_tried() -> None:
    """The family has no other member."""
    assert {refusal for refusal, _, __ in CASES} == set(OktaRefusal.__subclasses__())


def test_somebody_who_is_gone_frees_their_username() -> None:
    """Deactivation keeps it, deletion and a rename give it up, whoever brings it next."""
    s = ada()
    s.org.do(deactivate_user, "ada")
    with pytest.raises(refusals.UsernameTaken):
        s.org.do(create_user, replace(person("dot"), login="ada@example.test"))
    with pytest.raises(refusals.UsernameTaken):
        s.org.do(edit_profile, "ben", {"login": "Ada@example.test"})
    with pytest.raises(refusals.UsernameTaken):
        s.org.do(add_user, replace(person("eve"), login="ADA@example.test"))
    s.org.do(delete_user, "ada")
    s.org.do(edit_profile, "ben", {"login": "Ada@example.test"})

    s.org.do(create_user, replace(person("dot"), login="ben@example.test"))

    assert s.org.users["dot"].status is UserStatus.ACTIVE
