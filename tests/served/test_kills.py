"""`serve --state`: killed at any moment under load, it loses nothing acknowledged and does nothing by half."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Thread
from typing import Any

import httpx
import pytest

from .serving import serving

CLIENTS = 4
ABSENT, INVITED, MEMBER, MANAGER, WITH_GROUP, REMOVED = range(6)
"""What becomes of a person, one acknowledged step after the other."""

SEED: dict[str, Any] = {
    "workspaces": {
        "acme": {
            "plan": {"requests_per_minute": 1_000_000, "collaborator_limit": 1_000_000},
            "groups": [{"name": "Builders"}],
            "collaborators": [{"name": "Ada", "email": "ada@example.test", "roles": {"dev": "Environment admin"}}],
            "api_clients": [{"name": "okta", "token": "acme-okta"}],
        }
    }
}


@dataclass
class Person:
    """What one client knows of one person: the last step that was acknowledged, and whether another was under way."""

    email: str
    harness: int = ABSENT
    under_way: bool = False
    group: str | None = None


@dataclass
class Watch:
    """Counts acknowledgements, and wakes whoever waits for so many."""

    count: int = 0
    changed: Condition = field(default_factory=Condition)

    def one_more(self) -> None:
        with self.changed:
            self.count += 1
            self.changed.notify_all()

    def wait_for(self, count: int) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.count >= count, timeout=15)


class Client(Thread):
    """Takes one person after the other through some of the steps, until the server is gone."""

    def __init__(self, url: str, prefix: str, watch: Watch) -> None:
        super().__init__(daemon=True)
        self._url = url
        self._prefix = prefix
        self._watch = watch
        self.people: list[Person] = []
        self.surprises: list[str] = []

    def run(self) -> None:
        headers = {"Authorization": "Bearer acme-okta"}
        with suppress(httpx.TransportError), httpx.Client(base_url=self._url, headers=headers) as http:
            groups = http.get("/api/user_groups").json()["data"]
            builders = next(each["id"] for each in groups if each["name"] == "Builders")
            while not self.surprises:
                person = Person(f"{self._prefix}-{len(self.people)}@example.test")
                self.people.append(person)
                self._take_along(http, person, builders)

    def _take_along(self, http: httpx.Client, person: Person, builders: str) -> None:
        email = person.email
        role = {"environment_type": "dev", "name": "Member", "role_type": "environment"}
        invitation = {"name": email, "email": email, "env_roles": [role], "user_group_ids": [builders]}
        manager = {"env_roles": [role | {"name": "Environment manager"}]}

        def member() -> str:
            return f"/api/members/{http.get('/api/members', params={'email': email}).json()['data'][0]['id']}"

        steps: list[Callable[[], httpx.Response]] = [
            lambda: http.post("/api/member_invitations", json=invitation),
            lambda: http.post(f"/_emulator/v1/workspaces/acme/invitations/{email}/accept"),
            lambda: http.put(member(), json=manager),
            lambda: http.post("/api/user_groups", json={"user_group": {"name": f"of {email}"}}),
            lambda: http.delete(member()),
        ]
        for step in steps[: 2 + len(self.people) % 4]:
            person.under_way = True
            answer = step()
            if answer.status_code >= 400:
                self.surprises.append(f"{answer.request.method} {answer.request.url}: {answer.text}")
                return
            person.harness += 1
            person.under_way = False
            if person.harness == WITH_GROUP:
                person.group = answer.json()["data"]["id"]
            self._watch.one_more()


def _stage_in(workspace: dict[str, Any], accounts: set[str], person: Person) -> int:
    """Where the exported state has this person; nobody is between two steps."""
    email = person.email
    member = next((each for each in workspace["collaborators"] if each["email"] == email), None)
    group = next((each for each in workspace["groups"] if each["name"] == f"of {email}"), None)
    invited = email in {each["email"] for each in workspace["invitations"]}
    assert invited == (email in workspace["invited_at"] and email not in accounts)
    assert not (invited and member)
    assert (email in workspace["removed_at"]) == (member is None and email in accounts)
    if person.group is not None:
        assert group is not None
        assert group["id"] == person.group
    if member is None:
        return INVITED if invited else REMOVED if email in accounts else ABSENT
    assert member["groups"] == ["Builders"]
    if member["roles"] == {"dev": "Member"}:
        assert group is None
        return MEMBER
    assert member["roles"] == {"dev": "Environment manager"}
    return MANAGER if group is None else WITH_GROUP


def _check(export: dict[str, Any], people: list[Person]) -> None:
    """Every acknowledged step is there; one that was under way is there in whole or not at all; ids are unique."""
    workspace = export["workspaces"]["acme"]
    accounts = {each["email"] for each in export["accounts"]}
    for person in people:
        found = _stage_in(workspace, accounts, person)
        assert found in {person.harness, person.harness + person.under_way}, person
        person.harness, person.under_way = found, False
    for rows in (
        export["accounts"],
        *(workspace[each] for each in ("roles", "groups", "collaborators", "invitations")),
    ):
        ids = [each["id"] for each in rows]
        assert len(ids) == len(set(ids))


@pytest.mark.socket
@pytest.mark.slow
def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path, long: bool) -> None:
    """Several clients write while the process is killed; the next one takes the file up, and is killed as well."""
    (tmp_path / "seed.json").write_text(json.dumps(SEED))
    state = str(tmp_path / "state")
    people: list[Person] = []
    arguments = ["--seed", str(tmp_path / "seed.json")]
    for kill in range(50 if long else 3):
        with serving("--state", state, *arguments, bound=60) as served:
            with httpx.Client(base_url=served.url) as http:
                _check(http.get("/_emulator/v1/export").json(), people)
            watch = Watch()
            clients = [Client(served.url, f"k{kill}c{number}", watch) for number in range(CLIENTS)]
            for each in clients:
                each.start()
            enough = watch.wait_for(1 + kill * 37 % 101)
            served.kill()
            for each in clients:
                each.join(15)
            assert [each.surprises for each in clients] == [[]] * CLIENTS
            assert enough
            people += [person for each in clients for person in each.people]
        arguments = []
    with serving("--state", state) as served, httpx.Client(base_url=served.url) as http:
        _check(http.get("/_emulator/v1/export").json(), people)
    assert len(people) > CLIENTS
