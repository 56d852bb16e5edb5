"""What Okta's SCIM client says about people, request by request; most of it to scim2-server."""

from dataclasses import replace
from typing import Any, Literal

import httpx
import pytest

from okta_connector import FailureType, User
from okta_connector.scim import AppKind, ScimSettings, ScimSwitches

from .servers import INES, TOKEN, Wire, connector, error, failure_of, person, pretended, scim2_server, with_roles

FILTER = f'GET /Users?filter=userName eq "{INES}"&startIndex=1&count=100'
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
WORKATO_ROLE = "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole"
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
CATALOGUE = ScimSettings(kind="catalogue_patch")


def test_every_request_has_the_headers_that_were_captured() -> None:
    """Every request has the headers that were captured."""
    wire = scim2_server()
    connector(wire).create_user(person())
    look_up, create = wire.requests
    for request in (look_up, create):
        assert request.headers["accept"] == "application/scim+json"
        assert request.headers["accept-charset"] == "utf-8"
        assert request.headers["accept-encoding"] == "gzip,deflate"
        assert request.headers["user-agent"] == "Okta SCIM Client 1.0.0"
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        assert {"cookie", "if-match", "idempotency-key"}.isdisjoint(request.headers)
    assert "content-type" not in look_up.headers
    assert create.headers["content-type"] == "application/scim+json; charset=utf-8"


def test_a_filter_is_percent_encoded_and_never_uses_plus() -> None:
    """A filter is percent encoded and never uses plus."""
    wire = scim2_server()
    connector(wire).create_user(person())
    assert wire.requests[0].url.raw_path == (
        b"/Users?filter=userName%20eq%20%22ines.faro%40example.com%22&startIndex=1&count=100"
    )


def test_quotes_and_backslashes_in_a_username_stay_inside_the_filter() -> None:
    """Quotes and backslashes in a username stay inside the filter."""
    wire = pretended()
    connector(wire).create_user(person(user_name='a"\\b@example.com'))
    assert wire.requests[0].url.params["filter"] == 'userName eq "a\\"\\\\b@example.com"'


def test_the_base_url_is_kept_as_typed_with_or_without_the_last_slash() -> None:
    """The base URL is kept as typed with or without the last slash."""
    for url in ("https://workato.example.test/scim/v2", "https://workato.example.test/scim/v2/"):
        wire = pretended()
        connector(wire, url=url).test_credentials()
        assert wire.lines == ["GET /scim/v2/Users?startIndex=1&count=2"]


def test_somebody_new_is_looked_up_and_then_created() -> None:
    """Somebody new is looked up and then created."""
    wire = scim2_server()
    created = connector(wire).create_user(person())
    assert wire.lines == [FILTER, "POST /Users"]
    assert created.id
    assert created.user_name == INES
    assert wire.body() == {
        "schemas": [CORE],
        "userName": INES,
        "name": {"givenName": "Ines", "familyName": "Faro"},
        "emails": [{"primary": True, "value": INES, "type": "work"}],
        "displayName": "Ines Faro",
        "externalId": "00uq7Yv2EXAMPLE",
        "groups": [],
        "password": "k3Vr9qXa",
        "active": True,
    }


def test_a_role_brings_its_namespace_into_the_body_and_the_schemas() -> None:
    """A role brings its namespace into the body and the schemas."""
    wire = pretended()
    connector(wire).create_user(with_roles(dev="Operator", prod="NoAccess"))
    body = wire.body()
    assert body["schemas"] == [CORE, WORKATO_ROLE]
    assert body[WORKATO_ROLE] == {"workato_role": "Operator", "workato_role_prod": "NoAccess"}


def test_what_is_not_mapped_or_has_no_value_is_absent() -> None:
    """What is not mapped or has no value is absent."""
    wire = pretended()
    profile = replace(with_roles(dev="Operator"), attributes={"title": "Analyst", "department": None, "locale": "en"})
    connector(wire, ScimSettings(mapping=("title", "department"))).create_user(profile)
    body = wire.body()
    assert body["title"] == "Analyst"
    assert body["schemas"] == [CORE]
    assert {"displayName", "locale", ENTERPRISE, WORKATO_ROLE}.isdisjoint(body)


