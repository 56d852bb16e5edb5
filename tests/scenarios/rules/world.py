"""Two Okta orgs, two workspaces, and one rule that may be broken on purpose."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import httpx

from okta_connector import ConnectorSettings, OktaConnector, connect
from okta_connector.scim import DEFAULT_MAPPING, AppKind, ScimConnector, ScimSettings, connect_scim
from okta_org import AppSettings, OktaOrg, OktaUser
from okta_org.assignments import assign
from okta_org.directory import add_user
from okta_org.retries import run_due
from okta_scenarios.rules import SeamDecisions, Violation
from workato_emulator import Clock, Emulator

HOST = "http://workato.example.test"
PEOPLE = ("ada", "ben", "cem")

MEMBER = {"dev": "Member"}
MANAGER = {"dev": "Environment manager"}


class World:
    """`org` has an app on acme, and so has `other`; `beta` is a workspace that `org` has a second app on."""

    def __init__(self, violation: Violation | None, acme: Mapping[str, object] | None = None) -> None:
        self.clock = Clock.still()
        self.requests: list[str] = []
        self.meanwhile: Callable[[], object] | None = None
        seed = {"workspaces": {"acme": dict(acme or {}), "beta": {"data_center": "eu", "scim": {"token": "scim-beta"}}}}
        self.emulator = Emulator(seed, clock=self.clock)
        self.decide = violation.decisions if violation else SeamDecisions()
        for rule in sorted(violation.suspend) if violation else ():
            self.by_hand("POST", f"/rules/{rule}/suspend")
        self.org, self.other = self._org("first", "acme", "beta"), self._org("second", "acme")

    def _org(self, name: str, *workspaces: str) -> OktaOrg:
        org = OktaOrg(name, self.clock.now, lambda email: email.partition("@")[0], decisions=self.decide.org)
        for person in PEOPLE:
            org.do(add_user, OktaUser(person, f"{person}@example.test", f"{person}@example.test", person, "Example"))
        for workspace in workspaces:
            org.add_app(workspace, self.connector(self.emulator.token(workspace)))
        return org

    def connector(self, token: str, environment: str = "dev", host: str = HOST) -> OktaConnector:
        http = connect(host, token, transport=self.emulator.transport)
        http.event_hooks["request"].append(self._note)
        return OktaConnector(http, ConnectorSettings(environment), self.decide.connector)

    def over_scim(self, kind: AppKind = "custom", mapping: tuple[str, ...] = DEFAULT_MAPPING) -> None:
        """Give the first org an app `scim` on the workspace beta."""
        http = connect_scim(f"{HOST}/scim/v2", self.emulator.scim_token("beta"), transport=self.emulator.transport)
        http.event_hooks["request"].append(self._note)
        connector = ScimConnector(http, ScimSettings(kind), self.decide.scim, password=lambda: "k3Vr9qXa")
        settings = AppSettings(road="scim", governance=False, import_groups=False, mapping=mapping)
        self.org.add_app("scim", connector, settings)

    def _note(self, request: httpx.Request) -> None:
        self.requests.append(f"{request.method} {request.url.path}")
        if request.method == "PUT" and self.meanwhile is not None:
            act, self.meanwhile = self.meanwhile, None
            act()

    def by_hand(self, method: str, path: str, body: object = None) -> httpx.Response:
        """What the emulator's control plane can do: time, people, and an admin in Workato's own pages."""
        return self.emulator.control.request(method, path, json=body)

    def switch(self, **switches: object) -> None:
        self.org.configure_app("acme", **switches)  # type: ignore[arg-type]  # a test names real switches

    def accept(self, person: str, workspace: str = "acme") -> None:
        self.by_hand("POST", f"/workspaces/{workspace}/invitations/{person}@example.test/accept")

    def join(self, person: str, entitlements: Mapping[str, str] = MEMBER, org: OktaOrg | None = None) -> None:
        """Assign somebody, and let them accept."""
        (org or self.org).do(assign, person, "acme", entitlements)
        self.accept(person)

    def fault(self, operation: str, status: int, count: int = 1, headers: Mapping[str, str] | None = None) -> None:
        said = {"operation": operation, "status": status, "count": count, "headers": dict(headers or {})}
        self.by_hand("POST", "/faults", said).raise_for_status()

    def later(self, **time: float) -> None:
        """Let time pass, and every org do what is due on the way."""
        until = self.clock.now() + timedelta(**time)
        while dues := [at for org in (self.org, self.other) if (at := org.next_due()) and at <= until]:
            self.clock.set(max(min(dues), self.clock.now()))
            for org in (self.org, self.other):
                org.do(run_due)
        self.clock.set(until)

    def export(self) -> Mapping[str, Any]:
        exported: Mapping[str, Any] = self.by_hand("GET", "/export").json()
        return exported

    def _found(self, kind: str, person: str, workspace: str) -> Mapping[str, Any] | None:
        rows: list[dict[str, Any]] = self.export()["workspaces"][workspace][kind]
        return next((row for row in rows if row["email"] == f"{person}@example.test"), None)

    def invited(self, person: str) -> bool:
        return self._found("invitations", person, "acme") is not None

    def invited_with(self, person: str) -> Mapping[str, str] | None:
        """The roles that an invitation brings, or None for somebody who is not invited."""
        found = self._found("invitations", person, "acme")
        return None if found is None else found["roles"]

    def roles(self, person: str, workspace: str = "acme") -> Mapping[str, str] | None:
        """The roles of a collaborator, or None for somebody who is none."""
        found = self._found("collaborators", person, workspace)
        return None if found is None else found["roles"]

    def groups(self, person: str) -> list[str]:
        found = self._found("collaborators", person, "acme")
        return [] if found is None else list(found["groups"])

    def group_names(self) -> set[str]:
        return {group["name"] for group in self.export()["workspaces"]["acme"]["groups"] if not group["system"]}

    def size(self, group: str) -> object:
        """How many members Workato says that a group has."""
        with self.emulator.client("acme") as client:
            rows = client.get("/api/user_groups").json()["data"]
        return next(row["members_count"] for row in rows if row["name"] == group)

    def account(self, person: str) -> object:
        return next((each["id"] for each in self.export()["accounts"] if each["email"].startswith(f"{person}@")), None)

    def task(self, subject: str, org: OktaOrg | None = None) -> str:
        """The state of whatever waits on the dashboard about somebody or something; `none` where nothing does."""
        return next((each.state.value for each in (org or self.org).tasks.open if each.subject == subject), "none")

    def message(self, subject: str) -> str:
        return next((each.message for each in self.org.tasks.open if each.subject == subject), "")

    def events(self) -> list[str]:
        return [event.type.value for event in self.org.log]
