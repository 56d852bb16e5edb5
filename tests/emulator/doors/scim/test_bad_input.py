"""What cannot be is refused in SCIM's words, and changes nothing."""

from typing import Any

import pytest

from ...world import ADA, BEN, Json
from .provider import CORE, JOE, ROLE, Provider, refusal

VALUE, SYNTAX, PATH, FILTER = (
    (400, "invalidValue"),
    (400, "invalidSyntax"),
    (400, "invalidPath"),
    (400, "invalidFilter"),
)
MUTABILITY, NO_TARGET, TAKEN = (400, "mutability"), (400, "noTarget"), (409, "uniqueness")
MEDIA = {"Content-Type": "application/scim+json"}


@pytest.fixture(name="provider")
def _provider() -> Provider:
    return Provider()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param({}, VALUE, id="nothing"),
        pytest.param({"userName": ""}, VALUE, id="empty-username"),
        pytest.param({"userName": None}, VALUE, id="null-username"),
        pytest.param({"userName": "new"}, VALUE, id="no-email"),
        pytest.param({"userName": "new\0@example.test"}, VALUE, id="control-character"),
        pytest.param({"userName": 7}, VALUE, id="username-a-number"),
        pytest.param({"userName": "x" * 250 + "@example.test"}, VALUE, id="long-username"),
        pytest.param({"userName": "new@example.test", "active": 3}, VALUE, id="active-a-number"),
        pytest.param({"userName": "new@example.test", "active": "yes"}, VALUE, id="active-yes"),
        pytest.param({"userName": "new@example.test", "name": "New"}, VALUE, id="name-a-text"),
        pytest.param({"userName": "new@example.test", "name": {"givenName": 1}}, VALUE, id="given-name-a-number"),
        pytest.param({"userName": "new@example.test", "name": {"formatted": "x" * 256}}, VALUE, id="long-name"),
        pytest.param({"userName": "new@example.test", "displayName": []}, VALUE, id="display-name-a-list"),
        pytest.param({"userName": "new@example.test", "externalId": {}}, VALUE, id="external-id-an-object"),
        pytest.param({"userName": "new@example.test", "emails": "new@example.test"}, VALUE, id="emails-a-text"),
        pytest.param({"userName": "new@example.test", "emails": ["new@example.test"]}, VALUE, id="emails-of-texts"),
        pytest.param(
            {"userName": "new@example.test", "emails": [{"value": "a@b", "primary": True}] * 2}, VALUE, id="two-primary"
        ),
        pytest.param({"userName": "new@example.test", "emails": [{"value": "a@b.test"}]}, VALUE, id="another-email"),
        pytest.param({"userName": "new@example.test", "schemas": "core"}, VALUE, id="schemas-a-text"),
        pytest.param({"userName": "new@example.test", ROLE: "Member"}, VALUE, id="roles-a-text"),
        pytest.param({"userName": "new@example.test", ROLE: {"workato_role": 1}}, VALUE, id="role-a-number"),
        pytest.param({"userName": "new@example.test", ROLE: {"workato_role": "member"}}, VALUE, id="unknown-role"),
        pytest.param({"userName": "new@example.test", "USERNAME": "x@example.test"}, SYNTAX, id="two-spellings"),
        pytest.param({"userName": BEN}, TAKEN, id="taken"),
        pytest.param({"userName": BEN.upper()}, TAKEN, id="taken-in-capitals"),
        pytest.param([], SYNTAX, id="a-list"),
        pytest.param("user", SYNTAX, id="a-text"),
        pytest.param(None, SYNTAX, id="null"),
    ],
)
def test_a_user_that_cannot_be_is_not_created(provider: Provider, body: Json, expected: object) -> None:
    """Each with its status and its type; nobody is there who was not there before."""
    before = provider.state()

    assert refusal(provider.client.post("/Users", json=body)) == expected
    assert provider.state() == before


