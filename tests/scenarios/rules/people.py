"""Plays about people: new users, profile updates, deactivation."""

from contextlib import suppress

from okta_org import OktaRefusal, SyncState
from okta_org.apps import force_sync
from okta_org.assignments import assign, change_entitlements, change_username, unassign
from okta_org.directory import deactivate_user, edit_profile, suspend_user

from .play import ADA_IS_IN, ADMINISTRATORS, Play
from .world import MANAGER, MEMBER, World

INVITE = "POST /api/member_invitations"


def invites(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    return w.invited("ada") and w.requests.count(INVITE) == 1


def waits_for_acceptance(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    account = w.org.app_user("ada", "acme")
    return w.roles("ada") is None and account is not None and account.status.value == "PROVISIONED"


def needs_a_role(w: World) -> bool:
    w.org.do(assign, "ada", "acme")
    return not w.invited("ada") and w.task("ada") == "failed"


def keeps_usernames_apart(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER, user_name="one@example.test")
    try:
        w.org.do(assign, "ben", "acme", MEMBER, user_name="one@example.test")
    except OktaRefusal:
        return True
    return False


def tells_a_longer_address_apart(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER, user_name="da@example.test")
    return w.requests.count(INVITE) == 1


def knows_an_address_in_any_case(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MANAGER, user_name="ADA@example.test")
    return w.roles("ada") == MANAGER and not w.invited("ada")


def shares_no_address(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MANAGER)
    return not w.invited("ada")


def links_a_member(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MANAGER)
    return w.roles("ada") == MANAGER and INVITE not in w.requests


def joins_with_the_account_there_is(w: World) -> bool:
    w.org.do(assign, "ada", "beta", MEMBER)
    w.accept("ada", "beta")
    before = w.account("ada")
    w.join("ada")
    return w.roles("ada") is not None and w.account("ada") == before


def waits_twenty_minutes(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    with suppress(OktaRefusal):
        w.org.do(unassign, "ada", "acme")
    w.org.do(assign, "ada", "acme", MEMBER)
    return "paused" in {task.state.value for task in w.org.tasks.open}


def speaks_the_newer_model(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    return w.invited("ada")


def pushes_a_change(w: World) -> bool:
    w.join("ada")
    w.org.do(change_entitlements, "ada", "acme", MANAGER)
    return w.roles("ada") == MANAGER


def refuses_a_rename(w: World) -> bool:
    w.join("ada")
    w.org.do(force_sync, "acme")
    w.org.do(change_username, "ada", "acme", "ada.king@example.test")
    account = w.org.app_user("ada", "acme")
    return w.task("ada") == "failed" and account is not None and account.sync_state is SyncState.ERROR


def recovers_from_a_rename(w: World) -> bool:
    w.join("ada")
    w.org.do(force_sync, "acme")
    w.org.do(change_username, "ada", "acme", "ada.king@example.test")
    w.org.do(unassign, "ada", "acme")
    w.later(minutes=20)
    w.org.do(assign, "ada", "acme", MEMBER)
    return w.invited("ada")


def takes_any_profile(w: World) -> bool:
    w.join("ada")
    w.org.do(edit_profile, "ada", {"last_name": "King", "title": None})
    return w.task("ada") == "none"


def fails_before_acceptance(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.org.do(change_entitlements, "ada", "acme", MANAGER)
    return w.task("ada") == "failed"


def warns_of_a_demotion(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    return [entry.detail is not None for entry in w.org.log if entry.warning] == [True]


def says_no_access(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.org.do(change_entitlements, "ada", "acme", {})
    return w.roles("ada") == {} and w.task("ada") == "none"


def names_the_missing_role(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.org.do(change_entitlements, "ada", "acme", {"dev": "Gone"})
    return "Gone" in w.message("ada") and w.roles("ada") != {}


def removes_a_leaver(w: World) -> bool:
    w.join("ada")
    w.org.do(deactivate_user, "ada")
    return w.roles("ada") is None


def keeps_the_suspended(w: World) -> bool:
    w.join("ada")
    w.org.do(suspend_user, "ada")
    return w.roles("ada") is not None


def heeds_the_switch(w: World) -> bool:
    w.join("ada")
    w.switch(governance=False)
    w.switch(deactivate_users=False)
    w.org.do(unassign, "ada", "acme")
    return w.roles("ada") is not None


def cannot_deactivate_the_invited(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.org.do(unassign, "ada", "acme")
    return w.task("ada") == "failed"


def keeps_the_invitation(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.org.do(unassign, "ada", "acme")
    return w.task("ada") == "failed" and w.invited_with("ada") == MEMBER


def leaves_other_workspaces_alone(w: World) -> bool:
    w.org.do(assign, "ada", "beta", MEMBER)
    w.accept("ada", "beta")
    w.join("ada")
    w.org.do(unassign, "ada", "acme")
    return w.roles("ada") is None and w.roles("ada", "beta") == MEMBER


def keeps_the_account(w: World) -> bool:
    w.join("ada")
    before = w.account("ada")
    w.org.do(unassign, "ada", "acme")
    return w.account("ada") == before is not None


def limits_comings_and_goings(w: World) -> bool:
    for _ in range(2):
        w.join("ada")
        w.org.do(unassign, "ada", "acme")
        w.later(minutes=20)
    w.org.do(assign, "ada", "acme", MEMBER)
    return w.task("ada") == "paused"


def doubles_the_wait(w: World) -> bool:
    w.fault("inviteCollaborator", 429, count=3)
    w.org.do(assign, "ada", "acme", MEMBER)
    w.later(minutes=5 + 10 + 20)
    return w.task("ada") == "none" and w.invited("ada")


def keeps_to_retry_after(w: World) -> bool:
    w.fault("inviteCollaborator", 429, headers={"Retry-After": "60"})
    w.org.do(assign, "ada", "acme", MEMBER)
    w.later(minutes=1)
    return w.invited("ada")


def counts_the_gone_as_done(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.by_hand("DELETE", "/workspaces/acme/collaborators/ada@example.test")
    w.org.do(unassign, "ada", "acme")
    return w.task("ada") == "none"


PLAYS = (
    Play("PNU-1", invites),
    Play("PNU-2", waits_for_acceptance),
    Play("PNU-3", needs_a_role),
    Play("PNU-4", keeps_usernames_apart),
    Play("PNU-5", tells_a_longer_address_apart, ADA_IS_IN),
    Play("PNU-5", knows_an_address_in_any_case, ADA_IS_IN),
    Play("PNU-5", shares_no_address, ADA_IS_IN),
    Play("PNU-6", links_a_member, ADA_IS_IN),
    Play("PNU-7", joins_with_the_account_there_is),
    Play("PNU-8", waits_twenty_minutes),
    Play("PNU-9", speaks_the_newer_model),
    Play("PPU-1", pushes_a_change),
    Play("PPU-2", refuses_a_rename),
    Play("PPU-3", recovers_from_a_rename),
    Play("PPU-4", takes_any_profile),
    Play("PPU-5", fails_before_acceptance),
    Play("PNU-10", warns_of_a_demotion, ADMINISTRATORS),
    Play("PPU-7", says_no_access, ADA_IS_IN),
    Play("PPU-8", names_the_missing_role, ADA_IS_IN),
    Play("PUD-1", removes_a_leaver),
    Play("PUD-2", keeps_the_suspended),
    Play("PUD-2", heeds_the_switch),
    Play("PUD-3", cannot_deactivate_the_invited),
    Play("PUD-4", keeps_the_invitation),
    Play("PUD-5", joins_with_the_account_there_is),
    Play("PUD-6", leaves_other_workspaces_alone),
    Play("PUD-7", keeps_the_account),
    Play("PUD-8", limits_comings_and_goings, {"plan": {"churn_limit": 2}}),
    Play("PUD-8", doubles_the_wait),
    Play("PUD-8", keeps_to_retry_after),
    Play("PUD-9", limits_comings_and_goings, {"plan": {"churn_limit": 2}}),
    Play("PUD-10", counts_the_gone_as_done, ADA_IS_IN),
)
