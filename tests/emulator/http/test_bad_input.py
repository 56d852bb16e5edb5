"""Nonsense gets a clear no in the right dialect, changes nothing, and is never the emulator's failure."""

import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workato_emulator.emulator import HOST

from ..world import NEW, Json, World, row, title

INVITATION = {"name": "New", "email": NEW, "env_roles": [row("dev", "Member")]}
MIB = 1024 * 1024


def _with(**fields: Json) -> bytes:
    return json.dumps(INVITATION | fields).encode()


def _raw(member: str) -> bytes:
    """A good invitation, but for one more member that JSON libraries would not write."""
    return json.dumps(INVITATION).encode()[:-1] + b"," + member.encode() + b"}"


def _line(member: str) -> bytes:
    """The same with that member at the beginning of line 3."""
    return json.dumps(INVITATION).encode()[:-1] + b",\n\n" + member.encode() + b"}"


BODIES = [
    pytest.param(b"", 400, "a body is required", id="empty"),
    pytest.param(b" ", 400, "body is not JSON", id="blank"),
    pytest.param(b"{", 400, "body is not JSON: a key in double quotes is missing at line 1 column 2", id="cut off"),
    pytest.param(b"{}{}", 400, "body is not JSON: something follows the value at line 1 column 3", id="two values"),
    pytest.param(b"{'name': 1}", 400, "body is not JSON", id="single quotes"),
    pytest.param(b"name=New", 400, "body is not JSON", id="a form"),
    pytest.param(b"\xef\xbb\xbf{}", 400, "body starts with a byte order mark", id="a byte order mark"),
    pytest.param(b'{"name": "\xff"}', 400, "body is not UTF-8 (byte 10)", id="invalid UTF-8"),
    pytest.param('{"name": "é"}'.encode("utf-16"), 400, "body is not UTF-8", id="UTF-16"),
    pytest.param(
        b'{"name": "\x00"}', 400, "body is not JSON: a string holds a control character", id="a control character"
    ),
    pytest.param(b'{"name": "\\ud800"}', 400, "half of a surrogate pair", id="half a surrogate pair"),
    pytest.param(b'{"\\udfff": 1}', 400, "half of a surrogate pair", id="half a surrogate pair as a key"),
    pytest.param(_raw('"email": "other@example.test"'), 400, "duplicate key 'email'", id="a key twice"),
    pytest.param(_raw('"x": NaN'), 400, "NaN is not JSON", id="NaN"),
    pytest.param(_raw('"x": -Infinity'), 400, "-Infinity is not JSON", id="infinity"),
    pytest.param(_raw('"x": 1e999'), 400, "1e999 is too large a number", id="a float beyond floats"),
    pytest.param(
        _raw(f'"x": {"9" * 5000}'), 400, "body holds a whole number of too many digits", id="an endless integer"
    ),
    pytest.param(_raw(f'"x": {"[" * 65}{"]" * 65}'), 400, "body is nested too deeply", id="65 deep"),
    pytest.param(_raw(f'"x": {"[" * 900}{"]" * 900}'), 400, "body is nested too deeply", id="900 deep"),
    pytest.param(b"[" * 100_000 + b"]" * 100_000, 400, "body holds more than 20000 values", id="100,000 deep"),
    pytest.param(b"[]", 400, 'is not of type "object"', id="a list"),
    pytest.param(b"null", 400, 'is not of type "object"', id="null"),
    pytest.param(_with(name=None), 400, 'name: is not of type "string"', id="null for a text"),
    pytest.param(_with(name=""), 400, "name: ", id="an empty name"),
    pytest.param(_with(email=["a@b"]), 400, "email: ", id="a list for a text"),
    pytest.param(_with(env_roles={"dev": "Member"}), 400, "env_roles: ", id="an object for a list"),
    pytest.param(_with(env_roles=[{"name": "Member"}]), 400, "env_roles.0: ", id="an entry without environment"),
    pytest.param(_with(env_roles=[row("dev", "Member", "project")]), 400, "env_roles.0.role_type: ", id="role_type"),
    pytest.param(_with(env_roles=[row("dev", "Member")] * 21), 400, "env_roles: ", id="21 entries"),
    pytest.param(_with(user_group_ids=[7]), 400, "user_group_ids.0: ", id="a number for a handle"),
    pytest.param(_with(name="x" * 256), 400, "name: ", id="256 letters"),
    pytest.param(_with(email=f"{'x' * 251}@b.c"), 400, "email: ", id="a long email"),
    pytest.param(_with(name="x" * (MIB - 200)), 400, "name: ", id="a name of almost 1 MiB"),
    pytest.param(_with(name="x" * 2 * MIB), 413, "Request body is larger than 1048576 bytes", id="2 MiB"),
    pytest.param(b"\xff" * 2 * MIB, 413, "Request body is larger than 1048576 bytes", id="2 MiB of anything"),
]