@pytest.mark.parametrize(
    ("content", "headers", "expected"),
    [
        pytest.param(b"{userName", MEDIA, SYNTAX, id="no-json"),
        pytest.param(b'{"userName": "\xff"}', MEDIA, SYNTAX, id="no-utf-8"),
        pytest.param(b'{"userName": "a@b.test", "userName": "c@d.test"}', MEDIA, SYNTAX, id="a-key-twice"),
        pytest.param(b"", MEDIA, SYNTAX, id="no-body"),
        pytest.param(b"[" * 100 + b"]" * 100, MEDIA, SYNTAX, id="too-deep"),
        pytest.param(b"[" * 100_000, MEDIA, SYNTAX, id="far-too-deep"),
        pytest.param(b"," * 30_000, MEDIA, SYNTAX, id="too-many-values"),
        pytest.param(b'{"x": "' + b"x" * 2 * 1024 * 1024 + b'"}', MEDIA, (413, None), id="two-mebibytes"),
        pytest.param(b'{"userName": "a@b.test"}', {"Content-Type": "text/plain"}, (415, None), id="text"),
        pytest.param(b'{"userName": "a@b.test"}', {"Content-Type": "application/xml"}, (415, None), id="xml"),
        pytest.param(b'{"userName": "a@b.test"}', {}, (415, None), id="not-announced"),
        pytest.param(
            b'{"userName": "a@b.test"}',
            {"Content-Type": "application/scim+json; charset=utf-16"},
            (415, None),
            id="utf-16",
        ),
        pytest.param(b"\x1f\x8b", MEDIA | {"Content-Encoding": "gzip"}, (415, None), id="compressed"),
    ],
)
def test_a_body_that_cannot_be_read_changes_nothing(
    provider: Provider, content: bytes, headers: dict[str, str], expected: object
) -> None:
    """To create, to replace and to patch."""
    before, path = provider.state(), provider.path()
    for method, target in (("POST", "/Users"), ("PUT", path), ("PATCH", path)):
        answer = provider.client.request(method, target, content=content, headers=headers)
        assert refusal(answer) == expected
    assert provider.state() == before


@pytest.mark.parametrize(
    "media_type", ["application/scim+json", "application/json", "application/scim+json; charset=utf-8"]
)
def test_both_media_types_are_read(provider: Provider, media_type: str) -> None:
    """And whatever is accepted, SCIM's own is answered."""
    body = b'{"userName": "new@example.test"}'
    answer = provider.client.post("/Users", content=body, headers={"Content-Type": media_type, "Accept": "text/html"})

    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/scim+json; charset=utf-8"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("userName", FILTER, id="half"),
        pytest.param("userName eq", FILTER, id="no-value"),
        pytest.param("userName eq joe", FILTER, id="unquoted"),
        pytest.param('userName is "joe"', FILTER, id="unknown-operator"),
        pytest.param('userName eq "joe" and', FILTER, id="ends-with-and"),
        pytest.param('userName eq "joe', FILTER, id="not-closed"),
        pytest.param('(userName eq "joe"', FILTER, id="parenthesis"),
        pytest.param('favouriteColour eq "green"', FILTER, id="unknown-attribute"),
        pytest.param('emails.colour eq "green"', FILTER, id="unknown-part"),
        pytest.param("active gt true", FILTER, id="order-of-truths"),
        pytest.param('active eq "maybe"', FILTER, id="no-truth"),
        pytest.param('password eq "secret"', FILTER, id="password"),
        pytest.param("", FILTER, id="empty"),
        pytest.param('userName eq "' + "x" * 10_001 + '" or active eq true', FILTER, id="very-long"),
        pytest.param("(" * 20_000, FILTER, id="only-parentheses"),
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(provider: Provider, text: str, expected: object) -> None:
    """By itself, and not as a list of nobody."""
    assert refusal(provider.find(text)) == expected


