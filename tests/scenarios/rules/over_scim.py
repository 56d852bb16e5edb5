"""Plays about Okta's SCIM client."""

from okta_org import AppUserStatus, CheckResult, ImportResult
from okta_org.apps import test_credentials as press_test
from okta_org.assignments import assign, unassign
from okta_org.directory import deactivate_user, edit_profile
from okta_org.imports import import_users

from .play import Play
from .world import MANAGER, MEMBER, World

USERS = "/scim/v2/Users"


def hire(w: World, person: str = "ada") -> str:
    w.over_scim()
    w.org.do(assign, person, "scim", roles=MEMBER)
    account = w.org.app_user(person, "scim")
    return f"{USERS}/{None if account is None else account.external_id}"


def looks_first(w: World) -> bool:
    hire(w)
    return w.requests == [f"GET {USERS}", f"POST {USERS}"]


def tells_its_own_id(w: World) -> bool:
    hire(w)
    row = w.export()["workspaces"]["beta"]["scim"]["people"][0]
    return bool(row["external_id"] == w.org.value.okta_id("ada"))


def keeps_what_it_does_not_map(w: World) -> bool:
    """A role that is changed by hand between reading and writing is overwritten by what was read."""
    w.over_scim(mapping=("display_name",))
    w.org.do(assign, "ada", "scim")
    before = w.roles("ada", "beta")
    path = "/workspaces/beta/collaborators/ada@example.test/roles"
    w.meanwhile = lambda: w.by_hand("PUT", path, {"roles": MANAGER})
    w.org.do(edit_profile, "ada", {"title": "Countess"})
    return w.roles("ada", "beta") == before


def deletes_nobody(w: World) -> bool:
    place = hire(w)
    w.org.do(deactivate_user, "ada")
    return w.roles("ada", "beta") is None and w.requests[-2:] == [f"GET {place}", f"PUT {place}"]


def comes_back(w: World) -> bool:
    hire(w)
    w.org.do(unassign, "ada", "scim")
    w.org.do(assign, "ada", "scim", roles=MEMBER)
    return w.roles("ada", "beta") is not None


def sends_put(w: World) -> bool:
    hire(w)
    w.org.do(unassign, "ada", "scim")
    return not any(line.startswith("PATCH") for line in w.requests)


def passes_words_on(w: World) -> bool:
    w.over_scim()
    w.org.do(assign, "ada", "scim", roles={"dev": "Pilot"})
    return "Pilot" in w.message("ada")


def counts_the_active(w: World) -> bool:
    hire(w)
    w.org.do(unassign, "ada", "scim")
    shown = w.org.do(import_users, "scim")
    return isinstance(shown, ImportResult) and shown.scanned == 0


def lists_two(w: World) -> bool:
    w.over_scim()
    shown = w.org.do(press_test, "scim")
    return isinstance(shown, CheckResult) and shown.ok and w.requests == [f"GET {USERS}"]


def leaves_activity_alone(w: World) -> bool:
    place = hire(w)
    with w.emulator.scim("beta") as http:
        http.put(place.removeprefix("/scim/v2"), json={"userName": "ada@example.test", "active": False})
    w.org.do(edit_profile, "ada", {"title": "Countess"})
    account = w.org.app_user("ada", "scim")
    return w.roles("ada", "beta") is None and account is not None and account.status is AppUserStatus.PROVISIONED


PLAYS = (
    Play("OSC-1", looks_first),
    Play("OSC-2", tells_its_own_id),
    Play("OSC-3", keeps_what_it_does_not_map),
    Play("OSC-4", deletes_nobody),
    Play("OSC-5", comes_back),
    Play("OSC-6", sends_put),
    Play("OSC-7", passes_words_on),
    Play("OSC-8", counts_the_active),
    Play("OSC-9", lists_two),
    Play("OSC-10", leaves_activity_alone),
)
