import httpx
import pytest

from okta_connector import Entitlement, FailureType, User, WorkatoError

from .fake import ADA, INVITE, LOOK, MODEL, JoinsMeanwhile, Workato, ada, failure_of, listed, member, refusal


def test_a_new_person_is_invited() -> None:
    """They are looked up first, invited once, and known by their address from then on."""
    workato = Workato()
    created = workato.connector().create_user(ada(dev="Member", prod="Environment admin"))

    assert created == ada(ADA, dev="Member", prod="Environment admin")
    assert workato.calls == [LOOK, MODEL, INVITE]
    assert workato.bodies[INVITE] == {
        "name": "Ada Lovelace",
        "email": ADA,
        "env_roles": [
            {"environment_type": "dev", "name": "Member", "role_type": "environment"},
            {"environment_type": "prod", "name": "Environment admin", "role_type": "environment"},
        ],
    }


def test_an_older_workspace_gets_privilege_groups() -> None:
    """Where environment roles cannot be read, the role is named as the older permission model wants it."""
    workato = Workato(legacy_roles=[])
    workato.connector().create_user(ada(dev="Analyst"))

    body = workato.bodies[INVITE]
    assert isinstance(body, dict)
    assert body["env_roles"] == [{"environment_type": "dev", "name": "Analyst", "role_type": "privilege_group"}]


def test_a_workspace_that_migrates_is_noticed_at_the_next_push() -> None:
    """The permission model is asked for anew each time."""
    workato = Workato(legacy_roles=[])
    connector = workato.connector()
    connector.create_user(ada(dev="Analyst"))
    workato.legacy_roles = None
    connector.create_user(ada(dev="Member"))

    body = workato.bodies[INVITE]
    assert isinstance(body, dict)
    assert body["env_roles"] == [{"environment_type": "dev", "name": "Member", "role_type": "environment"}]


@pytest.mark.parametrize(
    "user",
    [
        pytest.param(ada(), id="nothing"),
        pytest.param(ada(groups=("pf-1",)), id="a group alone"),
        pytest.param(ada(dev="No access"), id="no access, as read"),
        pytest.param(ada(dev="NoAccess"), id="no access, as sent"),
        pytest.param(ada(dev="  "), id="an empty value"),
    ],
)
def test_nobody_is_invited_without_a_role(user: User) -> None:
    """The connector refuses before it calls, and says what is missing."""
    workato = Workato()
    failed = failure_of(lambda: workato.connector().create_user(user))

    assert failed is not None
    assert (failed.type, failed.http_status) == (FailureType.GENERIC_FAILURE, None)
    assert "a role or a privilege" in failed.summary
    assert workato.calls == []


def test_two_roles_in_one_environment_are_refused() -> None:
    """Workato holds one role in each environment; the connector does not choose for the admin."""
    user = User(
        None, ADA, ADA, "Ada", entitlements=(Entitlement("dev", "Member"), Entitlement("dev", "Environment admin"))
    )
    workato = Workato()
    failed = failure_of(lambda: workato.connector().create_user(user))

    assert failed is not None
    assert "two roles in dev, Member and Environment admin" in failed.summary
    assert workato.calls == []


def test_the_same_role_twice_is_one_role() -> None:
    """A grant that arrives on two ways is still one grant."""
    user = User(None, ADA, ADA, "Ada", entitlements=(Entitlement("dev", "Member"),) * 2)
    workato = Workato()
    workato.connector().create_user(user)

    assert workato.roles_sent(INVITE) == {"dev": "Member"}


@pytest.mark.parametrize(
    ("user", "name"),
    [
        pytest.param(User(None, ADA, ADA, "Ada 🦉 O'Néill"), "Ada 🦉 O'Néill", id="displayed"),
        pytest.param(User(None, ADA, ADA, " ", "Ada", "Lovelace"), "Ada Lovelace", id="put together"),
        pytest.param(User(None, ADA, ADA, "", None, "Lovelace"), "Lovelace", id="one word"),
        pytest.param(User(None, ADA, ADA, ""), ADA, id="none at all"),
    ],
)
def test_an_invitation_always_has_a_name(user: User, name: str) -> None:
    """Workato requires one; the address serves where Okta has none."""
    workato = Workato()
    workato.connector().invite(user)

    body = workato.bodies[INVITE]
    assert isinstance(body, dict)
    assert body["name"] == name