@pytest.mark.parametrize("depth", [10, 100, 1_000])
def test_a_deep_filter_is_answered_one_way_or_the_other(provider: Provider, depth: int) -> None:
    """With everybody, or with a refusal; never with a failure."""
    answer = provider.find("(" * depth + "active eq true" + ")" * depth)

    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        assert answer.json()["totalResults"] == 3
    else:
        assert refusal(answer) == FILTER


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"startIndex": "first"}, VALUE),
        ({"count": "1.5"}, VALUE),
        ({"count": "--1"}, VALUE),
        ({"attributes": "userName", "excludedAttributes": "name"}, VALUE),
    ],
)
def test_a_page_that_cannot_be_is_refused(provider: Provider, query: dict[str, str], expected: object) -> None:
    """What is out of range is brought into it; what is no number is none."""
    assert refusal(provider.client.get("/Users", params=query)) == expected


@pytest.mark.parametrize(
    ("query", "start", "shown"),
    [
        ({"count": "9" * 30}, 1, 3),
        ({"count": "-" + "9" * 30}, 1, 0),
        ({"startIndex": "-" + "9" * 5_000}, 1, 3),
        ({"startIndex": "9" * 5_000}, 10**18 - 1, 0),
    ],
)
def test_a_number_of_any_size_is_brought_into_range(
    provider: Provider, query: dict[str, str], start: int, shown: int
) -> None:
    """A page is never refused because somebody asks for too much of it (RFC 7644, section 3.4.2.4)."""
    page = provider.client.get("/Users", params=query).json()

    assert (page["startIndex"], page["itemsPerPage"], page["totalResults"]) == (start, shown, 3)


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        pytest.param([], SYNTAX, id="none"),
        pytest.param(["replace"], VALUE, id="a-text"),
        pytest.param([{"op": "move", "path": "active", "value": True}], VALUE, id="unknown-op"),
        pytest.param([{"path": "active", "value": True}], VALUE, id="no-op"),
        pytest.param([{"op": "remove"}], NO_TARGET, id="remove-everything"),
        pytest.param([{"op": "replace", "path": 7, "value": True}], PATH, id="path-a-number"),
        pytest.param([{"op": "replace", "path": "emails[", "value": "x"}], PATH, id="unreadable-path"),
        pytest.param([{"op": "replace", "path": "colour", "value": "x"}], PATH, id="unknown-path"),
        pytest.param([{"op": "replace", "path": "active", "value": "yes"}], VALUE, id="active-yes"),
        pytest.param([{"op": "replace", "value": {"active": 1}}], VALUE, id="active-1"),
        pytest.param([{"op": "replace", "path": "id", "value": "7"}], MUTABILITY, id="id"),
        pytest.param([{"op": "replace", "value": {"id": "7"}}], MUTABILITY, id="id-without-path"),
        pytest.param([{"op": "replace", "path": "groups", "value": [{"value": "7"}]}], MUTABILITY, id="groups"),
        pytest.param(
            [{"op": "replace", "path": "meta.created", "value": "2020-01-01T00:00:00Z"}], MUTABILITY, id="meta"
        ),
        pytest.param([{"op": "remove", "path": "userName"}], MUTABILITY, id="remove-username"),
        pytest.param([{"op": "replace", "path": "userName", "value": None}], MUTABILITY, id="null-username"),
        pytest.param([{"op": "replace", "path": "userName", "value": BEN}], TAKEN, id="username-without-email"),
        pytest.param([{"op": "replace", "path": "userName", "value": ""}], VALUE, id="empty-username"),
        pytest.param([{"op": "replace", "path": "emails", "value": [{"value": BEN}]}], VALUE, id="another-email"),
        pytest.param(
            [{"op": "replace", "value": {"userName": BEN, "emails": [{"value": BEN}]}}], TAKEN, id="another-username"
        ),
        pytest.param([{"op": "replace", "path": f"{ROLE}:workato_role", "value": "Captain"}], VALUE, id="unknown-role"),
        pytest.param(
            [
                {"op": "replace", "path": "externalId", "value": "7"},
                {"op": "replace", "path": f"{ROLE}:workato_role", "value": "Captain"},
            ],
            VALUE,
            id="the-second-of-two",
        ),
        pytest.param([{"op": "add", "path": "externalId"}], VALUE, id="add-nothing"),
        pytest.param([{"op": "replace", "value": 7}], VALUE, id="value-a-number"),
        pytest.param([{"op": "replace", "path": "emails[value gt 3].type", "value": "x"}], FILTER, id="odd-filter"),
    ],
)
def test_a_patch_that_cannot_be_changes_nothing(provider: Provider, operations: Json, expected: object) -> None:
    """All operations or none."""
    before = provider.state()

    assert refusal(provider.patch(*operations)) == expected
    assert provider.state() == before


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "replace", "path": "displayName", "value": 5},
        {"op": "replace", "path": "name", "value": "Joe"},
        {"op": "add", "value": {"name": {"givenName": [1]}}},
        {"op": "add", "path": "emails", "value": [{"value": 5}]},
        {"op": "replace", "path": "schemas", "value": ["urn:example:other"]},
    ],
)
def test_a_refusal_of_the_library_s_is_told_in_words_of_scim(provider: Provider, operation: Json) -> None:
    """An administrator of Okta reads it, who knows neither the library nor its documentation."""
    answer = provider.patch(operation)

    assert refusal(answer) == VALUE
    for foreign in ("pydantic", "validation error", "PlainUser", "display_name", "given_name", "\n"):
        assert foreign not in answer.json()["detail"]


