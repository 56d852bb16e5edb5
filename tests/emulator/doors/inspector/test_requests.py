"""Requests: what was asked, why it was refused, and how to ask it again."""

import json
import subprocess
from contextlib import suppress

import httpx
import pytest
import yaml

from okta_scenarios.play import run_scenario
from tests.scenarios.playing import scenario
from workato_emulator import Emulator

from ...world import ADA, NEW, Json, World
from .looking import HOME, Looker, Page, button

LIST = f"{HOME}requests"


def _rows(page: Page) -> list[str]:
    return [text for text in page.anchors if text.split(" ")[0] in {"GET", "POST", "PUT", "DELETE", "HEAD"}]


def _latest(looker: Looker) -> Page:
    page = looker.open(LIST)
    return looker.open(page.links[_rows(page)[0]])


def _copied(page: Page, name: str) -> str:
    """What a button copies, or somebody selects."""
    text = page.blocks[name]
    assert text
    return text


def test_the_newest_comes_first(world: World, looker: Looker) -> None:
    """Method, path and query; an operation that is not emulated too."""
    world.acme.get("/api/members", params={"email": ADA})
    world.acme.get("/api/recipes")

    assert _rows(looker.open(LIST)) == ["GET /api/recipes", "GET /api/members?email=ada%40example.test"]


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        ("operation", "inviteCollaborator", 2),
        ("status", "4xx", 2),
        ("status", "429", 1),
        ("client", "second", 1),
        ("person", "NEW@example.test", 2),
        ("rule", "inv-6", 2),
        ("path", "/members/1", 1),
        ("client", "nobody", 0),
    ],
)
def test_requests_are_filtered(world: World, looker: Looker, field: str, text: str, found: int) -> None:
    """By operation, status, client, person, rule and path."""
    world.invite(NEW)
    world.invite(NEW)
    world.acme.get("/api/members/1")
    world.emulator.client("acme", api_client="second").get("/api/user_groups")
    world.acme.get("/api/members")  # answers with everybody, and is about nobody

    page = looker.send(button(looker.open(LIST), "Filter"), **{field: text})

    assert len(_rows(page)) == found


def test_an_impossible_filter_is_told(looker: Looker) -> None:
    """Instead of an empty list that looks like an answer."""
    answer = looker.client.get(LIST, params={"status": "fourhundred"})

    assert (answer.status_code, "such as 404" in answer.text) == (400, True)


def test_a_long_journal_has_pages(world: World, looker: Looker) -> None:
    """A hundred at a time, filters included."""
    for each in range(130):
        world.acme.get(f"/api/recipes/{each}")

    page = looker.open(f"{LIST}?path=recipes")
    assert (len(_rows(page)), _rows(page)[0]) == (100, "GET /api/recipes/129")

    page = looker.open(f"{LIST}{page.links['Earlier requests']}")
    assert (_rows(page)[0], _rows(page)[-1]) == ("GET /api/recipes/29", "GET /api/recipes/0")
    assert "Earlier requests" not in page.links


def test_a_refusal_leads_to_its_rule(world: World, looker: Looker) -> None:
    """In the rule's own words, with a link; the rules that held are listed below."""
    world.invite(NEW)
    world.invite(NEW)

    page = _latest(looker)
    assert "Why was it refused?" in page.heads
    assert "A person is invited to a workspace at most once in 20 minutes" in page.text
    assert "refused INV-6" in " ".join(page.text.split())
    assert "held AUTH-1" in " ".join(page.text.split())

    assert looker.open(page.links["INV-6"]).heads == ["INV-6"]


@pytest.mark.parametrize(
    ("arm", "path", "words"),
    [
        ({"operation": "listCollaborators", "effect": "garbage"}, "/api/members", "An armed fault (garbage) struck."),
        ({"operation": "listCollaborators", "effect": "drop_after_work"}, "/api/members", "(drop_after_work) struck."),
        (None, "/api/member", "The nearest operation is"),
        (None, "/api/recipes", "This operation of Workato is not emulated."),
        (None, "/api/members/1", "No rule of the emulator refused it."),
    ],
)
def test_every_refusal_has_a_reason(world: World, looker: Looker, arm: Json, path: str, words: str) -> None:
    """A fault, something that is not emulated, or the request itself."""
    if arm is not None:
        world.control.post("/faults", json=arm)
    with suppress(httpx.RemoteProtocolError):
        world.acme.get(path)

    assert words in " ".join(_latest(looker).text.split())


def test_what_was_not_read_is_named(world: World, looker: Looker) -> None:
    """And in a strict emulator it is the reason."""
    world.invite(NEW, rolename="x")
    assert "body rolename" in _latest(looker).text

    world.control.put("/strict", json={"strict": True})
    world.invite("cy@example.test", rolename="x")
    assert "The emulator is strict" in _latest(looker).text


def test_no_secret_is_shown(world: World, looker: Looker) -> None:
    """In no body, path, query or command; the token's place is a variable's."""
    world.acme.get("/api/members", params={"token": "acme-okta", "email": "hunter2secret"})
    world.acme.post("/api/member_invitations", json={"name": "acme-okta", "email": NEW, "password": "hunter2secret"})
    first, second = (looker.open(f"{LIST}/{seq}") for seq in (1, 2))
    for page in (first, second):
        assert "acme-okta" not in page.text
        assert "$WORKATO_API_TOKEN" in _copied(page, "curl")
    assert "hunter2secret" not in second.text
    assert "acme-okta" not in looker.open(LIST).text


NAMES = ("Ada", 'O\'Brien "x" $(id) `id` \\ \n', "<b>&amp;</b>", "naïve \U0001f600")


@pytest.mark.parametrize("name", NAMES)
def test_a_command_for_curl_sends_the_same(world: World, looker: Looker, name: str) -> None:
    """Whatever stands in the body, a shell hands it over as it is."""
    world.invite(NEW, name=name)
    command = _copied(_latest(looker), "curl").replace("$WORKATO_API_TOKEN", "token")

    ran = subprocess.run(["sh", "-c", f"printf '%s\\0' {command}"], capture_output=True, check=True, text=True)
    shown = ran.stdout.split("\0")
    assert json.loads(shown[shown.index("--data-raw") + 1])["name"] == name
    assert shown[:4] == ["curl", "-X", "POST", "http://localhost:8086/api/member_invitations"]


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_step_is_one(name: str) -> None:
    """It can be read, sends the same, and passes in a world that is the same."""
    emulator = Emulator({"workspaces": {"acme": {"api_clients": [{"name": "default", "token": "acme-default"}]}}})
    client, looker = emulator.client("acme"), Looker(emulator)
    roles = [{"environment_type": "dev", "name": "Member", "role_type": "environment"}]
    client.post("/api/member_invitations", json={"name": name, "email": NEW, "env_roles": roles, "more": 1})
    client.get("/api/members/77", params={"a": ["1", "2"]})

    steps = [_copied(looker.open(f"{LIST}/{seq}"), "step") for seq in (1, 2)]

    assert yaml.safe_load(steps[0])[0]["body"]["name"] == name
    assert yaml.safe_load(steps[1])[0]["query"] == {"a": ["1", "2"]}
    assert run_scenario(scenario("\n".join(steps), id_="SC-900", title="Copied")).failure is None


def test_a_request_that_the_journal_has_no_more_is_not_found(looker: Looker) -> None:
    """A ring forgets."""
    assert looker.client.get(f"{LIST}/7").status_code == 404
