"""A request means what it says: its path, its method, what it announces; and what is wrong with it is said first."""

import gzip
import json
from email.utils import format_datetime

import httpx
import pytest

from workato_emulator import Emulator

from ..world import ADA, BEN, NEW, START, World, row, title

INVITATION = {"name": "New", "email": NEW, "env_roles": [row("dev", "Member")]}
JSON = {"Content-Type": "application/json"}


# Paths


@pytest.mark.parametrize("slash", ["%2F", "%2f", "%5C", "\\"])
def test_an_encoded_slash_belongs_to_its_segment(world: World, slash: str) -> None:
    """No operation is reached by it, and nobody leaves a group."""
    group, ben = world.group()["id"], world.id_of(BEN)
    answers = [
        world.acme.get(f"/api{slash}members"),
        world.acme.get(f"/api/members/{ben}{slash}privileges"),
        world.acme.delete(f"/api/members/{ben}{slash}"),
        world.acme.delete(f"/api/user_groups/{group}{slash}members?user_ids={ben}"),
    ]

    assert [each.status_code for each in answers] == [404] * 4
    assert world.group_members(group) == [BEN]


@pytest.mark.parametrize("path", ["/api/../_emulator/v1/health", "/api/./members", "/api/members/..", "/api/a\\b"])
def test_a_path_that_no_client_puts_in_order_leads_nowhere(world: World, path: str) -> None:
    """`httpx` resolves dots before it sends; what else calls may not."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"authorization", f"Bearer {world.emulator.token('acme')}".encode())],
        "client": ("127.0.0.1", 1),
    }
    app = world.emulator.app

    assert app.finish(app.begin(scope), b"").status_code == 404


@pytest.mark.parametrize("dots", ["%2E", "%2e%2E", ".%2e"])
def test_a_dot_segment_leads_nowhere(world: World, dots: str) -> None:
    """At neither door, whoever resolves it and how."""
    before = world.export()
    answers = [
        world.acme.delete(f"/api/user_groups/{dots}"),
        world.acme.get(f"/api/user_groups/x/{dots}/members"),
        world.acme.get(f"/api/{dots}/_emulator/v1/export"),
        world.control.post(f"/workspaces/{dots}/reset"),
        world.control.put(f"/snapshots/{dots}"),
        world.control.post(f"/snapshots/{dots}/{dots}/reset"),
    ]

    assert [each.status_code for each in answers] == [404] * 6
    assert world.export() == before
    assert world.control.get("/snapshots").json()["data"] == []


def test_the_journal_has_the_path_that_was_asked(world: World) -> None:
    """Decoded for people, from its first slash to its last segment; a slash that was encoded stays encoded."""
    world.acme.get("/api/mem%62ers")
    world.acme.get("/api/user_groups/a%2Fb%20c")
    shown = world.control.get("/journal").json()["data"]

    assert [each["path"] for each in shown] == ["/api/members", "/api/user_groups/a%2Fb c"]


def test_the_control_planes_names_may_hold_a_slash(world: World) -> None:
    """As `%2F`, which is no way into another operation."""
    roles = "/workspaces/acme/client_roles"
    assert world.control.post(roles, json={"name": "read/write", "privileges": []}).status_code == 201

    assert world.control.delete(f"{roles}/read/write").status_code == 404
    assert world.control.delete("/workspaces/acme%2Fclient_roles%2Fread%2Fwrite").status_code == 404
    assert world.control.delete(f"{roles}/read%2Fwrite").status_code == 204


# Methods


@pytest.mark.parametrize("path", ["/api/members", "/api/users/me", "/api/members/none", "/api/nothing"])
def test_head_answers_as_get_without_a_body(world: World, path: str) -> None:
    """The same status and headers, at the cost of a call."""
    got, head = world.acme.get(path), world.acme.head(path)

    assert (head.status_code, head.content) == (got.status_code, b"")
    assert {**head.headers, "x-rate-limit-remaining": ""} == {**got.headers, "x-rate-limit-remaining": ""} or (
        path == "/api/nothing" and head.headers["content-type"] == got.headers["content-type"]
    )


@pytest.mark.parametrize("path", ["/health", "/clock", "/journal", "/nothing"])
def test_the_control_plane_answers_head_too(world: World, path: str) -> None:
    """So that what waits for a service can wait for this one."""
    assert world.control.head(path).status_code == world.control.get(path).status_code
    assert world.control.head(path).content == b""


# What a body is announced as


@pytest.mark.parametrize(
    ("announced", "is_json"),
    [
        ("application/json", True),
        ("application/json; charset=utf-8", True),
        ('Application/JSON;charset="UTF-8"', True),
        ("application/json; charset='utf8'", True),
        ("application/json;charset=US-ASCII", True),
        ("application/vnd.api+json", True),
        ("text/plain;charset=UTF-8", False),
        ("application/x-www-form-urlencoded", False),
        ("application/json; charset=utf-16", False),
        ("multipart/form-data; boundary=x", False),
        ("", False),
        (None, False),
    ],
)
def test_json_is_announced_as_json(announced: str | None, is_json: bool) -> None:
    """A strict emulator refuses what is not; another reads it, and its journal says so."""
    strict, lenient = World(), World()
    strict.control.put("/strict", json={"strict": True})
    headers = {} if announced is None else {"Content-Type": announced}
    content = json.dumps(INVITATION)
    answers = [
        each.acme.post("/api/member_invitations", content=content, headers=headers) for each in (strict, lenient)
    ]

    assert [each.status_code for each in answers] == [200 if is_json else 400, 200]
    assert [each.startswith("header Content-Type") for each in lenient.last()["unread"]] == ([] if is_json else [True])


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "deflate", "br", "gzip, identity", "nonsense"])
@pytest.mark.parametrize("honest", [True, False])
def test_a_compressed_body_is_refused_by_the_name_of_its_encoding(world: World, encoding: str, honest: bool) -> None:
    """Whether it is compressed or only says so, at either door; nothing is done."""
    plain = json.dumps(INVITATION).encode()
    headers = JSON | {"Content-Encoding": encoding}
    answers = [
        world.acme.post("/api/member_invitations", content=gzip.compress(plain) if honest else plain, headers=headers),
        world.control.post("/clock/advance", content=b'{"seconds": 1}', headers=headers),
    ]

    assert [each.status_code for each in answers] == [415, 415]
    assert all(encoding in each.text for each in answers)
    assert [each for each in world.invitations() if each["email"] == NEW] == []
    assert world.control.get("/clock").json()["now"] == START


def test_a_body_that_is_encoded_as_it_is_is_read(world: World) -> None:
    """`identity` is no encoding."""
    headers = {"Content-Encoding": "identity"}

    assert world.acme.post("/api/member_invitations", json=INVITATION, headers=headers).status_code == 200


# What is wrong, before what was sent


LONG = "H" * 700
INVITE = ("POST", "/api/member_invitations")


@pytest.mark.parametrize(
    ("method", "path", "body", "reason"),
    [
        pytest.param(*INVITE, INVITATION | {"name": LONG}, "name: is longer than 255 characters", id="a text"),
        pytest.param(*INVITE, [INVITATION] * 10, 'is not of type "object"', id="a list"),
        pytest.param(*INVITE, INVITATION | {"env_roles": [row("dev", "M")] * 21}, "more than 20 items", id="too many"),
        pytest.param(*INVITE, INVITATION | {"env_roles": [row("dev", LONG)]}, "", id="a role"),
        pytest.param(*INVITE, INVITATION | {"env_roles": [row(LONG, "Member")]}, "", id="an environment"),
        pytest.param(*INVITE, INVITATION | {"user_group_ids": [LONG]}, "", id="a group"),
        pytest.param("POST", "/api/user_groups", {"user_group": {"name": LONG}}, "longer than", id="a name"),
        pytest.param("PUT", f"/api/members/{LONG}", {"env_roles": []}, "", id="an id"),
        pytest.param("POST", f"/api/{LONG}", None, "is not emulated", id="no operation"),
        pytest.param("PATCH", f"/api/members/{LONG}", None, "takes DELETE, GET, HEAD, PUT, not PATCH", id="no method"),
        pytest.param("GET", f"/api/managed_users/{LONG}", None, "Embedded workspaces only", id="declined"),
    ],
)
def test_a_long_value_does_not_hide_the_reason(world: World, method: str, path: str, body: object, reason: str) -> None:
    """The value is cut, the sentence is not."""
    answer = world.acme.request(method, path, json=body)
    told = answer.json()
    message = told["error"]["message"] if "error" in told else told.get("message") or title(answer)

    assert answer.status_code >= 400
    assert LONG not in message
    assert (reason in message) if reason else (message.endswith("not found") or len(message) < 200)


@pytest.mark.parametrize(
    ("method", "path", "body", "reason"),
    [
        pytest.param("POST", "/clock/advance", {"seconds": LONG}, 'seconds: is not of type "number"', id="a value"),
        pytest.param("POST", "/clock/advance", {LONG: 1}, "unknown key", id="a key"),
        pytest.param("POST", "/faults", {"operation": LONG, "status": 500}, "operation", id="an operation"),
        pytest.param("GET", f"/{LONG}", None, "the control plane has no", id="no operation"),
        pytest.param("DELETE", f"/snapshots/{LONG}", None, "there is no snapshot", id="a snapshot"),
        pytest.param("GET", f"/journal?{LONG}=1", None, "unknown query parameter", id="a parameter"),
    ],
)
def test_the_control_plane_says_the_reason_too(world: World, method: str, path: str, body: object, reason: str) -> None:
    """With the place, and the value cut."""
    answer = world.control.request(method, path, json=body)

    assert reason in answer.json()["error"]["message"]
    assert LONG not in answer.json()["error"]["message"]


# How much one request may be


def _many(name: str, number: int) -> dict[str, int]:
    return {f"{name}{each}": 1 for each in range(number)}


def test_a_body_of_too_many_values_is_refused_unread(world: World) -> None:
    """At both doors; a seed may be as large as it is."""
    answers = [
        world.acme.post("/api/member_invitations", json=INVITATION | _many("x", 30_000)),
        world.acme.post("/api/members", content=b'{"email": [' + b"[]," * 30_000 + b"1]}", headers=JSON),
        world.control.post("/clock/advance", json=_many("second", 30_000)),
    ]

    assert [each.status_code for each in answers[::2]] == [400, 400]
    assert all("more than 20000 values" in each.text for each in answers[::2])
    members = [{"name": "P", "email": f"p{each}@example.test"} for each in range(9_000)]
    seed = {"workspaces": {"acme": {"plan": {"collaborator_limit": 10_000}, "collaborators": members}}}
    assert world.control.put("/seed", json=seed).status_code == 200


def test_what_nobody_reads_is_named_up_to_a_point(world: World) -> None:
    """The journal names a hundred and counts the rest; a refusal names ten."""
    world.acme.post("/api/member_invitations", json=INVITATION | _many("x", 5_000))
    assert len(world.last()["unread"]) == 101
    assert world.last()["unread"][-1] == "and 4900 more"
    world.control.put("/strict", json={"strict": True})
    refused = title(world.acme.post("/api/member_invitations", json=INVITATION | _many("x", 5_000)))
    assert refused.count("body field 'x") == 10
    assert refused.endswith("and 4990 more")


def test_the_nearest_name_is_found_among_many() -> None:
    """Although few are compared in full."""
    members = [{"name": "P", "email": f"person{each}.somebody@example.test"} for each in range(9_000)]
    seed = {"workspaces": {"acme": {"plan": {"collaborator_limit": 10_000}, "collaborators": members}}}
    answer = Emulator(seed).control.delete("/workspaces/acme/collaborators/person4711.sombody@example.test")

    assert answer.json()["error"]["suggestion"] == "person4711.somebody@example.test"


@pytest.mark.parametrize("path", ["/api/" + "m/" * 200, "/api/" + "members" * 70, "/api/" + "members/" * 60])
def test_a_path_of_absurd_length_means_no_operation(world: World, path: str) -> None:
    """Nothing is looked for."""
    answer = world.acme.get(path)

    assert (answer.status_code, answer.json()["error"].get("suggestion")) == (501, None)


# Answers


@pytest.mark.parametrize(
    "name",
    ["Content-Length", "content-length", "Transfer-Encoding", "Trailer", "Upgrade", "Keep-Alive", "X Y", "X:", ""],
)
def test_a_fault_has_no_headers_that_the_server_would_obey(world: World, name: str) -> None:
    """They would break the connection, which is another effect."""
    answer = world.control.post(
        "/faults", json={"operation": "listCollaborators", "status": 200, "headers": {name: "3"}}
    )

    assert answer.status_code in {400, 422}
    assert world.control.get("/faults").json()["data"] == []


@pytest.mark.parametrize("headers", [{"X-A": "a\nb"}, {"X-A": "a\r\nX-B: c"}, {"X-A": "ü"}, {"X-A": "1", "x-a": "2"}])
def test_a_fault_has_each_header_once_and_in_one_line(world: World, headers: dict[str, str]) -> None:
    """Of characters that a header can carry."""
    answer = world.control.post("/faults", json={"operation": "listCollaborators", "status": 200, "headers": headers})

    assert answer.status_code in {400, 422}


def test_an_answer_is_dated_by_the_clock(world: World) -> None:
    """In process as on a port; a fault may lie about it."""
    world.control.post("/clock/advance", json={"seconds": 864_000})
    now = format_datetime(world.emulator.clock.now(), usegmt=True)
    answers = [world.acme.get("/api/members"), world.acme.get("/api/nothing"), world.control.get("/health")]
    assert [each.headers["date"] for each in answers] == [now] * 3
    fault = {"operation": "listCollaborators", "status": 200, "headers": {"Date": "some day"}}
    world.control.post("/faults", json=fault)
    assert world.acme.get("/api/members").headers.get_list("date") == ["some day"]


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("Bearer s3cret", 200),
        ("bearer s3cret", 200),
        ("BEARER  s3cret", 200),
        ("s3cret", 401),
        ("Basic s3cret", 401),
        ("Bearer", 401),
        ("Bearer s3cret more", 401),
        (None, 401),
    ],
)
def test_the_control_token_comes_behind_its_scheme(authorization: str | None, status: int) -> None:
    """In capitals or not."""
    emulator = Emulator(control_token="s3cret")
    headers = {} if authorization is None else {"Authorization": authorization}
    with httpx.Client(transport=emulator.transport, base_url="http://localhost/_emulator/v1") as client:
        assert client.get("/clock", headers=headers).status_code == status


@pytest.mark.parametrize("token", ["", " ", "two words", "ü", "tab\t"])
def test_a_control_token_that_cannot_be_sent_is_none(token: str) -> None:
    """The emulator does not start with it."""
    with pytest.raises(ValueError, match="the control token must be"):
        Emulator(control_token=token)


def test_reset_goes_back_to_the_seed_that_was_put(world: World) -> None:
    """A world that was put in another's place is where it all begins, its clock included."""
    world.control.put("/seed", json={"workspaces": {"zeta": {}}, "clock": "2030-01-01T00:00:00Z"})
    seeded = world.export()
    world.control.post("/clock/advance", json={"seconds": 60})
    body = {"name": "Ada", "email": ADA, "roles": {}}
    assert world.control.post("/workspaces/zeta/collaborators", json=body).status_code == 201
    world.control.post("/reset")

    assert world.export() == seeded
    assert world.control.get("/clock").json()["now"] == "2030-01-01T00:00:00+00:00"


@pytest.mark.parametrize("part", ["/API/Members", "MEMBERS", "EMAIL=ADA"])
def test_the_journals_path_filter_takes_letters_of_any_case(world: World, part: str) -> None:
    """In the path and in the query."""
    world.acme.get("/api/user_groups")
    world.acme.get("/api/members?email=ada")

    found = world.control.get("/journal", params={"path": part}).json()["data"]
    assert [each["path"] for each in found] == ["/api/members?email=ada"]
