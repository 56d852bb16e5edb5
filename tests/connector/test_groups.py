from collections.abc import Callable

import httpx
import pytest

from okta_connector import FailureType, Group, MembershipChange, OktaConnector

from .fake import ADA, ALL_COLLABORATORS, Workato, failure_of, group, member

Act = Callable[[OktaConnector], object]


def test_a_group_is_made_with_name_and_description() -> None:
    """One POST; Workato gives the id."""
    workato = Workato()
    made = workato.connector().create_group(Group(None, "Auditors", "Year end"))

    assert made == Group("pf-new", "Auditors", "Year end")
    assert workato.calls == ["POST /api/user_groups"]


def test_a_group_is_renamed_and_removed() -> None:
    """The group is read first, to be sure that it takes a push."""
    workato = Workato(groups=[group()])
    renamed = workato.connector().update_group(Group("pf-1", "Payroll"))
    workato.connector().remove_group("pf-1")

    assert renamed == Group("pf-1", "Payroll")
    assert workato.calls == [
        "GET /api/user_groups/pf-1",
        "PUT /api/user_groups/pf-1",
        "GET /api/user_groups/pf-1",
        "DELETE /api/user_groups/pf-1",
    ]


@pytest.mark.parametrize(
    ("description", "sent"),
    [
        pytest.param(None, {"name": "Payroll"}, id="no opinion"),
        pytest.param("", {"name": "Payroll", "description": ""}, id="taken away"),
        pytest.param("Year end", {"name": "Payroll", "description": "Year end"}, id="set"),
    ],
)
def test_a_description_is_kept_taken_away_or_set(description: str | None, sent: dict[str, str]) -> None:
    """None, empty and a text are three things: a rename does not undo what somebody wrote by hand."""
    workato = Workato(groups=[group()])
    connector = workato.connector()
    connector.create_group(Group(None, "Payroll", description))
    connector.update_group(Group("pf-1", "Payroll", description))

    assert list(workato.bodies) == ["POST /api/user_groups", "PUT /api/user_groups/pf-1"]
    assert list(workato.bodies.values()) == [{"user_group": sent}] * 2


def test_a_group_without_id_cannot_be_updated() -> None:
    """Nothing is sent for a group that Okta never linked."""
    workato = Workato()
    failed = failure_of(lambda: workato.connector().update_group(Group(None, "Payroll")))

    assert failed is not None
    assert failed.type is FailureType.RESOURCE_NOT_FOUND
    assert workato.calls == []


def test_all_groups_are_listed_for_import() -> None:
    """The system group among them, marked as such."""
    workato = Workato(groups=[ALL_COLLABORATORS, group()])
    connector = workato.connector()

    assert connector.list_groups().next_cursor is None
    assert connector.list_groups().resources == (
        Group("am-1", "All collaborators", system=True),
        Group("pf-1", "Payroll builders"),
    )
    assert connector.get_group("pf-1") == Group("pf-1", "Payroll builders")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param("Payroll", ("pf-2",), id="whole name"),
        pytest.param("payroll", ("pf-2",), id="other case"),
        pytest.param("Strasse", (), id="equal in Unicode only"),
        pytest.param("Pay", (), id="part of a name"),
        pytest.param("All collaborators", (), id="the system group"),
    ],
)
def test_a_group_to_link_is_found_by_its_whole_name(wanted: str, found: tuple[str, ...]) -> None:
    """Workato's filter finds whatever contains the name; a link needs the very name, and a group that takes a push."""
    workato = Workato(
        groups=[group("pf-1", "Payroll builders"), group("pf-2", "Payroll"), group("pf-3", "Straße"), ALL_COLLABORATORS]
    )

    assert tuple(hit.id for hit in workato.connector().find_groups(wanted).resources) == found


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda c: c.create_group(Group(None, "all Collaborators")), id="create"),
        pytest.param(lambda c: c.update_group(Group("am-1", "Everyone")), id="update"),
        pytest.param(lambda c: c.update_group(Group("pf-1", "All collaborators")), id="rename to it"),
        pytest.param(lambda c: c.remove_group("am-1"), id="remove"),
        pytest.param(lambda c: c.add_group_members("am-1", ["51877"]), id="add members"),
        pytest.param(lambda c: c.remove_group_members("am-1", ["51877"]), id="remove members"),
    ],
)
def test_the_system_group_takes_no_push(act: Act) -> None:
    """Workato fills it by itself: every write to it is refused here."""
    workato = Workato(groups=[ALL_COLLABORATORS, group()])
    failed = failure_of(lambda: act(workato.connector()))

    assert failed is not None
    assert failed.type is FailureType.GENERIC_FAILURE
    assert "kept by Workato itself" in failed.summary
    assert workato.writes() == []


