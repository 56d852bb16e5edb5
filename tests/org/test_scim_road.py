"""An app that provisions by SCIM: the same verbs, other conversations, and what this road lacks."""

from dataclasses import replace

import httpx
import pytest

from okta_connector.scim import ScimSettings
from okta_org import AppUserStatus, CheckResult, ImportResult, OktaAssumptions, TaskKind, apps, refusals
from okta_org.apps import apply_updates_now, import_schema, provision_user
from okta_org.assignments import (
    assign,
    assign_group,
    change_entitlements,
    change_group_entitlements,
    change_username,
    grant,
    revert_to_policy,
    revoke_grant,
    unassign,
)
from okta_org.directory import activate_user, deactivate_user, edit_profile, suspend_user, unsuspend_user
from okta_org.group_push import push_group, push_group_now
from okta_org.groups import add_to_group, create_group, remove_from_group
from okta_org.imports import import_users
from okta_org.retries import retry_task, run_due
from okta_org.role_attributes import change_group_role_attributes, change_role_attributes

from ..connector.scim.servers import error
from .fake import Fixture, set_up
from .scim import SCIM, WITH_GROUPS, with_scim

ADA = "ada@example.test"
LOOK_UP = f'GET /Users?filter=userName eq "{ADA}"&startIndex=1&count=100'
ROLE = "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole"
ROLES = {"dev": "Operator"}


def message(s: Fixture, kind: TaskKind = TaskKind.CREATE) -> str:
    return s.task(kind, app="scim")


def test_a_creation_ends_with_the_id_of_the_server_and_no_invitation() -> None:
    """A creation ends with the id of the server and no invitation."""
    s, wire = with_scim("ada")
    s.org.do(assign, "ada", "scim", roles=ROLES)

    assert wire.lines == [LOOK_UP, "POST /Users"]
    assert wire.body()[ROLE] == {"workato_role": "Operator"}
    account = s.account(app="scim")
    assert (account.status, account.external_id) == (AppUserStatus.PROVISIONED, "id-1")


def test_the_external_id_is_okta_s_own_and_the_same_on_every_write() -> None:
    """The external id is Okta s own and the same on every write."""
    s, wire = with_scim("ada")
    s.org.do(assign, "ada", "scim")
    s.org.do(edit_profile, "ada", {"title": "Countess"})
    s.org.do(unassign, "ada", "scim")

    ids = {wire.body(place)["externalId"] for place, each in enumerate(wire.requests) if each.method != "GET"}
    assert len(ids) == 1
    (okta_id,) = ids
    assert okta_id.startswith("00u")
    assert len(okta_id) == 20
    assert okta_id != set_up("ben").org.value.okta_id("ben")


def test_a_task_has_okta_s_frame_around_the_words_of_the_server() -> None:
    """A task has Okta s frame around the words of the server."""
    refused = {"POST /Users": error(409, "The username is taken")}
    s, _ = with_scim("ada", instead=refused)
    s.org.do(assign, "ada", "scim")

    assert message(s) == (
        "Automatic provisioning of user Ada Example to app Scim failed: Error while creating user Ada Example: "
        "Conflict. Errors reported by remote server: The username is taken"
    )


def test_a_failed_look_up_is_told_as_a_look_up() -> None:
    """A failed look up is told as a look up."""
    s, _ = with_scim("ada", instead={"GET /Users": httpx.Response(503, text="<html>")})
    s.org.do(assign, "ada", "scim")

    assert message(s).endswith(
        f"Error while verifying if user {ADA} exists: Service Unavailable. Errors reported by remote server: "
        "Invalid JSON: Unrecognized token '<html>' line: 1, column: 1"
    )


def test_a_push_to_somebody_who_is_gone_names_the_id() -> None:
    """A push to somebody who is gone names the id."""
    s, _ = with_scim("ada", instead={"GET /Users/id-1": error(404, "User not found")})
    s.org.do(assign, "ada", "scim")
    s.org.do(edit_profile, "ada", {"title": "Countess"})

    assert "No user returned for user id-1" in message(s, TaskKind.PROFILE_PUSH)
    s.org.do(deactivate_user, "ada")
    assert "No user returned for user id-1" in message(s, TaskKind.DEACTIVATE)


def test_a_retry_replays_the_mapping_of_the_failed_push() -> None:
    """A retry replays the mapping of the failed push."""
    refused = {"POST /Users": error(400, "bad title")}
    s, wire = with_scim("ada", settings=replace(SCIM, mapping=("display_name",)), instead=refused)
    s.org.do(edit_profile, "ada", {"title": "Countess"})
    s.org.do(assign, "ada", "scim")
    refused.clear()
    s.org.configure_app("scim", mapping=("display_name", "title"))
    s.org.do(retry_task, "scim")
    assert "title" not in wire.body()

    s.org.do(apply_updates_now, "scim")
    assert wire.body()["title"] == "Countess"


