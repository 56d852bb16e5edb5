"""Plays about imports, entitlements, groups and the connection."""

from contextlib import suppress

from okta_org import ImportResult, OktaRefusal
from okta_org.apps import import_schema
from okta_org.assignments import assign, unassign
from okta_org.directory import edit_profile
from okta_org.group_push import push_group, push_group_now
from okta_org.groups import create_group, remove_from_group, rename_group
from okta_org.imports import import_users
from okta_org.refusals import CredentialsRefused

from .play import ADA_AND_BEN_ARE_IN, ADA_IS_IN, Acme, Play
from .world import MANAGER, MEMBER, World

NO_GROUPS: Acme = {"api_clients": [{"name": "okta", "token": "t", "privileges": ["collaborators.list"]}]}
NO_DEV: Acme = {"api_clients": [{"name": "okta", "token": "t", "environments": ["prod"]}]}


def imported(w: World) -> ImportResult:
    shown = w.org.do(import_users, "acme")
    assert isinstance(shown, ImportResult)
    return shown


def imports_and_matches(w: World) -> bool:
    w.org.do(import_users, "acme")
    account = w.org.app_user("ada", "acme")
    return account is not None and account.external_id is not None


def imports_only_who_accepted(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    return imported(w).scanned == 0


def recognises_who_accepted(w: World) -> bool:
    w.join("ada")
    return imported(w).new == 0


def misses_the_removed(w: World) -> bool:
    w.org.do(import_users, "acme")
    w.by_hand("DELETE", "/workspaces/acme/collaborators/ada@example.test")
    w.org.do(import_users, "acme")
    return w.org.app_user("ada", "acme") is None


def imports_roles(w: World) -> bool:
    w.org.do(import_users, "acme")
    account = w.org.app_user("ada", "acme")
    return account is not None and account.entitlements == {"dev": "Member", "prod": "Member"}


def logs_unknown_roles(w: World) -> bool:
    w.org.do(import_schema, "acme")
    w.by_hand("POST", "/workspaces/acme/roles", {"name": "Auditor"})
    w.by_hand("PUT", "/workspaces/acme/collaborators/ada@example.test/roles", {"roles": {"dev": "Auditor"}})
    w.org.do(import_users, "acme")
    return "system.import.entitlement.mismatch" in w.events()


def takes_over_what_it_finds(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.by_hand("PUT", "/workspaces/acme/collaborators/ada@example.test/roles", {"roles": MANAGER})
    w.org.do(import_users, "acme")
    w.org.do(edit_profile, "ada", {"title": "Countess"})
    return (w.roles("ada") or {})["dev"] == MANAGER["dev"]


def ends_a_wait_with_a_push(w: World) -> bool:
    w.fault("inviteCollaborator", 429)
    w.org.do(assign, "ben", "acme", MANAGER)
    w.by_hand("POST", "/workspaces/acme/collaborators", {"name": "b", "email": "ben@example.test", "roles": MEMBER})
    w.org.do(import_users, "acme")
    return w.roles("ben") == MANAGER and w.task("ben") == "none"


def leaves_the_role_of_who_was_assigned_without_one(w: World) -> bool:
    w.org.do(assign, "ben", "acme")
    w.by_hand("POST", "/workspaces/acme/collaborators", {"name": "b", "email": "ben@example.test", "roles": MEMBER})
    w.org.do(import_users, "acme")
    w.org.do(edit_profile, "ben", {"title": "Count"})
    return w.roles("ben") == MEMBER and w.task("ben") == "none"


def discovers_the_schema(w: World) -> bool:
    w.org.do(import_schema, "acme")
    found = w.org.schemas["acme"]
    return bool(found.properties and found.values)


def offers_and_grants_roles(w: World) -> bool:
    w.org.do(import_schema, "acme")
    w.org.do(assign, "ada", "acme", MEMBER)
    return bool(w.org.schemas["acme"].entitlement_values) and w.invited("ada")


def manages_nothing_ungoverned(w: World) -> bool:
    w.switch(governance=False)
    w.org.do(assign, "ada", "acme", MEMBER)
    return not w.invited("ada")


def makes_groups(w: World) -> bool:
    w.org.do(create_group, "payroll", display_name="Payroll")
    w.org.do(push_group, "payroll", "acme")
    return w.group_names() == {"Payroll"}


def renames_groups(w: World) -> bool:
    w.org.do(create_group, "payroll", display_name="Payroll")
    w.org.do(push_group, "payroll", "acme")
    w.org.do(rename_group, "payroll", "Wages")
    return w.group_names() == {"Wages"}


def changes_members(w: World) -> bool:
    return (
        pushes_payroll(w, "ada") and w.groups("ada") == ["payroll"] and leave_group(w, "ada") and w.groups("ada") == []
    )


def pushes_payroll(w: World, *people: str) -> bool:
    for person in people:
        w.org.do(assign, person, "acme", MEMBER)
    w.org.do(create_group, "payroll", people)
    w.org.do(push_group, "payroll", "acme")
    return True


def leave_group(w: World, person: str) -> bool:
    w.org.do(remove_from_group, "payroll", (person,))
    return True


def pushes_who_accepted(w: World) -> bool:
    pushes_payroll(w, "ada", "cem")
    mapping = w.org.mappings["payroll", "acme"]
    return w.groups("ada") == ["payroll"] and mapping.ignored == ("cem",) and mapping.status.value == "ACTIVE"


def shows_the_lost_group(w: World) -> bool:
    pushes_payroll(w, "ada", "ben")
    client = w.connector(w.emulator.token("acme")).client
    client.delete_user_group(w.org.mappings["payroll", "acme"].target_id or "")
    leave_group(w, "ada")
    return w.org.mappings["payroll", "acme"].status.value == "ERROR"


def spares_the_system_group(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    w.org.do(create_group, "all", ("ada",), "Everyone")
    with suppress(OktaRefusal):
        w.org.do(push_group, "all", "acme", link="All collaborators")
    return ("all", "acme") not in w.org.mappings


def puts_no_leaver_back(w: World) -> bool:
    pushes_payroll(w, "ada", "ben")
    w.org.do(unassign, "ada", "acme")
    w.org.do(push_group_now, "payroll", "acme")
    return w.org.mappings["payroll", "acme"].ignored == ("ada",) and "invitation not accepted" not in {
        event.detail for event in w.org.log
    }


def loses_groups_with_membership(w: World) -> bool:
    pushes_payroll(w, "ada")
    w.org.do(unassign, "ada", "acme")
    return w.size("payroll") == 0


def retries_a_push_by_itself(w: World) -> bool:
    w.fault("addGroupMembers", 502)
    pushes_payroll(w, "ada")
    w.later(hours=6)
    return w.groups("ada") == ["payroll"] and w.task("payroll") == "none"


def overwrites_the_group(w: World) -> bool:
    pushes_payroll(w, "ada")
    client = w.connector(w.emulator.token("acme")).client
    ben = client.list_members("ben@example.test")[0]
    client.add_group_members(w.org.mappings["payroll", "acme"].target_id or "", [str(ben.id)])
    w.org.do(push_group_now, "payroll", "acme")
    return w.groups("ben") == []


def refuses_untested_connections(w: World) -> bool:
    try:
        w.org.configure_app("acme", connector=w.connector("dead"))
    except OktaRefusal:
        return not w.org.connector_of("acme").list_users().resources
    return False


def fails_where_the_client_may_not(w: World) -> bool:
    pushes_payroll(w, "ada")
    return w.task("payroll") == "failed"


def needs_dev(w: World) -> bool:
    w.org.do(assign, "ada", "acme", MEMBER)
    return w.task("ada") == "failed"


def refuses_foreign_tokens(w: World) -> bool:
    """Beta lives in Europe, and its token is alive there."""
    token = w.emulator.token("beta")
    w.connector(token, host="app.eu.workato.com").list_users()
    with suppress(CredentialsRefused):
        w.org.configure_app("acme", connector=w.connector(token, host="www.workato.com"))
    w.org.do(assign, "ada", "acme", MEMBER)
    return w.invited("ada")


def imports_no_groups_unasked(w: World) -> bool:
    w.switch(import_groups=False)
    return imported(w).groups == 0 and "GET /api/user_groups" not in w.requests


PLAYS = (
    Play("INU-1", imports_and_matches, ADA_IS_IN),
    Play("INU-2", imports_only_who_accepted),
    Play("INU-2", recognises_who_accepted),
    Play("INU-3", misses_the_removed, ADA_IS_IN),
    Play("INU-4", imports_roles, ADA_IS_IN),
    Play("INU-4", logs_unknown_roles, ADA_IS_IN),
    Play("INU-5", takes_over_what_it_finds, ADA_IS_IN),
    Play("INU-6", ends_a_wait_with_a_push),
    Play("INU-6", leaves_the_role_of_who_was_assigned_without_one),
    Play("IUS-1", discovers_the_schema),
    Play("EM-1", offers_and_grants_roles),
    Play("EM-2", manages_nothing_ungoverned),
    Play("PG-1", makes_groups),
    Play("PG-1", renames_groups),
    Play("PG-2", changes_members, ADA_IS_IN),
    Play("PG-3", pushes_who_accepted, ADA_IS_IN),
    Play("PG-4", shows_the_lost_group, ADA_AND_BEN_ARE_IN),
    Play("PG-5", spares_the_system_group, ADA_IS_IN),
    Play("PG-6", puts_no_leaver_back, ADA_AND_BEN_ARE_IN),
    Play("PG-6", loses_groups_with_membership, ADA_IS_IN),
    Play("PG-7", overwrites_the_group, ADA_AND_BEN_ARE_IN),
    Play("PG-8", retries_a_push_by_itself, ADA_IS_IN),
    Play("CFG-1", refuses_untested_connections),
    Play("CFG-2", fails_where_the_client_may_not, {**ADA_IS_IN, **NO_GROUPS}),
    Play("CFG-3", needs_dev, NO_DEV),
    Play("CFG-4", refuses_foreign_tokens),
    Play("CFG-5", imports_no_groups_unasked, ADA_IS_IN),
)
