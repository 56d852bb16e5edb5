"""A workspace with SCIM, and short names for what an identity provider does to it all the time."""

from typing import Any

import httpx

from ...world import ACME, NORTHWIND, Json, World

ROLE = "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole"
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
JOE = "joe@example.test"
PERSON = {"name": "Joe Oak", "email": JOE, "roles": {"dev": "Member", "prod": "Member"}}
SEED: dict[str, Any] = {
    "workspaces": {"acme": {**ACME, "collaborators": [*ACME["collaborators"], PERSON]}, "northwind": NORTHWIND},
    "assumptions": {"scim_rate_limit": "none"},
}


class Provider:
    """An identity provider that calls one workspace; `world` is that workspace as every other door shows it."""

    def __init__(self, **assumptions: str) -> None:
        self.world = World(SEED | {"assumptions": SEED["assumptions"] | assumptions})
        self.client = self.world.emulator.scim("acme", token="scim-acme")

    def find(self, text: str) -> httpx.Response:
        return self.client.get("/Users", params={"filter": text})

    def user(self, email: str = JOE) -> Json:
        """The one user with this userName."""
        (found,) = self.find(f'userName eq "{email}"').json()["Resources"]
        return found

    def path(self, email: str = JOE) -> str:
        return f"/Users/{self.user(email)['id']}"

    def create(self, email: str, /, **more: Json) -> httpx.Response:
        return self.client.post("/Users", json={"userName": email, **more})

    def put(self, email: str = JOE, /, **changes: Json) -> httpx.Response:
        """What was read comes back, changed."""
        return self.client.put(self.path(email), json=self.user(email) | changes)

    def patch(self, *operations: Json, email: str = JOE) -> httpx.Response:
        return self.client.patch(self.path(email), json={"Operations": list(operations)})

    def state(self) -> Json:
        return self.world.export()


def refusal(answer: httpx.Response) -> tuple[int, str | None]:
    """The status and the type of a refusal, which is SCIM's error and has a detail that says something."""
    body = answer.json()
    assert body["schemas"] == [ERROR]
    assert body["status"] == str(answer.status_code)
    assert len(body["detail"]) > 10
    assert "Traceback" not in answer.text
    assert answer.headers["Content-Type"] == "application/scim+json; charset=utf-8"
    return answer.status_code, body.get("scimType")
