import json
from datetime import timedelta

import pytest

from okta_connector import ActionFailed
from okta_org import AppSettings, CheckResult, EventType, apps
from okta_org.apps import import_schema
from okta_org.assignments import assign, assign_group, grant
from okta_org.describe import plain
from okta_org.group_push import push_group
from okta_org.groups import create_group
from okta_org.imports import import_users
from okta_org.refusals import BadSchedule, CredentialsRefused, GovernanceIncomplete, GovernanceTooLate

from .fake import MEMBER, FakeApp, bad_gateway, rate_limited, set_up, unauthorized

INVALID = "The credentials used to connect to the API were invalid; please check your configuration"


def test_good_credentials_pass() -> None:
    """A cheap call, and nothing in the log."""
    s = set_up()

    assert s.org.do(apps.test_credentials, "workato") == CheckResult(ok=True)
    assert s.app.take_calls() == ["test_credentials"]
    assert s.events() == []


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        pytest.param(unauthorized(), INVALID, id="bad token"),
        pytest.param(
            bad_gateway(), "Bad Gateway. Errors reported by remote server: <html>Bad gateway</html>", id="a proxy"
        ),
    ],
)
def test_bad_credentials_say_so(failure: ActionFailed, message: str) -> None:
    """On the screen and in the log."""
    s = set_up()
    s.app.fail("test_credentials", failure)

    assert s.org.do(apps.test_credentials, "workato") == CheckResult(ok=False, message=message)
    assert s.last(EventType.CONFIGURATION_UPDATE) == message


def test_a_connection_is_saved_once_it_was_tested() -> None:
    """A bad token is refused and the old one stays; a good one is used from then on."""
    s = set_up("ada")
    bad, good = FakeApp(), FakeApp()
    bad.fail("test_credentials", unauthorized())
    with pytest.raises(CredentialsRefused, match="credentials"):
        s.org.configure_app("workato", connector=bad)

    assert s.org.connector_of("workato") is s.app

    s.org.configure_app("workato", connector=good)
    s.org.do(assign, "ada", "workato", MEMBER)

    assert good.take_calls() == ["test_credentials", "create_user"]
    assert s.app.take_calls() == []


def test_governance_comes_before_provisioning() -> None:
    """An app that ever provisioned cannot turn it on, not even with provisioning off again."""
    s = set_up(settings=AppSettings(governance=False))
    for _ in range(2):
        with pytest.raises(GovernanceTooLate):
            s.org.configure_app("workato", governance=True)
        s.org.configure_app("workato", provisioning=False)


def test_a_fresh_app_takes_governance_then_provisioning() -> None:
    """The documented order of set-up."""
    s = set_up(settings=AppSettings(provisioning=False, governance=False))
    s.org.configure_app("workato", governance=True)
    s.org.configure_app("workato", provisioning=True)

    assert s.org.apps["workato"].settings == AppSettings()
    assert s.events() == ["application.lifecycle.update"] * 2


@pytest.mark.parametrize("switch", ["create_users", "update_user_attributes"])
def test_governance_needs_create_and_update(switch: str) -> None:
    """Neither can be off, from the start or later."""
    s = set_up(settings=AppSettings())
    with pytest.raises(GovernanceIncomplete):
        s.org.configure_app("workato", **{switch: False})  # type: ignore[arg-type]
    with pytest.raises(GovernanceIncomplete):
        s.org.add_app("second", s.app, AppSettings(**{switch: False}))  # type: ignore[arg-type]

    assert s.org.apps["workato"].settings == AppSettings()


def test_the_schema_and_the_entitlements_are_discovered() -> None:
    """A refresh finds a role that was added since."""
    s = set_up()
    s.org.do(import_schema, "workato")
    s.app.roles += ("Auditor",)

    assert s.org.do(import_schema, "workato") == CheckResult(ok=True)
    assert [value.display_name for value in s.org.schemas["workato"].entitlement_values] == [
        "Member",
        "Environment manager",
        "Auditor",
    ]
    assert [entry.name for entry in s.org.schemas["workato"].properties] == ["email"]
    assert [entry.display_name for entry in s.org.schemas["workato"].values] == [
        "Member",
        "Environment manager",
        "Auditor",
    ]
    assert "system.import.entitlement" in s.events()


def test_no_entitlements_are_discovered_without_governance() -> None:
    """The user schema alone is read."""
    s = set_up(settings=AppSettings(governance=False))
    s.org.do(import_schema, "workato")

    assert s.app.take_calls() == ["list_user_schema", "list_user_schema_values"]
    assert s.org.schemas["workato"].entitlement_values == ()


def test_a_failed_discovery_keeps_what_was_known() -> None:
    """It is an event, and the text the admin sees."""
    s = set_up()
    s.org.do(import_schema, "workato")
    before = s.org.schemas
    s.app.fail("list_entitlement_values", rate_limited())
    result = s.org.do(import_schema, "workato")
    assert isinstance(result, CheckResult)

    assert not result.ok
    assert s.org.schemas == before
    assert s.last(EventType.CONFIGURATION_IMPORT_SCHEMA) == result.message


def test_an_org_can_be_described_as_json() -> None:
    """Everything but the connectors; the same play gives the same text."""

    def play() -> str:
        s = set_up("ada", "ben")
        s.org.do(import_schema, "workato")
        s.org.do(create_group, "devs", ("ada",))
        s.org.do(assign_group, "devs", "workato", MEMBER)
        s.app.fail("create_user", rate_limited())
        s.org.do(assign, "ben", "workato", MEMBER)
        s.org.do(push_group, "devs", "workato")
        s.org.do(import_users, "workato")
        return json.dumps(s.org.describe())

    described = json.loads(play())

    assert play() == play()
    assert described["app_users"]["ada@workato"]["status"] == "PROVISIONED"
    assert described["tasks"]["open"][0]["due"] == "2026-03-02 09:05:00+00:00"
    assert described["mappings"]["devs@workato"]["ignored"] == ["ada"]
    assert described["group_assignments"] == {"devs@workato": MEMBER}
    assert described["apps"]["workato"]["label"] == "Workato"
    assert "connector" not in described["apps"]["workato"]


def test_only_an_org_s_values_can_be_described() -> None:
    """Anything else is a mistake and says so."""
    with pytest.raises(TypeError, match="object cannot be part"):
        plain(object())


@pytest.mark.parametrize("every", [timedelta(0), timedelta(hours=-1)], ids=["none", "negative"])
def test_a_schedule_without_time_between_imports_is_refused(every: timedelta) -> None:
    """Neither an app that is put in place nor one that is there takes it, and nothing changes."""
    s = set_up("ada")
    before = s.org.describe()

    with pytest.raises(BadSchedule):
        s.org.configure_app("workato", import_every=every)
    with pytest.raises(BadSchedule):
        s.org.add_app("second", s.app, AppSettings(import_every=every))
    assert s.org.describe() == before


def test_a_grant_that_lasts_no_time_is_refused() -> None:
    """It would end before it is pushed."""
    s = set_up("ada")
    s.bring_in()
    before = s.org.describe()

    with pytest.raises(BadSchedule, match="bundle has to last for some time"):
        s.org.do(grant, "ada", "workato", "bundle", {"dev": "Member"}, timedelta(0))
    assert s.org.describe() == before
