import pytest

from okta_connector import ActionFailed, Entitlement
from okta_org import (
    AppSettings,
    AppUserStatus,
    EventType,
    Scope,
    SyncState,
    TaskKind,
    UnknownName,
    UserStatus,
)
from okta_org.apps import force_sync, provision_user
from okta_org.assignments import assign, assign_group, change_entitlements, unassign
from okta_org.directory import activate_user, create_user, deactivate_user
from okta_org.groups import add_to_group, create_group
from okta_org.refusals import (
    AlreadyAssigned,
    AlreadyExists,
    AppInactive,
    BadUsername,
    NotAssigned,
    NothingToProvision,
    ProvisioningOff,
    UsernameTaken,
    WrongStatus,
)
from okta_org.retries import retry_task, run_due

from .fake import GENERIC, MANAGER, MEMBER, NOT_FOUND, bad_gateway, member, person, set_up, unauthorized

NO_GOVERNANCE = AppSettings(governance=False)
NO_CREATE = AppSettings(governance=False, create_users=False)


def test_a_hire_is_pushed_when_the_app_is_assigned() -> None:
    """Creating the Okta user sends nothing; the assignment does, and Okta keeps the email as external id."""
    s = set_up()
    s.org.do(create_user, person("ada"))

    assert s.app.take_calls() == []

    s.org.do(assign, "ada", "workato", MEMBER)
    account = s.account()

    assert account.status is AppUserStatus.PROVISIONED
    assert account.sync_state is SyncState.SYNCHRONIZED
    assert account.external_id == "ada@example.test"
    assert account.scope is Scope.USER
    assert s.app.sent("create_user").entitlements == (Entitlement("dev", "Member"),)
    assert s.events() == [
        "user.lifecycle.create",
        "user.lifecycle.activate",
        "application.user_membership.add",
        "application.provision.user.push",
    ]


def test_acceptance_changes_nothing_in_okta() -> None:
    """Nobody polls: the org is the same before and after, until its next call."""
    s = set_up("ada")
    s.org.do(assign, "ada", "workato", MEMBER)
    before = s.org.describe()
    s.app.take_calls()
    s.app.accept("ada@example.test")
    s.advance(days=3)
    s.org.do(run_due)

    assert s.org.describe() == before
    assert s.app.take_calls() == []


def test_an_existing_member_is_linked() -> None:
    """Create links; the member's id becomes the external id."""
    s = set_up("ada")
    s.org.do(assign, "ada", "workato", MEMBER)
    number = s.app.accept("ada@example.test")
    s.org.do(unassign, "ada", "workato")
    s.app.join(s.app.sent("create_user"))
    s.org.do(assign, "ada", "workato", MEMBER)

    assert s.account().external_id == str(int(number) + 1)
    assert s.app.invited == {}


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        pytest.param(
            ActionFailed(GENERIC, "Role Boss not found", 400),
            "Automatic provisioning of user Ada Example to app Workato failed: Error while creating user Ada Example: "
            "Bad Request. Errors reported by remote server: Role Boss not found",
            id="refused by the app",
        ),
        pytest.param(
            ActionFailed(GENERIC, "No role is granted."),
            "Automatic provisioning of user Ada Example to app Workato failed: Error while creating user Ada Example: "
            "No role is granted.",
            id="refused by the connector",
        ),
        pytest.param(
            ActionFailed(NOT_FOUND, "No such group", 404),
            "Automatic provisioning of user Ada Example to app Workato failed: Error while creating user Ada Example: "
            "No such group",
            id="not found",
        ),
        pytest.param(
            unauthorized(),
            "Automatic provisioning of user Ada Example to app Workato failed: Error while verifying if user "
            "ada@example.test exists: Unauthorized. Errors reported by remote server: Unauthorized",
            id="credentials",
        ),
        pytest.param(
            ActionFailed(GENERIC, "odd", 599),
            "Automatic provisioning of user Ada Example to app Workato failed: Error while creating user Ada Example: "
            "HTTP 599. Errors reported by remote server: odd",
            id="a status without a name",
        ),
    ],
)
def test_a_failed_creation_becomes_a_task(failure: ActionFailed, message: str) -> None:
    """The assignment stays, staged and in error, and the task says it in Okta's words."""
    s = set_up("ada")
    s.app.fail("create_user", failure)
    s.org.do(assign, "ada", "workato", MEMBER)
    account = s.account()

    assert s.task(TaskKind.CREATE) == message
    assert s.last(EventType.PUSH_NEW_USER) == message
    assert (account.status, account.sync_state) == (AppUserStatus.STAGED, SyncState.ERROR)
    assert account.error == message


