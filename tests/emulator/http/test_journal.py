"""What is written down about every exchange, and what an answer says beside its body."""

import json
from datetime import datetime
from typing import Any

import httpx
import pytest

from workato_emulator import Emulator

from ..world import ADA, NEW, START, World, row


def test_the_journal_tells_an_exchange(world: World) -> None:
    """Who asked what, what was answered, and which rules spoke in which order."""
    world.acme.get("/api/members")
    world.advance(1.5)
    world.invite(env_roles=[row("dev", "Nobody")])

    assert world.journal()[1] == {
        "seq": 2,
        "at": "2026-01-05T17:00:01.500000+00:00",
        "workspace": "acme",
        "client": "okta",
        "operation": "inviteCollaborator",
        "method": "POST",
        "path": "/api/member_invitations",
        "status": 400,
        "rules": [
            {"id": "AUTH-1", "outcome": "held"},
            {"id": "AUTH-7", "outcome": "held"},
            {"id": "AUTH-6", "outcome": "held"},
            {"id": "AUTH-5", "outcome": "held"},
            {"id": "AUTH-2", "outcome": "held"},
            {"id": "AUTH-3", "outcome": "held"},
            {"id": "LIM-1", "outcome": "held"},
            {"id": "INV-1", "outcome": "held"},
            {"id": "INV-5", "outcome": "held"},
            {"id": "INV-2", "outcome": "held"},
            {"id": "ROLE-4", "outcome": "held"},
            {"id": "ROLE-2", "outcome": "held"},
            {"id": "ROLE-3", "outcome": "held"},
            {"id": "ROLE-1", "outcome": "refused"},
        ],
        "refused_by": "ROLE-1",
        "unread": [],
        "nearest": None,
        "fault": None,
        "request": {"name": "New", "email": NEW, "env_roles": [row("dev", "Nobody")]},
        "response": {"errors": [{"code": "INVALID_PARAMS", "title": "Role Nobody not found"}]},
    }


def test_the_journal_keeps_what_nobody_knew(world: World) -> None:
    """An unknown operation has no name, a stranger no workspace; no header is kept, so no token either."""
    world.emulator.client("acme", token="secret-token").get("/api/recipes", params={"page": 2})

    entry = world.last()
    assert (entry["operation"], entry["workspace"], entry["client"]) == (None, None, None)
    assert (entry["path"], entry["request"], entry["status"]) == ("/api/recipes?page=2", None, 501)
    assert "secret-token" not in world.control.get("/journal").text


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"", None),
        (b"{", "{"),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"NaN", "NaN"),
        (b'{"a":1,"a":2}', '{"a":1,"a":2}'),
        (b'"\\ud800"', '"\\ud800"'),
        (b'{"name": 5}', {"name": 5}),
    ],
)
def test_a_body_is_shown_as_it_came(world: World, body: bytes, shown: object) -> None:
    """JSON as a value; what is none as text."""
    world.acme.post("/api/member_invitations", content=body)

    assert world.last()["request"] == shown


def test_what_nobody_looked_at_is_unread(world: World) -> None:
    """Unknown query parameters and body fields, at any depth; what is known is not among them."""
    roles = [row("dev", "Member") | {"environment": "dev"}]
    world.acme.post(
        "/api/member_invitations?notify=1",
        json={"name": "New", "email": NEW, "env_roles": roles, "locale": {"a": 1}},
    )
    assert world.last()["unread"] == ["query notify", "body env_roles.0.environment", "body locale"]

    world.acme.get("/api/members?email=a")
    assert world.last()["unread"] == []
    world.acme.request("GET", "/api/members", json={"email": "a"})
    assert world.last()["unread"] == ["body"]


@pytest.mark.parametrize("content", [b"[1]", b"7", b"{", b"text"])
def test_a_body_that_no_operation_takes_is_unread(world: World, content: bytes) -> None:
    """Whatever it is: nobody looks at it."""
    assert world.acme.request("GET", "/api/users/me", content=content).status_code == 200

    assert world.last()["unread"] == ["body"]


def test_ids_in_brackets_are_read(world: World) -> None:
    """`user_ids[]` is what some clients write, and it is looked at."""
    group = world.group()["id"]
    answer = world.acme.post(f"/api/user_groups/{group}/members?user_ids[]={world.id_of(ADA)}&user_ids[]=0")

    assert (answer.status_code, world.last()["unread"]) == (400, [])
    assert world.acme.post(f"/api/user_groups/{group}/members?user_ids[]={world.id_of(ADA)}").status_code == 204
    assert ADA in world.group_members(group)