def test_a_retry_sends_the_mapping_of_today_where_retries_are_current() -> None:
    """A retry sends the mapping of today where retries are current."""
    refused = {"POST /Users": error(400, "bad title")}
    s, wire = with_scim(
        "ada",
        settings=replace(SCIM, mapping=("display_name",)),
        assumptions=OktaAssumptions(okta_retry="current"),
        instead=refused,
    )
    s.org.do(edit_profile, "ada", {"title": "Countess"})
    s.org.do(assign, "ada", "scim")
    refused.clear()
    s.org.configure_app("scim", mapping=("title",))
    s.org.do(retry_task, "scim")
    assert wire.body()["title"] == "Countess"


def test_roles_are_attributes_of_one_person_or_of_a_group() -> None:
    """Roles are attributes of one person or of a group."""
    s, wire = with_scim("ada", "ben")
    s.org.do(create_group, "devs", ("ada", "ben"))
    s.org.do(assign_group, "devs", "scim", roles=ROLES)
    s.org.do(change_role_attributes, "ada", "scim", {"dev": "Admin"})
    assert wire.body()[ROLE] == {"workato_role": "Admin"}

    s.org.do(change_group_role_attributes, "devs", "scim", {"dev": "Analyst", "test": "Operator"})
    assert wire.lines[-1] == "PUT /Users/id-2"
    assert wire.body()[ROLE] == {"workato_role": "Analyst", "workato_role_test": "Operator"}
    assert s.account(app="scim").entitlements == {"dev": "Admin"}


@pytest.mark.parametrize(
    "verb",
    [
        pytest.param(lambda s: s.org.do(assign, "ben", "scim", {"dev": "Member"}), id="assign with entitlements"),
        pytest.param(lambda s: s.org.do(assign, "ben", "scim", groups=("pf-1",)), id="assign with app groups"),
        pytest.param(lambda s: s.org.do(assign_group, "devs", "scim", {"dev": "Member"}), id="assign a group"),
        pytest.param(lambda s: s.org.do(change_entitlements, "ada", "scim", {}), id="change entitlements"),
        pytest.param(lambda s: s.org.do(change_group_entitlements, "ops", "scim", {}), id="change a group's"),
        pytest.param(lambda s: s.org.do(grant, "ada", "scim", "bundle", {}), id="grant"),
        pytest.param(lambda s: s.org.do(revoke_grant, "ada", "scim", "bundle"), id="revoke"),
        pytest.param(lambda s: s.org.do(revert_to_policy, "ada", "scim"), id="revert"),
        pytest.param(lambda s: s.org.configure_app("scim", governance=True), id="governance"),
        pytest.param(lambda s: s.org.do(import_schema, "scim"), id="import the schema"),
    ],
)
def test_what_this_road_lacks_is_refused_by_name(verb: object) -> None:
    """What this road lacks is refused by name."""
    s, wire = with_scim("ada", "ben")
    s.org.do(assign, "ada", "scim")
    s.org.do(create_group, "devs", ())
    s.org.do(create_group, "ops", ())
    s.org.do(assign_group, "ops", "scim")
    sent = len(wire.requests)

    assert callable(verb)
    with pytest.raises(refusals.NotOnThisRoad, match="scim is a SCIM app"):
        verb(s)
    assert len(wire.requests) == sent


@pytest.mark.parametrize(
    "verb",
    [
        pytest.param(lambda s: s.org.do(assign, "ada", "workato", roles=ROLES), id="assign"),
        pytest.param(lambda s: s.org.do(assign_group, "devs", "workato", roles=ROLES), id="assign a group"),
        pytest.param(lambda s: s.org.do(change_role_attributes, "ben", "workato", ROLES), id="change"),
        pytest.param(lambda s: s.org.do(change_group_role_attributes, "devs", "workato", ROLES), id="change a group's"),
    ],
)
def test_an_app_of_the_catalogue_has_no_role_attributes(verb: object) -> None:
    """An app of the catalogue has no role attributes."""
    s = set_up("ada", "ben")
    s.bring_in("ben")
    s.org.do(create_group, "devs", ())
    assert callable(verb)
    with pytest.raises(refusals.NotOnThisRoad, match="has no role attributes"):
        verb(s)


