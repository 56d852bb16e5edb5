"""A Workato just big enough to talk to: it keeps what it is given, answers from it, and remembers what it was asked."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

import httpx

from okta_connector import (
    ActionFailed,
    ConnectorSettings,
    Decisions,
    Entitlement,
    OktaConnector,
    User,
    WorkatoClient,
    connect,
)

Row = dict[str, object]

ADA = "ada@example.test"

INVITE = "POST /api/member_invitations"
LOOK = f"GET /api/members?email={ADA}"
MODEL = "GET /api/environment_roles?page[number]=1&page[size]=1"


def member(member_id: int = 51877, email: str = ADA, name: str = "Ada Lovelace", **roles: str) -> Row:
    """A collaborator's row; roles by environment."""
    rows = [{"environment_type": e, "role_name": r, "role_type": "environment"} for e, r in roles.items()]
    return {"id": member_id, "email": email, "name": name, "grant_type": "team", "roles": rows}


def group(group_id: str = "pf-1", name: str = "Payroll builders", **more: object) -> Row:
    return {"id": group_id, "name": name, "description": None, "system": False, **more}


ALL_COLLABORATORS = group("am-1", "All collaborators", system=True)


@dataclass
class Workato:
    members: list[Row] = field(default_factory=list)
    groups: list[Row] = field(default_factory=list)
    environment_roles: list[str] = field(default_factory=lambda: ["Environment admin", "Member"])
    legacy_roles: list[str] | None = None
    """A list puts the workspace on the older permission model."""
    instead: dict[str, httpx.Response | Exception] = field(default_factory=dict)
    """What to answer to a request of this first line, whatever the state says."""
    calls: list[str] = field(default_factory=list)
    bodies: dict[str, object] = field(default_factory=dict)
    """The last body that came with each request line."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path, _, query = request.url.raw_path.decode().partition("?")
        line = f"{request.method} {path}"
        self.calls.append(line + (f"?{unquote(query)}" if query else ""))
        if request.content:
            self.bodies[line] = json.loads(request.content)
        planned = self.instead.get(line)
        if isinstance(planned, Exception):
            raise planned
        return planned or self.answer(request, line)

    def answer(self, request: httpx.Request, line: str) -> httpx.Response:
        response = httpx.Response(204)
        match line.split("/")[2:]:
            case ["member_invitations"]:
                response = httpx.Response(200, json={"result": "ok"})
            case ["members"]:
                wanted = request.url.params.get("email", "").casefold()
                response = listed([row for row in self.members if wanted in str(row["email"]).casefold()])
            case ["members", row_id]:
                response = self.one(self.members, row_id, request.method)
            case ["roles"]:
                names = self.legacy_roles
                response = denied() if names is None else httpx.Response(200, json=rows_named(names))
            case ["environment_roles"]:
                response = denied() if self.legacy_roles is not None else listed(rows_named(self.environment_roles))
            case ["user_groups"] if request.method == "POST":
                response = httpx.Response(200, json={"data": {"id": "pf-new", **self.group_sent(line)}})
            case ["user_groups"]:
                part = request.url.params.get("name", "").casefold()
                response = listed([row for row in self.groups if part in str(row["name"]).casefold()])
            case ["user_groups", row_id] if request.method == "PUT":
                response = httpx.Response(200, json={"data": {"id": row_id, **self.group_sent(line)}})
            case ["user_groups", row_id]:
                response = self.one(self.groups, row_id, request.method)
        return response

    def group_sent(self, line: str) -> Row:
        body = self.bodies[line]
        assert isinstance(body, dict)
        sent = body["user_group"]
        assert isinstance(sent, dict)
        return sent

    def one(self, rows: list[Row], row_id: str, method: str) -> httpx.Response:
        found = next((row for row in rows if str(row["id"]) == row_id), None)
        if found is None:
            return httpx.Response(404, json={"message": "Not found"})
        return httpx.Response(204) if method == "DELETE" else httpx.Response(200, json={"data": found})

    def http(self) -> httpx.Client:
        return connect("https://workato.example.test", "wrka-secret", transport=httpx.MockTransport(self))

    def client(self) -> WorkatoClient:
        return WorkatoClient(self.http())

    def connector(self, decisions: Decisions = Decisions(), **settings: object) -> OktaConnector:  # noqa: B008
        chosen = ConnectorSettings(**settings)  # type: ignore[arg-type] # a test names real settings
        return OktaConnector(self.http(), chosen, decisions)

    def roles_sent(self, line: str) -> dict[str, str]:
        """The roles that came with this request line last, by environment."""
        body = self.bodies[line]
        assert isinstance(body, dict)
        return {row["environment_type"]: row["name"] for row in body["env_roles"]}

    def writes(self) -> list[str]:
        return [call for call in self.calls if not call.startswith("GET ")]


class JoinsMeanwhile(Workato):
    """Someone joins between the first look and the next."""

    def answer(self, request: httpx.Request, line: str) -> httpx.Response:
        return listed([]) if line == "GET /api/members" and len(self.calls) == 1 else super().answer(request, line)


def rows_named(names: list[str]) -> list[Row]:
    return [{"id": number, "name": name, "type": "system"} for number, name in enumerate(names, start=1)]


def listed(rows: list[Row]) -> httpx.Response:
    return httpx.Response(200, json={"data": rows, "total": len(rows)})


def denied() -> httpx.Response:
    return httpx.Response(401, json={"message": "Unauthorized"})


def refusal(status: int, title: str) -> httpx.Response:
    return httpx.Response(status, json={"errors": [{"code": "INVALID_PARAMS", "title": title}]})


def ada(user_id: str | None = None, user_name: str = ADA, groups: tuple[str, ...] = (), **roles: str) -> User:
    """Ada as Okta pushes her; entitlements by environment."""
    return User(
        id=user_id,
        user_name=user_name,
        email=ADA,
        display_name="Ada Lovelace",
        given_name="Ada",
        family_name="Lovelace",
        attributes={"title": "Countess", "department": None},
        entitlements=tuple(Entitlement(environment, role) for environment, role in roles.items()),
        groups=groups,
    )


def failure_of(act: Callable[[], object]) -> ActionFailed | None:
    """The failure an action ends in, or None when it comes off."""
    try:
        act()
    except ActionFailed as failed:
        return failed
    return None
