"""Somebody is an administrator in the app already, and Okta grants less."""

from okta_org import AppSettings, EventType, LogEvent, OktaAssumptions, TaskKind
from okta_org.apps import force_sync
from okta_org.assignments import assign
from okta_org.imports import import_users

from .fake import MEMBER, Fixture, member, rate_limited, set_up

SPARED = OktaAssumptions(linking_administrators="refused")
SAID = "Ada Example holds Admin in dev of Workato already, which linking replaces by Member"


def warnings(s: Fixture) -> list[LogEvent]:
    return [entry for entry in s.org.log if entry.warning]


def test_a_demotion_by_linking_is_pushed_with_a_warning() -> None:
    """The System Log says what was lost, before it says that the push succeeded."""
    s = set_up("ada")
    s.app.join(member("ada", dev="Admin"))
    s.org.do(assign, "ada", "workato", MEMBER)

    assert s.org.tasks.open == ()
    assert [entry.detail for entry in warnings(s)] == [SAID]
    assert s.events()[-2:] == ["application.provision.user.verify_exists", "application.provision.user.push"]


def test_what_is_no_demotion_is_no_warning() -> None:
    """A lesser role replaced, an administrator who stays one, and an invitation."""
    s = set_up("ada", "ben", "cem")
    s.app.join(member("ada", dev="Operator"))
    s.app.join(member("ben", dev="Admin"))
    for name, role in (("ada", "Member"), ("ben", "Admin"), ("cem", "Member")):
        s.org.do(assign, name, "workato", {"dev": role})

    assert warnings(s) == []


def test_a_link_without_creation_warns_too() -> None:
    """Create Users off: Okta looks the person up, and the update that follows takes the role."""
    s = set_up("ada", settings=AppSettings(create_users=False, governance=False))
    s.app.join(member("ada", dev="Admin"))
    s.org.do(assign, "ada", "workato", MEMBER)

    assert [entry.detail for entry in warnings(s)] == [SAID.replace("by Member", "by no access")]


def test_an_import_that_links_and_pushes_warns_too() -> None:
    """The creation waited, and what it carried is less than what the import finds."""
    s = set_up("ada")
    s.app.fail("create_user", rate_limited())
    s.org.do(assign, "ada", "workato", MEMBER)
    s.app.join(member("ada", dev="Admin"))
    s.org.do(import_users, "workato")

    assert [entry.detail for entry in warnings(s)] == [SAID]


def test_a_refused_demotion_is_a_failed_task_and_nothing_is_sent() -> None:
    """Where linking spares administrators; a look-up comes before the creation then."""
    s = set_up("ada", "ben", assumptions=SPARED)
    s.app.join(member("ada", dev="Admin"))
    s.org.do(assign, "ada", "workato", MEMBER)

    assert s.task(TaskKind.CREATE).endswith(SAID)
    assert s.app.take_calls() == ["get_user_by_user_name"]
    assert warnings(s) == []

    s.org.do(assign, "ben", "workato", MEMBER)

    assert s.app.take_calls() == ["get_user_by_user_name", "create_user"]


def test_a_look_up_that_fails_fails_the_creation() -> None:
    """Whether somebody would be demoted is not known then."""
    s = set_up("ada", assumptions=SPARED)
    s.app.fail("get_user_by_user_name", rate_limited())
    s.org.do(assign, "ada", "workato", MEMBER)

    assert s.app.take_calls() == ["get_user_by_user_name"]
    assert [task.state.value for task in s.org.tasks.open] == ["paused"]


def test_an_import_spares_an_administrator_whose_creation_waits() -> None:
    """The role found becomes a custom grant, so that no later push takes it; the log says why."""
    s = set_up("ada", assumptions=SPARED)
    s.app.fail("get_user_by_user_name", rate_limited())
    s.org.do(assign, "ada", "workato", MEMBER)
    s.app.join(member("ada", dev="Admin"))
    s.org.do(import_users, "workato")
    s.org.do(force_sync, "workato")

    assert s.last(EventType.VERIFY_EXISTS) == SAID
    assert s.app.members["101"].entitlements == member("ada", dev="Admin").entitlements