def test_an_empty_answer_to_a_creation_is_an_error() -> None:
    """An account without an id cannot be kept."""
    s = set_up("ada")
    s.app.answers_emptily = True
    s.org.do(assign, "ada", "workato", MEMBER)

    assert s.task(TaskKind.CREATE).endswith("Create new user returned empty user.")


def test_a_failed_creation_is_repaired_by_entitlements_and_provisioning_again() -> None:
    """Entitlements of an unprovisioned account change in Okta only, and a retry repeats what failed."""
    s = set_up("ada")
    s.org.do(assign, "ada", "workato")
    s.app.take_calls()
    s.org.do(change_entitlements, "ada", "workato", MEMBER)

    assert s.app.take_calls() == []

    s.org.do(retry_task, "workato", "ada")

    assert s.app.sent("create_user").entitlements == ()
    assert s.app.invited == {}

    s.org.do(provision_user, "ada", "workato")

    assert s.org.tasks.open == ()
    assert s.app.invited.keys() == {"ada@example.test"}


def test_an_unknown_person_is_not_created_while_create_is_off() -> None:
    """Create Users off: Okta looks for a match and finds none."""
    s = set_up("ada", settings=NO_CREATE)
    s.org.do(assign, "ada", "workato")

    assert s.task(TaskKind.CREATE).endswith(" to app Workato failed: Matching user not found.")
    assert s.app.take_calls() == ["get_user_by_user_name"]


def test_a_known_person_is_linked_while_create_is_off() -> None:
    """Create Users off: a match is linked, then its profile is pushed."""
    s = set_up("ada", settings=NO_CREATE)
    s.app.join(member("ada"))
    s.org.do(assign, "ada", "workato")

    assert s.account().external_id == "101"
    assert s.app.take_calls() == ["get_user_by_user_name", "update_user"]


def test_a_retry_looks_up_again_while_create_is_off() -> None:
    """A dead token shows in the look-up, in the words for that phase."""
    s = set_up("ada", settings=NO_CREATE)
    s.app.fail("get_user_by_user_name", unauthorized())
    s.org.do(assign, "ada", "workato")

    assert "Error while verifying if user ada@example.test exists" in s.task(TaskKind.CREATE)
    assert "application.integration.authentication_failure" in s.events()


def test_two_people_cannot_have_one_app_username() -> None:
    """Okta refuses the second itself, in whatever case; nothing changes and nothing is sent."""
    s = set_up("ada", "ben")
    s.org.do(assign, "ada", "workato", MEMBER)
    before = s.org.describe()
    s.app.take_calls()
    with pytest.raises(UsernameTaken, match=r"ADA@example\.test"):
        s.org.do(assign, "ben", "workato", MEMBER, user_name="ADA@example.test")

    assert s.org.describe() == before
    assert s.app.take_calls() == []


@pytest.mark.parametrize("user_name", [pytest.param("x" * 101, id="too long")])
def test_an_app_username_has_its_length(user_name: str) -> None:
    """1 to 100 characters."""
    s = set_up("ada")
    with pytest.raises(BadUsername):
        s.org.do(assign, "ada", "workato", MEMBER, user_name=user_name)


def test_the_app_username_is_the_login_unless_given() -> None:
    """It goes out as the username; the email stays the email."""
    s = set_up("ada")
    s.org.do(assign, "ada", "workato", MEMBER, groups=("pf-1",), user_name="lovelace@example.test")
    sent = s.app.sent("create_user")

    assert (sent.user_name, sent.email, sent.groups) == ("lovelace@example.test", "ada@example.test", ("pf-1",))


def test_an_assignment_is_made_once() -> None:
    """A second individual assignment is refused."""
    s = set_up("ada")
    s.org.do(assign, "ada", "workato", MEMBER)
    with pytest.raises(AlreadyAssigned):
        s.org.do(assign, "ada", "workato", MEMBER)