def test_the_journal_is_read_in_pages(world: World) -> None:
    """After a number, at most so many, oldest first; cleared, it goes on counting."""
    for _ in range(5):
        world.acme.get("/api/users/me")
    page = world.control.get("/journal", params={"after": 1, "limit": 2}).json()["data"]
    assert [each["seq"] for each in page] == [2, 3]

    world.control.delete("/journal")
    assert world.journal() == []
    world.acme.get("/api/users/me")
    assert world.last()["seq"] == 6


def test_the_journal_is_a_ring_of_a_thousand(world: World) -> None:
    """The oldest fall out and are counted, from when it was last cleared; numbers stay what they were."""
    for _ in range(1003):
        world.acme.get("/api/users/me")

    entries = world.journal()
    assert (len(entries), entries[0]["seq"], entries[-1]["seq"]) == (1000, 4, 1003)
    assert world.control.get("/journal", params={"limit": 1}).json()["dropped"] == 3

    world.control.delete("/journal")
    world.acme.get("/api/users/me")
    assert world.control.get("/journal").json()["dropped"] == 0


def test_an_answer_tells_its_rules_when_asked(world: World) -> None:
    """In `X-Emulator-Rules`, in the order in which they spoke; not otherwise."""
    assert "x-emulator-rules" not in world.acme.get("/api/users/me").headers
    world.suspend("AUTH-3")
    asked = world.acme.get("/api/roles", headers={"X-Emulator-Rules": "1"})

    assert asked.headers["x-emulator-rules"].split(", ") == [
        *("AUTH-1=held", "AUTH-7=held", "AUTH-6=held", "AUTH-5=held", "AUTH-2=held"),
        *("AUTH-3=suspended", "AUTH-4=refused"),
    ]


@pytest.mark.parametrize("path", ["/api/users/me", "/api/nothing", "/api/roles"])
def test_a_correlation_id_comes_back(world: World, path: str) -> None:
    """With every answer, good or bad."""
    answer = world.acme.get(path, headers={"x-correlation-id": "abc-123"})

    assert answer.headers["x-correlation-id"] == "abc-123"
    assert "x-correlation-id" not in world.acme.get(path).headers


@pytest.mark.parametrize(
    ("method", "path", "suggestion"),
    [
        ("GET", "/api/member", "GET /api/members"),
        ("POST", "/api/members_invitations", "POST /api/member_invitations"),
        ("GET", "/api/environment_rolls", "GET /api/environment_roles"),
        ("GET", "/api/users", "GET /api/users/me"),
        ("POST", "/api/member_invitation", "POST /api/member_invitations"),
        ("GET", "/members", "GET /api/members"),
        ("GET", "/api/v1/members", "GET /api/members"),
        ("GET", "/api/members/7/privilege", "GET /api/members/{id}/privileges"),
        ("DELETE", "/api/user_group/pf-1", "DELETE /api/user_groups/{id}"),
        ("GET", "/api/Members/7/", "GET /api/members/{id}"),
        ("DELETE", "/member/7/privilege", "GET /api/members/{id}/privileges"),
    ],
)
def test_an_unknown_operation_is_loud(world: World, method: str, path: str, suggestion: str) -> None:
    """501 in the control plane's dialect, with the nearest operation there is."""
    answer = world.acme.request(method, path)

    assert answer.status_code == 501
    assert answer.json()["error"] == {
        "code": "not_emulated",
        "message": f"{method} {path} is not emulated",
        "suggestion": suggestion,
    }


@pytest.mark.parametrize(
    "path", [f"/{'z' * 99}", "/", "/api", "/api/recipes", "/api/connections/5", "/favicon.ico", "/a" * 900]
)
def test_an_operation_near_nothing_gets_no_suggestion(world: World, path: str) -> None:
    """Better none than a wild guess."""
    assert set(world.acme.get(path).json()["error"]) == {"code", "message"}
    assert world.last()["nearest"] is None


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "/api/members/1", "DELETE, GET, HEAD, PUT"),
        ("GET", "/api/member_invitations", "POST"),
        ("OPTIONS", "/api/members", "GET, HEAD, POST"),
        ("HEAD", "/api/member_invitations", "POST"),
    ],
)
def test_a_known_path_tells_its_methods(world: World, method: str, path: str, allowed: str) -> None:
    """405 with Allow, before anybody is asked who they are."""
    answer = world.emulator.client("acme", token="dead").request(method, path)

    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_times_in_the_journal_are_the_clocks() -> None:
    """The clock of this emulator and of no other."""
    emulator = Emulator()
    emulator.client("acme").get("/api/users/me")

    assert emulator.control.get("/journal").json()["data"][0]["at"] == START


