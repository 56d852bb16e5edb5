import pytest

from okta_connector import FailureType

from .fake import ADA, MODEL, Workato, ada, failure_of, member


def test_a_role_change_is_pushed() -> None:
    """The member is read, the permission model found out, and the whole set sent."""
    workato = Workato(members=[member(dev="Member", test="No access", prod="No access")])
    updated = workato.connector().update_user(ada("51877", dev="Environment admin"))

    assert updated == ada("51877", dev="Environment admin")
    assert workato.calls == ["GET /api/members/51877", MODEL, "PUT /api/members/51877"]
    assert workato.roles_sent("PUT /api/members/51877") == {
        "dev": "Environment admin",
        "test": "NoAccess",
        "prod": "NoAccess",
    }


def test_an_update_by_address_finds_the_member_id() -> None:
    """Once someone has accepted, the first update replaces the address by the member id."""
    workato = Workato(members=[member(dev="Member")])

    assert workato.connector().update_user(ada(ADA, dev="Member")).id == "51877"
    assert workato.connector().update_user(ada(None, dev="Member")).id == "51877"


def test_an_omitted_environment_loses_its_role() -> None:
    """The set is whole: what this push does not grant is taken away, whoever granted it."""
    workato = Workato(members=[member(dev="Member", prod="Environment admin")])
    workato.connector().update_user(ada("51877", dev="Member"))

    assert workato.roles_sent("PUT /api/members/51877") == {"dev": "Member", "prod": "NoAccess"}


def test_no_entitlements_mean_no_access_everywhere() -> None:
    """An empty grant is sent in words, and the person stays a collaborator."""
    workato = Workato(members=[member(dev="Member", prod="Environment admin")])
    workato.connector().update_user(ada("51877"))

    assert workato.roles_sent("PUT /api/members/51877") == {"dev": "NoAccess", "prod": "NoAccess"}


def test_a_member_without_any_rows_is_written_in_the_configured_environment() -> None:
    """The set is never empty: Workato takes no empty list of roles."""
    workato = Workato(members=[member()])
    workato.connector().update_user(ada("51877"))

    assert workato.roles_sent("PUT /api/members/51877") == {"dev": "NoAccess"}


def test_one_environment_alone_can_be_configured() -> None:
    """Set to its own environment, the instance neither grants nor takes away elsewhere."""
    workato = Workato(members=[member(dev="Member", prod="Environment admin")])
    connector = workato.connector(environment_type="dev", writes="configured environment")
    connector.update_user(ada("51877", dev="Environment admin", prod="Member"))

    assert workato.roles_sent("PUT /api/members/51877") == {"dev": "Environment admin"}


def test_an_unchanged_role_is_sent_all_the_same() -> None:
    """By default every push writes: what was changed behind Okta's back is put right."""
    workato = Workato(members=[member(dev="Member")])
    workato.connector().update_user(ada("51877", dev="Member"))

    assert workato.writes() == ["PUT /api/members/51877"]


@pytest.mark.parametrize(
    ("held", "granted", "writes"),
    [
        pytest.param({"dev": "Member", "prod": "No access"}, {"dev": "Member"}, False, id="the same"),
        pytest.param({"dev": "No access"}, {}, False, id="nothing, as before"),
        pytest.param({"dev": "Member"}, {"dev": "Environment admin"}, True, id="another role"),
        pytest.param({"dev": "Member"}, {}, True, id="taken away"),
        pytest.param({}, {"dev": "Member"}, True, id="newly granted"),
        pytest.param({"dev": "Member", "prod": "Member"}, {"dev": "Member"}, True, id="drift elsewhere"),
    ],
)
def test_an_unchanged_role_can_be_left_alone(held: dict[str, str], granted: dict[str, str], writes: bool) -> None:
    """With `update_unchanged` off, a push writes only if something differs."""
    workato = Workato(members=[member(51877, ADA, "Ada Lovelace", **held)])
    workato.connector(update_unchanged=False).update_user(ada("51877", ADA, (), **granted))

    assert bool(workato.writes()) is writes