@pytest.mark.parametrize("with_path", [True, False])
@pytest.mark.parametrize("attribute", ["id", "schemas", "meta"])
def test_an_operation_that_repeats_what_is_read_only_changes_nothing(
    provider: Provider, attribute: str, with_path: bool
) -> None:
    """A client that writes back what it read means nothing by it, also where it writes nothing else."""
    before, value = provider.state(), provider.user()[attribute]
    named = {"path": attribute, "value": value} if with_path else {"value": {attribute: value}}

    answer = provider.patch({"op": "replace", **named})

    assert answer.status_code == 200, answer.text
    assert provider.state() == before


def test_a_username_that_is_patched_alone_may_rename_where_renaming_is_assumed() -> None:
    """The email follows it: Workato has one address, and the client said nothing of the other."""
    provider = Provider(scim_username_change="renames")
    answer = provider.patch({"op": "replace", "path": "userName", "value": "joseph@example.test"})

    assert answer.status_code == 200, answer.text
    assert answer.json()["emails"][0]["value"] == "joseph@example.test"


def test_a_thousand_operations_are_carried_out(provider: Provider) -> None:
    """One after the other; the last one is what is left."""
    operations = [{"op": "replace", "path": "externalId", "value": str(number)} for number in range(1_000)]

    assert provider.patch(*operations).status_code == 200
    assert provider.user()["externalId"] == "999"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/Users/0", 404),
        ("GET", "/Users/joe", 404),
        ("GET", "/Users/" + "9" * 200, 404),
        ("PUT", "/Users/0", 404),
        ("PATCH", "/Users/0", 404),
        ("DELETE", "/Users/0", 404),
        ("GET", "/Employees", 404),
        ("GET", "/Users/1/emails", 404),
        ("GET", "/Users/%2e%2e", 404),
        ("PUT", "/Users", 405),
        ("POST", "/Users/1", 405),
        ("DELETE", "/ServiceProviderConfig", 405),
    ],
)
def test_what_is_not_there_is_not_found(provider: Provider, method: str, path: str, status: int) -> None:
    """A PUT creates nobody; a method that is not served says which are."""
    before = provider.state()
    body: Any = {"PUT": {"userName": "new@example.test"}, "PATCH": {"Operations": [{"op": "add", "value": {}}]}}
    answer = provider.client.request(method, path, json=body.get(method))

    assert refusal(answer) == (status, None)
    assert ("Allow" in answer.headers) == (status == 405)
    assert provider.state() == before


