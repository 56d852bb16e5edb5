"""Each rule of the RFCs that the door serves is shown on the wire."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from ...world import BEN, Json
from .provider import CORE, ERROR, JOE, ROLE, Provider, refusal
from .rfc_rules import RFC_RULES

NEW = "new@example.test"
Show: TypeAlias = Callable[[Provider], None]
SHOWN: dict[int, Show] = {}


def shows(*numbers: int) -> Callable[[Show], Show]:
    """This function shows these rules of the table."""

    def note(function: Show) -> Show:
        SHOWN.update(dict.fromkeys(numbers, function))
        return function

    return note


def _total(provider: Provider, text: str) -> int:
    return int(provider.find(text).json()["totalResults"])


@shows(1)
def _any_case(provider: Provider) -> None:
    assert _total(provider, f'USERNAME EQ "{JOE}"') == 1
    assert _total(provider, f'{ROLE.upper()}:WORKATO_ROLE eq "Member"') == 2
    assert provider.client.post("/Users", json={"USERNAME": NEW, "Name": {"GIVENNAME": "New"}}).status_code == 201
    assert provider.patch({"OP": "Replace", "Path": "ACTIVE", "value": False}).json()["active"] is False


@shows(2)
def _null_is_absent(provider: Provider) -> None:
    made = provider.create(NEW, externalId=None, emails=[], name=None, active=None)
    assert made.status_code == 201
    assert made.json()["active"] is True
    assert "externalId" not in made.json()


@shows(3)
def _one_primary(provider: Provider) -> None:
    (only,) = provider.user()["emails"]
    assert only["primary"] is True
    assert refusal(provider.create(NEW, emails=[{"value": NEW, "primary": True}] * 2)) == (400, "invalidValue")
    added = {"op": "add", "path": "emails", "value": [{"value": JOE, "type": "home", "primary": True}]}
    assert [each["primary"] for each in provider.patch(added).json()["emails"]] == [True]


@shows(4, 11)
def _schemas(provider: Provider) -> None:
    assert provider.user()["schemas"] == [CORE, ROLE]
    assert provider.user()[ROLE]["workato_role"] == "Member"
    provider.world.assume(scim_roles_returned="no")
    assert provider.user()["schemas"] == [CORE]


@shows(5, 6)
def _ids(provider: Provider) -> None:
    made = provider.create(NEW, id="mine").json()
    assert made["id"] not in {"mine", "bulkId"}
    assert provider.put(NEW, id="other").json()["id"] == made["id"]
    everybody = [each["id"] for each in provider.client.get("/Users").json()["Resources"]]
    assert len(set(everybody)) == len(everybody)
    only = provider.client.get("/Users", params={"attributes": "userName"}).json()["Resources"]
    assert all(each["id"] for each in only)


@shows(7)
def _external_ids(provider: Provider) -> None:
    for email in (NEW, "other@example.test"):
        assert provider.create(email, externalId="00u1").json()["externalId"] == "00u1"
    assert _total(provider, 'externalId eq "00u1"') == 2


@shows(8, 9, 27)
def _created(provider: Provider) -> None:
    made = provider.create(NEW, meta={"resourceType": "Robot", "created": "1999-01-01T00:00:00Z"})
    meta = made.json()["meta"]
    assert made.status_code == 201
    assert set(meta) == {"resourceType", "created", "lastModified", "location"}
    assert (meta["resourceType"], meta["created"]) == ("User", "2026-01-05T17:00:00.000Z")
    assert made.headers["Location"] == meta["location"]
    assert provider.client.get(meta["location"]).json() == made.json()


@shows(10, 54)
def _modified(provider: Provider) -> None:
    first = provider.user()["meta"]
    provider.world.advance(60)
    for same in (
        {"op": "add", "path": "active", "value": True},
        {"op": "add", "path": "displayName", "value": "Joe Oak"},
    ):
        assert provider.patch(same).json()["meta"] == first
    assert provider.put().json()["meta"] == first
    second = provider.patch({"op": "add", "path": "externalId", "value": "1"}).json()["meta"]
    provider.world.advance(60)
    provider.world.update(JOE, {"environment_type": "test", "name": "Member", "role_type": "environment"})
    third = provider.user()["meta"]
    assert first["lastModified"] < second["lastModified"] < third["lastModified"]
    assert first["created"] == third["created"]


@shows(12)
def _user_names(provider: Provider) -> None:
    assert refusal(provider.client.post("/Users", json={})) == (400, "invalidValue")
    assert refusal(provider.create("")) == (400, "invalidValue")
    assert refusal(provider.create(JOE.upper())) == (409, "uniqueness")


@shows(13)
def _active(provider: Provider) -> None:
    assert provider.patch({"op": "replace", "value": {"active": False}}).json()["active"] is False
    assert JOE not in provider.world.members()


@shows(14, 23)
def _passwords(provider: Provider) -> None:
    made = provider.create(NEW, password="k3Vr9qXa")
    assert "k3Vr9qXa" not in made.text
    assert "k3Vr9qXa" not in provider.client.get("/Users", params={"attributes": "password"}).text
    assert refusal(provider.find('password eq "k3Vr9qXa"')) == (400, "invalidFilter")
    assert refusal(provider.find("active eq true and not (password pr)")) == (400, "invalidFilter")


@shows(15, 21)
def _read_only(provider: Provider) -> None:
    builders = [{"value": provider.world.group()["id"]}]
    assert provider.create(NEW, groups=builders).status_code == 201
    assert provider.put(groups=builders).status_code == 200
    assert provider.world.group_members(builders[0]["value"]) == [BEN]
    answer = provider.patch({"op": "add", "path": "groups", "value": builders})
    assert refusal(answer) == (400, "mutability")


@shows(17, 18)
def _config(provider: Provider) -> None:
    answer = provider.client.get("/ServiceProviderConfig", headers={"Authorization": ""})
    assert answer.status_code == 200
    config = answer.json()
    for name in ("patch", "bulk", "filter", "changePassword", "sort", "etag"):
        assert isinstance(config[name]["supported"], bool)
    assert [each["type"] for each in config["authenticationSchemes"]] == ["oauthbearertoken"]
    assert "id" not in config


@shows(19, 72)
def _types(provider: Provider) -> None:
    (user,) = provider.client.get("/ResourceTypes").json()["Resources"]
    assert (user["name"], user["endpoint"], user["schema"]) == ("User", "/Users", CORE)
    assert user["schemaExtensions"] == [{"schema": ROLE, "required": False}]
    assert provider.client.get("/ResourceTypes/User").json() == user
    assert provider.client.get(f"/Schemas/{ROLE}").json()["id"] == ROLE
    assert refusal(provider.client.get("/ResourceTypes/Group")) == (404, None)
    assert refusal(provider.client.get("/Schemas/urn:x")) == (404, None)


@shows(20)
def _characteristics(provider: Provider) -> None:
    found = {each["id"]: each for each in provider.client.get("/Schemas").json()["Resources"]}
    assert set(found) == {CORE, ROLE}
    for schema in found.values():
        for each in schema["attributes"]:
            assert {"name", "type", "multiValued", "required", "mutability", "returned"} <= set(each)
            assert each["type"] != "string" or {"caseExact", "uniqueness"} <= set(each)
    core = {each["name"]: each for each in found[CORE]["attributes"]}
    assert (core["userName"]["required"], core["userName"]["uniqueness"]) == (True, "server")
    assert (core["password"]["returned"], core["password"]["mutability"]) == ("never", "writeOnly")
    names = ["workato_role", "workato_role_test", "workato_role_prod"]
    assert [each["name"] for each in found[ROLE]["attributes"]][:3] == names


@shows(24, 25)
def _media(provider: Provider) -> None:
    body = b'{"userName": "new@example.test"}'
    made = provider.client.post("/Users", content=body, headers={"Content-Type": "application/json"})
    assert made.status_code == 201
    for answer in (made, provider.client.get("/Users"), provider.client.get("/Users/0")):
        assert answer.headers["Content-Type"].startswith("application/scim+json")


@shows(26)
def _authentication(provider: Provider) -> None:
    for token in ("", "Bearer wrong", "Basic c2NpbS1hY21l"):
        answer = provider.client.get("/Users", headers={"Authorization": token})
        assert refusal(answer) == (401, None)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@shows(28)
def _clash(provider: Provider) -> None:
    assert refusal(provider.create(JOE)) == (409, "uniqueness")


@shows(29)
def _result(provider: Provider) -> None:
    made = provider.create(NEW, name={"givenName": "New", "familyName": "Face"}, title="Dr", displayName="Other")
    assert made.json()["displayName"] == made.json()["name"]["formatted"] == "New Face"
    assert "title" not in made.json()


@shows(30, 47)
def _by_id(provider: Provider) -> None:
    assert provider.client.get(provider.path()).status_code == 200
    before = provider.state()
    assert refusal(provider.client.get("/Users/0")) == (404, None)
    assert refusal(provider.client.put("/Users/0", json={"userName": NEW})) == (404, None)
    assert provider.state() == before


@shows(31, 33)
def _nobody(provider: Provider) -> None:
    answer = provider.find('userName eq "nobody@example.test"')
    assert answer.status_code == 200
    assert (answer.json()["totalResults"], answer.json()["Resources"]) == (0, [])


@shows(32, 43, 44, 45, 46)
def _pages(provider: Provider) -> None:
    def page(**query: int) -> tuple[int, int, int, int]:
        body = provider.client.get("/Users", params=query).json()
        return body["totalResults"], body["startIndex"], body["itemsPerPage"], len(body["Resources"])

    assert page() == (3, 1, 3, 3)
    assert page(count=2) == (3, 1, 2, 2)
    assert page(startIndex=3, count=2) == (3, 3, 1, 1)
    assert page(startIndex=-7) == page(startIndex=0) == (3, 1, 3, 3)
    assert page(startIndex=99) == (3, 99, 0, 0)
    assert page(count=0) == page(count=-1) == (3, 1, 0, 0)


@shows(35)
def _case_exact(provider: Provider) -> None:
    provider.patch({"op": "add", "path": "externalId", "value": "Ab"})
    assert _total(provider, 'name.familyName eq "OAK"') == 1
    assert _total(provider, 'displayName co "OE O"') == _total(provider, 'displayName sw "joe"') == 1
    assert _total(provider, 'userName ew "EXAMPLE.TEST"') == 3
    assert _total(provider, 'userName ne "joe@example.test"') == 2
    assert (_total(provider, 'externalId eq "Ab"'), _total(provider, 'externalId eq "ab"')) == (1, 0)


@shows(36)
def _present(provider: Provider) -> None:
    provider.patch({"op": "add", "path": "externalId", "value": "1"})
    assert (_total(provider, "externalId pr"), _total(provider, "nickName pr")) == (1, 0)


@shows(37)
def _order(provider: Provider) -> None:
    assert refusal(provider.find("active gt false")) == (400, "invalidFilter")
    assert _total(provider, 'meta.created lt "2026-01-05T18:00:00+01:00"') == 0
    assert _total(provider, 'meta.created le "2026-01-05T18:00:00+01:00"') == 3
    assert _total(provider, 'userName gt "c"') == 1


@shows(38)
def _precedence(provider: Provider) -> None:
    assert _total(provider, 'active eq false and active eq true or userName sw "joe"') == 1
    assert _total(provider, 'active eq false and (active eq true or userName sw "joe")') == 0
    assert _total(provider, 'not (userName sw "joe") and active eq true') == 2


@shows(39)
def _brackets(provider: Provider) -> None:
    assert _total(provider, f'emails[type eq "work" and value eq "{JOE}"]') == 1
    assert _total(provider, f'emails[type eq "home" and value eq "{JOE}"]') == 0
    assert _total(provider, f'emails[type eq "work"].value eq "{JOE}"') == 1


@shows(40)
def _unreadable(provider: Provider) -> None:
    assert refusal(provider.find("userName is joe")) == (400, "invalidFilter")


@shows(42)
def _unsorted(provider: Provider) -> None:
    sent = {"sortBy": "userName", "sortOrder": "descending"}
    assert provider.client.get("/Users", params=sent).json() == provider.client.get("/Users").json()


@shows(48, 49)
def _replaced(provider: Provider) -> None:
    provider.patch({"op": "add", "path": "externalId", "value": "1"})
    answer = provider.client.put(provider.path(), json={"userName": JOE})
    assert answer.status_code == 200
    assert "externalId" not in answer.json()
    assert answer.json()["active"] is True
    assert refusal(provider.client.put(provider.path(), json={"active": True})) == (400, "invalidValue")


@shows(50)
def _operations(provider: Provider) -> None:
    assert refusal(provider.patch()) == (400, "invalidSyntax")
    assert refusal(provider.patch({"op": "move", "path": "active"})) == (400, "invalidValue")
    for op in ("Add", "REPLACE"):
        assert provider.patch({"op": op, "path": "externalId", "value": op}).json()["externalId"] == op
    assert "externalId" not in provider.patch({"op": "rEmove", "path": "externalId"}).json()


@shows(51)
def _all_or_nothing(provider: Provider) -> None:
    before = provider.state()
    good, bad = {"op": "add", "path": "externalId", "value": "1"}, {"op": "remove", "path": "userName"}
    assert refusal(provider.patch(good, bad)) == (400, "mutability")
    assert provider.state() == before


@shows(52)
def _patch_answers(provider: Provider) -> None:
    deactivate = {"op": "replace", "value": {"active": False}}
    assert provider.patch(deactivate).json()["active"] is False
    provider.world.assume(scim_patch_answer="204")
    assert provider.patch(deactivate).status_code == 204
    query = {"attributes": "active"}
    answer = provider.client.patch(provider.path(), json={"Operations": [deactivate]}, params=query)
    assert (answer.status_code, answer.json()["active"]) == (200, False)


@shows(53, 59, 60)
def _merged(provider: Provider) -> None:
    for op in ("add", "replace"):
        value: Json = {"externalId": op, ROLE: {"workato_role_test": "Member"}}
        user = provider.patch({"op": op, "value": value}).json()
        assert user["externalId"] == op
        assert user[ROLE] == {"workato_role": "Member", "workato_role_test": "Member", "workato_role_prod": "Member"}
        provider.patch({"op": "remove", "path": "externalId"}, {"op": "remove", "path": f"{ROLE}:workato_role_test"})


@shows(56, 58)
def _removed(provider: Provider) -> None:
    assert refusal(provider.patch({"op": "remove"})) == (400, "noTarget")
    for path in ("userName", "id", "meta"):
        assert refusal(provider.patch({"op": "remove", "path": path})) == (400, "mutability")


@shows(57)
def _removed_by_filter(provider: Provider) -> None:
    user = provider.user()
    assert provider.patch({"op": "remove", "path": 'emails[type eq "home"]'}).json() == user
    assert provider.patch({"op": "remove", "path": 'emails[type eq "work"]'}).status_code == 200


@shows(61)
def _no_target(provider: Provider) -> None:
    provider.world.assume(scim_unmatched_value_path="400")
    answer = provider.patch({"op": "replace", "path": 'emails[type eq "home"].value', "value": JOE})
    assert refusal(answer) == (400, "noTarget")


@shows(62)
def _bad_path(provider: Provider) -> None:
    assert refusal(provider.patch({"op": "replace", "path": "emails[type", "value": 1})) == (400, "invalidPath")


@shows(63, 64)
def _deleted(provider: Provider) -> None:
    path = provider.path()
    assert provider.client.delete(path).status_code == 204
    for again in (provider.client.get(path), provider.client.delete(path), provider.client.put(path, json={})):
        assert refusal(again) == (404, None)
    assert _total(provider, f'userName eq "{JOE}"') == 0
    assert provider.create(JOE).status_code == 201


@shows(66)
def _projected(provider: Provider) -> None:
    def keys(**query: str) -> set[str]:
        return set(provider.client.get(provider.path(), params=query).json())

    assert keys(attributes="userName") == {"schemas", "id", "userName"}
    assert keys(attributes=f"name.givenName, {ROLE}:workato_role") == {"schemas", "id", "name", ROLE}
    assert keys(attributes="nothing") == {"schemas", "id"}
    assert {"schemas", "id"} <= keys(excludedAttributes="schemas,id,name")
    assert "name" not in keys(excludedAttributes="schemas,id,name")
    only = provider.client.get(provider.path(), params={"attributes": "emails.value"}).json()["emails"]
    assert only == [{"value": JOE}]


@shows(67, 73)
def _not_served(provider: Provider) -> None:
    assert refusal(provider.client.get("/Me")) == (501, None)
    assert refusal(provider.client.post("/Bulk", json={})) == (501, None)
    assert refusal(provider.client.get("/Robots")) == (404, None)


@shows(68)
def _errors(provider: Provider) -> None:
    body = provider.create(JOE).json()
    assert set(body) == {"schemas", "status", "scimType", "detail"}
    assert (body["schemas"], body["status"]) == ([ERROR], "409")


@shows(69)
def _version(provider: Provider) -> None:
    answer = provider.client.get("http://workato.example.test/scim/Users")
    assert answer.json()["totalResults"] == 3


@shows(71)
def _discovery(provider: Provider) -> None:
    asked = {"startIndex": "7", "count": "0", "sortBy": "id"}
    for path in ("/ResourceTypes", "/Schemas"):
        plain = provider.client.get(path).json()
        assert provider.client.get(path, params=asked).json() == plain
        assert len(plain["Resources"]) == plain["totalResults"] == plain["itemsPerPage"]
        assert refusal(provider.client.get(path, params={"filter": 'id eq "User"'})) == (403, None)


@pytest.mark.parametrize(
    "number", [pytest.param(each.number, id=f"{each.number}-{each.where}") for each in RFC_RULES if not each.not_served]
)
def test_a_rule_of_the_rfc_is_shown(number: int) -> None:
    """In a fresh workspace with three people."""
    SHOWN[number](Provider())


def test_each_rule_is_shown_or_says_why_it_is_not_served() -> None:
    """All numbers from 1 to 73, once each."""
    assert [each.number for each in RFC_RULES] == list(range(1, 74))
    assert set(SHOWN) == {each.number for each in RFC_RULES if not each.not_served}