def test_groups_go_along_with_the_invitation() -> None:
    """The invitation is the only call that takes groups together with a person who has no id yet."""
    workato = Workato()
    workato.connector().create_user(ada(groups=("pf-1",), dev="Member"))

    body = workato.bodies[INVITE]
    assert isinstance(body, dict)
    assert body["user_group_ids"] == ["pf-1"]


@pytest.mark.parametrize(
    ("user_name", "address"),
    [
        pytest.param("ada.king@example.test", "ada.king@example.test", id="an email"),
        pytest.param("ada.king", ADA, id="anything else"),
    ],
)
def test_the_username_is_the_address_if_it_is_one(user_name: str, address: str) -> None:
    """Workato knows people by email; a username that is none leaves Okta's email attribute."""
    workato = Workato()
    created = workato.connector().create_user(ada(user_name=user_name, dev="Member"))

    assert created.id == address
    assert workato.calls[0] == f"GET /api/members?email={address}"


def test_a_collaborator_is_linked_and_not_invited() -> None:
    """Their roles become what Okta grants, by one PUT, and the member id becomes Okta's."""
    workato = Workato(members=[member(dev="Environment admin", prod="Member")])
    created = workato.connector().create_user(ada(dev="Member"))

    assert created.id == "51877"
    assert created.held_before == (Entitlement("dev", "Environment admin"), Entitlement("prod", "Member"))
    assert workato.writes() == ["PUT /api/members/51877"]
    assert workato.roles_sent("PUT /api/members/51877") == {"dev": "Member", "prod": "NoAccess"}


@pytest.mark.parametrize(
    ("granted", "writes", "lost"),
    [
        pytest.param("Member", "whole set", ["dev", "prod"], id="less in one, nothing in the other"),
        pytest.param("Environment admin", "whole set", ["prod"], id="the same in one"),
        pytest.param("Member", "configured environment", ["dev"], id="one environment written"),
    ],
)
def test_what_a_push_takes_from_an_administrator_is_known(granted: str, writes: str, lost: list[str]) -> None:
    """An administrator's role counts where the push writes another or none; no other role does; nothing is asked."""
    workato = Workato()
    held = [Entitlement("dev", "Environment admin"), Entitlement("prod", "Admin"), Entitlement("test", "Member")]
    found = workato.connector(writes=writes).administration_lost(ada(dev=granted), held)

    assert [each.type for each in found] == lost
    assert workato.calls == []


@pytest.mark.parametrize(
    ("email", "linked"),
    [
        pytest.param("ADA@Example.test", True, id="other case"),
        pytest.param("team+ada@example.test", False, id="contains the address"),
        pytest.param("ada@example.test.example.test", False, id="begins with it"),
    ],
)
def test_people_are_matched_by_their_whole_address(email: str, linked: bool) -> None:
    """Workato's filter finds whatever contains the address; only the whole of it, in any case, is the same person."""
    workato = Workato(members=[member(email=email, dev="Member")])
    created = workato.connector().create_user(ada(dev="Member"))

    assert created.id == ("51877" if linked else ADA)


MODERATOR = {"grant_type": "federation_manager"}


def test_a_moderator_is_neither_invited_nor_linked() -> None:
    """They are here already, by a grant of the parent workspace that is not Okta's to manage: nothing is sent."""
    workato = Workato(members=[member(dev="Member") | MODERATOR])
    failed = failure_of(lambda: workato.connector().create_user(ada(dev="Member")))

    assert failed is not None
    assert failed.type is FailureType.GENERIC_FAILURE
    assert failed.summary == (
        f"{ADA} is a moderator of this workspace already and cannot be invited: "
        "moderators are granted in the parent workspace. Unassign the user."
    )
    assert workato.calls == [LOOK]


def test_a_moderator_of_another_address_is_in_nobodys_way() -> None:
    """Workato's filter finds them too."""
    workato = Workato(members=[member(email=f"mo.{ADA}", dev="Member") | MODERATOR])

    assert workato.connector().create_user(ada(dev="Member")).id == ADA


def test_a_collaborator_who_is_also_a_moderator_is_linked() -> None:
    """The row that is Okta's to manage counts."""
    workato = Workato(members=[member(7) | MODERATOR, member(8, dev="Member")])

    assert workato.connector().create_user(ada(dev="Member")).id == "8"


