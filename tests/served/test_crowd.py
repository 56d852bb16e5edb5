"""Thirty-two clients at once, on a real port."""

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import monotonic
from typing import Any, Self

import httpx
import pytest

from .serving import Served, serving

CLIENTS = 32
QUOTA = 50
SEATS = 10
MEMBER = {"environment_type": "dev", "name": "Member", "role_type": "environment"}

ADA = {"name": "Ada", "email": "ada@example.test", "roles": {"dev": "Environment admin"}}


def _seed(**plan: int) -> dict[str, Any]:
    wide = {"requests_per_minute": 1_000_000, "collaborator_limit": 1_000_000, "invitation_cooldown_seconds": 1200}
    workspace = {
        "plan": wide | plan,
        "groups": [{"name": "Everybody"}],
        "collaborators": [ADA],
        "api_clients": [{"name": "okta", "token": "acme-okta"}],
    }
    return {"workspaces": {"acme": workspace}}


def _file(folder: Path, document: dict[str, Any]) -> str:
    path = folder / "seed.json"
    path.write_text(json.dumps(document))
    return str(path)


class Crowd:
    """So many threads, each with a connection of its own, let loose at the same instant."""

    def __init__(self, served: Served) -> None:
        self._clients = [
            httpx.Client(base_url=served.url, headers={"Authorization": "Bearer acme-okta"}, timeout=60)
            for _ in range(CLIENTS)
        ]
        self.one = self._clients[0]
        self._pool = ThreadPoolExecutor(CLIENTS)
        self._start = Barrier(CLIENTS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()
        for each in self._clients:
            each.close()

    def all_at_once(self, act: Callable[[httpx.Client, int], list[int]]) -> Counter[int]:
        """Every client does this; the statuses that they were answered with."""

        def one(number: int) -> list[int]:
            self._start.wait(60)
            return act(self._clients[number], number)

        return Counter(status for each in self._pool.map(one, range(CLIENTS)) for status in each)


class _Traffic:
    """Mixed reads and writes of one client, and what it was promised."""

    def __init__(self, enough: Callable[[int], bool], group: str) -> None:
        self._enough = enough
        self._group = group
        self.members: dict[str, int] = {}
        self.groups: dict[str, str] = {}

    def __call__(self, http: httpx.Client, number: int) -> list[int]:
        statuses: list[int] = []

        def ask(method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401
            answer = http.request(method, path, **more)
            statuses.append(answer.status_code)
            return answer

        turn = 0
        while not self._enough(turn):
            email = f"c{number}-{turn}@example.test"
            ask("POST", "/api/member_invitations", json={"name": email, "email": email, "env_roles": [MEMBER]})
            ask("POST", f"/_emulator/v1/workspaces/acme/invitations/{email}/accept")
            row = ask("GET", "/api/members", params={"email": email}).json()["data"][0]
            ask("GET", f"/api/members/{row['id']}")
            ask("PUT", f"/api/members/{row['id']}", json={"env_roles": [MEMBER | {"name": "Environment manager"}]})
            ask("POST", f"/api/user_groups/{self._group}/members", params={"user_ids": [row["id"]]})
            made = ask("POST", "/api/user_groups", json={"user_group": {"name": f"g{number}-{turn}"}}).json()["data"]
            self.members[email] = row["id"]
            self.groups[made["name"]] = made["id"]
            turn += 1
        return statuses


@pytest.mark.socket
@pytest.mark.slow
def test_a_crowd_loses_no_update_and_shares_no_id(tmp_path: Path, long: bool) -> None:
    """Nobody is refused, nothing fails, and in the end everything is there that anybody was promised."""
    end = monotonic() + 60
    with serving("--seed", _file(tmp_path, _seed()), bound=180) as served, Crowd(served) as crowd:
        group = next(each for each in crowd.one.get("/api/user_groups").json()["data"] if each["name"] == "Everybody")
        traffic = _Traffic((lambda _: monotonic() > end) if long else (lambda turn: turn == 2), group["id"])
        statuses = crowd.all_at_once(traffic)

        export = crowd.one.get("/_emulator/v1/export").json()["workspaces"]["acme"]
        rows = {each["email"]: each for each in export["collaborators"]}
        del rows[ADA["email"]]
        assert set(statuses) == {200, 204}
        assert {email: each["id"] for email, each in rows.items()} == traffic.members
        assert {str(each["roles"]) for each in rows.values()} == {"{'dev': 'Environment manager'}"}
        assert {str(each["groups"]) for each in rows.values()} == {"['Everybody']"}
        assert traffic.groups.items() <= {each["name"]: each["id"] for each in export["groups"]}.items()
        assert len(set(traffic.members.values())) == len(traffic.members) >= 2 * CLIENTS
        assert len(set(traffic.groups.values())) == len(traffic.groups)
        assert served.logged() == ""


@pytest.mark.socket
def test_limits_are_exact_under_a_crowd(tmp_path: Path) -> None:
    """Of many simultaneous calls so many pass as the quota says; one invitation; and no seat too many."""
    seed = _file(tmp_path, _seed(requests_per_minute=QUOTA, collaborator_limit=SEATS))
    with serving("--seed", seed, bound=60) as served, Crowd(served) as crowd:

        def list_members(http: httpx.Client, _: int) -> list[int]:
            return [http.get("/api/members").status_code for _ in range(4)]

        def invite(email: str) -> Callable[[httpx.Client, int], list[int]]:
            def act(http: httpx.Client, number: int) -> list[int]:
                body = {"name": "New", "email": email.format(number), "env_roles": [MEMBER]}
                return [http.post("/api/member_invitations", json=body).status_code]

            return act

        def accept(http: httpx.Client, number: int) -> list[int]:
            return [http.post(f"/_emulator/v1/workspaces/acme/invitations/n{number}@example.test/accept").status_code]

        for _ in range(2):
            assert crowd.all_at_once(list_members) == {200: QUOTA, 429: 4 * CLIENTS - QUOTA}
            crowd.one.post("/_emulator/v1/clock/advance", json={"seconds": 61})
        assert crowd.all_at_once(invite("one@example.test")) == {200: 1, 429: CLIENTS - 1}
        crowd.one.post("/_emulator/v1/clock/advance", json={"seconds": 61})
        assert crowd.all_at_once(invite("n{}@example.test")) == {200: CLIENTS}
        assert crowd.all_at_once(accept) == {204: SEATS - 1, 409: CLIENTS - SEATS + 1}
        assert served.logged() == ""
