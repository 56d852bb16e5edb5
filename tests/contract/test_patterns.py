"""What a text has to look like is said in words, with an example, wherever a contract asks for it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from click.testing import CliRunner

from workato_emulator import Emulator
from workato_emulator.cli import main

from .conformance import NAMES, document


def _patterns(value: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, Mapping[str, Any]]]:  # noqa: ANN401  (YAML)
    if isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            yield ".".join(at), value
        for key, part in value.items():
            yield from _patterns(part, (*at, str(key)))
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from _patterns(part, (*at, str(index)))


@pytest.mark.parametrize(
    "schema",
    [pytest.param(schema, id=f"{name}:{place}") for name in NAMES for place, schema in _patterns(document(name))],
)
def test_every_pattern_says_in_words_what_it_asks_for(schema: Mapping[str, Any]) -> None:
    """And its example fits."""
    words, _, example = schema["x-form"].rpartition(", such as ")

    assert words
    assert re.fullmatch(schema["pattern"], example)


@pytest.mark.parametrize("of", ["scenario", "report"])
def test_an_editor_shows_no_regular_expression(of: str) -> None:
    """It says what the schema says in words, with an example."""
    schema = json.loads(CliRunner().invoke(main, ["schema", of]).output)
    patterns = [found for _, found in _patterns(schema)]

    assert patterns or of == "report"
    assert all("such as " in each["patternErrorMessage"] for each in patterns)


@pytest.mark.parametrize(
    ("method", "path", "body", "said"),
    [
        (
            "PUT",
            "/clock",
            {"now": "2026-01-05"},
            'now: should be a moment with its offset from UTC, such as 2026-02-02T17:00:00Z: "2026-01-05"',
        ),
        (
            "PUT",
            "/lease",
            {"holder": "two words"},
            "holder: should be up to 200 visible ASCII characters without spaces",
        ),
        (
            "PATCH",
            "/workspaces/acme/api_clients/okta",
            {"token": "two words"},
            "token: should be visible ASCII characters without spaces",
        ),
        (
            "POST",
            "/faults",
            {"operation": "listCollaborators", "effect": "status", "status": 500, "headers": {"a b": "c"}},
            "headers: a key should be letters, digits and dashes, such as X-Request-Id",
        ),
        (
            "POST",
            "/faults",
            {"operation": "listCollaborators", "effect": "status", "status": 500, "headers": {"a": "\n"}},
            "headers.a: should be ASCII without control characters",
        ),
        (
            "PATCH",
            "/workspaces/acme/plan",
            {"invitation_lifetime_seconds": -1},
            "invitation_lifetime_seconds: is less than the minimum of 0.001: -1",
        ),
        (
            "PATCH",
            "/workspaces/acme/plan",
            {"invitation_lifetime_seconds": "7d"},
            'invitation_lifetime_seconds: is not of types "number", "null": "7d"',
        ),
        ("PUT", "/snapshots/a%20b", None, "such as before-acceptance"),
        ("GET", "/journal?status=abc", None, "such as 4xx"),
        ("PUT", "/seed", {"workspaces": {"Acme Inc": {}}}, "such as acme"),
        (
            "PUT",
            "/seed",
            {"workspaces": {"acme": {"collaborators": [{"name": "A", "email": "a"}]}}},
            "such as ada@example.test",
        ),
        ("PUT", "/seed", {"workspaces": {"acme": {"project_roles": [{"name": "A", "id": "a"}]}}}, "such as pr-"),
        (
            "PUT",
            "/seed",
            {"workspaces": {"acme": {"api_clients": [{"name": "A", "token": "a b"}]}}},
            "such as wrkaus-acme-okta",
        ),
        ("PUT", "/seed", {"workspaces": {"acme": {"data_center": "EU West"}}}, "such as eu"),
    ],
)
def test_a_text_of_another_form_is_told_the_form(method: str, path: str, body: Any, said: str) -> None:  # noqa: ANN401
    """No answer shows a regular expression."""
    answer = Emulator().control.request(method, path, **({} if body is None else {"json": body}))
    message = answer.json()["error"]["message"]

    assert answer.status_code in {400, 422}
    assert said in message
    assert not re.search(r"\[\^?[A-Za-z!]-|\\[dsw.]|\$\"", message)