def test_pushing_a_group_needs_the_tick() -> None:
    """Pushing a group needs the tick."""
    s, wire = with_scim("ada")
    s.org.do(create_group, "devs", ("ada",))
    with pytest.raises(refusals.GroupPushOff, match="Push Groups is off for scim"):
        s.org.do(push_group, "devs", "scim")
    assert wire.lines == []


def test_deactivation_takes_nobody_away_and_coming_back_keeps_the_id() -> None:
    """Deactivation takes nobody away and coming back keeps the id."""
    s, wire = with_scim("ada")
    s.org.do(create_group, "devs", ("ada",))
    s.org.do(assign_group, "devs", "scim")
    s.org.do(deactivate_user, "ada")
    assert wire.lines[-2:] == ["GET /Users/id-1", "PUT /Users/id-1"]
    assert wire.body()["active"] is False

    s.org.do(activate_user, "ada")
    assert wire.lines[-2:] == [LOOK_UP, "PUT /Users/id-1"]
    assert wire.body()["active"] is True
    assert s.account(app="scim").external_id == "id-1"


def test_suspension_sends_nothing() -> None:
    """Suspension sends nothing."""
    s, wire = with_scim("ada")
    s.org.do(assign, "ada", "scim")
    sent = len(wire.requests)
    s.org.do(suspend_user, "ada")
    s.org.do(unsuspend_user, "ada")
    assert len(wire.requests) == sent


def test_deactivate_users_that_is_ticked_late_does_not_catch_up() -> None:
    """Deactivate users that is ticked late does not catch up."""
    s, wire = with_scim("ada", settings=replace(SCIM, deactivate_users=False))
    s.org.do(assign, "ada", "scim")
    s.org.do(deactivate_user, "ada")
    s.org.configure_app("scim", deactivate_users=True)
    assert wire.lines == [LOOK_UP, "POST /Users", "GET /Users?startIndex=1&count=2"]


def test_saving_a_page_of_the_settings_tests_the_connection() -> None:
    """Saving a page of the settings tests the connection."""
    answers: dict[str, httpx.Response | Exception] = {}
    s, wire = with_scim(instead=answers)
    s.org.configure_app("scim", deactivate_users=False)
    assert wire.lines == ["GET /Users?startIndex=1&count=2"]

    answers["GET /Users"] = error(401, "The token was revoked")
    with pytest.raises(refusals.CredentialsRefused, match=r"Error authenticating: Unauthorized.*The token was revoked"):
        s.org.configure_app("scim", deactivate_users=True)
    assert not s.org.apps["scim"].settings.deactivate_users


def test_testing_shows_a_failure_in_okta_s_words() -> None:
    """Testing shows a failure in Okta s words."""
    s, _ = with_scim(instead={"GET /Users": httpx.Response(403, text="<html>")})
    shown = s.org.do(apps.test_credentials, "scim")
    assert shown == CheckResult(
        ok=False,
        message="Error authenticating: Forbidden. Errors reported by remote server: "
        "Invalid JSON: Unrecognized token '<html>' line: 1, column: 1",
    )


def test_an_import_unassigns_whoever_is_inactive_at_the_server() -> None:
    """An import unassigns whoever is inactive at the server."""
    s, wire = with_scim("ada", "ben")
    s.org.do(assign, "ada", "scim")
    s.org.do(assign, "ben", "scim")
    wire.through.handler.users["id-1"]["active"] = False  # type: ignore[attr-defined]
    shown = s.org.do(import_users, "scim")
    assert isinstance(shown, ImportResult)
    assert (shown.scanned, shown.removed, shown.groups) == (1, 1, 0)
    assert s.org.app_user("ada", "scim") is None


def test_a_rate_limit_waits_as_long_as_it_is_told() -> None:
    """A rate limit waits as long as it is told."""
    answers: dict[str, httpx.Response | Exception] = {"POST /Users": error(429, "slow down", {"Retry-After": "120"})}
    s, _ = with_scim("ada", instead=answers)
    s.org.do(assign, "ada", "scim")
    due = s.org.next_due()
    assert due is not None
    assert (due - s.now[0]).total_seconds() == 120

    answers.clear()
    s.now[0] = due
    s.org.do(run_due)
    assert s.account(app="scim").external_id == "id-1"


def test_a_changed_username_is_pushed_and_fails_where_the_server_refuses_it() -> None:
    """A changed username is pushed and fails where the server refuses it."""
    s, wire = with_scim("ada", instead={"PUT /Users/id-1": error(409, "The username cannot change")})
    s.org.do(assign, "ada", "scim")
    s.org.do(change_username, "ada", "scim", "ada.l@example.test")
    assert wire.body()["userName"] == "ada.l@example.test"
    assert message(s, TaskKind.PROFILE_PUSH).endswith("remote server: The username cannot change")


