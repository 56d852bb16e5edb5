"""Plays of two orgs and one collaborator."""

from okta_org import SyncState
from okta_org.apps import force_sync
from okta_org.assignments import assign, change_entitlements, unassign
from okta_org.directory import edit_profile
from okta_org.imports import import_users

from .play import ADA_IS_IN, Play
from .world import MANAGER, MEMBER, World


def replaces_across_orgs(w: World) -> bool:
    w.org.do(assign, "ada", "acme", {"dev": "Member", "prod": "Member"})
    w.other.do(assign, "ada", "acme", {"test": "Member"})
    return w.roles("ada") == {"test": "Member"}


def last_push_wins(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.other.do(assign, "ada", "acme", MANAGER)
    return w.roles("ada") == MANAGER


def omission_takes_away(w: World) -> bool:
    w.org.do(assign, "ada", "acme", {"dev": "Member", "prod": "Member"})
    w.other.do(assign, "ada", "acme", MANAGER)
    w.other.do(change_entitlements, "ada", "acme", {})
    return w.roles("ada") == {}


def omission_is_no_matter_of_imports(w: World) -> bool:
    w.org.do(assign, "ada", "acme", {"prod": "Member"})
    w.other.do(import_users, "acme")
    w.org.do(assign, "ben", "acme", MEMBER)
    w.other.do(change_entitlements, "ada", "acme", MANAGER)
    return w.roles("ada") == MANAGER


def a_title_is_enough(w: World) -> bool:
    w.other.do(assign, "ada", "acme", MANAGER)
    w.org.do(assign, "ada", "acme", MEMBER)
    w.other.do(edit_profile, "ada", {"title": "Countess"})
    return w.roles("ada") == MANAGER


def the_loser_sees_nothing(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    seen = w.org.log
    w.other.do(assign, "ada", "acme", MANAGER)
    w.later(days=2)
    account = w.org.app_user("ada", "acme")
    quiet = w.org.log == seen and w.task("ada") == "none"
    return quiet and account is not None and account.sync_state is SyncState.SYNCHRONIZED


def force_sync_brings_back(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.other.do(assign, "ada", "acme", MANAGER)
    w.org.do(force_sync, "acme")
    return w.roles("ada") == MEMBER


def removes_for_all(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.other.do(assign, "ada", "acme", MEMBER)
    w.org.do(unassign, "ada", "acme")
    w.other.do(force_sync, "acme")
    return w.roles("ada") is None and w.task("ada", w.other) == "failed"


def never_rests(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.other.do(assign, "ada", "acme", MANAGER)
    seen = []
    for org in (w.org, w.other, w.org):
        org.do(force_sync, "acme")
        seen.append(w.roles("ada"))
    return seen == [MEMBER, MANAGER, MEMBER]


def arrival_decides(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.other.do(assign, "ada", "acme", MEMBER)
    w.fault("updateCollaboratorRoles", 429)
    w.org.do(change_entitlements, "ada", "acme", {"dev": "Environment admin"})
    w.other.do(change_entitlements, "ada", "acme", MANAGER)
    w.later(minutes=5)
    return w.roles("ada") == {"dev": "Environment admin"}


PLAYS = (
    Play("PPU-6", replaces_across_orgs, ADA_IS_IN),
    Play("GOV-1", last_push_wins, ADA_IS_IN),
    Play("GOV-2", omission_takes_away, ADA_IS_IN),
    Play("GOV-2", omission_is_no_matter_of_imports, ADA_IS_IN),
    Play("GOV-3", a_title_is_enough, ADA_IS_IN),
    Play("GOV-4", the_loser_sees_nothing, ADA_IS_IN),
    Play("GOV-5", force_sync_brings_back, ADA_IS_IN),
    Play("GOV-6", removes_for_all, ADA_IS_IN),
    Play("GOV-7", never_rests, ADA_IS_IN),
    Play("GOV-8", arrival_decides, ADA_IS_IN),
)
