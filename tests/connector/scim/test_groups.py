"""Okta's Group Push over SCIM: whole lists by PUT from a custom app, what changed by PATCH from the catalogue."""

import httpx
import pytest

from okta_connector import FailureType, Group, MembershipPush
from okta_connector.scim import ScimSettings, ScimSwitches

from .servers import Wire, connector, error, failure_of, person, pretended, scim2_server

CATALOGUE = ScimSettings(kind="catalogue_patch")
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
BUILDERS = Group("g1", "Builders")


def one_group() -> Wire:
    return pretended(groups={"g1": {"schemas": [GROUP], "id": "g1", "displayName": "Builders", "members": []}})


def test_a_new_group_is_looked_up_and_then_created_with_its_members() -> None:
    """A new group is looked up and then created with its members."""
    wire = scim2_server()
    okta = connector(wire)
    ines = okta.create_user(person()).id or ""
    wire.requests.clear()
    assert okta.find_groups("Builders").resources == ()
    made = okta.create_group(Group(None, "Builders"), MembershipPush((ines,), (), (ines,), names={ines: "ines"}))
    assert wire.lines == ['GET /Groups?filter=displayName eq "Builders"&startIndex=1&count=100', "POST /Groups"]
    assert wire.body() == {
        "schemas": [GROUP],
        "displayName": "Builders",
        "members": [{"value": ines, "display": "ines"}],
    }
    assert okta.list_group_members(made.id or "").resources == (ines,)
    assert okta.find_groups("Builders").resources == (made,)


def test_a_custom_app_reads_the_group_and_puts_the_whole_list() -> None:
    """A custom app reads the group and puts the whole list."""
    wire = one_group()
    change = connector(wire).push_members(BUILDERS, MembershipPush(("2",), ("3",), ("1", "2"), names={"1": "ada"}))
    assert wire.lines == ["GET /Groups/g1", "PUT /Groups/g1"]
    assert wire.body()["members"] == [{"value": "1", "display": "ada"}, {"value": "2"}]
    assert change.applied == ("2",)
    assert change.ignored == ()


def test_a_custom_app_may_put_the_list_without_reading() -> None:
    """A custom app may put the list without reading."""
    wire = one_group()
    switches = ScimSwitches(okta_group_reads_before_put="no")
    connector(wire, switches=switches).push_members(BUILDERS, MembershipPush(("2",), (), ("2",)))
    assert wire.lines == ["PUT /Groups/g1"]
    assert wire.body() == {"schemas": [GROUP], "id": "g1", "displayName": "Builders", "members": [{"value": "2"}]}


def test_an_empty_group_puts_an_empty_list() -> None:
    """An empty group puts an empty list."""
    wire = one_group()
    connector(wire).push_members(BUILDERS, MembershipPush())
    assert wire.body()["members"] == []


def test_a_catalogue_app_patches_what_changed_together_with_the_name() -> None:
    """A catalogue app patches what changed together with the name."""
    wire = one_group()
    connector(wire, CATALOGUE).push_members(
        BUILDERS, MembershipPush(("2", "4"), ("3", 'q"'), ("2", "4"), names={"2": "ada"})
    )
    assert wire.lines == ["PATCH /Groups/g1"]
    assert wire.body()["Operations"] == [
        {"op": "replace", "value": {"id": "g1", "displayName": "Builders"}},
        {"op": "remove", "path": 'members[value eq "3"]'},
        {"op": "remove", "path": 'members[value eq "q\\""]'},
        {"op": "add", "path": "members", "value": [{"value": "2", "display": "ada"}, {"value": "4"}]},
    ]


def test_push_now_of_a_catalogue_app_replaces_the_list() -> None:
    """Push now of a catalogue app replaces the list."""
    wire = scim2_server()
    okta = connector(wire, CATALOGUE)
    ines = okta.create_user(person()).id or ""
    made = okta.create_group(Group(None, "Builders"))
    okta.push_members(made, MembershipPush((ines,), (), (ines,), overwrite=True))
    assert wire.body()["Operations"][1] == {"op": "replace", "path": "members", "value": [{"value": ines}]}
    assert okta.list_group_members(made.id or "").resources == (ines,)


@pytest.mark.parametrize(
    ("settings", "lines"), [(ScimSettings(), ["GET /Groups/g1", "PUT /Groups/g1"]), (CATALOGUE, ["PATCH /Groups/g1"])]
)
def test_a_rename_follows_the_kind_of_the_app(settings: ScimSettings, lines: list[str]) -> None:
    """A rename follows the kind of the app."""
    wire = one_group()
    connector(wire, settings).update_group(Group("g1", "Makers"))
    assert wire.lines == lines
    assert "Makers" in str(wire.body())


def test_a_group_is_deleted_by_delete_and_one_that_is_gone_is_not_found() -> None:
    """A group is deleted by delete and one that is gone is not found."""
    wire = one_group()
    okta = connector(wire)
    okta.remove_group("g1")
    assert wire.lines == ["DELETE /Groups/g1"]
    assert failure_of(lambda: okta.remove_group("g1")).type is FailureType.RESOURCE_NOT_FOUND


def test_a_member_whom_the_server_does_not_know_breaks_the_push_and_not_the_link() -> None:
    """A member whom the server does not know breaks the push and not the link."""
    wire = pretended(
        groups={"g1": {"id": "g1", "displayName": "Builders"}},
        instead={"PUT /Groups/g1": error(404, "User not found.")},
    )
    failed = failure_of(lambda: connector(wire).push_members(BUILDERS, MembershipPush(("9",), (), ("9",))))
    assert (failed.type, failed.summary) == (FailureType.GENERIC_FAILURE, "User not found.")


def test_a_server_without_groups_finds_none_and_refuses_the_creation() -> None:
    """A server without groups finds none and refuses the creation."""
    answers: dict[str, httpx.Response | Exception] = {
        "GET /Groups": error(404, "no groups here"),
        "POST /Groups": error(404, "no groups here"),
    }
    okta = connector(pretended(instead=answers))
    assert okta.find_groups("Builders").resources == ()
    failed = failure_of(lambda: okta.create_group(Group(None, "Builders")))
    assert (failed.type, failed.http_status) == (FailureType.GENERIC_FAILURE, 404)


def test_a_group_without_an_id_is_not_pushed_to() -> None:
    """A group without an id is not pushed to."""
    failed = failure_of(lambda: connector(pretended()).update_group(Group(None, "Builders")))
    assert failed.type is FailureType.RESOURCE_NOT_FOUND


def test_groups_are_imported_a_hundred_at_a_time() -> None:
    """Groups are imported a hundred at a time."""
    wire = pretended(groups={str(n): {"id": str(n), "displayName": f"g{n}"} for n in range(101)})
    assert len(connector(wire).list_groups().resources) == 101
    assert wire.lines == ["GET /Groups?startIndex=1&count=100", "GET /Groups?startIndex=101&count=100"]