def test_a_role_of_the_other_permission_model_is_a_difference() -> None:
    """The same name under another role type is another role."""
    workato = Workato(members=[member(dev="Member")], legacy_roles=[])
    workato.connector(update_unchanged=False).update_user(ada("51877", dev="Member"))

    assert workato.writes() == ["PUT /api/members/51877"]


def test_a_rename_is_a_conflict() -> None:
    """Workato cannot rename anyone: nothing is sent, and the message says the way out."""
    workato = Workato(members=[member(dev="Member")])
    user = ada("51877", user_name="ada.king@example.test", dev="Environment admin")
    failed = failure_of(lambda: workato.connector().update_user(user))

    assert failed is not None
    assert failed.type is FailureType.GENERIC_FAILURE
    assert failed.summary.startswith("Conflict: the username cannot change from ada@example.test")
    assert workato.writes() == []


@pytest.mark.parametrize("user_name", ["ADA@EXAMPLE.TEST", "countess"], ids=["other case", "no address"])
def test_a_username_that_leaves_the_address_alone_is_no_rename(user_name: str) -> None:
    """What counts is the address Workato would know the person by."""
    workato = Workato(members=[member(dev="Member")])

    assert workato.connector().update_user(ada("51877", user_name=user_name, dev="Member")).id == "51877"


def test_everything_but_the_role_is_ignored() -> None:
    """Another name and a new title succeed; Workato hears of neither."""
    workato = Workato(members=[member(name="Ada Byron", dev="Member")])
    updated = workato.connector().update_user(ada("51877", dev="Member"))

    assert updated.display_name == "Ada Lovelace"
    assert set(workato.bodies) == {"PUT /api/members/51877"}
    assert workato.roles_sent("PUT /api/members/51877") == {"dev": "Member"}


@pytest.mark.parametrize(
    ("user_id", "summary"),
    [
        pytest.param(ADA, f"No user returned for user {ADA}: the invitation is not accepted.", id="pending"),
        pytest.param("51877", "No user returned for user 51877: no longer a collaborator.", id="removed by hand"),
        pytest.param(None, f"No user returned for user {ADA}: the invitation is not accepted.", id="without an id"),
    ],
)
def test_an_update_without_a_member_fails(user_id: str | None, summary: str) -> None:
    """Only who accepted can be updated; nothing is sent."""
    workato = Workato()
    failed = failure_of(lambda: workato.connector().update_user(ada(user_id, dev="Member")))

    assert failed is not None
    assert (failed.type, failed.summary) == (FailureType.RESOURCE_NOT_FOUND, summary)
    assert workato.writes() == []


def test_a_withheld_address_is_no_other_address() -> None:
    """Where Workato names no address there is no conflict to see, and the roles are pushed."""
    workato = Workato(members=[member(email="", dev="Member")])
    workato.connector().update_user(ada("51877", dev="Environment admin"))

    assert workato.roles_sent("PUT /api/members/51877") == {"dev": "Environment admin"}


def test_who_became_a_moderator_is_no_longer_okta_s_to_update() -> None:
    """The grant comes from the parent workspace now: the push fails and nothing is written."""
    workato = Workato(members=[member(dev="Member") | {"grant_type": "federation_manager"}])
    failed = failure_of(lambda: workato.connector().update_user(ada("51877", dev="Environment admin")))

    assert failed is not None
    assert failed.type is FailureType.RESOURCE_NOT_FOUND
    assert workato.writes() == []


def test_a_moderator_is_not_found_by_address_either() -> None:
    """The collaborator of the same address is, whichever comes first."""
    moderator = member(7) | {"grant_type": "federation_manager"}
    failed = failure_of(lambda: Workato(members=[moderator]).connector().update_user(ada(ADA, dev="Member")))

    assert failed is not None
    assert Workato(members=[moderator, member()]).connector().update_user(ada(ADA, dev="Member")).id == "51877"
