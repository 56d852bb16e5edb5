"""Which operation is suggested to whoever asked for one that is not there."""

import pytest

from workato_emulator.http.nearest import nearest_route
from workato_emulator.http.routing import Route

ROUTES = [
    Route("GET", "/api/members", "list", str),
    Route("GET", "/api/members/{id}", "get", str),
    Route("PUT", "/api/members/{id}", "update", str),
    Route("POST", "/api/member_invitations", "invite", str),
]


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        pytest.param("GET", "/api/memebrs", "list", id="a misspelt segment"),
        pytest.param("GET", "/members/7", "get", id="a forgotten /api"),
        pytest.param("PATCH", "/api/members/7", "update", id="a kindred method"),
        pytest.param("DELETE", "/api/members/7", "get", id="another method: the first of equally near ones"),
        pytest.param("GET", "/api/members/7/roles", "get", id="a segment too many"),
        pytest.param("POST", "/api/v2/member_invitations", "invite", id="a segment in between"),
    ],
)
def test_the_nearest_operation_is_suggested(method: str, path: str, operation: str) -> None:
    """A misspelt word, one segment more or less, or another method hides nothing."""
    found = nearest_route(method, path, ROUTES)

    assert found is not None
    assert found.operation == operation


@pytest.mark.parametrize(
    ("method", "path"),
    [
        pytest.param("GET", "/api/recipes", id="another word"),
        pytest.param("GET", "/api/members/7/roles/3", id="two segments too many"),
        pytest.param("POST", "/api/v2/members/7/roles", id="two segments too many and another method"),
    ],
)
def test_what_is_too_far_from_every_operation_gets_no_suggestion(method: str, path: str) -> None:
    """A long common beginning alone means nothing."""
    assert nearest_route(method, path, ROUTES) is None