def test_create_users_off_links_and_never_creates() -> None:
    """Create users off links and never creates."""
    s, wire = with_scim("ada", settings=replace(SCIM, create_users=False))
    s.org.do(assign, "ada", "scim")
    assert wire.lines == [LOOK_UP]
    assert message(s).endswith("Matching user not found.")


def test_somebody_assigned_before_provisioning_needs_provision_user() -> None:
    """Somebody assigned before provisioning needs provision user."""
    s, wire = with_scim("ada", settings=replace(SCIM, provisioning=False))
    s.org.do(assign, "ada", "scim")
    s.org.configure_app("scim", provisioning=True)
    assert wire.lines == ["GET /Users?startIndex=1&count=2"]
    s.org.do(provision_user, "ada", "scim")
    assert wire.lines[1:] == [LOOK_UP, "POST /Users"]


def test_a_custom_app_pushes_a_group_with_its_members_twice() -> None:
    """A custom app pushes a group with its members twice."""
    s, wire = with_scim("ada", "ben", settings=WITH_GROUPS)
    s.org.do(assign, "ada", "scim")
    s.org.do(create_group, "devs", ("ada", "ben"), "Developers")
    wire.requests.clear()
    s.org.do(push_group, "devs", "scim")
    assert wire.lines == [
        'GET /Groups?filter=displayName eq "Developers"&startIndex=1&count=100',
        "POST /Groups",
        "GET /Groups/id-1",
        "PUT /Groups/id-1",
    ]
    assert wire.body(1)["members"] == wire.body(3)["members"] == [{"value": "id-1", "display": ADA}]
    assert s.org.mappings["devs", "scim"].ignored == ("ben",)


def test_an_empty_group_is_pushed_with_an_empty_list_twice() -> None:
    """An empty group is pushed with an empty list twice."""
    s, wire = with_scim(settings=WITH_GROUPS)
    s.org.do(create_group, "devs", (), "Developers")
    s.org.do(push_group, "devs", "scim")
    assert (wire.body(1)["members"], wire.body(3)["members"]) == ([], [])


def test_a_catalogue_app_patches_members_and_the_name_with_them() -> None:
    """A catalogue app patches members and the name with them."""
    s, wire = with_scim("ada", "ben", settings=WITH_GROUPS, about=ScimSettings(kind="catalogue_patch"))
    for name in ("ada", "ben"):
        s.org.do(assign, name, "scim")
    s.org.do(create_group, "devs", ("ada",), "Developers")
    s.org.do(push_group, "devs", "scim")
    wire.requests.clear()
    s.org.do(add_to_group, "devs", ("ben",))
    s.org.do(remove_from_group, "devs", ("ada",))
    s.org.do(push_group_now, "devs", "scim")
    assert wire.lines == ["PATCH /Groups/id-1"] * 3
    renaming = {"op": "replace", "value": {"id": "id-1", "displayName": "Developers"}}
    ben = [{"value": "id-2", "display": "ben@example.test"}]
    assert [wire.body(place)["Operations"] for place in range(3)] == [
        [renaming, {"op": "add", "path": "members", "value": ben}],
        [renaming, {"op": "remove", "path": 'members[value eq "id-1"]'}],
        [renaming, {"op": "replace", "path": "members", "value": ben}],
    ]


def test_a_member_whose_id_the_server_no_longer_knows_stops_the_push_of_the_group() -> None:
    """A member whose id the server no longer knows stops the push of the group."""
    refused = {"PUT /Groups/id-1": error(404, "User not found.")}
    s, _ = with_scim("ada", settings=WITH_GROUPS, instead=refused)
    s.org.do(assign, "ada", "scim")
    s.org.do(create_group, "devs", ("ada",), "Developers")
    s.org.do(push_group, "devs", "scim")
    text = s.org.mappings["devs", "scim"].error_summary
    assert text is not None
    assert text.endswith("Not Found. Errors reported by remote server: User not found.")


def test_a_known_id_is_written_to_without_a_look_up_where_that_is_assumed() -> None:
    """A known id is written to without a look up where that is assumed."""
    s, wire = with_scim("ada", assumptions=OktaAssumptions(okta_reactivation="known_id"))
    s.org.do(create_group, "devs", ("ada",))
    s.org.do(assign_group, "devs", "scim")
    s.org.do(deactivate_user, "ada")
    wire.requests.clear()
    s.org.do(activate_user, "ada")
    assert wire.lines == ["GET /Users/id-1", "PUT /Users/id-1"]
    assert wire.body()["active"] is True
