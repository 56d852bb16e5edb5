"""A live workspace: a scenario gets a part of its own there, slowly, and what it made is removed after it.

There is no control plane. Time passes by itself, a person accepts invitations, and what is there is read through the
API.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import httpx

from okta_connector.folding import fold
from okta_scenarios.live.exchange import Json
from okta_scenarios.live.guard import Guard, NotOurs, Unforeseen
from okta_scenarios.live.ledger import Item, Ledger
from okta_scenarios.live.namespace import Namespace, PoolEmpty
from okta_scenarios.live.removing import clean_up
from okta_scenarios.live.settings import Settings
from okta_scenarios.live.tenant import BETWEEN_LOOKS, MEMBERS, PAGE, Stopped, Tenant, json_of, paging
from okta_scenarios.targets.target import Ability, CannotBegin, LiveTerms, Service, TargetUnusable, seats_in
from workato_emulator import Seat, Secrets, Unanswered, assumptions

COOL_DOWN = timedelta(minutes=21)
"""After this long a mailbox may be invited again."""
INVITATIONS = "/api/member_invitations"
_SUCCESS = 300
_MADE_AT = {
    "/api/user_groups": ("group", ("user_group", "name"), "/api/user_groups/{}"),
    "/api/environment_roles": ("environment role", ("environment_role", "name"), "/api/environment_roles/{}"),
    "/api/project_roles": ("project role", ("project_role", "name"), "/api/project_roles/{}"),
    "/api/folders": ("folder", ("name",), "/api/folders/{}"),
}
"""What a request to this path makes, where its body has the name, and where it is removed."""


class Live:
    """Use as a context manager; at the end what is left is removed. `tenant` is the workspace that was named."""

    def __init__(self, settings: Settings, tenant: Tenant, ledger: Ledger, run: str, how_to_clean_up: str = "") -> None:
        self.how_to_clean_up = how_to_clean_up
        self.settings = settings
        self.tenant = tenant
        self.ledger = ledger
        self._run = run
        self._scenarios = 0
        self._invited: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, TargetUnusable):  # then nothing more is sent, and the message says how to clean up
            self.put_away()

    @property
    def name(self) -> str:
        return "live"

    @property
    def abilities(self) -> frozenset[Ability]:
        return frozenset({Ability.BEGIN, Ability.MOVE_TIME, Ability.ACT_BY_HAND, Ability.SHOW_STATE})

    @property
    def terms(self) -> LiveTerms:
        settings = self.settings
        return LiveTerms(
            writes=settings.may == "people",
            patience=settings.patience,
            mailboxes=len(settings.people.mailboxes),
            environments=frozenset(settings.environments),
            permission_model=settings.permission_model,
        )

    def begin(self, document: Mapping[str, Any], *, at: datetime, ids_seed: int) -> Service:  # noqa: ARG002  (its own)
        """Give the scenario what it is given, by requests of its own. Raises `CannotBegin`, and `TargetUnusable`."""
        self.put_away()
        self._scenarios += 1
        pool = sorted(self.settings.people.mailboxes, key=lambda each: self._invited.get(fold(each), 0.0))
        namespace = Namespace(f"zz-probe-{self._run}-{self._scenarios}-", tuple(pool))
        ((slug, given),) = document["workspaces"].items()
        client = next(each["token"] for each in given["api_clients"])
        service = _There(self, namespace, slug, client)
        try:
            service.arrange(given)
        except PoolEmpty as problem:
            raise CannotBegin(str(problem)) from None
        return service

    def put_away(self) -> None:
        """Remove what the scenario before left. Raises `TargetUnusable`."""
        if clean_up(self.tenant, self.ledger, self.settings.people.mailboxes):
            raise TargetUnusable(f"not everything could be removed; {self.ledger.file} says what is left")

    def may_invite(self, mailbox: str) -> None:
        """Wait until nobody of an earlier scenario was invited there a short time ago."""
        since = self.tenant.times.pace.now() - self._invited.get(fold(mailbox), float("-inf"))
        if since < COOL_DOWN.total_seconds():
            self.tenant.wait(COOL_DOWN - timedelta(seconds=since), "the mailbox was invited by another scenario")

    def invited(self, mailbox: str) -> None:
        self._invited[fold(mailbox)] = self.tenant.times.pace.now()


class _There:
    """The scenario's part of the workspace."""

    def __init__(self, live: Live, namespace: Namespace, slug: str, client: str) -> None:
        self._client = client
        self._live = live
        self._tenant = live.tenant
        self._namespace = namespace
        self._slug = slug
        self._guard = Guard({INVITATIONS, *_MADE_AT})
        self._exported: Mapping[str, Any] | None = None
        self.transport: httpx.BaseTransport = _Way(self)

    # What a scenario asks of a service

    def transport_from(self, address: str) -> httpx.BaseTransport:
        raise TargetUnusable(f"a live workspace is not called from {address}")

    def now(self) -> datetime:
        return self._tenant.times.wall()

    def move_clock(self, to: datetime) -> None:
        self._tenant.wait(to - self.now(), "the scenario lets time pass")

    def control(self, method: str, path: str, body: object = None) -> httpx.Response:  # noqa: ARG002
        """What a person does in Workato's own pages, as far as somebody can be asked for it."""
        parts = path.strip("/").split("/")
        if method == "GET" and path == "/faults":
            return httpx.Response(200, json={"data": []})
        if method == "POST" and parts[2:3] == ["invitations"] and parts[-1] == "accept":
            mailbox = self._namespace.mailbox_of(unquote(parts[3]))
            return self._accepted(mailbox)
        raise TargetUnusable(f"a live workspace has no {method} {path}")

    def export(self) -> Mapping[str, Any]:
        if self._exported is None:
            workspace = {**_NOTHING, **self._workspace()}
            self._exported = {"accounts": [], "workspaces": {self._slug: workspace}, "assumptions": {}}
        return self._exported

    def seats(self, workspace: str) -> Mapping[str, Seat]:
        return seats_in(self.export(), workspace)

    def consulted(self) -> frozenset[str]:
        return frozenset(each.id for each in assumptions())

    def secrets(self, also: Iterable[str]) -> Secrets:
        return Secrets((*self._tenant.tokens, *also))

    # Setting up

    def arrange(self, given: Mapping[str, Any]) -> None:
        for role in given["roles"]:
            self._must("POST", "/api/environment_roles", {"environment_role": {"name": role["name"], "config": {}}})
        for role in given["project_roles"]:
            self._must("POST", "/api/project_roles", {"project_role": {"name": role["name"], "config": {}}})
        groups = {}
        for group in given["groups"]:
            body = {"user_group": {key: each for key, each in group.items() if each is not None}}
            groups[group["name"]] = self._must("POST", "/api/user_groups", body)["data"]["id"]
        for person in given["collaborators"]:
            self._take_in(person, [groups[each] for each in person["groups"]])
        for project in given["projects"]:
            self._make_project(project, groups)

    def _take_in(self, person: Mapping[str, Any], groups: Sequence[str]) -> None:
        roles = {environment: role for environment, role in person["roles"].items() if role is not None}
        rows = [_role(environment, role) for environment, role in (roles or {"dev": "Member"}).items()]
        mailbox = self._namespace.mailbox_of(person["email"])
        self._live.may_invite(mailbox)
        body = {"name": person["name"], "email": person["email"], "env_roles": rows, "user_group_ids": list(groups)}
        status, _, _ = self.send("POST", INVITATIONS, {}, body, self._token())
        if status == httpx.codes.TOO_MANY_REQUESTS:
            self._tenant.wait(COOL_DOWN, "the mailbox was invited a short time ago")
            self._must("POST", INVITATIONS, body)
        elif status >= _SUCCESS:
            raise CannotBegin(f"POST {INVITATIONS} is answered with {status}")
        self._accepted(mailbox)
        if not roles:
            id_ = next(each["id"] for each in self._rows("/api/members") if each["email"] == person["email"])
            self._must("PUT", f"/api/members/{id_}", {"env_roles": [_role("dev", "NoAccess")]})

    def _make_project(self, project: Mapping[str, Any], groups: Mapping[str, str]) -> None:
        made = self._must("POST", "/api/folders", {"name": project["name"]})
        for folder in project["folders"]:
            self._must("POST", "/api/folders", {"name": folder["name"], "parent_id": made["id"]})
        members = {each["email"]: each["id"] for each in self._rows("/api/members")}
        roles = {each["name"]: each["id"] for each in self._rows("/api/project_roles")}
        rows = [
            {
                "assignment_type": "UserGroup" if "group" in grant else "User",
                "assignment_id": groups[grant["group"]] if "group" in grant else members[grant["user"]],
                "project_role_id": roles[grant["role"]],
            }
            for grant in project["grants"]
        ]
        if rows:
            self._must("PUT", f"/api/projects/{made['project_id']}/project_grants", {"project_grants": rows})

    def _must(self, method: str, path: str, body: Json = None) -> Json:
        status, _, answer = self.send(method, path, {}, body, self._token())
        if status >= _SUCCESS:
            raise CannotBegin(f"{method} {path} is answered with {status}")
        return answer

    def _token(self) -> str:
        return self._tenant.token("full")

    def real_token(self, token: str) -> str:
        """The scenario's first API client is the one of the settings; any other token is as good as none."""
        return self._token() if token == self._client else token

    # Asking

    def send(
        self, method: str, path: str, query: Mapping[str, Any], body: Json, token: str
    ) -> tuple[int, Mapping[str, str], Json]:
        """One request in the scenario's terms, and its answer in them."""
        namespace = self._namespace
        try:
            sent = namespace.out(body, path)
            self._guard.check(method, path)
            if method == "POST" and path == INVITATIONS and isinstance(sent, dict):
                self._live.invited(str(sent.get("email")))
            items = self._begin(method, path, sent)
            response = self._tenant.channel.send(method, path, token, query=namespace.out_query(query), json=sent)
            self._guard.judge(method, path, response.status_code)
        except (NotOurs, Unforeseen, Unanswered, Stopped, PoolEmpty) as problem:
            raise TargetUnusable(f"{problem}. {self._live.how_to_clean_up}") from None
        if method != "GET":
            self._exported = None
        answer = json_of(response)
        self._end(method, path, items, response.status_code, answer)
        headers = {name: each for name, each in response.headers.items() if name != "content-length"}
        return response.status_code, headers, namespace.back(answer, path)

    def _begin(self, method: str, path: str, sent: Json) -> list[Item]:
        """What the request is about to make is in the ledger before it is sent."""
        if method != "POST" or not isinstance(sent, dict):
            return []
        ledger = self._live.ledger
        if path == INVITATIONS:
            pool = [fold(each) for each in self._live.settings.people.mailboxes]
            mailbox = fold(str(sent.get("email")))
            return [ledger.begin("collaborator", MEMBERS, mailbox=pool.index(mailbox))] if mailbox in pool else []
        if path not in _MADE_AT:
            return []
        what, place, _ = _MADE_AT[path]
        name: Json = sent
        for part in place:
            name = name.get(part) if isinstance(name, dict) else None
        inside = sent.get("parent_id")
        if what == "folder" and inside is None:
            return [ledger.begin("project", "/api/projects", str(name))]
        listed = f"/api/folders?parent_id={inside}" if what == "folder" else path
        return [ledger.begin(what, listed, str(name))]

    def _end(self, method: str, path: str, items: Sequence[Item], status: int, answer: Json) -> None:
        ledger = self._live.ledger
        for item in items:
            if status >= _SUCCESS:
                ledger.gone(item.number)
            elif item.mailbox is None and isinstance(answer, dict):
                self._made(item, path, answer.get("data", answer))
        if method == "DELETE" and status < _SUCCESS:
            ledger.gone_at(path)
        self._meet(path, answer)

    def _made(self, item: Item, path: str, row: Mapping[str, Any]) -> None:
        is_project = item.what == "project"
        id_ = row["project_id"] if is_project else row["id"]
        self._guard.know(id_)
        self._guard.know(row["id"])
        self._live.ledger.made(item, f"/api/projects/{id_}" if is_project else _MADE_AT[path][2].format(id_))

    def _meet(self, path: str, answer: Json) -> None:
        """Ids of the scenario's grants and people, about which it may write."""
        rows = answer.get("data") if isinstance(answer, dict) else None
        for row in rows if isinstance(rows, list) else ():
            is_grant = path.endswith("/project_grants")
            if is_grant or (path == MEMBERS and self._namespace.is_mine(str(row.get("email")))):
                self._guard.know(row["id"])

    def _accepted(self, mailbox: str) -> httpx.Response:
        """Somebody is asked to accept, and then seen among the collaborators."""
        self._exported = None
        can = self._tenant.hand.ask(f"open the invitation in the mailbox {mailbox} and accept it")
        until = self._tenant.elapsed + self._live.settings.patience
        while can and self._tenant.elapsed < until:
            _, _, answer = self.send("GET", MEMBERS, {}, None, self._token())
            address = self._namespace.back(mailbox, "")
            if any(each["email"] == address for each in answer["data"]):
                return httpx.Response(200, json={})
            self._tenant.wait(timedelta(seconds=BETWEEN_LOOKS), "for the acceptance")
        return httpx.Response(409, json={"error": {"message": "the invitation could not be accepted"}})

    # Looking

    def _rows(self, path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for number in range(1, 100):
            _, _, answer = self.send("GET", path, paging(path, number), None, self._token())
            rows = answer["data"] if isinstance(answer, dict) else answer
            found += [each for each in rows if each not in found]
            if len(rows) < PAGE or path == MEMBERS:
                break
        return found

    def _workspace(self) -> dict[str, Any]:
        groups = [each for each in self._rows("/api/user_groups") if not each["system"]]
        inside = {
            each["name"]: {row["email"] for row in self._rows(f"/api/user_groups/{each['id']}/members")}
            for each in groups
        }
        members = [
            {
                "id": each["id"],
                "name": each["name"],
                "email": each["email"],
                "grant_type": each["grant_type"],
                "roles": {
                    row["environment_type"]: row["role_name"]
                    for row in each["roles"]
                    if row["role_name"] != "No access"
                },
                "groups": sorted(name for name, people in inside.items() if each["email"] in people),
            }
            for each in self._rows(MEMBERS)
        ]
        return {
            "collaborators": members,
            "groups": [{key: each[key] for key in ("id", "name", "description", "system")} for each in groups],
            "roles": [{**_own(each), "type": "environment"} for each in self._rows("/api/environment_roles")],
            "project_roles": [_own(each) for each in self._rows("/api/project_roles")],
            "projects": [self._project(each) for each in self._rows("/api/projects")],
        }

    def _project(self, row: Mapping[str, Any]) -> dict[str, Any]:
        _, _, folders = self.send("GET", "/api/folders", {"parent_id": row["folder_id"]}, None, self._token())
        grants = self._rows(f"/api/projects/{row['id']}/project_grants")
        return {
            "id": row["id"],
            "name": row["name"],
            "environment": "dev",
            "folder_id": row["folder_id"],
            "folders": [{"id": each["id"], "name": each["name"], "folders": []} for each in folders],
            "grants": [
                {"id": each["id"], "role": each["project_role"]["name"]}
                | ({"user": each["user"]["email"]} if each["user"] else {"group": each["user_group"]["name"]})
                for each in grants
            ],
        }


_NOTHING: Mapping[str, Any] = {
    **dict.fromkeys(("name", "data_center", "permission_model", "environments", "plan", "owner")),
    **dict.fromkeys(("invitations", "folders", "api_clients", "client_roles", "activity"), ()),
}
"""What the API does not show, or what is not the scenario's."""


class _Way(httpx.BaseTransport):
    """The way to the Developer API for the scenario's clients."""

    def __init__(self, there: _There) -> None:
        self._there = there

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        query: dict[str, Any] = {}
        for name, value in request.url.params.multi_items():
            query[name] = [*query[name], value] if name in query else [value]
        content = request.read()
        body = json.loads(content) if content else None
        _, _, token = request.headers.get("authorization", "").partition(" ")
        path = unquote(urlsplit(str(request.url)).path)
        plain = {name: each[0] if len(each) == 1 else each for name, each in query.items()}
        real = self._there.real_token(token)
        status, headers, answer = self._there.send(request.method, path, plain, body, real)
        content = b"" if answer is None else json.dumps(answer).encode()
        return httpx.Response(status, headers=headers, content=content, request=request)


def _role(environment: str, name: str) -> dict[str, str]:
    return {"environment_type": environment, "name": name, "role_type": "environment"}


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without what others change by being there."""
    return {key: each for key, each in row.items() if key not in {"members_count", "updated_at"}}