FLAWS = [
    pytest.param('"a": "x", "a": 1', "duplicate key 'a' at line 3 column 11", id="a key twice"),
    pytest.param(r'"a": [{"b": 1}, {"b": 2}], "\u0061": 1', "duplicate key 'a' at line 3 column 28", id="escaped"),
    pytest.param('"x": {"email": 1},"email": 1', "duplicate key 'email' at line 3 column 19", id="a key further in"),
    pytest.param('"x": "a", "b": {"x": "b", "y": "x", "y": 1}', "duplicate key 'y' at line 3 column 37", id="values"),
    pytest.param('"NaN": "NaN", "x": NaN', "NaN is not JSON at line 3 column 20", id="NaN"),
    pytest.param('"x": -Infinity', "-Infinity is not JSON at line 3 column 6", id="infinity"),
    pytest.param('"x": [1e99, 1e999]', "1e999 is too large a number at line 3 column 13", id="a large float"),
    pytest.param(f'"x":\n{"9" * 301}', "a whole number of too many digits at line 4 column 1", id="an endless number"),
    pytest.param(r'"\ud83d\ude00": "\ud83d"', "half of a surrogate pair at line 3 column 17", id="half of a pair"),
    pytest.param(f'"x": {"[" * 62}0, [1]{"]" * 62}', None, id="as deep as may be"),
    pytest.param(
        f'"x": {"[" * 62}[], [[]]{"]" * 62}',
        "body is nested too deeply at line 3 column 73 (maximum is 64 levels)",
        id="one too deep",
    ),
    pytest.param(
        f'"x": {"[" * 5000}{"]" * 5000}',
        "body is nested too deeply at line 3 column 69 (maximum is 64 levels)",
        id="deeper than a parser goes",
    ),
]


@pytest.mark.parametrize(("member", "text"), FLAWS)
def test_what_is_wrong_with_a_text_is_told_with_its_place(world: World, member: str, text: str | None) -> None:
    """Line and column, as editors count them."""
    answer = world.acme.post("/api/member_invitations", content=_line(member))

    assert answer.status_code == (400 if text else 200)
    assert (text or "") in answer.text.replace("\\u0027", "'")


@pytest.mark.parametrize(("body", "status", "text"), BODIES)
def test_a_bad_body_is_refused_in_workatos_dialect(world: World, body: bytes, status: int, text: str) -> None:
    """400 or 413 with one error, the state as it was, and a journal that can still be read."""
    before = world.export()
    answer = world.acme.post("/api/member_invitations", content=body)

    assert answer.status_code == status
    (error,) = answer.json()["errors"]
    assert error["title"].startswith(text) or text in error["title"]
    assert world.export() == before
    assert world.last()["status"] == status


@pytest.mark.parametrize(("body", "status", "text"), BODIES[:21])
def test_a_bad_body_is_refused_in_the_control_planes_dialect(world: World, body: bytes, status: int, text: str) -> None:
    """The same no in an error object."""
    before = world.everything()
    answer = world.control.post("/workspaces/acme/collaborators", content=body)

    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert answer.json()["error"]["code"] in {"malformed", "body_too_large"}
    assert world.everything() == before


def test_a_body_of_two_mebibytes_is_too_large_for_the_control_plane(world: World) -> None:
    """413, whatever is in it; only a seed may be larger, since an export is."""
    answer = world.control.put("/clock", content=b" " * 2 * MIB)

    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body_too_large")


def test_a_body_of_exactly_one_mebibyte_is_read(world: World) -> None:
    """The bound itself is allowed."""
    body = json.dumps(INVITATION).encode().ljust(MIB)

    assert world.acme.post("/api/member_invitations", content=body).status_code == 200
    assert world.acme.post("/api/member_invitations", content=body + b" ").status_code == 413


