"""A foreign SCIM client is judged by what it sent."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from workato_emulator.cli import main

from ...world import Json
from ..scim.provider import CORE, JOE, Provider

PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
NEW = "new@example.test"


def verdicts(provider: Provider) -> dict[str, str]:
    rows = provider.world.control.get("/journal/judgement").json()["data"]
    return {each["behaviour"]: each["verdict"] for each in rows}


def test_nothing_is_judged_that_was_not_seen() -> None:
    """Nobody sent anything, or only to the Developer API."""
    provider = Provider()
    provider.world.members()

    assert set(verdicts(provider).values()) == {"unseen"}


def test_a_client_like_oktas_does_everything_well() -> None:
    """Looks up, creates, reads, replaces, deactivates."""
    provider = Provider()
    provider.find(f'userName eq "{NEW}"')
    made = provider.create(NEW, externalId="00u1", schemas=[CORE]).json()
    provider.client.get(f"/Users/{made['id']}")
    provider.client.put(f"/Users/{made['id']}", json=made | {"active": False})
    operation = {"op": "replace", "value": {"active": True}}
    provider.client.patch(f"/Users/{made['id']}", json={"schemas": [PATCH], "Operations": [operation]})

    assert set(verdicts(provider).values()) == {"well"}


@pytest.mark.parametrize(
    ("behaviour", "method", "path", "body"),
    [
        ("look_up_first", "POST", "/Users", {"userName": NEW}),
        ("no_id_on_create", "POST", "/Users", {"userName": NEW, "id": "1"}),
        ("external_id", "POST", "/Users", {"userName": NEW}),
        ("schemas", "POST", "/Users", {"userName": NEW}),
        ("media_type", "POST", "/Users", None),
        ("patch_form", "PATCH", "/Users/1", {"Operations": [{"op": "Replace", "path": "active", "value": False}]}),
        ("patch_form", "PATCH", "/Users/1", {"Operations": [{"op": "replace", "path": "active", "value": "False"}]}),
        ("patch_form", "PATCH", "/Users/1", {"Operations": [{"op": "replace", "value": {"active": "False"}}]}),
        ("patch_form", "PATCH", "/Users/1", {"Operations": [{"op": ["replace"], "path": "active", "value": False}]}),
        ("read_before_replace", "PUT", "/Users/1", {"userName": NEW}),
        ("deactivate", "DELETE", "/Users/1", None),
        ("no_repetition", "POST", "/Users", {"userName": JOE}),
    ],
)
def test_each_behaviour_is_seen_when_it_is_bad(behaviour: str, method: str, path: str, body: Json) -> None:
    """With the exchange in which it was; what was not done is unseen."""
    provider = Provider()
    for _ in range(2):
        content = b"x" if body is None and method == "POST" else None if body is None else json.dumps(body).encode()
        headers: dict[str, Any] = {} if body is None else {"Content-Type": "application/scim+json"}
        provider.client.request(method, path, content=content, headers=headers)
    rows = provider.world.control.get("/journal/judgement").json()["data"]
    found = next(each for each in rows if each["behaviour"] == behaviour)

    assert found["verdict"] == "badly"
    assert set(found["badly_in"]) <= {1, 2}


def test_an_id_is_not_read_where_a_longer_one_is() -> None:
    """The client saw user 50017, say, and replaces user 5001."""
    provider = Provider()
    provider.client.put(provider.path()[:-1], json={"userName": NEW})

    assert verdicts(provider)["read_before_replace"] == "badly"


def test_a_journal_that_cannot_be_read_is_told() -> None:
    """In one line, with exit status 2."""
    result = CliRunner().invoke(main, ["journal", "judge", "--url", "http://127.0.0.1:9"])

    assert result.exit_code == 2
    assert "no emulator answers there" in result.output


@pytest.mark.parametrize("url", ["http://me:hush@127.0.0.1:9", "http://127.0.0.1:9?token=hush", "localhost:8086"])
@pytest.mark.parametrize("command", [("journal", "judge"), ("live", "okta", "recording", "--app", "custom")])
def test_what_is_not_an_address_is_refused_and_not_repeated(command: tuple[str, ...], url: str) -> None:
    """It may hold a secret."""
    result = CliRunner().invoke(main, [*command, "--url", url])

    assert (result.exit_code, "not an emulator's address" in result.output) == (2, True), result.output
    assert "hush" not in result.output