@pytest.mark.parametrize(
    ("method", "path", "status", "nearest"),
    [
        pytest.param("PATCH", "/api/members/1", 405, "PUT /api/members/{id}", id="another method"),
        pytest.param("GET", "/api/member_invitations", 405, "POST /api/member_invitations", id="only one method"),
        pytest.param("GET", "/api/members/99999", 404, "GET /api/members/{id}", id="nobody's id"),
        pytest.param("GET", "/api/users/you", 501, "GET /api/users/me", id="not emulated"),
        pytest.param("GET", "/api/members", 200, None, id="nothing wrong"),
    ],
)
def test_the_journal_says_what_was_meant(
    world: World, method: str, path: str, status: int, nearest: str | None
) -> None:
    """Where a path led nowhere, the nearest operation stands beside it."""
    world.acme.request(method, path)

    assert (world.last()["status"], world.last()["nearest"]) == (status, nearest)


def _seqs(world: World, **filters: str | int) -> list[int]:
    answer = world.control.get("/journal", params=filters)
    assert answer.status_code == 200, answer.text
    return [each["seq"] for each in answer.json()["data"]]


def test_the_journal_is_filtered(world: World) -> None:
    """By each of its columns and by several at once; a rule and an outcome are about the same rule."""
    world.acme.get("/api/members?email=ada")  # 1
    world.invite(env_roles=[row("dev", "Nobody")])  # 2
    world.northwind.get("/api/members")  # 3
    world.emulator.client("acme", api_client="second").get("/api/users/me")  # 4
    world.acme.get("/api/nothing")  # 5

    assert _seqs(world, operation="listCollaborators") == [1, 3]
    assert _seqs(world, status="4xx") == [2]
    assert _seqs(world, status=501) == [5]
    assert _seqs(world, workspace="northwind") == [3]
    assert _seqs(world, client="second") == [4]
    assert _seqs(world, rule="ROLE-1") == [2]
    assert _seqs(world, rule="AUTH-1") == [1, 2, 3, 4]
    assert _seqs(world, outcome="refused") == [2]
    assert _seqs(world, rule="AUTH-1", outcome="refused") == []
    assert _seqs(world, method="post") == [2]
    assert _seqs(world, path="EMAIL=ada") == [1]
    assert _seqs(world, operation="listCollaborators", after=1, limit=1) == [3]
    assert _seqs(world, order="newest", after=1, limit=3) == [5, 4, 3]
    assert _seqs(world, order="oldest", limit=2) == _seqs(world, limit=2) == [1, 2]


@pytest.mark.parametrize(
    ("filters", "status", "place", "suggestion"),
    [
        ({"operation": "listColaborators"}, 422, "operation", "listCollaborators"),
        ({"rule": "INV6"}, 422, "rule", "INV-6"),
        ({"status": "4x"}, 400, "status", None),
        ({"outcome": "hold"}, 400, "outcome", None),
        ({"order": "newst"}, 400, "order", None),
        ({"opertion": "listCollaborators"}, 400, "opertion", "operation"),
    ],
)
def test_a_filter_that_cannot_be_is_refused(
    world: World, filters: dict[str, str], status: int, place: str, suggestion: str | None
) -> None:
    """An empty list would look like an answer."""
    answer = world.control.get("/journal", params=filters)

    error = answer.json()["error"]
    assert (answer.status_code, error["place"], error.get("suggestion")) == (status, place, suggestion)


SECRETS = ("hunter2", "wrkaus-eyJhbGciOi", "s3cr3t", "opensesame")


def _tell_secrets(world: World) -> None:
    world.emulator.client("acme", token="opensesame").get("/api/members")
    world.acme.get("/api/members?user_token=s3cr3t&email=a")
    world.acme.get("/api/nothing/wrkaus-eyJhbGciOi")
    world.invite(
        password="hunter2",
        token={"value": "s3cr3t", "updated_at": "today"},
        note="it is wrkaus-eyJhbGciOi",
        n=[{"api_key": "s3cr3t"}],
    )
    world.acme.post("/api/member_invitations", content=b"name=a&password=hunter2&x=Bearer opensesame")


@pytest.mark.parametrize("form", ["/journal", "/journal.har"])
def test_no_form_of_the_journal_tells_a_secret(world: World, form: str) -> None:
    """Neither by the name it stands under nor by its look, in a path, a query or a body; the rest stays readable."""
    _tell_secrets(world)
    text = world.control.get(form).text

    assert [each for each in SECRETS if each in text] == []
    assert "[redacted]" in text
    assert "today" in text
    assert "email=a" in text


@pytest.mark.parametrize("prefix", ["wrka-", "wrkaus-", "wrkaeu-", "wrkatrial-", "wrkprod-"])
def test_a_token_is_known_by_its_look(world: World, prefix: str) -> None:
    """Whatever its region, in a path, a query and a body; a word that only begins like one is shown."""
    token = f"{prefix}eyJhbGciOi.x_y"
    world.acme.get(f"/api/nothing/{token}", params={"q": token, "p": "wrkshop"})
    world.invite(note=f"it is {token}, they say")
    text = world.control.get("/journal").text

    assert token not in text
    assert "eyJhbGciOi" not in text
    assert "it is [redacted], they say" in text
    assert "p=wrkshop" in text


