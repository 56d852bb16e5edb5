"""Two SCIM servers to talk to: scim2-server, which nobody here wrote, and one that answers as a test says."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

import httpx
from scim2_server.memory import InMemoryStorage
from scim2_server.testserver.application import BearerTokenApplication
from scim2_server.utils import load_default_provider

from okta_connector import ActionFailed, Entitlement, User
from okta_connector.scim import ScimConnector, ScimDecisions, ScimSettings, ScimSwitches, Switches, connect_scim

TOKEN = "scim-token-of-a-test"
INES = "ines.faro@example.com"

Body = dict[str, Any]


def person(**changes: object) -> User:
    fields: dict[str, Any] = {
        "id": None,
        "user_name": INES,
        "email": INES,
        "display_name": "Ines Faro",
        "given_name": "Ines",
        "family_name": "Faro",
        "okta_id": "00uq7Yv2EXAMPLE",
    }
    return User(**{**fields, **changes})


def with_roles(**roles: str) -> User:
    return person(entitlements=tuple(Entitlement(environment, role) for environment, role in roles.items()))


@dataclass
class Wire(httpx.BaseTransport):
    """Passes requests on, and keeps each with its headers and its body."""

    through: httpx.BaseTransport
    requests: list[httpx.Request] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        return self.through.handle_request(request)

    @property
    def lines(self) -> list[str]:
        return [f"{each.method} {unquote(each.url.raw_path.decode())}" for each in self.requests]

    def body(self, index: int = -1) -> Body:
        found: Body = json.loads(self.requests[index].content)
        return found


PROVIDER = cache(load_default_provider)
"""Describes the service and keeps nothing; made once, because that is slow."""


def scim2_server() -> Wire:
    """A strict SCIM 2.0 server by other people, empty, in this process."""
    application = BearerTokenApplication(InMemoryStorage(), PROVIDER(), bearer_tokens=[TOKEN])
    return Wire(httpx.WSGITransport(application))


def connector(
    wire: httpx.BaseTransport,
    settings: ScimSettings = ScimSettings(),  # noqa: B008 - frozen
    decisions: ScimDecisions = ScimDecisions(),  # noqa: B008 - frozen
    switches: Switches = ScimSwitches(),  # noqa: B008 - frozen
    url: str = "https://scim.example.test",
) -> ScimConnector:
    http = connect_scim(url, TOKEN, transport=wire)
    return ScimConnector(http, settings, decisions, switches, lambda: "k3Vr9qXa")


@dataclass
class Pretended:
    """A server that keeps users by id, and answers what a test wants to the request lines that it names."""

    users: dict[str, Body] = field(default_factory=dict)
    groups: dict[str, Body] = field(default_factory=dict)
    instead: dict[str, httpx.Response | Exception] = field(default_factory=dict)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/scim/v2")
        planned = self.instead.get(f"{request.method} {path}")
        if isinstance(planned, Exception):
            raise planned
        return planned or self.answer(request, path)

    def answer(self, request: httpx.Request, path: str) -> httpx.Response:
        _, kind, *ids = path.split("/")
        rows = self.users if kind == "Users" else self.groups
        if not ids:
            return self.listed(request, rows) if request.method == "GET" else self.created(request, rows)
        row = rows.get(ids[0])
        if row is None:
            return error(404, f"{kind} {ids[0]} not found")
        match request.method:
            case "PUT":
                rows[ids[0]] = {**json.loads(request.content), "id": ids[0]}
            case "PATCH":
                for operation in json.loads(request.content)["Operations"]:
                    row.update(operation["value"] if "path" not in operation else {})
                return httpx.Response(204)
            case "DELETE":
                del rows[ids[0]]
                return httpx.Response(204)
        return httpx.Response(200, json=rows[ids[0]])

    def listed(self, request: httpx.Request, rows: Mapping[str, Body]) -> httpx.Response:
        condition = request.url.params.get("filter", "")
        attribute, _, wanted = condition.partition(" eq ")
        found = [row for row in rows.values() if not condition or row.get(attribute) == json.loads(wanted)]
        start, count = (int(request.url.params.get(key, "1")) for key in ("startIndex", "count"))
        page = found[start - 1 : start - 1 + count]
        return httpx.Response(200, json={"totalResults": len(found), "startIndex": start, "Resources": page})

    def created(self, request: httpx.Request, rows: dict[str, Body]) -> httpx.Response:
        new_id = f"id-{len(rows) + 1}"
        rows[new_id] = {**json.loads(request.content), "id": new_id}
        return httpx.Response(201, json=rows[new_id])


def pretended(
    users: dict[str, Body] | None = None,
    groups: dict[str, Body] | None = None,
    instead: dict[str, httpx.Response | Exception] | None = None,
) -> Wire:
    return Wire(httpx.MockTransport(Pretended(users or {}, groups or {}, {} if instead is None else instead)))


def error(status: int, detail: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
    body = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": str(status), "detail": detail}
    return httpx.Response(status, json=body, headers=headers)


def failure_of(act: Callable[[], object]) -> ActionFailed:
    try:
        act()
    except ActionFailed as failed:
        return failed
    raise AssertionError("nothing failed")
