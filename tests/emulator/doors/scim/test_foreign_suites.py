"""What nobody here wrote judges the door: scim2-tester, the probe of scim-sanity, and scim2-server as a second opinion.

Each has a list of the deviations that are accepted, with reasons; a deviation that is gone is found as well.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import httpx
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_models import User
from scim2_server.memory import InMemoryStorage
from scim2_server.testserver.application import BearerTokenApplication
from scim2_server.utils import load_default_provider
from scim2_tester import Status, check_server
from scim_sanity.http_client import SCIMClient, SCIMResponse
from scim_sanity.probe.tests import test_discovery as probe_discovery
from scim_sanity.probe.tests import test_error_handling as probe_errors
from scim_sanity.probe.tests import test_search as probe_search
from scim_sanity.probe.tests import test_user_lifecycle as probe_users
from scim_sanity.response_validator import ServerResponseValidator

from .provider import ROLE, Provider

Environ: TypeAlias = dict[str, Any]

ONE_NAME = "Workato has one name of a person: `formatted`, or else given and family name"
ONE_ADDRESS = "Workato has one address, which is the userName"
ROLE_NAMES = "a role is one that the workspace has; what stands for any text here is ignored"
NEVER_EMPTY = "a person always has a name, an address, a role or none, and is active or not"
FIXED = "assumption scim_username_change"

ACCEPTED: Mapping[tuple[str, str], str] = {
    ("object_replacement", ""): FIXED,
    ("check_replace_attribute", "userName"): FIXED,
    **{(f"check_{op}_attribute", "name"): ONE_NAME for op in ("add", "replace")},
    **{(f"check_{op}_attribute", "emails"): ONE_ADDRESS for op in ("add", "replace")},
    **{
        (f"check_{op}_attribute", name): ROLE_NAMES
        for op in ("add", "replace")
        for name in (ROLE, *(f"{ROLE}:workato_role{suffix}" for suffix in ("", "_test", "_prod")))
    },
    **{
        ("check_remove_attribute", name): NEVER_EMPTY
        for name in (
            *("name", "displayName", "active", "emails", ROLE),
            *(f"{ROLE}:workato_role{suffix}" for suffix in ("", "_test", "_prod")),
        )
    },
}
"""What scim2-tester finds, by the check and the attribute. It makes values up, so it knows no role and no email."""


def _over_wsgi(client: httpx.Client) -> Callable[[Environ, Callable[..., object]], Iterable[bytes]]:
    """The door as the simplest kind of web application, which is what that client calls in process."""

    def application(environ: Environ, start: Callable[..., object]) -> Iterable[bytes]:
        named = {key[5:].replace("_", "-"): value for key, value in environ.items() if key.startswith("HTTP_")}
        headers = named | ({"Content-Type": environ["CONTENT_TYPE"]} if environ.get("CONTENT_TYPE") else {})
        answer = client.request(
            environ["REQUEST_METHOD"],
            f"http://localhost{environ['PATH_INFO']}?{environ['QUERY_STRING']}",
            content=environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)),
            headers=headers,
        )
        start(f"{answer.status_code} {answer.reason_phrase}", list(answer.headers.items()))
        return [answer.content]

    return application


def _attribute(reason: str) -> str:
    found = re.search(r"attribute '([^']+)'|value for '([^']+)'", reason)
    return "" if found is None else found[1] or found[2]


def test_scim2_tester_finds_what_is_accepted_and_nothing_else() -> None:
    """With the rules of the email asleep, since it makes names up that are none."""
    provider = Provider(scim_unknown_role="ignored")
    for rule in ("SCIM-5", "SCIM-8"):
        provider.world.suspend(rule)
    client = WSGISCIMClient(_over_wsgi(provider.client), base_url="http://localhost/scim/v2")
    results = check_server(client)
    found = {
        (str(each.title), _attribute(str(each.reason)))
        for each in results
        if each.status not in {Status.SUCCESS, Status.SKIPPED}
    }

    assert sum(each.status is Status.SUCCESS for each in results) > 30
    assert found == set(ACCEPTED)


class _InProcess(SCIMClient):  # type: ignore[misc]
    """The client of scim-sanity, whose requests stay in this process."""

    def __init__(self, client: httpx.Client) -> None:
        super().__init__("http://localhost/scim/v2", token="scim-acme")
        self._client = client

    def _request(self, method: str, path: str, payload: Any = None, **more: Any) -> SCIMResponse:  # noqa: ANN401
        headers = more.get("extra_headers") or {}
        if payload is not None:
            headers = {"Content-Type": "application/scim+json"} | headers
        answer = self._client.request(method, path, json=payload, headers=headers)
        return SCIMResponse(answer.status_code, dict(answer.headers), answer.text)


def test_the_probe_of_scim_sanity_finds_that_there_is_one_name_and_nothing_else() -> None:
    """Discovery, the life of a user, queries and errors, by its strict reading."""
    provider = Provider()
    client, strictly = _InProcess(provider.client), ServerResponseValidator(strict=True)
    made: list[dict[str, Any]] = []
    results = [
        *probe_discovery(client, strictly),
        *probe_users(client, strictly, made, {"emails": None}),
        *probe_search(client, strictly),
        *probe_errors(client, strictly),
    ]
    failed = {each.name: each.message for each in results if each.status in {each.FAIL, each.ERROR}}

    assert len(results) > 15
    assert set(failed) == {"GET /Users/{id} after PUT"}, failed
    assert "displayName" in failed["GET /Users/{id} after PUT"], ONE_NAME


def _patch(*operations: Any) -> tuple[str, str, Any]:  # noqa: ANN401  (JSON)
    return "PATCH", "/Users/{id}", {"Operations": list(operations)}


REQUESTS: Mapping[str, tuple[str, str, Any, int]] = {
    "look-up of nobody": ("GET", '/Users?filter=userName eq "x@example.com"', None, 200),
    "creation": ("POST", "/Users", {"userName": "x@example.com", "active": True}, 201),
    "creation again": ("POST", "/Users", {"userName": "X@EXAMPLE.COM", "active": True}, 409),
    "look-up in capitals": ("GET", '/Users?filter=USERNAME EQ "X@example.com"', None, 200),
    "reading": ("GET", "/Users/{id}", None, 200),
    "reading some": ("GET", "/Users/{id}?attributes=userName", None, 200),
    "reading nobody": ("GET", "/Users/00000000-0000-0000-0000-000000000000", None, 404),
    "a broken filter": ("GET", "/Users?filter=userName xx 1", None, 400),
    "an unknown attribute": ("GET", '/Users?filter=colour eq "x"', None, 400),
    "order of truths": ("GET", "/Users?filter=active gt true", None, 400),
    "deactivation": (
        "PATCH",
        "/Users/{id}",
        {"Operations": [{"op": "replace", "path": "active", "value": False}]},
        204,
    ),
    "no operation": (*_patch(), 400),
    "unknown operation": (*_patch({"op": "move", "path": "active"}), 400),
    "removal without path": (*_patch({"op": "remove"}), 400),
    "removal of userName": (*_patch({"op": "remove", "path": "userName"}), 400),
    "a path that cannot be read": (
        "PATCH",
        "/Users/{id}",
        {"Operations": [{"op": "add", "path": "a[", "value": 1}]},
        400,
    ),
    "another id": (*_patch({"op": "replace", "path": "id", "value": "7"}), 400),
    "replacement": ("PUT", "/Users/{id}", {"userName": "x@example.com", "active": True}, 200),
    "replacement without userName": ("PUT", "/Users/{id}", {"active": True}, 400),
    "replacement of nobody": ("PUT", "/Users/nobody", {"userName": "y@example.com"}, 404),
    "a page of nobody": ("GET", "/Users?startIndex=500", None, 200),
    "only the total": ("GET", "/Users?count=0", None, 200),
    "deletion": ("DELETE", "/Users/{id}", None, 204),
    "deletion again": ("DELETE", "/Users/{id}", None, 404),
    "an unknown endpoint": ("GET", "/Robots", None, 404),
}
"""Sent to both servers in this order: method, target, body, and the status that both answer."""

OTHERWISE: Mapping[str, str] = {
    "no operation": "it has invalidValue, and the facts about Okta's and Entra's servers have invalidSyntax",
}
"""Where the types of the errors differ, and why that is accepted."""


def _ask(client: httpx.Client) -> dict[str, tuple[int, str | None, Any]]:
    """Status, type of the error, and what an answer says of `active` or of the total."""
    said = {}
    made = ""
    for name, (method, target, body, _) in REQUESTS.items():
        answer = client.request(method, target.replace("{id}", made), json=_with_schemas(method, body))
        found = answer.json() if answer.content else {}
        if name == "creation":
            made = found["id"]
        told = found.get("active", found.get("totalResults", 0) if "nobody" in name or "capitals" in name else None)
        said[name] = answer.status_code, found.get("scimType"), told
    return said


def _with_schemas(method: str, body: Any) -> Any:  # noqa: ANN401  (JSON)
    if body is None:
        return None
    message = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
    return {"schemas": [message if method == "PATCH" else str(User.__schema__)], **body}


def test_the_reference_server_answers_alike() -> None:
    """The same requests to both, one after the other."""
    application = BearerTokenApplication(InMemoryStorage(), load_default_provider())
    reference = httpx.Client(transport=httpx.WSGITransport(application), base_url="http://localhost")
    door, other = _ask(Provider(scim_patch_answer="204").client), _ask(reference)
    statuses = {name: (found[0], other[name][0]) for name, found in door.items()}

    assert statuses == {name: (status, status) for name, (*_, status) in REQUESTS.items()}
    assert {name for name in REQUESTS if door[name][1] != other[name][1]} == set(OTHERWISE)
