"""Two small workspaces, and short names for what tests do to them all the time."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import httpx

from workato_emulator import Emulator

Json: TypeAlias = Any
"""What came off the wire or goes onto it. The comparison in the test is its type check."""

ADA, BEN, CY, NEW = (f"{name}@example.test" for name in ("ada", "ben", "cy", "new"))
START = "2026-01-05T17:00:00+00:00"

ACME: dict[str, Any] = {
    "name": "Acme Automation",
    "owner": {"name": "Acme Root", "email": "root@acme.example.test"},
    "roles": [{"name": "Release manager", "privileges": {"Recipes": ["read"]}, "folder_ids": [7]}],
    "groups": [{"name": "Builders", "description": "Who builds"}],
    "collaborators": [
        {"name": "Ada", "email": ADA, "roles": {"dev": "Environment admin", "prod": "Member"}},
        {"name": "Ben", "email": BEN, "roles": {"dev": "Member"}, "groups": ["Builders"]},
    ],
    "api_clients": [{"name": "okta", "token": "acme-okta"}, {"name": "second", "token": "acme-second"}],
    "scim": {"token": "scim-acme"},
}
NORTHWIND: dict[str, Any] = {
    "permission_model": "legacy_roles",
    "environments": ["dev", "prod"],
    "roles": [{"name": "Finance builder", "privileges": {"Recipes": ["read", "run"]}}],
    "collaborators": [
        {"name": "Ben", "email": BEN, "roles": {"dev": "Admin"}},
        {"name": "Cy", "email": CY, "roles": {"dev": "Finance builder"}},
    ],
    "api_clients": [{"name": "okta", "token": "northwind-okta"}],
}
SEED: dict[str, Any] = {"workspaces": {"acme": ACME, "northwind": NORTHWIND}}


class World:
    """An emulator of the seed above. What reaches the Developer API goes through `api`, the rest through `control`."""

    def __init__(self, seed: Mapping[str, Any] | None = None) -> None:
        self.emulator = Emulator(SEED if seed is None else seed)
        self.control = self.emulator.control
        self.acme = self.emulator.client("acme")
        self.northwind = self.emulator.client("northwind")

    def api(self, workspace: str = "acme") -> httpx.Client:
        return self.acme if workspace == "acme" else self.northwind

    # Asking

    def export(self) -> Json:
        """The whole state, by the control plane."""
        return self.control.get("/export").json()

    def workspaces(self) -> Json:
        """The workspaces of the export, but for the logs: they tell how things came to be as they are."""
        return {slug: {**each, "activity": None} for slug, each in self.export()["workspaces"].items()}

    def everything(self) -> list[Any]:
        """All that can be seen of the emulator but its limits, which show only when somebody runs into them."""
        places = ("/export", "/journal", "/clock", "/rules", "/assumptions", "/faults", "/snapshots", "/health")
        return [self.control.get(place).json() for place in places]

    def journal(self) -> Json:
        return self.control.get("/journal").json()["data"]

    def last(self) -> Json:
        """The newest entry of the journal."""
        return self.journal()[-1]

    def refused_by(self) -> str | None:
        """The rule that refused the latest call, if one did."""
        refused = [each["id"] for each in self.last()["rules"] if each["outcome"] == "refused"]
        return refused[0] if refused else None

    def members(self, workspace: str = "acme") -> dict[str, Any]:
        """Collaborators by email."""
        return {each["email"]: each for each in self.api(workspace).get("/api/members").json()["data"]}

    def member(self, email: str, workspace: str = "acme") -> Json:
        return self.members(workspace)[email]

    def id_of(self, email: str, workspace: str = "acme") -> int:
        return int(self.member(email, workspace)["id"])

    def roles(self, email: str, workspace: str = "acme") -> dict[str, str]:
        """Somebody's role names by environment, as the wire shows them."""
        return {row["environment_type"]: row["role_name"] for row in self.member(email, workspace)["roles"]}

    def group(self, name: str = "Builders") -> Json:
        found = self.acme.get("/api/user_groups", params={"name": name}).json()["data"]
        return next(each for each in found if each["name"] == name)

    def group_members(self, group: str) -> list[str]:
        return [each["email"] for each in self.acme.get(f"/api/user_groups/{group}/members").json()["data"]]

    def project(self, name: str = "Payroll") -> int:
        """A project's id."""
        return int(next(each["id"] for each in self.acme.get("/api/projects").json() if each["name"] == name))

    def project_role(self, name: str = "Builder") -> str:
        """A project role's handle."""
        roles = self.export()["workspaces"]["acme"]["project_roles"]
        return str(next(each["id"] for each in roles if each["name"] == name))

    def grants(self, project: str = "Payroll") -> list[Any]:
        """The grants in a project, as the wire shows them."""
        rows: list[Any] = self.acme.get(f"/api/projects/{self.project(project)}/project_grants").json()["data"]
        return rows

    def invitations(self, workspace: str = "acme") -> Json:
        return self.control.get(f"/workspaces/{workspace}/invitations").json()["data"]

    def log(self, **query: Json) -> Json:
        """The workspace's activity log, as the query asks for it."""
        return self.acme.get("/api/activity_logs", params=query).json()["data"]

    def events(self, **query: Json) -> list[str]:
        """The log's events, by their default key."""
        return [each["event_type"] for each in self.log(**query)]

    # Doing

    def invite(self, email: str = NEW, workspace: str = "acme", **body: object) -> httpx.Response:
        """Invite with the plainest role of the workspace's model, unless the body says otherwise."""
        if not {"env_roles", "role_name"} & set(body):
            body["env_roles"] = [row("dev", "Member")] if workspace == "acme" else [row("dev", "Operator", None)]
        return self.api(workspace).post("/api/member_invitations", json={"name": "New", "email": email} | body)

    def accept(self, email: str = NEW, workspace: str = "acme") -> httpx.Response:
        return self.control.post(f"/workspaces/{workspace}/invitations/{email}/accept")

    def make_project(self, name: str = "Payroll") -> Json:
        """The project's own folder."""
        return self.acme.post("/api/folders", json={"name": name}).json()

    def grant(self, holder: int | str, role: str = "Builder", project: str = "Payroll") -> httpx.Response:
        """Give a project role to a collaborator, by number, or to a group, by handle."""
        row = {
            "assignment_type": "UserGroup" if isinstance(holder, str) else "User",
            "assignment_id": holder,
            "project_role_id": self.project_role(role),
        }
        return self.acme.put(f"/api/projects/{self.project(project)}/project_grants", json={"project_grants": [row]})

    def update(self, email: str, *rows: Mapping[str, str], workspace: str = "acme") -> httpx.Response:
        member = self.id_of(email, workspace)
        return self.api(workspace).put(f"/api/members/{member}", json={"env_roles": list(rows)})

    def remove(self, email: str, workspace: str = "acme") -> httpx.Response:
        return self.api(workspace).delete(f"/api/members/{self.id_of(email, workspace)}")

    def add_by_hand(self, email: str, workspace: str = "acme", **more: object) -> httpx.Response:
        body = {"name": email.partition("@")[0].capitalize(), "email": email, "roles": {}} | more
        return self.control.post(f"/workspaces/{workspace}/collaborators", json=body)

    def advance(self, seconds: float) -> None:
        assert self.control.post("/clock/advance", json={"seconds": seconds}).status_code == 200

    def assume(self, **choices: str) -> None:
        answer = self.control.patch("/assumptions", json=choices)
        assert answer.status_code == 200, answer.text

    def suspend(self, rule: str) -> None:
        assert self.control.post(f"/rules/{rule}/suspend").status_code == 204

    def resume(self, rule: str) -> None:
        assert self.control.post(f"/rules/{rule}/resume").status_code == 204

    def plan(self, workspace: str = "acme", **changes: object) -> None:
        answer = self.control.patch(f"/workspaces/{workspace}/plan", json=changes)
        assert answer.status_code == 200, answer.text


def row(environment: str, name: str, role_type: str | None = "environment") -> dict[str, str]:
    """One entry of `env_roles`."""
    typed = {} if role_type is None else {"role_type": role_type}
    return {"environment_type": environment, "name": name} | typed


def title(answer: httpx.Response) -> str:
    """The text of a refusal in the people endpoints' envelope."""
    (error,) = answer.json()["errors"]
    assert error["code"] == "INVALID_PARAMS"
    return str(error["title"])