def test_every_mappable_attribute_arrives_where_scim_has_it() -> None:
    """Every mappable attribute arrives where SCIM has it."""
    wire = pretended()
    values = {
        "locale": "en-US",
        "time_zone": "Europe/Berlin",
        "title": "Analyst",
        "mobile_phone": "+1 555 0100",
        "department": "Payroll",
        "division": "EMEA",
        "organization": "Acme",
        "cost_center": "4711",
        "employee_number": "7",
        "manager": "Lea Lind",
    }
    connector(wire, ScimSettings(mapping=tuple(values))).create_user(person(attributes=values))
    body = wire.body()
    assert (body["locale"], body["timezone"], body["title"]) == ("en-US", "Europe/Berlin", "Analyst")
    assert body["phoneNumbers"] == [{"value": "+1 555 0100", "type": "mobile"}]
    assert body[ENTERPRISE] == {
        "department": "Payroll",
        "division": "EMEA",
        "organization": "Acme",
        "costCenter": "4711",
        "employeeNumber": "7",
        "manager": {"displayName": "Lea Lind"},
    }


def test_an_attribute_that_nobody_can_map_is_refused() -> None:
    """An attribute that nobody can map is refused."""
    with pytest.raises(ValueError, match="'shoe_size' cannot be mapped"):
        ScimSettings(mapping=("shoe_size",))


def test_somebody_who_is_there_is_linked_and_never_created() -> None:
    """Somebody who is there is linked and never created."""
    wire = scim2_server()
    first = connector(wire).create_user(person())
    wire.requests.clear()
    again = connector(wire).create_user(person(display_name="Ines F. Faro"))
    assert again.id == first.id
    assert wire.lines == [FILTER, f"PUT /Users/{first.id}"]
    assert wire.body()["displayName"] == "Ines F. Faro"
    assert wire.body()["meta"]["resourceType"] == "User"
    assert "password" not in wire.body()


def test_linking_reads_by_id_first_where_the_switch_says_so() -> None:
    """Linking reads by id first where the switch says so."""
    wire = pretended(users={"7": {"id": "7", "userName": INES}})
    connector(wire, switches=ScimSwitches(okta_link_reads_by_id="yes")).create_user(person())
    assert wire.lines == [FILTER, "GET /Users/7", "PUT /Users/7"]


def test_an_inactive_hit_is_activated_by_the_put_of_a_custom_app() -> None:
    """An inactive hit is activated by the PUT of a custom app."""
    wire = pretended(users={"7": {"id": "7", "userName": INES, "active": False}})
    connector(wire).create_user(person())
    assert wire.lines == [FILTER, "PUT /Users/7"]
    assert wire.body()["active"] is True


@pytest.mark.parametrize(
    ("activation", "lines"),
    [("patch", [FILTER, "PATCH /Users/7", "PUT /Users/7"]), ("with_profile", [FILTER, "PUT /Users/7"])],
)
def test_a_catalogue_app_activates_a_hit_by_patch_or_with_the_profile(
    activation: Literal["patch", "with_profile"], lines: list[str]
) -> None:
    """A catalogue app activates a hit by PATCH or with the profile."""
    wire = pretended(users={"7": {"id": "7", "userName": INES, "active": False}})
    connector(wire, CATALOGUE, switches=ScimSwitches(okta_link_activation=activation)).create_user(person())
    assert wire.lines == lines
    assert wire.body()["active"] is True


def test_of_several_hits_the_one_of_this_very_username_is_linked() -> None:
    """Of several hits the one of this very username is linked."""
    wire = pretended(
        instead={
            "GET /Users": httpx.Response(
                200,
                json={
                    "totalResults": 2,
                    "Resources": [{"id": "1", "userName": f"x{INES}"}, {"id": "2", "userName": INES.upper()}],
                },
            )
        },
        users={"2": {"id": "2", "userName": INES}},
    )
    assert connector(wire).create_user(person()).id == "2"
    failed = failure_of(lambda: connector(wire, switches=ScimSwitches(okta_several_hits="fails")).create_user(person()))
    assert "2 users were returned" in failed.summary


def test_a_404_with_a_scim_error_to_the_filter_means_nobody() -> None:
    """A 404 with a SCIM error to the filter means nobody."""
    wire = pretended(instead={"GET /Users": error(404, "no such user")})
    assert connector(wire).create_user(person()).id == "id-1"


