"""Each decision is a function that can be replaced; and replaced by another, it shows."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from okta_connector import ActionFailed, Group
from okta_org import AppSchema, AppSettings, AppUserStatus, Decisions, MappingStatus, SyncState, UserStatus
from okta_org.apps import force_sync, import_schema
from okta_org.assignments import assign, change_entitlements, change_username, unassign
from okta_org.decisions import full_profile
from okta_org.directory import add_user, deactivate_user, edit_profile, suspend_user
from okta_org.group_push import push_group, push_group_now
from okta_org.groups import add_to_group, create_group
from okta_org.imports import import_users
from okta_org.retries import run_due

from .fake import MANAGER, MEMBER, NOT_FOUND, Fixture, bad_gateway, member, person, rate_limited, set_up


def assigned(s: Fixture) -> None:
    s.org.do(assign, "ada", "workato", MEMBER)


def accepted(s: Fixture) -> None:
    s.bring_in("ada")


def pushed_group(s: Fixture) -> None:
    s.bring_in("ada")
    s.org.do(create_group, "devs", ("ada",))
    s.org.do(push_group, "devs", "workato")


def taken_username(s: Fixture) -> None:
    assigned(s)
    s.org.do(assign, "ben", "workato", MEMBER, user_name="ada@example.test")


def recovery(s: Fixture) -> None:
    accepted(s)
    s.org.do(change_username, "ada", "workato", "new@example.test")
    s.org.do(unassign, "ada", "workato")
    assigned(s)


def role_change(s: Fixture) -> None:
    accepted(s)
    s.org.do(change_entitlements, "ada", "workato", MANAGER)


def title_change(s: Fixture) -> None:
    accepted(s)
    s.org.do(edit_profile, "ada", {"title": "Countess"})


def early_change(s: Fixture) -> None:
    s.bring_in("ada", accepts=False)
    s.org.do(change_entitlements, "ada", "workato", MANAGER)


def leaver(s: Fixture) -> None:
    accepted(s)
    s.org.do(deactivate_user, "ada")


def suspension(s: Fixture) -> None:
    accepted(s)
    s.org.do(suspend_user, "ada")


def rate_limit(s: Fixture) -> None:
    s.app.fail("create_user", rate_limited())
    assigned(s)


def import_of_a_known_person(s: Fixture) -> None:
    s.app.join(member("ada", dev="Member"))
    s.org.do(import_users, "workato")


def import_after_acceptance(s: Fixture) -> None:
    accepted(s)
    s.org.do(import_users, "workato")


def import_after_removal(s: Fixture) -> None:
    role_change(s)
    s.app.members.clear()
    s.org.do(import_users, "workato")


def pending_member(s: Fixture) -> None:
    s.bring_in("ada", accepts=False)
    s.org.do(create_group, "devs", ("ada",))
    s.org.do(push_group, "devs", "workato")


def leaver_in_a_group(s: Fixture) -> None:
    pushed_group(s)
    s.org.do(deactivate_user, "ada")
    s.org.do(push_group_now, "devs", "workato")


def member_by_hand(s: Fixture) -> None:
    pushed_group(s)
    s.app.group_members["pf-1"].append("999")
    s.org.do(push_group_now, "devs", "workato")


def no_governance(s: Fixture) -> None:
    s.org.add_app("plain", s.app, AppSettings(governance=False))
    s.org.do(assign, "ada", "plain", MEMBER)


def administrator(s: Fixture) -> None:
    s.app.join(member("ada", dev="Admin"))
    assigned(s)


def everybody_again(s: Fixture) -> None:
    accepted(s)
    s.org.do(force_sync, "workato")


def late_push(s: Fixture) -> None:
    accepted(s)
    s.app.fail("update_user", rate_limited())
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    s.advance(minutes=5)
    s.org.do(run_due)


def switched_off(s: Fixture) -> None:
    accepted(s)
    s.org.configure_app("workato", governance=False, deactivate_users=False)
    s.org.do(unassign, "ada", "workato")


def lost_group(s: Fixture) -> None:
    pushed_group(s)
    s.app.fail("add_group_members", ActionFailed(NOT_FOUND, "gone", 404))
    s.bring_in("ben")
    s.org.do(add_to_group, "devs", ("ben",))


def group_push_trouble(s: Fixture) -> None:
    s.app.fail("add_group_members", bad_gateway())
    pushed_group(s)


def layoff(s: Fixture) -> None:
    for number in range(120):
        s.org.do(add_user, person(f"p{number}"))
        s.org.do(assign, f"p{number}", "workato", MEMBER)
        s.app.accept(f"p{number}@example.test")
    s.org.do(import_users, "workato")
    s.app.members.clear()
    s.org.do(import_users, "workato")


def import_of_an_unknown_role(s: Fixture) -> None:
    s.org.do(import_schema, "workato")
    s.app.join(member("ada", dev="Auditor"))
    s.org.do(import_users, "workato")


def import_of_other_roles(s: Fixture) -> None:
    accepted(s)
    s.app.members["101"] = replace(s.app.members["101"], entitlements=member("ada", dev="Auditor").entitlements)
    s.org.do(import_users, "workato")


def import_while_waiting(s: Fixture) -> None:
    rate_limit(s)
    s.app.join(member("ada", dev="Auditor"))
    s.org.do(import_users, "workato")


def import_after_a_bare_assignment(s: Fixture) -> None:
    s.org.do(assign, "ada", "workato")
    s.app.join(member("ada", dev="Auditor"))
    s.org.do(import_users, "workato")


def import_of_a_namesake(s: Fixture) -> None:
    s.org.configure_app("workato", partial_match=True)
    s.app.join(replace(member("ada", dev="Member"), email="al@example.test", user_name="al@example.test"))
    s.org.do(import_users, "workato")


def discovery(s: Fixture) -> None:
    s.org.do(import_schema, "workato")


def two_days(s: Fixture) -> None:
    assert s.org.next_due() is None


def untested_connection(s: Fixture) -> None:
    s.org.configure_app("workato", connector=s.app)


Play = Callable[[Fixture], None]


CASES: list[tuple[Decisions, Play]] = [
    (Decisions(pushes_new_user=lambda *_: False), assigned),
    (Decisions(status_after_create=lambda _: AppUserStatus.ACTIVE), assigned),
    (Decisions(username_is_free=lambda *_: True), taken_username),
    (Decisions(warns_of=lambda _: False), administrator),
    (Decisions(rename_outlives_assignment=lambda: True), recovery),
    (Decisions(pushes_profile=lambda _: False), role_change),
    (Decisions(is_worth_a_push=lambda changed: "entitlements" in changed), title_change),
    (Decisions(is_pushed_in_bulk=lambda _: False), everybody_again),
    (Decisions(is_still_sent=lambda _: False), late_push),
    (Decisions(full_profile=lambda user, account, _: full_profile(user, account, ())), assigned),
    (Decisions(sync_state_after_failure=lambda: SyncState.SYNCHRONIZED), early_change),
    (Decisions(takes_apps_away=lambda _: False), leaver),
    (Decisions(takes_apps_away=lambda status: status is UserStatus.SUSPENDED), suspension),
    (Decisions(pushes_deactivation=lambda *_: True), switched_off),
    (Decisions(wait_before_retry=lambda *_: timedelta()), rate_limit),
    (Decisions(may_try_again=lambda _: False), rate_limit),
    (Decisions(wait_before_group_push_retry=lambda *_: None), group_push_trouble),
    (Decisions(manages_entitlements=lambda _: True), no_governance),
    (Decisions(entitlements_to_push=lambda _: ()), assigned),
    (Decisions(imports_groups=lambda _: True), import_of_a_known_person),
    (Decisions(exact_match=lambda *_: None), import_of_a_known_person),
    (Decisions(partial_match=lambda *_: None), import_of_a_namesake),
    (Decisions(is_same_account=lambda account, row: account.external_id == row.id), import_after_acceptance),
    (Decisions(is_gone=lambda *_: False), import_after_removal),
    (Decisions(trips_safeguard=lambda *_: False), layoff),
    (Decisions(is_known_entitlement=lambda *_: True), import_of_an_unknown_role),
    (Decisions(takes_over=lambda _: False), import_of_other_roles),
    (Decisions(pushes_after_linking=lambda *_: False), import_while_waiting),
    (Decisions(adopts_roles=lambda *_: False), import_after_a_bare_assignment),
    (Decisions(adopt_schema=lambda *_: AppSchema()), discovery),
    (Decisions(group_to_push=lambda name, target: Group(target, f"Okta {name}")), pushed_group),
    (Decisions(membership_changes=lambda *_: ((), ())), pushed_group),
    (Decisions(status_after_membership_push=lambda _: MappingStatus.ERROR), pending_member),
    (Decisions(status_after_group_lost=lambda: MappingStatus.ACTIVE), lost_group),
    (Decisions(member_value=lambda user, account: account.external_id if account else user.email), leaver_in_a_group),
    (Decisions(overwrite_changes=lambda *_: ((), ())), member_by_hand),
    (Decisions(time_between_imports=lambda _: timedelta(days=1)), two_days),
    (Decisions(must_test_connection=lambda: False), untested_connection),
]


def turned_round(decisions: Decisions) -> set[str]:
    return {each.name for each in fields(Decisions) if getattr(decisions, each.name) is not each.default}


@pytest.mark.parametrize(
    ("decisions", "play"), [pytest.param(*case, id=f"{turned_round(case[0])} {case[1].__name__}") for case in CASES]
)
def test_a_decision_turned_round_shows(decisions: Decisions, play: Play) -> None:
    """The same play ends otherwise: in the org, in the app, or in what was called."""
    assert outcome(Decisions(), play) != outcome(decisions, play)


def outcome(decisions: Decisions, play: Play) -> object:
    s = set_up("ada", "ben", decisions=decisions)
    try:
        play(s)
    except Exception as refusal:  # noqa: BLE001 - any ending is one to compare
        return type(refusal)
    return s.org.describe(), s.app.members, s.app.invited, s.app.group_members, s.app.calls


def test_every_decision_is_turned_round() -> None:
    """None is left out of the cases above."""
    assert {name for decisions, _ in CASES for name in turned_round(decisions)} == {
        each.name for each in fields(Decisions)
    }


def test_every_decision_names_its_rules() -> None:
    """The mark is on the function; an audit collects them."""
    marked = {rule for each in fields(Decisions) for rule in each.default.upholds}  # type: ignore[union-attr]

    assert marked == {
        *("PNU-1", "PNU-2", "PNU-4", "PNU-10", "PPU-1", "PPU-2", "PPU-3", "PPU-6", "GOV-2", "GOV-3", "GOV-5", "GOV-8"),
        *("PUD-1", "PUD-2", "PUD-8", "EM-1", "EM-2", "INU-1", "INU-2", "INU-3", "INU-4", "INU-5", "INU-6", "IUS-1"),
        *("PG-1", "PG-2", "PG-3", "PG-4", "PG-6", "PG-7", "PG-8", "CFG-1", "CFG-5", "GOV-4"),
    }
