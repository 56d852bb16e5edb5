import pytest

from okta_connector import Conflict, Entitlement, FailureType, OktaConnector, User

from .fake import ADA, INVITE, LOOK, Workato, ada, failure_of, member


def test_a_leaver_is_removed() -> None:
    """One DELETE, without looking first."""
    workato = Workato(members=[member()])
    workato.connector().deactivate_user("51877")

    assert workato.calls == ["DELETE /api/members/51877"]


def test_a_leaver_known_by_address_is_looked_up() -> None:
    """Someone who accepted since Okta last heard of them is found and removed."""
    workato = Workato(members=[member()])
    workato.connector().deactivate_user(ADA)

    assert workato.calls == [LOOK, "DELETE /api/members/51877"]


def test_who_is_gone_already_counts_as_removed() -> None:
    """A member id that Workato no longer knows is a job done."""
    workato = Workato()
    workato.connector().deactivate_user("51877")

    assert workato.calls == ["DELETE /api/members/51877"]


def test_who_never_accepted_cannot_be_deactivated() -> None:
    """It fails, sends nothing, and says where the invitation can be cancelled."""
    workato = Workato()
    failed = failure_of(lambda: workato.connector().deactivate_user(ADA))

    assert failed is not None
    assert failed.type is FailureType.RESOURCE_NOT_FOUND
    assert "never accepted" in failed.summary
    assert workato.calls == [LOOK]


def test_digits_of_another_script_are_no_member_id() -> None:
    """Only what Workato would print counts as an id."""
    workato = Workato()
    failure_of(lambda: workato.connector().deactivate_user("٥١٨"))

    assert workato.writes() == []


def test_everyone_is_imported_in_one_call() -> None:
    """Collaborators come under their address, with their roles as entitlements."""
    row = member(dev="Member", test="No access") | {"time_zone": "Pacific Time (US & Canada)"}
    workato = Workato(members=[row, member(7, "bo@example.test", "Bo")])
    page = workato.connector().list_users(cursor="ignored", limit=1)

    first, second = page.resources
    assert page.next_cursor is None
    assert first == User(
        id="51877",
        user_name=ADA,
        email=ADA,
        display_name="Ada Lovelace",
        given_name="Ada",
        family_name="Lovelace",
        attributes={"time_zone": "Pacific Time (US & Canada)", "grant_type": "team", "created_at": None},
        entitlements=(Entitlement("dev", "Member"),),
    )
    assert (second.given_name, second.family_name) == ("Bo", None)
    assert workato.calls == ["GET /api/members"]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(member() | {"grant_type": "federation_manager"}, id="a moderator"),
        pytest.param(member() | {"email": None}, id="nobody to match"),
    ],
)
def test_not_everyone_is_a_person_to_import(row: dict[str, object]) -> None:
    """Moderators are not Okta's to manage, and without an address there is nothing to match by."""
    assert Workato(members=[row]).connector().list_users().resources == ()


def test_a_user_is_read_by_id_and_by_name() -> None:
    """By member id, by the address that serves as id until there is one, and by username."""
    workato = Workato(members=[member(dev="Member")])
    connector = workato.connector()

    assert {connector.get_user_by_id("51877").id, connector.get_user_by_id(ADA).id} == {"51877"}
    assert connector.get_user_by_user_name("Ada@Example.test").id == "51877"
    assert workato.calls == ["GET /api/members/51877", LOOK, "GET /api/members?email=Ada@Example.test"]


@pytest.mark.parametrize("user_id", ["51877", ADA], ids=["member id", "address"])
def test_reading_nobody_is_not_found(user_id: str) -> None:
    """Absence is said in Okta's terms, by id and by username."""
    connector = Workato().connector()
    by_id = failure_of(lambda: connector.get_user_by_id(user_id))
    by_name = failure_of(lambda: connector.get_user_by_user_name(user_id))

    assert by_id is not None
    assert by_name is not None
    assert by_id.type is by_name.type is FailureType.RESOURCE_NOT_FOUND


def test_a_decision_may_be_asked_for_by_itself() -> None:
    """The small methods are public: a refusal settled by hand comes out as it went in."""
    connector: OktaConnector = Workato().connector()

    with pytest.raises(Conflict):
        connector.settle_refused_invitation(ada(dev="Member"), Conflict(INVITE, 409, "Conflict", ""))