def test_a_404_of_another_server_to_the_filter_stops_the_creation() -> None:
    """A 404 of another server to the filter stops the creation."""
    wire = pretended(instead={"GET /Users": httpx.Response(404, text="<html>Not here</html>")})
    failed = failure_of(lambda: connector(wire).create_user(person()))
    assert failed.type is FailureType.GENERIC_FAILURE
    assert failed.step == "look up"
    assert failed.summary == "Invalid JSON: Unrecognized token '<html>Not' line: 1, column: 1"
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    ("answer", "ok"),
    [
        pytest.param(httpx.Response(201, json={"id": "9", "userName": INES}), True, id="201"),
        pytest.param(httpx.Response(200, json={"id": "9", "userName": INES}), True, id="200"),
        pytest.param(httpx.Response(204), False, id="nothing"),
        pytest.param(httpx.Response(201, json={"userName": INES}), False, id="no id"),
    ],
)
def test_a_creation_needs_a_user_with_an_id_in_the_answer(answer: httpx.Response, ok: bool) -> None:
    """A creation needs a user with an id in the answer."""
    act = connector(pretended(instead={"POST /Users": answer})).create_user
    if ok:
        assert act(person()).id == "9"
    else:
        assert failure_of(lambda: act(person())).summary == "Create new user returned empty user."


def test_a_200_to_a_creation_is_no_success_where_only_201_is() -> None:
    """A 200 to a creation is no success where only 201 is."""
    wire = pretended(instead={"POST /Users": httpx.Response(200, json={"id": "9", "userName": INES})})
    only = ScimSwitches(okta_create_answer="only_201")
    assert failure_of(lambda: connector(wire, switches=only).create_user(person())).summary.startswith("Create new")


def test_the_type_of_the_email_can_be_missing() -> None:
    """The type of the email can be missing."""
    wire = pretended()
    connector(wire, switches=ScimSwitches(okta_email_type="absent")).create_user(person())
    assert wire.body()["emails"] == [{"primary": True, "value": INES}]


def test_a_profile_push_reads_and_then_sends_back_what_it_read_with_the_mapped_attributes_over_it() -> None:
    """A profile push reads and then sends back what it read with the mapped attributes over it."""
    wire = pretended(
        users={
            "7": {
                "schemas": [CORE, WORKATO_ROLE],
                "id": "7",
                "userName": INES,
                "name": {"givenName": "Inés", "familyName": "Faro", "formatted": "Inés Faro"},
                "nickName": "Nessi",
                "active": False,
                WORKATO_ROLE: {"workato_role": "Admin"},
                "meta": {"version": 'W/"1"'},
            }
        }
    )
    connector(wire, ScimSettings(mapping=("display_name",))).update_user(person(id="7"))
    assert wire.lines == ["GET /Users/7", "PUT /Users/7"]
    assert wire.body() == {
        "schemas": [CORE, WORKATO_ROLE],
        "id": "7",
        "userName": INES,
        "name": {"givenName": "Ines", "familyName": "Faro", "formatted": "Inés Faro"},
        "emails": [{"primary": True, "value": INES, "type": "work"}],
        "displayName": "Ines Faro",
        "nickName": "Nessi",
        "externalId": "00uq7Yv2EXAMPLE",
        "active": False,
        WORKATO_ROLE: {"workato_role": "Admin"},
        "meta": {"version": 'W/"1"'},
    }


def test_a_mapped_role_replaces_what_was_read_and_the_other_environments_are_echoed() -> None:
    """A mapped role replaces what was read and the other environments are echoed."""
    roles = {"workato_role": "Admin", "workato_role_test": "Analyst"}
    wire = pretended(users={"7": {"id": "7", "userName": INES, WORKATO_ROLE: roles}})
    connector(wire).update_user(replace(with_roles(dev="Operator"), id="7"))
    assert wire.body()[WORKATO_ROLE] == {"workato_role": "Operator", "workato_role_test": "Analyst"}


@pytest.mark.parametrize(("empty", "left"), [("absent", None), ("echoed", "Analyst")])
def test_a_mapped_attribute_that_is_emptied_in_okta_is_left_out_or_echoed(
    empty: Literal["absent", "echoed"], left: str | None
) -> None:
    """A mapped attribute that is emptied in Okta is left out or echoed."""
    user = {"id": "7", "userName": INES, "title": "Analyst", ENTERPRISE: {"department": "Payroll"}}
    wire = pretended(users={"7": {"schemas": [CORE, ENTERPRISE], **user}})
    settings = ScimSettings(mapping=("title", "department"))
    connector(wire, settings, switches=ScimSwitches(okta_empty_attributes=empty)).update_user(person(id="7"))
    assert wire.body().get("title") == left
    assert (ENTERPRISE in wire.body()) is (ENTERPRISE in wire.body()["schemas"]) is (left is not None)


