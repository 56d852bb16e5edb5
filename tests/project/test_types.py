"""The types that the names of the READMEs have for whoever checks theirs: mypy reads these lines in `make test`.

Each test runs as well, so that what mypy believes is what is there.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, assert_type

import httpx
import pytest

from okta_connector import (
    ActionFailed,
    ConnectorSettings,
    Decisions,
    Entitlement,
    FailureType,
    Group,
    OktaConnector,
    Page,
    User,
    connect,
)
from okta_scenarios.workato_fixture import ServedWorkato, Workato
from workato_emulator import Clock, Emulator

NOTHING = httpx.MockTransport(lambda _: httpx.Response(200, json={"data": [], "total": 0}))


def test_an_emulator_gives_clients_and_a_clock() -> None:
    """Plain httpx clients, sync and async, so that a caller's own checks go on."""
    emulator = Emulator({"workspaces": {"acme": {}}})

    assert_type(emulator.client("acme"), httpx.Client)
    assert_type(emulator.async_client("acme"), httpx.AsyncClient)
    assert_type(emulator.control, httpx.Client)
    assert_type(emulator.clock, Clock)
    assert_type(emulator.token("acme"), str)
    assert_type(emulator.export(), Mapping[str, Any])
    assert isinstance(emulator.transport, httpx.BaseTransport)
    assert isinstance(emulator.transport, httpx.AsyncBaseTransport)
    assert isinstance(emulator.client("acme"), httpx.Client)


def test_the_connectors_actions_take_and_give_values() -> None:
    """What an action is wrapped in keeps its signature."""
    http = assert_type(connect("workato.example.test", "wrka-example", transport=NOTHING), httpx.Client)
    connector = OktaConnector(http, ConnectorSettings(environment_type="dev"), Decisions())
    ada = User(
        id=None,
        user_name="ada@example.test",
        email="ada@example.test",
        display_name="Ada Example",
        entitlements=(Entitlement("dev", "Member"),),
    )

    assert_type(ada.id, str | None)
    assert_type(ada.entitlements, tuple[Entitlement, ...])
    assert_type(connector.create_user(ada), User)
    assert_type(connector.list_users(), Page[User])
    assert_type(connector.list_groups(), Page[Group])
    assert isinstance(connector.list_users().resources, Sequence)


def test_a_failed_action_says_why_in_types() -> None:
    """Okta's own words for a failure form an enumeration, and its record is a mapping."""
    connector = OktaConnector(connect("workato.example.test", "wrka-example", transport=NOTHING))

    with pytest.raises(ActionFailed) as failed:
        connector.deactivate_user("ada@example.test")

    assert_type(failed.value.type, FailureType)
    assert failed.value.execution_status()["status"] == "FAILED"


def test_the_fixtures_of_the_plugin_have_types(workato: Workato, workato_server: ServedWorkato) -> None:
    """A test that annotates its fixtures is checked."""
    assert_type(workato.client, httpx.Client)
    assert_type(workato.token, str)
    assert_type(workato.emulator, Emulator)
    assert_type(workato.invite("ada@example.test", {"dev": "Member"}), httpx.Response)
    assert_type(workato.members(), dict[str, dict[str, str]])
    assert_type(workato.journal(), Sequence[Mapping[str, Any]])
    assert_type(workato_server.url, str)
    assert_type(workato_server.token, str)
    workato.advance(timedelta(minutes=20))
    workato.advance(minutes=20)
    assert workato_server.workato is workato