def test_the_last_administrator_is_not_deactivated(provider: Provider) -> None:
    """Nor deleted, nor given another role; what is refused changes nothing."""
    before = provider.state()
    answers = [
        provider.patch({"op": "replace", "value": {"active": False}}, email=ADA),
        provider.put(ADA, active=False),
        provider.put(ADA, **{ROLE: {"workato_role": "Member"}}),
        provider.client.delete(provider.path(ADA)),
    ]

    assert [refusal(each) for each in answers] == [(403, None)] * 4
    assert provider.state() == before


def test_a_strict_emulator_refuses_a_parameter_that_it_does_not_know(provider: Provider) -> None:
    """In SCIM's words; one that is not strict only writes it down."""
    assert provider.client.get("/Users", params={"page": "2"}).status_code == 200
    assert provider.world.last()["unread"] == ["query page"]
    provider.world.control.put("/strict", json={"strict": True})

    assert refusal(provider.client.get("/Users", params={"page": "2"})) == SYNTAX


def test_a_base_url_may_end_with_a_slash(provider: Provider) -> None:
    """Okta puts /Users behind what the administrator typed; without a version the only one is meant."""
    for path in ("/scim/v2//Users", "/scim/v2/Users/", "/scim/Users"):
        answer = provider.client.get(f"http://workato.example.test{path}")
        assert answer.json()["totalResults"] == 3, path
    assert refusal(provider.client.get("http://workato.example.test/scim/v1/Users")) == (404, None)


def test_an_odd_host_is_no_failure(provider: Provider) -> None:
    """The location repeats the host that was asked, whatever it is."""
    answer = provider.client.get(provider.path(), headers={"Host": "tunnel.example.test:8443"})

    assert answer.json()["meta"]["location"].startswith("http://tunnel.example.test:8443/scim/v2/Users/")


def test_what_is_read_back_can_be_written_again(provider: Provider) -> None:
    """An echo of everything, `meta`, `id` and the schemas included, changes nothing."""
    before = provider.state()
    user = provider.user()
    answer = provider.client.put(provider.path(), json=user | {"schemas": [CORE]})

    assert answer.json() == user
    assert provider.state() == before
    assert provider.user(JOE) == user


def test_a_data_center_is_told_as_it_speaks_by_whatever_way_it_is_reached(provider: Provider) -> None:
    """A served emulator is asked over plain HTTP for the name of a data center, which has TLS only."""
    for host in ("www.workato.com", "WWW.WORKATO.COM:443"):
        answer = provider.client.get(provider.path(), headers={"Host": host})
        assert answer.json()["meta"]["location"].startswith(f"https://{host}/scim/v2/Users/")


@pytest.mark.parametrize("spelling", ["{0}", "*", '"other", {0}', '{0},W/"other"', "{1}"])
def test_a_condition_names_a_version_in_every_spelling_that_http_has(spelling: str) -> None:
    """A star names any, a list names several, and versions compare as weak ones."""
    provider = Provider(scim_etag="weak")
    path, user = provider.path(), provider.user()
    version = user["meta"]["version"]
    condition = spelling.format(version, version.removeprefix("W/"))

    assert provider.client.get(path, headers={"If-None-Match": condition}).status_code == 304
    assert provider.client.put(path, json=user, headers={"If-Match": condition}).status_code == 200


@pytest.mark.parametrize("condition", ['"other"', 'W/"other", W/"another"', ""])
def test_a_condition_that_names_another_version_is_not_met(condition: str) -> None:
    """What was read before is stale, so nothing is written."""
    provider = Provider(scim_etag="weak")
    path, user = provider.path(), provider.user()

    assert provider.client.get(path, headers={"If-None-Match": condition}).status_code == 200
    assert provider.client.put(path, json=user, headers={"If-Match": condition}).status_code == 412