def test_a_profile_push_of_somebody_who_is_gone_stops_at_the_read() -> None:
    """A profile push of somebody who is gone stops at the read."""
    wire = pretended()
    failed = failure_of(lambda: connector(wire).update_user(person(id="7")))
    assert failed.type is FailureType.RESOURCE_NOT_FOUND
    assert wire.lines == ["GET /Users/7"]


def test_an_answer_of_204_to_a_put_is_a_success() -> None:
    """An answer of 204 to a PUT is a success."""
    wire = pretended(users={"7": {"id": "7", "userName": INES}}, instead={"PUT /Users/7": httpx.Response(204)})
    assert connector(wire).update_user(person(id="7")).id == "7"


def test_a_custom_app_deactivates_by_get_and_put_and_echoes_the_rest() -> None:
    """A custom app deactivates by GET and PUT and echoes the rest."""
    wire = scim2_server()
    okta = connector(wire)
    created = okta.create_user(person())
    wire.requests.clear()
    okta.deactivate_user(created.id or "")
    assert wire.lines == [f"GET /Users/{created.id}", f"PUT /Users/{created.id}"]
    assert wire.body()["active"] is False
    assert wire.body()["externalId"] == "00uq7Yv2EXAMPLE"
    assert wire.body()["displayName"] == "Ines Faro"


def test_a_catalogue_app_deactivates_by_one_patch_without_a_path() -> None:
    """A catalogue app deactivates by one PATCH without a path."""
    wire = scim2_server()
    okta = connector(wire, CATALOGUE)
    created = okta.create_user(person())
    wire.requests.clear()
    okta.deactivate_user(created.id or "")
    assert wire.lines == [f"PATCH /Users/{created.id}"]
    assert wire.body() == {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "replace", "value": {"active": False}}],
    }


def test_nothing_falls_back_to_put_where_patch_is_not_implemented() -> None:
    """Nothing falls back to PUT where patch is not implemented."""
    wire = pretended(users={"7": {"id": "7", "userName": INES}}, instead={"PATCH /Users/7": error(501, "no PATCH")})
    failed = failure_of(lambda: connector(wire, CATALOGUE).deactivate_user("7"))
    assert (failed.http_status, failed.summary) == (501, "no PATCH")
    assert wire.lines == ["PATCH /Users/7"]


@pytest.mark.parametrize(
    ("settings", "assumed", "line"),
    [
        (ScimSettings(), "custom", "PUT /Users/7"),
        (ScimSettings(), "catalogue_put", "PUT /Users/7"),
        (ScimSettings(), "catalogue_patch", "PATCH /Users/7"),
        (ScimSettings(kind="custom"), "catalogue_patch", "PUT /Users/7"),
    ],
)
def test_the_kind_of_the_app_decides_about_patch_and_an_app_that_does_not_say_takes_the_assumed_one(
    settings: ScimSettings, assumed: AppKind, line: str
) -> None:
    """The kind of the app decides about patch and an app that does not say takes the assumed one."""
    wire = pretended(users={"7": {"id": "7", "userName": INES}})
    connector(wire, settings, switches=ScimSwitches(okta_app_kind=assumed)).deactivate_user("7")
    assert wire.lines[-1] == line


def test_whoever_comes_back_keeps_the_id() -> None:
    """Whoever comes back keeps the id."""
    wire = scim2_server()
    okta = connector(wire)
    created = okta.create_user(person())
    okta.deactivate_user(created.id or "")
    wire.requests.clear()
    back = okta.create_user(person())
    assert back.id == created.id
    assert wire.lines == [FILTER, f"PUT /Users/{created.id}"]
    assert wire.body()["active"] is True


@pytest.mark.parametrize(
    ("settings", "lines"),
    [(ScimSettings(), ["GET /Users/7", "PUT /Users/7"]), (CATALOGUE, ["PATCH /Users/7"])],
)
def test_a_known_id_is_reactivated_without_a_look_up(settings: ScimSettings, lines: list[str]) -> None:
    """A known id is reactivated without a look up."""
    wire = pretended(users={"7": {"id": "7", "userName": INES, "active": False}})
    connector(wire, settings).create_user(person(id="7"))
    assert wire.lines == lines
    assert "active" in str(wire.body())