def test_a_body_64_deep_is_read(world: World) -> None:
    """Width is no depth."""
    body = _raw(f'"x": {"[" * 62}{"]" * 62}, "y": [{",".join(["[]"] * 100)}]')

    assert world.acme.post("/api/member_invitations", content=body).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_the_media_type_of_a_request_is_not_looked_at(world: World, kind: str) -> None:
    """What decides is whether the body is JSON."""
    answer = world.acme.post("/api/member_invitations", content=_with(), headers={"Content-Type": kind})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "text", ["\u202e\u0000\U0001f98a", "e\u0301" * 50, "\u212a@example.test", "<b>'\";--", "\ufeff", "  "]
)
def test_odd_unicode_comes_out_as_it_went_in(world: World, text: str) -> None:
    """A name is a name."""
    assert world.invite(name=text).status_code == 200
    world.accept()

    assert world.member(NEW)["name"] == text
    assert world.export()["accounts"][-1]["name"] == text


@pytest.mark.parametrize("body", [b"{}", b"[", b"\xff" * 100, b"x" * 100])
def test_a_body_nobody_asked_for_is_not_read(world: World, body: bytes) -> None:
    """A GET or a DELETE with a body is answered as without it."""
    assert world.acme.request("GET", "/api/members", content=body).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/members/",
        "/api//members",
        "/api/members/../members",
        "/api/members/%2e%2e/x",
        "/api/members/1/privileges/",
        "/api/members%00",
        "/api/members;a=1",
        "/API/members",
        "/api/user_groups/%2Fapi/members",
        "/api/user_groups//members",
        "/api/user_groups/{id}/members/1",
        "/api/{}",
        "//api/members",
        "/",
        "/api",
        f"/api/members/{'9' * 5000}/x",
        "/api/members/%ff%fe/x",
    ],
)
def test_a_crooked_path_is_no_operation(world: World, path: str) -> None:
    """501, or 404 where the path comes out straight and leads to nobody; never more than that."""
    before = world.export()
    answer = world.acme.delete(path)

    assert answer.status_code in {404, 405, 501}
    assert world.export() == before


@pytest.mark.parametrize(
    "query", ["%ff", "a=%00", "&&&==", "page[number]=%F0%9F%A6%8A", f"email={'x' * 10_000}", "a;b"]
)
def test_a_crooked_query_is_no_failure(world: World, query: str) -> None:
    """Read as far as it can be, or refused."""
    assert world.acme.get(f"/api/members?{query}").status_code in {200, 400}
    assert world.acme.get(f"/api/user_groups?{query}").status_code in {200, 400}
    assert world.control.get("/journal").status_code == 200


@pytest.mark.parametrize("ids", [["x" * 5000], ["9" * 30], [str(-(10**17))], ["\u0661"], [""], ["1.0"], ["0x1"]])
def test_an_id_that_is_none_is_nobodys(world: World, ids: list[str]) -> None:
    """400 with the text that was no id."""
    answer = world.acme.post(f"/api/user_groups/{world.group()['id']}/members", params={"user_ids": ids})

    assert answer.status_code == 400


@pytest.mark.parametrize("value", [True, None, "1", 1.5, {}, [[]]])
def test_an_id_of_another_type_is_refused(world: World, value: object) -> None:
    """The contract says integer."""
    path = f"/api/user_groups/{world.group()['id']}/members"

    assert world.acme.post(path, json={"user_ids": [value]}).status_code == 400
    assert world.acme.post(path, json={"user_ids": value}).status_code == 400


@pytest.mark.parametrize("value", [10**50, -(10**50), 2**63, 1.0])
def test_an_absurd_id_is_nobodys(world: World, value: float) -> None:
    """Integers have no end in JSON."""
    path = f"/api/user_groups/{world.group()['id']}/members"

    assert world.acme.post(path, json={"user_ids": [value]}).status_code == 400


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
TARGETS = [
    ("POST", "/api/member_invitations"),
    ("PUT", "/api/members/50003"),
    ("POST", "/api/members"),
    ("POST", "/api/user_groups"),
    ("POST", "/_emulator/v1/clock/advance"),
    ("PUT", "/_emulator/v1/seed"),
    ("PATCH", "/_emulator/v1/assumptions"),
    ("PATCH", "/_emulator/v1/workspaces/acme/plan"),
    ("PATCH", "/_emulator/v1/workspaces/acme/api_clients/second"),
    ("POST", "/_emulator/v1/workspaces/acme/collaborators"),
    ("POST", "/_emulator/v1/faults"),
]
KEYS = st.sampled_from(
    [
        "name",
        "email",
        "env_roles",
        "user_group",
        "user_ids",
        "workspaces",
        "clock",
        "plan",
        "roles",
        "operation",
        "status",
    ]
)


