"""The same acts over HTTP: what a machine or a property does to an emulator."""

from typing import Any, TypeAlias

import httpx

from workato_emulator import Emulator
from workato_emulator.app import App
from workato_emulator.transport import InProcessTransport

from .model import ADMIN, CHURN, CHURN_WINDOW, SEATS

Json: TypeAlias = Any
"""What came off the wire. The comparison in the test is its type check."""

PEOPLE = [f"{name}@example.test" for name in ("ada", "ben", "cy", "dee")]
WORKSPACES = ["acme", "beta"]
ENVIRONMENTS = ["dev", "prod"]
ROLE_NAMES = [ADMIN, "Environment manager", "Member"]
GROUP_NAMES = ["Builders", "Payroll", "All collaborators"]
NOBODY = 1
PLENTY = 1_000_000
"""Calls a minute that nobody comes near."""

HOST = "http://workato.example.test"


def seed(requests_per_minute: int) -> dict[str, Any]:
    plan = {
        "collaborator_limit": SEATS,
        "requests_per_minute": requests_per_minute,
        "churn_limit": CHURN,
        "churn_window_seconds": CHURN_WINDOW / 1000,
    }
    people = [
        {"name": "ada@example.test", "email": "ada@example.test", "roles": {"dev": ADMIN}},
        {"name": "ben@example.test", "email": "ben@example.test", "roles": {"dev": "Member"}, "groups": ["Builders"]},
    ]
    workspace = {"environments": ENVIRONMENTS, "plan": plan, "groups": [{"name": "Builders"}], "collaborators": people}
    return {"workspaces": dict.fromkeys(WORKSPACES, workspace)}


class Door:
    """One emulator, spoken to over HTTP only."""

    def __init__(self, requests_per_minute: int = PLENTY) -> None:
        self._enter(Emulator(seed(requests_per_minute)).app)

    def _enter(self, app: App) -> None:
        transport = InProcessTransport(app)
        self.control = httpx.Client(transport=transport, base_url=f"{HOST}/_emulator/v1")
        self._clients = {
            slug: httpx.Client(
                transport=transport, base_url=HOST, headers={"Authorization": f"Bearer wrkaus-{slug}-okta"}
            )
            for slug in WORKSPACES
        }

    def api(self, slug: str) -> httpx.Client:
        return self._clients[slug]

    def export(self) -> Json:
        return self.control.get("/export").json()

    def everything(self) -> list[Any]:
        places = ("/export", "/journal", "/clock", "/rules", "/assumptions", "/faults")
        return [self.control.get(place).json() for place in places]

    def members(self, slug: str) -> dict[str, Any]:
        return {each["email"]: each for each in self.api(slug).get("/api/members").json()["data"]}

    def member_id(self, slug: str, email: str) -> int:
        """Somebody's id, or one that nobody has."""
        found = self.members(slug).get(email)
        return NOBODY if found is None else int(found["id"])

    def groups(self, slug: str) -> dict[str, Any]:
        return {each["name"]: each for each in self.api(slug).get("/api/user_groups").json()["data"]}

    def group_path(self, slug: str, name: str) -> str:
        return f"/api/user_groups/{self.groups(slug)[name]['id']}"

    def group_members(self, slug: str, group: str) -> set[str]:
        rows = self.api(slug).get(f"/api/user_groups/{group}/members").json()["data"]
        return {each["email"] for each in rows}

    def invitations(self, slug: str) -> dict[str, Any]:
        rows = self.control.get(f"/workspaces/{slug}/invitations").json()["data"]
        return {each["email"]: each for each in rows}

    # Acts; each answers its status

    def invite(self, slug: str, email: str, roles: dict[str, str], groups: list[str]) -> int:
        known = self.groups(slug)
        body = {
            "name": email,
            "email": email,
            "env_roles": _rows(roles),
            "user_group_ids": [known[name]["id"] for name in groups],
        }
        return self.api(slug).post("/api/member_invitations", json=body).status_code

    def answer(self, slug: str, email: str, verb: str) -> int:
        return self.control.post(f"/workspaces/{slug}/invitations/{email}/{verb}").status_code

    def update(self, slug: str, email: str, roles: dict[str, str | None]) -> int:
        body = {"env_roles": _rows({each: role or "NoAccess" for each, role in roles.items()})}
        return self.api(slug).put(f"/api/members/{self.member_id(slug, email)}", json=body).status_code

    def remove(self, slug: str, email: str) -> int:
        return self.api(slug).delete(f"/api/members/{self.member_id(slug, email)}").status_code

    def create_group(self, slug: str, name: str) -> int:
        return self.api(slug).post("/api/user_groups", json={"user_group": {"name": name}}).status_code

    def rename_group(self, slug: str, name: str, to: str) -> int:
        return self.api(slug).put(self.group_path(slug, name), json={"user_group": {"name": to}}).status_code

    def delete_group(self, slug: str, name: str) -> int:
        return self.api(slug).delete(self.group_path(slug, name)).status_code

    def change_members(self, slug: str, method: str, name: str, people: list[str]) -> int:
        query = {"user_ids": [self.member_id(slug, each) for each in people]}
        return self.api(slug).request(method, f"{self.group_path(slug, name)}/members", params=query).status_code

    def advance(self, seconds: float) -> None:
        self.control.post("/clock/advance", json={"seconds": seconds})


def _rows(roles: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"environment_type": environment, "name": role, "role_type": "environment"}
        for environment, role in roles.items()
    ]