def test_a_group_that_is_gone_is_not_found() -> None:
    """A push to a group that someone deleted in Workato fails before any write."""
    workato = Workato()
    failed = failure_of(lambda: workato.connector().add_group_members("pf-1", ["51877"]))

    assert failed is not None
    assert (failed.type, failed.http_status) == (FailureType.RESOURCE_NOT_FOUND, 404)
    assert workato.writes() == []


def test_members_are_listed_by_id() -> None:
    """The ids are those that Okta has for people who accepted."""
    answer = httpx.Response(200, json={"data": [member(7), member(8)], "total": 2})

    page = Workato(instead={"GET /api/user_groups/pf-1/members": answer}).connector().list_group_members("pf-1")
    assert page.resources == ("7", "8")


def test_members_are_added_and_removed_by_id() -> None:
    """Member ids go out as they are, without a look at who they are."""
    workato = Workato(groups=[group()])
    connector = workato.connector()

    assert connector.add_group_members("pf-1", ["7", "8"]) == MembershipChange(("7", "8"))
    assert connector.remove_group_members("pf-1", ["7"]) == MembershipChange(("7",))
    assert workato.writes() == [
        "POST /api/user_groups/pf-1/members?user_ids=7&user_ids=8",
        "DELETE /api/user_groups/pf-1/members?user_ids=7",
    ]


def test_who_has_not_accepted_is_reported_and_the_rest_is_added() -> None:
    """Addresses are looked up in one call; those without a member are not sent."""
    workato = Workato(groups=[group()], members=[member()])
    change = workato.connector().add_group_members("pf-1", ["bo@example.test", "Ada@example.test", "7"])

    assert change == MembershipChange(applied=("Ada@example.test", "7"), not_accepted=("bo@example.test",))
    assert workato.calls == [
        "GET /api/user_groups/pf-1",
        "GET /api/members",
        "POST /api/user_groups/pf-1/members?user_ids=51877&user_ids=7",
    ]


@pytest.mark.parametrize("values", [[], ["bo@example.test"]], ids=["nobody", "nobody who accepted"])
def test_no_one_to_add_is_no_call(values: list[str]) -> None:
    """An empty list is not sent."""
    workato = Workato(groups=[group()])
    change = workato.connector().add_group_members("pf-1", values)

    assert change == MembershipChange((), tuple(values))
    assert workato.writes() == []


def test_one_person_under_two_values_is_sent_once() -> None:
    """Both values are reported as applied."""
    workato = Workato(groups=[group()], members=[member()])
    change = workato.connector().add_group_members("pf-1", ["51877", ADA])

    assert change.applied == ("51877", ADA)
    assert workato.writes() == ["POST /api/user_groups/pf-1/members?user_ids=51877"]


@pytest.mark.parametrize(
    ("people", "calls"),
    [(100, 1), (101, 2), (250, 3)],
    ids=["one call's worth", "one more", "many"],
)
def test_many_members_travel_in_batches(people: int, calls: int) -> None:
    """A hundred at a time, all of them, in order."""
    workato = Workato(groups=[group()])
    ids = [str(number) for number in range(1, people + 1)]
    workato.connector().add_group_members("pf-1", ids)

    assert len(workato.writes()) == calls
    assert [pair.partition("=")[2] for call in workato.writes() for pair in call.partition("?")[2].split("&")] == ids