@cache
def fresh() -> Json:
    """What an emulator of the small seed exports when nothing has happened."""
    return World().export()


@given(
    st.sampled_from(TARGETS),
    st.binary(max_size=40) | (ANYTHING | st.dictionaries(KEYS, ANYTHING)).map(lambda value: json.dumps(value).encode()),
)
def test_no_body_at_all_makes_the_emulator_fail(target: tuple[str, str], body: bytes) -> None:
    """Whatever is sent: an answer below 500, and below it a state that can be read and seeded again."""
    world = World()
    method, path = target
    answer = world.acme.request(method, path, content=body)

    assert answer.status_code < 500
    if answer.is_client_error:
        assert world.export() == fresh()
    exported = world.export()
    assert world.control.put("/seed", json=exported).status_code == 200
    assert world.export() == exported


@given(
    st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"]),
    st.lists(
        st.sampled_from(["api", "_emulator", "v1", "members", "user_groups", "1", "", "..", "{id}", "%2F", "\u00e9"])
    ),
)
def test_no_path_at_all_makes_the_emulator_fail(method: str, segments: list[str]) -> None:
    """Known or not, straight or crooked: no answer of the emulator's own failure."""
    world = World()
    answer = world.acme.request(method, f"{HOST}/{'/'.join(segments)}")

    assert answer.status_code < 500 or answer.status_code == 501


def test_a_seed_may_be_as_large_as_an_export(world: World) -> None:
    """64 MiB are read, a byte more is not."""
    small = json.dumps({"workspaces": {"tiny": {}}}).encode()

    assert world.control.put("/seed", content=small + b" " * 2 * MIB).status_code == 200
    assert world.control.put("/seed", content=small + b" " * 64 * MIB).status_code == 413
    assert world.control.get("/health").json()["workspaces"] == ["tiny"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "a body is required"),
        (b"[1, ]", "a value is missing at line 1 column 5"),
        (b'{"a" 1}', "a colon is missing at line 1 column 6"),
        (b'{"a": 1 "b": 2}', "a comma or the end is missing at line 1 column 9"),
        (b'{"a": "b', "a string is not closed at line 1 column 7"),
        (b'{"a": "\\x"}', "a backslash escapes nothing at line 1 column 8"),
        (b'{"a": "\\u12"}', "four hexadecimal digits are missing at line 1 column 9"),
    ],
)
def test_what_is_no_json_is_told_in_plain_words(world: World, body: bytes, words: str) -> None:
    """With the place, and in no parser's jargon."""
    assert title(world.acme.post("/api/member_invitations", content=body)).endswith(words)


LONG = "x" * 60_000


def test_a_refusal_does_not_echo_a_book(world: World) -> None:
    """Whatever was sent comes back cut, through both doors and in every part of the answer."""
    answers = [
        world.acme.post("/api/user_groups", json={"user_group": {"name": "Builders", "description": LONG * 2}}),
        world.invite(env_roles=[row("dev", LONG)]),
        world.acme.post("/api/member_invitations", json={"name": "N", "email": NEW, LONG: 1, "env_roles": LONG}),
        world.acme.get(f"/api/{LONG}"),
        world.control.get(f"/rules/{LONG}"),
        world.control.post("/faults", json={"operation": "x" * 99, LONG: 1}),
        world.control.put("/seed", json={"workspaces": {"acme": {LONG: 1}}}),
    ]

    assert [len(each.content) < 4_000 and each.status_code >= 400 for each in answers] == [True] * len(answers)


@pytest.mark.parametrize(
    ("number", "status", "told"),
    [
        ("999999999999999999", 200, None),
        ("9" * 19, 400, "page[number] is too large a number"),
        ("9" * 5000, 400, "page[number] is too large a number"),
        ("-" + "9" * 19, 400, "page[number] is too large a number"),
        ("1.5", 400, "page[number] is not a whole number"),
    ],
)
def test_a_page_far_away_is_empty_or_told_plainly(world: World, number: str, status: int, told: str | None) -> None:
    """No page is so far away that it breaks anything."""
    answer = world.acme.get("/api/user_groups", params={"page[number]": number})

    assert answer.status_code == status
    assert answer.json()["data"] == [] if told is None else title(answer) == told