HAR_FIELDS: dict[str, dict[str, type]] = {
    "entry": {"startedDateTime": str, "time": int, "request": dict, "response": dict, "cache": dict, "timings": dict},
    "request": {
        "method": str, "url": str, "httpVersion": str, "cookies": list, "headers": list, "queryString": list,
        "headersSize": int, "bodySize": int,
    },
    "response": {
        "status": int, "statusText": str, "httpVersion": str, "cookies": list, "headers": list, "content": dict,
        "redirectURL": str, "headersSize": int, "bodySize": int,
    },
    "content": {"size": int, "mimeType": str, "text": str},
    "timings": {"send": int, "wait": int, "receive": int},
    "postData": {"mimeType": str, "params": list, "text": str},
    "queryString": {"name": str, "value": str},
}  # fmt: skip
"""What HAR 1.2 requires of each object, and the type it has to have."""


def _must_be_har(kind: str, value: dict[str, Any]) -> None:
    for name, type_ in HAR_FIELDS[kind].items():
        assert type(value[name]) is type_, (kind, name)
    others = value.keys() - HAR_FIELDS[kind].keys() - {"postData"}
    assert all(name.startswith("_") for name in others), others


def test_the_journal_is_exported_as_har(world: World) -> None:
    """Version 1.2 with every field it requires, its own fields under an underscore, and the same filters."""
    world.acme.get("/api/members", params={"email": "ada", "empty": ""})
    world.invite()
    _tell_secrets(world)
    world.control.post("/faults", json={"operation": "listCollaborators", "effect": "drop_before_work"})
    with pytest.raises(httpx.RemoteProtocolError):
        world.acme.get("/api/members")
    log = world.control.get("/journal.har").json()["log"]

    assert (log["version"], log["creator"]["name"], log["_dropped"]) == ("1.2", "workato-emulator", 0)
    assert len(log["entries"]) == len(world.journal())
    for entry in log["entries"]:
        _must_be_har("entry", entry)
        _must_be_har("request", entry["request"])
        _must_be_har("response", entry["response"])
        _must_be_har("content", entry["response"]["content"])
        _must_be_har("timings", entry["timings"])
        for pair in entry["request"]["queryString"]:
            _must_be_har("queryString", pair)
        if "postData" in entry["request"]:
            _must_be_har("postData", entry["request"]["postData"])
        assert datetime.fromisoformat(entry["startedDateTime"]).tzinfo is not None
        assert httpx.URL(entry["request"]["url"]).is_absolute_url
        assert {entry[each]["httpVersion"] for each in ("request", "response")} == {"HTTP/1.1"}
        assert (entry["time"], entry["timings"]) == (0, {"send": 0, "wait": 0, "receive": 0})
    first, second = log["entries"][:2]
    assert first["request"]["queryString"] == [{"name": "email", "value": "ada"}, {"name": "empty", "value": ""}]
    assert first["_unread"] == ["query empty"]
    assert json.loads(second["request"]["postData"]["text"])["email"] == NEW
    assert second["response"]["content"]["text"] == '{"result": "ok"}'
    assert (log["entries"][-1]["response"]["status"], log["entries"][-1]["_fault"]) == (0, "drop_before_work")

    wanted = world.control.get("/journal.har", params={"operation": "inviteCollaborator", "limit": 1}).json()["log"]
    assert [each["_seq"] for each in wanted["entries"]] == [2]


def test_an_answer_to_head_has_no_body(world: World) -> None:
    """Neither on the wire nor in the journal, whatever a GET would say."""
    assert world.acme.head("/api/members").content == b""

    assert (world.last()["status"], world.last()["response"]) == (200, None)


@pytest.mark.parametrize(("more", "cut"), [(0, False), (1, True)])
def test_a_body_is_kept_whole_up_to_its_limit(world: World, more: int, cut: bool) -> None:
    """Sixteen kibibytes, and not a byte more."""
    world.acme.post("/api/member_invitations", content=b"n" * (16 * 1024 + more))

    assert ("… cut" in world.last()["request"]) is cut


def test_a_long_body_is_kept_in_part(world: World) -> None:
    """With a mark that says so; a full ring of the longest bodies must not be a gigabyte."""
    world.acme.post("/api/member_invitations", content=b'{"name": "' + b"n" * 100_000 + b'"}')

    request = world.last()["request"]
    assert request.startswith('{"name": "nnn')
    assert request.endswith("n… cut, 100012 bytes")
    assert len(request) < 17_000