@pytest.mark.parametrize(
    ("theirs", "hers"),
    [
        pytest.param("strasse@example.test", "straße@example.test", id="sharp s"),
        pytest.param("kay@example.test", "\u212aay@example.test", id="Kelvin"),
        pytest.param("fi@example.test", "ﬁ@example.test", id="ligature"),
        pytest.param("sam@example.test", "\u017fam@example.test", id="long s"),
        pytest.param("i\u0307ris@example.test", "İris@example.test", id="dotted capital"),
        pytest.param("émile@example.test", "Émile@example.test", id="accented capital"),
        pytest.param("\u03c3@example.test", "\u03c2@example.test", id="final sigma"),
    ],
)
def test_an_address_that_only_unicode_calls_equal_is_a_strangers(theirs: str, hers: str) -> None:
    """The stranger keeps their roles and the new person is invited."""

    class FindsBoth(Workato):
        def answer(self, request: httpx.Request, line: str) -> httpx.Response:
            return listed(self.members) if line == "GET /api/members" else super().answer(request, line)

    workato = FindsBoth(members=[member(email=theirs, dev="Environment admin")])
    created = workato.connector().create_user(ada(user_name=hers, dev="Member"))

    assert created.id == hers
    assert workato.writes() == [INVITE]


def test_somebody_whose_address_is_withheld_is_nobodys_match() -> None:
    """No address does not equal no address."""
    workato = Workato(members=[member(email="", dev="Member")])
    nameless = User(None, "", "", "Ada", entitlements=(Entitlement("dev", "Member"),))

    assert workato.connector().create_user(nameless).id == ""
    assert workato.writes() == [INVITE]


def test_one_environments_instance_invites_into_that_environment_alone() -> None:
    """What Okta grants elsewhere is for the instance of that environment to give."""
    workato = Workato()
    connector = workato.connector(environment_type="dev", writes="configured environment")
    connector.create_user(ada(dev="Member", test="Environment admin", prod="Environment admin"))

    assert workato.roles_sent(INVITE) == {"dev": "Member"}


def test_one_environments_instance_invites_nobody_for_another_environment() -> None:
    """A role that is not this instance's to give is no role."""
    workato = Workato()
    connector = workato.connector(environment_type="dev", writes="configured environment")
    failed = failure_of(lambda: connector.create_user(ada(prod="Environment admin")))

    assert failed is not None
    assert workato.calls == []


JOINED_MEANWHILE = [
    pytest.param(refusal(409, "Conflict"), id="409"),
    pytest.param(refusal(400, "User is already a collaborator"), id="400"),
    pytest.param(refusal(422, "Email has already been taken"), id="422"),
]


@pytest.mark.parametrize("answer", JOINED_MEANWHILE)
def test_who_joined_meanwhile_is_linked(answer: httpx.Response) -> None:
    """When Workato refuses the invitation because the person is there, they are looked up again and linked."""
    workato = JoinsMeanwhile(members=[member()], instead={INVITE: answer})

    assert workato.connector().create_user(ada(dev="Member")).id == "51877"
    assert workato.calls == [LOOK, MODEL, INVITE, "GET /api/members", MODEL, "PUT /api/members/51877"]


@pytest.mark.parametrize("answer", JOINED_MEANWHILE)
def test_who_cannot_be_found_in_spite_of_it_is_a_failure(answer: httpx.Response) -> None:
    """The second look decides: without a member to link, the refusal stands in Workato's words."""
    workato = Workato(instead={INVITE: answer})
    failed = failure_of(lambda: workato.connector().create_user(ada(dev="Member")))

    assert failed is not None
    assert isinstance(failed.__cause__, WorkatoError)
    assert failed.http_status == answer.status_code
    assert failed.summary == answer.json()["errors"][0]["title"]


def test_any_other_refusal_of_an_invitation_stands() -> None:
    """A misspelt role is no reason to look for the person again."""
    workato = Workato(instead={INVITE: refusal(400, "Role Membre not found")})
    failed = failure_of(lambda: workato.connector().create_user(ada(dev="Membre")))

    assert failed is not None
    assert failed.summary == "Role Membre not found"
    assert workato.calls == [LOOK, MODEL, INVITE]