def test_an_import_asks_for_a_hundred_at_a_time_and_counts_active_users_only() -> None:
    """An import asks for a hundred at a time and counts active users only."""
    users: dict[str, Any] = {str(n): {"id": str(n), "userName": f"u{n}@example.com"} for n in range(1, 251)}
    users["3"]["active"] = False
    wire = pretended(users=users)
    okta = connector(wire)
    found: list[User] = []
    cursor: str | None = None
    while True:
        page = okta.list_users(cursor)
        found += page.resources
        cursor = page.next_cursor
        if cursor is None:
            break
    assert wire.lines == [f"GET /Users?startIndex={start}&count=100" for start in (1, 101, 201)]
    assert len(found) == 249


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (99, 1), (100, 1), (101, 2), (200, 2)])
def test_an_import_ends_with_the_page_that_reaches_the_total(total: int, pages: int) -> None:
    """An import ends with the page that reaches the total."""
    wire = pretended(users={str(n): {"id": str(n), "userName": f"u{n}@example.com"} for n in range(total)})
    okta, cursor, asked = connector(wire), None, 0
    while asked == 0 or cursor is not None:
        cursor, asked = okta.list_users(cursor).next_cursor, asked + 1
    assert asked == pages


def test_an_imported_user_has_a_name_an_email_and_roles() -> None:
    """An imported user has a name an email and roles."""
    row = {
        "id": "7",
        "userName": INES,
        "name": {"givenName": "Ines", "familyName": "Faro"},
        "emails": [{"value": "old@example.com"}, {"value": INES, "primary": True}],
        WORKATO_ROLE: {"workato_role": "Admin", "workato_role_test": "", "workato_role_uat": "Operator"},
    }
    (found,) = connector(pretended(users={"7": row})).list_users().resources
    assert (found.id, found.user_name, found.email, found.display_name) == ("7", INES, INES, "Ines Faro")
    assert [(each.type, each.value) for each in found.entitlements] == [("dev", "Admin"), ("uat", "Operator")]


@pytest.mark.parametrize(
    "envelope",
    [
        pytest.param({"totalResults": "1", "Resources": []}, id="a total that is a string"),
        pytest.param({"Resources": []}, id="no total"),
        pytest.param({"totalResults": 1, "Resources": {}}, id="resources that are no list"),
        pytest.param({"totalResults": 1, "startIndex": "1", "Resources": []}, id="an index that is a string"),
        pytest.param({"totalResults": 1, "Resources": [{"userName": INES}]}, id="a user without an id"),
        pytest.param({"totalResults": 1, "Resources": [{"id": "7", "userName": INES, "active": "true"}]}, id="active"),
        pytest.param([], id="no object"),
    ],
)
def test_a_list_that_okta_could_not_read_is_a_failure(envelope: object) -> None:
    """A list that Okta could not read is a failure."""
    wire = pretended(instead={"GET /Users": httpx.Response(200, json=envelope)})
    assert failure_of(lambda: connector(wire).list_users()).type is FailureType.GENERIC_FAILURE


def test_the_test_of_a_connection_lists_two_users_and_groups_only_where_they_are_ticked() -> None:
    """The test of a connection lists two users and groups only where they are ticked."""
    wire = scim2_server()
    connector(wire).test_credentials()
    connector(wire, ScimSettings(groups=True)).test_credentials()
    assert wire.lines == [
        "GET /Users?startIndex=1&count=2",
        "GET /Users?startIndex=1&count=2",
        "GET /Groups?startIndex=1&count=100",
    ]


def test_the_schema_is_what_resource_types_and_schemas_name() -> None:
    """The schema is what resource types and schemas name."""
    wire = scim2_server()
    found = {each.name: each for each in connector(wire).list_user_schema().resources}
    assert wire.lines == ["GET /ResourceTypes", "GET /Schemas"]
    assert found["userName"].required
    assert found["emails"].type == "ARRAY"
    assert found["groups"].scope == "SYSTEM"
    assert "employeeNumber" in found


def test_a_cookie_that_a_server_sets_is_not_sent_back() -> None:
    """None is in any capture: a server that counts on one, a balancer's for example, does without it."""
    headers = {"Set-Cookie": "balancer=1; Path=/"}
    page = {"totalResults": 0, "Resources": []}
    wire = Wire(httpx.MockTransport(lambda _: httpx.Response(200, json=page, headers=headers)))
    subject = connector(wire)
    subject.list_users()
    subject.list_users()
    assert [each.headers.get("cookie") for each in wire.requests] == [None, None]