def test_an_unknown_name_is_a_mistake_in_the_script() -> None:
    """It is no refusal of Okta's, and hints at the nearest name."""
    s = set_up("ada")
    with pytest.raises(UnknownName, match="did you mean ada"):
        s.org.do(assign, "adda", "workato", MEMBER)
    with pytest.raises(UnknownName, match=r"no app 'salesforce' in this org$"):
        s.org.do(assign, "ada", "salesforce", MEMBER)
    with pytest.raises(NotAssigned):
        s.org.do(unassign, "ada", "workato")


def test_a_second_app_of_the_same_name_is_refused() -> None:
    """Names are the script's handles."""
    s = set_up()
    with pytest.raises(AlreadyExists):
        s.org.add_app("workato", s.app)


@pytest.mark.parametrize(
    ("pending", "before"),
    [pytest.param(False, [], id="waits"), pytest.param(True, ["create_user"], id="pushed at once")],
)
def test_a_staged_person_is_pushed_on_activation(pending: bool, before: list[str]) -> None:
    """Unless the app pushes pending users, the assignment waits for the activation, and is pushed once."""
    s = set_up(settings=AppSettings(push_pending_users=pending))
    s.org.do(create_user, person("ada"), activate=False)
    s.org.do(assign, "ada", "workato", MEMBER)
    made = s.app.take_calls()
    s.org.do(activate_user, "ada")

    assert made == before
    assert made + s.app.take_calls() == ["create_user"]


def test_people_assigned_before_provisioning_need_provision_user() -> None:
    """Enabling provisioning creates nobody, nor does Force Sync; Provision User does."""
    s = set_up("ada", "ben", settings=AppSettings(provisioning=False))
    s.org.do(assign, "ada", "workato", MEMBER)
    account = s.account()

    assert (account.status, account.sync_state) == (AppUserStatus.ACTIVE, SyncState.DISABLED)
    with pytest.raises(ProvisioningOff):
        s.org.do(provision_user, "ada", "workato")
    with pytest.raises(ProvisioningOff):
        s.org.do(force_sync, "workato")

    s.org.configure_app("workato", provisioning=True)
    s.org.do(force_sync, "workato")
    marked = s.account()

    assert marked.error is not None
    assert marked.error.endswith("Click Provision User.")
    assert s.app.take_calls() == []

    s.org.do(provision_user, "ada", "workato")

    assert s.app.take_calls() == ["create_user"]
    assert s.account().external_id == "ada@example.test"
    with pytest.raises(NothingToProvision):
        s.org.do(provision_user, "ada", "workato")


def test_governance_off_sends_no_entitlements() -> None:
    """Without governance the creation goes out without a role, and fails for it."""
    s = set_up("ada", settings=NO_GOVERNANCE)
    s.org.do(assign, "ada", "workato", MEMBER)

    assert s.app.sent("create_user").entitlements == ()
    assert "A role or a privilege" in s.task(TaskKind.CREATE)


def test_an_inactive_app_takes_no_assignment() -> None:
    """Neither of a person nor of a group; a group that is assigned already brings nobody new."""
    s = set_up("ada", "ben")
    s.org.do(create_group, "devs")
    s.org.do(assign_group, "devs", "workato", MEMBER)
    s.org.configure_app("workato", active=False)
    with pytest.raises(AppInactive):
        s.org.do(assign, "ada", "workato", MEMBER)
    s.org.do(create_group, "ops")
    with pytest.raises(AppInactive):
        s.org.do(assign_group, "ops", "workato", MEMBER)
    s.org.do(add_to_group, "devs", ("ada",))

    assert s.org.app_user("ada", "workato") is None


def test_a_deactivated_person_takes_no_assignment() -> None:
    """Okta offers active people only."""
    s = set_up("ada")
    s.org.do(deactivate_user, "ada")
    with pytest.raises(WrongStatus):
        s.org.do(assign, "ada", "workato", MEMBER)

    assert s.org.users["ada"].status is UserStatus.DEPROVISIONED


def test_a_failed_creation_is_tried_again_by_provision_user() -> None:
    """Provision User serves whoever has no account yet, and resolves the task."""
    s = set_up("ada")
    s.app.fail("create_user", bad_gateway())
    s.org.do(assign, "ada", "workato", MANAGER)
    s.org.do(provision_user, "ada", "workato")

    assert s.org.tasks.open == ()
    assert [task.state.value for task in s.org.tasks.history] == ["resolved"]
